//! Pearson's and Spearman's correlation.

use crate::stats::distribution::{Z95, student_beyond};
use crate::stats::estimate::{Interval, Undefined, at_least, finite, varied};
use crate::stats::ranks::midranks;

/// A correlation, within −1..=1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Correlation {
    /// How strongly the two go together.
    pub value: f64,
    /// Its 95 % interval; `None` for less than 4 pairs for Pearson's and Spearman's, 5 for Kendall's.
    pub interval: Option<Interval>,
    /// Two-sided p of there being none; `None` for 2 pairs, which always lie on a line.
    pub p: Option<f64>,
}

/// Pearson's correlation of pairs, with Fisher's interval (Fisher, Metron 1, 1921: the inverse hyperbolic tangent of r
/// has the standard error 1 / √(n − 3)) and the p of Student's t with n − 2 degrees of freedom. Where one of the two is
/// yes or no, 1 or 0, it is the point-biserial correlation.
///
/// # Errors
/// `TooFew` for less than 2 pairs, `NotFinite`, `NoVariation` where one of the two is always the same.
pub fn pearson(pairs: &[(f64, f64)]) -> Result<Correlation, Undefined> {
    let (first, second): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    let r = product_moment(&first, &second)?;
    Ok(with_certainty(r, pairs.len(), 1.0))
}

/// Spearman's rank correlation of pairs, where ties share their mean rank; with p by Student's t as for Pearson's, and
/// the interval of Bonett & Wright (Psychometrika 65, 2000): that of Fisher with a variance larger by 1 +
/// ρ²/2. Time n·log n.
///
/// # Errors
/// As [`pearson`].
pub fn spearman(pairs: &[(f64, f64)]) -> Result<Correlation, Undefined> {
    let (first, second): (Vec<f64>, Vec<f64>) = pairs.iter().copied().unzip();
    finite(first.iter().chain(&second).copied())?;
    let rho = product_moment(&midranks(&first), &midranks(&second))?;
    Ok(with_certainty(rho, pairs.len(), 1.0 + rho * rho / 2.0))
}

fn with_certainty(r: f64, n: usize, inflation: f64) -> Correlation {
    let df = n as f64 - 2.0;
    let interval = (n > 3).then(|| fisher(r, inflation / (n as f64 - 3.0)));
    let p = (n > 2).then(|| student_beyond(r * (df / (1.0 - r * r)).sqrt(), df));
    Correlation { value: r, interval, p }
}

/// The interval of a correlation whose inverse hyperbolic tangent has this variance. For ±1 it is that one point.
pub(super) fn fisher(r: f64, variance: f64) -> Interval {
    let half = Z95 * variance.sqrt();
    Interval { low: (r.atanh() - half).tanh(), high: (r.atanh() + half).tanh() }
}

/// Pearson's r of two columns of one length.
pub(super) fn product_moment(first: &[f64], second: &[f64]) -> Result<f64, Undefined> {
    at_least(2, "pairs", first.len())?;
    finite(first.iter().chain(second).copied())?;
    varied(first)?;
    varied(second)?;
    let n = first.len() as f64;
    let (mean_first, mean_second) = (first.iter().sum::<f64>() / n, second.iter().sum::<f64>() / n);
    let (mut both, mut squares_first, mut squares_second) = (0.0, 0.0, 0.0);
    for (a, b) in first.iter().zip(second) {
        let (a, b) = (a - mean_first, b - mean_second);
        both += a * b;
        squares_first += a * a;
        squares_second += b * b;
    }
    let r = both / (squares_first.sqrt() * squares_second.sqrt());
    // Rounding can lead past 1, or just not quite there.
    let r = if (r.abs() - 1.0).abs() < 1e-15 { r.signum() } else { r };
    if r.is_finite() { Ok(r.clamp(-1.0, 1.0)) } else { Err(Undefined::NoVariation) }
}

#[cfg(test)]
pub(super) mod tests {
    use super::{Correlation, pearson, spearman};
    use crate::stats::{Undefined, check_close};

    /// Ten pairs with ties in both.
    pub(in crate::stats::items) fn tied() -> Vec<(f64, f64)> {
        let first = [12.0, 2.0, 1.0, 12.0, 2.0, 7.0, 5.0, 9.0, 4.0, 4.0];
        let second = [1.0, 4.0, 7.0, 1.0, 0.0, 3.5, 6.0, 2.0, 4.0, 8.0];
        first.into_iter().zip(second).collect()
    }

    #[track_caller]
    pub(in crate::stats::items) fn check(found: &Correlation, value: f64, p: f64, low: f64, high: f64) {
        check_close(found.value, value, 1e-12);
        check_close(found.p.unwrap(), p, 1e-12);
        let interval = found.interval.unwrap();
        check_close(interval.low, low, 1e-12);
        check_close(interval.high, high, 1e-12);
    }

    #[test]
    fn agrees_with_scipy() {
        // r = scipy.stats.pearsonr(x, y); r.confidence_interval()
        check(
            &pearson(&tied()).unwrap(),
            -0.528_777_685_194_64,
            0.116_073_197_436_18,
            -0.869_064_357_474_58,
            0.151_181_987_805_36,
        );
        // r = scipy.stats.spearmanr(x, y); np.tanh(np.arctanh(r) ± 1.959963984540054 * np.sqrt((1 + r**2 / 2) / 7))
        check(
            &spearman(&tied()).unwrap(),
            -0.467_694_521_636_11,
            0.172_864_432_794_79,
            -0.858_436_508_073_75,
            0.266_544_824_307_47,
        );
    }

    #[test]
    fn a_line_is_certain_and_a_constant_is_nothing() {
        let line: Vec<(f64, f64)> = (0..9).map(|x| (f64::from(x), 0.3 - 0.1 * f64::from(x))).collect();
        let found = pearson(&line).unwrap();
        assert_eq!((found.value, found.p), (-1.0, Some(0.0)));
        let cubes: Vec<(f64, f64)> = (0..9).map(|x| (f64::from(x), f64::from(x * x * x))).collect();
        assert_eq!(spearman(&cubes).unwrap().value, 1.0);
        assert_eq!(pearson(&[(1.0, 2.0), (1.0, 3.0)]), Err(Undefined::NoVariation));
        assert_eq!(spearman(&[(1.0, 2.0), (f64::NAN, 3.0)]), Err(Undefined::NotFinite));
        assert!(matches!(pearson(&[(1.0, 2.0)]), Err(Undefined::TooFew { .. })));
        assert_eq!(pearson(&[(1.0, 2.0), (2.0, 3.0)]).unwrap(), Correlation { value: 1.0, interval: None, p: None });
    }
}
