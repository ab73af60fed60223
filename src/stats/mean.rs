//! Means and differences of means, with bootstrap intervals.

use super::bootstrap::{Bootstrap, acceleration};
use super::distribution::Z95;
use super::estimate::{Estimate, Interval, Undefined, at_least, computed, finite};

/// The mean of `values` with its standard error, s / √n with s over n − 1.
///
/// # Errors
/// `TooFew` for less than 2 values, `NotFinite`.
pub fn mean_and_standard_error(values: &[f64]) -> Result<(f64, f64), Undefined> {
    at_least(2, "values", values.len())?;
    finite(values.iter().copied())?;
    let n = values.len() as f64;
    let mean = mean(values);
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    Ok((computed(mean)?, computed((squares / (n - 1.0) / n).sqrt())?))
}

/// The mean of `values` with its bootstrap interval. Each value is a unit of its own: where several are of one prompt,
/// [`clustered_mean`] is the honest one.
///
/// # Errors
/// `TooFew` for less than 2 values, `NotFinite`.
pub fn mean_with_interval(values: &[f64], bootstrap: &Bootstrap) -> Result<Estimate, Undefined> {
    at_least(2, "values", values.len())?;
    finite(values.iter().copied())?;
    let (n, mean) = (values.len() as f64, mean(values));
    // Leaving out a value moves the mean by its distance, divided by n − 1.
    let acceleration = acceleration(|| values.iter().map(|value| (mean - value) / (n - 1.0)));
    bootstrap
        .interval(mean, acceleration, values.len(), |draws| mean + draws.map(|i| values[i] - mean).sum::<f64>() / n)
}

/// The mean of first minus second over pairs, with its bootstrap interval. Pairs are drawn as they are: what makes a
/// prompt easy for both does not widen the interval.
///
/// # Errors
/// `TooFew` for less than 2 pairs, `NotFinite`.
pub fn paired_difference(pairs: &[(f64, f64)], bootstrap: &Bootstrap) -> Result<Estimate, Undefined> {
    let differences: Vec<f64> = pairs.iter().map(|(first, second)| first - second).collect();
    mean_with_interval(&differences, bootstrap)
}

/// The mean over all of `values`, each with the number of its cluster, such as its prompt; with the bootstrap interval
/// in which whole clusters are drawn (Davison & Hinkley, Bootstrap Methods and their Application, 1997, section 3.8,
/// first strategy). Responses to one prompt are alike, and an interval that takes them for independent is too narrow.
/// Large clusters weigh more, as they do in the mean. For paired data `values` are differences.
///
/// # Errors
/// `TooFew` for less than 2 clusters, `NotFinite`.
pub fn clustered_mean(values: &[(u32, f64)], bootstrap: &Bootstrap) -> Result<Estimate, Undefined> {
    finite(values.iter().map(|&(_, value)| value))?;
    let clusters = clusters(values);
    at_least(2, "clusters", clusters.len())?;
    let add = |(sum, n): (f64, f64), cluster: &(f64, f64)| (sum + cluster.0, n + cluster.1);
    let (sum, n) = clusters.iter().fold((0.0, 0.0), add);
    let acceleration = acceleration(|| clusters.iter().map(|cluster| (sum - cluster.0) / (n - cluster.1)));
    bootstrap.interval(sum / n, acceleration, clusters.len(), |draws| {
        let (sum, n) = draws.fold((0.0, 0.0), |total, i| add(total, &clusters[i]));
        sum / n
    })
}

/// The mean of `values` with the interval that its standard error gives, mean ± 1.96·s/√n. By the central limit theorem
/// it is that of [`mean_with_interval`] where there are many values, in time n.
///
/// # Errors
/// `TooFew` for less than 2 values, `NotFinite`.
pub fn mean_normal(values: &[f64]) -> Result<Estimate, Undefined> {
    let (mean, error) = mean_and_standard_error(values)?;
    around(mean, error)
}

