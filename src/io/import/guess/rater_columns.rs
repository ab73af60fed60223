//! Columns that each hold what one rater said.

use super::super::judgements;
use super::super::table::{ColumnInfo, ColumnKind, Table};
use super::names::normal;
use super::pairs::tokens;
use super::people::is_like_a_name;
use super::rated_names::{EMPTY, QUALITIES, RATERS, SCORES};
use super::ratings::{is_called_id, is_named_score, is_yes_no, rates_alone};
use crate::model::{Field, Mapping, RatingColumn};

/// Columns that each hold one rater's ratings, of one criterion or of several.
pub(super) fn of_raters(free: &[&ColumnInfo]) -> Vec<RatingColumn> {
    let mut found = Vec::new();
    for column in free.iter().filter(|column| !column.nested && rates_alone(column)) {
        let tokens = tokens(&column.name);
        let Some(at) = tokens.iter().position(|token| RATERS.contains(&token.as_str())) else { continue };
        let Some(number) =
            tokens.get(at + 1).filter(|next| next.chars().all(|c| c.is_ascii_digit()) || next.len() == 1)
        else {
            continue;
        };
        let rater = format!("{} {number}", tokens[at]);
        let rest: Vec<&str> = tokens
            .iter()
            .enumerate()
            .filter(|(index, token)| *index != at && *index != at + 1 && !EMPTY.contains(&token.as_str()))
            .map(|(_, token)| token.as_str())
            .collect();
        let criterion = if rest.is_empty() { "rating".to_owned() } else { rest.join(" ") };
        found.push(RatingColumn { column: column.name.clone(), criterion, rater: Some(rater), scale: None });
    }
    if found.len() >= 2 { found } else { numbered(free) }
}

/// Columns by the names or numbers of people, in a table that holds nothing but an id beside them.
pub(super) fn people_alone(table: &Table, mapping: &Mapping, free: &[&ColumnInfo]) -> Vec<RatingColumn> {
    let own: Vec<&ColumnInfo> = table.columns.iter().filter(|column| !column.nested).collect();
    let (people, others): (Vec<&ColumnInfo>, Vec<&ColumnInfo>) = own.into_iter().partition(|column| {
        let one = free.iter().any(|other| other.name == column.name);
        let values =
            column.kind == ColumnKind::Number || judgements::are_of_one_scale(&column.keys) || is_yes_no(column);
        one && values
            && rates_alone(column)
            && !is_called_id(&column.name)
            && is_somebody(&column.name)
            && !is_named_score(column)
    });
    let only_an_id = matches!(others.as_slice(), [id] if is_called_id(&id.name));
    if people.len() < 2 || !only_an_id || mapping.column(Field::Response).is_some() {
        return Vec::new();
    }
    let name = |column: &ColumnInfo| {
        if is_number(&column.name) { format!("rater {}", column.name) } else { column.name.clone() }
    };
    let column = |column: &&ColumnInfo| RatingColumn {
        column: column.name.clone(),
        criterion: "rating".to_owned(),
        rater: Some(name(column)),
        scale: None,
    };
    people.iter().map(column).collect()
}

fn is_number(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_digit())
}

fn is_somebody(name: &str) -> bool {
    is_like_a_name(name) || is_number(name)
}

/// Columns called as what is rated and a number, two or more of each: `fluency_1`, `fluency_2`.
fn numbered(free: &[&ColumnInfo]) -> Vec<RatingColumn> {
    let own = free.iter().filter(|column| !column.nested && rates_alone(column));
    let parts = own.filter_map(|column| {
        let tokens = tokens(&column.name);
        let (number, stem) = tokens.split_last()?;
        let is_number = number.chars().all(|c| c.is_ascii_digit());
        let stem = stem.join(" ");
        let is_known = SCORES.iter().chain(QUALITIES).any(|known| normal(known) == normal(&stem)) && stem != "label";
        (is_number && is_known).then(|| (column.name.clone(), stem, format!("rater {number}")))
    });
    let parts: Vec<(String, String, String)> = parts.collect();
    let again = |stem: &str| parts.iter().filter(|(_, other, _)| other == stem).count() > 1;
    let column = |(column, stem, rater): &(String, String, String)| RatingColumn {
        column: column.clone(),
        criterion: stem.clone(),
        rater: Some(rater.clone()),
        scale: None,
    };
    parts.iter().filter(|(_, stem, _)| again(stem)).map(column).collect()
}
