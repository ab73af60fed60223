//! Records of Argilla in their flattened form: for each question the answers, who gave them, and which count.

use super::{Fields, RATING, put};
use serde_json::{Value, json};

const ANSWERS: &str = ".responses";

/// Whether a row is a record.
pub(super) fn is_row(fields: &Fields) -> bool {
    fields.iter().any(|(name, _)| {
        name.strip_suffix(ANSWERS).is_some_and(|question| {
            fields.contains_key(&format!("{question}.responses.users"))
                || fields.contains_key(&format!("{question}.responses.status"))
                || fields.contains_key(&format!("{question}.suggestion"))
        })
    })
}

/// A record as a row for each user, and one for each who suggested answers.
pub(super) fn rows(fields: &Fields) -> Vec<Fields> {
    let questions: Vec<&str> = fields.keys().filter_map(|name| name.strip_suffix(ANSWERS)).collect();
    let is_of_question = |name: &str| {
        questions.iter().any(|question| {
            name.strip_prefix(question).is_some_and(|rest| rest.starts_with(ANSWERS) || rest.starts_with(".suggestion"))
        })
    };
    let common: Fields = fields
        .iter()
        .filter(|(name, _)| !is_of_question(name))
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    let mut rows: Vec<(Value, Fields)> = Vec::new();
    let mut answer = |rater: Value, question: &str, value: &Value| {
        let at = rows.iter().position(|(known, _)| *known == rater).unwrap_or_else(|| {
            let mut row = common.clone();
            row.insert("rater".to_owned(), rater.clone());
            rows.push((rater, row));
            rows.len() - 1
        });
        put_answer(&mut rows[at].1, question, value);
    };
    for question in &questions {
        let list = |end: &str| fields.get(&format!("{question}{ANSWERS}{end}")).and_then(Value::as_array);
        let (users, status) = (list(".users"), list(".status"));
        for (at, value) in list("").into_iter().flatten().enumerate() {
            let discarded = status.and_then(|status| status.get(at)).is_some_and(|status| status == "discarded");
            if !discarded {
                let user = users.and_then(|users| users.get(at)).cloned();
                answer(user.unwrap_or_else(|| json!(format!("user {}", at + 1))), question, value);
            }
        }
        if let Some(value) = fields.get(&format!("{question}.suggestion")).filter(|value| !value.is_null()) {
            let agent = fields.get(&format!("{question}.suggestion.agent")).filter(|agent| agent.is_string());
            answer(agent.cloned().unwrap_or_else(|| json!("suggestion")), question, value);
        }
    }
    if rows.is_empty() { vec![common] } else { rows.into_iter().map(|(_, row)| row).collect() }
}

/// An answer that is a number or a word rates; a longer text is a reason, and spans are labels.
fn put_answer(row: &mut Fields, question: &str, value: &Value) {
    const WORD: usize = 40;
    let is_spans = |list: &[Value]| !list.is_empty() && list.iter().all(|span| span.get("start").is_some());
    let value = value.get("value").unwrap_or(value);
    match value {
        Value::Array(list) if is_spans(list) => put(row, "labels", Some(value)),
        Value::String(text) if text.chars().count() > WORD => put(row, "reason", Some(value)),
        Value::Array(list) if list.iter().all(Value::is_string) => {
            let words: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            row.insert(format!("{RATING}{question}"), json!(words.join(", ")));
        }
        Value::Array(_) | Value::Object(_) => put(row, question, Some(value)),
        _ => put(row, &format!("{RATING}{question}"), Some(value)),
    }
}
