//! The one layout of rubric files. What is the default is left out.

use super::FORMAT;
use super::layout::{Item, Piece, atom, block, group, number, text};
use crate::checks::Check;
use crate::checks::params::{ParamValue, param_values};
use crate::model::{
    Clip, Combine, Criterion, Dimension, Example, Expected, Gate, Judge, Node, Rubric, Scale, SpanLabel,
};

/// The rubric as a file, below the comments of `header` (as [`super::read`] gives them; empty for none). Ends in
/// a line break. The same rubric always gives the same bytes, and reading them gives the same rubric.
pub fn write(rubric: &Rubric, header: &str) -> String {
    let separator = if header.is_empty() || header.ends_with('\n') { "" } else { "\n" };
    format!("{header}{separator}{}\n", rubric_piece(rubric).render())
}

/// The fields of one element, as they come.
#[derive(Default)]
struct Fields(Vec<Item>);

impl Fields {
    fn add(&mut self, name: &str, piece: Piece) {
        self.0.push((format!("{name}: "), piece));
    }

    fn text(&mut self, name: &str, value: &str, default: &str) {
        if value != default {
            self.add(name, atom(text(value)));
        }
    }

    fn number(&mut self, name: &str, value: f64, default: f64) {
        if value != default {
            self.add(name, number(value));
        }
    }

    fn list(&mut self, name: &str, items: Vec<Piece>) {
        if !items.is_empty() {
            self.add(name, block("[", unnamed(items), "]"));
        }
    }
}

fn unnamed(pieces: impl IntoIterator<Item = Piece>) -> Vec<Item> {
    pieces.into_iter().map(|piece| (String::new(), piece)).collect()
}

fn texts(values: &[String]) -> Vec<Item> {
    unnamed(values.iter().map(|value| atom(text(value))))
}

fn rubric_piece(rubric: &Rubric) -> Piece {
    let mut fields = Fields::default();
    fields.add("format", atom(FORMAT.to_string()));
    fields.text("name", &rubric.name, "");
    fields.text("description", &rubric.description, "");
    if let Some(mark) = rubric.pass_mark {
        fields.add("pass_mark", number(mark));
    }
    match rubric.clip {
        Clip::Score => {}
        Clip::Mean => fields.add("clip", atom("Mean")),
    }
    match rubric.combine {
        Combine::Mean => {}
        Combine::Median => fields.add("combine", atom("Median")),
        Combine::Majority => fields.add("combine", atom("Majority")),
    }
    fields.list("dimensions", rubric.dimensions.iter().map(dimension_piece).collect());
    fields.list("labels", rubric.labels.iter().map(label_piece).collect());
    fields.list("examples", rubric.examples.iter().map(example_piece).collect());
    block("Rubric(", fields.0, ")")
}

fn label_piece(label: &SpanLabel) -> Piece {
    let mut fields = Fields::default();
    fields.add("id", atom(text(&label.id)));
    fields.text("name", &label.name, &label.id);
    fields.text("guidance", &label.guidance, "");
    group("Label(", fields.0, ")")
}

fn dimension_piece(dimension: &Dimension) -> Piece {
    let mut fields = Fields::default();
    fields.add("id", atom(text(&dimension.id)));
    fields.text("name", &dimension.name, &dimension.id);
    fields.text("description", &dimension.description, "");
    fields.number("weight", dimension.weight, 1.0);
    let child = |node: &Node| match node {
        Node::Criterion(criterion) => criterion_piece(criterion),
        Node::Dimension(dimension) => dimension_piece(dimension),
    };
    fields.list("criteria", dimension.children.iter().map(child).collect());
    block("Dimension(", fields.0, ")")
}

