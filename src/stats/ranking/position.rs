//! Whether the place in which something is shown decides.

use super::{Outcome, WinRate};
use crate::stats::discordance::sign_test;
use crate::stats::estimate::{Estimate, Undefined, at_least};
use crate::stats::proportion::wilson_of_share;

/// How often the one shown first is preferred.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PositionBias {
    /// The share of decided comparisons that the first one won, with Wilson's interval: 0.5 is no bias, provided that
    /// the better ones were as often first as second.
    pub first: Estimate,
    /// Two-sided p of the sign test against 0.5.
    pub p: f64,
    /// Comparisons with a winner.
    pub decided: u64,
    /// Comparisons without one.
    pub ties: u64,
}

impl PositionBias {
    /// Of outcomes by the place in which the two were shown.
    ///
    /// # Errors
    /// `TooFew` where nothing was decided.
    pub fn of(outcomes: impl IntoIterator<Item = Outcome>) -> Result<Self, Undefined> {
        let WinRate { wins, ties, losses } = WinRate::of_first(outcomes);
        let decided = wins + losses;
        at_least(1, "decided comparisons", decided as usize)?;
        let value = wins as f64 / decided as f64;
        let interval = wilson_of_share(value, decided as f64);
        Ok(Self { first: Estimate { value, interval }, p: sign_test(wins, losses)?, decided, ties })
    }
}

/// What becomes of verdicts when the two are shown the other way round.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SwappedOrders {
    /// The same response won in both orders, or both were ties.
    pub agree: u64,
    /// The one shown first won in both orders.
    pub first_twice: u64,
    /// The one shown second won in both orders.
    pub second_twice: u64,
    /// A winner in one order, a tie in the other.
    pub once_tied: u64,
}

impl SwappedOrders {
    /// Of pairs of verdicts on the same two responses, in one order and in the other; each by place shown.
    pub fn of(verdicts: impl IntoIterator<Item = (Outcome, Outcome)>) -> Self {
        let mut swapped = Self::default();
        for verdict in verdicts {
            *match verdict {
                (Outcome::First, Outcome::First) => &mut swapped.first_twice,
                (Outcome::Second, Outcome::Second) => &mut swapped.second_twice,
                (Outcome::First, Outcome::Second)
                | (Outcome::Second, Outcome::First)
                | (Outcome::Tie, Outcome::Tie) => &mut swapped.agree,
                (Outcome::Tie, _) | (_, Outcome::Tie) => &mut swapped.once_tied,
            } += 1;
        }
        swapped
    }

    /// How many were judged in both orders.
    pub fn n(&self) -> u64 {
        self.agree + self.first_twice + self.second_twice + self.once_tied
    }

    /// The share whose verdict stays the same, with Wilson's interval.
    ///
    /// # Errors
    /// `TooFew` for none.
    pub fn agreement(&self) -> Result<Estimate, Undefined> {
        at_least(1, "responses judged in both orders", self.n() as usize)?;
        let value = self.agree as f64 / self.n() as f64;
        Ok(Estimate { value, interval: wilson_of_share(value, self.n() as f64) })
    }

    /// Two-sided p for the place to be without influence: the sign test on verdicts that went to the same place twice.
    ///
    /// # Errors
    /// `TooFew` where there are none such.
    pub fn bias_p(&self) -> Result<f64, Undefined> {
        sign_test(self.first_twice, self.second_twice)
    }
}

#[cfg(test)]
mod tests {
    use super::{PositionBias, SwappedOrders};
    use crate::stats::check_close;
    use crate::stats::ranking::Outcome::{First, Second, Tie};

    #[test]
    fn ties_tell_nothing_of_the_place() {
        let bias = PositionBias::of([First, First, First, Tie, Second, First, Tie]).unwrap();
        assert_eq!((bias.decided, bias.ties, bias.first.value), (5, 2, 0.8));
        // 2 * scipy.stats.binom.cdf(1, 5, 0.5)
        check_close(bias.p, 0.375, 1e-12);
        assert!(bias.first.interval.contains(0.5));
        assert!(PositionBias::of([Tie]).is_err());
    }

    #[test]
    fn a_verdict_stays_when_the_winner_changes_place() {
        let verdicts = [(First, Second), (Second, First), (First, First), (Second, Second), (First, First), (Tie, Tie)];
        let swapped = SwappedOrders::of(verdicts.into_iter().chain([(Tie, First), (Second, Tie)]));
        assert_eq!(swapped, SwappedOrders { agree: 3, first_twice: 2, second_twice: 1, once_tied: 2 });
        assert_eq!(swapped.agreement().unwrap().value, 0.375);
        assert_eq!(swapped.bias_p(), Ok(1.0));
        assert!(SwappedOrders::default().agreement().is_err());
    }
}
