//! How far people agree: with each other, with themselves and with gold judgements.

mod measures;
mod reviewers;

pub use measures::{Measures, ReviewerPair};
pub use reviewers::{Repeated, ReviewerRecord, WithGold};

use super::Options;
use super::frame::Frame;
use super::people::{People, Rating, Verdict, by_row};
use crate::model::review::Purpose;
use crate::scoring::Progress;
use crate::stats::agreement::Level;
use crate::stats::ranking::Outcome;
use measures::{Table, pairs_of};
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;

/// Agreement on all criteria that people rated, and on preferences.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Agreement {
    /// Each criterion that was rated, in the rubric's order, then others.
    pub criteria: Vec<CriterionAgreement>,
    /// On which of two responses is better: the unit is a pair of responses, and the values are the one, the other, or
    /// a tie.
    pub preferences: Measures,
    /// Every two reviewers, by criterion and then on preferences.
    pub pairs: Vec<ReviewerPair>,
    /// Each reviewer with themselves and with gold judgements.
    pub reviewers: Vec<ReviewerRecord>,
    /// Ratings that do not count here, because guidance or scale are others now.
    pub stale: usize,
    /// What was left out, as a sentence.
    pub left_out: Option<String>,
}

/// Agreement on one criterion.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct CriterionAgreement {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The measures.
    pub measures: Measures,
}

/// So many reviewers are compared two by two: those with the most ratings.
const PAIRED_REVIEWERS: usize = 40;

/// `None` when cancelled.
pub(super) fn agreement(
    frame: &Frame<'_>,
    people: &People,
    options: &Options,
    progress: &Progress,
) -> Option<Agreement> {
    let rated: Vec<usize> = (0..people.criteria.len()).filter(|&at| !people.of_criterion(at).is_empty()).collect();
    let tables: Vec<Table> = rated
        .par_iter()
        .map(|&at| {
            let criterion = &people.criteria[at];
            Table {
                level: criterion.level,
                steps: criterion.steps.clone(),
                units: units(by_row(people.of_criterion(at), Rating::is_own).into_values()),
            }
        })
        .collect();
    let preferences = preferences(people);
    let most_active = most_active(people, tables.iter().chain([&preferences]));
    let left_out = (most_active.len() < people.reviewers.len() && most_active.len() == PAIRED_REVIEWERS).then(|| {
        format!(
            "There are {} reviewers; the {PAIRED_REVIEWERS} with the most judgements were compared two by two.",
            people.reviewers.len()
        )
    });
    let names = |reviewers: [u32; 2]| reviewers.map(|reviewer| people.reviewers[reviewer as usize].to_string());
    let of_criteria: Vec<(CriterionAgreement, Vec<ReviewerPair>)> = rated
        .par_iter()
        .zip(&tables)
        .map(|(&at, table)| {
            let criterion = &people.criteria[at];
            let measures = (!progress.is_cancelled()).then(|| table.measures(options))?;
            let agreement = CriterionAgreement { id: criterion.id.clone(), name: criterion.name.clone(), measures };
            Some((agreement, pairs_of(table, &most_active, Some(&criterion.id), names)))
        })
        .collect::<Option<_>>()?;
    let (criteria, pairs): (Vec<_>, Vec<_>) = of_criteria.into_iter().unzip();
    let mut pairs: Vec<ReviewerPair> = pairs.into_iter().flatten().collect();
    pairs.extend(pairs_of(&preferences, &most_active, None, names));
    Some(Agreement {
        criteria,
        preferences: preferences.measures(options),
        pairs,
        reviewers: reviewers::records(frame, people),
        stale: people.ratings.iter().filter(|rating| rating.stale && rating.purpose == Purpose::Judge).count(),
        left_out,
    })
}

/// Rows of ratings as units, each with who gave what.
fn units<'r>(rows: impl Iterator<Item = Vec<&'r Rating>>) -> Vec<Vec<(u32, f64)>> {
    rows.map(|ratings| ratings.into_iter().map(|rating| (rating.reviewer, rating.raw)).collect()).collect()
}

/// Verdicts on pairs of responses: 1 for the one imported first, 0 for the other, ½ for a tie.
fn preferences(people: &People) -> Table {
    let mut pairs: BTreeMap<[u32; 2], BTreeMap<u32, f64>> = BTreeMap::new();
    for verdict in people.verdicts.iter().filter(|verdict| verdict.purpose == Purpose::Judge) {
        let (rows, outcome) = verdict.ordered();
        pairs.entry(rows).or_default().insert(verdict.reviewer, outcome.for_first());
    }
    Table {
        level: Level::Nominal,
        steps: Some(vec![0.0, 0.5, 1.0]),
        units: pairs.into_values().map(|unit| unit.into_iter().collect()).collect(),
    }
}

/// The reviewers with the most judgements, by number.
fn most_active<'t>(people: &People, tables: impl Iterator<Item = &'t Table>) -> Vec<u32> {
    let mut counts = vec![0_usize; people.reviewers.len()];
    for (reviewer, _) in tables.flat_map(|table| table.units.iter().flatten()) {
        counts[*reviewer as usize] += 1;
    }
    let mut order: Vec<u32> = (0..counts.len() as u32).filter(|&reviewer| counts[reviewer as usize] > 0).collect();
    order.sort_by_key(|&reviewer| std::cmp::Reverse(counts[reviewer as usize]));
    order.truncate(PAIRED_REVIEWERS);
    order.sort_unstable();
    order
}

/// The verdicts that gold judgements give, by pair of responses.
fn gold_verdicts(people: &People) -> BTreeMap<[u32; 2], Outcome> {
    let gold = people.verdicts.iter().filter(|verdict| verdict.purpose == Purpose::Gold);
    gold.map(Verdict::ordered).collect()
}

/// The gold value of each criterion and row; of several the one of the last reviewer.
fn people_gold(people: &People) -> BTreeMap<(usize, u32), f64> {
    let gold = people.ratings.iter().filter(|rating| rating.purpose == Purpose::Gold && !rating.stale);
    gold.map(|rating| ((rating.criterion, rating.row), rating.raw)).collect()
}
