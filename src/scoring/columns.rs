//! The score pass: one check over every response, kept as columns.

use super::{Progress, input};
use crate::checks::{CompiledCheck, Input, Known, Reason, Scan, Verdict};
use crate::model::Dataset;
use rayon::prelude::*;

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

    fn push(&mut self, cell: Cell) {
        self.raw.push(cell.raw);
        self.state.push(cell.state);
        self.hits.push(cell.hits);
    }

    fn append(&mut self, mut other: Self) {
        self.raw.append(&mut other.raw);
        self.state.append(&mut other.state);
        self.hits.append(&mut other.hits);
    }

    fn with_capacity(rows: usize) -> Self {
        Self { raw: Vec::with_capacity(rows), state: Vec::with_capacity(rows), hits: Vec::with_capacity(rows) }
    }
}

/// Rows a worker takes at once: enough to make a check's set-up pay, few enough that cancelling is prompt.
const CHUNK: usize = 256;

/// Runs every check over every response; one column a check, in order. `None` when cancelled.
///
/// The text of a response is read once for all checks, while it is in the cache. Progress counts responses.
pub fn score_columns(dataset: &Dataset, checks: &[&CompiledCheck], progress: &Progress) -> Option<Vec<Column>> {
    let rows = dataset.responses().len();
    progress.start(rows);
    let scan = Scan::new(checks);
    let chunk = |start: usize| {
        if progress.is_cancelled() {
            return None;
        }
        let end = (start + CHUNK).min(rows);
        let mut columns: Vec<Column> = checks.iter().map(|_| Column::with_capacity(end - start)).collect();
        let mut known = scan.as_ref().map(Scan::known);
        for row in start..end {
            if progress.is_cancelled() {
                return None;
            }
            let input = input(dataset, row);
            if let (Some(known), Some(input)) = (&mut known, &input) {
                known.read(input.text);
            }
            for (column, check) in columns.iter_mut().zip(checks) {
                column.push(Cell::of_known(check, input.as_ref(), known.as_ref()));
            }
        }
        progress.advance(end - start);
        Some(columns)
    };
    let starts: Vec<usize> = (0..rows).step_by(CHUNK).collect();
    let chunks: Vec<Vec<Column>> = starts.into_par_iter().map(chunk).collect::<Option<_>>()?;
    let mut columns: Vec<Column> = checks.iter().map(|_| Column::with_capacity(rows)).collect();
    for chunk in chunks {
        for (column, part) in columns.iter_mut().zip(chunk) {
            column.append(part);
        }
    }
    Some(columns)
}
