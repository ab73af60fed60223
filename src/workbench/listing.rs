//! Which responses are listed, and in which order.

use super::Flagged;
use super::facts::Facts;
use super::query::{Matcher, Query, priority};
use crate::scoring::{Progress, Results};
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// What a list is ordered by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// The column.
    pub key: OrderKey,
    /// Greatest first.
    pub descending: bool,
}

/// What can be ordered by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
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
    /// How far reviewers are apart.
    Disagreement,
    /// How far the score can be relied on.
    Confidence,
    /// A random order, the same for the same seed.
    Random(u64),
}

/// The rows that `query` selects, in import order; of `within` alone, where that is given. `None` when cancelled.
pub(super) fn matching(
    facts: &Facts,
    results: &Results,
    query: &Query,
    flags: Option<&Flagged>,
    within: Option<&[u32]>,
    progress: &Progress,
) -> Option<Vec<u32>> {
    let mut matcher = Matcher::new(query, &facts.dataset, results);
    if query.asks_for_duplicates() {
        matcher = matcher.with_duplicates(facts.duplicates(progress)?);
    }
    if let Some(flags) = flags {
        matcher = matcher.with_flags(flags);
    }
    // Collecting from a parallel iterator keeps the order.
    let matches = |row: &u32| !progress.is_cancelled() && matcher.matches(*row as usize);
    let rows = within.unwrap_or(facts.rows());
    let found: Vec<u32> = rows.par_iter().with_max_len(CHUNK).copied().filter(matches).collect();
    if progress.is_cancelled() {
        return None;
    }
    Some(match query.sample() {
        Some(sample) => sample.of(&facts.dataset, &found),
        None => found,
    })
}

/// `rows`, which are in import order, in `order`. Ties keep import order; rows without the value come last, whichever
/// the direction. Before there are results, a score is no value. `None` when cancelled.
pub(super) fn ordered(
    facts: &Facts,
    results: &Results,
    rows: &[u32],
    order: &Order,
    progress: &Progress,
) -> Option<Vec<u32>> {
    let Some(value) = value_of(facts, results, &order.key) else {
        return Some(if order.descending { rows.iter().rev().copied().collect() } else { rows.to_vec() });
    };
    // Value and row in one integer: comparing these is comparing by value, then by place.
    let packed = |&row: &u32| {
        let key =
            value(row as usize).map_or(u64::MAX, |value| if order.descending { !rank(value) } else { rank(value) });
        u128::from(key) << 32 | u128::from(row)
    };
    let mut keys: Vec<u128> = rows.par_iter().with_min_len(CHUNK).map(packed).collect();
    if progress.is_cancelled() {
        return None;
    }
    keys.par_sort_unstable();
    (!progress.is_cancelled()).then(|| keys.par_iter().with_min_len(CHUNK).map(|&key| key as u32).collect())
}

/// An integer that compares as `value` does by [`f64::total_cmp`]; less than [`u64::MAX`] for every finite value,
/// also when inverted.
fn rank(value: f64) -> u64 {
    let bits = value.to_bits();
    if bits >> 63 == 1 { !bits } else { bits | 1 << 63 }
}

/// Whether `order` puts the same rows in the same order under `results` as under `before`, and knows it: the
/// values it goes by are shared.
pub(super) fn same_order(order: &Order, results: &Results, before: &Results) -> bool {
    match &order.key {
        OrderKey::Imported | OrderKey::Model | OrderKey::Prompt | OrderKey::Length | OrderKey::Random(_) => true,
        OrderKey::Disagreement | OrderKey::Confidence => {
            Arc::ptr_eq(results.people(), before.people()) && results.shares_everything(before)
        }
        OrderKey::Score => results.shares_scores(before),
        OrderKey::Part(id) => {
            let [new, old] = [results, before].map(Results::rubric);
            match (new.dimension(id), old.dimension(id), new.criterion(id), old.criterion(id)) {
                (Some(new), Some(old), _, _) => results.shares_dimension(new, before, old),
                (None, None, Some(new), Some(old)) => results.shares_criterion(new, before, old),
                (None, None, None, None) => true,
                _ => false,
            }
        }
    }
}

/// Rows a worker takes at once.
const CHUNK: usize = 1024;

type Value<'a> = Box<dyn Fn(usize) -> Option<f64> + Sync + 'a>;

fn value_of<'a>(facts: &'a Facts, results: &'a Results, key: &OrderKey) -> Option<Value<'a>> {
    let dataset = &*facts.dataset;
    let scored = move |row: usize| row < results.len();
    Some(match key {
        OrderKey::Imported => return None,
        OrderKey::Score => Box::new(move |row| scored(row).then(|| results.score(row)).flatten()),
        OrderKey::Part(id) => {
            if let Some(index) = results.rubric().dimension(id) {
                Box::new(move |row| scored(row).then(|| results.dimension(row, index)).flatten())
            } else if let Some(index) = results.rubric().criterion(id) {
                let criterion = &results.rubric().criteria[index];
                let value = move |row| results.cell(row, index).value().map(|raw| criterion.value(raw));
                Box::new(move |row| scored(row).then(|| value(row)).flatten())
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
        OrderKey::Disagreement => Box::new(move |row| scored(row).then(|| results.disagreement(row)).flatten()),
        OrderKey::Confidence => Box::new(move |row| scored(row).then(|| results.confidence(row))),
        OrderKey::Random(seed) => {
            let seed = *seed;
            // A number of 53 bits is exact.
            Box::new(move |row| {
                let id = dataset.text(dataset.responses()[row].id);
                Some((priority(seed, id) >> 11) as f64)
            })
        }
        OrderKey::Length => {
            let lengths = facts.lengths();
            Box::new(move |row| dataset.response_text(row).map(|_| f64::from(lengths[row])))
        }
    })
}
