//! Comparisons in shapes of their own: a column for each outcome, transcripts, rankings.

use super::{Fields, put, without};
use crate::io::import::judgements::{Sides, verdict};
use serde_json::{Value, json};

/// How a row compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super::super) enum Kind {
    /// `winner_model_a`, `winner_model_b`, `winner_tie`: one of them is 1.
    OneHot,
    /// `chosen` and `rejected` are whole conversations in one text.
    Transcript,
    /// Two games of a model against a baseline, which is shown first in the first of them.
    Games,
}

/// The columns of outcomes, and what each says.
const OUTCOMES: [(&str, &str); 4] = [
    ("winner_model_a", "model_a"),
    ("winner_model_b", "model_b"),
    ("winner_tie", "tie"),
    ("winner_tie_bothbad", "tie (bothbad)"),
];
/// How turns of transcripts begin.
const ASKS: &str = "\n\nHuman:";
const ANSWERS: &str = "\n\nAssistant:";
/// Lists that say an order, the best first.
const RANKINGS: [&str; 5] = ["ranking", "rankings", "ranked", "rank", "ranks"];

/// Numbers of the better one of a list of two, from 0 on.
const CHOICES: [&str; 6] = ["choice", "chosen", "preferred", "winner", "better", "label"];

/// Whether a row compares in such a way.
pub(super) fn of_row(fields: &Fields) -> Option<Kind> {
    let is_game = |game: &Value| game.get("score").is_some_and(|score| score.is_string() || score.is_null());
    let games = fields.get("games").and_then(Value::as_array);
    if games.is_some_and(|games| !games.is_empty() && games.len() <= 2 && games.iter().all(is_game)) {
        return Some(Kind::Games);
    }
    if OUTCOMES[..2].iter().all(|(name, _)| fields.contains_key(*name)) {
        return Some(Kind::OneHot);
    }
    let is_transcript = |name: &str| fields.get(name).and_then(Value::as_str).is_some_and(|text| split(text).is_some());
    (is_transcript("chosen") && is_transcript("rejected") && !fields.contains_key("prompt")).then_some(Kind::Transcript)
}

/// What was asked, and the last answer.
fn split(text: &str) -> Option<(&str, &str)> {
    let asks = text.starts_with(ASKS) || text.starts_with(ASKS.trim_start());
    text.rsplit_once(ANSWERS).filter(|_| asks)
}

/// The row as one with a verdict, or with a prompt.
pub(super) fn row(mut fields: Fields, kind: Kind) -> Fields {
    match kind {
        Kind::OneHot => {
            let is_one = |value: &Value| {
                value == &json!(true)
                    || value.as_f64() == Some(1.0)
                    || value.as_str().is_some_and(|text| matches!(text.trim(), "1" | "1.0" | "true" | "True" | "TRUE"))
            };
            let mut said = OUTCOMES.into_iter().filter(|(name, _)| fields.get(*name).is_some_and(is_one));
            let verdict = match (said.next(), said.next()) {
                (Some((_, verdict)), None) => json!(verdict),
                (Some((first, _)), Some((second, _))) => json!(format!("both {first} and {second}")),
                (None, _) => Value::Null,
            };
            OUTCOMES.iter().for_each(|(name, _)| drop(fields.remove(*name)));
            fields.insert("verdict".to_owned(), verdict);
        }
        Kind::Games => {
            let games = fields.remove("games").and_then(|games| games.as_array().cloned()).unwrap_or_default();
            let score = |at: usize| games.get(at)?.get("score")?.as_str().map(str::to_owned);
            let other_way_round = |score: String| -> String {
                let other = |c| match c {
                    'A' => 'B',
                    'B' => 'A',
                    c => c,
                };
                score.chars().map(other).collect()
            };
            fields.insert("verdict".to_owned(), json!(score(0)));
            put(&mut fields, "verdict_swapped", score(1).map(other_way_round).map(|score| json!(score)).as_ref());
            let model = fields.get("model").cloned().unwrap_or_default();
            let baseline = fields.remove("baseline").unwrap_or_else(|| json!("baseline"));
            fields.insert("model".to_owned(), baseline);
            fields.insert("model_b".to_owned(), model);
            let asked = ["question_id", "uid"].into_iter().find_map(|name| fields.get(name).cloned());
            put(&mut fields, "prompt_id", asked.as_ref());
            let judge = fields.get("judge").cloned();
            put(&mut fields, "rater", judge.as_ref());
        }
        Kind::Transcript => {
            let parts = ["chosen", "rejected"].map(|name| fields.get(name).and_then(Value::as_str).and_then(split));
            let [Some((asked, chosen)), Some((also, rejected))] = parts else { return fields };
            // Where they part earlier, the longer question is of the chosen one.
            if asked.trim() == also.trim() {
                let asked = asked.trim();
                let bare = asked.strip_prefix(ASKS.trim_start()).unwrap_or(asked);
                let prompt = if asked.contains(ANSWERS) { asked } else { bare.trim() };
                let [prompt, chosen, rejected] = [prompt, chosen.trim(), rejected.trim()].map(|text| json!(text));
                fields.insert("prompt".to_owned(), prompt);
                fields.insert("chosen".to_owned(), chosen);
                fields.insert("rejected".to_owned(), rejected);
            }
        }
    }
    fields
}

