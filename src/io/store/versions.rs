//! Earlier versions of a project's rubric.

use super::{HISTORY, StoreError};
use crate::io::rubric_file;
use crate::model::Rubric;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// A rubric as it once was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its file in `history/`.
    pub path: PathBuf,
    /// When it was first saved.
    pub saved: SystemTime,
}

impl Version {
    /// The first digits of its hash.
    pub fn short(&self) -> String {
        let name = self.path.file_stem().unwrap_or_default().to_string_lossy();
        name.chars().take(8).collect()
    }
}

/// The versions of the project in `folder`, newest first; none where it has none that can be listed.
pub fn versions(folder: &Path) -> Vec<Version> {
    let entries = fs::read_dir(folder.join(HISTORY)).into_iter().flatten().flatten();
    let version = |entry: fs::DirEntry| {
        let path = entry.path();
        let saved = entry.metadata().ok()?.modified().ok()?;
        path.extension().is_some_and(|extension| extension == "ron").then_some(Version { path, saved })
    };
    let mut versions: Vec<Version> = entries.filter_map(version).collect();
    versions.sort_by(|a, b| b.saved.cmp(&a.saved).then_with(|| a.path.cmp(&b.path)));
    versions
}

/// The rubric of `version`.
///
/// # Errors
/// When its file cannot be read or holds no rubric.
pub fn version(version: &Version) -> Result<Rubric, StoreError> {
    let text = fs::read_to_string(&version.path).map_err(|error| StoreError::read(&version.path, error))?;
    let no_rubric = || {
        let error = std::io::Error::new(std::io::ErrorKind::InvalidData, "it holds no rubric that can be read");
        StoreError::read(&version.path, error)
    };
    rubric_file::read(&text).rubric.ok_or_else(no_rubric)
}
