//! The scale of a human rating.

/// The scale of a human rating.
#[derive(Clone, Debug, PartialEq)]
pub enum Scale {
    /// Yes is 1, no is 0.
    YesNo,
    /// Points 1..=n, n ≥ 2, mapped linearly to 0..=1.
    Points(Vec<Point>),
    /// Any number between these, mapped linearly to 0..=1.
    Range {
        /// The worst.
        least: f64,
        /// The best; greater than the least.
        most: f64,
    },
}

/// One point of a scale: what it takes to get it.
pub type Point = String;

impl Scale {
    /// The least and the greatest value a rating can have, in the scale's own units: 0 and 1, 1 and the number of points,
    /// or the ends of the range.
    pub fn bounds(&self) -> [f64; 2] {
        match self {
            Self::YesNo => [0.0, 1.0],
            Self::Points(points) => [1.0, points.len() as f64],
            Self::Range { least, most } => [*least, *most],
        }
    }

    /// How many different ratings there are; `None` for a range, which has no end of them.
    pub fn steps(&self) -> Option<usize> {
        match self {
            Self::YesNo => Some(2),
            Self::Points(points) => Some(points.len()),
            Self::Range { .. } => None,
        }
    }

    /// The raw value, 0..=1, of a rating in the scale's own units. `None` where it is not one: outside the bounds, or
    /// between points.
    pub fn raw(&self, value: f64) -> Option<f64> {
        let [least, most] = self.bounds();
        let is_one = (least..=most).contains(&value) && (self.steps().is_none() || value.fract() == 0.0);
        (is_one && most > least).then(|| (value - least) / (most - least))
    }

    /// What a rating is called: `yes`, `no`, or the number.
    pub fn word(&self, value: f64) -> String {
        match self {
            Self::YesNo if value == 1.0 => "yes".to_owned(),
            Self::YesNo if value == 0.0 => "no".to_owned(),
            _ => value.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Scale;

    #[test]
    fn ratings_become_raw_values() {
        let points = Scale::Points(["bad", "fair", "good"].map(str::to_owned).into());
        let range = Scale::Range { least: 0.0, most: 10.0 };
        let cases = [
            (&Scale::YesNo, 1.0, Some(1.0)),
            (&Scale::YesNo, 0.5, None),
            (&points, 1.0, Some(0.0)),
            (&points, 2.0, Some(0.5)),
            (&points, 0.0, None),
            (&points, 2.5, None),
            (&range, 2.5, Some(0.25)),
            (&range, 10.5, None),
            (&range, f64::NAN, None),
        ];
        for (scale, value, raw) in cases {
            assert_eq!(scale.raw(value), raw, "{value} on {scale:?}");
        }
    }
}
