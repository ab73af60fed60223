//! Rows that compare two responses.

use super::super::judgements::{self, Sides};
use super::super::table::{ColumnInfo, ColumnKind, Table};
use super::names::{self, find, normal};
use super::pairs::{Kind, pairs, tokens};
use super::{can_be_prompt, model_of_file};
use crate::model::{Coding, Field, Mapping, Role};
use serde_json::Value;

/// What `table`, a file called `file`, means as a file of preferences; `None` where it is none.
pub(super) fn guess(table: &Table, file: &str) -> Option<Mapping> {
    let pairs = pairs(table);
    let of = |kind: Kind| pairs.iter().find(|pair| pair.kind == kind);
    let (responses, models, ids) = (of(Kind::Responses), of(Kind::Models), of(Kind::Ids));
    let named = responses.or(ids).or(models)?;
    let mut mapping = Mapping { role: Role::Preferences, ..Mapping::default() };
    for (pair, first, second) in [
        (responses, Field::Response, Field::ResponseB),
        (models, Field::Model, Field::ModelB),
        (ids, Field::Id, Field::IdB),
        (of(Kind::Verdicts), Field::Verdict, Field::VerdictSwapped),
        (of(Kind::Reasons), Field::Reason, Field::ReasonSwapped),
        (of(Kind::Ratings), Field::Rating, Field::RatingB),
    ] {
        if let Some(pair) = pair {
            mapping.columns.insert(first, pair.first.name.clone());
            mapping.columns.insert(second, pair.second.name.clone());
        }
    }
    scores_in_a_list(table, &mut mapping);
    verdicts(table, &mut mapping);
    let decided =
        [Field::Verdict, Field::Gold, Field::RatingB].into_iter().any(|field| mapping.column(field).is_some());
    if !decided && !named.is_verdict {
        return None;
    }
    mapping.coding = coding_from(table, &mapping, named.from_zero);
    others(table, &mut mapping, responses.is_some());
    if mapping.column(Field::Rater).is_none() {
        mapping.rater = Some(model_of_file(file));
    }
    Some(mapping)
}

/// A list with the score of the first and of the second.
fn scores_in_a_list(table: &Table, mapping: &mut Mapping) {
    if mapping.column(Field::Rating).is_some() {
        return;
    }
    let list = find(table, &["score", "scores", "rating", "ratings"], |column| column.kind == ColumnKind::List);
    let Some(list) = list else { return };
    let are_two = !list.sample.is_empty()
        && list.sample.iter().all(|text| {
            serde_json::from_str::<Vec<Value>>(text)
                .is_ok_and(|list| list.len() == 2 && list.iter().all(Value::is_number))
        });
    if are_two {
        mapping.columns.insert(Field::Rating, format!("{}[0]", list.name));
        mapping.columns.insert(Field::RatingB, format!("{}[1]", list.name));
    }
}

/// The columns that say which is better, and which of them is the right answer.
fn verdicts(table: &Table, mapping: &mut Mapping) {
    let taken: Vec<&str> = mapping.columns.values().map(String::as_str).collect();
    let is_free = |column: &ColumnInfo| !taken.contains(&column.name.as_str()) && is_verdict(table, mapping, column);
    let verdict = find(table, names::VERDICT, is_free)
        .or_else(|| table.columns.iter().find(|column| is_called_verdict(column) && is_free(column)))
        .map(|column| column.name.clone());
    let gold = find(table, names::GOLD, is_free).map(|column| column.name.clone());
    let orders = in_both_orders(table);
    if mapping.column(Field::Verdict).is_none() {
        if let Some((plain, swapped)) = orders {
            mapping.columns.insert(Field::Verdict, plain);
            mapping.columns.insert(Field::VerdictSwapped, swapped);
        } else if let Some(verdict) = verdict.or_else(|| nested_verdict(table, mapping)) {
            mapping.columns.insert(Field::Verdict, verdict);
        }
    }
    if let Some(gold) = gold {
        mapping.columns.insert(Field::Gold, gold);
    }
}

/// Nested verdicts under a key that says whether the two were swapped.
fn in_both_orders(table: &Table) -> Option<(String, String)> {
    let is = |column: &&ColumnInfo, word: &str| {
        let name = normal(&column.name);
        column.nested && name.contains("swap") && name.contains(word) && is_leaf_verdict(&name)
    };
    let plain = table.columns.iter().find(|column| is(column, "false"))?;
    let swapped = table.columns.iter().find(|column| is(column, "true"))?;
    Some((plain.name.clone(), swapped.name.clone()))
}

