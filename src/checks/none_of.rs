//! Is none of the checks inside met?

use super::combine::{compile_children, finders_of, Verdicts};
use super::evidence::Inverted;
use super::finder::Finder;
use super::params::{Param, ParamVisitor, Parameters};
use super::{Check, CheckKind, CompiledCheck, Doc, Evidence, Input, ParamProblem, Run, Verdict};

/// Parameters of the `NoneOf` check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NoneOf {
    /// The checks, none of which may be met; at least one.
    pub checks: Vec<Check>,
}

impl Parameters for NoneOf {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        visitor.checks(
            Param { name: "checks", label: "Checks", help: "The checks, none of which may be met." },
            &mut self.checks,
        );
    }
}

impl CheckKind for NoneOf {
    type Compiled = CompiledNoneOf;
    const DOC: Doc = Doc {
        title: "None of several checks",
        summary: "None of the given checks may be met; scores 1 minus the greatest of their values.",
        details: "With checks that give 0 or 1 that is “not any of”. What supports a check inside counts against this \
                  one, and the other way round; what a check inside misses is not named. A check that does not \
                  concern the text is left out; if none does, neither does this. A check that cannot be decided \
                  makes this undecided too, unless another gives 1.",
        example: r#"NoneOf(checks: [Pattern(pattern: "(?i)as an ai"), CodeBlock()])"#,
    };

    fn compile(&self, depth: usize) -> Result<CompiledNoneOf, Vec<ParamProblem>> {
        compile_children(&self.checks, depth).map(CompiledNoneOf)
    }
}

/// [`NoneOf`] ready to run.
#[derive(Debug)]
pub(super) struct CompiledNoneOf(Vec<CompiledCheck>);

impl Run for CompiledNoneOf {
    fn finders<'a>(&'a self, into: &mut Vec<&'a Finder>) -> bool {
        finders_of(&self.0, into)
    }

    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
        match Verdicts::of(&self.0, input, &mut Inverted(evidence)).nth_greatest(1) {
            Verdict::Value(value) => Verdict::Value(1.0 - value),
            other => other,
        }
    }
}
