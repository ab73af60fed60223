//! Scored responses as files. One file per format. Two tables list them: [`FORMATS`] those that write row by row and so
//! can follow a stream, [`EXPORTERS`] all ways to write a project.
//!
//! A row says of one response: `id`, `prompt_id`, `model`, `score`, `passed` (null without a pass mark or
//! while something is unscored), `complete`, `gate` (the criterion whose gate bounds the score; only then),
//! the value of each dimension, and of each criterion its `value` (after `when_met` and `when_unmet`) and the
//! number of `hits`. Where a criterion is not scored its value is null, and `state` and `reason` say why.
//! Where people's judgements count, `by` says whose a value is, and `machine` what a check said that they overruled.
//! With flags, `flags` lists the ids of what looks odd about the response.
//! With provenance, `rubric_sha256` and `engine` say what scored it. With evidence, `spans` lists the places in the text as byte offsets, in the order the check found them.
//!
//! Rows come in the dataset's order, numbers in the shortest form that reads back as the same number: the
//! same inputs give the same bytes.

mod csv;
mod exporter;
mod jsonl;
#[cfg(feature = "parquet")]
mod parquet;
mod preferences;
mod ratings;
mod ron;
mod row;

pub use exporter::{EXPORTERS, Exporter};
pub use row::{Hits, Names, Provenance, Row, RowCriterion, Scored};

use crate::scoring::{CompiledRubric, Progress};
use rayon::prelude::*;
use std::io::{self, Write};

/// One way to write scored responses.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// The usual ending of its files, without the dot.
    pub extension: &'static str,
    /// One sentence: what it is good for.
    pub description: &'static str,
    /// What stands before the rows.
    begin: fn(&Header<'_>) -> Vec<u8>,
    /// One row. Rows do not depend on each other, so they are written in parallel.
    row: fn(&Row<'_>) -> Vec<u8>,
    /// Whether rows say how many places a criterion's value rests on.
    pub tells_hits: bool,
    /// What stands after the rows.
    end: &'static [u8],
}

/// What all rows have in common.
#[derive(Clone, Copy, Debug)]
pub struct Header<'a> {
    /// What scores them.
    pub rubric: &'a CompiledRubric,
    /// Where rows say what scored them.
    pub provenance: Option<&'a Provenance>,
    /// Whether rows say whose a value is.
    pub people: bool,
    /// Whether rows say what looks odd.
    pub flags: bool,
}

/// Every format, in the order shown.
pub const FORMATS: [Format; 3] = [jsonl::FORMAT, csv::FORMAT, ron::FORMAT];

impl Format {
    /// The format with this name.
    pub fn find(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// Writes what stands before the rows.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn begin(&self, header: &Header<'_>, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(&(self.begin)(header))
    }

    /// The bytes of rows, in order.
    pub fn encode(&self, rows: &[Row<'_>]) -> Vec<u8> {
        let rows: Vec<Vec<u8>> = rows.par_iter().map(self.row).collect();
        rows.concat()
    }

    /// The bytes of one row.
    pub fn encode_one(&self, row: &Row<'_>) -> Vec<u8> {
        (self.row)(row)
    }

    /// Writes what stands after the rows.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(self.end)
    }
}

/// Rows held in memory at once.
pub const BATCH: usize = 2048;

/// Writes all of `scored` to `out`; false when cancelled, with part of it written. Progress counts responses.
///
/// # Errors
/// Those of `out`.
pub fn export(format: &Format, scored: &Scored<'_>, out: &mut dyn Write, progress: &Progress) -> io::Result<bool> {
    progress.start(scored.len());
    let scored = Scored { hits: if format.tells_hits { scored.hits } else { Hits::Untold }, ..*scored };
    format.begin(&scored.header(), out)?;
    for start in (0..scored.len()).step_by(BATCH) {
        if progress.is_cancelled() {
            return Ok(false);
        }
        let rows = scored.rows(start..scored.len().min(start + BATCH));
        out.write_all(&format.encode(&rows))?;
        progress.advance(rows.len());
    }
    format.end(out)?;
    Ok(true)
}
