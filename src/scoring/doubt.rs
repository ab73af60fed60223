//! How far the score of a response can be relied on, and how far people disagree about it.

use super::compile::How;
use super::{Results, State};
use crate::model::review::{Judgements, Purpose};

/// A score this far from the pass mark is not near it any more.
const CLEAR_MARGIN: f64 = 0.2;

/// The raw values, ascending, that reviewers gave response `row` on the criterion with this id, to judge it; `None`
/// where a final rating settled it.
fn open_ratings(people: &Judgements, row: u32, criterion: &str) -> Option<Vec<f64>> {
    let mut values = Vec::new();
    for rated in people.ratings(row).iter().filter(|rated| *rated.criterion == *criterion) {
        match rated.purpose {
            Purpose::Final => return None,
            Purpose::Judge => values.extend(rated.raw),
            Purpose::Repeat | Purpose::Calibrate | Purpose::Gold => {}
        }
    }
    values.sort_by(f64::total_cmp);
    Some(values)
}

impl Results {
    /// How far reviewers are apart on response `row`, 0..=1: the difference of the greatest and the least raw rating, of
    /// the criterion for people where it is largest. What a final rating settled is no disagreement any more. `None`
    /// where no two reviewers rated the same.
    pub fn disagreement(&self, row: usize) -> Option<f64> {
        let spread = |id: &str| {
            let values = open_ratings(self.people(), row as u32, id)?;
            (values.len() > 1).then(|| values[values.len() - 1] - values[0])
        };
        let people = self.rubric().criteria.iter().filter(|criterion| matches!(criterion.how, How::Human(_)));
        people.filter_map(|criterion| spread(&criterion.id)).reduce(f64::max)
    }

    /// How far the score of response `row` can be relied on, 0..=1: its weakest part of
    ///
    /// - the share of weight that is scored;
    /// - how clear of the pass mark the score is: its distance, as a share of 0.2 and at most 1; 1 without a mark;
    /// - how well people's ratings bear it out, on the criterion where they do least: n of them count n / (n + 1), less
    ///   the share by which they are apart; 1 where one is final or nobody rated.
    ///
    /// 0 where nothing is scored.
    pub fn confidence(&self, row: usize) -> f64 {
        let total = self.total(row);
        let Some(score) = total.score else { return 0.0 };
        let margin = self.rubric().pass_mark.map_or(1.0, |mark| ((score - mark).abs() / CLEAR_MARGIN).min(1.0));
        let rated = |at: usize| {
            let criterion = &self.rubric().criteria[at];
            let counts = matches!(criterion.how, How::Human(_)) && self.cell(row, at).state == State::Scored;
            let values = open_ratings(self.people(), row as u32, &criterion.id).filter(|_| counts)?;
            let count = values.len() as f64;
            Some(count / (count + 1.0) * (1.0 - (values.last()? - values.first()?)))
        };
        let people = (0..self.rubric().criteria.len()).filter_map(rated).fold(1.0, f64::min);
        total.coverage.min(margin).min(people)
    }
}
