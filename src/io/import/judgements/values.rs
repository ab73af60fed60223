//! What stands in cells of judgements: ratings, verdicts, names, times.

use crate::io::import::text_of;
use crate::model::Coding;
use crate::model::review::Choice;
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use serde_json::Value;
use std::borrow::Cow;

/// What a cell with a rating says.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::io::import) enum Rated<'a> {
    /// Nothing: it is empty, null, or says that there is none.
    Nothing,
    /// A number.
    Number(f64),
    /// No or yes: 0 or 1.
    YesNo(bool),
    /// Another word.
    Word(Cow<'a, str>),
}

/// Words for a rating that is not there.
const NONE: &[&str] = &[
    "",
    "na",
    "n/a",
    "n.a.",
    "nan",
    "none",
    "null",
    "-",
    "–",
    "?",
    "*",
    ".",
    "missing",
    "unknown",
    "not rated",
    "unrated",
    "k.a.",
    "k. a.",
    "s/d",
    "n/d",
];
/// Words for yes, in the languages of files that were met.
const YES: &[&str] = &[
    "yes",
    "y",
    "true",
    "t",
    "pass",
    "passed",
    "correct",
    "success",
    "sim",
    "verdadeiro",
    "ja",
    "oui",
    "sí",
    "si",
    "thumbs up",
    "thumbs_up",
    "thumbsup",
    "up",
    "like",
    "liked",
    "upvote",
    "👍",
    "✓",
    "✅",
    "はい",
    "是",
];
/// Words for no.
const NO: &[&str] = &[
    "no",
    "n",
    "false",
    "f",
    "fail",
    "failed",
    "incorrect",
    "wrong",
    "failure",
    "não",
    "nao",
    "falso",
    "nein",
    "non",
    "thumbs down",
    "thumbs_down",
    "thumbsdown",
    "down",
    "dislike",
    "disliked",
    "downvote",
    "👎",
    "✗",
    "❌",
    "いいえ",
    "否",
];

/// Reads a cell with a rating.
pub(in crate::io::import) fn rating(value: &Value) -> Rated<'_> {
    match value {
        Value::Null => Rated::Nothing,
        Value::Bool(truth) => Rated::YesNo(*truth),
        Value::Number(number) => number.as_f64().map_or(Rated::Nothing, Rated::Number),
        Value::String(text) => word_or_number(text),
        Value::Object(fields) if inner(fields).is_some() => inner(fields).map_or(Rated::Nothing, rating),
        Value::Array(_) | Value::Object(_) => {
            text_of::plain(value).map_or(Rated::Nothing, |text| Rated::Word(Cow::Owned(text.into_owned())))
        }
    }
}

/// The rating in an object around it.
fn inner(fields: &serde_json::Map<String, Value>) -> Option<&Value> {
    let names = ["rating", "Rating", "score", "Score", "value", "number"];
    names.into_iter().find_map(|name| fields.get(name)).filter(|value| !value.is_object() && !value.is_array())
}

fn word_or_number(text: &str) -> Rated<'_> {
    let text = text.trim();
    let small = text.to_lowercase();
    let is = |list: &[&str]| list.contains(&small.as_str());
    match text.parse::<f64>() {
        _ if is(NONE) => Rated::Nothing,
        Ok(number) if number.is_finite() => Rated::Number(number),
        _ if is(YES) => Rated::YesNo(true),
        _ if is(NO) => Rated::YesNo(false),
        _ => dressed(text).map_or(Rated::Word(Cow::Borrowed(text)), |(number, _)| Rated::Number(number)),
    }
}

/// The greatest rating there is, where a cell says it beside its own: 10 in `4/10`, 100 in `80%`.
pub(in crate::io::import) fn most_said(value: &Value) -> Option<f64> {
    value.as_str().and_then(|text| dressed(text.trim())?.1)
}

