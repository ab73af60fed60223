//! One interface to both regular expression engines: the linear one, and one that backtracks where a pattern
//! needs look-around or back-references.

use super::finder::{Finder, Sought};
use super::scan::Found;
use super::{Evidence, ParamProblem, Reason, packed, regex_problem};
use crate::text::Span;
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Hir, HirKind, LookSet, Repetition};
use std::ops::{ControlFlow, Range};

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
pub(super) struct Engine {
    search: Search,
    /// A text that stands in every match, to be looked for together with those of other checks.
    required: Option<Finder>,
    /// Whether a match may hold no text.
    may_be_empty: bool,
}

#[derive(Debug)]
enum Search {
    /// Time linear in the text.
    Linear(Box<Linear>),
    /// Up to a number of steps.
    Backtracking(Box<Backtracking>),
}

/// One pattern, and what finds the same faster.
///
/// The automaton that makes the engine fast cannot tell where a word ends among letters beyond ASCII; a pattern
/// that asks for it takes a way ten times as slow. Two others often spare it that.
#[derive(Debug)]
struct Linear {
    regex: regex::Regex,
    /// For texts of ASCII alone, where words end as ASCII has it.
    ascii: Option<regex::bytes::Regex>,
    /// The pattern without the boundaries it asks for: where this matches nothing, it does not either.
    loose: Option<regex::Regex>,
}

impl Linear {
    fn new(pattern: &str, flags: Flags, regex: regex::Regex) -> Self {
        let Some(loose) = loose(pattern, flags) else { return Self { regex, ascii: None, loose: None } };
        let ascii = regex::bytes::RegexBuilder::new(pattern)
            .case_insensitive(flags.ignore_case)
            .multi_line(flags.multi_line)
            .dot_matches_new_line(flags.dot_matches_new_line)
            .unicode(false)
            .build();
        // A pattern that names letters beyond ASCII has no such form, and needs none.
        Self { regex, ascii: ascii.ok(), loose: regex::Regex::new(&loose).ok() }
    }

    fn each(
        &self,
        text: &str,
        group: usize,
        ahead: Option<Ahead>,
        mut take: impl FnMut(Range<usize>) -> ControlFlow<()>,
    ) -> ControlFlow<()> {
        let last = ahead.map_or(usize::MAX, |ahead| ahead.last);
        if let Some(regex) = self.ascii.as_ref().filter(|_| text.is_ascii()) {
            let bytes = text.as_bytes();
            return match (group, ahead) {
                (0, None) => regex.find_iter(bytes).try_for_each(|hit| take(hit.range())),
                (0, Some(_)) => while_some(last, |from| regex.find_at(bytes, from).map(|hit| hit.range()), take),
                _ => {
                    let mut groups = regex.captures_iter(bytes).filter_map(|groups| groups.get(group));
                    groups.try_for_each(|hit| take(hit.range()))
                }
            };
        }
        if self.loose.as_ref().is_some_and(|loose| !loose.is_match(text)) {
            return ControlFlow::Continue(());
        }
        match (group, ahead) {
            (0, None) => self.regex.find_iter(text).try_for_each(|hit| take(hit.range())),
            (0, Some(_)) => while_some(last, |from| self.regex.find_at(text, from).map(|hit| hit.range()), take),
            _ => {
                let mut groups = self.regex.captures_iter(text).filter_map(|groups| groups.get(group));
                groups.try_for_each(|hit| take(hit.range()))
            }
        }
    }

    fn is_match(&self, text: &str) -> bool {
        match self.ascii.as_ref().filter(|_| text.is_ascii()) {
            Some(ascii) => ascii.is_match(text.as_bytes()),
            None => self.loose.as_ref().is_none_or(|loose| loose.is_match(text)) && self.regex.is_match(text),
        }
    }
}

/// What a pass for many checks has found in a text of what stands in every match.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ahead {
    /// At how many places, or more.
    places: usize,
    /// Where the last of them is, or after it.
    last: usize,
}

impl Ahead {
    /// That of a text that holds it somewhere.
    const SOMEWHERE: Self = Self { places: usize::MAX, last: usize::MAX };

