//! What every format says of one response.

use super::Header;
use crate::checks::Reason;
use crate::flags::{Kind, KindSet};
use crate::io::{digest, rubric_file};
use crate::model::review::Judgements;
use crate::model::{Dataset, Rubric};
use crate::scoring::{
    By, Cell, CompiledCriterion, CompiledRubric, CriterionCard, Results, ScorePass, Scorecard, State, Total, input,
    rescored,
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
    /// How many places values rest on, where the results are known and rows carry no spans.
    pub hits: Hits<'a>,
    /// The flags of each response, where rows are to say them.
    pub flags: Option<&'a [KindSet]>,
    /// Whether rows carry spans: they are found anew, row by row.
    pub evidence: bool,
    /// Where rows say what scored them.
    pub provenance: Option<&'a Provenance>,
}

/// How many places in a response's text each criterion's value rests on.
#[derive(Clone, Copy, Debug)]
pub enum Hits<'a> {
    /// Rows do not say it: 0 stands for all.
    Untold,
    /// Counted for each row that is made.
    Counted,
    /// Known, for each of the rubric's different checks and each response.
    Known(&'a [Vec<u32>]),
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

/// So many rows are counted by one worker in one go.
const TOGETHER: usize = 64;

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
    /// Its flags, where the row says them.
    pub flags: Option<KindSet>,
    /// One value per dimension of the rubric.
    pub dimensions: Vec<Option<f64>>,
    /// One per criterion of the rubric.
    pub criteria: Vec<RowCriterion>,
    /// What scored it, where the row says so.
    pub provenance: Option<&'a Provenance>,
    /// Whether the row says whose its values are.
    pub people: bool,
}

/// One criterion's outcome in a row.
#[derive(Clone, Debug)]
pub struct RowCriterion {
    /// State and raw value.
    pub cell: Cell,
    /// How many places in the text it rests on.
    pub hits: u32,
    /// Whose the value is.
    pub by: By,
    /// The machine's own value, after `when_met` and `when_unmet`; `None` where it has none.
    pub machine: Option<f64>,
    /// The value after `when_met` and `when_unmet`; `None` where it is not scored.
    pub value: Option<f64>,
    /// With evidence: the places in the text.
    pub spans: Option<Vec<Span>>,
}

impl<'a> Scored<'a> {
    /// What all rows have in common.
    pub fn header(&self) -> Header<'a> {
        Header {
            rubric: self.rubric,
            provenance: self.provenance,
            people: self.people.is_some(),
            flags: self.flags.is_some(),
        }
    }

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
        let (checks, of_criteria) = self.rubric.checks();
        let counts = matches!(self.hits, Hits::Counted) && self.results.is_some() && !self.evidence;
        let pass = counts.then(|| ScorePass::new(&checks).counting());
        let some = |first: usize| {
            let rows = first..responses.end.min(first + TOGETHER);
            let counted =
                pass.as_ref().and_then(|pass| pass.run(rows.clone().map(|row| input(self.dataset, row))).hits);
            let known = match (&counted, self.hits) {
                (Some(counted), _) => Some((&counted[..], first)),
                (None, Hits::Known(known)) => Some((known, 0)),
                (None, _) => None,
            };
            let hits = |row: usize, criterion: usize| {
                let ((hits, first), check) = known.zip(of_criteria[criterion])?;
                Some(hits[check][row - first])
            };
            rows.map(|row| self.row(row, |criterion| hits(row, criterion).unwrap_or(0))).collect::<Vec<_>>()
        };
        let firsts = responses.clone().into_par_iter().step_by(TOGETHER);
        firsts.flat_map_iter(some).collect()
    }

    /// The row of response `index`, given how many hits each criterion has, where it does not find them itself.
    fn row(&self, index: usize, hits: impl Fn(usize) -> u32) -> Row<'a> {
        let names = Names {
            id: self.dataset.text(self.dataset.responses()[index].id),
            prompt_id: self.dataset.text(self.dataset.prompt_of(index).id),
            model: self.dataset.model_of(index),
        };
        let row = match self.results {
            Some(results) if !self.evidence => {
                let dimensions = (0..self.rubric.dimensions.len()).map(|at| results.dimension(index, at)).collect();
                let cells = |at| results.cell(index, at);
                let mut row = Row::of_cells(self.rubric, names, cells, hits, results.total(index), dimensions);
                for (at, criterion) in row.criteria.iter_mut().enumerate() {
                    let machine = results.machine_cell(index, at).value();
                    criterion.machine = machine.map(|raw| self.rubric.criteria[at].value(raw));
                    criterion.by = results.by(index, at);
                }
                row
            }
            _ => {
                let input = input(self.dataset, index);
                let people = self.people.map(|people| (people, index as u32));
                let card = rescored(self.rubric, input.as_ref(), people, None);
                Row::of_card(self.rubric, names, &card, self.evidence)
            }
        };
        let flags = self.flags.map(|flags| flags.get(index).copied().unwrap_or_default());
        Row { provenance: self.provenance, people: self.people.is_some(), flags, ..row }
    }
}