/// The number in a text that says it with more around it: `4/5`, `80%`, `3,5`, `5 (excellent)`, `4 stars`, `★★★☆☆`; with
/// the greatest there is, where the text says that.
fn dressed(text: &str) -> Option<(f64, Option<f64>)> {
    if !text.is_empty() && text.chars().all(|c| matches!(c, '★' | '☆' | '⭐')) {
        let (all, full) = (text.chars().count(), text.chars().filter(|c| *c != '☆').count());
        return Some((full as f64, Some(all as f64).filter(|_| full < all)));
    }
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    let sign = usize::from(text.starts_with(['-', '+']));
    let end = text[sign..].find(|c| !is_part(c)).map_or(text.len(), |at| sign + at);
    let (number, rest) = text.split_at(end);
    let number: f64 = number.replacen(',', ".", 1).parse().ok().filter(|number: &f64| number.is_finite())?;
    let rest = rest.trim_start();
    let out_of = |most: &str| most.trim().parse::<f64>().ok().filter(|most| *most > 0.0 && number <= *most);
    let small = rest.to_lowercase();
    let said = small.strip_prefix('/').or_else(|| small.strip_prefix("out of ")).or_else(|| small.strip_prefix("of "));
    let most = if rest == "%" { Some(100.0) } else { said.and_then(out_of) };
    let says = match rest.chars().next() {
        None => true,
        Some('(') => rest.ends_with(')'),
        Some('-' | '–' | '—' | ':' | '=') => {
            // `2 - poor`, and neither `2-3` nor a date.
            rest.chars().any(char::is_alphabetic) && !rest.contains(|c: char| c.is_ascii_digit())
        }
        _ => most.is_some() || matches!(small.as_str(), "star" | "stars" | "point" | "points" | "pts"),
    };
    says.then_some((number, most))
}

/// Whether a cell says yes.
pub(in crate::io::import) fn is_yes(value: &Value) -> bool {
    matches!(rating(value), Rated::YesNo(true) | Rated::Number(1.0))
}

/// What verdicts may call the two responses of a row.
#[derive(Clone, Debug, Default)]
pub(in crate::io::import) struct Sides {
    /// Names of the first and of the second: their models, their ids, their columns.
    pub(in crate::io::import) names: [Vec<String>; 2],
}

/// What a verdict says, `None` where it says nothing.
///
/// # Errors
/// With what it says, where that is no verdict.
pub(in crate::io::import) fn verdict(
    value: &Value,
    sides: &Sides,
    coding: Option<Coding>,
) -> Result<Option<Choice>, String> {
    if let (Some(number), Some(coding)) = (number(value), coding) {
        return coded(number, coding).map(Some).ok_or_else(|| number.to_string());
    }
    let Some(text) = text_of::plain(value) else { return Ok(None) };
    let text = text.trim();
    // `[[A]]` and `(a)` name a side; the brackets of `tie (bothbad)` are part of the word.
    let bare = text.trim_matches(|c: char| "[]\"'".contains(c)).trim();
    let bare = bare.strip_prefix('(').and_then(|bare| bare.strip_suffix(')')).unwrap_or(bare);
    let small = bare.trim().to_lowercase();
    if NONE.contains(&small.as_str()) || matches!(small.as_str(), "error" | "$error$" | "invalid" | "skipped") {
        return Ok(None);
    }
    let choice = word(&small).or_else(|| named(text, sides));
    choice.map(Some).ok_or_else(|| text.chars().take(80).collect())
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => text.trim().parse().ok().filter(|number: &f64| number.is_finite()),
        _ => None,
    }
}

/// What a number says under a coding; `None` outside of it.
fn coded(number: f64, coding: Coding) -> Option<Choice> {
    let lean = |share: f64| match share {
        share if share < 0.5 => Choice::Second,
        share if share > 0.5 => Choice::First,
        _ => Choice::Tie,
    };
    let signed = |score: f64| match score {
        score if score >= 1.5 => Choice::MuchBetterFirst,
        score if score > 0.25 => Choice::First,
        score if score >= -0.25 => Choice::Tie,
        score if score > -1.5 => Choice::Second,
        _ => Choice::MuchBetterSecond,
    };
    match coding {
        Coding::OneTwo if number == 0.0 => Some(Choice::Tie),
        Coding::OneTwo => (1.0..=2.0).contains(&number).then(|| lean(2.0 - number)),
        Coding::ZeroOne => (0.0..=1.0).contains(&number).then(|| lean(1.0 - number)),
        Coding::Share => (0.0..=1.0).contains(&number).then(|| lean(number)),
        Coding::Plus => Some(signed(number)),
        Coding::Minus => Some(signed(-number)),
        Coding::OneFive => (1.0..=5.0).contains(&number).then(|| signed(3.0 - number)),
        Coding::OneSeven => (1.0..=7.0).contains(&number).then(|| signed(4.0 - number)),
    }
}

