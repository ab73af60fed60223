//! Why a log cannot be written, and mending the end of one.

use super::folder::shown;
use super::lock::LockError;
use super::name::NameError;
use super::read::End;
use crate::io::atomic::{folder_of, sync_folder};
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Why a reviewer's log cannot be written.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The name is none.
    #[error(transparent)]
    Name(#[from] NameError),
    /// Another window or program writes it.
    #[error("“{reviewer}” is judging this project elsewhere{}; close it there, or judge under another name.", by(.holder))]
    Held {
        /// Whose log.
        reviewer: String,
        /// Who has it, as they say themselves; empty where that cannot be read.
        holder: String,
    },
    /// The system does not allow it.
    #[error("The log “{}” cannot be written: {}", .path.display(), cause(.source))]
    Io {
        /// The log, or the folder it is to be in.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl OpenError {
    pub(super) fn io(path: &Path, source: io::Error) -> Self {
        Self::Io { path: path.to_owned(), source }
    }

    pub(super) fn locked(error: LockError, reviewer: &str, path: &Path) -> Self {
        match error {
            LockError::Held(holder) => Self::Held { reviewer: reviewer.to_owned(), holder },
            LockError::Failed(source) => Self::io(path, source),
        }
    }
}

fn by(holder: &str) -> String {
    if holder.is_empty() { String::new() } else { format!(" ({holder})") }
}

/// What stands in the way of writing, and what to do.
pub(super) fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
            "the disk is full; free some space.".to_owned()
        }
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "you may not write there; change the permissions of the file and its folder.".to_owned()
        }
        io::ErrorKind::NotFound => "it is not there any more; put it and its folder back.".to_owned(),
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "a file stands where its folder should be; move it away.".to_owned()
        }
        io::ErrorKind::IsADirectory => "a folder has its name; rename it.".to_owned(),
        _ => format!("{error}; check the disk and its connection."),
    }
}

/// Makes the folder at `path` and those above it that are missing, on disk for good.
pub(super) fn make_folder(path: &Path) -> io::Result<()> {
    if path.is_dir() {
        return Ok(());
    }
    fs::create_dir_all(path)?;
    path.ancestors().take(3).for_each(|folder| sync_folder(folder_of(folder)));
    Ok(())
}

/// Mends the end of the log at `path`, which holds `bytes`: its length then, and a sentence where there was something
/// to mend. What was torn is in `NAME.torn` before it goes from the log.
pub(super) fn mend(file: &mut File, path: &Path, bytes: &[u8], end: End) -> io::Result<(u64, Option<String>)> {
    let shown = shown(path);
    match end {
        End::Whole => Ok((bytes.len() as u64, None)),
        End::Unended => {
            file.write_all(b"\n")?;
            file.sync_data()?;
            let said = format!("The last line of {shown} was whole but for its end, which was added.");
            Ok((bytes.len() as u64 + 1, Some(said)))
        }
        End::Torn(from) => {
            let aside = path.with_extension("torn");
            let mut torn = File::options().append(true).create(true).open(&aside)?;
            torn.write_all(&bytes[from..])?;
            torn.write_all(b"\n")?;
            torn.sync_all()?;
            sync_folder(folder_of(&aside));
            file.set_len(from as u64)?;
            file.sync_all()?;
            let length = bytes.len() - from;
            let said = format!(
                "The last line of {shown} was never written to its end, as after a crash, and was never confirmed. Its \
                 {length} bytes were moved to {}; all lines before it are there.",
                self::shown(&aside)
            );
            Ok((from as u64, Some(said)))
        }
    }
}
