//! One reviewer's log as sessions read it: what stands, what was answered to which item, and how long it took.

use super::item::Item;
use super::pace::Pace;
use crate::model::review::{Act, Entry, ReviewLog, Stand};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// One reviewer's log as sessions read it. Following a log that grew costs what was added, and what that takes back.
#[derive(Debug, Default)]
pub struct Record {
    stand: Stand,
    /// The places of all answers about a response, or about several of which it is the first by id.
    answers: HashMap<Box<str>, Vec<u32>>,
    /// The places of the beginnings of sessions that stand.
    begins: Vec<u32>,
    total: Pace,
    /// The pace since each beginning, by its place.
    sessions: BTreeMap<u32, Pace>,
}

/// What a log that was followed has changed.
#[derive(Debug, PartialEq, Eq)]
pub enum Turned {
    /// Everything: it is another log.
    All,
    /// What is known of these responses, as [`Record`] keeps answers.
    Responses(HashSet<Box<str>>),
}

impl Record {
    /// Of `log`.
    pub fn new(log: &Arc<ReviewLog>) -> Self {
        let mut record = Self::default();
        record.follow(log);
        record
    }

    /// Goes on to `log`; begins anew where it does not go on from the one followed so far.
    pub fn follow(&mut self, log: &Arc<ReviewLog>) -> Turned {
        let before = self.stand.log().len();
        if before > 0 && !log.continues(self.stand.log()) || before == 0 {
            *self = Self::default();
        }
        let before = self.stand.log().len();
        let mut turned = Vec::new();
        self.stand.follow(log, |at, stands| turned.push((at, stands)));
        for (at, entry) in log.since(before).enumerate() {
            if let Some(response) = about(&entry.act) {
                let places = self.answers.entry(response.into()).or_default();
                places.push((before + at) as u32);
            }
        }
        // To which session an answer counts depends on all beginnings that stand: they come first, and where one was taken
        // back or brought back, perhaps both at once, everything is counted anew.
        let begins = turned.iter().filter(|(at, _)| matches!(log.entry(*at).act, Act::Begin(_)));
        let recount = begins.clone().any(|&(at, stands)| at < before || !stands);
        if recount {
            self.recount();
        } else {
            self.begins.extend(begins.map(|&(at, _)| at as u32));
            let of_new = self.begins.iter().filter(|&&at| at as usize >= before);
            self.sessions.extend(of_new.map(|&at| (at, Pace::default())));
        }
        let mut responses = HashSet::new();
        for (at, stands) in turned {
            let entry = log.entry(at);
            if let Some(response) = about(&entry.act) {
                if !recount {
                    self.count(at as u32, entry.seconds, stands);
                }
                if before > 0 {
                    responses.insert(response.into());
                }
            }
        }
        if before > 0 { Turned::Responses(responses) } else { Turned::All }
    }

    fn count(&mut self, at: u32, seconds: Option<f64>, stands: bool) {
        let session = self.begins.partition_point(|&begin| begin < at).checked_sub(1);
        let session = session.and_then(|session| self.sessions.get_mut(&self.begins[session]));
        for pace in [Some(&mut self.total), session].into_iter().flatten() {
            if stands { pace.take(seconds) } else { pace.give_back(seconds) }
        }
    }

    /// Counts the pace anew: a beginning was taken back or brought back.
    fn recount(&mut self) {
        let log = self.stand.log().clone();
        self.total = Pace::default();
        let begins = |(at, entry): (usize, &Arc<Entry>)| {
            (self.stand.stands(at) && matches!(entry.act, Act::Begin(_))).then_some(at as u32)
        };
        self.begins = log.entries().enumerate().filter_map(begins).collect();
        self.sessions = self.begins.iter().map(|&at| (at, Pace::default())).collect();
        for (at, entry) in log.entries().enumerate() {
            if self.stand.stands(at) && about(&entry.act).is_some() {
                self.count(at as u32, entry.seconds, true);
            }
        }
    }

    /// The log, as it was followed last.
    pub fn log(&self) -> &Arc<ReviewLog> {
        self.stand.log()
    }

    /// Whether the entry at place `at` stands.
    pub fn stands(&self, at: usize) -> bool {
        self.stand.stands(at)
    }

    /// The place of the entry with this id.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.stand.place(id)
    }

    /// The answers to `item` that stand, from place `began` on, in order: to the very same responses for the same
    /// purpose.
    pub fn answers<'a>(&'a self, item: &Item, began: usize) -> impl Iterator<Item = &'a Arc<Entry>> {
        let (sorted, purpose) = (item.sorted(), item.purpose);
        let places = sorted.first().and_then(|first| self.answers.get(*first)).map_or(&[][..], Vec::as_slice);
        let sorted: Vec<String> = sorted.into_iter().map(str::to_owned).collect();
        let places = places[places.partition_point(|&at| (at as usize) < began)..].iter().map(|&at| at as usize);
        places.filter(|&at| self.stand.stands(at)).map(|at| self.log().entry(at)).filter(move |entry| {
            let is_it = |ids: &[String]| ids.len() == sorted.len() && sorted_ids(ids) == sorted;
            match &entry.act {
                Act::Rate(rate) => rate.purpose == purpose && sorted == [rate.response.as_str()],
                Act::Prefer(prefer) => prefer.purpose == purpose && is_it(&prefer.responses),
                Act::Rank(rank) => rank.purpose == purpose && is_it(&rank.responses),
                _ => false,
            }
        })
    }

    /// The pace of everything.
    pub fn pace(&self) -> Pace {
        self.total
    }

    /// The pace since the session that began with this entry did, until the next one.
    pub fn pace_since(&self, begin: &str) -> Option<Pace> {
        self.sessions.get(&(self.place(begin)? as u32)).copied()
    }
}

