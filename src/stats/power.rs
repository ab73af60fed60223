//! How many units decide.

use super::distribution::{Z95, normal_quantile};

/// How often a study of the size asked for is to succeed.
const POWER: f64 = 0.8;

/// How many paired differences it takes in all for the 95 % interval to exclude 0 with a chance of 80 %, if the true
/// mean difference is `difference` and their standard deviation `sd`: (z₀.₉₇₅ + z₀.₈)²·sd² / difference² + z₀.₉₇₅² / 2,
/// rounded up (Guenther, The American Statistician 35, 1981, on the paired t test).
///
/// What was seen in a small sample is a guess at the truth, and so is this. `None` where `difference` is 0, a value is
/// not finite or `sd` is below 0, and for more than 10¹⁵.
pub fn pairs_needed(difference: f64, sd: f64) -> Option<u64> {
    let z = Z95 + normal_quantile(POWER);
    let needed = ((z * sd / difference).powi(2) + Z95 * Z95 / 2.0).ceil();
    (needed <= 1e15 && sd >= 0.0 && difference.is_finite()).then_some(needed as u64)
}

#[cfg(test)]
mod tests {
    use super::pairs_needed;

    #[test]
    fn agrees_with_exact_power() {
        // statsmodels.stats.power.TTestPower().solve_power(d, power=.8, alpha=.05), rounded up. The table of Cohen 1988
        // and G*Power give the same.
        for (d, n) in [(0.1, 787), (0.2, 199), (0.5, 34), (0.8, 15), (1.5, 6)] {
            assert_eq!(pairs_needed(d, 1.0), Some(n));
            assert_eq!(pairs_needed(-3.0 * d, 3.0), Some(n));
        }
    }

    #[test]
    fn nothing_decides_what_does_not_differ() {
        for (difference, sd) in
            [(0.0, 1.0), (0.0, 0.0), (1e-9, 1.0), (f64::NAN, 1.0), (0.1, f64::INFINITY), (0.1, -1.0)]
        {
            assert_eq!(pairs_needed(difference, sd), None, "{difference} {sd}");
        }
    }
}
