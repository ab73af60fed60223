//! Fenced code blocks, as CommonMark 0.31 section 4.5 defines them.

use std::ops::Range;

/// One fenced code block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fence {
    /// First byte of the opening fence's line to one past the closing fence's line (without its `\n`).
    pub whole: Range<usize>,
    /// The code between the fences, with its last `\n`.
    pub code: Range<usize>,
    /// The first word of the info string, `""` where there is none.
    pub language: Range<usize>,
    /// Whether a closing fence ends it; otherwise it runs to the end of the text.
    pub closed: bool,
}

/// All fenced code blocks of `text`, in order. Linear in the text's length.
pub fn fences(text: &str) -> Vec<Fence> {
    let mut out: Vec<Fence> = Vec::new();
    let mut open: Option<(u8, usize)> = None;
    let mut start = 0;
    while start < text.len() {
        let end = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        let next = (end + 1).min(text.len());
        let marker = marker(&text[start..end]);
        match (open, marker) {
            (None, Some((mark, length, info))) => {
                let language = language(&text[start + info..end], start + info);
                out.push(Fence { whole: start..text.len(), code: next..text.len(), language, closed: false });
                open = Some((mark, length));
            }
            (Some((mark, length)), Some((closing, count, info)))
                if closing == mark && count >= length && text[start + info..end].trim().is_empty() =>
            {
                if let Some(fence) = out.last_mut() {
                    fence.whole.end = end;
                    fence.code.end = start;
                    fence.closed = true;
                }
                open = None;
            }
            _ => {}
        }
        start = end + 1;
    }
    out
}

/// The fence a line opens or closes: its character, its length, and where the info string begins.
fn marker(line: &str) -> Option<(u8, usize, usize)> {
    let bytes = line.as_bytes();
    let indent = bytes.iter().take_while(|&&b| b == b' ').count();
    let mark = *bytes.get(indent)?;
    if indent > 3 || !matches!(mark, b'`' | b'~') {
        return None;
    }
    let count = bytes[indent..].iter().take_while(|&&b| b == mark).count();
    let info = indent + count;
    // A backtick fence's info string has no backtick: otherwise it is inline code.
    let inline = mark == b'`' && memchr::memchr(b'`', &bytes[info..]).is_some();
    (count >= 3 && !inline).then_some((mark, count, info))
}

/// The first word of an info string that begins at byte `offset` of the text.
fn language(info: &str, offset: usize) -> Range<usize> {
    let start = info.len() - info.trim_start().len();
    let word = info[start..].split_whitespace().next().unwrap_or("");
    offset + start..offset + start + word.len()
}

#[cfg(test)]
mod tests {
    use super::fences;

    #[track_caller]
    fn check(text: &str, expected: &[(&str, &str, bool)]) {
        let found: Vec<_> = fences(text).into_iter().map(|f| (&text[f.language], &text[f.code], f.closed)).collect();
        assert_eq!(found, expected, "in {text:?}");
    }

    #[test]
    fn finds_blocks_with_language_and_code() {
        check("a\n```rust\nlet x;\n```\nb", &[("rust", "let x;\n", true)]);
        check("~~~ py extra\n```\n~~~~", &[("py", "```\n", true)]);
        check("```\nopen", &[("", "open", false)]);
        check("```\n", &[("", "", false)]);
        check("```", &[("", "", false)]);
        check("```a``` inline\n    ```\nindented", &[]);
        check("````\n```\n````\r\n", &[("", "```\n", true)]);
    }
}
