//! Wide rows with a score beside each model's output: `gpt_response`, `gpt_score`, `claude_response`, `claude_score`.

use super::{Fields, RATING, put, without};
use serde_json::{Value, json};

/// How columns with outputs end.
const TEXTS: [&str; 5] = ["response", "output", "answer", "completion", "generation"];
/// How columns with ratings end.
const SCORES: [&str; 5] = ["score", "rating", "grade", "correct", "passed"];
/// What tells the two of a pair apart, and is no model's name.
const SIDES: [&str; 14] =
    ["a", "b", "1", "2", "left", "right", "first", "second", "chosen", "rejected", "winner", "loser", "model", "human"];

/// The name before a column's last word, where that is one of `words`, or after its first.
fn before<'a>(column: &'a str, words: &[&str]) -> Option<&'a str> {
    const BETWEEN: [char; 4] = ['_', ' ', '.', '-'];
    let is = |word: &&str| words.contains(&word.to_lowercase().as_str());
    let last = column.rsplit_once(BETWEEN).filter(|(_, word)| is(word)).map(|(name, _)| name);
    let name = last.or_else(|| column.split_once(BETWEEN).filter(|(word, _)| is(word)).map(|(_, name)| name))?;
    let is_side = SIDES.contains(&name.to_lowercase().as_str());
    (!name.is_empty() && !is_side && !name.chars().all(|c| c.is_ascii_digit())).then_some(name)
}

/// The models of a row, where two or more have an output and a score.
pub(super) fn models(fields: &Fields) -> Option<Vec<String>> {
    let has_score = |model: &str| fields.keys().any(|name| before(name, &SCORES) == Some(model));
    let outputs = fields.iter().filter(|(_, value)| value.is_string());
    let mut models: Vec<String> = outputs
        .filter_map(|(name, _)| before(name, &TEXTS))
        .filter(|model| has_score(model))
        .map(str::to_owned)
        .collect();
    models.dedup();
    (models.len() >= 2).then_some(models)
}

/// A row for each of `models`, with what no model's columns hold in all of them.
pub(super) fn rows(fields: &Fields, models: &[String]) -> Vec<Fields> {
    let of = |name: &str, ends: &[&str], model: &String| before(name, ends) == Some(model.as_str());
    let is_own = |name: &str| models.iter().any(|model| of(name, &TEXTS, model) || of(name, &SCORES, model));
    let common = without(fields, is_own);
    let row = |model: &String| {
        let mut row = common.clone();
        // An id beside a prompt is the prompt's: each of the rows has it.
        if let Some(id) = row.remove("id") {
            row.insert("prompt_id".to_owned(), id);
        }
        row.insert("model".to_owned(), json!(model));
        let response: Option<(&String, &Value)> = fields.iter().find(|(name, _)| of(name, &TEXTS, model));
        put(&mut row, "response", response.map(|(_, value)| value));
        for (name, value) in fields.iter().filter(|(name, _)| of(name, &SCORES, model)) {
            let rated = SCORES.iter().find(|score| before(name, &[score]).is_some()).copied().unwrap_or("score");
            put(&mut row, &format!("{RATING}{rated}"), Some(value));
        }
        row
    };
    models.iter().map(row).collect()
}
