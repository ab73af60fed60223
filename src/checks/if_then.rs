//! Where one check is met, is another met too?

use super::combine::{compile_child, is_met};
use super::finder::Finder;
use super::params::{Choice, Choices, Param, ParamVisitor, Parameters};
use super::{Check, CheckKind, CompiledCheck, Doc, Evidence, Input, ParamProblem, Run, Verdict};

/// Parameters of the `IfThen` check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IfThen {
    /// The condition; it holds where this check is fully met.
    pub if_: Box<Check>,
    /// What decides the value where the condition holds.
    pub then: Box<Check>,
    /// The verdict where it does not hold.
    pub otherwise: Otherwise,
}

/// What a text is worth that the condition does not concern.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Otherwise {
    /// It is left out of the total.
    #[default]
    NotApplicable,
    /// 1.
    Met,
    /// 0.
    Unmet,
}

impl Choices for Otherwise {
    const ALL: &'static [Choice] = &[
        Choice { name: "NotApplicable", label: "not applicable", help: "Left out of the total.", count: None },
        Choice { name: "Met", label: "met", help: "Scores 1.", count: None },
        Choice { name: "Unmet", label: "unmet", help: "Scores 0.", count: None },
    ];

    fn get(self) -> (usize, u32) {
        (self as usize, 0)
    }

    fn from_parts(index: usize, _: u32) -> Self {
        match index {
            0 => Self::NotApplicable,
            1 => Self::Met,
            _ => Self::Unmet,
        }
    }
}

impl Parameters for IfThen {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        visitor.check(
            Param { name: "if", label: "If", help: "The condition; it holds where this check scores 1." },
            &mut self.if_,
        );
        visitor.check(
            Param { name: "then", label: "Then", help: "Gives the value where the condition holds." },
            &mut self.then,
        );
        visitor.pick(
            Param { name: "otherwise", label: "Otherwise", help: "The verdict where the condition does not hold." },
            &mut self.otherwise,
        );
    }
}

impl CheckKind for IfThen {
    type Compiled = CompiledIfThen;
    const DOC: Doc = Doc {
        title: "If … then",
        summary: "Applies a check only to texts that meet another.",
        details: "The condition holds where its check gives 1; less is not enough. Then the value is that of the \
                  second check. The evidence is that of the condition and, where it holds, of the second check. \
                  What the condition misses is named only where that makes the text unmet. A condition that cannot \
                  be decided makes this undecided too.",
        example: r#"IfThen(if: CodeBlock(), then: Phrases(phrases: ["Complexity:"]))"#,
    };

    fn compile(&self, depth: usize) -> Result<CompiledIfThen, Vec<ParamProblem>> {
        match (compile_child("if", &self.if_, depth), compile_child("then", &self.then, depth)) {
            (Ok(condition), Ok(then)) => {
                // Boxed: these are compiled checks, of which this is one.
                Ok(CompiledIfThen(Box::new(Parts { condition, then, otherwise: self.otherwise })))
            }
            (condition, then) => Err([condition.err(), then.err()].into_iter().flatten().flatten().collect()),
        }
    }
}

/// [`IfThen`] ready to run.
#[derive(Debug)]
pub(super) struct CompiledIfThen(Box<Parts>);

#[derive(Debug)]
struct Parts {
    condition: CompiledCheck,
    then: CompiledCheck,
    otherwise: Otherwise,
}

impl Run for CompiledIfThen {
    fn finders<'a>(&'a self, into: &mut Vec<&'a Finder>) -> bool {
        let condition = self.0.condition.finders(into);
        self.0.then.finders(into) && condition
    }

    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
        let Parts { condition, then, otherwise } = &*self.0;
        let kept = evidence.missing_so_far();
        let verdict = condition.run(input, evidence);
        let met = is_met(verdict);
        if met || *otherwise != Otherwise::Unmet {
            evidence.forget_missing(kept);
        }
        if met {
            return then.run(input, evidence);
        }
        match (verdict, otherwise) {
            (Verdict::Invalid(reason), _) => Verdict::Invalid(reason),
            (_, Otherwise::NotApplicable) => Verdict::NotApplicable,
            (_, Otherwise::Met) => Verdict::Value(1.0),
            (_, Otherwise::Unmet) => Verdict::Value(0.0),
        }
    }
}
