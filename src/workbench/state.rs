//! [`Workbench`]: the state itself.

use super::{Command, Effect, Engine, Filter, Focus, Order, Overview, Wake, listing, overview};
use crate::model::{Edit, History, NodePath, Project};
use crate::scoring::{ExampleOutcome, Results, run_examples};
use std::sync::Arc;

/// The one state all panels share.
pub struct Workbench {
    project: Project,
    history: History,
    saved: Project,
    engine: Engine,
    filter: Filter,
    order: Order,
    listed: Arc<[u32]>,
    row: Option<u32>,
    node: NodePath,
    mark: Option<usize>,
    focus: Option<Focus>,
    visible: Vec<u32>,
    /// How the pinned examples came out, and under which revision.
    examples: (u64, Vec<ExampleOutcome>),
    /// Of all responses, and of those listed; equal while nothing is filtered.
    overviews: (Arc<Overview>, Arc<Overview>),
    /// Results at the start of the newest undo step, and what the step has done to them so far.
    baseline: Arc<Results>,
    effect: Option<Effect>,
    /// What the derived parts above were computed from.
    derived_from: Option<Derivation>,
    notice: Option<String>,
}

/// Identifies the inputs of the list and the overviews.
#[derive(Clone, PartialEq)]
struct Derivation {
    results: usize,
    dataset: usize,
    filter: String,
    order: Order,
}

impl Workbench {
    /// An empty workbench; `wake` is called from other threads when [`Self::poll`] has something to do.
    pub fn new(wake: Wake) -> Self {
        let project = Project::default();
        Self {
            saved: project.clone(),
            project,
            history: History::default(),
            engine: Engine::new(wake),
            filter: Filter::default(),
            order: Order::default(),
            listed: Arc::default(),
            row: None,
            node: NodePath::root(),
            mark: None,
            focus: None,
            visible: Vec::new(),
            examples: (u64::MAX, Vec::new()),
            overviews: Default::default(),
            baseline: Arc::default(),
            effect: None,
            derived_from: None,
            notice: None,
        }
    }

    /// Replaces everything by `project`, as just opened: nothing to undo, nothing to save.
    pub fn open(&mut self, project: Project) {
        self.saved = project.clone();
        self.project = project;
        self.history = History::default();
        self.filter = Filter::default();
        self.order = Order::default();
        (self.row, self.mark, self.effect) = (None, None, None);
        self.node = NodePath::root();
        self.refresh();
        self.baseline = self.engine.results().clone();
    }

    /// Grants a wish.
    pub fn execute(&mut self, command: Command) {
        match command {
            Command::Edit(edit) => self.edit(edit),
            Command::Seal => self.history.seal(),
            Command::Undo => self.travel(History::undo, "Undid"),
            Command::Redo => self.travel(History::redo, "Redid"),
            Command::SelectRow(row) => self.select_row(row),
            Command::StepRow(by) => self.step_row(by),
            Command::SelectNode(path) => self.node = path,
            Command::SetFilter(text) | Command::Show(text) => {
                self.filter.set(text, self.engine.results().rubric());
            }
            Command::SetOrder(order) => self.order = order,
            Command::NextMark(criterion) => {
                self.mark = self.focus.as_ref().and_then(|focus| focus.next_mark(self.mark, criterion));
            }
            Command::PreviousMark(criterion) => {
                self.mark = self.focus.as_ref().and_then(|focus| focus.previous_mark(self.mark, criterion));
            }
            Command::SelectMark(mark) => self.mark = Some(mark),
        }
        self.refresh();
    }

