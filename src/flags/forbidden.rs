//! The text has something the rubric forbids.

use super::{Basis, Flag, Info, Kind, flag::quoted};
use crate::text::Span;

pub(super) const INFO: Info = Info {
    id: "unsafe",
    name: "Forbidden",
    summary: "The text has a phrase that the rubric forbids.",
    details: "Any criterion whose check is `Forbidden` and is not met. What is unsafe, or against a policy, is for the \
              rubric to say: write the phrases and patterns into a `Forbidden` check, and every response with one of them \
              is flagged, whatever weight the criterion has.",
    basis: Basis::Scores,
};

/// A criterion that forbids something which occurs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// The criterion's name.
    pub criterion: String,
    /// Where it occurs.
    pub spans: Vec<Span>,
}

/// The flag of a text with these violations.
pub(super) fn flag(text: &str, violations: &[Violation]) -> Option<Flag> {
    let first = violations.first()?;
    let names: Vec<String> = violations.iter().map(|violation| quoted(&violation.criterion, 40)).collect();
    let phrase = first.spans.first().map_or_else(String::new, |span| format!(": {}", quoted(span.of(text), 40)));
    let mut spans: Vec<Span> = violations.iter().flat_map(|violation| violation.spans.iter().copied()).collect();
    spans.sort_unstable();
    spans.dedup();
    let why = format!("The rubric forbids it under {}{phrase}.", names.join(" and "));
    Some(Flag { spans, ..Flag::new(Kind::Unsafe, why) })
}
