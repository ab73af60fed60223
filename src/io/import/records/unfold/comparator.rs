//! Examples of LLM Comparator: two outputs, and how far raters prefer the first.

use super::{Fields, put};
use serde_json::{Value, json};

/// An example as a row for each rater, or one where it has only their mean.
pub(super) fn rows(example: &Fields, models: &[String; 2]) -> Vec<Fields> {
    let mut common = Fields::new();
    put(&mut common, "prompt", example.get("input_text"));
    put(&mut common, "response", example.get("output_text_a"));
    put(&mut common, "response_b", example.get("output_text_b"));
    common.insert("model".to_owned(), json!(models[0]));
    common.insert("model_b".to_owned(), json!(models[1]));
    for name in ["tags", "custom_fields", "rationale_list"] {
        put(&mut common, name, example.get(name));
    }
    let raters = example.get("individual_rater_scores").and_then(Value::as_array).filter(|raters| !raters.is_empty());
    let Some(raters) = raters else {
        put(&mut common, "verdict", example.get("score"));
        return vec![common];
    };
    let row = |(at, rater): (usize, &Value)| {
        let mut row = common.clone();
        row.insert(
            "rater".to_owned(),
            rater.get("rater_id").cloned().unwrap_or_else(|| json!(format!("rater {}", at + 1))),
        );
        put(&mut row, "verdict", rater.get("score"));
        put(&mut row, "swapped", rater.get("is_flipped"));
        put(&mut row, "reason", rater.get("rationale"));
        row
    };
    raters.iter().enumerate().map(row).collect()
}
