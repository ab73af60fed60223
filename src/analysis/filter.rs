//! Filters that show the responses behind a number: the language of the box at the top of the window.

/// Terms that must all hold, after those the analysis itself was made under.
#[derive(Clone, Debug, Default)]
pub(super) struct Filter(String);

impl Filter {
    /// What `text` says.
    pub(super) fn new(text: &str) -> Self {
        Self(text.trim().to_owned())
    }

    /// With one more term, which is written as it is.
    pub(super) fn and(&self, term: &str) -> Self {
        Self(if self.0.is_empty() { term.to_owned() } else { format!("{} {term}", self.0) })
    }

    /// And of this model.
    pub(super) fn model(&self, name: &str) -> Self {
        self.and(&format!("model:{}", word(name)))
    }

    /// And the one response with this id.
    pub(super) fn id(&self, id: &str) -> Self {
        self.and(&format!("id:{}", word(id)))
    }

    /// As it is typed.
    pub(super) fn text(&self) -> String {
        self.0.clone()
    }
}

/// A word as it must stand after a colon: always quoted unless it is plain, so that no name is taken for an operator.
fn word(name: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    if !name.is_empty() && !name.starts_with('-') && name.chars().all(is_plain) {
        name.to_owned()
    } else {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
