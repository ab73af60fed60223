//! What is compared at once: lines, pieces of lines, words.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// A piece ends, by the hash of its last word, after about this many words.
const PIECE: u64 = 8;

/// How finely texts are cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Level {
    /// Lines; one without a letter or digit stays with the one before, or every blank line would match every other.
    Lines,
    /// Some words of a line. Where they end follows from the words alone, so that a change moves no end but its own.
    Pieces,
    /// Words and punctuation marks, without the space between.
    Words,
}

impl Level {
    /// The next finer one.
    pub(super) fn next(self) -> Option<Self> {
        match self {
            Self::Lines => Some(Self::Pieces),
            Self::Pieces => Some(Self::Words),
            Self::Words => None,
        }
    }

    /// The tokens of `region` of `text`, in order. Lines and pieces tile the region.
    pub(super) fn tokens(self, text: &str, region: Range<usize>) -> Vec<Range<usize>> {
        match self {
            Self::Lines => lines(text, region),
            Self::Pieces => pieces(text, region),
            Self::Words => words(text, region).collect(),
        }
    }
}

fn words(text: &str, region: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let words = text[region.clone()].split_word_bound_indices();
    words
        .filter(|(_, word)| !word.chars().all(char::is_whitespace))
        .map(move |(at, word)| region.start + at..region.start + at + word.len())
}

fn lines(text: &str, region: Range<usize>) -> Vec<Range<usize>> {
    let mut tokens: Vec<Range<usize>> = Vec::new();
    let mut at = region.start;
    for line in text[region].split_inclusive('\n') {
        let end = at + line.len();
        match tokens.last_mut() {
            Some(last) if !line.chars().any(char::is_alphanumeric) => last.end = end,
            _ => tokens.push(at..end),
        }
        at = end;
    }
    tokens
}

fn pieces(text: &str, region: Range<usize>) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut from = region.start;
    for word in words(text, region.clone()) {
        let mut hasher = DefaultHasher::new();
        text[word.clone()].hash(&mut hasher);
        if hasher.finish().is_multiple_of(PIECE) {
            tokens.push(from..word.end);
            from = word.end;
        }
    }
    if from < region.end {
        tokens.push(from..region.end);
    }
    tokens
}

/// Numbers for the tokens of both texts: the same number for the same letters.
pub(super) fn intern(texts: [&str; 2], tokens: &[Vec<Range<usize>>; 2]) -> [Vec<u32>; 2] {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    [0, 1].map(|side| {
        let number = |token: &Range<usize>| {
            let next = numbers.len() as u32;
            *numbers.entry(&texts[side][token.clone()]).or_insert(next)
        };
        tokens[side].iter().map(number).collect()
    })
}
