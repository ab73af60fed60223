//! Where the items of a session come from, for two to four responses to one prompt.

use super::draw::{SAMPLE, choose, shuffle};
use super::material::{Material, choice_spread};
use super::queue::{NEAR, Queue};
use crate::model::review::Purpose;
use crate::stats::SplitMix64;
use std::collections::{BTreeMap, HashSet};

/// Responses that are compared, ascending by row.
pub(super) type Group = Vec<u32>;

/// The most groups a session has. More is a sample of this many: nobody judges them all.
pub const MOST: usize = 20_000;

/// All sets of `size` responses to one prompt, without writing them down.
struct Groups {
    size: usize,
    /// The rows of each prompt, ascending, and how many groups the prompts before it have.
    prompts: Vec<(Vec<u32>, usize)>,
    len: usize,
}

impl Groups {
    /// Of `rows`, those of `models` alone unless that is empty.
    fn new(material: &Material<'_>, rows: &[u32], size: usize, models: &[String]) -> Self {
        let mut by_prompt: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &row in rows {
            let response = &material.dataset.responses()[row as usize];
            if models.is_empty() || models.contains(&material.dataset.models()[response.model as usize]) {
                by_prompt.entry(response.prompt).or_default().push(row);
            }
        }
        let (mut prompts, mut len) = (Vec::new(), 0);
        for (_, mut rows) in by_prompt {
            rows.sort_unstable();
            prompts.push((rows, len));
            let (rows, _) = prompts.last().expect("it was just put there");
            len = usize::saturating_add(len, subsets(rows.len(), size));
        }
        Self { size, prompts, len }
    }

    /// Group number `at`.
    fn get(&self, at: usize) -> Group {
        let prompt = self.prompts.partition_point(|(_, before)| *before <= at) - 1;
        let (rows, before) = &self.prompts[prompt];
        let (mut rest, mut group, mut from) = (at - before, Vec::with_capacity(self.size), 0);
        while group.len() < self.size {
            // How many groups go on with this row.
            let with = subsets(rows.len() - from - 1, self.size - group.len() - 1);
            if rest < with {
                group.push(rows[from]);
            } else {
                rest -= with;
            }
            from += 1;
        }
        group
    }

    /// All of them, or as many as `most` of them, in order.
    fn at_most(&self, most: usize, seed: u64) -> Vec<Group> {
        if self.len <= most {
            return (0..self.len).map(|at| self.get(at)).collect();
        }
        let mut rng = SplitMix64::stream(seed, SAMPLE);
        choose(most, self.len, &mut rng).into_iter().map(|at| self.get(at)).collect()
    }
}

/// How many subsets of `k` a set of `n` has; as many as a number can say where there are more.
fn subsets(n: usize, k: usize) -> usize {
    if k > n {
        return 0;
    }
    let count = (0..k).fold(1_u128, |count, i| count * (n - i) as u128 / (i + 1) as u128);
    usize::try_from(count).unwrap_or(usize::MAX)
}

/// The groups of `queue`, in its order. All queues keep within what the filter matches, and to `models` unless that
/// is empty.
pub(super) fn groups(queue: Queue, material: &Material<'_>, size: usize, models: &[String], seed: u64) -> Vec<Group> {
    let all = Groups::new(material, material.listed, size, models);
    match queue {
        Queue::Filter => all.at_most(MOST, seed),
        Queue::Unrated => {
            let judged = judged(material);
            let mut groups = all.at_most(MOST + judged.len(), seed);
            groups.retain(|group| !judged.contains(group));
            groups.truncate(MOST);
            groups
        }
        Queue::Flagged => {
            let mut groups = all.at_most(10 * MOST, seed);
            groups.retain(|group| group.iter().any(|&row| material.is_flagged(row)));
            groups.truncate(MOST);
            groups
        }
        Queue::Disagreements => disagreements(material, size, &all),
        Queue::LowConfidence => close_calls(material, all.at_most(10 * MOST, seed)),
        Queue::Sample(n) => all.at_most(n.min(MOST), seed),
        Queue::Stratified(n) => stratified(material, all.at_most(MOST, seed), n, seed),
    }
}

