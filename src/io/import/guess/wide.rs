//! Rows with several outputs, each in a column of its own.

use super::super::table::{ColumnInfo, ColumnKind, Table};
use super::names::{self, find, normal};

/// Texts of at least this mean length may be outputs whatever their column is called.
const LONG_CHARS: f64 = 40.0;

/// The columns that each hold one model's output in a row with `prompt`; empty unless there are two.
pub(super) fn columns(table: &Table, prompt: Option<&ColumnInfo>) -> Vec<String> {
    let own = || table.columns.iter().filter(|column| !column.nested && Some(&column.name) != prompt.map(|p| &p.name));
    for start in names::NUMBERED {
        let start = normal(start);
        let numbered: Vec<String> = own()
            .filter(|column| normal(&column.name).strip_prefix(&start).is_some_and(is_count))
            .filter(|column| column.kind != ColumnKind::Bool)
            .map(|column| column.name.clone())
            .collect();
        if numbered.len() >= 2 {
            return numbered;
        }
    }
    let pair: Vec<String> = own()
        .filter(|column| matches!(normal(&column.name).as_str(), "chosen" | "rejected"))
        .map(|column| column.name.clone())
        .collect();
    if pair.len() == 2 {
        return pair;
    }
    if prompt.is_none() {
        return Vec::new();
    }
    let is_reference = |name: &str| find(table, names::REFERENCE, |column| column.name == name).is_some();
    let long: Vec<String> = own()
        .filter(|column| column.kind == ColumnKind::Text && column.mean_chars >= LONG_CHARS)
        .filter(|column| !is_reference(&column.name))
        .map(|column| column.name.clone())
        .collect();
    if long.len() >= 2 { long } else { Vec::new() }
}

/// What tells the columns apart: a number, or a letter from either end of the alphabet.
fn is_count(end: &str) -> bool {
    let is_number = !end.is_empty() && end.bytes().all(|byte| byte.is_ascii_digit());
    is_number || matches!(end, "a" | "b" | "c" | "d" | "x" | "y" | "left" | "right")
}
