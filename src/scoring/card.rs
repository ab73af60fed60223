//! The evidence pass: everything about one response.

use super::compile::{CompiledRubric, How};
use super::{Cell, State, Total, tally};
use crate::checks::{Collected, Hit, Input, Reason};
use crate::model::Dataset;

/// All outcomes and totals of one response, made by the machine.
#[derive(Clone, Debug, PartialEq)]
pub struct Scorecard {
    /// One per criterion of the compiled rubric.
    pub criteria: Vec<CriterionCard>,
    /// Each dimension's value; `None` where nothing below it is scored.
    pub dimensions: Vec<Option<f64>>,
    /// The score.
    pub total: Total,
}

/// One criterion's outcome with its evidence.
#[derive(Clone, Debug, PartialEq)]
pub struct CriterionCard {
    /// Its state, raw value and hit count.
    pub cell: Cell,
    /// The value after `when_met` and `when_unmet`; `None` where it is not scored.
    pub value: Option<f64>,
    /// Places in the text, in the order the check found them.
    pub hits: Vec<Hit>,
    /// What was looked for and is absent.
    pub missing: Vec<String>,
}

/// What checks look at for response `row`; `None` where it has no text.
pub fn input(dataset: &Dataset, row: usize) -> Option<Input<'_>> {
    let text = dataset.response_text(row)?;
    let prompt = dataset.prompt_of(row);
    Some(Input {
        text,
        prompt: dataset.text(prompt.text),
        reference: prompt.reference.map(|reference| dataset.text(reference)),
    })
}

/// Scores one input in full; `None` stands for a response without text.
pub fn scorecard(rubric: &CompiledRubric, input: Option<&Input<'_>>) -> Scorecard {
    let criteria: Vec<CriterionCard> = rubric
        .criteria
        .iter()
        .map(|criterion| {
            let (cell, evidence) = match (&criterion.how, input) {
                (How::Check(_, check), Some(input)) => {
                    let (verdict, evidence) = check.explain(input);
                    (Cell::new(verdict, evidence.hits.len() as u32), evidence)
                }
                (How::Check(..), None) => (Cell::unscored(State::Invalid(Reason::NoText)), Collected::default()),
                (How::Human(_), _) => (Cell::unscored(State::AwaitingHuman), Collected::default()),
                (How::Broken, _) => (Cell::unscored(State::Broken), Collected::default()),
            };
            let value = cell.value().map(|raw| criterion.value(raw));
            CriterionCard { cell, value, hits: evidence.hits, missing: evidence.missing }
        })
        .collect();
    let mut dimensions = vec![f64::NAN; rubric.dimensions.len()];
    let total = tally(rubric, |index| criteria[index].cell, &mut dimensions);
    let dimensions = dimensions.into_iter().map(|value| Some(value).filter(|value| !value.is_nan())).collect();
    Scorecard { criteria, dimensions, total }
}
