//! Samples of evaluation logs of Inspect AI.

use super::{Fields, RATING, put};
use serde_json::{Value, json};

/// What a sample says, as a row. Its events, store and messages are left out: they are the log of how it went.
pub(super) fn row(mut sample: Fields, model: Option<&str>) -> Fields {
    const LEFT_OUT: [&str; 7] = ["events", "store", "messages", "attachments", "model_usage", "output", "scores"];
    let attachments = sample.get("attachments").cloned().unwrap_or_default();
    for name in ["input", "target", "messages", "output"] {
        if let Some(value) = sample.get_mut(name) {
            resolve(value, &attachments);
        }
    }
    let mut row = Fields::new();
    put(&mut row, "prompt_id", sample.get("id"));
    put(&mut row, "prompt", sample.get("input"));
    put(&mut row, "reference", sample.get("target").map(target).as_ref());
    let output = sample.get("output");
    let said = output.and_then(|output| output.get("model")).filter(|model| model.as_str() != Some(""));
    put(&mut row, "model", model.map(|model| json!(model)).as_ref().or(said));
    put(&mut row, "response", answer(&sample).as_ref());
    let scores = sample.get("scores").and_then(Value::as_object);
    for (name, score) in scores.into_iter().flatten() {
        match score.get("value") {
            Some(Value::Object(parts)) => {
                parts
                    .iter()
                    .for_each(|(part, value)| put(&mut row, &format!("{RATING}{name} {part}"), Some(&number(value))));
            }
            Some(Value::Array(parts)) => {
                let parts = parts.iter().enumerate();
                parts
                    .for_each(|(at, value)| put(&mut row, &format!("{RATING}{name} {}", at + 1), Some(&number(value))));
            }
            value => put(&mut row, &format!("{RATING}{name}"), value.map(number).as_ref()),
        }
        if !row.contains_key("reason") {
            put(&mut row, "reason", score.get("explanation").filter(|text| !text.is_null()));
        }
    }
    sample.retain(|name, _| !LEFT_OUT.contains(&name.as_str()) && !matches!(name.as_str(), "id" | "input" | "target"));
    row.extend(sample);
    row
}

/// What the model said in the end; `None` where it said nothing.
fn answer(sample: &Fields) -> Option<Value> {
    let output = sample.get("output")?;
    let of_choice = output.pointer("/choices/0/message/content");
    let of_messages = || {
        let messages = sample.get("messages")?.as_array()?;
        let last = messages.iter().rev().find(|message| message.get("role").is_some_and(|role| role == "assistant"))?;
        last.get("content")
    };
    let found = of_choice.or_else(|| output.get("completion")).or_else(of_messages)?;
    // Parts of a content, of which the texts are the answer.
    let Value::Array(parts) = found else { return Some(found.clone()) };
    let texts: Vec<&str> = parts.iter().filter_map(|part| part.get("text")?.as_str()).collect();
    Some(Value::String(texts.concat()))
}

/// A target is a text or a list of those that are right.
fn target(target: &Value) -> Value {
    match target {
        Value::Array(list) if list.iter().all(Value::is_string) => {
            let texts: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            Value::String(texts.join("\n"))
        }
        other => other.clone(),
    }
}

/// The letters of scorers as what they count: correct, partially correct, incorrect, no answer.
fn number(value: &Value) -> Value {
    match value.as_str() {
        Some("C") => json!(1),
        Some("P") => json!(0.5),
        Some("I" | "N") => json!(0),
        _ => value.clone(),
    }
}

/// Puts the texts that stand elsewhere in the sample where they are named.
fn resolve(value: &mut Value, attachments: &Value) {
    match value {
        Value::String(text) => {
            if let Some(there) = text.strip_prefix("attachment://").and_then(|name| attachments.get(name)) {
                *value = there.clone();
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|value| resolve(value, attachments)),
        Value::Object(fields) => fields.values_mut().for_each(|value| resolve(value, attachments)),
        _ => {}
    }
}
