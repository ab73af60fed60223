//! One writer a log.
//!
//! The lock is on a file of its own beside the log: on some systems nobody can read what is locked, and the log can be
//! replaced by a merge while it is open. The system lets go of it when the process ends, however it ends.

use super::machine::{host_name, user_name};
use std::fs::{self, File, TryLockError};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

/// A lock that is held. It is let go of when this is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
}

/// Why a lock is not held.
#[derive(Debug)]
pub(super) enum LockError {
    /// By somebody else, as they say themselves; empty where that cannot be read.
    Held(String),
    Failed(io::Error),
}

impl Lock {
    /// Takes the lock at `path`. Where a file system knows no locks, nobody is kept out.
    pub(super) fn take(path: &Path) -> Result<Self, LockError> {
        loop {
            let mut options = File::options();
            let mut file =
                options.read(true).write(true).create(true).truncate(false).open(path).map_err(LockError::Failed)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    let mut holder = String::new();
                    // Where it cannot be read there is still the fact that somebody has it.
                    let _ = file.read_to_string(&mut holder);
                    return Err(LockError::Held(holder.trim().to_owned()));
                }
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(LockError::Failed(error)),
            }
            // Whoever had it last may have removed it between the two steps: then it is nobody's any more.
            if is_at(&file, path) {
                // For people only: that it is held does not depend on it.
                let _ = file.set_len(0).and_then(|()| file.write_all(holder().as_bytes()));
                return Ok(Self { path: path.to_owned(), file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        if is_at(&self.file, &self.path) {
            // What stays behind is locked by nobody and taken over by the next.
            let _ = fs::remove_file(&self.path);
        }
    }
}

/// What others are told about this process.
fn holder() -> String {
    let user = user_name();
    let host = host_name().map(|host| format!(" on {host}")).unwrap_or_default();
    let who = if user.is_empty() { String::new() } else { format!("{user}{host}, ") };
    let since = jiff::Timestamp::now().strftime("%F %H:%M");
    format!("{who}process {}, since {since} UTC\n", std::process::id())
}

/// Whether `file` is the one that stands at `path`.
pub(super) fn is_at(file: &File, path: &Path) -> bool {
    let (Ok(open), Ok(there)) = (file.metadata(), fs::metadata(path)) else { return false };
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt as _;
        (open.dev(), open.ino()) == (there.dev(), there.ino())
    }
    #[cfg(not(unix))]
    {
        open.len() == there.len() && open.created().ok() == there.created().ok()
    }
}
