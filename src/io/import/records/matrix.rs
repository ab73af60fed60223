//! A table of numbers without a header: a row for each rater, a column for each thing they rated.

use super::super::judgements::{Rated, rating};
use super::unfold::RATING;
use super::{Record, Row, Sink};
use csv::{ByteRecord, ReaderBuilder};
use serde_json::{Map, Value, json};
use std::ops::ControlFlow;

/// Whether the records at the beginning of `bytes` are such a table: nothing but numbers and empty cells, at least two
/// of each, and a first record that names nothing.
pub(in super::super) fn is_matrix(bytes: &[u8], separator: u8) -> bool {
    const LOOKED_AT: usize = 50;
    let records = records(bytes, separator, LOOKED_AT);
    let number = |cell: &str| cell.trim().parse::<f64>().ok();
    let all = records.iter().flatten().all(|cell| said(cell).is_some());
    let first: Vec<f64> = records.first().into_iter().flatten().filter_map(|cell| number(cell)).collect();
    // 1, 2, 3 … number columns; ratings do not go up all the way.
    let numbers_columns = first.windows(2).all(|pair| pair[0] < pair[1]);
    records.len() > 1 && records[0].len() > 2 && all && first.len() > 1 && !numbers_columns
}

/// What a cell says: a number, or that there is none; `None` where it says something else.
fn said(cell: &str) -> Option<Value> {
    match rating(&json!(cell)) {
        Rated::Number(number) if cell.trim().parse::<f64>().is_ok() => Some(json!(number)),
        Rated::Nothing => Some(Value::Null),
        _ => None,
    }
}

fn records(bytes: &[u8], separator: u8, most: usize) -> Vec<Vec<String>> {
    let mut reader = ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(bytes);
    let mut record = ByteRecord::new();
    let mut records = Vec::new();
    while records.len() < most && reader.read_byte_record(&mut record).unwrap_or(false) {
        records.push(record.iter().map(|cell| String::from_utf8_lossy(cell).into_owned()).collect());
    }
    records
}

/// Gives a row for each thing that was rated, with the list of its ratings. The raters are the rows, unless there are
/// more rows than columns.
pub(super) fn read(bytes: &[u8], separator: u8, sink: &mut Sink<'_>) -> ControlFlow<()> {
    let records = records(bytes, separator, usize::MAX);
    let columns = records.iter().map(Vec::len).max().unwrap_or(0);
    let raters_are_rows = records.len() <= columns;
    let items = if raters_are_rows { columns } else { records.len() };
    for item in 0..items {
        let cell = |rater: usize| {
            let (row, column) = if raters_are_rows { (rater, item) } else { (item, rater) };
            let cell = records.get(row).and_then(|record| record.get(column));
            cell.and_then(|cell| said(cell)).unwrap_or_default()
        };
        let raters = if raters_are_rows { records.len() } else { columns };
        let mut fields = Map::new();
        fields.insert("id".to_owned(), json!(format!("item {}", item + 1)));
        fields.insert(format!("{RATING}coding"), (0..raters).map(cell).collect());
        let line = if raters_are_rows { 1 } else { item as u64 + 1 };
        sink(Record::Row(Row { line, number: item as u64 + 1, end: bytes.len(), fields }))?;
    }
    ControlFlow::Continue(())
}
