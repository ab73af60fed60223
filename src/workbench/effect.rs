//! What the newest edit did to the scores.

use crate::scoring::Results;

/// How scores differ between two states of one dataset.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Effect {
    /// Rows whose score rose.
    pub raised: Vec<u32>,
    /// Rows whose score fell.
    pub lowered: Vec<u32>,
    /// How many pass now and did not.
    pub now_pass: usize,
    /// How many passed and do not now.
    pub now_fail: usize,
}

impl Effect {
    /// Compares `after` with `before`; `None` when they are not of the same responses.
    pub fn between(before: &Results, after: &Results) -> Option<Self> {
        if before.len() != after.len() || after.is_empty() {
            return None;
        }
        let mut effect = Self::default();
        for row in 0..after.len() {
            let (old, new) = (before.total(row), after.total(row));
            // A score that appears or vanishes counts as rising from, or falling to, nothing.
            let value = |score: Option<f64>| score.unwrap_or(f64::NEG_INFINITY);
            if value(new.score) > value(old.score) + 1e-9 {
                effect.raised.push(row as u32);
            } else if value(new.score) < value(old.score) - 1e-9 {
                effect.lowered.push(row as u32);
            }
            let (passed, passes) = (old.passed == Some(true), new.passed == Some(true));
            effect.now_pass += usize::from(passes && !passed);
            effect.now_fail += usize::from(passed && !passes);
        }
        Some(effect)
    }

    /// Whether no score moved.
    pub fn is_nothing(&self) -> bool {
        self.raised.is_empty() && self.lowered.is_empty()
    }
}
