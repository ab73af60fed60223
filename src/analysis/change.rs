//! What became different since an earlier rubric, or earlier responses to the same prompts.

mod edits;

pub(super) use edits::Parts;
pub use edits::{Part, RubricEdit};

use super::Earlier;
use super::figure::Figure;
use super::frame::Frame;
use crate::model::Dataset;
use crate::model::review::RowIndex;
use crate::scoring::{Progress, Results};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::HashMap;
use std::sync::Arc;

/// The results beside earlier ones.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// What the earlier ones are called.
    pub earlier: String,
    /// How responses were matched.
    pub matched_by: MatchedBy,
    /// Responses that are in both.
    pub matched: usize,
    /// Responses that are only in the new and only in the old one.
    pub unmatched: [usize; 2],
    /// Matched responses whose text is another one now.
    pub rewritten: usize,
    /// The mean score less the mean score before, over matched responses scored both times.
    pub difference: Figure,
    /// Matched responses whose score rose, stayed, and fell.
    pub moved: [usize; 3],
    /// How many pass now and did not, and the other way round.
    pub flipped: [usize; 2],
    /// How many of those no single edit flips: several together do, or their text is another one.
    pub unexplained: usize,
    /// The responses that flipped or whose score moved most, flips first; at most [`MOST_SHOWN`].
    pub responses: Vec<Moved>,
    /// Every edit of the rubric in between.
    pub edits: Vec<RubricEdit>,
    /// How each criterion moved scores.
    pub criteria: Vec<CriterionChange>,
    /// The same by model.
    pub models: Vec<ModelChange>,
}

/// How responses of two imports belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MatchedBy {
    /// They are the same ones.
    Same,
    /// By their ids, where the prompts have the same ids too.
    Id,
    /// By prompt and model, and by their order where a model answered several times.
    PromptAndModel,
}

/// One response that moved.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Moved {
    /// Its row now.
    pub row: u32,
    /// Its row before.
    pub earlier_row: u32,
    /// Its id.
    pub id: String,
    /// Its model.
    pub model: String,
    /// Score before and now.
    pub scores: [Option<f64>; 2],
    /// Whether it passed before, and now.
    pub passed: [Option<bool>; 2],
    /// The criterion that moved its score most, by what it adds to the whole, where one did.
    pub most: Option<(String, f64)>,
    /// Whether its text is another one now.
    pub rewritten: bool,
    /// Which edits of the rubric, each made alone, flip it: indices into [`Change::edits`].
    pub by_edits: Vec<usize>,
    /// Shows it.
    pub filter: String,
}

/// What one criterion did.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CriterionChange {
    /// Its id.
    pub id: String,
    /// Matched responses that meet it now and did not, and the other way round.
    pub flipped: [usize; 2],
    /// The mean of its raw value less that before, over responses that have both.
    pub difference: Figure,
}

/// What became of one model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModelChange {
    /// Its name.
    pub model: String,
    /// The mean score less that before.
    pub difference: Figure,
    /// How many pass now and did not, and the other way round.
    pub flipped: [usize; 2],
    /// Shows its responses.
    pub filter: String,
}

/// So many responses are listed.
pub const MOST_SHOWN: usize = 1000;

