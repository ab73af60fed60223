//! Records of Argilla, flattened or nested: for each question the answers, who gave them, and which count.

use super::{Fields, RATING, put, without};
use serde_json::{Value, json};

const ANSWERS: &str = ".responses";

/// Whether a row is a record.
pub(super) fn is_row(fields: &Fields) -> bool {
    is_nested(fields)
        || fields.iter().any(|(name, _)| {
            name.strip_suffix(ANSWERS).is_some_and(|question| {
                fields.contains_key(&format!("{question}.responses.users"))
                    || fields.contains_key(&format!("{question}.responses.status"))
                    || fields.contains_key(&format!("{question}.suggestion"))
            })
        })
}

/// A record as a row for each user, and one for each who suggested answers.
pub(super) fn rows(fields: &Fields) -> Vec<Fields> {
    if is_nested(fields) {
        return nested_rows(fields);
    }
    let questions: Vec<&str> = fields.keys().filter_map(|name| name.strip_suffix(ANSWERS)).collect();
    let is_of_question = |name: &str| {
        questions.iter().any(|question| {
            name.strip_prefix(question).is_some_and(|rest| rest.starts_with(ANSWERS) || rest.starts_with(".suggestion"))
        })
    };
    let mut given = Answers { common: without(fields, is_of_question), rows: Vec::new() };
    for question in &questions {
        let list = |end: &str| fields.get(&format!("{question}{ANSWERS}{end}")).and_then(Value::as_array);
        let (users, status) = (list(".users"), list(".status"));
        for (at, value) in list("").into_iter().flatten().enumerate() {
            let discarded = status.and_then(|status| status.get(at)).is_some_and(|status| status == "discarded");
            if !discarded {
                let user = users.and_then(|users| users.get(at)).cloned();
                given.add(user.unwrap_or_else(|| json!(format!("user {}", at + 1))), question, value);
            }
        }
        if let Some(value) = fields.get(&format!("{question}.suggestion")).filter(|value| !value.is_null()) {
            let agent = fields.get(&format!("{question}.suggestion.agent")).filter(|agent| agent.is_string());
            given.add(agent.cloned().unwrap_or_else(|| json!("suggestion")), question, value);
        }
    }
    given.finish()
}

/// The answers to a record, a row for each who gave some.
struct Answers {
    /// What stands in all of them.
    common: Fields,
    rows: Vec<(Value, Fields)>,
}

impl Answers {
    /// Adds what `rater` answered to `question`.
    fn add(&mut self, rater: Value, question: &str, value: &Value) {
        let at = self.rows.iter().position(|(known, _)| *known == rater).unwrap_or_else(|| {
            let mut row = self.common.clone();
            row.insert("rater".to_owned(), rater.clone());
            self.rows.push((rater, row));
            self.rows.len() - 1
        });
        put_answer(&mut self.rows[at].1, question, value);
    }

    /// The rows; one with nothing but the record, where nobody answered.
    fn finish(self) -> Vec<Fields> {
        if self.rows.is_empty() { vec![self.common] } else { self.rows.into_iter().map(|(_, row)| row).collect() }
    }
}

/// Whether texts stand in `fields` and answers in `responses`: by question, or in an object of each user.
fn is_nested(fields: &Fields) -> bool {
    fields.get("fields").is_some_and(Value::is_object)
        && fields.get("responses").is_some_and(|it| it.is_object() || it.is_array())
}

/// A nested record as a row for each user whose answers were not discarded, and one for each who suggested some.
fn nested_rows(fields: &Fields) -> Vec<Fields> {
    let mut common = Fields::new();
    put(&mut common, "prompt_id", fields.get("id").or_else(|| fields.get("external_id")).filter(|id| !id.is_null()));
    common.extend(fields.get("fields").and_then(Value::as_object).cloned().unwrap_or_default());
    for (name, value) in fields.get("metadata").and_then(Value::as_object).into_iter().flatten() {
        common.entry(name.clone()).or_insert_with(|| value.clone());
    }
    let mut given = Answers { common, rows: Vec::new() };
    let counts = |answer: &Value| answer.get("status").is_none_or(|status| status != "discarded");
    let user = |answer: &Value, at: usize| {
        let named = answer.get("user_id").filter(|user| !user.is_null());
        named.cloned().unwrap_or_else(|| json!(format!("user {}", at + 1)))
    };
    match fields.get("responses") {
        Some(Value::Object(questions)) => {
            for (question, answers) in questions {
                for (at, one) in answers.as_array().into_iter().flatten().enumerate().filter(|(_, one)| counts(one)) {
                    given.add(user(one, at), question, one);
                }
            }
        }
        Some(Value::Array(users)) => {
            for (at, one) in users.iter().enumerate().filter(|(_, one)| counts(one)) {
                for (question, value) in one.get("values").and_then(Value::as_object).into_iter().flatten() {
                    given.add(user(one, at), question, value);
                }
            }
        }
        _ => {}
    }
    let agent = |one: &Value| {
        one.get("agent").filter(|agent| agent.is_string()).cloned().unwrap_or_else(|| json!("suggestion"))
    };
    match fields.get("suggestions") {
        Some(Value::Object(questions)) => {
            questions.iter().for_each(|(question, one)| given.add(agent(one), question, one));
        }
        Some(Value::Array(list)) => {
            for one in list {
                let Some(question) = one.get("question_name").and_then(Value::as_str) else { continue };
                given.add(agent(one), question, one);
            }
        }
        _ => {}
    }
    given.finish()
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
