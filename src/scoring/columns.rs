//! The score pass: one check over every response, kept as columns.

use super::{Progress, input};
use crate::checks::{CompiledCheck, Input, Known, Reason, Scan, Verdict};
use crate::model::{Dataset, ResponseText};
use rayon::prelude::*;
use std::ops::Range;

/// What one check said of every response: 13 bytes a response.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    raw: Vec<f64>,
    state: Vec<State>,
    hits: Vec<u32>,
}

/// Whether a cell holds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// It does.
    Scored,
    /// The check does not concern the response.
    NotApplicable,
    /// It could not be decided.
    Invalid(Reason),
    /// People have yet to judge it.
    AwaitingHuman,
    /// The criterion's check has a mistake.
    Broken,
}

/// One criterion on one response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Whether there is a value.
    pub state: State,
    /// The raw value, 0..=1; 0 where there is none.
    pub raw: f64,
    /// How many places in the text it rests on.
    pub hits: u32,
}

impl Cell {
    /// A cell without a value.
    pub fn unscored(state: State) -> Self {
        Self { state, raw: 0.0, hits: 0 }
    }

    /// The cell of `check` on `input`; `None` stands for a response without text.
    pub fn of(check: &CompiledCheck, input: Option<&Input<'_>>) -> Self {
        Self::of_known(check, input, None)
    }

    fn of_known(check: &CompiledCheck, input: Option<&Input<'_>>, known: Option<&Known<'_>>) -> Self {
        let Some(input) = input else { return Self::unscored(State::Invalid(Reason::NoText)) };
        let (verdict, hits) = check.score_with(input, known);
        Self::new(verdict, hits)
    }

    /// The raw value, where there is one.
    pub fn value(self) -> Option<f64> {
        (self.state == State::Scored).then_some(self.raw)
    }

    pub(super) fn new(verdict: Verdict, hits: u32) -> Self {
        match verdict {
            Verdict::Value(raw) => Self { state: State::Scored, raw, hits },
            Verdict::NotApplicable => Self { state: State::NotApplicable, raw: 0.0, hits },
            Verdict::Invalid(reason) => Self { state: State::Invalid(reason), raw: 0.0, hits },
        }
    }
}

impl Column {
    /// How many responses it covers.
    pub fn len(&self) -> usize {
        self.raw.len()
    }

    /// Whether it covers none.
    pub fn is_empty(&self) -> bool {
        self.raw.is_empty()
    }

    /// The cell of response `row`.
    pub fn cell(&self, row: usize) -> Cell {
        Cell { state: self.state[row], raw: self.raw[row], hits: self.hits[row] }
    }

    /// Whether all of `rows` have a value.
    pub(super) fn is_scored(&self, rows: Range<usize>) -> bool {
        // Each looked at, so that many are at once.
        self.state[rows].iter().fold(true, |all, &state| all & (state == State::Scored))
    }

    /// The raw values of `rows`; 0 where there is none.
    pub(super) fn raw(&self, rows: Range<usize>) -> &[f64] {
        &self.raw[rows]
    }

    /// Adds what another column says of the responses after these.
    pub fn append(&mut self, mut other: Self) {
        self.raw.append(&mut other.raw);
        self.state.append(&mut other.state);
        self.hits.append(&mut other.hits);
    }

    /// A column that says the same of all `rows` responses.
    pub(super) fn filled(rows: usize, cell: Cell) -> Self {
        Self { raw: vec![cell.raw; rows], state: vec![cell.state; rows], hits: vec![cell.hits; rows] }
    }

    /// Changes the cell of response `row`.
    pub(super) fn set(&mut self, row: usize, cell: Cell) {
        (self.raw[row], self.state[row], self.hits[row]) = (cell.raw, cell.state, cell.hits);
    }

    /// Room for `rows` cells. It is written to first by whoever fills it.
    fn blank(rows: usize) -> Self {
        Self::filled(rows, Cell::unscored(State::Scored))
    }

    fn part(&mut self) -> Part<'_> {
        Part { raw: &mut self.raw, state: &mut self.state, hits: &mut self.hits }
    }
}

/// Some rows of a column, to be filled.
struct Part<'a> {
    raw: &'a mut [f64],
    state: &'a mut [State],
    hits: &'a mut [u32],
}

