//! Texts out of JSON values: outputs, prompts, ids, whatever shape a tool gave them.

use serde_json::{Map, Value};
use std::borrow::Cow;

/// An output's text, and whether its shape was not known, so that it is shown as JSON. Null gives `None`.
pub(super) fn output(value: &Value) -> Option<(Cow<'_, str>, bool)> {
    match value {
        Value::Null => None,
        Value::String(text) => Some((Cow::Borrowed(text), false)),
        Value::Number(number) => Some((Cow::Owned(number.to_string()), false)),
        Value::Bool(truth) => Some((Cow::Owned(truth.to_string()), false)),
        Value::Array(_) | Value::Object(_) => match inner(value, 0) {
            Some(text) => Some((text, false)),
            // serde_json's pretty form of a Value: keys are strings, so it cannot fail.
            None => Some((Cow::Owned(format!("{value:#}")), true)),
        },
    }
}

/// The text inside the shapes in which tools wrap outputs.
fn inner(value: &Value, depth: usize) -> Option<Cow<'_, str>> {
    const DEPTH: usize = 8;
    match value {
        Value::String(text) => Some(Cow::Borrowed(text)),
        _ if depth > DEPTH => None,
        Value::Array(list) if is_chat(list) => {
            let answer = list.iter().rev().find(|message| role(message) == Some("assistant")).or(list.last())?;
            inner(content(answer)?, depth + 1)
        }
        Value::Array(list) => match list.as_slice() {
            [one] => inner(one, depth + 1),
            _ => parts(list),
        },
        Value::Object(fields) => {
            if let Some(first) = fields.get("choices").and_then(|choices| choices.get(0)) {
                return inner(first, depth + 1);
            }
            ["message", "content", "text", "output", "completion", "response"]
                .into_iter()
                .find_map(|name| fields.get(name).and_then(|value| inner(value, depth + 1)))
        }
        _ => None,
    }
}

/// The text parts of a message's content, one after the other.
fn parts(list: &[Value]) -> Option<Cow<'_, str>> {
    let texts: Option<Vec<&str>> = list
        .iter()
        .filter(|part| part.get("type").is_none_or(|kind| kind == "text" || kind == "output_text"))
        .map(|part| part.get("text").and_then(Value::as_str))
        .collect();
    texts.filter(|texts| !texts.is_empty()).map(|texts| Cow::Owned(texts.concat()))
}

/// A prompt's text: a text as it is, a chat with its roles. `None` for null.
pub(super) fn prompt(value: &Value) -> Option<Cow<'_, str>> {
    let Value::Array(list) = value else { return output(value).map(|(text, _)| text) };
    if !is_chat(list) {
        return match list.as_slice() {
            [one] => prompt(one),
            _ if !list.is_empty() && list.iter().all(Value::is_string) => {
                let turns: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
                Some(Cow::Owned(turns.join("\n\n")))
            }
            _ => output(value).map(|(text, _)| text),
        };
    }
    // What the assistant said last is the answer, not the question.
    let asked = match list.split_last() {
        Some((last, before)) if role(last) == Some("assistant") && !before.is_empty() => before,
        _ => list,
    };
    let said = |message| content(message).and_then(|value| inner(value, 0)).unwrap_or_default();
    if let [only] = asked
        && role(only) == Some("user")
    {
        return Some(said(only));
    }
    let blocks: Vec<String> = asked
        .iter()
        .map(|message| format!("{}: {}", capitalised(role(message).unwrap_or("message")), said(message)))
        .collect();
    Some(Cow::Owned(blocks.join("\n\n")))
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Whether all values are chat messages, and there is one.
fn is_chat(list: &[Value]) -> bool {
    !list.is_empty() && list.iter().all(|value| role(value).is_some() && content(value).is_some())
}

/// Whether the value is a chat with a question and, at its end, what the assistant said.
pub(super) fn ends_with_answer(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|list| list.len() > 1 && is_chat(list) && list.last().and_then(role) == Some("assistant"))
}

/// Who says a message, in the words of the most common format.
fn role(message: &Value) -> Option<&str> {
    let fields: &Map<String, Value> = message.as_object()?;
    Some(match fields.get("role").or_else(|| fields.get("from"))?.as_str()? {
        "human" => "user",
        "gpt" | "bot" | "model" => "assistant",
        role => role,
    })
}

fn content(message: &Value) -> Option<&Value> {
    message.get("content").or_else(|| message.get("value"))
}

/// An id as it is compared between files: 7, 7.0, "7" and "7.0" are the same. `None` where there is no id.
pub(super) fn key(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::String(text) => text_key(text).map(Cow::Borrowed),
        Value::Number(number) => {
            let text = number.to_string();
            Some(Cow::Owned(text.strip_suffix(".0").map(str::to_owned).unwrap_or(text)))
        }
        Value::Bool(truth) => Some(Cow::Borrowed(if *truth { "true" } else { "false" })),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// The id that a text is: a part of it.
pub(super) fn text_key(text: &str) -> Option<&str> {
    let text = text.trim();
    let whole = text.strip_suffix(".0").filter(|whole| {
        let digits = whole.strip_prefix('-').unwrap_or(whole);
        !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    Some(whole.unwrap_or(text)).filter(|text| !text.is_empty())
}

/// What a cell for a name or a reference holds as text; `None` for null.
pub(super) fn plain(value: &Value) -> Option<Cow<'_, str>> {
    match value {
        Value::Number(_) => key(value),
        _ => output(value).map(|(text, _)| text),
    }
}

#[cfg(test)]
mod tests {
    use super::{key, output, prompt};
    use serde_json::{Value, json};

    #[track_caller]
    fn check_output(value: &Value, expected: Option<(&str, bool)>) {
        let found = output(value);
        assert_eq!(found.as_ref().map(|(text, as_json)| (&**text, *as_json)), expected, "{value}");
    }

    #[test]
    fn outputs_of_every_shape() {
        check_output(&json!(null), None);
        check_output(&json!(""), Some(("", false)));
        check_output(&json!(4.50), Some(("4.5", false)));
        check_output(&json!(true), Some(("true", false)));
        check_output(&json!({"text": "a"}), Some(("a", false)));
        check_output(&json!([["a"]]), Some(("a", false)));
        check_output(&json!({"choices": [{"message": {"role": "assistant", "content": "a"}}]}), Some(("a", false)));
        let chat = json!([{"role": "assistant", "content": [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]},
            {"role": "user", "content": "thanks"}]);
        check_output(&chat, Some(("ab", false)));
        check_output(&json!({"n": [1, 2]}), Some(("{\n  \"n\": [\n    1,\n    2\n  ]\n}", true)));
    }

    #[test]
    fn prompts_of_every_shape() {
        let check = |value: Value, expected: &str| assert_eq!(prompt(&value).as_deref(), Some(expected));
        check(json!([{"role": "user", "content": "Hi"}]), "Hi");
        check(
            json!([{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]),
            "System: Be brief.\n\nUser: Hi",
        );
        check(json!([{"from": "human", "value": "Hi"}, {"from": "gpt", "value": "Hello"}]), "Hi");
        check(json!(["first", "second"]), "first\n\nsecond");
    }

    #[test]
    fn ids_are_the_same_as_number_and_text() {
        for value in [json!(7), json!(7.0), json!("7"), json!(" 7.0 ")] {
            assert_eq!(key(&value).as_deref(), Some("7"), "{value}");
        }
        assert_eq!(key(&json!("007")).as_deref(), Some("007"));
        assert_eq!(key(&json!("v7.0")).as_deref(), Some("v7.0"));
        assert_eq!(key(&json!("")), None);
    }
}
