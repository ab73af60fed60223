//! A first look at a file: which columns there are and what is in them. For the preview and for guessing.

use super::column_path::ColumnPath;
use super::records::Row;
use crate::model::Mapping;
use crate::text::nearest;
use serde_json::Value;
use std::collections::{HashMap, HashSet};

/// Nested values are offered as columns down to this depth.
const DEPTH: usize = 4;
/// At most so many columns are offered; the file's own come first.
const MAX_COLUMNS: usize = 200;
/// Values shown of a column.
const SAMPLES: usize = 5;
/// Characters shown of a value.
const SAMPLE_CHARS: usize = 200;
/// Only texts up to this length are compared as ids.
const KEY_BYTES: usize = 200;

/// A file's columns, from its first 2,000 rows, or fewer where they are long.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// Rows looked at.
    pub rows: u64,
    /// Whether these are all rows of the file.
    pub whole: bool,
    /// The columns in order of appearance, each followed by the paths into it.
    pub columns: Vec<ColumnInfo>,
    /// What is known of the rows beside the names of their columns: see [`Hint`].
    pub(super) hint: Option<Hint>,
}

/// What a file is known to mean, because it is known which tool wrote it.
#[derive(Clone, Debug)]
pub(super) struct Hint {
    /// In place of the same parts of what is guessed.
    pub(super) mapping: Mapping,
    /// Whether that is everything.
    pub(super) is_complete: bool,
}

/// One column, or one path into nested values.
#[derive(Clone, Debug)]
pub struct ColumnInfo {
    /// Its name or path, as in a mapping.
    pub name: String,
    /// Rows in which it is there and neither null nor empty.
    pub filled: u64,
    /// Rows looked at.
    pub of: u64,
    /// Its first values, at most five, cut to 200 characters.
    pub sample: Vec<String>,
    /// What its values are.
    pub kind: ColumnKind,
    /// Whether it leads into another column.
    pub nested: bool,
    /// Mean length of its filled values in characters.
    pub mean_chars: f64,
    /// Values that are chats which end with what the assistant said.
    pub(super) answered: u64,
    /// The distinct values as ids, as far as they are short.
    pub(super) keys: HashSet<String>,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnKind {
    /// None of them is filled.
    Empty,
    /// Texts.
    Text,
    /// Numbers, or texts that are numbers.
    Number,
    /// True or false.
    Bool,
    /// Lists.
    List,
    /// Objects.
    Object,
    /// Different things.
    Mixed,
}

impl Table {
    /// The column with this name.
    pub fn column(&self, name: &str) -> Option<&ColumnInfo> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// Whether a mapping may name this column: it is listed, or leads into one that is.
    pub fn has(&self, name: &str) -> bool {
        self.column(name).is_some()
            || ColumnPath::new(name)
                .root()
                .and_then(|root| self.column(root))
                .is_some_and(|root| matches!(root.kind, ColumnKind::List | ColumnKind::Object | ColumnKind::Mixed))
    }

    /// The column spelled most like `name`.
    pub fn nearest(&self, name: &str) -> Option<&str> {
        nearest(name, self.columns.iter().map(|column| column.name.as_str()))
    }

    /// The column that holds a rubric for each row: a list of weighted criteria.
    pub(super) fn own_criteria(&self) -> Option<&str> {
        let has = |column: &ColumnInfo, names: &[&str]| {
            names.iter().any(|name| self.column(&format!("{}[0].{name}", column.name)).is_some())
        };
        let is_rubric =
            |column: &&ColumnInfo| has(column, &["criterion", "requirement"]) && has(column, &["points", "weight"]);
        self.columns.iter().find(is_rubric).map(|column| column.name.as_str())
    }

