//! Text literals: what they mean, and which byte of the source each byte of the meaning comes from.

use super::SyntaxError;
use std::ops::Range;

/// A text and where its bytes stand in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// What the literal means, escapes resolved.
    pub value: String,
    /// From bytes of the value to bytes of the source.
    pub map: SourceMap,
}

/// From byte offsets in a text's value to byte offsets in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceMap {
    /// Where a run of bytes that stand as they are begins: in the value, in the source. Ascending.
    runs: Vec<(usize, usize)>,
    /// The end of the content in the source.
    end: usize,
}

impl SourceMap {
    /// Where byte `offset` of the value stands in the source; the end of the content for offsets past it.
    pub fn source_offset(&self, offset: usize) -> usize {
        let next = self.runs.partition_point(|&(value, _)| value <= offset);
        let limit = self.runs.get(next).map_or(self.end, |&(_, source)| source);
        match next.checked_sub(1).map(|run| self.runs[run]) {
            Some((value, source)) => (source + (offset - value)).min(limit),
            None => self.end,
        }
    }
}

/// A raw literal with this content.
pub(super) fn raw(source: &str, content: Range<usize>) -> Text {
    Text {
        value: source[content.clone()].to_owned(),
        map: SourceMap { runs: vec![(0, content.start)], end: content.end },
    }
}

/// A literal with escapes and this content. What an unreadable escape stands for is kept as it is written.
pub(super) fn escaped(source: &str, content: Range<usize>, errors: &mut Vec<SyntaxError>) -> Text {
    let mut value = String::new();
    let mut runs = vec![(0, content.start)];
    let mut at = content.start;
    while let Some(backslash) = memchr::memchr(b'\\', &source.as_bytes()[at..content.end]) {
        let start = at + backslash;
        value.push_str(&source[at..start]);
        runs.push((value.len(), start));
        let rest = &source[start..content.end];
        match escape(rest) {
            Ok((meaning, length)) => {
                value.extend(meaning);
                at = start + length;
            }
            Err((message, length)) => {
                let hint = "Double the backslash, or write a raw text: r\"…\", where it means itself.";
                SyntaxError::note(errors, start..start + length, message, Some(hint));
                value.push_str(&rest[..length]);
                at = start + length;
            }
        }
        runs.push((value.len(), at));
    }
    value.push_str(&source[at..content.end]);
    Text { value, map: SourceMap { runs, end: content.end } }
}

/// The meaning of the escape at the start of `rest` and its length, or what is wrong with it and its length.
fn escape(rest: &str) -> Result<(Option<char>, usize), (String, usize)> {
    let Some(kind) = rest[1..].chars().next() else { return Err(("A backslash stands alone.".to_owned(), 1)) };
    let simple = |c| Ok((Some(c), 2));
    match kind {
        '\'' | '"' | '\\' => simple(kind),
        'n' => simple('\n'),
        'r' => simple('\r'),
        't' => simple('\t'),
        '0' => simple('\0'),
        'x' => bytes(rest),
        'u' => unicode(rest),
        // At the end of a line: the line break and the white space after it mean nothing.
        '\n' | '\r' if rest[1..].trim_start_matches('\r').starts_with('\n') => {
            Ok((None, rest.len() - rest[1..].trim_start_matches([' ', '\t', '\r', '\n']).len()))
        }
        _ => Err((format!("`\\{}` is not an escape.", kind.escape_default()), 1 + kind.len_utf8())),
    }
}

/// `\x41`, or several that are the UTF-8 bytes of one character.
fn bytes(rest: &str) -> Result<(Option<char>, usize), (String, usize)> {
    let mut bytes = [0; 4];
    let mut length = 0;
    for count in 1..=4 {
        let Some(byte) = rest[length..].strip_prefix("\\x").and_then(|digits| hex(digits.get(..2)?)) else { break };
        bytes[count - 1] = byte as u8;
        length += 4;
        if let Ok(text) = std::str::from_utf8(&bytes[..count]) {
            return Ok((text.chars().next(), length));
        }
    }
    Err(("`\\x` needs two hexadecimal digits that are a character.".to_owned(), length.max(2)))
}

/// `\u{2014}`.
fn unicode(rest: &str) -> Result<(Option<char>, usize), (String, usize)> {
    let digits =
        rest[2..].strip_prefix('{').and_then(|inner| inner[..inner.len().min(boundary(inner))].split_once('}'));
    let meaning = digits.and_then(|(digits, _)| Some((char::from_u32(hex(digits)?)?, digits.len())));
    match meaning {
        Some((c, digits)) if digits <= 6 => Ok((Some(c), digits + 4)),
        _ => Err(("`\\u` needs one to six hexadecimal digits of a character in curly brackets.".to_owned(), 2)),
    }
}

/// A short way into `text`, on a character boundary: as far as an escape can reach.
fn boundary(text: &str) -> usize {
    text.floor_char_boundary(8)
}

fn hex(digits: &str) -> Option<u32> {
    digits.bytes().all(|b| b.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[track_caller]
    fn check(literal: &str, expected: &str, errors: usize) {
        let mut found = Vec::new();
        let text = escaped(literal, 0..literal.len(), &mut found);
        assert_eq!((text.value.as_str(), found.len()), (expected, errors), "{literal}");
    }

    #[test]
    fn escapes_mean_characters() {
        check(r#"a\"b\\c\n"#, "a\"b\\c\n", 0);
        check(r"\x41\xc3\xa9\u{1F600}", "Aé😀", 0);
        check("one \\\n   two", "one two", 0);
        check("one \\\r\n\r\n\ttwo", "one two", 0);
        check(r"\s \d", r"\s \d", 2);
        check(r"\u{D800} \u{1234567} \xff \u{", r"\u{D800} \u{1234567} \xff \u{", 4);
        check("\\", "\\", 1);
    }

    #[test]
    fn a_byte_of_the_meaning_leads_to_its_byte_in_the_source() {
        let literal = r"a\u{e9}b\\c";
        let map = escaped(literal, 0..literal.len(), &mut Vec::new()).map;
        // Meaning: a é(2 bytes) b \ c
        let offsets: Vec<usize> = (0..=7).map(|offset| map.source_offset(offset)).collect();
        assert_eq!(offsets, [0, 1, 2, 7, 8, 10, 11, 11]);
    }
}
