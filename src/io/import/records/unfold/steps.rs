//! Solutions whose steps were rated one by one: each step is an answer to the problem and the steps before it.

use super::{Fields, RATING, put};
use serde_json::{Value, json};

fn steps(fields: &Fields) -> Option<&Vec<Value>> {
    fields.get("label")?.get("steps")?.as_array()
}

/// Whether a row is such a solution.
pub(super) fn is_row(fields: &Fields) -> bool {
    let is_step = |step: &Value| step.get("completions").is_some();
    fields.contains_key("question") && steps(fields).is_some_and(|steps| !steps.is_empty() && steps.iter().all(is_step))
}

/// A row for each completion of each step.
pub(super) fn rows(fields: &Fields) -> Vec<Fields> {
    let question = fields.get("question");
    let problem = question.and_then(|question| question.get("problem").or(Some(question))).and_then(Value::as_str);
    let mut asked = problem.unwrap_or_default().to_owned();
    let mut rows = Vec::new();
    for (at, step) in steps(fields).into_iter().flatten().enumerate() {
        let completions = step.get("completions").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        for (nth, completion) in completions.iter().enumerate() {
            let mut row = Fields::new();
            row.insert("prompt".to_owned(), json!(asked));
            row.insert("model".to_owned(), json!(format!("completion {}", nth + 1)));
            put(&mut row, "response", completion.get("text"));
            put(&mut row, &format!("{RATING}step"), completion.get("rating"));
            put(&mut row, "rater", fields.get("labeler"));
            put(&mut row, "time", fields.get("timestamp"));
            row.insert("step".to_owned(), json!(at + 1));
            put(&mut row, "reference", question.and_then(|question| question.get("ground_truth_answer")));
            rows.push(row);
        }
        let chosen = step.get("chosen_completion").and_then(Value::as_u64).and_then(|at| completions.get(at as usize));
        let chosen = chosen.and_then(|chosen| chosen.get("text")).or_else(|| {
            let written = step.get("human_completion")?;
            written.get("text").or(Some(written)).filter(|text| text.is_string())
        });
        if let Some(text) = chosen.and_then(Value::as_str) {
            asked.push_str(if at == 0 { "\n\n" } else { "\n" });
            asked.push_str(text);
        }
    }
    rows
}
