//! Rows with several outputs in lists, or by the names of models.

use super::{Fields, RATING, Unfold, put, without};
use serde_json::{Value, json};

/// Lists of one length.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super::super) struct Aligned {
    /// The list of outputs.
    pub(super) texts: String,
    /// The list of those who made them.
    models: Option<String>,
    /// Lists of ratings of them.
    ratings: Vec<String>,
    /// A list of texts of another length, which they are about.
    prompt: Option<String>,
}

/// Names of lists that hold outputs as objects.
pub(super) const OUTPUTS: &[&str] =
    &["completions", "responses", "outputs", "generations", "candidates", "answers", "model_responses", "summaries"];
/// Names of an output in such an object.
pub(super) const TEXTS: &[&str] =
    &["response", "output", "completion", "text", "answer", "content", "summary", "generation"];
/// Names of ratings in such an object.
const RATINGS: [&str; 7] = ["dimensions", "ratings", "scores", "annotations", "evaluation", "grades", "criteria"];
/// From this mean length on, in characters, texts of a list are outputs rather than names.
const LONG: usize = 20;

/// How a row that holds several outputs is unfolded.
pub(super) fn of_row(fields: &Fields) -> Option<Unfold> {
    if let Some((column, by)) = super::compared::chosen_column(fields) {
        return Some(Unfold::Chosen { column, by });
    }
    if let Some(column) = fields.iter().find_map(|(name, value)| is_list_of_outputs(name, value).then(|| name.clone()))
    {
        return Some(Unfold::Outputs { column });
    }
    if let Some(column) = super::compared::ranked_column(fields) {
        return Some(Unfold::Ranked { column });
    }
    if let Some(column) = fields.iter().find_map(|(name, value)| is_by_model(name, value).then(|| name.clone())) {
        return Some(Unfold::ByModel { column });
    }
    aligned(fields).map(Unfold::Aligned)
}

fn texts(value: &Value) -> Option<Vec<&str>> {
    value.as_array()?.iter().map(Value::as_str).collect()
}

fn is_long(texts: &[&str]) -> bool {
    texts.iter().map(|text| text.chars().count()).sum::<usize>() >= LONG * texts.len()
}

fn is_rating(value: &Value) -> bool {
    let is_number = |value: &Value| value.is_number() || value.is_boolean() || value.is_null();
    match value {
        Value::Array(list) => !list.is_empty() && list.iter().all(is_number),
        one => is_number(one),
    }
}

fn aligned(fields: &Fields) -> Option<Aligned> {
    let list = |value: &Value, length: usize| value.as_array().is_some_and(|list| list.len() == length);
    fields.iter().find_map(|(name, value)| {
        // What is called outputs may be short.
        let is_named = OUTPUTS.contains(&name.as_str());
        let outputs = texts(value).filter(|texts| texts.len() >= 2 && (is_named || is_long(texts)))?;
        let length = outputs.len();
        let others = || fields.iter().filter(|(other, value)| *other != name && list(value, length));
        let rates = |value: &Value| value.as_array().is_some_and(|list| list.iter().all(is_rating));
        // The first place is the best, and 1 the least number.
        let is_rank = |name: &str| name.to_lowercase().contains("rank");
        let ratings: Vec<String> =
            others().filter(|(name, value)| rates(value) && !is_rank(name)).map(|(name, _)| name.clone()).collect();
        // Labels of short texts are of steps.
        let of_steps = !is_long(&texts(value)?) && ratings.iter().any(|name| name == "labels");
        if ratings.is_empty() || of_steps {
            return None;
        }
        let models = others()
            .find(|(_, value)| texts(value).is_some_and(|texts| !is_long(&texts)))
            .map(|(name, _)| name.clone());
        let prompt = fields
            .iter()
            .find(|(other, value)| *other != name && texts(value).is_some_and(|texts| is_long(&texts)))
            .map(|(name, _)| name.clone());
        Some(Aligned { texts: name.clone(), models, ratings, prompt })
    })
}

impl Aligned {
    /// The rows that `fields` holds, as many as the shortest list.
    pub(super) fn rows(&self, fields: &Fields) -> Vec<Fields> {
        let list = |name: &String| fields.get(name).and_then(Value::as_array);
        let aligned = || std::iter::once(&self.texts).chain(&self.models).chain(&self.ratings);
        let common = without(fields, |name| aligned().chain(&self.prompt).any(|aligned| aligned == name));
        let outputs = list(&self.texts).map_or(&[][..], Vec::as_slice);
        let row = |(at, output): (usize, &Value)| {
            let mut row = Fields::new();
            put(&mut row, "prompt", self.prompt.as_ref().and_then(|name| fields.get(name)));
            let model = self.models.as_ref().and_then(list).and_then(|models| models.get(at)).cloned();
            row.insert("model".to_owned(), model.unwrap_or_else(|| json!(format!("system {}", at + 1))));
            row.insert("response".to_owned(), output.clone());
            for name in &self.ratings {
                put(&mut row, &format!("{RATING}{name}"), list(name).and_then(|list| list.get(at)));
            }
            row.extend(common.clone());
            row
        };
        outputs.iter().enumerate().map(row).collect()
    }
}

