//! Tests on which of two is ahead, where they differ.

use super::distribution::{heads_at_most, normal_beyond};
use super::estimate::{Undefined, at_least};

/// Two-sided p of the sign test: how likely it is that `more` against `fewer`, or a split farther from even, comes of
/// throws of a fair coin (Conover, Practical Nonparametric Statistics, 1999, section 3.4). Ties are left out before.
///
/// # Errors
/// `TooFew` where both are 0.
pub fn sign_test(more: u64, fewer: u64) -> Result<f64, Undefined> {
    at_least(1, "pairs that differ", usize::from(more > 0 || fewer > 0))?;
    if more.abs_diff(fewer) <= 1 {
        // No split is nearer to even: exactly 1, and not what rounding makes of it.
        return Ok(1.0);
    }
    Ok((2.0 * heads_at_most(more.min(fewer), more + fewer)).min(1.0))
}

/// McNemar's test on paired yes and no.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct McNemar {
    /// Two-sided p of the exact binomial test. This one is to be reported; for few pairs it is the only right one.
    pub exact_p: f64,
    /// Chi-square with 1 degree of freedom and continuity correction.
    pub chi_square: f64,
    /// Its p.
    pub chi_square_p: f64,
}

/// Tests whether two have the same pass rate on the same units, from the counts of units that only the first and only
/// the second passed (McNemar, Psychometrika 12, 1947; the correction is Edwards', Psychometrika 13, 1948).
///
/// # Errors
/// `TooFew` where both are 0.
pub fn mcnemar(only_first: u64, only_second: u64) -> Result<McNemar, Undefined> {
    let exact_p = sign_test(only_first, only_second)?;
    let apart = only_first.abs_diff(only_second).saturating_sub(1) as f64;
    let chi_square = apart * apart / (only_first + only_second) as f64;
    Ok(McNemar { exact_p, chi_square, chi_square_p: normal_beyond(chi_square.sqrt()) })
}

#[cfg(test)]
mod tests {
    use super::{mcnemar, sign_test};
    use crate::stats::check_close;

    #[test]
    fn agrees_with_statsmodels() {
        // statsmodels.stats.contingency_tables.mcnemar([[0, b], [c, 0]], exact=True; exact=False, correction=True)
        // 150 and 86 are Agresti's approval ratings (Categorical Data Analysis, 2002, table 10.1).
        for (b, c, exact_p, chi_square, chi_square_p) in [
            (150, 86, 3.715_936_139_571_386_6e-5, 16.817_796_610_169_49, 4.114_562_281_345_944e-5),
            (5, 1, 0.218_75, 1.5, 0.220_671_361_919_843_24),
            (40, 10, 2.386_133_167_675_552_6e-5, 16.82, 4.109_787_809_945_878e-5),
            (1, 0, 1.0, 0.0, 1.0),
        ] {
            let test = mcnemar(b, c).unwrap();
            check_close(test.exact_p, exact_p, 1e-12);
            check_close(test.chi_square, chi_square, 1e-12);
            check_close(test.chi_square_p, chi_square_p, 1e-12);
        }
    }

    #[test]
    fn an_even_split_is_no_evidence_and_none_is_no_test() {
        assert_eq!(sign_test(12, 12), Ok(1.0));
        assert_eq!(mcnemar(12, 12).unwrap().chi_square, 0.0);
        assert!(sign_test(0, 0).is_err());
        assert!(mcnemar(0, 0).is_err());
    }
}
