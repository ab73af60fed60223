//! What is kept of a text to find those alike: 128 bytes, of which two texts share about as many as they are alike.

use super::hash::{PI, fold};
use super::shingles::shingles;

/// Bytes of a signature.
pub(super) const ROWS: usize = 128;

/// A MinHash signature by one permutation.
///
/// The range of hashes is divided into [`ROWS`] parts; each keeps the least hash that falls into it (Li, Owen and
/// Zhang, *One permutation hashing*, 2012), so that a shingle costs one step and not 128. A part without any borrows
/// from the nearest that has one, to the left or right by a fixed coin (Shrivastava and Li, *Improved densification of
/// one permutation hashing*, 2014). Eight bits of each are kept (Li and König, *b-bit minwise hashing*, 2010): two that
/// differ agree by chance once in 256, and candidates are verified anyway.
#[derive(Clone, Debug)]
pub(super) struct Signature {
    rows: [u8; ROWS],
    /// Rows with a hash of their own; 0 where the text has no shingle.
    filled: u8,
}

/// Bit by bit, whether a row without a hash borrows from the left.
const LEFT: u128 = (PI[0] as u128) << 64 | PI[1] as u128;

/// With fewer rows of their own, signatures say too little to turn down a pair.
const ENOUGH: u8 = 64;

impl Default for Signature {
    /// The signature of a text without shingles.
    fn default() -> Self {
        Self { rows: [0; ROWS], filled: 0 }
    }
}

impl Signature {
    /// The signature of `text`.
    pub(super) fn new(text: &str, width: usize) -> Self {
        let mut least = [u64::MAX; ROWS];
        shingles(text, width, |hash| {
            let row = (hash >> (u64::BITS - ROWS.trailing_zeros())) as usize;
            least[row] = least[row].min(hash);
        });
        let filled = (0..ROWS).fold(0u128, |bits, row| bits | u128::from(least[row] != u64::MAX) << row);
        let mut rows = [0; ROWS];
        if filled != 0 {
            for (row, kept) in rows.iter_mut().enumerate() {
                // Other bits for each row: of two hashes that differ, what two rows borrow must not agree in both.
                *kept = fold(least[lender(filled, row)], PI[1].wrapping_add(2 * row as u64)) as u8;
            }
        }
        Self { rows, filled: filled.count_ones() as u8 }
    }

    /// Whether the text has shingles.
    pub(super) fn is_some(&self) -> bool {
        self.filled > 0
    }

    /// Bytes `at..at + len` as one number; at most 8.
    pub(super) fn part(&self, at: usize, len: usize) -> u64 {
        self.rows[at..at + len].iter().fold(0, |key, &row| key << 8 | u64::from(row))
    }

    /// Whether two texts may be as alike as `threshold`. It is wrongly denied about once in 30,000 pairs at the
    /// threshold: their agreement would have to be four standard deviations off.
    pub(super) fn may_reach(&self, other: &Self, threshold: f64) -> bool {
        let filled = self.filled.min(other.filled);
        if filled < ENOUGH {
            return true;
        }
        let agreeing: u8 = self.rows.iter().zip(&other.rows).map(|(a, b)| u8::from(a == b)).sum();
        let deviation = (threshold * (1.0 - threshold) / f64::from(filled)).sqrt();
        f64::from(agreeing) / ROWS as f64 >= threshold - 4.0 * deviation
    }
}

/// The row that `row` takes its hash from: itself where it has one.
fn lender(filled: u128, row: usize) -> usize {
    if LEFT >> row & 1 == 1 {
        let distance = filled.rotate_left((ROWS - 1 - row) as u32).leading_zeros() as usize;
        (row + ROWS - distance) % ROWS
    } else {
        let distance = filled.rotate_right(row as u32).trailing_zeros() as usize;
        (row + distance) % ROWS
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::duplicates::shingles::{jaccard, shingle_set};

    #[test]
    fn a_row_borrows_from_the_nearest_on_its_side() {
        let filled = 1u128 << 3 | 1 << 100;
        for row in 0..ROWS {
            let steps = |step: usize| (0..).map(|n| (row + n * step) % ROWS).find(|at| filled >> at & 1 == 1).unwrap();
            let expected = if LEFT >> row & 1 == 1 { steps(ROWS - 1) } else { steps(1) };
            assert_eq!(lender(filled, row), expected, "row {row}");
        }
        assert!((40..=88).contains(&LEFT.count_ones()), "the coin is not fair");
    }

    #[test]
    fn as_many_rows_agree_as_the_texts_are_alike() {
        for (size, cut) in [(2000, 200), (2000, 700), (400, 20), (60, 10)] {
            let mut sum = 0.0;
            let mut expected = 0.0;
            for round in 0..100 {
                let words =
                    |range: std::ops::Range<usize>| range.map(|word| format!("{round}w{word} ")).collect::<String>();
                let (a, b) = (words(0..size), words(cut..size + cut));
                let (one, other) = (Signature::new(&a, 3), Signature::new(&b, 3));
                sum += one.rows.iter().zip(&other.rows).filter(|(a, b)| a == b).count() as f64 / ROWS as f64;
                expected += jaccard(&shingle_set(&a, 3), &shingle_set(&b, 3));
            }
            let (mean, expected) = (sum / 100.0, expected / 100.0);
            assert!((mean - expected).abs() < 0.02, "{size} words, {cut} cut: {mean} for {expected}");
        }
    }
}
