//! The heights of all blocks, with sums in O(log n): a Fenwick tree (Fenwick, Software: Practice and
//! Experience 24, 1994).

/// Heights of blocks, in points; sums are f64 so that a million lines do not drift.
#[derive(Debug, Default)]
pub(super) struct Heights {
    heights: Vec<f32>,
    measured: Vec<bool>,
    tree: Vec<f64>,
    /// Everything before this block is measured.
    next: usize,
}

impl Heights {
    /// Estimated heights.
    pub(super) fn new(heights: Vec<f32>) -> Self {
        let n = heights.len();
        let mut tree = vec![0.0; n + 1];
        for at in 1..=n {
            tree[at] += f64::from(heights[at - 1]);
            let parent = at + (at & at.wrapping_neg());
            if parent <= n {
                tree[parent] += tree[at];
            }
        }
        Self { measured: vec![false; n], heights, tree, next: 0 }
    }

    pub(super) fn len(&self) -> usize {
        self.heights.len()
    }

    /// The height of the first `blocks` blocks together.
    pub(super) fn above(&self, blocks: usize) -> f64 {
        let (mut at, mut sum) = (blocks, 0.0);
        while at > 0 {
            sum += self.tree[at];
            at &= at - 1;
        }
        sum
    }

    /// The block at height `y`; the last for what is below.
    pub(super) fn at(&self, y: f64) -> usize {
        let n = self.len();
        let (mut at, mut rest) = (0, y);
        let mut step = n.next_power_of_two();
        while step > 0 {
            if at + step <= n && self.tree[at + step] <= rest {
                at += step;
                rest -= self.tree[at];
            }
            step /= 2;
        }
        at.min(n.saturating_sub(1))
    }

    /// Notes the true height of `block`; by how much it differs from what was known.
    pub(super) fn measure(&mut self, block: usize, height: f32) -> f32 {
        let change = height - self.heights[block];
        self.measured[block] = true;
        if change != 0.0 {
            self.heights[block] = height;
            let mut at = block + 1;
            while at < self.tree.len() {
                self.tree[at] += f64::from(change);
                at += at & at.wrapping_neg();
            }
        }
        change
    }

    /// The first block that is only estimated.
    pub(super) fn unmeasured(&mut self) -> Option<usize> {
        while self.next < self.len() && self.measured[self.next] {
            self.next += 1;
        }
        (self.next < self.len()).then_some(self.next)
    }
}

#[cfg(test)]
mod tests {
    use super::Heights;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn sums_and_places_agree(
            start in prop::collection::vec(1u8..50, 1..40),
            changes in prop::collection::vec((0usize..40, 1u8..50), 0..20),
        ) {
            let mut plain: Vec<f32> = start.iter().map(|&h| f32::from(h)).collect();
            let mut heights = Heights::new(plain.clone());
            for (block, height) in changes {
                let block = block % plain.len();
                plain[block] = f32::from(height);
                heights.measure(block, f32::from(height));
            }
            let mut sum = 0.0;
            for (block, &height) in plain.iter().enumerate() {
                prop_assert_eq!(heights.above(block), sum);
                prop_assert_eq!(heights.at(sum), block);
                prop_assert_eq!(heights.at(sum + f64::from(height) - 0.5), block);
                sum += f64::from(height);
            }
            prop_assert_eq!(heights.at(sum + 10.0), plain.len() - 1);
        }
    }
}
