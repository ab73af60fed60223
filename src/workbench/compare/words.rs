//! The words in which columns differ from the first: at once for short texts, in the background for others.

use super::super::job::{Job, Poll, Wake};
use crate::model::Dataset;
use crate::scoring::Progress;
use crate::text::{WordDiff, word_diff};
use std::sync::Arc;

/// Two texts of up to this many bytes together are compared inside a frame: three such comparisons take about half a
/// millisecond where all words differ.
const INLINE_BYTES: usize = 2 << 10;

/// What is known of the words in which a column differs from the first.
#[derive(Debug, Default)]
pub enum WordsState {
    /// Nobody asked, or one of the two has no text.
    #[default]
    Unknown,
    /// They are being compared.
    Working,
    /// The first column's text on the left, this column's on the right.
    Known(Arc<WordDiff>),
}

/// The comparisons of all columns with the first.
#[derive(Debug, Default)]
pub(super) struct Words {
    dataset: Arc<Dataset>,
    rows: Vec<u32>,
    states: Vec<WordsState>,
    jobs: Vec<Option<Job<Option<WordDiff>>>>,
}

impl Words {
    /// Compares the texts of `rows`, unless that is done or under way.
    pub(super) fn update(&mut self, dataset: &Arc<Dataset>, rows: &[u32], wake: &Wake) {
        if self.rows == rows && (rows.is_empty() || Arc::ptr_eq(&self.dataset, dataset)) {
            return;
        }
        // A comparison that goes on is not begun anew, for example when a column is added.
        let mut before = std::mem::take(self);
        let keeps = Arc::ptr_eq(&before.dataset, dataset) && before.rows.first() == rows.first();
        self.dataset = dataset.clone();
        self.rows = rows.to_vec();
        for (index, &row) in rows.iter().enumerate() {
            let known = before.rows.iter().position(|&known| keeps && known == row);
            let (state, job) = match known {
                Some(at) => (std::mem::take(&mut before.states[at]), before.jobs[at].take()),
                None if index == 0 => (WordsState::Unknown, None),
                None => compare(dataset, rows[0], row, wake),
            };
            self.states.push(state);
            self.jobs.push(job);
        }
    }

    /// What is known of column `index`.
    pub(super) fn of(&self, index: usize) -> &WordsState {
        self.states.get(index).unwrap_or(&WordsState::Unknown)
    }

    /// Collects what is done; whether anything was.
    pub(super) fn poll(&mut self) -> bool {
        let mut changed = false;
        for (state, job) in self.states.iter_mut().zip(&mut self.jobs) {
            let found = match job.as_ref().map(Job::poll) {
                None | Some(Poll::Running) => continue,
                Some(Poll::Done(found)) => found,
                Some(Poll::Lost) => None,
            };
            *state = found.map_or(WordsState::Unknown, |diff| WordsState::Known(Arc::new(diff)));
            *job = None;
            changed = true;
        }
        changed
    }

    /// What is under way.
    pub(super) fn job(&self) -> Option<(&str, &Progress)> {
        let job = self.jobs.iter().flatten().next()?;
        Some((job.label(), &**job.progress()))
    }
}

fn compare(dataset: &Arc<Dataset>, first: u32, row: u32, wake: &Wake) -> (WordsState, Option<Job<Option<WordDiff>>>) {
    let text = |dataset: &Dataset, row: u32| dataset.response_text(row as usize).map(str::len);
    let (Some(left), Some(right)) = (text(dataset, first), text(dataset, row)) else {
        return (WordsState::Unknown, None);
    };
    let shared = dataset.clone();
    let diff = move |stop: &dyn Fn() -> bool| {
        let [left, right] = [first, row].map(|row| shared.response_text(row as usize).unwrap_or_default());
        word_diff(left, right, stop)
    };
    if left + right <= INLINE_BYTES {
        let known = diff(&|| false).map_or(WordsState::Unknown, |diff| WordsState::Known(Arc::new(diff)));
        return (known, None);
    }
    let job = Job::spawn("Comparing words", wake.clone(), move |progress| diff(&|| progress.is_cancelled()));
    (WordsState::Working, Some(job))
}
