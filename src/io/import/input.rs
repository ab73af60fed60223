//! Reading what a person named: a file, standard input, or bytes that are at hand.

use super::watch::{Progress, Stage, Watch};
use super::{FileProblem, ImportError};
use std::fs::File;
use std::io::{self, ErrorKind, Read};
use std::path::{Path, PathBuf};

/// Something to import from.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file.
    Path(PathBuf),
    /// Standard input, `-` on the command line.
    Stdin,
    /// Bytes that are at hand, such as dropped on the window, under the name to show.
    Bytes {
        /// The name to show.
        name: String,
        /// As a file would hold them.
        bytes: Vec<u8>,
    },
}

impl Input {
    /// What a person named on the command line: `-` is standard input.
    pub fn from_argument(path: &Path) -> Self {
        if path.as_os_str() == "-" { Self::Stdin } else { Self::Path(path.to_owned()) }
    }

    /// The name in notices and sources, with `/` between folders.
    pub fn name(&self) -> String {
        match self {
            Self::Path(path) => path.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/"),
            Self::Stdin => "-".to_owned(),
            Self::Bytes { name, .. } => name.clone(),
        }
    }

    /// Its size in bytes, where that is known beforehand.
    pub(super) fn size(&self) -> u64 {
        match self {
            Self::Path(path) => path.metadata().map_or(0, |metadata| metadata.len()),
            Self::Stdin => 0,
            Self::Bytes { bytes, .. } => bytes.len() as u64,
        }
    }

    /// All bytes; `before` and `total` are for the progress over several inputs.
    pub(super) fn read(
        &self,
        watch: &Watch<'_>,
        before: u64,
        total: u64,
    ) -> Result<Result<Vec<u8>, FileProblem>, ImportError> {
        match self {
            Self::Bytes { bytes, .. } => Ok(Ok(bytes.clone())),
            Self::Stdin => read_all(io::stdin().lock(), watch, before, total),
            Self::Path(path) => match open(path) {
                Ok(file) => read_all(file, watch, before, total),
                Err(problem) => Ok(Err(problem)),
            },
        }
    }
}

/// Opens a file, with the usual failures told apart.
pub(super) fn open(path: &Path) -> Result<File, FileProblem> {
    if path.is_dir() {
        return Err(FileProblem::Folder(path.to_string_lossy().trim_end_matches('/').to_owned()));
    }
    File::open(path).map_err(|error| match error.kind() {
        ErrorKind::NotFound => FileProblem::NotFound,
        ErrorKind::PermissionDenied => FileProblem::Forbidden,
        _ => FileProblem::Unreadable(error.to_string()),
    })
}

/// Reads to the end in pieces, so that it can be stopped.
fn read_all(
    mut from: impl Read,
    watch: &Watch<'_>,
    before: u64,
    total: u64,
) -> Result<Result<Vec<u8>, FileProblem>, ImportError> {
    const PIECE: u64 = 4 << 20;
    let mut bytes = Vec::new();
    loop {
        let done = before + bytes.len() as u64;
        watch.tell(Progress { stage: Stage::Reading, done, total: total.max(done) })?;
        match from.by_ref().take(PIECE).read_to_end(&mut bytes) {
            Ok(0) => return Ok(Ok(bytes)),
            Ok(_) => {}
            Err(error) => return Ok(Err(FileProblem::Unreadable(error.to_string()))),
        }
    }
}
