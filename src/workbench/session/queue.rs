//! Where the items of a session come from, for single responses.

use super::material::Material;
use crate::model::review::Purpose;
use crate::stats::SplitMix64;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where the items of a session come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Queue {
    /// What the reviewer has not judged yet.
    #[default]
    Unrated,
    /// What a person or the machine flagged.
    Flagged,
    /// What reviewers judged differently, the worst first.
    Disagreements,
    /// What the score decides by a hair, the closest first: see [`NEAR`].
    LowConfidence,
    /// A random sample of this many.
    Sample(usize),
    /// A sample of this many with the same number from each model, as far as there are enough.
    Stratified(usize),
    /// Everything the filter matches.
    Filter,
}

/// How near the pass mark a score is close: within this. Without a pass mark, near the middle of all scores. Of
/// responses that are compared, the scores are this near each other.
pub const NEAR: f64 = 0.1;

impl Queue {
    /// All kinds, in the order of menus; samples of `sample` items.
    pub fn all(sample: usize) -> [Self; 7] {
        [
            Self::Unrated,
            Self::Flagged,
            Self::Disagreements,
            Self::LowConfidence,
            Self::Sample(sample),
            Self::Stratified(sample),
            Self::Filter,
        ]
    }

    /// Its name on screen.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unrated => "Not judged by me",
            Self::Flagged => "Flagged",
            Self::Disagreements => "Disagreements, worst first",
            Self::LowConfidence => "Close calls, closest first",
            Self::Sample(_) => "Random sample",
            Self::Stratified(_) => "Even sample of models",
            Self::Filter => "All that match the filter",
        }
    }

    /// What is in it, one sentence.
    pub fn help(self) -> &'static str {
        match self {
            Self::Unrated => "What you have not judged yet.",
            Self::Flagged => "What a person or the machine flagged.",
            Self::Disagreements => "What reviewers judged differently; the largest difference comes first.",
            Self::LowConfidence => "What the score decides by a hair: within 0.1 of the pass mark, or of each other.",
            Self::Sample(_) => "As many as you say, drawn at random.",
            Self::Stratified(_) => "As many as you say, the same number of each model.",
            Self::Filter => "Everything the filter in the bar at the top matches.",
        }
    }

    /// Whether its order says something, so that it is not shuffled.
    pub fn is_ordered(self) -> bool {
        matches!(self, Self::Disagreements | Self::LowConfidence)
    }

    /// How many it draws at most.
    pub fn size(self) -> Option<usize> {
        match self {
            Self::Sample(n) | Self::Stratified(n) => Some(n),
            _ => None,
        }
    }

    /// How it is named in a log, before the filter.
    pub fn word(self) -> String {
        match self {
            Self::Unrated => "unrated".to_owned(),
            Self::Flagged => "flagged".to_owned(),
            Self::Disagreements => "disagreements".to_owned(),
            Self::LowConfidence => "close calls".to_owned(),
            Self::Sample(n) => format!("sample of {n}"),
            Self::Stratified(n) => format!("even sample of {n}"),
            Self::Filter => "filter".to_owned(),
        }
    }
}

/// The rows of `queue` for rating, in its order. All queues keep within what the filter matches.
pub(super) fn rows(queue: Queue, material: &Material<'_>, criteria: &[String], seed: u64) -> Vec<u32> {
    let listed = material.listed.iter().copied();
    match queue {
        Queue::Filter => listed.collect(),
        Queue::Unrated => listed.filter(|&row| !material.has_rated(row, criteria, Purpose::Judge)).collect(),
        Queue::Flagged => listed.filter(|&row| material.is_flagged(row)).collect(),
        Queue::Disagreements => {
            let spread = |row: u32| {
                criteria.iter().filter_map(|criterion| material.spread(row, criterion)).max_by(f64::total_cmp)
            };
            let mut found: Vec<(f64, u32)> = listed.filter_map(|row| Some((spread(row)?, row))).collect();
            found.sort_by(|a, b| b.0.total_cmp(&a.0));
            found.into_iter().map(|(_, row)| row).collect()
        }
        Queue::LowConfidence => close_calls(material),
        Queue::Sample(n) => {
            let mut rows: Vec<u32> = listed.collect();
            super::draw::shuffle(&mut rows, &mut SplitMix64::stream(seed, super::draw::SAMPLE));
            rows.truncate(n);
            rows.sort_unstable();
            rows
        }
        Queue::Stratified(n) => stratified(material, n, seed),
    }
}

