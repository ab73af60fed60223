//! What can go wrong with a whole file, and with a whole import.

use crate::model::ImportReport;
use thiserror::Error;

/// Why a file was left out. The message does not name the file: a notice carries its name beside it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileProblem {
    /// No file has that name.
    #[error("there is no such file; check the spelling and the folder")]
    NotFound,
    /// A folder was named.
    #[error("is a folder; name the files in it, such as `{0}/*.jsonl`")]
    Folder(String),
    /// The system refuses to open it.
    #[error("may not be read by you; change its permissions or copy it somewhere readable")]
    Forbidden,
    /// Any other failure of the system.
    #[error("cannot be read ({0}); check the disk or copy the file again")]
    Unreadable(String),
    /// It holds nothing but white space.
    #[error("is empty; check that it was written or downloaded completely")]
    Empty,
    /// Git Large File Storage left a pointer in the file's place.
    #[error("is a Git LFS pointer, not data: run `git lfs pull` in its repository and import it again")]
    LfsPointer,
    /// A kind of file that is recognised but not read.
    #[error("is {what}, which is not read directly; {advice}")]
    Foreign {
        /// What it is, with its article.
        what: &'static str,
        /// What to do.
        advice: &'static str,
    },
    /// Not a text.
    #[error(
        "is a binary file, not text; export the data as JSON Lines, JSON or CSV (a UTF-16 text needs its byte order mark)"
    )]
    Binary,
    /// Bytes that are no text, in a file that is read as a whole.
    #[error("is not UTF-8 at byte {byte} (line {line}); save it as UTF-8 and import it again")]
    NotUtf8 {
        /// 0-based offset.
        byte: usize,
        /// 1-based line.
        line: u64,
    },
    /// Text that has no rows.
    #[error("is neither JSON Lines nor JSON nor a CSV or TSV table with a header row; convert it to one of these")]
    NotATable,
    /// A table without a row that can be read.
    #[error("holds no row that can be read{0}")]
    NoRows(String),
    /// A column that was asked for is not there.
    #[error("has no column `{column}`{}; the columns are {columns}", did_you_mean(.suggestion.as_deref()))]
    NoColumn {
        /// The column asked for.
        column: String,
        /// The column that is spelled most like it.
        suggestion: Option<String>,
        /// Those there are.
        columns: String,
    },
    /// No column is known to hold responses.
    #[error(
        "has no column that is recognised as the responses; the columns are {columns}: say which one it is with `--map response=COLUMN`, or choose it in the import preview"
    )]
    NoResponseColumn {
        /// Those there are.
        columns: String,
    },
    /// Criteria with weights, and nothing that they judge.
    #[error(
        "holds criteria (column `{criteria}`) and no responses to judge by them; import it together with the responses, and they become criteria of the rubric, with their weights from `{weight}`"
    )]
    CriteriaOnly {
        /// The column with the criteria.
        criteria: String,
        /// The column with their weights.
        weight: String,
    },
    /// No column is known to hold ratings.
    #[error(
        "has no column that is recognised as ratings; the columns are {columns}: say which one it is with `--map rating=COLUMN`, or choose it in the import preview"
    )]
    NoRatingColumn {
        /// Those there are.
        columns: String,
    },
    /// The two responses that were compared are not named.
    #[error(
        "does not say which two responses were compared; the columns are {columns}: name two with `--map response=COLUMN --map response_b=COLUMN`, or with `model` and `model_b`, or choose them in the import preview"
    )]
    NoPair {
        /// Those there are.
        columns: String,
    },
    /// Prompts without any responses beside them.
    #[error(
        "holds prompts (column `{prompt}`) but no responses; import it together with the files that hold the responses, or name their column, or one for each model, with `--map response=COLUMN`"
    )]
    PromptsOnly {
        /// Where the prompts are.
        prompt: String,
    },
    /// Models without any responses beside them.
    #[error(
        "lists models but holds no responses; import it together with the files that hold them, or name their column with `--map response=COLUMN`"
    )]
    ModelsOnly,
}

/// `; did you mean …?`, where there is something alike.
pub(super) fn did_you_mean(suggestion: Option<&str>) -> String {
    suggestion.map(|name| format!("; did you mean `{name}`?")).unwrap_or_default()
}

/// Why an import as a whole came to nothing.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportError {
    /// The person stopped it.
    #[error("the import was cancelled; nothing was changed")]
    Cancelled,
    /// The wish for a column mapping cannot be met in any file.
    #[error("{0}")]
    Map(String),
    /// No file gave a response; the report says why for each.
    #[error("nothing was imported{}", reasons(.0))]
    Nothing(ImportReport),
}

/// The notices, one a line.
fn reasons(report: &ImportReport) -> String {
    const SHOWN: usize = 20;
    let mut text = if report.notices.is_empty() { "; name at least one file" } else { ":" }.to_owned();
    for notice in report.notices.iter().take(SHOWN) {
        text.push_str("\n  ");
        text.push_str(&notice.to_line());
    }
    if report.notices.len() > SHOWN {
        text.push_str("\n  …");
    }
    text
}
