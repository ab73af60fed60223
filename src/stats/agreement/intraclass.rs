//! Intraclass correlation.

use crate::stats::distribution::f_quantile;
use crate::stats::estimate::{Estimate, Interval, Undefined, at_least, finite, varied};

/// Where the raters come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RaterModel {
    /// Every unit has raters of its own, drawn at random: ICC(1,·).
    OneWay,
    /// The same raters rate all units and are drawn from many, and how severe they are counts: ICC(2,·).
    TwoWayRandom,
    /// The same raters rate all units and are all there are; how severe they are does not count: ICC(3,·).
    TwoWayMixed,
}

/// An intraclass correlation; at most 1, and it can be below 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Intraclass {
    /// Of a single rating: ICC(·,1).
    pub single: Estimate,
    /// Of the mean of all raters: ICC(·,k). `None` where it or its interval is not bounded below, because raters
    /// disagree within units far more than units differ.
    pub average: Option<Estimate>,
}

/// The six intraclass correlations of Shrout & Fleiss, Psychological Bulletin 86, 1979, with the intervals given there
/// (page 424). `ratings` holds unit after unit, each with the ratings of all `raters` in the same order.
///
/// # Errors
/// `TooFew` for less than 2 raters or units, `Uneven` where the last unit is not complete, `NotFinite`, `NoVariation`
/// where all ratings are the same, or each rater gave one rating throughout.
pub fn intraclass(ratings: &[f64], raters: usize, model: RaterModel) -> Result<Intraclass, Undefined> {
    at_least(2, "raters", raters)?;
    if !ratings.len().is_multiple_of(raters) {
        return Err(Undefined::Uneven);
    }
    at_least(2, "units", ratings.len() / raters)?;
    finite(ratings.iter().copied())?;
    varied(ratings)?;
    let squares = MeanSquares::of(ratings, raters);
    let (n, k) = ((ratings.len() / raters) as f64, raters as f64);
    let single = match model {
        RaterModel::OneWay => one_rater(squares.between, squares.within, n - 1.0, n * (k - 1.0), k),
        RaterModel::TwoWayMixed => one_rater(squares.between, squares.error, n - 1.0, (n - 1.0) * (k - 1.0), k),
        RaterModel::TwoWayRandom => squares.two_way_random(n, k),
    }
    .ok_or(Undefined::NoVariation)?;
    Ok(Intraclass { single, average: of_mean(single, k) })
}

/// Spearman and Brown's formula, which takes each form for one rater to that for the mean of `k`. It has a pole, which
/// ICC(2,1) can lie beyond.
fn of_mean(single: Estimate, k: f64) -> Option<Estimate> {
    let average = |icc: f64| {
        let of_mean = k * icc / (1.0 + (k - 1.0) * icc);
        (1.0 + (k - 1.0) * icc > 0.0).then_some(of_mean)
    };
    defined(average(single.value)?, average(single.interval.low)?, average(single.interval.high)?)
}

/// The analysis of variance of a table of units and raters.
struct MeanSquares {
    between: f64,
    within: f64,
    raters: f64,
    error: f64,
}

impl MeanSquares {
    fn of(ratings: &[f64], raters: usize) -> Self {
        let (n, k) = ((ratings.len() / raters) as f64, raters as f64);
        let mean = ratings.iter().sum::<f64>() / ratings.len() as f64;
        let mut of_raters = vec![0.0; raters];
        let (mut between, mut within) = (0.0, 0.0);
        let units = || ratings.chunks_exact(raters);
        for unit in units() {
            let of_unit = unit.iter().sum::<f64>() / k;
            between += k * (of_unit - mean).powi(2);
            within += unit.iter().map(|rating| (rating - of_unit).powi(2)).sum::<f64>();
            of_raters.iter_mut().zip(unit).for_each(|(sum, rating)| *sum += (rating - mean) / n);
        }
        // The rest of what is within units, summed up by itself, so that nothing cancels.
        let mut error = 0.0;
        for unit in units() {
            let of_unit = unit.iter().sum::<f64>() / k;
            error += unit.iter().zip(&of_raters).map(|(rating, rater)| (rating - of_unit - rater).powi(2)).sum::<f64>();
        }
        Self {
            between: between / (n - 1.0),
            within: within / (n * (k - 1.0)),
            raters: n * of_raters.iter().map(|mean| mean * mean).sum::<f64>() / (k - 1.0),
            error: error / ((n - 1.0) * (k - 1.0)),
        }
    }

