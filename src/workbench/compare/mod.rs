//! Responses to one prompt side by side: which, in which order, with what evidence and which differences.

mod choice;
mod words;

use super::job::Wake;
use super::{Engine, Focus};
use crate::model::{Dataset, PromptIndex};
use crate::scoring::{Difference, Progress, difference};
use choice::{Choice, Prompts};
use std::sync::Arc;
use words::Words;
pub use words::WordsState;

/// How many responses can stand side by side.
pub const MOST_COLUMNS: usize = 4;

/// What is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// The responses of the chosen models to the prompt of the response being read.
    Prompt,
    /// These responses, in this order: as many of them as there is room for, each once.
    Rows {
        /// Rows of the dataset.
        rows: Vec<u32>,
        /// Whether columns are named by letters instead of models.
        hidden: bool,
    },
}

/// What is wished of a comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparing {
    /// Compare these models: indices into the dataset's list. The comparison keeps them in this order.
    Models(Vec<u32>),
    /// Go through the prompts this way.
    Walk(Walk),
    /// Go this many steps on; negative is back.
    Step(i32),
    /// Read the response in this column.
    Focus(usize),
    /// Whether words that differ are marked.
    Differences(bool),
}

/// What a step of a comparison leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Walk {
    /// The next prompt that two of the chosen models answered.
    #[default]
    Prompts,
    /// The next pair of all models that answered the prompt, and after the last one the next prompt.
    Pairs,
}

/// One response of a comparison.
#[derive(Clone, Debug)]
pub struct Column {
    /// The response with its card and evidence.
    pub focus: Focus,
    /// How its score differs from that of the first column; `None` for the first, and where one has no score.
    pub difference: Option<Difference>,
}

/// The state of comparing.
pub struct Compare {
    wish: Option<Comparison>,
    choice: Choice,
    prompts: Prompts,
    columns: Vec<Column>,
    focused: usize,
    differences: bool,
    words: Words,
}

impl Compare {
    pub(super) fn new() -> Self {
        Self {
            wish: None,
            choice: Choice::default(),
            prompts: Prompts::default(),
            columns: Vec::new(),
            focused: 0,
            differences: false,
            words: Words::default(),
        }
    }

    /// What is compared; `None` while one response is read alone.
    pub fn comparison(&self) -> Option<&Comparison> {
        self.wish.as_ref()
    }

    /// The columns, in order. Fewer than two where not enough of the models answered the prompt.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// The column being read.
    pub fn focused(&self) -> usize {
        self.focused
    }

