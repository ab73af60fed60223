//! The files a project was imported from, where they can be read again.

use super::place::is_outside;
use super::{StoreError, is_packed, pack, save};
use crate::io::import::{Import, Input};
use crate::model::Source;
use crate::scoring::Progress;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A project's own files, ready to be read, with the folder they are in.
#[derive(Debug, Default)]
pub struct Inputs {
    /// One a source, in order.
    pub inputs: Vec<Input>,
    pub(super) base: Option<PathBuf>,
    /// What a packed project is unpacked into, while it is needed.
    pub(super) _unpacked: Option<TempDir>,
}

/// Where the files of `sources` can be read, of a project that lives at `origin`.
///
/// # Errors
/// When a packed project cannot be unpacked, or it is cancelled.
pub fn inputs(sources: &[Source], origin: Option<&Path>, progress: &Progress) -> Result<Inputs, StoreError> {
    let unpacked = match origin {
        Some(origin) if is_packed(origin) && !sources.iter().all(is_outside) => {
            let folder = save::temporary_folder()?;
            pack::unpack(origin, folder.path(), progress)?;
            Some(folder)
        }
        _ => None,
    };
    let base = unpacked.as_ref().map(|folder| folder.path().to_owned()).or_else(|| origin.map(Path::to_owned));
    let path = |source: &Source| match &base {
        Some(base) if !is_outside(source) => base.join(&source.path),
        _ => PathBuf::from(&source.path),
    };
    let inputs = sources.iter().map(|source| Input::Path(path(source))).collect();
    Ok(Inputs { inputs, base, _unpacked: unpacked })
}

impl Inputs {
    /// Names the files of an import as the project names them: relative to it where they lie in it.
    pub fn relative(&self, import: &mut Import) {
        let Some(base) = &self.base else { return };
        let prefix = format!("{}/", base.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"));
        let paths = import.sources.iter_mut().map(|source| &mut source.path);
        for path in paths.chain(import.report.notices.iter_mut().map(|notice| &mut notice.file)) {
            if let Some(inside) = path.strip_prefix(&prefix) {
                *path = inside.to_owned();
            }
        }
        for notice in &mut import.report.notices {
            notice.message = notice.message.replace(&prefix, "");
        }
    }
}
