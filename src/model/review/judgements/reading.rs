//! Reading logs into what stands of them, and going on where they grew.

use super::{Judgements, Labelled, Noted, OfRow, Overruled, Pages, Preferred, Ranked, Rated, RowIndex};
use crate::model::Rubric;
use crate::model::review::{Act, Entry, Prefer, Purpose, Rank, ReviewLog, Stand, wording};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Keeps [`Judgements`] up to date as logs grow: a new entry costs what was said of the same response or pair, also
/// one that takes another back.
#[derive(Debug, Default)]
pub struct JudgementReader {
    wordings: HashMap<String, String>,
    logs: Vec<Stand>,
    /// The places of all that was said of a thing, whether it stands or not, by log and then in order.
    about: HashMap<Thing, Vec<Place>>,
    /// Where in the judgements the preference or ranking of a thing is.
    kept: HashMap<Thing, u64>,
    pub(super) judgements: Judgements,
}

/// What something is said of, so that the last word stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Thing {
    Row(u32),
    /// Two responses, whichever stood left, by one reviewer for one purpose.
    Pair(u32, [u32; 2], Purpose),
    /// Several, in the order of their rows.
    Ranking(u32, Vec<u32>, Purpose),
}

/// What an entry is about.
enum About {
    Thing(Thing),
    /// Responses that are not there.
    Stray,
    /// The work itself.
    Nothing,
}

/// The log and the place in it.
type Place = (u32, u32);

impl JudgementReader {
    /// Of `logs` on the responses of `index` under `rubric`.
    pub fn new(logs: &[Arc<ReviewLog>], index: &RowIndex, rubric: &Rubric) -> Self {
        let criteria = rubric.criteria().into_iter();
        let wordings = criteria.map(|(_, criterion)| (criterion.id.clone(), wording(criterion))).collect();
        let start = |log: &Arc<ReviewLog>| {
            let mut stand = Stand::default();
            stand.follow(&Arc::new(ReviewLog::new(log.reviewer(), Vec::new())), |_, _| ());
            stand
        };
        let reviewers = logs.iter().map(|log| log.reviewer().clone()).collect();
        let judgements = Judgements { reviewers, ..Judgements::default() };
        let mut reader = Self { wordings, logs: logs.iter().map(start).collect(), judgements, ..Self::default() };
        reader.follow(logs, index);
        reader
    }

    /// What stands.
    pub fn judgements(&self) -> &Judgements {
        &self.judgements
    }

    /// How many entries `logs` have beyond those that were read; `None` where they do not go on from them, and are to be
    /// read anew.
    pub fn added(&self, logs: &[Arc<ReviewLog>]) -> Option<usize> {
        let mut known = self.logs.iter().zip(logs);
        let goes_on = self.logs.len() == logs.len() && known.all(|(stand, log)| log.continues(stand.log()));
        let added = |(stand, log): (&Stand, &Arc<ReviewLog>)| log.len() - stand.log().len();
        goes_on.then(|| self.logs.iter().zip(logs).map(added).sum())
    }

    /// Reads on in `logs`, which go on from those that were read; `index` is that of the same responses.
    pub fn follow(&mut self, logs: &[Arc<ReviewLog>], index: &RowIndex) {
        let mut touched = HashSet::new();
        for (reviewer, log) in logs.iter().enumerate() {
            let reviewer = reviewer as u32;
            let stand = &mut self.logs[reviewer as usize];
            let before = stand.log().len();
            let strays = &mut self.judgements.strays;
            stand.follow(log, |at, stands| match about(reviewer, &log.entry(at).act, index) {
                About::Thing(thing) => drop(touched.insert(thing)),
                About::Stray => *strays = if stands { *strays + 1 } else { *strays - 1 },
                About::Nothing => {}
            });
            for (at, entry) in log.since(before).enumerate() {
                if let About::Thing(thing) = about(reviewer, &entry.act, index) {
                    let places = self.about.entry(thing).or_default();
                    let place = (reviewer, (before + at) as u32);
                    places.insert(places.partition_point(|known| *known < place), place);
                }
            }
        }
        touched.into_iter().for_each(|thing| self.read(thing, index));
    }

    /// Reads all that stands of `thing`.
    fn read(&mut self, thing: Thing, index: &RowIndex) {
        let places = self.about.get(&thing).map_or(&[][..], Vec::as_slice);
        let standing = || {
            let stands = |place: &&Place| self.logs[place.0 as usize].stands(place.1 as usize);
            let entry = |&(log, at): &Place| (log, self.logs[log as usize].log().entry(at as usize));
            places.iter().filter(stands).map(entry)
        };
        let first = places.iter().find(|place| self.logs[place.0 as usize].stands(place.1 as usize));
        let key = first.map(|&(log, at)| u64::from(log) << 32 | u64::from(at));
        match &thing {
            Thing::Row(row) => {
                let mut of_row = OfRow::default();
                standing().for_each(|(reviewer, entry)| of_row.take(*row, reviewer, entry, index, &self.wordings));
                let is_gold = of_row.ratings.iter().any(|rated| rated.purpose == Purpose::Gold);
                let row = u64::from(*row);
                self.judgements.gold.set(row, is_gold.then_some(()));
                self.judgements.rows.set(row, key.map(|_| Arc::new(of_row)));
            }
            Thing::Pair(_, rows, purpose) => {
                let last = standing().next_back().and_then(|(reviewer, entry)| preferred(reviewer, entry, index));
                let old = self.kept.get(&thing).copied();
                let judgements = &mut self.judgements;
                if let Some(old) = old {
                    judgements.preferences.set(old, None);
                    judgements.gold_pairs.set(old, None);
                }
                if let Some(key) = key.filter(|_| *purpose == Purpose::Gold) {
                    judgements.gold_pairs.set(key, Some(()));
                }
                let row = u64::from(rows[0]);
                let mut keys = judgements.pairs.get(row).map(|keys| (**keys).clone()).unwrap_or_default();
                keys.retain(|known| Some(*known) != old);
                keys.extend(key);
                keys.sort_unstable();
                judgements.pairs.set(row, (!keys.is_empty()).then(|| Arc::new(keys)));
                place(&mut self.judgements.preferences, &mut self.kept, thing, key.zip(last));
            }
            Thing::Ranking(..) => {
                let last = standing().next_back().and_then(|(reviewer, entry)| ranked(reviewer, entry, index));
                if let Some(old) = self.kept.get(&thing) {
                    self.judgements.rankings.set(*old, None);
                }
                place(&mut self.judgements.rankings, &mut self.kept, thing, key.zip(last));
            }
        }
    }
}

