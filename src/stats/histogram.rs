//! Counts in equal bins over 0..=1.

/// How many values fall into each of `N` equal bins over 0..=1; the last bin includes 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Histogram<const N: usize> {
    /// Counts, lowest bin first. Values outside 0..=1 are counted in the bin at their end.
    pub counts: [u32; N],
}

impl<const N: usize> Default for Histogram<N> {
    fn default() -> Self {
        Self { counts: [0; N] }
    }
}

impl<const N: usize> Histogram<N> {
    /// Counts `value`.
    pub fn add(&mut self, value: f64) {
        self.counts[Self::bin(value)] += 1;
    }

    /// The bin `value` falls into.
    pub fn bin(value: f64) -> usize {
        // A cast saturates: below 0 is 0. The nudge keeps k/N, which may lie an ulp low, in bin k.
        ((value * N as f64 + 1e-9) as usize).min(N - 1)
    }

    /// The range of values of bin `index`.
    pub fn range(index: usize) -> (f64, f64) {
        (index as f64 / N as f64, (index + 1) as f64 / N as f64)
    }

    /// The largest count.
    pub fn tallest(&self) -> u32 {
        self.counts.iter().copied().max().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::Histogram;

    #[test]
    fn edges_fall_into_the_bin_they_begin() {
        let bins: Vec<usize> =
            [-1.0, 0.0, 0.3, 0.7 - 0.4, 0.6, 1.0, 2.0].map(Histogram::<10>::bin).into_iter().collect();
        assert_eq!(bins, [0, 0, 3, 3, 6, 9, 9]);
    }
}
