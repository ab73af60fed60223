//! Finding many literal texts in one pass.

use super::ParamProblem;
use crate::text::Span;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, MatchKind};
use regex::{Regex, RegexBuilder};

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

/// Finds many texts at once.
#[derive(Debug)]
pub(super) struct Finder {
    search: Search,
    needles: usize,
}

#[derive(Debug)]
enum Search {
    /// All in one automaton.
    Literal(AhoCorasick),
    /// Case folding beyond ASCII: one pattern each.
    Folded(Vec<Regex>),
}

impl Finder {
    /// For `needles`, the value of `param`, none empty. Letters are folded within ASCII where all needles
    /// are ASCII, else by Unicode's simple case folding.
    pub(super) fn new(param: &'static str, needles: &[String], ignore_case: bool) -> Result<Self, ParamProblem> {
        let too_large = |error: &dyn std::fmt::Display| {
            ParamProblem::new(param, format!("The list is too large to search for: {error}."))
                .hint("Split it into several criteria.")
        };
        let search = if ignore_case && !needles.iter().all(|needle| needle.is_ascii()) {
            let compile = |needle: &String| RegexBuilder::new(&regex::escape(needle)).case_insensitive(true).build();
            needles.iter().map(compile).collect::<Result<_, _>>().map(Search::Folded).map_err(|e| too_large(&e))
        } else {
            AhoCorasickBuilder::new()
                .match_kind(MatchKind::Standard)
                .ascii_case_insensitive(ignore_case)
                .build(needles)
                .map(Search::Literal)
                .map_err(|e| too_large(&e))
        }?;
        Ok(Self { search, needles: needles.len() })
    }

    /// Calls `found` with every occurrence and says which needles occur. Occurrences of one needle do not
    /// overlap each other; those of different needles may.
    pub(super) fn occurring(&self, text: &str, whole_word: bool, mut found: impl FnMut(Span)) -> Vec<bool> {
        // Where the last accepted occurrence of each needle ended; `None` while it has not occurred.
        let mut ends: Vec<Option<u32>> = vec![None; self.needles];
        let mut accept = |needle: usize, span: Span| {
            let overlaps_itself = ends[needle].is_some_and(|end| span.start < end);
            if !overlaps_itself && (!whole_word || is_whole_word(text, span)) {
                ends[needle] = Some(span.end);
                found(span);
            }
        };
        match &self.search {
            Search::Literal(automaton) => {
                for hit in automaton.find_overlapping_iter(text) {
                    accept(hit.pattern().as_usize(), Span::new(hit.range()));
                }
            }
            Search::Folded(patterns) => {
                for (index, pattern) in patterns.iter().enumerate() {
                    for hit in pattern.find_iter(text) {
                        accept(index, Span::new(hit.range()));
                    }
                }
            }
        }
        ends.iter().map(Option::is_some).collect()
    }
}

/// Whether `span` touches no word character outside itself.
///
/// Word characters are those of `\w`: letters, digits, underscores, and the marks that combine with them.
pub(super) fn is_whole_word(text: &str, span: Span) -> bool {
    let word = regex_syntax::is_word_character;
    let range = span.range();
    !text[..range.start].chars().next_back().is_some_and(word) && !text[range.end..].chars().next().is_some_and(word)
}
