//! Does a regular expression match, often enough and not too often, and is what it captures right?

use super::compare::{quoted, same};
use super::finder::Finder;
use super::params::{Bounds, Choice, Choices, Param, ParamVisitor, Parameters, TextKind};
use super::regex_engine::{Ahead, Engine, Flags};
use super::{CheckKind, Doc, Evidence, Input, ParamProblem, Reason, Run, Verdict, Wanted};
use crate::text::{Span, nearest};
use std::ops::ControlFlow;

/// Parameters of the `Pattern` check.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The regular expression; non-empty.
    pub pattern: String,
    /// Whether letters match in either case, in the text and in what is compared.
    pub ignore_case: bool,
    /// Whether `^` and `$` match at every line.
    pub multi_line: bool,
    /// Whether `.` matches the end of a line too.
    pub dot_matches_new_line: bool,
    /// Fewest matches; when left out 1, or 0 where `at_most` is 0.
    pub at_least: Option<u32>,
    /// Most matches; no limit when left out.
    pub at_most: Option<u32>,
    /// The named group that is compared and shown; empty for the whole match.
    pub group: String,
    /// What the group must equal for a match to count.
    pub equals: CompareWith,
    /// The text to compare with, for [`CompareWith::Value`].
    pub value: String,
}

impl Default for Pattern {
    fn default() -> Self {
        Self {
            pattern: String::new(),
            ignore_case: false,
            multi_line: true,
            dot_matches_new_line: false,
            at_least: None,
            at_most: None,
            group: String::new(),
            equals: CompareWith::Nothing,
            value: String::new(),
        }
    }
}

/// What a match is compared with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CompareWith {
    /// Every match counts.
    #[default]
    Nothing,
    /// Only one that equals the given value counts.
    Value,
    /// Only one that equals the prompt's reference answer counts.
    Reference,
}

impl Choices for CompareWith {
    const ALL: &'static [Choice] = &[
        Choice { name: "Nothing", label: "anything", help: "Every match counts.", count: None },
        Choice { name: "Value", label: "the value", help: "A match counts if it equals the value.", count: None },
        Choice {
            name: "Reference",
            label: "the reference",
            help: "A match counts if it equals the prompt's reference answer.",
            count: None,
        },
    ];

    fn get(self) -> (usize, u32) {
        (self as usize, 0)
    }

    fn from_parts(index: usize, _: u32) -> Self {
        match index {
            0 => Self::Nothing,
            1 => Self::Value,
            _ => Self::Reference,
        }
    }
}

impl Parameters for Pattern {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        visitor.text(
            Param { name: "pattern", label: "Pattern", help: "The regular expression to look for." },
            TextKind::Pattern,
            &mut self.pattern,
        );
        visitor.flag(
            Param { name: "ignore_case", label: "Ignore case", help: "Take capital and small letters as the same." },
            &mut self.ignore_case,
        );
        visitor.flag(
            Param { name: "multi_line", label: "Line by line", help: "^ and $ match at every line." },
            &mut self.multi_line,
        );
        visitor.flag(
            Param { name: "dot_matches_new_line", label: "Dot spans lines", help: ". matches a line's end too." },
            &mut self.dot_matches_new_line,
        );
        let bounds = Bounds { min: 0.0, max: f64::from(u32::MAX), step: 1.0 };
        visitor.count(
            Param {
                name: "at_least",
                label: "At least",
                help: "Fewest matches; when left out 1, or 0 where the most is 0.",
            },
            bounds,
            &mut self.at_least,
        );
        visitor.count(
            Param { name: "at_most", label: "At most", help: "Most matches; no limit when left out." },
            bounds,
            &mut self.at_most,
        );
        visitor.text(
            Param {
                name: "group",
                label: "Group",
                help: "The named group that is compared and shown; empty for the whole match.",
            },
            TextKind::Line,
            &mut self.group,
        );
        visitor.pick(
            Param { name: "equals", label: "Equals", help: "What the group must equal for a match to count." },
            &mut self.equals,
        );
        visitor.text(
            Param { name: "value", label: "Value", help: "The text to compare with, where that is the value." },
            TextKind::Line,
            &mut self.value,
        );
    }
}

impl CheckKind for Pattern {
    type Compiled = CompiledPattern;
    const DOC: Doc = Doc {
        title: "Pattern",
        summary: "Matches a regular expression; scores 1 if enough matches count and not too many, else 0.",
        details: "The evidence is the group's text in every match, or the whole match where no group is named. A \
                  match whose group is empty or takes no part is no match: a pattern that can match nothing, such \
                  as `x*`, counts only where it matches something. Matches do not overlap. With a comparison a \
                  match counts only if its text equals the other one, white space at both ends aside; the others \
                  count against. Matches beyond the most allowed count against too. A carriage return is an \
                  ordinary character: for lines that end in CR LF write `\\r?$`. Patterns take time linear in the \
                  text, except those with look-around or back-references, which give up at a step limit; the \
                  check is then undecided.",
        example: r#"Pattern(pattern: r"^\s*Answer:\s*(?<answer>.+)", group: "answer", equals: Reference)"#,
    };

