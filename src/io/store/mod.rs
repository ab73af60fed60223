//! The project store: a folder that lives well in git, or the same packed as one file to send.
//!
//! | part | holds | written |
//! |---|---|---|
//! | `project.ron` | format version, name, sources (path, format, mapping, SHA-256) | last, so that it never names what is not there |
//! | `rubric.ron` | the rubric in its canonical layout, under the comments it began with | when it changed |
//! | `responses/` | imported files, byte for byte; a second file of one name becomes `name-2` | once |
//! | `import-report.json` | what the last import had to say, for people and for `git diff`; opening imports afresh and does not read it | when it changed |
//! | `history/HASH.ron` | every saved rubric, without comments, under the SHA-256 of its bytes | once |
//! | `reviews/` | one append-only log per reviewer, see [`crate::io::reviews`]; carried along, never changed here | – |
//!
//! `NAME.rubrica` is these parts, and nothing else of the folder, in one zip. It is unpacked with care: names
//! that lead out of it are refused, as is more than [`MAX_FILES`] files or [`MAX_BYTES`] bytes.
//!
//! A save writes every file aside first, and only when all are complete gives them their names. If anything
//! fails before that, the folder is as it was. The files responses were imported from are only ever read.

mod digest;
mod draft;
mod inputs;
mod manifest;
mod open;
mod pack;
mod place;
mod save;
mod stamp;
mod versions;

pub use draft::{DraftEdits, draft_edits, write_draft};
pub use inputs::{Inputs, inputs};
pub use manifest::FORMAT;
pub use open::{Mistake, Opened, ShowFirst, open, open_showing, rubric_source};
pub use pack::{MAX_BYTES, MAX_FILES};
pub use save::{Known, Saved, save, save_knowing};
pub use stamp::Stamp;
pub use versions::{Version, version, versions};

use super::atomic::WriteError;
use std::io;
use std::path::{Path, PathBuf};

const PROJECT: &str = "project.ron";
const RUBRIC: &str = "rubric.ron";
const REPORT: &str = "import-report.json";
const RESPONSES: &str = "responses";
/// The folder of a project that holds the logs of its reviewers.
pub const REVIEWS: &str = "reviews";
const HISTORY: &str = "history";

/// The ending of a packed project, without the dot.
pub const PACKED_EXTENSION: &str = "rubrica";

/// Why a project could not be opened or saved.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Nothing is there.
    #[error("There is no project at “{}”; check the spelling and the folder.", .0.display())]
    NotFound(PathBuf),
    /// Something is there, but no project.
    #[error("“{}” is no project: it has no project.ron. Open files of responses instead, or make a project of them with `rubrica new`.", .0.display())]
    NotAProject(PathBuf),
    /// A file could not be read.
    #[error("“{}” could not be read: {}.", .path.display(), unreadable(.source))]
    Read {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A packed project is damaged or unsafe.
    #[error("“{}” could not be unpacked: {reason}", .path.display())]
    Packed {
        /// Which.
        path: PathBuf,
        /// What is wrong and what to do.
        reason: String,
    },
    /// Another project, or files named like its parts, are in the way.
    #[error("“{}” already holds a project or files of one, which are not overwritten; choose a new folder.", .0.display())]
    Occupied(PathBuf),
    /// Somebody else changed the project's own files.
    #[error(
        "“{0}” was changed on disk since this project was opened, and is not written over. Save under another name, or \
         save once more to write over it; open the project again to see what changed."
    )]
    Changed(String),
    /// An imported file went away before it was copied into the project.
    #[error(
        "“{0}” was imported but is no longer there, so it cannot be copied into the project; put it back or import it again."
    )]
    SourceGone(String),
    /// A file could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The person stopped it; nothing was changed.
    #[error("Stopped; nothing was changed.")]
    Cancelled,
}

/// Why a file cannot be read, and what to do.
fn unreadable(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file; check the spelling and the folder".to_owned(),
        io::ErrorKind::PermissionDenied => "you may not read it; change its permissions".to_owned(),
        _ => format!("{error}; check it and the disk"),
    }
}

impl StoreError {
    fn read(path: &Path, source: io::Error) -> Self {
        Self::Read { path: path.to_owned(), source }
    }
}

/// Whether `path` is, or is to be, a packed project rather than a folder.
pub fn is_packed(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(PACKED_EXTENSION)) && !path.is_dir()
}

/// Whether a project can be expected at `path`: a folder with a `project.ron`, or a packed project.
pub fn is_project(path: &Path) -> bool {
    path.join(PROJECT).is_file() || (is_packed(path) && path.is_file())
}
