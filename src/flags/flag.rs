//! One flag, with what made it.

use super::Kind;
use crate::text::Span;
use std::ops::Range;

/// An anomaly of one response, with what made it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flag {
    /// What it is.
    pub kind: Kind,
    /// A sentence or two with the numbers: why it stands here.
    pub why: String,
    /// The places in the response's text it rests on, in order; none where it is about the whole.
    pub spans: Vec<Span>,
    /// Another response it is about: the row of the text it copies.
    pub other: Option<u32>,
}

impl Flag {
    /// A flag about the whole response.
    pub fn new(kind: Kind, why: impl Into<String>) -> Self {
        Self { kind, why: why.into(), spans: Vec::new(), other: None }
    }

    /// The same flag, resting on one more place in the text.
    pub fn at(mut self, place: Range<usize>) -> Self {
        self.spans.push(Span::new(place));
        self
    }

    /// The same flag, resting on all these places in the text.
    pub fn at_all(self, places: impl IntoIterator<Item = Range<usize>>) -> Self {
        places.into_iter().fold(self, Self::at)
    }

    /// The same flag, about response `row` too.
    pub fn about(mut self, row: u32) -> Self {
        self.other = Some(row);
        self
    }
}

/// `text` in typographic quotes and on one line, cut after so many characters: for a sentence.
pub(super) fn quoted(text: &str, most: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.chars().count() > most {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().take(most + 1));
    }
    if line.chars().count() > most {
        line = line.chars().take(most).chain(['…']).collect();
    }
    format!("“{line}”")
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn a_quote_is_one_line_and_short() {
        assert_eq!(quoted(" as an\n AI ", 20), "“as an AI”");
        assert_eq!(quoted("東京タワー", 3), "“東京タ…”");
        assert_eq!(quoted(&"a".repeat(100_000), 5), "“aaaaa…”");
    }
}
