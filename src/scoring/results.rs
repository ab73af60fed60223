//! Columns and totals of a whole project.

use super::compile::{Child, CompiledRubric, How};
use super::nodes::{CHUNK, Means, Node, Term, fill_full, full, same_terms, sum};
use super::people::{By, Columns, by};
use super::tally::{Part, close, gated};
use super::{Cell, Column, Progress, State, Total, score_columns, tally};
use crate::model::review::Judgements;
use crate::model::{Clip, Dataset, Gate};
use rayon::prelude::*;
use std::sync::Arc;

/// Every response's score under one compiled rubric and what people judged, as columns. Rows are the dataset's
/// responses, in order.
///
/// A column that follows from the same things as in the results before is shared with them, so that an edit costs
/// what it changes, and what is derived from a column can be kept for as long as the column is the same.
#[derive(Clone, Debug, Default)]
pub struct Results {
    rubric: Arc<CompiledRubric>,
    columns: Columns,
    rows: usize,
    /// One a dimension.
    nodes: Vec<Node>,
    outcome: Outcome,
}

/// What comes out at the top: 9 bytes a response. The rest of a [`Total`] is computed when asked for.
#[derive(Clone, Debug, Default)]
struct Outcome {
    /// NaN where there is none.
    scores: Arc<Vec<f64>>,
    flags: Arc<Vec<u8>>,
    from: Origin,
}

/// What an outcome follows from.
#[derive(Clone, Debug, Default)]
struct Origin {
    top: Vec<Term>,
    clip: Clip,
    gates: Vec<(Gate, f64, Option<Arc<Column>>)>,
    pass_mark: Option<f64>,
}

/// Bits of a response's flags.
const DECIDED: u8 = 1;
const PASSED: u8 = 2;
const COMPLETE: u8 = 4;
const GATED: u8 = 8;

impl Results {
    /// Adds up `columns` (one per criterion; `None` for those no check judges) over `rows` responses, of which nobody
    /// judged any. Runs no check: a changed weight costs only this.
    pub fn new(rubric: Arc<CompiledRubric>, columns: Vec<Option<Arc<Column>>>, rows: usize) -> Self {
        Self::judged(rubric, columns, &Arc::default(), rows)
    }

    /// The same where people judged: their ratings are the columns of the criteria left to them, and what they say of
    /// a check stands in place of its value.
    pub fn judged(
        rubric: Arc<CompiledRubric>,
        columns: Vec<Option<Arc<Column>>>,
        people: &Arc<Judgements>,
        rows: usize,
    ) -> Self {
        let nothing = Self { rows, ..Self::default() };
        nothing.update(rubric, columns, people, &Progress::default()).expect("nobody cancels it")
    }

    /// Runs all checks of `rubric` over `dataset` and adds up what they and `people` say. `None` when cancelled.
    pub fn anew(
        rubric: &Arc<CompiledRubric>,
        dataset: &Dataset,
        people: &Arc<Judgements>,
        progress: &Progress,
    ) -> Option<Self> {
        let (checks, of_criteria) = rubric.checks();
        let columns: Vec<_> = score_columns(dataset, &checks, progress)?.into_iter().map(Arc::new).collect();
        let of_criteria = of_criteria.into_iter().map(|check| check.map(|check| columns[check].clone())).collect();
        Some(Self::judged(rubric.clone(), of_criteria, people, dataset.responses().len()))
    }

