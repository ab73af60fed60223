//! A check's parameters, stated once.
//!
//! Each check lists its parameters in one function, [`Parameters::visit`]. Everything else derives from
//! that list: the reader and the canonical writer of rubric files, the editor's form, the reference page
//! and the key that says when two checks mean the same.

use super::Check;

/// One parameter of a check: its name in files and what it does.
#[derive(Clone, Copy, Debug)]
pub struct Param {
    /// The field's name in a rubric file, `snake_case`.
    pub name: &'static str,
    /// The label in the editor's form, sentence case.
    pub label: &'static str,
    /// One sentence for tooltip and reference.
    pub help: &'static str,
}

/// How a text parameter is best edited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextKind {
    /// One line of plain words.
    Line,
    /// A regular expression.
    Pattern,
    /// Several lines in monospace: a JSON Schema.
    Code,
}

/// A numeric parameter's range, unit and how much a drag changes it.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Smallest allowed value.
    pub min: f64,
    /// Largest allowed value.
    pub max: f64,
    /// What one step of the editor changes.
    pub step: f64,
}

/// One alternative of a parameter that is a choice, for example `AtLeast(2)`.
#[derive(Clone, Copy, Debug)]
pub struct Choice {
    /// The variant's name in a rubric file, `UpperCamelCase`.
    pub name: &'static str,
    /// The label in the form.
    pub label: &'static str,
    /// One sentence of help.
    pub help: &'static str,
    /// The count it carries, if any: default and least.
    pub count: Option<(u32, u32)>,
}

/// A parameter type that is a choice between named alternatives, some carrying a count.
pub trait Choices: Copy {
    /// All alternatives, in the order shown.
    const ALL: &'static [Choice];
    /// Index into [`Self::ALL`] and the count carried (0 where none is).
    fn get(self) -> (usize, u32);
    /// The alternative at `index` with `count`; `index` is valid for [`Self::ALL`].
    fn from_parts(index: usize, count: u32) -> Self;
}

/// What walks a check's parameters: a reader, a writer, a form, a reference page.
///
/// Each method is handed the current value and may change it.
pub trait ParamVisitor {
    /// A text.
    fn text(&mut self, param: Param, kind: TextKind, value: &mut String);
    /// A list of texts.
    fn texts(&mut self, param: Param, value: &mut Vec<String>);
    /// Yes or no.
    fn flag(&mut self, param: Param, value: &mut bool);
    /// A whole number that may be left out.
    fn count(&mut self, param: Param, bounds: Bounds, value: &mut Option<u32>);
    /// A number.
    fn number(&mut self, param: Param, bounds: Bounds, value: &mut f64);
    /// One of `choices`, by index, with its count.
    fn choice(&mut self, param: Param, choices: &'static [Choice], value: &mut (usize, u32));
    /// A check inside this one.
    fn check(&mut self, param: Param, value: &mut Check);
    /// Checks inside this one.
    fn checks(&mut self, param: Param, value: &mut Vec<Check>);
}

impl dyn ParamVisitor + '_ {
    /// Visits a parameter whose type is a choice.
    pub fn pick<C: Choices>(&mut self, param: Param, value: &mut C) {
        let mut parts = value.get();
        self.choice(param, C::ALL, &mut parts);
        *value = C::from_parts(parts.0, parts.1);
    }
}

/// Has parameters that can be walked.
pub trait Parameters {
    /// Shows every parameter to `visitor`, in the order of files and forms.
    fn visit(&mut self, visitor: &mut dyn ParamVisitor);
}

/// A parameter's value, free of its type: what writers, keys and comparisons work on.
#[derive(Clone, Debug, PartialEq)]
pub enum ParamValue {
    /// A text.
    Text(TextKind, String),
    /// A list of texts.
    Texts(Vec<String>),
    /// Yes or no.
    Flag(bool),
    /// A whole number or none.
    Count(Option<u32>),
    /// A number.
    Number(f64),
    /// A choice: the alternatives, which one, its count.
    Choice(&'static str, Option<u32>),
    /// A check inside.
    Check(Box<Check>),
    /// Checks inside.
    Checks(Vec<Check>),
}

/// The parameters of `check` and their values, in order.
pub fn param_values(check: &Check) -> Vec<(Param, ParamValue)> {
    let mut collect = Collect(Vec::new());
    check.clone().visit(&mut collect);
    collect.0
}

struct Collect(Vec<(Param, ParamValue)>);

impl ParamVisitor for Collect {
    fn text(&mut self, param: Param, kind: TextKind, value: &mut String) {
        self.0.push((param, ParamValue::Text(kind, value.clone())));
    }
    fn texts(&mut self, param: Param, value: &mut Vec<String>) {
        self.0.push((param, ParamValue::Texts(value.clone())));
    }
    fn flag(&mut self, param: Param, value: &mut bool) {
        self.0.push((param, ParamValue::Flag(*value)));
    }
    fn count(&mut self, param: Param, _: Bounds, value: &mut Option<u32>) {
        self.0.push((param, ParamValue::Count(*value)));
    }
    fn number(&mut self, param: Param, _: Bounds, value: &mut f64) {
        self.0.push((param, ParamValue::Number(*value)));
    }
    fn choice(&mut self, param: Param, choices: &'static [Choice], value: &mut (usize, u32)) {
        let choice = &choices[value.0];
        self.0.push((param, ParamValue::Choice(choice.name, choice.count.map(|_| value.1))));
    }
    fn check(&mut self, param: Param, value: &mut Check) {
        self.0.push((param, ParamValue::Check(Box::new(value.clone()))));
    }
    fn checks(&mut self, param: Param, value: &mut Vec<Check>) {
        self.0.push((param, ParamValue::Checks(value.clone())));
    }
}
