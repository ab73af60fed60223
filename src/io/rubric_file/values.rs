//! Single values of a file: texts, numbers, lists, names out of a few.

use super::fields::shortened;
use super::places::At;
use super::reader::Reader;
use super::suggest;
use crate::io::ron_tree::{Name, Number, Shape, Value};
use std::ops::RangeInclusive;

impl Reader<'_> {
    /// Reports that `at` is not what it must be, unless the value is unreadable anyway.
    pub(super) fn wrong_type(&mut self, value: &Value, at: &At, wanted: &str, hint: Option<String>) {
        if value.shape != Shape::Broken {
            let message = format!("`{}` must be {wanted}, found {}.", at.label(), value.describe());
            self.error(value.head(), message, hint);
        }
    }

    pub(super) fn text(&mut self, value: &Value, at: &At) -> Option<String> {
        match &value.shape {
            Shape::Text(text) => Some(text.value.clone()),
            Shape::Char(c) => Some(c.to_string()),
            _ => {
                self.wrong_type(value, at, "a text", Some("Write it in double quotes.".to_owned()));
                None
            }
        }
    }

    pub(super) fn list<'v>(&mut self, value: &'v Value, at: &At, of: &str) -> Option<&'v [Value]> {
        match &value.shape {
            Shape::List(items) => Some(items),
            _ => {
                let hint = format!("Write it in square brackets, even for a single one: `{}: […]`.", at.label());
                self.wrong_type(value, at, &format!("a list of {of}"), Some(hint));
                None
            }
        }
    }

    pub(super) fn texts(&mut self, value: &Value, at: &At) -> Option<Vec<String>> {
        let items = self.list(value, at, "texts")?;
        let mut texts = Vec::new();
        for (index, item) in items.iter().enumerate() {
            if let Some(text) = self.text(item, &at.item(index)) {
                // Later problems count what was understood.
                self.note(&at.item(texts.len()), item);
                texts.push(text);
            }
        }
        Some(texts)
    }

    pub(super) fn flag(&mut self, value: &Value, at: &At) -> Option<bool> {
        match &value.shape {
            Shape::Bool(flag) => Some(*flag),
            _ => {
                self.wrong_type(value, at, "true or false", None);
                None
            }
        }
    }

    /// A finite number. One that is not is reported and returned, for whoever shows it.
    pub(super) fn number(&mut self, value: &Value, at: &At) -> Option<f64> {
        self.number_within(value, at, f64::NEG_INFINITY..=f64::INFINITY)
    }

    /// A number in `range`. One outside is reported and returned, for whoever shows it.
    pub(super) fn number_within(&mut self, value: &Value, at: &At, range: RangeInclusive<f64>) -> Option<f64> {
        let Shape::Number(number) = value.shape else {
            let hint = match &value.shape {
                Shape::Text(text) if text.value.parse::<f64>().is_ok() => Some("Remove the quotes.".to_owned()),
                _ => None,
            };
            self.wrong_type(value, at, "a number", hint);
            return None;
        };
        let number = number.value();
        let (least, most) = (*range.start(), *range.end());
        if !number.is_finite() {
            let hint = "Use a number such as 1 or 0.5.".to_owned();
            self.error(value.range.clone(), format!("`{}` must be a finite number.", at.label()), hint);
        } else if !range.contains(&number) {
            let message = format!("`{}` must be {}, is {number}.", at.label(), bounds_in_words(least, most));
            let percent = most == 1.0 && number > 1.0 && number <= 100.0;
            let hint = percent.then(|| format!("For {number} % write {}.", number / 100.0));
            self.error(value.range.clone(), message, hint);
        }
        Some(number)
    }

    /// A whole number in `range`. `None`, reported, where it is not.
    pub(super) fn whole(&mut self, value: &Value, at: &At, range: RangeInclusive<u32>) -> Option<u32> {
        let Shape::Number(number) = value.shape else {
            self.wrong_type(value, at, "a whole number", None);
            return None;
        };
        let Number::Integer(number) = number else {
            let message = format!("`{}` must be a whole number, is {}.", at.label(), number.value());
            self.error(value.range.clone(), message, None);
            return None;
        };
        let whole = u32::try_from(number).ok().filter(|whole| range.contains(whole));
        if whole.is_none() {
            let (least, most) = (f64::from(*range.start()), f64::from(*range.end()));
            let message = format!("`{}` must be {}, is {number}.", at.label(), bounds_in_words(least, most));
            self.error(value.range.clone(), message, None);
        }
        whole
    }

    /// The index of one of `names`, and what stands in brackets after it.
    pub(super) fn one_of<'v>(&mut self, value: &'v Value, at: &At, names: &[&str]) -> Option<(usize, &'v [Value])> {
        let (name, items): (&Name, &[Value]) = match &value.shape {
            Shape::Name(name) => (name, &[]),
            Shape::Tuple(Some(name), items) => (name, items),
            _ => {
                let hint = match &value.shape {
                    Shape::Text(text) if names.contains(&text.value.as_str()) => Some("Remove the quotes.".to_owned()),
                    _ => None,
                };
                self.wrong_type(value, at, &format!("one of {}", names.join(", ")), hint);
                return None;
            }
        };
        let index = names.iter().position(|known| *known == name.text);
        if index.is_none() {
            let message = format!("`{}` has no choice `{}`.", at.label(), shortened(&name.text));
            self.error(name.range.clone(), message, suggest::hint(&name.text, names, "The choices are"));
        }
        index.map(|index| (index, items))
    }

    /// Reports `value` unless `count` values stand in brackets after its name. `written` shows how it should be.
    pub(super) fn has_arguments(&mut self, value: &Value, items: &[Value], count: usize, written: &str) -> bool {
        let right = items.len() == count;
        if !right && !items.iter().any(|item| item.shape == Shape::Broken) {
            let name = value.name().map_or("", |name| &name.text);
            let wanted = match count {
                0 => "nothing in brackets".to_owned(),
                1 => "one value in brackets".to_owned(),
                _ => format!("{count} values in brackets"),
            };
            self.error(value.head(), format!("`{name}` takes {wanted}."), format!("Write {written}."));
        }
        right
    }
}

/// `from 0 to 1`, `1 or more`, `a number`.
fn bounds_in_words(least: f64, most: f64) -> String {
    let open = |bound: f64| bound.abs() >= f64::from(u32::MAX);
    match (open(least), open(most)) {
        (false, false) => format!("from {least} to {most}"),
        (false, true) => format!("{least} or more"),
        (true, false) => format!("{most} or less"),
        (true, true) => "a number".to_owned(),
    }
}