fn close_calls(material: &Material<'_>) -> Vec<u32> {
    let mut scored: Vec<(f64, u32)> =
        material.listed.iter().filter_map(|&row| Some(((material.score)(row)?, row))).collect();
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    let Some(&(middle, _)) = scored.get(scored.len() / 2) else { return Vec::new() };
    let mark = material.rubric.pass_mark.unwrap_or(middle);
    let mut close: Vec<(f64, u32)> = scored.into_iter().map(|(score, row)| ((score - mark).abs(), row)).collect();
    close.retain(|(distance, _)| *distance <= NEAR);
    close.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    close.into_iter().map(|(_, row)| row).collect()
}

/// `n` rows, one of each model in turn.
fn stratified(material: &Material<'_>, n: usize, seed: u64) -> Vec<u32> {
    let mut strata: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for &row in material.listed {
        strata.entry(material.dataset.responses()[row as usize].model).or_default().push(row);
    }
    let mut rng = SplitMix64::stream(seed, super::draw::SAMPLE);
    let mut strata: Vec<Vec<u32>> = strata.into_values().collect();
    strata.iter_mut().for_each(|stratum| super::draw::shuffle(stratum, &mut rng));
    let mut rows = Vec::new();
    while rows.len() < n && strata.iter().any(|stratum| !stratum.is_empty()) {
        // Who gets one more, where it does not come out even, is chance too.
        super::draw::shuffle(&mut strata, &mut rng);
        rows.extend(strata.iter_mut().filter_map(Vec::pop).take(n - rows.len()));
    }
    rows.sort_unstable();
    rows
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbench::session::fixture::{Fixture, rated};

    fn criteria() -> Vec<String> {
        vec!["tone".to_owned()]
    }

    #[track_caller]
    fn check(fixture: &Fixture, queue: Queue, expected: &[u32]) {
        let material = fixture.material("anna");
        assert_eq!(rows(queue, &material, &criteria(), 7), expected, "{queue:?}");
    }

    #[test]
    fn each_queue_is_what_it_says() {
        // Rows 0, 1, 2 answer the first prompt, 3, 4, 5 the second; the models are a, b, c.
        let mut fixture = Fixture::new(2, 3);
        fixture.log("anna", vec![rated("r0", 1.0), rated("r1", 5.0), rated("r3", 3.0)]);
        fixture.log("ben", vec![rated("r0", 2.0), rated("r1", 1.0), rated("r3", 3.0)]);
        fixture.scores = vec![Some(0.9), Some(0.45), Some(0.62), None, Some(0.5), Some(0.1)];
        fixture.flagged = vec![5];
        check(&fixture, Queue::Filter, &[0, 1, 2, 3, 4, 5]);
        check(&fixture, Queue::Unrated, &[2, 4, 5]);
        check(&fixture, Queue::Flagged, &[5]);
        check(&fixture, Queue::Disagreements, &[1, 0]);
        // Without a pass mark the middle of 0.1, 0.45, 0.5, 0.62, 0.9 decides.
        check(&fixture, Queue::LowConfidence, &[4, 1]);
        fixture.rubric.pass_mark = Some(0.6);
        check(&fixture, Queue::LowConfidence, &[2, 4]);
        fixture.listed = vec![5, 2, 1];
        check(&fixture, Queue::Filter, &[5, 2, 1]);
        check(&fixture, Queue::Unrated, &[5, 2]);
    }

    #[test]
    fn samples_have_their_size_and_an_even_one_as_many_of_each_model() {
        let fixture = Fixture::new(40, 3);
        let material = fixture.material("anna");
        let random = rows(Queue::Sample(30), &material, &criteria(), 1);
        assert_eq!(random.len(), 30);
        assert_ne!(random, rows(Queue::Sample(30), &material, &criteria(), 2), "another seed, another sample");
        assert_eq!(random, rows(Queue::Sample(30), &material, &criteria(), 1));
        let mut counts = [0; 3];
        for row in rows(Queue::Stratified(31), &material, &criteria(), 1) {
            counts[fixture.dataset.responses()[row as usize].model as usize] += 1;
        }
        counts.sort_unstable();
        assert_eq!(counts, [10, 10, 11]);
        assert_eq!(rows(Queue::Stratified(500), &material, &criteria(), 1).len(), 120, "no more than there are");
    }
}
