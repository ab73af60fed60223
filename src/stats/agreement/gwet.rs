//! Gwet's AC1 and AC2.

use super::disagreement::Disagreement;
use super::ratings::Ratings;
use crate::stats::estimate::{Undefined, at_least, computed};

/// Gwet's AC1 for categories without an order ([`Disagreement::Plain`]), and AC2 with linear or quadratic weights
/// (Gwet, British Journal of Mathematical and Statistical Psychology 61, 2008; with weights and missing ratings:
/// Handbook of Inter-Rater Reliability, 2014, chapters 2 to 5): 1 is full agreement and 0 what chance gives. It stays
/// high where nearly all ratings are the same, which makes kappa collapse.
///
/// `scale` holds the values that could have been given, ascending and distinct, because how many there are decides what
/// chance gives. Agreement is over units with at least two ratings, frequencies are over all.
///
/// # Errors
/// `TooFew` where no unit has two ratings or the scale has no two values, `OffScale`.
pub fn gwet_ac(ratings: &Ratings, scale: &[f64], disagreement: Disagreement) -> Result<f64, Undefined> {
    at_least(2, "values on the scale", scale.len())?;
    let place = |value: &f64| scale.iter().position(|step| step == value).ok_or(Undefined::OffScale);
    let places: Vec<usize> = ratings.scale().iter().map(place).collect::<Result<_, _>>()?;
    // Per unit only its own values are gone through, so a unit takes the time of its ratings.
    let (mut rated, mut units, mut observed) = (0.0, 0_usize, 0.0);
    let mut frequencies = vec![0.0; scale.len()];
    let (mut values, mut counts) = (Vec::new(), Vec::new());
    let mut sorted = Vec::new();
    for unit in ratings.units().filter(|unit| !unit.is_empty()) {
        let n = unit.len() as f64;
        rated += 1.0;
        unit.iter().for_each(|&code| frequencies[places[code as usize]] += 1.0 / n);
        if unit.len() > 1 {
            sorted.clear();
            sorted.extend_from_slice(unit);
            sorted.sort_unstable();
            values.clear();
            counts.clear();
            for equal in sorted.chunk_by(|a, b| a == b) {
                values.push(ratings.scale()[equal[0] as usize]);
                counts.push(equal.len() as f64);
            }
            units += 1;
            observed += disagreement.within(&values, &counts) / (n * (n - 1.0));
        }
    }
    at_least(1, "units with two ratings", units)?;
    let largest = disagreement.of(scale[0], scale[scale.len() - 1]);
    let agreed = 1.0 - observed / units as f64 / largest;
    let q = scale.len() as f64;
    let weights = q * q - disagreement.within(scale, &vec![1.0; scale.len()]) / largest;
    let spread: f64 = frequencies.iter().map(|sum| sum / rated).map(|share| share * (1.0 - share)).sum();
    let chance = weights / (q * (q - 1.0)) * spread;
    computed((agreed - chance) / (1.0 - chance))
}

#[cfg(test)]
mod tests {
    use super::{Disagreement, gwet_ac};
    use crate::stats::agreement::Ratings;
    use crate::stats::agreement::krippendorff::tests::four_observers;
    use crate::stats::{Undefined, check_close};

    const SCALE: [f64; 5] = [1.0, 2.0, 3.0, 4.0, 5.0];

    #[test]
    fn agrees_with_the_published_figure_and_the_definition() {
        // Gwet 2014 gives 0.77544 for AC1 of these. To more digits, from the definition in NumPy:
        // w = 1 - abs(x[:, None] - x) ** e / 4 ** e (e = 1, 2), or np.eye(5); r = table of counts, units by values
        // pa = mean of (r * (r @ w - 1)).sum(1) / (r.sum(1) * (r.sum(1) - 1)) over units with 2 ratings
        // p = (r / r.sum(1)[:, None]).mean(0); pe = w.sum() / 20 * (p * (1 - p)).sum()
        for (disagreement, ac) in [
            (Disagreement::Plain, 0.775_444_068_126_995),
            (Disagreement::Linear, 0.858_739_136_432_611_6),
            (Disagreement::Quadratic, 0.914_000_723_551_604_6),
        ] {
            check_close(gwet_ac(&four_observers(), &SCALE, disagreement).unwrap(), ac, 1e-12);
        }
    }

    #[test]
    fn stays_defined_where_kappa_does_not() {
        let same = Ratings::by_unit([[1.0, 1.0], [1.0, 1.0]]).unwrap();
        assert_eq!(gwet_ac(&same, &[0.0, 1.0], Disagreement::Plain), Ok(1.0));
        assert_eq!(gwet_ac(&same, &[0.0, 2.0], Disagreement::Plain), Err(Undefined::OffScale));
        assert!(matches!(gwet_ac(&same, &[1.0], Disagreement::Plain), Err(Undefined::TooFew { .. })));
    }
}
