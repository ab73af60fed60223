//! [`Workbench`]: the state itself.

use super::background::WaitedFor;
use super::derived::{Derived, Inputs, derive};
use super::draft::Drafts;
use super::facts::Facts;
use super::files::{Change, Export, Files};
use super::flag_board::{FlagBoard, Inputs as Asked};
use super::focus_flags::FocusFlags;
use super::insight::Insight;
use super::job::retire;
use super::reading::Marking;
use super::reviews::{Reviews, Timeline};
use super::session::Judging;
use super::slots::Slots;
use super::{Command, Compare, Comparing, Comparison, Engine, Filter, Focus, Job, Order, Poll, Wake};
use crate::model::review::Judgements;
use crate::model::{Edit, History, Node, NodePath, Project};
use crate::scoring::{CompiledRubric, ExampleOutcome, Progress, Results, run_examples};
use std::sync::Arc;

/// The one state all panels share.
pub struct Workbench {
    pub(super) project: Project,
    pub(super) history: History,
    /// Edits and judgements in the order they were made.
    pub(super) timeline: Timeline,
    pub(super) reviews: Reviews,
    pub(super) judging: Judging,
    pub(super) drafts: Drafts,
    pub(super) saved: Project,
    pub(super) engine: Engine,
    /// What people judged, as far as it is of the project's responses: it counts.
    pub(super) judgements: Arc<Judgements>,
    pub(super) filter: Filter,
    pub(super) order: Order,
    /// What the list and the numbers were derived from, and what came out.
    pub(super) derived: Option<(Inputs, Derived)>,
    pub(super) deriving: Option<(Inputs, Job<Option<Derived>>)>,
    /// The analysis of what is listed.
    pub(super) insight: Insight,
    /// What follows from the responses alone.
    pub(super) facts: Arc<Facts>,
    pub(super) flags: FlagBoard,
    /// The flags of the response being read, and what they were told by.
    pub(super) focus_flags: FocusFlags,
    pub(super) row: Option<u32>,
    /// Where `row` stands.
    pub(super) place: Option<Place>,
    pub(super) node: NodePath,
    pub(super) mark: Option<usize>,
    pub(super) focus: Option<Arc<Focus>>,
    pub(super) marking: Option<Marking>,
    pub(super) compare: Compare,
    pub(super) visible: Vec<u32>,
    /// How the pinned examples came out, and under which rubric.
    pub(super) examples: (Arc<CompiledRubric>, Vec<ExampleOutcome>),
    /// Results at the start of the newest undo step.
    pub(super) baseline: Arc<Results>,
    pub(super) notice: Option<String>,
    pub(super) files: Files,
    pub(super) slots: Slots,
    pub(super) wake: Wake,
}

/// Where a row stands in a list.
pub(super) struct Place {
    row: u32,
    listed: Arc<[u32]>,
    pub(super) at: Option<usize>,
}

impl Workbench {
    /// An empty workbench; `wake` is called from other threads when [`Self::poll`] has something to do.
    pub fn new(wake: Wake) -> Self {
        let project = Project::default();
        Self {
            saved: project.clone(),
            project,
            history: History::default(),
            timeline: Timeline::default(),
            reviews: Reviews::default(),
            judging: Judging::default(),
            drafts: Drafts::default(),
            engine: Engine::new(wake.clone()),
            judgements: Arc::default(),
            filter: Filter::default(),
            order: Order::default(),
            derived: None,
            deriving: None,
            insight: Insight::default(),
            facts: Arc::default(),
            flags: FlagBoard::default(),
            focus_flags: FocusFlags::default(),
            row: None,
            place: None,
            node: NodePath::root(),
            mark: None,
            focus: None,
            marking: None,
            compare: Compare::new(),
            visible: Vec::new(),
            examples: Default::default(),
            baseline: Arc::default(),
            notice: None,
            files: Files::default(),
            slots: Slots::default(),
            wake,
        }
    }

    /// Replaces everything by `project`, as just opened: nothing to undo, nothing to save.
    pub fn open(&mut self, project: Project) {
        self.open_judged(project, None);
    }

