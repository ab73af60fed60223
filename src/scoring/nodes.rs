//! The values of one node of the rubric over all responses, and what they follow from.

use super::compile::{Child, CompiledRubric, rescaled};
use super::tally::{Part, leaf, weighted};
use super::{Cell, Column, Progress, State};
use rayon::prelude::*;
use std::ops::Range;
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
            if fill_full(terms, chunk * CHUNK, values) {
                return (!progress.is_cancelled()).then_some(true);
            }
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

    /// Whether `rows` all have a value, and lack nothing.
    fn is_full(&self, rows: Range<usize>) -> bool {
        match &self.values {
            Values::Check { column, .. } => column.is_scored(rows),
            Values::Unscored => false,
            // Each looked at, so that several are at once.
            Values::Node(node) => {
                node.gaps.is_none() && node.values[rows].iter().fold(true, |full, value| full & !value.is_nan())
            }
        }
    }

    /// Adds what the term adds to the sums of the rows from `first` on.
    fn add_to(&self, sums: &mut [f64], first: usize) {
        match &self.values {
            Values::Check { column, when_unmet, when_met } => {
                column.add_to(sums, first, |raw| self.weight * rescaled(*when_unmet, *when_met, raw));
            }
            Values::Unscored => {}
            Values::Node(node) => {
                for (sum, value) in sums.iter_mut().zip(&node.values[first..]) {
                    *sum += self.weight * value;
                }
            }
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

/// Fills `values` with what [`sum`] says of the rows from `first` on, to the bit, where each term has a value in all of
/// them and lacks nothing, as is the rule: then so does the sum. `false`, and nothing is filled, where one does not.
pub(super) fn fill_full(terms: &[Term], first: usize, values: &mut [f64]) -> bool {
    let rows = first..first + values.len();
    if terms.iter().all(|term| term.weight <= 0.0) || !terms.iter().all(|term| term.is_full(rows.clone())) {
        return false;
    }
    let positive = terms.iter().fold(0.0, |sum, term| sum + term.weight.max(0.0));
    values.fill(0.0);
    terms.iter().for_each(|term| term.add_to(values, first));
    values.iter_mut().for_each(|value| *value /= positive);
    true
}

/// What a node is worth that has `value` and lacks nothing.
pub(super) fn full(value: f64) -> Part {
    Part { value: (!value.is_nan()).then_some(value), coverage: FULL.0, lacking: FULL.1 }
}

/// Whether both are sums of the very same columns with the same weights.
pub(super) fn same_terms(a: &[Term], b: &[Term]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.is_same(b))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cell() -> impl Strategy<Value = Cell> {
        prop_oneof![
            20 => (0.0..=1.0).prop_map(Cell::scored),
            1 => prop::sample::select(vec![State::NotApplicable, State::Broken]).prop_map(Cell::unscored),
        ]
    }

    fn columns() -> impl Strategy<Value = Vec<(f64, Vec<Cell>)>> {
        let weight = prop::sample::select(vec![1.0, 0.3, 2.5, 0.0, -0.7]);
        (1..5usize).prop_flat_map(move |rows| {
            prop::collection::vec((weight.clone(), prop::collection::vec(cell(), rows)), 1..4)
        })
    }

    proptest! {
        #[test]
        fn rows_added_up_together_are_those_added_up_one_by_one(columns in columns(), others in columns()) {
            let term = |(weight, cells): &(f64, Vec<Cell>)| {
                let mut column = Column::filled(cells.len(), cells[0]);
                cells.iter().enumerate().for_each(|(row, &cell)| column.set(row, cell));
                let values = Values::Check { column: Arc::new(column), when_unmet: 0.2, when_met: 0.9 };
                Term { weight: *weight, values }
            };
            let rows = columns[0].1.len().min(others[0].1.len());
            let inner: Vec<Term> = others.iter().map(term).collect();
            let inner = NodeColumn::new(&inner, rows, &Progress::default()).unwrap();
            let mut terms: Vec<Term> = columns.iter().map(term).collect();
            terms.push(Term { weight: 0.4, values: Values::Node(Arc::new(inner)) });
            let made = NodeColumn::new(&terms, rows, &Progress::default()).unwrap();
            for row in 0..rows {
                let (together, alone) = (made.part(row), sum(&terms, row));
                prop_assert_eq!(together.value.map(f64::to_bits), alone.value.map(f64::to_bits));
                prop_assert_eq!((together.coverage, together.lacking), (alone.coverage, alone.lacking));
            }
        }
    }
}
