//! Is one of the checks inside met?

use super::combine::{compile_children, finders_of, is_met, Verdicts};
use super::finder::Finder;
use super::params::{Param, ParamVisitor, Parameters};
use super::{Check, CheckKind, CompiledCheck, Doc, Evidence, Input, ParamProblem, Run, Verdict};

/// Parameters of the `Any` check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Any {
    /// The checks, one of which must be met; at least one.
    pub checks: Vec<Check>,
}

impl Parameters for Any {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        visitor.checks(
            Param { name: "checks", label: "Checks", help: "The checks, one of which must be met." },
            &mut self.checks,
        );
    }
}

impl CheckKind for Any {
    type Compiled = CompiledAny;
    const DOC: Doc = Doc {
        title: "Any of several checks",
        summary: "One of the given checks must be met; scores the greatest of their values.",
        details: "The value is the greatest among the checks: with checks that give 0 or 1 that is “or”. A check that \
                  does not concern the text is left out; if none does, neither does this. A check that cannot be \
                  decided makes this undecided too, unless another gives 1. The evidence is that of all checks; \
                  what is missing is named only while none is fully met.",
        example: r#"Any(checks: [Json(find: WholeText), CodeBlock(language: "yaml")])"#,
    };

    fn compile(&self, depth: usize) -> Result<CompiledAny, Vec<ParamProblem>> {
        compile_children(&self.checks, depth).map(CompiledAny)
    }
}

/// [`Any`] ready to run.
#[derive(Debug)]
pub(super) struct CompiledAny(Vec<CompiledCheck>);

impl Run for CompiledAny {
    fn finders<'a>(&'a self, into: &mut Vec<&'a Finder>) -> bool {
        finders_of(&self.0, into)
    }

    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
        let kept = evidence.missing_so_far();
        let verdict = Verdicts::of(&self.0, input, evidence).nth_greatest(1);
        if is_met(verdict) {
            evidence.forget_missing(kept);
        }
        verdict
    }
}