    /// The same, where what is judged of it is in `reviews`, and goes there.
    pub fn open_judged(&mut self, project: Project, reviews: Option<std::path::PathBuf>) {
        let old = (std::mem::replace(&mut self.project, project.clone()), std::mem::replace(&mut self.saved, project));
        retire((old, std::mem::take(&mut self.history), self.derived.take()));
        self.timeline = Timeline::default();
        self.judging = Judging::default();
        self.leave_place();
        let logs = reviews.as_deref().map(|folder| crate::io::reviews::read_folder(folder).logs);
        let said = self.reviews.begin(logs.unwrap_or_default(), reviews, false);
        self.filter = Filter::default();
        self.order = Order::default();
        (self.row, self.mark) = (None, None);
        self.deriving = None;
        self.insight.clear();
        self.compare.reset();
        self.node = NodePath::root();
        self.slots = Slots::default();
        self.judgements = Arc::default();
        self.engine.update(&self.project, &self.judgements, &[]);
        self.baseline = self.engine.results().clone();
        self.hear(&said);
        self.refresh();
    }

    /// Grants a wish.
    pub fn execute(&mut self, command: Command) {
        if self.files.is_filling() && command.needs_all_responses() {
            self.notice = Some("Responses are still being read; try again when all are there.".to_owned());
            return;
        }
        match command {
            Command::Edit(edit) => self.edit(edit),
            Command::Seal => self.history.seal(),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::Judge { act, seconds } => drop(self.judge(*act, seconds)),
            Command::UndoJudgement(entry) => self.take_back(entry),
            Command::Session(command) => self.grant(command),
            Command::SaveJudgements => self.save_judgements(),
            Command::SetReviewer(name) => self.set_reviewer(&name),
            Command::LookAgain => self.look_again(),
            Command::RestoreDraft => self.restore(),
            Command::DiscardDraft => self.discard_offer(),
            Command::SelectRow(row) => self.select_row(row),
            // Side by side, the next response is the next prompt's.
            Command::StepRow(by) if self.compare.comparison() == Some(&Comparison::Prompt) => {
                self.steer(Comparing::Step(by));
            }
            Command::StepRow(by) => self.step_row(by),
            // What else could be put side by side would be named.
            Command::Compare(_)
            | Command::Comparing(Comparing::Models(_) | Comparing::Walk(_) | Comparing::Step(_))
                if self.is_blind() =>
            {
                self.notice = Some("While you judge blind, the session says what stands side by side.".to_owned());
            }
            Command::Compare(comparison) => self.compare.set(comparison),
            Command::Comparing(wish) => self.steer(wish),
            Command::SelectNode(path) => self.node = path,
            Command::SetFilter(_) | Command::Show(_) if self.is_blind() => {
                self.notice = Some("The filter rests while you judge blind.".to_owned());
            }
            Command::SetFilter(text) | Command::Show(text) => {
                self.filter.set(text, self.engine.results().rubric(), self.reviews.me());
            }
            Command::SetOrder(order) => self.order = order,
            Command::NextMark(criterion) => {
                self.mark = self.focus.as_ref().and_then(|focus| focus.next_mark(self.mark, criterion));
            }
            Command::PreviousMark(criterion) => {
                self.mark = self.focus.as_ref().and_then(|focus| focus.previous_mark(self.mark, criterion));
            }
            Command::SelectMark(mark) => self.mark = Some(mark),
            Command::Open(paths) => {
                self.stop_task();
                self.files.open(self.wake.clone(), paths, None);
            }
            Command::OpenDemo => {
                self.stop_task();
                self.files.open_demo(self.wake.clone());
            }
            Command::Add(paths) => self.files.open(self.wake.clone(), paths, Some(&self.project)),
            Command::Import => self.files.import(self.wake.clone()),
            Command::CancelImport => self.files.close_preview(),
            Command::OpenRubric(path) => self.files.open_rubric(self.wake.clone(), path),
            Command::Save(target) => self.save(target),
            Command::Export { exporter, evidence, flags, target } => {
                let export = Export {
                    dataset: self.project.dataset().clone(),
                    rubric: self.engine.compiled().rubric.clone(),
                    people: self.judgements.clone(),
                    results: self.engine.is_fresh().then(|| self.engine.results().clone()),
                    exporter,
                    evidence,
                    flags: flags.then(|| self.flags.search(self.asked())),
                    target,
                    spared: self.files.parts(&self.project),
                };
                self.files.export(self.wake.clone(), export);
            }
            Command::Cancel => {
                self.stop_task();
                if self.engine.job().is_some() {
                    self.engine.cancel();
                    self.notice = Some("Scoring is stopped; the next edit starts it again.".to_owned());
                }
                if self.compare.cancel() {
                    self.notice = Some("Comparing words is stopped; ask for differences to start again.".to_owned());
                }
            }
            Command::CompareWith(base) => self.compare_with(base),
            Command::Dismiss => self.files.dismiss(),
        }
        self.refresh();
    }

