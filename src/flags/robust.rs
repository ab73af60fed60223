//! How far a number is from the others of its group, whatever a few wild ones are.

/// The middle of a group, and its spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Center {
    /// The median.
    pub(super) median: f64,
    /// The standard deviation as the median absolute deviation estimates it, at least the floor it was made with.
    pub(super) spread: f64,
    /// How many there are.
    pub(super) count: usize,
}

/// What the median absolute deviation of a normal distribution is multiplied with to be its standard deviation.
const TO_DEVIATION: f64 = 1.4826;

impl Center {
    /// Of `values`, which are reordered; none are NaN. `None` for none. Linear.
    pub(super) fn of(values: &mut [f64], floor: f64) -> Option<Self> {
        let median = median(values)?;
        for value in &mut *values {
            *value = (*value - median).abs();
        }
        let spread = (median_of_known(values) * TO_DEVIATION).max(floor);
        Some(Self { median, spread, count: values.len() })
    }
}

fn median(values: &mut [f64]) -> Option<f64> {
    (!values.is_empty()).then(|| median_of_known(values))
}

fn median_of_known(values: &mut [f64]) -> f64 {
    let half = values.len() / 2;
    let (below, &mut upper, _) = values.select_nth_unstable_by(half, f64::total_cmp);
    if below.len() < half || values.len() % 2 == 1 {
        return upper;
    }
    let lower = values[..half].iter().copied().fold(f64::NEG_INFINITY, f64::max);
    f64::midpoint(lower, upper)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wild_value_moves_neither_median_nor_spread() {
        let center = Center::of(&mut [1.0, 2.0, 3.0, 4.0, 1000.0], 0.0).unwrap();
        assert_eq!(center, Center { median: 3.0, spread: 1.4826, count: 5 });
        assert_eq!(Center::of(&mut [4.0, 1.0, 2.0, 3.0], 0.0).unwrap().median, 2.5);
        assert_eq!(Center::of(&mut [5.0; 7], 0.5).unwrap(), Center { median: 5.0, spread: 0.5, count: 7 });
        assert_eq!(Center::of(&mut [], 0.5), None);
    }
}
