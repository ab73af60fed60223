//! Elo ratings.

use super::Comparison;

/// The constants of an Elo rating.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Elo {
    /// What every item begins with.
    pub start: f64,
    /// The most a comparison can move a rating by.
    pub k: f64,
    /// The difference at which the better one is expected to win ten times as often as to lose; above 0.
    pub scale: f64,
}

impl Default for Elo {
    fn default() -> Self {
        Self { start: 1000.0, k: 4.0, scale: 400.0 }
    }
}

/// The ratings of `items` after `comparisons`, in the order given (Elo, The Rating of Chessplayers, 1978; with the
/// logistic curve). A tie is half a win.
///
/// The order matters, which for judgements of fixed responses it should not: prefer
/// [`bradley_terry`](super::bradley_terry()), which uses the same curve without an order. Comparisons of items that are
/// not below `items` are passed over.
pub fn elo(items: usize, comparisons: &[Comparison], constants: Elo) -> Vec<f64> {
    let mut ratings = vec![constants.start; items];
    for comparison in comparisons {
        let (first, second) = (comparison.first as usize, comparison.second as usize);
        if first == second || first >= items || second >= items {
            continue;
        }
        let expected = 1.0 / (1.0 + 10_f64.powf((ratings[second] - ratings[first]) / constants.scale));
        let moved = constants.k * (comparison.outcome.for_first() - expected);
        ratings[first] += moved;
        ratings[second] -= moved;
    }
    ratings
}

#[cfg(test)]
mod tests {
    use super::{Elo, elo};
    use crate::stats::check_close;
    use crate::stats::ranking::tests::comparisons;

    #[test]
    fn an_upset_moves_more_than_what_was_expected() {
        // 32 / 2; then 32 · (1 − 1 / (1 + 10 ** (32 / 400)))
        let constants = Elo { start: 1500.0, k: 32.0, scale: 400.0 };
        assert_eq!(elo(2, &comparisons("0>1"), constants), [1516.0, 1484.0]);
        let ratings = elo(2, &comparisons("0>1 1>0"), constants);
        check_close(ratings[1], 1_501.469_501_528_975_6, 1e-9);
        assert_eq!(elo(3, &comparisons("0=1 2>2 2>7"), constants), [1500.0; 3]);
    }
}
