//! Which responses to a prompt stand side by side, and in which order prompts follow.

use super::{MOST_COLUMNS, Walk};
use crate::model::{Dataset, PromptIndex};
use rayon::prelude::*;
use std::sync::Arc;

/// The models chosen, and where the walk through pairs is.
#[derive(Debug, Default)]
pub(super) struct Choice {
    /// Their names, in the order of the columns: they outlive the project.
    pub(super) models: Vec<String>,
    pub(super) walk: Walk,
    /// Which pair of the prompt's models is shown.
    pub(super) pair: usize,
    /// Of how many.
    pub(super) pair_count: Option<usize>,
}

impl Choice {
    /// Chooses two models where those chosen are not in the dataset: that of `row`, and the next one, of those that
    /// answered the same prompt (whose rows are `to_prompt`) if there is any.
    pub(super) fn complete(&mut self, dataset: &Dataset, row: u32, to_prompt: &[u32]) {
        let all = dataset.models();
        let known = self.models.iter().filter(|name| all.contains(name)).count();
        if known == 0 || (known < 2 && known < self.models.len()) {
            let own = dataset.responses()[row as usize].model;
            let answered = firsts(dataset, to_prompt).into_iter().map(|row| dataset.responses()[row as usize].model);
            let others: Vec<u32> = answered.chain(0..all.len() as u32).filter(|&model| model != own).collect();
            let here = others.len().saturating_sub(all.len().saturating_sub(1));
            let next = others[..here].iter().find(|&&model| model > own).or(others.first());
            let mut both: Vec<u32> = [own].into_iter().chain(next.copied()).collect();
            both.sort_unstable();
            self.models = both.into_iter().map(|model| all[model as usize].clone()).collect();
        }
        self.count_pairs(dataset, to_prompt);
    }

    fn count_pairs(&mut self, dataset: &Dataset, to_prompt: &[u32]) {
        let answers = firsts(dataset, to_prompt).len();
        let count = answers * answers.saturating_sub(1) / 2;
        self.pair = self.pair.min(count.saturating_sub(1));
        self.pair_count = Some(count);
    }

    /// The rows that stand side by side, of a prompt's rows: of each chosen model the first, and where that leaves
    /// a place for a second response of a model, the others in turn. Walking pairs, those of the pair.
    pub(super) fn rows(&self, dataset: &Dataset, to_prompt: &[u32]) -> Vec<u32> {
        if self.walk == Walk::Pairs {
            return pair(&firsts(dataset, to_prompt), self.pair).map_or(Vec::new(), |pair| pair.to_vec());
        }
        let chosen = self.models.iter().filter_map(|name| dataset.models().iter().position(|model| model == name));
        let mut of_models: Vec<Vec<u32>> = chosen
            .map(|model| {
                let own = |&&row: &&u32| dataset.responses()[row as usize].model as usize == model;
                to_prompt.iter().filter(own).copied().collect()
            })
            .collect();
        of_models.retain(|rows| !rows.is_empty());
        if let [only] = &mut of_models[..] {
            // One model that answered several times is compared with itself.
            let places = if self.models.len() == 1 { MOST_COLUMNS } else { 1 };
            only.truncate(places);
            return std::mem::take(only);
        }
        of_models.iter().map(|rows| rows[0]).take(MOST_COLUMNS).collect()
    }

    /// Whether at least two responses of `to_prompt` would stand side by side.
    pub(super) fn is_comparable(&self, dataset: &Dataset, to_prompt: &[u32]) -> bool {
        match self.walk {
            Walk::Prompts => self.rows(dataset, to_prompt).len() >= 2,
            Walk::Pairs => firsts(dataset, to_prompt).len() >= 2,
        }
    }

    /// The next or the previous pair of the same prompt; whether there is one.
    pub(super) fn step_pair(&mut self, forward: bool) -> bool {
        let count = self.pair_count.unwrap_or(0);
        let next = if forward { self.pair.checked_add(1) } else { self.pair.checked_sub(1) };
        match next.filter(|&next| self.walk == Walk::Pairs && next < count) {
            Some(next) => {
                self.pair = next;
                true
            }
            None => false,
        }
    }

    /// Comes to another prompt: to its first pair going forward, to its last going back.
    pub(super) fn enter(&mut self, dataset: &Dataset, to_prompt: &[u32], forward: bool) {
        self.pair = if forward { 0 } else { usize::MAX };
        self.count_pairs(dataset, to_prompt);
    }
}

