//! The flags that follow from the scores.

use super::outliers::Outliers;
use super::{Flag, FlagSettings, Kind, KindSet, Responses, Violation, forbidden, score};
use rayon::prelude::*;

/// What the scores of all responses gave.
#[derive(Debug, Default)]
pub struct ScoreFlags {
    settings: FlagSettings,
    sets: Vec<KindSet>,
    groups: Outliers,
}

impl ScoreFlags {
    /// Looks through the `score` of every response, NaN where there is none, and whether something `is_forbidden` in
    /// it. Linear.
    pub fn find(
        responses: &impl Responses,
        settings: &FlagSettings,
        score: impl Fn(usize) -> f64 + Sync,
        is_forbidden: impl Fn(usize) -> bool + Sync,
    ) -> Self {
        let settings = settings.within_range();
        let scores: Vec<f64> = (0..responses.len()).map(score).collect();
        let groups = score::groups(responses, &scores, &settings);
        let kinds = |row: usize| {
            let odd = settings.looks_for(Kind::Score)
                && score::flag(responses, &groups, row, scores[row], &settings).is_some();
            let forbidden = settings.looks_for(Kind::Unsafe) && is_forbidden(row);
            [(odd, Kind::Score), (forbidden, Kind::Unsafe)]
                .into_iter()
                .filter_map(|(holds, kind)| holds.then_some(kind))
                .collect()
        };
        let sets = (0..responses.len()).into_par_iter().with_max_len(1024).map(kinds).collect();
        Self { settings, sets, groups }
    }

    /// The kinds of response `row`; none for a row that was not there yet.
    pub fn kinds(&self, row: usize) -> KindSet {
        self.sets.get(row).copied().unwrap_or_default()
    }

    /// The flags of response `row` with what made them; its score and what is forbidden in it are those the flags were
    /// found with.
    pub fn explain(
        &self,
        responses: &impl Responses,
        row: usize,
        score: f64,
        violations: impl FnOnce() -> Vec<Violation>,
    ) -> Vec<Flag> {
        let set = self.kinds(row);
        let mut flags = Vec::new();
        if set.contains(Kind::Score) {
            flags.extend(score::flag(responses, &self.groups, row, score, &self.settings));
        }
        if set.contains(Kind::Unsafe) {
            flags.extend(forbidden::flag(responses.text(row).unwrap_or(""), &violations()));
        }
        flags
    }
}