    /// Whether there is no match.
    pub(super) fn rules_out(self) -> bool {
        self.places == 0
    }

    /// The only place, where there is no other: then there is one match at most.
    pub(super) fn only_place(self) -> Option<usize> {
        (self.places == 1).then_some(self.last)
    }
}

/// Takes one match after the other, none of which is empty, as long as one can begin no later than at `last`.
fn while_some(
    last: usize,
    next: impl Fn(usize) -> Option<Range<usize>>,
    mut take: impl FnMut(Range<usize>) -> ControlFlow<()>,
) -> ControlFlow<()> {
    let mut from = 0;
    while from <= last
        && let Some(range) = next(from)
    {
        from = range.end;
        take(range)?;
    }
    ControlFlow::Continue(())
}

/// `pattern` as its engine understands it.
fn parse(pattern: &str, flags: Flags) -> Option<Hir> {
    ParserBuilder::new()
        .case_insensitive(flags.ignore_case)
        .multi_line(flags.multi_line)
        .dot_matches_new_line(flags.dot_matches_new_line)
        .build()
        .parse(pattern)
        .ok()
}

/// The longest text that stands as it is in everything that `hir` matches. Recursion is as deep as the pattern, which
/// its parser bounds.
fn required(hir: &Hir) -> Option<&str> {
    match hir.kind() {
        HirKind::Literal(literal) => std::str::from_utf8(&literal.0).ok(),
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => required(&repetition.sub),
        HirKind::Concat(list) => list.iter().filter_map(required).max_by_key(|text| text.len()),
        _ => None,
    }
}

/// `pattern` without the boundaries of words it asks for, as a pattern with its flags in it; `None` where it asks
/// for none.
fn loose(pattern: &str, flags: Flags) -> Option<String> {
    let hir = parse(pattern, flags)?;
    hir.properties().look_set().contains_word_unicode().then(|| without_words(&hir).to_string())
}

/// Drops every look at where words begin and end. Recursion is as deep as the pattern, which its parser bounds.
fn without_words(hir: &Hir) -> Hir {
    let all = |list: &[Hir]| list.iter().map(without_words).collect();
    match hir.kind() {
        HirKind::Look(look) if LookSet::singleton(*look).contains_word() => Hir::empty(),
        HirKind::Repetition(repetition) => {
            Hir::repetition(Repetition { sub: Box::new(without_words(&repetition.sub)), ..repetition.clone() })
        }
        HirKind::Capture(capture) => without_words(&capture.sub),
        HirKind::Concat(list) => Hir::concat(all(list)),
        HirKind::Alternation(list) => Hir::alternation(all(list)),
        HirKind::Empty | HirKind::Literal(_) | HirKind::Class(_) | HirKind::Look(_) => hir.clone(),
    }
}

