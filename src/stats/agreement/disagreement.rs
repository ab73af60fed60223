//! How far two ratings are apart, and sums of it over many without going through the pairs.

/// How much it counts that two ratings differ. Values of a scale count as what they are: 1, 2 and 4 are not evenly
/// spaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disagreement {
    /// The same or not: categories without an order.
    Plain,
    /// The distance of the two values.
    Linear,
    /// The square of the distance.
    Quadratic,
}

impl Disagreement {
    /// Between two values; 0 for equal ones.
    pub(super) fn of(self, a: f64, b: f64) -> f64 {
        match self {
            Self::Plain => f64::from(u8::from(a != b)),
            Self::Linear => (a - b).abs(),
            Self::Quadratic => (a - b) * (a - b),
        }
    }

    /// The sum over all ordered pairs of the values of a distribution, in `n` steps: `counts[i]` are at `scale[i]`,
    /// which ascends. A value with itself adds nothing.
    pub(super) fn within(self, scale: &[f64], counts: &[f64]) -> f64 {
        self.between(scale, counts, counts)
    }

    /// The sum over all pairs of one value of the distribution `a` and one of `b`, in `n` steps. `scale` ascends.
    pub(super) fn between(self, scale: &[f64], a: &[f64], b: &[f64]) -> f64 {
        let (total_a, total_b) = (a.iter().sum::<f64>(), b.iter().sum::<f64>());
        match self {
            Self::Plain => total_a * total_b - a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>(),
            Self::Linear => {
                // Every pair that lies on both sides of a gap crosses it.
                let (mut sum, mut below_a, mut below_b) = (0.0, 0.0, 0.0);
                for (gap, (a, b)) in scale.windows(2).map(|ends| ends[1] - ends[0]).zip(a.iter().zip(b)) {
                    below_a += a;
                    below_b += b;
                    sum += gap * (below_a * (total_b - below_b) + below_b * (total_a - below_a));
                }
                sum
            }
            Self::Quadratic => {
                // Around a middle, so that squares of large values do not cancel.
                let middle = scale.first().zip(scale.last()).map_or(0.0, |(low, high)| low + (high - low) / 2.0);
                let moments = |counts: &[f64]| {
                    scale.iter().zip(counts).fold((0.0, 0.0), |(first, second), (value, count)| {
                        let distance = value - middle;
                        (first + count * distance, second + count * distance * distance)
                    })
                };
                let ((first_a, second_a), (first_b, second_b)) = (moments(a), moments(b));
                second_a * total_b + second_b * total_a - 2.0 * first_a * first_b
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Disagreement;
    use crate::stats::check_close;

    #[test]
    fn sums_are_those_over_all_pairs() {
        let (scale, a, b) = ([-1.0, 0.5, 2.0, 7.0], [3.0, 0.0, 2.0, 1.0], [1.0, 4.0, 0.0, 2.0]);
        for disagreement in [Disagreement::Plain, Disagreement::Linear, Disagreement::Quadratic] {
            let mut sum = 0.0;
            for (i, &at) in scale.iter().enumerate() {
                for (j, &other) in scale.iter().enumerate() {
                    sum += a[i] * b[j] * disagreement.of(at, other);
                }
            }
            check_close(disagreement.between(&scale, &a, &b), sum, 1e-9);
        }
    }
}
