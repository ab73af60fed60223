//! Files that are the old one or the new one, never half of each.
//!
//! What is written goes to a temporary file in the same folder, is synced, and takes the final name by one
//! rename. Until then the file of that name is as it was; a process that dies leaves at most a temporary
//! file behind.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

/// Why a file was not written. Whatever stood under its name before is unchanged.
#[derive(Debug)]
pub struct WriteError {
    /// The file that was to be written.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl std::error::Error for WriteError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

impl std::fmt::Display for WriteError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (path, folder) = (self.path.display(), folder_of(&self.path).display());
        write!(f, "“{path}” was not written: ")?;
        match self.source.kind() {
            io::ErrorKind::AlreadyExists => f.write_str("a file has that name; choose another."),
            io::ErrorKind::NotFound => write!(f, "the folder “{folder}” does not exist; create it first."),
            io::ErrorKind::NotADirectory => write!(f, "“{folder}” is not a folder; choose another place."),
            io::ErrorKind::IsADirectory => f.write_str("a folder has that name; choose another."),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                write!(f, "you may not write in “{folder}”; change its permissions or choose another place.")
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                f.write_str("the disk is full; free some space and try again.")
            }
            _ => write!(f, "{}; try again or choose another place.", self.source),
        }
    }
}

/// A file being written. Takes its name by [`Staged::commit`]; dropped before that, it leaves no trace.
#[derive(Debug)]
pub struct Staged {
    path: PathBuf,
    out: BufWriter<Sink>,
}

#[derive(Debug)]
enum Sink {
    /// Written aside, renamed at the end to the path given (links followed).
    Aside(NamedTempFile, PathBuf),
    /// A device or pipe: there is no name to take, and renaming over it would destroy it.
    Direct(File),
}

impl Staged {
    /// Begins a file that is to stand at `path`. A symbolic link there is followed; an existing file's
    /// permissions are kept.
    ///
    /// # Errors
    /// When the folder does not exist or cannot be written in, or `path` is a folder.
    pub fn create(path: &Path) -> Result<Self, WriteError> {
        Self::open(path)
            .map(|sink| Self { path: path.to_owned(), out: BufWriter::with_capacity(1 << 16, sink) })
            .map_err(|source| WriteError { path: path.to_owned(), source })
    }

    fn open(path: &Path) -> io::Result<Sink> {
        let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let existing = fs::metadata(&target).ok();
        if existing.as_ref().is_some_and(fs::Metadata::is_dir) {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if existing.as_ref().is_some_and(|existing| !existing.is_file()) {
            return File::options().write(true).open(&target).map(Sink::Direct);
        }
        let mut builder = tempfile::Builder::new();
        builder.prefix(".rubrica-").suffix(".tmp");
        #[cfg(unix)]
        {
            // The usual mode of a new file; the system takes the user's mask off it.
            use std::os::unix::fs::PermissionsExt as _;
            builder.permissions(fs::Permissions::from_mode(0o666));
        }
        let file = builder.tempfile_in(folder_of(&target)).map_err(|error| unwrapped(&error))?;
        if let Some(existing) = existing {
            file.as_file().set_permissions(existing.permissions())?;
        }
        Ok(Sink::Aside(file, target))
    }

    /// Gives the file its name, once everything is on disk.
    ///
    /// # Errors
    /// When what was written cannot be put on disk or the name cannot be taken.
    pub fn commit(self) -> Result<(), WriteError> {
        let path = self.path;
        let finish = || -> io::Result<()> {
            match self.out.into_inner().map_err(io::IntoInnerError::into_error)? {
                Sink::Direct(mut file) => file.flush(),
                Sink::Aside(file, target) => {
                    file.as_file().sync_all()?;
                    file.persist(&target).map_err(|error| error.error)?;
                    sync_folder(folder_of(&target));
                    Ok(())
                }
            }
        };
        finish().map_err(|source| WriteError { path, source })
    }
}

impl Write for Staged {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Aside(file, _) => file.as_file_mut().write(bytes),
            Self::Direct(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Writes `bytes` to `path`.
///
/// # Errors
/// When that fails at any step; the file is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), WriteError> {
    write_with(path, |out| out.write_all(bytes))
}

/// Writes to `path` what `fill` produces, without holding it in memory.
///
/// # Errors
/// When that, or `fill`, fails at any step; the file is then as it was.
pub fn write_with<T>(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<T>) -> Result<T, WriteError> {
    let mut staged = Staged::create(path)?;
    let value = fill(&mut staged).map_err(|source| WriteError { path: path.to_owned(), source })?;
    staged.commit()?;
    Ok(value)
}

/// The folder `path` stands in; `.` for a bare name.
pub(super) fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// Puts the rename itself on disk. Some file systems cannot sync a folder; the file is complete either way.
pub(super) fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

/// The system's own error: tempfile wraps it with a path that means nothing to the reader.
fn unwrapped(error: &io::Error) -> io::Error {
    error.raw_os_error().map_or_else(|| error.kind().into(), io::Error::from_raw_os_error)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_write_leaves_the_old_file_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.txt");
        write(&path, b"old").unwrap();
        let error = write_with(&path, |out| {
            out.write_all(b"half")?;
            Err::<(), _>(io::ErrorKind::StorageFull.into())
        })
        .unwrap_err();
        assert!(error.to_string().contains("a.txt") && error.to_string().contains("disk is full"), "{error}");
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn says_what_stands_in_the_way() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("file");
        write(&file, b"").unwrap();
        let said = |path: &Path| write(path, b"x").unwrap_err().to_string();
        assert!(said(&file.join("inside")).contains("is not a folder"));
        assert!(said(&folder.path().join("no/x")).contains("does not exist"));
        assert!(said(folder.path()).contains("a folder has that name"));
    }

    #[cfg(unix)]
    #[test]
    fn keeps_permissions_and_follows_links() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs::write(&file, "old").unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        write(&link, b"new").unwrap();
        assert_eq!(fs::read(&file).unwrap(), b"new");
        assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    }

    #[cfg(unix)]
    #[test]
    fn writes_into_a_device_instead_of_replacing_it() {
        use std::os::unix::fs::FileTypeExt as _;
        write(Path::new("/dev/null"), b"x").unwrap();
        assert!(fs::metadata("/dev/null").unwrap().file_type().is_char_device());
    }
}
