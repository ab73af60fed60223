//! Looking for the literal texts of many checks in one pass over a text.
//!
//! With hundreds of phrases in a rubric, a pass for each of them, or for each check, would read every text as
//! often. One pass for all of them reads it once. What it finds is handed to the checks, which decide what
//! counts, with the same code as when they look for themselves.

use super::CompiledCheck;
use super::finder::{Finder, Literals, are_many, automaton, beginning, is_worth_one_pass, passes, sort_by_needle};
use super::packed::{self, Packed};
use crate::text::Span;
use aho_corasick::AhoCorasick;
use std::hint::black_box;
use std::ops::Range;

/// One pass for the needles of several checks.
#[derive(Debug)]
pub struct Scan {
    search: Search,
    needles: Vec<Needle>,
    /// The place of each finder in [`Known::found`].
    finders: Places,
    /// What is asked of each of them.
    asked: Vec<Asked>,
    /// Whether it decides each check: see [`Self::decides`].
    decides: Vec<bool>,
    /// Bytes of the longest needle.
    longest: usize,
}

/// The places of finders, which are asked for more often than anything else.
#[derive(Debug)]
struct Places {
    /// The finders, ascending.
    finders: Vec<u64>,
    /// The place of each from the first on, plus 1; 0 for what is none of them. Empty where they lie far apart.
    table: Vec<u16>,
}

impl Places {
    /// Of `finders`, which ascend.
    fn new(finders: Vec<u64>) -> Self {
        const WIDEST: u64 = 4096;
        let first = finders.first().copied().unwrap_or(0);
        let mut table = Vec::new();
        if let Some(last) = finders.last().filter(|last| *last - first < WIDEST) {
            table.resize((last - first) as usize + 1, 0);
            (1..).zip(&finders).for_each(|(place, finder)| table[(finder - first) as usize] = place);
        }
        Self { finders, table }
    }

    fn of(&self, finder: u64) -> Option<usize> {
        if self.table.is_empty() {
            return self.finders.binary_search(&finder).ok();
        }
        let from_first = finder.checked_sub(*self.finders.first()?)?;
        usize::from(*self.table.get(usize::try_from(from_first).ok()?)?).checked_sub(1)
    }
}

/// What a finder is asked.
#[derive(Debug)]
struct Asked {
    needles: usize,
    ignore_case: bool,
    /// Beyond so many needles that occur, none matters to the verdict.
    enough: usize,
    /// The number of its check.
    check: usize,
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
        // For each check, whether its finders alone decide it, and which they are.
        let mut parts: Vec<(bool, Range<usize>)> = Vec::with_capacity(checks.len());
        for check in checks {
            let first = finders.len();
            let alone = check.finders(&mut finders);
            parts.push((alone, first..finders.len()));
        }
        let of_check = |(check, (_, part)): (usize, &(bool, Range<usize>))| {
            finders[part.clone()].iter().filter_map(move |finder| finder.literals(check))
        };
        let mut literals: Vec<Literals<'_>> = parts.iter().enumerate().flat_map(of_check).collect();
        literals.sort_by_key(|literals| literals.finder);
        literals.dedup_by_key(|literals| literals.finder);
        let mut scan = Self::of_literals(literals)?;
        let is_here = |check: usize, finder: &Finder| {
            scan.finders.of(finder.id()).is_some_and(|place| scan.asked[place].check == check)
        };
        let decides = |(check, (alone, part)): (usize, &(bool, Range<usize>))| {
            *alone && finders[part.clone()].iter().all(|finder| is_here(check, finder))
        };
        scan.decides = parts.iter().enumerate().map(decides).collect();
        Some(scan)
    }

    fn of_literals(mut literals: Vec<Literals<'_>>) -> Option<Self> {
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
        let asked = |literals: &Literals<'_>| {
            let Literals { needles, ignore_case, enough, check, .. } = *literals;
            Asked { needles: needles.len(), ignore_case, enough, check }
        };
        Self {
            search,
            needles,
            finders: Places::new(literals.iter().map(|literals| literals.finder).collect()),
            asked: literals.iter().map(asked).collect(),
            decides: Vec::new(),
            longest: literals.iter().flat_map(|literals| literals.needles).map(String::len).max().unwrap_or(0),
        }
    }

    /// Whether the verdict of a check is the same on all texts in which nothing is found that it asks for.
    pub fn decides(&self, check: usize) -> bool {
        self.decides[check]
    }

    /// What it finds, to be filled text by text.
    pub fn known(&self) -> Known<'_> {
        Known { scan: self, found: vec![Vec::new(); self.asked.len()], met: Vec::new(), read: 0 }
    }
}

