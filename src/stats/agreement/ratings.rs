//! Ratings by unit, as the measures of agreement read them.

use crate::stats::bootstrap::{Bootstrap, Draws};
use crate::stats::estimate::{Estimate, Undefined, finite};
use std::sync::Arc;

/// The ratings each unit got, from any number of raters. A missing rating is not there at all, so that units may have
/// different numbers of ratings, and it does not matter who gave which.
#[derive(Clone, Debug, PartialEq)]
pub struct Ratings {
    /// The different values of all ratings, ascending.
    scale: Arc<[f64]>,
    /// Every rating as a place in `scale`, unit after unit.
    codes: Vec<u32>,
    /// Where each unit begins in `codes`, and where the last one ends.
    starts: Vec<usize>,
}

impl Ratings {
    /// Ratings given unit by unit. Names are numbers here: any will do for a nominal scale.
    ///
    /// # Errors
    /// `NotFinite`.
    pub fn by_unit<U: IntoIterator<Item = f64>>(units: impl IntoIterator<Item = U>) -> Result<Self, Undefined> {
        let (mut values, mut starts) = (Vec::new(), vec![0]);
        for unit in units {
            // Adding 0 makes −0 the 0 it equals.
            values.extend(unit.into_iter().map(|value| value + 0.0));
            starts.push(values.len());
        }
        finite(values.iter().copied())?;
        let mut scale = values.clone();
        scale.sort_unstable_by(f64::total_cmp);
        scale.dedup();
        let code = |value: &f64| scale.partition_point(|step| step < value) as u32;
        Ok(Self { codes: values.iter().map(code).collect(), scale: scale.into(), starts })
    }

    /// Ratings in any order, each with the number of its unit.
    ///
    /// # Errors
    /// `NotFinite`.
    pub fn long(rows: &[(u32, f64)]) -> Result<Self, Undefined> {
        let mut sorted = rows.to_vec();
        sorted.sort_by_key(|&(unit, _)| unit);
        Self::by_unit(sorted.chunk_by(|a, b| a.0 == b.0).map(|unit| unit.iter().map(|&(_, value)| value)))
    }

    /// The different values of all ratings, ascending.
    pub fn scale(&self) -> &[f64] {
        &self.scale
    }

    /// How many units there are, with and without ratings.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Whether there is no unit.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The ratings of each unit, as places in the scale.
    pub(super) fn units(&self) -> impl Iterator<Item = &[u32]> + Clone {
        self.starts.windows(2).map(|ends| &self.codes[ends[0]..ends[1]])
    }

    /// The units with at least two ratings: those that can agree or not.
    pub(super) fn pairable(&self) -> impl Iterator<Item = &[u32]> + Clone {
        self.units().filter(|unit| unit.len() > 1)
    }

    /// `measure` with a percentile bootstrap interval in which units are drawn, each with all its ratings (Zapf et al.,
    /// BMC Medical Research Methodology 16:93, 2016, who find that it covers what it should for Fleiss' kappa and
    /// Krippendorff's alpha). The interval tells how agreement on other units of this kind may be, with these raters.
    ///
    /// # Errors
    /// Those of `measure`, `TooFew` for less than 2 units, `Unstable`.
    pub fn with_interval(
        &self,
        measure: impl Fn(&Self) -> Result<f64, Undefined> + Sync,
        bootstrap: &Bootstrap,
    ) -> Result<Estimate, Undefined> {
        bootstrap.percentile(measure(self)?, self.len(), |draws| measure(&self.drawn(draws)).ok())
    }

    fn drawn(&self, draws: Draws) -> Self {
        let mut codes = Vec::with_capacity(self.codes.len());
        let mut starts = Vec::with_capacity(self.starts.len());
        starts.push(0);
        for unit in draws {
            codes.extend_from_slice(&self.codes[self.starts[unit]..self.starts[unit + 1]]);
            starts.push(codes.len());
        }
        Self { scale: Arc::clone(&self.scale), codes, starts }
    }
}

/// Counts how often each place of a scale occurs, and forgets in the time it took.
pub(super) struct Tally {
    counts: Vec<u32>,
}

impl Tally {
    pub(super) fn new(scale: &[f64]) -> Self {
        Self { counts: vec![0; scale.len()] }
    }

    /// Calls `each` with every place that occurs in `codes`, and how often.
    pub(super) fn each(&mut self, codes: &[u32], mut each: impl FnMut(usize, f64)) {
        codes.iter().for_each(|&code| self.counts[code as usize] += 1);
        for &code in codes {
            let count = std::mem::take(&mut self.counts[code as usize]);
            if count > 0 {
                each(code as usize, f64::from(count));
            }
        }
    }

    /// The sum of the squared counts of `codes`.
    pub(super) fn squares(&mut self, codes: &[u32]) -> f64 {
        let mut squares = 0.0;
        self.each(codes, |_, count| squares += count * count);
        squares
    }
}

#[cfg(test)]
mod tests {
    use super::Ratings;
    use crate::stats::Undefined;

    #[test]
    fn rows_in_any_order_are_the_same_ratings() {
        let by_unit = Ratings::by_unit([vec![3.0, 1.0], vec![], vec![2.0]]).unwrap();
        assert_eq!((by_unit.len(), by_unit.scale()), (3, &[1.0, 2.0, 3.0][..]));
        let long = Ratings::long(&[(9, 2.0), (4, 3.0), (4, 1.0)]).unwrap();
        assert_eq!(long, Ratings::by_unit([vec![3.0, 1.0], vec![2.0]]).unwrap());
        assert_eq!(Ratings::by_unit([[f64::NAN]]), Err(Undefined::NotFinite));
    }
}
