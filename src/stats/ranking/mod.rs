//! Who is better, from choices between two.

mod bradley_terry;
mod connected;
mod elo;
mod laplacian;
mod position;
mod win_rate;

pub use bradley_terry::{BradleyTerry, Unranked, bradley_terry};
pub use elo::{Elo, elo};
pub use position::{PositionBias, SwappedOrders};
pub use win_rate::{WinRate, win_rates};

/// How a comparison of two came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The first one shown, or named first, is better.
    First,
    /// The second one is better.
    Second,
    /// Neither.
    Tie,
}

impl Outcome {
    /// What the first one gets of it: 1, ½ for a tie, or 0.
    pub fn for_first(self) -> f64 {
        match self {
            Self::First => 1.0,
            Self::Tie => 0.5,
            Self::Second => 0.0,
        }
    }
}

/// One comparison of two items, which are numbers from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The item named first.
    pub first: u32,
    /// The other one. An item that is compared with itself tells nothing, and is passed over.
    pub second: u32,
    /// Which was better.
    pub outcome: Outcome,
}

#[cfg(test)]
mod tests {
    use super::{Comparison, Outcome};

    /// Comparisons written as lines of `first second result`, where the result is `<`, `>` or `=`, said of them: `0>1`.
    pub(super) fn comparisons(text: &str) -> Vec<Comparison> {
        text.split_whitespace()
            .map(|word| {
                let (at, outcome) = [('>', Outcome::First), ('<', Outcome::Second), ('=', Outcome::Tie)]
                    .into_iter()
                    .find_map(|(sign, outcome)| word.find(sign).map(|at| (at, outcome)))
                    .unwrap();
                Comparison { first: word[..at].parse().unwrap(), second: word[at + 1..].parse().unwrap(), outcome }
            })
            .collect()
    }
}
