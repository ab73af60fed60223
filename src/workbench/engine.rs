//! Keeps results up to date with the project: columns reused between edits, the rest in the background.

use super::background::WaitedFor;
use super::job::{Job, Poll, Wake, retire};
use super::reading::INLINE_TEXT;
use super::work::{Known, Scored, Work};
use crate::checks::{Check, CompiledCheck};
use crate::model::review::Judgements;
use crate::model::{Dataset, Project, Rubric};
use crate::scoring::{
    By, Cell, Compiled, CompiledRubric, How, Progress, Results, Scorecard, Total, by, compile, counting, input, tally,
};
use std::collections::HashMap;
use std::sync::Arc;

/// Scores the project's responses and remembers every column it computed lately.
pub struct Engine {
    rubric: Arc<Rubric>,
    dataset: Arc<Dataset>,
    people: Arc<Judgements>,
    compiled: Compiled,
    /// Columns over `dataset`, least recently wanted first. Undo finds the old column here.
    cache: Vec<Known>,
    results: Arc<Results>,
    fresh: bool,
    job: Option<Running>,
    /// Rows scored ahead of the job because they are on screen.
    preview: HashMap<usize, Preview>,
    revision: u64,
    wake: Wake,
}

/// Scoring in the background.
struct Running {
    job: Job<Scored>,
    /// The revision it is of.
    revision: u64,
    /// Whether it runs no check.
    only_totals: bool,
}

/// One row under the newest rubric.
struct Preview {
    total: Total,
    dimensions: Vec<f64>,
    /// Of each criterion what counts, what the machine says and whose it is.
    cells: Vec<(Cell, Cell, By)>,
}

/// Columns kept: at mostly a byte a row, 64 of a million rows are 64 MB; where a row takes 9, 576 MB.
const CACHED_COLUMNS: usize = 64;

impl Engine {
    /// An engine with nothing to do; `wake` is called when a background job has something to collect.
    pub fn new(wake: Wake) -> Self {
        Self {
            rubric: Arc::default(),
            dataset: Arc::default(),
            people: Arc::default(),
            compiled: compile(&Rubric::default(), None),
            cache: Vec::new(),
            results: Arc::default(),
            fresh: true,
            job: None,
            preview: HashMap::new(),
            revision: 0,
            wake,
        }
    }

    /// Takes the project's state and what people judged of its responses over: compiles what changed, scores
    /// `visible` rows at once and the rest in the background. The newest edit wins; a running job is cancelled. A new
    /// judgement runs no check, and adds only the rows up that it is of.
    pub fn update(&mut self, project: &Project, people: &Arc<Judgements>, visible: &[u32]) {
        let same_data = Arc::ptr_eq(&self.dataset, project.dataset());
        let same_rubric = Arc::ptr_eq(&self.rubric, project.rubric());
        if same_data && same_rubric && Arc::ptr_eq(&self.people, people) {
            return;
        }
        if !same_rubric {
            self.rubric = project.rubric().clone();
            self.compiled = compile(&self.rubric, Some(&self.compiled.rubric));
        }
        if !same_data {
            self.dataset = project.dataset().clone();
            retire((std::mem::take(&mut self.cache), std::mem::take(&mut self.results)));
        }
        retire(std::mem::replace(&mut self.people, people.clone()));
        self.revision += 1;
        self.fresh = false;
        self.preview.clear();
        self.schedule(visible);
    }

    fn schedule(&mut self, visible: &[u32]) {
        let work = self.work();
        if let Some(results) = work.relabel() {
            self.job = None;
            self.settle(Vec::new(), results);
            return;
        }
        if work.is_quick() {
            self.job = None;
            if let Some((columns, results)) = work.run(&Progress::default()) {
                self.settle(columns, results);
            }
            return;
        }
        self.show(visible);
        // Sums are done sooner than they would be if each step of a drag began them anew.
        if work.missing.is_empty() && self.job.as_ref().is_some_and(|running| running.only_totals) {
            return;
        }
        let only_totals = work.missing.is_empty();
        let job = Job::spawn("Scoring", self.wake.clone(), move |progress| {
            let _waited_for = WaitedFor::new();
            work.run(progress)
        });
        self.job = Some(Running { job, revision: self.revision, only_totals });
    }