/// What the reviewer compared already, each group ascending.
fn judged(material: &Material<'_>) -> HashSet<Group> {
    let Some(me) = material.me() else { return HashSet::new() };
    let counts = |reviewer: u32, purpose: Purpose| reviewer == me && purpose == Purpose::Judge;
    let sorted = |rows: &[u32]| {
        let mut rows = rows.to_vec();
        rows.sort_unstable();
        rows
    };
    let pairs = material.judgements.preferences();
    let pairs = pairs.filter(|pair| counts(pair.reviewer, pair.purpose)).map(|pair| sorted(&pair.rows));
    let ranked = material.judgements.rankings();
    let ranked = ranked.filter(|ranked| counts(ranked.reviewer, ranked.purpose)).map(|ranked| sorted(&ranked.rows));
    pairs.chain(ranked).collect()
}

/// Pairs reviewers do not agree on, the worst first.
fn disagreements(material: &Material<'_>, size: usize, all: &Groups) -> Vec<Group> {
    let rows: HashSet<u32> = all.prompts.iter().flat_map(|(rows, _)| rows.iter().copied()).collect();
    let settled = material.verdicts(Purpose::Final);
    let mut found: Vec<(f64, Group)> = material
        .verdicts(Purpose::Judge)
        .into_iter()
        .filter(|(pair, _)| size == 2 && !settled.contains_key(pair) && pair.iter().all(|row| rows.contains(row)))
        .map(|(pair, verdicts)| (choice_spread(verdicts.iter().map(|(_, choice)| *choice)), pair.to_vec()))
        .filter(|(spread, _)| *spread > 0.0)
        .collect();
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    found.into_iter().map(|(_, group)| group).collect()
}

/// Groups whose scores are near each other, the nearest first.
fn close_calls(material: &Material<'_>, groups: Vec<Group>) -> Vec<Group> {
    let spread = |group: &Group| {
        let scores: Option<Vec<f64>> = group.iter().map(|&row| (material.score)(row)).collect();
        let scores = scores?;
        let most = scores.iter().copied().max_by(f64::total_cmp)?;
        Some(most - scores.iter().copied().min_by(f64::total_cmp)?)
    };
    let mut close: Vec<(f64, Group)> =
        groups.into_iter().filter_map(|group| Some((spread(&group)?, group))).filter(|(s, _)| *s <= NEAR).collect();
    close.sort_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(&b.1)));
    close.truncate(MOST);
    close.into_iter().map(|(_, group)| group).collect()
}

