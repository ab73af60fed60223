//! How long judging takes.

use crate::model::review::{Act, ReviewLog};
use std::collections::BTreeMap;

/// Measures the time spent on judging, from the times of signs of life: keys, clicks, movements of the pointer.
///
/// The rule: from one sign of life to the next, time counts in full up to `idle_after` seconds. Of a longer gap nothing
/// beyond that counts. The clock is an argument: seconds from any beginning, that never run backwards.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Stopwatch {
    /// The last sign of life.
    last: Option<f64>,
    active: f64,
}

impl Stopwatch {
    /// A sign of life at `now`. A gap counts up to `idle_after` seconds, > 0.
    pub fn touch(&mut self, now: f64, idle_after: f64) {
        if let Some(last) = self.last {
            self.active += (now - last).clamp(0.0, idle_after.max(0.0));
        }
        self.last = Some(now);
    }

    /// The active seconds since the last lap, up to `now`, which is a sign of life; counting begins anew.
    pub fn lap(&mut self, now: f64, idle_after: f64) -> f64 {
        self.touch(now, idle_after);
        std::mem::take(&mut self.active)
    }

    /// The active seconds of this lap.
    pub fn active(&self) -> f64 {
        self.active
    }

    /// Begins anew: what was measured so far was not judging.
    pub fn reset(&mut self) {
        *self = Self::default();
    }
}

/// How much one reviewer judged and how long it took.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pace {
    /// Judgements: ratings, preferences and rankings that stand.
    pub judgements: usize,
    /// Those whose time is known.
    pub timed: usize,
    /// Active seconds of these.
    pub seconds: f64,
}

impl Pace {
    /// The time of so many judgements makes a pace: the first few say how fast somebody can be, not how fast they are.
    pub const ENOUGH: usize = 5;

    /// Judgements an hour; `None` while the time of too few is known.
    pub fn per_hour(&self) -> Option<f64> {
        self.each().filter(|each| *each > 0.0).map(|each| 3600.0 / each)
    }

    /// Seconds a judgement; `None` while the time of too few is known.
    pub fn each(&self) -> Option<f64> {
        (self.timed >= Self::ENOUGH).then(|| self.seconds / self.timed as f64)
    }

    /// Seconds that `judgements` more take at this pace.
    pub fn remaining(&self, judgements: usize) -> Option<f64> {
        Some(self.each()? * judgements as f64)
    }

    pub(super) fn take(&mut self, seconds: Option<f64>) {
        self.judgements += 1;
        if let Some(seconds) = seconds.filter(|seconds| seconds.is_finite() && *seconds >= 0.0) {
            self.timed += 1;
            self.seconds += seconds;
        }
    }

    /// One that was taken no longer stands.
    pub(super) fn give_back(&mut self, seconds: Option<f64>) {
        self.judgements -= 1;
        if let Some(seconds) = seconds.filter(|seconds| seconds.is_finite() && *seconds >= 0.0) {
            self.timed -= 1;
            // What rounding leaves is no time.
            self.seconds = if self.timed == 0 { 0.0 } else { (self.seconds - seconds).max(0.0) };
        }
    }
}

/// The pace of all a reviewer judged, and since each beginning of a session, by the id of the entry it began with. What
/// was judged before the first is in the total alone.
pub fn pace(log: &ReviewLog) -> (Pace, BTreeMap<&str, Pace>) {
    let (mut total, mut sessions): (Pace, BTreeMap<&str, Pace>) = (Pace::default(), BTreeMap::new());
    let mut session = None;
    for entry in log.standing() {
        match &entry.act {
            Act::Begin(_) => {
                session = Some(&*entry.id);
                sessions.entry(&*entry.id).or_default();
            }
            Act::Rate(_) | Act::Prefer(_) | Act::Rank(_) => {
                total.take(entry.seconds);
                if let Some(session) = session {
                    sessions.entry(session).or_default().take(entry.seconds);
                }
            }
            _ => {}
        }
    }
    (total, sessions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::review::Begin;
    use crate::workbench::session::fixture::{entries, rated};

    #[track_caller]
    fn check(signs: &[f64], now: f64, expected: f64) {
        let mut watch = Stopwatch::default();
        signs.iter().for_each(|&sign| watch.touch(sign, 60.0));
        assert_eq!(watch.lap(now, 60.0), expected);
    }

    #[test]
    fn a_gap_counts_up_to_the_idle_time() {
        check(&[100.0, 110.0], 125.0, 25.0);
        // Away for an hour: a minute of it counts.
        check(&[100.0, 3700.0], 3710.0, 70.0);
        check(&[], 5.0, 0.0);
        // A clock that is set back does not take away.
        check(&[100.0, 90.0], 95.0, 5.0);
    }

    #[test]
    fn each_lap_begins_where_the_last_one_ended() {
        let mut watch = Stopwatch::default();
        watch.touch(0.0, 60.0);
        assert_eq!(watch.lap(4.0, 60.0), 4.0);
        watch.touch(6.0, 60.0);
        assert_eq!(watch.active(), 2.0);
        assert_eq!(watch.lap(7.0, 60.0), 3.0);
    }

    #[test]
    fn totals_are_by_reviewer_and_session_and_know_what_has_no_time() {
        let begin =
            Act::Begin(Begin { mode: <_>::default(), queue: "".into(), blind: true, seed: 1, repeats: 0.0, items: 2 });
        let acts = vec![rated("r0", 1.0), begin.clone(), rated("r1", 1.0), rated("r2", 1.0), begin, rated("r0", 2.0)];
        let mut entries = entries("anna", acts);
        for (at, seconds) in [(0, 50.0), (2, 10.0), (3, 20.0)] {
            entries[at].seconds = Some(seconds);
        }
        let log = ReviewLog::new("anna", entries);
        let (total, sessions) = pace(&log);
        assert_eq!(total, Pace { judgements: 4, timed: 3, seconds: 80.0 });
        assert_eq!(sessions["anna-1"], Pace { judgements: 2, timed: 2, seconds: 30.0 });
        assert_eq!((sessions["anna-4"].judgements, sessions["anna-4"].per_hour()), (1, None));
    }

    #[test]
    fn a_few_judgements_are_no_pace_yet() {
        let of = |timed: usize| Pace { judgements: timed + 1, timed, seconds: 10.0 * timed as f64 };
        assert_eq!((of(4).per_hour(), of(4).remaining(7)), (None, None));
        assert_eq!((of(5).per_hour(), of(5).remaining(7)), (Some(360.0), Some(70.0)));
    }
}
