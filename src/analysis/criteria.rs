//! What each criterion tells: how hard it is, whether it separates, what it goes with, and whether people agree.

mod redundant;
mod with_people;

pub use redundant::Redundant;
pub use with_people::{AgainstPeople, PeopleAndScore, Related};

use super::Options;
use super::figure::{Count, Figure};
use super::frame::Frame;
use super::people::People;
use crate::scoring::{Child, CompiledRubric, How, Progress, State};
use crate::stats::items::{Correlation, pearson};
use crate::stats::{Summary, summarize};
use rayon::prelude::*;
use serde::Serialize;

/// The rubric's criteria as items of a test.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Criteria {
    /// In the rubric's order.
    pub criteria: Vec<CriterionNumbers>,
    /// Pairs whose raw values go together so closely that one may tell what the other does; closest first.
    pub redundant: Vec<Redundant>,
    /// How many such pairs there are beside these, which are the closest thousand.
    pub redundant_more: usize,
    /// The correlation, whatever its sign, from which a pair counts as redundant.
    pub redundant_from: f64,
    /// Of how many responses correlations between criteria are: evenly spaced ones where there are more.
    pub redundant_of: usize,
    /// Cronbach's alpha of the values of all criteria, on responses with all of them.
    pub cronbach: Figure,
    /// What people say of responses, and what checks make of them.
    pub people: PeopleAndScore,
}

/// One criterion.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CriterionNumbers {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `check`, `people`, or `broken`.
    pub judged_by: &'static str,
    /// Responses that meet it.
    pub met: Count,
    /// Scored responses that do not.
    pub unmet: Count,
    /// Responses without a value, for whatever reason.
    pub unscored: Count,
    /// Of these: it does not concern them.
    pub not_applicable: usize,
    /// Of these: people have yet to judge them.
    pub awaiting: usize,
    /// Of these: it could not be decided, or its check has a mistake.
    pub invalid: usize,
    /// The share of scored responses that meets it, with Wilson's interval.
    pub pass_rate: Figure,
    /// Mean, which is its difficulty (high for easy ones), deviation and quartiles of raw values, 0..=1.
    pub raw: Option<Summary>,
    /// The correlation of raw values with the rest score: what the other criteria make of the same response.
    pub discrimination: Figure,
    /// The correlation of raw values with the score, in which the criterion itself counts.
    pub with_score: Figure,
    /// The correlation of raw values with the number of characters.
    pub with_length: Figure,
    /// A check against people; undefined for criteria that people judge.
    pub against_people: AgainstPeople,
}

/// Correlations between criteria are of at most so many responses: at 20,000 their standard error is below 0.01.
const MOST_ROWS: usize = 20_000;

/// `None` when cancelled.
pub(super) fn criteria(frame: &Frame<'_>, people: &People, options: &Options, progress: &Progress) -> Option<Criteria> {
    let rest = RestScore::new(frame);
    let count = frame.results.rubric().criteria.len();
    let numbers = |at: usize| (!progress.is_cancelled()).then(|| numbers(frame, people, &rest, at));
    let criteria = (0..count).into_par_iter().map(numbers).collect::<Option<Vec<_>>>()?;
    let sample: Vec<u32> = evenly(&frame.rows, MOST_ROWS);
    let (redundant, redundant_more) = redundant::redundant(frame, &sample, options.redundant_from, progress)?;
    Some(Criteria {
        criteria,
        redundant,
        redundant_more,
        redundant_from: options.redundant_from,
        redundant_of: sample.len(),
        cronbach: cronbach(frame, &rest, &sample),
        people: with_people::people_and_score(frame, people, &rest),
    })
}

/// `rows`, or at most `most` of them evenly spaced.
fn evenly(rows: &[u32], most: usize) -> Vec<u32> {
    let n = rows.len();
    let taken = n.min(most);
    (0..taken).map(|at| rows[at * n / taken]).collect()
}

/// How criteria count in the whole: their shares, with the sign that makes more of it better.
pub(super) struct RestScore {
    /// For each criterion its share of all weights, below 0 under a penalty.
    weights: Vec<f64>,
    /// For each row of the frame the sum of weights times values over scored criteria, and of the weights' sizes.
    sums: Vec<(f64, f64)>,
}

impl RestScore {
    fn new(frame: &Frame<'_>) -> Self {
        let weights = weights(frame.results.rubric());
        let sum = |&row: &u32| {
            let values = (0..weights.len()).filter_map(|at| Some((weights[at], value(frame, row as usize, at)?)));
            values.fold((0.0, 0.0), |(sum, of), (weight, value)| (sum + weight * value, of + weight.abs()))
        };
        let sums = frame.rows.par_iter().map(sum).collect();
        Self { weights, sums }
    }

    /// The rest score of the `place`th row of the frame without criterion `at`, which has value `value` there.
    fn without(&self, place: usize, at: usize, value: f64) -> Option<f64> {
        let (sum, of) = self.sums[place];
        let rest = of - self.weights[at].abs();
        // What is left of equal sums by rounding must not vary.
        (rest > 1e-12).then(|| ((sum - self.weights[at] * value) / rest * 1e12).round() / 1e12)
    }
}

