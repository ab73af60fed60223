//! Columns that rate: scores beside outputs, and what raters say of responses.

use super::super::judgements;
use super::super::table::{ColumnInfo, ColumnKind, Table};
use super::model_of_file;
use super::names::{self, find, normal};
use super::pairs::tokens;
use super::preferences::judgements_time;
use super::rated_names::{EMPTY, NOT, QUALITIES, SCORES};
use super::rater_columns::{of_raters, people_alone};
use crate::model::{Field, Mapping, RatingColumn, RatingScale, Role};

/// More different values than this are no ratings of people.
pub(super) const MOST_VALUES: usize = 25;

/// Adds to `mapping`, which says what the outputs of `file` are, who rates them and where.
pub(super) fn add(table: &Table, file: &str, mapping: &mut Mapping) {
    if matches!(mapping.role, Role::Wide | Role::Models) {
        return;
    }
    let has_response = mapping.column(Field::Response).is_some();
    let taken: Vec<&str> = mapping.columns.values().map(String::as_str).collect();
    let free: Vec<&ColumnInfo> =
        table.columns.iter().filter(|column| !taken.contains(&column.name.as_str()) || is_score(column)).collect();
    let rater = rater_column(table, mapping);
    let lists = lists(&free);
    let mut by_rater = of_raters(&free);
    if by_rater.is_empty() && lists.is_empty() && rater.is_none() {
        by_rater = people_alone(table, mapping, &free);
    }
    if rater.is_none() && lists.is_empty() && by_rater.is_empty() {
        let own: Vec<&ColumnInfo> = free.iter().copied().filter(|column| !column.nested && is_score(column)).collect();
        let inner = || free.iter().copied().filter(|column| is_said_inside(column) && is_score(column)).collect();
        let scores = if own.is_empty() { inner() } else { own };
        if has_response && !scores.is_empty() {
            scores_of_outputs(mapping, &scores);
        }
        return;
    }
    let ratings = if !lists.is_empty() {
        lists
    } else if !by_rater.is_empty() {
        by_rater
    } else {
        rated_by(rater, &free, mapping)
    };
    if ratings.is_empty() {
        return;
    }
    let before = mapping.clone();
    mapping.ratings = ratings;
    complete_ratings(table, file, mapping);
    let names_what = [Field::Response, Field::Id, Field::PromptId, Field::Prompt];
    if !names_what.into_iter().any(|field| mapping.column(field).is_some()) {
        *mapping = before;
    }
}

/// Whether a column stands inside of what a judge said: `evaluation.score`.
fn is_said_inside(column: &ColumnInfo) -> bool {
    const AROUND: [&str; 10] = [
        "eval",
        "evaluation",
        "judgement",
        "judgment",
        "judge",
        "grade",
        "grading",
        "feedback",
        "annotation",
        "review",
    ];
    let parts = column.name.split_once('.');
    column.nested
        && parts.is_some_and(|(around, inner)| AROUND.contains(&normal(around).as_str()) && !inner.contains('.'))
}

/// Scores that came with outputs: their reviewer is called after the one, or after what they are.
fn scores_of_outputs(mapping: &mut Mapping, scores: &[&ColumnInfo]) {
    let ratings = scores.iter().map(|column| rating(&column.name, None));
    mapping.ratings = ratings.collect();
    mapping.columns.retain(|_, column| !scores.iter().any(|score| score.name == *column));
    mapping.rater = Some(match mapping.ratings.as_slice() {
        [only] => only.criterion.clone(),
        _ => "scores".to_owned(),
    });
}

/// Who rated, as a column of the file says it.
pub(super) fn rater_column<'a>(table: &'a Table, mapping: &Mapping) -> Option<&'a ColumnInfo> {
    let taken: Vec<&str> = mapping.columns.values().map(String::as_str).collect();
    find(table, names::RATER, |column| {
        !matches!(column.kind, ColumnKind::Empty | ColumnKind::Bool)
            && !taken.contains(&column.name.as_str())
            && !column.nested
    })
}

