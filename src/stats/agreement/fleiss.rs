//! Fleiss' kappa.

use super::percent::percent_agreement;
use super::ratings::Ratings;
use crate::stats::estimate::{Undefined, at_least};

/// Fleiss' kappa for unordered categories and the same number of ratings on every unit, by whomever (Fleiss,
/// Psychological Bulletin 76, 1971): 1 is full agreement, 0 what chance gives, and it can be below 0.
///
/// # Errors
/// `TooFew` for less than 2 ratings on each unit, `Uneven`, `NoVariation` where all ratings are the same.
pub fn fleiss_kappa(ratings: &Ratings) -> Result<f64, Undefined> {
    let each = ratings.units().next().map_or(0, <[u32]>::len);
    if ratings.units().any(|unit| unit.len() != each) {
        return Err(Undefined::Uneven);
    }
    at_least(2, "ratings on each unit", each)?;
    let mut counts = vec![0_u64; ratings.scale().len()];
    ratings.units().flatten().for_each(|&code| counts[code as usize] += 1);
    let total = (ratings.len() * each) as f64;
    let chance: f64 = counts.iter().map(|&count| (count as f64 / total).powi(2)).sum();
    if counts.iter().filter(|&&count| count > 0).count() < 2 {
        return Err(Undefined::NoVariation);
    }
    Ok((percent_agreement(ratings)? - chance) / (1.0 - chance))
}

#[cfg(test)]
mod tests {
    use super::fleiss_kappa;
    use crate::stats::agreement::Ratings;
    use crate::stats::{Undefined, check_close};

    #[test]
    fn agrees_with_statsmodels() {
        // statsmodels.stats.inter_rater.fleiss_kappa(counts), 14 raters on 10 units
        let counts = [
            [0, 0, 0, 0, 14],
            [0, 2, 6, 4, 2],
            [0, 0, 3, 5, 6],
            [0, 3, 9, 2, 0],
            [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0],
            [3, 2, 6, 3, 0],
            [2, 5, 3, 2, 2],
            [6, 5, 2, 1, 0],
            [0, 2, 2, 3, 7],
        ];
        let unit = |counts: [usize; 5]| {
            counts.into_iter().enumerate().flat_map(|(value, count)| std::iter::repeat_n(value as f64, count))
        };
        let ratings = Ratings::by_unit(counts.map(unit)).unwrap();
        check_close(fleiss_kappa(&ratings).unwrap(), 0.209_930_704_421_955_22, 1e-12);
    }

    #[test]
    fn what_has_no_kappa_says_why() {
        let kappa =
            |units: &[&[f64]]| fleiss_kappa(&Ratings::by_unit(units.iter().map(|unit| unit.iter().copied())).unwrap());
        assert_eq!(kappa(&[&[1.0, 2.0], &[1.0]]), Err(Undefined::Uneven));
        assert_eq!(kappa(&[&[1.0, 1.0], &[1.0, 1.0]]), Err(Undefined::NoVariation));
        assert!(matches!(kappa(&[&[1.0], &[2.0]]), Err(Undefined::TooFew { .. })));
        assert!(matches!(kappa(&[]), Err(Undefined::TooFew { .. })));
    }
}
