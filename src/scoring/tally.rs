//! Cells → the values of dimensions and the score of one response.

use super::compile::{Child, CompiledRubric};
use super::{Cell, State};
use crate::model::{Clip, Gate};

/// The score of one response and how it came about.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Total {
    /// The score: 0..=1, or with [`Clip::Mean`] whatever the weights give. `None` where nothing is scored.
    pub score: Option<f64>,
    /// The score before any gate.
    pub before_gates: Option<f64>,
    /// Whether it passes; `None` without a pass mark or while the card is incomplete. A failed gate decides
    /// at once.
    pub passed: Option<bool>,
    /// The share of weight that is scored, 0..=1, of what applies.
    pub coverage: f64,
    /// The criterion whose gate bounds or fails the response; of several, the strictest, then the first.
    pub gate: Option<usize>,
}

impl Total {
    /// Whether everything that applies is scored.
    pub fn is_complete(&self) -> bool {
        self.coverage >= 1.0
    }
}

/// A node's value while its parent adds it up.
struct Part {
    value: Option<f64>,
    /// The share of its weight that is scored; `None` where nothing of it applies.
    coverage: Option<f64>,
}

/// Adds up one response. `cell` gives each criterion's cell; `dimensions` receives each dimension's value
/// (NaN where it has none) and is as long as the rubric's list of them.
///
/// For a node with children of weight w and value s, over the children that apply and are scored:
/// `value = Σ w·s / Σ max(w, 0)`, in the rubric's order, so that the same cells give the same bits.
pub fn tally(rubric: &CompiledRubric, cell: impl Fn(usize) -> Cell, dimensions: &mut [f64]) -> Total {
    // Children stand after their parents, so walking backwards meets every child before its parent.
    let mut coverage: Vec<Option<f64>> = vec![None; rubric.dimensions.len()];
    for (index, dimension) in rubric.dimensions.iter().enumerate().rev() {
        let parts = dimension.children.iter().map(|child| match *child {
            Child::Criterion(at) => {
                let criterion = &rubric.criteria[at];
                (criterion.weight, leaf(cell(at), |raw| criterion.value(raw)))
            }
            Child::Dimension(at) => {
                let value = Some(dimensions[at]).filter(|value| !value.is_nan());
                (rubric.dimensions[at].weight, Part { value, coverage: coverage[at] })
            }
        });
        let sum = weighted(parts);
        dimensions[index] = sum.value.unwrap_or(f64::NAN);
        coverage[index] = sum.coverage;
    }
    let root = weighted(rubric.top.iter().map(|&at| {
        let value = Some(dimensions[at]).filter(|value| !value.is_nan());
        (rubric.dimensions[at].weight, Part { value, coverage: coverage[at] })
    }));
    close(rubric, cell, &root)
}

fn leaf(cell: Cell, value: impl Fn(f64) -> f64) -> Part {
    match cell.state {
        State::Scored => Part { value: Some(value(cell.raw)), coverage: Some(1.0) },
        State::NotApplicable => Part { value: None, coverage: None },
        State::Invalid(_) | State::AwaitingHuman | State::Broken => Part { value: None, coverage: Some(0.0) },
    }
}

fn weighted(parts: impl Iterator<Item = (f64, Part)>) -> Part {
    let (mut sum, mut positive) = (0.0, 0.0);
    let (mut covered, mut applicable) = (0.0, 0.0);
    for (weight, part) in parts {
        if let Some(value) = part.value {
            sum += weight * value;
            positive += weight.max(0.0);
        }
        if let Some(share) = part.coverage {
            covered += weight.abs() * share;
            applicable += weight.abs();
        }
    }
    Part { value: (positive > 0.0).then(|| sum / positive), coverage: (applicable > 0.0).then(|| covered / applicable) }
}

/// Clips, gates, and compares with the pass mark.
fn close(rubric: &CompiledRubric, cell: impl Fn(usize) -> Cell, root: &Part) -> Total {
    let before_gates = root.value.map(|value| match rubric.clip {
        Clip::Score => value.clamp(0.0, 1.0),
        Clip::Mean => value,
    });
    let coverage = root.coverage.unwrap_or(0.0);
    let mut bound = f64::INFINITY;
    let (mut gate, mut failed) = (None, false);
    for (index, criterion) in rubric.criteria.iter().enumerate() {
        let limit = match criterion.gate {
            Gate::Nothing => continue,
            Gate::Cap(cap) => cap,
            Gate::Fail => 0.0,
        };
        let unmet = cell(index).value().is_some_and(|raw| !criterion.is_met(raw));
        let fails = criterion.gate == Gate::Fail;
        if unmet && (limit < bound || (fails && !failed)) {
            (bound, gate) = (limit.min(bound), Some(index));
            failed |= fails;
        }
    }
    let score = before_gates.map(|score| score.min(bound));
    // A cap above the score bounds nothing.
    let gate = gate.filter(|_| failed || before_gates.is_some_and(|before| before > bound));
    let complete = coverage >= 1.0;
    let passed = match (rubric.pass_mark, score) {
        _ if failed => Some(false),
        (Some(mark), Some(score)) if complete => Some(score >= mark),
        _ => None,
    };
    Total { score, before_gates, passed, coverage, gate }
}
