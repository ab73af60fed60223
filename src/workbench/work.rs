//! What one scoring of a project takes and does, apart from the engine that keeps what comes out.

use crate::checks::{Check, CompiledCheck};
use crate::model::Dataset;
use crate::model::review::Judgements;
use crate::scoring::{Column, CompiledRubric, How, Progress, Results, score_columns};
use std::sync::Arc;

/// A check with its column.
pub(super) type Known = (Check, Arc<Column>);

/// The columns that were missing, and what all of them add up to; `None` when cancelled.
pub(super) type Scored = Option<(Vec<Known>, Results)>;

/// Work up to this many bytes of text times checks is done at once, inside a frame.
const INLINE_BYTES: usize = 1 << 20;

/// Results of up to this many rows are added up inside a frame.
pub(super) const INLINE_ROWS: usize = 20_000;

/// Everything it takes to score a project anew, apart from the engine: a job has it to itself.
pub(super) struct Work {
    pub(super) dataset: Arc<Dataset>,
    pub(super) rubric: Arc<CompiledRubric>,
    pub(super) people: Arc<Judgements>,
    pub(super) known: Vec<Known>,
    /// Checks without a column.
    pub(super) missing: Vec<(Check, Arc<CompiledCheck>)>,
    pub(super) before: Arc<Results>,
}

impl Work {
    fn rows(&self) -> usize {
        self.dataset.responses().len()
    }

    /// Whether a frame has time for it.
    pub(super) fn is_quick(&self) -> bool {
        self.rows() <= INLINE_ROWS && self.dataset.text_bytes().saturating_mul(self.missing.len()) <= INLINE_BYTES
    }

    /// The results, where only names changed.
    pub(super) fn relabel(&self) -> Option<Results> {
        if !self.missing.is_empty() || self.before.len() != self.rows() {
            return None;
        }
        self.before.relabel(self.rubric.clone(), self.columns(&[]), &self.people)
    }

    /// The columns that are missing, and the results. `None` when cancelled.
    pub(super) fn run(&self, progress: &Progress) -> Scored {
        let checks: Vec<&CompiledCheck> = self.missing.iter().map(|(_, compiled)| &**compiled).collect();
        let scored = if checks.is_empty() { Vec::new() } else { score_columns(&self.dataset, &checks, progress)? };
        let checks = self.missing.iter().map(|(check, _)| check.clone());
        let new: Vec<Known> = checks.zip(scored.into_iter().map(Arc::new)).collect();
        let (rubric, columns) = (self.rubric.clone(), self.columns(&new));
        let results = match self.before.len() == self.rows() {
            true => self.before.update(rubric, columns, &self.people, progress)?,
            false => Results::judged(rubric, columns, &self.people, self.rows()),
        };
        Some((new, results))
    }

    /// The columns of the rubric's criteria, among those known and `new`.
    fn columns(&self, new: &[Known]) -> Vec<Option<Arc<Column>>> {
        let column = |check: &Check| {
            self.known.iter().chain(new).find(|(known, _)| known == check).map(|(_, column)| column.clone())
        };
        let criteria = self.rubric.criteria.iter();
        criteria
            .map(|criterion| match &criterion.how {
                How::Check(check, _) => column(check),
                How::Human(_) | How::Broken => None,
            })
            .collect()
    }
}