    fn compile(&self, _: usize) -> Result<CompiledPattern, Vec<ParamProblem>> {
        let flags = Flags {
            ignore_case: self.ignore_case,
            multi_line: self.multi_line,
            dot_matches_new_line: self.dot_matches_new_line,
        };
        let at_least = self.at_least.unwrap_or(if self.at_most == Some(0) { 0 } else { 1 });
        let mut problems = Vec::new();
        if self.at_most.is_some_and(|at_most| at_least > at_most) {
            let message = format!("Asks for at least {at_least} matches, more than the most allowed.");
            problems.push(ParamProblem::new("at_least", message).hint("Lower it, or raise the most."));
        }
        if self.equals == CompareWith::Value && self.value.trim().is_empty() {
            problems.push(ParamProblem::new("value", "There is no value to compare with.").hint("Fill it in."));
        }
        let compiled = Engine::new("pattern", &self.pattern, flags).and_then(|engine| {
            let group = group_number(&engine, &self.group)?;
            Ok((engine, group))
        });
        match compiled {
            Ok((engine, group)) if problems.is_empty() => Ok(CompiledPattern {
                engine,
                group,
                at_least,
                at_most: self.at_most.unwrap_or(u32::MAX),
                check: self.clone(),
            }),
            Ok(_) => Err(problems),
            Err(problem) => {
                problems.insert(0, problem);
                Err(problems)
            }
        }
    }
}

/// The number of the group called `name`; 0, the whole match, for `""`.
fn group_number(engine: &Engine, name: &str) -> Result<usize, ParamProblem> {
    if name.is_empty() {
        return Ok(0);
    }
    if let Some(group) = engine.group(name) {
        return Ok(group);
    }
    let names = engine.group_names();
    let hint = match nearest(name, names.iter().copied()) {
        Some(near) => format!("Did you mean “{near}”?"),
        None if names.is_empty() => format!("Name one: `(?<{name}>…)`."),
        None => format!("It has {}.", names.iter().map(|name| format!("“{name}”")).collect::<Vec<_>>().join(", ")),
    };
    Err(ParamProblem::new("group", format!("The pattern has no group named “{name}”.")).hint(hint))
}

/// [`Pattern`] ready to run.
#[derive(Debug)]
pub(super) struct CompiledPattern {
    engine: Engine,
    group: usize,
    at_least: u32,
    at_most: u32,
    check: Pattern,
}

impl CompiledPattern {
    /// Beyond so many matches, none changes the verdict.
    fn enough(&self) -> u32 {
        if self.at_most == u32::MAX { self.at_least } else { self.at_most + 1 }
    }
}

impl Run for CompiledPattern {
    fn finders<'a>(&'a self, into: &mut Vec<&'a Finder>) -> bool {
        into.extend(self.engine.finder());
        // Without a reference answer there is nothing to compare with, whatever the text.
        self.engine.finder().is_some() && self.check.equals != CompareWith::Reference
    }

    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
        let wanted = match self.check.equals {
            CompareWith::Nothing => None,
            CompareWith::Value => Some(self.check.value.as_str()),
            CompareWith::Reference => match input.answer() {
                Some(reference) => Some(reference),
                None => return Verdict::Invalid(Reason::NoReference),
            },
        };
        let mut count: u32 = 0;
        let ahead = self.engine.ahead(input.text, evidence);
        // Where no places are asked for: what one match more or less is told by that there is one.
        let by_one = match evidence.wanted() {
            Wanted::Places => None,
            _ if wanted.is_some() || self.group != 0 => None,
            Wanted::Verdict if self.enough() <= 1 => Some(0),
            _ => ahead.and_then(Ahead::only_place),
        };
        if ahead.is_some_and(Ahead::rules_out) {
            // Then there is none.
        } else if let Some(place) = by_one
            && let Some(occurs) = self.engine.occurs(input.text)
        {
            // Where a match ends takes longer to find than that there is one.
            if occurs {
                count = 1;
                evidence.found(Span::new(place..place), count > self.at_most);
            }
        } else {
            let ended = self.engine.each(input.text, self.group, ahead, |span| {
                let said = span.of(input.text);
                let counts = wanted.is_none_or(|wanted| same(said, wanted, self.check.ignore_case, false));
                count = count.saturating_add(u32::from(counts));
                evidence.found(span, !counts || count > self.at_most);
                let is_over = evidence.wanted() == Wanted::Verdict && count >= self.enough();
                if is_over { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            });
            if let Err(reason) = ended {
                return Verdict::Invalid(reason);
            }
        }
        if count < self.at_least {
            let more = self.at_least - count;
            let matches = if more == 1 { "match" } else { "matches" };
            let pattern = &self.check.pattern;
            match wanted {
                Some(wanted) => evidence.missing(format_args!("{more} {matches} of `{pattern}` with {}", quoted(wanted))),
                None => evidence.missing(format_args!("{more} {matches} of `{pattern}`")),
            }
        }
        Verdict::met((self.at_least..=self.at_most).contains(&count))
    }
}
