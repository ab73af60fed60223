//! Ratings in objects: `ratings: {"tone": 4}`, or a list with an object of each rater.

use super::{Fields, RATING, without};
use crate::io::import::guess::is_quality;
use crate::io::import::judgements::{Rated, rating};
use serde_json::{Value, json};

/// How columns with such objects are called, alone or at the end of a name.
const NAMES: [&str; 13] = [
    "labels",
    "metrics",
    "metrics_data",
    "metricsdata",
    "annotations",
    "ratings",
    "scores",
    "evaluations",
    "reviews",
    "judgements",
    "judgments",
    "human_scores",
    "human_ratings",
];
/// Who rated, in an object of a list.
const RATERS: [&str; 12] = [
    "rater",
    "rater_id",
    "annotator",
    "annotator_id",
    "worker_id",
    "worker",
    "judge",
    "reviewer",
    "evaluator",
    "user_id",
    "user",
    "name",
];
/// Why, in an object of a list.
const REASONS: [&str; 6] = ["reason", "rationale", "explanation", "comment", "feedback", "justification"];

/// The columns of a row that hold such objects; `None` where none does.
pub(super) fn columns(fields: &Fields) -> Option<Vec<String>> {
    let is_named = |name: &str| {
        let name = name.to_lowercase();
        NAMES.iter().any(|known| name == *known || name.ends_with(&format!("_{known}")))
    };
    let found = fields.iter().filter(|(name, value)| is_named(name) && holds_ratings(name, value));
    let found: Vec<String> = found.map(|(name, _)| name.clone()).collect();
    (!found.is_empty()).then_some(found)
}

fn is_number(value: &Value) -> bool {
    value.is_boolean() || matches!(rating(value), Rated::Number(_))
}

fn is_id(name: &str) -> bool {
    name == "id" || name.ends_with("_id") || name.ends_with("_at") || name.contains("time")
}

/// Whether each of `parts` is an object of numbers, by what is rated or by who rates.
fn is_by_rater(parts: &Fields) -> bool {
    let is_of_numbers = |value: &Value| {
        value.as_object().is_some_and(|inner| {
            !is_number(value)
                && inner.values().any(is_number)
                && inner.values().all(|part| is_number(part) || matches!(rating(part), Rated::Nothing))
        })
    };
    parts.len() >= 2 && parts.values().all(is_of_numbers)
}

/// Whether a name is one of somebody who rates: `annotator_1`, `expert 2`, `judge-a`.
fn is_rater(name: &str) -> bool {
    let name = name.to_lowercase();
    ["annotator", "rater", "judge", "worker", "expert", "reviewer", "evaluator", "user", "human", "coder", "turker"]
        .iter()
        .any(|known| name.starts_with(known))
}

/// What each rater said, in objects by rater or by what is rated.
fn by_rater(parts: &Fields) -> Vec<(String, Fields)> {
    let inner = |value: &Value| value.as_object().cloned().unwrap_or_default();
    let names_raters = |fields: &Fields| fields.keys().all(|name| is_rater(name));
    if names_raters(parts) || !parts.values().all(|value| names_raters(&inner(value))) {
        return parts.iter().map(|(name, value)| (name.clone(), inner(value))).collect();
    }
    let mut raters: Vec<(String, Fields)> = Vec::new();
    for (criterion, value) in parts {
        for (rater, value) in inner(value) {
            let at = raters.iter().position(|(known, _)| *known == rater).unwrap_or_else(|| {
                raters.push((rater, Fields::new()));
                raters.len() - 1
            });
            raters[at].1.insert(criterion.clone(), value);
        }
    }
    raters
}

/// What an object of a list rates, where it names that and not who: `{"metric": "faithfulness", "score": 0.9}`.
fn one_criterion(part: &Fields, of_metrics: bool) -> Option<(String, &Value)> {
    let text = |name: &str| part.get(name).and_then(Value::as_str);
    let value = ["value", "score", "rating"].into_iter().find_map(|name| part.get(name).filter(|it| is_number(it)))?;
    let named = ["metric", "criterion", "dimension", "criteria"].into_iter().find_map(text);
    let is_what = |name: &&str| of_metrics || part.contains_key("value") || is_quality(name);
    named.or_else(|| text("name").filter(is_what)).map(|name| (name.to_owned(), value))
}

/// Names and values in two lists of one length.
fn in_two_lists(parts: &Fields) -> Option<Vec<(String, &Value)>> {
    let (names, values) = (parts.get("name")?.as_array()?, parts.get("value")?.as_array()?);
    let names: Vec<String> = names.iter().map(|name| name.as_str().map(str::to_owned)).collect::<Option<_>>()?;
    (names.len() == values.len() && values.iter().all(is_number)).then(|| names.into_iter().zip(values).collect())
}

/// Numbers in a cell that is a list: `[3, 4, 5]`, `3;4;5`, `3|4|5`.
fn in_a_text(text: &str) -> Option<Vec<Value>> {
    let text = text.trim();
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    let separators: &[char] = if inner.is_some() { &[','] } else { &[';', '|'] };
    let list: Vec<Value> =
        inner.unwrap_or(text).split(separators).map(|part| json!(part.trim().trim_matches(['"', '\'']))).collect();
    let rates = |value: &Value| matches!(rating(value), Rated::Number(_) | Rated::Nothing);
    let fits = list.len() >= 2 && list.iter().all(rates) && list.iter().any(is_number);
    fits.then_some(list)
}

