//! The reference page of the checks, from the same table as everything else.

use super::params::{Bounds, Choice, Param, ParamVisitor, Parameters, TextKind};
use super::{Check, KINDS, Kind};
use std::fmt::Write;

/// The page on all kinds of check, in Markdown.
pub fn page() -> String {
    let mut out = String::from(
        "# Checks\n\n\
         A check tests a response's text and gives a value from 0 (not met) to 1 (fully met), with the places in \
         the text it rests on. The same text, prompt and reference answer always give the same value. A check that \
         does not concern a text, or that cannot be decided, is left out of the total.\n",
    );
    for kind in KINDS {
        out.push('\n');
        out.push_str(&reference(kind));
    }
    out
}

/// The section on one kind of check, in Markdown.
pub fn reference(kind: &Kind) -> String {
    let mut rows = Rows(String::new());
    (kind.new)().visit(&mut rows);
    let Kind { name, title, summary, details, example, .. } = kind;
    format!(
        "## {name}\n\n*{title}.* {summary}\n\n{details}\n\n\
         | parameter | takes | default | what it does |\n|---|---|---|---|\n{}\n```ron\n{example}\n```\n",
        rows.0
    )
}

/// Writes one row of the table for each parameter.
struct Rows(String);

impl Rows {
    fn row(&mut self, param: Param, takes: &str, default: &str, more: &str) {
        let cell = |text: &str| text.replace('|', "\\|");
        let Param { name, help, .. } = param;
        let (takes, default, help) = (cell(takes), cell(default), cell(help));
        writeln!(self.0, "| `{name}` | {takes} | {default} | {help}{more} |").expect("a String takes any text");
    }
}

impl ParamVisitor for Rows {
    fn text(&mut self, param: Param, kind: TextKind, value: &mut String) {
        let takes = match kind {
            TextKind::Line => "text",
            TextKind::Pattern => "regular expression",
            TextKind::Code => "text of several lines",
        };
        self.row(param, takes, &format!("`{value:?}`"), "");
    }
    fn texts(&mut self, param: Param, value: &mut Vec<String>) {
        self.row(param, "list of texts", &format!("`{value:?}`"), "");
    }
    fn flag(&mut self, param: Param, value: &mut bool) {
        self.row(param, "`true` or `false`", &format!("`{value}`"), "");
    }
    fn count(&mut self, param: Param, bounds: Bounds, value: &mut Option<u32>) {
        let default = value.map_or("left out".to_owned(), |value| format!("`{value}`"));
        self.row(param, &format!("whole number from {}", bounds.min), &default, "");
    }
    fn number(&mut self, param: Param, bounds: Bounds, value: &mut f64) {
        let most = if bounds.max < f64::MAX { format!(" to {}", bounds.max) } else { String::new() };
        self.row(param, &format!("number from {}{most}", bounds.min), &format!("`{value}`"), "");
    }
    fn choice(&mut self, param: Param, choices: &'static [Choice], value: &mut (usize, u32)) {
        let written = |choice: &Choice| match choice.count {
            Some(_) => format!("`{}(n)`", choice.name),
            None => format!("`{}`", choice.name),
        };
        let takes: Vec<String> = choices.iter().map(written).collect();
        let mut more = String::new();
        for choice in choices {
            write!(more, "<br>{}: {}", written(choice), choice.help).expect("a String takes any text");
        }
        self.row(param, &takes.join(", "), &written(&choices[value.0]), &more);
    }
    fn check(&mut self, param: Param, _: &mut Check) {
        self.row(param, "check", "an empty `Phrases`", "");
    }
    fn checks(&mut self, param: Param, _: &mut Vec<Check>) {
        self.row(param, "list of checks", "`[]`", "");
    }
}
