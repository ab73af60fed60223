//! Where responses come from: imported files and what their columns mean.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One imported file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Relative to the project folder, `/` between folders. Before the first save after its import: the
    /// absolute path of the file it came from.
    pub path: String,
    /// How its rows are written.
    pub format: Format,
    /// What its columns mean.
    pub mapping: Mapping,
    /// SHA-256 of the file as it is on disk, 64 hexadecimal digits.
    pub sha256: String,
}

/// How a file's rows are written. Compression and encoding are found from the bytes, not stated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Format {
    /// One JSON object a line.
    JsonLines,
    /// A JSON array of objects, or an object that holds one.
    Json,
    /// Comma separated values with a header row (RFC 4180; `;` is recognised as separator too).
    Csv,
    /// Tab separated values with a header row.
    Tsv,
}

impl Format {
    /// The words shown for it.
    pub fn label(self) -> &'static str {
        match self {
            Self::JsonLines => "JSON Lines",
            Self::Json => "JSON",
            Self::Csv => "CSV",
            Self::Tsv => "TSV",
        }
    }
}

/// What a file's rows are and what its columns mean.
///
/// A column is named as in the file; inside nested JSON by its path, `choices[0].turns[0]`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// What a row is.
    pub role: Role,
    /// The column of each field.
    pub columns: BTreeMap<Field, String>,
    /// With [`Role::Wide`]: the columns that each hold one model's response; the model is the column's name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<String>,
    /// The model of every row, where no column says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
}

/// What one row of a file is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// One response.
    #[default]
    Responses,
    /// One prompt with a response per model, each in a column.
    Wide,
    /// One prompt, joined by id with responses in other files.
    Prompts,
    /// One model: its id and the name to show.
    Models,
}

/// What a column can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The row's own id: of the response, the prompt or the model, as the role says.
    Id,
    /// The id of the prompt a response answers.
    PromptId,
    /// What was asked.
    Prompt,
    /// What came back.
    Response,
    /// What produced it: the model's name or id; in a file of models, the name to show.
    Model,
    /// The reference answer.
    Reference,
}

impl Field {
    /// All fields, in the order shown.
    pub const ALL: [Self; 6] = [Self::Id, Self::PromptId, Self::Prompt, Self::Response, Self::Model, Self::Reference];

    /// Its name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::PromptId => "prompt_id",
            Self::Prompt => "prompt",
            Self::Response => "response",
            Self::Model => "model",
            Self::Reference => "reference",
        }
    }

    /// The field with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

impl Mapping {
    /// The column that holds `field`.
    pub fn column(&self, field: Field) -> Option<&str> {
        self.columns.get(&field).map(String::as_str)
    }
}
