//! The paired permutation test.

use super::distribution::normal_beyond;
use super::estimate::{Undefined, at_least, computed, finite};
use super::splitmix::SplitMix64;
use rayon::prelude::*;

/// What a permutation test says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Permutation {
    /// How likely a mean difference at least this far from 0 is where there is none; above 0, at most 1.
    pub p: f64,
    /// Whether all permutations were looked at, and not a random part of them.
    pub exact: bool,
}

/// Up to this many differences that are not 0, all 2ⁿ changes of sign are looked at.
const EXACT_UP_TO: usize = 20;

/// Tests whether paired `differences` have mean 0, by changing their signs (Fisher, The Design of Experiments, 1935,
/// section 21): if neither of a pair is better, either order of the pair was as likely. Two-sided. Over all changes of
/// sign for up to 20 differences that are not 0, else over `draws` random ones from `seed`, where the data count as one
/// more: p = (b + 1) / (m + 1), which cannot be 0 (Phipson & Smyth, Stat. Appl. Genet. Mol. Biol. 9, 2010).
///
/// Differences count as exchangeable one by one. Where several are of one prompt, pass their sums by prompt. Time is n
/// for each draw.
///
/// # Errors
/// `TooFew` for no difference, or for no draws where they are needed; `NotFinite`.
pub fn paired_permutation(differences: &[f64], draws: u32, seed: u64) -> Result<Permutation, Undefined> {
    at_least(1, "differences", differences.len())?;
    finite(differences.iter().copied())?;
    // A 0 stays what it is under either sign.
    let moving: Vec<f64> = differences.iter().copied().filter(|&difference| difference != 0.0).collect();
    // What is equal in exact arithmetic may differ in the last bits.
    let slack = 1e-12 * moving.iter().map(|difference| difference.abs()).sum::<f64>();
    let seen = moving.iter().sum::<f64>().abs() - slack;
    if moving.len() <= EXACT_UP_TO {
        let (first, second) = moving.split_at(moving.len() / 2);
        let (first, second) = (signed_sums(first), signed_sums(second));
        let extreme: usize = first.iter().map(|a| second.iter().filter(|&b| (a + b).abs() >= seen).count()).sum();
        return Ok(Permutation { p: extreme as f64 / (first.len() * second.len()) as f64, exact: true });
    }
    at_least(1, "draws", draws as usize)?;
    let extreme = (0..draws)
        .into_par_iter()
        .filter(|&draw| sum_under_signs(&moving, SplitMix64::stream(seed, u64::from(draw))).abs() >= seen)
        .count();
    Ok(Permutation { p: (extreme as f64 + 1.0) / (f64::from(draws) + 1.0), exact: false })
}

/// The two-sided p of the same test where there are many differences: the sum under random signs has mean 0 and variance
/// Σd², and tends to a normal distribution (Hoeffding, Annals of Mathematical Statistics 23, 1952). Unlike a p that is
/// drawn it can be as small as it takes to stand among thousands of comparisons. 1 where all are 0.
///
/// # Errors
/// `TooFew` for no difference, `NotFinite`.
pub fn paired_permutation_normal(differences: &[f64]) -> Result<f64, Undefined> {
    at_least(1, "differences", differences.len())?;
    finite(differences.iter().copied())?;
    let squares = computed(differences.iter().map(|difference| difference * difference).sum())?;
    if squares == 0.0 {
        return Ok(1.0);
    }
    Ok(normal_beyond(differences.iter().sum::<f64>() / squares.sqrt()))
}

/// The sums of `values` under all choices of signs.
fn signed_sums(values: &[f64]) -> Vec<f64> {
    values.iter().fold(vec![0.0], |sums, value| sums.iter().flat_map(|sum| [sum + value, sum - value]).collect())
}

/// The sum of `values` under random signs.
fn sum_under_signs(values: &[f64], mut generator: SplitMix64) -> f64 {
    let mut sum = 0.0;
    for part in values.chunks(64) {
        let signs = generator.bits();
        for (bit, value) in part.iter().enumerate() {
            sum += f64::from_bits(value.to_bits() ^ ((signs >> bit) << 63));
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::{Permutation, paired_permutation, paired_permutation_normal};
    use crate::stats::{Undefined, check_close};

    /// Darwin's maize: crossed less self-fertilised height of 15 pairs, in eighths of an inch.
    const DARWIN: [f64; 15] =
        [49.0, -67.0, 8.0, 16.0, 6.0, 23.0, 28.0, 41.0, 14.0, 29.0, 56.0, 24.0, 75.0, 60.0, -48.0];

    #[test]
    fn gives_fishers_figure_for_darwins_maize() {
        // Fisher 1935, section 21: 863 of 32,768 on one side.
        let test = paired_permutation(&DARWIN, 0, 0).unwrap();
        assert_eq!(test, Permutation { p: 2.0 * 863.0 / 32_768.0, exact: true });
        // In inches no sum is exact in binary, and with ties beside the data nothing changes.
        let mut inches = DARWIN.map(|eighths| eighths / 10.0).to_vec();
        inches.extend([0.0; 30]);
        assert_eq!(paired_permutation(&inches, 0, 0).unwrap(), test);
    }

    #[test]
    fn many_differences_are_drawn_from() {
        // Twice the maize; the share of all 2^30 changes of sign, from the distribution of their sums:
        // c = Counter({0: 1})
        // for x in d: n = Counter(); [n.update({k + x: v, k - x: v}) for k, v in c.items()]; c = n
        // sum(v for k, v in c.items() if abs(k) >= abs(sum(d))) / 2**30
        let twice = [DARWIN, DARWIN].concat();
        let test = paired_permutation(&twice, 100_000, 3).unwrap();
        assert!(!test.exact);
        check_close(test.p, 0.005_123_546_347_022_057, 0.001);
        assert_eq!(paired_permutation(&twice, 100_000, 3).unwrap(), test);
        // Nothing drawn is as extreme: p is not 0.
        assert_eq!(paired_permutation(&[1.0; 60], 99, 1).unwrap().p, 0.01);
    }

    #[test]
    fn many_differences_tend_to_the_normal_distribution() {
        // The maize three times, and the exact share as above; the limit is on the safe side of it.
        check_close(paired_permutation_normal(&DARWIN.repeat(3)).unwrap(), 0.000_557_937_561, 0.000_3);
        // 2 * scipy.stats.norm.sf(sum(d) / sqrt(sum(d²)))
        check_close(paired_permutation_normal(&DARWIN.repeat(2)).unwrap(), 0.006_392_626_696_633_173, 1e-12);
        assert_eq!(paired_permutation_normal(&[0.0; 3]), Ok(1.0));
        assert!(paired_permutation_normal(&[]).is_err());
    }

    #[test]
    fn no_difference_at_all_is_no_evidence() {
        assert_eq!(paired_permutation(&[0.0; 9], 0, 0).unwrap(), Permutation { p: 1.0, exact: true });
        assert_eq!(paired_permutation(&[], 9, 0), Err(Undefined::TooFew { of: "differences", needed: 1, found: 0 }));
    }
}
