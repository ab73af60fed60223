//! Cohen's kappa.

use super::disagreement::Disagreement;
use crate::stats::bootstrap::Bootstrap;
use crate::stats::estimate::{Estimate, Undefined, at_least, computed, finite};

/// Cohen's kappa of two raters who both rated all units, as pairs of ratings (Cohen, Educational and Psychological
/// Measurement 20, 1960; weighted: Psychological Bulletin 70, 1968): 1 is full agreement, 0 what chance gives where
/// each rater keeps their own frequencies, and it can be below 0. Time n·log n.
///
/// # Errors
/// `TooFew` for no pair, `NotFinite`, `NoVariation` where both always gave the same one rating.
pub fn cohens_kappa(pairs: &[(f64, f64)], disagreement: Disagreement) -> Result<f64, Undefined> {
    let table = Coded::new(pairs)?;
    kappa(&table, table.codes.iter().copied(), disagreement)
}

/// The same with a percentile bootstrap interval in which units are drawn.
///
/// # Errors
/// Those of [`cohens_kappa`], and of [`Bootstrap::percentile`].
pub fn cohens_kappa_with_interval(
    pairs: &[(f64, f64)],
    disagreement: Disagreement,
    bootstrap: &Bootstrap,
) -> Result<Estimate, Undefined> {
    let table = Coded::new(pairs)?;
    let value = kappa(&table, table.codes.iter().copied(), disagreement)?;
    bootstrap
        .percentile(value, pairs.len(), |draws| kappa(&table, draws.map(|unit| table.codes[unit]), disagreement).ok())
}

/// Pairs of ratings as places in the scale of both.
struct Coded {
    scale: Vec<f64>,
    codes: Vec<(u32, u32)>,
}

impl Coded {
    fn new(pairs: &[(f64, f64)]) -> Result<Self, Undefined> {
        at_least(1, "units", pairs.len())?;
        let mut scale: Vec<f64> = pairs.iter().flat_map(|&(a, b)| [a + 0.0, b + 0.0]).collect();
        finite(scale.iter().copied())?;
        scale.sort_unstable_by(f64::total_cmp);
        scale.dedup();
        let code = |value: f64| scale.partition_point(|&step| step < value) as u32;
        Ok(Self { codes: pairs.iter().map(|&(a, b)| (code(a), code(b))).collect(), scale })
    }
}

fn kappa(table: &Coded, codes: impl Iterator<Item = (u32, u32)>, disagreement: Disagreement) -> Result<f64, Undefined> {
    let scale = &table.scale;
    let (mut first, mut second) = (vec![0.0; scale.len()], vec![0.0; scale.len()]);
    let (mut n, mut observed) = (0.0, 0.0);
    for (a, b) in codes {
        first[a as usize] += 1.0;
        second[b as usize] += 1.0;
        n += 1.0;
        observed += disagreement.of(scale[a as usize], scale[b as usize]);
    }
    // Both in one and the same place: no disagreement could be expected.
    if first.iter().zip(&second).any(|(a, b)| *a == n && *b == n) {
        return Err(Undefined::NoVariation);
    }
    computed(1.0 - n * observed / disagreement.between(scale, &first, &second))
}

#[cfg(test)]
mod tests {
    use super::{Disagreement, cohens_kappa, cohens_kappa_with_interval};
    use crate::stats::{Bootstrap, Undefined, check_close};

    fn pairs() -> Vec<(f64, f64)> {
        let first = [1, 2, 3, 4, 5, 5, 3, 2, 1, 4, 3, 2, 2, 5, 4].map(f64::from);
        let second = [1, 2, 2, 4, 5, 3, 3, 2, 2, 5, 3, 1, 2, 5, 2].map(f64::from);
        first.into_iter().zip(second).collect()
    }

    #[test]
    fn agrees_with_scikit_learn() {
        // sklearn.metrics.cohen_kappa_score(a, b, weights=None, 'linear', 'quadratic')
        for (disagreement, kappa) in [
            (Disagreement::Plain, 0.488_636_363_636_363_65),
            (Disagreement::Linear, 0.647_058_823_529_411_7),
            (Disagreement::Quadratic, 0.779_411_764_705_882_4),
        ] {
            check_close(cohens_kappa(&pairs(), disagreement).unwrap(), kappa, 1e-12);
        }
    }

    #[test]
    fn the_interval_is_around_it_and_repeats() {
        // So few units have few different kappas, and the ends are on the edge between two of them.
        let bootstrap = Bootstrap { resamples: 100_000, ..Bootstrap::default() };
        let estimate = cohens_kappa_with_interval(&pairs(), Disagreement::Plain, &bootstrap).unwrap();
        // The same in Python, with NumPy over 200,000 resamples: 0.157 to 0.799.
        check_close(estimate.interval.low, 0.157, 0.01);
        check_close(estimate.interval.high, 0.799, 0.01);
        assert_eq!(cohens_kappa_with_interval(&pairs(), Disagreement::Plain, &bootstrap).unwrap(), estimate);
    }

    #[test]
    fn agreement_that_nothing_could_disturb_is_undefined() {
        assert_eq!(cohens_kappa(&[(1.0, 1.0), (1.0, 1.0)], Disagreement::Plain), Err(Undefined::NoVariation));
        // Each with one rating, but not the same: that is disagreement, as far as chance gives it.
        assert_eq!(cohens_kappa(&[(1.0, 2.0), (1.0, 2.0)], Disagreement::Linear), Ok(0.0));
        assert!(cohens_kappa(&[], Disagreement::Plain).is_err());
    }
}