    fn work(&self) -> Work {
        Work {
            dataset: self.dataset.clone(),
            rubric: self.compiled.rubric.clone(),
            people: self.people.clone(),
            known: self.cache.clone(),
            missing: self.missing_checks(),
            before: self.results.clone(),
        }
    }

    /// Checks of the compiled rubric that have no column yet, each once.
    fn missing_checks(&self) -> Vec<(Check, Arc<CompiledCheck>)> {
        let mut missing: Vec<(Check, Arc<CompiledCheck>)> = Vec::new();
        for criterion in &self.compiled.rubric.criteria {
            if let How::Check(check, compiled) = &criterion.how
                && !self.cache.iter().any(|(known, _)| known == check)
                && !missing.iter().any(|(known, _)| known == check)
            {
                missing.push((check.clone(), compiled.clone()));
            }
        }
        missing
    }

    /// Collects what the job finished; whether anything changed.
    pub fn poll(&mut self) -> bool {
        let Some(running) = &self.job else { return false };
        let outcome = match running.job.poll() {
            Poll::Running => return false,
            Poll::Done(outcome) => outcome,
            Poll::Lost => None,
        };
        let revision = running.revision;
        self.job = None;
        match outcome {
            Some((columns, results)) if revision == self.revision => self.settle(columns, results),
            Some((columns, results)) => {
                self.keep(columns, results);
                let visible: Vec<u32> = self.preview.keys().map(|&row| row as u32).collect();
                self.schedule(&visible);
            }
            None => {}
        }
        true
    }

    /// Takes over what is the newest rubric's.
    fn settle(&mut self, columns: Vec<Known>, results: Results) {
        self.keep(columns, results);
        self.fresh = true;
        self.preview.clear();
        self.forget_old_columns();
    }

    fn keep(&mut self, columns: Vec<Known>, results: Results) {
        self.cache.extend(columns);
        retire(std::mem::replace(&mut self.results, Arc::new(results)));
    }

    /// Moves the columns in use to the end and drops the oldest beyond the limit.
    fn forget_old_columns(&mut self) {
        let used = |check: &Check| {
            self.compiled.rubric.criteria.iter().any(|c| matches!(&c.how, How::Check(known, _) if known == check))
        };
        self.cache.sort_by_key(|(check, _)| used(check));
        let in_use = self.cache.iter().filter(|(check, _)| used(check)).count();
        let keep = CACHED_COLUMNS.max(in_use);
        let surplus = self.cache.len().saturating_sub(keep);
        if surplus > 0 {
            retire(self.cache.drain(..surplus).collect::<Vec<_>>());
        }
    }

    /// Scores `rows` ahead of the background job, those not scored yet. Texts that a frame has no time for are left to
    /// the job, where a check is yet to run on them.
    pub fn show(&mut self, rows: &[u32]) {
        if self.fresh {
            return;
        }
        let runs_checks = !self.missing_checks().is_empty();
        let mut left = INLINE_TEXT;
        for &row in rows {
            let row = row as usize;
            if row < self.dataset.responses().len() && !self.preview.contains_key(&row) {
                let length = if runs_checks { self.dataset.response_text(row).map_or(0, str::len) } else { 0 };
                let Some(rest) = left.checked_sub(length) else { continue };
                left = rest;
                let preview = self.score_row(row);
                self.preview.insert(row, preview);
            }
        }
    }

    /// Takes the card of `row` over, which was made under the newest rubric: it says what scoring the row would.
    pub(super) fn learn(&mut self, row: u32, card: &Scorecard) {
        if self.fresh {
            return;
        }
        let preview = Preview {
            total: card.total,
            dimensions: card.dimensions.iter().map(|value| value.unwrap_or(f64::NAN)).collect(),
            cells: card.criteria.iter().map(|card| (card.cell, card.machine, card.by)).collect(),
        };
        self.preview.insert(row as usize, preview);
    }

    fn score_row(&self, row: usize) -> Preview {
        let rubric = &self.compiled.rubric;
        let input = input(&self.dataset, row);
        let machine = |at: usize| match &rubric.criteria[at].how {
            How::Check(check, compiled) => match self.cache.iter().find(|(known, _)| known == check) {
                Some((_, column)) => column.cell(row),
                None => Cell::of(compiled, input.as_ref()),
            },
            How::Human(_) | How::Broken => rubric.cell(at, None),
        };
        let cells: Vec<(Cell, Cell, By)> = (0..rubric.criteria.len())
            .map(|at| {
                let (machine, row) = (machine(at), row as u32);
                let cell = counting(rubric, at, row, &self.people, machine);
                (cell, machine, by(rubric, at, row, &self.people))
            })
            .collect();
        let mut dimensions = vec![f64::NAN; rubric.dimensions.len()];
        let total = tally(rubric, |index| cells[index].0, &mut dimensions);
        Preview { total, dimensions, cells }
    }

