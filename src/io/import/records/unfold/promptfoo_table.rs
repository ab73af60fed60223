//! The table of outputs in results of promptfoo: a head of prompts and variables, and a row for each test.

use super::promptfoo::{LONGEST, provider, reason, template, variables, verdict};
use super::{Fields, RATING, put};
use serde_json::{Value, json};

/// The head of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super::super) struct Head {
    /// What each column of outputs is called, as a model.
    models: Vec<String>,
    /// The names of variables.
    vars: Vec<String>,
}

/// Reads a head; `None` where it is none.
pub(super) fn head(head: &Value) -> Option<Head> {
    let prompts = head.get("prompts")?.as_array()?;
    let vars = head.get("vars")?.as_array()?.iter();
    let providers: Vec<Option<String>> = prompts.iter().map(|prompt| provider(prompt.as_object()?)).collect();
    let templates: Vec<Option<String>> =
        prompts.iter().map(|prompt| template(json!({"prompt": prompt}).as_object()?)).collect();
    let differ = |names: &[Option<String>]| names.iter().any(|name| *name != names[0]);
    let (by_provider, by_prompt) = (differ(&providers), differ(&templates));
    let name = |at: usize| {
        let number = format!("prompt {}", at + 1);
        let is_long = |prompt: &String| prompt.chars().count() > LONGEST || prompt.contains('\n');
        let prompt = templates[at].clone().map(|prompt| if is_long(&prompt) { number.clone() } else { prompt });
        let parts = [providers[at].clone().filter(|_| by_provider || !by_prompt), prompt.filter(|_| by_prompt)];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        if parts.is_empty() { number } else { parts.join(" · ") }
    };
    Some(Head {
        models: (0..prompts.len()).map(name).collect(),
        vars: vars.map(|name| name.as_str().map_or_else(|| name.to_string(), str::to_owned)).collect(),
    })
}

/// A row of the body, as a row for each output.
pub(super) fn rows(body: &Fields, head: &Head) -> Vec<Fields> {
    let list = |name: &str| body.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    let vars: Fields = head.vars.iter().cloned().zip(list("vars").iter().cloned()).collect();
    let asked = variables(&Value::Object(vars));
    let row = |(at, output): (usize, &Value)| {
        let mut row = Fields::new();
        let number = || format!("prompt {}", at + 1);
        row.insert("model".to_owned(), json!(head.models.get(at).cloned().unwrap_or_else(number)));
        row.insert("prompt".to_owned(), asked.clone());
        let text = output.get("text").or_else(|| output.get("output"));
        match (output.as_str().and_then(verdict), text) {
            (Some((passed, score, text)), _) => {
                row.insert("response".to_owned(), json!(text));
                row.insert(format!("{RATING}pass"), json!(passed));
                put(&mut row, &format!("{RATING}score"), score.map(|score| json!(score)).as_ref());
            }
            (None, text) => {
                put(&mut row, "response", text.or(Some(output)));
                put(&mut row, &format!("{RATING}pass"), output.get("pass"));
                put(&mut row, &format!("{RATING}score"), output.get("score"));
                for (name, value) in output.get("namedScores").and_then(Value::as_object).into_iter().flatten() {
                    put(&mut row, &format!("{RATING}{name}"), Some(value));
                }
                put(&mut row, "reason", reason(output.get("gradingResult"), output.get("error")));
            }
        }
        for name in ["prompt", "provider", "latencyMs", "cost", "tokenUsage"] {
            put(&mut row, &if name == "prompt" { "as sent".to_owned() } else { name.to_owned() }, output.get(name));
        }
        row
    };
    list("outputs").iter().enumerate().map(row).collect()
}