/// Columns of verdicts that each are one rater's, and what they are called; or the list with a verdict of each.
pub(super) fn by_rater(fields: &Fields) -> Option<Vec<(String, String)>> {
    const LISTS: [&str; 6] = ["preferences", "verdicts", "votes", "winners", "choices", "human_preferences"];
    const RATERS: [&str; 8] = ["rater", "annotator", "judge", "reviewer", "worker", "evaluator", "expert", "coder"];
    let is_verdict = |value: &Value| matches!(verdict(value, &Sides::default(), None), Ok(Some(_)));
    let is_list = |value: &Value| value.as_array().is_some_and(|list| list.len() > 1 && list.iter().all(is_verdict));
    if let Some(list) = LISTS.iter().find(|name| fields.get(**name).is_some_and(is_list)) {
        return Some(vec![((*list).to_owned(), String::new())]);
    }
    let rater = |name: &String| {
        let small = name.to_lowercase();
        let word = RATERS.iter().find(|word| small.starts_with(**word))?;
        let number = small[word.len()..].trim_start_matches(['_', ' ', '-']);
        let digits = number.chars().take_while(char::is_ascii_digit).count();
        (digits > 0).then(|| format!("{word} {}", &number[..digits]))
    };
    let sides = [("a", "b"), ("A", "B"), ("1", "2"), ("left", "right")];
    let is_first = |name: &String| {
        let second = |(one, other): &(&str, &str)| {
            name.strip_suffix(one).is_some_and(|stem| fields.contains_key(&format!("{stem}{other}")))
        };
        rater(name).is_none() && sides.iter().any(second)
    };
    if !fields.keys().any(is_first) {
        return None;
    }
    let said = fields.iter().filter(|(_, value)| is_verdict(value));
    let found: Vec<(String, String)> = said.filter_map(|(name, _)| Some((name.clone(), rater(name)?))).collect();
    (found.len() > 1).then_some(found)
}

/// A row for each rater of `columns`.
pub(super) fn rows_by_rater(fields: &Fields, columns: &[(String, String)]) -> Vec<Fields> {
    let common = without(fields, |name| columns.iter().any(|(column, _)| column == name));
    let row = |rater: String, verdict: &Value| {
        let mut row = common.clone();
        row.insert("rater".to_owned(), json!(rater));
        row.insert("verdict".to_owned(), verdict.clone());
        row
    };
    let of_column = |(column, rater): &(String, String)| match fields.get(column) {
        Some(Value::Array(list)) => {
            list.iter().enumerate().map(|(at, verdict)| row(format!("rater {}", at + 1), verdict)).collect()
        }
        Some(verdict) => vec![row(rater.clone(), verdict)],
        None => Vec::new(),
    };
    columns.iter().flat_map(of_column).collect()
}

/// The list of two outputs of which a row says the number of the better one, and where it does.
pub(super) fn chosen_column(fields: &Fields) -> Option<(String, String)> {
    let is_output = |value: &Value| value.is_string() || text_of(value).is_some();
    let are_two = |value: &Value| value.as_array().is_some_and(|list| list.len() == 2 && list.iter().all(is_output));
    let outputs = super::aligned::OUTPUTS.iter().find(|name| fields.get(**name).is_some_and(are_two))?;
    let by = CHOICES.iter().find(|name| fields.get(**name).is_some_and(|it| matches!(it.as_u64(), Some(0 | 1))))?;
    Some(((*outputs).to_owned(), (*by).to_owned()))
}

