//! Texts as JSON writes them: where one ends, and what it says. Bytes that mean themselves, nearly all, are looked
//! at and copied many at a time.

use wide::u8x16;

/// So many bytes are looked at, and copied, at a time. What is copied too much is written over by what follows.
pub(in crate::io::import) const WIDE: usize = 64;
/// Bytes of one vector.
const LANES: usize = 16;

/// Writes what the text says whose first byte, after its quotation mark, is at `at`, to the beginning of `out`.
/// Gives the offset after its closing quotation mark, and how many bytes were written: as many as there are of `bytes`
/// between, or fewer. `None` where it is no text, or half of a pair of surrogates stands in it.
///
/// `out` has room for all that follows in `bytes`, and [`WIDE`] bytes more.
pub(in crate::io::import) fn copy(bytes: &[u8], at: usize, out: &mut [u8]) -> Option<(usize, usize)> {
    read(bytes, at, Copying { out, written: 0 }).map(|(end, copying)| (end, copying.written))
}

/// The offset after the closing quotation mark of the text whose first byte is at `at`, and whether something in it
/// is escaped; `None` as [`copy`].
pub(in crate::io::import) fn skip(bytes: &[u8], at: usize) -> Option<(usize, bool)> {
    read(bytes, at, Skipping { escaped: false }).map(|(end, skipping)| (end, skipping.escaped))
}

/// What becomes of a text that is read.
trait Reading {
    /// The first `length` bytes of `bytes` stand for themselves.
    fn plain(&mut self, bytes: &[u8; WIDE], length: usize) -> Option<()>;
    /// The first `length` bytes of `bytes`, at least one, are meant by what is escaped.
    fn meant(&mut self, bytes: [u8; 4], length: usize) -> Option<()>;
}

struct Copying<'a> {
    out: &'a mut [u8],
    written: usize,
}

impl Reading for Copying<'_> {
    #[inline(always)]
    fn plain(&mut self, bytes: &[u8; WIDE], length: usize) -> Option<()> {
        let out: &mut [u8; WIDE] = self.out.get_mut(self.written..)?.first_chunk_mut()?;
        out[..LANES].copy_from_slice(&bytes[..LANES]);
        if length > LANES {
            out[LANES..].copy_from_slice(&bytes[LANES..]);
        }
        self.written += length;
        Some(())
    }

    #[inline(always)]
    fn meant(&mut self, bytes: [u8; 4], length: usize) -> Option<()> {
        *self.out.get_mut(self.written..)?.first_chunk_mut()? = bytes;
        self.written += length;
        Some(())
    }
}

struct Skipping {
    escaped: bool,
}

impl Reading for Skipping {
    #[inline(always)]
    fn plain(&mut self, _: &[u8; WIDE], _: usize) -> Option<()> {
        Some(())
    }

    #[inline(always)]
    fn meant(&mut self, _: [u8; 4], _: usize) -> Option<()> {
        self.escaped = true;
        Some(())
    }
}

/// Reads the text whose first byte is at `at`; gives where it ends.
#[inline(always)]
fn read<R: Reading>(bytes: &[u8], at: usize, mut reading: R) -> Option<(usize, R)> {
    // What is looked at begins at `base`, and what was not taken yet so many bytes after it.
    let (mut base, mut from) = (at, 0);
    // One look, and after it whatever an escape in it may need.
    while let Some(window) = bytes.get(base..)?.first_chunk::<{ 2 * WIDE }>() {
        let mut special = special(window) & (u64::MAX << from);
        while special != 0 {
            let here = special.trailing_zeros() as usize & (WIDE - 1);
            reading.plain(after(window, from), here - from)?;
            match window[here] {
                b'"' => return Some((base + here + 1, reading)),
                b'\\' => {}
                _ => return None,
            }
            let escape = after::<12>(window, here);
            let (meant, length, end) = common(escape).or_else(|| rare(escape))?;
            reading.meant(meant, length)?;
            from = here + end;
            special &= u64::MAX.checked_shl(from as u32).unwrap_or(0);
        }
        if from < WIDE {
            reading.plain(after(window, from), WIDE - from)?;
            from = WIDE;
        }
        base += WIDE;
        from -= WIDE;
    }
    read_end(bytes, base + from, reading)
}

/// The same near the end of `bytes`, where fewer follow than are looked at at a time.
fn read_end<R: Reading>(bytes: &[u8], mut at: usize, mut reading: R) -> Option<(usize, R)> {
    loop {
        match *bytes.get(at)? {
            b'"' => return Some((at + 1, reading)),
            b'\\' => {
                let rest = &bytes[at..];
                // A line's end stands for the end of all: it is no part of any escape.
                let mut escape = [b'\n'; 12];
                let known = rest.len().min(escape.len());
                escape[..known].copy_from_slice(&rest[..known]);
                let (meant, length, end) = common(&escape).or_else(|| rare(&escape))?;
                reading.meant(meant, length)?;
                at += end;
            }
            0..0x20 => return None,
            byte => {
                let mut plain = [0; WIDE];
                plain[0] = byte;
                reading.plain(&plain, 1)?;
                at += 1;
            }
        }
    }
}

/// `N` bytes of `window` from `at` on, which is no further than one look.
#[inline(always)]
fn after<const N: usize>(window: &[u8; 2 * WIDE], at: usize) -> &[u8; N] {
    window[at.min(WIDE)..].first_chunk().expect("it holds so many after every place of one look")
}

