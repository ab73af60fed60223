//! CSV and its kin: a header row, then records; quoted cells may hold separators and line ends.

use super::{Record, Remark, Row, Sink};
use crate::model::Severity;
use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Reads every record after the header.
pub(super) fn read(bytes: &[u8], separator: u8, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut reader = ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(bytes);
    let mut record = ByteRecord::new();
    // Reading from memory cannot fail, and flexible records have no wrong length: an error is the end.
    if !reader.read_byte_record(&mut record).unwrap_or(false) {
        return ControlFlow::Continue(());
    }
    let header = header(&record);
    let mut number = 0;
    while reader.read_byte_record(&mut record).unwrap_or(false) {
        number += 1;
        let position = record.position();
        // The position is where the record before ended: blank lines between are skipped.
        let line = position.map_or(0, |p| p.line() + blank_lines(&bytes[(p.byte() as usize).min(bytes.len())..]));
        let remark = |severity, kind, message| Record::Remark(Remark { severity, line: Some(line), kind, message });
        let cells: Result<Vec<&str>, _> = record.iter().map(std::str::from_utf8).collect();
        let Ok(cells) = cells else {
            let message = "the record is not UTF-8 and is left out; save the file as UTF-8".to_owned();
            sink(remark(Severity::Skipped, "records that are not UTF-8", message))?;
            continue;
        };
        if cells.len() < header.len() {
            let message = format!(
                "the record has {} of {} cells; the rest, from `{}` on, is missing",
                cells.len(),
                header.len(),
                header[cells.len()]
            );
            sink(remark(Severity::Warning, "records with too few cells", message))?;
        } else if cells.len() > header.len() {
            let message = format!(
                "the record has {} cells where the header names {}; the others are kept as `column {}` and on. Is a quotation mark missing?",
                cells.len(),
                header.len(),
                header.len() + 1
            );
            sink(remark(Severity::Warning, "records with too many cells", message))?;
        }
        let end = reader.position().byte() as usize;
        if end >= bytes.len()
            && let Some(lines) = lines_in_open_quote(&bytes[position.map_or(end, |p| p.byte() as usize).min(end)..])
        {
            let message = format!(
                "a quotation mark in this record is never closed, so the {lines} lines from here to the end of the file are read as one record; close it and import the file again"
            );
            sink(remark(Severity::Warning, "open quotation marks", message))?;
        }
        let mut fields = Map::with_capacity(cells.len());
        for (index, cell) in cells.iter().enumerate() {
            let name = header.get(index).cloned().unwrap_or_else(|| format!("column {}", index + 1));
            fields.insert(name, Value::String((*cell).to_owned()));
        }
        sink(Record::Row(Row { line, number, end, fields }))?;
    }
    ControlFlow::Continue(())
}

/// How many lines the last record takes when it ends inside a quoted cell; `None` when it ends as it should.
fn lines_in_open_quote(record: &[u8]) -> Option<usize> {
    let record = record.trim_ascii();
    let is_open = memchr::memchr_iter(b'"', record).count() % 2 == 1;
    let lines = memchr::memchr_iter(b'\n', record).count() + 1;
    // A single mark within one line is more likely to mean inches.
    (is_open && lines > 1).then_some(lines)
}

/// Line ends at the beginning of `bytes`.
fn blank_lines(bytes: &[u8]) -> u64 {
    let blank = bytes.iter().take_while(|byte| matches!(byte, b'\n' | b'\r'));
    blank.filter(|&&byte| byte == b'\n').count() as u64
}

/// The columns' names: trimmed, none empty, no two alike.
fn header(record: &ByteRecord) -> Vec<String> {
    let mut copies: HashMap<String, u32> = HashMap::new();
    let mut names: Vec<String> = Vec::with_capacity(record.len());
    for (index, cell) in record.iter().enumerate() {
        let text = String::from_utf8_lossy(cell);
        let plain = match text.trim() {
            "" => format!("column {}", index + 1),
            text => text.to_owned(),
        };
        let mut name = plain.clone();
        while copies.contains_key(&name) {
            let copy = copies.entry(plain.clone()).or_insert(1);
            *copy += 1;
            name = format!("{plain} ({copy})");
        }
        copies.insert(name.clone(), 1);
        names.push(name);
    }
    names
}
