//! Where lines begin, so that a byte is found in O(log n) lines.

use std::ops::Range;

/// The starts of a text's lines. A line ends after `\n`; the text after the last one is a line too,
/// so there is always at least one. U+2028 and its kin do not end a line: files that hold one row a
/// line carry them inside rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
    len: u32,
}

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let starts =
            std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at as u32 + 1)).collect();
        Self { starts, len: text.len() as u32 }
    }

    /// How many lines there are: at least one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// The 0-based line that holds byte `offset`; the last line for offsets past the end.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= offset).saturating_sub(1)
    }

    /// The bytes of line `line` without its `\n` (a `\r` before it stays).
    pub fn range(&self, line: usize) -> Range<usize> {
        let start = self.starts[line] as usize;
        let end = self.starts.get(line + 1).map_or(self.len as usize, |&next| next as usize - 1);
        start..end
    }

    /// 1-based line and 1-based column in characters of byte `offset` in `text`, as editors show it.
    pub fn line_column(&self, text: &str, offset: usize) -> (usize, usize) {
        let line = self.line_of(offset);
        let before = text.get(self.starts[line] as usize..offset.min(text.len())).unwrap_or("");
        (line + 1, before.chars().count() + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::LineIndex;

    #[test]
    fn finds_lines_and_columns() {
        let text = "ab\nçd\r\n\nlast";
        let index = LineIndex::new(text);
        assert_eq!(index.count(), 4);
        assert_eq!(index.range(1), 3..7);
        assert_eq!(index.line_column(text, 5), (2, 2));
        assert_eq!(index.line_column(text, text.len()), (4, 5));
        assert_eq!(LineIndex::new("").count(), 1);
    }
}
