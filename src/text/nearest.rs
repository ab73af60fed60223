//! What somebody meant who mistyped a name.

/// The candidate most like `word`, if one is near enough to have been meant: few letters away, or one is part
/// of the other. Letter case does not matter; of equals the first in alphabetical order.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    let length = word.chars().count();
    // Comparing costs the product of the lengths; nobody mistypes a name into a page of text.
    let candidates = candidates.into_iter().filter(|candidate| word.len() <= 2 * candidate.len() + 4);
    let mut slips: Option<(usize, &str)> = None;
    let mut part: Option<(usize, &str)> = None;
    for candidate in candidates {
        let lower = candidate.to_lowercase();
        let candidate_length = lower.chars().count();
        let distance = strsim::damerau_levenshtein(&word, &lower);
        let shorter = length.min(candidate_length);
        let best = if distance <= candidate_length.max(3) / 3 && distance < candidate_length {
            &mut slips
        } else if shorter >= 3 && (lower.contains(&word) || word.contains(&lower)) {
            &mut part
        } else {
            continue;
        };
        *best = Some(best.map_or((distance, candidate), |best| best.min((distance, candidate))));
    }
    slips.or(part).map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[track_caller]
    fn check(word: &str, candidates: &[&str], expected: Option<&str>) {
        assert_eq!(nearest(word, candidates.iter().copied()), expected, "{word}");
    }

    #[test]
    fn finds_what_was_meant() {
        check("wieght", &["id", "weight", "criteria"], Some("weight"));
        check("PHRASE", &["Phrases", "Pattern"], Some("Phrases"));
        check("least", &["at_most", "at_least"], Some("at_least"));
        check("answer_text", &["id", "answer"], Some("answer"));
        check("None", &["Any", "NoneOf"], Some("NoneOf"));
        check("cat", &["bat", "car"], Some("bat"));
    }

    #[test]
    fn guesses_nothing_far_fetched() {
        check("most", &["unit", "min", "max", "soft"], None);
        check("xyz", &["id", "text"], None);
        check("", &["a", "id"], None);
        check(&"id".repeat(1000), &["id"], None);
    }
}