    pub(super) fn edit(&mut self, edit: Edit) {
        let follow = self.node_after(&edit);
        let steps = self.history.len();
        match self.history.apply(&mut self.project, edit) {
            Ok(()) => {
                if self.history.len() != steps && self.engine.is_fresh() {
                    self.baseline = self.engine.results().clone();
                }
                if let Some(path) = follow {
                    self.node = path;
                }
                self.timeline.edited(self.history.undo_label(), self.history.len() != steps);
                self.notice = None;
            }
            Err(error) => self.notice = Some(error.to_string()),
        }
    }

    fn save(&mut self, target: Option<std::path::PathBuf>) {
        self.retry_judgements();
        let reviews = self.reviews_to_save();
        let target = target.or_else(|| self.files.origin().map(std::path::Path::to_owned));
        match (target, self.files.read_only()) {
            (Some(target), Some(why)) if self.files.origin() == Some(&target) => {
                self.notice = Some(format!("{why} Save it under another name."));
            }
            (Some(target), _) => self.files.save(self.wake.clone(), self.project.clone(), target, reviews),
            (None, _) => self.notice = Some("Choose where to save the project first.".to_owned()),
        }
    }

    /// Stops what is being done with files. A project that was still being read is closed.
    fn stop_task(&mut self) {
        if let Some(change) = self.files.cancel() {
            self.take(change);
            self.notice = Some("Reading was stopped, and the project closed; open it again to read it all.".to_owned());
        }
    }

    fn take(&mut self, change: Change) {
        match change {
            Change::Open(project) => {
                self.open(*project);
                // Where it lives is known when all of it is there.
                if !self.files.is_filling() {
                    self.begin_reviews();
                    self.bring_judgements();
                }
            }
            Change::Complete(project) => {
                self.project = self.project.with_data_of(&project);
                self.saved = self.saved.with_data_of(&project);
                self.history.complete_data(&project);
                self.with_rubric_of_data(&project);
                self.begin_reviews();
                self.bring_judgements();
            }
            Change::Edit(edit) => {
                self.edit(self.with_criteria(edit));
                self.bring_judgements();
            }
            Change::Saved { before, after, has_moved } => self.settle_saved(*before, *after, has_moved),
            Change::Restored(restored) => self.take_restored(*restored),
            Change::NotRestored => self.stop_restoring(),
        }
    }

    /// The project was saved as `before`; its files stand where `after` says now. What was edited meanwhile
    /// stays, unsaved.
    fn settle_saved(&mut self, before: Project, after: Project, has_moved: bool) {
        if self.project.is_same(&before) {
            self.project = after.clone();
            self.saved = after;
        } else {
            self.saved = before;
        }
        self.settle_place(has_moved);
    }

