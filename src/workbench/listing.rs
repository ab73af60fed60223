//! Which responses are listed, and in which order.

use super::query::{Matcher, Query};
use crate::model::Dataset;
use crate::scoring::{Progress, Results};
use rayon::prelude::*;

/// What a list is ordered by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// The column.
    pub key: OrderKey,
    /// Greatest first.
    pub descending: bool,
}

/// What can be ordered by.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum OrderKey {
    /// As imported.
    #[default]
    Imported,
    /// The score.
    Score,
    /// The value of the dimension or criterion with this id.
    Part(String),
    /// The model, then as imported.
    Model,
    /// The prompt, then as imported.
    Prompt,
    /// Characters of text.
    Length,
}

/// The rows that `query` selects, in `order`. Ties keep import order; rows without the value come last, whichever
/// the direction. Before there are results, a score is no value. `None` when cancelled.
pub fn listing(
    dataset: &Dataset,
    results: &Results,
    query: &Query,
    order: &Order,
    progress: &Progress,
) -> Option<Vec<u32>> {
    let matcher = Matcher::new(query, dataset, results);
    // Collecting from an indexed parallel iterator keeps the order.
    let matching = |row: usize| (!progress.is_cancelled() && matcher.matches(row)).then_some(row as u32);
    let mut rows: Vec<u32> = (0..dataset.responses().len()).into_par_iter().filter_map(matching).collect();
    if progress.is_cancelled() {
        return None;
    }
    let value = value_of(dataset, results, &order.key);
    match value {
        None => {
            if order.descending {
                rows.reverse();
            }
        }
        Some(value) => {
            let mut keyed: Vec<(Option<f64>, u32)> = rows.iter().map(|&row| (value(row as usize), row)).collect();
            keyed.sort_by(|(a, _), (b, _)| match (a, b) {
                (Some(a), Some(b)) if order.descending => b.total_cmp(a),
                (Some(a), Some(b)) => a.total_cmp(b),
                (a, b) => b.is_some().cmp(&a.is_some()),
            });
            rows = keyed.into_iter().map(|(_, row)| row).collect();
        }
    }
    Some(rows)
}

type Value<'a> = Box<dyn Fn(usize) -> Option<f64> + 'a>;

fn value_of<'a>(dataset: &'a Dataset, results: &'a Results, key: &OrderKey) -> Option<Value<'a>> {
    let scored = move |row: usize| row < results.len();
    Some(match key {
        OrderKey::Imported => return None,
        OrderKey::Score => Box::new(move |row| scored(row).then(|| results.total(row).score).flatten()),
        OrderKey::Part(id) => {
            if let Some(index) = results.rubric().dimension(id) {
                Box::new(move |row| results.dimension(row, index))
            } else if let Some(index) = results.rubric().criterion(id) {
                let criterion = &results.rubric().criteria[index];
                Box::new(move |row| results.cell(row, index).value().map(|raw| criterion.value(raw)))
            } else {
                return None;
            }
        }
        OrderKey::Model => {
            let mut names: Vec<usize> = (0..dataset.models().len()).collect();
            names.sort_by_key(|&model| &dataset.models()[model]);
            let mut rank = vec![0; names.len()];
            for (place, model) in names.into_iter().enumerate() {
                rank[model] = place;
            }
            Box::new(move |row| Some(rank[dataset.responses()[row].model as usize] as f64))
        }
        OrderKey::Prompt => Box::new(move |row| Some(f64::from(dataset.responses()[row].prompt))),
        OrderKey::Length => Box::new(move |row| dataset.response_text(row).map(|text| text.chars().count() as f64)),
    })
}