/// `n` groups in which the models occur about equally often: each next one is of those whose models came least.
fn stratified(material: &Material<'_>, mut groups: Vec<Group>, n: usize, seed: u64) -> Vec<Group> {
    shuffle(&mut groups, &mut SplitMix64::stream(seed, SAMPLE));
    let model = |row: u32| material.dataset.responses()[row as usize].model;
    let mut strata: BTreeMap<Vec<u32>, Vec<Group>> = BTreeMap::new();
    for group in groups {
        let mut models: Vec<u32> = group.iter().map(|&row| model(row)).collect();
        models.sort_unstable();
        strata.entry(models).or_default().push(group);
    }
    // Models that meet: fewest first, and among them those whose models came least so far.
    let mut came: BTreeMap<u32, usize> = BTreeMap::new();
    let mut strata: Vec<(usize, Vec<u32>, Vec<Group>)> =
        strata.into_iter().map(|(models, groups)| (0, models, groups)).collect();
    let mut chosen = Vec::new();
    while chosen.len() < n {
        let load = |models: &[u32]| models.iter().map(|model| came.get(model).copied().unwrap_or(0)).sum::<usize>();
        let next = strata
            .iter_mut()
            .filter(|(.., left)| !left.is_empty())
            .min_by_key(|(times, models, _)| (load(models), *times));
        let Some((times, models, left)) = next else { break };
        chosen.extend(left.pop());
        *times += 1;
        models.iter().for_each(|&model| *came.entry(model).or_default() += 1);
    }
    chosen.sort_unstable();
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::review::Choice;
    use crate::workbench::session::fixture::{Fixture, preferred};

    #[track_caller]
    fn check(fixture: &Fixture, queue: Queue, expected: &[[u32; 2]]) {
        let found = groups(queue, &fixture.material("anna"), 2, &[], 3);
        assert_eq!(found, expected.iter().map(|pair| pair.to_vec()).collect::<Vec<_>>(), "{queue:?}");
    }

    #[test]
    fn each_queue_is_what_it_says() {
        let mut fixture = Fixture::new(2, 3);
        check(&fixture, Queue::Filter, &[[0, 1], [0, 2], [1, 2], [3, 4], [3, 5], [4, 5]]);
        fixture.log("anna", vec![preferred("r1", "r0", Choice::First), preferred("r3", "r4", Choice::Tie)]);
        fixture.log(
            "ben",
            vec![
                // The same the other way round, and a little and a lot of difference.
                preferred("r0", "r1", Choice::Second),
                preferred("r3", "r4", Choice::MuchBetterFirst),
                preferred("r3", "r5", Choice::First),
            ],
        );
        fixture.log("cleo", vec![preferred("r5", "r3", Choice::MuchBetterFirst)]);
        check(&fixture, Queue::Unrated, &[[0, 2], [1, 2], [3, 5], [4, 5]]);
        check(&fixture, Queue::Disagreements, &[[3, 5], [3, 4]]);
        fixture.flagged = vec![2];
        check(&fixture, Queue::Flagged, &[[0, 2], [1, 2]]);
        fixture.scores = vec![Some(0.5), Some(0.58), Some(0.9), Some(0.1), None, Some(0.12)];
        check(&fixture, Queue::LowConfidence, &[[3, 5], [0, 1]]);
        fixture.listed = vec![0, 2, 3];
        check(&fixture, Queue::Filter, &[[0, 2]]);
    }

    #[test]
    fn chosen_models_meet_and_no_others() {
        let fixture = Fixture::new(2, 4);
        let models = ["a".to_owned(), "c".to_owned(), "d".to_owned()];
        let pairs = groups(Queue::Filter, &fixture.material("anna"), 2, &models, 3);
        assert_eq!(pairs, [[0, 2], [0, 3], [2, 3], [4, 6], [4, 7], [6, 7]].map(Vec::from));
        let triples = groups(Queue::Filter, &fixture.material("anna"), 3, &models, 3);
        assert_eq!(triples, [vec![0, 2, 3], vec![4, 6, 7]]);
        assert_eq!(groups(Queue::Filter, &fixture.material("anna"), 4, &models, 3), Vec::<Group>::new());
    }

    #[test]
    fn groups_are_numbered_without_being_written_down() {
        let fixture = Fixture::new(3, 6);
        let material = fixture.material("anna");
        for size in 2..=4 {
            let all = Groups::new(&material, &fixture.listed, size, &[]);
            let mut groups = all.at_most(usize::MAX, 0);
            assert_eq!(groups.len(), 3 * subsets(6, size));
            assert!(groups.iter().all(|group| group.windows(2).all(|pair| pair[0] < pair[1])));
            assert!(groups.iter().all(|group| group[0] / 6 == group[size - 1] / 6), "all answer one prompt");
            groups.dedup();
            assert_eq!(groups.len(), all.len);
        }
    }

    #[test]
    fn an_even_sample_has_every_model_about_equally_often() {
        let fixture = Fixture::new(20, 5);
        let sample = groups(Queue::Stratified(50), &fixture.material("anna"), 2, &[], 9);
        let mut counts = [0; 5];
        sample.iter().flatten().for_each(|row| counts[*row as usize % 5] += 1);
        assert_eq!((sample.len(), counts), (50, [20; 5]));
    }
}
