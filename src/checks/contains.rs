//! Does the reference answer occur in the text?

use super::compare::{places, quoted};
use super::finder::is_whole_word;
use super::params::{Bounds, Param, ParamVisitor, Parameters};
use super::{CheckKind, Doc, Evidence, Input, ParamProblem, Reason, Run, Verdict, number};
use crate::text::Span;

/// Parameters of the `Contains` check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Contains {
    /// Whether `ACID` and `acid` are the same.
    pub ignore_case: bool,
    /// Whether the answer must not touch a letter, digit or underscore on either side.
    pub whole_word: bool,
    /// Whether a reference that is a number is looked for as a number, however it is written.
    pub number: bool,
    /// How far a number may differ from the reference; 0 or more.
    pub tolerance: f64,
}

/// The range of a tolerance.
pub(super) const TOLERANCE: Bounds = Bounds { min: 0.0, max: f64::MAX, step: 0.01 };

/// The mistake in a tolerance, if there is one.
pub(super) fn tolerance_problem(tolerance: f64) -> Result<(), Vec<ParamProblem>> {
    if (TOLERANCE.min..=TOLERANCE.max).contains(&tolerance) {
        return Ok(());
    }
    let problem = ParamProblem::new("tolerance", format!("The tolerance is {tolerance}, not a number from 0 up."));
    Err(vec![problem.hint("Use 0 for exactly equal numbers.")])
}

impl Parameters for Contains {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        visitor.flag(
            Param { name: "ignore_case", label: "Ignore case", help: "Take capital and small letters as the same." },
            &mut self.ignore_case,
        );
        visitor.flag(
            Param {
                name: "whole_word",
                label: "Whole words",
                help: "The answer must not touch a letter, digit or underscore on either side.",
            },
            &mut self.whole_word,
        );
        visitor.flag(
            Param {
                name: "number",
                label: "As a number",
                help: "Look for a reference that is a number as a number, however it is written.",
            },
            &mut self.number,
        );
        visitor.number(
            Param { name: "tolerance", label: "Tolerance", help: "How far a number may differ from the reference." },
            TOLERANCE,
            &mut self.tolerance,
        );
    }
}

impl CheckKind for Contains {
    type Compiled = CompiledContains;
    const DOC: Doc = Doc {
        title: "Contains the reference",
        summary: "Scores 1 if the prompt's reference answer occurs in the text, else 0.",
        details: "White space at both ends of the reference does not matter. As a number, `1234.5` is also found as \
                  `$1,234.50`; digits that continue a word, as in `GPT4`, are no number, and a reference that is no \
                  number is looked for as it stands. Every occurrence is evidence. Where there is none, the \
                  reference is named as missing. Without a reference answer, or with an empty one, the check cannot \
                  be decided.",
        example: r#"Contains(number: true, tolerance: 0.5)"#,
    };

    fn compile(&self, _: usize) -> Result<CompiledContains, Vec<ParamProblem>> {
        tolerance_problem(self.tolerance)?;
        Ok(CompiledContains(self.clone()))
    }
}

/// [`Contains`] ready to run.
#[derive(Debug)]
pub(super) struct CompiledContains(Contains);

impl Run for CompiledContains {
    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
        let Some(reference) = input.answer() else { return Verdict::Invalid(Reason::NoReference) };
        let Contains { ignore_case, whole_word, number, tolerance } = self.0;
        let mut end = None;
        let mut found = |span: Span| {
            let overlaps = end.is_some_and(|end| span.start < end);
            if !overlaps && (!whole_word || is_whole_word(input.text, span)) {
                end = Some(span.end);
                evidence.found(span, false);
            }
        };
        match number::parse(reference).filter(|_| number) {
            Some(wanted) => number::numbers(input.text)
                .filter(|(_, value)| number::close(*value, wanted, tolerance))
                .for_each(|(range, _)| found(Span::new(range))),
            None => places(input.text, reference, ignore_case, found),
        }
        if end.is_none() {
            evidence.missing(format_args!("{}", quoted(reference)));
        }
        Verdict::met(end.is_some())
    }
}
