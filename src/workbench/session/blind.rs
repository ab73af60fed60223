//! What stands in place of the names of models while judging blind.

use crate::text::Span;

/// The name of the response at place `at` from the left: A, B, … Z, AA, AB and so on.
pub fn alias(at: usize) -> String {
    let (mut at, mut letters) = (at, Vec::new());
    loop {
        letters.push(b'A' + (at % 26) as u8);
        match (at / 26).checked_sub(1) {
            Some(next) => at = next,
            None => break,
        }
    }
    letters.iter().rev().map(|&letter| char::from(letter)).collect()
}

/// `text` with every span of `spans` replaced by what `cover` makes of it. Spans that overlap are one. `None` where
/// nothing is covered.
pub fn mask_with(text: &str, spans: &[Span], cover: impl Fn(Span) -> String) -> Option<String> {
    let mut spans: Vec<Span> = spans.iter().copied().filter(|span| span.start < span.end).collect();
    if spans.is_empty() {
        return None;
    }
    spans.sort_unstable_by_key(|span| span.start);
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    let (mut masked, mut from) = (String::with_capacity(text.len()), 0);
    for span in merged {
        masked.push_str(&text[from..span.start as usize]);
        masked.push_str(&cover(span));
        from = span.end as usize;
    }
    masked.push_str(&text[from..]);
    Some(masked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aliases_go_on_after_z() {
        let names: Vec<String> = [0, 1, 25, 26, 27, 701, 702].into_iter().map(alias).collect();
        assert_eq!(names, ["A", "B", "Z", "AA", "AB", "ZZ", "AAA"]);
    }

    #[test]
    fn covers_stand_where_names_stood() {
        let text = "I am Gemma—größer than Gemma.";
        let at = |word: &str, from: usize| {
            let start = text[from..].find(word).expect("it is there") + from;
            Span { start: start as u32, end: (start + word.len()) as u32 }
        };
        let spans = [at("Gemma", 10), at("Gemma", 0), at("ma—g", 0)];
        let stars = |span: Span| "*".repeat((span.end - span.start) as usize);
        let masked = mask_with(text, &spans, stars).expect("there is something to cover");
        assert_eq!(masked, "I am *********rößer than *****.");
        assert_eq!(masked.len(), text.len());
        assert_eq!(masked.find("than"), text.find("than"));
        assert_eq!(mask_with(text, &[], stars), None);
    }
}
