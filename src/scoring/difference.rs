//! Why one response scores higher than another: the difference of two scorecards, by criterion.
//!
//! A score is a weighted mean of weighted means, so before clipping it is a sum over criteria: each one's value
//! times the share its weight and those of the dimensions above it have among what is scored. The difference of two
//! scores is the difference of these sums, term by term, and of what clipping and gates did to either.

use super::{Child, CompiledRubric, Scorecard};
use std::collections::HashSet;

/// The difference of two scores in parts that add up to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// How much higher the second score is; negative where it is lower.
    pub total: f64,
    /// What makes it, the greatest first, then in the rubric's order; nothing that is 0.
    pub parts: Vec<DifferencePart>,
}

/// What one cause adds to the difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DifferencePart {
    /// The cause.
    pub cause: Cause,
    /// What it adds, in points of the score.
    pub points: f64,
    /// Whether the criterion's share of the score is not the same in both responses, because other criteria apply or
    /// are scored in only one of them: then a part of the points is not of its own making.
    pub reweighted: bool,
}

/// What makes a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// A criterion: an index into [`CompiledRubric::criteria`].
    Criterion(usize),
    /// One score was clipped to 0..=1, or both by different amounts.
    Clip,
    /// The gate of this criterion bounds one score, or both by different amounts.
    Gate(usize),
}

/// Differences below this are rounding.
const NOTHING: f64 = 1e-12;

/// How `second` differs from `first`, both cards of `rubric`; `None` where one of them has no score.
///
/// The parts add up to the total but for rounding in the last places of an `f64`.
pub fn difference(rubric: &CompiledRubric, first: &Scorecard, second: &Scorecard) -> Option<Difference> {
    let total = second.total.score? - first.total.score?;
    let [before, after] = [first, second].map(|card| shares(rubric, card));
    let term = |shares: &[f64], card: &Scorecard, index: usize| {
        card.criteria[index].value.map_or(0.0, |value| shares[index] * value)
    };
    let mut parts: Vec<DifferencePart> = (0..rubric.criteria.len())
        .map(|index| DifferencePart {
            cause: Cause::Criterion(index),
            points: term(&after, second, index) - term(&before, first, index),
            reweighted: (after[index] - before[index]).abs() > NOTHING,
        })
        .collect();
    let raw = |shares: &[f64], card: &Scorecard| -> f64 {
        (0..rubric.criteria.len()).map(|index| term(shares, card, index)).sum()
    };
    let clipped = |shares: &[f64], card: &Scorecard| card.total.before_gates.map(|score| score - raw(shares, card));
    let mut add = |cause: Cause, points: f64| parts.push(DifferencePart { cause, points, reweighted: false });
    add(Cause::Clip, clipped(&after, second)? - clipped(&before, first)?);
    let gated = |card: &Scorecard| Some((card.total.gate?, card.total.score? - card.total.before_gates?));
    match (gated(first), gated(second)) {
        (Some((one, down)), Some((other, further))) if one == other => add(Cause::Gate(one), further - down),
        (one, other) => {
            if let Some((gate, down)) = one {
                add(Cause::Gate(gate), -down);
            }
            if let Some((gate, down)) = other {
                add(Cause::Gate(gate), down);
            }
        }
    }
    parts.retain(|part| part.points.abs() > NOTHING);
    parts.sort_by(|a, b| b.points.abs().total_cmp(&a.points.abs()).then(a.cause.cmp(&b.cause)));
    Some(Difference { total, parts })
}

/// What each criterion's value is multiplied by in the score, before clipping; 0 where it is not scored.
fn shares(rubric: &CompiledRubric, card: &Scorecard) -> Vec<f64> {
    let mut criteria = vec![0.0; rubric.criteria.len()];
    let mut dimensions = vec![0.0; rubric.dimensions.len()];
    let top: Vec<Child> = rubric.top.iter().map(|&index| Child::Dimension(index)).collect();
    spread(rubric, card, &top, 1.0, |child, share| match child {
        Child::Criterion(index) => criteria[index] = share,
        Child::Dimension(index) => dimensions[index] = share,
    });
    // Parents stand before their children.
    for index in 0..rubric.dimensions.len() {
        let share = dimensions[index];
        spread(rubric, card, &rubric.dimensions[index].children, share, |child, share| match child {
            Child::Criterion(index) => criteria[index] = share,
            Child::Dimension(index) => dimensions[index] = share,
        });
    }
    criteria
}

/// Divides `share` among `children` by weight, as far as they are scored.
fn spread(rubric: &CompiledRubric, card: &Scorecard, children: &[Child], share: f64, mut give: impl FnMut(Child, f64)) {
    let weight = |child: Child| match child {
        Child::Criterion(index) => card.criteria[index].value.map(|_| rubric.criteria[index].weight),
        Child::Dimension(index) => card.dimensions[index].map(|_| rubric.dimensions[index].weight),
    };
    let positive: f64 = children.iter().filter_map(|&child| weight(child)).map(|weight| weight.max(0.0)).sum();
    for &child in children {
        if let Some(weight) = weight(child)
            && positive > 0.0
        {
            give(child, share * weight / positive);
        }
    }
}

impl Difference {
    /// The total in hundredths, and each part with its own, so rounded that what is read adds up: the parts whose
    /// rounding loses most are rounded the other way. Parts that come to 0 are kept.
    pub fn in_hundredths(&self) -> (i64, Vec<i64>) {
        let total = (self.total * 100.0).round() as i64;
        let exact: Vec<f64> = self.parts.iter().map(|part| part.points * 100.0).collect();
        let mut rounded: Vec<i64> = exact.iter().map(|points| points.round() as i64).collect();
        let mut missing = total - rounded.iter().sum::<i64>();
        let mut moved = HashSet::new();
        while missing != 0 && moved.len() < exact.len() {
            let step = missing.signum();
            let lost = |&index: &usize| (exact[index] - rounded[index] as f64) * step as f64;
            let free = (0..exact.len()).filter(|index| !moved.contains(index));
            let Some(index) = free.max_by(|a, b| lost(a).total_cmp(&lost(b)).then(b.cmp(a))) else { break };
            rounded[index] += step;
            moved.insert(index);
            missing -= step;
        }
        (total, rounded)
    }
}
