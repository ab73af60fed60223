//! Finding literal texts.

use super::scan::Found;
use super::{Evidence, ParamProblem, Wanted};
use crate::text::Span;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use memchr::memmem;
use regex::bytes::{Regex, RegexBuilder};
use smallvec::SmallVec;
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

/// What a [`Finder`] looks for, and how.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sought<'a> {
    /// The texts, none empty.
    pub(super) needles: &'a [String],
    /// Letters are folded within ASCII where all needles are ASCII, else by Unicode's simple case folding.
    pub(super) ignore_case: bool,
    /// Whether only what touches no word character counts.
    pub(super) whole_word: bool,
    /// Beyond so many different ones that occur, none changes the verdict.
    pub(super) enough: usize,
}

/// Finds several texts.
#[derive(Debug)]
pub(super) struct Finder {
    needles: Vec<String>,
    ignore_case: bool,
    whole_word: bool,
    enough: usize,
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
pub(super) fn passes(needles: usize, ignore_case: bool) -> usize {
    needles * if ignore_case { FOLDED } else { 1 }
}

/// Whether finders whose needles are these are better served by one pass.
pub(super) fn are_many(literals: &[Literals<'_>]) -> bool {
    let all = literals.iter().map(|literals| passes(literals.needles.len(), literals.ignore_case));
    is_worth_one_pass(all.sum())
}

/// Whether an automaton's pass takes less time than so many.
pub(super) fn is_worth_one_pass(passes: usize) -> bool {
    passes > WORTH_ONE_PASS
}

impl Finder {
    /// For what the value of `param` asks to look for.
    pub(super) fn new(param: &'static str, sought: Sought<'_>) -> Result<Self, ParamProblem> {
        let Sought { needles, ignore_case, whole_word, enough } = sought;
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
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        Ok(Self { needles: needles.to_vec(), ignore_case, whole_word, enough, search, id })
    }

    /// Reports every occurrence as evidence, for or, if it `violates`, against the check, and calls `absent` with
    /// the number of every needle that does not occur; gives how many needles occur. Occurrences of one needle do
    /// not overlap each other; those of different needles may.
    ///
    /// Where no more than the verdict is wanted it reports nothing, and ends when enough occur.
    pub(super) fn report<E: Evidence>(
        &self,
        text: &str,
        evidence: &mut E,
        violates: bool,
        mut absent: impl FnMut(&mut E, usize),
    ) -> usize {
        if evidence.wanted() == Wanted::Verdict {
            return self.present(text, evidence.known(self.id));
        }
        if let Some(Found { places: found, .. }) = evidence.known(self.id).filter(|found| found.read == text.len()) {
            // A list of its own: what is found is told to whom it was got from. Mostly it is empty, or short.
            const FEW: usize = 8;
            if found.len() <= FEW {
                let mut few = [(0, Span::new(0..0)); FEW];
                let few = &mut few[..found.len()];
                few.copy_from_slice(found);
                return self.report_listed(few, text, evidence, violates, absent);
            }
            let found = found.to_vec();
            return self.report_listed(&found, text, evidence, violates, absent);
        }
        if let Search::Together(automaton) = &self.search {
            let hits = automaton.find_overlapping_iter(text);
            let mut found: Vec<_> = hits.map(|hit| (hit.pattern().as_u32(), Span::new(hit.range()))).collect();
            sort_by_needle(&mut found);
            return self.report_listed(&found, text, evidence, violates, absent);
        }
        let mut present = 0;
        for needle in 0..self.needles.len() {
            let (mut from, mut occurs) = (0, false);
            while let Some(span) = self.next(needle, text, from) {
                if self.counts(text, span) {
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

    /// How many needles occur, or a number that is enough. `found` is what is known already.
    fn present(&self, text: &str, found: Option<Found<'_>>) -> usize {
        let Found { places, read } = found.unwrap_or_default();
        let (mut present, mut at) = (0, 0);
        let mut absent: SmallVec<[usize; 16]> = SmallVec::new();
        if !places.is_empty() {
            for needle in 0..self.needles.len() {
                let of_needle = places[at..].iter().take_while(|(of, _)| *of as usize == needle);
                let of_needle = &places[at..at + of_needle.count()];
                at += of_needle.len();
                if of_needle.iter().any(|&(_, span)| self.counts(text, span)) {
                    present += 1;
                } else {
                    absent.push(needle);
                }
            }
        } else if read < text.len() {
            absent.extend(0..self.needles.len());
        }
        if read == text.len() || present >= self.enough {
            return present;
        }
        if let Search::Together(automaton) = &self.search {
            let longest = self.needles.iter().map(String::len).max().unwrap_or(0);
            let from = beginning(read, longest);
            for hit in automaton.find_overlapping_iter(&text.as_bytes()[from..]) {
                let needle = hit.pattern().as_usize();
                if absent.contains(&needle) && self.counts(text, Span::new(from + hit.start()..from + hit.end())) {
                    absent.retain(|absent| *absent != needle);
                    present += 1;
                    if present >= self.enough || absent.is_empty() {
                        break;
                    }
                }
            }
            return present;
        }
        for needle in absent {
            present += usize::from(self.occurs(needle, text, beginning(read, self.needles[needle].len())));
            if present >= self.enough {
                break;
            }
        }
        present
    }

    /// Whether a needle occurs, beginning at or after `from`.
    fn occurs(&self, needle: usize, text: &str, mut from: usize) -> bool {
        while let Some(span) = self.next(needle, text, from) {
            if self.counts(text, span) {
                return true;
            }
            from = span.range().start + 1;
        }
        false
    }

    /// Whether an occurrence is what is looked for.
    fn counts(&self, text: &str, span: Span) -> bool {
        !self.whole_word || is_whole_word(text, span)
    }

    /// What a pass for many checks has found of its needles; `None` where it has to look itself.
    pub(super) fn known<'e>(&self, evidence: &'e impl Evidence) -> Option<Found<'e>> {
        evidence.known(self.id)
    }

    /// Whether any needle occurs where it was not looked for, given what was `found`.
    pub(super) fn occurs_beyond(&self, text: &str, found: Found<'_>) -> bool {
        self.present(text, Some(Found { places: &[], ..found })) > 0
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
                if !overlaps && self.counts(text, span) {
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

    /// Its needles for a pass over the needles of several finders; none where they fold beyond ASCII. It is part of the
    /// check with the number `check`.
    pub(super) fn literals(&self, check: usize) -> Option<Literals<'_>> {
        let ascii = || self.needles.iter().all(|needle| needle.is_ascii());
        (!self.ignore_case || ascii()).then(|| Literals {
            finder: self.id,
            needles: &self.needles,
            ignore_case: self.ignore_case,
            enough: self.enough,
            check,
        })
    }

    /// Its number, no other finder's.
    pub(super) fn id(&self) -> u64 {
        self.id
    }
}

/// Where an occurrence of `length` bytes may begin that does not end within the first `read`.
pub(super) fn beginning(read: usize, length: usize) -> usize {
    (read + 1).saturating_sub(length)
}

/// The needles of a finder.
pub(super) struct Literals<'a> {
    /// Which finder.
    pub(super) finder: u64,
    /// What it looks for.
    pub(super) needles: &'a [String],
    /// Whether ASCII letters match in either case.
    pub(super) ignore_case: bool,
    /// Beyond so many that occur, none changes the verdict.
    pub(super) enough: usize,
    /// The number of the check it is part of.
    pub(super) check: usize,
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
