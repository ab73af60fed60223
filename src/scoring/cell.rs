//! One criterion on one response.

use crate::checks::{CompiledCheck, Input, Reason, Verdict};

/// Whether a cell holds a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// It does.
    Scored,
    /// The check does not concern the response.
    NotApplicable,
    /// It could not be decided.
    Invalid(Reason),
    /// People have yet to judge it.
    AwaitingHuman,
    /// The criterion's check has a mistake.
    Broken,
}

/// One criterion on one response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Whether there is a value.
    pub state: State,
    /// The raw value, 0..=1; 0 where there is none.
    pub raw: f64,
}

impl Cell {
    /// A cell without a value.
    pub fn unscored(state: State) -> Self {
        Self { state, raw: 0.0 }
    }

    /// A cell with the raw value `raw`, 0..=1.
    pub fn scored(raw: f64) -> Self {
        Self { state: State::Scored, raw }
    }

    /// The cell of `check` on `input`; `None` stands for a response without text.
    pub fn of(check: &CompiledCheck, input: Option<&Input<'_>>) -> Self {
        input.map_or(Self::NO_TEXT, |input| check.judge(input).into())
    }

    /// The cell of every check on a response without text.
    pub(super) const NO_TEXT: Self = Self { state: State::Invalid(Reason::NoText), raw: 0.0 };

    /// The raw value, where there is one.
    pub fn value(self) -> Option<f64> {
        (self.state == State::Scored).then_some(self.raw)
    }

    /// Whether both are the same to the bit.
    pub(super) fn is_same(self, other: Self) -> bool {
        self.raw.to_bits() == other.raw.to_bits() && self.state == other.state
    }
}

impl From<Verdict> for Cell {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Value(raw) => Self::scored(raw),
            Verdict::NotApplicable => Self::unscored(State::NotApplicable),
            Verdict::Invalid(reason) => Self::unscored(State::Invalid(reason)),
        }
    }
}
