//! Ids of dimensions and criteria: made from names, unique in a rubric.

use unicode_segmentation::UnicodeSegmentation as _;

/// Whether `id` may name a dimension or criterion: non-empty, letters, digits, `-`, `_` and `.`.
pub fn is_valid_id(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// An id made of `name`: lower case words joined by `-`; `item` where it has no word.
pub fn slug(name: &str) -> String {
    let words: Vec<String> = name.unicode_words().map(str::to_lowercase).collect();
    let id: String = words.join("-").chars().filter(|c| c.is_alphanumeric() || *c == '-').collect();
    if is_valid_id(&id) { id } else { "item".to_owned() }
}

/// `wanted`, or `wanted-2`, `wanted-3` … until it is not in `taken`.
pub fn unique_id(wanted: &str, taken: &[String]) -> String {
    let free = |id: &String| !taken.contains(id);
    std::iter::once(wanted.to_owned())
        .chain((2..).map(|n| format!("{wanted}-{n}")))
        .find(free)
        .expect("there are more numbers than ids")
}

#[cfg(test)]
mod tests {
    use super::{slug, unique_id};

    #[test]
    fn names_become_ids() {
        assert_eq!(slug("Answer line (strict)"), "answer-line-strict");
        assert_eq!(slug("  "), "item");
        assert_eq!(unique_id("a", &["a".into(), "a-2".into()]), "a-3");
    }
}
