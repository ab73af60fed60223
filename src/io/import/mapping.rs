//! Whether a mapping fits a file, and what a person asked to be mapped by hand.

use super::problem::did_you_mean;
use super::table::Table;
use super::{FileProblem, ImportError};
use crate::model::{Field, Mapping, Role};
use crate::text::nearest;

/// Whether `mapping` fits `table`: its columns are there, and so is what its role needs.
pub fn check(table: &Table, mapping: &Mapping) -> Result<(), FileProblem> {
    let no_response = || FileProblem::NoResponseColumn { columns: table.list_columns() };
    for column in mapping.columns.values().chain(&mapping.models) {
        if !table.has(column) {
            return Err(FileProblem::NoColumn {
                column: column.clone(),
                suggestion: table.nearest(column).map(str::to_owned),
                columns: table.list_columns(),
            });
        }
    }
    let has = |field| mapping.column(field).is_some();
    let complete = match mapping.role {
        Role::Responses => has(Field::Response),
        Role::Wide => !mapping.models.is_empty(),
        Role::Prompts => has(Field::Prompt),
        Role::Models => has(Field::Id) && has(Field::Model),
    };
    if complete { Ok(()) } else { Err(no_response()) }
}

/// What a person wants instead of what is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overrides {
    /// Fields and the columns to take for them, as `--map FIELD=COLUMN` says. Several columns for the
    /// response mean that each holds one model's.
    pub columns: Vec<(Field, String)>,
    /// The model of all rows of files that have no column for it.
    pub model: Option<String>,
}

impl Overrides {
    /// Adds one `FIELD=COLUMN`. The error names the fields there are.
    pub fn add(&mut self, text: &str) -> Result<(), String> {
        let fields: Vec<&str> = Field::ALL.into_iter().map(Field::name).collect();
        let Some((name, column)) = text.split_once('=').filter(|(_, column)| !column.is_empty()) else {
            return Err(format!("`{text}` names no column; write it as FIELD=COLUMN, such as `response=answer_text`"));
        };
        let wanted = name.trim().to_lowercase().replace('-', "_");
        let Some(field) = Field::from_name(&wanted) else {
            return Err(format!(
                "there is no field `{name}`{}; the fields are {}",
                did_you_mean(nearest(&wanted, fields.iter().copied())),
                fields.join(", ")
            ));
        };
        self.columns.push((field, column.to_owned()));
        Ok(())
    }

    /// Changes the guessed `mappings` of `tables`, named as the files are. A column that only some files
    /// have is mapped in those; one that none has is an error.
    pub fn apply(&self, files: &[(&str, &Table)], mappings: &mut [Mapping]) -> Result<(), ImportError> {
        for (field, column) in &self.columns {
            if !files.is_empty() && !files.iter().any(|(_, table)| table.has(column)) {
                let suggestion = files.iter().find_map(|(_, table)| table.nearest(column));
                let there: Vec<String> =
                    files.iter().map(|(name, table)| format!("\n  {name}: {}", table.list_columns())).collect();
                return Err(ImportError::Map(format!(
                    "`--map {}={column}`: no file has a column `{column}`{}; the columns are{}",
                    field.name(),
                    did_you_mean(suggestion),
                    there.concat()
                )));
            }
        }
        for ((_, table), mapping) in files.iter().zip(mappings) {
            self.apply_to(table, mapping);
        }
        Ok(())
    }

    fn apply_to(&self, table: &Table, mapping: &mut Mapping) {
        let there = |wanted| {
            self.columns.iter().filter(move |(field, column)| *field == wanted && table.has(column)).map(|(_, c)| c)
        };
        let responses: Vec<&String> = there(Field::Response).collect();
        if responses.len() > 1 {
            mapping.role = Role::Wide;
            mapping.models = responses.into_iter().cloned().collect();
            mapping.columns.remove(&Field::Response);
        } else if let [response] = responses.as_slice() {
            if mapping.role != Role::Responses
                && let Some(id) = mapping.columns.remove(&Field::Id)
            {
                // A row that was a prompt is now a response to it.
                mapping.columns.insert(Field::PromptId, id);
            }
            mapping.role = Role::Responses;
            mapping.models.clear();
            mapping.columns.retain(|_, column| column != *response);
            mapping.columns.insert(Field::Response, (*response).clone());
        }
        for field in Field::ALL.into_iter().filter(|field| *field != Field::Response) {
            if let Some(column) = there(field).next_back() {
                mapping.columns.insert(field, column.clone());
            }
        }
        if let Some(model) = self.model.as_ref().filter(|_| mapping.column(Field::Model).is_none()) {
            mapping.model = Some(model.clone());
        }
    }
}
