//! The numbers of a set of responses: per model, per dimension, per criterion.

use super::facts::Grouped;
use crate::scoring::{Results, State};
use crate::stats::{Histogram, Summary, summarize};
use rayon::prelude::*;

/// Bins of a score's distribution.
pub const SCORE_BINS: usize = 20;

/// Everything the results panel shows of some rows.
#[derive(Clone, Debug, Default, PartialEq)]
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
#[derive(Clone, Debug, Default, PartialEq)]
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
#[derive(Clone, Debug, Default, PartialEq)]
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

/// The numbers of `grouped` rows, which are rows of `results`. What follows from columns that they share with the
/// results in `before` is taken over from there; those numbers are of the same rows.
pub(super) fn overview(results: &Results, grouped: &Grouped, before: Option<(&Results, &Overview)>) -> Overview {
    let rubric = results.rubric();
    let (scores, (dimensions, criteria)) = rayon::join(
        || scores(results, grouped, before),
        || {
            let of_dimension = |index| dimension(results, index, grouped, before);
            let of_criterion = |index| criterion(results, index, grouped, before);
            rayon::join(
                || (0..rubric.dimensions.len()).into_par_iter().map(of_dimension).collect::<Vec<_>>(),
                || (0..rubric.criteria.len()).into_par_iter().map(of_criterion).collect::<Vec<_>>(),
            )
        },
    );
    let group = |place: usize, mut group: Group| {
        group.dimensions = dimensions.iter().map(|summaries| summaries[place]).collect();
        group.met = criteria.iter().map(|(_, met)| met[place]).collect();
        group
    };
    let mut groups = scores.into_iter().enumerate().map(|(place, scores)| group(place, scores));
    let all = groups.next().unwrap_or_default();
    let mut models: Vec<(u32, Group)> = grouped.models().map(|(model, _)| model).zip(groups).collect();
    let mean = |group: &Group| group.score.map_or(f64::NEG_INFINITY, |score| score.mean);
    models.sort_by(|(_, a), (_, b)| mean(b).total_cmp(&mean(a)));
    Overview { rows: grouped.len(), all, models, criteria: criteria.into_iter().map(|(numbers, _)| numbers).collect() }
}

/// The groups of an overview: all rows, then each model in the dataset's order.
fn groups<'a>(overview: &'a Overview, grouped: &Grouped) -> Vec<&'a Group> {
    let of = |model: u32| overview.models.iter().find(|(known, _)| *known == model).map(|(_, group)| group);
    std::iter::once(&overview.all).chain(grouped.models().filter_map(|(model, _)| of(model))).collect()
}

/// Scores and what follows from them, of all rows and of each model.
fn scores(results: &Results, grouped: &Grouped, before: Option<(&Results, &Overview)>) -> Vec<Group> {
    let same = before.filter(|(old, _)| results.shares_scores(old)).map(|(_, overview)| groups(overview, grouped));
    let scored = match same {
        Some(same) => same.into_iter().map(|group| (group.score, group.histogram)).collect(),
        None => {
            let (values, summaries) = series(grouped, |row| results.score(row));
            let mut histograms: Vec<Histogram<SCORE_BINS>> =
                values.par_iter().map(|values| histogram(values)).collect();
            histograms.insert(0, together(&histograms));
            summaries.into_iter().zip(histograms).collect::<Vec<_>>()
        }
    };
    let counts = each(grouped, |rows| {
        rows.iter().fold(Group { rows: rows.len(), ..Group::default() }, |mut group, &row| {
            let passed = results.passed(row as usize);
            group.passed += usize::from(passed == Some(true));
            group.decided += usize::from(passed.is_some());
            group.incomplete += usize::from(!results.is_complete(row as usize));
            group
        })
    });
    let all = counts.iter().fold(Group::default(), |mut all, group| {
        all.rows += group.rows;
        all.passed += group.passed;
        all.decided += group.decided;
        all.incomplete += group.incomplete;
        all
    });
    let counts = std::iter::once(all).chain(counts);
    counts.zip(scored).map(|(group, (score, histogram))| Group { score, histogram, ..group }).collect()
}

