//! The numbers of a set of responses: per model, per dimension, per criterion.

use crate::model::Dataset;
use crate::scoring::{Results, State};
use crate::stats::{Histogram, Summary, summarize};

/// Bins of a score's distribution.
pub const SCORE_BINS: usize = 20;

/// Everything the results panel shows of some rows.
#[derive(Clone, Debug, Default)]
pub struct Overview {
    /// How many responses it is about.
    pub rows: usize,
    /// All of them together.
    pub all: Group,
    /// By model: index into the dataset's models and its numbers; best mean first, unscored last.
    pub models: Vec<(u32, Group)>,
    /// One per criterion of the results' rubric.
    pub criteria: Vec<CriterionNumbers>,
}

/// The numbers of some responses.
#[derive(Clone, Debug, Default)]
pub struct Group {
    /// How many responses.
    pub rows: usize,
    /// Their scores; `None` where none is scored.
    pub score: Option<Summary>,
    /// The distribution of the scores.
    pub histogram: Histogram<SCORE_BINS>,
    /// One per dimension of the results' rubric.
    pub dimensions: Vec<Option<Summary>>,
    /// How many pass.
    pub passed: usize,
    /// How many have passing decided.
    pub decided: usize,
    /// How many cards are incomplete.
    pub incomplete: usize,
    /// For each criterion, how many met it and how many are scored on it.
    pub met: Vec<(usize, usize)>,
}

/// The numbers of one criterion.
#[derive(Clone, Debug, Default)]
pub struct CriterionNumbers {
    /// Responses scored.
    pub scored: usize,
    /// Of these, met.
    pub met: usize,
    /// Responses it does not concern.
    pub not_applicable: usize,
    /// Responses awaiting a human.
    pub awaiting: usize,
    /// Responses it could not be decided for.
    pub invalid: usize,
    /// Raw values, 0..=1.
    pub raw: Option<Summary>,
    /// Their distribution.
    pub histogram: Histogram<10>,
}

/// The numbers of `rows`, which are rows of `results`.
pub fn overview(dataset: &Dataset, results: &Results, rows: &[u32]) -> Overview {
    let rows: Vec<usize> = rows.iter().map(|&row| row as usize).filter(|&row| row < results.len()).collect();
    let mut by_model: Vec<Vec<usize>> = vec![Vec::new(); dataset.models().len()];
    for &row in &rows {
        by_model[dataset.responses()[row].model as usize].push(row);
    }
    let mut models: Vec<(u32, Group)> = by_model
        .iter()
        .enumerate()
        .filter(|(_, rows)| !rows.is_empty())
        .map(|(model, rows)| (model as u32, group(results, rows)))
        .collect();
    let mean = |group: &Group| group.score.map_or(f64::NEG_INFINITY, |score| score.mean);
    models.sort_by(|(_, a), (_, b)| mean(b).total_cmp(&mean(a)));
    let criteria = (0..results.rubric().criteria.len()).map(|index| criterion(results, index, &rows)).collect();
    Overview { rows: rows.len(), all: group(results, &rows), models, criteria }
}

fn group(results: &Results, rows: &[usize]) -> Group {
    let mut group = Group { rows: rows.len(), ..Group::default() };
    let mut scores = Vec::with_capacity(rows.len());
    for &row in rows {
        let total = results.total(row);
        if let Some(score) = total.score {
            scores.push(score);
            group.histogram.add(score);
        }
        group.passed += usize::from(total.passed == Some(true));
        group.decided += usize::from(total.passed.is_some());
        group.incomplete += usize::from(!total.is_complete());
    }
    group.score = summarize(&mut scores);
    group.dimensions = (0..results.rubric().dimensions.len())
        .map(|index| {
            let mut values: Vec<f64> = rows.iter().filter_map(|&row| results.dimension(row, index)).collect();
            summarize(&mut values)
        })
        .collect();
    group.met = (0..results.rubric().criteria.len()).map(|index| met(results, index, rows)).collect();
    group
}

fn met(results: &Results, index: usize, rows: &[usize]) -> (usize, usize) {
    let criterion = &results.rubric().criteria[index];
    rows.iter()
        .filter_map(|&row| results.cell(row, index).value())
        .fold((0, 0), |(met, scored), raw| (met + usize::from(criterion.is_met(raw)), scored + 1))
}

fn criterion(results: &Results, index: usize, rows: &[usize]) -> CriterionNumbers {
    let mut numbers = CriterionNumbers::default();
    let mut values = Vec::with_capacity(rows.len());
    for &row in rows {
        let cell = results.cell(row, index);
        match cell.state {
            State::Scored => {
                values.push(cell.raw);
                numbers.histogram.add(cell.raw);
            }
            State::NotApplicable => numbers.not_applicable += 1,
            State::AwaitingHuman => numbers.awaiting += 1,
            State::Invalid(_) | State::Broken => numbers.invalid += 1,
        }
    }
    (numbers.met, numbers.scored) = met(results, index, rows);
    numbers.raw = summarize(&mut values);
    numbers
}
