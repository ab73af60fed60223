//! Which model scores how high, and how sure that is.

use super::figure::{Count, Figure, Method};
use super::frame::{Frame, OfModel};
use super::{Comparisons, Options};
use crate::model::{Clip, ResponseText};
use crate::scoring::Progress;
use crate::stats::{Interval, clustered_mean, clustered_mean_normal};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// The models by mean score.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Leaderboard {
    /// Best mean first, models without a score last.
    pub models: Vec<Standing>,
    /// How the intervals of mean scores and lengths were made.
    pub method: Method,
    /// The score from which a response passes.
    pub pass_mark: Option<f64>,
}

/// Where one model stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standing {
    /// Its name.
    pub model: String,
    /// Its index in the dataset.
    pub index: u32,
    /// Shows its responses.
    pub filter: String,
    /// Its place by mean score, from 1; `None` where nothing is scored.
    pub place: Option<usize>,
    /// The best and the worst place that intervals allow: better than the best are all that are surely ahead, worse
    /// than the worst all that are surely behind. Of the paired difference where it was computed, else of means whose
    /// intervals do not touch.
    pub ranks: Option<[usize; 2]>,
    /// How many responses it has.
    pub responses: usize,
    /// How many prompts they answer.
    pub prompts: usize,
    /// The mean score of its scored responses, with an interval in which whole prompts are drawn.
    pub score: Figure,
    /// The share of its decided responses that pass, with Wilson's interval.
    pub pass_rate: Figure,
    /// Those that pass.
    pub passed: Count,
    /// Those that do not.
    pub failed: Count,
    /// The mean length in characters of its responses that have a text.
    pub length: Figure,
    /// Responses without a text.
    pub missing: Count,
    /// Responses whose text is empty or white space.
    pub empty: Count,
    /// Responses that are not fully scored.
    pub incomplete: Count,
    /// Responses without any score.
    pub unscored: usize,
}

/// The standings in order; ranks are for [`rank`] to find. `None` when cancelled.
pub(super) fn leaderboard(frame: &Frame<'_>, options: &Options, progress: &Progress) -> Option<Leaderboard> {
    let units: u64 = frame.models.iter().map(|model| frame.prompts(&model.rows) as u64).sum();
    // Scores and lengths.
    let method = options.method(2 * units);
    let standing = |model: &OfModel| {
        let standing = (!progress.is_cancelled()).then(|| standing(frame, model, method, options));
        progress.advance(1);
        standing
    };
    let mut models: Vec<Standing> = frame.models.par_iter().map(standing).collect::<Option<_>>()?;
    let mean = |standing: &Standing| standing.score.value().unwrap_or(f64::NEG_INFINITY);
    models.sort_by(|a, b| mean(b).total_cmp(&mean(a)));
    for (index, standing) in models.iter_mut().enumerate() {
        standing.place = standing.score.value().map(|_| index + 1);
    }
    Some(Leaderboard { models, method, pass_mark: frame.results.rubric().pass_mark })
}

fn standing(frame: &Frame<'_>, model: &OfModel, method: Method, options: &Options) -> Standing {
    let Frame { dataset, results, .. } = *frame;
    let count = |holds: &dyn Fn(usize) -> bool, term: &str| Count {
        n: model.rows.iter().filter(|&&row| holds(row as usize)).count(),
        filter: model.filter.and(term).text(),
    };
    let scores = frame.values(&model.rows, |row| results.score(row));
    let lengths = frame.values(&model.rows, |row| frame.length(row));
    let mean = |values: &[(u32, f64)]| match method {
        Method::Bootstrap { .. } => Figure::of(values.len(), clustered_mean(values, &options.bootstrap)),
        Method::Normal => Figure::of(values.len(), clustered_mean_normal(values)),
    };
    let or_plain = |values: &[(u32, f64)], figure: Figure| match (figure.value(), values.len()) {
        // One prompt has a mean, if no interval.
        (None, n) if n > 0 => Figure::plain(n, values.iter().map(|&(_, value)| value).sum::<f64>() / n as f64),
        (None, _) => Figure::undefined(0, "nothing of it has one"),
        (Some(_), _) => figure,
    };
    let score = or_plain(&scores, mean(&scores));
    let passed = count(&|row| results.passed(row) == Some(true), "passed:yes");
    let failed = count(&|row| results.passed(row) == Some(false), "passed:no");
    Standing {
        model: model.name.clone(),
        index: model.index,
        filter: model.filter.text(),
        place: None,
        ranks: None,
        responses: model.rows.len(),
        prompts: frame.prompts(&model.rows),
        score: match results.rubric().clip {
            Clip::Score => score,
            Clip::Mean => score.map(|mean| mean.clamp(0.0, 1.0)),
        },
        pass_rate: Figure::share(passed.n, passed.n + failed.n, "passing is not decided for any response"),
        passed,
        failed,
        length: or_plain(&lengths, mean(&lengths)),
        missing: count(&|row| matches!(dataset.responses()[row].text, ResponseText::Absent(_)), "is:missing"),
        empty: count(&|row| dataset.response_text(row).is_some_and(|text| text.trim().is_empty()), "is:empty"),
        incomplete: count(&|row| !results.is_complete(row), "is:incomplete"),
        unscored: model.rows.len() - scores.len(),
    }
}

/// Fills in which places the intervals allow: those of differences where two models were compared, else those of means.
pub(super) fn rank(leaderboard: &mut Leaderboard, comparisons: &Comparisons) {
    let models = &leaderboard.models;
    let scored = models.iter().filter(|standing| standing.place.is_some()).count();
    // Each with each would take minutes where a column of ids was taken for models.
    let bounds = |bound: fn(Interval) -> f64| {
        let mut bounds: Vec<f64> = models.iter().filter_map(|standing| standing.score.interval()).map(bound).collect();
        bounds.sort_by(f64::total_cmp);
        bounds
    };
    let (lows, highs) = (bounds(|interval| interval.low), bounds(|interval| interval.high));
    let count = |standing: &Standing| {
        let interval = standing.score.interval();
        interval.map_or([0, 0], |of| {
            let better = lows.len() - lows.partition_point(|low| *low <= of.high);
            [better, highs.partition_point(|high| *high < of.low)]
        })
    };
    // How many are better and worse than each.
    let mut around: Vec<[usize; 2]> = models.iter().map(count).collect();
    let place_of: HashMap<u32, usize> = models.iter().enumerate().map(|(at, standing)| (standing.index, at)).collect();
    for pair in &comparisons.pairs {
        let [Some(&a), Some(&b)] = pair.indices.map(|index| place_of.get(&index)) else { continue };
        let apart = |a: usize, b: usize| match (models[a].score.interval(), models[b].score.interval()) {
            (Some(one), Some(other)) => one.low > other.high,
            _ => false,
        };
        for (better, worse, is_known) in
            [(a, b, pair.first_ahead == Some(true)), (b, a, pair.first_ahead == Some(false))]
        {
            let (was, is) = (usize::from(apart(better, worse)), usize::from(is_known));
            around[better][1] = around[better][1] + is - was;
            around[worse][0] = around[worse][0] + is - was;
        }
    }
    let ranks = models.iter().zip(around);
    let ranks = ranks.map(|(standing, [better, worse])| standing.place.map(|_| [better + 1, scored - worse]));
    let ranks: Vec<_> = ranks.collect();
    for (standing, ranks) in leaderboard.models.iter_mut().zip(ranks) {
        standing.ranks = ranks;
    }
}