fn holds_ratings(name: &str, value: &Value) -> bool {
    let name = name.to_lowercase();
    // Labels of spans and of steps, and measures of how a run went, are none.
    let is_metrics = name.starts_with("metrics");
    if is_metrics || name == "labels" {
        return match value {
            Value::Array(list) if is_metrics => {
                let names = |part: &Value| part.as_object().is_some_and(|part| one_criterion(part, true).is_some());
                !list.is_empty() && list.iter().all(names)
            }
            Value::Object(parts) => in_two_lists(parts).is_some(),
            _ => false,
        };
    }
    match value {
        Value::String(text) => in_a_text(text).is_some(),
        Value::Object(parts) if in_two_lists(parts).is_some() => true,
        Value::Object(parts) if is_by_rater(parts) => true,
        Value::Object(parts) => {
            !parts.is_empty()
                && parts.values().any(is_number)
                && parts.values().all(|part| is_number(part) || matches!(rating(part), Rated::Nothing))
        }
        Value::Array(list) => {
            let rates = |rater: &Value| {
                rater.as_object().is_some_and(|parts| {
                    parts.iter().any(|(name, part)| !RATERS.contains(&name.as_str()) && !is_id(name) && is_number(part))
                        && !super::aligned::TEXTS.iter().any(|text| parts.contains_key(*text))
                        && !parts.contains_key("start")
                })
            };
            !list.is_empty() && list.iter().all(rates)
        }
        _ => false,
    }
}

/// A row for each rater of a list, and one for what objects rate; what else the row holds stands in all of them.
pub(super) fn rows(fields: &Fields, columns: &[String]) -> Vec<Fields> {
    let common = without(fields, |name| columns.iter().any(|column| column == name));
    let mut rows = Vec::new();
    let mut own = common.clone();
    for column in columns {
        match fields.get(column) {
            Some(Value::String(text)) if in_a_text(text).is_some() => {
                let small = column.to_lowercase();
                let named = small.rsplit_once('_').filter(|_| !NAMES.contains(&small.as_str()));
                let criterion = named.map_or("rating", |(stem, _)| stem);
                for (at, value) in in_a_text(text).into_iter().flatten().enumerate() {
                    let said = Fields::from_iter([(criterion.to_owned(), value)]);
                    rows.push(row(&common, "", at, &said));
                }
            }
            Some(Value::Object(parts)) if in_two_lists(parts).is_some() => {
                let rated = in_two_lists(parts).into_iter().flatten();
                own.extend(rated.map(|(name, value)| (format!("{RATING}{name}"), value.clone())));
            }
            Some(Value::Object(parts)) if is_by_rater(parts) => {
                let people = by_rater(parts).into_iter().enumerate();
                rows.extend(people.map(|(at, (name, mut said))| {
                    said.insert("rater".to_owned(), json!(name));
                    row(&common, column, at, &said)
                }));
            }
            Some(Value::Object(parts)) => {
                own.extend(parts.iter().map(|(name, part)| (format!("{RATING}{name}"), part.clone())));
            }
            Some(Value::Array(list)) if criteria(column, list).is_some() => {
                let rated = criteria(column, list).into_iter().flatten();
                own.extend(rated.map(|(name, value)| (format!("{RATING}{name}"), value.clone())));
            }
            Some(Value::Array(list)) => {
                let people = list.iter().filter_map(Value::as_object).enumerate();
                rows.extend(people.map(|(at, rater)| row(&common, column, at, rater)));
            }
            // Another row of the file holds something else here.
            Some(other) => drop(own.insert(column.clone(), other.clone())),
            None => {}
        }
    }
    if own.len() > common.len() || rows.is_empty() {
        rows.insert(0, own);
    }
    rows
}

/// What a list of objects rates, where each names one criterion.
fn criteria<'a>(column: &str, list: &'a [Value]) -> Option<Vec<(String, &'a Value)>> {
    let of_metrics = column.to_lowercase().starts_with("metrics");
    list.iter().map(|part| one_criterion(part.as_object()?, of_metrics)).collect()
}

/// What the rater at `at` of a list said.
fn row(common: &Fields, column: &str, at: usize, rater: &Fields) -> Fields {
    let mut row = common.clone();
    let named = RATERS.iter().find_map(|name| rater.get(*name)).filter(|name| !name.is_null());
    let named = match named {
        Some(Value::Number(number)) => json!(format!("rater {number}")),
        Some(other) => other.clone(),
        None => {
            let kind = column.rsplit_once('_').map_or("rater", |(kind, _)| kind);
            json!(format!("{kind} {}", at + 1))
        }
    };
    row.insert("rater".to_owned(), named);
    for (name, part) in rater.iter().filter(|(name, _)| !RATERS.contains(&name.as_str())) {
        if REASONS.contains(&name.as_str()) {
            row.insert("reason".to_owned(), part.clone());
        } else if !is_id(name) && (is_number(part) || part.is_null() || matches!(part, Value::String(_))) {
            row.insert(format!("{RATING}{name}"), part.clone());
        } else {
            row.entry(format!("{column} {name}")).or_insert_with(|| part.clone());
        }
    }
    row
}
