//! One project's place in the data folder.

use crate::io::atomic::{self, WriteError};
use crate::io::digest;
use crate::io::reviews::{Lock, LockError, new_session};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A project's place, which this window alone has.
#[derive(Debug)]
pub struct Place {
    folder: PathBuf,
    lock: Option<Lock>,
}

/// Why there is none.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// Another window has the project open.
    #[error(
        "This project is open in another window as well{}; what both save, the later one is asked about.",
        if .0.is_empty() { String::new() } else { format!(" ({})", .0) }
    )]
    Held(String),
    /// The system does not allow it.
    #[error("Unsaved changes are not kept safe from a crash, because “{}” cannot be written: {source}. Save often.", .path.display())]
    Io {
        /// Where.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Whose draft it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct About {
    /// What the project is called.
    pub name: String,
    /// Where it lives; `None` for one that was never saved.
    pub origin: Option<String>,
    /// Whether it began as the demo.
    #[serde(default)]
    pub demo: bool,
    /// When this was written.
    pub at: Timestamp,
}

pub(super) const ABOUT: &str = "about.json";
pub(super) const DRAFT: &str = "draft";
pub(super) const FOUND: &str = "found-";
pub(super) const REVIEWS: &str = "reviews";
pub(super) const NEW: &str = "new-";
const STATE: &str = "state.json";
const LOCK: &str = "window.lock";

/// The folder below `root` that holds the places.
pub(super) fn places(root: &Path) -> PathBuf {
    root.join("projects")
}

impl Place {
    /// The place of the project at `origin`, or a new one for a project that was never saved.
    ///
    /// # Errors
    /// When another window has it, or the system does not allow it.
    pub fn enter(root: &Path, origin: Option<&Path>) -> Result<Self, PlaceError> {
        let key = match origin {
            Some(origin) => {
                let path = fs::canonicalize(origin).unwrap_or_else(|_| origin.to_owned());
                digest::of_bytes(path.as_os_str().as_encoded_bytes())[..16].to_owned()
            }
            None => format!("{NEW}{}", new_session()),
        };
        Self::take(places(root).join(key))
    }

    /// The place that stands at `folder`.
    ///
    /// # Errors
    /// Those of [`Self::enter`].
    pub fn take(folder: PathBuf) -> Result<Self, PlaceError> {
        // Whoever leaves removes an empty place: it may go between the two steps.
        for _ in 0..8 {
            fs::create_dir_all(&folder).map_err(|source| PlaceError::Io { path: folder.clone(), source })?;
            match Lock::take(&folder.join(LOCK)) {
                Ok(lock) => return Ok(Self { folder, lock: Some(lock) }),
                Err(LockError::Held(holder)) => return Err(PlaceError::Held(holder)),
                Err(LockError::Failed(error)) if error.kind() == io::ErrorKind::NotFound => {}
                Err(LockError::Failed(source)) => return Err(PlaceError::Io { path: folder, source }),
            }
        }
        let source = io::ErrorKind::NotFound.into();
        Err(PlaceError::Io { path: folder, source })
    }

    /// The place itself.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a draft is.
    pub fn draft(&self) -> PathBuf {
        Self::draft_in(&self.folder)
    }

    /// Where a draft is in the place `folder`.
    pub fn draft_in(folder: &Path) -> PathBuf {
        folder.join(DRAFT)
    }

    /// Where logs are that have no other place.
    pub fn reviews(&self) -> PathBuf {
        self.folder.join(REVIEWS)
    }

    /// Where it is kept where somebody was.
    pub fn state_file(&self) -> PathBuf {
        self.folder.join(STATE)
    }

    /// Says whose place it is, for the next start.
    ///
    /// # Errors
    /// When that cannot be written.
    pub fn write_about(folder: &Path, about: &About) -> Result<(), WriteError> {
        let text = serde_json::to_string_pretty(about).expect("it is texts and a time");
        atomic::write(&folder.join(ABOUT), format!("{text}\n").as_bytes())
    }

    /// Whether it belongs to a project that was never saved.
    pub fn is_new(&self) -> bool {
        Self::is_new_at(&self.folder)
    }

    pub(super) fn is_new_at(folder: &Path) -> bool {
        folder.file_name().is_some_and(|name| name.to_string_lossy().starts_with(NEW))
    }
}

impl Drop for Place {
    /// Leaves nothing behind where there is nothing to keep.
    fn drop(&mut self) {
        let holds = |name: &str| self.folder.join(name).exists();
        let has_found = super::waiting::drafts_found(&self.folder).next().is_some();
        if self.is_new() && !holds(DRAFT) && !holds(REVIEWS) && !has_found {
            // Where somebody was in what is gone is of no use.
            let _ = fs::remove_file(self.folder.join(STATE));
            let _ = fs::remove_file(self.folder.join(ABOUT));
        }
        self.lock = None;
        let _ = fs::remove_dir(&self.folder);
    }
}
