//! Each reviewer with themselves and with gold judgements.

use super::measures::lean;
use super::{gold_verdicts, people_gold};
use crate::analysis::figure::Figure;
use crate::analysis::frame::Frame;
use crate::analysis::people::{People, Rating};
use crate::model::review::Purpose;
use crate::stats::agreement::{Ratings, consistency};
use serde::Serialize;
use std::collections::BTreeMap;

/// What is known of one reviewer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReviewerRecord {
    /// Who.
    pub reviewer: String,
    /// Their ratings that count and are of the criteria as they are now.
    pub ratings: usize,
    /// What they said again of what they had judged, by criterion.
    pub repeated: Vec<Repeated>,
    /// The share of pairs of responses they preferred the same of when asked again.
    pub repeated_preferences: Figure,
    /// Against gold ratings, by criterion.
    pub gold: Vec<WithGold>,
    /// The share of gold ratings of all criteria they agree with.
    pub agrees_with_gold: Figure,
    /// How much higher than gold they rate over all criteria, on a scale from 0 to 1: above 0 is lenient, below strict.
    pub lean: Figure,
    /// The share of gold preferences they agree with, in whatever order the two were shown.
    pub prefers_as_gold: Figure,
}

/// One criterion judged again by the same person.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Repeated {
    /// The criterion's id.
    pub criterion: String,
    /// The share that came out the same. Its n is of responses.
    pub same: Figure,
    /// The standard deviation of ratings of one response, on a scale from 0 to 1.
    pub within_sd: Figure,
}

/// One criterion against gold.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WithGold {
    /// The criterion's id.
    pub criterion: String,
    /// The share of gold ratings they agree with exactly.
    pub agrees: Figure,
    /// How much higher than gold they rate, on a scale from 0 to 1.
    pub lean: Figure,
    /// Responses on which they differ.
    pub differs: usize,
    /// Shows the first of these; `None` where there is none.
    pub first_different: Option<String>,
}

pub(super) fn records(frame: &Frame<'_>, people: &People) -> Vec<ReviewerRecord> {
    let gold = people_gold(people);
    let gold_preferences = gold_verdicts(people);
    let numbers = 0..people.reviewers.len() as u32;
    let record = |reviewer: u32| {
        let own: Vec<&Rating> =
            people.ratings.iter().filter(|rating| rating.reviewer == reviewer && !rating.stale).collect();
        let (with_gold, pairs) = against_gold(frame, people, &own, &gold);
        let n = pairs.len();
        let mut preferred = Vec::new();
        let mut again: BTreeMap<[u32; 2], Vec<f64>> = BTreeMap::new();
        for verdict in people.verdicts.iter().filter(|verdict| verdict.reviewer == reviewer) {
            let (rows, outcome) = verdict.ordered();
            match verdict.purpose {
                Purpose::Judge | Purpose::Repeat => again.entry(rows).or_default().push(outcome.for_first()),
                Purpose::Calibrate | Purpose::Gold | Purpose::Final => {}
            }
            if !matches!(verdict.purpose, Purpose::Gold | Purpose::Final)
                && let Some(&gold) = gold_preferences.get(&rows)
            {
                preferred.push(gold == outcome);
            }
        }
        let again: Vec<Vec<f64>> = again.into_values().filter(|unit| unit.len() > 1).collect();
        let same = again.iter().filter(|unit| unit.iter().all(|value| *value == unit[0])).count();
        let hits = preferred.iter().filter(|&&agrees| agrees).count();
        ReviewerRecord {
            reviewer: people.reviewers[reviewer as usize].to_string(),
            ratings: own.iter().filter(|rating| rating.is_own()).count(),
            repeated: repeated(people, &own),
            repeated_preferences: Figure::share(same, again.len(), "no pair was judged twice"),
            gold: with_gold,
            agrees_with_gold: Figure::share(pairs.iter().filter(|(own, gold)| own == gold).count(), n, NO_GOLD),
            lean: if n > 0 { lean(&pairs) } else { Figure::undefined(0, NO_GOLD) },
            prefers_as_gold: Figure::share(hits, preferred.len(), "no pair they judged has a gold preference"),
        }
    };
    numbers.map(record).collect()
}

const NO_GOLD: &str = "nothing they judged has a gold rating";

fn repeated(people: &People, own: &[&Rating]) -> Vec<Repeated> {
    let again = |rating: &&&Rating| matches!(rating.purpose, Purpose::Judge | Purpose::Repeat);
    let mut criteria: BTreeMap<usize, BTreeMap<u32, Vec<f64>>> = BTreeMap::new();
    for rating in own.iter().filter(again) {
        criteria.entry(rating.criterion).or_default().entry(rating.row).or_default().push(rating.raw);
    }
    let of = |(criterion, rows): (usize, BTreeMap<u32, Vec<f64>>)| {
        let units = Ratings::by_unit(rows.into_values()).expect("raw values are finite");
        let found = consistency(&units).ok()?;
        Some(Repeated {
            criterion: people.criteria[criterion].id.clone(),
            same: Figure::plain(found.units, found.same),
            within_sd: Figure::plain(found.units, found.within_sd),
        })
    };
    criteria.into_iter().filter_map(of).collect()
}

/// By criterion, and all pairs of own and gold value together. Of what was judged in calibration and otherwise, the
/// calibration counts: it was made without knowing the gold value.
fn against_gold(
    frame: &Frame<'_>,
    people: &People,
    own: &[&Rating],
    gold: &BTreeMap<(usize, u32), f64>,
) -> (Vec<WithGold>, Vec<(f64, f64)>) {
    let mut judged: BTreeMap<(usize, u32), (bool, f64)> = BTreeMap::new();
    for rating in own {
        let calibrated = match rating.purpose {
            Purpose::Calibrate => true,
            Purpose::Judge => false,
            Purpose::Repeat | Purpose::Gold | Purpose::Final => continue,
        };
        let place = judged.entry((rating.criterion, rating.row)).or_insert((calibrated, rating.raw));
        if calibrated >= place.0 {
            *place = (calibrated, rating.raw);
        }
    }
    let mut criteria: BTreeMap<usize, Vec<(u32, f64, f64)>> = BTreeMap::new();
    for (&(criterion, row), &(_, raw)) in &judged {
        if let Some(&gold) = gold.get(&(criterion, row)) {
            criteria.entry(criterion).or_default().push((row, raw, gold));
        }
    }
    let of = |(&criterion, rows): (&usize, &Vec<(u32, f64, f64)>)| {
        let pairs: Vec<(f64, f64)> = rows.iter().map(|&(_, raw, gold)| (raw, gold)).collect();
        let differs: Vec<u32> = rows.iter().filter(|(_, raw, gold)| raw != gold).map(|&(row, ..)| row).collect();
        WithGold {
            criterion: people.criteria[criterion].id.clone(),
            agrees: Figure::share(pairs.len() - differs.len(), pairs.len(), NO_GOLD),
            lean: lean(&pairs),
            differs: differs.len(),
            first_different: differs.first().map(|&row| frame.filter_of(row).text()),
        }
    };
    let with_gold = criteria.iter().map(of).collect();
    (with_gold, criteria.values().flatten().map(|&(_, raw, gold)| (raw, gold)).collect())
}
