//! What this machine keeps of the work on projects, in the user's data folder: unsaved changes, judgements that have no
//! other place yet, and where somebody was. Nothing of it leaves the machine.
//!
//! | file | holds |
//! |---|---|
//! | `reviewer` | who judges on this machine |
//! | `projects/KEY/about.json` | whose draft it is |
//! | `projects/KEY/draft/` | `rubric.ron` and `project.ron` as they would be saved |
//! | `projects/KEY/found-…/` | a draft a crash left, until it is restored or discarded |
//! | `projects/KEY/reviews/` | judgements on a project that is packed or was never saved |
//! | `projects/KEY/state.json` | where somebody was |
//! | `projects/KEY/window.lock` | which window has the project open |
//! | `discarded/` | judgements whose project was discarded unsaved; nothing removes them |
//!
//! `KEY` is made of the project's path, or new for one that was never saved.

mod place;
mod waiting;

pub use place::{About, Place, PlaceError};
pub use waiting::{Found, discard, found_in, put_away, remove, waiting};

use super::atomic::{self, WriteError};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

/// Names the data folder, in place of the system's usual one.
pub const VARIABLE: &str = "RUBRICA_DATA";

/// Where this machine keeps it; `None` where the system names no home.
pub fn data_folder() -> Option<PathBuf> {
    let folder = |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    if let Some(own) = folder(VARIABLE) {
        return Some(own);
    }
    let base = if cfg!(windows) {
        folder("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        folder("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        // A relative path is no data folder: the convention says so.
        let named = folder("XDG_DATA_HOME").filter(|path| path.is_absolute());
        named.or_else(|| folder("HOME").map(|home| home.join(".local/share")))
    };
    Some(base?.join("rubrica"))
}

/// Who judges on this machine, as they said.
pub fn reviewer(root: &Path) -> Option<String> {
    let name = fs::read_to_string(root.join("reviewer")).ok()?;
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

/// Remembers who judges on this machine.
///
/// # Errors
/// When that cannot be written.
pub fn set_reviewer(root: &Path, name: &str) -> Result<(), WriteError> {
    fs::create_dir_all(root).map_err(|source| WriteError { path: root.to_owned(), source })?;
    atomic::write(&root.join("reviewer"), format!("{}\n", name.trim()).as_bytes())
}
