//! Shingles: every run of so many tokens, hashed. How alike two texts are is said over the sets of them.

use super::hash::{PI, fold};
use super::tokens::tokens;

/// The most tokens a shingle may have.
pub(super) const WIDEST: usize = 16;

/// Calls `visit` with the hash of every run of `width` tokens of `text`, 1..=[`WIDEST`], repeated ones too.
///
/// Rolling hash by cyclic polynomials: Cohen, *Recursive hashing functions for n-grams* (1997).
#[inline]
pub(super) fn shingles(text: &str, width: usize, mut visit: impl FnMut(u64)) {
    let mut window = [0; WIDEST];
    let window = &mut window[..width];
    let (mut oldest, mut seen, mut hash) = (0, 0, 0u64);
    tokens(text, |token| {
        let gone = std::mem::replace(&mut window[oldest], token);
        oldest = if oldest + 1 == width { 0 } else { oldest + 1 };
        hash = hash.rotate_left(1) ^ token ^ gone.rotate_left(width as u32);
        seen += 1;
        if seen >= width {
            visit(fold(hash ^ PI[2], PI[3]));
        }
    });
}

/// The set of shingles of `text`, ascending.
pub(super) fn shingle_set(text: &str, width: usize) -> Vec<u64> {
    let mut set = Vec::with_capacity(text.len() / 6);
    shingles(text, width, |hash| set.push(hash));
    set.sort_unstable();
    set.dedup();
    set
}

/// The share of two sets' shingles that both have, 0..=1: Jaccard's coefficient, Broder's *resemblance* (1997). 0 for
/// two empty sets.
pub(super) fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    let (mut i, mut j, mut both) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        both += usize::from(a[i] == b[j]);
        // Steps without branches: which of the two is the lesser cannot be foreseen.
        let (step_a, step_b) = (a[i] <= b[j], b[j] <= a[i]);
        i += usize::from(step_a);
        j += usize::from(step_b);
    }
    let either = a.len() + b.len() - both;
    if either == 0 { 0.0 } else { both as f64 / either as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn plainly(text: &str, width: usize) -> BTreeSet<Vec<String>> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        words.windows(width).map(<[String]>::to_vec).collect()
    }

    proptest! {
        #[test]
        fn similarity_is_that_of_the_sets_of_word_runs(
            a in "([abAB]{1,2} ){0,30}", b in "([abAB]{1,2} ){0,30}", width in 1usize..=WIDEST
        ) {
            let (set_a, set_b) = (plainly(&a, width), plainly(&b, width));
            let (both, either) = (set_a.intersection(&set_b).count(), set_a.union(&set_b).count());
            let expected = if either == 0 { 0.0 } else { both as f64 / either as f64 };
            prop_assert_eq!(jaccard(&shingle_set(&a, width), &shingle_set(&b, width)), expected);
        }
    }

    #[test]
    fn a_text_shorter_than_a_shingle_has_none() {
        assert!(shingle_set("one two three", 4).is_empty());
        assert_eq!(shingle_set("one two three", 3).len(), 1);
    }
}