/// A dimension's values, of all rows and of each model.
fn dimension(
    results: &Results,
    index: usize,
    grouped: &Grouped,
    before: Option<(&Results, &Overview)>,
) -> Vec<Option<Summary>> {
    if let Some((old, overview)) = before
        && let Some(known) =
            (0..old.rubric().dimensions.len()).find(|&known| results.shares_dimension(index, old, known))
    {
        return groups(overview, grouped).into_iter().map(|group| group.dimensions[known]).collect();
    }
    series(grouped, |row| results.dimension(row, index)).1
}

/// A criterion's numbers, and how many met it of how many, of all rows and of each model.
fn criterion(
    results: &Results,
    index: usize,
    grouped: &Grouped,
    before: Option<(&Results, &Overview)>,
) -> (CriterionNumbers, Vec<(usize, usize)>) {
    if let Some((old, overview)) = before
        && let Some(known) = (0..old.rubric().criteria.len()).find(|&known| results.shares_criterion(index, old, known))
    {
        let met = groups(overview, grouped).into_iter().map(|group| group.met[known]).collect();
        return (overview.criteria[known].clone(), met);
    }
    let parts = each(grouped, |rows| {
        let (mut numbers, mut values) = (CriterionNumbers::default(), Vec::with_capacity(rows.len()));
        for &row in rows {
            let cell = results.cell(row as usize, index);
            match cell.state {
                State::Scored => {
                    values.push(cell.raw);
                    numbers.histogram.add(cell.raw);
                    numbers.met += usize::from(results.rubric().criteria[index].is_met(cell.raw));
                }
                State::NotApplicable => numbers.not_applicable += 1,
                State::AwaitingHuman => numbers.awaiting += 1,
                State::Invalid(_) | State::Broken => numbers.invalid += 1,
            }
        }
        numbers.scored = values.len();
        (numbers, values)
    });
    let mut all = CriterionNumbers::default();
    let mut met = vec![(0, 0)];
    let mut values = Vec::with_capacity(grouped.len());
    for (part, own) in parts {
        all.scored += part.scored;
        all.met += part.met;
        all.not_applicable += part.not_applicable;
        all.awaiting += part.awaiting;
        all.invalid += part.invalid;
        all.histogram = together(&[all.histogram, part.histogram]);
        met.push((part.met, part.scored));
        values.extend(own);
    }
    met[0] = (all.met, all.scored);
    all.raw = summarize(&mut values);
    (all, met)
}

/// What `of` makes of the rows of each model.
fn each<T: Send>(grouped: &Grouped, of: impl Fn(&[u32]) -> T + Sync) -> Vec<T> {
    grouped.models().collect::<Vec<_>>().into_par_iter().map(|(_, rows)| of(rows)).collect()
}

/// The values of each model, and the summaries of all rows and then of each model. The values are reordered.
fn series(grouped: &Grouped, value: impl Fn(usize) -> Option<f64> + Sync) -> (Vec<Vec<f64>>, Vec<Option<Summary>>) {
    let mut values = each(grouped, |rows| rows.iter().filter_map(|&row| value(row as usize)).collect::<Vec<f64>>());
    let mut whole = values.concat();
    let (all, models) =
        rayon::join(|| summarize(&mut whole), || values.par_iter_mut().map(|own| summarize(own)).collect::<Vec<_>>());
    (values, std::iter::once(all).chain(models).collect())
}

fn histogram<const N: usize>(values: &[f64]) -> Histogram<N> {
    let mut histogram = Histogram::default();
    for &value in values {
        histogram.add(value);
    }
    histogram
}

/// The counts of all `parts` together.
fn together<const N: usize>(parts: &[Histogram<N>]) -> Histogram<N> {
    let mut all = Histogram::default();
    for part in parts {
        for (sum, count) in all.counts.iter_mut().zip(part.counts) {
            *sum += count;
        }
    }
    all
}
