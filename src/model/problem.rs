//! What is wrong with a rubric, and where: for a file's reader, the editor and the command line alike.

use super::NodePath;
use crate::checks::ParamProblem;

/// One mistake, or something doubtful, in a rubric.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Whether scoring is possible in spite of it.
    pub level: Level,
    /// The node it is about; the root for the rubric itself.
    pub node: NodePath,
    /// Which of the node's fields, as a path: `weight`, `check.phrases[2]`, `examples[0].score`; empty for
    /// the whole node.
    pub field: String,
    /// Byte offset into the field's text, where the mistake has a place in it.
    pub offset: Option<usize>,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do, one sentence.
    pub hint: Option<String>,
}

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Doubtful; scoring goes on.
    Warning,
    /// The node cannot be scored.
    Error,
}

impl Problem {
    /// An error in `field` of `node`.
    pub fn error(node: &NodePath, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            level: Level::Error,
            node: node.clone(),
            field: field.into(),
            offset: None,
            message: message.into(),
            hint: None,
        }
    }

    /// The same as a warning.
    pub fn warning(self) -> Self {
        Self { level: Level::Warning, ..self }
    }

    /// The same with advice.
    pub fn hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// A problem of the check of the criterion at `node`.
    pub fn of_check(node: &NodePath, problem: ParamProblem) -> Self {
        let problem = problem.inside("check");
        Self {
            level: Level::Error,
            node: node.clone(),
            field: problem.param,
            offset: problem.offset,
            message: problem.message,
            hint: problem.hint,
        }
    }
}
