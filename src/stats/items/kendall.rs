//! Kendall's correlation.

use super::correlation::{Correlation, fisher};
use crate::stats::distribution::normal_beyond;
use crate::stats::estimate::{Undefined, at_least, finite};

/// Kendall's τ-b of pairs, which allows for ties (Kendall, Rank Correlation Methods, 1970, chapter 3), counted in
/// time n·log n (Knight, JASA 61, 1966). P is that of the normal approximation with the variance under ties (there,
/// chapter 4), without continuity correction; for less than ten pairs it is rough. The interval is that of Fieller,
/// Hartley & Pearson (Biometrika 44, 1957): the inverse hyperbolic tangent of τ has the variance 0.437 / (n − 4).
///
/// # Errors
/// `TooFew` for less than 2 pairs, `NotFinite`, `NoVariation` where one of the two is always the same.
pub fn kendall_tau_b(pairs: &[(f64, f64)]) -> Result<Correlation, Undefined> {
    at_least(2, "pairs", pairs.len())?;
    finite(pairs.iter().flat_map(|&(a, b)| [a, b]))?;
    let mut sorted: Vec<(f64, f64)> = pairs.iter().map(|&(a, b)| (a + 0.0, b + 0.0)).collect();
    sorted.sort_unstable_by(|x, y| x.0.total_cmp(&y.0).then(x.1.total_cmp(&y.1)));
    let first = Ties::of(sorted.chunk_by(|x, y| x.0 == y.0).map(<[_]>::len));
    let both = Ties::of(sorted.chunk_by(|x, y| x == y).map(<[_]>::len));
    let mut second: Vec<f64> = sorted.into_iter().map(|(_, b)| b).collect();
    let discordant = sort_counting_swaps(&mut second);
    let second = Ties::of(second.chunk_by(|x, y| x == y).map(<[_]>::len));

    let n = pairs.len() as f64;
    let all = n * (n - 1.0) / 2.0;
    if first.pairs >= all || second.pairs >= all {
        return Err(Undefined::NoVariation);
    }
    let balance = all - first.pairs - second.pairs + both.pairs - 2.0 * discordant as f64;
    let tau = (balance / ((all - first.pairs).sqrt() * (all - second.pairs).sqrt())).clamp(-1.0, 1.0);

    let base = n * (n - 1.0) * (2.0 * n + 5.0);
    let mut variance =
        (base - first.triple_weight - second.triple_weight) / 18.0 + 2.0 * first.pairs * second.pairs / (n * (n - 1.0));
    if pairs.len() > 2 {
        variance += first.triples * second.triples / (9.0 * n * (n - 1.0) * (n - 2.0));
    }
    Ok(Correlation {
        value: tau,
        interval: (pairs.len() > 4).then(|| fisher(tau, 0.437 / (n - 4.0))),
        p: (pairs.len() > 2).then(|| normal_beyond(balance / variance.sqrt())),
    })
}

/// Sums over groups of equal values, of t values each.
#[derive(Default)]
struct Ties {
    /// Σ t(t − 1) / 2.
    pairs: f64,
    /// Σ t(t − 1)(t − 2).
    triples: f64,
    /// Σ t(t − 1)(2t + 5).
    triple_weight: f64,
}

impl Ties {
    fn of(groups: impl Iterator<Item = usize>) -> Self {
        groups.fold(Self::default(), |sums, size| {
            let t = size as f64;
            let ordered = t * (t - 1.0);
            Self {
                pairs: sums.pairs + ordered / 2.0,
                triples: sums.triples + ordered * (t - 2.0),
                triple_weight: sums.triple_weight + ordered * (2.0 * t + 5.0),
            }
        })
    }
}

/// Sorts by merging, and counts how many pairs were the wrong way round.
fn sort_counting_swaps(values: &mut Vec<f64>) -> u64 {
    let n = values.len();
    let mut merged = vec![0.0; n];
    let (mut swaps, mut width) = (0, 1);
    while width < n {
        for from in (0..n).step_by(2 * width) {
            let (middle, to) = ((from + width).min(n), (from + 2 * width).min(n));
            let (mut left, mut right) = (from, middle);
            for place in &mut merged[from..to] {
                if left < middle && (right == to || values[left] <= values[right]) {
                    *place = values[left];
                    left += 1;
                } else {
                    *place = values[right];
                    right += 1;
                    swaps += (middle - left) as u64;
                }
            }
        }
        std::mem::swap(values, &mut merged);
        width *= 2;
    }
    swaps
}

#[cfg(test)]
mod tests {
    use super::kendall_tau_b;
    use crate::stats::items::correlation::tests::{check, tied};
    use crate::stats::{SplitMix64, Undefined, check_close};

    #[test]
    fn agrees_with_scipy() {
        // r = scipy.stats.kendalltau(x, y, method='asymptotic')
        // np.tanh(np.arctanh(r) ± 1.959963984540054 * np.sqrt(0.437 / 6))
        check(
            &kendall_tau_b(&tied()).unwrap(),
            -0.447_089_765_068_26,
            0.083_008_261_445_02,
            -0.765_764_209_269_07,
            0.047_854_621_547_53,
        );
    }

    #[test]
    fn agrees_with_counting_all_pairs() {
        let mut generator = SplitMix64::new(11);
        for n in [2, 3, 7, 8, 9, 100, 257] {
            let pairs: Vec<(f64, f64)> =
                (0..n).map(|_| (generator.below(20) as f64, generator.below(n) as f64)).collect();
            let (mut balance, mut first, mut second) = (0.0, 0.0, 0.0);
            for (i, a) in pairs.iter().enumerate() {
                for b in &pairs[..i] {
                    let sign = |x: f64| if x == 0.0 { 0.0 } else { x.signum() };
                    let (x, y) = (sign(a.0 - b.0), sign(a.1 - b.1));
                    balance += x * y;
                    first += x * x;
                    second += y * y;
                }
            }
            match kendall_tau_b(&pairs) {
                Ok(found) => check_close(found.value, balance / (first * second).sqrt(), 1e-12),
                Err(error) => assert!(error == Undefined::NoVariation && first * second == 0.0),
            }
        }
    }
}