    /// The compiled rubric and everything wrong with it.
    pub fn compiled(&self) -> &Compiled {
        &self.compiled
    }

    /// The newest complete results. While a job runs they are those of an older rubric, which
    /// [`Results::rubric`] tells.
    pub fn results(&self) -> &Arc<Results> {
        &self.results
    }

    /// Whether [`Self::results`] are those of the newest rubric.
    pub fn is_fresh(&self) -> bool {
        self.fresh
    }

    /// What people judged, as last taken over.
    pub fn people(&self) -> &Arc<Judgements> {
        &self.people
    }

    /// Grows with every change of rubric, data or judgements.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// The running job.
    pub fn job(&self) -> Option<(&str, &Progress)> {
        self.job.as_ref().map(|running| (running.job.label(), &**running.job.progress()))
    }

    /// Stops the job; results stay those of the older rubric until the next edit.
    pub fn cancel(&mut self) {
        self.job = None;
    }

    /// What is known of one row under the newest rubric; `None` while that is still being computed.
    pub fn row(&self, row: usize) -> Option<RowScore<'_>> {
        let rubric = &*self.compiled.rubric;
        if self.fresh {
            return (row < self.results.len())
                .then_some(RowScore { rubric, source: Source::Results(&self.results, row) });
        }
        self.preview.get(&row).map(|preview| RowScore { rubric, source: Source::Preview(preview) })
    }
}

/// The scores of one row under the newest rubric.
#[derive(Clone, Copy)]
pub struct RowScore<'a> {
    rubric: &'a CompiledRubric,
    source: Source<'a>,
}

