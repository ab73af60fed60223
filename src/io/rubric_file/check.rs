//! Checks from a file's tree. Knows no kind of check: the table and the parameters tell.

use super::fields::{Fields, shortened};
use super::places::At;
use super::reader::Reader;
use super::suggest;
use crate::checks::params::{Bounds, Choice, Param, ParamVisitor, Parameters as _, TextKind};
use crate::checks::{Check, KINDS};
use crate::io::ron_tree::{Shape, Value};

impl Reader<'_> {
    /// The check, with defaults where a parameter is not readable; `None`, reported, where its kind is unknown.
    ///
    /// Parameters stand as fields, or without names in the order of the kind: `All([…])`.
    pub(super) fn check(&mut self, value: &Value, at: &At) -> Option<Check> {
        let Some(name) = value.name() else {
            let hint = "Begin with the kind of check, for example Phrases(phrases: [\"…\"]).".to_owned();
            self.wrong_type(value, at, "a check", Some(hint));
            return None;
        };
        let Some(kind) = KINDS.iter().find(|kind| kind.name == name.text) else {
            let names: Vec<&str> = KINDS.iter().map(|kind| kind.name).collect();
            let message = format!("There is no check `{}`.", shortened(&name.text));
            self.error(name.range.clone(), message, suggest::hint(&name.text, &names, "The checks are"));
            return None;
        };
        let arguments = match &value.shape {
            Shape::Tuple(_, items) if !items.is_empty() => Arguments::InOrder(items),
            Shape::Name(_) => Arguments::InOrder(&[]),
            _ => Arguments::Named(Fields::of(self, value, &format!("the check `{}`", kind.name), kind.example)?),
        };
        let mut check = (kind.new)();
        let mut params = Params { reader: self, at: at.clone(), arguments, count: 0 };
        check.visit(&mut params);
        params.finish(value);
        Some(check)
    }
}

enum Arguments<'v> {
    Named(Fields<'v>),
    InOrder(&'v [Value]),
}

/// Sets each parameter of a check to what the file says.
struct Params<'r, 's, 'v> {
    reader: &'r mut Reader<'s>,
    at: At,
    arguments: Arguments<'v>,
    /// How many parameters were visited.
    count: usize,
}

impl<'v> Params<'_, '_, 'v> {
    /// The parameter as written, and which it is.
    fn raw(&mut self, param: Param) -> Option<(&'v Value, At)> {
        let at = self.at.field(param.name);
        let value = match &mut self.arguments {
            Arguments::Named(fields) => fields.take_raw(self.reader, &self.at, param.name),
            Arguments::InOrder(items) => items.get(self.count).inspect(|value| self.reader.note(&at, value)),
        };
        self.count += 1;
        value.map(|value| (value, at))
    }

    fn given(&mut self, param: Param) -> Option<(&'v Value, At)> {
        let (value, at) = self.raw(param)?;
        Some((value.optional()?, at))
    }

    fn finish(self, check: &Value) {
        match self.arguments {
            Arguments::Named(fields) => fields.finish(self.reader),
            Arguments::InOrder(items) if items.len() > self.count => {
                let name = check.name().map_or("", |name| &name.text);
                let message = format!("`{name}` takes {} parameters, found {}.", self.count, items.len());
                self.reader.error(items[self.count].head(), message, "Remove what is too much.".to_owned());
            }
            Arguments::InOrder(_) => {}
        }
    }
}

impl ParamVisitor for Params<'_, '_, '_> {
    fn text(&mut self, param: Param, _: TextKind, value: &mut String) {
        if let Some((given, at)) = self.given(param)
            && let Some(text) = self.reader.text(given, &at)
        {
            *value = text;
        }
    }

    fn texts(&mut self, param: Param, value: &mut Vec<String>) {
        if let Some((given, at)) = self.given(param)
            && let Some(texts) = self.reader.texts(given, &at)
        {
            *value = texts;
        }
    }

    fn flag(&mut self, param: Param, value: &mut bool) {
        if let Some((given, at)) = self.given(param)
            && let Some(flag) = self.reader.flag(given, &at)
        {
            *value = flag;
        }
    }

    fn count(&mut self, param: Param, bounds: Bounds, value: &mut Option<u32>) {
        // `None` is a value here, and not always the default.
        let Some((given, at)) = self.raw(param) else { return };
        match given.optional() {
            None => *value = None,
            Some(given) => {
                // Saturates: a count has no use for bounds below zero.
                let range = bounds.min as u32..=bounds.max as u32;
                if let Some(count) = self.reader.whole(given, &at, range) {
                    *value = Some(count);
                }
            }
        }
    }

    fn number(&mut self, param: Param, bounds: Bounds, value: &mut f64) {
        if let Some((given, at)) = self.given(param)
            && let Some(number) = self.reader.number_within(given, &at, bounds.min..=bounds.max)
        {
            *value = number;
        }
    }

    fn choice(&mut self, param: Param, choices: &'static [Choice], value: &mut (usize, u32)) {
        let Some((given, at)) = self.given(param) else { return };
        let names: Vec<&str> = choices.iter().map(|choice| choice.name).collect();
        let Some((index, items)) = self.reader.one_of(given, &at, &names) else { return };
        let name = names[index];
        match choices[index].count {
            None if self.reader.has_arguments(given, items, 0, name) => *value = (index, 0),
            Some((usual, least)) if self.reader.has_arguments(given, items, 1, &format!("{name}({usual})")) => {
                if let Some(count) = self.reader.whole(&items[0], &at, least..=u32::MAX) {
                    *value = (index, count);
                }
            }
            _ => {}
        }
    }

    fn check(&mut self, param: Param, value: &mut Check) {
        if let Some((given, at)) = self.given(param)
            && let Some(check) = self.reader.check(given, &at)
        {
            *value = check;
        }
    }

    fn checks(&mut self, param: Param, value: &mut Vec<Check>) {
        let Some((given, at)) = self.given(param) else { return };
        let Some(items) = self.reader.list(given, &at, "checks") else { return };
        value.clear();
        for item in items {
            let at = at.item(value.len());
            self.reader.note(&at, item);
            value.extend(self.reader.check(item, &at));
        }
    }
}
