//! Is the text the reference answer?

use super::compare::{quoted, same};
use super::contains::TOLERANCE;
use super::params::{Param, ParamVisitor, Parameters};
use super::{CheckKind, Doc, Evidence, Input, ParamProblem, Reason, Run, Verdict, number};
use crate::text::Span;

/// Parameters of the `Equals` check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Equals {
    /// Whether `ACID` and `acid` are the same.
    pub ignore_case: bool,
    /// Whether any run of white space is one space.
    pub ignore_space: bool,
    /// How far two numbers may differ; 0 or more.
    pub tolerance: f64,
}

impl Parameters for Equals {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        visitor.flag(
            Param { name: "ignore_case", label: "Ignore case", help: "Take capital and small letters as the same." },
            &mut self.ignore_case,
        );
        visitor.flag(
            Param { name: "ignore_space", label: "Ignore space", help: "Take any run of white space as one space." },
            &mut self.ignore_space,
        );
        visitor.number(
            Param { name: "tolerance", label: "Tolerance", help: "How far two numbers may differ." },
            TOLERANCE,
            &mut self.tolerance,
        );
    }
}

impl CheckKind for Equals {
    type Compiled = CompiledEquals;
    const DOC: Doc = Doc {
        title: "Equals the reference",
        summary: "Scores 1 if the whole text is the prompt's reference answer, else 0.",
        details: "White space at both ends does not matter. Where both sides are numbers they are compared as numbers: \
                  `1,234.50` is `1234.5`. A currency sign before and a percent sign after a number change nothing. \
                  The evidence is the text where it is right; where it is not, the reference is named as missing. \
                  Without a reference answer, or with an empty one, the check cannot be decided.",
        example: r#"Equals(ignore_case: true, tolerance: 0.01)"#,
    };

    fn compile(&self, _: usize) -> Result<CompiledEquals, Vec<ParamProblem>> {
        super::contains::tolerance_problem(self.tolerance)?;
        Ok(CompiledEquals(self.clone()))
    }
}

/// [`Equals`] ready to run.
#[derive(Debug)]
pub(super) struct CompiledEquals(Equals);

impl Run for CompiledEquals {
    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
        let Some(reference) = input.answer() else { return Verdict::Invalid(Reason::NoReference) };
        let Equals { ignore_case, ignore_space, tolerance } = self.0;
        let text = input.text.trim();
        let equal = match (number::parse(text), number::parse(reference)) {
            (Some(a), Some(b)) => number::close(a, b, tolerance),
            _ => same(text, reference, ignore_case, ignore_space),
        };
        if equal {
            let start = input.text.len() - input.text.trim_start().len();
            evidence.found(Span::new(start..start + text.len()), false);
        } else {
            evidence.missing(format_args!("{}", quoted(reference)));
        }
        Verdict::met(equal)
    }
}