/// The mean over all of `values`, as [`clustered_mean`], with the interval that the standard error between clusters
/// gives (Liang & Zeger, Biometrika 73, 1986, for a mean; with G / (G − 1) for G clusters). For many clusters, in time
/// n.
///
/// # Errors
/// `TooFew` for less than 2 clusters, `NotFinite`.
pub fn clustered_mean_normal(values: &[(u32, f64)]) -> Result<Estimate, Undefined> {
    finite(values.iter().map(|&(_, value)| value))?;
    let clusters = clusters(values);
    at_least(2, "clusters", clusters.len())?;
    let (sum, n) = clusters.iter().fold((0.0, 0.0), |(sum, n), cluster| (sum + cluster.0, n + cluster.1));
    let (mean, groups) = (computed(sum / n)?, clusters.len() as f64);
    let squares: f64 = clusters.iter().map(|cluster| (cluster.0 - mean * cluster.1).powi(2)).sum();
    around(mean, (groups / (groups - 1.0) * squares).sqrt() / n)
}

fn around(mean: f64, error: f64) -> Result<Estimate, Undefined> {
    let half = computed(Z95 * error)?;
    Ok(Estimate { value: mean, interval: Interval { low: mean - half, high: mean + half } })
}

/// The sum and size of each cluster, in the order of their numbers.
fn clusters(values: &[(u32, f64)]) -> Vec<(f64, f64)> {
    let mut sorted = values.to_vec();
    // Stable, so that sums are added in the order given.
    sorted.sort_by_key(|&(cluster, _)| cluster);
    sorted
        .chunk_by(|a, b| a.0 == b.0)
        .map(|cluster| (cluster.iter().map(|&(_, value)| value).sum(), cluster.len() as f64))
        .collect()
}

/// The arithmetic mean of `values`, which are not none.
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

#[cfg(test)]
mod tests {
    use super::{clustered_mean, clustered_mean_normal, mean_and_standard_error, mean_normal};
    use crate::stats::{Bootstrap, SplitMix64, Undefined, check_close};

    #[test]
    fn agrees_with_scipy() {
        // scipy.stats.sem([0.1, 0.15, 0.2, 0.2, 0.3, 0.35, 0.4, 0.9, 1.5, 3.0])
        let (mean, error) = mean_and_standard_error(&[0.1, 0.15, 0.2, 0.2, 0.3, 0.35, 0.4, 0.9, 1.5, 3.0]).unwrap();
        check_close(mean, 0.71, 1e-12);
        check_close(error, 0.288_752_104_369_436_2, 1e-12);
        assert_eq!(mean_and_standard_error(&[1.0]), Err(Undefined::TooFew { of: "values", needed: 2, found: 1 }));
    }

    #[test]
    fn clusters_have_their_own_standard_error() {
        // In NumPy, over the clusters' sums and sizes: m = s.sum() / n.sum()
        // (7 / 6 * ((s - m * n) ** 2).sum()) ** 0.5 / n.sum()
        let clusters: [&[f64]; 7] =
            [&[0.2, 0.4], &[0.9], &[0.5, 0.6, 0.7], &[0.1, 0.1], &[1.0, 0.8, 0.9], &[0.3], &[0.4, 0.5]];
        let values: Vec<(u32, f64)> =
            clusters.iter().zip(0..).flat_map(|(values, id)| values.iter().map(move |&value| (id, value))).collect();
        let estimate = clustered_mean_normal(&values).unwrap();
        check_close(estimate.value, 0.528_571_428_571_428_6, 1e-12);
        check_close(estimate.interval.high - estimate.value, 1.959_963_984_540_054 * 0.120_665_872_028_911_2, 1e-12);
        // Clusters of one are a plain mean.
        let plain: Vec<f64> = values.iter().map(|&(_, value)| value).collect();
        let single: Vec<(u32, f64)> = (0..).zip(plain.iter().copied()).collect();
        let (one, other) = (clustered_mean_normal(&single).unwrap(), mean_normal(&plain).unwrap());
        check_close(one.interval.low, other.interval.low, 1e-12);
        assert!(clustered_mean_normal(&[(1, 0.5), (1, 0.6)]).is_err());
    }

    #[test]
    fn of_many_prompts_the_bootstrap_says_the_same() {
        let mut random = SplitMix64::new(3);
        let mut unit = || random.below(1000) as f64 / 1000.0;
        let values: Vec<(u32, f64)> = (0..6000).map(|at| (at / 3, unit().powi(2))).collect();
        let (drawn, normal) =
            (clustered_mean(&values, &Bootstrap::default()).unwrap(), clustered_mean_normal(&values).unwrap());
        let width = drawn.interval.high - drawn.interval.low;
        check_close(normal.interval.low, drawn.interval.low, 0.05 * width);
        check_close(normal.interval.high, drawn.interval.high, 0.05 * width);
    }
}
