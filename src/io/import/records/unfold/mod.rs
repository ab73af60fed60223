//! Rows that hold several: files of tools, and rows with lists in them, as rows of one thing each.
//!
//! A row that is unfolded has columns by the names of fields, as [`crate::model::Field::name`] gives them, and ratings
//! in columns that begin with [`RATING`]. [`Unfold::hint`] makes a mapping of that. Whatever else a row holds stays as
//! it is.

mod aligned;
mod argilla;
mod by_item;
mod comparator;
mod compared;
mod criteria;
mod document;
mod evals;
mod inspect;
mod keyed;
mod label_studio;
mod lists;
mod promptfoo;
mod promptfoo_table;
mod rated;
mod scored;
mod steps;
mod tree;

pub(in super::super) use criteria::dimension as flat_dimension;
pub(in super::super) use document::unfolding_of_document;
pub(in super::super) use tree::dimension;

use crate::model::{Field, Mapping, RatingColumn, Role};
use serde_json::{Map, Value};

/// How the columns of ratings begin.
pub(in super::super) const RATING: &str = "rating: ";

type Fields = Map<String, Value>;

/// How one row becomes several, or one of another shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in super::super) enum Unfold {
    /// A sample of an evaluation log of Inspect AI, whose model is this.
    Inspect { model: Option<String> },
    /// A result of promptfoo. Whether providers or prompts tell outputs apart, and the names of long prompts.
    Promptfoo(promptfoo::Naming),
    /// A row of promptfoo's table, with outputs in the columns that are not variables.
    PromptfooTable { outputs: Vec<String> },
    /// A row of the table in promptfoo's results, under this head.
    PromptfooBody(promptfoo_table::Head),
    /// An event of a log of OpenAI's evals: the model, and the eval.
    Evals { model: String, eval: String },
    /// A solution whose steps are rated.
    Steps,
    /// An example of LLM Comparator, whose models are these.
    Comparator { models: [String; 2] },
    /// A task of Label Studio.
    LabelStudio,
    /// Lists of the same length: in each, what belongs to one response is in the same place.
    Aligned(aligned::Aligned),
    /// A list of outputs, each an object.
    Outputs { column: String },
    /// An object with an output of each model, by the models' names.
    ByModel { column: String },
    /// Questions of Argilla, with the answers of several users.
    Argilla,
    /// A comparison whose verdict is a column for each outcome, or whose texts are transcripts.
    Compared(compared::Kind),
    /// A comparison with a verdict of each of several raters, in these columns.
    Verdicts { columns: Vec<(String, String)> },
    /// Two outputs in a list, and the number of the better one.
    Chosen { column: String, by: String },
    /// Outputs in an order, the best first.
    Ranked { column: String },
    /// Ratings in objects: of one rater, or in a list with an object of each.
    Rated { columns: Vec<String> },
    /// What one rater said, in a column for each thing.
    ByItem,
    /// Rows by their ids.
    Keyed,
    /// Lists of rows by the names of models.
    Lists,
    /// A graded rubric.
    Tree,
    /// A criterion in a list of them.
    Criteria,
    /// An output and a score of each of these models, in columns that begin with their names.
    Scored { models: Vec<String> },
}

impl Unfold {
    /// What rows of `fields`, the first of a file, are to be unfolded as.
    pub(in super::super) fn of_row(fields: &Fields) -> Option<Self> {
        if argilla::is_row(fields) {
            return Some(Self::Argilla);
        }
        if let Some((model, eval)) = evals::run(fields) {
            return Some(Self::Evals { model, eval });
        }
        if steps::is_row(fields) {
            return Some(Self::Steps);
        }
        if by_item::is_row(fields) {
            return Some(Self::ByItem);
        }
        if label_studio::is_row(fields) {
            return Some(Self::LabelStudio);
        }
        if tree::is_row(fields) {
            return Some(Self::Tree);
        }
        if criteria::is_row(fields) {
            return Some(Self::Criteria);
        }
        if let Some(models) = scored::models(fields) {
            return Some(Self::Scored { models });
        }
        if let Some(outputs) = promptfoo::outputs_of_table(fields) {
            return Some(Self::PromptfooTable { outputs });
        }
        if let Some(kind) = compared::of_row(fields) {
            return Some(Self::Compared(kind));
        }
        if let Some(columns) = compared::by_rater(fields) {
            return Some(Self::Verdicts { columns });
        }
        if let Some(unfold) = aligned::of_row(fields) {
            return Some(unfold);
        }
        rated::columns(fields).map(|columns| Self::Rated { columns })
    }

