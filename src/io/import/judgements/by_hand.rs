//! Columns of judgements that a person names.

use crate::io::import::guess;
use crate::io::import::records::unfold::RATING;
use crate::io::import::table::Table;
use crate::model::{Field, Mapping, RatingColumn, Role};

/// The fields that only rows with two responses have.
const OF_PAIRS: [Field; 7] =
    [Field::IdB, Field::ResponseB, Field::ModelB, Field::Verdict, Field::VerdictSwapped, Field::Gold, Field::RatingB];

/// Turns `mapping` into what the named columns make of it; `there` gives those of a field that the file has. Whether
/// its rows compare two responses.
pub(in crate::io::import) fn by_hand(
    file: &str,
    table: &Table,
    mapping: &mut Mapping,
    there: impl Fn(Field) -> Vec<String>,
) -> bool {
    if OF_PAIRS.into_iter().any(|field| !there(field).is_empty()) {
        if let (Role::Wide, [first, second]) = (mapping.role, &mapping.models[..]) {
            mapping.columns.insert(Field::Response, first.clone());
            mapping.columns.insert(Field::ResponseB, second.clone());
        }
        mapping.role = Role::Preferences;
        mapping.models.clear();
        mapping.ratings.clear();
    }
    let is_pairs = mapping.role == Role::Preferences;
    let raters = there(Field::Rater);
    if !is_pairs && raters.len() > 1 {
        mapping.columns.retain(|_, column| !raters.contains(column));
        let by = |column: &String| RatingColumn {
            column: column.clone(),
            criterion: "rating".to_owned(),
            rater: Some(column.trim_start_matches(RATING).to_owned()),
            scale: None,
        };
        mapping.ratings = raters.iter().map(by).collect();
        guess::complete_ratings(table, file, mapping);
        return false;
    }
    let ratings = there(Field::Rating);
    if is_pairs || ratings.is_empty() {
        return is_pairs;
    }
    let has_response = mapping.role == Role::Responses && mapping.column(Field::Response).is_some();
    mapping.columns.retain(|_, column| !ratings.contains(column));
    mapping.ratings = ratings.iter().map(|column| guess::rating(column, None)).collect();
    if !has_response || !there(Field::Rater).is_empty() || !there(Field::Criterion).is_empty() {
        guess::complete_ratings(table, file, mapping);
    }
    false
}
