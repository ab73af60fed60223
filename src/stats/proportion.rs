//! Intervals for a share.

use super::distribution::Z95;
use super::estimate::Interval;

/// The 95 % Wilson score interval of `hits` out of `n` (Wilson, JASA 22, 1927): unlike the normal one it
/// stays within 0..=1 and is honest for few or extreme counts. `None` for n = 0.
pub fn wilson(hits: usize, n: usize) -> Option<Interval> {
    (n > 0).then(|| wilson_of_share(hits as f64 / n as f64, n as f64))
}

/// The same for a share `p` of `n`, which is above 0.
pub(super) fn wilson_of_share(p: f64, n: f64) -> Interval {
    let z2 = Z95 * Z95;
    let centre = (p + z2 / (2.0 * n)) / (1.0 + z2 / n);
    let half = Z95 / (1.0 + z2 / n) * (p * (1.0 - p) / n + z2 / (4.0 * n * n)).sqrt();
    Interval { low: (centre - half).max(0.0), high: (centre + half).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::wilson;

    #[test]
    fn agrees_with_published_figures() {
        // Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
        for (hits, n, low, high) in
            [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]
        {
            let interval = wilson(hits, n).unwrap();
            assert!(
                (interval.low - low).abs() < 5e-5 && (interval.high - high).abs() < 5e-5,
                "{hits}/{n}: {interval:?}"
            );
        }
        assert_eq!(wilson(0, 0), None);
    }
}
