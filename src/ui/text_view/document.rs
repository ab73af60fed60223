//! A text cut into blocks that are laid out one by one, and the marks on it.

use crate::text::Span;
use std::ops::Range;
use std::sync::Arc;

/// One highlighted place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where.
    pub span: Span,
    /// Which layer it belongs to: decides its colour.
    pub layer: u32,
    /// Whether it counts against its criterion: decides its shape.
    pub violates: bool,
}

/// A text with its marks, ready to be shown.
#[derive(Clone, Debug)]
pub struct TextDoc {
    text: Arc<str>,
    /// Where each block begins; a block ends where the next begins.
    starts: Vec<u32>,
    lines: usize,
    marks: Arc<[Mark]>,
    /// For each mark, how far it or any mark before it reaches: ascending, so that overlaps are found by
    /// bisection.
    reach: Vec<u32>,
}

/// A line longer than this is cut into several blocks: what is laid out at once stays small.
const LONGEST_BLOCK: usize = 4096;

impl TextDoc {
    /// Prepares `text`. `marks` are sorted by where they begin. O(bytes + marks).
    pub fn new(text: Arc<str>, marks: Vec<Mark>) -> Self {
        let mut starts = vec![0];
        let mut lines = 1;
        for at in memchr::memchr_iter(b'\n', text.as_bytes()) {
            cut(&text, &mut starts, at + 1);
            starts.push(at as u32 + 1);
            lines += 1;
        }
        cut(&text, &mut starts, text.len());
        let mut doc = Self { text, starts, lines, marks: Arc::default(), reach: Vec::new() };
        doc.set_marks(marks);
        doc
    }

    /// Replaces the marks, which are sorted by where they begin.
    pub fn set_marks(&mut self, marks: Vec<Mark>) {
        debug_assert!(marks.is_sorted_by_key(|mark| mark.span.start), "marks come in the order of the text");
        let mut furthest = 0;
        self.reach = marks
            .iter()
            .map(|mark| {
                // An empty mark is seen at its place: it reaches one byte.
                furthest = furthest.max(mark.span.end).max(mark.span.start + 1);
                furthest
            })
            .collect();
        self.marks = marks.into();
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The marks, in order.
    pub fn marks(&self) -> &Arc<[Mark]> {
        &self.marks
    }

    /// How many lines it has.
    pub fn lines(&self) -> usize {
        self.lines
    }

    /// How many blocks it is cut into: at least one.
    pub fn blocks(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of block `index`, without the line end.
    pub fn block(&self, index: usize) -> Range<usize> {
        let start = self.starts[index] as usize;
        let end = self.starts.get(index + 1).map_or(self.text.len(), |&next| next as usize);
        let line = self.text[start..end].trim_end_matches('\n');
        start..start + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// The block that holds byte `offset`.
    pub fn block_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// The marks that cover or touch any byte of `range`, in order.
    pub fn marks_in(&self, range: Range<usize>) -> impl Iterator<Item = usize> {
        let first = self.reach.partition_point(|&reach| (reach as usize) <= range.start);
        let last = self.marks.partition_point(|mark| (mark.span.start as usize) <= range.end);
        (first..last.max(first)).filter(move |&index| {
            let span = self.marks[index].span;
            span.end as usize > range.start || (span.is_empty() && span.start as usize >= range.start)
        })
    }

    /// The marks that cover byte `offset`.
    pub fn marks_at(&self, offset: usize) -> Vec<usize> {
        self.marks_in(offset..offset).filter(|&index| self.marks[index].span.range().contains(&offset)).collect()
    }
}

/// Cuts what lies between the last start and `end` where it is too long, at white space if there is some.
fn cut(text: &str, starts: &mut Vec<u32>, end: usize) {
    loop {
        let start = starts.last().map_or(0, |&start| start as usize);
        if end - start <= LONGEST_BLOCK {
            return;
        }
        let limit = text.floor_char_boundary(start + LONGEST_BLOCK);
        let space = text[start..limit].rfind(char::is_whitespace).filter(|&at| at > LONGEST_BLOCK / 2);
        let at = match space {
            Some(at) => start + at + text[start + at..].chars().next().map_or(1, char::len_utf8),
            None => limit,
        };
        starts.push(at as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn blocks_tile_the_text(parts in prop::collection::vec("[aé \n\r漢]{0,9}", 0..8), repeat in 1usize..900) {
            let text = parts.concat().repeat(repeat);
            let doc = TextDoc::new(text.as_str().into(), Vec::new());
            let mut at = 0;
            for index in 0..doc.blocks() {
                let block = doc.block(index);
                prop_assert!(text.is_char_boundary(block.start) && text.is_char_boundary(block.end));
                prop_assert!(block.len() <= LONGEST_BLOCK);
                prop_assert!(text[at..block.start].chars().all(|c| matches!(c, '\n' | '\r')));
                prop_assert_eq!(doc.block_of(block.start), index);
                at = block.end;
            }
            prop_assert!(text[at..].chars().all(|c| matches!(c, '\n' | '\r')));
        }

        #[test]
        fn finds_the_marks_of_a_place(raw in prop::collection::vec((0usize..50, 0usize..20), 0..20), at in 0usize..60) {
            let text = "x".repeat(80);
            let mut marks: Vec<Mark> = raw
                .iter()
                .map(|&(start, len)| Mark { span: Span::new(start..start + len), layer: 0, violates: false })
                .collect();
            marks.sort_by_key(|mark| mark.span);
            let expected: Vec<usize> =
                (0..marks.len()).filter(|&index| marks[index].span.range().contains(&at)).collect();
            prop_assert_eq!(TextDoc::new(text.as_str().into(), marks).marks_at(at), expected);
        }
    }
}
