//! The evidence pass: everything about one response.

use super::compile::{CompiledCriterion, CompiledRubric, How};
use super::people::{By, by, counting};
use super::{Cell, State, Total, tally};
use crate::checks::{CompiledCheck, Hit, Input, Known, Reason, Scan};
use crate::model::Dataset;
use crate::model::review::Judgements;
use std::sync::Arc;

/// All outcomes and totals of one response: the machine's, with what people judged in its place.
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
    /// Its state, raw value and hit count: what counts.
    pub cell: Cell,
    /// What the machine alone says; the same unless a person rated the response or overruled the check.
    pub machine: Cell,
    /// Whose the value is.
    pub by: By,
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

/// Scores one input in full, as the machine alone does; `None` stands for a response without text.
pub fn scorecard(rubric: &CompiledRubric, input: Option<&Input<'_>>) -> Scorecard {
    rescored(rubric, input, None, None)
}

/// The same of response `row`, where `people` judged.
pub fn judged_card(rubric: &CompiledRubric, dataset: &Dataset, row: usize, people: &Judgements) -> Scorecard {
    rescored(rubric, input(dataset, row).as_ref(), Some((people, row as u32)), None)
}

/// The card of an input, with what `people` judged of it as response of a row. Where `known` is the card of the same
/// input under another rubric, checks that both rubrics share do not run again.
pub fn rescored(
    rubric: &CompiledRubric,
    input: Option<&Input<'_>>,
    people: Option<(&Judgements, u32)>,
    known: Option<(&CompiledRubric, &Scorecard)>,
) -> Scorecard {
    let known = |check: &Arc<CompiledCheck>| {
        let (old, card) = known?;
        let is_same = |how: &How| matches!(how, How::Check(_, old) if Arc::ptr_eq(old, check));
        let at = old.criteria.iter().position(|criterion| is_same(&criterion.how))?;
        card.criteria.get(at)
    };
    // In a long text, what several checks look for is worth one pass for all.
    let long = input.filter(|input| input.text.len() >= LONG);
    let scan = long.and_then(|_| {
        let checks = rubric.criteria.iter().filter_map(|criterion| match &criterion.how {
            How::Check(_, check) if known(check).is_none() => Some(&**check),
            _ => None,
        });
        Scan::new(&checks.collect::<Vec<_>>())
    });
    let found = scan.as_ref().zip(long).map(|(scan, input)| {
        let mut found = scan.known();
        found.read(input.text);
        found
    });
    let nobody = Judgements::default();
    let (people, row) = people.unwrap_or((&nobody, 0));
    let card = |(at, criterion): (usize, &CompiledCriterion)| {
        let card = match (&criterion.how, input) {
            (How::Check(_, check), Some(input)) => {
                known(check).cloned().unwrap_or_else(|| explained(check, input, found.as_ref()))
            }
            (How::Check(..), None) => unscored(State::Invalid(Reason::NoText)),
            (How::Human(_), _) => unscored(State::AwaitingHuman),
            (How::Broken, _) => unscored(State::Broken),
        };
        let cell = counting(rubric, at, row, people, card.machine);
        let by = by(rubric, at, row, people);
        CriterionCard { cell, by, value: cell.value().map(|raw| criterion.value(raw)), ..card }
    };
    let criteria: Vec<CriterionCard> = rubric.criteria.iter().enumerate().map(card).collect();
    let mut dimensions = vec![f64::NAN; rubric.dimensions.len()];
    let total = tally(rubric, |index| criteria[index].cell, &mut dimensions);
    let dimensions = dimensions.into_iter().map(|value| Some(value).filter(|value| !value.is_nan())).collect();
    Scorecard { criteria, dimensions, total }
}

/// From so many bytes on, reading a text again takes longer than preparing one pass for all checks.
const LONG: usize = 64 << 10;

/// The card of `check` alone, what counts still to come; `found` is what a pass for several checks found.
fn explained(check: &CompiledCheck, input: &Input<'_>, found: Option<&Known<'_>>) -> CriterionCard {
    let (verdict, evidence) = check.explain_with(input, found);
    CriterionCard { hits: evidence.hits, missing: evidence.missing, ..of_cell(verdict.into()) }
}

fn unscored(state: State) -> CriterionCard {
    of_cell(Cell::unscored(state))
}

fn of_cell(machine: Cell) -> CriterionCard {
    let by = By::Machine;
    CriterionCard { cell: machine, machine, by, value: None, hits: Vec::new(), missing: Vec::new() }
}