    /// Where the selection goes with an edit of the tree.
    fn node_after(&self, edit: &Edit) -> Option<NodePath> {
        match edit {
            Edit::AddNode { parent, index, node } => {
                let added = parent.child(*index);
                // A criterion asked for in an empty rubric brings its dimension along.
                let brought = self.project.rubric().dimensions.is_empty()
                    && matches!(&**node, Node::Dimension(dimension) if !dimension.children.is_empty());
                Some(if brought { added.child(0) } else { added })
            }
            Edit::RemoveNode(path) if self.node.is_within(path) => {
                let (parent, index) = path.parent()?;
                Some(if index > 0 { parent.child(index - 1) } else { parent })
            }
            Edit::RemoveNode(path) => Some(self.node.after_removal(path)),
            Edit::MoveNode { from, parent, index } => {
                let (old_parent, old_index) = from.parent()?;
                let index = if old_parent == *parent && old_index < *index { index - 1 } else { *index };
                Some(parent.after_removal(from).child(index))
            }
            Edit::SetRubric(_) => Some(NodePath::root()),
            _ => None,
        }
    }

    pub(super) fn travel(&mut self, go: fn(&mut History, &mut Project) -> Option<String>, verb: &str) {
        if self.engine.is_fresh() {
            self.baseline = self.engine.results().clone();
        }
        if let Some(label) = go(&mut self.history, &mut self.project) {
            self.notice = Some(format!("{verb}: {label}"));
        }
    }

    pub(super) fn select_row(&mut self, row: u32) {
        if self.row != Some(row) {
            self.row = Some(row);
            self.mark = None;
        }
    }

    fn steer(&mut self, wish: Comparing) {
        let listed = self.listed();
        if let Some(row) = self.compare.execute(wish, self.project.dataset(), &listed) {
            self.select_row(row);
        }
    }

    pub(super) fn step_row(&mut self, by: i32) {
        let listed = self.listed();
        let Some(last) = listed.len().checked_sub(1) else { return };
        let at = self.place().map_or(0, |at| at.saturating_add_signed(by as isize).min(last));
        self.select_row(listed[at]);
        self.place = Some(Place { row: listed[at], at: Some(at), listed });
    }

    /// Tells which rows are on screen, so that an edit scores them first.
    pub fn set_visible(&mut self, rows: &[u32]) {
        if self.visible != rows {
            self.visible = rows.to_vec();
            self.engine.show(rows);
        }
    }

    /// Collects what background jobs finished; whether anything changed.
    pub fn poll(&mut self) -> bool {
        let mut changed = self.engine.poll()
            | self.flags.poll()
            | self.poll_derived()
            | self.insight.poll()
            | self.poll_earlier()
            | self.poll_reviews()
            | self.compare.poll()
            | self.poll_marking()
            | self.focus_flags.poll()
            | self.poll_keeper();
        // The first responses and the whole may both be there.
        loop {
            let (change, said) = self.files.poll();
            if change.is_none() && said.is_none() {
                break;
            }
            if let Some(change) = change {
                self.take(change);
            }
            self.notice = said.or(self.notice.take());
            changed = true;
        }
        if changed {
            self.refresh();
        }
        changed | self.files.look_ahead(&self.wake)
    }

    /// Brings everything derived up to date. Cheap when nothing changed.
    pub(super) fn refresh(&mut self) {
        // The row being read is scored once, with its evidence.
        let others: Vec<u32> = self.visible.iter().copied().filter(|&row| Some(row) != self.row).collect();
        self.reviews.update(&self.project, &self.wake);
        self.hear_people();
        self.engine.update(&self.project, &self.judgements, &others);
        self.slots.update(self.project.rubric());
        if self.project.rubric().node(&self.node).is_none() {
            self.node = NodePath::root();
        }
        self.derive();
        self.keep_selection();
        self.refresh_judging();
        self.refresh_comparison();
        self.find_place();
        self.refresh_focus();
        self.keep();
        let read = self.row.zip(self.flags.of(&self.facts));
        self.focus_flags.update(read, &self.wake);
        let compiled = &self.engine.compiled().rubric;
        if !Arc::ptr_eq(&self.examples.0, compiled) {
            self.examples = (compiled.clone(), run_examples(self.project.rubric(), compiled));
        }
    }

    /// Takes over what people judged. For a moment after an import it may still be by the rows of other responses, and
    /// does not count.
    fn hear_people(&mut self) {
        let (dataset, of) = (self.project.dataset(), self.reviews.judged());
        if Arc::ptr_eq(dataset, of) || dataset.continues(of) {
            self.judgements = self.reviews.judgements().clone();
        } else if self.judgements.rows().next().is_some() {
            self.judgements = Arc::default();
        }
    }