    /// The results of the same responses under `rubric` and the judgements `people`: only what differs from these is
    /// added up, and where only judgements differ, only the rows they are of. `columns` are as for [`Self::new`].
    /// `None` when cancelled.
    pub fn update(
        &self,
        rubric: Arc<CompiledRubric>,
        columns: Vec<Option<Arc<Column>>>,
        people: &Arc<Judgements>,
        progress: &Progress,
    ) -> Option<Self> {
        let changed = self.changed(people);
        let same_rubric = Arc::ptr_eq(&self.rubric, &rubric) && self.outcome.scores.len() == self.rows;
        let same_checks = self.columns.machine.iter().zip(&columns).all(|(a, b)| same_column(a.as_ref(), b.as_ref()));
        let columns = self.renewed(&rubric, columns, people, &changed);
        // Beyond this, going through all rows on all threads is as quick.
        let few = changed.len() <= self.rows / 8 + 8;
        let means = if same_rubric && same_checks && few { Means::Rows(&changed) } else { Means::All(progress) };
        self.derive(rubric, columns, means)
    }

    /// The same as [`Self::update`] where no number differs, as after a change of names, and else `None`. Costs
    /// the same for any number of responses; judgements must be the very same.
    pub fn relabel(
        &self,
        rubric: Arc<CompiledRubric>,
        columns: Vec<Option<Arc<Column>>>,
        people: &Arc<Judgements>,
    ) -> Option<Self> {
        if !Arc::ptr_eq(&self.columns.people, people) {
            return None;
        }
        let columns = self.renewed(&rubric, columns, people, &[]);
        self.derive(rubric, columns, Means::Nothing)
    }

    /// The rows in which `people` judge differently.
    fn changed(&self, people: &Arc<Judgements>) -> Vec<u32> {
        let known = &self.columns.people;
        if Arc::ptr_eq(known, people) { Vec::new() } else { people.changed_since(known) }
    }

    fn renewed(
        &self,
        rubric: &CompiledRubric,
        columns: Vec<Option<Arc<Column>>>,
        people: &Arc<Judgements>,
        changed: &[u32],
    ) -> Columns {
        Columns::new(rubric, columns, people, self.rows, Some((&self.rubric, &self.columns, changed)))
    }

    fn derive(&self, rubric: Arc<CompiledRubric>, columns: Columns, means: Means<'_>) -> Option<Self> {
        let counting = &columns.counting;
        // Children stand after their parents, so walking backwards meets every child before its parent.
        let mut nodes: Vec<Option<Node>> = rubric.dimensions.iter().map(|_| None).collect();
        for (index, dimension) in rubric.dimensions.iter().enumerate().rev() {
            let term = |&child: &Child| Term::new(child, &rubric, counting, &nodes);
            let terms = dimension.children.iter().map(term).collect();
            nodes[index] = Some(Node::of(terms, &self.nodes, index, self.rows, means)?);
        }
        let from = Origin {
            top: rubric.top.iter().map(|&at| Term::new(Child::Dimension(at), &rubric, counting, &nodes)).collect(),
            clip: rubric.clip,
            gates: gated(&rubric)
                .into_iter()
                .map(|at| (rubric.criteria[at].gate, rubric.criteria[at].met_at, counting[at].clone()))
                .collect(),
            pass_mark: rubric.pass_mark,
        };
        let same_scores = self.outcome.from.same_scores(&from);
        let outcome = if self.rows == self.outcome.scores.len() && same_scores && self.outcome.from.same_mark(&from) {
            Outcome { from, ..self.outcome.clone() }
        } else {
            let mut outcome = match means {
                Means::All(progress) => Outcome::new(&rubric, counting, from, self.rows, progress)?,
                Means::Rows(changed) => self.outcome.patched(&rubric, counting, from, changed),
                Means::Nothing => return None,
            };
            if same_scores && outcome.scores.len() == self.outcome.scores.len() {
                outcome.scores = self.outcome.scores.clone();
            }
            outcome
        };
        Some(Self { rubric, columns, rows: self.rows, nodes: nodes.into_iter().flatten().collect(), outcome })
    }

    /// The rubric these are the results of.
    pub fn rubric(&self) -> &Arc<CompiledRubric> {
        &self.rubric
    }

    /// How many responses there are.
    pub fn len(&self) -> usize {
        self.rows
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.rows == 0
    }

