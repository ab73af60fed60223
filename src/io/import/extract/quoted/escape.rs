//! What an escape means.

/// As many bytes as the longest escape has.
pub(super) type Bytes = [u8; 12];
/// What is meant, in UTF-8, and how many bytes of these it has.
pub(super) type Meant = ([u8; 4], usize);

/// What a backslash and `byte` mean; negative where they need more, or mean nothing.
#[inline(always)]
pub(super) fn simple(byte: u8) -> i8 {
    SIMPLE[byte as usize]
}

/// An escape of one code unit.
#[inline(always)]
pub(super) fn unit(escape: &Bytes) -> Option<Meant> {
    let digit = |number: usize| UNIT[number][escape[2 + number] as usize];
    let three = digit(0) + digit(1) + digit(2) + digit(3);
    if escape[1] != b'u' || three >= NO_UNIT {
        return None;
    }
    let two = three >> 8 | 0x40;
    let are_three = three & (3 * LARGE) != 0;
    if !are_three && two & 0xff < 0xc2 {
        return Some((((two & 1) << 6 | two >> 8 & 0x3f).to_le_bytes(), 1));
    }
    Some((if are_three { three } else { two }.to_le_bytes(), 2 + usize::from(are_three)))
}

/// An escape of a pair of code units.
#[cold]
pub(super) fn pair(escape: &Bytes) -> Option<Meant> {
    let unit = |at: usize| {
        let mut digits = escape[at..].iter().take(4);
        digits.try_fold(0, |unit, &digit| Some(unit << 4 | char::from(digit).to_digit(16)?))
    };
    if escape[1] != b'u' || escape[6..8] != *b"\\u" {
        return None;
    }
    let (first, second) = (unit(2)?, unit(8)?);
    if !(0xd800..0xdc00).contains(&first) || !(0xdc00..0xe000).contains(&second) {
        return None;
    }
    let mut meant = [0; 4];
    let char = char::from_u32(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))?;
    let length = char.encode_utf8(&mut meant).len();
    Some((meant, length))
}

const SIMPLE: [i8; 256] = {
    let mut table = [-1; 256];
    let pairs = *b"\"\"\\\\//n\nt\tr\rb\x08f\x0c";
    let mut at = 0;
    while at < pairs.len() {
        table[pairs[at] as usize] = pairs[at + 1] as i8;
        at += 2;
    }
    table
};

/// A sum of [`UNIT`] as large as this is that of no code unit, or of half a pair.
const NO_UNIT: u32 = 1 << 28;

/// The sum has this once or twice where it takes three bytes, not two.
const LARGE: u32 = 1 << 24;

/// What each of four hexadecimal digits adds to the three bytes of UTF-8, the first lowest, that a code unit takes.
const UNIT: [[u32; 256]; 4] = {
    let mut table = [[NO_UNIT; 256]; 4];
    let mut digit = 0;
    while digit < 16 {
        let value = digit as u32;
        // `d` and then 8 or more are half a pair.
        let first = if value == 13 { NO_UNIT / 2 } else { 0 } | if value > 0 { LARGE } else { 0 };
        let second = if value >= 8 { (NO_UNIT / 2) | LARGE } else { 0 };
        let adds = [
            first | 0xe0 | value,
            second | (0x80 | value << 2) << 8,
            value >> 2 << 8 | (0x80 | (value & 3) << 4) << 16,
            value << 16,
        ];
        let mut number = 0;
        while number < 4 {
            table[number][b"0123456789abcdef"[digit] as usize] = adds[number];
            table[number][b"0123456789ABCDEF"[digit] as usize] = adds[number];
            number += 1;
        }
        digit += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_unit_means_its_character() {
        for code in 0..0x10000_u32 {
            let mut escape = [b'"'; 12];
            escape[..6].copy_from_slice(format!("\\u{code:04x}").as_bytes());
            let said = unit(&escape).map(|(meant, length)| meant[..length].to_vec());
            assert_eq!(said, char::from_u32(code).map(|char| char.to_string().into_bytes()), "{code:x}");
            assert_eq!(pair(&escape), None, "{code:x}");
        }
    }

    #[test]
    fn what_is_no_digit_makes_no_unit() {
        for at in (2..6).chain(8..12) {
            for byte in (0..=255_u8).filter(|byte| !byte.is_ascii_hexdigit()) {
                let mut escape = *b"\\uDBFF\\udc00";
                assert!(pair(&escape).is_some());
                escape[at] = byte;
                assert_eq!((unit(&escape), pair(&escape)), (None, None), "{at} {byte}");
            }
        }
    }
}
