//! Judgements worth a second look: a check and people disagree, somebody was too fast, somebody's standard moved.

use super::Criteria;
use super::figure::Figure;
use super::frame::Frame;
use super::people::{People, Rating};
use crate::model::review::Purpose;
use crate::stats::holm;
use crate::stats::items::kendall_tau_b;
use serde::Serialize;
use std::collections::BTreeMap;

/// From when a judgement is worth a second look.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Thresholds {
    /// Characters a second faster than which nobody reads. By default 100, four times the mean pace of silent reading:
    /// 238 words a minute (Brysbaert, Journal of Memory and Language 109, 2019), at some six characters a word.
    pub fastest: f64,
    /// The share of the usual time for a text of this length below which a judgement is fast. By default a third.
    pub hasty_share: f64,
    /// Judgements of a reviewer that others judged too, from which drift can be told. By default 20.
    pub drift_from: usize,
    /// How far a reviewer's standard must have moved from their first to their last half, on a scale from 0 to 1. By
    /// default 0.1.
    pub drift_gap: f64,
    /// The p value, adjusted for all reviewers, up to which a trend counts. By default 0.01.
    pub drift_p: f64,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { fastest: 100.0, hasty_share: 1.0 / 3.0, drift_from: 20, drift_gap: 0.1, drift_p: 0.01 }
    }
}

/// Judgements worth a second look.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Attention {
    /// Each judgement, by kind and then by response.
    pub flags: Vec<PersonFlag>,
    /// Each reviewer whose judgements others share, and how their standard moved.
    pub trends: Vec<Trend>,
    /// Each reviewer whose time is known, and how fast they were.
    pub speeds: Vec<Speed>,
    /// From when on.
    pub thresholds: Thresholds,
}

/// What is worth a look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Concern {
    /// A check and people judge it differently.
    Disagree,
    /// A reviewer judged it faster than it can be read.
    Hasty,
    /// A reviewer judged it by another standard than before.
    Drift,
}

/// One judgement worth a second look.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PersonFlag {
    /// What it is.
    pub concern: Concern,
    /// The response's row.
    pub row: u32,
    /// Whose judgement; `None` where it is about several.
    pub reviewer: Option<String>,
    /// The criterion's id, where it is about one.
    pub criterion: Option<String>,
    /// A sentence with the numbers.
    pub why: String,
    /// Shows the response.
    pub filter: String,
}

/// How a reviewer's standard moved over time, against others on the same responses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Trend {
    /// Who.
    pub reviewer: String,
    /// Kendall's τ between when they rated and how much higher than the others' mean they did. Its n is of ratings.
    pub trend: Figure,
    /// Its p, adjusted after Holm for all reviewers.
    pub adjusted: Option<f64>,
    /// How much higher than others they rated in the first and in the last half, on a scale from 0 to 1.
    pub halves: [f64; 2],
    /// Whether that counts as drift.
    pub drifts: bool,
}

/// How fast a reviewer was.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Speed {
    /// Who.
    pub reviewer: String,
    /// Median seconds for a response. Its n is of responses.
    pub median_seconds: Figure,
    /// Median seconds for a thousand characters.
    pub seconds_per_thousand: Figure,
    /// The median of all others.
    pub others: Figure,
    /// Responses judged too fast.
    pub hasty: usize,
}

pub(super) fn attention(frame: &Frame<'_>, people: &People, criteria: &Criteria, thresholds: Thresholds) -> Attention {
    let mut flags = disagreements(frame, people, criteria);
    let (speeds, hasty) = speeds(frame, people, &thresholds);
    flags.extend(hasty);
    let (trends, drifting) = trends(frame, people, &thresholds);
    flags.extend(drifting);
    Attention { flags, trends, speeds, thresholds }
}

fn disagreements(frame: &Frame<'_>, people: &People, criteria: &Criteria) -> Vec<PersonFlag> {
    let mut flags = Vec::new();
    for numbers in &criteria.criteria {
        for &row in &numbers.against_people.differ {
            let at = frame.results.rubric().criterion(&numbers.id);
            let machine = at.and_then(|at| people.machine(frame, row, at).map(|raw| (at, raw)));
            let Some((at, machine)) = machine else { continue };
            let met = frame.results.rubric().criteria[at].is_met(machine);
            let (check, others) = if met { ("met", "not met") } else { ("not met", "met") };
            flags.push(PersonFlag {
                concern: Concern::Disagree,
                row,
                reviewer: None,
                criterion: Some(numbers.id.clone()),
                why: format!("The check says that “{}” is {check}, and people say {others}.", numbers.name),
                filter: frame.filter_of(row).text(),
            });
        }
    }
    flags.sort_by_key(|flag| flag.row);
    flags
}

/// Seconds that one reviewer spent on one response, over all ratings of it.
struct Spent {
    reviewer: u32,
    row: u32,
    seconds: f64,
    characters: f64,
}

fn spent(frame: &Frame<'_>, people: &People) -> Vec<Spent> {
    let mut times: BTreeMap<(u32, u32), f64> = BTreeMap::new();
    let timed = people.ratings.iter().filter(|rating| rating.purpose != Purpose::Gold);
    for rating in timed {
        if let Some(seconds) = rating.entry.seconds.filter(|seconds| seconds.is_finite() && *seconds >= 0.0) {
            *times.entry((rating.reviewer, rating.row)).or_default() += seconds;
        }
    }
    let of = |((reviewer, row), seconds)| {
        let characters = frame.length(row as usize)?;
        Some(Spent { reviewer, row, seconds, characters })
    };
    times.into_iter().filter_map(of).collect()
}

/// Texts shorter than this take no time to read.
const READ_AT_A_GLANCE: f64 = 200.0;

