//! What a session is made of: what there is to judge, and what was said of it.

use crate::model::review::{Choice, Judgements, Purpose};
use crate::model::{Dataset, Judge, Rubric};
use std::collections::HashMap;

/// What a session is made of.
pub struct Material<'a> {
    /// What there is to judge.
    pub dataset: &'a Dataset,
    /// By which criteria.
    pub rubric: &'a Rubric,
    /// What people said.
    pub judgements: &'a Judgements,
    /// The rows the filter matches, in the order of the list.
    pub listed: &'a [u32],
    /// The score of a row, 0..=1; `None` where there is none.
    pub score: Box<dyn Fn(u32) -> Option<f64> + 'a>,
    /// Whether the machine flags a row.
    pub flagged: Box<dyn Fn(u32) -> bool + 'a>,
    /// Who is going to judge.
    pub reviewer: &'a str,
}

/// What one reviewer said of two responses, the lower row first.
pub(super) type Verdict = (u32, Choice);

impl Material<'_> {
    /// The criteria people judge, by id, in the order of the rubric.
    pub fn human_criteria(&self) -> Vec<String> {
        let criteria = self.rubric.criteria().into_iter();
        criteria
            .filter(|(_, criterion)| matches!(criterion.judge, Judge::Human(_)))
            .map(|(_, criterion)| criterion.id.clone())
            .collect()
    }

    /// Who is going to judge, among those who have judged already.
    pub(super) fn me(&self) -> Option<u32> {
        self.judgements.reviewers().iter().position(|name| **name == *self.reviewer).map(|at| at as u32)
    }

    /// Whether the reviewer has rated row `row` on all of `criteria` for `purpose`, under their present wording.
    pub(super) fn has_rated(&self, row: u32, criteria: &[String], purpose: Purpose) -> bool {
        let Some(me) = self.me() else { return false };
        let ratings = self.judgements.ratings(row);
        criteria.iter().all(|criterion| {
            ratings.iter().any(|rated| {
                rated.reviewer == me && rated.purpose == purpose && !rated.stale && *rated.criterion == **criterion
            })
        })
    }

    /// Whether a person or the machine flags row `row`.
    pub(super) fn is_flagged(&self, row: u32) -> bool {
        (self.flagged)(row) || !self.judgements.flags(row).is_empty()
    }

    /// How far reviewers are apart on a criterion of row `row`, as raw values, > 0; `None` where they agree, fewer than
    /// two rated it, or it is settled.
    pub(super) fn spread(&self, row: u32, criterion: &str) -> Option<f64> {
        let ratings = || self.judgements.ratings(row).iter().filter(|rated| *rated.criterion == *criterion);
        if ratings().any(|rated| rated.purpose == Purpose::Final) {
            return None;
        }
        let raws = || ratings().filter(|rated| rated.purpose == Purpose::Judge).filter_map(|rated| rated.raw);
        let (least, most) = (raws().min_by(f64::total_cmp)?, raws().max_by(f64::total_cmp)?);
        (most > least).then_some(most - least)
    }

    /// What was said of pairs for `purpose`, by pair, the lower row first.
    pub(super) fn verdicts(&self, purpose: Purpose) -> HashMap<[u32; 2], Vec<Verdict>> {
        let mut verdicts: HashMap<[u32; 2], Vec<Verdict>> = HashMap::new();
        for preferred in self.judgements.preferences().filter(|preferred| preferred.purpose == purpose) {
            let [left, right] = preferred.rows;
            let choice = if left <= right { preferred.choice } else { preferred.choice.flipped() };
            verdicts.entry([left.min(right), left.max(right)]).or_default().push((preferred.reviewer, choice));
        }
        verdicts
    }
}

/// How far choices are apart, 0..=1: 1 is from much better to much worse.
pub(super) fn choice_spread(choices: impl Iterator<Item = Choice>) -> f64 {
    let ends = choices.map(place).fold(None, |ends: Option<(f64, f64)>, place| {
        Some(ends.map_or((place, place), |(least, most)| (least.min(place), most.max(place))))
    });
    ends.map_or(0.0, |(least, most)| most - least)
}

/// Where a choice stands from the first much better, 0, to the second, 1.
fn place(choice: Choice) -> f64 {
    match choice {
        Choice::MuchBetterFirst => 0.0,
        Choice::First => 0.25,
        Choice::Tie | Choice::BothBad => 0.5,
        Choice::Second => 0.75,
        Choice::MuchBetterSecond => 1.0,
    }
}
