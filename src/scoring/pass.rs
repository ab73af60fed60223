//! The score pass: checks over many responses, kept as columns.

use super::column::{Blank, Kept, Part};
use super::{Cell, Column, Progress, State, input};
use crate::checks::{CompiledCheck, Input, Known, Scan};
use crate::model::{Dataset, ResponseText};
use rayon::prelude::*;
use std::ops::Range;

/// Checks ready to run over many texts: several that look for literal texts share one pass.
#[derive(Debug)]
pub struct ScorePass<'a> {
    checks: &'a [&'a CompiledCheck],
    scan: Option<Scan>,
    /// The cell of each check in texts that hold nothing of what it looks for, where that alone decides it.
    unmet: Vec<Option<Cell>>,
    counts: bool,
}

/// What checks say of some responses.
#[derive(Clone, Debug, PartialEq)]
pub struct Scores {
    /// One column a check.
    pub columns: Vec<Column>,
    /// For each check, how many places of each response its cell rests on, where they were counted.
    pub hits: Option<Vec<Vec<u32>>>,
}

impl Scores {
    /// Adds what the same checks say of the responses after these.
    pub fn append(&mut self, other: Self) {
        self.columns.iter_mut().zip(&other.columns).for_each(|(column, more)| column.append(more));
        if let (Some(hits), Some(more)) = (&mut self.hits, other.hits) {
            hits.iter_mut().zip(more).for_each(|(hits, more)| hits.extend(more));
        }
    }
}

impl<'a> ScorePass<'a> {
    /// For `checks`, each another.
    pub fn new(checks: &'a [&'a CompiledCheck]) -> Self {
        let scan = Scan::new(checks);
        let unmet = |(index, check): (usize, &&CompiledCheck)| {
            let scan = scan.as_ref().filter(|scan| scan.decides(index))?;
            Some(check.judge_with(&Input::default(), Some(&scan.known())).into())
        };
        let unmet = checks.iter().enumerate().map(unmet).collect();
        Self { checks, scan, unmet, counts: false }
    }

    /// The same, counting the places each cell rests on: every text is looked through to its end.
    pub fn counting(self) -> Self {
        Self { counts: true, ..self }
    }

    /// What it says of no responses.
    pub fn nothing(&self) -> Scores {
        let columns = self.checks.iter().map(|_| Column::default()).collect();
        Scores { columns, hits: self.counts.then(|| vec![Vec::new(); self.checks.len()]) }
    }

    /// One cell a check and an input, in order; `None` stands for a response without text.
    pub fn run<'i>(&self, inputs: impl ExactSizeIterator<Item = Option<Input<'i>>>) -> Scores {
        let rows = inputs.len();
        let mut blanks = self.blanks(rows);
        let parts = blanks.iter_mut().flat_map(|blank| blank.parts(std::iter::once(rows))).collect();
        let mut hits = self.counts.then(|| vec![vec![0; rows]; self.checks.len()]);
        let kept = self.fill(parts, hits.as_deref_mut(), inputs, || false).expect("nothing cancels it");
        let columns = blanks.into_iter().zip(kept).map(|(blank, kept)| blank.column(&[kept])).collect();
        Scores { columns, hits }
    }

    /// Room for the columns of all checks.
    fn blanks(&self, rows: usize) -> Vec<Blank> {
        self.unmet.iter().map(|unmet| Blank::new(rows, unmet.unwrap_or(Cell::unscored(State::Broken)))).collect()
    }

    /// Fills the part of each check's column that `inputs` stand for, and its `hits`, where there are any, which are 0.
    /// `None` when `cancelled` says so, which it is asked before each.
    fn fill<'i>(
        &self,
        mut parts: Vec<Part<'_>>,
        mut hits: Option<&mut [Vec<u32>]>,
        inputs: impl Iterator<Item = Option<Input<'i>>>,
        cancelled: impl Fn() -> bool,
    ) -> Option<Vec<Kept>> {
        let mut known: Option<Known<'_>> = self.scan.as_ref().map(Scan::known);
        let always: Vec<usize> = (0..self.checks.len()).filter(|&check| self.unmet[check].is_none()).collect();
        let all: Vec<usize> = (0..self.checks.len()).collect();
        // What else is to be looked at in a text, each once.
        let mut met: Vec<usize> = Vec::new();
        for (at, input) in inputs.enumerate() {
            if cancelled() {
                return None;
            }
            let Some(input) = input else {
                parts.iter_mut().for_each(|part| part.set(at, Cell::NO_TEXT));
                continue;
            };
            met.clear();
            let mut always = &always[..];
            if let Some(known) = &mut known {
                if hits.is_some() {
                    known.read(input.text);
                } else {
                    known.glance(input.text);
                }
                if known.is_whole(input.text) {
                    met.extend(known.met().filter(|&check| self.unmet[check].is_some()));
                    met.sort_unstable();
                    met.dedup();
                } else {
                    always = &all;
                }
            }
            // The text is read by all checks while it is in the cache.
            for &check in always.iter().chain(&met) {
                let (part, compiled, known) = (&mut parts[check], self.checks[check], known.as_ref());
                match &mut hits {
                    None => part.set(at, compiled.judge_with(&input, known).into()),
                    Some(hits) => {
                        let (verdict, count) = compiled.count_with(&input, known);
                        part.set(at, verdict.into());
                        hits[check][at] = count;
                    }
                }
            }
        }
        Some(parts.into_iter().map(Part::end).collect())
    }
}

