//! The fields of one element of a file: each asked for by name, the rest unknown.

use super::places::At;
use super::reader::Reader;
use super::suggest;
use crate::io::ron_tree::{Field, Name, Shape, Value};
use std::ops::Range;

/// The fields of one element, such as a criterion.
pub(super) struct Fields<'v> {
    /// What the element is, with its article: `a criterion`.
    what: String,
    /// What a mistake about the whole element points at.
    pub(super) head: Range<usize>,
    fields: &'v [Field],
    asked: Vec<&'static str>,
}

impl<'v> Fields<'v> {
    /// The fields of `value`, which is `what`. `None`, with the mistake reported, where it has no fields.
    pub(super) fn of(reader: &mut Reader<'_>, value: &'v Value, what: &str, written: &str) -> Option<Self> {
        let fields: &[Field] = match &value.shape {
            Shape::Struct(_, fields) => fields,
            Shape::Tuple(_, items) if items.is_empty() => &[],
            Shape::Broken => return None,
            _ => {
                let message = format!("Expected {what}, found {}.", value.describe());
                reader.error(value.head(), message, format!("Write {written}."));
                return None;
            }
        };
        Some(Self { what: what.to_owned(), head: value.head(), fields, asked: Vec::new() })
    }

    /// Whether the field is there, without asking for it.
    pub(super) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name.text == name)
    }

    /// The field as written, `Some` and `None` included; notes where it stands. Further ones of the same name are
    /// reported.
    pub(super) fn take_raw(&mut self, reader: &mut Reader<'_>, at: &At, name: &'static str) -> Option<&'v Value> {
        self.asked.push(name);
        let mut same = self.fields.iter().filter(|field| field.name.text == name);
        let first = same.next()?;
        for field in same {
            repeated(reader, &field.name, &first.name);
        }
        reader.note(&at.field(name), first.value.optional().unwrap_or(&first.value));
        Some(&first.value)
    }

    /// The field's value, where it has one: `Some(x)` is `x`, `None` is none.
    pub(super) fn take(&mut self, reader: &mut Reader<'_>, at: &At, name: &'static str) -> Option<&'v Value> {
        self.take_raw(reader, at, name).and_then(Value::optional)
    }

    /// Reports the fields nobody asked for.
    pub(super) fn finish(self, reader: &mut Reader<'_>) {
        for field in self.fields.iter().filter(|field| !self.asked.contains(&field.name.text.as_str())) {
            let message = format!("`{}` is not a field of {}.", shortened(&field.name.text), self.what);
            let hint = if self.asked.is_empty() {
                "Remove it; there are no fields here.".to_owned()
            } else {
                suggest::hint(&field.name.text, &self.asked, "The fields are")
            };
            reader.error(field.name.range.clone(), message, hint);
        }
    }
}

/// At most the first 40 characters.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn repeated(reader: &mut Reader<'_>, name: &Name, first: &Name) {
    let message = format!("`{}` stands twice; the first is on line {}.", name.text, reader.line(first.range.start));
    reader.error(name.range.clone(), message, "Keep one of them.".to_owned());
}
