//! What an import read, and everything in it that a person should know.

use serde::{Deserialize, Serialize};

/// The account of an import: stays with the project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ImportReport {
    /// Rows seen in all files.
    pub rows: u64,
    /// Rows that could not be read and were left out.
    pub skipped: u64,
    /// What happened, in order of file and row.
    pub notices: Vec<Notice>,
}

/// One thing worth knowing about imported data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// How much it matters.
    pub severity: Severity,
    /// The file it is about, as named in the sources; empty when it is about several.
    pub file: String,
    /// 1-based line in that file (CSV: the line on which the record begins).
    pub line: Option<u64>,
    /// What, and what was done about it, in one sentence.
    pub message: String,
}

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Severity {
    /// Worth knowing: nothing is lost.
    Note,
    /// Something may not be as meant.
    Warning,
    /// A row or file was left out.
    Skipped,
}

impl Notice {
    /// `file:line: message`, as a terminal shows it.
    pub fn to_line(&self) -> String {
        match (self.file.is_empty(), self.line) {
            (true, _) => self.message.clone(),
            (false, None) => format!("{}: {}", self.file, self.message),
            (false, Some(line)) => format!("{}:{line}: {}", self.file, self.message),
        }
    }
}

impl ImportReport {
    /// Notices of at least `severity`.
    pub fn at_least(&self, severity: Severity) -> impl Iterator<Item = &Notice> {
        self.notices.iter().filter(move |notice| notice.severity >= severity)
    }
}