    /// The file's own columns in backquotes, for messages.
    pub(super) fn list_columns(&self) -> String {
        const SHOWN: usize = 30;
        let own: Vec<String> =
            self.columns.iter().filter(|column| !column.nested).map(|column| format!("`{}`", column.name)).collect();
        let more = own.len().saturating_sub(SHOWN);
        let list = own[..own.len().min(SHOWN)].join(", ");
        if more > 0 { format!("{list} and {more} more") } else { list }
    }
}

/// Collects a [`Table`] row by row.
#[derive(Debug, Default)]
pub(super) struct TableBuilder {
    rows: u64,
    index: HashMap<String, usize>,
    columns: Vec<Column>,
}

#[derive(Debug)]
struct Column {
    info: ColumnInfo,
    root: usize,
    chars: u64,
}

impl TableBuilder {
    /// Takes one more row into account.
    pub(super) fn add(&mut self, row: &Row) {
        self.rows += 1;
        for (name, value) in &row.fields {
            self.add_value(name, value, None, 0);
        }
    }

    fn add_value(&mut self, name: &str, value: &Value, root: Option<usize>, depth: usize) {
        let at = match self.index.get(name) {
            Some(&at) => at,
            None if root.is_some() && self.columns.len() >= MAX_COLUMNS => return,
            None => {
                let at = self.columns.len();
                self.index.insert(name.to_owned(), at);
                let info = ColumnInfo {
                    name: name.to_owned(),
                    filled: 0,
                    of: 0,
                    sample: Vec::new(),
                    kind: ColumnKind::Empty,
                    nested: root.is_some(),
                    mean_chars: 0.0,
                    answered: 0,
                    keys: HashSet::new(),
                };
                self.columns.push(Column { info, root: root.unwrap_or(at), chars: 0 });
                at
            }
        };
        self.columns[at].see(value);
        if depth >= DEPTH {
            return;
        }
        let root = Some(self.columns[at].root);
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    self.add_value(&format!("{name}.{key}"), value, root, depth + 1);
                }
            }
            Value::Array(list) => {
                if let Some(first) = list.first() {
                    self.add_value(&format!("{name}[0]"), first, root, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// The finished table; `whole` says whether all rows of the file are in it.
    pub(super) fn finish(mut self, whole: bool) -> Table {
        // Stable: paths stay in order behind their column.
        self.columns.sort_by_key(|column| column.root);
        let rows = self.rows;
        let finish = |column: Column| ColumnInfo {
            of: rows,
            mean_chars: column.chars as f64 / column.info.filled.max(1) as f64,
            ..column.info
        };
        Table { rows, whole, columns: self.columns.into_iter().map(finish).collect(), hint: None }
    }
}

impl Column {
    fn see(&mut self, value: &Value) {
        let kind = match value {
            Value::Null => return,
            Value::String(text) if text.is_empty() => return,
            Value::String(text) if text.trim().parse::<f64>().is_ok() => ColumnKind::Number,
            Value::String(_) => ColumnKind::Text,
            Value::Number(_) => ColumnKind::Number,
            Value::Bool(_) => ColumnKind::Bool,
            Value::Array(_) => ColumnKind::List,
            Value::Object(_) => ColumnKind::Object,
        };
        let info = &mut self.info;
        info.filled += 1;
        info.answered += u64::from(super::text_of::ends_with_answer(value));
        info.kind = match (info.kind, kind) {
            (ColumnKind::Empty, kind) => kind,
            (before, kind) if before == kind => kind,
            (ColumnKind::Text, ColumnKind::Number) | (ColumnKind::Number, ColumnKind::Text) => ColumnKind::Text,
            _ => ColumnKind::Mixed,
        };
        let show = info.sample.len() < SAMPLES;
        match value {
            Value::String(text) => {
                self.chars += text.chars().count() as u64;
                if show {
                    info.sample.push(text.chars().take(SAMPLE_CHARS).collect());
                }
            }
            // Writing a long list out to show 200 characters of it is fine for five rows, not for all.
            other if show => info.sample.push(other.to_string().chars().take(SAMPLE_CHARS).collect()),
            _ => {}
        }
        if let Some(key) = super::text_of::key(value)
            && key.len() <= KEY_BYTES
        {
            info.keys.insert(key.into_owned());
        }
    }
}
