//! Texts as JSON writes them: where one ends, and what it says. Bytes that mean themselves, nearly all, are looked
//! at and copied many at a time.

mod escape;
mod look;

use look::{Look, MORE, Marks, Window};

pub(in crate::io::import) use look::WIDE;

/// Writes what the text says whose first byte, after its quotation mark, is at `at`, to the beginning of `out`.
/// Gives the offset after its closing quotation mark, and how many bytes were written: as many as there are of `bytes`
/// between, or fewer. `None` where it is no text, or half of a pair of surrogates stands in it.
///
/// `out` has room for all that follows in `bytes`, and [`WIDE`] bytes more.
pub(in crate::io::import) fn copy(bytes: &[u8], at: usize, out: &mut [u8]) -> Option<(usize, usize)> {
    read::<true>(bytes, at, out).map(|reading| (reading.base, reading.written))
}

/// The offset after the closing quotation mark of the text whose first byte is at `at`, and whether something in it
/// is escaped; `None` as [`copy`].
pub(in crate::io::import) fn skip(bytes: &[u8], at: usize) -> Option<(usize, bool)> {
    read::<false>(bytes, at, &mut []).map(|reading| (reading.base, reading.any_escapes))
}

/// Room for what one look writes: what it says, and a whole look's bytes after that.
type Room = [u8; 2 * WIDE + MORE];

/// A text that is being read, or was.
#[derive(Clone, Copy, Debug)]
struct Reading {
    /// Where the next look begins; the end, once it is read.
    base: usize,
    /// So many bytes of the next look belong to an escape before it.
    from: usize,
    /// 1 where the first byte of the next look is escaped, else 0.
    escaped: u64,
    /// The next look, where it was taken already.
    ahead: Option<Look>,
    written: usize,
    /// Whether something is escaped; not found out where it is copied.
    any_escapes: bool,
}

/// Reads the text whose first byte is at `at`.
#[inline(always)]
fn read<const COPIES: bool>(bytes: &[u8], at: usize, out: &mut [u8]) -> Option<Reading> {
    let mut reading = Reading { base: at, from: 0, escaped: 0, ahead: None, written: 0, any_escapes: false };
    if reading.looks::<COPIES>(bytes, out)? { Some(reading) } else { read_end::<COPIES>(bytes, reading, out) }
}

/// Reads on near the end of `bytes`, where fewer follow than are looked at at a time.
#[cold]
fn read_end<const COPIES: bool>(bytes: &[u8], before: Reading, out: &mut [u8]) -> Option<Reading> {
    let rest = bytes.get(before.base..)?;
    // A line's end stands for the end of all: it is no part of any text.
    let mut last = [b'\n'; 5 * WIDE];
    last.get_mut(..rest.len())?.copy_from_slice(rest);
    let mut said = [0; 5 * WIDE];
    let mut reading = Reading { base: 0, written: 0, ..before };
    reading.looks::<COPIES>(&last, &mut said)?;
    if COPIES {
        out.get_mut(before.written..)?.get_mut(..reading.written)?.copy_from_slice(&said[..reading.written]);
    }
    Some(Reading { base: before.base + reading.base, written: before.written + reading.written, ..reading })
}

impl Reading {
    /// Reads on as long as a whole window follows; whether the text has ended by then.
    #[inline(always)]
    fn looks<const COPIES: bool>(&mut self, bytes: &[u8], out: &mut [u8]) -> Option<bool> {
        while let Some(window) = bytes.get(self.base..)?.first_chunk() {
            let mut none = [0; 2 * WIDE + MORE];
            let room = if COPIES { out.get_mut(self.written..)?.first_chunk_mut()? } else { &mut none };
            if self.look::<COPIES>(window, room)? {
                return Some(true);
            }
        }
        Some(false)
    }

    /// Reads the first look of `window`; whether the text ends in it.
    #[inline(always)]
    fn look<const COPIES: bool>(&mut self, window: &Window, room: &mut Room) -> Option<bool> {
        // The remainder, here and below, is the number itself, and tells that it is within bounds.
        put::<COPIES>(room, 0, window, self.from % MORE);
        let look = self.ahead.take().unwrap_or_else(|| Look::new(window, 0));
        if let Some(ends) = look.ends_if_plain(self.escaped) {
            self.escaped = 0;
            return self.taken(window, ends, self.from, self.from);
        }
        let marks = look.marks(self.escaped);
        if marks.ends == 0 {
            // How many escapes a look has cannot be foreseen. With the next look at hand a wrong guess costs less.
            self.ahead = Some(Look::new(window, WIDE));
        }
        let (from, back) = self.escapes::<COPIES>(marks, window, room)?;
        self.escaped = marks.escapes >> (WIDE - 1);
        self.taken(window, marks.ends, from, back)
    }

    /// Reads the escapes of a look. Gives where the last one ends, and by how much more is read than is written then.
    #[inline(always)]
    fn escapes<const COPIES: bool>(
        &mut self,
        marks: Marks,
        window: &Window,
        room: &mut Room,
    ) -> Option<(usize, usize)> {
        // Each escape puts what it means, and after that all that follows, so that nothing depends on what comes next.
        let (mut from, mut back) = (self.from, self.from);
        let mut left = marks.escapes & u64::MAX << from & before(marks.ends);
        if !COPIES {
            self.any_escapes |= left != 0;
        }
        let mut next = first(window, left);
        while left != 0 {
            let (at, simple) = next;
            left &= left - 1;
            // Which escape comes next cannot be foreseen either, and is found out before it is needed.
            next = first(window, left);
            let to = (at - back) % WIDE;
            if simple >= 0 {
                room[to] = simple as u8;
                from = at + 2;
                back += 1;
                put::<COPIES>(room, to + 1, window, from);
                continue;
            }
            let bytes = after(window, at);
            if let Some((meant, length)) = escape::unit(bytes) {
                *room[to..].first_chunk_mut()? = meant;
                from = at + 6;
                back += 6 - length;
                put::<COPIES>(room, to + length, window, from);
            } else {
                let (meant, length) = escape::pair(bytes)?;
                *room[to..].first_chunk_mut()? = meant;
                from = at + bytes.len();
                back += bytes.len() - length;
                put::<COPIES>(room, to + length % MORE, window, from);
                // The second of the two is no escape of its own.
                left &= u64::MAX.checked_shl(from as u32).unwrap_or(0);
                next = first(window, left);
            }
        }
        Some((from, back))
    }

