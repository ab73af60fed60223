//! Looking for the literal texts of many checks in one pass over a text.
//!
//! With hundreds of phrases in a rubric, a pass for each of them, or for each check, would read every text as
//! often. One pass for all of them reads it once. What it finds is handed to the checks, which decide what
//! counts, with the same code as when they look for themselves.

use super::CompiledCheck;
use super::finder::{Finder, Literals, are_many, automaton, sort_by_needle};
use super::packed::{self, Packed};
use crate::text::Span;
use aho_corasick::AhoCorasick;
use std::ops::Range;

/// One pass for the needles of several checks.
#[derive(Debug)]
pub struct Scan {
    search: Search,
    needles: Vec<Needle>,
    /// The finders, ascending: the place of each is that in [`Known::found`].
    finders: Vec<u64>,
}

#[derive(Debug)]
enum Search {
    /// A few needles, read for as fast as for one.
    Few(Packed),
    /// Any number.
    Many(AhoCorasick),
}

#[derive(Debug)]
struct Needle {
    place: u32,
    /// Its number in its finder.
    number: u32,
    /// What must stand there to the letter, where the automaton ignores case and the needle does not.
    exact: Option<Box<str>>,
}

/// Above so many bytes of needles the automaton would outgrow the cache, and building it would take longer than
/// a keystroke should.
const MOST_BYTES: usize = 32 << 10;

impl Scan {
    /// A pass for `checks`; `None` where it would not pay.
    pub fn new(checks: &[&CompiledCheck]) -> Option<Self> {
        let mut finders: Vec<&Finder> = Vec::new();
        checks.iter().for_each(|check| check.finders(&mut finders));
        let mut literals: Vec<_> = finders.iter().filter_map(|finder| finder.literals()).collect();
        literals.sort_by_key(|literals| literals.finder);
        literals.dedup_by_key(|literals| literals.finder);
        if !are_many(&literals) {
            literals.retain(|literals| {
                !literals.ignore_case && literals.needles.iter().all(|needle| packed::suits(needle))
            });
            let texts = texts(&literals);
            // One needle alone is found as fast by itself.
            let search = (texts.len() > 1).then(|| Packed::new(&texts)).flatten()?;
            return Some(Self::of(Search::Few(search), &literals, false));
        }
        let texts = texts(&literals);
        if texts.iter().map(|text| text.len()).sum::<usize>() > MOST_BYTES {
            return None;
        }
        let ignore_case = literals.iter().any(|literals| literals.ignore_case);
        let automaton = automaton(&texts, ignore_case).ok()?;
        Some(Self::of(Search::Many(automaton), &literals, ignore_case))
    }

    fn of(search: Search, literals: &[Literals<'_>], ignore_case: bool) -> Self {
        let mut needles = Vec::new();
        for (place, literals) in literals.iter().enumerate() {
            let strict = ignore_case && !literals.ignore_case;
            needles.extend(literals.needles.iter().enumerate().map(|(number, text)| Needle {
                place: place as u32,
                number: number as u32,
                exact: strict.then(|| text.as_str().into()),
            }));
        }
        Self { search, needles, finders: literals.iter().map(|literals| literals.finder).collect() }
    }

    /// What it finds, to be filled text by text.
    pub fn known(&self) -> Known<'_> {
        Known { scan: self, found: vec![Vec::new(); self.finders.len()], met: Vec::new() }
    }
}

/// The needles of all, in order.
fn texts<'a>(literals: &[Literals<'a>]) -> Vec<&'a str> {
    literals.iter().flat_map(|literals| literals.needles.iter().map(String::as_str)).collect()
}

/// What a [`Scan`] found in one text.
#[derive(Debug)]
pub struct Known<'a> {
    scan: &'a Scan,
    /// Of every finder: the needle's number and the place, ascending.
    found: Vec<Vec<(u32, Span)>>,
    /// Finders of which something was found.
    met: Vec<u32>,
}

