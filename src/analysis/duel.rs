//! Two models in detail.

use super::change::{Parts, is_flip};
use super::comparisons::{Comparison, compare_alone};
use super::figure::Figure;
use super::frame::{Frame, OfModel, by_prompt, paired};
use super::{Inputs, Options};
use crate::stats::{PairedComparison, mean_with_interval};
use serde::Serialize;
use std::collections::HashMap;

/// Two models on the prompts that both answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Duel {
    /// Score, pass and what can be said; in the order in which they were named.
    pub comparison: Comparison,
    /// Each dimension: its value for the first less that for the second.
    pub dimensions: Vec<PartDifference>,
    /// Each criterion: its raw value for the first less that for the second.
    pub criteria: Vec<PartDifference>,
    /// Prompts that one passes and the other does not, the largest difference of scores first.
    pub flips: Vec<PromptFlip>,
}

/// How two models differ on one dimension or criterion.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PartDifference {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The mean difference over prompts, with its interval.
    pub difference: Figure,
    /// Which the interval favours; `None` where it does not tell.
    pub first_ahead: Option<bool>,
    /// Of a criterion: how much of the difference of scores it makes, before clipping and gates.
    pub adds: Option<Figure>,
}

/// A prompt that one model passes and the other does not.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PromptFlip {
    /// The prompt's id.
    pub prompt: String,
    /// Whether the first passes it, and not the second.
    pub first_passes: bool,
    /// Both scores.
    pub scores: [Option<f64>; 2],
    /// Shows all responses to it.
    pub filter: String,
}

/// Compares the models with these indices in the dataset.
///
/// # Errors
/// Why they cannot be compared, as a clause.
pub fn compare(inputs: &Inputs<'_>, models: [u32; 2], options: &Options) -> Result<Duel, String> {
    let frame = Frame::new(inputs);
    let find = |index: u32| {
        let found = frame.models.iter().position(|model| model.index == index);
        found.ok_or_else(|| {
            let name = inputs.dataset.models().get(index as usize).map_or("", |name| name);
            format!("no response of “{name}” is among those looked at")
        })
    };
    let [first, second] = [find(models[0])?, find(models[1])?];
    if first == second {
        return Err("both are the same".to_owned());
    }
    let rubric = frame.results.rubric();
    let part = |id: &str, name: &str, value: &dyn Fn(usize) -> Option<f64>, adds: Option<Figure>| {
        let differences = differences(&frame, [first, second], value);
        let n = differences.len();
        let estimate = mean_with_interval(&differences, &options.bootstrap);
        let compared = estimate.as_ref().ok().map(|&difference| PairedComparison { difference, prompts: n });
        PartDifference {
            id: id.to_owned(),
            name: name.to_owned(),
            difference: match &differences[..] {
                [only] => Figure::plain(1, *only),
                _ => Figure::of(n, estimate),
            },
            first_ahead: compared.and_then(|compared| compared.first_ahead()),
            adds,
        }
    };
    let dimensions = rubric.dimensions.iter().enumerate();
    let dimensions =
        dimensions.map(|(at, node)| part(&node.id, &node.name, &|row| frame.results.dimension(row, at), None));
    let adds = added(&frame, [first, second]);
    let criteria = rubric.criteria.iter().enumerate().map(|(at, node)| {
        part(&node.id, &node.name, &|row| frame.results.cell(row, at).value(), Some(adds[at].clone()))
    });
    Ok(Duel {
        comparison: compare_alone(&frame, [first, second], options),
        dimensions: dimensions.collect(),
        criteria: criteria.collect(),
        flips: flips(&frame, [&frame.models[first], &frame.models[second]]),
    })
}

/// First less second at every prompt where both have a value.
fn differences(frame: &Frame<'_>, models: [usize; 2], value: &dyn Fn(usize) -> Option<f64>) -> Vec<f64> {
    let [first, second] = models.map(|at| by_prompt(&frame.values(&frame.models[at].rows, value)));
    paired(&first, &second).map(|(a, b)| a.mean - b.mean).collect()
}

/// What each criterion adds to the difference of scores.
fn added(frame: &Frame<'_>, models: [usize; 2]) -> Vec<Figure> {
    let parts = Parts::new(frame.results);
    let rubric = frame.results.rubric();
    let all: HashMap<u32, HashMap<String, f64>> =
        models.iter().flat_map(|&at| &frame.models[at].rows).map(|&row| (row, parts.of(frame.results, row))).collect();
    let of = |id: &String| {
        // A criterion that is not scored adds nothing to a response that has a score.
        let value = |row: usize| {
            let parts = all.get(&(row as u32)).filter(|parts| !parts.is_empty())?;
            Some(parts.get(id).copied().unwrap_or(0.0))
        };
        let differences = differences(frame, models, &value);
        match differences.len() {
            0 => Figure::undefined(0, "no prompt has a score from both"),
            n => Figure::plain(n, differences.iter().sum::<f64>() / n as f64),
        }
    };
    rubric.criteria.iter().map(|criterion| of(&criterion.id)).collect()
}

fn flips(frame: &Frame<'_>, models: [&OfModel; 2]) -> Vec<PromptFlip> {
    // Where a model answered a prompt several times, nobody can say which answers belong together.
    let single = |model: &OfModel| -> HashMap<u32, Option<u32>> {
        let mut rows: HashMap<u32, Option<u32>> = HashMap::new();
        for &row in &model.rows {
            rows.entry(frame.prompt(row)).and_modify(|only| *only = None).or_insert(Some(row));
        }
        rows
    };
    let second = single(models[1]);
    let mut flips: Vec<PromptFlip> = single(models[0])
        .into_iter()
        .filter_map(|(prompt, row)| {
            let (one, other) = (row? as usize, (*second.get(&prompt)?)? as usize);
            let first_passes = !is_flip([frame.results.passed(one), frame.results.passed(other)])?;
            let id = frame.dataset.text(frame.dataset.prompts()[prompt as usize].id);
            Some(PromptFlip {
                prompt: id.to_owned(),
                first_passes,
                scores: [frame.results.score(one), frame.results.score(other)],
                filter: frame.filter.prompt(id).text(),
            })
        })
        .collect();
    let gap = |flip: &PromptFlip| match flip.scores {
        [Some(first), Some(second)] => (first - second).abs(),
        _ => f64::INFINITY,
    };
    flips.sort_by(|a, b| gap(b).total_cmp(&gap(a)).then_with(|| a.prompt.cmp(&b.prompt)));
    flips
}