impl<'a> Row<'a> {
    /// The row of a response whose cells, and how many hits they have, are known, all of them the machine's.
    pub fn of_cells(
        rubric: &'a CompiledRubric,
        names: Names<'a>,
        cell: impl Fn(usize) -> Cell,
        hits: impl Fn(usize) -> u32,
        total: Total,
        dimensions: Vec<Option<f64>>,
    ) -> Self {
        let criterion = |(at, criterion): (usize, &CompiledCriterion)| {
            let cell = cell(at);
            let value = cell.value().map(|raw| criterion.value(raw));
            RowCriterion { cell, hits: hits(at), by: By::Machine, machine: value, value, spans: None }
        };
        let criteria = rubric.criteria.iter().enumerate().map(criterion).collect();
        let Names { id, prompt_id, model } = names;
        Self { rubric, id, prompt_id, model, total, flags: None, dimensions, criteria, provenance: None, people: false }
    }

    /// The row of a response with this card, which is `rubric`'s; with `evidence` it carries spans.
    pub fn of_card(rubric: &'a CompiledRubric, names: Names<'a>, card: &Scorecard, evidence: bool) -> Self {
        let criterion = |(criterion, of): (&CriterionCard, &CompiledCriterion)| RowCriterion {
            cell: criterion.cell,
            hits: u32::try_from(criterion.hits.len()).unwrap_or(u32::MAX),
            by: criterion.by,
            machine: criterion.machine.value().map(|raw| of.value(raw)),
            value: criterion.value,
            spans: evidence.then(|| criterion.hits.iter().map(|hit| hit.span).collect()),
        };
        let criteria = card.criteria.iter().zip(&rubric.criteria).map(criterion).collect();
        let Names { id, prompt_id, model } = names;
        let dimensions = card.dimensions.clone();
        let total = card.total;
        Self { rubric, id, prompt_id, model, total, flags: None, dimensions, criteria, provenance: None, people: false }
    }
}

impl Row<'_> {
    /// The ids of its flags, in the order of kinds, where the row says them.
    pub(super) fn flag_ids(&self) -> Option<impl Iterator<Item = &'static str>> {
        self.flags.map(|flags| flags.iter().map(Kind::id))
    }
}

/// Fields that are not in every row are optional: RON writes `Some` before them, so that a struct with `Option`
/// fields reads every row.
impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let optional = usize::from(self.total.gate.is_some())
            + usize::from(self.flags.is_some())
            + 2 * usize::from(self.provenance.is_some());
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
        if self.flags.is_some() {
            row.serialize_field("flags", &self.flag_ids().map(Iterator::collect::<Vec<_>>))?;
        }
        let dimensions = self.rubric.dimensions.iter().map(|dimension| dimension.id.as_str());
        row.serialize_field("dimensions", &ById(dimensions.zip(&self.dimensions).collect()))?;
        let criteria: Vec<Told<'_>> =
            self.criteria.iter().map(|criterion| Told { criterion, people: self.people }).collect();
        let ids = self.rubric.criteria.iter().map(|criterion| criterion.id.as_str());
        row.serialize_field("criteria", &ById(ids.zip(&criteria).collect()))?;
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

impl RowCriterion {
    /// Whose the value is, in a word; `None` where there is none.
    pub(super) fn whose(&self) -> Option<&'static str> {
        self.value.map(|_| match self.by {
            By::Machine => "machine",
            By::People => "people",
            By::Overruled => "overruled",
        })
    }
}

/// A criterion's outcome as it is written, with whose it is where rows say so.
struct Told<'a> {
    criterion: &'a RowCriterion,
    people: bool,
}

impl Serialize for Told<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let RowCriterion { cell, hits, by, machine, value, spans } = self.criterion;
        let why = why_unscored(cell.state, *by);
        let whose = self.criterion.whose().filter(|_| self.people);
        let overruled = whose.is_some() && *by == By::Overruled;
        let fields = 2
            + 2 * usize::from(why.is_some())
            + usize::from(whose.is_some())
            + usize::from(overruled)
            + usize::from(spans.is_some());
        let mut criterion = serializer.serialize_struct("Criterion", fields)?;
        criterion.serialize_field("value", value)?;
        if let Some(whose) = whose {
            criterion.serialize_field("by", &Some(whose))?;
        }
        if overruled {
            criterion.serialize_field("machine", machine)?;
        }
        if let Some((state, reason)) = why {
            criterion.serialize_field("state", &Some(state))?;
            criterion.serialize_field("reason", &Some(reason))?;
        }
        criterion.serialize_field("hits", hits)?;
        if let Some(spans) = spans {
            let spans: Vec<[u32; 2]> = spans.iter().map(|span| [span.start, span.end]).collect();
            criterion.serialize_field("spans", &spans)?;
        }
        criterion.end()
    }
}

/// The word for a state without value, and its reason in a sentence.
fn why_unscored(state: State, by: By) -> Option<(&'static str, &'static str)> {
    match state {
        State::Scored => None,
        State::NotApplicable if by == By::People => {
            Some(("not_applicable", "Whoever rated it says that it cannot be judged."))
        }
        State::NotApplicable => Some(("not_applicable", "The check does not concern this response.")),
        State::AwaitingHuman => Some(("awaiting_human", "A person has yet to rate it.")),
        State::Invalid(reason) => Some(("invalid", Reason::message(reason))),
        State::Broken => Some(("invalid", "The criterion's check has a mistake.")),
    }
}