/// A verdict inside of what a judge said: `judgement.winner`.
fn nested_verdict(table: &Table, mapping: &Mapping) -> Option<String> {
    const LEAVES: [&str; 5] = ["winner", "verdict", "preference", "preferred", "choice"];
    let fits = |column: &&ColumnInfo| {
        let leaf = column.name.rsplit('.').next().map(normal).unwrap_or_default();
        column.nested
            && LEAVES.contains(&leaf.as_str())
            && is_verdict(table, mapping, &ColumnInfo { nested: false, ..(*column).clone() })
    };
    table.columns.iter().find(fits).map(|column| column.name.clone())
}

fn is_leaf_verdict(name: &str) -> bool {
    let leaf = name.rsplit('.').next().unwrap_or(name);
    names::VERDICT.iter().any(|known| normal(known) == leaf)
}

/// Whether a word of a column's name says that it holds verdicts.
fn is_called_verdict(column: &ColumnInfo) -> bool {
    const WORDS: [&str; 8] =
        ["winner", "preferred", "preference", "prefer", "verdict", "better", "choice", "comparison"];
    tokens(&column.name).iter().any(|token| WORDS.contains(&token.as_str()))
}

/// Whether the values of a column are verdicts, as far as the sample shows.
fn is_verdict(table: &Table, mapping: &Mapping, column: &ColumnInfo) -> bool {
    if column.nested {
        return false;
    }
    match column.kind {
        ColumnKind::Number => match coding_of(column, false) {
            // From 1 to 5 rates rather than compares, unless it says so.
            Some(Coding::OneFive | Coding::OneSeven) => is_called_verdict(column),
            coding => coding.is_some(),
        },
        ColumnKind::Text | ColumnKind::Mixed => {
            // The names of models, by which a verdict may call the two.
            let names = [Field::Model, Field::ModelB, Field::Id, Field::IdB].map(|field| {
                mapping
                    .column(field)
                    .and_then(|name| table.column(name))
                    .map(|column| column.keys.iter().cloned().collect())
            });
            let [model, model_b, id, id_b] = names.map(Option::<Vec<String>>::unwrap_or_default);
            let first: Vec<String> = model.into_iter().chain(id).collect();
            let second: Vec<String> = model_b.into_iter().chain(id_b).filter(|name| !first.contains(name)).collect();
            let sides = Sides { names: [first, second] };
            let reads = |key: &&String| {
                judgements::verdict(&Value::String((*key).clone()), &sides, Some(Coding::OneTwo)).is_ok()
            };
            !column.keys.is_empty() && 2 * column.keys.iter().filter(reads).count() > column.keys.len()
        }
        _ => false,
    }
}

/// What numbers in the verdicts that `mapping` names mean; `None` where they are words.
pub(in super::super) fn coding(table: &Table, mapping: &Mapping) -> Option<Coding> {
    coding_from(table, mapping, false)
}

fn coding_from(table: &Table, mapping: &Mapping, from_zero: bool) -> Option<Coding> {
    [Field::Verdict, Field::Gold].into_iter().find_map(|field| {
        let name = mapping.column(field)?;
        let coding = coding_of(table.column(name)?, from_zero)?;
        // As SHP has it: 1 is the first.
        let is_share = coding == Coding::ZeroOne && mapping.column(Field::Response) == Some("human_ref_A");
        Some(if is_share { Coding::Share } else { coding })
    })
}

