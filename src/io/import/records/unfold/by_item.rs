//! A row for each rater, with a column for each thing they rated: `rater,item 1,item 2`.

use super::{Fields, RATING};
use crate::io::import::judgements::{Rated, rating};
use serde_json::{Value, json};

/// What the column of raters is called.
const RATERS: [&str; 9] =
    ["rater", "annotator", "coder", "judge", "reviewer", "observer", "worker", "participant", "respondent"];
/// What things that are rated are called, before their number.
const ITEMS: [&str; 12] =
    ["item", "unit", "q", "question", "doc", "document", "sample", "s", "u", "case", "example", "response"];

/// Whether a row is one rater's.
pub(super) fn is_row(fields: &Fields) -> bool {
    let mut names = fields.keys();
    let is_rater = names.next().is_some_and(|name| {
        let name = name.trim().to_lowercase();
        let name = name.trim_end_matches(['_', ' ']).trim_end_matches("id").trim_end_matches(['_', ' ']);
        RATERS.contains(&name)
    });
    let is_word = |value: &Value| value.as_str().is_none_or(|text| text.chars().count() <= 20);
    is_rater && fields.len() > 2 && names.all(|name| is_item(name)) && fields.values().skip(1).all(is_word)
}

fn is_item(name: &str) -> bool {
    let name = name.trim().to_lowercase();
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_known = |stem: &str| stem.is_empty() || ITEMS.contains(&stem);
    stem.len() < name.len() && is_known(stem.trim_end_matches(['_', ' ', '-']))
}

/// A row for each thing that was rated.
pub(super) fn rows(fields: &Fields) -> Vec<Fields> {
    let rater = fields.values().next().cloned().unwrap_or_default();
    let row = |(name, value): (&String, &Value)| {
        let id = if name.trim().chars().all(|c| c.is_ascii_digit()) { format!("item {name}") } else { name.clone() };
        Fields::from_iter([
            ("rater".to_owned(), rater.clone()),
            ("id".to_owned(), json!(id)),
            (format!("{RATING}rating"), value.clone()),
        ])
    };
    let is_said = |(_, value): &(&String, &Value)| !matches!(rating(value), Rated::Nothing);
    fields.iter().skip(1).filter(is_said).map(row).collect()
}