/// `None` when cancelled.
pub(super) fn change(
    frame: &Frame<'_>,
    rubric: &crate::model::Rubric,
    earlier: &Earlier<'_>,
    progress: &Progress,
) -> Option<Change> {
    let (pairs, matched_by) = matched(frame, earlier.dataset, earlier.results);
    let (now, before) = (frame.results, earlier.results);
    let mut edits = edits::between(earlier.rubric, rubric);
    let mut moved: Vec<Moved> = pairs
        .par_iter()
        .filter(|&&(row, old)| {
            now.score(row as usize) != before.score(old as usize)
                || now.passed(row as usize) != before.passed(old as usize)
        })
        .map(|&(row, old)| Moved {
            row,
            earlier_row: old,
            id: String::new(),
            model: String::new(),
            scores: [before.score(old as usize), now.score(row as usize)],
            passed: [before.passed(old as usize), now.passed(row as usize)],
            most: None,
            rewritten: false,
            by_edits: Vec::new(),
            filter: String::new(),
        })
        .collect();
    let flips = |moved: &&Moved| is_flip(moved.passed).is_some();
    let flipped = count_flips(moved.iter().map(|moved| moved.passed));
    let delta = |moved: &Moved| match moved.scores {
        [Some(old), Some(new)] => (new - old).abs(),
        _ => f64::INFINITY,
    };
    moved.sort_by(|a, b| (flips(&b), delta(b)).partial_cmp(&(flips(&a), delta(a))).expect("scores are no NaN"));
    let cut = edits::Cut::new(earlier.rubric, rubric, [before, now], &edits);
    let all_flips = moved.iter().filter(flips).count();
    let is_rewritten =
        |row: u32, old: u32| frame.dataset.response_text(row as usize) != earlier.dataset.response_text(old as usize);
    let flipping = |moved: &Moved| {
        // With another text no edit alone tells.
        let by =
            || if is_rewritten(moved.row, moved.earlier_row) { Vec::new() } else { cut.flipping(moved, now, before) };
        (!progress.is_cancelled()).then(by)
    };
    let by_edits: Vec<Vec<usize>> = moved[..all_flips].par_iter().map(flipping).collect::<Option<_>>()?;
    for at in by_edits.iter().flatten() {
        edits[*at].flips_alone += 1;
    }
    let unexplained = by_edits.iter().filter(|by| by.is_empty()).count();
    let parts = [before, now].map(edits::Parts::new);
    moved.truncate(MOST_SHOWN);
    for (moved, by_edits) in moved.iter_mut().zip(by_edits.into_iter().chain(std::iter::repeat(Vec::new()))) {
        moved.id = frame.dataset.text(frame.dataset.responses()[moved.row as usize].id).to_owned();
        moved.model = frame.dataset.model_of(moved.row as usize).to_owned();
        moved.filter = frame.filter_of(moved.row).text();
        moved.most = edits::most(moved, [before, now], [&parts[0], &parts[1]]);
        moved.by_edits = by_edits;
        moved.rewritten = is_rewritten(moved.row, moved.earlier_row);
    }
    let differences = |rows: &mut dyn Iterator<Item = (u32, u32)>| -> Vec<f64> {
        rows.filter_map(|(row, old)| Some(now.score(row as usize)? - before.score(old as usize)?)).collect()
    };
    let all = differences(&mut pairs.iter().copied());
    let sign = |wanted: std::cmp::Ordering| {
        all.iter().filter(|difference| difference.partial_cmp(&&0.0) == Some(wanted)).count()
    };
    Some(Change {
        earlier: earlier.name.to_owned(),
        matched_by,
        matched: pairs.len(),
        unmatched: [frame.rows.len() - pairs.len(), before.len().saturating_sub(pairs.len())],
        rewritten: pairs.par_iter().filter(|&&(row, old)| is_rewritten(row, old)).count(),
        difference: mean_of(&all),
        moved: [sign(std::cmp::Ordering::Greater), sign(std::cmp::Ordering::Equal), sign(std::cmp::Ordering::Less)],
        flipped,
        unexplained,
        responses: moved,
        edits,
        criteria: criteria(now, before, &pairs),
        models: frame
            .models
            .iter()
            .map(|model| {
                let own = || {
                    pairs
                        .iter()
                        .copied()
                        .filter(|&(row, _)| frame.dataset.responses()[row as usize].model == model.index)
                };
                ModelChange {
                    model: model.name.clone(),
                    difference: mean_of(&differences(&mut own())),
                    flipped: count_flips(
                        own().map(|(row, old)| [before.passed(old as usize), now.passed(row as usize)]),
                    ),
                    filter: model.filter.text(),
                }
            })
            .collect(),
    })
}

/// `Some(true)` where it passes now and did not.
pub(super) fn is_flip(passed: [Option<bool>; 2]) -> Option<bool> {
    match passed {
        [Some(before), Some(now)] if before != now => Some(now),
        _ => None,
    }
}

