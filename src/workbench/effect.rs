//! What the newest edit did to the scores.

use crate::scoring::Results;
use rayon::prelude::*;
use std::sync::Arc;

/// How scores differ between two states of one dataset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// How many scores rose.
    pub raised: usize,
    /// How many scores fell.
    pub lowered: usize,
    /// How many pass now and did not.
    pub now_pass: usize,
    /// How many passed and do not now.
    pub now_fail: usize,
}

/// Rows a worker takes at once.
const CHUNK: usize = 8192;

impl Effect {
    /// Compares `after` with `before`; `None` when they are not of the same responses and judgements: an edit is not
    /// credited with what people said meanwhile.
    pub fn between(before: &Results, after: &Results) -> Option<Self> {
        let same_people = Arc::ptr_eq(before.people(), after.people());
        if before.len() != after.len() || after.is_empty() || !same_people {
            return None;
        }
        if before.shares_outcome(after) {
            return Some(Self::default());
        }
        let of = |row: usize| {
            // A score that appears or vanishes counts as rising from, or falling to, nothing.
            let [old, new] = [before, after].map(|results| results.score(row).unwrap_or(f64::NEG_INFINITY));
            let [passed, passes] = [before, after].map(|results| results.passed(row) == Some(true));
            Self {
                raised: usize::from(new > old + 1e-9),
                lowered: usize::from(new < old - 1e-9),
                now_pass: usize::from(passes && !passed),
                now_fail: usize::from(passed && !passes),
            }
        };
        Some((0..after.len()).into_par_iter().with_min_len(CHUNK).map(of).reduce(Self::default, Self::and))
    }

    fn and(self, other: Self) -> Self {
        Self {
            raised: self.raised + other.raised,
            lowered: self.lowered + other.lowered,
            now_pass: self.now_pass + other.now_pass,
            now_fail: self.now_fail + other.now_fail,
        }
    }

    /// Whether no score moved.
    pub fn is_nothing(&self) -> bool {
        self.raised + self.lowered == 0
    }
}
