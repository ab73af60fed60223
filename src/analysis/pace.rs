//! How far judging is, and how fast it goes.

use super::Inputs;
use super::figure::Figure;
use super::frame::Frame;
use super::people::People;
use crate::model::review::{Act, Entry, Purpose, ReviewLog};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// Progress and pace of judging by people.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Pace {
    /// Everybody together.
    pub together: Reviewed,
    /// Each reviewer.
    pub reviewers: Vec<Reviewed>,
    /// Each criterion that people judge or did.
    pub criteria: Vec<Rated>,
    /// Judgements an hour that were planned.
    pub planned_per_hour: f64,
}

/// What someone did.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Reviewed {
    /// Who; `None` for everybody.
    pub reviewer: Option<String>,
    /// Responses they rated on every criterion for people, of all looked at.
    pub complete: usize,
    /// Responses they rated on at least one.
    pub begun: usize,
    /// Ratings that stand.
    pub ratings: usize,
    /// Preferences and rankings that stand.
    pub preferences: usize,
    /// Active seconds of all they did, what they took back included; 0 where time is not kept.
    pub seconds: f64,
    /// Judgements whose time is known.
    pub timed: usize,
    /// Judgements an active hour.
    pub per_hour: Option<f64>,
    /// Active hours that what is missing takes at this pace: ratings of responses looked at.
    pub hours_left: Option<f64>,
    /// The first and the last thing they did.
    pub between: Option<[jiff::Timestamp; 2]>,
}

/// How far one criterion is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rated {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Responses that at least one reviewer rated, as a share of those looked at.
    pub share: Figure,
    /// Responses with ratings by several.
    pub by_several: usize,
    /// Responses that nobody rated.
    pub open: usize,
    /// Ratings given under another guidance or scale.
    pub stale: usize,
}

pub(super) fn pace(inputs: &Inputs<'_>, frame: &Frame<'_>, people: &People) -> Pace {
    let human: Vec<usize> = (0..people.criteria.len())
        .filter(|&at| people.criteria[at].in_rubric && people.criteria[at].is_human)
        .collect();
    let by_name = inputs.logs.iter().enumerate();
    let mut reviewers: Vec<Reviewed> =
        by_name.map(|(at, log)| reviewed(frame, people, &human, Some(at as u32), std::slice::from_ref(log))).collect();
    reviewers.retain(|reviewer| reviewer.between.is_some());
    let rated = |at: usize| {
        let criterion = &people.criteria[at];
        let counting = people.of_criterion(at).iter().filter(|rating| counts(rating.purpose));
        let mut by_row: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        counting.clone().for_each(|rating| {
            by_row.entry(rating.row).or_default().insert(rating.reviewer);
        });
        Rated {
            id: criterion.id.clone(),
            name: criterion.name.clone(),
            share: Figure::share(by_row.len(), frame.rows.len(), "there are no responses"),
            by_several: by_row.values().filter(|reviewers| reviewers.len() > 1).count(),
            open: frame.rows.len() - by_row.len(),
            stale: counting.filter(|rating| rating.stale).count(),
        }
    };
    let is_rated = |at: &usize| people.criteria[*at].is_human || !people.of_criterion(*at).is_empty();
    Pace {
        together: reviewed(frame, people, &human, None, inputs.logs),
        reviewers,
        criteria: (0..people.criteria.len()).filter(is_rated).map(rated).collect(),
        planned_per_hour: inputs.settings.review.plan.per_hour,
    }
}

fn counts(purpose: Purpose) -> bool {
    matches!(purpose, Purpose::Judge | Purpose::Final)
}

fn reviewed(
    frame: &Frame<'_>,
    people: &People,
    human: &[usize],
    reviewer: Option<u32>,
    logs: &[std::sync::Arc<ReviewLog>],
) -> Reviewed {
    let is_theirs = |who: u32| reviewer.is_none_or(|reviewer| reviewer == who);
    let mut by_row: BTreeMap<u32, BTreeSet<usize>> = BTreeMap::new();
    let mut ratings = 0;
    for rating in people.ratings.iter().filter(|rating| is_theirs(rating.reviewer) && counts(rating.purpose)) {
        ratings += 1;
        by_row.entry(rating.row).or_default().insert(rating.criterion);
    }
    let complete =
        by_row.values().filter(|rated| !human.is_empty() && human.iter().all(|at| rated.contains(at))).count();
    let rated: usize = by_row.values().map(|rated| human.iter().filter(|at| rated.contains(at)).count()).sum();
    let entries = || logs.iter().flat_map(|log| log.entries());
    // Sums of times in the order of logs.
    let seconds: f64 = entries().filter_map(|entry| entry.seconds).filter(|seconds| seconds.is_finite()).sum();
    let timed = entries().filter(|entry| entry.seconds.is_some() && is_judgement(entry)).count();
    let per_hour = (seconds > 0.0 && timed > 0).then(|| timed as f64 * 3600.0 / seconds);
    let missing = frame.rows.len() * human.len() - rated;
    Reviewed {
        reviewer: reviewer.map(|at| people.reviewers[at as usize].to_string()),
        complete,
        begun: by_row.len(),
        ratings,
        preferences: logs.iter().map(|log| log.standing().iter().filter(|entry| compares(entry)).count()).sum(),
        seconds,
        timed,
        per_hour,
        hours_left: per_hour.map(|per_hour| missing as f64 / per_hour),
        between: entries().map(|entry| entry.at).min().zip(entries().map(|entry| entry.at).max()).map(|(a, b)| [a, b]),
    }
}

fn compares(entry: &Entry) -> bool {
    matches!(&entry.act, Act::Prefer(prefer) if counts(prefer.purpose))
        || matches!(&entry.act, Act::Rank(rank) if counts(rank.purpose))
}

fn is_judgement(entry: &Entry) -> bool {
    matches!(entry.act, Act::Rate(_) | Act::Prefer(_) | Act::Rank(_))
}
