//! What files say about each other: which one lists the prompts, which one the models.

use super::super::table::{ColumnInfo, Table};
use super::names::{self, find};
use super::says_prompts;
use crate::model::{Field, Mapping, Role};

/// Gives prompts and models files their roles, and points responses at them.
pub(super) fn adjust(files: &[(&str, &Table)], mappings: &mut [Mapping]) {
    find_prompts(files, mappings);
    find_models(files, mappings);
    for index in 0..files.len() {
        if mappings[index].role == Role::Responses && mappings[index].column(Field::Response).is_some() {
            point_at_prompts(files, mappings, index);
        }
    }
}

/// A file that looked like responses is one of prompts where its name says so and another has responses:
/// what it calls the answer is then the reference.
fn find_prompts(files: &[(&str, &Table)], mappings: &mut [Mapping]) {
    for index in 0..files.len() {
        let (file, table) = files[index];
        let others = (0..files.len()).any(|other| {
            other != index
                && !says_prompts(files[other].0)
                && mappings[other].role == Role::Responses
                && mappings[other].column(Field::Response).is_some()
        });
        let mapping = &mut mappings[index];
        let lists_prompts = mapping.role == Role::Responses
            && mapping.column(Field::Model).is_none()
            && mapping.column(Field::Prompt).is_some()
            && says_prompts(file);
        if !others || !lists_prompts {
            continue;
        }
        mapping.role = Role::Prompts;
        if let Some(answer) = mapping.columns.remove(&Field::Response) {
            mapping.columns.entry(Field::Reference).or_insert(answer);
        }
        mapping.columns.remove(&Field::PromptId);
        if let Some(id) = find(table, names::PROMPT_ID, |_| true).or_else(|| find(table, names::ID, |_| true)) {
            mapping.columns.insert(Field::Id, id.name.clone());
        }
    }
}

/// A file without responses whose ids are the models of another file.
fn find_models(files: &[(&str, &Table)], mappings: &mut [Mapping]) {
    for index in 0..files.len() {
        let mapping = &mappings[index];
        if mapping.column(Field::Response).is_some() || mapping.role == Role::Wide || mapping.role == Role::Prompts {
            continue;
        }
        let table = files[index].1;
        let Some(id) = find(table, names::MODEL_KEY, |_| true) else { continue };
        let Some(name) = find(table, names::DISPLAY_NAME, |column| column.name != id.name) else { continue };
        let named_by_another = (0..files.len()).any(|other| {
            let column = mappings[other].column(Field::Model).and_then(|name| files[other].1.column(name));
            other != index && column.is_some_and(|column| mostly_in(column, id))
        });
        if named_by_another || super::normal(super::stem(files[index].0)).contains("model") {
            let columns = [(Field::Id, id.name.clone()), (Field::Model, name.name.clone())].into();
            mappings[index] = Mapping { role: Role::Models, columns, ..Mapping::default() };
        }
    }
}

/// Finds the column of file `index` whose values are the ids of the prompts in another file.
fn point_at_prompts(files: &[(&str, &Table)], mappings: &mut [Mapping], index: usize) {
    let table = files[index].1;
    let mapping = &mappings[index];
    let mapped = |field| mapping.column(field).and_then(|name| table.column(name));
    let candidates = [mapped(Field::PromptId), mapped(Field::Prompt)]
        .into_iter()
        .flatten()
        .chain(table.columns.iter().filter(|column| find_is(column, names::PROMPT_ID)))
        // Any two lists of numbers share some: a plain id is the prompt's only if nothing says otherwise.
        .chain(mapped(Field::Id).filter(|_| mapping.column(Field::Prompt).is_none()));
    let ids: Vec<&ColumnInfo> = (0..files.len())
        .filter(|&other| other != index && mappings[other].role == Role::Prompts)
        .filter_map(|other| mappings[other].column(Field::Id).and_then(|name| files[other].1.column(name)))
        .collect();
    let found = candidates
        .into_iter()
        .find(|column| ids.iter().any(|ids| mostly_in(column, ids)))
        .map(|column| column.name.clone());
    let Some(name) = found else { return };
    let columns = &mut mappings[index].columns;
    columns.retain(|field, column| !(matches!(field, Field::Prompt | Field::Id) && *column == name));
    columns.insert(Field::PromptId, name);
}

fn find_is(column: &ColumnInfo, list: &[&str]) -> bool {
    let name = super::normal(&column.name);
    list.iter().any(|candidate| super::normal(candidate) == name)
}

/// Whether at least half of the values of `column` are among those of `ids`. Both are samples of the first
/// rows.
fn mostly_in(column: &ColumnInfo, ids: &ColumnInfo) -> bool {
    let common = column.keys.iter().filter(|key| ids.keys.contains(*key)).count();
    common > 0 && 2 * common >= column.keys.len().min(ids.keys.len())
}
