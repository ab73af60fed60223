//! The selected text, kept in bytes: it outlives scrolling, wrapping and what is laid out.

use super::doc::TextDoc;
use crate::text::Span;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// From where the pointer went down to where it is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Selection {
    anchor: usize,
    head: usize,
}

impl Selection {
    /// Nothing selected, at `byte`.
    pub(super) fn start(&mut self, byte: usize) {
        (self.anchor, self.head) = (byte, byte);
    }

    /// Up to `byte`, from where it began.
    pub(super) fn extend(&mut self, byte: usize) {
        self.head = byte;
    }

    /// Exactly `bytes`.
    pub(super) fn set(&mut self, bytes: &Range<usize>) {
        (self.anchor, self.head) = (bytes.start, bytes.end);
    }

    /// The bytes selected; empty for none.
    pub(super) fn bytes(&self) -> Range<usize> {
        self.anchor.min(self.head)..self.anchor.max(self.head)
    }

    /// The same as a span; nothing where nothing is selected.
    pub(super) fn span(&self) -> Option<Span> {
        Some(self.bytes()).filter(|bytes| !bytes.is_empty()).map(Span::new)
    }
}

/// The word (or the run of spaces, or the punctuation mark) at byte `offset`, by Unicode's word boundaries.
pub(super) fn word_at(doc: &TextDoc, offset: usize) -> Range<usize> {
    let block = doc.blocks.shown(doc.text(), doc.blocks.block_of(offset));
    let text = &doc.text()[block.clone()];
    let words = text.split_word_bound_indices().map(|(at, word)| block.start + at..block.start + at + word.len());
    words.into_iter().find(|word| word.contains(&offset)).unwrap_or(block.end..block.end)
}
