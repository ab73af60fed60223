//! Chance in a session, all of it from the session's seed.

use crate::stats::SplitMix64;

/// Numbers of the streams of a seed: one for each thing that is drawn, so that one does not change another.
pub(super) const SAMPLE: u64 = 0;
pub(super) const ORDER: u64 = 1;
pub(super) const SIDES: u64 = 2;
pub(super) const REPEATS: u64 = 3;

/// Brings `items` into an order of which all are equally likely (Fisher & Yates; Durstenfeld, CACM 7, 1964).
pub(super) fn shuffle<T>(items: &mut [T], rng: &mut SplitMix64) {
    for last in (1..items.len()).rev() {
        items.swap(last, rng.below(last + 1));
    }
}

/// `count` different numbers below `of`, ascending, all sets equally likely (Floyd, CACM 30, 1987).
pub(super) fn choose(count: usize, of: usize, rng: &mut SplitMix64) -> Vec<usize> {
    let mut chosen = std::collections::BTreeSet::new();
    for last in of.saturating_sub(count)..of {
        let drawn = rng.below(last + 1);
        if !chosen.insert(drawn) {
            chosen.insert(last);
        }
    }
    chosen.into_iter().collect()
}

/// Where items come again, of a list of `n` of which a share of `share`, at most a half, is to be repeated: what of
/// the list comes at each place, and whether it is for the second time. Between the two stands at least half of the
/// list, and which are repeated is chance. Lists of fewer than four have no repeats.
pub(super) fn with_repeats(n: usize, share: f64, seed: u64) -> Vec<(usize, bool)> {
    let mut rng = SplitMix64::stream(seed, REPEATS);
    let half = n.div_ceil(2);
    let count = if n < 4 { 0 } else { ((share.clamp(0.0, 0.5) * n as f64).round() as usize).min(n - half) };
    // What comes again is drawn from the first half, so that it can stand far behind. Its place there is after the
    // item half a list later, or any of those that follow.
    let mut after: Vec<Vec<usize>> = vec![Vec::new(); n];
    for first in choose(count, n - half, &mut rng) {
        let earliest = first + half;
        after[earliest + rng.below(n - earliest)].push(first);
    }
    let mut list = Vec::with_capacity(n + count);
    for (item, mut repeats) in after.into_iter().enumerate() {
        list.push((item, false));
        shuffle(&mut repeats, &mut rng);
        list.extend(repeats.into_iter().map(|first| (first, true)));
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_repeat_stands_far_behind_its_first(n in 0usize..200, share in 0.0f64..0.6, seed in any::<u64>()) {
            let list = with_repeats(n, share, seed);
            let firsts: Vec<usize> = list.iter().filter(|(_, again)| !again).map(|(item, _)| *item).collect();
            prop_assert_eq!(firsts, (0..n).collect::<Vec<_>>(), "every item comes, in order");
            let repeats = list.len() - n;
            let wanted = if n < 4 { 0.0 } else { share.min(0.5) * n as f64 };
            prop_assert!((repeats as f64 - wanted).abs() <= 1.0, "{} of {}", repeats, n);
            for (at, (item, again)) in list.iter().enumerate() {
                if *again {
                    let first = list.iter().position(|entry| *entry == (*item, false)).expect("it came before");
                    prop_assert!(at - first > n / 2, "{} places apart of {}", at - first, n);
                    prop_assert_eq!(list.iter().filter(|entry| *entry == &(*item, true)).count(), 1);
                }
            }
        }

        #[test]
        fn chosen_numbers_are_different(count in 0usize..50, more in 0usize..50, seed in any::<u64>()) {
            let chosen = choose(count, count + more, &mut SplitMix64::new(seed));
            prop_assert_eq!(chosen.len(), count);
            prop_assert!(chosen.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert!(chosen.iter().all(|&number| number < count + more));
        }
    }
}
