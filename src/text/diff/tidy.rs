//! From what is equal to what a reader sees as equal: neighbours joined, crumbs left out.

use std::ops::Range;

/// A stretch both texts have.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Run {
    /// Its bytes in the left and in the right text.
    pub(super) at: [Range<usize>; 2],
    /// How many words it has; lines and pieces count as several.
    pub(super) words: u32,
}

/// Equal stretches of at most this many words are crumbs where what differs on both sides of them is longer.
const CRUMB: u32 = 3;

/// Joins runs with nothing different between them, and drops those that would only make the differences
/// restless: a shared “the” amid sentences that have nothing else in common.
pub(super) fn tidy(texts: [&str; 2], runs: Vec<Run>) -> Vec<Run> {
    let ends = texts.map(|text| text.len()..text.len());
    let start = Run { at: [0..0, 0..0], words: 0 };
    let joined = join(texts, [start].into_iter().chain(runs).chain([Run { at: ends, words: 0 }]));
    let last = joined.len() - 1;
    let mut kept: Vec<Run> = Vec::with_capacity(joined.len());
    for (index, run) in joined.into_iter().enumerate() {
        while kept.len() >= 2 {
            let (before, middle) = (&kept[kept.len() - 2], &kept[kept.len() - 1]);
            let length = middle.at[0].len();
            let is_crumb = middle.words <= CRUMB && length <= gap(before, middle) && length <= gap(middle, &run);
            if !is_crumb {
                break;
            }
            kept.pop();
        }
        // The virtual runs at both ends are kept while the others are judged.
        if index == 0 || index == last || !run.at[0].is_empty() {
            kept.push(run);
        }
    }
    kept.retain(|run| !run.at[0].is_empty());
    kept
}

/// How long what differs between two runs is, on the side where it is longer.
fn gap(before: &Run, after: &Run) -> usize {
    [0, 1].map(|side| after.at[side].start - before.at[side].end).into_iter().max().unwrap_or(0)
}

/// One run for neighbours with the same between them; of what differs, the space at its ends goes to the runs.
fn join(texts: [&str; 2], runs: impl Iterator<Item = Run>) -> Vec<Run> {
    let mut joined: Vec<Run> = Vec::new();
    for mut run in runs {
        let Some(last) = joined.last_mut() else {
            joined.push(run);
            continue;
        };
        let between = [0, 1].map(|side| &texts[side][last.at[side].end..run.at[side].start]);
        if between[0] == between[1] {
            last.at[0].end = run.at[0].end;
            last.at[1].end = run.at[1].end;
            last.words = last.words.saturating_add(run.words);
            continue;
        }
        // The same space at the ends of what differs is no part of the difference.
        let head = shared_space(between.map(str::chars));
        let rest = between.map(|between| &between[head..]);
        let tail = shared_space(rest.map(|rest| rest.chars().rev()));
        for side in [0, 1] {
            last.at[side].end += head;
            run.at[side].start -= tail;
        }
        joined.push(run);
    }
    joined
}

/// How many bytes of white space both begin with.
fn shared_space([left, right]: [impl Iterator<Item = char>; 2]) -> usize {
    let pairs = left.zip(right);
    pairs.take_while(|(left, right)| left == right && left.is_whitespace()).map(|(left, _)| left.len_utf8()).sum()
}
