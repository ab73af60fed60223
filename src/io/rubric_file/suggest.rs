//! What somebody meant who mistyped a name.

use std::fmt::Display;

/// The candidate most like `word`, if one is near enough to have been meant.
pub(super) fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let distance = |candidate: &str| strsim::damerau_levenshtein(&word, &candidate.to_lowercase());
    // Comparing costs the product of the lengths; nobody mistypes a name into a page of text.
    let candidates = candidates.into_iter().filter(|candidate| word.len() <= 2 * candidate.len() + 4);
    candidates
        .map(|candidate| (distance(candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// A hint that names what was meant, or else everything there is: `Valid fields: a, b, c.`
pub(super) fn hint(word: &str, candidates: &[&str], all: impl Display) -> String {
    match nearest(word, candidates.iter().copied()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => format!("{all}: {}.", candidates.join(", ")),
    }
}
