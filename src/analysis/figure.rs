//! A number that says how many it is of, or why there is none.

use crate::stats::{Estimate, Interval};
use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use std::fmt::Display;

/// A number with how many units it is of, or the reason why it is not defined. Never NaN.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// How many units it is of: its place says of what.
    pub n: usize,
    /// What it is; else the reason, as a clause that begins with a small letter and has no full stop.
    pub known: Result<Known, String>,
}

/// A number that is defined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Known {
    /// What was seen.
    pub value: f64,
    /// Its 95 % interval, where it has one.
    pub interval: Option<Interval>,
}

impl Figure {
    /// A number without an interval.
    pub fn plain(n: usize, value: f64) -> Self {
        Self { n, known: Ok(Known { value, interval: None }) }
    }

    /// A number with its interval.
    pub fn estimate(n: usize, Estimate { value, interval }: Estimate) -> Self {
        Self { n, known: Ok(Known { value, interval: Some(interval) }) }
    }

    /// No number, for this reason.
    pub fn undefined(n: usize, why: impl Display) -> Self {
        Self { n, known: Err(why.to_string()) }
    }

    /// An estimate, or why there is none.
    pub fn of<E: Display>(n: usize, result: Result<Estimate, E>) -> Self {
        match result {
            Ok(estimate) => Self::estimate(n, estimate),
            Err(why) => Self::undefined(n, why),
        }
    }

    /// A number without an interval, or why there is none.
    pub fn of_value<E: Display>(n: usize, result: Result<f64, E>) -> Self {
        match result {
            Ok(value) => Self::plain(n, value),
            Err(why) => Self::undefined(n, why),
        }
    }

    /// A share of `n` with Wilson's interval, or `why` there is none.
    pub fn share(hits: usize, n: usize, why: &str) -> Self {
        match crate::stats::wilson(hits, n) {
            Some(interval) => Self::estimate(n, Estimate { value: hits as f64 / n as f64, interval }),
            None => Self::undefined(n, why),
        }
    }

    /// The number, if there is one.
    pub fn value(&self) -> Option<f64> {
        self.known.as_ref().ok().map(|known| known.value)
    }

    /// Its 95 % interval, if it has one.
    pub fn interval(&self) -> Option<Interval> {
        self.known.as_ref().ok().and_then(|known| known.interval)
    }

    /// Why there is no number.
    pub fn reason(&self) -> Option<&str> {
        self.known.as_ref().err().map(String::as_str)
    }

    /// The same with value and interval mapped by `map`, which does not change their order.
    pub(super) fn map(mut self, map: impl Fn(f64) -> f64) -> Self {
        if let Ok(known) = &mut self.known {
            known.value = map(known.value);
            known.interval = known.interval.map(|ends| Interval { low: map(ends.low), high: map(ends.high) });
        }
        self
    }
}

impl Serialize for Figure {
    /// `{"n": 805, "value": 0.5, "low": 0.4, "high": 0.6}`, or `{"n": 0, "undefined": "…"}`.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("n", &self.n)?;
        match &self.known {
            Ok(Known { value, interval }) => {
                map.serialize_entry("value", value)?;
                if let Some(Interval { low, high }) = interval {
                    map.serialize_entry("low", low)?;
                    map.serialize_entry("high", high)?;
                }
            }
            Err(why) => map.serialize_entry("undefined", why)?,
        }
        map.end()
    }
}

/// So many responses, and the filter that shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Count {
    /// How many.
    pub n: usize,
    /// Shows them.
    pub filter: String,
}

/// How an interval was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// By drawing whole prompts again.
    Bootstrap {
        /// How many times.
        resamples: u32,
        /// Where the random numbers began.
        seed: u64,
    },
    /// From the standard error: with so many prompts that drawing them would take long, both are the same.
    Normal,
}

#[cfg(test)]
mod tests {
    use super::Figure;

    #[test]
    fn a_number_that_is_not_there_says_why() {
        let figures = [Figure::share(1, 2, ""), Figure::plain(3, 0.5), Figure::share(0, 0, "nothing was decided")];
        let json = figures.map(|figure| serde_json::to_string(&figure).unwrap());
        assert!(json[0].starts_with(r#"{"n":2,"value":0.5,"low":0.09"#), "{}", json[0]);
        assert_eq!(json[1], r#"{"n":3,"value":0.5}"#);
        assert_eq!(json[2], r#"{"n":0,"undefined":"nothing was decided"}"#);
    }
}