fn is_list_of_outputs(name: &str, value: &Value) -> bool {
    let is_output = |value: &Value| TEXTS.iter().any(|text| value.get(text).is_some_and(Value::is_string));
    let is_chat = |value: &Value| value.get("role").is_some() || value.get("from").is_some();
    OUTPUTS.contains(&name)
        && value
            .as_array()
            .is_some_and(|list| list.len() >= 2 && list.iter().all(|value| is_output(value) && !is_chat(value)))
}

/// The rows of a list of outputs: what stands in an output stands beside what it shares with the others.
pub(super) fn outputs(fields: &Fields, column: &str) -> Vec<Fields> {
    let common = without(fields, |name| name == column);
    let list = fields.get(column).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let row = |(at, output): (usize, &Value)| {
        let mut row = common.clone();
        let Value::Object(output) = output else { return row };
        let text = TEXTS.iter().find(|text| output.get(**text).is_some_and(Value::is_string));
        rated_parts(output, &mut row);
        put(&mut row, "response", text.and_then(|text| output.get(*text)));
        let model =
            ["model", "model_name", "generator", "system", "name"].into_iter().find_map(|name| output.get(name));
        row.insert("model".to_owned(), model.cloned().unwrap_or_else(|| json!(format!("system {}", at + 1))));
        // A number beside such ratings is one more.
        let has_ratings = RATINGS.iter().any(|name| output.get(*name).is_some_and(Value::is_object));
        let is_total = |name: &str| has_ratings && matches!(name, "overall_score" | "score" | "rating" | "overall");
        for (name, value) in output.iter().filter(|(name, value)| is_total(name) && value.is_number()) {
            put(&mut row, &format!("{RATING}{}", name.replace('_', " ")), Some(value));
        }
        let is_rest = |name: &str| Some(&name) != text && !(is_total(name) && output[name].is_number());
        for (name, value) in output.iter().filter(|(name, _)| is_rest(name)) {
            row.entry(name.clone()).or_insert_with(|| value.clone());
        }
        row
    };
    list.iter().enumerate().map(row).collect()
}

fn is_by_model(name: &str, value: &Value) -> bool {
    let Value::Object(models) = value else { return false };
    // Texts alone are outputs where they are called so; `response: {"text": …, "id": …}` is one output.
    let are_texts = OUTPUTS.contains(&name)
        && models.values().all(Value::is_string)
        && !models.keys().any(|name| TEXTS.contains(&name.as_str()));
    if models.len() >= 2 && are_texts {
        return true;
    }
    let has_text = |value: &Value| {
        value.as_object().is_some_and(|it| TEXTS.iter().any(|text| it.get(*text).is_some_and(Value::is_string)))
    };
    models.len() >= 2 && models.values().all(has_text)
}

/// The rows of an object with an output of each model.
pub(super) fn by_model(fields: &Fields, column: &str) -> Vec<Fields> {
    let common = without(fields, |name| name == column);
    let models = fields.get(column).and_then(Value::as_object);
    let row = |(model, output): (&String, &Value)| {
        let mut row = common.clone();
        row.insert("model".to_owned(), json!(model));
        let Value::Object(output) = output else {
            row.insert("response".to_owned(), output.clone());
            return row;
        };
        let text = TEXTS.iter().find(|text| output.get(**text).is_some_and(Value::is_string));
        put(&mut row, "response", text.and_then(|text| output.get(*text)));
        rated_parts(output, &mut row);
        row
    };
    models.into_iter().flatten().map(row).collect()
}

/// Ratings in an output: an object of numbers, or of objects that hold one, by what they rate.
fn rated_parts(output: &Fields, row: &mut Fields) {
    let number =
        |value: &Value| value.is_number() || value.as_str().is_some_and(|text| text.trim().parse::<f64>().is_ok());
    for parts in RATINGS.into_iter().filter_map(|name| output.get(name)?.as_object()) {
        for (name, value) in parts {
            let inner = ["Rating", "rating", "score", "Score", "value"].into_iter().find_map(|key| value.get(key));
            put(
                row,
                &format!("{RATING}{name}"),
                inner.or(Some(value)).filter(|value| number(value) || value.is_array()),
            );
        }
    }
}
