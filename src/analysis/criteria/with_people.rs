//! Checks and people: do they say the same?

use super::RestScore;
use super::correlated;
use crate::analysis::figure::Figure;
use crate::analysis::frame::Frame;
use crate::analysis::people::People;
use crate::model::Combine;
use crate::model::review::Purpose;
use crate::scoring::How;
use crate::stats::agreement::{Disagreement, cohens_kappa};
use crate::stats::items::{Confusion, kendall_tau_b, spearman};
use serde::Serialize;
use std::collections::BTreeMap;

/// A check against what people say of the same criterion: whether it is met.
///
/// Compared are the check's own outcome and, of each response, the first there is of: a gold rating, a final rating, the
/// ratings that count combined, and the value it was overruled with. What people say counts as the truth.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct AgainstPeople {
    /// Responses on which both say it is met, the check alone, people alone, and neither.
    pub counts: [usize; 4],
    /// Of the responses compared: by gold ratings, by other ratings, and by overruling.
    pub by: [usize; 3],
    /// The share of the check's yes that people confirm.
    pub precision: Option<Figure>,
    /// The share of people's yes that the check finds.
    pub recall: Option<Figure>,
    /// Their harmonic mean.
    pub f1: Option<Figure>,
    /// The share on which both say the same.
    pub accuracy: Option<Figure>,
    /// Cohen's kappa of both.
    pub kappa: Option<Figure>,
    /// Why the figures are not what they would be of a random sample, where they are not.
    pub caution: Option<String>,
    /// The responses on which they differ, by row.
    #[serde(skip)]
    pub differ: Vec<u32>,
}

/// Two rankings of the same responses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Related {
    /// What people rated: the id of a criterion, or `None` for the mean of all.
    pub criterion: Option<String>,
    /// Spearman's correlation with what checks make of the response. Its n is of responses.
    pub spearman: Figure,
    /// Kendall's τ-b.
    pub kendall: Figure,
}

/// What people say of responses, and what checks make of them.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PeopleAndScore {
    /// The mean of what people said over all criteria against the checks' score.
    pub overall: Related,
    /// Each criterion that people rated against the checks' score.
    pub criteria: Vec<Related>,
    /// Responses that people rated.
    pub rated: usize,
}

/// What people say: whether gold, and the raw value.
fn by_people(frame: &Frame<'_>, people: &People, criterion: usize, combine: Combine) -> BTreeMap<u32, (usize, f64)> {
    let mut said: BTreeMap<u32, (usize, f64)> = BTreeMap::new();
    for of_row in people.of_criterion(criterion).chunk_by(|a, b| a.row == b.row) {
        let standing = || of_row.iter().filter(|rating| !rating.stale);
        let last = |purpose| standing().rfind(|rating| rating.purpose == purpose).map(|rating| rating.raw);
        let combined = || {
            let mut values: Vec<f64> = standing().filter(|rating| rating.is_own()).map(|rating| rating.raw).collect();
            values.sort_by(f64::total_cmp);
            combine.of(&values)
        };
        let value = last(Purpose::Gold)
            .map(|raw| (0, raw))
            .or_else(|| last(Purpose::Final).or_else(combined).map(|raw| (1, raw)));
        said.extend(value.map(|value| (of_row[0].row, value)));
    }
    for &(row, raw) in &people.overruled[criterion] {
        if frame.has(row) {
            said.entry(row).or_insert((2, raw));
        }
    }
    said
}

