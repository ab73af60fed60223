//! One JSON object from one stretch of text.

use serde_json::{Map, Value};
use std::borrow::Cow;

/// An object, and whether `NaN` or infinities in it were read as null. Python writes them; JSON has none.
pub(super) fn parse(text: &str) -> Result<(Map<String, Value>, bool), String> {
    let error = match serde_json::from_str(text) {
        Ok(object) => return Ok((object, false)),
        Err(error) => error,
    };
    if let Cow::Owned(finite) = without_non_finite(text)
        && let Ok(object) = serde_json::from_str(&finite)
    {
        return Ok((object, true));
    }
    Err(describe(text, &error))
}

/// What was expected and where, without the line, which the caller knows better.
fn describe(text: &str, error: &serde_json::Error) -> String {
    let what = match text.as_bytes().first() {
        Some(b'{') => {
            let full = error.to_string();
            let what = full.rsplit_once(" at line ").map_or(full.as_str(), |(what, _)| what);
            match what.strip_prefix("EOF while parsing a ") {
                Some("string") => "it ends in the middle of a text".to_owned(),
                Some(part) => format!("it ends in the middle of a {part}"),
                None if what.starts_with("recursion limit") => "brackets are nested too deep".to_owned(),
                None => what.to_owned(),
            }
        }
        Some(b'[') => return "it is a list, where an object `{…}` was expected".to_owned(),
        Some(b'"') => return "it is a text, where an object `{…}` was expected".to_owned(),
        _ => {
            let start: String = text.chars().take(20).collect();
            return format!("it begins with `{start}`, where an object `{{…}}` was expected");
        }
    };
    let line = if error.line() > 1 { format!("its line {}, ", error.line()) } else { String::new() };
    format!("{what} at {line}column {}", error.column())
}

/// The text with `NaN`, `Infinity` and `-Infinity` outside strings replaced by `null`.
fn without_non_finite(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let mut out = String::new();
    let (mut at, mut copied) = (0, 0);
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = super::scan::string_end(bytes, at).unwrap_or(bytes.len()),
            b'N' | b'I' | b'-' => {
                let word = ["-Infinity", "Infinity", "NaN"].into_iter().find(|word| text[at..].starts_with(word));
                if let Some(word) = word {
                    out.push_str(&text[copied..at]);
                    out.push_str("null");
                    copied = at + word.len();
                }
                at += word.map_or(1, str::len);
            }
            _ => at += 1,
        }
    }
    if copied == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[copied..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn not_a_number_reads_null_outside_texts_only() {
        let (object, mended) = parse(r#"{"a": NaN, "b": [-Infinity, Infinity], "c": "NaN \" NaN", "d": -1}"#).unwrap();
        assert!(mended);
        assert_eq!(
            serde_json::Value::Object(object).to_string(),
            r#"{"a":null,"b":[null,null],"c":"NaN \" NaN","d":-1}"#
        );
        assert!(!parse(r#"{"c": "NaN"}"#).unwrap().1);
    }

    #[test]
    fn an_error_says_what_was_expected() {
        assert_eq!(parse(r#"{"a" 1}"#).unwrap_err(), "expected `:` at column 6");
        assert_eq!(parse(r#"{"a": "b"#).unwrap_err(), "it ends in the middle of a text at column 8");
        assert_eq!(parse(r#"{"a": [1"#).unwrap_err(), "it ends in the middle of a list at column 8");
        let deep = format!("{{\"a\": {}", "[".repeat(200));
        assert!(parse(&deep).unwrap_err().starts_with("brackets are nested too deep at column"));
        assert_eq!(parse("[1]").unwrap_err(), "it is a list, where an object `{…}` was expected");
    }
}
