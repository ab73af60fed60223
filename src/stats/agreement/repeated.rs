//! How far one rater agrees with themselves.

use super::percent::percent_agreement;
use super::ratings::Ratings;
use crate::stats::distribution::Z95;
use crate::stats::estimate::{Undefined, at_least, computed};
use std::f64::consts::SQRT_2;

/// How one rater rated the same units again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Consistency {
    /// How many units were rated more than once.
    pub units: usize,
    /// The share of repeats that are the same, within 0..=1, as a mean over units.
    pub same: f64,
    /// The standard deviation of ratings of one unit: what is noise in a single rating.
    pub within_sd: f64,
    /// Two ratings of one unit differ by less than this in 95 % of cases, if the noise is normal: 1.96·√2 deviations.
    pub repeatability: f64,
}

/// The consistency of one rater, whose ratings of the same unit are those of one unit in `repeats`; units rated once
/// are left out. The deviation is the root of the mean variance within units (Bland & Altman, BMJ 313:744, 1996),
/// weighted by repeats less 1 where units have different numbers of them.
///
/// To take chance off, pass `repeats` to [`krippendorff_alpha`](super::krippendorff_alpha).
///
/// # Errors
/// `TooFew` where no unit has two ratings.
pub fn consistency(repeats: &Ratings) -> Result<Consistency, Undefined> {
    let units = repeats.pairable().count();
    at_least(1, "units rated twice", units)?;
    let (mut squares, mut free) = (0.0, 0.0);
    for unit in repeats.pairable() {
        let n = unit.len() as f64;
        let values = || unit.iter().map(|&code| repeats.scale()[code as usize]);
        let mean = values().sum::<f64>() / n;
        squares += values().map(|value| (value - mean).powi(2)).sum::<f64>();
        free += n - 1.0;
    }
    let within_sd = (squares / free).sqrt();
    let repeatability = computed(Z95 * SQRT_2 * within_sd)?;
    Ok(Consistency { units, same: percent_agreement(repeats)?, within_sd, repeatability })
}

#[cfg(test)]
mod tests {
    use super::consistency;
    use crate::stats::agreement::Ratings;
    use crate::stats::check_close;

    #[test]
    fn noise_is_what_is_left_within_units() {
        let repeats = Ratings::by_unit([vec![4.0, 4.0], vec![3.0, 5.0], vec![2.0, 2.0, 5.0], vec![9.0]]).unwrap();
        let found = consistency(&repeats).unwrap();
        assert_eq!(found.units, 3);
        check_close(found.same, (1.0 + 0.0 + 1.0 / 3.0) / 3.0, 1e-12);
        // ((0 + 2 + 6) / (1 + 1 + 2)) ** 0.5, and scipy.stats.norm.ppf(0.975) * 2 ** 0.5 times that
        check_close(found.within_sd, std::f64::consts::SQRT_2, 1e-12);
        check_close(found.repeatability, 3.919_927_969_080_108, 1e-9);
        assert!(consistency(&Ratings::by_unit([[1.0], [2.0]]).unwrap()).is_err());
    }
}