    fn edit(&mut self, edit: Edit) {
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
                self.notice = None;
            }
            Err(error) => self.notice = Some(error.to_string()),
        }
    }

    /// Where the selection goes with an edit of the tree.
    fn node_after(&self, edit: &Edit) -> Option<NodePath> {
        match edit {
            Edit::AddNode { parent, index, .. } => Some(parent.child(*index)),
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

    fn travel(&mut self, go: fn(&mut History, &mut Project) -> Option<String>, verb: &str) {
        if self.engine.is_fresh() {
            self.baseline = self.engine.results().clone();
        }
        if let Some(label) = go(&mut self.history, &mut self.project) {
            self.notice = Some(format!("{verb}: {label}"));
        }
    }

    fn select_row(&mut self, row: u32) {
        if self.row != Some(row) {
            self.row = Some(row);
            self.mark = None;
        }
    }

    fn step_row(&mut self, by: i32) {
        if self.listed.is_empty() {
            return;
        }
        let last = self.listed.len() - 1;
        let at = self.place().map_or(0, |at| at.saturating_add_signed(by as isize).min(last));
        self.select_row(self.listed[at]);
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
        let changed = self.engine.poll();
        if changed {
            self.refresh();
        }
        changed
    }

    /// Brings everything derived up to date. Cheap when nothing changed.
    fn refresh(&mut self) {
        self.engine.update(&self.project, &self.visible);
        if self.project.rubric().node(&self.node).is_none() {
            self.node = NodePath::root();
        }
        if self.engine.is_fresh() || self.engine.results().is_empty() {
            self.derive();
        }
        self.keep_selection();
        self.refresh_focus();
        let revision = self.engine.revision();
        if self.examples.0 != revision {
            self.examples = (revision, run_examples(self.project.rubric(), &self.engine.compiled().rubric));
        }
    }

    fn derive(&mut self) {
        let (results, dataset) = (self.engine.results(), self.project.dataset());
        let derivation = Derivation {
            results: Arc::as_ptr(results) as usize,
            dataset: Arc::as_ptr(dataset) as usize,
            filter: self.filter.text().to_owned(),
            order: self.order.clone(),
        };
        let Some(old) = self.derived_from.replace(derivation.clone()) else {
            return self.derive_from(true);
        };
        if old != derivation {
            self.derive_from(old.results != derivation.results || old.dataset != derivation.dataset);
        }
    }

    fn derive_from(&mut self, scores_changed: bool) {
        let (results, dataset) = (self.engine.results().clone(), self.project.dataset().clone());
        self.filter.reparse(results.rubric());
        self.listed = listing(&dataset, &results, self.filter.query(), &self.order).into();
        if scores_changed {
            let all: Vec<u32> = (0..dataset.responses().len() as u32).collect();
            self.overviews.0 = Arc::new(overview(&dataset, &results, &all));
            self.effect = Effect::between(&self.baseline, &results).filter(|effect| !effect.is_nothing());
        }
        self.overviews.1 = if self.filter.is_empty() {
            self.overviews.0.clone()
        } else {
            Arc::new(overview(&dataset, &results, &self.listed))
        };
    }

    /// Keeps the row that is read while it exists; otherwise reads the first listed.
    fn keep_selection(&mut self) {
        let rows = self.project.dataset().responses().len();
        if self.row.is_none_or(|row| row as usize >= rows) {
            self.row = self.listed.first().copied();
            self.mark = None;
        }
    }

    fn refresh_focus(&mut self) {
        let Some(row) = self.row else {
            self.focus = None;
            return;
        };
        let revision = self.engine.revision();
        if self.focus.as_ref().is_none_or(|focus| focus.row != row || focus.revision != revision) {
            let focus = Focus::new(self.project.dataset(), &self.engine.compiled().rubric, revision, row);
            self.mark = self.mark.filter(|&mark| mark < focus.marks.len());
            self.focus = Some(focus);
        }
    }

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

    /// The filter.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The order of the list.
    pub fn order(&self) -> &Order {
        &self.order
    }

    /// The rows listed, in order.
    pub fn listed(&self) -> &Arc<[u32]> {
        &self.listed
    }

    /// The row being read.
    pub fn row(&self) -> Option<u32> {
        self.row
    }

    /// Where the row being read stands in the list; `None` when the filter hides it.
    pub fn place(&self) -> Option<usize> {
        let row = self.row?;
        self.listed.iter().position(|&listed| listed == row)
    }

    /// The node of the rubric being worked on; the root for the rubric itself.
    pub fn node(&self) -> &NodePath {
        &self.node
    }

    /// The response being read, with its evidence.
    pub fn focus(&self) -> Option<&Focus> {
        self.focus.as_ref()
    }

    /// The piece of evidence gone to: an index into the focus's marks.
    pub fn mark(&self) -> Option<usize> {
        self.mark
    }

    /// The numbers of all responses.
    pub fn overview(&self) -> &Arc<Overview> {
        &self.overviews.0
    }

    /// The numbers of the responses listed.
    pub fn listed_overview(&self) -> &Arc<Overview> {
        &self.overviews.1
    }

    /// How the rubric's pinned examples come out now.
    pub fn examples(&self) -> &[ExampleOutcome] {
        &self.examples.1
    }

    /// What the newest edit did to the scores; `None` where nothing moved.
    pub fn effect(&self) -> Option<&Effect> {
        self.effect.as_ref()
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
        !self.project.is_same(&self.saved)
    }

    /// Marks `project` as saved.
    pub fn set_saved(&mut self, project: Project) {
        self.saved = project;
    }
}
