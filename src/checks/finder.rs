//! Finding literal texts.

use super::{Evidence, ParamProblem};
use crate::text::Span;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use memchr::memmem;
use regex::bytes::{Regex, RegexBuilder};
use std::sync::atomic::{AtomicU64, Ordering};

/// What is wrong with a list of texts to look for: nothing in it, or an empty or repeated one.
pub(super) fn list_problems(param: &'static str, list: &[String]) -> Vec<ParamProblem> {
    if list.is_empty() {
        return vec![ParamProblem::new(param, "The list is empty.").hint("Give at least one.")];
    }
    let mut problems = Vec::new();
    for (index, item) in list.iter().enumerate() {
        if item.is_empty() {
            problems.push(
                ParamProblem::new(format!("{param}[{index}]"), "An empty text occurs everywhere.")
                    .hint("Fill it in or remove it."),
            );
        } else if let Some(first) = list[..index].iter().position(|other| other == item) {
            problems.push(
                ParamProblem::new(
                    format!("{param}[{index}]"),
                    format!("“{item}” stands twice: as number {} and {}.", first + 1, index + 1),
                )
                .hint("Remove one: it would count double."),
            );
        }
    }
    problems
}

/// Finds several texts.
#[derive(Debug)]
pub(super) struct Finder {
    needles: Vec<String>,
    ignore_case: bool,
    search: Search,
    id: u64,
}

#[derive(Debug)]
enum Search {
    /// One after the other: for a few needles that is faster than any automaton.
    Each(Vec<memmem::Finder<'static>>),
    /// The same, whatever the case.
    EachFolded(Vec<Regex>),
    /// Many in one pass.
    Together(AhoCorasick),
}

/// From so many passes on, one pass of an automaton is faster. Measured with AVX2: an automaton reads 0.6 GB/s, however
/// many needles it has; `memmem` reads 20 GB/s of texts of 3 kB, and 9 GB/s of texts of 100 bytes, for one needle.
/// So both come out even at about 45 needles in long texts, 32 in those of models, and 16 in short ones.
const WORTH_ONE_PASS: usize = 32;
/// Looking for a needle in either case takes as long as so many passes.
const FOLDED: usize = 4;

/// How long looking for `needles` one after the other takes, in passes.
fn passes(needles: usize, ignore_case: bool) -> usize {
    needles * if ignore_case { FOLDED } else { 1 }
}

/// Whether finders whose needles are these are better served by one pass.
pub(super) fn are_many(literals: &[Literals<'_>]) -> bool {
    let all = literals.iter().map(|literals| passes(literals.needles.len(), literals.ignore_case));
    all.sum::<usize>() > WORTH_ONE_PASS
}

impl Finder {
    /// For `needles`, the value of `param`, none empty. Letters are folded within ASCII where all needles
    /// are ASCII, else by Unicode's simple case folding.
    pub(super) fn new(param: &'static str, needles: &[String], ignore_case: bool) -> Result<Self, ParamProblem> {
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let too_large = |error: &dyn std::fmt::Display| {
            ParamProblem::new(param, format!("The list is too large to search for: {error}."))
                .hint("Split it into several criteria.")
        };
        let ascii = needles.iter().all(|needle| needle.is_ascii());
        let search = if passes(needles.len(), ignore_case) > WORTH_ONE_PASS && (ascii || !ignore_case) {
            automaton(needles, ignore_case).map(Search::Together).map_err(|error| too_large(&error))?
        } else if ignore_case {
            let folded = |needle: &String| {
                RegexBuilder::new(&regex::escape(needle)).case_insensitive(true).unicode(!ascii).build()
            };
            let patterns = needles.iter().map(folded).collect::<Result<_, _>>();
            patterns.map(Search::EachFolded).map_err(|error| too_large(&error))?
        } else {
            Search::Each(needles.iter().map(|needle| memmem::Finder::new(needle).into_owned()).collect())
        };
        Ok(Self { needles: needles.to_vec(), ignore_case, search, id: NEXT.fetch_add(1, Ordering::Relaxed) })
    }

    /// Reports every occurrence as evidence, for or, if it `violates`, against the check, and calls `absent` with
    /// the number of every needle that does not occur; gives how many needles occur. Occurrences of one needle do
    /// not overlap each other; those of different needles may.
    pub(super) fn report<E: Evidence>(
        &self,
        text: &str,
        whole_word: bool,
        evidence: &mut E,
        violates: bool,
        mut absent: impl FnMut(&mut E, usize),
    ) -> usize {
        if let Some(found) = evidence.known(self.id) {
            // A list of its own: what is found is told to whom it was got from. Mostly it is empty, or short.
            const FEW: usize = 8;
            if found.len() <= FEW {
                let mut few = [(0, Span::new(0..0)); FEW];
                let few = &mut few[..found.len()];
                few.copy_from_slice(found);
                return self.report_listed(few, text, whole_word, evidence, violates, absent);
            }
            let found = found.to_vec();
            return self.report_listed(&found, text, whole_word, evidence, violates, absent);
        }
        if let Search::Together(automaton) = &self.search {
            let hits = automaton.find_overlapping_iter(text);
            let mut found: Vec<_> = hits.map(|hit| (hit.pattern().as_u32(), Span::new(hit.range()))).collect();
            sort_by_needle(&mut found);
            return self.report_listed(&found, text, whole_word, evidence, violates, absent);
        }
        let mut present = 0;
        for needle in 0..self.needles.len() {
            let (mut from, mut occurs) = (0, false);
            while let Some(span) = self.next(needle, text, from) {
                if !whole_word || is_whole_word(text, span) {
                    occurs = true;
                    evidence.found(span, violates);
                    from = span.range().end;
                } else {
                    from = span.range().start + 1;
                }
            }
            present += usize::from(occurs);
            if !occurs {
                absent(evidence, needle);
            }
        }
        present
    }

    /// What a pass for many checks has found of its needles, ascending; `None` where it has to look itself.
    pub(super) fn known<'e>(&self, evidence: &'e impl Evidence) -> Option<&'e [(u32, Span)]> {
        evidence.known(self.id)
    }