/// What the words of tools say. `word` is in small letters.
fn word(word: &str) -> Option<Choice> {
    let word: String = word.chars().filter(|c| !matches!(c, '_' | '-' | ' ')).collect();
    Some(match word.as_str() {
        "left" | "a" | "first" | "x" | "model1" | "modela" | "modelx" | "output1" | "outputa" | "responsea"
        | "response1" | "answer1" | "answera" | "assistanta" | "assistant1" | "systema" | "system1" | "optiona"
        | "option1" | "a>b" | "b<a" | "aisbetter" | "abetter" | "aisslightlybetter" | "aslightlybetter"
        | "slightlybettera" | "leftisbetter" | "chosen" => Choice::First,
        "right" | "b" | "second" | "y" | "model2" | "modelb" | "modely" | "output2" | "outputb" | "responseb"
        | "response2" | "answer2" | "answerb" | "assistantb" | "assistant2" | "systemb" | "system2" | "optionb"
        | "option2" | "b>a" | "a<b" | "bisbetter" | "bbetter" | "bisslightlybetter" | "bslightlybetter"
        | "slightlybetterb" | "rightisbetter" => Choice::Second,
        "a>>b" | "b<<a" | "aismuchbetter" | "amuchbetter" | "muchbettera" | "leftismuchbetter" => {
            Choice::MuchBetterFirst
        }
        "b>>a" | "a<<b" | "bismuchbetter" | "bmuchbetter" | "muchbetterb" | "rightismuchbetter" => {
            Choice::MuchBetterSecond
        }
        "tie" | "draw" | "equal" | "same" | "c" | "a=b" | "b=a" | "both" | "bothgood" | "bothequal" | "equallygood"
        | "bothequallygood" | "tied" | "ties" | "noclearwinner" | "similar" | "nodifference" | "tie(inconsistent)"
        | "neutral" | "nopreference" | "aboutthesame" => Choice::Tie,
        "tie(bothbad)" | "bothbad" | "equallybad" | "bothequallybad" | "neither" | "botharebad" | "d" => {
            Choice::BothBad
        }
        _ => return None,
    })
}

/// What a verdict says that names one of the two as the row does.
fn named(text: &str, sides: &Sides) -> Option<Choice> {
    let is = |side: usize| sides.names[side].iter().any(|name| name == text);
    match (is(0), is(1)) {
        (true, false) => Some(Choice::First),
        (false, true) => Some(Choice::Second),
        _ => None,
    }
}

