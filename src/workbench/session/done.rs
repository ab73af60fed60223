//! What of a session is done, read from the log.

use super::Record;
use super::item::Session;
use crate::model::review::Act;

/// Which items of `session` are done: those on which the log of `record`, since the session began, says what they ask
/// for and does not take it back. Items that ask for nothing, because their criteria are gone from the rubric, are
/// done. `exists` tells whether the rubric has a criterion.
///
/// A session whose beginning is not in the log counts from the first entry.
pub fn done(session: &Session, record: &Record, exists: &dyn Fn(&str) -> bool) -> Vec<bool> {
    let began = record.place(&session.begin).unwrap_or(0);
    (0..session.items.len()).map(|at| is_done(session, at, record, began, exists)).collect()
}

/// Whether item `at` is; `began` is the place of the session's beginning.
pub fn is_done(session: &Session, at: usize, record: &Record, began: usize, exists: &dyn Fn(&str) -> bool) -> bool {
    let item = &session.items[at];
    if item.is_comparison() {
        return record.answers(item, began).next().is_some();
    }
    let mut asked = session.criteria_of(at).iter().filter(|criterion| exists(criterion)).peekable();
    if asked.peek().is_none() {
        return true;
    }
    let rated: Vec<&str> = record
        .answers(item, began)
        .filter_map(|entry| match &entry.act {
            Act::Rate(rate) => Some(&*rate.criterion),
            _ => None,
        })
        .collect();
    asked.all(|criterion| rated.contains(&&**criterion))
}

/// The item to judge next, looking from place `from` on and then from the beginning: what was put off comes when
/// nothing else is left. `None` when all is done.
pub fn next_open(session: &Session, done: &[bool], from: usize) -> Option<usize> {
    let places = || (from..done.len()).chain(0..from.min(done.len())).filter(|&at| !done[at]);
    places().find(|&at| !session.is_skipped(at)).or_else(|| places().next())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::review::{Begin, Choice, Mode, Purpose, ReviewLog, Undo};
    use crate::workbench::session::fixture::{Fixture, entries, preferred, rated, rated_for};
    use crate::workbench::session::{Queue, Recipe, build};

    fn record(acts: Vec<Act>) -> Record {
        Record::new(&ReviewLog::new("anna", entries("anna", acts)).into())
    }

    fn begin() -> Act {
        let begin = Begin { mode: Mode::Rate, queue: String::new(), blind: false, seed: 0, repeats: 0.0, items: 0 };
        Act::Begin(begin)
    }

    fn session(mode: Mode) -> Session {
        let fixture = Fixture::new(1, 4);
        let recipe = Recipe { mode, queue: Queue::Filter, ..Recipe::default() };
        let mut session = build(&recipe, &fixture.material("anna")).unwrap();
        session.begin = "anna-1".into();
        session
    }

    #[track_caller]
    fn check(session: &Session, acts: Vec<Act>, expected: &[usize]) {
        let done = done(session, &record(acts), &|_| true);
        let places: Vec<usize> = (0..done.len()).filter(|&at| done[at]).collect();
        assert_eq!(places, expected);
    }

    #[test]
    fn what_is_done_follows_from_the_log() {
        let rate = session(Mode::Rate);
        check(&rate, vec![rated("r0", 1.0), begin()], &[]);
        check(&rate, vec![rated("r0", 1.0), begin(), rated("r1", 1.0), rated("r3", 2.0)], &[1, 3]);
        check(&rate, vec![rated("r0", 1.0), begin(), rated_for("r1", 1.0, Purpose::Repeat)], &[]);
        let undo = Act::Undo(Undo { entry: "anna-2".into() });
        check(&rate, vec![begin(), rated("r1", 1.0), rated("r2", 1.0), undo], &[1]);
        let pairs = session(Mode::Pairs);
        check(&pairs, vec![rated("r9", 1.0), begin(), preferred("r1", "r0", Choice::Tie)], &[0]);
    }

    #[test]
    fn a_criterion_that_is_gone_is_not_asked_for() {
        let session = session(Mode::Rate);
        assert_eq!(done(&session, &record(vec![]), &|_| false), [true; 4]);
    }

    #[test]
    fn what_was_put_off_comes_last() {
        let mut session = session(Mode::Rate);
        let mut done = vec![true, false, false, false];
        assert_eq!(next_open(&session, &done, 0), Some(1));
        session.skip(1);
        session.skip(2);
        assert_eq!(next_open(&session, &done, 1), Some(3));
        done[3] = true;
        assert_eq!(next_open(&session, &done, 3), Some(1));
        assert_eq!(next_open(&session, &done, 2), Some(2), "and in order from there");
        assert_eq!(next_open(&session, &[true; 4], 0), None);
    }
}
