//! What the checks that hold other checks share.
//!
//! Values combine as in fuzzy logic: *and* is the minimum, *or* the maximum, *not* is 1 minus the value. On 0
//! and 1 that is ordinary logic.

use super::finder::Finder;
use super::{Check, CompiledCheck, Evidence, Input, ParamProblem, Reason, Verdict};
use smallvec::SmallVec;

/// How many checks one check may stand inside.
pub const MAX_DEPTH: usize = 32;

/// Compiles a check inside another, which itself stands inside `depth` others; `place` is the parameter it
/// stands in.
pub(super) fn compile_child(place: &str, check: &Check, depth: usize) -> Result<CompiledCheck, Vec<ParamProblem>> {
    if depth >= MAX_DEPTH {
        let message = format!("Checks are nested more than {MAX_DEPTH} deep.");
        return Err(vec![ParamProblem::new(place, message).hint("Make some of them criteria of their own.")]);
    }
    let inside = |problems: Vec<ParamProblem>| problems.into_iter().map(|problem| problem.inside(place)).collect();
    check.compile_inside(depth + 1).map_err(inside)
}

/// Compiles the parameter `checks`, which must not be empty, and reports every mistake in all of them.
pub(super) fn compile_children(checks: &[Check], depth: usize) -> Result<Vec<CompiledCheck>, Vec<ParamProblem>> {
    if checks.is_empty() {
        return Err(vec![ParamProblem::new("checks", "The list is empty.").hint("Give at least one check.")]);
    }
    let mut compiled = Vec::with_capacity(checks.len());
    let mut problems = Vec::new();
    for (index, check) in checks.iter().enumerate() {
        match compile_child(&format!("checks[{index}]"), check, depth) {
            Ok(check) => compiled.push(check),
            Err(found) => problems.extend(found),
        }
    }
    if problems.is_empty() { Ok(compiled) } else { Err(problems) }
}

/// [`Run::finders`](super::Run::finders) of a check that only combines what `checks` say.
pub(super) fn finders_of<'a>(checks: &'a [CompiledCheck], into: &mut Vec<&'a Finder>) -> bool {
    let mut alone = true;
    for check in checks {
        alone &= check.finders(into);
    }
    alone
}

/// What several checks say of one text.
#[derive(Debug, Default)]
pub(super) struct Verdicts {
    /// Mostly few: a list on the heap for each text would cost as much as a short text does.
    values: SmallVec<[f64; 8]>,
    invalid: usize,
    reason: Option<Reason>,
}

impl Verdicts {
    /// Runs all of `checks`, every one, so that the evidence is complete.
    pub(super) fn of<E: Evidence>(checks: &[CompiledCheck], input: &Input<'_>, evidence: &mut E) -> Self {
        let mut out = Self::default();
        for check in checks {
            match check.run(input, evidence) {
                Verdict::Value(value) => out.values.push(value),
                Verdict::NotApplicable => {}
                Verdict::Invalid(reason) => {
                    out.invalid += 1;
                    out.reason.get_or_insert(reason);
                }
            }
        }
        out.values.sort_by(|a, b| b.total_cmp(a));
        out
    }

    /// The least of them.
    pub(super) fn least(&self) -> Verdict {
        self.nth_greatest(self.values.len() + self.invalid)
    }

    /// The `n`-th greatest of them, counted from 1; 0 where fewer apply. What does not apply is left out. What
    /// is invalid leaves the result open, unless it is the same whether that were 0 or 1.
    pub(super) fn nth_greatest(&self, n: usize) -> Verdict {
        if self.values.is_empty() && self.invalid == 0 {
            return Verdict::NotApplicable;
        }
        let value = |n: usize| self.values.get(n - 1).copied().unwrap_or(0.0);
        let if_all_were_0 = value(n);
        let if_all_were_1 = if n <= self.invalid { 1.0 } else { value(n - self.invalid) };
        match self.reason {
            Some(reason) if if_all_were_0 != if_all_were_1 => Verdict::Invalid(reason),
            _ => Verdict::Value(if_all_were_0),
        }
    }
}

/// Whether `verdict` is fully met.
pub(super) fn is_met(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Value(value) if value >= 1.0)
}
