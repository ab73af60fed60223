//! The log of one reviewer.

use super::{Act, Entry};
use std::collections::HashSet;
use std::sync::Arc;

/// Some entries of a log.
type Part = Arc<Vec<Arc<Entry>>>;

/// Entries of one part of a log: adding one to a log that is shared copies no more than this.
const PART: usize = 512;

/// All that one reviewer did, in order. It only grows. A copy shares all but the newest part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReviewLog {
    reviewer: Arc<str>,
    /// All of [`PART`] entries but the last.
    parts: Vec<Part>,
    len: usize,
}

impl ReviewLog {
    /// The log of `reviewer` with `entries`.
    pub fn new(reviewer: &str, entries: Vec<Entry>) -> Self {
        let mut log = Self { reviewer: reviewer.into(), ..Self::default() };
        entries.into_iter().for_each(|entry| log.push(entry));
        log
    }

    /// Who.
    pub fn reviewer(&self) -> &Arc<str> {
        &self.reviewer
    }

    /// Everything, taken back or not.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Arc<Entry>> + ExactSizeIterator + Clone {
        self.since(0)
    }

    /// The entries from place `at` on.
    pub fn since(&self, at: usize) -> impl DoubleEndedIterator<Item = &Arc<Entry>> + ExactSizeIterator + Clone {
        (at.min(self.len)..self.len).map(|at| self.entry(at))
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The newest entry.
    pub fn last(&self) -> Option<&Arc<Entry>> {
        self.parts.last()?.last()
    }

    /// The entry at place `at`, which is there.
    pub fn entry(&self, at: usize) -> &Arc<Entry> {
        &self.parts[at / PART][at % PART]
    }

    /// Adds an entry.
    pub fn push(&mut self, entry: Entry) {
        self.add(Arc::new(entry));
    }

    fn add(&mut self, entry: Arc<Entry>) {
        if self.len.is_multiple_of(PART) {
            self.parts.push(Arc::default());
        }
        Arc::make_mut(self.parts.last_mut().expect("a part was just added")).push(entry);
        self.len += 1;
    }

    /// Whether it is `before` with nothing or something added: the very same entries. Costs a step a part.
    pub fn continues(&self, before: &Self) -> bool {
        let same_part = |(ours, theirs): (&Part, &Part)| {
            Arc::ptr_eq(ours, theirs)
                || theirs.len() <= ours.len() && ours.iter().zip(&**theirs).all(|(a, b)| Arc::ptr_eq(a, b))
        };
        self.reviewer == before.reviewer
            && before.len <= self.len
            && self.parts.iter().zip(&before.parts).all(same_part)
    }

    /// The same as `read`, which says what was read of the log again: this log with what was added, where it only grew.
    pub fn grown(self: &Arc<Self>, read: Arc<Self>) -> Arc<Self> {
        let is_grown = self.reviewer == read.reviewer
            && self.len <= read.len
            && self.entries().zip(read.entries()).all(|(known, read)| known == read);
        if !is_grown {
            return read;
        }
        if self.len == read.len {
            return self.clone();
        }
        let mut grown = (**self).clone();
        read.since(self.len).for_each(|entry| grown.add(entry.clone()));
        Arc::new(grown)
    }

    /// The entries that were not taken back, in order, without those that take back.
    pub fn standing(&self) -> Vec<&Arc<Entry>> {
        let mut gone: HashSet<&str> = HashSet::new();
        let mut standing = Vec::new();
        // What takes back comes after what it takes back, and may itself have been taken back later.
        for entry in self.entries().rev() {
            if gone.contains(&*entry.id) {
                continue;
            }
            match &entry.act {
                Act::Undo(undo) => {
                    gone.insert(&undo.entry);
                }
                _ => standing.push(entry),
            }
        }
        standing.reverse();
        standing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::review::{Note, Undo};
    use jiff::Timestamp;
    use proptest::prelude::*;

    fn entry(id: usize, act: Act) -> Entry {
        Entry { id: format!("s-{id}"), at: Timestamp::UNIX_EPOCH, seconds: None, act }
    }

    fn note() -> Act {
        Act::Note(Note { response: "r".into(), text: String::new() })
    }

    fn undo(id: usize) -> Act {
        Act::Undo(Undo { entry: format!("s-{id}") })
    }

    #[track_caller]
    fn check(acts: Vec<Act>, standing: &[&str]) {
        let entries = acts.into_iter().enumerate().map(|(id, act)| entry(id, act)).collect();
        let log = ReviewLog::new("anna", entries);
        let ids: Vec<&str> = log.standing().iter().map(|entry| &*entry.id).collect();
        assert_eq!(ids, standing);
    }

    #[test]
    fn what_is_taken_back_does_not_stand() {
        check(vec![note(), note()], &["s-0", "s-1"]);
        check(vec![note(), undo(0), note()], &["s-2"]);
        check(vec![note(), undo(0), undo(1)], &["s-0"]);
        check(vec![note(), undo(0), undo(1), undo(2)], &[]);
        check(vec![note(), undo(7)], &["s-0"]);
    }

    #[test]
    fn a_copy_that_grows_goes_on_from_the_log_it_is_of() {
        let log = Arc::new(ReviewLog::new("a", (0..1100).map(|id| entry(id, note())).collect()));
        let mut grown = log.clone();
        Arc::make_mut(&mut grown).push(entry(1100, note()));
        assert_eq!((log.len(), grown.len()), (1100, 1101));
        assert!(grown.continues(&log) && log.continues(&log) && !log.continues(&grown));
        let ids: Vec<&str> = grown.since(1099).map(|entry| &*entry.id).collect();
        assert_eq!(ids, ["s-1099", "s-1100"]);
        // The same, read from a file again.
        let read = Arc::new(ReviewLog::new("a", (0..1102).map(|id| entry(id, note())).collect()));
        assert!(!read.continues(&grown));
        let taken = grown.grown(read.clone());
        assert!(taken.continues(&grown) && taken == read);
        assert_eq!(read.grown(log.clone()).len(), 1100, "what was taken off a log is gone");
    }

    proptest! {
        #[test]
        fn taking_everything_back_leaves_nothing_and_back_again_all(n in 1usize..20) {
            let mut log = ReviewLog::new("a", (0..n).map(|id| entry(id, note())).collect());
            for id in 0..n {
                log.push(entry(n + id, undo(id)));
            }
            prop_assert!(log.standing().is_empty());
            for id in n..2 * n {
                log.push(entry(n + id, undo(id)));
            }
            prop_assert_eq!(log.standing().len(), n);
        }
    }
}