fn text_of(output: &Value) -> Option<&Value> {
    super::aligned::TEXTS.iter().find_map(|name| output.get(*name).filter(|text| text.is_string()))
}

/// A row with two outputs, of which the number in `by` says the better one.
pub(super) fn chosen(fields: &Fields, column: &str, by: &str) -> Fields {
    let mut row = without(fields, |name| name == column || name == by);
    let outputs = fields.get(column).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    for (at, (text, model)) in [("response", "model"), ("response_b", "model_b")].into_iter().enumerate() {
        let output = outputs.get(at);
        put(&mut row, text, output.and_then(text_of).or(output));
        let named = ["model", "policy", "generator", "system", "name"].into_iter().find_map(|name| output?.get(name));
        row.insert(model.to_owned(), named.cloned().unwrap_or_else(|| json!(format!("output {}", at + 1))));
    }
    let verdict = match fields.get(by) {
        Some(value) if value.as_u64() == Some(0) => json!("a"),
        Some(value) if value.as_u64() == Some(1) => json!("b"),
        other => other.cloned().unwrap_or_default(),
    };
    row.insert("verdict".to_owned(), verdict);
    row
}

/// The list of outputs or of models that a row ranks: with their places beside, or in their order.
pub(super) fn ranked_column(fields: &Fields) -> Option<String> {
    let (_, places) = RANKINGS.iter().find_map(|name| fields.get_key_value(*name))?;
    let places = places.as_array().filter(|places| places.len() >= 2)?;
    let texts = |value: &Value| {
        value.as_array().is_some_and(|list| list.len() == places.len() && list.iter().all(Value::is_string))
    };
    let is_place = |place: &Value| place.as_u64().is_some_and(|place| place <= places.len() as u64);
    let outputs = super::aligned::OUTPUTS.iter().find(|name| fields.get(**name).is_some_and(texts));
    outputs.filter(|_| places.iter().all(is_place)).map(|name| (*name).to_owned())
}

/// A row for each two of the outputs in `column`.
pub(super) fn ranked(fields: &Fields, column: &str) -> Vec<Fields> {
    let list = |name: &str| fields.get(name).and_then(Value::as_array);
    let places = RANKINGS.iter().find_map(|name| list(name)).map_or(&[][..], Vec::as_slice);
    let models = list("models").map_or(&[][..], Vec::as_slice);
    let mut ranked: Vec<(u64, Value, &Value)> = list(column)
        .into_iter()
        .flatten()
        .enumerate()
        .filter_map(|(at, output)| {
            let model = models.get(at).cloned().unwrap_or_else(|| json!(format!("system {}", at + 1)));
            Some((places.get(at)?.as_u64()?, model, output))
        })
        .collect();
    ranked.sort_by_key(|(place, ..)| *place);
    let common = without(fields, |name| name == column || name == "models");
    let mut rows = Vec::new();
    for (at, (place, model, output)) in ranked.iter().enumerate() {
        for (below, worse, other) in &ranked[at + 1..] {
            let verdict = if place == below { "tie" } else { "a" };
            rows.push(pair(&common, (model, output), (worse, other), verdict));
        }
    }
    rows
}

/// A row for each two of `ranked`, names and texts with the best first.
pub(super) fn each_two(common: &Fields, ranked: &[(&Value, &Value)]) -> Vec<Fields> {
    let mut rows = Vec::new();
    for (at, better) in ranked.iter().enumerate() {
        rows.extend(ranked[at + 1..].iter().map(|worse| pair(common, *better, *worse, "a")));
    }
    rows
}

fn pair(common: &Fields, first: (&Value, &Value), second: (&Value, &Value), verdict: &str) -> Fields {
    let mut row = common.clone();
    put(&mut row, "model", Some(first.0));
    put(&mut row, "response", Some(first.1));
    put(&mut row, "model_b", Some(second.0));
    put(&mut row, "response_b", Some(second.1));
    row.insert("verdict".to_owned(), json!(verdict));
    row
}
