//! Every two models, prompt by prompt.

use super::figure::{Figure, Method};
use super::frame::{AtPrompt, Frame, by_prompt, paired};
use super::{Leaderboard, Options};
use crate::scoring::Progress;
use crate::stats::{
    Interval, PairedComparison, Undefined, cohens_dz, holm, mcnemar, mean_normal, mean_with_interval,
    paired_permutation, paired_permutation_normal, rank_biserial,
};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;

/// Models two by two.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparisons {
    /// Every pair that was compared; the model with the higher mean first, pairs in the order of the leaderboard.
    pub pairs: Vec<Comparison>,
    /// How the intervals of differences were made.
    pub method: Method,
    /// What was left out, as a sentence: there are too many models to compare each with each.
    pub left_out: Option<String>,
}

/// Two models on the prompts that both answered. Where a model answered a prompt several times, the mean counts.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// Their names.
    pub models: [String; 2],
    /// Their indices in the dataset.
    pub indices: [u32; 2],
    /// Show the responses of the one and of the other.
    pub filters: [String; 2],
    /// Mean score of the first less that of the second over prompts, with its interval. Its n is of prompts.
    pub difference: Figure,
    /// Whether the permutation test of score differences finds one.
    pub test: Tested,
    /// Cohen's d of pairs, d_z. Its n is of prompts.
    pub effect: Figure,
    /// Matched-pairs rank-biserial correlation: how far differences, ranked by size, favour the first; −1 to 1.
    pub favour: Figure,
    /// Who passes where.
    pub pass: PassComparison,
    /// Which the interval favours: `Some(true)` for the first; `None` where it does not tell.
    pub first_ahead: Option<bool>,
    /// How many more prompts would decide with a chance of 80 %, if difference and spread stay.
    pub more_prompts: Option<u64>,
    /// What the numbers allow to be said, without a full stop.
    pub sentence: String,
}

/// How likely data like these are where there is no difference.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tested {
    /// Two-sided p, with the number of units that differ or could have.
    pub p: Figure,
    /// The same, adjusted after Holm for all pairs that were compared.
    pub adjusted: Option<f64>,
    /// How p was found.
    pub by: TestMethod,
}

/// How a p value was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TestMethod {
    /// Over all changes of sign, or all ways that pairs can split.
    Exact,
    /// Over so many random changes of sign.
    Drawn(u32),
    /// From the normal distribution that changes of sign tend to.
    Normal,
}

/// Pass and fail on the prompts where it is decided for one response of each model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PassComparison {
    /// Prompts that both pass, only the first, only the second, and neither.
    pub counts: [usize; 4],
    /// The share that the first passes less that of the second. Its n is of prompts.
    pub difference: Figure,
    /// McNemar's exact test.
    pub test: Tested,
}

/// What one model got at each prompt.
struct Side {
    scores: Vec<AtPrompt>,
    /// 1 for pass, 0 for fail.
    passes: Vec<AtPrompt>,
}

