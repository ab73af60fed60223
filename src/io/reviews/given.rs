//! What another program gives to be written into a log: acts, or whole entries.

use super::mistake::Line;
use super::sound;
use crate::io::store::Mistake;
use crate::model::review::{Act, Entry};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::{Map, Value};

/// One line of input.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Given {
    /// Absent: a new one.
    #[serde(default)]
    pub id: Option<String>,
    /// Absent: now.
    #[serde(default)]
    pub at: Option<Timestamp>,
    /// As in [`Entry`].
    #[serde(default)]
    pub seconds: Option<f64>,
    /// What was done.
    pub act: Act,
}

impl Given {
    /// The entry, with what was left open.
    pub fn into_entry(self, id: impl FnOnce() -> String, now: Timestamp) -> Entry {
        let Self { id: given, at, seconds, act } = self;
        Entry { id: given.unwrap_or_else(id), at: at.unwrap_or(now), seconds, act }
    }
}

/// Reads line `number` of the input `file`: an act, `{"rate": {…}}`, or an entry, `{"act": {"rate": {…}}, …}`. A rating
/// that does not say its scale is on the one that `scale_of` its criterion's id gives.
///
/// # Errors
/// When it is neither, or says what no act can say.
pub fn read_given(
    file: &str,
    number: usize,
    line: &[u8],
    scale_of: impl FnOnce(&str) -> Option<[f64; 2]>,
) -> Result<Given, Mistake> {
    let mut bytes = line.trim_ascii_end();
    let mut fields: Option<Map<String, Value>> = serde_json::from_slice(bytes).ok();
    // A whole entry is what says `act`, or does not name an act as its one field.
    let is_entry = fields.as_ref().is_some_and(|fields| fields.contains_key("act") || fields.len() != 1);
    let completed = fields.as_mut().and_then(|fields| with_scale(fields, scale_of));
    if let Some(completed) = &completed {
        bytes = completed.as_bytes();
    }
    let line = Line { file, number, bytes, fate: "Nothing was saved of it." };
    let given = match is_entry {
        true => serde_json::from_slice(bytes),
        false => serde_json::from_slice(bytes).map(|act| Given { id: None, at: None, seconds: None, act }),
    };
    let given: Given = given.map_err(|error| line.unreadable(&error))?;
    match sound::problem(&given.act) {
        Some((field, message)) => Err(line.about(field, bytes.len(), message, Some(line.fate.to_owned()))),
        None => Ok(given),
    }
}

/// The line with the scale of its rating, where it lacks one that is known.
fn with_scale(fields: &mut Map<String, Value>, scale_of: impl FnOnce(&str) -> Option<[f64; 2]>) -> Option<String> {
    let act = if fields.contains_key("act") { fields.get_mut("act")?.as_object_mut()? } else { &mut *fields };
    let rate = act.get_mut("rate")?.as_object_mut().filter(|rate| !rate.contains_key("scale"))?;
    let scale = scale_of(rate.get("criterion")?.as_str()?)?;
    rate.insert("scale".to_owned(), scale.to_vec().into());
    serde_json::to_string(fields).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn acts_and_entries_are_taken() {
        let act = r#"{"flag":{"response":"r1","on":true}}"#;
        let short = read_given("-", 1, act.as_bytes(), |_| None).unwrap();
        assert_eq!(short.clone().into_entry(|| "new".into(), Timestamp::UNIX_EPOCH).id, "new");
        let entry = format!(r#"{{"id":"x-1","seconds":2.5,"act":{act}}}"#);
        let long = read_given("-", 1, entry.as_bytes(), |_| None).unwrap();
        assert_eq!((long.id.as_deref(), long.seconds, &long.act), (Some("x-1"), Some(2.5), &short.act));
    }

    #[test]
    fn a_rating_without_a_scale_is_on_that_of_its_criterion() {
        let scale_of = |criterion: &str| (criterion == "tone").then_some([1.0, 5.0]);
        let scale = |line: &str| {
            read_given("-", 1, line.as_bytes(), scale_of).map(|given| match given.act {
                Act::Rate(rate) => rate.scale,
                other => panic!("{other:?}"),
            })
        };
        let rate = |fields: &str| format!(r#"{{"rate":{{"response":"r1",{fields}}}}}"#);
        let short = rate(r#""criterion":"tone","value":4"#);
        assert_eq!(scale(&short).unwrap(), [1.0, 5.0]);
        assert_eq!(scale(&format!(r#"{{"id":"x-1","act":{short}}}"#)).unwrap(), [1.0, 5.0]);
        assert_eq!(scale(&rate(r#""criterion":"tone","value":4,"scale":[0,10]"#)).unwrap(), [0.0, 10.0]);
        let refused = scale(&rate(r#""criterion":"tone","value":9"#)).unwrap_err().to_string();
        assert!(refused.contains("9 is not on the scale from 1 to 5"), "{refused}");
        let unknown = scale(&rate(r#""criterion":"other","value":4"#)).unwrap_err().to_string();
        assert!(unknown.contains("The field `scale` is missing"), "{unknown}");
    }

    #[test]
    fn what_is_neither_is_named_with_its_place() {
        let cases = [
            (
                r#"{"flog":{}}"#,
                "-:3:2: This version of Rubrica knows no act `flog`. Did you mean `flag`? Nothing was saved of it.",
            ),
            (
                r#"{"id":"x","acts":{}}"#,
                "-:3:11: There is no field `acts` here. Did you mean `act`? Nothing was saved of it.",
            ),
            ("7", "-:3:1: This is no entry: expected value. Nothing was saved of it."),
        ];
        for (line, said) in cases {
            assert_eq!(read_given("-", 3, line.as_bytes(), |_| None).unwrap_err().to_string(), said);
        }
    }
}