/// Turns a mapping of outputs, to which columns of ratings were added, into one of rows that rate.
pub(in super::super) fn complete_ratings(table: &Table, file: &str, mapping: &mut Mapping) {
    let rater = rater_column(table, mapping);
    if mapping.role == Role::Prompts
        && let Some(id) = mapping.columns.remove(&Field::Id)
    {
        mapping.columns.insert(Field::PromptId, id);
    }
    let rated: Vec<String> = mapping.ratings.iter().map(|rating| rating.column.clone()).collect();
    let is_free = |column: &ColumnInfo| !rated.contains(&column.name) && !column.nested;
    mapping.role = Role::Ratings;
    mapping.models.clear();
    mapping.columns.retain(|_, column| !rated.contains(column));
    if mapping.column(Field::Response).is_none() {
        let text = find(table, names::RATED, |column| column.kind == ColumnKind::Text && is_free(column));
        // What is called a text is what is rated, and not what was asked.
        mapping.columns.retain(|field, column| *field != Field::Prompt || text.is_none_or(|text| text.name != *column));
        if let Some(text) = text {
            mapping.columns.insert(Field::Response, text.name.clone());
        }
    }
    let mut set = |field: Field, column: Option<&ColumnInfo>| {
        if let Some(column) = column.filter(|column| is_free(column)) {
            mapping.columns.entry(field).or_insert_with(|| column.name.clone());
        }
    };
    set(Field::Rater, rater);
    if rated.len() == 1 {
        set(
            Field::Criterion,
            find(table, names::CRITERION, |column| column.kind == ColumnKind::Text && column.keys.len() <= 60),
        );
    }
    set(Field::Reason, find(table, names::REASON, |column| column.kind == ColumnKind::Text));
    set(Field::Model, find(table, names::MODEL, |column| column.kind == ColumnKind::Text));
    set(Field::PromptId, find(table, names::PROMPT_ID, |_| true));
    set(Field::Turn, find(table, names::TURN, |column| column.kind == ColumnKind::Number));
    set(Field::Time, find(table, names::TIME, judgements_time));
    set(Field::Seconds, find(table, names::SECONDS, |column| column.kind == ColumnKind::Number));
    set(Field::IsGold, find(table, names::IS_GOLD, |column| column.kind == ColumnKind::Bool));
    ids(table, mapping, &rated);
    judge_template(mapping);
    if mapping.column(Field::Model).is_none() {
        mapping.model = Some(model_of_file(file));
    }
    if mapping.column(Field::Rater).is_none() {
        mapping.rater = Some(model_of_file(file));
    }
}

/// The id of what is rated: the response's where it has no text, the prompt's where it has.
fn ids(table: &Table, mapping: &mut Mapping, rated: &[String]) {
    let taken: Vec<String> = mapping.columns.values().cloned().collect();
    let is_id = |column: &&ColumnInfo| {
        is_called_id(&column.name) && !column.nested && !taken.contains(&column.name) && !rated.contains(&column.name)
    };
    // A number for every row is the row's own; what comes again is what several rate.
    let comes_again = |column: &&ColumnInfo| (column.keys.len() as u64) < column.filled;
    if let Some(id) = mapping.columns.remove(&Field::Id) {
        let column = table.column(&id);
        let own = names::ID[..2].iter().any(|name| normal(name) == normal(&id));
        if own || mapping.column(Field::Rater).is_none() || column.is_some_and(|column| comes_again(&column)) {
            mapping.columns.insert(Field::Id, id);
        }
    }
    let is_named = [Field::PromptId, Field::Id].into_iter().any(|field| mapping.column(field).is_some());
    if !is_named {
        let has_rater = mapping.column(Field::Rater).is_some();
        let own = find(table, names::ID, |column| is_id(&column)).filter(|column| !has_rater || comes_again(column));
        let item = own.or_else(|| table.columns.iter().filter(is_id).find(|column| !has_rater || comes_again(column)));
        let field = match mapping.column(Field::Response) {
            Some(_) if mapping.column(Field::Prompt).is_none() => Field::PromptId,
            _ => Field::Id,
        };
        if let Some(item) = item {
            mapping.columns.insert(field, item.name.clone());
        }
    }
}

