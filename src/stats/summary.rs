//! Mean and spread.

use serde::Serialize;

/// Mean, spread and quartiles of some numbers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Summary {
    /// How many there are; at least 1.
    pub n: usize,
    /// Arithmetic mean.
    pub mean: f64,
    /// Sample standard deviation, with n − 1; 0 for one value.
    pub sd: f64,
    /// Smallest.
    pub min: f64,
    /// First quartile.
    pub q1: f64,
    /// Median.
    pub median: f64,
    /// Third quartile.
    pub q3: f64,
    /// Largest.
    pub max: f64,
}

/// Summarizes `values`, reordering them; `None` for no value. Values are finite. Linear in their number.
///
/// Mean and variance are those of the corrected two-pass algorithm (Chan, Golub & LeVeque, The American
/// Statistician 37, 1983) about the first value, so that they do not cancel; sums run in a fixed order. Quantiles
/// interpolate linearly between order statistics (Hyndman & Fan 1996, type 7, as R and NumPy do by default).
pub fn summarize(values: &mut [f64]) -> Option<Summary> {
    let n = values.len();
    let first = *values.first()?;
    let mean = first + sum(values, |value| value - first) / n as f64;
    let squares = sum(values, |value| (value - mean) * (value - mean));
    let rest = sum(values, |value| value - mean);
    let variance = if n > 1 { (squares - rest * rest / n as f64) / (n - 1) as f64 } else { 0.0 };
    let min = values.iter().copied().fold(first, f64::min);
    let max = values.iter().copied().fold(first, f64::max);
    let [q1, median, q3] = quartiles(values);
    Some(Summary { n, mean, sd: variance.max(0.0).sqrt(), min, q1, median, q3, max })
}

/// The sum of `term` over `values` in eight interleaved parts, which a processor adds at once.
fn sum(values: &[f64], term: impl Fn(f64) -> f64) -> f64 {
    let (eights, rest) = values.as_chunks::<8>();
    let mut sums = [0.0; 8];
    for eight in eights {
        for (sum, &value) in sums.iter_mut().zip(eight) {
            *sum += term(value);
        }
    }
    sums.into_iter().chain(rest.iter().map(|&value| term(value))).fold(0.0, |sum, part| sum + part)
}

/// The quartiles of `values`, which are not empty, by selection instead of sorting.
fn quartiles(values: &mut [f64]) -> [f64; 3] {
    let n = values.len();
    let at = |p: f64| p * (n - 1) as f64;
    let [low, middle, high] = [0.25, 0.5, 0.75].map(|p| at(p).floor() as usize);
    if high + 1 >= n || low + 1 > middle || middle + 1 > high {
        values.sort_unstable_by(f64::total_cmp);
        return [0.25, 0.5, 0.75]
            .map(|p| between(values[at(p).floor() as usize], values[at(p).ceil() as usize], at(p)));
    }
    // What lies below the median holds the first quartile and its successor, what lies above holds the third.
    let median = select(values, middle);
    let first = select(&mut values[..=middle], low);
    let third = select(&mut values[middle + 1..], high - middle - 1);
    [between(first.0, first.1, at(0.25)), between(median.0, median.1, at(0.5)), between(third.0, third.1, at(0.75))]
}

/// The value that `index` others precede in order, and the one after it (itself where none is).
fn select(values: &mut [f64], index: usize) -> (f64, f64) {
    let (_, &mut value, after) = values.select_nth_unstable_by(index, f64::total_cmp);
    (value, after.iter().copied().min_by(f64::total_cmp).unwrap_or(value))
}

/// Between order statistics `low` and `high`, where the fraction of place `at` says.
fn between(low: f64, high: f64, at: f64) -> f64 {
    low + (high - low) * at.fract()
}

#[cfg(test)]
mod tests {
    use super::{Summary, summarize};
    use proptest::prelude::*;

    #[test]
    fn agrees_with_r() {
        // x <- c(0.1, 0.4, 0.4, 0.9, 1.0); mean(x); sd(x); quantile(x)
        let s = summarize(&mut [1.0, 0.4, 0.1, 0.9, 0.4]).unwrap();
        assert!((s.mean - 0.56).abs() < 1e-12);
        assert!((s.sd - 0.378_153_408_024).abs() < 1e-9);
        assert_eq!((s.min, s.q1, s.median, s.q3, s.max), (0.1, 0.4, 0.4, 0.9, 1.0));
        assert_eq!(summarize(&mut []), None);
        assert_eq!(summarize(&mut [0.3]).unwrap().sd, 0.0);
    }

    /// The definition: everything sorted, Welford's variance (Technometrics 4, 1962).
    fn plainly(values: &mut [f64]) -> Summary {
        let (mut mean, mut squares) = (0.0, 0.0);
        for (index, &value) in values.iter().enumerate() {
            let delta = value - mean;
            mean += delta / (index + 1) as f64;
            squares += delta * (value - mean);
        }
        values.sort_unstable_by(f64::total_cmp);
        let n = values.len();
        let quantile = |p: f64| {
            let at = p * (n - 1) as f64;
            let (low, high) = (values[at.floor() as usize], values[at.ceil() as usize]);
            low + (high - low) * at.fract()
        };
        let sd = if n > 1 { (squares / (n - 1) as f64).sqrt() } else { 0.0 };
        let [q1, median, q3] = [0.25, 0.5, 0.75].map(quantile);
        Summary { n, mean, sd, min: values[0], q1, median, q3, max: values[n - 1] }
    }

    proptest! {
        #[test]
        fn is_what_sorting_gives(values in prop::collection::vec(prop_oneof![-2.0..2.0, (0..4).prop_map(|n| f64::from(n) / 3.0)], 1..200)) {
            let (fast, plain) = (summarize(&mut values.clone()).unwrap(), plainly(&mut values.clone()));
            let exact = |s: &Summary| (s.n, s.min, s.q1, s.median, s.q3, s.max);
            prop_assert_eq!(exact(&fast), exact(&plain));
            prop_assert!((fast.mean - plain.mean).abs() < 1e-12 && (fast.sd - plain.sd).abs() < 1e-12);
        }
    }
}
