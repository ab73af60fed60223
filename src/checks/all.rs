//! Are all of the checks inside met?

use super::combine::{compile_children, finders_of, Verdicts};
use super::finder::Finder;
use super::params::{Param, ParamVisitor, Parameters};
use super::{Check, CheckKind, CompiledCheck, Doc, Evidence, Input, ParamProblem, Run, Verdict};

/// Parameters of the `All` check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct All {
    /// The checks, each of which must be met; at least one.
    pub checks: Vec<Check>,
}

impl Parameters for All {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        visitor.checks(
            Param { name: "checks", label: "Checks", help: "The checks, each of which must be met." },
            &mut self.checks,
        );
    }
}

impl CheckKind for All {
    type Compiled = CompiledAll;
    const DOC: Doc = Doc {
        title: "All of several checks",
        summary: "All of the given checks must be met; scores the least of their values.",
        details: "The value is the smallest among the checks: with checks that give 0 or 1 that is “and”. A check that \
                  does not concern the text is left out; if none does, neither does this. A check that cannot be \
                  decided makes this undecided too, unless another gives 0. The evidence is that of all checks.",
        example: r#"All(checks: [Phrases(phrases: ["Answer"]), Length(unit: Words, max: 200)])"#,
    };

    fn compile(&self, depth: usize) -> Result<CompiledAll, Vec<ParamProblem>> {
        compile_children(&self.checks, depth).map(CompiledAll)
    }
}

/// [`All`] ready to run.
#[derive(Debug)]
pub(super) struct CompiledAll(Vec<CompiledCheck>);

impl Run for CompiledAll {
    fn finders<'a>(&'a self, into: &mut Vec<&'a Finder>) -> bool {
        finders_of(&self.0, into)
    }

    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
        Verdicts::of(&self.0, input, evidence).least()
    }
}
