//! The values of one node of the rubric over all responses, and what they follow from.

use super::compile::{Child, CompiledRubric, rescaled};
use super::tally::{Part, leaf, weighted};
use super::{Cell, Column, Progress, State};
use rayon::prelude::*;
use std::sync::Arc;

/// Rows a worker takes at once: enough to make handing them out cheap, few enough that cancelling is prompt.
pub(super) const CHUNK: usize = 4096;

/// The gap of a response of which nothing lacks: all weight is scored, and nothing would change the value.
const FULL: (Option<f64>, bool) = (Some(1.0), false);

/// What may be done to get at a sum that is not known.
#[derive(Clone, Copy, Debug)]
pub(super) enum Means<'a> {
    /// Add everything up, until it is cancelled.
    All(&'a Progress),
    /// Add these rows up: the others are as they were, under the same rubric.
    Rows(&'a [u32]),
    /// Nothing.
    Nothing,
}

/// What one node is worth in every response: 8 bytes a response, more only where something is unscored.
#[derive(Debug)]
pub(super) struct NodeColumn {
    /// NaN where there is no value.
    values: Vec<f64>,
    /// Where not every response is scored in full: the share of weight that is scored, and whether something
    /// lacks that would change the value.
    gaps: Option<Vec<(Option<f64>, bool)>>,
}

/// A node's column, with what it was added up from: while that stays, so does the column.
#[derive(Clone, Debug)]
pub(super) struct Node {
    terms: Vec<Term>,
    pub(super) column: Arc<NodeColumn>,
}

/// A child of a node: its weight and its values.
#[derive(Clone, Debug)]
pub(super) struct Term {
    weight: f64,
    values: Values,
}

#[derive(Clone, Debug)]
enum Values {
    /// A criterion that a check judges.
    Check { column: Arc<Column>, when_unmet: f64, when_met: f64 },
    /// A criterion without a column: nothing is scored.
    Unscored,
    /// A dimension.
    Node(Arc<NodeColumn>),
}

impl NodeColumn {
    /// The value in response `row`.
    pub(super) fn value(&self, row: usize) -> Option<f64> {
        let value = self.values[row];
        (!value.is_nan()).then_some(value)
    }

    fn part(&self, row: usize) -> Part {
        let (coverage, lacking) = self.gaps.as_ref().map_or(FULL, |gaps| gaps[row]);
        Part { value: self.value(row), coverage, lacking }
    }

    /// The same but for `rows`, which are what `terms` are worth.
    fn patched(&self, terms: &[Term], rows: &[u32]) -> Self {
        let (mut values, mut gaps) = (self.values.clone(), self.gaps.clone());
        for row in rows.iter().map(|&row| row as usize).filter(|&row| row < self.values.len()) {
            let part = sum(terms, row);
            values[row] = part.value.unwrap_or(f64::NAN);
            let gap = (part.coverage, part.lacking);
            match &mut gaps {
                Some(gaps) => gaps[row] = gap,
                None if gap == FULL => {}
                None => gaps.insert(vec![FULL; values.len()])[row] = gap,
            }
        }
        Self { values, gaps }
    }

    /// Adds `terms` up over `rows` responses; `None` when cancelled.
    fn new(terms: &[Term], rows: usize, progress: &Progress) -> Option<Self> {
        let mut values = vec![0.0; rows];
        let fill = |(chunk, values): (usize, &mut [f64])| {
            let mut full = true;
            for (offset, value) in values.iter_mut().enumerate() {
                let part = sum(terms, chunk * CHUNK + offset);
                *value = part.value.unwrap_or(f64::NAN);
                full &= (part.coverage, part.lacking) == FULL;
            }
            (!progress.is_cancelled()).then_some(full)
        };
        let full = values.par_chunks_mut(CHUNK).enumerate().map(fill).try_reduce(|| true, |a, b| Some(a && b))?;
        let gap = |row: usize| {
            let part = sum(terms, row);
            (part.coverage, part.lacking)
        };
        let gaps = (!full).then(|| (0..rows).into_par_iter().with_min_len(CHUNK).map(gap).collect());
        Some(Self { values, gaps })
    }
}

impl Node {
    /// The node that `terms` add up to over `rows` responses: one of `known` if it is the sum of the same, else
    /// computed; `index` is its own place among them, if the rubric is the same. `None` when cancelled, or not known
    /// and without means.
    pub(super) fn of(terms: Vec<Term>, known: &[Self], index: usize, rows: usize, means: Means<'_>) -> Option<Self> {
        if let Some(node) = known.iter().find(|node| same_terms(&node.terms, &terms)) {
            return Some(node.clone());
        }
        let column = match means {
            Means::All(progress) => NodeColumn::new(&terms, rows, progress)?,
            Means::Rows(changed) => known[index].column.patched(&terms, changed),
            Means::Nothing => return None,
        };
        Some(Self { terms, column: Arc::new(column) })
    }
}

impl Term {
    /// The child `child` of a node of `rubric`. `nodes` holds the dimensions that are done, by index.
    pub(super) fn new(
        child: Child,
        rubric: &CompiledRubric,
        columns: &[Option<Arc<Column>>],
        nodes: &[Option<Node>],
    ) -> Self {
        match child {
            Child::Criterion(at) => {
                let criterion = &rubric.criteria[at];
                let check = |column: &Arc<Column>| Values::Check {
                    column: column.clone(),
                    when_unmet: criterion.when_unmet,
                    when_met: criterion.when_met,
                };
                Self { weight: criterion.weight, values: columns[at].as_ref().map_or(Values::Unscored, check) }
            }
            Child::Dimension(at) => {
                let node = nodes[at].as_ref().expect("children are added up before their parent");
                Self { weight: rubric.dimensions[at].weight, values: Values::Node(node.column.clone()) }
            }
        }
    }

    fn part(&self, row: usize) -> Part {
        match &self.values {
            Values::Check { column, when_unmet, when_met } => {
                leaf(column.cell(row), |raw| rescaled(*when_unmet, *when_met, raw))
            }
            // Why it is unscored makes no difference to the sum.
            Values::Unscored => leaf(Cell::unscored(State::AwaitingHuman), |raw| raw),
            Values::Node(column) => column.part(row),
        }
    }

    fn is_same(&self, other: &Self) -> bool {
        self.weight.to_bits() == other.weight.to_bits()
            && match (&self.values, &other.values) {
                (
                    Values::Check { column: a, when_unmet: a0, when_met: a1 },
                    Values::Check { column: b, when_unmet: b0, when_met: b1 },
                ) => Arc::ptr_eq(a, b) && (a0, a1) == (b0, b1),
                (Values::Unscored, Values::Unscored) => true,
                (Values::Node(a), Values::Node(b)) => Arc::ptr_eq(a, b),
                _ => false,
            }
    }
}

/// What `terms` are worth together in response `row`.
pub(super) fn sum(terms: &[Term], row: usize) -> Part {
    weighted(terms.iter().map(|term| (term.weight, term.part(row))))
}

/// Whether both are sums of the very same columns with the same weights.
pub(super) fn same_terms(a: &[Term], b: &[Term]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_same(b))
}