/// What a person or tool is called. The parts of a list are one after the other. `None` where it is empty.
pub(in crate::io::import) fn name(value: &Value) -> Option<String> {
    let text = match value {
        Value::Array(list) if !list.is_empty() && list.iter().all(Value::is_string) => {
            let parts: Vec<&str> = list.iter().filter_map(Value::as_str).collect();
            parts.join(" ")
        }
        Value::Object(fields) => {
            let known = ["name", "username", "email", "label", "id"];
            known.into_iter().find_map(|known| fields.get(known)).and_then(name)?
        }
        _ => text_of::plain(value)?.into_owned(),
    };
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A point in time: seconds or milliseconds since 1970, or a date and time, which is UTC where it does not say.
pub(in crate::io::import) fn time(value: &Value) -> Option<Timestamp> {
    /// From so many on, they are milliseconds: as seconds it would be the year 5138.
    const MILLISECONDS: f64 = 1e11;
    if let Some(number) = number(value) {
        let seconds = if number.abs() >= MILLISECONDS { number / 1000.0 } else { number };
        return Timestamp::from_millisecond((seconds * 1000.0).round() as i64).ok();
    }
    let text = value.as_str()?.trim();
    let local = |text: &str| TimeZone::UTC.to_timestamp(text.parse::<DateTime>().ok()?).ok();
    text.parse().ok().or_else(|| local(text))
}

/// A number of seconds, at least 0.
pub(in crate::io::import) fn seconds(value: &Value) -> Option<f64> {
    number(value).filter(|seconds| *seconds >= 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn verdicts_in_many_codings() {
        let sides = Sides { names: [vec!["gpt".to_owned(), "r7".to_owned()], vec!["llama".to_owned()]] };
        let cases = [
            (json!("left"), None, Ok(Some(Choice::First))),
            (json!("model_b"), None, Ok(Some(Choice::Second))),
            (json!("[[A]]"), None, Ok(Some(Choice::First))),
            (json!("A>>B"), None, Ok(Some(Choice::MuchBetterFirst))),
            (json!("tie (bothbad)"), None, Ok(Some(Choice::BothBad))),
            (json!("tie (inconsistent)"), None, Ok(Some(Choice::Tie))),
            (json!("(b)"), None, Ok(Some(Choice::Second))),
            (json!("Tie"), None, Ok(Some(Choice::Tie))),
            (json!("llama"), None, Ok(Some(Choice::Second))),
            (json!("r7"), None, Ok(Some(Choice::First))),
            (json!("claude"), None, Err("claude".to_owned())),
            (json!(null), Some(Coding::OneTwo), Ok(None)),
            (json!(""), None, Ok(None)),
            (json!("error"), None, Ok(None)),
            (json!(1), Some(Coding::OneTwo), Ok(Some(Choice::First))),
            (json!("2"), Some(Coding::OneTwo), Ok(Some(Choice::Second))),
            (json!(0), Some(Coding::OneTwo), Ok(Some(Choice::Tie))),
            (json!(1.5), Some(Coding::OneTwo), Ok(Some(Choice::Tie))),
            (json!(1.2), Some(Coding::OneTwo), Ok(Some(Choice::First))),
            (json!(3), Some(Coding::OneTwo), Err("3".to_owned())),
            (json!(0), Some(Coding::ZeroOne), Ok(Some(Choice::First))),
            (json!(0), Some(Coding::Share), Ok(Some(Choice::Second))),
            (json!(-1.5), Some(Coding::Plus), Ok(Some(Choice::MuchBetterSecond))),
            (json!(0.2), Some(Coding::Plus), Ok(Some(Choice::Tie))),
            (json!(-1), Some(Coding::Minus), Ok(Some(Choice::First))),
            (json!(1), Some(Coding::OneSeven), Ok(Some(Choice::MuchBetterFirst))),
            (json!("5"), Some(Coding::OneSeven), Ok(Some(Choice::Second))),
            (json!(3), Some(Coding::OneFive), Ok(Some(Choice::Tie))),
            (json!(6), Some(Coding::OneFive), Err("6".to_owned())),
            (json!(1), None, Err("1".to_owned())),
        ];
        for (value, coding, expected) in cases {
            assert_eq!(verdict(&value, &sides, coding), expected, "{value} under {coding:?}");
        }
    }

    #[test]
    fn ratings_of_every_kind() {
        let cases = [
            (json!(4), Rated::Number(4.0)),
            (json!(" 3.5 "), Rated::Number(3.5)),
            (json!(true), Rated::YesNo(true)),
            (json!("No"), Rated::YesNo(false)),
            (json!("NA"), Rated::Nothing),
            (json!(null), Rated::Nothing),
            (json!("Good"), Rated::Word("Good".into())),
            (json!("4/5"), Rated::Number(4.0)),
            (json!("9/5"), Rated::Word("9/5".into())),
            (json!("80 %"), Rated::Number(80.0)),
            (json!("3,5"), Rated::Number(3.5)),
            (json!("5 (excellent)"), Rated::Number(5.0)),
            (json!("2 - poor"), Rated::Number(2.0)),
            (json!("4 out of 5"), Rated::Number(4.0)),
            (json!("4 stars"), Rated::Number(4.0)),
            (json!("★★★☆☆"), Rated::Number(3.0)),
            (json!("k.A."), Rated::Nothing),
            (json!("4 apples"), Rated::Word("4 apples".into())),
            (json!("2024-01-01T00:00:00Z"), Rated::Word("2024-01-01T00:00:00Z".into())),
            (json!("2-3"), Rated::Word("2-3".into())),
            (json!("👎"), Rated::YesNo(false)),
            (json!({"rating": 4}), Rated::Number(4.0)),
            (json!("{\"rating\": 4}"), Rated::Word("{\"rating\": 4}".into())),
        ];
        for (value, expected) in cases {
            assert_eq!(rating(&value), expected, "{value}");
        }
    }

    #[test]
    fn times_of_every_kind() {
        let expected: Timestamp = "2023-11-28T05:55:45Z".parse().unwrap();
        for value in [
            json!(1_701_150_945),
            json!(1_701_150_945_000_i64),
            json!("2023-11-28T05:55:45Z"),
            json!("2023-11-28 05:55:45"),
        ] {
            assert_eq!(time(&value), Some(expected), "{value}");
        }
        assert_eq!(time(&json!("yesterday")), None);
    }
}
