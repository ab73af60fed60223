//! All logs of a project.

use super::name;
use super::read::read;
use crate::io::store::Mistake;
use crate::model::review::ReviewLog;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The logs of a project, by the names of their reviewers.
#[derive(Clone, Debug, Default)]
pub struct Reviews {
    /// One a reviewer, in the order of names.
    pub logs: Vec<Arc<ReviewLog>>,
    /// What could not be read of them, with each file's name in the project.
    pub mistakes: Vec<Mistake>,
}

/// Reads every log in `folder`, a project's `reviews`. A folder that is not there holds none. Nothing is changed.
pub fn read_folder(folder: &Path) -> Reviews {
    let mut reviews = Reviews::default();
    let failed = |file: String, message: String, hint: &str| Mistake {
        file,
        line: 1,
        column: 1,
        message,
        hint: Some(hint.to_owned()),
    };
    let files = match logs_in(folder) {
        Ok(files) => files,
        Err(error) => {
            let message = format!("The folder could not be read: {error}.");
            reviews.mistakes.push(failed("reviews".to_owned(), message, "Change its permissions and open it again."));
            return reviews;
        }
    };
    for (reviewer, path) in files {
        let shown = shown(&path);
        match contents(&path) {
            Ok(bytes) => {
                let reading = read(&shown, &bytes);
                reviews.mistakes.extend(reading.mistakes);
                reviews.logs.push(Arc::new(ReviewLog::new(&reviewer, reading.entries)));
            }
            Err(error) => {
                let message = format!("The log could not be read: {error}.");
                reviews.mistakes.push(failed(shown, message, "Change its permissions and open it again."));
            }
        }
    }
    reviews
}

/// The logs in `folder` with whose they are, in the order of names; none where there is no such folder.
pub(super) fn logs_in(folder: &Path) -> io::Result<Vec<(String, PathBuf)>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut logs = Vec::new();
    for entry in entries {
        let path = entry?.path();
        let is_log = path.extension().is_some_and(|extension| extension == name::EXTENSION) && !path.is_dir();
        if let (true, Some(stem)) = (is_log, path.file_stem().and_then(|stem| stem.to_str()))
            && !stem.starts_with('.')
        {
            logs.push((name::reviewer_of(stem), path));
        }
    }
    logs.sort();
    Ok(logs)
}

/// The bytes of the log at `path`. A device or pipe holds none: reading one may never end.
pub(super) fn contents(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_file() { fs::read(path) } else { Ok(Vec::new()) }
}

/// The name in the project of the log at `path`.
pub(super) fn shown(path: &Path) -> String {
    format!("reviews/{}", path.file_name().unwrap_or_default().to_string_lossy())
}
