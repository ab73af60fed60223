//! Which highlights touch a stretch of text, without looking at the others.

use crate::text::Span;
use std::ops::Range;

/// One highlighted place in a response's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// The bytes it covers. An empty span is a place between two characters, and is shown as a tick.
    pub span: Span,
    /// Whose it is: the index of its criterion among the layers, which decides its colour.
    pub layer: u32,
    /// Whether it counts against its criterion; shown by shape, not by colour alone.
    pub violates: bool,
}

impl Mark {
    /// One past the last byte it can be found at; an empty one is found at its own place.
    fn reach(&self) -> u32 {
        self.span.end.max(self.span.start.saturating_add(1))
    }
}

/// Marks by where they begin, under a tree of how far they reach.
#[derive(Debug, Default)]
pub(super) struct MarkIndex {
    /// Node `i` has children `2i` and `2i + 1`; the leaves are the marks' reaches.
    reach: Vec<u32>,
    leaves: usize,
}

impl MarkIndex {
    /// Indexes `marks`, which are sorted by start, in linear time.
    pub(super) fn new(marks: &[Mark]) -> Self {
        let leaves = marks.len().next_power_of_two();
        let mut reach = vec![0; leaves * 2];
        for (leaf, mark) in reach[leaves..].iter_mut().zip(marks) {
            *leaf = mark.reach();
        }
        for node in (1..leaves).rev() {
            reach[node] = reach[node * 2].max(reach[node * 2 + 1]);
        }
        Self { reach, leaves }
    }

    /// The first `limit` of `marks` (which this indexes) that touch `bytes`, ascending.
    /// O((1 + found) · log n).
    pub(super) fn touching(&self, marks: &[Mark], bytes: Range<usize>, limit: usize) -> Vec<usize> {
        let before = marks.partition_point(|mark| (mark.span.start as usize) < bytes.end);
        let mut found = Vec::new();
        if self.leaves > 0 {
            self.collect(1, 0..self.leaves, before, bytes.start, limit, &mut found);
        }
        found
    }

    fn collect(
        &self,
        node: usize,
        covers: Range<usize>,
        before: usize,
        from: usize,
        limit: usize,
        found: &mut Vec<usize>,
    ) {
        if covers.start >= before || self.reach[node] as usize <= from || found.len() >= limit {
            return;
        }
        if covers.len() == 1 {
            found.push(covers.start);
            return;
        }
        let middle = covers.start + covers.len() / 2;
        self.collect(node * 2, covers.start..middle, before, from, limit, found);
        self.collect(node * 2 + 1, middle..covers.end, before, from, limit, found);
    }
}

#[cfg(test)]
mod tests {
    use super::{Mark, MarkIndex};
    use crate::text::Span;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_a_scan_finds(
            raw in prop::collection::vec((0usize..40, 0usize..40), 0..20),
            (from, to) in (0usize..45, 0usize..45),
        ) {
            let mut marks: Vec<Mark> = raw
                .iter()
                .map(|&(a, b)| Mark { span: Span::new(a.min(b)..a.max(b)), layer: 0, violates: false })
                .collect();
            marks.sort_by_key(|mark| mark.span);
            let range = from.min(to)..from.max(to) + 1;
            let scan: Vec<usize> = (0..marks.len())
                .filter(|&i| {
                    let span = marks[i].span.range();
                    span.start < range.end && (span.end > range.start || span.start >= range.start)
                })
                .collect();
            let index = MarkIndex::new(&marks);
            prop_assert_eq!(&index.touching(&marks, range.clone(), usize::MAX), &scan);
            prop_assert_eq!(index.touching(&marks, range, 2), &scan[..scan.len().min(2)]);
        }
    }
}
