//! Judgements that were imported, into the logs of those who made them.

use super::name;
use super::open::OpenError;
use super::{AppendError, Writer, read_log};
use crate::model::review::{Entry, ReviewLog};
use std::collections::HashSet;
use std::path::Path;

/// Why a log could not be added to.
#[derive(Debug, thiserror::Error)]
pub enum BringError {
    /// The log could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It could not be written.
    #[error(transparent)]
    Append(#[from] AppendError),
}

/// Adds the entries of `log` that the log in `folder`, a project's `reviews`, does not have, all at once; gives how many
/// that were.
///
/// # Errors
/// When somebody else writes the log, it cannot be written, or the reviewer's name cannot be a file's. What was added
/// before that stays.
pub fn bring(folder: &Path, log: &ReviewLog) -> Result<usize, BringError> {
    let mut writer = Writer::open(folder, log.reviewer())?;
    bring_with(&mut writer, log)
}

/// [`bring`] with the writer of that log.
///
/// # Errors
/// When the log cannot be written.
pub fn bring_with(writer: &mut Writer, log: &ReviewLog) -> Result<usize, BringError> {
    debug_assert!(name::is_same(writer.reviewer(), log.reviewer()));
    let there: HashSet<String> = read_log(writer.path()).into_iter().map(|entry| entry.id).collect();
    let new: Vec<Entry> =
        log.entries().filter(|entry| !there.contains(&entry.id)).map(|entry| (**entry).clone()).collect();
    let count = new.len();
    if count > 0 {
        writer.append_all(new)?;
    }
    Ok(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::review::{Act, FlagMark};
    use jiff::Timestamp;

    fn log(ids: &[&str]) -> ReviewLog {
        let entry = |id: &&str| Entry {
            id: (*id).to_owned(),
            at: Timestamp::UNIX_EPOCH,
            seconds: None,
            act: Act::Flag(FlagMark { response: "r".to_owned(), on: true, reason: String::new() }),
        };
        ReviewLog::new("gpt-4 / pair", ids.iter().map(entry).collect())
    }

    #[test]
    fn what_was_brought_before_is_not_brought_again() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(bring(folder.path(), &log(&["i1-1", "i1-2"])).unwrap(), 2);
        assert_eq!(bring(folder.path(), &log(&["i1-2", "i1-3"])).unwrap(), 1);
        let found = crate::io::reviews::read_folder(folder.path());
        let ids: Vec<&str> = found.logs[0].entries().map(|entry| &*entry.id).collect();
        assert_eq!((ids, found.mistakes), (vec!["i1-1", "i1-2", "i1-3"], vec![]));
        assert_eq!(&**found.logs[0].reviewer(), "gpt-4 / pair");
    }
}
