//! What every format says of one response.

use crate::checks::Reason;
use crate::io::{digest, rubric_file};
use crate::model::review::Judgements;
use crate::model::{Dataset, Rubric};
use crate::scoring::{
    Cell, CompiledCriterion, CompiledRubric, CriterionCard, Results, Scorecard, State, Total, input, rescored,
};
use crate::text::Span;
use rayon::prelude::*;
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};
use std::ops::Range;

/// What is exported: responses and the rubric that scores them. A criterion whose check has a mistake has no
/// value in any row.
#[derive(Clone, Copy, Debug)]
pub struct Scored<'a> {
    /// The responses.
    pub dataset: &'a Dataset,
    /// What scores them.
    pub rubric: &'a CompiledRubric,
    /// What people judged of them, where it is to count.
    pub people: Option<&'a Judgements>,
    /// Their results under `rubric` and `people`, where they are known already; otherwise each row is scored.
    pub results: Option<&'a Results>,
    /// Whether rows carry spans: they are found anew, row by row.
    pub evidence: bool,
    /// Where rows say what scored them.
    pub provenance: Option<&'a Provenance>,
}

/// What scored a row, for records that leave the place they were made in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// SHA-256 of the rubric in its one layout, 64 hexadecimal digits: comments do not matter.
    pub rubric: String,
    /// The program and its version, `rubrica 0.1.0`.
    pub engine: String,
}

impl Provenance {
    /// Of rows that `rubric` scores in this program.
    pub fn new(rubric: &Rubric) -> Self {
        Self {
            rubric: digest::of_bytes(rubric_file::write(rubric, "").as_bytes()),
            engine: concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}

/// The names in a row.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The response's id.
    pub id: &'a str,
    /// The id of the prompt it answers.
    pub prompt_id: &'a str,
    /// What produced it.
    pub model: &'a str,
}

/// One scored response.
#[derive(Clone, Debug)]
pub struct Row<'a> {
    /// What scored it.
    pub rubric: &'a CompiledRubric,
    /// The response's id.
    pub id: &'a str,
    /// The id of the prompt it answers.
    pub prompt_id: &'a str,
    /// What produced it.
    pub model: &'a str,
    /// Score, pass and gate.
    pub total: Total,
    /// One value per dimension of the rubric.
    pub dimensions: Vec<Option<f64>>,
    /// One per criterion of the rubric.
    pub criteria: Vec<RowCriterion>,
    /// What scored it, where the row says so.
    pub provenance: Option<&'a Provenance>,
}

/// One criterion's outcome in a row.
#[derive(Clone, Debug)]
pub struct RowCriterion {
    /// State, raw value and number of hits.
    pub cell: Cell,
    /// The value after `when_met` and `when_unmet`; `None` where it is not scored.
    pub value: Option<f64>,
    /// With evidence: the places in the text.
    pub spans: Option<Vec<Span>>,
}

impl<'a> Scored<'a> {
    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.dataset.responses().len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The rows of these responses, in order, made in parallel.
    pub fn rows(&self, responses: Range<usize>) -> Vec<Row<'a>> {
        responses.into_par_iter().map(|index| self.row(index)).collect()
    }

    /// The row of response `index`.
    pub fn row(&self, index: usize) -> Row<'a> {
        let names = Names {
            id: self.dataset.text(self.dataset.responses()[index].id),
            prompt_id: self.dataset.text(self.dataset.prompt_of(index).id),
            model: self.dataset.model_of(index),
        };
        let row = match self.results {
            Some(results) if !self.evidence => {
                let dimensions = (0..self.rubric.dimensions.len()).map(|at| results.dimension(index, at)).collect();
                let cells = |at| results.cell(index, at);
                Row::of_cells(self.rubric, names, cells, results.total(index), dimensions)
            }
            _ => {
                let input = input(self.dataset, index);
                let people = self.people.map(|people| (people, index as u32));
                let card = rescored(self.rubric, input.as_ref(), people, None);
                Row::of_card(self.rubric, names, &card, self.evidence)
            }
        };
        Row { provenance: self.provenance, ..row }
    }
}

