//! Rows of a file, one at a time, whatever way they are written. A row that cannot be read becomes a remark
//! and the next one is read.

mod delimited;
mod json;
mod json_lines;
pub(super) mod matrix;
mod object;
pub(super) mod scan;
pub(super) mod unfold;

pub(super) use json::{NON_FINITE, non_finite};
pub(super) use json_lines::object_in_line;

use super::layout::{Layout, Shape};
use crate::model::Severity;
use serde_json::{Map, Value};
use std::ops::ControlFlow;

/// One row.
#[derive(Debug)]
pub(super) struct Row {
    /// 1-based line on which it begins.
    pub(super) line: u64,
    /// 1-based: the line in JSON Lines, the element in JSON, the record without the header in CSV; where rows are
    /// unfolded, their number.
    pub(super) number: u64,
    /// Offset of its end in the decoded text, for progress.
    pub(super) end: usize,
    /// Its columns, in order.
    pub(super) fields: Map<String, Value>,
}

/// Something to say about a file or a row of it.
#[derive(Clone, Debug)]
pub(super) struct Remark {
    /// How much it matters.
    pub(super) severity: Severity,
    /// 1-based line; `None` for the whole file.
    pub(super) line: Option<u64>,
    /// What remarks of this kind are about, in the plural: after the first hundred only their number is
    /// told.
    pub(super) kind: &'static str,
    /// One sentence.
    pub(super) message: String,
}

impl Remark {
    /// About the whole file.
    pub(super) fn file(severity: Severity, message: String) -> Self {
        Self { severity, line: None, kind: "remarks on the whole file", message }
    }

    /// About a row that is left out.
    pub(super) fn skipped(line: u64, kind: &'static str, message: String) -> Self {
        Self { severity: Severity::Skipped, line: Some(line), kind, message }
    }
}

/// What reading gives.
#[derive(Debug)]
pub(super) enum Record {
    /// A row.
    Row(Row),
    /// A remark; with [`Severity::Skipped`] on a line it stands for a row that was left out.
    Remark(Remark),
}

/// Takes records until it breaks.
pub(super) type Sink<'a> = dyn FnMut(Record) -> ControlFlow<()> + 'a;

/// Gives `sink` every row and remark of `bytes`, in order. Linear in the size.
pub(super) fn for_each_record(bytes: &[u8], layout: &Layout, sink: &mut Sink<'_>) {
    // The result only says whether the sink had enough.
    let _ = read(bytes, &layout.shape, sink);
}

fn read(bytes: &[u8], shape: &Shape, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match shape {
        Shape::Lines => json_lines::read(bytes, sink),
        Shape::Array { start, .. } => json::read(bytes, *start, Some(b']'), sink),
        Shape::Sequence => json::read(bytes, 0, None, sink),
        Shape::Delimited { separator } => delimited::read(bytes, *separator, sink),
        Shape::Matrix { separator } => matrix::read(bytes, *separator, sink),
        Shape::Unfolded { inner, unfold } => {
            let mut number = 0;
            read(bytes, inner, &mut |record| match record {
                Record::Row(Row { line, end, fields, .. }) => unfold.rows(fields).into_iter().try_for_each(|fields| {
                    number += 1;
                    sink(Record::Row(Row { line, number, end, fields }))
                }),
                remark @ Record::Remark(_) => sink(remark),
            })
        }
    }
}