pub(super) fn against(frame: &Frame<'_>, people: &People, at: usize) -> AgainstPeople {
    let rubric = frame.results.rubric();
    let criterion = &rubric.criteria[at];
    if !matches!(criterion.how, How::Check(..)) {
        return AgainstPeople::default();
    }
    let place = people.criteria.iter().position(|known| known.id == criterion.id);
    let Some(place) = place else { return AgainstPeople::default() };
    let mut by = [0; 3];
    let (mut pairs, mut differ) = (Vec::new(), Vec::new());
    for (row, (source, raw)) in by_people(frame, people, place, people.combine) {
        let Some(machine) = people.machine(frame, row, at) else { continue };
        let pair = (criterion.is_met(machine), criterion.is_met(raw));
        by[source] += 1;
        pairs.push(pair);
        if pair.0 != pair.1 {
            differ.push(row);
        }
    }
    let n = pairs.len();
    if n == 0 {
        return AgainstPeople::default();
    }
    let confusion = Confusion::of(pairs.iter().copied());
    let share = |found: Option<(f64, crate::stats::Interval)>, of: usize, why: &str| {
        Some(match found {
            Some((value, interval)) => Figure::estimate(of, crate::stats::Estimate { value, interval }),
            None => Figure::undefined(0, why),
        })
    };
    let Confusion { true_yes, false_yes, false_no, true_no } = confusion;
    let numbers: Vec<(f64, f64)> =
        pairs.iter().map(|&(a, b)| (f64::from(u8::from(a)), f64::from(u8::from(b)))).collect();
    AgainstPeople {
        counts: [true_yes, false_yes, false_no, true_no],
        by,
        precision: share(confusion.precision(), true_yes + false_yes, "the check never says yes"),
        recall: share(confusion.recall(), true_yes + false_no, "people never say yes"),
        f1: Some(
            confusion
                .f1()
                .map_or_else(|| Figure::undefined(n, "neither ever says yes"), |value| Figure::plain(n, value)),
        ),
        accuracy: share(confusion.accuracy(), n, "nothing is compared"),
        kappa: Some(Figure::of_value(n, cohens_kappa(&numbers, Disagreement::Plain))),
        caution: (by[2] > 0).then(|| {
            format!(
                "{} of {n} were compared because a person overruled the check, which happens where it is wrong: \
                 agreement on other responses is likely to be higher.",
                by[2]
            )
        }),
        differ,
    }
}

pub(super) fn people_and_score(frame: &Frame<'_>, people: &People, rest: &RestScore) -> PeopleAndScore {
    let checks = check_scores(frame, rest);
    let mut sums: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
    let mut criteria = Vec::new();
    for (at, criterion) in people.criteria.iter().enumerate() {
        let said = by_people(frame, people, at, people.combine);
        // What people only overruled is what checks said otherwise, and no rating.
        let rated: Vec<(u32, f64)> =
            said.into_iter().filter(|&(_, (source, _))| source < 2).map(|(row, (_, raw))| (row, raw)).collect();
        if rated.is_empty() {
            continue;
        }
        for &(row, raw) in &rated {
            let sum = sums.entry(row).or_default();
            *sum = (sum.0 + raw, sum.1 + 1.0);
        }
        criteria.push(related(Some(criterion.id.clone()), &rated, &checks));
    }
    let means: Vec<(u32, f64)> = sums.iter().map(|(&row, (sum, n))| (row, sum / n)).collect();
    PeopleAndScore { overall: related(None, &means, &checks), criteria, rated: means.len() }
}

/// What the checks alone make of each response that people can have rated.
fn check_scores(frame: &Frame<'_>, rest: &RestScore) -> BTreeMap<u32, f64> {
    let rubric = frame.results.rubric();
    let checks: Vec<usize> =
        (0..rubric.criteria.len()).filter(|&at| matches!(rubric.criteria[at].how, How::Check(..))).collect();
    let score = |&row: &u32| {
        let of = checks.iter().filter_map(|&at| Some((rest.weights[at], super::value(frame, row as usize, at)?)));
        let (sum, weights) =
            of.fold((0.0, 0.0), |(sum, all), (weight, value)| (sum + weight * value, all + weight.abs()));
        (weights > 0.0).then(|| (row, (sum / weights * 1e12).round() / 1e12))
    };
    frame.rows.iter().filter_map(score).collect()
}

fn related(criterion: Option<String>, rated: &[(u32, f64)], checks: &BTreeMap<u32, f64>) -> Related {
    let pairs: Vec<(f64, f64)> =
        rated.iter().filter_map(|(row, raw)| checks.get(row).map(|score| (*score, *raw))).collect();
    let n = pairs.len();
    Related { criterion, spearman: correlated(n, spearman(&pairs)), kendall: correlated(n, kendall_tau_b(&pairs)) }
}