/// The first response of each model among `rows`, in the order of the models.
fn firsts(dataset: &Dataset, rows: &[u32]) -> Vec<u32> {
    let mut found: Vec<(u32, u32)> = rows.iter().map(|&row| (dataset.responses()[row as usize].model, row)).collect();
    found.sort_unstable();
    found.dedup_by_key(|(model, _)| *model);
    found.into_iter().map(|(_, row)| row).collect()
}

/// Pair number `index` of `rows`: the first with the second, with the third …, the second with the third ….
fn pair(rows: &[u32], index: usize) -> Option<[u32; 2]> {
    let mut before = 0;
    for (at, &first) in rows.iter().enumerate() {
        let own = rows.len() - at - 1;
        if index < before + own {
            return Some([first, rows[at + 1 + index - before]]);
        }
        before += own;
    }
    None
}

/// Rows by prompt, and the prompts in the order in which the list first names them.
#[derive(Default)]
pub(super) struct Prompts {
    dataset: Arc<Dataset>,
    /// The prompt of each row: four bytes apart, not a whole response, so that a million are read in a frame.
    of: Vec<PromptIndex>,
    /// Where each prompt's rows begin in `rows`.
    starts: Vec<u32>,
    rows: Vec<u32>,
    listed: Arc<[u32]>,
    order: Vec<PromptIndex>,
    /// Where each prompt stands in `order`; `NOWHERE` for one that is not listed.
    places: Vec<u32>,
}

const NOWHERE: u32 = u32::MAX;

impl Prompts {
    /// Indexes `dataset` and `listed`, in linear time, unless they are those of before.
    pub(super) fn update(&mut self, dataset: &Arc<Dataset>, listed: &Arc<[u32]>) {
        let same_data = Arc::ptr_eq(&self.dataset, dataset) && !self.starts.is_empty();
        if !same_data {
            self.dataset = dataset.clone();
            self.of = dataset.responses().par_iter().with_min_len(4096).map(|response| response.prompt).collect();
            let mut starts = vec![0; dataset.prompts().len() + 1];
            for &prompt in &self.of {
                starts[prompt as usize + 1] += 1;
            }
            for index in 1..starts.len() {
                starts[index] += starts[index - 1];
            }
            let mut next = starts.clone();
            self.rows = vec![0; self.of.len()];
            for (row, &prompt) in self.of.iter().enumerate() {
                let place = &mut next[prompt as usize];
                self.rows[*place as usize] = row as u32;
                *place += 1;
            }
            self.starts = starts;
        }
        if !same_data || !Arc::ptr_eq(&self.listed, listed) {
            self.listed = listed.clone();
            self.order.clear();
            self.places.clear();
            self.places.resize(dataset.prompts().len(), NOWHERE);
            for &row in listed.iter() {
                let Some(&prompt) = self.of.get(row as usize) else { continue };
                let place = &mut self.places[prompt as usize];
                if *place == NOWHERE {
                    *place = self.order.len() as u32;
                    self.order.push(prompt);
                }
            }
        }
    }

    /// The rows of `prompt`, in import order.
    pub(super) fn rows(&self, prompt: PromptIndex) -> &[u32] {
        let at = prompt as usize;
        match (self.starts.get(at), self.starts.get(at + 1)) {
            (Some(&start), Some(&end)) => &self.rows[start as usize..end as usize],
            _ => &[],
        }
    }

    /// The prompts of the list.
    pub(super) fn order(&self) -> &[PromptIndex] {
        &self.order
    }

    /// Where `prompt` stands in that order.
    pub(super) fn place(&self, prompt: PromptIndex) -> Option<usize> {
        self.places.get(prompt as usize).filter(|place| **place != NOWHERE).map(|&place| place as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::pair;

    #[test]
    fn every_pair_comes_once() {
        let rows = [3, 5, 7, 9];
        let pairs: Vec<[u32; 2]> = (0..).map_while(|index| pair(&rows, index)).collect();
        assert_eq!(pairs, [[3, 5], [3, 7], [3, 9], [5, 7], [5, 9], [7, 9]]);
        assert_eq!(pair(&[1], 0), None);
        assert_eq!(pair(&[], 0), None);
    }
}