/// Compares the models of `leaderboard`, as many as `options` allow. `None` when cancelled.
pub(super) fn comparisons(
    frame: &Frame<'_>,
    leaderboard: &Leaderboard,
    options: &Options,
    progress: &Progress,
) -> Option<Comparisons> {
    let places: HashMap<u32, usize> = frame.models.iter().enumerate().map(|(at, model)| (model.index, at)).collect();
    let scored = leaderboard.models.iter().filter(|standing| standing.place.is_some());
    let ordered: Vec<usize> = scored.map(|standing| places[&standing.index]).collect();
    let most = (2..).take_while(|m| m * (m - 1) / 2 <= options.most_pairs).last().unwrap_or(0);
    let compared = &ordered[..ordered.len().min(most)];
    let left_out = (compared.len() < ordered.len()).then(|| {
        format!(
            "There are {} models with scores; the best {} were compared with each other, the others not.",
            ordered.len(),
            compared.len()
        )
    });
    let sides: Vec<Side> = compared.par_iter().map(|&at| side(frame, at)).collect();
    let pairs: Vec<(usize, usize)> =
        (0..compared.len()).flat_map(|a| (a + 1..compared.len()).map(move |b| (a, b))).collect();
    let units = |&(a, b): &(usize, usize)| sides[a].scores.len().min(sides[b].scores.len()) as u64;
    let units: u64 = pairs.iter().map(units).sum();
    let method = options.method(units);
    // Holm multiplies the smallest p by the number of pairs, and what is drawn cannot be smaller than one in so many.
    let enough = pairs.len() as u64 * 100 <= u64::from(options.permutations);
    let draws = (enough && method != Method::Normal).then_some(options.permutations);
    let compare = |&(a, b): &(usize, usize)| {
        let (first, second) = (&frame.models[compared[a]], &frame.models[compared[b]]);
        let compared = (!progress.is_cancelled()).then(|| Comparison {
            models: [first.name.clone(), second.name.clone()],
            indices: [first.index, second.index],
            filters: [first.filter.text(), second.filter.text()],
            ..compare(&sides[a], &sides[b], [&first.name, &second.name], method, draws, options)
        });
        progress.advance(1);
        compared
    };
    let mut pairs: Vec<Comparison> = pairs.par_iter().map(compare).collect::<Option<_>>()?;
    adjust(&mut pairs, |pair| &mut pair.test);
    adjust(&mut pairs, |pair| &mut pair.pass.test);
    let compared = pairs.len();
    pairs.iter_mut().for_each(|pair| qualify(pair, compared));
    Some(Comparisons { pairs, method, left_out })
}

/// Two models of the frame, with nothing else compared beside them.
pub(super) fn compare_alone(frame: &Frame<'_>, models: [usize; 2], options: &Options) -> Comparison {
    let sides = models.map(|at| side(frame, at));
    let [first, second] = models.map(|at| &frame.models[at]);
    let method = options.method(sides[0].scores.len().min(sides[1].scores.len()) as u64);
    let draws = (method != Method::Normal).then_some(options.permutations);
    Comparison {
        models: [first.name.clone(), second.name.clone()],
        indices: [first.index, second.index],
        filters: [first.filter.text(), second.filter.text()],
        ..compare(&sides[0], &sides[1], [&first.name, &second.name], method, draws, options)
    }
}

fn side(frame: &Frame<'_>, at: usize) -> Side {
    let rows = &frame.models[at].rows;
    let of = |value: &dyn Fn(usize) -> Option<f64>| by_prompt(&frame.values(rows, value));
    Side {
        scores: of(&|row| frame.results.score(row)),
        passes: of(&|row| frame.results.passed(row).map(|passed| f64::from(u8::from(passed)))),
    }
}

fn compare(
    first: &Side,
    second: &Side,
    names: [&str; 2],
    method: Method,
    draws: Option<u32>,
    options: &Options,
) -> Comparison {
    let differences: Vec<f64> = paired(&first.scores, &second.scores).map(|(a, b)| a.mean - b.mean).collect();
    let n = differences.len();
    let estimate = match method {
        Method::Bootstrap { .. } => mean_with_interval(&differences, &options.bootstrap),
        Method::Normal => mean_normal(&differences),
    };
    let comparison = estimate.map(|difference| PairedComparison { difference, prompts: n }).map_err(|why| match why {
        Undefined::TooFew { needed, found, .. } => too_few_prompts(found, needed),
        why => why.to_string(),
    });
    let sentence = match &comparison {
        Ok(_) if differences.iter().all(|difference| *difference == 0.0) => {
            format!("cannot tell {} from {}: they score the same at all {n} prompts", names[0], names[1])
        }
        Ok(comparison) => comparison.sentence(names[0], names[1]),
        Err(_) if n == 0 => {
            format!("cannot compare {} with {}: no prompt has a score from both", names[0], names[1])
        }
        Err(why) => format!("cannot tell {} from {}: {why}", names[0], names[1]),
    };
    let comparison = comparison.as_ref();
    Comparison {
        models: Default::default(),
        indices: [0; 2],
        filters: Default::default(),
        difference: Figure::of(n, comparison.map(|comparison| comparison.difference)),
        test: permutation(&differences, draws, options.bootstrap.seed),
        effect: Figure::of_value(n, cohens_dz(&differences)),
        favour: Figure::of_value(n, rank_biserial(&differences)),
        pass: compare_passes(first, second),
        first_ahead: comparison.ok().and_then(PairedComparison::first_ahead),
        more_prompts: comparison.ok().and_then(PairedComparison::more_prompts),
        sentence,
    }
}

