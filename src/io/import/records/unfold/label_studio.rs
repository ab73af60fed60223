//! Tasks of Label Studio, with the annotations of several people.

use super::{Fields, RATING, put};
use serde_json::{Value, json};

/// Whether a row is a task.
pub(super) fn is_row(fields: &Fields) -> bool {
    let result = |annotation: &Value| annotation.get("result").is_some_and(Value::is_array);
    let annotations = ["annotations", "completions"].into_iter().find_map(|name| fields.get(name)?.as_array());
    fields.get("data").is_some_and(Value::is_object) && annotations.is_some_and(|list| list.iter().all(result))
}

/// A task as a row for each annotation that was not cancelled; what stands in its data are columns.
pub(super) fn rows(task: &Fields) -> Vec<Fields> {
    let mut common = task.get("data").and_then(Value::as_object).cloned().unwrap_or_default();
    put(&mut common, "prompt_id", task.get("id"));
    let annotations = ["annotations", "completions"].into_iter().find_map(|name| task.get(name)?.as_array());
    let kept =
        annotations.into_iter().flatten().filter(|annotation| annotation.get("was_cancelled") != Some(&json!(true)));
    let rows: Vec<Fields> = kept.map(|annotation| row(&common, annotation)).collect();
    // A task that nobody annotated still has its text.
    if rows.is_empty() { vec![common] } else { rows }
}

fn row(common: &Fields, annotation: &Value) -> Fields {
    let mut row = common.clone();
    let who = annotation.get("completed_by").filter(|who| !who.is_null());
    row.insert(
        "rater".to_owned(),
        match who {
            Some(Value::Number(id)) => json!(format!("annotator {id}")),
            Some(who) => who.clone(),
            None => json!("annotator"),
        },
    );
    put(&mut row, "time", annotation.get("created_at").or_else(|| annotation.get("updated_at")));
    put(&mut row, "seconds", annotation.get("lead_time").filter(|time| time.is_number()));
    put(&mut row, "is_gold", annotation.get("ground_truth").filter(|gold| **gold == json!(true)));
    let mut spans = Vec::new();
    for result in annotation.get("result").and_then(Value::as_array).into_iter().flatten() {
        let Some(value) = result.get("value") else { continue };
        let name = result.get("from_name").and_then(Value::as_str).unwrap_or("rating");
        let column = format!("{RATING}{name}");
        let is_span = value.get("start").is_some() && value.get("end").is_some();
        match value {
            _ if is_span => spans.push(value.clone()),
            value if value.get("selected").is_some() => put(&mut row, "verdict", value.get("selected")),
            value if value.get("rating").is_some() => put(&mut row, &column, value.get("rating")),
            value if value.get("number").is_some() => put(&mut row, &column, value.get("number")),
            value if value.get("choices").is_some() => {
                let choices: Vec<&str> =
                    value["choices"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
                row.insert(column, json!(choices.join(", ")));
            }
            value if value.get("text").is_some() => {
                let texts = match &value["text"] {
                    Value::Array(texts) => texts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n"),
                    text => text.as_str().unwrap_or_default().to_owned(),
                };
                row.insert("reason".to_owned(), json!(texts));
            }
            // Of another kind of control: kept beside the response.
            _ => drop(row.insert(name.to_owned(), value.clone())),
        }
    }
    if !spans.is_empty() {
        row.insert("labels".to_owned(), Value::Array(spans));
    }
    row
}
