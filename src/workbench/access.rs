//! What views read of the workbench.

use super::{Compare, Effect, Engine, Files, Filter, Flagged, Focus, Order, Overview, Workbench};
use crate::flags::{Basis, Flag, KindSet, Tally};
use crate::model::review::Judgements;
use crate::model::{History, NodePath, Project};
use crate::scoring::{CompiledRubric, ExampleOutcome};
use std::sync::Arc;

impl Workbench {
    /// The project.
    pub fn project(&self) -> &Project {
        &self.project
    }

    /// Undo and redo.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Scores.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// What people judged of the project's responses.
    pub fn judgements(&self) -> &Arc<Judgements> {
        &self.judgements
    }

    /// The colour slot of the criterion with `id`: its own as long as it is in the rubric.
    pub fn slot(&self, id: &str) -> usize {
        self.slots.criterion(id)
    }

    /// The colour slot of the dimension with `id`; `None` for one that has no criterion, or is gone.
    pub fn dimension_slot(&self, id: &str) -> Option<usize> {
        self.slots.dimension(id)
    }

    /// The filter.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The order of the list.
    pub fn order(&self) -> &Order {
        &self.order
    }

    /// The rows listed, in order.
    pub fn listed(&self) -> Arc<[u32]> {
        self.derived.as_ref().map(|(_, derived)| derived.listed.clone()).unwrap_or_default()
    }

    /// The row being read.
    pub fn row(&self) -> Option<u32> {
        self.row
    }

    /// Where the row being read stands in the list; `None` when the filter hides it.
    pub fn place(&self) -> Option<usize> {
        self.place.as_ref()?.at
    }

    /// The node of the rubric being worked on; the root for the rubric itself.
    pub fn node(&self) -> &NodePath {
        &self.node
    }

    /// The response being read, with its evidence.
    pub fn focus(&self) -> Option<&Focus> {
        self.focus.as_deref()
    }

    /// The flags of all responses, as soon as they are known.
    pub fn flagged(&self) -> Option<&Flagged> {
        self.flags.of(&self.facts).map(|flagged| &**flagged)
    }

    /// Counts the flags of the responses listed. A view that shows [`Self::listed_flags`] does so in every frame.
    pub fn count_listed_flags(&mut self) {
        if let Some((_, derived)) = &self.derived {
            self.flags.count(&self.facts, &derived.matched);
        }
    }

    /// How many of the responses listed have which flags, as last counted with [`Self::count_listed_flags`].
    pub fn listed_flags(&self) -> Option<&Tally> {
        self.flags.counted()
    }

    /// The flags of the response being read, with what made them; none while names are hidden, because flags quote
    /// them.
    pub fn focus_flags(&self) -> &[Flag] {
        if self.is_blind() {
            return &[];
        }
        let flags = self.focus_flags.of(self.row);
        // Those of people stand last.
        let texts = flags.partition_point(|flag| flag.kind.info().basis != Basis::People);
        if self.hides_people() { &flags[..texts] } else { flags }
    }

    /// The kinds of flags that may stand beside response `row`: while somebody judges, none that tell what people said.
    pub fn shown_kinds(&self, row: usize) -> KindSet {
        let kinds = self.flagged().map(|flagged| flagged.kinds(row)).unwrap_or_default();
        if self.hides_people() {
            kinds.iter().filter(|kind| kind.info().basis != Basis::People).collect()
        } else {
            kinds
        }
    }

    /// Whether what people said is kept from who judges: it would lead them.
    fn hides_people(&self) -> bool {
        self.judging().session().is_some() && !self.judging().is_finished()
    }

    /// The piece of evidence gone to: an index into the focus's marks.
    pub fn mark(&self) -> Option<usize> {
        self.mark
    }

    /// The responses side by side.
    pub fn compare(&self) -> &Compare {
        &self.compare
    }

    /// The same, to take a remembered choice over.
    pub fn compare_mut(&mut self) -> &mut Compare {
        &mut self.compare
    }

    /// The rubric that the numbers are of: while a job runs, the one before.
    pub fn numbers_rubric(&self) -> &Arc<CompiledRubric> {
        self.derived.as_ref().map_or(self.engine.results(), |(inputs, _)| &inputs.results).rubric()
    }

    /// The numbers of all responses. They are those of [`Self::numbers_rubric`].
    pub fn overview(&self) -> Arc<Overview> {
        self.derived.as_ref().map(|(_, derived)| derived.all.clone()).unwrap_or_default()
    }

    /// The numbers of the responses listed, of [`Self::numbers_rubric`] as well.
    pub fn listed_overview(&self) -> Arc<Overview> {
        self.derived.as_ref().map(|(_, derived)| derived.shown.clone()).unwrap_or_default()
    }

    /// How the rubric's pinned examples come out now.
    pub fn examples(&self) -> &[ExampleOutcome] {
        &self.examples.1
    }

    /// What the newest edit did to the scores; `None` where nothing moved.
    pub fn effect(&self) -> Option<&Effect> {
        self.derived.as_ref()?.1.effect.as_ref()
    }

    /// The sentence for the status line, if there is one.
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// Says something in the status line.
    pub fn say(&mut self, sentence: impl Into<String>) {
        self.notice = Some(sentence.into());
    }

    /// Whether there is something to save.
    pub fn is_modified(&self) -> bool {
        !self.project.is_same(&self.saved) || !self.reviews.pending().is_empty() || self.reviews.loose() > 0
    }

    /// Gives unsaved changes up: nothing counts as modified any more.
    pub fn abandon(&mut self) {
        self.saved = self.project.clone();
        self.reviews.give_up();
        self.leave_place();
    }

    /// Where the project lives, and what is being done about its files.
    pub fn files(&self) -> &Files {
        &self.files
    }

    /// The same, to change what waits for an answer.
    pub fn files_mut(&mut self) -> &mut Files {
        &mut self.files
    }

    /// What is being done in the background, and how much of it.
    pub fn job(&self) -> Option<(&str, f32)> {
        let deriving = || self.deriving.as_ref().map(|(_, job)| (job.label(), &**job.progress()));
        let comparing = || self.compare.job();
        let jobs = self
            .files
            .job()
            .or_else(|| self.engine.job())
            .or_else(deriving)
            .or_else(comparing)
            .or_else(|| self.marking_job());
        let jobs = jobs.or_else(|| self.reviews.job()).or_else(|| self.flags.job());
        let (label, progress) = jobs.or_else(|| self.insight.reading())?;
        Some((label, progress.fraction()))
    }
}
