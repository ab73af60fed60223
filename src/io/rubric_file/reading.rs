//! What reading a rubric file gives.

use super::Diagnostic;
use super::places::{At, Places};
use super::reader::{Mistake, Reader};
use crate::io::ron_tree;
use crate::model::{Level, NodePath, Problem, Rubric};
use crate::text::LineIndex;
use std::ops::Range;

/// What was read of a rubric file, what is wrong with it, and where everything stands.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The rubric; `None` where the file holds none at all. While there are errors it is only what could be
    /// read in spite of them: to be shown, not to be scored with or written over the file.
    pub rubric: Option<Rubric>,
    /// Every mistake of the file, in the order of the file.
    pub problems: Vec<Diagnostic>,
    /// The comments at the top of the file, as they stand: for [`super::write()`].
    pub header: String,
    /// The file is of a newer format: it may be looked at, and must not be written over.
    pub newer: bool,
    places: Places,
    source: String,
    lines: LineIndex,
}

/// Reads a rubric file. Never fails: mistakes are in [`Reading::problems`], all of them.
pub fn read(source: &str) -> Reading {
    let lines = LineIndex::new(source);
    let tree = ron_tree::parse(source);
    let mut reader = Reader::new(&lines);
    let rubric = tree.root.as_ref().and_then(|root| reader.rubric(root));
    let Reader { mut mistakes, places, newer, .. } = reader;
    let is_newer = newer.is_some();
    if let Some(newer) = newer {
        // What this version does not know is not a mistake in a file made by a newer one.
        mistakes.iter_mut().for_each(|mistake| mistake.level = Level::Warning);
        mistakes.push(newer);
    }
    mistakes.extend(tree.errors.into_iter().map(|error| Mistake {
        level: Level::Error,
        range: error.range,
        message: error.message,
        hint: error.hint,
    }));
    mistakes.sort_by_key(|mistake| mistake.range.start);
    let diagnose = |m: Mistake| Diagnostic::new(source, &lines, m.level, m.range, m.message, m.hint);
    let problems = mistakes.into_iter().map(diagnose).collect();
    Reading { rubric, problems, header: tree.header, newer: is_newer, places, source: source.to_owned(), lines }
}

impl Reading {
    /// Whether any problem is an error.
    pub fn has_errors(&self) -> bool {
        self.problems.iter().any(|problem| problem.level == Level::Error)
    }

    /// The bytes that say `field` of `node`: a path such as `weight`, `check.phrases[2]`, `examples[0].score`; empty
    /// for the head of the node itself. `None` where the file does not say it.
    pub fn place(&self, node: &NodePath, field: &str) -> Option<Range<usize>> {
        self.places.exact(&At { node: node.clone(), field: field.to_owned() })
    }

    /// A problem of the rubric at its place in the file: the field's, or that of the smallest part around it the
    /// file says. An offset into a text leads to that byte, through all escapes.
    pub fn locate(&self, problem: &Problem) -> Diagnostic {
        let at = At { node: problem.node.clone(), field: problem.field.clone() };
        let range = self.places.nearest(&at, problem.offset);
        // A part of a check inside that is left out has no place of its own to point at.
        let message = match at.field.strip_prefix("check.") {
            Some(part) if part.contains('.') && self.places.exact(&at).is_none() => {
                format!("`{part}`: {}", problem.message)
            }
            _ => problem.message.clone(),
        };
        let hint = problem.hint.clone();
        Diagnostic::new(&self.source, &self.lines, problem.level, range, message, hint)
    }

    /// All problems of the file and these of the rubric in it, in the order of the file. What the reader reported
    /// already is not said again.
    pub fn diagnostics(&self, problems: &[Problem]) -> Vec<Diagnostic> {
        let errors: Vec<&Diagnostic> = self.problems.iter().filter(|problem| problem.level == Level::Error).collect();
        let news = problems.iter().map(|problem| self.locate(problem)).filter(|located| {
            !errors.iter().any(|known| located.range == known.range || located.range.contains(&known.range.start))
        });
        let mut all: Vec<Diagnostic> = self.problems.iter().cloned().chain(news).collect();
        all.sort_by_key(|problem| problem.range.start);
        all
    }
}
