//! Which pairs are worth a look: those whose signatures agree in a whole band.

use super::signature::{ROWS, Signature};
use rayon::prelude::*;

/// Signatures cut into bands of a few rows each. Two texts of similarity *s* agree in a band of *r* rows with
/// probability *sʳ*, so in at least one of *b* with *1 − (1 − sʳ)ᵇ*: low for those that differ, and close to 1 from the
/// threshold on (Leskovec, Rajaraman and Ullman, *Mining of massive datasets*, 3.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Bands {
    pub(super) count: usize,
    rows: usize,
}

/// The share of pairs right at the threshold that are to be found.
const RECALL: f64 = 0.99;

/// A band has at most so many rows: they are one number.
const MOST_ROWS: usize = 8;

impl Bands {
    /// The longest bands, which look at the fewest pairs, that find pairs at `threshold` well enough.
    pub(super) fn new(threshold: f64) -> Self {
        let of = |rows| Self { count: ROWS / rows, rows };
        (1..=MOST_ROWS).rev().map(of).find(|bands| bands.recall(threshold) >= RECALL).unwrap_or(of(1))
    }

    /// The probability that a pair of this similarity agrees in some band.
    pub(super) fn recall(self, similarity: f64) -> f64 {
        1.0 - (1.0 - similarity.powi(self.rows as i32)).powi(self.count as i32)
    }

    /// Fills `sorted` with `texts`, in order of what they agree in in band `band` and of their places. [`buckets`] cuts
    /// them up.
    pub(super) fn sort(self, band: usize, signatures: &[Signature], texts: &[u32], sorted: &mut Vec<(u64, u32)>) {
        // Neighbours: in short texts they have often borrowed the same, so that these are found more surely.
        let key = |&at: &u32| (signatures[at as usize].part(band * self.rows, self.rows), at);
        texts.par_iter().map(key).collect_into_vec(sorted);
        sorted.par_sort_unstable();
    }
}

/// Runs of the same key, of two texts and more.
pub(super) fn buckets(sorted: &[(u64, u32)]) -> Vec<&[(u64, u32)]> {
    sorted.chunk_by(|(a, _), (b, _)| a == b).filter(|bucket| bucket.len() > 1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bands_find_what_reaches_the_threshold_and_leave_what_is_far_below() {
        for (threshold, rows, count) in [(0.5, 3, 42), (0.7, 4, 32), (0.8, 6, 21), (0.9, 8, 16), (1.0, 8, 16)] {
            let bands = Bands::new(threshold);
            assert_eq!(bands, Bands { count, rows }, "threshold {threshold}");
            assert!(bands.recall(threshold) >= RECALL);
            assert!(bands.recall(threshold - 0.4) < 0.25, "threshold {threshold}: {}", bands.recall(threshold - 0.4));
        }
    }
}
