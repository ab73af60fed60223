//! Selecting text by keys, to label it: word by word, or by sentences.

use crate::text::Span;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Where a key leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Picks the word after, or before.
    Word { back: bool },
    /// Picks the sentence after, or before.
    Sentence { back: bool },
    /// Takes one more word in, or lets the last one go.
    GrowWord { back: bool },
    /// Takes one more sentence in, or lets the last one go.
    GrowSentence { back: bool },
}

/// What is selected in `text` after `step`, from `at`; where nothing is selected, from byte `top`.
/// `None` where there is no word.
pub(super) fn pick(text: &str, at: Option<Span>, top: usize, step: Step) -> Option<Span> {
    let units = match step {
        Step::Word { .. } | Step::GrowWord { .. } => words(text),
        Step::Sentence { .. } | Step::GrowSentence { .. } => sentences(text),
    };
    let Some(at) = at.map(Span::range) else {
        return units.iter().find(|unit| unit.end > top).or(units.last()).cloned().map(Span::new);
    };
    let after = |byte: usize| units.iter().find(|unit| unit.end > byte);
    let before = |byte: usize| units.iter().rev().find(|unit| unit.start < byte);
    let picked = match step {
        Step::Word { back: false } => after(at.end).cloned(),
        Step::Word { back: true } => before(at.start).cloned(),
        // From within a sentence, the whole of it comes first.
        Step::Sentence { back: false } => {
            let here = after(at.start).filter(|unit| unit.start <= at.start && **unit != at);
            here.or(after(at.end)).cloned()
        }
        Step::Sentence { back: true } => before(at.start).cloned(),
        Step::GrowWord { back: false } | Step::GrowSentence { back: false } => {
            after(at.end).map(|unit| at.start..unit.end)
        }
        Step::GrowWord { back: true } | Step::GrowSentence { back: true } => {
            let end = units.iter().rev().map(|unit| unit.end).find(|end| *end < at.end);
            end.filter(|end| *end > at.start).map(|end| at.start..end)
        }
    };
    Some(Span::new(picked.unwrap_or(at)))
}

fn words(text: &str) -> Vec<Range<usize>> {
    text.unicode_word_indices().map(|(at, word)| at..at + word.len()).collect()
}

/// Sentences without the space around them. A line ends one.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (at, sentence) in text.split_sentence_bound_indices() {
        let mut from = at;
        for line in sentence.split_inclusive('\n') {
            let start = from + (line.len() - line.trim_start().len());
            let end = from + line.trim_end().len();
            if start < end {
                found.push(start..end);
            }
            from += line.len();
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{Step, pick};
    use crate::text::Span;

    const TEXT: &str = "Größe zählt, oder?\n\n- Ein Punkt. Noch einer.";

    /// The selection goes through `steps`, and what it holds after each is `expected`.
    #[track_caller]
    fn check(steps: &[(Step, &str)]) {
        let mut at: Option<Span> = None;
        for (number, &(step, expected)) in steps.iter().enumerate() {
            at = pick(TEXT, at, 0, step);
            assert_eq!(at.map(|span| span.of(TEXT)), Some(expected), "step {number}: {step:?}");
        }
    }

    #[test]
    fn words_are_picked_and_taken_in_one_by_one() {
        let (next, back) = (Step::Word { back: false }, Step::Word { back: true });
        let (more, less) = (Step::GrowWord { back: false }, Step::GrowWord { back: true });
        check(&[
            (next, "Größe"),
            (back, "Größe"),
            (more, "Größe zählt"),
            (more, "Größe zählt, oder"),
            (less, "Größe zählt"),
            (less, "Größe"),
            (less, "Größe"),
            (next, "zählt"),
            (next, "oder"),
            (next, "Ein"),
            (back, "oder"),
        ]);
    }

    #[test]
    fn a_sentence_is_picked_whole_first_and_lines_end_one() {
        let (next, back) = (Step::Sentence { back: false }, Step::Sentence { back: true });
        let (more, less) = (Step::GrowSentence { back: false }, Step::GrowSentence { back: true });
        check(&[
            (Step::Word { back: false }, "Größe"),
            (next, "Größe zählt, oder?"),
            (next, "- Ein Punkt."),
            (more, "- Ein Punkt. Noch einer."),
            (more, "- Ein Punkt. Noch einer."),
            (less, "- Ein Punkt."),
            (next, "Noch einer."),
            (next, "Noch einer."),
            (back, "- Ein Punkt."),
        ]);
    }

    #[test]
    fn a_text_without_words_selects_nothing_and_one_begins_where_it_is_read() {
        let next = Step::Word { back: false };
        assert_eq!(pick(" … ", None, 0, next), None);
        assert_eq!(pick("", None, 0, Step::GrowSentence { back: false }), None);
        assert_eq!(pick("one two three", None, 4, next).map(|span| span.of("one two three")), Some("two"));
        assert_eq!(pick("one two", None, 99, next).map(|span| span.of("one two")), Some("two"));
    }
}