/// A worker takes so many rows at once, or as many as hold so many bytes: enough to make its set-up pay, few
/// enough that cancelling is prompt and no worker is left with the last huge texts.
const CHUNK_ROWS: usize = 256;
const CHUNK_BYTES: usize = 1 << 20;

/// Runs every check over every response; one column a check, in order. `None` when cancelled. Progress counts
/// responses.
pub fn score_columns(dataset: &Dataset, checks: &[&CompiledCheck], progress: &Progress) -> Option<Vec<Column>> {
    let rows = dataset.responses().len();
    progress.start(rows);
    let pass = ScorePass::new(checks);
    let chunks = chunks(dataset);
    let mut blanks = pass.blanks(rows);
    // Every worker writes where its cells stay.
    let mut open: Vec<_> =
        blanks.iter_mut().map(|blank| blank.parts(chunks.iter().map(Range::len)).into_iter()).collect();
    let work: Vec<(Range<usize>, Vec<Part<'_>>)> = chunks
        .into_iter()
        .map(|chunk| (chunk, open.iter_mut().map(|parts| parts.next().expect("a part a chunk")).collect()))
        .collect();
    let fill = |(chunk, parts): (Range<usize>, Vec<Part<'_>>)| {
        let length = chunk.len();
        let inputs = chunk.map(|row| input(dataset, row));
        let kept = pass.fill(parts, None, inputs, || progress.is_cancelled());
        progress.advance(length);
        kept
    };
    let filled: Vec<Vec<Kept>> = work.into_par_iter().map(fill).collect::<Option<_>>()?;
    let mut kept: Vec<Vec<Kept>> = checks.iter().map(|_| Vec::with_capacity(filled.len())).collect();
    for chunk in filled {
        kept.iter_mut().zip(chunk).for_each(|(kept, part)| kept.push(part));
    }
    Some(blanks.into_par_iter().zip(kept).map(|(blank, kept)| blank.column(&kept)).collect())
}

fn chunks(dataset: &Dataset) -> Vec<Range<usize>> {
    let mut chunks = Vec::with_capacity(dataset.responses().len() / CHUNK_ROWS + 1);
    let (mut start, mut bytes) = (0, 0);
    for (row, response) in dataset.responses().iter().enumerate() {
        if let ResponseText::Present(text) = response.text {
            bytes += text.len();
        }
        if row + 1 - start == CHUNK_ROWS || bytes >= CHUNK_BYTES {
            chunks.push(start..row + 1);
            (start, bytes) = (row + 1, 0);
        }
    }
    chunks.push(start..dataset.responses().len());
    chunks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{All, Any, AtLeast, Check, Forbidden, IfThen, Need, NoneOf, Pattern, Phrases};
    use proptest::prelude::*;

    fn phrases(list: &[&str], need: Need) -> Check {
        let phrases = list.iter().map(|&phrase| phrase.to_owned()).collect();
        Check::Phrases(Phrases { phrases, need, ..Phrases::default() })
    }

    fn pattern(pattern: &str) -> Check {
        Check::Pattern(Pattern { pattern: pattern.to_owned(), ..Pattern::default() })
    }

    fn forbidden(phrase: &str, pattern: &str) -> Check {
        let (phrases, patterns) = (vec![phrase.to_owned()], vec![pattern.to_owned()]);
        Check::Forbidden(Forbidden { phrases, patterns, ..Forbidden::default() })
    }

    /// Checks that what they look for decides alone, and such as need more, in each other.
    fn checks(words: &[&str]) -> Vec<Check> {
        let (some, other) = (phrases(words, Need::Fraction), phrases(&["abab", "cabc"], Need::Any));
        let if_then = IfThen { if_: other.clone().into(), then: pattern("b+cab").into(), ..IfThen::default() };
        vec![
            pattern("abc(?:a|b)"),
            pattern("[ab]{3}$"),
            forbidden("ccc", "bbb"),
            forbidden("aaa", "c[ab]"),
            Check::All(All { checks: vec![some.clone(), pattern("cba+")] }),
            Check::Any(Any { checks: vec![other.clone(), forbidden("bab", "aca+")] }),
            Check::NoneOf(NoneOf { checks: vec![other.clone(), pattern("a")] }),
            Check::AtLeast(AtLeast { count: Some(1), checks: vec![other.clone(), some.clone()] }),
            Check::IfThen(if_then),
            Check::default(),
            other,
            some,
        ]
    }

    proptest! {
        #[test]
        fn every_cell_is_what_its_check_says_alone(
            many: bool,
            which in prop::collection::vec(any::<bool>(), 12),
            texts in prop::collection::vec(prop::option::of("[abc]{0,12}"), 0..12),
        ) {
            let others: Vec<String> = (0..40).map(|number| format!("zz{number}")).collect();
            let words = ["aab", "bca", "ccb"].into_iter().chain(others.iter().map(String::as_str).filter(|_| many));
            let checks = checks(&words.collect::<Vec<_>>());
            let compiled: Vec<CompiledCheck> = checks.iter().flat_map(Check::compile).collect();
            let of: Vec<&CompiledCheck> = compiled.iter().zip(which).filter(|(_, is)| *is).map(|(check, _)| check).collect();
            let input = |text: &'static str| Input { text, ..Input::default() };
            let texts: Vec<Option<&'static str>> =
                texts.into_iter().map(|text| text.map(|text| &*text.leak())).collect();
            let inputs = || texts.iter().map(|text| text.map(input));
            let (pass, counting) = (ScorePass::new(&of), ScorePass::new(&of).counting());
            let (scores, counted) = (pass.run(inputs()), counting.run(inputs()));
            prop_assert_eq!(&scores.columns, &counted.columns);
            for (check, column) in of.iter().zip(&scores.columns) {
                for (row, input) in inputs().enumerate() {
                    prop_assert_eq!(column.cell(row), Cell::of(check, input.as_ref()));
                }
            }
            for (check, hits) in of.iter().zip(counted.hits.unwrap_or_default()) {
                for (hits, input) in hits.into_iter().zip(inputs()) {
                    prop_assert_eq!(hits, input.map_or(0, |input| check.count(&input).1));
                }
            }
        }
    }
}
