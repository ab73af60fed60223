//! Pinned examples: a rubric's own unit tests.

/// A pinned response with what it must score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Example {
    /// What it shows, unique in the rubric.
    pub name: String,
    /// The prompt it answers.
    pub prompt: String,
    /// The prompt's reference answer.
    pub reference: Option<String>,
    /// The response.
    pub text: String,
    /// What the score must be.
    pub score: Option<Expected>,
    /// Whether it must pass.
    pub passed: Option<bool>,
    /// What dimensions and criteria must be, by id: for a criterion its value after `when_met` and
    /// `when_unmet`.
    pub values: Vec<(String, Expected)>,
}

/// How far a value may be off a stated one and still count as it: rounding in sums of weights must not decide
/// whether 0.7 reaches 0.7.
pub const TOLERANCE: f64 = 1e-9;

/// What a value must be, give or take [`TOLERANCE`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Expected {
    /// This.
    Exactly(f64),
    /// This or more.
    AtLeast(f64),
    /// This or less.
    AtMost(f64),
    /// Between these, both included.
    Between(f64, f64),
    /// Not scored: not applicable, awaiting a human, or invalid.
    Unscored,
}

impl Expected {
    /// Whether `value` (`None` where it is not scored) is as expected.
    pub fn holds(self, value: Option<f64>) -> bool {
        match (self, value) {
            (Self::Unscored, value) => value.is_none(),
            (_, None) => false,
            (Self::Exactly(wanted), Some(v)) => (v - wanted).abs() <= TOLERANCE,
            (Self::AtLeast(least), Some(v)) => v >= least - TOLERANCE,
            (Self::AtMost(most), Some(v)) => v <= most + TOLERANCE,
            (Self::Between(least, most), Some(v)) => v >= least - TOLERANCE && v <= most + TOLERANCE,
        }
    }
}
