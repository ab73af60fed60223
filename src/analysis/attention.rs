//! Judgements worth a second look: a check and people disagree, somebody was too fast, somebody's standard moved.

use super::figure::Figure;
use super::frame::Frame;
use super::people::{People, Rating};
use super::{Inputs, criteria};
use crate::flags::{Flag, FlagSettings, Kind};
use crate::model::review::Purpose;
use crate::stats::holm;
use crate::stats::items::kendall_tau_b;
use serde::Serialize;
use std::collections::BTreeMap;

/// From when a judgement is worth a second look.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Thresholds {
    /// See [`FlagSettings::reading_speed`].
    pub reading_speed: f64,
    /// See [`FlagSettings::hasty_share`].
    pub hasty_share: f64,
    /// See [`FlagSettings::drift_ratings`].
    pub drift_ratings: u32,
    /// See [`FlagSettings::drift_gap`].
    pub drift_gap: f64,
    /// The p value, adjusted for all reviewers, up to which a trend counts.
    pub drift_p: f64,
}

/// The p value up to which a trend counts.
const DRIFT_P: f64 = 0.01;

impl From<&FlagSettings> for Thresholds {
    fn from(settings: &FlagSettings) -> Self {
        let FlagSettings { reading_speed, hasty_share, drift_ratings, drift_gap, .. } = settings.within_range();
        Self { reading_speed, hasty_share, drift_ratings, drift_gap, drift_p: DRIFT_P }
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

/// One judgement worth a second look.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PersonFlag {
    /// The response's row.
    pub row: u32,
    /// What it is: [`Kind::Disagree`], [`Kind::Hasty`] or [`Kind::Drift`].
    pub kind: Kind,
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

impl PersonFlag {
    /// As it stands among the flags of its response.
    pub fn flag(&self) -> Flag {
        Flag::new(self.kind, self.why.clone())
    }
}

/// Judgements worth a second look, alone: what [`analyse`](super::analyse) tells of them without all its other numbers.
/// Takes time in proportion to the judgements, whatever else `inputs` hold. Of all responses; their rows and filter do
/// not count.
pub fn second_looks(inputs: &Inputs<'_>) -> Attention {
    let mut judged: Vec<u32> = inputs.judgements.rows().collect();
    judged.sort_unstable();
    let inputs = Inputs { rows: Some(&judged), filter: "", ..*inputs };
    let frame = Frame::new(&inputs);
    attention(&frame, &People::new(&inputs, &frame), &inputs.settings.flags)
}

pub(super) fn attention(frame: &Frame<'_>, people: &People, settings: &FlagSettings) -> Attention {
    let thresholds = Thresholds::from(settings);
    let mut flags = disagreements(frame, people);
    let (speeds, hasty) = speeds(frame, people, &thresholds);
    flags.extend(hasty);
    let (trends, drifting) = trends(frame, people, &thresholds);
    flags.extend(drifting);
    flags.retain(|flag| settings.looks_for(flag.kind));
    Attention { flags, trends, speeds, thresholds }
}

fn disagreements(frame: &Frame<'_>, people: &People) -> Vec<PersonFlag> {
    let mut flags = Vec::new();
    for (at, criterion) in frame.results.rubric().criteria.iter().enumerate() {
        for row in criteria::differing(frame, people, at) {
            let Some(machine) = People::machine(frame, row, at) else { continue };
            let met = criterion.is_met(machine);
            let (check, others) = if met { ("met", "not met") } else { ("not met", "met") };
            flags.push(PersonFlag {
                kind: Kind::Disagree,
                row,
                reviewer: None,
                criterion: Some(criterion.id.clone()),
                why: format!("The check says that “{}” is {check}, and people say {others}.", criterion.name),
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
            let (needed, expected) = (one.characters / thresholds.reading_speed, compared * one.characters / 1000.0);
            if one.seconds < needed && one.seconds < thresholds.hasty_share * expected {
                hasty += 1;
                let whom = if others.is_some() { "others take" } else { "they usually take" };
                flags.push(PersonFlag {
                    kind: Kind::Hasty,
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

/// When a rating was given, in seconds.
fn seconds(rating: &Rating) -> f64 {
    rating.entry.at.as_duration().as_secs_f64()
}

fn trends(frame: &Frame<'_>, people: &People, thresholds: &Thresholds) -> (Vec<Trend>, Vec<PersonFlag>) {
    let above = above(people);
    let long: Vec<(&u32, &Vec<Above<'_>>)> =
        above.iter().filter(|(_, above)| above.len() >= thresholds.drift_ratings as usize).collect();
    let tests: Vec<_> = long
        .iter()
        .map(|(_, above)| {
            // By when, not by which came first: of ratings without a time of their own nobody knows that.
            let pairs: Vec<(f64, f64)> = above.iter().map(|above| (seconds(above.rating), above.by)).collect();
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
                kind: Kind::Drift,
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
