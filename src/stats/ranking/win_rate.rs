//! How often one is better.

use super::{Comparison, Outcome};
use crate::stats::estimate::{Interval, Undefined, at_least};
use crate::stats::proportion::wilson_of_share;

/// Wins, ties and losses of one side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WinRate {
    /// How often this side was better.
    pub wins: u64,
    /// How often neither was.
    pub ties: u64,
    /// How often the other side was.
    pub losses: u64,
}

impl WinRate {
    /// Counts the first side's outcomes.
    pub fn of_first(outcomes: impl IntoIterator<Item = Outcome>) -> Self {
        let mut rate = Self::default();
        outcomes.into_iter().for_each(|outcome| rate.count(outcome.for_first()));
        rate
    }

    fn count(&mut self, points: f64) {
        if points > 0.5 {
            self.wins += 1;
        } else if points < 0.5 {
            self.losses += 1;
        } else {
            self.ties += 1;
        }
    }

    /// How many comparisons there are.
    pub fn n(&self) -> u64 {
        self.wins + self.ties + self.losses
    }

    /// The share of wins, where a tie is half of one; within 0..=1.
    ///
    /// # Errors
    /// `TooFew` for no comparison.
    pub fn rate(&self) -> Result<f64, Undefined> {
        at_least(1, "comparisons", self.n() as usize)?;
        Ok((self.wins as f64 + self.ties as f64 / 2.0) / self.n() as f64)
    }

    /// Wilson's 95 % interval for the rate, as if a tie were half a win and half a loss. Ties vary less than that, so
    /// it is rather too wide than too narrow, and it stays within 0..=1.
    ///
    /// # Errors
    /// `TooFew` for no comparison.
    pub fn interval(&self) -> Result<Interval, Undefined> {
        Ok(wilson_of_share(self.rate()?, self.n() as f64))
    }

    /// The standard error of the rate: the deviation (over n − 1) of 1, ½ and 0, over √n.
    ///
    /// # Errors
    /// `TooFew` for less than 2 comparisons.
    pub fn standard_error(&self) -> Result<f64, Undefined> {
        at_least(2, "comparisons", self.n() as usize)?;
        let (n, rate) = (self.n() as f64, self.rate()?);
        let of = |count: u64, points: f64| count as f64 * (points - rate).powi(2);
        let squares = of(self.wins, 1.0) + of(self.ties, 0.5) + of(self.losses, 0.0);
        Ok((squares / (n - 1.0) / n).sqrt())
    }

    /// Whether the interval leaves out an even rate: `Some(true)` if this side is ahead, `Some(false)` if the other is.
    pub fn ahead(&self) -> Option<bool> {
        let interval = self.interval().ok()?;
        (!interval.contains(0.5)).then_some(interval.low > 0.5)
    }
}

/// The wins, ties and losses of each of `items`, over all of its comparisons. Who was compared with whom matters: for
/// unequal schedules [`bradley_terry`](super::bradley_terry()) is the fair one. Comparisons of items that are not below
/// `items` are passed over.
pub fn win_rates(items: usize, comparisons: &[Comparison]) -> Vec<WinRate> {
    let mut rates = vec![WinRate::default(); items];
    for comparison in comparisons {
        let (first, second) = (comparison.first as usize, comparison.second as usize);
        if first != second && first < items && second < items {
            rates[first].count(comparison.outcome.for_first());
            rates[second].count(1.0 - comparison.outcome.for_first());
        }
    }
    rates
}

#[cfg(test)]
mod tests {
    use super::{WinRate, win_rates};
    use crate::stats::check_close;
    use crate::stats::ranking::tests::comparisons;

    #[test]
    fn a_tie_is_half_a_win() {
        let rate = WinRate { wins: 6, ties: 2, losses: 2 };
        assert_eq!((rate.n(), rate.rate()), (10, Ok(0.7)));
        // scipy.stats.sem([1] * 6 + [.5] * 2 + [0] * 2)
        check_close(rate.standard_error().unwrap(), 0.133_333_333_333_333_33, 1e-12);
        // statsmodels.stats.proportion.proportion_confint(7, 10, method='wilson')
        let interval = rate.interval().unwrap();
        check_close(interval.low, 0.396_778_147_461_145_4, 1e-12);
        check_close(interval.high, 0.892_208_732_593_698_9, 1e-12);
        assert_eq!(rate.ahead(), None);
        assert_eq!(WinRate { wins: 60, ties: 20, losses: 20 }.ahead(), Some(true));
        assert_eq!(WinRate { wins: 20, ties: 20, losses: 60 }.ahead(), Some(false));
        assert!(WinRate::default().rate().is_err());
    }

    #[test]
    fn each_item_has_its_own() {
        let rates = win_rates(4, &comparisons("0>1 0=1 1<2 2>2 2>9"));
        let of = |wins, ties, losses| WinRate { wins, ties, losses };
        assert_eq!(rates, [of(1, 1, 0), of(0, 1, 2), of(1, 0, 0), of(0, 0, 0)]);
    }
}
