//! Whether a mapping fits a file, and what a person asked to be mapped by hand.

use super::problem::did_you_mean;
use super::table::Table;
use super::{FileProblem, ImportError, guess, judgements};
use crate::model::{Coding, Field, Mapping, RatingScale, Role};
use crate::text::nearest;

/// Whether `mapping` fits `table`: its columns are there, and so is what its role needs.
pub fn check(table: &Table, mapping: &Mapping) -> Result<(), FileProblem> {
    let no_response = || {
        let of = |names: &[&str]| names.iter().find(|name| table.column(name).is_some()).map(|name| (*name).to_owned());
        match (of(&["requirement", "requirements", "criterion", "criteria"]), of(&["weight", "points"])) {
            (Some(criteria), Some(weight)) => FileProblem::CriteriaOnly { criteria, weight },
            _ => FileProblem::NoResponseColumn { columns: table.list_columns() },
        }
    };
    let ratings = mapping.ratings.iter().map(|rating| &rating.column);
    for column in mapping.columns.values().chain(&mapping.models).chain(ratings) {
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
        Role::Ratings if mapping.ratings.is_empty() && !has(Field::Labels) => {
            return Err(FileProblem::NoRatingColumn { columns: table.list_columns() });
        }
        Role::Ratings => true,
        Role::Preferences => {
            let of = |first, second| has(first) && has(second);
            let pair =
                of(Field::Response, Field::ResponseB) || of(Field::Model, Field::ModelB) || of(Field::Id, Field::IdB);
            if !pair {
                return Err(FileProblem::NoPair { columns: table.list_columns() });
            }
            true
        }
    };
    if complete { Ok(()) } else { Err(no_response()) }
}

/// What a person wants instead of what is guessed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Overrides {
    /// Fields and the columns to take for them, as `--map FIELD=COLUMN` says. Several columns for the
    /// response mean that each holds one model's, and several for the rater that each holds one rater's ratings.
    pub columns: Vec<(Field, String)>,
    /// The model of all rows of files that have no column for it.
    pub model: Option<String>,
    /// Who judged all rows of files that have no column for it.
    pub rater: Option<String>,
    /// What numbers in verdicts mean.
    pub coding: Option<Coding>,
    /// Scales by the names of what is rated.
    pub scales: Vec<(String, RatingScale)>,
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

    /// Adds one `CRITERION=SCALE`, such as `tone=1..5`. The error says how scales are written.
    pub fn add_scale(&mut self, text: &str) -> Result<(), String> {
        let scale =
            text.split_once('=').and_then(|(name, scale)| Some((name.trim().to_owned(), RatingScale::parse(scale)?)));
        let scale = scale.ok_or_else(|| {
            format!("`{text}` is no scale; write it as CRITERION=SCALE, such as `tone=1..5`, `score=0..100`, `correct=yes-no` or `quality=bad<fair<good`")
        })?;
        self.scales.push(scale);
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
        for ((file, table), mapping) in files.iter().zip(mappings) {
            self.apply_to(file, table, mapping);
        }
        Ok(())
    }

    fn apply_to(&self, file: &str, table: &Table, mapping: &mut Mapping) {
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
        let pairs = judgements::by_hand(file, table, mapping, |wanted| there(wanted).cloned().collect());
        // Several columns for who rated are the ratings of one each.
        let many_raters = !pairs && there(Field::Rater).count() > 1;
        let single = |field: &Field| match field {
            Field::Response => false,
            Field::Rating => pairs,
            Field::Rater => !many_raters,
            _ => true,
        };
        for field in Field::ALL.into_iter().filter(single) {
            if let Some(column) = there(field).next_back() {
                mapping.columns.insert(field, column.clone());
            }
        }
        if let Some(model) = self.model.as_ref().filter(|_| mapping.column(Field::Model).is_none()) {
            mapping.model = Some(model.clone());
        }
        if let Some(rater) = self.rater.as_ref().filter(|_| mapping.column(Field::Rater).is_none()) {
            mapping.rater = Some(rater.clone());
        }
        if mapping.role == Role::Preferences {
            mapping.coding = self.coding.or(mapping.coding).or_else(|| guess::coding(table, mapping));
        }
        for (criterion, scale) in &self.scales {
            let of = mapping.ratings.iter_mut().filter(|rating| rating.criterion.eq_ignore_ascii_case(criterion));
            of.for_each(|rating| rating.scale = Some(scale.clone()));
        }
    }
}
