//! One interface to both regular expression engines: the linear one, and one that backtracks where a pattern
//! needs look-around or back-references.

use super::regex_problem;
use super::{ParamProblem, Reason};
use crate::text::Span;

/// How many steps back one search may take in a text of up to [`LONG`] bytes: some tenths of a second at most.
const STEPS: usize = 4_000_000;
/// The same in a longer text, where merely trying every byte takes that many.
const STEPS_IN_LONG: usize = 64_000_000;
/// From this length in bytes on a text is long.
const LONG: usize = 1_000_000;

/// How a pattern is read.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Flags {
    /// Letters match in either case.
    pub ignore_case: bool,
    /// `^` and `$` match at every line.
    pub multi_line: bool,
    /// `.` matches `\n` too.
    pub dot_matches_new_line: bool,
}

/// A compiled pattern.
#[derive(Debug)]
pub(super) enum Engine {
    /// Time linear in the text.
    Linear(regex::Regex),
    /// Up to a number of steps.
    Backtracking(Box<Backtracking>),
}

/// One pattern under two step limits, which the engine fixes when it compiles.
#[derive(Debug)]
pub(super) struct Backtracking {
    usual: fancy_regex::Regex,
    long: fancy_regex::Regex,
}

impl Engine {
    /// Compiles `pattern`, the value of `param`.
    pub(super) fn new(param: &str, pattern: &str, flags: Flags) -> Result<Self, ParamProblem> {
        if pattern.is_empty() {
            return Err(ParamProblem::new(param, "The pattern is empty.").hint("Write what to look for."));
        }
        let linear = regex::RegexBuilder::new(pattern)
            .case_insensitive(flags.ignore_case)
            .multi_line(flags.multi_line)
            .dot_matches_new_line(flags.dot_matches_new_line)
            .build();
        match linear {
            Ok(regex) => return Ok(Self::Linear(regex)),
            Err(regex::Error::CompiledTooBig(_)) => return Err(regex_problem::too_big(param)),
            Err(_) => {}
        }
        let Err(syntax) = regex_syntax::Parser::new().parse(pattern) else {
            return Err(regex_problem::too_big(param));
        };
        if !regex_problem::may_backtrack(&syntax) {
            return Err(regex_problem::of_syntax(param, pattern, &syntax));
        }
        let backtracking = |steps: usize| {
            fancy_regex::RegexBuilder::new(pattern)
                .case_insensitive(flags.ignore_case)
                .multi_line(flags.multi_line)
                .dot_matches_new_line(flags.dot_matches_new_line)
                .backtrack_limit(steps)
                .build()
                .map_err(|error| regex_problem::of_backtracking(param, pattern, &syntax, &error))
        };
        let both = Backtracking { usual: backtracking(STEPS)?, long: backtracking(STEPS_IN_LONG)? };
        Ok(Self::Backtracking(Box::new(both)))
    }

    /// The names of its groups.
    pub(super) fn group_names(&self) -> Vec<&str> {
        match self {
            Self::Linear(regex) => regex.capture_names().flatten().collect(),
            Self::Backtracking(regexes) => regexes.usual.capture_names().flatten().collect(),
        }
    }

    /// The number of the group called `name`.
    pub(super) fn group(&self, name: &str) -> Option<usize> {
        match self {
            Self::Linear(regex) => regex.capture_names().position(|group| group == Some(name)),
            Self::Backtracking(regexes) => regexes.usual.capture_names().position(|group| group == Some(name)),
        }
    }

    /// Calls `found` with the place of `group` (0 is the whole) in every match, from left to right. Matches do
    /// not overlap. Empty places are left out: they hold no text that could count.
    ///
    /// # Errors
    /// [`Reason::StepLimit`], after the matches before it.
    pub(super) fn each(&self, text: &str, group: usize, mut found: impl FnMut(Span)) -> Result<(), Reason> {
        let mut take = |range: std::ops::Range<usize>| {
            if !range.is_empty() {
                found(Span::new(range));
            }
        };
        match self {
            Self::Linear(regex) if group == 0 => regex.find_iter(text).for_each(|hit| take(hit.range())),
            Self::Linear(regex) => {
                regex.captures_iter(text).filter_map(|groups| groups.get(group)).for_each(|hit| take(hit.range()));
            }
            Self::Backtracking(regexes) => {
                let regex = if text.len() < LONG { &regexes.usual } else { &regexes.long };
                for groups in regex.captures_iter(text) {
                    // Whatever stops the engine while it runs is one of its limits.
                    if let Some(hit) = groups.map_err(|_| Reason::StepLimit)?.get(group) {
                        take(hit.range());
                    }
                }
            }
        }
        Ok(())
    }
}
