//! Mean and spread.

/// Mean, spread and quartiles of some numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
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

/// Summarizes `values`, sorting them; `None` for no value. Values are finite.
///
/// The variance is Welford's (Technometrics 4, 1962), which does not cancel; quantiles interpolate linearly
/// between order statistics (Hyndman & Fan 1996, type 7, as R and NumPy do by default).
pub fn summarize(values: &mut [f64]) -> Option<Summary> {
    let n = values.len();
    if n == 0 {
        return None;
    }
    let (mut mean, mut squares) = (0.0, 0.0);
    for (index, &value) in values.iter().enumerate() {
        let delta = value - mean;
        mean += delta / (index + 1) as f64;
        squares += delta * (value - mean);
    }
    values.sort_unstable_by(f64::total_cmp);
    let sd = if n > 1 { (squares / (n - 1) as f64).max(0.0).sqrt() } else { 0.0 };
    Some(Summary {
        n,
        mean,
        sd,
        min: values[0],
        q1: quantile(values, 0.25),
        median: quantile(values, 0.5),
        q3: quantile(values, 0.75),
        max: values[n - 1],
    })
}

/// The `p`-quantile, 0 ≤ p ≤ 1, of ascending `sorted`, which is not empty.
fn quantile(sorted: &[f64], p: f64) -> f64 {
    let at = p * (sorted.len() - 1) as f64;
    let (low, high) = (at.floor() as usize, at.ceil() as usize);
    sorted[low] + (sorted[high] - sorted[low]) * (at - low as f64)
}

#[cfg(test)]
mod tests {
    use super::summarize;

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
}
