//! Texts that are the same, and texts that are nearly so, among a million, without comparing each with each.
//!
//! 1. Texts that are the same byte for byte are found by a digest and compared; one of each goes on (`exact`).
//! 2. A text is a sequence of words, or of characters where words are not spaced (`tokens`), and what is compared of
//!    it is the set of runs of so many of them, its shingles (`shingles`). Broder, *On the resemblance and
//!    containment of documents* (1997).
//! 3. Of every text a signature of 128 bytes is made in one pass (`signature`).
//! 4. Texts whose signatures agree in a band are candidates (`banding`).
//! 5. Of candidates the sets themselves are compared (`compare`), so nothing is found that is not so.
//! 6. Pairs make groups (`grouping`): two texts are in one group when a chain of pairs leads from one to the other.
//!
//! A signature was preferred to SimHash, whose distance says less about where between "half" and "all" two texts are
//! alike, and MinHash by one permutation to that by many, which reads the shingles a hundred times.
//!
//! The result depends on the texts, their order and the settings alone, on any number of threads.

mod banding;
mod compare;
mod exact;
mod found;
mod grouping;
mod hash;
mod shingles;
mod signature;
mod tokens;
mod watch;

pub use found::{Duplicates, Work};
pub use watch::{Watch, steps};

use banding::{Bands, buckets};
use compare::{Comparison, Pair};
use grouping::Groups;
use rayon::prelude::*;
use shingles::WIDEST;
use signature::Signature;
use std::sync::atomic::AtomicU64;

/// What counts as alike. Values out of range are taken as the nearest within.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The share of their shingles that two texts must have in common, 0.5..=1. By default 0.8.
    pub threshold: f64,
    /// Words in a shingle, or characters where words are not spaced, 1..=16. By default 5. A changed word changes so
    /// many shingles; with fewer words, shingles are more often shared by chance. A text of fewer words has no shingle,
    /// and is like only those that are the same.
    pub shingle: usize,
}

impl Default for Settings {
    /// As in Lee et al., *Deduplicating training data makes language models better* (2022).
    fn default() -> Self {
        Self { threshold: 0.8, shingle: 5 }
    }
}

impl Settings {
    /// The probability, 0..=1, that a pair of texts of this similarity is found: at least 0.99 from the threshold on.
    /// Pairs below the threshold are looked at with this probability and turned down.
    pub fn recall(self, similarity: f64) -> f64 {
        Bands::new(self.within_range().threshold).recall(similarity.clamp(0.0, 1.0))
    }

    fn within_range(self) -> Self {
        // A comparison with what is not a number is false; so that becomes the default.
        let threshold = if self.threshold.is_nan() { Self::default().threshold } else { self.threshold };
        Self { threshold: threshold.clamp(0.5, 1.0), shingle: self.shingle.clamp(1, WIDEST) }
    }
}

/// A text by its number.
type Text<'a> = &'a (dyn Fn(usize) -> Option<&'a str> + Sync);

/// Finds which of `count` texts, up to `u32::MAX`, are the same or alike. `None` when cancelled.
///
/// - *The same* means byte for byte: another space makes another text. Blank texts (empty, or nothing but white space)
///   and those that `text` has not are the same as no other.
/// - *Alike* means that the share of common shingles reaches the threshold. Case, punctuation and white space do not
///   matter. Texts that are the same are alike too, however short.
pub fn find<'t>(
    count: usize,
    text: impl Fn(usize) -> Option<&'t str> + Sync,
    settings: Settings,
    watch: &Watch<'_>,
) -> Option<Duplicates> {
    let text = |row: usize| text(row).filter(|text| !text.trim().is_empty());
    let Settings { threshold, shingle: width } = settings.within_range();
    let first_equal = exact::first_equal(count, &text, watch)?;
    let distinct: Vec<u32> = (0..count as u32).filter(|&row| first_equal[row as usize] == row).collect();
    let text = |at: usize| text(distinct[at] as usize);
    let signature = |at| text(at).map_or_else(Signature::default, |text| Signature::new(text, width));
    let signatures = watch.each(distinct.len(), signature)?;
    (watch.advance)(count - distinct.len());
    let (looked_at, verified) = (AtomicU64::new(0), AtomicU64::new(0));
    let mut comparison =
        Comparison { text: &text, signatures, width, threshold, watch, looked_at: &looked_at, verified: &verified };
    let (mut groups, pairs) = group(&comparison, Bands::new(threshold), count)?;
    comparison.signatures = Vec::new();
    let firsts = groups.firsts();
    let similarities = similarities_to_first(&comparison, firsts, &pairs);
    let mut first_similar = first_equal.clone();
    let mut similarity = vec![1.0; count];
    for (at, &row) in distinct.iter().enumerate() {
        first_similar[row as usize] = distinct[firsts[at] as usize];
        similarity[row as usize] = similarities[at];
    }
    for row in 0..count {
        let same = first_equal[row] as usize;
        (first_similar[row], similarity[row]) = (first_similar[same], similarity[same]);
    }
    let work = Work { looked_at: looked_at.into_inner(), verified: verified.into_inner() };
    (!(watch.cancelled)()).then_some(Duplicates { first_equal, first_similar, similarity, work })
}

/// Groups of texts, and the pairs that made them. Takes `steps` steps. `None` when cancelled.
fn group(comparison: &Comparison<'_>, bands: Bands, steps: usize) -> Option<(Groups, Vec<Pair>)> {
    let signatures = &*comparison.signatures;
    let mut groups = Groups::new(signatures.len());
    let mut pairs = Vec::new();
    let with_shingles: Vec<u32> =
        (0..signatures.len() as u32).filter(|&at| signatures[at as usize].is_some()).collect();
    let mut sorted = Vec::new();
    for band in 0..bands.count {
        // What a band finds depends on the groups before it, not on what its other buckets find at the same time.
        let so_far = groups.firsts();
        bands.sort(band, signatures, &with_shingles, &mut sorted);
        let in_bucket = |bucket: &[(u64, u32)]| {
            let members: Vec<u32> = bucket.iter().map(|&(_, at)| at).collect();
            comparison.pairs(&members, so_far)
        };
        let found: Vec<Pair> = buckets(&sorted).into_par_iter().flat_map_iter(in_bucket).collect();
        pairs.extend(found.into_iter().filter(|pair| groups.unite(pair.earlier, pair.later)));
        if (comparison.watch.cancelled)() {
            return None;
        }
        (comparison.watch.advance)(steps * (band + 1) / bands.count - steps * band / bands.count);
    }
    Some((groups, pairs))
}

/// How alike each text and the first of its group are. Most were compared while grouping.
fn similarities_to_first(comparison: &Comparison<'_>, firsts: &[u32], pairs: &[Pair]) -> Vec<f64> {
    let mut known: Vec<Option<f64>> =
        firsts.iter().enumerate().map(|(at, &first)| (first == at as u32).then_some(1.0)).collect();
    for pair in pairs.iter().filter(|pair| firsts[pair.later as usize] == pair.earlier) {
        known[pair.later as usize] = Some(pair.similarity);
    }
    let mut open: Vec<(u32, u32)> =
        (0..firsts.len()).filter(|&at| known[at].is_none()).map(|at| (firsts[at], at as u32)).collect();
    open.sort_unstable();
    let computed = comparison.similarities(&open);
    for ((_, at), similarity) in open.into_iter().zip(computed) {
        known[at as usize] = Some(similarity);
    }
    known.into_iter().flatten().collect()
}
