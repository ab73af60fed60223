//! What stands of all logs, by the rows of one dataset.

mod changes;

use super::{Act, Choice, Entry, Prefer, Purpose, Rank, ReviewLog, wording};
use crate::model::{Combine, Dataset, Rubric};
use crate::text::Span;
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher as _;
use std::sync::Arc;

/// Finds responses by their ids. Costs 16 bytes a response; one serves a dataset for as long as it lives.
#[derive(Clone, Debug, Default)]
pub struct RowIndex {
    dataset: Arc<Dataset>,
    rows: HashTable<(u64, u32)>,
    hasher: RandomState,
}

impl RowIndex {
    /// For the responses of `dataset`.
    pub fn new(dataset: Arc<Dataset>) -> Self {
        let hasher = RandomState::default();
        let mut rows = HashTable::with_capacity(dataset.responses().len());
        for (row, response) in dataset.responses().iter().enumerate() {
            let hash = hasher.hash_one(dataset.text(response.id));
            rows.insert_unique(hash, (hash, row as u32), |(hash, _)| *hash);
        }
        Self { dataset, rows, hasher }
    }

    /// Whose responses.
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// The row of the response with this id.
    pub fn row(&self, id: &str) -> Option<u32> {
        let hash = self.hasher.hash_one(id);
        let is_it = |&(known, row): &(u64, u32)| {
            known == hash && self.dataset.text(self.dataset.responses()[row as usize].id) == id
        };
        self.rows.find(hash, is_it).map(|&(_, row)| row)
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
    /// The entry, whose act is a [`Prefer`].
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
    /// The entry, whose act is a [`Rank`].
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
/// for the same purpose, the last stands.
#[derive(Clone, Debug, Default)]
pub struct Judgements {
    reviewers: Vec<Arc<str>>,
    rows: BTreeMap<u32, OfRow>,
    preferences: Vec<Preferred>,
    rankings: Vec<Ranked>,
    strays: usize,
}

/// Two responses, whichever stood left, by one reviewer for one purpose.
type PairKey = (u32, [u32; 2], Purpose);

impl Judgements {
    /// What stands of `logs` on the responses of `index` under `rubric`.
    pub fn new(logs: &[Arc<ReviewLog>], index: &RowIndex, rubric: &Rubric) -> Self {
        let wordings: HashMap<String, String> =
            rubric.criteria().into_iter().map(|(_, criterion)| (criterion.id.clone(), wording(criterion))).collect();
        let mut all = Self { reviewers: logs.iter().map(|log| log.reviewer().clone()).collect(), ..Self::default() };
        let mut pairs: HashMap<PairKey, usize> = HashMap::new();
        let mut rankings: HashMap<(u32, Vec<u32>, Purpose), usize> = HashMap::new();
        for (reviewer, log) in logs.iter().enumerate() {
            for entry in log.standing() {
                all.take(reviewer as u32, entry, index, &wordings, &mut pairs, &mut rankings);
            }
        }
        all
    }

    fn take(
        &mut self,
        reviewer: u32,
        entry: &Arc<Entry>,
        index: &RowIndex,
        wordings: &HashMap<String, String>,
        pairs: &mut HashMap<PairKey, usize>,
        rankings: &mut HashMap<(u32, Vec<u32>, Purpose), usize>,
    ) {
        let id = match &entry.act {
            Act::Prefer(prefer) => return self.prefer(reviewer, entry, prefer, index, pairs),
            Act::Rank(rank) => return self.rank(reviewer, entry, rank, index, rankings),
            Act::Rate(rate) => &rate.response,
            Act::Flag(flag) => &flag.response,
            Act::Note(note) => &note.response,
            Act::Label(label) => &label.response,
            Act::Overrule(overrule) => &overrule.response,
            Act::Undo(_) | Act::Begin(_) | Act::Reveal {} => return,
        };
        let Some(row) = index.row(id) else {
            self.strays += 1;
            return;
        };
        let of_row = self.rows.entry(row).or_default();
        let entry = entry.clone();
        match &entry.act {
            Act::Rate(rate) => {
                of_row.ratings.retain(|old| {
                    (old.reviewer, old.purpose) != (reviewer, rate.purpose) || *old.criterion != *rate.criterion
                });
                let is_other = |now: &String| !rate.wording.is_empty() && *now != rate.wording;
                of_row.ratings.push(Rated {
                    reviewer,
                    criterion: rate.criterion.as_str().into(),
                    raw: rate.raw(),
                    stale: wordings.get(&rate.criterion).is_some_and(is_other),
                    purpose: rate.purpose,
                    entry: entry.clone(),
                });
            }
            Act::Flag(flag) => {
                of_row.flags.retain(|old| old.reviewer != reviewer);
                if flag.on {
                    of_row.flags.push(Noted { reviewer, text: flag.reason.as_str().into(), entry: entry.clone() });
                }
            }
            Act::Note(note) => {
                of_row.notes.retain(|old| old.reviewer != reviewer);
                if !note.text.is_empty() {
                    of_row.notes.push(Noted { reviewer, text: note.text.as_str().into(), entry: entry.clone() });
                }
            }
            Act::Label(label) => {
                let (span, text) = (label.span(), index.dataset().response_text(row as usize));
                let there = text.and_then(|text| text.get(span.start as usize..span.end as usize));
                of_row.labels.push(Labelled {
                    reviewer,
                    label: label.label.as_str().into(),
                    span,
                    stale: there != Some(&label.quote),
                    entry: entry.clone(),
                });
            }
            Act::Overrule(overrule) => {
                of_row.overruled.retain(|old| *old.criterion != *overrule.criterion);
                if let Some(raw) = overrule.value.filter(|raw| (0.0..=1.0).contains(raw)) {
                    let criterion = overrule.criterion.as_str().into();
                    of_row.overruled.push(Overruled { reviewer, criterion, raw, entry: entry.clone() });
                }
            }
            Act::Prefer(_) | Act::Rank(_) | Act::Undo(_) | Act::Begin(_) | Act::Reveal {} => {}
        }
    }

    fn prefer(
        &mut self,
        reviewer: u32,
        entry: &Arc<Entry>,
        prefer: &Prefer,
        index: &RowIndex,
        pairs: &mut HashMap<PairKey, usize>,
    ) {
        let [first, second] = [&prefer.responses[0], &prefer.responses[1]].map(|id| index.row(id));
        let (Some(first), Some(second)) = (first, second) else {
            self.strays += 1;
            return;
        };
        let rows = [first, second];
        let preferred =
            Preferred { reviewer, rows, choice: prefer.choice, purpose: prefer.purpose, entry: entry.clone() };
        let key = (reviewer, [first.min(second), first.max(second)], prefer.purpose);
        match pairs.get(&key) {
            Some(&at) => self.preferences[at] = preferred,
            None => {
                pairs.insert(key, self.preferences.len());
                self.preferences.push(preferred);
            }
        }
    }

    fn rank(
        &mut self,
        reviewer: u32,
        entry: &Arc<Entry>,
        rank: &Rank,
        index: &RowIndex,
        rankings: &mut HashMap<(u32, Vec<u32>, Purpose), usize>,
    ) {
        let rows: Option<Vec<u32>> = rank.responses.iter().map(|id| index.row(id)).collect();
        let Some(rows) = rows.filter(|rows| rows.len() == rank.ranks.len()) else {
            self.strays += 1;
            return;
        };
        let mut sorted = rows.clone();
        sorted.sort_unstable();
        let ranked = Ranked { reviewer, rows, ranks: rank.ranks.clone(), purpose: rank.purpose, entry: entry.clone() };
        match rankings.get(&(reviewer, sorted.clone(), rank.purpose)) {
            Some(&at) => self.rankings[at] = ranked,
            None => {
                rankings.insert((reviewer, sorted, rank.purpose), self.rankings.len());
                self.rankings.push(ranked);
            }
        }
    }

    /// Who has a log, in the order of the logs.
    pub fn reviewers(&self) -> &[Arc<str>] {
        &self.reviewers
    }

    /// The rows anything was said of, ascending; preferences and rankings aside.
    pub fn rows(&self) -> impl Iterator<Item = u32> {
        self.rows.keys().copied()
    }

    /// The ratings of response `row`, for whatever purpose, in the order of reviewers and then of time.
    pub fn ratings(&self, row: u32) -> &[Rated] {
        self.rows.get(&row).map_or(&[], |of_row| &of_row.ratings)
    }

    /// The flags on response `row`.
    pub fn flags(&self, row: u32) -> &[Noted] {
        self.rows.get(&row).map_or(&[], |of_row| &of_row.flags)
    }

    /// The notes on response `row`.
    pub fn notes(&self, row: u32) -> &[Noted] {
        self.rows.get(&row).map_or(&[], |of_row| &of_row.notes)
    }

    /// The labelled spans of response `row`.
    pub fn labels(&self, row: u32) -> &[Labelled] {
        self.rows.get(&row).map_or(&[], |of_row| &of_row.labels)
    }

    /// The checks overruled for response `row`, each by the last who did.
    pub fn overruled(&self, row: u32) -> &[Overruled] {
        self.rows.get(&row).map_or(&[], |of_row| &of_row.overruled)
    }

    /// All preferences, in the order of logs.
    pub fn preferences(&self) -> &[Preferred] {
        &self.preferences
    }

    /// All rankings, in the order of logs.
    pub fn rankings(&self) -> &[Ranked] {
        &self.rankings
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