    /// The total of response `row`, computed anew: for all rows take what is kept, [`Self::score`] and so on.
    pub fn total(&self, row: usize) -> Total {
        tally(&self.rubric, |index| self.cell(row, index), &mut vec![f64::NAN; self.rubric.dimensions.len()])
    }

    /// [`Total::score`] of response `row`.
    pub fn score(&self, row: usize) -> Option<f64> {
        let score = self.outcome.scores[row];
        (!score.is_nan()).then_some(score)
    }

    /// [`Total::passed`] of response `row`.
    pub fn passed(&self, row: usize) -> Option<bool> {
        self.has(row, DECIDED).then(|| self.has(row, PASSED))
    }

    /// [`Total::is_complete`] of response `row`.
    pub fn is_complete(&self, row: usize) -> bool {
        self.has(row, COMPLETE)
    }

    /// Whether a gate bounds or fails response `row`: [`Total::gate`] is there.
    pub fn is_gated(&self, row: usize) -> bool {
        self.has(row, GATED)
    }

    fn has(&self, row: usize, flag: u8) -> bool {
        self.outcome.flags[row] & flag != 0
    }

    /// The value of dimension `dimension` for response `row`.
    pub fn dimension(&self, row: usize, dimension: usize) -> Option<f64> {
        self.nodes[dimension].column.value(row)
    }

    /// The cell of criterion `criterion` for response `row`: what counts.
    pub fn cell(&self, row: usize, criterion: usize) -> Cell {
        self.rubric.cell(criterion, self.columns.counting[criterion].as_ref().map(|column| column.cell(row)))
    }

    /// What the machine alone says of criterion `criterion` for response `row`: nothing of a criterion for people.
    pub fn machine_cell(&self, row: usize, criterion: usize) -> Cell {
        self.rubric.cell(criterion, self.columns.machine[criterion].as_ref().map(|column| column.cell(row)))
    }

    /// Whether a person overruled the check of criterion `criterion` for response `row`.
    pub fn is_overruled(&self, row: usize, criterion: usize) -> bool {
        self.by(row, criterion) == By::Overruled
    }

    /// Whose the value of criterion `criterion` for response `row` is.
    pub fn by(&self, row: usize, criterion: usize) -> By {
        by(&self.rubric, criterion, row as u32, &self.columns.people)
    }

    /// What people judged, as far as it is in these results.
    pub fn people(&self) -> &Arc<Judgements> {
        &self.columns.people
    }

    /// Whether both share the scores of all responses.
    pub fn shares_scores(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.outcome.scores, &other.outcome.scores)
    }

    /// Whether both share the scores of all responses, and which pass, are complete and are gated.
    pub fn shares_outcome(&self, other: &Self) -> bool {
        self.shares_scores(other) && Arc::ptr_eq(&self.outcome.flags, &other.outcome.flags)
    }

    /// Whether dimension `mine` has the values of `other`’s dimension `theirs`, and shares them.
    pub fn shares_dimension(&self, mine: usize, other: &Self, theirs: usize) -> bool {
        Arc::ptr_eq(&self.nodes[mine].column, &other.nodes[theirs].column)
    }

    /// Whether criterion `mine` has the cells of `other`’s criterion `theirs` and shares them, is met by the same
    /// and makes the same values of them.
    pub fn shares_criterion(&self, mine: usize, other: &Self, theirs: usize) -> bool {
        let (a, b) = (&self.rubric.criteria[mine], &other.rubric.criteria[theirs]);
        let judged = match (&self.columns.counting[mine], &other.columns.counting[theirs]) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => matches!(a.how, How::Human(_)) == matches!(b.how, How::Human(_)),
            _ => false,
        };
        judged && (a.met_at, a.when_unmet, a.when_met) == (b.met_at, b.when_unmet, b.when_met)
    }

    /// Whether both share every number, dimension by dimension and criterion by criterion: only names differ.
    pub fn shares_everything(&self, other: &Self) -> bool {
        self.rows == other.rows
            && self.shares_outcome(other)
            && self.nodes.len() == other.nodes.len()
            && (0..self.nodes.len()).all(|index| self.shares_dimension(index, other, index))
            && self.columns.counting.len() == other.columns.counting.len()
            && (0..self.columns.counting.len()).all(|index| self.shares_criterion(index, other, index))
    }
}