impl Part<'_> {
    /// Its first `rows`, which it is without from then on.
    fn split_off(&mut self, rows: usize) -> Self {
        let cut = "a part is at least as long as what is split off";
        Self {
            raw: self.raw.split_off_mut(..rows).expect(cut),
            state: self.state.split_off_mut(..rows).expect(cut),
            hits: self.hits.split_off_mut(..rows).expect(cut),
        }
    }

    fn set(&mut self, at: usize, cell: Cell) {
        (self.raw[at], self.state[at], self.hits[at]) = (cell.raw, cell.state, cell.hits);
    }
}

/// Checks ready to run over many texts: several that look for literal texts share one pass.
#[derive(Debug)]
pub struct ScorePass<'a> {
    checks: &'a [&'a CompiledCheck],
    scan: Option<Scan>,
}

impl<'a> ScorePass<'a> {
    /// For `checks`.
    pub fn new(checks: &'a [&'a CompiledCheck]) -> Self {
        Self { checks, scan: Scan::new(checks) }
    }

    /// A column for each check, without rows yet.
    pub fn columns(&self) -> Vec<Column> {
        self.checks.iter().map(|_| Column::default()).collect()
    }

    /// One column a check, one cell an input, in order; `None` stands for a response without text. `None` when
    /// `cancelled` says so, which it is asked before each.
    pub fn run<'i>(
        &self,
        inputs: impl ExactSizeIterator<Item = Option<Input<'i>>>,
        cancelled: impl Fn() -> bool,
    ) -> Option<Vec<Column>> {
        let mut columns: Vec<Column> = self.checks.iter().map(|_| Column::blank(inputs.len())).collect();
        let mut parts: Vec<Part<'_>> = columns.iter_mut().map(Column::part).collect();
        self.fill(&mut parts, inputs, cancelled).then_some(columns)
    }

    /// Fills the part of each check's column that `inputs` stand for. `false` when cancelled.
    fn fill<'i>(
        &self,
        parts: &mut [Part<'_>],
        inputs: impl Iterator<Item = Option<Input<'i>>>,
        cancelled: impl Fn() -> bool,
    ) -> bool {
        let mut known = self.scan.as_ref().map(Scan::known);
        for (at, input) in inputs.enumerate() {
            if cancelled() {
                return false;
            }
            if let (Some(known), Some(input)) = (&mut known, &input) {
                known.read(input.text);
            }
            // The text is read by all checks while it is in the cache.
            for (part, check) in parts.iter_mut().zip(self.checks) {
                part.set(at, Cell::of_known(check, input.as_ref(), known.as_ref()));
            }
        }
        true
    }
}

/// A worker takes so many rows at once, or as many as hold so many bytes: enough to make its set-up pay, few
/// enough that cancelling is prompt and no worker is left with the last huge texts.
const CHUNK_ROWS: usize = 256;
const CHUNK_BYTES: usize = 1 << 20;

/// Runs every check over every response; one column a check, in order. `None` when cancelled. Progress counts
/// responses.
pub fn score_columns(dataset: &Dataset, checks: &[&CompiledCheck], progress: &Progress) -> Option<Vec<Column>> {
    let rows = dataset.responses().len();
    progress.start(rows);
    let pass = ScorePass::new(checks);
    let mut columns: Vec<Column> = checks.iter().map(|_| Column::blank(rows)).collect();
    let mut rest: Vec<Part<'_>> = columns.iter_mut().map(Column::part).collect();
    // Every worker writes where its cells stay.
    let work: Vec<(Range<usize>, Vec<Part<'_>>)> = chunks(dataset)
        .into_iter()
        .map(|chunk| {
            let parts = rest.iter_mut().map(|rest| rest.split_off(chunk.len())).collect();
            (chunk, parts)
        })
        .collect();
    let is_whole = work.into_par_iter().all(|(chunk, mut parts)| {
        let length = chunk.len();
        let inputs = chunk.map(|row| input(dataset, row));
        let is_filled = pass.fill(&mut parts, inputs, || progress.is_cancelled());
        progress.advance(length);
        is_filled
    });
    is_whole.then_some(columns)
}

fn chunks(dataset: &Dataset) -> Vec<Range<usize>> {
    let mut chunks = Vec::with_capacity(dataset.responses().len() / CHUNK_ROWS + 1);
    let (mut start, mut bytes) = (0, 0);
    for (row, response) in dataset.responses().iter().enumerate() {
        if let ResponseText::Present(text) = response.text {
            bytes += text.len();
        }
        if row + 1 - start == CHUNK_ROWS || bytes >= CHUNK_BYTES {
            chunks.push(start..row + 1);
            (start, bytes) = (row + 1, 0);
        }
    }
    chunks.push(start..dataset.responses().len());
    chunks
}
