//! What stands of all logs, by the rows of one dataset.

mod changes;
mod reading;

use super::pages::Pages;
use super::{Choice, Entry, Purpose, ReviewLog};
use crate::model::{Combine, Dataset, Rubric};
use crate::text::Span;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
pub use reading::JudgementReader;
use std::hash::BuildHasher as _;
use std::sync::Arc;

/// Finds responses by their ids. Costs 5 to 10 bytes a response; one serves a dataset for as long as it lives.
#[derive(Clone, Debug, Default)]
pub struct RowIndex {
    dataset: Arc<Dataset>,
    rows: HashTable<u32>,
    hasher: RandomState,
}

impl RowIndex {
    /// For the responses of `dataset`.
    pub fn new(dataset: Arc<Dataset>) -> Self {
        let hasher = RandomState::default();
        let mut rows = HashTable::with_capacity(dataset.responses().len());
        let hash = |&row: &u32| hasher.hash_one(dataset.text(dataset.responses()[row as usize].id));
        for row in 0..dataset.responses().len() as u32 {
            rows.insert_unique(hash(&row), row, hash);
        }
        Self { dataset, rows, hasher }
    }

    /// Whose responses.
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// The row of the response with this id.
    pub fn row(&self, id: &str) -> Option<u32> {
        let is_it = |&row: &u32| self.dataset.text(self.dataset.responses()[row as usize].id) == id;
        self.rows.find(self.hasher.hash_one(id), is_it).copied()
    }
}

/// A rating that stands.
#[derive(Clone, Debug)]
pub struct Rated {
    /// Index into [`Judgements::reviewers`].
    pub reviewer: u32,
    /// The criterion's id.
    pub criterion: Arc<str>,
    /// The raw value, 0..=1; `None` for “cannot be judged”.
    pub raw: Option<f64>,
    /// Whether the criterion's guidance or scale is another one now.
    pub stale: bool,
    /// What for.
    pub purpose: Purpose,
    /// The entry, whose act is a [`super::Rate`].
    pub entry: Arc<Entry>,
}

/// A preference that stands.
#[derive(Clone, Debug)]
pub struct Preferred {
    /// Index into [`Judgements::reviewers`].
    pub reviewer: u32,
    /// The two, as shown from left to right.
    pub rows: [u32; 2],
    /// Which.
    pub choice: Choice,
    /// What for.
    pub purpose: Purpose,
    /// The entry, whose act is a [`super::Prefer`].
    pub entry: Arc<Entry>,
}

/// A ranking that stands.
#[derive(Clone, Debug)]
pub struct Ranked {
    /// Index into [`Judgements::reviewers`].
    pub reviewer: u32,
    /// The responses, as shown from left to right.
    pub rows: Vec<u32>,
    /// The rank of each, 1 for the best; equal ranks are ties.
    pub ranks: Vec<u32>,
    /// What for.
    pub purpose: Purpose,
    /// The entry, whose act is a [`super::Rank`].
    pub entry: Arc<Entry>,
}

/// A flag or note that stands, with whose it is and the entry.
#[derive(Clone, Debug)]
pub struct Noted {
    /// Index into [`Judgements::reviewers`].
    pub reviewer: u32,
    /// The reason of a flag, or the note.
    pub text: Arc<str>,
    /// The entry.
    pub entry: Arc<Entry>,
}

/// A labelled span that stands.
#[derive(Clone, Debug)]
pub struct Labelled {
    /// Index into [`Judgements::reviewers`].
    pub reviewer: u32,
    /// The label's id.
    pub label: Arc<str>,
    /// Where. Within the text and on character boundaries, unless it is stale.
    pub span: Span,
    /// Whether the text at that place is another one now.
    pub stale: bool,
    /// The entry, whose act is a [`super::Label`].
    pub entry: Arc<Entry>,
}

/// A check overruled.
#[derive(Clone, Debug)]
pub struct Overruled {
    /// Index into [`Judgements::reviewers`].
    pub reviewer: u32,
    /// The criterion's id.
    pub criterion: Arc<str>,
    /// The raw value that counts instead, 0..=1.
    pub raw: f64,
    /// The entry, whose act is an [`super::Overrule`].
    pub entry: Arc<Entry>,
}

/// What people said of one response.
#[derive(Clone, Debug, Default)]
struct OfRow {
    ratings: Vec<Rated>,
    flags: Vec<Noted>,
    notes: Vec<Noted>,
    labels: Vec<Labelled>,
    overruled: Vec<Overruled>,
}

