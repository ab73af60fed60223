//! Pinned examples from a file's tree.

use super::fields::{Fields, shortened};
use super::places::At;
use super::reader::Reader;
use super::suggest;
use crate::io::ron_tree::{Shape, Value};
use crate::model::{Example, Expected};
use std::collections::HashMap;
use std::ops::Range;

const EXPECTED: [&str; 5] = ["Exactly", "AtLeast", "AtMost", "Between", "Unscored"];

impl Reader<'_> {
    pub(super) fn examples(&mut self, value: &Value, at: &At) -> Vec<Example> {
        let mut examples = Vec::new();
        let mut names: HashMap<String, Range<usize>> = HashMap::new();
        for item in self.list(value, at, "examples").unwrap_or_default() {
            let at = at.item(examples.len());
            let Some(example) = self.example(item, &at) else { continue };
            let place = self.places.exact(&at.field("name"));
            if let Some(place) = place.filter(|_| !example.name.is_empty()) {
                if let Some(first) = names.get(&example.name) {
                    let message = format!(
                        "An example “{}” stands on line {} too.",
                        shortened(&example.name),
                        self.line(first.start)
                    );
                    self.error(place, message, "Give each example its own name.".to_owned());
                } else {
                    names.insert(example.name.clone(), place);
                }
            }
            examples.push(example);
        }
        examples
    }

    fn example(&mut self, value: &Value, at: &At) -> Option<Example> {
        let written = "Example(name: \"…\", text: \"…\", score: AtLeast(0.9))";
        let mut fields = Fields::of(self, value, "an example", written)?;
        if let Some(name) = value.name().filter(|name| name.text != "Example") {
            let message = format!("Expected an example, found `{}`.", shortened(&name.text));
            self.error(name.range.clone(), message, suggest::hint(&name.text, &["Example"], "Here may stand"));
        }
        self.note(at, value);
        let mut example = Example::default();
        for (name, text) in [("name", &mut example.name), ("text", &mut example.text)] {
            match fields.take(self, at, name) {
                Some(value) => *text = self.text(value, &at.field(name)).unwrap_or_default(),
                None => {
                    let hint = format!("Write {written}.");
                    self.error(fields.head.clone(), format!("The example needs `{name}`."), hint);
                }
            }
        }
        if let Some(value) = fields.take(self, at, "prompt") {
            example.prompt = self.text(value, &at.field("prompt")).unwrap_or_default();
        }
        if let Some(value) = fields.take(self, at, "reference") {
            example.reference = self.text(value, &at.field("reference"));
        }
        if let Some(value) = fields.take(self, at, "score") {
            example.score = self.expected(value, &at.field("score"));
        }
        if let Some(value) = fields.take(self, at, "passed") {
            example.passed = self.flag(value, &at.field("passed"));
        }
        if let Some(value) = fields.take(self, at, "values") {
            example.values = self.values(value, &at.field("values"));
        }
        fields.finish(self);
        Some(example)
    }

    fn values(&mut self, value: &Value, at: &At) -> Vec<(String, Expected)> {
        let Shape::Map(entries) = &value.shape else {
            let hint = "Write each id with what it must be: {\"structure\": 1.0, \"tone\": Unscored}.".to_owned();
            self.wrong_type(value, at, "a map", Some(hint));
            return Vec::new();
        };
        let mut values = Vec::new();
        let mut seen: HashMap<String, usize> = HashMap::new();
        for (key, value) in entries {
            let Shape::Text(id) = &key.shape else {
                let message = format!("An id must be a text, found {}.", key.describe());
                self.error(key.head(), message, "Write it in double quotes.".to_owned());
                continue;
            };
            if let Some(&first) = seen.get(&id.value) {
                let message = format!("“{}” stands twice; the first is on line {}.", id.value, self.line(first));
                self.error(key.range.clone(), message, "Keep one of them.".to_owned());
                continue;
            }
            seen.insert(id.value.clone(), key.range.start);
            let at = at.field(&id.value);
            self.note(&at, value);
            values.extend(self.expected(value, &at).map(|expected| (id.value.clone(), expected)));
        }
        values
    }

    fn expected(&mut self, value: &Value, at: &At) -> Option<Expected> {
        if matches!(value.shape, Shape::Number(_)) {
            return self.number(value, at).map(Expected::Exactly);
        }
        if let Shape::Text(_) | Shape::Bool(_) | Shape::List(_) | Shape::Map(_) = value.shape {
            let wanted = "a number, AtLeast, AtMost, Between or Unscored";
            self.wrong_type(value, at, wanted, None);
            return None;
        }
        let (index, items) = self.one_of(value, at, &EXPECTED)?;
        let (count, written) = [
            (1, "a number such as 0.9"),
            (1, "AtLeast(0.9)"),
            (1, "AtMost(0.5)"),
            (2, "Between(0.5, 0.9)"),
            (0, "Unscored"),
        ][index];
        if !self.has_arguments(value, items, count, written) {
            return None;
        }
        let numbers: Vec<f64> = items.iter().filter_map(|item| self.number(item, at)).collect();
        match (index, numbers.as_slice()) {
            (0, &[value]) => Some(Expected::Exactly(value)),
            (1, &[least]) => Some(Expected::AtLeast(least)),
            (2, &[most]) => Some(Expected::AtMost(most)),
            (3, &[least, most]) => {
                if least > most {
                    let hint = format!("Write Between({most}, {least}).");
                    self.error(value.range.clone(), "Nothing is between these: the first is the greater.", hint);
                }
                Some(Expected::Between(least, most))
            }
            (4, _) => Some(Expected::Unscored),
            _ => None,
        }
    }
}