/// One pattern under two step limits, which the engine fixes when it compiles.
#[derive(Debug)]
struct Backtracking {
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
            Ok(regex) => {
                let hir = parse(pattern, flags);
                let required = hir.as_ref().and_then(required).filter(|text| packed::suits(text));
                let finder = |text: &str| {
                    let needles = &[text.to_owned()];
                    Finder::new("pattern", Sought { needles, ignore_case: false, whole_word: false, enough: 1 })
                };
                return Ok(Self {
                    search: Search::Linear(Box::new(Linear::new(pattern, flags, regex))),
                    required: required.map(finder).transpose()?,
                    may_be_empty: hir.is_none_or(|hir| hir.properties().minimum_len() == Some(0)),
                });
            }
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
        Ok(Self { search: Search::Backtracking(Box::new(both)), required: None, may_be_empty: true })
    }

    /// The names of its groups.
    pub(super) fn group_names(&self) -> Vec<&str> {
        match &self.search {
            Search::Linear(linear) => linear.regex.capture_names().flatten().collect(),
            Search::Backtracking(regexes) => regexes.usual.capture_names().flatten().collect(),
        }
    }

    /// The number of the group called `name`.
    pub(super) fn group(&self, name: &str) -> Option<usize> {
        match &self.search {
            Search::Linear(linear) => linear.regex.capture_names().position(|group| group == Some(name)),
            Search::Backtracking(regexes) => regexes.usual.capture_names().position(|group| group == Some(name)),
        }
    }

    /// What looks for a text that it cannot match without.
    pub(super) fn finder(&self) -> Option<&Finder> {
        self.required.as_ref()
    }

    /// What a pass for many checks has found already in `text` of what it cannot match without; `None` where there was
    /// none.
    pub(super) fn ahead(&self, text: &str, evidence: &impl Evidence) -> Option<Ahead> {
        let required = self.required.as_ref()?;
        let found: Found<'_> = required.known(evidence)?;
        Some(match found.places.last() {
            last if found.read == text.len() => {
                Ahead { places: found.places.len(), last: last.map_or(0, |(_, span)| span.range().start) }
            }
            None if !required.occurs_beyond(text, found) => Ahead { places: 0, last: 0 },
            _ => Ahead::SOMEWHERE,
        })
    }

    /// Whether it matches anywhere; `None` for one that may give up, or match nothing at all.
    pub(super) fn occurs(&self, text: &str) -> Option<bool> {
        match &self.search {
            Search::Linear(linear) if !self.may_be_empty => Some(linear.is_match(text)),
            _ => None,
        }
    }

    /// Calls `found` with the place of `group` (0 is the whole) in every match, from left to right. Matches do
    /// not overlap. Empty places are left out: they hold no text that could count. `ahead` is what [`Self::ahead`] says of
    /// the text. `found` may break off; of a pattern that may give up it is told all the same whether it does.
    ///
    /// # Errors
    /// [`Reason::StepLimit`], after the matches before it.
    pub(super) fn each(
        &self,
        text: &str,
        group: usize,
        ahead: Option<Ahead>,
        mut found: impl FnMut(Span) -> ControlFlow<()>,
    ) -> Result<(), Reason> {
        if ahead.is_some_and(Ahead::rules_out) {
            return Ok(());
        }
        let mut take = |range: Range<usize>| {
            if range.is_empty() { ControlFlow::Continue(()) } else { found(Span::new(range)) }
        };
        match &self.search {
            Search::Linear(linear) => {
                let _ = linear.each(text, group, ahead, take);
            }
            Search::Backtracking(regexes) => {
                let regex = if text.len() < LONG { &regexes.usual } else { &regexes.long };
                let mut is_over = false;
                for groups in regex.captures_iter(text) {
                    // Whatever stops the engine while it runs is one of its limits. Whether it does must not depend on
                    // what is asked for.
                    let hit = groups.map_err(|_| Reason::StepLimit)?.get(group);
                    is_over = is_over || hit.is_some_and(|hit| take(hit.range()).is_break());
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::{Engine, Flags};
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    /// Patterns that ask where words begin and end, in all ways there are.
    const PATTERNS: [&str; 9] = [
        r"\b\d+(?:\.\d+)? (?:ms|kg)\b",
        r"\b(?:may|might) vary\b",
        r"\bk\b|^\B.",
        r"(?:\b\w{2}\b ?)+",
        r"\b{start}a|e\b{end}",
        r"(\b)(s+)\b",
        r"[^a-z]\b",
        r"é\b|\bß",
        r"\b$",
    ];

    proptest! {
        #[test]
        fn every_way_of_searching_finds_the_same(
            pattern in prop::sample::select(&PATTERNS[..]),
            text in "([a-c ks]|\\.|[0-9]|ms|kg|may|might| vary|\n|é|ß|ſ|K|’|—|\u{301}){0,24}",
            ignore_case: bool,
            multi_line: bool,
        ) {
            let flags = Flags { ignore_case, multi_line, dot_matches_new_line: false };
            let mut found = Vec::new();
            let engine = Engine::new("pattern", pattern, flags).unwrap();
            let all = engine.each(&text, 0, None, |span| {
                found.push(span.range());
                ControlFlow::Continue(())
            });
            all.unwrap();
            let plain = regex::RegexBuilder::new(pattern).case_insensitive(ignore_case).multi_line(multi_line).build();
            let expected: Vec<_> =
                plain.unwrap().find_iter(&text).map(|hit| hit.range()).filter(|range| !range.is_empty()).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
