//! What people rated, in the units of the scales: what is published as a sum, a mean or an accuracy.

use super::figure::{Count, Figure};
use super::frame::{Frame, OfModel};
use crate::model::RatingScale;
use crate::scoring::How;
use crate::stats::mean_and_standard_error;
use rayon::prelude::*;
use serde::Serialize;

/// One criterion that people judge.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OnScale {
    /// Its id.
    pub id: String,
    /// Its scale, as `--scale` takes it: `yes-no`, `1..5`, `bad<fair<good`.
    pub scale: String,
    /// The models with a rating on it, in the order of the leaderboard.
    pub models: Vec<RatedModel>,
}

/// One model on it. A response counts once, by what its reviewers say together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct RatedModel {
    /// Its name.
    pub model: String,
    /// Its responses with a rating.
    pub rated: Count,
    /// The sum of their ratings, in units of the scale: yes is 1 and no 0, words count from 1.
    pub sum: f64,
    /// Their mean.
    pub mean: f64,
    /// The standard error of the mean, as if responses were independent.
    pub standard_error: Figure,
}

impl OnScale {
    /// Whether all sums are whole, as those of ratings are that nobody shares.
    pub fn is_whole(&self) -> bool {
        self.models.iter().all(|model| model.sum.fract().abs() < 1e-6 && (0.0..1e15).contains(&model.sum))
    }
}

/// A scale whose words are longer than this, in characters, is told by the number of its points.
const LONGEST: usize = 40;

/// Models in the order `order` of [`Frame::models`].
pub(super) fn on_scale(frame: &Frame<'_>, order: &[usize]) -> Vec<OnScale> {
    let criteria = frame.results.rubric().criteria.par_iter().enumerate();
    let of = criteria.filter_map(|(at, criterion)| {
        let How::Human(scale) = &criterion.how else { return None };
        let bounds = scale.bounds();
        let models = order.iter().filter_map(|&model| rated(frame, &frame.models[model], at, bounds)).collect();
        let named = RatingScale::of(scale).to_string();
        let scale = match scale.steps() {
            Some(steps) if named.chars().count() > LONGEST => RatingScale::Points(steps as u32).to_string(),
            _ => named,
        };
        Some(OnScale { id: criterion.id.clone(), scale, models }).filter(|found| !found.models.is_empty())
    });
    of.collect()
}

fn rated(frame: &Frame<'_>, model: &OfModel, at: usize, [least, most]: [f64; 2]) -> Option<RatedModel> {
    let raw = model.rows.iter().filter_map(|&row| frame.results.cell(row as usize, at).value());
    let values: Vec<f64> = raw.map(|raw| least + (most - least) * raw).collect();
    let n = values.len();
    let sum: f64 = values.iter().sum();
    let id = &frame.results.rubric().criteria[at].id;
    (n > 0).then(|| RatedModel {
        model: model.name.clone(),
        rated: Count { n, filter: model.filter.and(&format!("-unscored:{id}")).text() },
        sum,
        mean: sum / n as f64,
        standard_error: Figure::of_value(n, mean_and_standard_error(&values).map(|(_, error)| error)),
    })
}
