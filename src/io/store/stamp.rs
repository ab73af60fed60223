//! Whether somebody else changed a project's own files since they were read.

use super::{PROJECT, RUBRIC, is_packed};
use crate::io::digest;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

/// How a project's own files stood when they were read or written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    /// The digests of the files people write, of a folder; `None` for one that is not there.
    files: [Option<String>; 2],
    /// Length and date of a packed project.
    packed: Option<(u64, Option<SystemTime>)>,
}

impl Stamp {
    /// How the files of the project at `path` stand now.
    pub fn of(path: &Path) -> Self {
        if is_packed(path) {
            let there = fs::metadata(path).ok();
            let packed = there.map(|there| (there.len(), there.modified().ok()));
            return Self { packed, ..Self::default() };
        }
        let digest = |name: &str| fs::read(path.join(name)).ok().map(|bytes| digest::of_bytes(&bytes));
        Self { files: [PROJECT, RUBRIC].map(digest), packed: None }
    }

    /// The file that stands otherwise in `now`; `None` where none does.
    pub fn changed<'a>(&self, now: &Self, path: &'a Path) -> Option<&'a str> {
        if self.packed != now.packed {
            return path.file_name().and_then(|name| name.to_str()).or(Some("The project"));
        }
        [PROJECT, RUBRIC]
            .into_iter()
            .zip(self.files.iter().zip(&now.files))
            .find(|(_, (a, b))| a != b)
            .map(|(name, _)| name)
    }
}