fn count_flips(passed: impl Iterator<Item = [Option<bool>; 2]>) -> [usize; 2] {
    passed.filter_map(is_flip).fold([0, 0], |mut flipped, now| {
        flipped[usize::from(!now)] += 1;
        flipped
    })
}

/// With the interval of its standard error: responses are the same, so that what varies is what changed.
fn mean_of(differences: &[f64]) -> Figure {
    match (crate::stats::mean_normal(differences), differences) {
        (Ok(estimate), _) => Figure::estimate(differences.len(), estimate),
        (Err(_), [only]) => Figure::plain(1, *only),
        (Err(why), _) => Figure::undefined(differences.len(), why),
    }
}

fn criteria(now: &Results, before: &Results, pairs: &[(u32, u32)]) -> Vec<CriterionChange> {
    let of = |(at, criterion): (usize, &crate::scoring::CompiledCriterion)| {
        let old = before.rubric().criterion(&criterion.id)?;
        let was = &before.rubric().criteria[old];
        let (mut flipped, mut differences) = ([0, 0], Vec::new());
        for &(row, earlier_row) in pairs {
            let values = (now.cell(row as usize, at).value(), before.cell(earlier_row as usize, old).value());
            if let (Some(new), Some(old)) = values {
                differences.push(new - old);
                match (was.is_met(old), criterion.is_met(new)) {
                    (false, true) => flipped[0] += 1,
                    (true, false) => flipped[1] += 1,
                    _ => {}
                }
            }
        }
        Some(CriterionChange { id: criterion.id.clone(), flipped, difference: mean_of(&differences) })
    };
    now.rubric().criteria.par_iter().enumerate().filter_map(of).collect()
}

/// Rows now and before that belong together, in the order of rows now.
fn matched(frame: &Frame<'_>, earlier: &Arc<Dataset>, results: &Results) -> (Vec<(u32, u32)>, MatchedBy) {
    let scored = |row: &u32| (*row as usize) < results.len();
    if std::ptr::eq(frame.dataset, &raw const **earlier) {
        return (frame.rows.iter().copied().filter(scored).map(|row| (row, row)).collect(), MatchedBy::Same);
    }
    let dataset = frame.dataset;
    let index = RowIndex::new(earlier.clone());
    // A file of responses alone knows its prompts by their ids only.
    let has_texts = |dataset: &Dataset| dataset.prompts().iter().any(|prompt| !dataset.text(prompt.text).is_empty());
    let by_text = has_texts(dataset) && has_texts(earlier);
    let same_prompt = |row: u32, old: u32| key(dataset, row, by_text) == key(earlier, old, by_text);
    let by_id = |&row: &u32| {
        let old = index.row(dataset.text(dataset.responses()[row as usize].id)).filter(scored)?;
        same_prompt(row, old).then_some((row, old))
    };
    let found: Vec<(u32, u32)> = frame.rows.iter().filter_map(by_id).collect();
    if found.len() == frame.rows.len() {
        return (found, MatchedBy::Id);
    }
    // The k-th response of a model to a prompt belongs to the k-th then.
    let mut places: HashMap<(&str, &str), Vec<u32>> = HashMap::new();
    for row in (0..earlier.responses().len() as u32).filter(scored).rev() {
        places.entry(key(earlier, row, by_text)).or_default().push(row);
    }
    let by_place = |&row: &u32| Some((row, places.get_mut(&key(dataset, row, by_text))?.pop()?));
    (frame.rows.iter().filter_map(by_place).collect(), MatchedBy::PromptAndModel)
}

/// Prompt and model of a response. A prompt is known by its text, because ids may have been given anew; without one, or
/// where texts do not count, by its id.
fn key(dataset: &Dataset, row: u32, by_text: bool) -> (&str, &str) {
    let prompt = dataset.prompt_of(row as usize);
    let asked = dataset.text(prompt.text);
    (if asked.is_empty() || !by_text { dataset.text(prompt.id) } else { asked }, dataset.model_of(row as usize))
}