    /// Goes on after a look that was read up to `from`, with `back` more read than written; whether the text ends in it.
    #[inline(always)]
    fn taken(&mut self, window: &Window, ends: u64, from: usize, back: usize) -> Option<bool> {
        if ends != 0 {
            let end = ends.trailing_zeros() as usize % WIDE;
            self.base += end + 1;
            self.written += end - back;
            return (window[end] == b'"').then_some(true);
        }
        let end = from.max(WIDE);
        self.base += WIDE;
        self.from = end - WIDE;
        self.written += end - back;
        Some(false)
    }
}

/// Where the first of the escapes `left` is, and what it means where it is a simple one.
#[inline(always)]
fn first(window: &Window, left: u64) -> (usize, i8) {
    let at = left.trailing_zeros() as usize % WIDE;
    (at, escape::simple(window[at + 1]))
}

/// All bits before the first of `bits`.
#[inline(always)]
fn before(bits: u64) -> u64 {
    bits.wrapping_sub(1) & !bits
}

/// Copies as many bytes as a look has, from `from` on, to `to`. What begins after the look is left to the next.
#[inline(always)]
fn put<const COPIES: bool>(room: &mut Room, to: usize, window: &Window, from: usize) {
    if COPIES {
        room[to..][..WIDE].copy_from_slice(after::<WIDE>(window, from));
    }
}

/// `N` bytes of `window` from `at` on, which is no further than where the last escape of a look ends.
#[inline(always)]
fn after<const N: usize>(window: &Window, at: usize) -> &[u8; N] {
    window[at..].first_chunk().expect("a window has so many after every look and its last escape")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// What the text after the quotation mark that `written` begins with says, and what follows it.
    fn say(written: &str) -> Option<(String, &str)> {
        let mut out = vec![b'#'; written.len() - 1 + WIDE];
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
            for before in (0..=long.len()).map(|length| &long[..length]).chain(["é"]) {
                for after in ["", &long] {
                    let after = if inside.ends_with('"') { after } else { "" };
                    assert_eq!(say(&format!("\"{before}{inside}{after}")), None, "{before}{inside}");
                }
            }
        }
    }

    /// `say` of a text that ends with `inside`, and what any reader says, at every place that it may have in a look.
    #[track_caller]
    fn check_everywhere(inside: &str) {
        for before in 0..=2 * WIDE {
            for after in [0, 3 * WIDE] {
                let written = format!("\"{}{inside}\"", "x".repeat(before));
                let expected: String = serde_json::from_str(&written).unwrap();
                let after = " ".repeat(after);
                assert_eq!(say(&format!("{written}{after}")), Some((expected, after.as_str())), "{written}");
            }
        }
    }

    #[test]
    fn an_escape_means_the_same_wherever_it_stands() {
        let escapes =
            [r"\n", r"\\", r#"\""#, r"\u0041", r"\u00e9", r"\u0915", r"\u4e2d", r"\ud83d\ude00", r"\uDBFF\uDFFF"];
        for first in escapes {
            check_everywhere(first);
            for second in escapes {
                check_everywhere(&format!("{first}{second}and more"));
                // What one look knows of the next does not concern the one after that.
                check_everywhere(&format!("{first}{}{second}", "x".repeat(WIDE + 1 - first.len())));
            }
        }
    }

    #[test]
    fn backslashes_escape_each_other_wherever_their_run_begins() {
        for pairs in (0..8).chain(WIDE / 2 - 3..WIDE / 2 + 3).chain([WIDE, 2 * WIDE]) {
            for end in ["", "n", r#"\""#, r"\n", r"\u00e9", r"\ud83d\ude00", "x"] {
                check_everywhere(&format!("{}{end}", r"\\".repeat(pairs)));
            }
        }
    }

    proptest! {
        #[test]
        fn a_text_says_what_any_reader_says(
            parts in prop::collection::vec(
                prop_oneof![
                    3 => "[ -~]{0,100}".prop_map(|text| text.replace(['"', '\\'], "")),
                    1 => "[^\u{0}-\u{1f}\"\\\\]{0,12}",
                    1 => (1..2 * WIDE).prop_map(|pairs| r"\\".repeat(pairs)),
                    3 => prop::sample::select(vec![
                        r#"\""#, r"\\", r"\/", r"\n", r"\t", r"\r", r"\b", r"\f", r"\u00e9", r"\u0041", r"\uD83D\ude00",
                        r"\u0000", r"\uffff", r"\u0915",
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
            before in 0..2 * WIDE,
            after in prop::sample::select(vec![0, 200]),
        ) {
            let written = format!("\"{}{inside}{}", "x".repeat(before), " ".repeat(after));
            let mut each = serde_json::Deserializer::from_str(&written).into_iter::<String>();
            let expected = each.next().and_then(Result::ok).map(|text| (text, &written[each.byte_offset()..]));
            prop_assert_eq!(say(&written), expected);
        }
    }
}