fn place<V: Clone>(pages: &mut Pages<V>, kept: &mut HashMap<Thing, u64>, thing: Thing, value: Option<(u64, V)>) {
    match value {
        Some((key, value)) => {
            pages.set(key, Some(value));
            kept.insert(thing, key);
        }
        None => drop(kept.remove(&thing)),
    }
}

fn about(reviewer: u32, act: &Act, index: &RowIndex) -> About {
    let thing = match act {
        Act::Prefer(prefer) => pair(prefer, index)
            .map(|[first, second]| Thing::Pair(reviewer, [first.min(second), first.max(second)], prefer.purpose)),
        Act::Rank(rank) => rows(rank, index).map(|mut rows| {
            rows.sort_unstable();
            Thing::Ranking(reviewer, rows, rank.purpose)
        }),
        Act::Rate(rate) => index.row(&rate.response).map(Thing::Row),
        Act::Flag(flag) => index.row(&flag.response).map(Thing::Row),
        Act::Note(note) => index.row(&note.response).map(Thing::Row),
        Act::Label(label) => index.row(&label.response).map(Thing::Row),
        Act::Overrule(overrule) => index.row(&overrule.response).map(Thing::Row),
        Act::Undo(_) | Act::Begin(_) | Act::Reveal {} => return About::Nothing,
    };
    thing.map_or(About::Stray, About::Thing)
}

fn pair(prefer: &Prefer, index: &RowIndex) -> Option<[u32; 2]> {
    let [first, second] = &prefer.responses;
    Some([index.row(first)?, index.row(second)?])
}

fn rows(rank: &Rank, index: &RowIndex) -> Option<Vec<u32>> {
    let rows: Option<Vec<u32>> = rank.responses.iter().map(|id| index.row(id)).collect();
    rows.filter(|rows| rows.len() == rank.ranks.len())
}

fn preferred(reviewer: u32, entry: &Arc<Entry>, index: &RowIndex) -> Option<Preferred> {
    let Act::Prefer(prefer) = &entry.act else { return None };
    let (rows, choice, purpose) = (pair(prefer, index)?, prefer.choice, prefer.purpose);
    Some(Preferred { reviewer, rows, choice, purpose, entry: entry.clone() })
}

fn ranked(reviewer: u32, entry: &Arc<Entry>, index: &RowIndex) -> Option<Ranked> {
    let Act::Rank(rank) = &entry.act else { return None };
    let (rows, ranks, purpose) = (rows(rank, index)?, rank.ranks.clone(), rank.purpose);
    Some(Ranked { reviewer, rows, ranks, purpose, entry: entry.clone() })
}

impl OfRow {
    /// Takes an entry about response `row` in, after those before it.
    fn take(
        &mut self,
        row: u32,
        reviewer: u32,
        entry: &Arc<Entry>,
        index: &RowIndex,
        wordings: &HashMap<String, String>,
    ) {
        let entry = entry.clone();
        match &entry.act {
            Act::Rate(rate) => {
                self.ratings.retain(|old| {
                    (old.reviewer, old.purpose) != (reviewer, rate.purpose) || *old.criterion != *rate.criterion
                });
                let is_other = |now: &String| !rate.wording.is_empty() && *now != rate.wording;
                self.ratings.push(Rated {
                    reviewer,
                    criterion: rate.criterion.as_str().into(),
                    raw: rate.raw(),
                    stale: wordings.get(&rate.criterion).is_some_and(is_other),
                    purpose: rate.purpose,
                    entry: entry.clone(),
                });
            }
            Act::Flag(flag) => {
                self.flags.retain(|old| old.reviewer != reviewer);
                if flag.on {
                    self.flags.push(Noted { reviewer, text: flag.reason.as_str().into(), entry: entry.clone() });
                }
            }
            Act::Note(note) => {
                self.notes.retain(|old| old.reviewer != reviewer);
                if !note.text.is_empty() {
                    self.notes.push(Noted { reviewer, text: note.text.as_str().into(), entry: entry.clone() });
                }
            }
            Act::Label(label) => {
                let (span, text) = (label.span(), index.dataset().response_text(row as usize));
                let there = text.and_then(|text| text.get(span.start as usize..span.end as usize));
                self.labels.push(Labelled {
                    reviewer,
                    label: label.label.as_str().into(),
                    span,
                    stale: there != Some(&label.quote),
                    entry: entry.clone(),
                });
            }
            Act::Overrule(overrule) => {
                self.overruled.retain(|old| *old.criterion != *overrule.criterion);
                if let Some(raw) = overrule.value.filter(|raw| (0.0..=1.0).contains(raw)) {
                    let criterion = overrule.criterion.as_str().into();
                    self.overruled.push(Overruled { reviewer, criterion, raw, entry: entry.clone() });
                }
            }
            Act::Prefer(_) | Act::Rank(_) | Act::Undo(_) | Act::Begin(_) | Act::Reveal {} => {}
        }
    }
}
