//! Numbers as people write them in answers.

use std::ops::Range;

/// The number `text` is, as a whole: `-1,234.5`, `$3`, `12 %`, `6.02e23`.
///
/// A sign, a currency sign and a percent sign around it are allowed; the last two change nothing, so 5 % is 5.
/// Commas group by thousands and the point is the decimal mark.
pub(super) fn parse(text: &str) -> Option<f64> {
    let text = text.trim().trim_end_matches(['%', '٪']).trim_end();
    let (range, value) = next(text, 0)?;
    (range == (0..text.len())).then_some(value)
}

/// All numbers in `text` and where they stand, from left to right. Digits that continue a word (`GPT4`) are
/// none.
pub(super) fn numbers(text: &str) -> impl Iterator<Item = (Range<usize>, f64)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (range, value) = next(text, at)?;
        at = range.end;
        Some((range, value))
    })
}

/// Whether `a` and `b` differ by at most `tolerance`, forgiving what binary fractions round away: 1.1 is within
/// 0.1 of 1.
pub(super) fn close(a: f64, b: f64, tolerance: f64) -> bool {
    let rounding = if tolerance > 0.0 { 4.0 * f64::EPSILON * a.abs().max(b.abs()) } else { 0.0 };
    a == b || (a - b).abs() <= tolerance + rounding
}

/// The first number of `text` that starts at `from` or later.
fn next(text: &str, from: usize) -> Option<(Range<usize>, f64)> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes[at..].iter().position(u8::is_ascii_digit)?;
        let before = &text[..at];
        // Only of scripts with capitals: 約12 is about 12, but GPT4 is a name.
        let in_word = before.chars().next_back().is_some_and(|c| c.is_lowercase() || c.is_uppercase() || c == '_');
        let in_version = before.strip_suffix('.').is_some_and(|rest| rest.ends_with(char::is_alphanumeric));
        if in_word || in_version {
            at = digits(bytes, at).0;
            continue;
        }
        let start = at - usize::from(at > from && before.ends_with('.'));
        let (end, digits) = digits(bytes, start);
        let (start, negative) = sign(text, from, start);
        let value: f64 = digits.parse().ok()?;
        return Some((start..end, if negative { -value } else { value }));
    }
}

/// The end of the digits that start at `start`, and those digits as Rust reads them.
fn digits(bytes: &[u8], start: usize) -> (usize, String) {
    let run = |at: usize| bytes.get(at..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_digit()).count();
    let mut end = start + run(start);
    if (1..=3).contains(&(end - start)) {
        while bytes.get(end) == Some(&b',') && run(end + 1) == 3 {
            end += 4;
        }
    }
    if bytes.get(end) == Some(&b'.') && run(end + 1) > 0 {
        end += 1 + run(end + 1);
    }
    if matches!(bytes.get(end), Some(b'e' | b'E')) {
        let signed = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = run(end + 1 + signed);
        let word = bytes.get(end + 1 + signed + exponent).is_some_and(u8::is_ascii_alphabetic);
        if exponent > 0 && !word {
            end += 1 + signed + exponent;
        }
    }
    (end, bytes[start..end].iter().filter(|b| **b != b',').map(|b| char::from(*b)).collect())
}

/// Where a number whose digits start at `start` starts with its sign and currency, and whether it is negative.
/// A minus that follows a letter or digit joins, as in `3-4`.
fn sign(text: &str, from: usize, start: usize) -> (usize, bool) {
    let ends =
        |text: &str, set: &[char]| text.chars().next_back().filter(|c| set.contains(c)).map_or(0, char::len_utf8);
    let signs = ['-', '+', '\u{2212}'];
    let currencies = ['$', '€', '£', '¥'];
    let mut at = start;
    let mut negative = false;
    let mut signed = false;
    let mut priced = false;
    loop {
        let before = &text[from..at];
        let sign = if signed { 0 } else { ends(before, &signs) };
        let joins = text[..at - sign].chars().next_back().is_some_and(char::is_alphanumeric);
        let currency = if priced { 0 } else { ends(before, &currencies) };
        if sign > 0 && !joins {
            negative = !before.ends_with('+');
            signed = true;
            at -= sign;
        } else if currency > 0 {
            priced = true;
            at -= currency;
        } else {
            return (at, negative);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{close, numbers, parse};

    #[test]
    fn reads_a_whole_text_as_a_number() {
        let cases = [
            ("42", Some(42.0)),
            (" -1,234.5 ", Some(-1234.5)),
            ("$1,000,000", Some(1e6)),
            ("-€3", Some(-3.0)),
            ("€-3", Some(-3.0)),
            ("5 %", Some(5.0)),
            ("\u{2212}7", Some(-7.0)),
            (".5", Some(0.5)),
            ("6.02e23", Some(6.02e23)),
            ("1,23", None),
            ("4.", None),
            ("x", None),
            ("", None),
            ("1 2", None),
            ("٣", None),
        ];
        for (text, expected) in cases {
            assert_eq!(parse(text), expected, "in {text:?}");
        }
    }

    #[test]
    fn finds_numbers_in_prose() {
        let found = |text| numbers(text).map(|(range, _)| &text[range]).collect::<Vec<_>>();
        assert_eq!(found("Pay $1,200.50, not -3."), ["$1,200.50", "-3"]);
        assert_eq!(found("GPT4 says 3-4, 5e3 or 2em"), ["3", "4", "5e3", "2"]);
        assert_eq!(found("v1.2.3 x = .5 約12個 1.2.3"), [".5", "12", "1.2"]);
        assert_eq!(found("1,2345 12:30"), ["1", "2345", "12", "30"]);
    }

    #[test]
    fn rounding_does_not_break_a_tolerance() {
        assert!(close(1.1, 1.0, 0.1));
        assert!(!close(1.11, 1.0, 0.1));
        assert!(!close(1.0 + f64::EPSILON, 1.0, 0.0));
    }
}