/// The response that an answer is kept by; `None` of what is no answer.
fn about(act: &Act) -> Option<&str> {
    match act {
        Act::Rate(rate) => Some(&rate.response),
        Act::Prefer(prefer) => prefer.responses.iter().map(String::as_str).min(),
        Act::Rank(rank) => rank.responses.iter().map(String::as_str).min(),
        _ => None,
    }
}

fn sorted_ids(ids: &[String]) -> Vec<&str> {
    let mut ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    ids.sort_unstable();
    ids
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::review::{Begin, Choice, Undo};
    use crate::workbench::session::fixture::{entries, preferred, rated};
    use proptest::prelude::*;

    fn act() -> impl Strategy<Value = Act> {
        let begin = || Begin { mode: <_>::default(), queue: "".into(), blind: true, seed: 1, repeats: 0.0, items: 2 };
        prop_oneof![
            4 => (0..4).prop_map(|row| rated(&format!("r{row}"), 1.0)),
            2 => (0..3).prop_map(|row| preferred(&format!("r{}", row + 1), &format!("r{row}"), Choice::Tie)),
            1 => Just(Act::Begin(begin())),
            4 => (0..40).prop_map(|entry| Act::Undo(Undo { entry: format!("anna-{entry}") })),
        ]
    }

    #[test]
    fn a_beginning_taken_back_and_brought_back_at_once_changes_no_count() {
        let undo = |at: usize| Act::Undo(Undo { entry: format!("anna-{at}") });
        let begin =
            Act::Begin(Begin { mode: <_>::default(), queue: "".into(), blind: true, seed: 1, repeats: 0.0, items: 2 });
        let rate = || rated("r0", 1.0);
        // What was rated after the second beginning is taken back while that does not stand.
        let acts = vec![begin.clone(), rate(), begin, rate(), rate(), undo(2), undo(3), undo(5)];
        let all = entries("anna", acts);
        let mut log = Arc::new(ReviewLog::new("anna", Vec::new()));
        all[..2].iter().for_each(|entry| Arc::make_mut(&mut log).push(entry.clone()));
        let mut record = Record::new(&log);
        all[2..].iter().for_each(|entry| Arc::make_mut(&mut log).push(entry.clone()));
        record.follow(&log);
        let (total, sessions) = super::super::pace(&log);
        assert_eq!(record.pace(), total);
        for entry in log.entries() {
            assert_eq!(record.pace_since(&entry.id), sessions.get(&*entry.id).copied());
        }
    }

    proptest! {
        #[test]
        fn a_record_that_follows_says_what_one_that_reads_says(
            acts in prop::collection::vec(act(), 1..40),
            cuts in prop::collection::vec(0usize..40, 0..6),
        ) {
            let mut all = entries("anna", acts);
            // Sums of whole seconds are exact in any order.
            all.iter_mut().enumerate().for_each(|(at, entry)| entry.seconds = (at % 5 > 0).then_some(at as f64));
            let mut cuts: Vec<usize> = cuts.into_iter().chain([all.len()]).map(|cut| cut.min(all.len())).collect();
            cuts.sort_unstable();
            let (mut record, mut log) = (Record::default(), Arc::new(ReviewLog::new("anna", Vec::new())));
            for cut in cuts {
                let known = log.len();
                all[known..cut].iter().for_each(|entry| Arc::make_mut(&mut log).push(entry.clone()));
                record.follow(&log);
                let read = Record::new(&log);
                let (total, sessions) = super::super::pace(&log);
                prop_assert_eq!(record.pace(), total);
                prop_assert_eq!(read.pace(), total);
                for entry in log.entries() {
                    prop_assert_eq!(record.pace_since(&entry.id), sessions.get(&*entry.id).copied());
                }
                for ids in [vec!["r0"], vec!["r1"], vec!["r0", "r1"], vec!["r1", "r2"]] {
                    let responses = ids.iter().map(|&id| id.to_owned()).collect();
                    let item = Item { responses, criteria: Vec::new(), purpose: <_>::default() };
                    let ids = |record: &Record| record.answers(&item, 3).map(|entry| entry.id.clone()).collect::<Vec<_>>();
                    prop_assert_eq!(ids(&record), ids(&read));
                }
            }
        }
    }
}
