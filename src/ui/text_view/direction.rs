//! Where a text changes its direction.
//!
//! The layout takes the direction of a whole stretch in one face from its first letter, and would set the
//! Latin words after a Hebrew one backwards. So words of either direction are laid out apart.

use std::ops::Range;

/// What a character is to the direction of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Space,
    RightToLeft,
    Other,
}

/// Cuts characters (`char_at` for indices below `count`) into maximal runs of white space, of
/// right-to-left script, and of anything else. They tile `0..count`.
pub(super) fn words(count: usize, char_at: impl Fn(usize) -> char) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut before = Kind::Other;
    for index in 0..count {
        let kind = kind(char_at(index), before);
        match out.last_mut() {
            Some(run) if kind == before => run.end = index + 1,
            _ => out.push(index..index + 1),
        }
        before = kind;
    }
    out
}

/// The byte ranges of `text` that are laid out on their own: words of right-to-left script, and what is
/// between them. They tile the text; a text without such words is one.
pub(super) fn stretches(text: &str) -> Vec<Range<usize>> {
    if text.is_ascii() || !text.chars().any(is_right_to_left) {
        return std::iter::once(0..text.len()).collect();
    }
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut before = None;
    let mut kind_before = Kind::Other;
    for (at, c) in text.char_indices() {
        kind_before = kind(c, kind_before);
        let backwards = Some(kind_before == Kind::RightToLeft);
        let end = at + c.len_utf8();
        match out.last_mut() {
            Some(stretch) if backwards == before => stretch.end = end,
            _ => out.push(at..end),
        }
        before = backwards;
    }
    out
}

/// Whether `c` is of a script written from right to left (Hebrew to Thaana and their presentation forms).
pub(super) fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFE}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}')
}

/// Joiners and direction marks, which have no direction of their own, belong to what they follow.
fn kind(c: char, before: Kind) -> Kind {
    match c {
        '\u{200C}'..='\u{200F}' => before,
        _ if is_right_to_left(c) => Kind::RightToLeft,
        _ if c.is_whitespace() => Kind::Space,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{stretches, words};

    #[track_caller]
    fn check(text: &str, expected_words: &[&str], expected_stretches: &[&str]) {
        let chars: Vec<char> = text.chars().collect();
        let words: Vec<String> =
            words(chars.len(), |i| chars[i]).into_iter().map(|word| chars[word].iter().collect()).collect();
        assert_eq!(words, expected_words);
        let stretches: Vec<&str> = stretches(text).into_iter().map(|stretch| &text[stretch]).collect();
        assert_eq!(stretches, expected_stretches);
    }

    #[test]
    fn right_to_left_words_stand_apart() {
        check("", &[], &[""]);
        check("one two", &["one", " ", "two"], &["one two"]);
        check("a-שלום עם b", &["a-", "שלום", " ", "עם", " ", "b"], &["a-", "שלום", " ", "עם", " b"]);
        check("می\u{200C}خواهم", &["می\u{200C}خواهم"], &["می\u{200C}خواهم"]);
    }
}
