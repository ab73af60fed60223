//! A response's text and its highlights, prepared so that showing any screen of it is cheap.

use super::blocks::Blocks;
use super::marks::{Mark, MarkIndex};
use crate::model::SharedText;
use crate::text::{LineIndex, fences};
use std::cmp::Reverse;
use std::ops::Range;
use std::sync::Arc;

/// One response's text with the highlights of all its criteria.
///
/// Building it is linear in the text and O(m log m) in the marks; after that every question about what is
/// visible costs only what is visible. Keep one for as long as the text is on screen.
#[derive(Debug)]
pub struct TextDoc {
    text: SharedText,
    lines: LineIndex,
    pub(super) blocks: Blocks,
    /// The code of fenced blocks, in order.
    code: Vec<Range<usize>>,
    marks: Arc<[Mark]>,
    index: MarkIndex,
}

impl TextDoc {
    /// Prepares `text` (at most 4 GiB) with `marks`, in any order; they may overlap.
    ///
    /// A mark that does not fit the text is cut to it, and moved back to a character boundary.
    pub fn new(text: SharedText, marks: Vec<Mark>) -> Self {
        let mut doc = Self {
            lines: LineIndex::new(&text),
            blocks: Blocks::new(&text),
            code: fences(&text).into_iter().map(|fence| fence.code).collect(),
            text,
            marks: Arc::default(),
            index: MarkIndex::default(),
        };
        doc.set_marks(marks);
        doc
    }

    /// Replaces the highlights; the text's own indices are kept.
    pub fn set_marks(&mut self, mut marks: Vec<Mark>) {
        for mark in &mut marks {
            mark.span = mark.span.fitted(&self.text);
        }
        // Outer before inner, so that the later of two marks lies on top.
        marks.sort_by_key(|mark| (mark.span.start, Reverse(mark.span.end)));
        self.index = MarkIndex::new(&marks);
        self.marks = marks.into();
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The highlights in the order of the text, an outer one before those inside it. Every index of a mark
    /// in this module is an index into this slice.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// How many lines the text has: at least one.
    pub fn line_count(&self) -> usize {
        self.lines.count()
    }

    /// The marks that cover byte `offset`, from the outermost to the innermost.
    pub fn marks_at(&self, offset: usize) -> Vec<usize> {
        let mut found = self.touching(offset..offset + 1, usize::MAX);
        found.retain(|&mark| self.marks[mark].span.range().contains(&offset));
        found
    }

    /// Whether `block` is fenced code, which is shown in a monospaced face.
    pub(super) fn is_code(&self, block: usize) -> bool {
        let start = self.blocks.owned(block).start;
        let at = self.code.partition_point(|code| code.end <= start);
        self.code.get(at).is_some_and(|code| code.contains(&start))
    }

    /// The first `limit` marks that touch `bytes`, ascending.
    pub(super) fn touching(&self, bytes: Range<usize>, limit: usize) -> Vec<usize> {
        self.index.touching(&self.marks, bytes, limit)
    }

    /// The bytes of the line that holds byte `offset`, without its line end.
    pub(super) fn line_at(&self, offset: usize) -> Range<usize> {
        let line = self.lines.range(self.lines.line_of(offset));
        let broken = line.end < self.text.len();
        let end = line.end - usize::from(broken && self.text[line.clone()].ends_with('\r'));
        line.start..end
    }

    /// What tells this text from another.
    pub(super) fn shared_text(&self) -> &SharedText {
        &self.text
    }

    /// What tells this set of marks from another.
    pub(super) fn shared_marks(&self) -> &Arc<[Mark]> {
        &self.marks
    }
}
