//! Logs of OpenAI's evals: a first line that says what was run, then an event a line.

use super::{Fields, RATING, put};
use crate::io::import::judgements::{Rated, rating};
use serde_json::{Value, json};

/// Events that say how good a sample is.
const JUDGED: [&str; 2] = ["match", "metrics"];
/// What stands in such an event and is no rating.
const BESIDE: [&str; 7] = ["expected", "picked", "sampled", "options", "prompt", "choice", "sample_id"];

/// What was run: the names of the model and of the eval, from a first line that says it.
pub(super) fn run(fields: &Fields) -> Option<(String, String)> {
    let spec = fields.get("spec")?.as_object()?;
    let model = spec.get("completion_fns").and_then(|it| it.get(0)).or_else(|| spec.get("model_name"))?;
    let named = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let eval = ["base_eval", "eval_name"].into_iter().find_map(|name| spec.get(name)?.as_str());
    Some((named(model), eval.unwrap_or("match").to_owned()))
}

/// What an event says: what was answered to a sample, or how good that is; nothing for all else.
pub(super) fn rows(event: &Fields, model: &str) -> Option<Fields> {
    let (kind, data) = (event.get("type")?.as_str()?, event.get("data")?.as_object()?);
    let mut row = Fields::new();
    put(&mut row, "id", event.get("sample_id"));
    put(&mut row, "prompt_id", event.get("sample_id"));
    row.insert("model".to_owned(), json!(model));
    if kind == "sampling" {
        let sampled = data.get("sampled")?;
        put(&mut row, "prompt", data.get("prompt"));
        put(&mut row, "response", sampled.get(0).or(Some(sampled)));
        return Some(row);
    }
    if !JUDGED.contains(&kind) {
        return None;
    }
    put(&mut row, "reference", data.get("expected").filter(|expected| expected.is_string()));
    let rates = |value: &Value| value.is_boolean() || matches!(rating(value), Rated::Number(_));
    let ratings = data.iter().filter(|(name, value)| !BESIDE.contains(&name.as_str()) && rates(value));
    ratings.for_each(|(name, value)| put(&mut row, &format!("{RATING}{name}"), Some(value)));
    put(&mut row, "time", event.get("created_at"));
    Some(row)
}
