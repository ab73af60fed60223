//! An object of lists of rows: of each model's, or of each part of a data set.

use super::Fields;
use serde_json::{Value, json};

/// Names of parts, which are no models.
const PARTS: [&str; 10] =
    ["train", "test", "validation", "val", "dev", "data", "prompts", "questions", "examples", "instances"];
/// What says who made an output.
const MODELS: [&str; 5] = ["model", "generator", "model_id", "model_name", "system"];

/// The rows of all lists. The name of its list is the model of a row that says none, unless it is that of a part.
pub(super) fn rows(fields: Fields) -> Vec<Fields> {
    let of_list = |(name, list): (String, Value)| {
        let list = match list {
            Value::Array(list) => list,
            _ => Vec::new(),
        };
        let row = move |row: Value| {
            let mut row = row.as_object().cloned()?;
            let is_part = PARTS.contains(&name.to_lowercase().as_str());
            if is_part {
                row.entry("part").or_insert_with(|| json!(name));
            } else if !MODELS.iter().any(|model| row.contains_key(*model)) {
                row.insert("model".to_owned(), json!(name));
            }
            Some(row)
        };
        list.into_iter().filter_map(row)
    };
    fields.into_iter().flat_map(of_list).collect()
}
