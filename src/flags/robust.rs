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
    /// From where to where values are common: what lies outside is among the rarest on its side.
    pub(super) common: [f64; 2],
}

/// What the median absolute deviation of a normal distribution is multiplied with to be its standard deviation.
const TO_DEVIATION: f64 = 1.4826;

impl Center {
    /// Of `values`, which are reordered; none are NaN. `None` for none. The share `rare` of them on each side, at
    /// least one, is not common. Linear.
    pub(super) fn of(values: &mut [f64], floor: f64, rare: f64) -> Option<Self> {
        let median = median(values)?;
        let rarest = ((values.len() as f64 * rare) as usize).max(1).min(values.len() / 2);
        let common = [rarest, values.len() - 1 - rarest];
        let common = common.map(|place| *values.select_nth_unstable_by(place, f64::total_cmp).1);
        for value in &mut *values {
            *value = (*value - median).abs();
        }
        let spread = (median_of_known(values) * TO_DEVIATION).max(floor);
        Some(Self { median, spread, count: values.len(), common })
    }

    /// Whether few values of the group are so far on their side.
    pub(super) fn is_rare(&self, value: f64) -> bool {
        value < self.common[0] || value > self.common[1]
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
        let center = Center::of(&mut [1.0, 2.0, 3.0, 4.0, 1000.0], 0.0, 0.1).unwrap();
        assert_eq!((center.median, center.spread, center.count), (3.0, 1.4826, 5));
        assert_eq!(Center::of(&mut [4.0, 1.0, 2.0, 3.0], 0.0, 0.1).unwrap().median, 2.5);
        let alike = Center::of(&mut [5.0; 7], 0.5, 0.1).unwrap();
        assert_eq!((alike.median, alike.spread, alike.count), (5.0, 0.5, 7));
        assert_eq!(Center::of(&mut [], 0.5, 0.1), None);
    }

    #[test]
    fn what_many_values_share_is_not_rare() {
        let rare = |values: &[f64], value: f64| Center::of(&mut values.to_vec(), 0.0, 0.1).unwrap().is_rare(value);
        assert!(rare(&[1.0, 2.0, 3.0, 4.0, 1000.0], 1000.0));
        assert!(!rare(&[1.0, 2.0, 3.0, 4.0, 1000.0], 4.0));
        assert!(!rare(&[0.0, 0.0, 3.0, 3.0, 3.0], 0.0), "two of five");
        let mut twenty = vec![0.25; 17];
        twenty.extend([0.9, 0.9]);
        twenty.push(0.25);
        assert!(rare(&twenty, 0.9), "two of twenty");
        twenty.extend([0.9; 2]);
        assert!(!rare(&twenty, 0.9), "four of 22");
        assert!(rare(&[7.0], 8.0) && !rare(&[7.0], 7.0));
    }
}
