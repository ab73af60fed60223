//! Texts that are the same, byte for byte.

use super::hash::digest;
use super::{Text, Watch};
use rayon::prelude::*;

/// For each of `count` texts the first that is the same; itself where none before it is. `None` when cancelled.
///
/// Blank and missing texts are the same as no other.
pub(super) fn first_equal(count: usize, text: Text<'_>, watch: &Watch<'_>) -> Option<Vec<u32>> {
    let digest = |row| text(row).map(|text| digest(text.as_bytes()));
    let digests = watch.each(count, digest)?;
    let mut keyed: Vec<(u64, u32)> =
        digests.par_iter().enumerate().filter_map(|(row, digest)| Some(((*digest)?, row as u32))).collect();
    drop(digests);
    keyed.par_sort_unstable();
    let runs: Vec<&[(u64, u32)]> = keyed.chunk_by(|(a, _), (b, _)| a == b).filter(|run| run.len() > 1).collect();
    let copies: Vec<(u32, u32)> = runs.into_par_iter().flat_map_iter(|run| copies(run, text, watch)).collect();
    let mut first: Vec<u32> = (0..count as u32).collect();
    for (row, earlier) in copies {
        first[row as usize] = earlier;
    }
    (!(watch.cancelled)()).then_some(first)
}

/// Of texts with the same digest, in order: those that are the same as an earlier one, and the first such.
fn copies(run: &[(u64, u32)], text: Text<'_>, watch: &Watch<'_>) -> Vec<(u32, u32)> {
    let mut copies = Vec::new();
    let mut left: Vec<u32> = run.iter().map(|&(_, row)| row).collect();
    // All but by chance it ends after the first round.
    while let [first, others @ ..] = &left[..] {
        let of = |row: u32| if (watch.cancelled)() { None } else { text(row as usize) };
        let wanted = of(*first);
        let (same, other): (Vec<u32>, Vec<u32>) = others.par_iter().partition(|&&row| of(row) == wanted);
        copies.extend(same.into_iter().map(|row| (row, *first)));
        left = other;
    }
    copies
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shared_digest_does_not_make_texts_the_same() {
        let texts = ["a", "b", "a", "c", "b", "a"];
        let watch = Watch { cancelled: &|| false, advance: &|_| {} };
        let run: Vec<(u64, u32)> = (0..texts.len() as u32).map(|row| (7, row)).collect();
        assert_eq!(copies(&run, &|row| Some(texts[row]), &watch), [(2, 0), (5, 0), (4, 1)]);
    }
}