impl<'a> Row<'a> {
    /// The row of a response whose cells are known.
    pub fn of_cells(
        rubric: &'a CompiledRubric,
        names: Names<'a>,
        cell: impl Fn(usize) -> Cell,
        total: Total,
        dimensions: Vec<Option<f64>>,
    ) -> Self {
        let criterion = |(at, criterion): (usize, &CompiledCriterion)| {
            let cell = cell(at);
            RowCriterion { cell, value: cell.value().map(|raw| criterion.value(raw)), spans: None }
        };
        let criteria = rubric.criteria.iter().enumerate().map(criterion).collect();
        let Names { id, prompt_id, model } = names;
        Self { rubric, id, prompt_id, model, total, dimensions, criteria, provenance: None }
    }

    /// The row of a response with this card, which is `rubric`'s; with `evidence` it carries spans.
    pub fn of_card(rubric: &'a CompiledRubric, names: Names<'a>, card: &Scorecard, evidence: bool) -> Self {
        let criterion = |criterion: &CriterionCard| RowCriterion {
            cell: criterion.cell,
            value: criterion.value,
            spans: evidence.then(|| criterion.hits.iter().map(|hit| hit.span).collect()),
        };
        let criteria = card.criteria.iter().map(criterion).collect();
        let Names { id, prompt_id, model } = names;
        let dimensions = card.dimensions.clone();
        Self { rubric, id, prompt_id, model, total: card.total, dimensions, criteria, provenance: None }
    }
}

/// Fields that are not in every row are optional: RON writes `Some` before them, so that a struct with `Option`
/// fields reads every row.
impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let optional = usize::from(self.total.gate.is_some()) + 2 * usize::from(self.provenance.is_some());
        let mut row = serializer.serialize_struct("Row", 8 + optional)?;
        row.serialize_field("id", self.id)?;
        row.serialize_field("prompt_id", self.prompt_id)?;
        row.serialize_field("model", self.model)?;
        row.serialize_field("score", &self.total.score)?;
        row.serialize_field("passed", &self.total.passed)?;
        row.serialize_field("complete", &self.total.is_complete())?;
        if let Some(gate) = self.total.gate {
            row.serialize_field("gate", &Some(&self.rubric.criteria[gate].id))?;
        }
        let dimensions = self.rubric.dimensions.iter().map(|dimension| dimension.id.as_str());
        row.serialize_field("dimensions", &ById(dimensions.zip(&self.dimensions).collect()))?;
        let criteria = self.rubric.criteria.iter().map(|criterion| criterion.id.as_str());
        row.serialize_field("criteria", &ById(criteria.zip(&self.criteria).collect()))?;
        if let Some(provenance) = self.provenance {
            row.serialize_field("rubric_sha256", &Some(&provenance.rubric))?;
            row.serialize_field("engine", &Some(&provenance.engine))?;
        }
        row.end()
    }
}

/// A map in the rubric's order.
struct ById<'a, T>(Vec<(&'a str, &'a T)>);

impl<T: Serialize> Serialize for ById<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (id, value) in &self.0 {
            map.serialize_entry(id, value)?;
        }
        map.end()
    }
}

impl Serialize for RowCriterion {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let why = why_unscored(self.cell.state);
        let fields = 2 + 2 * usize::from(why.is_some()) + usize::from(self.spans.is_some());
        let mut criterion = serializer.serialize_struct("Criterion", fields)?;
        criterion.serialize_field("value", &self.value)?;
        if let Some((state, reason)) = why {
            criterion.serialize_field("state", &Some(state))?;
            criterion.serialize_field("reason", &Some(reason))?;
        }
        criterion.serialize_field("hits", &self.cell.hits)?;
        if let Some(spans) = &self.spans {
            let spans: Vec<[u32; 2]> = spans.iter().map(|span| [span.start, span.end]).collect();
            criterion.serialize_field("spans", &spans)?;
        }
        criterion.end()
    }
}

/// The word for a state without value, and its reason in a sentence.
fn why_unscored(state: State) -> Option<(&'static str, &'static str)> {
    match state {
        State::Scored => None,
        State::NotApplicable => Some(("not_applicable", "The check does not concern this response.")),
        State::AwaitingHuman => Some(("awaiting_human", "A person has yet to rate it.")),
        State::Invalid(reason) => Some(("invalid", Reason::message(reason))),
        State::Broken => Some(("invalid", "The criterion's check has a mistake.")),
    }
}
