//! Ratings in objects: `ratings: {"tone": 4}`, or a list with an object of each rater.

use super::{Fields, RATING};
use crate::io::import::judgements::{Rated, rating};
use serde_json::{Value, json};

/// How columns with such objects are called, alone or at the end of a name.
const NAMES: [&str; 9] = [
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
    let found = fields.iter().filter(|(name, value)| is_named(name) && holds_ratings(value));
    let found: Vec<String> = found.map(|(name, _)| name.clone()).collect();
    (!found.is_empty()).then_some(found)
}

fn is_number(value: &Value) -> bool {
    value.is_boolean() || matches!(rating(value), Rated::Number(_))
}

fn is_id(name: &str) -> bool {
    name == "id" || name.ends_with("_id") || name.ends_with("_at") || name.contains("time")
}

fn holds_ratings(value: &Value) -> bool {
    match value {
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
    let common: Fields = fields
        .iter()
        .filter(|(name, _)| !columns.contains(name))
        .map(|(name, it)| (name.clone(), it.clone()))
        .collect();
    let mut rows = Vec::new();
    let mut own = common.clone();
    for column in columns {
        match fields.get(column) {
            Some(Value::Object(parts)) => {
                own.extend(parts.iter().map(|(name, part)| (format!("{RATING}{name}"), part.clone())));
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
