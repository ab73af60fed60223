//! What is wrong with a check's parameters, and where.

/// One mistake in a check's parameters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ParamProblem {
    /// Which parameter, as a path: `pattern`, `phrases[2]`, `checks[0].pattern`; empty for the whole check.
    pub param: String,
    /// Byte offset into a text parameter's value, where the mistake has a place in it.
    pub offset: Option<usize>,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do, one sentence.
    pub hint: Option<String>,
}

impl ParamProblem {
    /// A mistake in `param`.
    pub fn new(param: impl Into<String>, message: impl Into<String>) -> Self {
        Self { param: param.into(), offset: None, message: message.into(), hint: None }
    }

    /// The same, at byte `offset` of the parameter's text.
    pub fn at(mut self, offset: usize) -> Self {
        self.offset = Some(offset);
        self
    }

    /// The same, with advice.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same, for a check that stands at `place` inside another.
    pub fn inside(mut self, place: &str) -> Self {
        self.param = if self.param.is_empty() { place.to_owned() } else { format!("{place}.{}", self.param) };
        self
    }
}
