//! Tasks of Label Studio, with the annotations of several people.

use super::{Fields, RATING, put};
use serde_json::{Value, json};

/// Where the ids of a ranking stand while a row is made.
const ORDER: &str = "ranked: ids";

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
    let rows: Vec<Fields> = kept.flat_map(|annotation| compared(row(&common, annotation))).collect();
    // A task that nobody annotated still has its text.
    if rows.is_empty() { vec![common] } else { rows }
}

/// A row for each two items that the annotation ranks, the better one first; the row itself where it ranks nothing.
fn compared(mut row: Fields) -> Vec<Fields> {
    let Some(Value::Array(order)) = row.remove(ORDER) else { return vec![row] };
    let items: Vec<&Value> =
        row.values().filter_map(Value::as_array).flatten().filter(|item| item.get("id").is_some()).collect();
    let text_of = |id: &Value| {
        let item = items.iter().find(|item| item.get("id") == Some(id))?;
        ["body", "html", "text", "value", "title"].into_iter().find_map(|name| item.get(name))
    };
    let ranked: Vec<(&Value, &Value)> = order.iter().filter_map(|id| Some((id, text_of(id)?))).collect();
    let common: Fields =
        row.iter().filter(|(_, value)| !value.is_array()).map(|(n, v)| (n.clone(), v.clone())).collect();
    let rows = super::compared::each_two(&common, &ranked);
    if rows.is_empty() { vec![row] } else { rows }
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
            value if value.get("ranker").is_some() => {
                // A list, or a list in each bucket, of which the first is the ranking.
                let ranker = &value["ranker"];
                let lists = ranker.as_object().into_iter().flat_map(|buckets| buckets.values());
                let list = std::iter::once(ranker).chain(lists).find(|list| list.is_array());
                put(&mut row, ORDER, list);
                row.insert(name.to_owned(), ranker.clone());
            }
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
