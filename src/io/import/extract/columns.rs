//! The mapped columns of a file, ready to be looked up in its rows.

use crate::io::import::column_path::ColumnPath;
use crate::model::{Field, Mapping, Role};
use serde_json::{Map, Value};

/// The columns of a mapping. Each function gives the field's value in a row.
#[derive(Debug)]
pub(in crate::io::import) struct Columns {
    id: Option<ColumnPath>,
    prompt_id: Option<ColumnPath>,
    prompt: Option<ColumnPath>,
    response: Option<ColumnPath>,
    model: Option<ColumnPath>,
    reference: Option<ColumnPath>,
}

type Fields = Map<String, Value>;

impl Columns {
    /// The columns of `mapping`. With several responses in a row, its id is the prompt's.
    pub(in crate::io::import) fn new(mapping: &Mapping) -> Self {
        let path = |field| mapping.column(field).map(ColumnPath::new);
        let (id, prompt_id) = match mapping.role {
            Role::Wide => (None, path(Field::PromptId).or(path(Field::Id))),
            _ => (path(Field::Id), path(Field::PromptId)),
        };
        Self {
            id,
            prompt_id,
            prompt: path(Field::Prompt),
            response: path(Field::Response),
            model: path(Field::Model),
            reference: path(Field::Reference),
        }
    }

    /// The row's own id.
    pub(in crate::io::import) fn id<'a>(&self, fields: &'a Fields) -> Option<&'a Value> {
        self.id.as_ref()?.get(fields)
    }

    /// The id of the prompt it answers.
    pub(in crate::io::import) fn prompt_id<'a>(&self, fields: &'a Fields) -> Option<&'a Value> {
        self.prompt_id.as_ref()?.get(fields)
    }

    /// What was asked.
    pub(in crate::io::import) fn prompt<'a>(&self, fields: &'a Fields) -> Option<&'a Value> {
        self.prompt.as_ref()?.get(fields)
    }

    /// What came back.
    pub(in crate::io::import) fn response<'a>(&self, fields: &'a Fields) -> Option<&'a Value> {
        self.response.as_ref()?.get(fields)
    }

    /// The model's name or id.
    pub(in crate::io::import) fn model<'a>(&self, fields: &'a Fields) -> Option<&'a Value> {
        self.model.as_ref()?.get(fields)
    }

    /// The reference answer.
    pub(in crate::io::import) fn reference<'a>(&self, fields: &'a Fields) -> Option<&'a Value> {
        self.reference.as_ref()?.get(fields)
    }
}
