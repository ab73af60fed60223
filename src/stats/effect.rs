//! How large a difference is, without a unit.

use super::estimate::{Undefined, at_least, computed, finite, varied};
use super::mean::mean_and_standard_error;
use super::ranks::midranks;

/// Cohen's d for pairs: the mean of `differences` over their standard deviation, which the literature writes d_z
/// (Cohen, Statistical Power Analysis, 1988, equation 2.3.5; the name is Lakens', Frontiers in Psychology 4, 2013). It
/// tells how well the two can be told apart pair by pair, and is not the d of unpaired data.
///
/// # Errors
/// `TooFew` for less than 2, `NotFinite`, `NoVariation`.
pub fn cohens_dz(differences: &[f64]) -> Result<f64, Undefined> {
    let (mean, error) = mean_and_standard_error(differences)?;
    varied(differences)?;
    computed(mean / (error * (differences.len() as f64).sqrt()))
}

/// Cliff's delta: how often a value of `first` is above one of `second` less how often below, over all pairs of one
/// and one; within −1..=1 (Cliff, Psychological Bulletin 114, 1993). Time n·log n.
///
/// # Errors
/// `TooFew` where either is empty, `NotFinite`.
pub fn cliffs_delta(first: &[f64], second: &[f64]) -> Result<f64, Undefined> {
    at_least(1, "values", first.len().min(second.len()))?;
    finite(first.iter().chain(second).copied())?;
    let mut sorted = second.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let ahead = |value: f64| {
        let (below, above) = (sorted.partition_point(|&v| v < value), sorted.partition_point(|&v| v <= value));
        below as f64 - (sorted.len() - above) as f64
    };
    Ok(first.iter().map(|&value| ahead(value)).sum::<f64>() / (first.len() as f64 * second.len() as f64))
}

/// Matched-pairs rank-biserial correlation: the share of favourable less the share of unfavourable rank sums of
/// `differences`, ranked by size; within −1..=1 (Kerby, Comprehensive Psychology 3, 2014). Zeros are left out, as in
/// Wilcoxon's test. Time n·log n.
///
/// # Errors
/// `TooFew` where no difference is other than 0, `NotFinite`.
pub fn rank_biserial(differences: &[f64]) -> Result<f64, Undefined> {
    finite(differences.iter().copied())?;
    let moving: Vec<f64> = differences.iter().copied().filter(|&difference| difference != 0.0).collect();
    at_least(1, "pairs that differ", moving.len())?;
    let sizes: Vec<f64> = moving.iter().map(|difference| difference.abs()).collect();
    let ranks = midranks(&sizes);
    let signed: f64 = moving.iter().zip(&ranks).map(|(difference, rank)| difference.signum() * rank).sum();
    Ok(signed / ranks.iter().sum::<f64>())
}

#[cfg(test)]
mod tests {
    use super::{cliffs_delta, cohens_dz, rank_biserial};
    use crate::stats::{Undefined, check_close};

    /// Darwin's maize, as in Fisher, The Design of Experiments, 1935.
    const DARWIN: [f64; 15] =
        [49.0, -67.0, 8.0, 16.0, 6.0, 23.0, 28.0, 41.0, 14.0, 29.0, 56.0, 24.0, 75.0, 60.0, -48.0];

    #[test]
    fn agrees_with_figures_computed_from_the_definitions() {
        // d.mean() / d.std(ddof=1)
        check_close(cohens_dz(&DARWIN).unwrap(), 0.554_607_977_706_518_5, 1e-12);
        // r = scipy.stats.rankdata(abs(d)); (r[d > 0].sum() - r[d < 0].sum()) / r.sum()
        check_close(rank_biserial(&DARWIN).unwrap(), 0.6, 1e-12);
        // np.mean([np.sign(x - y) for x in a for y in b])
        let a = [10.0, 10.0, 20.0, 20.0, 20.0, 30.0, 30.0, 30.0, 40.0, 50.0];
        let b = [10.0, 20.0, 30.0, 40.0, 40.0, 50.0];
        check_close(cliffs_delta(&a, &b).unwrap(), -0.25, 1e-12);
    }

    #[test]
    fn what_has_no_size_says_why() {
        assert_eq!(cohens_dz(&[0.1, 0.1, 0.1]), Err(Undefined::NoVariation));
        assert_eq!(cohens_dz(&[0.0, 0.0]), Err(Undefined::NoVariation));
        assert!(rank_biserial(&[0.0, 0.0]).is_err());
        assert!(cliffs_delta(&[], &[1.0]).is_err());
        assert_eq!(cliffs_delta(&[2.0], &[1.0]), Ok(1.0));
    }
}
