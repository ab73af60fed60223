//! Cells → the values of dimensions and the score of one response.

use super::compile::{Child, CompiledRubric};
use super::{Cell, State};
use crate::model::{Clip, Gate, TOLERANCE};

/// The score of one response and how it came about.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Total {
    /// The score: 0..=1, or with [`Clip::Mean`] whatever the weights give. `None` where nothing is scored.
    pub score: Option<f64>,
    /// The score before any gate.
    pub before_gates: Option<f64>,
    /// Whether it passes: the score reaches the pass mark, rounding aside. `None` without a pass mark or while
    /// the card is incomplete. A failed gate decides at once.
    pub passed: Option<bool>,
    /// The share of weight that is scored, 0..=1, of what applies.
    pub coverage: f64,
    /// The criterion whose gate bounds or fails the response; of several, the strictest, then the first.
    pub gate: Option<usize>,
    complete: bool,
}

impl Total {
    /// Whether something applies, and everything is scored that applies and could change the outcome: by its
    /// weight, however small, or by its gate.
    pub fn is_complete(&self) -> bool {
        self.complete
    }
}

/// A node's value while its parent adds it up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Part {
    pub(super) value: Option<f64>,
    /// The share of its weight that is scored; `None` where it does not apply.
    pub(super) coverage: Option<f64>,
    /// Whether something is unscored that would change its value.
    pub(super) lacking: bool,
}

/// Adds up one response. `cell` gives each criterion's cell; `dimensions` receives each dimension's value
/// (NaN where it has none) and is as long as the rubric's list of them.
///
/// For a node with children of weight w and value s, over the children that apply and are scored:
/// `value = Σ w·s / Σ max(w, 0)`, in the rubric's order, so that the same cells give the same bits. A node below
/// which only penalties apply has nothing to take them from, and so does not apply either.
pub fn tally(rubric: &CompiledRubric, cell: impl Fn(usize) -> Cell, dimensions: &mut [f64]) -> Total {
    // Children stand after their parents, so walking backwards meets every child before its parent.
    let mut parts = vec![Part::default(); rubric.dimensions.len()];
    for (index, dimension) in rubric.dimensions.iter().enumerate().rev() {
        let sum = weighted(dimension.children.iter().map(|child| match *child {
            Child::Criterion(at) => {
                let criterion = &rubric.criteria[at];
                (criterion.weight, leaf(cell(at), |raw| criterion.value(raw)))
            }
            Child::Dimension(at) => (rubric.dimensions[at].weight, parts[at]),
        }));
        dimensions[index] = sum.value.unwrap_or(f64::NAN);
        parts[index] = sum;
    }
    let root = weighted(rubric.top.iter().map(|&at| (rubric.dimensions[at].weight, parts[at])));
    close(rubric, &gated(rubric), cell, &root)
}

/// The criteria whose gate can bound or fail a response.
pub(super) fn gated(rubric: &CompiledRubric) -> Vec<usize> {
    (0..rubric.criteria.len()).filter(|&index| rubric.criteria[index].gate != Gate::Nothing).collect()
}

/// What a criterion adds to its parent.
pub(super) fn leaf(cell: Cell, value: impl Fn(f64) -> f64) -> Part {
    match cell.state {
        State::Scored => Part { value: Some(value(cell.raw)), coverage: Some(1.0), lacking: false },
        State::NotApplicable => Part::default(),
        State::Invalid(_) | State::AwaitingHuman | State::Broken => {
            Part { value: None, coverage: Some(0.0), lacking: true }
        }
    }
}

/// What a node is worth whose children are `parts`, each with its weight.
pub(super) fn weighted(parts: impl Iterator<Item = (f64, Part)>) -> Part {
    let (mut sum, mut positive) = (0.0, 0.0);
    let (mut covered, mut applicable) = (0.0, 0.0);
    let (mut has_base, mut lacking) = (false, false);
    for (weight, part) in parts {
        if let Some(value) = part.value {
            sum += weight * value;
            positive += weight.max(0.0);
        }
        if let Some(share) = part.coverage {
            covered += weight.abs() * share;
            applicable += weight.abs();
            has_base |= weight > 0.0;
            lacking |= part.lacking && weight != 0.0;
        }
    }
    if !has_base {
        return Part::default();
    }
    Part { value: (positive > 0.0).then(|| sum / positive), coverage: Some(covered / applicable), lacking }
}

/// Clips, gates by the criteria `gated`, and compares with the pass mark.
pub(super) fn close(rubric: &CompiledRubric, gated: &[usize], cell: impl Fn(usize) -> Cell, root: &Part) -> Total {
    let before_gates = root.value.map(|value| match rubric.clip {
        Clip::Score => value.clamp(0.0, 1.0),
        Clip::Mean => value,
    });
    let coverage = root.coverage.unwrap_or(0.0);
    let mut bound = f64::INFINITY;
    let (mut gate, mut failed) = (None, false);
    let mut complete = root.coverage.is_some() && !root.lacking;
    for &index in gated {
        let criterion = &rubric.criteria[index];
        let limit = match criterion.gate {
            Gate::Nothing => continue,
            Gate::Cap(cap) => cap,
            Gate::Fail => 0.0,
        };
        let cell = cell(index);
        // What is not known to be met may yet bound the score.
        complete &= matches!(cell.state, State::Scored | State::NotApplicable);
        let unmet = cell.value().is_some_and(|raw| !criterion.is_met(raw));
        let fails = criterion.gate == Gate::Fail;
        if unmet && (limit < bound || (fails && !failed)) {
            (bound, gate) = (limit.min(bound), Some(index));
            failed |= fails;
        }
    }
    let score = before_gates.map(|score| score.min(bound));
    // A cap above the score bounds nothing.
    let gate = gate.filter(|_| failed || before_gates.is_some_and(|before| before > bound));
    let passed = match (rubric.pass_mark, score) {
        _ if failed => Some(false),
        (Some(mark), Some(score)) if complete => Some(score >= mark - TOLERANCE),
        _ => None,
    };
    Total { score, before_gates, passed, coverage, gate, complete }
}