/// Whether both are the same column, or none.
fn same_column(a: Option<&Arc<Column>>, b: Option<&Arc<Column>>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => Arc::ptr_eq(a, b),
        (None, None) => true,
        _ => false,
    }
}

impl Outcome {
    /// The same but for `rows`, which are added up from `from.top`.
    fn patched(&self, rubric: &CompiledRubric, columns: &[Option<Arc<Column>>], from: Origin, rows: &[u32]) -> Self {
        let gates = gated(rubric);
        let (mut scores, mut flags) = ((*self.scores).clone(), (*self.flags).clone());
        for row in rows.iter().map(|&row| row as usize).filter(|&row| row < self.scores.len()) {
            (scores[row], flags[row]) = closed(rubric, &gates, columns, &sum(&from.top, row), row);
        }
        Self { scores: Arc::new(scores), flags: Arc::new(flags), from }
    }

    /// Adds `from.top` up over `rows` responses, clips, gates and compares with the pass mark. `None` when
    /// cancelled.
    fn new(
        rubric: &CompiledRubric,
        columns: &[Option<Arc<Column>>],
        from: Origin,
        rows: usize,
        progress: &Progress,
    ) -> Option<Self> {
        let gates = gated(rubric);
        let (mut scores, mut flags) = (vec![0.0; rows], vec![0; rows]);
        let fill = |(chunk, (scores, flags)): (usize, (&mut [f64], &mut [u8]))| {
            let is_full = fill_full(&from.top, chunk * CHUNK, scores);
            for (offset, (score, flag)) in scores.iter_mut().zip(flags).enumerate() {
                let row = chunk * CHUNK + offset;
                let root = if is_full { full(*score) } else { sum(&from.top, row) };
                (*score, *flag) = closed(rubric, &gates, columns, &root, row);
            }
            (!progress.is_cancelled()).then_some(())
        };
        scores.par_chunks_mut(CHUNK).zip(flags.par_chunks_mut(CHUNK)).enumerate().try_for_each(fill)?;
        Some(Self { scores: Arc::new(scores), flags: Arc::new(flags), from })
    }
}

/// The score of response `row`, NaN where there is none, and its flags; `root` is what its dimensions add up to.
fn closed(
    rubric: &CompiledRubric,
    gates: &[usize],
    columns: &[Option<Arc<Column>>],
    root: &Part,
    row: usize,
) -> (f64, u8) {
    let cell = |index: usize| match &columns[index] {
        Some(column) => column.cell(row),
        None => Cell::unscored(State::AwaitingHuman),
    };
    let total = close(rubric, gates, cell, root);
    let set = |flag, is| if is { flag } else { 0 };
    let flags = set(DECIDED, total.passed.is_some())
        | set(PASSED, total.passed == Some(true))
        | set(COMPLETE, total.is_complete())
        | set(GATED, total.gate.is_some());
    (total.score.unwrap_or(f64::NAN), flags)
}

impl Origin {
    fn same_scores(&self, other: &Self) -> bool {
        same_terms(&self.top, &other.top)
            && self.clip == other.clip
            && self.gates.len() == other.gates.len()
            && self
                .gates
                .iter()
                .zip(&other.gates)
                .all(|(a, b)| (a.0, a.1) == (b.0, b.1) && same_column(a.2.as_ref(), b.2.as_ref()))
    }

    fn same_mark(&self, other: &Self) -> bool {
        self.pass_mark == other.pass_mark
    }
}
