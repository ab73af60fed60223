//! Which response stands left: chance, but every model about as often left as right.

use super::draw::{SIDES, shuffle};
use crate::stats::SplitMix64;
use std::collections::BTreeMap;

/// For pairs of models, whether each is turned around, so that no model stands left more often than right beyond what
/// cannot be helped: wherever the same two models meet, half of the times each way; and of what is left over, each model
/// as often left as right, give or take one.
///
/// The first half is chance alone. For what is left over, models are the corners of a graph and pairs its edges:
/// walking every edge once (Hierholzer, Mathematische Annalen 6, 1873) enters a corner as often as it leaves it.
pub(super) fn balanced(pairs: &[[u32; 2]], seed: u64) -> Vec<bool> {
    let mut rng = SplitMix64::stream(seed, SIDES);
    let mut turned = vec![false; pairs.len()];
    let mut meetings: BTreeMap<[u32; 2], Vec<usize>> = BTreeMap::new();
    for (at, &[left, right]) in pairs.iter().enumerate() {
        meetings.entry([left.min(right), left.max(right)]).or_default().push(at);
    }
    let mut left_over = Vec::new();
    for (models, mut places) in meetings {
        shuffle(&mut places, &mut rng);
        if places.len() % 2 == 1 {
            left_over.extend(places.pop().map(|at| (models, at)));
        }
        let half = places.len() / 2;
        for (number, at) in places.into_iter().enumerate() {
            turned[at] = (pairs[at] == models) == (number < half);
        }
    }
    shuffle(&mut left_over, &mut rng);
    let edges: Vec<[u32; 2]> = left_over.iter().map(|(models, _)| *models).collect();
    for ((models, at), forward) in left_over.iter().zip(walk(&edges, &mut rng)) {
        turned[*at] = (pairs[*at] == *models) != forward;
    }
    turned
}

/// A direction for each edge, so that as many leave a corner as enter it, give or take one: whether it goes from its
/// first corner to its second.
fn walk(edges: &[[u32; 2]], rng: &mut SplitMix64) -> Vec<bool> {
    // Corners with an odd number of edges are joined to one more corner, so that every walk closes.
    let mut around: BTreeMap<Option<u32>, Vec<(usize, Option<u32>)>> = BTreeMap::new();
    let mut count = 0;
    let mut join = |around: &mut BTreeMap<Option<u32>, Vec<(usize, Option<u32>)>>, a: Option<u32>, b: Option<u32>| {
        around.entry(a).or_default().push((count, b));
        around.entry(b).or_default().push((count, a));
        count += 1;
    };
    for &[a, b] in edges {
        join(&mut around, Some(a), Some(b));
    }
    let odd: Vec<Option<u32>> =
        around.iter().filter(|(_, near)| near.len() % 2 == 1).map(|(corner, _)| *corner).collect();
    for corner in odd {
        join(&mut around, corner, None);
    }
    let mut walked = vec![false; count];
    let mut forward = vec![false; edges.len()];
    let corners: Vec<Option<u32>> = around.keys().copied().collect();
    for start in corners {
        // Every corner has an even number of edges left, so a walk ends only where it began.
        let mut at = start;
        let against = rng.below(2) == 1;
        while let Some((edge, next)) = step(&mut around, &walked, at) {
            walked[edge] = true;
            if edge < edges.len() {
                forward[edge] = (edges[edge][0] == at.unwrap_or(u32::MAX)) != against;
            }
            at = next;
        }
    }
    forward
}

/// An edge at `at` that was not walked yet, and where it leads.
fn step(
    around: &mut BTreeMap<Option<u32>, Vec<(usize, Option<u32>)>>,
    walked: &[bool],
    at: Option<u32>,
) -> Option<(usize, Option<u32>)> {
    let near = around.get_mut(&at)?;
    while let Some((edge, next)) = near.pop() {
        if !walked[edge] {
            return Some((edge, next));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::balanced;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn every_model_stands_left_as_often_as_right(
            pairs in proptest::collection::vec((0u32..8, 0u32..7), 0..120),
            seed in any::<u64>(),
        ) {
            // Two different models each time.
            let pairs: Vec<[u32; 2]> = pairs.into_iter().map(|(a, b)| [a, (a + 1 + b) % 8]).collect();
            let (mut lean, mut meetings) = (BTreeMap::new(), BTreeMap::new());
            for (&[a, b], turned) in pairs.iter().zip(balanced(&pairs, seed)) {
                let [left, right] = if turned { [b, a] } else { [a, b] };
                *lean.entry(left).or_insert(0) += 1;
                *lean.entry(right).or_insert(0) -= 1;
                *meetings.entry([a.min(b), a.max(b)]).or_insert(0) += if left < right { 1 } else { -1 };
            }
            prop_assert!(lean.values().all(|lean: &i32| lean.abs() <= 1), "{lean:?}");
            prop_assert!(meetings.values().all(|lean: &i32| lean.abs() <= 1), "{meetings:?}");
        }
    }

    #[test]
    fn sides_are_chance() {
        let pairs = [[0, 1]; 40];
        let turned = balanced(&pairs, 1);
        assert_eq!(turned.iter().filter(|turned| **turned).count(), 20);
        assert_ne!(turned, balanced(&pairs, 2));
        let runs = turned.windows(2).filter(|two| two[0] != two[1]).count();
        assert!((8..32).contains(&runs), "neither in turn nor in blocks: {runs} changes");
    }
}