    /// The letter of column `index`: `A` for the first.
    pub fn letter(index: usize) -> &'static str {
        ["A", "B", "C", "D"][index.min(MOST_COLUMNS - 1)]
    }

    /// Whether models are not to be named.
    pub fn is_hidden(&self) -> bool {
        matches!(self.wish, Some(Comparison::Rows { hidden: true, .. }))
    }

    /// What a step leads to.
    pub fn walk(&self) -> Walk {
        self.choice.walk
    }

    /// The names of the models chosen, in their order.
    pub fn chosen(&self) -> &[String] {
        &self.choice.models
    }

    /// Takes a choice over that was remembered from another time.
    pub fn remember(&mut self, models: Vec<String>) {
        self.choice.models = models;
    }

    /// Which pair of how many is shown, where pairs are walked.
    pub fn pair(&self) -> Option<(usize, usize)> {
        let count = self.choice.pair_count?;
        (self.wish == Some(Comparison::Prompt) && self.choice.walk == Walk::Pairs).then_some((self.choice.pair, count))
    }

    /// Whether words that differ are marked.
    pub fn shows_differences(&self) -> bool {
        self.differences
    }

    /// The words in which column `index` differs from the first.
    pub fn words(&self, index: usize) -> &WordsState {
        self.words.of(index)
    }

    /// What is being done in the background.
    pub(super) fn job(&self) -> Option<(&str, &Progress)> {
        self.words.job()
    }

    /// Stops it: what takes too long to compare is not marked. Whether there was anything.
    pub(super) fn cancel(&mut self) -> bool {
        let busy = self.words.job().is_some();
        self.differences &= !busy;
        busy
    }

    /// Collects what background jobs finished; whether anything changed.
    pub(super) fn poll(&mut self) -> bool {
        self.words.poll()
    }

    /// Another project is open: the models chosen stay, by name.
    pub(super) fn reset(&mut self) {
        let (choice, differences) = (std::mem::take(&mut self.choice), self.differences);
        *self = Self { differences, ..Self::new() };
        self.choice.models = choice.models;
        self.choice.walk = choice.walk;
    }

    /// Compares, or reads one response alone again.
    pub(super) fn set(&mut self, wish: Option<Comparison>) {
        self.wish = wish.map(|wish| match wish {
            Comparison::Prompt => Comparison::Prompt,
            Comparison::Rows { rows, hidden } => {
                let mut each = Vec::new();
                for row in rows {
                    if !each.contains(&row) && each.len() < MOST_COLUMNS {
                        each.push(row);
                    }
                }
                Comparison::Rows { rows: each, hidden }
            }
        });
        self.focused = 0;
        self.choice.pair = 0;
    }

    /// Grants a wish; the row that is to be read from then on, if it is another.
    pub(super) fn execute(&mut self, wish: Comparing, dataset: &Arc<Dataset>, listed: &Arc<[u32]>) -> Option<u32> {
        match wish {
            Comparing::Models(models) => {
                let name = |&index: &u32| dataset.models().get(index as usize).cloned();
                self.choice.models = models.iter().filter_map(name).take(MOST_COLUMNS).collect();
                self.choice.walk = Walk::Prompts;
                self.focused = 0;
                None
            }
            Comparing::Walk(walk) => {
                self.choice.walk = walk;
                self.choice.pair = 0;
                self.focused = 0;
                None
            }
            Comparing::Step(by) => self.step(by, dataset, listed),
            Comparing::Focus(index) => {
                let row = self.columns.get(index)?.focus.row;
                self.focused = index;
                Some(row)
            }
            Comparing::Differences(differences) => {
                self.differences = differences;
                None
            }
        }
    }

    /// Goes on by one step at a time; the row to read there.
    fn step(&mut self, by: i32, dataset: &Arc<Dataset>, listed: &Arc<[u32]>) -> Option<u32> {
        if self.wish != Some(Comparison::Prompt) {
            return None;
        }
        let mut prompt = self.prompt(dataset)?;
        for _ in 0..by.unsigned_abs() {
            self.prompts.update(dataset, listed);
            if !self.choice.step_pair(by > 0) {
                let Some(next) = self.next_prompt(prompt, by > 0, dataset) else { break };
                prompt = next;
                let rows = self.prompts.rows(prompt);
                self.choice.enter(dataset, rows, by > 0);
            }
        }
        let rows = self.choice.rows(dataset, self.prompts.rows(prompt));
        self.focused = self.focused.min(rows.len().saturating_sub(1));
        rows.get(self.focused).copied()
    }

    /// The nearest prompt in that direction where there is something to compare.
    fn next_prompt(&self, from: PromptIndex, forward: bool, dataset: &Dataset) -> Option<PromptIndex> {
        let order = self.prompts.order();
        let comparable = |prompt: &&PromptIndex| self.choice.is_comparable(dataset, self.prompts.rows(**prompt));
        let found = match (self.prompts.place(from), forward) {
            (Some(at), true) => order[at + 1..].iter().find(comparable),
            (Some(at), false) => order[..at].iter().rfind(comparable),
            (None, true) => order.iter().find(comparable),
            (None, false) => None,
        };
        found.copied()
    }

    fn prompt(&self, dataset: &Dataset) -> Option<PromptIndex> {
        let row = self.columns.first()?.focus.row;
        dataset.responses().get(row as usize).map(|response| response.prompt)
    }

    /// Where the prompt being compared stands among the prompts of the list, and how many these are.
    pub fn place(&self) -> Option<(usize, usize)> {
        let focus = &self.columns.first()?.focus;
        let at = self.prompts.place(focus.prompt())?;
        Some((at, self.prompts.order().len()))
    }

    /// Brings the columns up to date with the project; the row that is to be read, where `row` is not among them.
    pub(super) fn refresh(
        &mut self,
        dataset: &Arc<Dataset>,
        engine: &mut Engine,
        listed: &Arc<[u32]>,
        row: Option<u32>,
        read: Option<&Focus>,
        wake: &Wake,
    ) -> Option<u32> {
        let rows = match (&self.wish, row) {
            (None, _) | (_, None) => Vec::new(),
            (Some(Comparison::Rows { rows, .. }), _) => rows.clone(),
            (Some(Comparison::Prompt), Some(row)) => {
                self.prompts.update(dataset, listed);
                let to_prompt = self.prompts.rows(dataset.responses()[row as usize].prompt);
                self.choice.complete(dataset, row, to_prompt);
                self.choice.rows(dataset, to_prompt)
            }
        };
        let count = dataset.responses().len();
        let rows: Vec<u32> = rows.into_iter().filter(|&row| (row as usize) < count).collect();
        self.refresh_columns(dataset, engine, &rows, read);
        let texts = if self.differences { rows.as_slice() } else { &[] };
        self.words.update(dataset, texts, wake);
        let at = rows.iter().position(|&column| Some(column) == row);
        self.focused = at.unwrap_or(self.focused.min(rows.len().saturating_sub(1)));
        match at {
            Some(_) => None,
            None => rows.get(self.focused).copied(),
        }
    }

    fn refresh_columns(&mut self, dataset: &Arc<Dataset>, engine: &mut Engine, rows: &[u32], read: Option<&Focus>) {
        let revision = engine.revision();
        let is_current = |column: &Column, row: u32| column.focus.row == row && column.focus.revision == revision;
        if self.columns.len() == rows.len()
            && self.columns.iter().zip(rows).all(|(column, &row)| is_current(column, row))
        {
            return;
        }
        let (rubric, people) = (engine.compiled().rubric.clone(), engine.people().clone());
        let known = std::mem::take(&mut self.columns);
        let focuses: Vec<Focus> = rows
            .iter()
            .map(|&row| {
                let before = known.iter().map(|column| &column.focus).chain(read).find(|focus| focus.row == row);
                Focus::new(dataset, &rubric, &people, revision, row, before)
            })
            .collect();
        for focus in focuses {
            engine.learn(focus.row, &focus.card);
            let first = self.columns.first().map(|column| &column.focus.card);
            let difference = first.and_then(|first| difference(&rubric, first, &focus.card));
            self.columns.push(Column { focus, difference });
        }
    }
}