    /// Whether the document whose brace is at `start` is an object of rows; with `alike`, of rows with the same names.
    pub(in super::super) fn is_keyed(bytes: &[u8], start: usize, alike: bool) -> bool {
        keyed::is_document(bytes, start, alike)
    }

    /// The rows that `fields` holds.
    pub(in super::super) fn rows(&self, fields: Fields) -> Vec<Fields> {
        match self {
            Self::Inspect { model } => vec![inspect::row(fields, model.as_deref())],
            Self::Promptfoo(naming) => vec![promptfoo::row(fields, naming)],
            Self::PromptfooTable { outputs } => promptfoo::rows_of_table(&fields, outputs),
            Self::PromptfooBody(head) => promptfoo_table::rows(&fields, head),
            Self::Evals { model, .. } => evals::rows(&fields, model).into_iter().collect(),
            Self::Steps => steps::rows(&fields),
            Self::Comparator { models } => comparator::rows(&fields, models),
            Self::LabelStudio => label_studio::rows(&fields),
            Self::Aligned(aligned) => aligned.rows(&fields),
            Self::Outputs { column } => aligned::outputs(&fields, column),
            Self::ByModel { column } => aligned::by_model(&fields, column),
            Self::Argilla => argilla::rows(&fields),
            Self::Compared(kind) => vec![compared::row(fields, *kind)],
            Self::Verdicts { columns } => compared::rows_by_rater(&fields, columns),
            Self::Chosen { column, by } => vec![compared::chosen(&fields, column, by)],
            Self::Ranked { column } => compared::ranked(&fields, column),
            Self::Rated { columns } => rated::rows(&fields, columns),
            Self::ByItem => by_item::rows(&fields),
            Self::Keyed => keyed::rows(fields),
            Self::Lists => lists::rows(fields),
            Self::Tree => tree::rows(&fields),
            Self::Criteria => vec![fields],
            Self::Scored { models } => scored::rows(&fields, models),
        }
    }

    /// What it is, in a sentence about the file.
    pub(in super::super) fn says(&self) -> String {
        match self {
            Self::Inspect { .. } => {
                "is a log of Inspect AI: each of its samples is a response, and what scorers said of it are ratings"
                    .to_owned()
            }
            Self::Promptfoo(_) | Self::PromptfooTable { .. } | Self::PromptfooBody(_) => {
                "holds results of promptfoo: each output is a response, and whether it passed is a rating".to_owned()
            }
            Self::Comparator { .. } => {
                "is a file of LLM Comparator: each rater's score of an example is a verdict".to_owned()
            }
            Self::Evals { eval, .. } => {
                format!("is a log of OpenAI's evals: what was sampled is a response, and what “{eval}” said of it are ratings")
            }
            Self::Steps => {
                "has solutions in steps: each step is a response to the problem and the steps before it, and its rating is one"
                    .to_owned()
            }
            Self::LabelStudio => {
                "is an export of Label Studio: each annotation that was not cancelled is a row".to_owned()
            }
            Self::Argilla => "is an export of Argilla: each user's answers are a row".to_owned(),
            Self::Tree => {
                "is a rubric: its tree is the rubric, and its grades, where it has some, are ratings of one response"
                    .to_owned()
            }
            Self::Criteria => "is a list of criteria with their weights".to_owned(),
            Self::Scored { models } => {
                format!("has a response and a score of each model in a row: `{}`", models.join("`, `"))
            }
            Self::Compared(compared::Kind::OneHot) => {
                "says which response is better by a column for each outcome, `winner_model_a` and so on".to_owned()
            }
            Self::Compared(compared::Kind::Transcript) => {
                "compares transcripts: what both begin with is the prompt, and the last answer is the response"
                    .to_owned()
            }
            Self::Compared(compared::Kind::Games) => {
                "has games of a model against a baseline in both orders: the baseline is A in the first".to_owned()
            }
            Self::Verdicts { columns } => {
                let names: Vec<&str> = columns.iter().map(|(name, _)| name.as_str()).collect();
                format!("has the verdicts of several raters in a row, in `{}`: each is a row", names.join("`, `"))
            }
            Self::Chosen { column, by } => {
                format!("has two outputs in `{column}`, of which `{by}` says the better one: 0 the first, 1 the second")
            }
            Self::Ranked { column } => {
                format!("ranks outputs: each two of those in `{column}` are compared, and the earlier is better")
            }
            Self::Rated { columns } => {
                format!("has ratings in objects, in `{}`: each rater's are a row", columns.join("`, `"))
            }
            Self::ByItem => "has a row for each rater, and a column for each thing they rated".to_owned(),
            Self::Lists => "has lists of rows by name: a name is the model of its rows where these say none".to_owned(),
            Self::Keyed => "is an object of rows: the names in it are their ids".to_owned(),
            Self::Aligned(aligned) => {
                format!("has lists of the same length in a row: each place in `{}` is a response", aligned.texts)
            }
            Self::Outputs { column } => format!("has a list of outputs in a row: each in `{column}` is a response"),
            Self::ByModel { column } => format!("has outputs by model in a row: each in `{column}` is a response"),
        }
    }

