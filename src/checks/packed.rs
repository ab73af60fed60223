//! Looking for a few literal texts at once: one pass compares the first bytes of all with many places of the text in
//! one instruction, and reads it about as fast as looking for one of them does.

use aho_corasick::packed::{Config, MatchKind, Searcher};
use std::ops::Range;

/// Finds every occurrence of each of a few needles.
#[derive(Debug)]
pub(super) struct Packed {
    searcher: Searcher,
    needles: Vec<Box<[u8]>>,
    /// For every needle, those that may occur where it does: itself, and what begins as it does.
    alike: Vec<Vec<u32>>,
}

/// Fewer bytes than this stand by chance in too many places.
const SHORTEST: usize = 3;
/// More bytes than this would be compared for too long where many places begin as a needle does.
const LONGEST: usize = 64;
/// With more needles, too many places look like the beginning of one.
const MOST: usize = 24;

/// Whether `needle` can be one of a few that are looked for at once.
pub(super) fn suits(needle: &str) -> bool {
    (SHORTEST..=LONGEST).contains(&needle.len())
}

impl Packed {
    /// For `needles`; `None` where the processor cannot, they are too many, or one does not suit.
    pub(super) fn new(needles: &[&str]) -> Option<Self> {
        if needles.len() > MOST || !needles.iter().all(|needle| suits(needle)) {
            return None;
        }
        let searcher = Config::new().match_kind(MatchKind::LeftmostFirst).builder().extend(needles).build()?;
        let alike = |needle: &&str| {
            let begins = |other: &&str| other.starts_with(needle) || needle.starts_with(other);
            (0..).zip(needles).filter(|(_, other)| begins(other)).map(|(number, _)| number).collect()
        };
        Some(Self {
            searcher,
            needles: needles.iter().map(|needle| needle.as_bytes().into()).collect(),
            alike: needles.iter().map(alike).collect(),
        })
    }

    /// Calls `found` with the number and the place of every occurrence that begins at or after `from`, by where they
    /// begin.
    pub(super) fn each(&self, text: &[u8], mut from: usize, mut found: impl FnMut(usize, Range<usize>)) {
        while let Some(hit) = self.searcher.find_in(text, (from..text.len()).into()) {
            let here = &text[hit.start()..];
            for &number in &self.alike[hit.pattern().as_usize()] {
                let needle = &self.needles[number as usize];
                if here.starts_with(needle) {
                    found(number as usize, hit.start()..hit.start() + needle.len());
                }
            }
            from = hit.start() + 1;
        }
    }
}