#[derive(Clone, Copy)]
enum Source<'a> {
    Results(&'a Results, usize),
    Preview(&'a Preview),
}

impl<'a> RowScore<'a> {
    /// The total.
    pub fn total(&self) -> Total {
        match self.source {
            Source::Results(results, row) => results.total(row),
            Source::Preview(preview) => preview.total,
        }
    }

    /// The value of a dimension.
    pub fn dimension(&self, index: usize) -> Option<f64> {
        match self.source {
            Source::Results(results, row) => results.dimension(row, index),
            Source::Preview(preview) => Some(preview.dimensions[index]).filter(|value| !value.is_nan()),
        }
    }

    /// The cell of a criterion: what counts.
    pub fn cell(&self, index: usize) -> Cell {
        match self.source {
            Source::Results(results, row) => results.cell(row, index),
            Source::Preview(preview) => preview.cells[index].0,
        }
    }

    /// What the machine alone says of a criterion.
    pub fn machine_cell(&self, index: usize) -> Cell {
        match self.source {
            Source::Results(results, row) => results.machine_cell(row, index),
            Source::Preview(preview) => preview.cells[index].1,
        }
    }

    /// Whose the value of a criterion is.
    pub fn by(&self, index: usize) -> By {
        match self.source {
            Source::Results(results, row) => results.by(row, index),
            Source::Preview(preview) => preview.cells[index].2,
        }
    }

    /// The rubric these are the scores of.
    pub fn rubric(&self) -> &'a CompiledRubric {
        self.rubric
    }

    /// What each top-level dimension adds to the score: index and share, which sum to the score before clipping
    /// and gates. Dimensions without a value add nothing and take no share.
    pub fn contributions(&self) -> Vec<(usize, f64)> {
        let scored: Vec<(usize, f64)> =
            self.rubric.top.iter().filter_map(|&at| Some((at, self.dimension(at)?))).collect();
        let positive: f64 = scored.iter().map(|&(at, _)| self.rubric.dimensions[at].weight.max(0.0)).sum();
        if positive <= 0.0 {
            return Vec::new();
        }
        scored.into_iter().map(|(at, value)| (at, self.rubric.dimensions[at].weight * value / positive)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::Phrases;
    use crate::model::review::{Act, Entry, Purpose, Rate, ReviewLog, RowIndex};
    use crate::model::{
        Criterion, DatasetBuilder, Dimension, Edit, ImportReport, Judge, NewPrompt, NewResponse, Node, NodePath, Scale,
    };
    use crate::scoring::{State, scorecard};
    use crate::workbench::work::INLINE_ROWS;
    use jiff::Timestamp;

    fn project(rows: usize, text: &str) -> Project {
        let mut builder = DatasetBuilder::default();
        let prompt = builder.add_prompt(NewPrompt { id: "p", ..NewPrompt::default() }).unwrap();
        for row in 0..rows {
            let id = format!("r{row}");
            let new =
                NewResponse { id: &id, prompt, model: "m", text: Ok(text), metadata: None, source: 0, row: row as u32 };
            builder.add_response(new).unwrap();
        }
        let mut dimension = Dimension::new("d", "D");
        dimension.children = vec![phrases("a", "one"), phrases("b", "two")];
        let rubric = Rubric { dimensions: vec![dimension], ..Rubric::default() };
        Project::new("p", rubric, builder.finish(), vec![], ImportReport::default())
    }

    fn phrases(id: &str, phrase: &str) -> Node {
        let check = Check::Phrases(Phrases { phrases: vec![phrase.to_owned()], ..Phrases::default() });
        Node::Criterion(Criterion::new(id, id, Judge::Check(check)))
    }

    fn finish(engine: &mut Engine) {
        while engine.job().is_some() {
            engine.poll();
            std::thread::yield_now();
        }
    }

    #[test]
    fn visible_rows_are_scored_at_once_and_agree_with_the_whole_and_the_card() {
        let long = "one ".repeat(4000);
        let project = project(300, &long);
        let mut engine = Engine::new(Arc::new(|| ()));
        engine.update(&project, &Arc::default(), &[7]);
        assert!(!engine.is_fresh(), "this much text is scored in the background");
        let early = engine.row(7).unwrap().total();
        assert!(engine.row(8).is_none());
        finish(&mut engine);
        assert!(engine.is_fresh());
        let input = input(project.dataset(), 7);
        let card = scorecard(&engine.compiled().rubric, input.as_ref());
        assert_eq!(early, engine.row(7).unwrap().total());
        assert_eq!(early, card.total);
        assert_eq!(early.score, Some(0.5));

        let mut engine = Engine::new(Arc::new(|| ()));
        engine.update(&project, &Arc::default(), &[]);
        engine.learn(7, &card);
        assert_eq!(engine.row(7).unwrap().total(), early, "a card that is there already says the same");
    }

    #[test]
    fn weights_and_undone_edits_run_no_check() {
        let mut project = project(2, "one");
        let mut engine = Engine::new(Arc::new(|| ()));
        engine.update(&project, &Arc::default(), &[]);
        let columns = |engine: &Engine| engine.cache.iter().map(|(_, c)| Arc::as_ptr(c)).collect::<Vec<_>>();
        let before = columns(&engine);

        let Node::Criterion(mut heavy) = phrases("a", "one") else { unreachable!() };
        heavy.weight = 3.0;
        let path = NodePath::new([0, 0]);
        let edit = |node| Edit::SetNode { path: path.clone(), node: Box::new(node), field: "weight" };
        project.apply(edit(Node::Criterion(heavy))).unwrap();
        engine.update(&project, &Arc::default(), &[]);
        assert_eq!(columns(&engine), before);
        assert_eq!(engine.row(0).unwrap().total().score, Some(0.75));

        project.apply(edit(phrases("a", "three"))).unwrap();
        engine.update(&project, &Arc::default(), &[]);
        assert_eq!(engine.row(0).unwrap().total().score, Some(0.0));
        project.apply(edit(phrases("a", "one"))).unwrap();
        engine.update(&project, &Arc::default(), &[]);
        assert!(before.iter().all(|column| columns(&engine).contains(column)), "the old column was found again");
        assert_eq!(engine.row(0).unwrap().total().score, Some(0.5));
    }

    /// Enough rows that adding them up is left to a job.
    const MANY: usize = INLINE_ROWS + 1;

    fn set_weight(project: &mut Project, weight: f64) {
        let Node::Criterion(mut criterion) = phrases("a", "one") else { unreachable!() };
        criterion.weight = weight;
        let node = Box::new(Node::Criterion(criterion));
        project.apply(Edit::SetNode { path: NodePath::new([0, 0]), node, field: "weight" }).unwrap();
    }

    #[test]
    fn old_results_stay_while_new_ones_are_added_up_and_rows_on_screen_are_new() {
        let mut project = project(MANY, "one");
        let mut engine = Engine::new(Arc::new(|| ()));
        engine.update(&project, &Arc::default(), &[]);
        finish(&mut engine);
        set_weight(&mut project, 3.0);
        engine.update(&project, &Arc::default(), &[7]);
        assert!(!engine.is_fresh());
        assert_eq!(engine.results().score(7), Some(0.5), "the results are those of the rubric before");
        assert_eq!(engine.row(7).unwrap().total().score, Some(0.75), "what is on screen is new");
        assert!(engine.row(8).is_none());
        // A drag goes on before the first sum is done: the newest weight is what remains.
        set_weight(&mut project, 4.0);
        engine.update(&project, &Arc::default(), &[7]);
        assert_eq!(engine.row(7).unwrap().total().score, Some(0.8));
        finish(&mut engine);
        assert!(engine.is_fresh());
        assert_eq!(engine.results().score(8), Some(0.8));
    }

    #[test]
    fn a_name_is_fresh_at_once_however_many_rows_there_are() {
        let mut project = project(MANY, "one");
        let (mut engine, nobody) = (Engine::new(Arc::new(|| ())), Arc::default());
        engine.update(&project, &nobody, &[]);
        finish(&mut engine);
        let before = engine.results().clone();
        let Node::Criterion(mut criterion) = phrases("a", "one") else { unreachable!() };
        criterion.name = "Another".to_owned();
        let node = Box::new(Node::Criterion(criterion));
        project.apply(Edit::SetNode { path: NodePath::new([0, 0]), node, field: "name" }).unwrap();
        engine.update(&project, &nobody, &[]);
        assert!(engine.is_fresh());
        assert_eq!(engine.results().rubric().criteria[0].name, "Another");
        assert!(engine.results().shares_everything(&before));
    }

    #[test]
    fn a_rating_runs_no_check_and_is_on_screen_before_it_is_added_up() {
        let mut project = project(MANY, "one");
        let tone = Node::Criterion(Criterion::new("tone", "Tone", Judge::Human(Scale::YesNo)));
        project.apply(Edit::AddNode { parent: NodePath::new([0]), index: 2, node: Box::new(tone) }).unwrap();
        let mut engine = Engine::new(Arc::new(|| ()));
        engine.update(&project, &Arc::default(), &[]);
        finish(&mut engine);
        let (compiled, columns) = (engine.compiled().rubric.clone(), engine.cache.len());
        let act = |row: usize| {
            let (response, criterion, scale) = (format!("r{row}"), "tone".to_owned(), [0.0, 1.0]);
            let (wording, reason, purpose) = (String::new(), String::new(), Purpose::Judge);
            Act::Rate(Rate { response, criterion, value: Some(1.0), scale, wording, reason, purpose })
        };
        let index = RowIndex::new(project.dataset().clone());
        let people = |rows: &[usize]| {
            let entry = |&row: &usize| Entry {
                id: format!("s-{row}"),
                at: Timestamp::UNIX_EPOCH,
                seconds: None,
                act: act(row),
            };
            let log = ReviewLog::new("anna", rows.iter().map(entry).collect());
            Arc::new(Judgements::new(&[Arc::new(log)], &index, project.rubric()))
        };
        engine.update(&project, &people(&[7]), &[7, 8]);
        assert!(!engine.is_fresh());
        assert_eq!(engine.row(7).unwrap().cell(2).value(), Some(1.0));
        assert_eq!(engine.row(8).unwrap().cell(2).state, State::AwaitingHuman);
        // The reviewer goes on before the first rating is added up.
        engine.update(&project, &people(&[7, 9]), &[9]);
        assert_eq!(engine.row(9).unwrap().total().score, Some(2.0 / 3.0));
        finish(&mut engine);
        assert!(engine.is_fresh());
        let scores = [7, 8, 9].map(|row| (engine.results().score(row), engine.results().is_complete(row)));
        assert_eq!(scores, [(Some(2.0 / 3.0), true), (Some(0.5), false), (Some(2.0 / 3.0), true)]);
        assert!(Arc::ptr_eq(&compiled, &engine.compiled().rubric), "nothing was compiled");
        assert_eq!(engine.cache.len(), columns, "no check ran");
    }
}
