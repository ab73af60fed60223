//! Hints on mistyped names.

use crate::text::nearest;
use std::fmt::Display;

/// A hint that names what was meant, or else everything there is: `Valid fields: a, b, c.`
pub(super) fn hint(word: &str, candidates: &[&str], all: impl Display) -> String {
    match nearest(word, candidates.iter().copied()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("{all}: {}.", candidates.join(", ")),
    }
}
