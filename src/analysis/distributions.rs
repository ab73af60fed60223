//! How scores and dimensions are distributed, model by model.

use super::figure::Count;
use super::frame::Frame;
use crate::stats::{Histogram, Summary, summarize};
use rayon::prelude::*;
use serde::Serialize;

/// Equal bins over 0..=1 of a distribution.
pub const BINS: usize = 20;

/// One quantity over all responses and over those of each model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Distribution {
    /// What a filter calls it: `score`, or the id of a dimension.
    pub key: String,
    /// What it is called on screen.
    pub name: String,
    /// All responses.
    pub all: Spread,
    /// Those of each model, in the order of the leaderboard.
    pub models: Vec<Spread>,
}

/// The values of one quantity in some responses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Spread {
    /// The model, or `None` for all.
    pub model: Option<String>,
    /// Responses, and the filter that shows them.
    pub responses: Count,
    /// Mean, deviation and quartiles of those that have a value, with their n; `None` where none has.
    pub summary: Option<Summary>,
    /// How many fall into each of [`BINS`] equal bins over 0..=1, lowest first. What lies outside is in the bin at that
    /// end.
    pub counts: Vec<u32>,
}

impl Distribution {
    /// Shows what is in bin `at` of `spread`, which is of this distribution.
    pub fn bin_filter(&self, spread: &Spread, at: usize) -> String {
        let (low, high) = Histogram::<BINS>::range(at);
        let (key, mut filter) = (&self.key, spread.responses.filter.clone());
        let mut and = |term: String| {
            if !filter.is_empty() {
                filter.push(' ');
            }
            filter.push_str(&term);
        };
        if at > 0 {
            and(format!("{key}>={low}"));
        }
        if at + 1 < BINS {
            and(format!("{key}<{high}"));
        }
        filter
    }
}

/// The distribution of the score, then of each dimension; models in the order `order` of [`Frame::models`].
pub(super) fn distributions(frame: &Frame<'_>, order: &[usize]) -> Vec<Distribution> {
    let results = frame.results;
    let of = |key: &str, name: &str, value: &(dyn Fn(usize) -> Option<f64> + Sync)| Distribution {
        key: key.to_owned(),
        name: name.to_owned(),
        all: spread(None, &frame.rows, frame.filter.text(), value),
        models: order
            .par_iter()
            .map(|&at| {
                let model = &frame.models[at];
                spread(Some(model.name.clone()), &model.rows, model.filter.text(), value)
            })
            .collect(),
    };
    let mut all = vec![of("score", "Score", &|row| results.score(row))];
    let dimensions = results.rubric().dimensions.par_iter().enumerate();
    all.par_extend(
        dimensions.map(|(index, dimension)| of(&dimension.id, &dimension.name, &|row| results.dimension(row, index))),
    );
    all
}

fn spread(model: Option<String>, rows: &[u32], filter: String, value: impl Fn(usize) -> Option<f64>) -> Spread {
    let mut values: Vec<f64> = rows.iter().filter_map(|&row| value(row as usize)).collect();
    let mut histogram = Histogram::<BINS>::default();
    values.iter().for_each(|&value| histogram.add(value));
    Spread {
        model,
        responses: Count { n: rows.len(), filter },
        summary: summarize(&mut values),
        counts: histogram.counts.to_vec(),
    }
}