/// What stands of all logs, by the rows of one dataset. Of what one reviewer said several times about the same thing
/// for the same purpose, the last stands. A copy shares nearly everything; [`JudgementReader`] keeps one up to date.
#[derive(Clone, Debug, Default)]
pub struct Judgements {
    reviewers: Arc<[Arc<str>]>,
    rows: Pages<Arc<OfRow>>,
    /// By the place, in all logs, of the first entry about the pair.
    preferences: Pages<Preferred>,
    rankings: Pages<Ranked>,
    /// Where the preferences of a row and a later one are.
    pairs: Pages<Arc<Vec<u64>>>,
    /// The rows with a rating that is gold, and the preferences that are.
    gold: Pages<()>,
    gold_pairs: Pages<()>,
    strays: usize,
}

impl Judgements {
    /// What stands of `logs` on the responses of `index` under `rubric`.
    pub fn new(logs: &[Arc<ReviewLog>], index: &RowIndex, rubric: &Rubric) -> Self {
        JudgementReader::new(logs, index, rubric).judgements
    }

    /// Who has a log, in the order of the logs.
    pub fn reviewers(&self) -> &[Arc<str>] {
        &self.reviewers
    }

    /// The rows anything was said of, ascending; preferences and rankings aside.
    pub fn rows(&self) -> impl Iterator<Item = u32> {
        self.rows.iter().map(|(row, _)| row as u32)
    }

    /// The rows that somebody rated as gold, ascending.
    pub fn gold_rows(&self) -> impl Iterator<Item = u32> {
        self.gold.iter().map(|(row, ())| row as u32)
    }

    /// The preferences that are gold, in the order of logs.
    pub fn gold_preferences(&self) -> impl Iterator<Item = &Preferred> {
        self.gold_pairs.iter().filter_map(|(key, ())| self.preferences.get(key))
    }

    fn of_row(&self, row: u32) -> Option<&OfRow> {
        self.rows.get(u64::from(row)).map(|of_row| &**of_row)
    }

    /// The ratings of response `row`, for whatever purpose, in the order of reviewers and then of time.
    pub fn ratings(&self, row: u32) -> &[Rated] {
        self.of_row(row).map_or(&[], |of_row| &of_row.ratings)
    }

    /// The flags on response `row`.
    pub fn flags(&self, row: u32) -> &[Noted] {
        self.of_row(row).map_or(&[], |of_row| &of_row.flags)
    }

    /// The notes on response `row`.
    pub fn notes(&self, row: u32) -> &[Noted] {
        self.of_row(row).map_or(&[], |of_row| &of_row.notes)
    }

    /// The labelled spans of response `row`.
    pub fn labels(&self, row: u32) -> &[Labelled] {
        self.of_row(row).map_or(&[], |of_row| &of_row.labels)
    }

    /// The checks overruled for response `row`, each by the last who did.
    pub fn overruled(&self, row: u32) -> &[Overruled] {
        self.of_row(row).map_or(&[], |of_row| &of_row.overruled)
    }

    /// All preferences, in the order of logs.
    pub fn preferences(&self) -> impl Iterator<Item = &Preferred> + Clone {
        self.preferences.iter().map(|(_, preferred)| preferred)
    }

    /// The preferences between these two, whichever stood left, in the order of logs.
    pub fn preferences_of(&self, [left, right]: [u32; 2]) -> impl Iterator<Item = &Preferred> {
        let keys = self.pairs.get(u64::from(left.min(right))).into_iter().flat_map(|keys| keys.iter());
        let is_it = move |pair: &&Preferred| pair.rows == [left, right] || pair.rows == [right, left];
        keys.filter_map(|&key| self.preferences.get(key)).filter(is_it)
    }

    /// All rankings, in the order of logs.
    pub fn rankings(&self) -> impl Iterator<Item = &Ranked> + Clone {
        self.rankings.iter().map(|(_, ranked)| ranked)
    }

    /// Entries about responses that are not there.
    pub fn strays(&self) -> usize {
        self.strays
    }

    /// The raw value, 0..=1, that people's ratings give response `row` on `criterion`: a final one, else all that
    /// count, combined. `None` while nobody rated it.
    pub fn combined(&self, row: u32, criterion: &str, combine: Combine) -> Option<f64> {
        let of = |purpose: Purpose| {
            let ratings = self.ratings(row).iter();
            ratings.filter(move |rated| rated.purpose == purpose && *rated.criterion == *criterion)
        };
        if let Some(settled) = of(Purpose::Final).next_back() {
            return settled.raw;
        }
        let mut values: Vec<f64> = of(Purpose::Judge).filter_map(|rated| rated.raw).collect();
        values.sort_by(f64::total_cmp);
        combine.of(&values)
    }
}

#[cfg(test)]
mod tests;