fn coding_of(column: &ColumnInfo, from_zero: bool) -> Option<Coding> {
    let numbers: Vec<f64> = column.keys.iter().filter_map(|key| key.parse().ok()).collect();
    let all = |test: &dyn Fn(f64) -> bool| !numbers.is_empty() && numbers.iter().all(|number| test(*number));
    let any = |test: &dyn Fn(f64) -> bool| numbers.iter().any(|number| test(*number));
    match () {
        () if any(&|number| number < 0.0) => {
            // As HelpSteer has it: below 0 the first is better.
            let leans = ["preferencestrength", "overallpreference"].contains(&normal(&column.name).as_str());
            all(&|number| number.abs() <= 4.0).then_some(if leans { Coding::Minus } else { Coding::Plus })
        }
        () if !from_zero && any(&|number| number > 1.0) => match () {
            () if all(&|number| number == 0.0 || (1.0..=2.0).contains(&number)) => Some(Coding::OneTwo),
            () if !all(&|number| number >= 1.0 && number.fract() == 0.0) => None,
            () if all(&|number| number <= 5.0) => Some(Coding::OneFive),
            () => all(&|number| number <= 7.0).then_some(Coding::OneSeven),
        },
        () if all(&|number| number == 1.0) && !from_zero => Some(Coding::OneTwo),
        () if all(&|number| number == 0.0 || number == 1.0) => Some(Coding::ZeroOne),
        () if all(&|number| (0.0..=1.0).contains(&number)) => Some(Coding::Share),
        () => None,
    }
}

/// What is said beside the two.
fn others(table: &Table, mapping: &mut Mapping, has_texts: bool) {
    let is_number = |column: &ColumnInfo| column.kind == ColumnKind::Number;
    let text = find(table, &["text"], |column| column.kind == ColumnKind::Text);
    let prompt = find(table, names::PROMPT, |column| can_be_prompt(column) && !column.nested)
        .or_else(|| find(table, names::PROMPT, can_be_prompt))
        .or(text.filter(|_| has_texts));
    let number = find(table, &["prompt", "question", "instruction"], is_number);
    let prompt_id = find(table, names::PROMPT_ID, |_| true).or(number);
    // A conversation holds the question too.
    let chat =
        mapping.column(Field::Response).and_then(|name| table.column(name)).filter(|column| column.ends_with_answer());
    let taken: Vec<String> = mapping.columns.values().cloned().collect();
    let mut set = |field: Field, column: Option<&ColumnInfo>| {
        if let Some(column) = column.filter(|column| !taken.contains(&column.name)) {
            mapping.columns.entry(field).or_insert_with(|| column.name.clone());
        }
    };
    set(Field::Prompt, prompt);
    set(Field::PromptId, prompt_id);
    set(Field::Rater, find(table, names::RATER, |column| column.kind != ColumnKind::Empty));
    set(
        Field::Reason,
        find(table, names::REASON, |column| column.kind == ColumnKind::Text).or(text.filter(|_| !has_texts)),
    );
    set(Field::Turn, find(table, names::TURN, is_number));
    set(Field::Time, find(table, names::TIME, judgements_time));
    set(Field::Seconds, find(table, names::SECONDS, is_number));
    set(Field::Swapped, find(table, names::SWAPPED, |column| column.kind == ColumnKind::Bool));
    set(Field::IsGold, find(table, names::IS_GOLD, |column| column.kind == ColumnKind::Bool));
    if let Some(chat) = chat {
        mapping.columns.entry(Field::Prompt).or_insert_with(|| chat.name.clone());
    }
}

/// What numbers are taken to say, where nobody can be sure; and how to say otherwise.
pub(in super::super) fn coding_doubt(table: &Table, mapping: &Mapping) -> Option<String> {
    let is_known = table.hint.as_ref().is_some_and(|hint| hint.is_complete);
    let coding = mapping.coding.filter(|coding| *coding != Coding::OneTwo && !is_known)?;
    let names = [Field::Verdict, Field::VerdictSwapped, Field::Gold].into_iter().filter_map(|it| mapping.column(it));
    let numbers = names.filter(|name| table.column(name).is_some_and(|column| coding_of(column, false).is_some()));
    let columns: Vec<String> = numbers.map(|name| format!("`{name}`")).collect();
    (!columns.is_empty()).then(|| {
        let label = coding.label();
        format!("numbers in {} are taken to mean: {label}; say otherwise with `--verdicts`", columns.join(", "))
    })
}

/// Whether the values of a column are points in time.
pub(super) fn judgements_time(column: &ColumnInfo) -> bool {
    /// 2001: what is less counts something else.
    const LEAST: i64 = 1_000_000_000;
    let is_time = |text: &String| {
        let value = serde_json::from_str(text).unwrap_or_else(|_| Value::String(text.clone()));
        judgements::time(&value).is_some_and(|time| time.as_second() >= LEAST)
    };
    matches!(column.kind, ColumnKind::Number | ColumnKind::Text)
        && !column.sample.is_empty()
        && column.sample.iter().all(is_time)
}
