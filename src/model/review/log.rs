//! The log of one reviewer.

use super::{Act, Entry};
use std::collections::HashSet;
use std::sync::Arc;

/// All that one reviewer did, in order. It only grows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReviewLog {
    reviewer: Arc<str>,
    entries: Vec<Arc<Entry>>,
}

impl ReviewLog {
    /// The log of `reviewer` with `entries`.
    pub fn new(reviewer: &str, entries: Vec<Entry>) -> Self {
        Self { reviewer: reviewer.into(), entries: entries.into_iter().map(Arc::new).collect() }
    }

    /// Who.
    pub fn reviewer(&self) -> &Arc<str> {
        &self.reviewer
    }

    /// Everything, taken back or not.
    pub fn entries(&self) -> &[Arc<Entry>] {
        &self.entries
    }

    /// Adds an entry.
    pub fn push(&mut self, entry: Entry) {
        self.entries.push(Arc::new(entry));
    }

    /// The entries that were not taken back, in order, without those that take back.
    pub fn standing(&self) -> Vec<&Arc<Entry>> {
        let mut gone: HashSet<&str> = HashSet::new();
        let mut standing = Vec::new();
        // What takes back comes after what it takes back, and may itself have been taken back later.
        for entry in self.entries.iter().rev() {
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