fn speeds(frame: &Frame<'_>, people: &People, thresholds: &Thresholds) -> (Vec<Speed>, Vec<PersonFlag>) {
    let spent = spent(frame, people);
    let (mut speeds, mut flags) = (Vec::new(), Vec::new());
    let pace = |spent: &Spent| (spent.characters > 0.0).then(|| 1000.0 * spent.seconds / spent.characters);
    for own in spent.chunk_by(|a, b| a.reviewer == b.reviewer) {
        let reviewer = own[0].reviewer;
        let name = people.reviewers[reviewer as usize].to_string();
        let others = median(spent.iter().filter(|other| other.reviewer != reviewer).filter_map(pace).collect());
        let usual = median(own.iter().filter_map(pace).collect());
        let mut hasty = 0;
        for one in own.iter().filter(|one| one.characters >= READ_AT_A_GLANCE) {
            // Against others where there are some, else against how the reviewer works usually.
            let Some((_, compared)) = others.or(usual) else { continue };
            let (needed, expected) = (one.characters / thresholds.fastest, compared * one.characters / 1000.0);
            if one.seconds < needed && one.seconds < thresholds.hasty_share * expected {
                hasty += 1;
                let whom = if others.is_some() { "others take" } else { "they usually take" };
                flags.push(PersonFlag {
                    concern: Concern::Hasty,
                    row: one.row,
                    reviewer: Some(name.clone()),
                    criterion: None,
                    why: format!(
                        "{name} judged {} characters in {:.1} s; {whom} about {expected:.0} s for as many.",
                        one.characters, one.seconds
                    ),
                    filter: frame.filter_of(one.row).text(),
                });
            }
        }
        let figure = |found: Option<(usize, f64)>, why: &str| match found {
            Some((n, value)) => Figure::plain(n, value),
            None => Figure::undefined(0, why),
        };
        speeds.push(Speed {
            reviewer: name,
            median_seconds: figure(median(own.iter().map(|one| one.seconds).collect()), "no time is known"),
            seconds_per_thousand: figure(usual, "no text they judged has a length"),
            others: figure(others, "the time of nobody else is known"),
            hasty,
        });
    }
    flags.sort_by_key(|flag| flag.row);
    (speeds, flags)
}

/// How many values there are, and their median.
fn median(mut values: Vec<f64>) -> Option<(usize, f64)> {
    crate::stats::summarize(&mut values).map(|summary| (summary.n, summary.median))
}

/// How much higher one rating is than the mean of the others on the same response and criterion.
struct Above<'r> {
    rating: &'r Rating,
    by: f64,
}

fn above(people: &People) -> BTreeMap<u32, Vec<Above<'_>>> {
    let mut all: BTreeMap<u32, Vec<Above<'_>>> = BTreeMap::new();
    for unit in people.ratings.chunk_by(|a, b| (a.criterion, a.row) == (b.criterion, b.row)) {
        let own = || unit.iter().filter(|rating| rating.is_own());
        let (n, sum) = own().fold((0.0, 0.0), |(n, sum), rating| (n + 1.0, sum + rating.raw));
        if n > 1.0 {
            for rating in own() {
                let by = rating.raw - (sum - rating.raw) / (n - 1.0);
                all.entry(rating.reviewer).or_default().push(Above { rating, by: (by * 1e12).round() / 1e12 });
            }
        }
    }
    for above in all.values_mut() {
        above.sort_by_key(|above| above.rating.entry.at);
    }
    all
}

fn trends(frame: &Frame<'_>, people: &People, thresholds: &Thresholds) -> (Vec<Trend>, Vec<PersonFlag>) {
    let above = above(people);
    let long: Vec<(&u32, &Vec<Above<'_>>)> =
        above.iter().filter(|(_, above)| above.len() >= thresholds.drift_from.max(4)).collect();
    let tests: Vec<_> = long
        .iter()
        .map(|(_, above)| {
            let pairs: Vec<(f64, f64)> = above.iter().enumerate().map(|(at, above)| (at as f64, above.by)).collect();
            kendall_tau_b(&pairs)
        })
        .collect();
    let p_values: Vec<f64> = tests.iter().filter_map(|test| test.as_ref().ok()?.p).collect();
    let mut adjusted = holm(&p_values).into_iter();
    let (mut trends, mut flags) = (Vec::new(), Vec::new());
    for ((reviewer, above), test) in long.into_iter().zip(tests) {
        let name = people.reviewers[*reviewer as usize].to_string();
        let (first, last) = above.split_at(above.len() / 2);
        let mean = |half: &[Above<'_>]| half.iter().map(|above| above.by).sum::<f64>() / half.len() as f64;
        let halves = [mean(first), mean(last)];
        let adjusted = test.as_ref().ok().and_then(|test| test.p).and_then(|_| adjusted.next());
        let drifts =
            adjusted.is_some_and(|p| p <= thresholds.drift_p) && (halves[1] - halves[0]).abs() >= thresholds.drift_gap;
        if drifts {
            let lean = if halves[1] > halves[0] { "more lenient" } else { "stricter" };
            let mut rows: Vec<u32> = last.iter().map(|above| above.rating.row).collect();
            rows.sort_unstable();
            rows.dedup();
            flags.extend(rows.into_iter().map(|row| PersonFlag {
                concern: Concern::Drift,
                row,
                reviewer: Some(name.clone()),
                criterion: None,
                why: format!(
                    "{name} became {lean}: {:+.2} against others in the first half of {} ratings, {:+.2} in the last.",
                    halves[0],
                    above.len(),
                    halves[1]
                ),
                filter: frame.filter_of(row).text(),
            }));
        }
        trends.push(Trend {
            reviewer: name,
            trend: super::criteria::correlated(above.len(), test),
            adjusted,
            halves,
            drifts,
        });
    }
    (trends, flags)
}
