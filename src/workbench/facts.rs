//! What follows from the responses alone, computed once for a dataset.

use super::background;
use crate::duplicates::{self, Duplicates, Settings, Watch};
use crate::flags::FlagSettings;
use crate::model::Dataset;
use crate::scoring::Progress;
use rayon::prelude::*;
use std::ops::Range;
use std::sync::{Arc, OnceLock};

/// A dataset with what is asked of it again and again. Everything is computed when first asked for.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub(super) dataset: Arc<Dataset>,
    rows: OnceLock<Arc<[u32]>>,
    grouped: OnceLock<Arc<Grouped>>,
    lengths: OnceLock<Vec<u32>>,
    duplicates: OnceLock<Arc<Duplicates>>,
}

/// Rows by the model they are of.
#[derive(Debug, Default)]
pub(super) struct Grouped {
    /// The rows of the first model, then those of the second, each in import order.
    rows: Vec<u32>,
    /// The models that have any: index in the dataset, and which of `rows` are its own.
    models: Vec<(u32, Range<usize>)>,
}

/// Rows a worker takes at once.
const CHUNK: usize = 1024;

impl Facts {
    /// What there is to know of `dataset`.
    pub(super) fn new(dataset: Arc<Dataset>) -> Self {
        Self { dataset, ..Self::default() }
    }

    /// All rows, in import order.
    pub(super) fn rows(&self) -> &Arc<[u32]> {
        self.rows.get_or_init(|| (0..self.dataset.responses().len() as u32).collect())
    }

    /// All rows by model.
    pub(super) fn grouped(&self) -> &Arc<Grouped> {
        self.grouped.get_or_init(|| Arc::new(Grouped::new(&self.dataset, self.rows())))
    }

    /// Which texts are the same or alike. `None` when cancelled: the next who asks begins anew.
    pub(super) fn duplicates(&self, progress: &Progress) -> Option<&Arc<Duplicates>> {
        if !self.knows_duplicates() {
            progress.start(duplicates::steps(self.dataset.responses().len()));
            self.find_duplicates(progress)?;
        }
        self.duplicates.get()
    }

    /// The same as a part of something longer: progress goes on by [`duplicates::steps`].
    fn find_duplicates(&self, progress: &Progress) -> Option<&Arc<Duplicates>> {
        let count = self.dataset.responses().len();
        if self.duplicates.get().is_some() {
            progress.advance(duplicates::steps(count));
        } else {
            let stopped = || background::stops(progress);
            let watch = Watch { cancelled: &stopped, advance: &|steps| progress.advance(steps) };
            let found = duplicates::find(count, |row| self.dataset.response_text(row), Settings::default(), &watch)?;
            // Where two asked at the same time, both found the same.
            self.duplicates.get_or_init(|| Arc::new(found));
        }
        self.duplicates.get()
    }

    /// The same where flags by `settings` ask for the same, as a part of looking for these: progress goes on. `Some(None)`
    /// where they ask for others. `None` when cancelled.
    pub(super) fn duplicates_for(
        &self,
        settings: &FlagSettings,
        progress: &Progress,
    ) -> Option<Option<Arc<Duplicates>>> {
        if settings.within_range().similarity != Settings::default().threshold {
            return Some(None);
        }
        self.find_duplicates(progress).map(|found| Some(found.clone()))
    }

    /// Whether it is known which texts are the same or alike.
    pub(super) fn knows_duplicates(&self) -> bool {
        self.duplicates.get().is_some()
    }

    /// Characters of each response's text; 0 where there is none.
    pub(super) fn lengths(&self) -> &[u32] {
        self.lengths.get_or_init(|| {
            let length = |row| self.dataset.response_text(row).map_or(0, |text| text.chars().count() as u32);
            (0..self.dataset.responses().len()).into_par_iter().with_max_len(CHUNK).map(length).collect()
        })
    }
}

impl Grouped {
    /// `rows`, which are in import order, by model.
    pub(super) fn new(dataset: &Dataset, rows: &[u32]) -> Self {
        let model = |row: u32| dataset.responses()[row as usize].model as usize;
        let mut starts = vec![0; dataset.models().len() + 1];
        for &row in rows {
            starts[model(row) + 1] += 1;
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let models = (0..dataset.models().len())
            .map(|model| (model as u32, starts[model]..starts[model + 1]))
            .filter(|(_, own)| !own.is_empty())
            .collect();
        let mut sorted = vec![0; rows.len()];
        for &row in rows {
            let place = &mut starts[model(row)];
            sorted[*place] = row;
            *place += 1;
        }
        Self { rows: sorted, models }
    }

    /// How many rows there are.
    pub(super) fn len(&self) -> usize {
        self.rows.len()
    }

    /// The models that have rows, in the dataset's order, with their rows.
    pub(super) fn models(&self) -> impl ExactSizeIterator<Item = (u32, &[u32])> {
        self.models.iter().map(|(model, own)| (*model, &self.rows[own.clone()]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flags;
    use crate::model::{DatasetBuilder, NewPrompt, NewResponse};
    use crate::workbench::flagged::text_flags;

    #[test]
    fn progress_ends_where_the_search_for_flags_does() {
        let mut builder = DatasetBuilder::default();
        let prompt = builder.add_prompt(NewPrompt { id: "p", ..NewPrompt::default() }).unwrap();
        for (id, text) in [("a", "One and the same."), ("b", "One and the same."), ("c", ""), ("d", "Another one.")] {
            let new = NewResponse { id, prompt, model: "m", text: Ok(text), metadata: None, source: 0, row: 1 };
            builder.add_response(new).unwrap();
        }
        let facts = Facts::new(Arc::new(builder.finish()));
        let usual = FlagSettings::default();
        let others = FlagSettings { similarity: 0.5, ..FlagSettings::default() };
        // Copies are looked for, looked for by another measure, and known.
        for settings in [&usual, &others, &usual] {
            let progress = Progress::default();
            progress.start(flags::steps(4));
            let duplicates = facts.duplicates_for(settings, &progress).unwrap();
            text_flags(&facts.dataset, settings, duplicates, &progress).unwrap();
            assert_eq!(progress.counts(), (flags::steps(4), flags::steps(4)));
        }
    }
}
