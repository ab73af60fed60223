//! What is left of a row once its mapped values are taken: written as compact JSON, without copying it first.

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use serde_json::{Map, Value};

/// The row without the values in `taken`, which are parts of it; `None` when nothing is left.
pub(in crate::io::import) fn rest(fields: &Map<String, Value>, taken: &[&Value]) -> Option<String> {
    if fields.values().all(|value| is_taken(value, taken)) {
        return None;
    }
    let rest = Fields { fields, taken };
    Some(serde_json::to_string(&rest).expect("a JSON value can be written as JSON"))
}

struct Fields<'a> {
    fields: &'a Map<String, Value>,
    taken: &'a [&'a Value],
}

struct Rest<'a> {
    value: &'a Value,
    taken: &'a [&'a Value],
}

/// Whether nothing of `value` is left. Recursion is as deep as the JSON, which its reader bounds.
fn is_taken(value: &Value, taken: &[&Value]) -> bool {
    // By identity, not by content: another column may hold the same text.
    taken.iter().any(|part| std::ptr::eq(*part, value))
        || match value {
            Value::Object(fields) => !fields.is_empty() && fields.values().all(|value| is_taken(value, taken)),
            Value::Array(list) => !list.is_empty() && list.iter().all(|value| is_taken(value, taken)),
            _ => false,
        }
}

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in self.fields {
            if !is_taken(value, self.taken) {
                map.serialize_entry(key, &Rest { value, taken: self.taken })?;
            }
        }
        map.end()
    }
}

impl Serialize for Rest<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::Object(fields) => Fields { fields, taken: self.taken }.serialize(serializer),
            Value::Array(list) => {
                let mut seq = serializer.serialize_seq(None)?;
                for value in list.iter().filter(|value| !is_taken(value, self.taken)) {
                    seq.serialize_element(&Rest { value, taken: self.taken })?;
                }
                seq.end()
            }
            plain => plain.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::rest;
    use serde_json::json;

    #[test]
    fn what_is_taken_is_gone_and_all_else_stays() {
        let row =
            json!({"text": "same", "copy": "same", "choices": [{"index": 0, "turns": ["x"]}], "gone": {"a": [1]}});
        let fields = row.as_object().unwrap();
        let taken = [&row["text"], &row["choices"][0]["turns"][0], &row["gone"]["a"][0]];
        assert_eq!(rest(fields, &taken).as_deref(), Some(r#"{"copy":"same","choices":[{"index":0}]}"#));
        let all: Vec<_> = fields.values().collect();
        assert_eq!(rest(fields, &all), None);
    }
}