impl Known<'_> {
    /// Forgets the last text and looks through `text`.
    pub fn read(&mut self, text: &str) {
        for place in self.met.drain(..) {
            self.found[place as usize].clear();
        }
        match &self.scan.search {
            Search::Few(packed) => {
                let needles = &self.scan.needles;
                packed.each(text.as_bytes(), |needle, range| self.add(&needles[needle], range));
            }
            Search::Many(automaton) => {
                for hit in automaton.find_overlapping_iter(text) {
                    let needle = &self.scan.needles[hit.pattern().as_usize()];
                    let exact = needle.exact.as_deref();
                    if exact.is_none_or(|exact| text.as_bytes()[hit.range()] == *exact.as_bytes()) {
                        self.add(needle, hit.range());
                    }
                }
            }
        }
        for &place in &self.met {
            sort_by_needle(&mut self.found[place as usize]);
        }
    }

    fn add(&mut self, needle: &Needle, range: Range<usize>) {
        let found = &mut self.found[needle.place as usize];
        if found.is_empty() {
            self.met.push(needle.place);
        }
        found.push((needle.number, Span::new(range)));
    }

    /// What was found for a finder; `None` where it was not looked for.
    pub(super) fn of(&self, finder: u64) -> Option<&[(u32, Span)]> {
        let place = self.scan.finders.binary_search(&finder).ok()?;
        Some(&self.found[place])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{Check, Forbidden, Input, Need, Phrases};
    use proptest::prelude::*;

    fn phrases(list: &[String], ignore_case: bool, whole_word: bool) -> Check {
        Check::Phrases(Phrases { phrases: list.to_vec(), need: Need::Fraction, ignore_case, whole_word })
    }

    /// A list of its own of each kind of search: few and many needles, in either case.
    fn checks(lists: &[Vec<String>]) -> Vec<CompiledCheck> {
        // Only ASCII is folded in the one pass.
        let folds = |index: usize, word: &str| index.is_multiple_of(2) || word.is_ascii();
        let list = |(index, list): (usize, &Vec<String>)| {
            let list: Vec<String> = list.iter().filter(|word| folds(index, word)).cloned().collect();
            phrases(&list, index % 2 == 1, index % 3 == 2)
        };
        let mut checks: Vec<Check> = lists.iter().enumerate().map(list).collect();
        checks.push(Check::NoneOf(crate::checks::NoneOf { checks: vec![phrases(&lists[0], false, true)] }));
        checks.push(Check::Forbidden(Forbidden { phrases: lists[1].clone(), ..Forbidden::default() }));
        checks.iter().map(|check| check.compile().unwrap()).collect()
    }

    fn distinct(words: Vec<String>) -> Vec<String> {
        let mut list: Vec<String> = Vec::new();
        words.into_iter().for_each(|word| {
            if !list.contains(&word) {
                list.push(word);
            }
        });
        list
    }

    proptest! {
        #[test]
        fn one_pass_for_all_says_what_each_check_says(
            lists in prop::collection::vec(prop::collection::vec("[abAB _é]{1,3}", 12..24), 5..7),
            texts in prop::collection::vec("[abAB _éK]{0,30}", 1..4),
        ) {
            let lists: Vec<Vec<String>> = lists.into_iter().map(distinct).collect();
            let compiled = checks(&lists);
            let checks: Vec<&CompiledCheck> = compiled.iter().collect();
            let scan = Scan::new(&checks).expect("there are many needles");
            let mut known = scan.known();
            for text in &texts {
                known.read(text);
                let input = Input { text, ..Input::default() };
                for check in &checks {
                    prop_assert_eq!(check.score_with(&input, Some(&known)), check.score(&input), "{:?}", text);
                    prop_assert_eq!(check.explain_with(&input, Some(&known)), check.explain(&input), "{:?}", text);
                }
            }
        }

        #[test]
        fn few_and_many_needles_are_found_alike(
            list in prop::collection::vec("[abA_]{1,3}", 2..12),
            text in "[abAB_ é]{0,40}",
            ignore_case: bool,
            whole_word: bool,
        ) {
            let list = distinct(list);
            // Enough others, none of which occurs, that all are looked for in one pass.
            let others = (0..40).map(|number| format!("zz{number}"));
            let many: Vec<String> = list.iter().cloned().chain(others).collect();
            let input = Input { text: &text, ..Input::default() };
            let hits = |list: &[String]| {
                let (_, found) = phrases(list, ignore_case, whole_word).compile().unwrap().explain(&input);
                let mut spans: Vec<_> = found.hits.iter().map(|hit| hit.span).collect();
                spans.sort();
                spans
            };
            prop_assert_eq!(hits(&list), hits(&many));
        }
    }

    proptest! {
        #[test]
        fn one_pass_for_a_few_says_what_each_check_says(
            lists in prop::collection::vec(prop::collection::vec("[ab_]{3,5}|aaa|[ab]é[ab]", 1..4), 2..5),
            pattern in prop::sample::select(vec!["(^|a?)aab[ab_]*", "(abab)+", "aaab|b_aa", "_?(?:aba){1,2}\\b"]),
            texts in prop::collection::vec("[ab_]{0,12}|([ab_é ]|aaa){0,60}", 1..4),
        ) {
            let mut compiled: Vec<_> = lists.into_iter().enumerate().map(|(index, list)| {
                phrases(&distinct(list), false, index % 2 == 1).compile().unwrap()
            }).collect();
            let pattern = crate::checks::Pattern { pattern: pattern.to_owned(), ..crate::checks::Pattern::default() };
            compiled.push(Check::Pattern(pattern.clone()).compile().unwrap());
            compiled.push(
                Check::Forbidden(Forbidden { patterns: vec![pattern.pattern], ..Forbidden::default() }).compile().unwrap()
            );
            let checks: Vec<&CompiledCheck> = compiled.iter().collect();
            // Not every processor can.
            if let Some(scan) = Scan::new(&checks) {
                let mut known = scan.known();
                for text in &texts {
                    known.read(text);
                    let input = Input { text, ..Input::default() };
                    for check in &checks {
                        prop_assert_eq!(check.score_with(&input, Some(&known)), check.score(&input), "{:?}", text);
                        prop_assert_eq!(check.explain_with(&input, Some(&known)), check.explain(&input), "{:?}", text);
                    }
                }
            }
        }
    }

    #[test]
    fn what_is_short_is_not_looked_for_together() {
        let compiled = phrases(&["a".to_owned(), "b".to_owned()], false, false).compile().unwrap();
        assert!(Scan::new(&[&compiled]).is_none());
    }
}