    /// ICC(2,1), its interval with Satterthwaite's degrees of freedom.
    fn two_way_random(&self, n: f64, k: f64) -> Option<Estimate> {
        let Self { between, raters, error, .. } = *self;
        let value = (between - error) / (between + (k - 1.0) * error + k * (raters - error) / n);
        let free = (n - 1.0) * (k - 1.0);
        // The two parts of the variance beside that of units, multiplied by MSE where the paper has F = MSJ / MSE.
        let (of_raters, of_error) = (k * value * raters, (n * (1.0 + (k - 1.0) * value) - k * value) * error);
        let df = free * (of_raters + of_error).powi(2) / ((n - 1.0) * of_raters.powi(2) + of_error.powi(2));
        let df = if df.is_finite() && df > 0.0 { df } else { free };
        let (f_low, f_high) = (f_quantile(0.975, n - 1.0, df), f_quantile(0.975, df, n - 1.0));
        let others = k * raters + (k * n - k - n) * error;
        let low = n * (between - f_low * error) / (f_low * others + n * between);
        let high = n * (f_high * between - error) / (others + n * f_high * between);
        defined(value, low, high)
    }
}

/// ICC(1,1) and ICC(3,1), which differ in what the units are compared with.
fn one_rater(between: f64, rest: f64, df: f64, df_rest: f64, k: f64) -> Option<Estimate> {
    let icc = |between: f64, rest: f64| (between - rest) / (between + (k - 1.0) * rest);
    let low = icc(between, rest * f_quantile(0.975, df, df_rest));
    let high = icc(between * f_quantile(0.975, df_rest, df), rest);
    defined(icc(between, rest), low, high)
}

/// `None` where a figure is not finite. Rounding can lead past 1, and exchange ends that are equal.
fn defined(value: f64, low: f64, high: f64) -> Option<Estimate> {
    let all = value.is_finite() && low.is_finite() && high.is_finite();
    let interval = Interval { low: low.min(high).min(1.0), high: high.max(low).min(1.0) };
    all.then_some(Estimate { value: value.min(1.0), interval })
}

#[cfg(test)]
mod tests {
    use super::{RaterModel, intraclass};
    use crate::stats::{Undefined, check_close};

    /// Shrout & Fleiss 1979, table 2: four judges on six targets.
    const JUDGES: [f64; 24] = [
        9.0, 2.0, 5.0, 8.0, //
        6.0, 1.0, 3.0, 2.0, //
        8.0, 4.0, 6.0, 8.0, //
        7.0, 1.0, 2.0, 6.0, //
        10.0, 5.0, 6.0, 9.0, //
        6.0, 2.0, 4.0, 7.0,
    ];

    #[test]
    fn gives_the_published_table() {
        // Shrout & Fleiss 1979, table 4: .17 .29 .71 .44 .62 .91. To more digits, and the intervals, by their formulas
        // with scipy.stats.f.ppf; pingouin.intraclass_corr gives the same to its two digits.
        for (model, single, average) in [
            (
                RaterModel::OneWay,
                [0.165_741_768_405_475_44, -0.132_932_324_874_750_98, 0.722_560_062_328_121],
                [0.442_797_133_679_268_65, -0.884_442_155_238_120_1, 0.912_415_420_340_775_5],
            ),
            (
                RaterModel::TwoWayRandom,
                [0.289_763_779_527_559_1, 0.018_786_513_374_712, 0.761_084_369_648_952_9],
                [0.620_050_547_598_989_1, 0.071_136_815_302_503_32, 0.927_232_040_167_721_9],
            ),
            (
                RaterModel::TwoWayMixed,
                [0.714_840_714_840_714_9, 0.342_464_765_033_925_3, 0.945_858_259_955_359_5],
                [0.909_315_542_377_069_5, 0.675_674_713_816_304_6, 0.985_891_678_169_062_3],
            ),
        ] {
            let icc = intraclass(&JUDGES, 4, model).unwrap();
            for (estimate, expected) in [(icc.single, single), (icc.average.unwrap(), average)] {
                let found = [estimate.value, estimate.interval.low, estimate.interval.high];
                found.into_iter().zip(expected).for_each(|(found, expected)| check_close(found, expected, 1e-9));
            }
        }
    }

    #[test]
    fn raters_who_differ_only_in_severity_agree_as_far_as_the_model_says() {
        let ratings = [1.0, 3.0, 2.0, 4.0, 5.0, 7.0];
        check_close(intraclass(&ratings, 2, RaterModel::TwoWayMixed).unwrap().single.value, 1.0, 1e-12);
        assert!(intraclass(&ratings, 2, RaterModel::TwoWayRandom).unwrap().single.value < 0.8);
    }

    #[test]
    fn what_has_no_correlation_says_why() {
        for model in [RaterModel::OneWay, RaterModel::TwoWayRandom, RaterModel::TwoWayMixed] {
            assert_eq!(intraclass(&[0.1; 6], 2, model), Err(Undefined::NoVariation));
            assert_eq!(intraclass(&[1.0; 5], 2, model), Err(Undefined::Uneven));
            assert!(matches!(intraclass(&[1.0, 2.0], 2, model), Err(Undefined::TooFew { .. })));
            assert!(matches!(intraclass(&[1.0, 2.0], 1, model), Err(Undefined::TooFew { .. })));
        }
        // Each rater has one answer for everything: nothing is told of the units.
        assert_eq!(intraclass(&[1.0, 2.0, 1.0, 2.0], 2, RaterModel::TwoWayMixed), Err(Undefined::NoVariation));
    }
}
