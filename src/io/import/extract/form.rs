//! How a row is laid out: its columns in their order, and what stands between their values. Rows of a file are mostly
//! laid out alike, so that what was learned of one need only be compared in the next.

use super::plain::PlainColumns;
use super::quoted;
use crate::io::import::records::scan::skip_space;
use crate::model::Field;
use std::iter;
use std::ops::Range;

/// The layout of the last row, or of as much of it as was read, and where the values stand that no field takes.
#[derive(Debug, Default)]
pub(super) struct Form {
    parts: Vec<Part>,
    /// Of the last row: the number of the part, and its value.
    others: Vec<(usize, Range<usize>)>,
}

/// One column.
#[derive(Debug)]
struct Part {
    /// All bytes from the end of the value before to the beginning of its own.
    before: Box<str>,
    /// The column's name in them.
    key: Range<usize>,
    field: Option<Field>,
}

/// More columns than this are no common row.
const MOST: usize = 72;

impl Form {
    /// Calls `take` with each column of the row whose line begins at `at`: the field it fills, if any, and where its
    /// value begins. `take` says where the value ends. Gives where the line ends. `None` where it is not one flat
    /// object whose columns have names of their own without escapes, or `take` gives up.
    pub(super) fn for_each_field(
        &mut self,
        columns: &PlainColumns,
        text: &str,
        mut at: usize,
        mut take: impl FnMut(Option<Field>, usize) -> Option<usize>,
    ) -> Option<usize> {
        let bytes = text.as_bytes();
        self.others.clear();
        let mut index = 0;
        loop {
            match self.parts.get(index) {
                Some(part) if bytes.get(at..)?.starts_with(part.before.as_bytes()) => at += part.before.len(),
                _ => match self.learn(columns, text, at, index)? {
                    Next::Value(value) => at = value,
                    Next::End(end) => return end_of_line(bytes, end),
                },
            }
            let field = self.parts[index].field;
            let end = take(field, at)?;
            if field.is_none() {
                self.others.push((index, at..end));
            }
            (at, index) = (end, index + 1);
            if bytes.get(at) == Some(&b'}') {
                return end_of_line(bytes, at + 1);
            }
        }
    }

    /// Reads what stands at `at`, before the value of part `index` or at the row's end.
    fn learn(&mut self, columns: &PlainColumns, text: &str, at: usize, index: usize) -> Option<Next> {
        let bytes = text.as_bytes();
        // A line ends where it ends, even between two values.
        let same_line = |from: usize, to: usize| !bytes[from..to].contains(&b'\n');
        let open = skip_space(bytes, at);
        match (bytes.get(open)?, index) {
            (b'{', 0) | (b',', 1..) => {}
            (b'}', 1..) => return same_line(at, open).then_some(Next::End(open + 1)),
            _ => return None,
        }
        let quote = skip_space(bytes, open + 1);
        match bytes.get(quote)? {
            b'"' => {}
            b'}' if index == 0 => return same_line(at, quote).then_some(Next::End(quote + 1)),
            _ => return None,
        }
        let (key_end, escaped) = quoted::skip(bytes, quote + 1)?;
        let key = &text[quote + 1..key_end - 1];
        let colon = skip_space(bytes, key_end);
        self.parts.truncate(index);
        let value = skip_space(bytes, (colon + 1).min(bytes.len()));
        if bytes.get(colon) != Some(&b':') || escaped || !same_line(at, value) {
            return None;
        }
        if index == MOST || self.parts.iter().any(|part| part.key() == key) {
            return None;
        }
        let before = &text[at..value];
        let field = columns.field(key);
        self.parts.push(Part { before: before.into(), key: quote + 1 - at..key_end - 1 - at, field });
        Some(Next::Value(value))
    }

    /// Whether the last row has columns that fill no field.
    pub(super) fn has_others(&self) -> bool {
        !self.others.is_empty()
    }

    /// These columns of the last row, which stands in `text`, as a JSON object. Nothing in their names is escaped.
    pub(super) fn others<'a>(&'a self, text: &'a str) -> impl Iterator<Item = &'a str> {
        let each = self.others.iter().enumerate().flat_map(move |(number, (part, value))| {
            let open = if number == 0 { "{\"" } else { ",\"" };
            [open, self.parts[*part].key(), "\":", &text[value.clone()]]
        });
        each.chain(iter::once("}"))
    }
}

impl Part {
    fn key(&self) -> &str {
        &self.before[self.key.clone()]
    }
}

enum Next {
    /// A value begins here.
    Value(usize),
    /// The row has ended before here.
    End(usize),
}

/// Where the line ends of which only white space is left at `at`.
fn end_of_line(bytes: &[u8], at: usize) -> Option<usize> {
    let rest = bytes[at..].iter().take_while(|&&byte| byte != b'\n' && byte.is_ascii_whitespace()).count();
    let end = at + rest;
    matches!(bytes.get(end), None | Some(b'\n')).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::import::extract::quoted;
    use crate::model::{Mapping, Role};

    /// The keys of each of `rows`, which hold texts only, read one after the other; none where it is not flat.
    fn keys(rows: &[&str]) -> Vec<Option<Vec<String>>> {
        let columns = PlainColumns::new(&Mapping { role: Role::Responses, ..Mapping::default() }).unwrap();
        let mut form = Form::default();
        let mut keys = |row: &&str| {
            let take = |_, at: usize| quoted::skip(row.as_bytes(), at + 1).map(|(end, _)| end);
            form.for_each_field(&columns, row, 0, take)?;
            let object = form.others(row).collect::<String>();
            let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&object).unwrap();
            Some(fields.keys().cloned().collect())
        };
        rows.iter().map(&mut keys).collect()
    }

    #[test]
    fn rows_of_another_form_than_the_one_before_are_read_alike() {
        let rows = [
            r#"{"a": "1", "b": "2", "c": "3"}"#,
            r#"{"a": "1", "b": "2"}"#,
            r#"{"a": "1", "b": "2", "c": "3" } "#,
            r#"{"a":"1","b":"2","c":"3"}"#,
            r#"{"a":"1","c":"2","b":"3","d":"4"}"#,
            r#"{"a":"1","c":"2","b":"3","a":"4"}"#,
            r#"{"a":"1","c":"2","c":"3"}"#,
            r#"{"b":"1","c":"2","b2":"3"}"#,
            "{\"b\":\n\"1\"}",
            r#"{"b":"1","c":"2","b2":"3"} x"#,
        ];
        let said = keys(&rows);
        let alone: Vec<_> = rows.iter().flat_map(|row| keys(&[row])).collect();
        assert_eq!(said, alone);
        let names = |keys: &str| Some(keys.split(' ').map(str::to_owned).collect());
        assert_eq!(said[..5], [names("a b c"), names("a b"), names("a b c"), names("a b c"), names("a c b d")]);
        assert_eq!(said[5..], [None, None, names("b c b2"), None, None]);
    }
}
