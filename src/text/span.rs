//! A half-open range of bytes in a text.

use std::ops::Range;

/// A half-open range of byte offsets into one text, on character boundaries, `start <= end`.
///
/// Offsets are 32 bit: one response is at most 4 GiB, and evidence is stored by the million.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span `range` covers.
    ///
    /// Offsets past 4 GiB saturate; importers refuse such texts.
    pub fn new(range: Range<usize>) -> Self {
        debug_assert!(range.start <= range.end, "a span runs forwards");
        let clamp = |offset: usize| u32::try_from(offset).unwrap_or(u32::MAX);
        Self { start: clamp(range.start), end: clamp(range.end) }
    }

    /// The same span as a range for slicing.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it covers no byte: a place between two characters.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// The part of `text` it covers, or `""` where it does not fit the text.
    pub fn of(self, text: &str) -> &str {
        text.get(self.range()).unwrap_or("")
    }

    /// The span cut to `text`, its ends moved back to character boundaries.
    pub fn fitted(self, text: &str) -> Self {
        let [start, end] = [self.start, self.end].map(|offset| text.floor_char_boundary(offset as usize));
        Self::new(start..end.max(start))
    }
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Self::new(range)
    }
}
