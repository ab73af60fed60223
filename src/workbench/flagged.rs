//! All flags of a dataset: those of its texts, those of its scores under one rubric, and those of what people judged.

use super::background;
use crate::analysis::PersonFlag;
use crate::checks::Check;
use crate::duplicates::{Duplicates, Watch};
use crate::flags::{Flag, FlagSettings, KindSet, Responses as _, ScoreFlags, Tally, TextFlags, Violation};
use crate::model::Dataset;
use crate::scoring::{CompiledRubric, How, Progress, Results, input};
use std::sync::Arc;

/// All flags of a dataset, as sets of kinds; what made one is told when asked for.
#[derive(Debug)]
pub struct Flagged {
    dataset: Arc<Dataset>,
    results: Arc<Results>,
    texts: Arc<TextFlags>,
    scores: ScoreFlags,
    /// By row, and of one row by kind.
    people: Vec<PersonFlag>,
    tally: Tally,
}

/// Looks through the texts of `dataset`; `duplicates` where they are known with the similarity of `settings`. `None`
/// when cancelled. `progress` goes on by [`crate::flags::steps`], less those of duplicates where these are known.
pub fn text_flags(
    dataset: &Dataset,
    settings: &FlagSettings,
    duplicates: Option<Arc<Duplicates>>,
    progress: &Progress,
) -> Option<TextFlags> {
    let stopped = || background::stops(progress);
    let watch = Watch { cancelled: &stopped, advance: &|steps| progress.advance(steps) };
    TextFlags::find(dataset, settings, duplicates, &watch)
}

impl Flagged {
    /// Adds what `results` say to the flags of the texts. Rows without results have no flags of scores.
    pub fn new(dataset: Arc<Dataset>, results: Arc<Results>, texts: Arc<TextFlags>, settings: &FlagSettings) -> Self {
        let forbidding = forbidding(results.rubric());
        let is_forbidden =
            |row: usize| row < results.len() && forbidding.iter().any(|&criterion| violates(&results, row, criterion));
        let scores = ScoreFlags::find(&*dataset, settings, |row| score(&results, row), is_forbidden);
        let flagged = Self { dataset, results, texts, scores, people: Vec::new(), tally: Tally::default() };
        Self { tally: flagged.count(0..flagged.dataset.len()), ..flagged }
    }

    /// The same with flags of what people judged.
    pub fn judged(self, mut people: Vec<PersonFlag>) -> Self {
        people.sort_by_key(|flag| (flag.row, flag.kind));
        let flagged = Self { people, ..self };
        Self { tally: flagged.count(0..flagged.dataset.len()), ..flagged }
    }

    /// How many of `rows` have which flags.
    pub fn count(&self, rows: impl Iterator<Item = usize>) -> Tally {
        let models = self.dataset.models().len();
        Tally::new(models, rows.map(|row| (self.dataset.model(row), self.kinds(row))))
    }

    /// What it is of.
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// The results its flags of scores are of.
    pub fn results(&self) -> &Arc<Results> {
        &self.results
    }

    /// The flags of the texts.
    pub fn texts(&self) -> &Arc<TextFlags> {
        &self.texts
    }

    /// How many responses have which flags.
    pub fn tally(&self) -> &Tally {
        &self.tally
    }

    /// The kinds of every response, in order.
    pub fn sets(&self) -> Vec<KindSet> {
        (0..self.dataset.len()).map(|row| self.kinds(row)).collect()
    }

    /// The kinds of response `row`; none for one that is not among those looked through.
    pub fn kinds(&self, row: usize) -> KindSet {
        if row >= self.texts.len() {
            return KindSet::default();
        }
        let people = self.of_people(row).iter().map(|flag| flag.kind).collect();
        self.texts.kinds(row).or(self.scores.kinds(row)).or(people)
    }

    /// What people judged of response `row` that is worth a second look.
    fn of_people(&self, row: usize) -> &[PersonFlag] {
        let from = self.people.partition_point(|flag| (flag.row as usize) < row);
        let of = self.people[from..].partition_point(|flag| flag.row as usize == row);
        &self.people[from..from + of]
    }

    /// The flags of response `row` with what made them, in the order of kinds.
    pub fn explain(&self, row: usize) -> Vec<Flag> {
        if row >= self.texts.len() {
            return Vec::new();
        }
        let mut flags = self.texts.explain(&*self.dataset, row);
        flags.extend(self.scores.explain(&*self.dataset, row, score(&self.results, row), || self.violations(row)));
        flags.extend(self.of_people(row).iter().map(PersonFlag::flag));
        flags.sort_by_key(|flag| flag.kind);
        flags
    }

    /// The criteria that forbid something in response `row`, and where it occurs.
    fn violations(&self, row: usize) -> Vec<Violation> {
        let rubric = self.results.rubric();
        let Some(input) = input(&self.dataset, row) else { return Vec::new() };
        let violated = forbidding(rubric).into_iter().filter(|&criterion| violates(&self.results, row, criterion));
        let violation = |index: usize| {
            let criterion = &rubric.criteria[index];
            let spans = match &criterion.how {
                How::Check(_, check) => {
                    check.explain(&input).1.hits.iter().filter(|hit| hit.violates).map(|hit| hit.span).collect()
                }
                How::Human(_) | How::Broken => Vec::new(),
            };
            Violation { criterion: criterion.name.clone(), spans }
        };
        violated.map(violation).collect()
    }
}

fn score(results: &Results, row: usize) -> f64 {
    if row < results.len() { results.score(row).unwrap_or(f64::NAN) } else { f64::NAN }
}

/// The criteria that are `Forbidden` checks.
fn forbidding(rubric: &CompiledRubric) -> Vec<usize> {
    let forbids = |index: &usize| matches!(&rubric.criteria[*index].how, How::Check(Check::Forbidden(_), _));
    (0..rubric.criteria.len()).filter(forbids).collect()
}

/// Whether something that `criterion` forbids occurs in response `row`.
fn violates(results: &Results, row: usize, criterion: usize) -> bool {
    results.cell(row, criterion).value().is_some_and(|raw| raw < 1.0)
}
