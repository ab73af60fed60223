//! A JSON list of objects, or objects one after the other.

use super::scan::{self, Elements};
use super::{Record, Remark, Row, Sink, object};
use crate::model::Severity;
use std::ops::ControlFlow;

/// The kind of remark that is said once a file.
pub(in super::super) const NON_FINITE: &str = "rows with NaN or Infinity";

/// Said once a file that has numbers JSON does not know.
pub(in super::super) fn non_finite(line: u64) -> Remark {
    Remark {
        severity: Severity::Note,
        line: Some(line),
        kind: NON_FINITE,
        message: "NaN and Infinity are not JSON; they are read as null here and in all other rows".to_owned(),
    }
}

/// Reads the list whose bracket is at `start`, or, without `close`, values to the end of the text.
pub(super) fn read(bytes: &[u8], start: usize, close: Option<u8>, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let first = start + usize::from(close.is_some());
    let mut elements = Elements::new(bytes, first, close);
    let mut lines = Lines { bytes, at: 0, line: 1 };
    let mut number = 0;
    let mut rows = 0;
    let mut told_non_finite = false;
    for range in elements.by_ref() {
        number += 1;
        let line = lines.at(range.start);
        let end = range.end;
        let parsed = match std::str::from_utf8(&bytes[range]) {
            Ok(text) => object::parse(text),
            Err(_) => Err("it is not UTF-8".to_owned()),
        };
        match parsed {
            Ok((fields, mended)) => {
                rows += 1;
                if mended && !told_non_finite {
                    told_non_finite = true;
                    sink(Record::Remark(non_finite(line)))?;
                }
                sink(Record::Row(Row { line, number, end, fields }))?;
            }
            Err(what) => sink(Record::Remark(Remark {
                severity: Severity::Skipped,
                line: Some(line),
                kind: "elements that are not JSON objects",
                message: format!("element {number} is not a JSON object and is left out: {what}"),
            }))?,
        }
    }
    if elements.complete {
        return trailing(bytes, start, elements.offset(), &mut lines, sink);
    }
    let kept = match rows {
        0 => String::new(),
        1 => "; the one row before that is kept".to_owned(),
        rows => format!("; the {rows} rows before that are kept"),
    };
    sink(Record::Remark(Remark {
        severity: Severity::Skipped,
        line: Some(lines.at(bytes.len())),
        kind: "truncated files",
        message: format!("the file ends in the middle of the data{kept}. Was it copied or downloaded completely?"),
    }))
}

/// What follows a list that is the whole document should be nothing.
fn trailing(bytes: &[u8], start: usize, end: usize, lines: &mut Lines<'_>, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let rest = scan::skip_space(bytes, end);
    if rest == bytes.len() || scan::skip_space(bytes, 0) != start {
        return ControlFlow::Continue(());
    }
    sink(Record::Remark(Remark {
        severity: Severity::Warning,
        line: Some(lines.at(rest)),
        kind: "texts after the end",
        message: "there is more text after the end of the list; it is ignored".to_owned(),
    }))
}

/// Line numbers of ascending offsets, in one pass.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u64,
}

impl Lines<'_> {
    fn at(&mut self, offset: usize) -> u64 {
        self.line += memchr::memchr_iter(b'\n', &self.bytes[self.at..offset]).count() as u64;
        self.at = offset;
        self.line
    }
}
