//! Ids of entries: unique among all entries of all reviewers, without asking anybody.

use jiff::Timestamp;
use std::hash::{BuildHasher as _, RandomState};

/// Ids of one session: `k3f9a2x7t1-1`, `k3f9a2x7t1-2` …
#[derive(Clone, Debug)]
pub struct EntryIds {
    session: String,
    last: u64,
}

impl EntryIds {
    /// Of a new session.
    pub fn new() -> Self {
        Self { session: new_session(), last: 0 }
    }

    /// The session.
    pub fn session(&self) -> &str {
        &self.session
    }
}

impl Default for EntryIds {
    fn default() -> Self {
        Self::new()
    }
}

impl Iterator for EntryIds {
    type Item = String;

    /// The next id; there is always one.
    fn next(&mut self) -> Option<String> {
        self.last += 1;
        Some(format!("{}-{}", self.session, self.last))
    }
}

/// The name of a new session: six letters and digits of the second it begins in, and six that the system drew.
pub fn new_session() -> String {
    let seconds = Timestamp::now().as_second();
    // The system draws the keys of a hasher anew for every process, and the process counts on from there.
    let drawn = RandomState::new().hash_one((seconds, std::process::id()));
    digits(seconds.unsigned_abs()) + &digits(drawn)
}

/// The last six digits in base 36, which the seconds of seventy years fit into.
fn digits(mut number: u64) -> String {
    let mut digits = [b'0'; 6];
    for digit in digits.iter_mut().rev() {
        *digit = b"0123456789abcdefghijklmnopqrstuvwxyz"[(number % 36) as usize];
        number /= 36;
    }
    digits.into_iter().map(char::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_ids_are_the_same() {
        let sessions = std::iter::repeat_with(EntryIds::new).take(100);
        let ids: HashSet<String> = sessions.flat_map(|session| session.take(10)).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id.split_once('-').is_some_and(|(session, _)| session.len() == 12)));
    }
}
