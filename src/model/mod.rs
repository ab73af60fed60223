//! The nouns of an evaluation, with their invariants in the types. No IO, no clock, no randomness.

mod dataset;
mod edit;
mod example;
mod flagged;
mod history;
mod id_table;
mod ids;
mod imported;
mod label;
mod path;
mod problem;
mod project;
mod rating;
mod report;
pub mod review;
mod rubric;
mod scale;
mod settings;
mod source;
mod texts;

pub use dataset::{
    Absent, Dataset, DatasetBuilder, NewPrompt, NewResponse, Prompt, PromptIndex, Response, ResponseText,
    StoredResponse,
};
pub use edit::{Edit, EditError};
pub use example::{Example, Expected, TOLERANCE};
pub use history::History;
pub use ids::{is_valid_id, slug, unique_id};
pub use label::SpanLabel;
pub use path::NodePath;
pub use problem::{Level, Problem};
pub use project::Project;
pub use rating::{Coding, RatingColumn, RatingScale};
pub use report::{ImportReport, Notice, Severity};
pub use rubric::{Clip, Combine, Criterion, Dimension, Gate, Judge, Node, NodeRef, Rubric};
pub use scale::{Point, Scale};
pub use settings::{Plan, ReviewSettings, SavedFilter, Settings};
pub use source::{Field, Format, Mapping, Role, Source};
pub use texts::{Block, SharedText, TextRef, Texts};
