//! Many bytes of a text at once: which of them begin an escape, and which end the text.

use wide::u8x16;

/// So many bytes are looked at, and copied, at a time. What is copied too much is written over by what follows.
pub(in crate::io::import) const WIDE: usize = 64;
/// No escape is as long.
pub(super) const MORE: usize = 16;
/// One look, and after it, and after whatever belongs to an escape in it, as many bytes again.
pub(super) type Window = [u8; 2 * WIDE + MORE];
/// Bytes of one vector.
const LANES: usize = 16;

/// A bit for each byte of a look.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    /// Quotation marks and control characters: what ends a text, unless it is escaped.
    ends: u64,
    backslashes: u64,
}

/// What a look says once it is known whether its first byte is escaped.
#[derive(Clone, Copy, Debug)]
pub(super) struct Marks {
    /// The backslashes that begin an escape.
    pub(super) escapes: u64,
    /// What ends the text.
    pub(super) ends: u64,
}

impl Look {
    /// At the bytes of `window` from `at` on, which is its beginning or its middle.
    #[inline(always)]
    pub(super) fn new(window: &Window, at: usize) -> Self {
        let bits = |is: fn(u8x16) -> u8x16| {
            let bits = |lane: usize| {
                let bytes = window[at + lane..].first_chunk::<LANES>().expect("a look is made of whole vectors");
                u64::from(is(u8x16::new(*bytes)).to_bitmask()) << lane
            };
            bits(0) | bits(LANES) | bits(2 * LANES) | bits(3 * LANES)
        };
        Self {
            ends: bits(|bytes| {
                // With this bit turned over quotation marks come next to control characters, and blanks leave.
                let turned = bytes ^ u8x16::splat(b'"' ^ b' ');
                turned.min(u8x16::splat(b' ')).simd_eq(turned)
            }),
            backslashes: bits(|bytes| bytes.simd_eq(u8x16::splat(b'\\'))),
        }
    }

    /// What ends the text, where nothing in this look begins an escape; `escaped` as in [`Self::marks`].
    #[inline(always)]
    pub(super) fn ends_if_plain(self, escaped: u64) -> Option<u64> {
        (self.backslashes == 0).then_some(self.ends & !escaped)
    }

    /// Where escapes begin and the text ends; `escaped` is 1 where the first byte is escaped by one before it, else 0.
    #[inline(always)]
    pub(super) fn marks(self, escaped: u64) -> Marks {
        const ODD: u64 = 0xaaaa_aaaa_aaaa_aaaa;
        // Of each run of backslashes the first, third, fifth … begin an escape: those at even places where the run
        // begins at an even place. To add its first bit to a run makes it nothing, with a carry after its end.
        let backslashes = self.backslashes & !escaped;
        let first = backslashes & !(backslashes << 1);
        let in_even_runs = backslashes & backslashes.wrapping_add(first & ODD);
        let escapes = backslashes & (in_even_runs ^ ODD);
        Marks { escapes, ends: self.ends & !(escapes << 1 | escaped) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_look_marks_what_one_byte_after_the_other_says(
            bytes in prop::collection::vec(prop::sample::select(b"\\\\\\\\\\\"a \x1f\x7f\xc3".to_vec()), WIDE),
            mut escaped in any::<bool>(),
        ) {
            let mut window = [b'"'; 2 * WIDE + MORE];
            window[..WIDE].copy_from_slice(&bytes);
            let marks = Look::new(&window, 0).marks(u64::from(escaped));
            for (at, byte) in bytes.into_iter().enumerate() {
                let is = |bits: u64| bits >> at & 1 == 1;
                prop_assert_eq!(is(marks.escapes), byte == b'\\' && !escaped);
                prop_assert_eq!(is(marks.ends), (byte == b'"' || byte < 0x20) && !escaped);
                escaped = is(marks.escapes);
            }
        }
    }
}
