//! A random sample that is always the same.

use crate::model::Dataset;
use rayon::prelude::*;
use std::collections::HashMap;

/// So many of the responses that the other terms select.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sample {
    /// How many, of all or of each stratum; at least 1.
    pub size: usize,
    /// What it is drawn from.
    pub strata: Strata,
    /// What it is drawn by: another seed is another sample.
    pub seed: u64,
}

/// What a sample is drawn from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strata {
    /// All together.
    All,
    /// Each model by itself.
    Models,
    /// The responses to each prompt by themselves.
    Prompts,
}

/// Rows a worker takes at once.
const CHUNK: usize = 1024;

/// Where the response with this id stands in the random order of `seed`: the same on every machine, and whatever other
/// responses there are.
pub fn priority(seed: u64, id: &str) -> u64 {
    // FNV-1a over the id, then the finaliser of SplitMix64, so that like ids do not stand together.
    let hash = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mut z = hash ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

impl Sample {
    /// The sample of `rows`, which are in import order, in import order.
    pub(in crate::workbench) fn of(self, dataset: &Dataset, rows: &[u32]) -> Vec<u32> {
        let drawn = |&row: &u32| {
            let response = &dataset.responses()[row as usize];
            let stratum = match self.strata {
                Strata::All => 0,
                Strata::Models => response.model,
                Strata::Prompts => response.prompt,
            };
            (stratum, priority(self.seed, dataset.text(response.id)), row)
        };
        let mut order: Vec<(u32, u64, u32)> = rows.par_iter().with_min_len(CHUNK).map(drawn).collect();
        order.par_sort_unstable();
        let mut taken: HashMap<u32, usize> = HashMap::new();
        let mut sample: Vec<u32> = order
            .into_iter()
            .filter(|(stratum, ..)| {
                let count = taken.entry(*stratum).or_default();
                *count += 1;
                *count <= self.size
            })
            .map(|(_, _, row)| row)
            .collect();
        sample.sort_unstable();
        sample
    }
}
