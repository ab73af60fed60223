//! Verifying candidates: the similarity of two texts as it is, and few enough pairs of them.

use super::shingles::{jaccard, shingle_set};
use super::signature::Signature;
use super::{Text, Watch};
use rayon::prelude::*;
use std::sync::atomic::{AtomicU64, Ordering};

/// Texts that are known to be alike.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    pub(super) earlier: u32,
    pub(super) later: u32,
    pub(super) similarity: f64,
}

/// Compares the texts of buckets.
pub(super) struct Comparison<'a> {
    pub(super) text: Text<'a>,
    pub(super) signatures: Vec<Signature>,
    pub(super) width: usize,
    pub(super) threshold: f64,
    pub(super) watch: &'a Watch<'a>,
    pub(super) looked_at: &'a AtomicU64,
    pub(super) verified: &'a AtomicU64,
}

/// A bucket of no more texts is compared pair by pair.
const FEW: usize = 8;

/// In a larger one, a text is compared with at most so many.
const LEADERS: usize = 4;

/// A longer bucket is cut: its parts can be compared at the same time.
const BUCKET: usize = 1024;

/// A text that later ones are compared with.
struct Leader {
    at: u32,
    set: Option<Vec<u64>>,
    /// The first leader of those alike to it.
    family: usize,
}

impl Comparison<'_> {
    /// The pairs of `bucket`, in ascending order, that reach the threshold and are not of one group in `groups` yet.
    ///
    /// A member is compared with leaders: texts of the bucket that are like no earlier leader. So a million texts made
    /// from one template are a million comparisons, and not their square; groups come out the same. In a large bucket
    /// of many groups some pairs are missed; they meet again in other bands.
    pub(super) fn pairs(&self, bucket: &[u32], groups: &[u32]) -> Vec<Pair> {
        if bucket.len() <= BUCKET {
            return self.part(bucket, groups).0;
        }
        let parts: Vec<_> = bucket.par_chunks(BUCKET).map(|part| self.part(part, groups)).collect();
        let leaders: Vec<u32> = parts.iter().flat_map(|(_, leaders)| leaders).copied().collect();
        let among_leaders = self.pairs(&leaders, groups);
        parts.into_iter().flat_map(|(pairs, _)| pairs).chain(among_leaders).collect()
    }

    /// The pairs of a short bucket, and its leaders.
    fn part(&self, bucket: &[u32], groups: &[u32]) -> (Vec<Pair>, Vec<u32>) {
        let (mut pairs, mut looked_at, mut verified) = (Vec::new(), 0, 0);
        let mut leaders: Vec<Leader> = Vec::new();
        let pair_by_pair = bucket.len() <= FEW;
        for &member in bucket {
            if (self.watch.cancelled)() {
                break;
            }
            let mut set = None;
            // The families it belongs to, a bit each, and the first of them.
            let (mut families, mut family) = (0u32, None);
            for leader in &mut leaders {
                if families >> leader.family & 1 == 1 {
                    continue;
                }
                if groups[leader.at as usize] != groups[member as usize] {
                    looked_at += 1;
                    let (one, other) = (&self.signatures[leader.at as usize], &self.signatures[member as usize]);
                    if !one.may_reach(other, self.threshold) {
                        continue;
                    }
                    verified += 1;
                    let (one, other) = (
                        leader.set.get_or_insert_with(|| self.set(leader.at)),
                        set.get_or_insert_with(|| self.set(member)),
                    );
                    let similarity = jaccard(one, other);
                    if similarity < self.threshold {
                        continue;
                    }
                    pairs.push(Pair { earlier: leader.at, later: member, similarity });
                }
                families |= 1 << leader.family;
                family.get_or_insert(leader.family);
                if !pair_by_pair {
                    break;
                }
            }
            if pair_by_pair || leaders.len() < LEADERS && family.is_none() {
                let family = family.unwrap_or(leaders.len());
                leaders.push(Leader { at: member, set, family });
            }
        }
        self.looked_at.fetch_add(looked_at, Ordering::Relaxed);
        self.verified.fetch_add(verified, Ordering::Relaxed);
        (pairs, leaders.into_iter().map(|leader| leader.at).collect())
    }

    /// The similarity of each of `pairs` of an earlier and a later text. Fastest where those with the same earlier text
    /// stand side by side.
    pub(super) fn similarities(&self, pairs: &[(u32, u32)]) -> Vec<f64> {
        let part = |pairs: &[(u32, u32)]| {
            let mut earlier = (u32::MAX, Vec::new());
            let mut similarity = |&(first, member): &(u32, u32)| {
                if (self.watch.cancelled)() {
                    return 0.0;
                }
                if earlier.0 != first {
                    earlier = (first, self.set(first));
                }
                jaccard(&earlier.1, &self.set(member))
            };
            pairs.iter().map(&mut similarity).collect::<Vec<f64>>()
        };
        pairs.par_chunks(64).flat_map_iter(part).collect()
    }

    fn set(&self, at: u32) -> Vec<u64> {
        (self.text)(at as usize).map_or_else(Vec::new, |text| shingle_set(text, self.width))
    }
}
