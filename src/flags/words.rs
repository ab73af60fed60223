//! A text as words with their places.

use std::hash::BuildHasher as _;
use std::ops::Range;

/// A word: what it is, whatever its case, and where.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) hash: u64,
    pub(super) place: Range<usize>,
}

/// The words of `text`, in order: runs of letters and digits, and single characters where words are not spaced.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word> + '_ {
    // A fixed seed: the same on every machine.
    let hasher = foldhash::fast::FixedState::with_seed(7);
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.find(|(_, c)| c.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        if !is_ideographic(first) {
            while let Some((at, c)) =
                chars.next_if(|(_, c)| (c.is_alphanumeric() || is_mark(*c)) && !is_ideographic(*c))
            {
                end = at + c.len_utf8();
            }
        }
        let word = &text[start..end];
        let hash = if word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()) {
            hasher.hash_one(word)
        } else {
            hasher.hash_one(word.to_lowercase().as_str())
        };
        Some(Word { hash, place: start..end })
    })
}

/// Combining marks and the apostrophe belong to their word.
fn is_mark(c: char) -> bool {
    matches!(c, '\'' | '’' | '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}')
}

/// Whether a character of this script is a word by itself: Chinese characters and kana.
pub(super) fn is_ideographic(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::words;

    #[test]
    fn words_have_their_places_and_no_case() {
        let text = "Don’t, DON’T! 東京 x1";
        let found: Vec<&str> = words(text).map(|word| &text[word.place]).collect();
        assert_eq!(found, ["Don’t", "DON’T", "東", "京", "x1"]);
        let hashes: Vec<u64> = words(text).map(|word| word.hash).collect();
        assert!(hashes[0] == hashes[1] && hashes[1] != hashes[2]);
    }
}