/// What a pass for many checks has found of the needles of one finder.
#[derive(Clone, Copy, Debug, Default)]
pub struct Found<'a> {
    /// The needles' numbers and their places, ascending.
    pub places: &'a [(u32, Span)],
    /// So many bytes of the text were read: what does not end within them was not looked for.
    pub read: usize,
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
    /// So much of the text was read.
    read: usize,
}

/// So much of a text is brought into the cache at a time.
const BLOCK: usize = 64 << 10;

/// Brings `bytes` into the cache, all of it at once. A search waits for each line of it alone: measured, looking for a few
/// needles takes 0.4 ns a byte in texts that come from memory, and half of it after this.
fn touch(bytes: &[u8]) {
    const LINE: usize = 64;
    black_box(bytes.iter().step_by(LINE).fold(0, |all, byte| all ^ byte));
}

/// Looking for so many needles one after the other takes no longer than for a few at once.
const FEW_PASSES: usize = 3;

/// So much of a text is read before asking whether the rest is worth the same.
const GLANCE: usize = 64 << 10;

impl Known<'_> {
    /// Forgets the last text and looks through `text`.
    pub fn read(&mut self, text: &str) {
        self.forget();
        self.read_to(text.as_bytes(), text.len());
        self.sort();
    }

    /// The same for who asks for no more than verdicts: the rest of a long text is left to the finders where most of what
    /// is looked for was met, or does not matter any more. They look for what is left one by one, and stop at the first.
    pub fn glance(&mut self, text: &str) {
        self.forget();
        // Each look takes as long as all before it.
        let mut length = GLANCE;
        while self.read < text.len() {
            self.read_to(text.as_bytes(), text.len().min(length));
            length *= 2;
            self.sort();
            if self.read < text.len() && !self.is_worth_more() {
                break;
            }
        }
    }

    fn forget(&mut self) {
        for place in self.met.drain(..) {
            self.found[place as usize].clear();
        }
        self.read = 0;
    }

    /// Looks for what ends within the first `end` bytes and was not found yet.
    fn read_to(&mut self, text: &[u8], end: usize) {
        while self.read < end {
            let block = end.min(self.read + BLOCK);
            touch(&text[self.read..block]);
            self.read_block(text, block);
        }
    }

    fn read_block(&mut self, text: &[u8], end: usize) {
        let (scan, read) = (self.scan, self.read);
        let from = beginning(read, scan.longest);
        let text = &text[..end];
        // Of what stands on both sides of where the last look ended.
        let mut add = |needle: &Needle, range: Range<usize>| {
            if range.end > read {
                self.add(needle, range);
            }
        };
        match &scan.search {
            Search::Few(packed) => packed.each(text, from, |needle, range| add(&scan.needles[needle], range)),
            Search::Many(automaton) => {
                for hit in automaton.find_overlapping_iter(&text[from..]) {
                    let needle = &scan.needles[hit.pattern().as_usize()];
                    let exact = needle.exact.as_deref();
                    let range = from + hit.start()..from + hit.end();
                    if exact.is_none_or(|exact| text[range.clone()] == *exact.as_bytes()) {
                        add(needle, range);
                    }
                }
            }
        }
        self.read = end;
    }

    fn sort(&mut self) {
        for &place in &self.met {
            sort_by_needle(&mut self.found[place as usize]);
        }
    }

    /// Whether looking for all is quicker still than for each that was not met and may matter.
    fn is_worth_more(&self) -> bool {
        let left = |(asked, found): (&Asked, &Vec<(u32, Span)>)| {
            let met = found.chunk_by(|a, b| a.0 == b.0).count();
            if met >= asked.enough { 0 } else { passes(asked.needles - met, asked.ignore_case) }
        };
        let passes = self.scan.asked.iter().zip(&self.found).map(left).sum();
        match self.scan.search {
            Search::Few(_) => passes > FEW_PASSES,
            Search::Many(_) => is_worth_one_pass(passes),
        }
    }

    fn add(&mut self, needle: &Needle, range: Range<usize>) {
        let found = &mut self.found[needle.place as usize];
        if found.is_empty() {
            self.met.push(needle.place);
        }
        found.push((needle.number, Span::new(range)));
    }

    /// Whether the text was read to its end.
    pub fn is_whole(&self, text: &str) -> bool {
        self.read == text.len()
    }

    /// The checks for which something was found, some of them several times.
    pub fn met(&self) -> impl Iterator<Item = usize> {
        self.met.iter().map(|&place| self.scan.asked[place as usize].check)
    }

    /// What was found for a finder; `None` where it was not looked for.
    pub(super) fn of(&self, finder: u64) -> Option<Found<'_>> {
        Some(Found { places: &self.found[self.scan.finders.of(finder)?], read: self.read })
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
                    prop_assert_eq!(check.count_with(&input, Some(&known)), check.count(&input), "{:?}", text);
                    prop_assert_eq!(check.explain_with(&input, Some(&known)), check.explain(&input), "{:?}", text);
                    prop_assert_eq!(check.judge_with(&input, Some(&known)), check.count(&input).0, "{:?}", text);
                    prop_assert_eq!(check.judge(&input), check.count(&input).0, "{:?}", text);
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
                        prop_assert_eq!(check.count_with(&input, Some(&known)), check.count(&input), "{:?}", text);
                        prop_assert_eq!(check.explain_with(&input, Some(&known)), check.explain(&input), "{:?}", text);
                        prop_assert_eq!(check.judge_with(&input, Some(&known)), check.count(&input).0, "{:?}", text);
                        prop_assert_eq!(check.judge(&input), check.count(&input).0, "{:?}", text);
                    prop_assert_eq!(check.judge_with(&input, Some(&known)), check.count(&input).0, "{:?}", text);
                    prop_assert_eq!(check.judge(&input), check.count(&input).0, "{:?}", text);
                    }
                }
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn the_verdict_on_a_long_text_is_the_same_however_much_of_it_is_read_together(
            lists in prop::collection::vec(prop::collection::vec("[abAB _]{3,4}", 2..24), 5..7),
            need in prop::sample::select(vec![Need::Any, Need::All, Need::AtLeast(2), Need::Fraction, Need::Saturate(2)]),
            few: bool,
            begin in "[abAB _é]{0,60}",
            middle in "[abAB _é]{0,30}",
            place in 0..40_usize,
            end in "[abAB _éK]{0,60}",
        ) {
            let lists: Vec<Vec<String>> = lists.into_iter().map(distinct).collect();
            let mut all = checks(&lists);
            if few {
                all.truncate(1);
            }
            for pattern in ["(?:ab)+A", "aab[ab_]*", "a{start}", "B$"] {
                let (pattern, more) = (pattern.to_owned(), crate::checks::Pattern::default());
                let pattern = crate::checks::Pattern { pattern, at_most: few.then_some(1), ..more };
                all.extend(Check::Pattern(pattern).compile());
            }
            let list = Phrases { phrases: lists[0].clone(), need, ..Phrases::default() };
            all.extend(Check::Phrases(list).compile());
            let checks: Vec<&CompiledCheck> = all.iter().collect();
            // What is looked for stands in front of, across, and after the ends of what is read at a time.
            let fill = |length: usize| "x".repeat(length);
            let text = format!("{begin}{}{middle}{}{end}", fill(GLANCE - begin.len() - place), fill(2 * GLANCE));
            let text = &text[..];
            let input = Input { text, ..Input::default() };
            if let Some(scan) = Scan::new(&checks) {
                let mut known = scan.known();
                known.glance(text);
                for check in &checks {
                    prop_assert_eq!(check.judge_with(&input, Some(&known)), check.count(&input).0);
                    // What counts or shows looks again where not all was read.
                    prop_assert_eq!(check.explain_with(&input, Some(&known)), check.explain(&input));
                }
            }
        }
    }

    #[test]
    fn finders_are_found_however_far_apart_they_lie() {
        for finders in [vec![], vec![7], vec![0, 1, 4000], vec![3, 5000, 1 << 40]] {
            let places = Places::new(finders.clone());
            for finder in (0..5002).chain([1 << 40, u64::MAX]) {
                assert_eq!(places.of(finder), finders.iter().position(|known| *known == finder), "{finder}");
            }
        }
    }

    #[test]
    fn what_is_short_is_not_looked_for_together() {
        let compiled = phrases(&["a".to_owned(), "b".to_owned()], false, false).compile().unwrap();
        assert!(Scan::new(&[&compiled]).is_none());
    }
}
