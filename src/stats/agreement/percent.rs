//! Percent agreement.

use super::ratings::{Ratings, Tally};
use crate::stats::estimate::{Undefined, at_least};

/// The share of pairs of ratings of one unit that are the same, as a mean over the units with at least two ratings;
/// within 0..=1. With two raters it is the share of units they agree on. What chance alone would give is not taken off.
/// It is P̄ of Fleiss, Psychological Bulletin 76, 1971.
///
/// # Errors
/// `TooFew` where no unit has two ratings.
pub fn percent_agreement(ratings: &Ratings) -> Result<f64, Undefined> {
    let mut tally = Tally::new(ratings.scale());
    let (mut units, mut sum) = (0_usize, 0.0);
    for unit in ratings.pairable() {
        let n = unit.len() as f64;
        units += 1;
        sum += (tally.squares(unit) - n) / (n * (n - 1.0));
    }
    at_least(1, "units with two ratings", units)?;
    Ok(sum / units as f64)
}

#[cfg(test)]
mod tests {
    use super::percent_agreement;
    use crate::stats::Undefined;
    use crate::stats::agreement::Ratings;

    #[test]
    fn counts_pairs_within_units() {
        // Pairs that agree: 1 of 1, 0 of 1, 2 of 6; a single rating can neither agree nor disagree.
        let ratings = Ratings::by_unit([vec![1.0, 1.0], vec![1.0, 2.0], vec![1.0, 1.0, 2.0, 2.0], vec![5.0]]).unwrap();
        assert_eq!(percent_agreement(&ratings), Ok((1.0 + 2.0 / 6.0) / 3.0));
        let single = Ratings::by_unit([[1.0], [1.0]]).unwrap();
        assert_eq!(
            percent_agreement(&single),
            Err(Undefined::TooFew { of: "units with two ratings", needed: 1, found: 0 })
        );
    }
}