/// How much each criterion counts in the whole: its share of its siblings' weights times its dimension's share, below 0
/// under a penalty.
pub(super) fn weights(rubric: &CompiledRubric) -> Vec<f64> {
    let mut shares = vec![0.0; rubric.dimensions.len()];
    let mut weights = vec![0.0; rubric.criteria.len()];
    let size = |weights: &mut dyn Iterator<Item = f64>| weights.map(f64::abs).sum::<f64>();
    let top = size(&mut rubric.top.iter().map(|&at| rubric.dimensions[at].weight));
    for &at in &rubric.top {
        shares[at] = share(rubric.dimensions[at].weight, top);
    }
    // Parents stand before their children.
    for (at, dimension) in rubric.dimensions.iter().enumerate() {
        let weight = |child: &Child| match *child {
            Child::Criterion(at) => rubric.criteria[at].weight,
            Child::Dimension(at) => rubric.dimensions[at].weight,
        };
        let all = size(&mut dimension.children.iter().map(weight));
        for child in &dimension.children {
            let own = shares[at] * share(weight(child), all);
            match *child {
                Child::Criterion(at) => weights[at] = own,
                Child::Dimension(at) => shares[at] = own,
            }
        }
    }
    weights
}

/// The rows on which the check of criterion `at` and people differ, ascending.
pub(super) fn differing(frame: &Frame<'_>, people: &People, at: usize) -> Vec<u32> {
    with_people::against(frame, people, at).differ
}

fn share(weight: f64, of: f64) -> f64 {
    if of > 0.0 { weight / of } else { 0.0 }
}

/// The value of criterion `at` for `row`, after its mapping.
fn value(frame: &Frame<'_>, row: usize, at: usize) -> Option<f64> {
    let criterion = &frame.results.rubric().criteria[at];
    frame.results.cell(row, at).value().map(|raw| criterion.value(raw))
}

fn numbers(frame: &Frame<'_>, people: &People, rest: &RestScore, at: usize) -> CriterionNumbers {
    let criterion = &frame.results.rubric().criteria[at];
    let id = &criterion.id;
    let filter = |term: &str| frame.filter.and(&format!("{term}:{id}")).text();
    let (mut met, mut not_applicable, mut awaiting, mut invalid) = (0, 0, 0, 0);
    let mut values = Vec::new();
    let (mut with_rest, mut with_score, mut with_length) = (Vec::new(), Vec::new(), Vec::new());
    for (place, &row) in frame.rows.iter().enumerate() {
        let row = row as usize;
        let cell = frame.results.cell(row, at);
        match cell.state {
            State::Scored => {
                met += usize::from(criterion.is_met(cell.raw));
                values.push(cell.raw);
                with_rest.extend(rest.without(place, at, criterion.value(cell.raw)).map(|rest| (cell.raw, rest)));
                with_score.extend(frame.results.score(row).map(|score| (cell.raw, score)));
                with_length.extend(frame.length(row).map(|length| (cell.raw, length)));
            }
            State::NotApplicable => not_applicable += 1,
            State::AwaitingHuman => awaiting += 1,
            State::Invalid(_) | State::Broken => invalid += 1,
        }
    }
    let n = values.len();
    CriterionNumbers {
        id: id.clone(),
        name: criterion.name.clone(),
        judged_by: match criterion.how {
            How::Check(..) => "check",
            How::Human(_) => "people",
            How::Broken => "broken",
        },
        met: Count { n: met, filter: filter("meets") },
        unmet: Count { n: n - met, filter: filter("fails") },
        unscored: Count { n: frame.rows.len() - n, filter: filter("unscored") },
        not_applicable,
        awaiting,
        invalid,
        pass_rate: Figure::share(met, n, "no response has a value"),
        discrimination: correlation(&with_rest),
        with_score: correlation(&with_score),
        with_length: correlation(&with_length),
        against_people: with_people::against(frame, people, at),
        raw: summarize(&mut values),
    }
}

fn correlation(pairs: &[(f64, f64)]) -> Figure {
    correlated(pairs.len(), pearson(pairs))
}

/// A correlation as a figure.
pub(super) fn correlated(n: usize, found: Result<Correlation, crate::stats::Undefined>) -> Figure {
    match found {
        Ok(Correlation { value, interval: Some(interval), .. }) => {
            Figure::estimate(n, crate::stats::Estimate { value, interval })
        }
        Ok(Correlation { value, .. }) => Figure::plain(n, value),
        Err(why) => Figure::undefined(n, why),
    }
}

/// Of values turned so that more is better.
fn cronbach(frame: &Frame<'_>, rest: &RestScore, rows: &[u32]) -> Figure {
    let items = rest.weights.len();
    let mut scores = Vec::new();
    for &row in rows {
        let values: Option<Vec<f64>> =
            (0..items).map(|at| Some(value(frame, row as usize, at)? * rest.weights[at].signum())).collect();
        scores.extend(values.into_iter().flatten());
    }
    let n = scores.len() / items.max(1);
    Figure::of(n, crate::stats::items::cronbach_alpha(&scores, items))
}
