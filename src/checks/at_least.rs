//! Are at least so many of the checks inside met?

use super::combine::{compile_children, finders_of, is_met, Verdicts};
use super::finder::Finder;
use super::params::{Bounds, Param, ParamVisitor, Parameters};
use super::{Check, CheckKind, CompiledCheck, Doc, Evidence, Input, ParamProblem, Run, Verdict};

/// Parameters of the `AtLeast` check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AtLeast {
    /// How many must be met, from 1 to the number of checks; 1 when left out.
    pub count: Option<u32>,
    /// The checks to count; at least one.
    pub checks: Vec<Check>,
}

impl Parameters for AtLeast {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        visitor.count(
            Param { name: "count", label: "How many", help: "How many must be met; 1 when left out." },
            Bounds { min: 1.0, max: 1000.0, step: 1.0 },
            &mut self.count,
        );
        visitor.checks(
            Param { name: "checks", label: "Checks", help: "The checks that are counted." },
            &mut self.checks,
        );
    }
}

impl CheckKind for AtLeast {
    type Compiled = CompiledAtLeast;
    const DOC: Doc = Doc {
        title: "At least so many checks",
        summary: "A number of the given checks must be met; scores the n-th greatest of their values.",
        details: "Sorted from the greatest, the value in n-th place counts: with checks that give 0 or 1 that is 1 \
                  when at least n of them give 1. A check that does not concern the text is left out; with fewer \
                  than n left the value is 0, and with none left this does not concern the text either. A check \
                  that cannot be decided makes this undecided too, unless the others decide it either way. What \
                  is missing is named only while this is not fully met.",
        example: r#"AtLeast(count: 2, checks: [Phrases(phrases: ["risk"]), Phrases(phrases: ["cost"]), CodeBlock()])"#,
    };

    fn compile(&self, depth: usize) -> Result<CompiledAtLeast, Vec<ParamProblem>> {
        let count = self.count.unwrap_or(1) as usize;
        let mut problems = Vec::new();
        if count == 0 || (count > self.checks.len() && !self.checks.is_empty()) {
            let message = format!("Asks for {count} of {} checks.", self.checks.len());
            let hint = format!("Use a number from 1 to {}.", self.checks.len().max(1));
            problems.push(ParamProblem::new("count", message).hint(hint));
        }
        match compile_children(&self.checks, depth) {
            Ok(checks) if problems.is_empty() => Ok(CompiledAtLeast { count, checks }),
            Ok(_) => Err(problems),
            Err(found) => {
                problems.extend(found);
                Err(problems)
            }
        }
    }
}

/// [`AtLeast`] ready to run.
#[derive(Debug)]
pub(super) struct CompiledAtLeast {
    count: usize,
    checks: Vec<CompiledCheck>,
}

impl Run for CompiledAtLeast {
    fn finders<'a>(&'a self, into: &mut Vec<&'a Finder>) -> bool {
        finders_of(&self.checks, into)
    }

    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
        let kept = evidence.missing_so_far();
        let verdict = Verdicts::of(&self.checks, input, evidence).nth_greatest(self.count);
        if is_met(verdict) {
            evidence.forget_missing(kept);
        }
        verdict
    }
}
