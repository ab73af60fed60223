//! Number literals.

/// A number as it stands in the source.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Number {
    /// Without point, exponent or float suffix.
    Integer(i128),
    /// All others; infinite and NaN too.
    Float(f64),
}

impl Number {
    /// The nearest float.
    pub fn value(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }
}

const INTEGER_SUFFIXES: [&str; 10] = ["i8", "i16", "i32", "i64", "i128", "u8", "u16", "u32", "u64", "u128"];
const FLOAT_SUFFIXES: [&str; 2] = ["f32", "f64"];

/// The number `literal` stands for; `None` where it is not one or does not fit 128 bits.
pub(super) fn parse(literal: &str) -> Option<Number> {
    let (negative, unsigned) = match literal.as_bytes().first()? {
        b'-' => (true, &literal[1..]),
        b'+' => (false, &literal[1..]),
        _ => (false, literal),
    };
    let radix = [("0x", 16), ("0o", 8), ("0b", 2)];
    if let Some((digits, radix)) = radix.iter().find_map(|&(prefix, r)| Some((unsigned.strip_prefix(prefix)?, r))) {
        return integer(without_suffix(digits, &INTEGER_SUFFIXES).unwrap_or(digits), radix, negative);
    }
    if let Some(digits) = without_suffix(unsigned, &INTEGER_SUFFIXES) {
        return integer(digits, 10, negative);
    }
    if unsigned.bytes().all(|b| b.is_ascii_digit() || b == b'_') {
        return integer(unsigned, 10, negative);
    }
    let number = float(without_suffix(unsigned, &FLOAT_SUFFIXES).unwrap_or(unsigned))?;
    Some(Number::Float(if negative { -number } else { number }))
}

fn without_suffix<'a>(digits: &'a str, suffixes: &[&str]) -> Option<&'a str> {
    suffixes.iter().find_map(|suffix| digits.strip_suffix(suffix))
}

fn integer(digits: &str, radix: u32, negative: bool) -> Option<Number> {
    let digits = plain(digits, |c| c.is_digit(radix))?;
    let value = i128::from_str_radix(&digits, radix).ok()?;
    Some(Number::Integer(if negative { -value } else { value }))
}

fn float(digits: &str) -> Option<f64> {
    match digits {
        "inf" => return Some(f64::INFINITY),
        "NaN" => return Some(f64::NAN),
        _ => {}
    }
    // `f64`'s own grammar is RON's without underscores, but it also knows the words `infinity` and `nan`.
    plain(digits, |c| matches!(c, '0'..='9' | '.' | 'e' | 'E' | '+' | '-'))?.parse().ok()
}

/// `digits` without its underscores, where the rest is `allowed` and the first is not an underscore.
fn plain(digits: &str, allowed: impl Fn(char) -> bool) -> Option<String> {
    let sound = !digits.starts_with('_') && digits.chars().all(|c| c == '_' || allowed(c));
    sound.then(|| digits.replace('_', ""))
}

#[cfg(test)]
mod tests {
    use super::{Number, parse};

    #[track_caller]
    fn check(literal: &str, expected: Option<Number>) {
        assert_eq!(parse(literal), expected, "{literal}");
    }

    #[test]
    fn numbers_in_all_notations() {
        let (integer, float) = (|n| Some(Number::Integer(n)), |x| Some(Number::Float(x)));
        check("0", integer(0));
        check("-1_000", integer(-1000));
        check("+7u8", integer(7));
        check("0xFF", integer(255));
        check("0xf32", integer(0xf32));
        check("-0b1_01", integer(-5));
        check("0o17i64", integer(15));
        check("1.", float(1.0));
        check(".5", float(0.5));
        check("-2.5e-3", float(-0.0025));
        check("1E3", float(1000.0));
        check("1f32", float(1.0));
        check("-inf", float(f64::NEG_INFINITY));
        check("1.2.3", None);
        check("12abc", None);
        check("0b2", None);
        check("_1", None);
        check("0x", None);
        check("-", None);
        check("infinity", None);
        check("999999999999999999999999999999999999999999", None);
    }
}
