//! Which words two texts share, in order, and which only one of them has.
//!
//! Small texts are compared word by word as a whole. Long ones are compared by lines first, then by pieces of a few
//! words, and word by word only where those differ. Words are those of Unicode segmentation, which are single
//! characters in scripts that put no spaces between words.
//!
//! The search is Myers', with the shortcuts that keep it from growing with the square of the differences. Its work
//! is bounded by [`BUDGET`], without a clock, so that the same texts always give the same differences; what the
//! budget does not reach counts as different, and [`WordDiff::is_partial`] says so.

mod tidy;
mod tokens;

use super::Span;
use similar::{Algorithm, DiffTag, capture_diff_slices};
use std::ops::Range;
use tidy::{Run, tidy};
use tokens::{Level, intern};

/// Steps the comparison may take: about a second. A comparison of n tokens counts n·√n of them.
const BUDGET: f64 = 2e8;
/// Texts of up to this many bytes together are compared word by word at once.
const SMALL: usize = 64 << 10;
/// Runs of fewer words than this are no landmarks to align two texts by.
const LANDMARK: u32 = 4;

/// What two texts have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordDiff {
    /// What both have, in the order of both, with how many words that is.
    runs: Vec<Run>,
    lengths: [usize; 2],
    partial: bool,
}

/// Compares `left` with `right`; `None` when `stop` says so. Swapped sides give the same, swapped.
pub fn word_diff(left: &str, right: &str, stop: &dyn Fn() -> bool) -> Option<WordDiff> {
    if (right.len(), right) < (left.len(), left) {
        return word_diff(right, left, stop).map(|diff| diff.swapped());
    }
    let mut differ = Differ { texts: [left, right], runs: Vec::new(), budget: BUDGET, partial: false, stop };
    let level = if left.len() + right.len() <= SMALL { Level::Words } else { Level::Lines };
    differ.compare(level, [0..left.len(), 0..right.len()])?;
    let runs = tidy([left, right], differ.runs);
    Some(WordDiff { runs, lengths: [left.len(), right.len()], partial: differ.partial })
}

impl WordDiff {
    /// What both texts have: where it is in the left one and where in the right one.
    pub fn common(&self) -> impl ExactSizeIterator<Item = (Span, Span)> {
        self.runs.iter().map(|run| (Span::new(run.at[0].clone()), Span::new(run.at[1].clone())))
    }

    /// What only the left text has.
    pub fn only_left(&self) -> Vec<Span> {
        self.only(0)
    }

    /// What only the right text has.
    pub fn only_right(&self) -> Vec<Span> {
        self.only(1)
    }

    fn only(&self, side: usize) -> Vec<Span> {
        let mut from = 0;
        let mut spans = Vec::with_capacity(self.runs.len() + 1);
        let end = self.lengths[side]..self.lengths[side];
        for run in self.runs.iter().map(|run| &run.at[side]).chain([&end]) {
            if run.start > from {
                spans.push(Span::new(from..run.start));
            }
            from = run.end;
        }
        spans
    }

    /// The share of both texts' bytes that is common, 0..=1; 1 for two empty texts.
    pub fn shared(&self) -> f64 {
        let total = self.lengths[0] + self.lengths[1];
        let common: usize = self.runs.iter().map(|run| run.at[0].len() * 2).sum();
        if total == 0 { 1.0 } else { common as f64 / total as f64 }
    }

    /// Whether the texts were too long and too different to be compared word by word everywhere.
    pub fn is_partial(&self) -> bool {
        self.partial
    }

    /// The place in the right text beside byte `byte` of the left one: the same in what both have, in proportion
    /// between. It never goes back when `byte` goes on.
    pub fn to_right(&self, byte: f64) -> f64 {
        self.across(byte, 0)
    }

    /// The same from the right text to the left one.
    pub fn to_left(&self, byte: f64) -> f64 {
        self.across(byte, 1)
    }

    fn across(&self, byte: f64, from: usize) -> f64 {
        let to = 1 - from;
        let after = self.runs.partition_point(|run| (run.at[from].start as f64) <= byte);
        let landmark = |run: &&Run| run.words >= LANDMARK;
        let mut low = (0.0, 0.0);
        if let Some(run) = self.runs[..after].iter().rfind(landmark) {
            if byte < run.at[from].end as f64 {
                return run.at[to].start as f64 + (byte - run.at[from].start as f64);
            }
            low = (run.at[from].end as f64, run.at[to].end as f64);
        }
        let next = self.runs[after..].iter().find(landmark).map(|run| &run.at);
        let high = next.map_or(self.lengths.map(|length| length as f64), |at| [0, 1].map(|side| at[side].start as f64));
        let width = high[from] - low.0;
        let share = if width > 0.0 { ((byte - low.0) / width).clamp(0.0, 1.0) } else { 1.0 };
        low.1 + (high[to] - low.1) * share
    }

    fn swapped(mut self) -> Self {
        for run in &mut self.runs {
            run.at.swap(0, 1);
        }
        self.lengths.swap(0, 1);
        self
    }
}

/// The bytes that are in both of two lists of spans, each in order and without overlaps.
pub fn in_both(one: &[Span], other: &[Span]) -> Vec<Span> {
    let (mut i, mut j) = (0, 0);
    let mut both = Vec::new();
    while let (Some(a), Some(b)) = (one.get(i), other.get(j)) {
        let (start, end) = (a.start.max(b.start), a.end.min(b.end));
        if start < end {
            both.push(Span { start, end });
        }
        if a.end <= b.end {
            i += 1;
        } else {
            j += 1;
        }
    }
    both
}

struct Differ<'a> {
    texts: [&'a str; 2],
    runs: Vec<Run>,
    budget: f64,
    partial: bool,
    stop: &'a dyn Fn() -> bool,
}

impl Differ<'_> {
    /// Finds what `regions` of the two texts share, token by token of `level`, and goes on with the next level
    /// where they differ. `None` when stopped.
    fn compare(&mut self, level: Level, regions: [Range<usize>; 2]) -> Option<()> {
        if (self.stop)() {
            return None;
        }
        if regions.iter().any(Range::is_empty) {
            return Some(());
        }
        let tokens = [0, 1].map(|side| level.tokens(self.texts[side], regions[side].clone()));
        let count = (tokens[0].len() + tokens[1].len()) as f64;
        let cost = count * count.sqrt();
        if cost > self.budget {
            self.partial = true;
            return Some(());
        }
        self.budget -= cost;
        let [left, right] = intern(self.texts, &tokens);
        let mut open = [regions[0].start, regions[1].start];
        for op in capture_diff_slices(Algorithm::Myers, &left, &right) {
            if op.tag() != DiffTag::Equal {
                continue;
            }
            let (old, new) = (op.old_range(), op.new_range());
            match level.next() {
                // Words leave out the space between them, so each is a run of its own.
                None => self.runs.extend(
                    old.zip(new)
                        .map(|(old, new)| Run { at: [tokens[0][old].clone(), tokens[1][new].clone()], words: 1 }),
                ),
                Some(next) => {
                    let at = [(0, &old), (1, &new)]
                        .map(|(side, run)| tokens[side][run.start].start..tokens[side][run.end - 1].end);
                    self.compare(next, [open[0]..at[0].start, open[1]..at[1].start])?;
                    open = [at[0].end, at[1].end];
                    self.runs.push(Run { at, words: LANDMARK });
                }
            }
        }
        match level.next() {
            None => Some(()),
            Some(next) => self.compare(next, [open[0]..regions[0].end, open[1]..regions[1].end]),
        }
    }
}

#[cfg(test)]
mod tests;
