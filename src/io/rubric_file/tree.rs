//! The rubric, its dimensions and criteria, from a file's tree.

use super::FORMAT;
use super::fields::{Fields, shortened};
use super::places::At;
use super::reader::{Mistake, Reader};
use super::suggest;
use crate::io::ron_tree::{Shape, Value};
use crate::model::{
    Clip, Combine, Criterion, Dimension, Gate, Judge, Level, Node, NodePath, Rubric, Scale, is_valid_id, slug,
};
use crate::text::nearest;

const DIMENSION: &str = "Dimension(id: \"…\", weight: 1.0, criteria: […])";
const CRITERION: &str = "Criterion(id: \"…\", weight: 1.0, check: …)";

impl Reader<'_> {
    /// The rubric of a file; `None`, reported, where it holds something else.
    pub(super) fn rubric(&mut self, value: &Value) -> Option<Rubric> {
        let written = "Rubric(format: 1, name: \"…\", dimensions: […])";
        let value = value.optional().unwrap_or(value);
        if let Some(name) = value.name().filter(|name| name.text != "Rubric") {
            let message = format!("Expected a rubric, found `{}`.", shortened(&name.text));
            self.error(name.range.clone(), message, format!("A rubric file holds {written}."));
            nearest(&name.text, ["Rubric"])?;
        }
        let mut fields = Fields::of(self, value, "a rubric", written)?;
        let at = At::node(&NodePath::root());
        self.note(&at, value);
        if let Some(value) = fields.take(self, &at, "format") {
            self.format(value, &at.field("format"));
        }
        let mut rubric = Rubric {
            name: self.text_field(&mut fields, &at, "name").unwrap_or_default(),
            description: self.text_field(&mut fields, &at, "description").unwrap_or_default(),
            ..Rubric::default()
        };
        if let Some(value) = fields.take(self, &at, "pass_mark") {
            rubric.pass_mark = self.number_within(value, &at.field("pass_mark"), 0.0..=1.0);
        }
        if let Some(value) = fields.take(self, &at, "clip") {
            rubric.clip = self.choice(value, &at.field("clip"), &[("Score", Clip::Score), ("Mean", Clip::Mean)]);
        }
        if let Some(value) = fields.take(self, &at, "combine") {
            let ways = [("Mean", Combine::Mean), ("Median", Combine::Median), ("Majority", Combine::Majority)];
            rubric.combine = self.choice(value, &at.field("combine"), &ways);
        }
        if let Some(value) = fields.take(self, &at, "dimensions") {
            for item in self.list(value, &at.field("dimensions"), "dimensions").unwrap_or_default() {
                let path = NodePath::root().child(rubric.dimensions.len());
                match self.node(item, &path, true) {
                    Some(Node::Dimension(dimension)) => rubric.dimensions.push(dimension),
                    Some(Node::Criterion(_)) | None => {}
                }
            }
        }
        if let Some(value) = fields.take(self, &at, "labels") {
            rubric.labels = self.labels(value, &at.field("labels"));
        }
        if let Some(value) = fields.take(self, &at, "examples") {
            rubric.examples = self.examples(value, &at.field("examples"));
        }
        fields.finish(self);
        Some(rubric)
    }

    fn format(&mut self, value: &Value, at: &At) {
        if let Some(format) = self.whole(value, at, 1..=u32::MAX).filter(|&format| format > FORMAT) {
            let hint = "A newer version of Rubrica made it: use that one to change it. Here it opens read-only.";
            self.newer = Some(Mistake {
                level: Level::Error,
                range: value.range.clone(),
                message: format!("The file has format {format}; this version of Rubrica knows format {FORMAT}."),
                hint: Some(hint.to_owned()),
            });
        }
    }

    pub(super) fn text_field(&mut self, fields: &mut Fields<'_>, at: &At, name: &'static str) -> Option<String> {
        fields.take(self, at, name).and_then(|value| self.text(value, &at.field(name)))
    }

    /// One of the names; the first where it is none of them.
    fn choice<T: Copy>(&mut self, value: &Value, at: &At, choices: &[(&str, T)]) -> T {
        let names: Vec<&str> = choices.iter().map(|(name, _)| *name).collect();
        let index = match self.one_of(value, at, &names) {
            Some((index, items)) if self.has_arguments(value, items, 0, names[index]) => index,
            _ => 0,
        };
        choices[index].1
    }

    /// A dimension, or, except at the `top`, a criterion. Where its name does not tell which, having `criteria` does.
    fn node(&mut self, value: &Value, path: &NodePath, top: bool) -> Option<Node> {
        let (what, written) = if top { ("a dimension", DIMENSION) } else { ("a criterion or a dimension", CRITERION) };
        let fields = Fields::of(self, value, what, written)?;
        let has_criteria = fields.has("criteria");
        let is_dimension = match value.name() {
            Some(name) if name.text == "Dimension" => true,
            Some(name) if name.text == "Criterion" => false,
            Some(name) => {
                let message = format!("Expected {what}, found `{}`.", shortened(&name.text));
                let known: &[&str] = if top { &["Dimension"] } else { &["Criterion", "Dimension"] };
                self.error(name.range.clone(), message, suggest::hint(&name.text, known, "Here may stand"));
                top || has_criteria
            }
            None => top || has_criteria,
        };
        if top && !is_dimension {
            let hint = format!("Put it into the criteria of a dimension: {DIMENSION}.");
            self.error(value.head(), "A criterion cannot stand at the top.", hint);
            return None;
        }
        self.note(&At::node(path), value);
        Some(if is_dimension {
            Node::Dimension(self.dimension(value, path)?)
        } else {
            Node::Criterion(self.criterion(value, path)?)
        })
    }

    fn dimension(&mut self, value: &Value, path: &NodePath) -> Option<Dimension> {
        let mut fields = Fields::of(self, value, "a dimension", DIMENSION)?;
        let at = At::node(path);
        let (id, name) = self.identity(&mut fields, &at);
        let mut dimension = Dimension::new(id, name);
        dimension.description = self.text_field(&mut fields, &at, "description").unwrap_or_default();
        self.number_field(&mut fields, &at, "weight", &mut dimension.weight);
        if let Some(value) = fields.take(self, &at, "criteria") {
            for item in self.list(value, &at.field("criteria"), "criteria").unwrap_or_default() {
                let path = path.child(dimension.children.len());
                dimension.children.extend(self.node(item, &path, false));
            }
        }
        fields.finish(self);
        Some(dimension)
    }

    fn criterion(&mut self, value: &Value, path: &NodePath) -> Option<Criterion> {
        let mut fields = Fields::of(self, value, "a criterion", CRITERION)?;
        let at = At::node(path);
        let (id, name) = self.identity(&mut fields, &at);
        // Until its judge can be read it waits for a human: it never counts by accident.
        let mut criterion = Criterion::new(id, name, Judge::Human(Scale::YesNo));
        criterion.guidance = self.text_field(&mut fields, &at, "guidance").unwrap_or_default();
        self.number_field(&mut fields, &at, "weight", &mut criterion.weight);
        self.number_field(&mut fields, &at, "when_met", &mut criterion.when_met);
        self.number_field(&mut fields, &at, "when_unmet", &mut criterion.when_unmet);
        if let Some(value) = fields.take(self, &at, "met_at") {
            criterion.met_at = self.number_within(value, &at.field("met_at"), 0.0..=1.0).unwrap_or(criterion.met_at);
        }
        if let Some(value) = fields.take(self, &at, "if_unmet") {
            criterion.if_unmet = self.gate(value, &at.field("if_unmet"));
        }
        let check = fields.take(self, &at, "check");
        let human = fields.take(self, &at, "human");
        match (check, human) {
            (Some(_), Some(_)) => {
                let hint = "Keep one; for both, make two criteria.".to_owned();
                self.error(fields.head.clone(), "A criterion has either `check` or `human`, not both.", hint);
            }
            (None, None) => {
                let hint = "Add a check, for example Phrases(phrases: [\"…\"]), or human: YesNo.".to_owned();
                self.error(fields.head.clone(), "The criterion needs `check` or `human`.", hint);
            }
            _ => {}
        }
        if let Some(scale) = human.and_then(|value| self.scale(value, &at.field("human"))) {
            criterion.judge = Judge::Human(scale);
        }
        if let Some(check) = check.and_then(|value| self.check(value, &at.field("check"))) {
            criterion.judge = Judge::Check(check);
        }
        fields.finish(self);
        Some(criterion)
    }

    /// The id, which must be there and unique, and the name, which is the id where it is left out.
    fn identity(&mut self, fields: &mut Fields<'_>, at: &At) -> (String, String) {
        let id_value = fields.take(self, at, "id");
        let id = id_value.and_then(|value| self.text(value, &at.field("id")));
        let name = self.text_field(fields, at, "name");
        let Some((value, id)) = id_value.zip(id) else {
            let name = name.unwrap_or_default();
            if id_value.is_none() {
                let hint = format!("Add id: \"{}\".", slug(&name));
                self.error(fields.head.clone(), "`id` is missing.", hint);
            }
            return (slug(&name), name);
        };
        if !is_valid_id(&id) {
            let message = format!("“{}” cannot be an id.", shortened(&id));
            let hint = format!("Use letters, digits, `-`, `_` and `.`, for example `{}`.", shortened(&slug(&id)));
            self.error(value.range.clone(), message, hint);
        } else if let Some(first) = self.ids.get(&id) {
            let message = format!("The id “{id}” is taken by line {}.", self.line(first.start));
            let hint = "Give each dimension and criterion its own id.".to_owned();
            self.error(value.range.clone(), message, hint);
        } else {
            self.ids.insert(id.clone(), value.range.clone());
        }
        let name = name.unwrap_or_else(|| id.clone());
        (id, name)
    }

    fn number_field(&mut self, fields: &mut Fields<'_>, at: &At, name: &'static str, number: &mut f64) {
        if let Some(read) = fields.take(self, at, name).and_then(|value| self.number(value, &at.field(name))) {
            *number = read;
        }
    }

    fn gate(&mut self, value: &Value, at: &At) -> Gate {
        match self.one_of(value, at, &["Nothing", "Fail", "Cap"]) {
            Some((2, items)) if self.has_arguments(value, items, 1, "Cap(0.5)") => {
                self.number_within(&items[0], at, 0.0..=1.0).map_or(Gate::Nothing, Gate::Cap)
            }
            Some((1, items)) if self.has_arguments(value, items, 0, "Fail") => Gate::Fail,
            Some((0, items)) => {
                self.has_arguments(value, items, 0, "Nothing");
                Gate::Nothing
            }
            _ => Gate::Nothing,
        }
    }

    fn scale(&mut self, value: &Value, at: &At) -> Option<Scale> {
        let points = "Points([\"absent\", \"partial\", \"complete\"]), worst first";
        let (index, items) = self.one_of(value, at, &["YesNo", "Points", "Range"])?;
        if index == 0 {
            return self.has_arguments(value, items, 0, "YesNo").then_some(Scale::YesNo);
        }
        if index == 2 {
            let is_written = self.has_arguments(value, items, 2, "Range(1, 10), the worst and the best");
            let ([least, most], true) = (items, is_written) else { return None };
            return Some(Scale::Range { least: self.number(least, at)?, most: self.number(most, at)? });
        }
        if !self.has_arguments(value, items, 1, points) {
            return None;
        }
        let texts = self.texts(&items[0], at)?;
        if let Shape::List(items) = &items[0].shape
            && items.len() < 2
        {
            self.error(value.head(), "A scale needs at least two points.", format!("Write {points}."));
        }
        Some(Scale::Points(texts))
    }
}