fn criterion_piece(criterion: &Criterion) -> Piece {
    let mut fields = Fields::default();
    fields.add("id", atom(text(&criterion.id)));
    fields.text("name", &criterion.name, &criterion.id);
    fields.text("guidance", &criterion.guidance, "");
    fields.number("weight", criterion.weight, 1.0);
    fields.number("when_met", criterion.when_met, 1.0);
    fields.number("when_unmet", criterion.when_unmet, 0.0);
    fields.number("met_at", criterion.met_at, 1.0);
    match criterion.if_unmet {
        Gate::Nothing => {}
        Gate::Cap(cap) => fields.add("if_unmet", group("Cap(", unnamed([number(cap)]), ")")),
        Gate::Fail => fields.add("if_unmet", atom("Fail")),
    }
    match &criterion.judge {
        Judge::Check(check) => fields.add("check", check_piece(check)),
        Judge::Human(Scale::YesNo) => fields.add("human", atom("YesNo")),
        Judge::Human(Scale::Points(points)) => fields.add("human", group("Points([", texts(points), "])")),
        Judge::Human(Scale::Range { least, most }) => {
            fields.add("human", group("Range(", unnamed([number(*least), number(*most)]), ")"));
        }
    }
    block("Criterion(", fields.0, ")")
}

/// A check with the parameters that differ from those of a new one of its kind. Checks that are all there is to a
/// check stand without a name: `All([…])`.
fn check_piece(check: &Check) -> Piece {
    let name = check.name();
    let params = param_values(check);
    match params.as_slice() {
        [(_, ParamValue::Checks(checks))] => {
            return group(format!("{name}(["), unnamed(checks.iter().map(check_piece)), "])");
        }
        [(_, ParamValue::Check(inner))] => {
            return group(format!("{name}("), unnamed([check_piece(inner)]), ")");
        }
        _ => {}
    }
    let defaults = param_values(&(check.kind().new)());
    let mut fields = Fields::default();
    for ((param, value), (_, default)) in params.iter().zip(&defaults) {
        if value != default {
            fields.add(param.name, param_piece(value));
        }
    }
    group(format!("{name}("), fields.0, ")")
}

fn param_piece(value: &ParamValue) -> Piece {
    match value {
        ParamValue::Text(_, value) => atom(text(value)),
        ParamValue::Texts(values) => group("[", texts(values), "]"),
        ParamValue::Flag(flag) => atom(flag.to_string()),
        ParamValue::Count(None) => atom("None"),
        ParamValue::Count(Some(count)) => atom(count.to_string()),
        ParamValue::Number(value) => number(*value),
        ParamValue::Choice(name, None) => atom(*name),
        ParamValue::Choice(name, Some(count)) => atom(format!("{name}({count})")),
        ParamValue::Check(check) => check_piece(check),
        ParamValue::Checks(checks) => group("[", unnamed(checks.iter().map(check_piece)), "]"),
    }
}

fn example_piece(example: &Example) -> Piece {
    let mut fields = Fields::default();
    fields.add("name", atom(text(&example.name)));
    fields.text("prompt", &example.prompt, "");
    if let Some(reference) = &example.reference {
        fields.add("reference", atom(text(reference)));
    }
    fields.add("text", atom(text(&example.text)));
    if let Some(score) = example.score {
        fields.add("score", expected_piece(score));
    }
    if let Some(passed) = example.passed {
        fields.add("passed", atom(passed.to_string()));
    }
    if !example.values.is_empty() {
        let value = |(id, expected): &(String, Expected)| (format!("{}: ", text(id)), expected_piece(*expected));
        fields.add("values", group("{", example.values.iter().map(value).collect(), "}"));
    }
    block("Example(", fields.0, ")")
}

fn expected_piece(expected: Expected) -> Piece {
    match expected {
        Expected::Exactly(value) => number(value),
        Expected::AtLeast(least) => group("AtLeast(", unnamed([number(least)]), ")"),
        Expected::AtMost(most) => group("AtMost(", unnamed([number(most)]), ")"),
        Expected::Between(least, most) => group("Between(", unnamed([number(least), number(most)]), ")"),
        Expected::Unscored => atom("Unscored"),
    }
}