/// A bit for each byte of the first look that does not mean itself: quotation marks, backslashes, control characters.
#[inline(always)]
fn special(window: &[u8; 2 * WIDE]) -> u64 {
    let bits = |at: usize| {
        let lanes: &[u8; LANES] = window[at..].first_chunk().expect("a look is made of whole vectors");
        let bytes = u8x16::new(*lanes);
        let quote = bytes.simd_eq(u8x16::splat(b'"'));
        let backslash = bytes.simd_eq(u8x16::splat(b'\\'));
        let control = bytes.min(u8x16::splat(0x1f)).simd_eq(bytes);
        u64::from((quote | backslash | control).to_bitmask())
    };
    bits(0) | bits(LANES) << LANES | bits(2 * LANES) << (2 * LANES) | bits(3 * LANES) << (3 * LANES)
}

/// What is meant, how many bytes of it there are, and how many the escape takes.
type Escape = ([u8; 4], usize, usize);

/// An escape of one character or code unit. Which it is cannot be foreseen, so that there is one way for both.
#[inline(always)]
fn common(escape: &[u8; 12]) -> Option<Escape> {
    let digits = |at: usize| i32::from(DIGITS[escape[at] as usize]);
    let unit = digits(2) << 12 | digits(3) << 8 | digits(4) << 4 | digits(5);
    let is_unit = escape[1] == b'u';
    let code = if is_unit { unit } else { i32::from(SIMPLE[escape[1] as usize]) };
    if code < 0 || code & 0xf800 == 0xd800 {
        return None;
    }
    let code = code as u32;
    let two = (0xc0 | code >> 6) | (0x80 | code & 0x3f) << 8;
    let three = (0xe0 | code >> 12) | (0x80 | code >> 6 & 0x3f) << 8 | (0x80 | code & 0x3f) << 16;
    let meant = if code < 0x80 {
        code
    } else if code < 0x800 {
        two
    } else {
        three
    };
    let length = 1 + usize::from(code >= 0x80) + usize::from(code >= 0x800);
    Some((meant.to_le_bytes(), length, 2 + 4 * usize::from(is_unit)))
}

/// An escape of a pair of code units.
#[cold]
fn rare(escape: &[u8; 12]) -> Option<Escape> {
    let unit = |at: usize| {
        let digits = escape[at..].iter().take(4).map(|&digit| i32::from(DIGITS[digit as usize]));
        u32::try_from(digits.fold(0, |unit, digit| unit << 4 | digit)).ok()
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
    Some((meant, length, escape.len()))
}

/// What a backslash and one byte mean; -1 where they need more, or mean nothing.
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

/// The value of each hexadecimal digit; -1, which stays negative when it is shifted, for all else.
const DIGITS: [i8; 256] = {
    let mut table = [-1; 256];
    let mut digit = 0;
    while digit < 16 {
        table[b"0123456789abcdef"[digit] as usize] = digit as i8;
        table[b"0123456789ABCDEF"[digit] as usize] = digit as i8;
        digit += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the text after the quotation mark that `written` begins with says, and what follows it.
    fn say(written: &str) -> Option<(String, &str)> {
        let mut out = vec![b'#'; written.len() + WIDE];
        let copied = copy(written.as_bytes(), 1, &mut out);
        let skipped = skip(written.as_bytes(), 1);
        assert_eq!(copied.map(|(end, _)| end), skipped.map(|(end, _)| end), "{written}");
        let (end, length) = copied?;
        assert!(length < end, "{written}");
        assert_eq!(skipped.map(|(_, escaped)| escaped), Some(written[1..end - 1].contains('\\')), "{written}");
        Some((String::from_utf8(out[..length].to_vec()).unwrap(), &written[end..]))
    }

    #[test]
    fn what_is_no_text_is_not_read() {
        let long = "x".repeat(150);
        for inside in
            ["\\x\"", "\\u12g4\"", "\\u12", "\\", "", "\n\"", "\u{1f}\"", "\\ud800\"", "\\ud800\\u0041\"", "\\udc00\""]
        {
            for before in ["", "é", &long[..63], &long[..64], &long[..65], &long] {
                assert_eq!(say(&format!("\"{before}{inside}")), None, "{before}{inside}");
            }
        }
    }

    proptest! {
        #[test]
        fn a_text_says_what_any_reader_says(
            parts in prop::collection::vec(
                prop_oneof![
                    3 => "[ -~]{0,40}".prop_map(|text| text.replace(['"', '\\'], "")),
                    1 => "[^\u{0}-\u{1f}\"\\\\]{0,12}",
                    3 => prop::sample::select(vec![
                        r#"\""#, r"\\", r"\/", r"\n", r"\t", r"\r", r"\b", r"\f", r"\u00e9", r"\u0041", r"\uD83D\ude00",
                        r"\u0000", r"\uffff",
                    ]).prop_map(str::to_owned),
                ],
                0..16,
            ),
            after in "[ -~]{0,200}",
        ) {
            let written = format!("\"{}\"", parts.concat());
            let expected: String = serde_json::from_str(&written).unwrap();
            let written = format!("{written}{after}");
            prop_assert_eq!(say(&written), Some((expected, after.as_str())));
        }

        #[test]
        fn what_one_reader_refuses_so_does_the_other(
            inside in "[a\"\\\\nux0-9dD\n\u{1}é]{0,40}",
            after in prop::sample::select(vec![0, 200]),
        ) {
            let written = format!("\"{inside}{}", " ".repeat(after));
            let mut each = serde_json::Deserializer::from_str(&written).into_iter::<String>();
            let expected = each.next().and_then(Result::ok).map(|text| (text, &written[each.byte_offset()..]));
            prop_assert_eq!(say(&written), expected);
        }
    }
}