    /// What flags follow from, as it is now.
    fn asked(&self) -> Asked {
        Asked {
            facts: self.facts.clone(),
            settings: self.project.settings().clone(),
            rubric: self.project.rubric().clone(),
            results: self.engine.results().clone(),
            judgements: self.judgements.clone(),
        }
    }

    /// Lists and counts anew what no longer follows from the scores, the filter and the order: at once where a
    /// frame has time for it, else in the background, the newest wish winning.
    fn derive(&mut self) {
        let results = self.engine.results();
        self.filter.reparse(results.rubric(), self.reviews.me());
        if !Arc::ptr_eq(&self.facts.dataset, self.project.dataset()) {
            if !self.project.dataset().continues(&self.facts.dataset) {
                // Rows and models that are gone cannot be shown.
                retire(self.derived.take());
            }
            self.facts = Arc::new(Facts::new(self.project.dataset().clone()));
        }
        if self.engine.is_fresh() {
            self.flags.update(self.asked(), &self.wake);
        }
        let flags = self.flags.of(&self.facts).filter(|_| self.filter.query().asks_for_flags());
        if self.filter.query().asks_for_flags() && flags.is_none() {
            // What is listed stays until they are known.
            self.deriving = None;
            return;
        }
        let inputs = Inputs {
            flags: flags.cloned(),
            facts: self.facts.clone(),
            results: results.clone(),
            baseline: self.baseline.clone(),
            query: self.filter.query().clone(),
            order: self.order.clone(),
        };
        match &self.deriving {
            // What asks for the same rows is let finish, so that a drag that changes scores in every frame is
            // followed: when it is done, the newest scores are next.
            Some((under_way, _)) if under_way.is_same_wish(&inputs) => return,
            _ => self.deriving = None,
        }
        if self.derived.as_ref().is_some_and(|(known, _)| known.is_same(&inputs)) {
            return;
        }
        if inputs.is_quick() {
            self.derived =
                derive(&inputs, self.derived.as_ref(), &Progress::default()).map(|derived| (inputs, derived));
            return;
        }
        let (before, work) = (self.derived.clone(), inputs.clone());
        let job = Job::spawn("Listing", self.wake.clone(), move |progress| {
            let _waited_for = WaitedFor::new();
            derive(&work, before.as_ref(), progress)
        });
        self.deriving = Some((inputs, job));
    }

    /// Takes over what was derived in the background; whether anything was.
    fn poll_derived(&mut self) -> bool {
        let Some((inputs, job)) = self.deriving.take() else { return false };
        match job.poll() {
            Poll::Running => {
                self.deriving = Some((inputs, job));
                false
            }
            Poll::Done(derived) => {
                if let Some(derived) = derived {
                    retire(self.derived.replace((inputs, derived)));
                }
                true
            }
            Poll::Lost => true,
        }
    }

    /// Keeps the row that is read while it exists; otherwise reads the first listed.
    fn keep_selection(&mut self) {
        let rows = self.project.dataset().responses().len();
        if self.row.is_none_or(|row| row as usize >= rows) {
            self.row = self.listed().first().copied();
            self.mark = None;
        }
    }

    /// Looks up where the row being read stands, when it or the list is another.
    fn find_place(&mut self) {
        let listed = self.listed();
        let is_known = |place: &Place| Some(place.row) == self.row && Arc::ptr_eq(&place.listed, &listed);
        if !self.place.as_ref().is_some_and(is_known) {
            self.place = self.row.map(|row| {
                let at = listed.iter().position(|&listed| listed == row);
                Place { row, listed, at }
            });
        }
    }

    /// Side by side, what is read is one of the columns.
    fn refresh_comparison(&mut self) {
        let (listed, row) = (self.listed(), self.row);
        let read = self.focus.as_deref();
        let dataset = self.project.dataset();
        if let Some(row) = self.compare.refresh(dataset, &mut self.engine, &listed, row, read, &self.wake) {
            self.select_row(row);
        }
    }
}
