//! What reviewers can label spans of a response with.

/// A label of a rubric, for spans that people select.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpanLabel {
    /// Unique among the rubric's labels; letters, digits, `-` and `_`.
    pub id: String,
    /// Shown on screen.
    pub name: String,
    /// When to use it; Markdown.
    pub guidance: String,
}