    /// The first occurrence of a needle that begins at or after `from`.
    fn next(&self, needle: usize, text: &str, from: usize) -> Option<Span> {
        match &self.search {
            Search::Each(finders) => {
                let finder = &finders[needle];
                let start = from + finder.find(text.as_bytes().get(from..)?)?;
                Some(Span::new(start..start + finder.needle().len()))
            }
            Search::EachFolded(patterns) => {
                let hit = patterns[needle].find(text.as_bytes().get(from..)?)?;
                Some(Span::new(from + hit.start()..from + hit.end()))
            }
            Search::Together(_) => unreachable!("looked for in one pass"),
        }
    }

    /// The same of all occurrences, as [`sort_by_needle`] leaves them.
    fn report_listed<E: Evidence>(
        &self,
        found: &[(u32, Span)],
        text: &str,
        whole_word: bool,
        evidence: &mut E,
        violates: bool,
        mut absent: impl FnMut(&mut E, usize),
    ) -> usize {
        let (mut present, mut at) = (0, 0);
        for needle in 0..self.needles.len() {
            let mut end = None;
            while let Some(&(_, span)) = found.get(at).filter(|(of, _)| *of as usize == needle) {
                at += 1;
                let overlaps = end.is_some_and(|end| span.start < end);
                if !overlaps && (!whole_word || is_whole_word(text, span)) {
                    end = Some(span.end);
                    evidence.found(span, violates);
                }
            }
            present += usize::from(end.is_some());
            if end.is_none() {
                absent(evidence, needle);
            }
        }
        present
    }

    /// Its needles for a pass over the needles of several finders; none where they fold beyond ASCII.
    pub(super) fn literals(&self) -> Option<Literals<'_>> {
        let ascii = || self.needles.iter().all(|needle| needle.is_ascii());
        (!self.ignore_case || ascii()).then(|| Literals {
            finder: self.id,
            needles: &self.needles,
            ignore_case: self.ignore_case,
        })
    }
}

/// The needles of a finder.
pub(super) struct Literals<'a> {
    /// Which finder.
    pub(super) finder: u64,
    /// What it looks for.
    pub(super) needles: &'a [String],
    /// Whether ASCII letters match in either case.
    pub(super) ignore_case: bool,
}

/// Puts occurrences, needles' numbers and places as an automaton finds them, in the order of needles. Those of one
/// needle are of one length and come in their order.
pub(super) fn sort_by_needle(found: &mut [(u32, Span)]) {
    found.sort_by_key(|(needle, _)| *needle);
}

/// An automaton that finds all occurrences of `needles`, overlapping ones too.
pub(super) fn automaton(
    needles: &[impl AsRef<[u8]>],
    ignore_case: bool,
) -> Result<AhoCorasick, aho_corasick::BuildError> {
    // A table of transitions for every state reads several times as fast as the compact form that is taken by
    // itself, and takes about a hundred bytes for each byte of the needles.
    const TABLE: usize = 64 << 10;
    let bytes: usize = needles.iter().map(|needle| needle.as_ref().len()).sum();
    AhoCorasickBuilder::new()
        .match_kind(MatchKind::Standard)
        .ascii_case_insensitive(ignore_case)
        .kind((bytes <= TABLE).then_some(AhoCorasickKind::DFA))
        .build(needles)
}

/// Whether `span` touches no word character outside itself.
///
/// Word characters are those of `\w`: letters, digits, underscores, and the marks that combine with them.
pub(super) fn is_whole_word(text: &str, span: Span) -> bool {
    let word = regex_syntax::is_word_character;
    let range = span.range();
    !text[..range.start].chars().next_back().is_some_and(word) && !text[range.end..].chars().next().is_some_and(word)
}
