//! Is the text neither too short nor too long?

use super::params::{Bounds, Choice, Choices, Param, ParamVisitor, Parameters};
use super::{CheckKind, Doc, Evidence, Input, ParamProblem, Run, Verdict};
use crate::text::Span;
use unicode_segmentation::UnicodeSegmentation;

/// Parameters of the `Length` check. At least one of the limits is given.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Length {
    /// What is counted.
    pub unit: Unit,
    /// The shortest allowed, inclusive.
    pub min: Option<u32>,
    /// The longest allowed, inclusive.
    pub max: Option<u32>,
    /// The share of a limit by which the text may miss it before the value is 0; 0 to 10.
    pub soft: f64,
}

/// What is counted, by the rules of Unicode's Standard Annex 29.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Unit {
    /// Words: what has a letter or digit in it.
    #[default]
    Words,
    /// Characters as a reader sees them: a letter with its marks, an emoji however it is composed.
    Characters,
    /// Sentences.
    Sentences,
    /// Lines, as `\n` ends them; one at the end begins no further line.
    Lines,
}

impl Choices for Unit {
    const ALL: &'static [Choice] = &[
        Choice { name: "Words", label: "words", help: "What has a letter or digit in it.", count: None },
        Choice { name: "Characters", label: "characters", help: "Characters as a reader sees them.", count: None },
        Choice { name: "Sentences", label: "sentences", help: "Sentences by Unicode's rules.", count: None },
        Choice { name: "Lines", label: "lines", help: "Lines; an empty one counts.", count: None },
    ];

    fn get(self) -> (usize, u32) {
        (self as usize, 0)
    }

    fn from_parts(index: usize, _: u32) -> Self {
        match index {
            0 => Self::Words,
            1 => Self::Characters,
            2 => Self::Sentences,
            _ => Self::Lines,
        }
    }
}

impl Unit {
    /// Where each unit of `text` starts.
    fn starts(self, text: &str) -> Box<dyn Iterator<Item = usize> + '_> {
        match self {
            Self::Words => Box::new(text.unicode_word_indices().map(|(at, _)| at)),
            Self::Characters => Box::new(text.grapheme_indices(true).map(|(at, _)| at)),
            Self::Sentences => Box::new(
                text.split_sentence_bound_indices()
                    .filter(|(_, sentence)| sentence.chars().any(char::is_alphanumeric))
                    .map(|(at, _)| at),
            ),
            Self::Lines => {
                let starts = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1);
                Box::new(std::iter::once(0).chain(starts).filter(|&start| start < text.len()))
            }
        }
    }

    /// Its name beside a number.
    fn name(self, count: u32) -> &'static str {
        match (self, count) {
            (Self::Words, 1) => "word",
            (Self::Words, _) => "words",
            (Self::Characters, 1) => "character",
            (Self::Characters, _) => "characters",
            (Self::Sentences, 1) => "sentence",
            (Self::Sentences, _) => "sentences",
            (Self::Lines, 1) => "line",
            (Self::Lines, _) => "lines",
        }
    }
}

const SOFT: Bounds = Bounds { min: 0.0, max: 10.0, step: 0.05 };

impl Parameters for Length {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        let bounds = Bounds { min: 0.0, max: f64::from(u32::MAX), step: 1.0 };
        visitor.pick(Param { name: "unit", label: "Unit", help: "What is counted." }, &mut self.unit);
        visitor.count(
            Param { name: "min", label: "At least", help: "The shortest allowed; no limit when left out." },
            bounds,
            &mut self.min,
        );
        visitor.count(
            Param { name: "max", label: "At most", help: "The longest allowed; no limit when left out." },
            bounds,
            &mut self.max,
        );
        visitor.number(
            Param {
                name: "soft",
                label: "Soft edge",
                help: "The share of a limit over which the value falls from 1 to 0; 0 for a hard edge.",
            },
            SOFT,
            &mut self.soft,
        );
    }
}

impl CheckKind for Length {
    type Compiled = CompiledLength;
    const DOC: Doc = Doc {
        title: "Length",
        summary: "Counts words, characters, sentences or lines; scores 1 within the limits.",
        details: "Outside a limit the value falls evenly to 0 over the soft edge: with at most 200 words and a soft \
                  edge of 0.1 it is 0.5 at 210 words and 0 from 220 on. With a soft edge of 0 it is 0 at once. Words, \
                  characters and sentences are those of Unicode's Standard Annex 29; in Chinese and Japanese that \
                  counts most characters as words. An empty text has no lines, and a line break at the end begins \
                  no further one. The evidence of a text that is too long is what is past the limit; of one that is \
                  too short it is said how much is missing.",
        example: r#"Length(unit: Words, min: 50, max: 200, soft: 0.1)"#,
    };

    fn compile(&self, _: usize) -> Result<CompiledLength, Vec<ParamProblem>> {
        let mut problems = Vec::new();
        match (self.min, self.max) {
            (None, None) => {
                problems.push(ParamProblem::new("min", "There is no limit.").hint("Give a shortest or longest length."));
            }
            (Some(min), Some(max)) if min > max => {
                let message = format!("The shortest allowed, {min}, is more than the longest, {max}.");
                problems.push(ParamProblem::new("min", message).hint("Swap them, or leave one out."));
            }
            _ => {}
        }
        if !(SOFT.min..=SOFT.max).contains(&self.soft) {
            let message = format!("The soft edge is {}, not a share from {} to {}.", self.soft, SOFT.min, SOFT.max);
            problems.push(ParamProblem::new("soft", message).hint("Use 0 for a hard edge, 0.1 for ten per cent."));
        }
        if problems.is_empty() { Ok(CompiledLength(self.clone())) } else { Err(problems) }
    }
}

/// [`Length`] ready to run.
#[derive(Debug)]
pub(super) struct CompiledLength(Length);

impl Run for CompiledLength {
    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
        let Length { unit, min, max, soft } = self.0;
        let mut count: u32 = 0;
        let mut beyond = None;
        for start in unit.starts(input.text) {
            if max == Some(count) {
                beyond = Some(start);
            }
            count = count.saturating_add(1);
        }
        // The share of the soft edge that is left when `limit` is missed by `by`.
        let left = |by: u32, limit: u32| {
            let edge = soft * f64::from(limit);
            if edge > 0.0 { (1.0 - f64::from(by) / edge).max(0.0) } else { 0.0 }
        };
        if let (Some(max), Some(beyond)) = (max, beyond) {
            evidence.found(Span::new(beyond..input.text.len()), true);
            return Verdict::Value(left(count - max, max));
        }
        match min {
            Some(min) if count < min => {
                let more = min - count;
                evidence.missing(format_args!("{more} more {}", unit.name(more)));
                Verdict::Value(left(more, min))
            }
            _ => Verdict::Value(1.0),
        }
    }
}
