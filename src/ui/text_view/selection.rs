//! What is selected: two byte offsets, so that it outlives scrolling and layout.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation as _;

/// A selection, possibly empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Selection {
    anchor: usize,
    head: usize,
}

impl Selection {
    /// Begins at `offset`.
    pub(super) fn begin(&mut self, offset: usize) {
        (self.anchor, self.head) = (offset, offset);
    }

    /// Extends to `offset`.
    pub(super) fn extend(&mut self, offset: usize) {
        self.head = offset;
    }

    /// Selects exactly `range`.
    pub(super) fn set(&mut self, range: Range<usize>) {
        (self.anchor, self.head) = (range.start, range.end);
    }

    /// The bytes selected; `None` where it is empty.
    pub(super) fn range(&self) -> Option<Range<usize>> {
        (self.anchor != self.head).then(|| self.anchor.min(self.head)..self.anchor.max(self.head))
    }
}

/// The word, or run of white space, at `offset` of `line`.
pub(super) fn word_at(line: &str, offset: usize) -> Range<usize> {
    line.split_word_bound_indices()
        .map(|(start, word)| start..start + word.len())
        .find(|range| offset < range.end)
        .unwrap_or(line.len()..line.len())
}
