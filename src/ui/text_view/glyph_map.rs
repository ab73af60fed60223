//! Which character each glyph of a laid-out text stands for.
//!
//! The layout gives one glyph for each character, in order, for most scripts. Where it does not (the
//! glyphs of a right-to-left word come last letter first, with fillers; marks may become two glyphs), the
//! correspondence is found word by word. It is then as good as it can be, and always in bounds.

use super::direction::{is_right_to_left, words};

/// How far around the expected character a glyph's own is looked for.
const WINDOW: usize = 8;

/// For each of `glyphs` the byte offset in `text` of its character, and whether the offsets ascend.
pub(super) fn glyph_offsets(text: &str, glyphs: &[char]) -> (Vec<u32>, bool) {
    let chars: Vec<(u32, char)> = text.char_indices().map(|(at, c)| (at as u32, c)).collect();
    if same(&chars, glyphs) {
        return (chars.into_iter().map(|(at, _)| at).collect(), true);
    }
    let mut offsets = vec![0; glyphs.len()];
    let written = words(chars.len(), |i| chars[i].1);
    let drawn = words(glyphs.len(), |i| glyphs[i]);
    if written.len() == drawn.len() {
        for (word, glyph_word) in written.into_iter().zip(drawn) {
            align(&chars[word], &glyphs[glyph_word.clone()], &mut offsets[glyph_word]);
        }
    } else if let Some(last) = chars.len().checked_sub(1) {
        for (index, offset) in offsets.iter_mut().enumerate() {
            *offset = chars[index.min(last)].0;
        }
    }
    let ordered = offsets.is_sorted();
    (offsets, ordered)
}

fn same(chars: &[(u32, char)], glyphs: &[char]) -> bool {
    chars.len() == glyphs.len() && chars.iter().zip(glyphs).all(|((_, c), glyph)| c == glyph)
}

/// Fills in the offsets of one word's glyphs.
fn align(word: &[(u32, char)], glyphs: &[char], offsets: &mut [u32]) {
    if same(word, glyphs) {
        for (offset, (at, _)) in offsets.iter_mut().zip(word) {
            *offset = *at;
        }
    } else if word.iter().any(|&(_, c)| is_right_to_left(c)) {
        // From the last character back; what does not match (a filler) stays where its neighbour is.
        let mut at = word.len() - 1;
        for (offset, glyph) in offsets.iter_mut().zip(glyphs) {
            let from = at.saturating_sub(WINDOW);
            at = (from..=at).rev().find(|&i| word[i].1 == *glyph).unwrap_or(at);
            *offset = word[at].0;
            at = at.saturating_sub(usize::from(at > 0 && word[at].1 == *glyph));
        }
    } else {
        let mut next = 0;
        for (offset, glyph) in offsets.iter_mut().zip(glyphs) {
            let until = (next + WINDOW).min(word.len());
            if let Some(found) = (next..until).find(|&i| word[i].1 == *glyph) {
                next = found + 1;
            }
            *offset = word[next.saturating_sub(1)].0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::glyph_offsets;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, glyphs: &str, expected: &[u32]) {
        let glyphs: Vec<char> = glyphs.chars().collect();
        assert_eq!(glyph_offsets(text, &glyphs).0, expected);
    }

    #[test]
    fn glyphs_find_their_characters() {
        check("aé b", "aé b", &[0, 1, 3, 4]);
        // One character drawn as two glyphs, one left out.
        check("xyz w", "xyyz w", &[0, 1, 1, 2, 3, 4]);
        check("xyz w", "xz w", &[0, 2, 3, 4]);
        // A right-to-left word, drawn backwards.
        check("a שלום b", "a םולש b", &[0, 1, 8, 6, 4, 2, 10, 11]);
        check("a-של", "a-לש", &[0, 1, 4, 2]);
        check("", "?", &[0]);
    }

    proptest! {
        #[test]
        fn every_glyph_lands_on_a_character(text in ".{0,40}", glyphs in prop::collection::vec(any::<char>(), 0..60)) {
            for offset in glyph_offsets(&text, &glyphs).0 {
                prop_assert!(text.is_char_boundary(offset as usize));
                prop_assert!((offset as usize) < text.len().max(1));
            }
        }
    }
}
