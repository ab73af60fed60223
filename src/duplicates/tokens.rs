//! A text as tokens: words without case or punctuation, and single characters where words are not spaced.

use super::hash::{PI, fold};
use std::sync::LazyLock;
use unicode_width::UnicodeWidthChar;

/// Where no word has begun.
const NO_WORD: u64 = PI[0];

/// Calls `visit` with the hash of every token of `text`, in order.
///
/// A word is a run of letters and digits; capital and small letters are the same. Everything else is between words,
/// but for marks without width, which do not end one. In scripts that put no spaces between words (see
/// [`is_unspaced`]) every character is a token.
///
/// English text is read eight bytes at a time: whatever is not ASCII takes a slower path.
#[inline]
pub(super) fn tokens(text: &str, mut visit: impl FnMut(u64)) {
    let bytes = text.as_bytes();
    let kinds = KINDS.as_slice();
    let mut word = NO_WORD;
    let mut at = 0;
    while at < bytes.len() {
        let (len, letters) = ascii_letters(eight(&bytes[at..]));
        at += len;
        if len > 0 {
            word = fold(word ^ letters, PI[1]);
        }
        if len == 8 {
            continue;
        }
        if bytes.get(at).is_none_or(u8::is_ascii) {
            end_word(&mut word, &mut visit);
            at += 1;
            continue;
        }
        for c in text[at..].chars().take_while(|c| !c.is_ascii()) {
            at += c.len_utf8();
            match kinds.get(c as usize).map_or_else(|| kind(c), |&known| known) {
                Kind::Letter(small) => word = with_char(word, small),
                Kind::Nothing => {}
                Kind::Between => end_word(&mut word, &mut visit),
                Kind::Token => {
                    end_word(&mut word, &mut visit);
                    visit(with_char(NO_WORD, c));
                }
            }
        }
    }
    end_word(&mut word, &mut visit);
}

#[inline]
fn end_word(word: &mut u64, visit: &mut impl FnMut(u64)) {
    if *word != NO_WORD {
        visit(std::mem::replace(word, NO_WORD));
    }
}

/// The top bit tells a character from eight letters, which are ASCII.
fn with_char(word: u64, c: char) -> u64 {
    fold(word ^ (1 << 63 | u64::from(c)), PI[1])
}

/// What a character that is not ASCII is.
#[derive(Clone, Copy)]
enum Kind {
    /// With the small one it is compared as.
    Letter(char),
    /// A token of its own.
    Token,
    Nothing,
    Between,
}

/// The kinds of the characters that nearly all texts are written in: looking them up one by one is ten times slower.
static KINDS: LazyLock<Vec<Kind>> =
    LazyLock::new(|| (0..=0xFFFF).map(|number| char::from_u32(number).map_or(Kind::Between, kind)).collect());

fn kind(c: char) -> Kind {
    if is_unspaced(c) {
        Kind::Token
    } else if c.is_alphanumeric() {
        // All but one have one small letter, and that one is told from others by its first.
        Kind::Letter(c.to_lowercase().next().unwrap_or(c))
    } else if c.width() == Some(0) {
        Kind::Nothing
    } else {
        Kind::Between
    }
}

/// Whether `c` is of a script without spaces between words: Chinese characters, kana, Thai, Lao, Khmer, Burmese, Tai
/// Tham. Korean and Tibetan mark their words or syllables.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        '\u{0E00}'..='\u{0EFF}' // Thai, Lao
        | '\u{1000}'..='\u{109F}' | '\u{A9E0}'..='\u{A9FF}' | '\u{AA60}'..='\u{AA7F}' // Burmese
        | '\u{1780}'..='\u{17FF}' // Khmer
        | '\u{1A20}'..='\u{1AAF}' // Tai Tham
        | '\u{3005}'..='\u{3007}' | '\u{3031}'..='\u{3035}' // repeat marks, zero
        | '\u{3041}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' | '\u{FF66}'..='\u{FF9F}' // kana
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' // Chinese characters
        | '\u{20000}'..='\u{3FFFF}')
}

/// The first eight bytes of `bytes`, filled up with zeros; the first is the lowest.
#[inline]
fn eight(bytes: &[u8]) -> u64 {
    bytes.first_chunk().map_or_else(
        || bytes.iter().rev().fold(0, |word, &byte| word << 8 | u64::from(byte)),
        |first| u64::from_le_bytes(*first),
    )
}

/// How many of the eight bytes are ASCII letters and digits before one that is not; and these, in small letters.
#[inline]
fn ascii_letters(eight: u64) -> (usize, u64) {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const TOP: u64 = 0x80 * EACH;
    /// The bit that makes a letter small.
    const SMALL: u64 = 0x20 * EACH;
    // Without their top bits, adding to the bytes cannot carry from one to the next.
    let bytes = eight & !TOP;
    let small = bytes | SMALL;
    // The top bit of each byte that is at least, or past, a limit.
    let from = |bytes: u64, limit: u8| bytes + u64::from(0x80 - limit) * EACH;
    let letter = from(small, b'a') & !from(small, b'z' + 1);
    let digit = from(bytes, b'0') & !from(bytes, b'9' + 1);
    let other = (!(letter | digit) | eight) & TOP;
    let len = other.trailing_zeros() as usize / 8;
    let kept = if len == 8 { u64::MAX } else { (1 << (len * 8)) - 1 };
    // A digit has that bit already.
    (len, (eight | SMALL) & kept)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<u64> {
        let mut out = Vec::new();
        tokens(text, |token| out.push(token));
        out
    }

    #[track_caller]
    fn same(a: &str, b: &str) {
        assert_eq!(of(a), of(b), "{a:?} and {b:?}");
    }

    #[test]
    fn words_are_compared_without_case_space_and_punctuation() {
        same("Hello, world!", "  hello\n\tWORLD ");
        same("“Straße” – Ärger", "straße ärger");
        same("(x) = a_b", "x a b");
        same("internationalization’s end", "INTERNATIONALIZATION s end");
        same("नमस्ते दुनिया", "नमस्ते  दुनिया।");
        assert_eq!(of("cafe\u{301}s").len(), 1);
        same("… — !?", "");
    }

    #[test]
    fn words_of_any_length_are_one_token_each() {
        for len in 1..40 {
            let word = "a".repeat(len);
            assert_eq!(of(&word).len(), 1);
            assert_eq!(of(&format!("{word} é{word}é {word}")).len(), 3);
            assert_ne!(of(&word), of(&"a".repeat(len + 1)), "{len} letters");
            same(&format!("x {word} {word}y"), &format!("x\n\n{word},, {word}Y."));
        }
    }

    #[test]
    fn every_ascii_byte_is_a_letter_a_digit_or_between() {
        for byte in 0..128u8 {
            let text = format!("a{}b", byte as char);
            assert_eq!(of(&text).len(), if byte.is_ascii_alphanumeric() { 1 } else { 2 }, "{byte:#x}");
        }
    }

    #[test]
    fn characters_are_tokens_where_words_are_not_spaced() {
        assert_eq!(of("東京タワー").len(), 5);
        assert_eq!(of("东京 is Tokyo。").len(), 4);
        assert_eq!(of("กรุง").len(), 4);
        assert_eq!(of("서울 타워").len(), 2, "Korean has spaces");
        same("東京。 タワー", "東京タワー");
    }
}
