//! Overlapping layers of spans, cut into disjoint runs that can be painted one after the other.

use super::Span;

/// A stretch of text over which the set of covering layers does not change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The bytes it covers; never empty.
    pub span: Span,
    /// Indices into the input of the spans that cover it, ascending; empty for plain text.
    pub layers: Vec<u32>,
}

/// Cuts `0..len` into disjoint, gapless runs by the edges of `spans`, which may overlap and come in any
/// order. Empty spans cover nothing and cut nothing. O(n log n + output).
pub fn runs(len: usize, spans: &[Span]) -> Vec<Run> {
    let len = len as u32;
    let mut edges: Vec<(u32, bool, u32)> = Vec::with_capacity(spans.len() * 2);
    for (index, span) in spans.iter().enumerate() {
        let (start, end) = (span.start.min(len), span.end.min(len));
        if start < end {
            edges.push((start, true, index as u32));
            edges.push((end, false, index as u32));
        }
    }
    // Ends sort before starts at the same offset: touching spans do not overlap.
    edges.sort_unstable();

    let mut out = Vec::with_capacity(edges.len() + 1);
    let mut open: Vec<u32> = Vec::new();
    let mut from = 0;
    for (offset, opens, index) in edges {
        if from < offset {
            out.push(Run { span: Span { start: from, end: offset }, layers: open.clone() });
            from = offset;
        }
        match open.binary_search(&index) {
            Err(at) if opens => open.insert(at, index),
            Ok(at) if !opens => {
                open.remove(at);
            }
            _ => {}
        }
    }
    if from < len {
        out.push(Run { span: Span { start: from, end: len }, layers: open });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{Span, runs};
    use proptest::prelude::*;

    #[test]
    fn overlaps_become_a_run_with_both_layers() {
        let cut = runs(10, &[Span::new(2..6), Span::new(4..8)]);
        let shape: Vec<_> = cut.iter().map(|r| (r.span.start, r.span.end, r.layers.clone())).collect();
        assert_eq!(shape, [(0, 2, vec![]), (2, 4, vec![0]), (4, 6, vec![0, 1]), (6, 8, vec![1]), (8, 10, vec![])]);
    }

    proptest! {
        #[test]
        fn runs_tile_the_text_and_know_their_layers(
            len in 0usize..60,
            raw in prop::collection::vec((0usize..60, 0usize..60), 0..12),
        ) {
            let spans: Vec<Span> = raw.iter().map(|&(a, b)| Span::new(a.min(b)..a.max(b))).collect();
            let cut = runs(len, &spans);
            let mut at = 0;
            for run in &cut {
                prop_assert_eq!(run.span.start, at);
                prop_assert!(!run.span.is_empty());
                at = run.span.end;
                for byte in run.span.range() {
                    let covering: Vec<u32> = (0..spans.len() as u32)
                        .filter(|&i| spans[i as usize].range().contains(&byte))
                        .collect();
                    prop_assert_eq!(&covering, &run.layers);
                }
            }
            prop_assert_eq!(at as usize, len);
        }
    }
}