    /// Who rated, where rows do not say it.
    fn rater(&self) -> Option<&str> {
        match self {
            Self::Promptfoo(_) | Self::PromptfooTable { .. } | Self::PromptfooBody(_) => Some("promptfoo"),
            Self::Evals { eval, .. } => Some(eval),
            Self::Comparator { .. } => Some("LLM Comparator"),
            _ => None,
        }
    }

    /// What unfolded rows with these columns mean: in place of the same parts of what is guessed from names.
    pub(in super::super) fn hint(&self, columns: &[&str]) -> Mapping {
        let mut mapping = Mapping { rater: self.rater().map(str::to_owned), ..Mapping::default() };
        for field in Field::ALL.into_iter().filter(|field| *field != Field::Rating) {
            if columns.contains(&field.name()) {
                mapping.columns.insert(field, field.name().to_owned());
            }
        }
        let ratings = columns.iter().filter_map(|column| Some((*column, column.strip_prefix(RATING)?)));
        let of_scorer = matches!(self, Self::Inspect { .. });
        mapping.ratings = ratings
            .map(|(column, name)| RatingColumn {
                column: column.to_owned(),
                criterion: name.to_owned(),
                // A scorer is who rated.
                rater: of_scorer.then(|| name.to_owned()),
                scale: None,
            })
            .collect();
        let has = |field| mapping.columns.contains_key(&field);
        mapping.role = match () {
            () if has(Field::Verdict) || has(Field::ResponseB) => Role::Preferences,
            () if matches!(
                self,
                Self::Inspect { .. } | Self::Promptfoo(_) | Self::PromptfooTable { .. } | Self::PromptfooBody(_)
            ) =>
            {
                Role::Responses
            }
            () if mapping.ratings.is_empty() && !has(Field::Labels) => Role::Responses,
            () => Role::Ratings,
        };
        mapping.coding = matches!(self, Self::Comparator { .. }).then_some(crate::model::Coding::Plus);
        mapping
    }

    /// Whether [`Self::hint`] says everything: names of other columns are not looked at.
    pub(in super::super) fn is_complete(&self) -> bool {
        matches!(
            self,
            Self::Inspect { .. }
                | Self::Promptfoo(_)
                | Self::PromptfooTable { .. }
                | Self::PromptfooBody(_)
                | Self::Evals { .. }
                | Self::Steps
                | Self::ByItem
                | Self::Compared(compared::Kind::Games)
                | Self::Comparator { .. }
                | Self::Tree
                | Self::Criteria
        )
    }
}

/// What a row holds but for what is `taken`: it stands in all rows that are made of it.
fn without(fields: &Fields, taken: impl Fn(&str) -> bool) -> Fields {
    fields.iter().filter(|(name, _)| !taken(name)).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// Adds a value under `name` where there is one.
fn put(fields: &mut Fields, name: &str, value: Option<&Value>) {
    if let Some(value) = value {
        fields.insert(name.to_owned(), value.clone());
    }
}
