//! Gathers what is wrong while a file's tree becomes a rubric.

use super::places::{At, Places};
use crate::io::ron_tree::Value;
use crate::model::Level;
use crate::text::LineIndex;
use std::collections::HashMap;
use std::ops::Range;

/// A mistake at a place in the source.
pub(super) struct Mistake {
    pub(super) level: Level,
    pub(super) range: Range<usize>,
    pub(super) message: String,
    pub(super) hint: Option<String>,
}

/// What reading gathers. The functions that read one part of a rubric each are methods of it, one file for each part.
pub(super) struct Reader<'s> {
    pub(super) lines: &'s LineIndex,
    pub(super) mistakes: Vec<Mistake>,
    pub(super) places: Places,
    /// Where each id was first given.
    pub(super) ids: HashMap<String, Range<usize>>,
    /// What to say of a file of a newer format than [`super::FORMAT`], if this is one.
    pub(super) newer: Option<Mistake>,
}

impl<'s> Reader<'s> {
    pub(super) fn new(lines: &'s LineIndex) -> Self {
        Self { lines, mistakes: Vec::new(), places: Places::default(), ids: HashMap::new(), newer: None }
    }

    pub(super) fn error(&mut self, range: Range<usize>, message: impl Into<String>, hint: impl Into<Option<String>>) {
        self.mistakes.push(Mistake { level: Level::Error, range, message: message.into(), hint: hint.into() });
    }

    /// Notes where `at` stands.
    pub(super) fn note(&mut self, at: &At, value: &Value) {
        self.places.note(at.clone(), value);
    }

    /// The line, from 1, of byte `offset`.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.lines.line_of(offset) + 1
    }
}
