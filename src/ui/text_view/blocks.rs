//! The pieces a text is laid out in: lines, and segments of lines too long to lay out at once.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Lines longer than this many bytes are cut into segments, each laid out on its own, so that the cost of
/// showing one screen of a text does not depend on how long its lines are.
pub(super) const LONGEST: usize = 4096;

/// How far back from a segment's end a white space is looked for.
const SEARCH: usize = 1024;

/// Where the blocks of a text begin. Blocks tile the text: nothing is lost between them.
#[derive(Debug)]
pub(super) struct Blocks {
    starts: Vec<u32>,
    len: usize,
}

impl Blocks {
    /// Cuts `text` into blocks, in linear time.
    pub(super) fn new(text: &str) -> Self {
        let mut starts = vec![0];
        let mut line = 0;
        for newline in memchr::memchr_iter(b'\n', text.as_bytes()) {
            cut(text, line..newline, &mut starts);
            line = newline + 1;
            starts.push(line as u32);
        }
        cut(text, line..text.len(), &mut starts);
        Self { starts, len: text.len() }
    }

    /// How many blocks there are: at least one.
    pub(super) fn count(&self) -> usize {
        self.starts.len()
    }

    /// The block that holds byte `offset`; the last for offsets past the end.
    pub(super) fn block_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// All bytes of `block`, its line end included. The last block also owns the place after the text.
    pub(super) fn owned(&self, block: usize) -> Range<usize> {
        let end = self.starts.get(block + 1).map_or(self.len + 1, |&next| next as usize);
        self.starts[block] as usize..end
    }

    /// The bytes of `block` that are shown: without `\n` or `\r\n`.
    pub(super) fn shown(&self, text: &str, block: usize) -> Range<usize> {
        let owned = self.owned(block);
        let end = owned.end.min(self.len);
        let piece = &text[owned.start..end];
        let piece = piece.strip_suffix('\n').map_or(piece, |line| line.strip_suffix('\r').unwrap_or(line));
        owned.start..owned.start + piece.len()
    }
}

/// Pushes where the segments after the first of a long line begin.
fn cut(text: &str, line: Range<usize>, starts: &mut Vec<u32>) {
    let mut start = line.start;
    while line.end - start > LONGEST {
        let end = text.floor_char_boundary(start + LONGEST);
        let window = text.floor_char_boundary(end - SEARCH);
        let search = &text[window..end];
        // White space stays with what it ends, as in wrapping. Where there is none, no grapheme is torn:
        // the last one in the window may go on behind it, so the cut comes before.
        let space = search.char_indices().rev().find(|(_, c)| c.is_whitespace()).map(|(at, c)| at + c.len_utf8());
        let grapheme = || search.grapheme_indices(true).next_back().map(|(at, _)| at).filter(|&at| at > 0);
        let next = space.or_else(grapheme).map_or(end, |at| window + at);
        starts.push(next as u32);
        start = next;
    }
}

#[cfg(test)]
mod tests {
    use super::{Blocks, LONGEST};

    #[track_caller]
    fn check(text: &str, count: usize) {
        let blocks = Blocks::new(text);
        assert_eq!(blocks.count(), count);
        let mut rebuilt = String::new();
        for block in 0..count {
            let owned = blocks.owned(block);
            let shown = blocks.shown(text, block);
            assert!(shown.len() <= LONGEST);
            assert_eq!(blocks.block_of(owned.start), block);
            assert_eq!(blocks.block_of(owned.end - 1), block);
            rebuilt += &text[shown.start..owned.end.min(text.len())];
        }
        assert_eq!(rebuilt, text);
    }

    #[test]
    fn blocks_are_lines_until_a_line_is_too_long() {
        check("", 1);
        check("a\r\n\nb\n", 4);
        check(&"x".repeat(LONGEST), 1);
        check(&"word ".repeat(LONGEST), 6);
        check(&"é".repeat(LONGEST), 3);
        check(&"👩‍👩‍👧".repeat(1000), 5);
        check(&format!("{}\n{}", "y".repeat(LONGEST + 1), "z"), 3);
    }

    #[test]
    fn a_cut_follows_white_space() {
        let text = "seven77 ".repeat(1000);
        let blocks = Blocks::new(&text);
        assert!((0..blocks.count() - 1).all(|block| text[blocks.owned(block)].ends_with(' ')));
    }
}
