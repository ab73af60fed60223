//! Do given phrases occur in the text?

use super::finder::{Finder, Sought, list_problems};
use super::params::{Choice, Choices, Param, ParamVisitor, Parameters};
use super::{CheckKind, Doc, Evidence, Input, ParamProblem, Run, Verdict};

/// Parameters of the `Phrases` check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Phrases {
    /// What is looked for; each must be non-empty.
    pub phrases: Vec<String>,
    /// How many of them, and how that becomes a value.
    pub need: Need,
    /// Whether `ACID` and `acid` are the same.
    pub ignore_case: bool,
    /// Whether a phrase must not touch a letter, digit or underscore on either side.
    pub whole_word: bool,
}

/// How many of a list must occur, and what that is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Need {
    /// 1 if at least one occurs.
    Any,
    /// 1 if every one occurs.
    #[default]
    All,
    /// 1 if at least this many different ones occur.
    AtLeast(u32),
    /// The share that occurs.
    Fraction,
    /// The number that occurs divided by this, at most 1.
    Saturate(u32),
}

impl Need {
    /// The value, 0 to 1, of `found` different ones out of `of`.
    pub fn value(self, found: usize, of: usize) -> f64 {
        let at_least = |n: usize| if found >= n { 1.0 } else { 0.0 };
        match self {
            Self::Any => at_least(1),
            Self::All => at_least(of),
            Self::AtLeast(n) => at_least(n as usize),
            Self::Fraction => found as f64 / of as f64,
            Self::Saturate(n) => (found as f64 / f64::from(n)).min(1.0),
        }
    }

    /// Beyond so many different ones out of `of`, the value stays the same.
    pub(super) fn enough(self, of: usize) -> usize {
        match self {
            Self::Any => 1,
            Self::All | Self::Fraction => of,
            Self::AtLeast(n) | Self::Saturate(n) => n as usize,
        }
    }

    /// The mistake in asking this of a list of `of`, if there is one.
    pub(super) fn problem(self, param: &'static str, of: usize) -> Option<ParamProblem> {
        let (Self::AtLeast(n) | Self::Saturate(n)) = self else { return None };
        let message = match n as usize {
            0 => "Asks for 0, which every text reaches.".to_owned(),
            n if n > of => format!("Asks for {n} of {of}, which can never be reached."),
            _ => return None,
        };
        (of > 0).then(|| ParamProblem::new(param, message).hint(format!("Use a number from 1 to {of}.")))
    }
}

impl Choices for Need {
    const ALL: &'static [Choice] = &[
        Choice { name: "All", label: "all of them", help: "1 if every one occurs, else 0.", count: None },
        Choice { name: "Any", label: "any of them", help: "1 if at least one occurs, else 0.", count: None },
        Choice {
            name: "AtLeast",
            label: "at least",
            help: "1 if at least this many different ones occur, else 0.",
            count: Some((2, 1)),
        },
        Choice { name: "Fraction", label: "share found", help: "The share that occurs.", count: None },
        Choice {
            name: "Saturate",
            label: "count up to",
            help: "The number that occurs divided by this, at most 1.",
            count: Some((2, 1)),
        },
    ];

    fn get(self) -> (usize, u32) {
        match self {
            Self::All => (0, 0),
            Self::Any => (1, 0),
            Self::AtLeast(n) => (2, n),
            Self::Fraction => (3, 0),
            Self::Saturate(n) => (4, n),
        }
    }

    fn from_parts(index: usize, count: u32) -> Self {
        match index {
            0 => Self::All,
            1 => Self::Any,
            2 => Self::AtLeast(count),
            3 => Self::Fraction,
            _ => Self::Saturate(count),
        }
    }
}

impl Parameters for Phrases {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        visitor.texts(
            Param { name: "phrases", label: "Phrases", help: "What is looked for, each as it stands." },
            &mut self.phrases,
        );
        visitor.pick(
            Param { name: "need", label: "Need", help: "How many of them, and how that scores." },
            &mut self.need,
        );
        visitor.flag(
            Param { name: "ignore_case", label: "Ignore case", help: "Take capital and small letters as the same." },
            &mut self.ignore_case,
        );
        visitor.flag(
            Param {
                name: "whole_word",
                label: "Whole words",
                help: "A match must not touch a letter, digit or underscore on either side.",
            },
            &mut self.whole_word,
        );
    }
}

impl CheckKind for Phrases {
    type Compiled = CompiledPhrases;
    const DOC: Doc = Doc {
        title: "Phrases",
        summary: "Looks for phrases in the text and scores how many different ones occur.",
        details: "Every occurrence is evidence; a phrase that occurs ten times still counts once. Occurrences of \
                  one phrase do not overlap each other, those of different phrases may. Phrases that do not \
                  occur are named as missing.",
        example: r#"Phrases(phrases: ["Assumptions", "Steps", "Answer"], need: Fraction)"#,
    };

    fn compile(&self, _: usize) -> Result<CompiledPhrases, Vec<ParamProblem>> {
        let mut problems = list_problems("phrases", &self.phrases);
        problems.extend(self.need.problem("need", self.phrases.len()));
        if !problems.is_empty() {
            return Err(problems);
        }
        let sought = Sought {
            needles: &self.phrases,
            ignore_case: self.ignore_case,
            whole_word: self.whole_word,
            enough: self.need.enough(self.phrases.len()),
        };
        Ok(CompiledPhrases {
            finder: Finder::new("phrases", sought).map_err(|problem| vec![problem])?,
            phrases: self.phrases.clone(),
            need: self.need,
        })
    }
}

/// [`Phrases`] ready to run.
#[derive(Debug)]
pub(super) struct CompiledPhrases {
    finder: Finder,
    phrases: Vec<String>,
    need: Need,
}

impl Run for CompiledPhrases {
    fn finders<'a>(&'a self, into: &mut Vec<&'a Finder>) -> bool {
        into.push(&self.finder);
        true
    }

    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
        let phrases = &self.phrases;
        let occur = self.finder.report(input.text, evidence, false, |evidence, absent| {
            evidence.missing(format_args!("“{}”", phrases[absent]));
        });
        Verdict::Value(self.need.value(occur, phrases.len()))
    }
}
