//! Prefix sums that can be changed: which block is at height y, and how high is everything before it.

/// A Fenwick tree over heights. `f64`, because a 10 MB text is millions of points high and scrolling
/// moves by fractions of one.
#[derive(Debug, Default)]
pub(super) struct Fenwick {
    tree: Vec<f64>,
}

impl Fenwick {
    /// The tree over `values`, in linear time.
    pub(super) fn new(values: &[f32]) -> Self {
        let mut tree = vec![0.0; values.len() + 1];
        for (index, &value) in values.iter().enumerate() {
            let node = index + 1;
            tree[node] += f64::from(value);
            let parent = node + (node & node.wrapping_neg());
            if parent < tree.len() {
                tree[parent] += tree[node];
            }
        }
        Self { tree }
    }

    /// Adds `delta` to the value at `index`.
    pub(super) fn add(&mut self, index: usize, delta: f64) {
        let mut node = index + 1;
        while node < self.tree.len() {
            self.tree[node] += delta;
            node += node & node.wrapping_neg();
        }
    }

    /// The sum of the first `count` values.
    pub(super) fn prefix(&self, count: usize) -> f64 {
        let mut node = count.min(self.tree.len().saturating_sub(1));
        let mut sum = 0.0;
        while node > 0 {
            sum += self.tree[node];
            node &= node - 1;
        }
        sum
    }

    /// The sum of all values.
    pub(super) fn total(&self) -> f64 {
        self.prefix(self.tree.len().saturating_sub(1))
    }

    /// The index of the value within which the running sum passes `sum`; past the end, the last index.
    pub(super) fn find(&self, sum: f64) -> usize {
        let count = self.tree.len().saturating_sub(1);
        let (mut index, mut rest) = (0, sum);
        let mut step = count.next_power_of_two();
        while step > 0 {
            if index + step <= count && self.tree[index + step] <= rest {
                index += step;
                rest -= self.tree[index];
            }
            step >>= 1;
        }
        index.min(count.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::Fenwick;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_plain_sums(
            mut values in prop::collection::vec(1u8..50, 1..40),
            changes in prop::collection::vec((0usize..40, 1u8..50), 0..10),
            probe in 0.0f64..2500.0,
        ) {
            let mut tree = Fenwick::new(&values.iter().map(|&v| f32::from(v)).collect::<Vec<_>>());
            for (index, value) in changes {
                let index = index % values.len();
                tree.add(index, f64::from(value) - f64::from(values[index]));
                values[index] = value;
            }
            let sums: Vec<f64> = (0..=values.len()).map(|n| values[..n].iter().map(|&v| f64::from(v)).sum()).collect();
            for (count, &sum) in sums.iter().enumerate() {
                prop_assert_eq!(tree.prefix(count), sum);
            }
            let expected = (sums.partition_point(|&sum| sum <= probe) - 1).min(values.len() - 1);
            prop_assert_eq!(tree.find(probe), expected);
        }
    }
}
