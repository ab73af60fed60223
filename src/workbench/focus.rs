//! The response being read: its card, and its evidence in the order of the text.

use crate::model::review::Judgements;
use crate::model::{Dataset, PromptIndex};
use crate::scoring::{CompiledCriterion, CompiledRubric, How, Scorecard, input, rescored};
use crate::text::Span;
use std::cmp::Reverse;
use std::sync::Arc;

/// One response with all its evidence.
#[derive(Clone, Debug)]
pub struct Focus {
    /// Its row in the dataset.
    pub row: u32,
    /// The rubric it was scored by.
    pub rubric: Arc<CompiledRubric>,
    /// The [`super::Engine::revision`] it belongs to.
    pub revision: u64,
    /// Its outcomes.
    pub card: Scorecard,
    /// All evidence by place in the text, an outer span before those inside it, then by criterion.
    pub marks: Vec<FocusMark>,
    dataset: Arc<Dataset>,
}

/// One place in the text that some criterion rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FocusMark {
    /// Where.
    pub span: Span,
    /// Index of the criterion in the rubric.
    pub criterion: usize,
    /// Whether it counts against the criterion.
    pub violates: bool,
}

impl Focus {
    /// Scores response `row` in full, with what `people` judged of it; what `before` knows of the same response is taken over.
    pub fn new(
        dataset: &Arc<Dataset>,
        rubric: &Arc<CompiledRubric>,
        people: &Judgements,
        revision: u64,
        row: u32,
        before: Option<&Self>,
    ) -> Self {
        let known = before
            .filter(|focus| focus.row == row && Arc::ptr_eq(&focus.dataset, dataset))
            .map(|focus| (&*focus.rubric, &focus.card));
        let card = rescored(rubric, input(dataset, row as usize).as_ref(), Some((people, row)), known);
        let mut marks: Vec<FocusMark> = card
            .criteria
            .iter()
            .enumerate()
            .flat_map(|(criterion, card)| {
                card.hits.iter().map(move |hit| FocusMark { span: hit.span, criterion, violates: hit.violates })
            })
            .collect();
        // Outer before inner, as views lay them on top of each other.
        marks.sort_by_key(|mark| (mark.span.start, Reverse(mark.span.end), mark.criterion));
        Self { row, rubric: rubric.clone(), revision, card, marks, dataset: dataset.clone() }
    }

    /// Whether it is of response `row` of `dataset`.
    pub(super) fn is_of(&self, dataset: &Arc<Dataset>, row: u32) -> bool {
        self.row == row && Arc::ptr_eq(&self.dataset, dataset)
    }

    /// Whether `rubric` has checks that did not run for it.
    pub(super) fn lacks_checks_of(&self, rubric: &CompiledRubric) -> bool {
        let check = |criterion: &CompiledCriterion| match &criterion.how {
            How::Check(_, check) => Some(Arc::as_ptr(check)),
            How::Human(_) | How::Broken => None,
        };
        let known: Vec<_> = self.rubric.criteria.iter().filter_map(check).collect();
        rubric.criteria.iter().filter_map(check).any(|check| !known.contains(&check))
    }

    /// The prompt it answers.
    pub fn prompt(&self) -> PromptIndex {
        self.dataset.responses()[self.row as usize].prompt
    }

    /// The mark after `current`, or the first; only those of `criterion` where one is given. It wraps around.
    pub fn next_mark(&self, current: Option<usize>, criterion: Option<usize>) -> Option<usize> {
        let after = current.map_or(0, |at| at + 1);
        let wanted = |&at: &usize| criterion.is_none_or(|criterion| self.marks[at].criterion == criterion);
        (after..self.marks.len()).chain(0..after.min(self.marks.len())).find(wanted)
    }

    /// The mark before `current`, or the last. It wraps around.
    pub fn previous_mark(&self, current: Option<usize>, criterion: Option<usize>) -> Option<usize> {
        let before = current.unwrap_or(self.marks.len()).min(self.marks.len());
        let wanted = |&at: &usize| criterion.is_none_or(|criterion| self.marks[at].criterion == criterion);
        (0..before).rev().chain((before..self.marks.len()).rev()).find(wanted)
    }
}