pub(super) fn is_called_id(name: &str) -> bool {
    const WORDS: [&str; 9] = ["idx", "item", "doc", "sample", "example", "no", "nr", "unit", "segment"];
    normal(name).ends_with("id") || tokens(name).last().is_some_and(|token| WORDS.contains(&token.as_str()))
}

/// What a judge was asked is not what the model was asked.
fn judge_template(mapping: &mut Mapping) {
    let asked = mapping.column(Field::Prompt).map(normal);
    if mapping.column(Field::PromptId).is_some() && asked.as_deref() == Some("userprompt") {
        mapping.columns.remove(&Field::Prompt);
    }
}

/// The columns that the rater of a row fills.
fn rated_by(rater: Option<&ColumnInfo>, free: &[&ColumnInfo], mapping: &Mapping) -> Vec<RatingColumn> {
    let Some(rater) = rater else { return Vec::new() };
    let mapped: Vec<&str> = [Field::Response, Field::Prompt, Field::PromptId, Field::Model, Field::Id]
        .into_iter()
        .filter_map(|field| mapping.column(field))
        .collect();
    let fits = |column: &&&ColumnInfo| {
        column.name != rater.name && !column.nested && !mapped.contains(&column.name.as_str()) && rates(column)
    };
    free.iter().filter(fits).map(|column| rating(&column.name, None)).collect()
}

/// Whether a column holds ratings, as far as names and values show.
fn rates(column: &ColumnInfo) -> bool {
    let tokens = tokens(&column.name);
    if tokens.iter().any(|token| NOT.contains(&token.as_str())) {
        return false;
    }
    let few = column.keys.len() <= MOST_VALUES;
    match column.kind {
        ColumnKind::Bool => true,
        ColumnKind::Number => few || is_score(column),
        ColumnKind::Text | ColumnKind::Mixed => {
            are_words(column) && {
                is_yes_no(column) || is_named_score(column) || judgements::are_of_one_scale(&column.keys)
            }
        }
        _ => false,
    }
}

fn are_words(column: &ColumnInfo) -> bool {
    column.filled > 0 && column.mean_chars <= 25.0 && column.keys.len() <= 12
}

pub(super) fn is_yes_no(column: &ColumnInfo) -> bool {
    use crate::io::import::judgements::{Rated, rating};
    column.keys.iter().all(|key| {
        let value = serde_json::Value::String(key.clone());
        matches!(rating(&value), Rated::Nothing | Rated::YesNo(_) | Rated::Number(_))
    })
}

/// Whether a column is called what scores are called, and can be one.
fn is_score(column: &ColumnInfo) -> bool {
    let is_label = normal(&column.name) == "label";
    is_named_score(column)
        && match column.kind {
            ColumnKind::Bool => true,
            ColumnKind::Number => !is_label,
            ColumnKind::Text | ColumnKind::Mixed => {
                !is_label && are_words(column) && (is_yes_no(column) || judgements::are_of_one_scale(&column.keys))
            }
            _ => false,
        }
}

/// Whether a column is called what scores are called, at the end of its path.
pub(super) fn is_named_score(column: &ColumnInfo) -> bool {
    is_quality(&column.name)
}

/// Whether something is called what scores are called, at the end of its path.
pub(in super::super) fn is_quality(name: &str) -> bool {
    let name = name.rsplit('.').next().unwrap_or(name);
    let name = normal(scale_in(name).map_or(name, |(name, _)| name));
    SCORES.iter().chain(QUALITIES).any(|known| normal(known) == name)
}

