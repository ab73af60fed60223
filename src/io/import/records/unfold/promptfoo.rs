//! Results of promptfoo: its JSON and its table.

use super::super::{Record, json};
use super::{Fields, RATING, put, without};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::ops::ControlFlow;

/// What tells the outputs of one test apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super::super) struct Naming {
    by_provider: bool,
    by_prompt: bool,
    /// Names of prompts that are too long for one, by their template.
    names: BTreeMap<String, String>,
}

/// A longer prompt is called by its number.
pub(super) const LONGEST: usize = 60;

/// Looks through the results whose list is at `start`; `None` where they are none.
pub(super) fn naming(bytes: &[u8], start: usize) -> Option<Naming> {
    let (mut providers, mut prompts): (Vec<String>, Vec<String>) = Default::default();
    let mut is_one = true;
    let _ = json::read(bytes, start, Some(b']'), &mut |record| {
        let Record::Row(row) = record else { return ControlFlow::Continue(()) };
        is_one &= row.fields.contains_key("prompt")
            && row.fields.contains_key("success")
            && (row.fields.contains_key("vars")
                || row.fields.contains_key("response")
                || row.fields.contains_key("provider"));
        let note = |list: &mut Vec<String>, name: Option<String>| {
            list.extend(name.filter(|name| !list.contains(name)));
        };
        note(&mut providers, provider(&row.fields));
        note(&mut prompts, template(&row.fields));
        if is_one { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    if !is_one || prompts.is_empty() {
        return None;
    }
    let long =
        prompts.iter().enumerate().filter(|(_, prompt)| prompt.chars().count() > LONGEST || prompt.contains('\n'));
    Some(Naming {
        by_prompt: prompts.len() > 1,
        by_provider: providers.len() > 1 || prompts.len() == 1,
        names: long.map(|(at, prompt)| (prompt.clone(), format!("prompt {}", at + 1))).collect(),
    })
}

pub(super) fn provider(fields: &Fields) -> Option<String> {
    let provider = fields.get("provider")?;
    let named =
        ["label", "id"].into_iter().filter_map(|name| provider.get(name)?.as_str()).find(|name| !name.is_empty());
    named.or_else(|| provider.as_str()).map(str::to_owned)
}

/// The prompt before its variables are put in.
pub(super) fn template(fields: &Fields) -> Option<String> {
    let prompt = fields.get("prompt")?;
    let named = ["label", "display", "raw"].into_iter().find_map(|name| prompt.get(name)?.as_str());
    named.or_else(|| prompt.as_str()).map(str::to_owned)
}

/// A result as a row.
pub(super) fn row(mut result: Fields, naming: &Naming) -> Fields {
    let mut row = Fields::new();
    let template = template(&result);
    let name = template.map(|template| naming.names.get(&template).cloned().unwrap_or(template));
    let parts = [provider(&result).filter(|_| naming.by_provider), name.filter(|_| naming.by_prompt)];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if !parts.is_empty() {
        row.insert("model".to_owned(), json!(parts.join(" · ")));
    }
    let raw = result.get("prompt").and_then(|prompt| prompt.get("raw").or(Some(prompt))).cloned();
    // Prompts that are compared answer the same test: what they share are its variables.
    let prompt = if naming.by_prompt { result.get("vars").map(variables).or(raw) } else { raw };
    put(&mut row, "prompt", prompt.as_ref());
    let output = result.get("response").map(|response| response.get("output").unwrap_or(response).clone());
    put(&mut row, "response", output.as_ref());
    put(&mut row, &format!("{RATING}pass"), result.get("success"));
    put(&mut row, &format!("{RATING}score"), result.get("score"));
    for (name, value) in result.get("namedScores").and_then(Value::as_object).into_iter().flatten() {
        put(&mut row, &format!("{RATING}{name}"), Some(value));
    }
    put(&mut row, "reason", reason(result.get("gradingResult"), result.get("error")));
    for taken in ["response", "success", "score", "namedScores", "gradingResult"] {
        result.remove(taken);
    }
    result.remove("prompt").into_iter().for_each(|prompt| drop(row.insert("as sent".to_owned(), prompt)));
    row.extend(result.into_iter().filter(|(name, _)| name != "model" && name != "reason"));
    row
}

/// Why it passed or not.
pub(super) fn reason<'a>(grading: Option<&'a Value>, error: Option<&'a Value>) -> Option<&'a Value> {
    let reason = grading.and_then(|grading| grading.get("reason"));
    reason.or(error).filter(|reason| reason.is_string())
}

/// Variables as a prompt: the one there is, or each with its name.
pub(super) fn variables(vars: &Value) -> Value {
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match vars.as_object() {
        Some(vars) if vars.len() == 1 => vars.values().next().map_or(Value::Null, |value| json!(text(value))),
        Some(vars) => {
            let lines: Vec<String> = vars.iter().map(|(name, value)| format!("{name}: {}", text(value))).collect();
            json!(lines.join("\n"))
        }
        None => vars.clone(),
    }
}

/// What a cell of promptfoo's table begins with: passed, score.
pub(super) fn verdict(cell: &str) -> Option<(bool, Option<f64>, &str)> {
    let (passed, rest) = match cell {
        cell if cell.starts_with("[PASS]") => (true, &cell[6..]),
        cell if cell.starts_with("[FAIL]") => (false, &cell[6..]),
        cell if cell.starts_with("[ERROR]") => (false, &cell[7..]),
        _ => return None,
    };
    let rest = rest.trim_start_matches(' ');
    let score = rest.strip_prefix('(').and_then(|rest| rest.split_once(')'));
    let score = score.and_then(|(number, rest)| Some((number.parse::<f64>().ok()?, rest)));
    Some(match score {
        Some((score, rest)) => (passed, Some(score), rest.strip_prefix(' ').unwrap_or(rest)),
        None => (passed, None, rest),
    })
}

/// The columns with outputs of a row of promptfoo's table; `None` where it is none.
pub(super) fn outputs_of_table(fields: &Fields) -> Option<Vec<String>> {
    let outputs: Vec<String> = fields
        .iter()
        .filter(|(_, cell)| cell.as_str().is_some_and(|cell| verdict(cell).is_some()))
        .map(|(name, _)| name.clone())
        .collect();
    (!outputs.is_empty()).then_some(outputs)
}

/// A row of the table, as a row for each output.
pub(super) fn rows_of_table(fields: &Fields, outputs: &[String]) -> Vec<Fields> {
    let vars = without(fields, |name| outputs.iter().any(|output| output == name));
    let prompt = variables(&Value::Object(vars.clone()));
    let named: Vec<String> = outputs.iter().map(|name| header(name)).collect();
    let row = |(column, name): (&String, &String)| {
        let cell = fields.get(column)?.as_str()?;
        let (passed, score, rest) = verdict(cell)?;
        // What failed says why before the output.
        let (reason, output) = match rest.split_once("\n---\n") {
            Some((reason, output)) if !passed => (Some(reason), output),
            _ => (None, rest),
        };
        let mut row = Fields::new();
        row.insert("model".to_owned(), json!(name));
        row.insert("prompt".to_owned(), prompt.clone());
        row.insert("response".to_owned(), json!(output));
        row.insert(format!("{RATING}pass"), json!(passed));
        put(&mut row, &format!("{RATING}score"), score.map(|score| json!(score)).as_ref());
        put(&mut row, "reason", reason.map(|reason| json!(reason)).as_ref());
        row.extend(vars.clone().into_iter().filter(|(name, _)| !row_has(name)));
        Some(row)
    };
    outputs.iter().zip(&named).filter_map(row).collect()
}

/// Whether a variable is called like a column that rows have anyway.
fn row_has(name: &str) -> bool {
    matches!(name, "model" | "prompt" | "response" | "reason")
}

/// The name in a cell of the header, which may hold JSON.
fn header(name: &str) -> String {
    let parsed: Option<Value> = serde_json::from_str(name).ok();
    let named = parsed.as_ref().and_then(|value| {
        ["label", "display", "raw"].into_iter().find_map(|key| value.get(key)?.as_str()).map(str::to_owned)
    });
    named.unwrap_or_else(|| name.to_owned())
}
