//! Which entries of one log stand, kept up to date as it grows.

use super::{Act, ReviewLog};
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::hash::BuildHasher as _;
use std::sync::Arc;

/// Which entries of a log stand, as [`ReviewLog::standing`] says. Following a log that grew costs what was added, and
/// what that takes back or brings back. Costs some 30 bytes an entry.
#[derive(Debug, Default)]
pub struct Stand {
    log: Arc<ReviewLog>,
    /// The places of entries, by the hash of their ids.
    places: HashTable<(u64, u32)>,
    hasher: RandomState,
    /// How many entries that stand take each entry back.
    taken_back: Vec<u32>,
}

impl Stand {
    /// The log, as it was followed last.
    pub fn log(&self) -> &Arc<ReviewLog> {
        &self.log
    }

    /// Whether the entry at place `at` stands.
    pub fn stands(&self, at: usize) -> bool {
        self.taken_back[at] == 0
    }

    /// The place of the entry with this id; of several the first.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.places_of(id).min().map(|at| at as usize)
    }

    fn places_of(&self, id: &str) -> impl Iterator<Item = u32> {
        let hash = self.hasher.hash_one(id);
        self.places
            .iter_hash(hash)
            .filter(move |(known, at)| *known == hash && self.log.entry(*at as usize).id == id)
            .map(|&(_, at)| at)
    }

    /// Goes on to `log`, which [continues](ReviewLog::continues) the one followed so far. `turned` is told which entries
    /// stand from now on, also new ones, and which no longer do; one that was turned twice is told twice.
    pub fn follow(&mut self, log: &Arc<ReviewLog>, mut turned: impl FnMut(usize, bool)) {
        let before = self.log.len();
        self.log = log.clone();
        self.taken_back.resize(log.len(), 0);
        if before == 0 {
            self.read_whole(&mut turned);
            return;
        }
        for at in before..log.len() {
            self.learn(at);
            turned(at, true);
            self.spread(at, &mut turned);
        }
    }

    /// Enters the entry at place `at`.
    fn learn(&mut self, at: usize) {
        let hash = self.hasher.hash_one(&*self.log.entry(at).id);
        self.places.insert_unique(hash, (hash, at as u32), |&(hash, _)| hash);
    }

    /// The whole log: from its end, so that whether an entry stands is known once it is met.
    fn read_whole(&mut self, turned: &mut impl FnMut(usize, bool)) {
        self.places.reserve(self.log.len(), |&(hash, _)| hash);
        (0..self.log.len()).for_each(|at| self.learn(at));
        for at in (0..self.log.len()).rev().filter(|&at| matches!(self.log.entry(at).act, Act::Undo(_))) {
            if self.stands(at) {
                for target in self.targets(at) {
                    self.taken_back[target as usize] += 1;
                }
            }
        }
        (0..self.log.len()).filter(|&at| self.stands(at)).for_each(|at| turned(at, true));
    }

    /// What the entry at place `at` takes back, when it stands.
    fn targets(&self, at: usize) -> Vec<u32> {
        match &self.log.entry(at).act {
            Act::Undo(undo) => self.places_of(&undo.entry).filter(|&target| (target as usize) < at).collect(),
            _ => Vec::new(),
        }
    }

    /// What follows from the entry at place `at` standing now.
    fn spread(&mut self, at: usize, turned: &mut impl FnMut(usize, bool)) {
        let mut news = vec![(at, true)];
        while let Some((at, stands)) = news.pop() {
            for target in self.targets(at).into_iter().map(|target| target as usize) {
                let count = &mut self.taken_back[target];
                let turns = if stands { *count == 0 } else { *count == 1 };
                *count = if stands { *count + 1 } else { *count - 1 };
                if turns {
                    turned(target, !stands);
                    news.push((target, !stands));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::review::{Entry, Note, Undo};
    use jiff::Timestamp;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn following_a_log_says_what_reading_it_says(
            undone in prop::collection::vec(prop::option::of(0usize..30), 1..40),
            cuts in prop::collection::vec(0usize..40, 0..5),
        ) {
            let act = |undone: Option<usize>| match undone {
                Some(id) => Act::Undo(Undo { entry: format!("s-{id}") }),
                None => Act::Note(Note { response: "r".into(), text: String::new() }),
            };
            // An id twice, as a merge may leave it.
            let entry = |(at, undone): (usize, &Option<usize>)| Entry {
                id: format!("s-{}", if at == 9 { 3 } else { at }), at: Timestamp::UNIX_EPOCH, seconds: None, act: act(*undone),
            };
            let entries: Vec<Entry> = undone.iter().enumerate().map(entry).collect();
            let mut cuts: Vec<usize> = cuts.into_iter().chain([entries.len()]).map(|cut| cut.min(entries.len())).collect();
            cuts.sort_unstable();
            let (mut stand, mut log, mut told) = (Stand::default(), Arc::new(ReviewLog::default()), vec![false; entries.len()]);
            for cut in cuts {
                let known = log.len();
                entries[known..cut].iter().for_each(|entry| Arc::make_mut(&mut log).push(entry.clone()));
                stand.follow(&log, |at, stands| told[at] = stands);
                let standing = log.entries().enumerate().filter(|(at, entry)| {
                    stand.stands(*at) && !matches!(entry.act, Act::Undo(_))
                });
                let standing: Vec<*const Entry> = standing.map(|(_, entry)| Arc::as_ptr(entry)).collect();
                prop_assert_eq!(standing, log.standing().into_iter().map(Arc::as_ptr).collect::<Vec<_>>());
                prop_assert!((0..log.len()).all(|at| told[at] == stand.stands(at)));
            }
        }
    }
}