/// A name without the scale that stands in brackets at its end, and that scale: `tone (1-5)`.
fn scale_in(name: &str) -> Option<(&str, RatingScale)> {
    let inner = name.trim_end().strip_suffix([')', ']'])?;
    let at = inner.rfind(['(', '['])?;
    let (least, most) = inner[at + 1..].split_once(['-', '–']).or_else(|| inner[at + 1..].split_once(".."))?;
    let scale = RatingScale::parse(&format!("{}..{}", least.trim(), most.trim()))?;
    let name = name[..at].trim_end();
    (!name.is_empty()).then_some((name, scale))
}

/// Lists with a rating of each rater.
fn lists(free: &[&ColumnInfo]) -> Vec<RatingColumn> {
    let holds_ratings = |column: &&&ColumnInfo| {
        let name = format!("{}[0]", column.name);
        let first = free.iter().find(|other| other.name == name);
        let words = tokens(&column.name);
        let is_named = words.iter().any(|word| {
            ["score", "scores", "rating", "ratings", "annotations", "labels", "votes", "judgments", "judgements"]
                .contains(&word.as_str())
                || QUALITIES.contains(&word.as_str())
        });
        column.kind == ColumnKind::List
            && is_named
            && !is_of_steps(column, free)
            && !words.iter().any(|word| NOT.contains(&word.as_str()))
            && first.is_some_and(|first| rates_alone(first))
    };
    free.iter().filter(holds_ratings).map(|column| rating(&column.name, None)).collect()
}

/// Whether a list has a label of each step beside it, and not one of each rater.
fn is_of_steps(column: &ColumnInfo, free: &[&ColumnInfo]) -> bool {
    let steps = |other: &&ColumnInfo| {
        other.kind == ColumnKind::List
            && ["completions", "steps", "solutionsteps", "reasoningsteps"].contains(&normal(&other.name).as_str())
    };
    tokens(&column.name).iter().any(|word| word == "labels") && free.iter().copied().any(|other| steps(&other))
}

/// [`rates`] of a value without a telling name.
pub(super) fn rates_alone(column: &ColumnInfo) -> bool {
    match column.kind {
        ColumnKind::Bool | ColumnKind::Number => column.keys.len() <= MOST_VALUES,
        ColumnKind::Text => are_words(column),
        _ => false,
    }
}

/// A column of ratings, whose criterion is called after it.
pub(in super::super) fn rating(column: &str, rater: Option<String>) -> RatingColumn {
    let (name, scale) = scale_in(column).map_or((column, None), |(name, scale)| (name, Some(scale)));
    RatingColumn { column: column.to_owned(), criterion: criterion(name), rater, scale }
}

/// What a column rates: its name, or the last part of its path that says something.
fn criterion(column: &str) -> String {
    let parts: Vec<&str> = column.split(['.', '[', ']']).filter(|part| !part.is_empty()).collect();
    let says = |part: &&&str| {
        let tokens = tokens(part);
        !tokens.iter().all(|token| EMPTY.contains(&token.as_str()) || token.chars().all(|c| c.is_ascii_digit()))
    };
    let name = parts.iter().rev().find(says).or(parts.last()).copied().unwrap_or(column);
    name.replace('_', " ").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::criterion;

    #[test]
    fn a_criterion_is_called_after_its_column() {
        let check = |column: &str, expected: &str| assert_eq!(criterion(column), expected);
        check("is_factual", "is factual");
        check("annotations.grammar.individual_human_scores", "grammar");
        check("score", "score");
        assert_eq!(super::rating("Tone of voice (1-7)", None).criterion, "Tone of voice");
        assert_eq!(super::rating("Tone [0–10]", None).scale.unwrap().to_string(), "0..10");
        check("scores[0].value", "value");
    }
}
