//! Krippendorff's alpha.

use super::ratings::{Ratings, Tally};
use crate::stats::estimate::{Undefined, at_least, computed};

/// What the values of a scale mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Names without an order.
    Nominal,
    /// An order without distances.
    Ordinal,
    /// Distances without a zero.
    Interval,
    /// A true zero.
    Ratio,
}

/// Krippendorff's alpha for any number of raters and missing ratings (Krippendorff, Content Analysis, 2004, chapter
/// 11; Computing Krippendorff's Alpha-Reliability, 2011): 1 is full agreement, 0 what chance gives, and it can be
/// below 0. Units with a single rating do not count.
///
/// Pairs are not gone through: for ordinal scales, where a distance is one of mean ranks, and for interval scales, sums
/// of squares give the sums over pairs. Time is n, but the number of different values squared for ratio scales.
///
/// # Errors
/// `TooFew` where no unit has two ratings, `NoVariation` where all ratings are the same, `BelowZero` for a ratio scale.
pub fn krippendorff_alpha(ratings: &Ratings, level: Level) -> Result<f64, Undefined> {
    let scale = ratings.scale();
    let mut counts = vec![0.0; scale.len()];
    ratings.pairable().flatten().for_each(|&code| counts[code as usize] += 1.0);
    let total: f64 = counts.iter().sum();
    at_least(1, "units with two ratings", usize::from(total > 0.0))?;
    if counts.iter().filter(|&&count| count > 0.0).count() < 2 {
        return Err(Undefined::NoVariation);
    }
    let (observed, expected) = match level {
        Level::Nominal => nominal(ratings, &counts, total),
        Level::Ordinal => squares(ratings, &midranks(&counts), &counts, total),
        Level::Interval => squares(ratings, scale, &counts, total),
        Level::Ratio if scale[0] < 0.0 => return Err(Undefined::BelowZero),
        Level::Ratio => ratio(ratings, &counts),
    };
    computed(1.0 - (total - 1.0) * observed / expected)
}

/// The disagreement seen, over ordered pairs within units, each unit divided by its ratings less 1; and that over all
/// ordered pairs. They are the sums over the coincidence matrix.
type Disagreements = (f64, f64);

fn nominal(ratings: &Ratings, counts: &[f64], total: f64) -> Disagreements {
    let mut tally = Tally::new(ratings.scale());
    let within = |unit: &[u32]| {
        let n = unit.len() as f64;
        (n * n - tally.squares(unit)) / (n - 1.0)
    };
    (ratings.pairable().map(within).sum(), total * total - counts.iter().map(|count| count * count).sum::<f64>())
}

/// With squared distances of `at`: Σᵢⱼ (xᵢ − xⱼ)² = 2n·Σ (xᵢ − x̄)².
fn squares(ratings: &Ratings, at: &[f64], counts: &[f64], total: f64) -> Disagreements {
    let within = |unit: &[u32]| {
        let n = unit.len() as f64;
        let values = || unit.iter().map(|&code| at[code as usize]);
        let mean = values().sum::<f64>() / n;
        2.0 * n * values().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)
    };
    let mean = at.iter().zip(counts).map(|(value, count)| value * count).sum::<f64>() / total;
    let expected = at.iter().zip(counts).map(|(value, count)| count * (value - mean).powi(2)).sum::<f64>();
    (ratings.pairable().map(within).sum(), 2.0 * total * expected)
}

/// The mean rank of each value. The distance of two is what the ordinal metric sums up: those between, and half of
/// each.
fn midranks(counts: &[f64]) -> Vec<f64> {
    let mut below = 0.0;
    let rank = |&count: &f64| {
        below += count;
        below - count / 2.0
    };
    counts.iter().map(rank).collect()
}

