//! Where responses come from: imported files and what their columns mean.

use super::{Coding, RatingColumn};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One imported file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
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
    /// With [`Role::Responses`] and [`Role::Ratings`]: the columns that hold ratings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub ratings: Vec<RatingColumn>,
    /// Who judged every row, where no column says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rater: Option<String>,
    /// With [`Role::Preferences`]: what numbers in the column of verdicts mean.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub coding: Option<Coding>,
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
    /// What raters said of one response, which other files may hold.
    Ratings,
    /// Which of two responses is better; other files may hold them.
    Preferences,
}

impl Role {
    /// Whether responses come of such rows, even if other files hold their texts.
    pub fn has_responses(self) -> bool {
        matches!(self, Self::Responses | Self::Wide | Self::Ratings | Self::Preferences)
    }
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
    /// The id of the second of two responses; [`Self::Id`] is that of the first.
    IdB,
    /// The second of two responses.
    ResponseB,
    /// What produced the second.
    ModelB,
    /// Which of the two is better.
    Verdict,
    /// Which is better when they are shown the other way round. Both are named as in the first order.
    VerdictSwapped,
    /// The verdict that is right: a gold judgement.
    Gold,
    /// Whether the two were shown the other way round.
    Swapped,
    /// A rating of the first of two; of a single response, one of [`Mapping::ratings`].
    Rating,
    /// A rating of the second.
    RatingB,
    /// The name of what is rated.
    Criterion,
    /// Who judged.
    Rater,
    /// Why.
    Reason,
    /// Why, when they are shown the other way round.
    ReasonSwapped,
    /// Whether the row is a gold judgement.
    IsGold,
    /// Which turn of a conversation is judged.
    Turn,
    /// When.
    Time,
    /// How many seconds it took.
    Seconds,
    /// Labelled spans of the response: a list of objects with `start`, `end` and `label`, in characters.
    Labels,
}

impl Field {
    /// All fields, in the order shown.
    pub const ALL: [Self; 24] = [
        Self::Id,
        Self::PromptId,
        Self::Prompt,
        Self::Response,
        Self::Model,
        Self::Reference,
        Self::IdB,
        Self::ResponseB,
        Self::ModelB,
        Self::Verdict,
        Self::VerdictSwapped,
        Self::Gold,
        Self::Swapped,
        Self::Rating,
        Self::RatingB,
        Self::Criterion,
        Self::Rater,
        Self::Reason,
        Self::ReasonSwapped,
        Self::IsGold,
        Self::Turn,
        Self::Time,
        Self::Seconds,
        Self::Labels,
    ];

    /// Its name on the command line and in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::PromptId => "prompt_id",
            Self::Prompt => "prompt",
            Self::Response => "response",
            Self::Model => "model",
            Self::Reference => "reference",
            Self::IdB => "id_b",
            Self::ResponseB => "response_b",
            Self::ModelB => "model_b",
            Self::Verdict => "verdict",
            Self::VerdictSwapped => "verdict_swapped",
            Self::Gold => "gold",
            Self::Swapped => "swapped",
            Self::Rating => "rating",
            Self::RatingB => "rating_b",
            Self::Criterion => "criterion",
            Self::Rater => "rater",
            Self::Reason => "reason",
            Self::ReasonSwapped => "reason_swapped",
            Self::IsGold => "is_gold",
            Self::Turn => "turn",
            Self::Time => "time",
            Self::Seconds => "seconds",
            Self::Labels => "labels",
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

    /// Whether judgements come of its rows.
    pub fn has_judgements(&self) -> bool {
        matches!(self.role, Role::Ratings | Role::Preferences) || !self.ratings.is_empty()
    }
}
