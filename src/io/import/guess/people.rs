//! Whether names of what holds ratings are those of raters, and what to say where nobody can know.

use super::super::records::unfold::RATING;
use super::super::table::{ColumnInfo, ColumnKind, Table};
use super::names::normal;
use super::pairs::tokens;
use super::ratings::{MOST_VALUES, is_named_score, rater_column};
use crate::model::{Mapping, RatingColumn, Role};

/// Words that say what is rated, beside those that are known alone.
const RATED: [&str; 12] =
    ["tone", "style", "score", "rating", "overall", "quality", "correct", "pass", "label", "safe", "help", "acc"];

/// Makes raters of the names in objects of ratings, where names that say nothing known are in some rows and not in
/// others: people do not rate everything, and criteria are asked of every response.
pub(in super::super) fn name_raters(table: &Table, mapping: &mut Mapping) {
    let columns = unknown(table, mapping);
    if columns.len() < 2 || columns.len() < mapping.ratings.len() || !columns.iter().all(|it| it.filled < it.of) {
        return;
    }
    mapping.ratings = columns
        .iter()
        .map(|column| RatingColumn {
            column: column.name.clone(),
            criterion: "rating".to_owned(),
            rater: Some(column.name.trim_start_matches(RATING).to_owned()),
            scale: None,
        })
        .collect();
}

/// Sentences on columns that may be raters as well as criteria, each with how to say which.
pub(in super::super) fn doubts(table: &Table, mapping: &Mapping, in_objects: bool) -> Vec<String> {
    let all: Vec<&ColumnInfo> = mapping.ratings.iter().filter_map(|rating| table.column(&rating.column)).collect();
    let inner: Vec<&ColumnInfo> =
        all.iter().copied().filter(|column| in_objects && column.name.starts_with(RATING)).collect();
    let differ = inner.iter().all(|column| column.filled < column.of);
    if inner.len() >= 2 && differ && mapping.ratings.iter().all(|rating| rating.rater.is_some()) {
        let names = names(&inner);
        let maps = maps("rating", &inner);
        return vec![format!(
            "{names} are taken for those who rated, for rows have different ones; if they are what was rated, say so with {maps}"
        )];
    }
    let unknown = unknown(table, mapping);
    if unknown.len() >= 2 && unknown.len() == inner.len() && !table.columns.iter().any(|column| column.name == "rater")
    {
        let maps = maps("rater", &unknown);
        return vec![format!(
            "{} are taken for what was rated; if they are those who rated, say so with {maps}",
            names(&unknown)
        )];
    }
    let people: Vec<&ColumnInfo> = mapping
        .ratings
        .iter()
        .filter(|rating| rating.rater.as_ref() == Some(&rating.column))
        .filter_map(|rating| table.column(&rating.column))
        .collect();
    if mapping.role == Role::Ratings && people.len() >= 2 && people.len() == mapping.ratings.len() {
        return vec![format!(
            "{} are taken for those who rated; if they are what was rated, say so with {}",
            names(&people),
            maps("rating", &people)
        )];
    }
    if mapping.role == Role::Responses
        && mapping.ratings.is_empty()
        && let Some(rater) = rater_column(table, mapping)
    {
        return vec![format!(
            "`{}` says who rated, and no column is recognised as what they said; name it with `--map rating=COLUMN`",
            rater.name
        )];
    }
    let free: Vec<&ColumnInfo> = table.columns.iter().filter(|column| is_free(column, mapping)).collect();
    if mapping.role != Role::Responses || !mapping.ratings.is_empty() || free.len() < 2 {
        return Vec::new();
    }
    vec![format!(
        "{} hold numbers and are kept as they are; if they are ratings, say by whom with {}, or of what with {}",
        names(&free),
        maps("rater", &free),
        maps("rating", &free)
    )]
}

fn names(columns: &[&ColumnInfo]) -> String {
    let names: Vec<String> =
        columns.iter().map(|column| format!("`{}`", column.name.trim_start_matches(RATING))).collect();
    names.join(", ")
}

fn maps(field: &str, columns: &[&ColumnInfo]) -> String {
    let of = |column: &&ColumnInfo| {
        let name = &column.name;
        if name.contains(' ') { format!("--map '{field}={name}'") } else { format!("--map {field}={name}") }
    };
    format!("`{}`", columns.iter().map(of).collect::<Vec<_>>().join(" "))
}

/// Whether it is called neither as what is rated nor as a count, and like a name: one word of letters.
pub(super) fn is_like_a_name(name: &str) -> bool {
    let says = |word: &String| RATED.contains(&word.as_str());
    name.chars().all(char::is_alphabetic) && !tokens(name).iter().any(says) && !normal(name).is_empty()
}

/// The columns from objects of ratings whose names are no known criteria.
fn unknown<'a>(table: &'a Table, mapping: &Mapping) -> Vec<&'a ColumnInfo> {
    let columns = mapping.ratings.iter().filter(|rating| rating.rater.is_none());
    let columns = columns.filter(|rating| rating.column.starts_with(RATING));
    let columns = columns.filter_map(|rating| table.column(&rating.column));
    let known = |column: &&ColumnInfo| {
        let name = column.name.trim_start_matches(RATING);
        let bare = ColumnInfo { name: name.to_owned(), ..(*column).clone() };
        is_like_a_name(name) && !is_named_score(&bare)
    };
    columns.filter(known).collect()
}

/// A column of few numbers, called as people are, that means nothing so far.
fn is_free(column: &ColumnInfo, mapping: &Mapping) -> bool {
    let starts_great = column.name.chars().next().is_some_and(char::is_uppercase);
    !column.nested
        && column.kind == ColumnKind::Number
        && column.keys.len() <= MOST_VALUES.min(11)
        && starts_great
        && is_like_a_name(column.name.trim_end_matches(|c: char| c.is_ascii_digit()))
        && !mapping.columns.values().any(|taken| *taken == column.name)
}