fn ratio(ratings: &Ratings, counts: &[f64]) -> Disagreements {
    let scale = ratings.scale();
    let mut tally = Tally::new(scale);
    let mut present = Vec::new();
    let mut within = |unit: &[u32]| {
        present.clear();
        tally.each(unit, |code, count| present.push((scale[code], count)));
        over_ratios(&present) / (unit.len() as f64 - 1.0)
    };
    let all: Vec<(f64, f64)> = scale.iter().copied().zip(counts.iter().copied()).collect();
    (ratings.pairable().map(&mut within).sum(), over_ratios(&all))
}

/// The sum of ((a − b) / (a + b))² over all ordered pairs of values, which come with their counts.
fn over_ratios(values: &[(f64, f64)]) -> f64 {
    let mut sum = 0.0;
    for (index, &(a, count)) in values.iter().enumerate() {
        for &(b, other) in &values[..index] {
            sum += 2.0 * count * other * ((a - b) / (a + b)).powi(2);
        }
    }
    sum
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Level, krippendorff_alpha};
    use crate::stats::agreement::Ratings;
    use crate::stats::{Bootstrap, Undefined, check_close};

    /// Krippendorff, Computing Krippendorff's Alpha-Reliability, 2011, example C: four observers, with gaps.
    pub(in crate::stats::agreement) fn four_observers() -> Ratings {
        let units: [&[f64]; 12] = [
            &[1.0, 1.0, 1.0],
            &[2.0, 2.0, 3.0, 2.0],
            &[3.0, 3.0, 3.0, 3.0],
            &[3.0, 3.0, 3.0, 3.0],
            &[2.0, 2.0, 2.0, 2.0],
            &[1.0, 2.0, 3.0, 4.0],
            &[4.0, 4.0, 4.0, 4.0],
            &[1.0, 1.0, 2.0, 1.0],
            &[2.0, 2.0, 2.0, 2.0],
            &[5.0, 5.0, 5.0],
            &[1.0, 1.0],
            &[3.0],
        ];
        Ratings::by_unit(units.map(|unit| unit.iter().copied())).unwrap()
    }

    #[test]
    fn gives_the_published_figures() {
        // To more digits: krippendorff.alpha(data, level_of_measurement=level)
        for (level, alpha) in [
            (Level::Nominal, 0.743_421_052_631_579),
            (Level::Ordinal, 0.815_387_503_754_881_4),
            (Level::Interval, 0.849_107_142_857_142_8),
            (Level::Ratio, 0.797_402_774_711_612_1),
        ] {
            check_close(krippendorff_alpha(&four_observers(), level).unwrap(), alpha, 1e-12);
        }
    }

    #[test]
    fn what_has_no_alpha_says_why() {
        let alpha = |units: &[&[f64]], level| {
            krippendorff_alpha(&Ratings::by_unit(units.iter().map(|unit| unit.iter().copied())).unwrap(), level)
        };
        // A lone rating is not paired, so that it is no variation either.
        assert_eq!(alpha(&[&[1.0, 1.0], &[2.0]], Level::Ordinal), Err(Undefined::NoVariation));
        assert!(matches!(alpha(&[&[1.0], &[2.0]], Level::Nominal), Err(Undefined::TooFew { .. })));
        assert_eq!(alpha(&[&[1.0, -2.0]], Level::Ratio), Err(Undefined::BelowZero));
        // Less than chance: each unit is split.
        check_close(alpha(&[&[0.0, 1.0], &[0.0, 1.0]], Level::Nominal).unwrap(), -0.5, 1e-12);
    }

    #[test]
    fn the_interval_is_that_of_drawn_units() {
        // 4,000 times in Python: krippendorff.alpha(data[:, rng.integers(0, 12, 12)]), quantiles 0.025 and 0.975.
        let nominal = |ratings: &Ratings| krippendorff_alpha(ratings, Level::Nominal);
        let estimate = four_observers().with_interval(nominal, &Bootstrap::default()).unwrap();
        check_close(estimate.value, 0.743_421_052_631_579, 1e-12);
        check_close(estimate.interval.low, 0.41, 0.03);
        check_close(estimate.interval.high, 1.0, 0.01);
        assert_eq!(four_observers().with_interval(nominal, &Bootstrap::default()), Ok(estimate));
    }
}
