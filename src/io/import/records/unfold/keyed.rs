//! An object of rows, by their ids.

use super::super::{Record, json};
use super::Fields;
use serde_json::{Value, json};
use std::ops::ControlFlow;

/// Names that two objects have which are parts of one row.
const PARTS: [&str; 6] = ["chosen", "rejected", "a", "b", "left", "right"];

/// Whether the document whose brace is at `start` holds nothing but rows: two objects or more, all with a name that the
/// first has; with `alike`, with all names that the first has and no others.
pub(super) fn is_document(bytes: &[u8], start: usize, alike: bool) -> bool {
    let (mut documents, mut is_one) = (0, false);
    let _ = json::read(bytes, start, None, &mut |record| {
        documents += 1;
        is_one = matches!(&record, Record::Row(row) if is_one_of_rows(&row.fields, alike));
        if documents > 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    documents == 1 && is_one
}

fn is_one_of_rows(fields: &Fields, alike: bool) -> bool {
    let rows: Option<Vec<&Fields>> = fields.values().map(Value::as_object).collect();
    let Some(rows) = rows.filter(|rows| rows.len() >= 2) else { return false };
    let shared = |name: &String| rows.iter().all(|row| row.contains_key(name));
    let same = if alike {
        rows[0].keys().all(shared) && rows.iter().all(|row| row.len() == rows[0].len())
    } else {
        rows[0].keys().any(shared)
    };
    same && !fields.keys().any(|name| PARTS.contains(&name.to_lowercase().as_str()))
}

/// The rows, those of several raters each. A row's name is its id, where it has none.
pub(super) fn rows(fields: Fields) -> Vec<Fields> {
    let of_name = |(name, row): (String, Value)| {
        let mut named = Fields::new();
        named.insert("id".to_owned(), json!(name));
        named.extend(row.as_object().cloned().unwrap_or_default());
        match super::rated::columns(&named) {
            Some(columns) => super::rated::rows(&named, &columns),
            None => vec![named],
        }
    };
    fields.into_iter().flat_map(of_name).collect()
}