/// Why so few prompts do not compare two models, as a clause.
fn too_few_prompts(found: usize, needed: usize) -> String {
    let share = match found {
        0 => "no prompt has a score from both".to_owned(),
        1 => "only 1 prompt has a score from both".to_owned(),
        found => format!("only {found} prompts have scores from both"),
    };
    format!("{share}; models are compared prompt by prompt, and an interval needs at least {needed}")
}

fn permutation(differences: &[f64], draws: Option<u32>, seed: u64) -> Tested {
    let n = differences.len();
    // Without draws only what can be looked at in full is.
    let tested = match (paired_permutation(differences, draws.unwrap_or(0), seed), draws) {
        (Ok(test), _) if test.exact => (Figure::plain(n, test.p), TestMethod::Exact),
        (Ok(test), Some(draws)) => (Figure::plain(n, test.p), TestMethod::Drawn(draws)),
        (Err(why), Some(_)) => (Figure::undefined(n, why), TestMethod::Exact),
        _ => (Figure::of_value(n, paired_permutation_normal(differences)), TestMethod::Normal),
    };
    Tested { p: tested.0, adjusted: None, by: tested.1 }
}

fn compare_passes(first: &Side, second: &Side) -> PassComparison {
    let mut counts = [0_usize; 4];
    let single = |at: &AtPrompt| at.n == 1;
    for (a, b) in paired(&first.passes, &second.passes).filter(|(a, b)| single(a) && single(b)) {
        counts[2 * usize::from(a.mean == 0.0) + usize::from(b.mean == 0.0)] += 1;
    }
    let [_, only_first, only_second, _] = counts;
    let n = counts.iter().sum();
    let p = match mcnemar(only_first as u64, only_second as u64) {
        Ok(test) => Figure::plain(n, test.exact_p),
        Err(_) if n > 0 => Figure::undefined(n, "both pass and fail the same prompts"),
        Err(_) => Figure::undefined(0, "passing is decided for no prompt of both"),
    };
    let difference = if n > 0 {
        Figure::plain(n, (only_first as f64 - only_second as f64) / n as f64)
    } else {
        Figure::undefined(0, "passing is decided for no prompt of both")
    };
    PassComparison { counts, difference, test: Tested { p, adjusted: None, by: TestMethod::Exact } }
}

/// Adjusts the p values of one test for all pairs that have one.
fn adjust(pairs: &mut [Comparison], test: impl Fn(&mut Comparison) -> &mut Tested) {
    let tested: Vec<(usize, f64)> =
        (0..pairs.len()).filter_map(|at| test(&mut pairs[at]).p.value().map(|p| (at, p))).collect();
    let p_values: Vec<f64> = tested.iter().map(|&(_, p)| p).collect();
    for (&(at, _), adjusted) in tested.iter().zip(holm(&p_values)) {
        test(&mut pairs[at]).adjusted = Some(adjusted);
    }
}

/// One interval in twenty misses by chance, so among many pairs some seem decided: says so where a difference does not
/// hold against all of them.
fn qualify(pair: &mut Comparison, compared: usize) {
    if let Some(adjusted) = pair.test.adjusted
        && pair.first_ahead.is_some()
        && compared > 1
        && adjusted > 0.05
    {
        pair.sentence.push_str(&format!("; by itself, and not among {compared} comparisons (Holm p = {adjusted:.2})"));
    }
}

impl Comparison {
    /// The ends of the interval, where there is one.
    pub fn interval(&self) -> Option<Interval> {
        self.difference.interval()
    }
}
