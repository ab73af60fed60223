//! A figure with its interval, and why there is none.

use serde::Serialize;

/// A confidence interval of 95 %.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end; at least `low`.
    pub high: f64,
}

impl Interval {
    /// Whether `value` lies within, ends included.
    pub fn contains(&self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }
}

/// A figure, with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// What was seen.
    pub value: f64,
    /// Where the figure may lie that was not seen.
    pub interval: Interval,
}

/// Why a figure does not exist. No function here answers NaN or infinity: it says one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undefined {
    /// Not enough to work with.
    #[error("this needs {of}, at least {needed}, and there {} {found}", if *found == 1 { "is" } else { "are" })]
    TooFew {
        /// What there is not enough of, in the plural.
        of: &'static str,
        /// How many it takes.
        needed: usize,
        /// How many there are.
        found: usize,
    },
    /// All values are the same, so that there is nothing to relate or to exceed chance by.
    #[error("all values are the same, and without differences this cannot be told")]
    NoVariation,
    /// A value is infinite or not a number, or the values are so large that their sums are.
    #[error("a value is not a finite number, or too large to compute with")]
    NotFinite,
    /// Units have unequal numbers of ratings, which this measure does not allow.
    #[error("not all units have the same number of ratings; Krippendorff's alpha allows that")]
    Uneven,
    /// A rating is not on the scale that was given.
    #[error("a rating is not on the scale")]
    OffScale,
    /// A ratio scale has a true zero and nothing below it.
    #[error("a ratio scale has no values below 0")]
    BelowZero,
    /// Too many resamples have no value of their own for the others to make an interval.
    #[error("the data are too few or too alike for a bootstrap interval")]
    Unstable,
}

/// `Ok` where all of `values` are finite.
pub(super) fn finite(values: impl IntoIterator<Item = f64>) -> Result<(), Undefined> {
    if values.into_iter().all(f64::is_finite) { Ok(()) } else { Err(Undefined::NotFinite) }
}

/// `Ok` where `value` is finite: sums of huge values overflow.
pub(super) fn computed(value: f64) -> Result<f64, Undefined> {
    if value.is_finite() { Ok(value) } else { Err(Undefined::NotFinite) }
}

/// `Ok` where there are at least `needed` of something.
pub(super) fn at_least(needed: usize, of: &'static str, found: usize) -> Result<(), Undefined> {
    if found >= needed { Ok(()) } else { Err(Undefined::TooFew { of, needed, found }) }
}

/// `Ok` where the finite `values` differ by more than what rounding does to equal ones.
pub(super) fn varied(values: &[f64]) -> Result<(), Undefined> {
    let (low, high) =
        values.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), &v| (low.min(v), high.max(v)));
    if high - low > 1e-14 * high.abs().max(low.abs()) { Ok(()) } else { Err(Undefined::NoVariation) }
}
