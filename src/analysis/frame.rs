//! The responses an analysis is of, in the order its views need them.

use super::Inputs;
use super::filter::Filter;
use crate::model::Dataset;
use crate::scoring::Results;
use rayon::prelude::*;

/// Selected responses by model.
pub(super) struct Frame<'a> {
    pub(super) dataset: &'a Dataset,
    pub(super) results: &'a Results,
    pub(super) filter: Filter,
    /// Ascending.
    pub(super) rows: Vec<u32>,
    /// The models that have any, in the dataset's order.
    pub(super) models: Vec<OfModel>,
    /// Whether each row of the dataset is selected.
    selected: Vec<bool>,
    /// Characters of each row's text; [`NO_TEXT`] where there is none.
    lengths: Vec<u32>,
}

/// Longer than any text.
const NO_TEXT: u32 = u32::MAX;

/// The responses of one model.
pub(super) struct OfModel {
    /// Index into the dataset's models.
    pub(super) index: u32,
    pub(super) name: String,
    /// Its rows, by prompt and then as imported.
    pub(super) rows: Vec<u32>,
    pub(super) filter: Filter,
}

/// What one prompt got from one model: the mean over its responses that have a value.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct AtPrompt {
    pub(super) prompt: u32,
    pub(super) mean: f64,
    /// How many responses it is of.
    pub(super) n: u32,
}

impl<'a> Frame<'a> {
    pub(super) fn new(inputs: &Inputs<'a>) -> Self {
        let Inputs { dataset, results, .. } = *inputs;
        let count = dataset.responses().len().min(results.len());
        let rows: Vec<u32> = match inputs.rows {
            Some(rows) => rows.iter().copied().filter(|&row| (row as usize) < count).collect(),
            None => (0..count as u32).collect(),
        };
        let filter = Filter::new(inputs.filter);
        let mut selected = vec![false; dataset.responses().len()];
        let mut of_models: Vec<Vec<u32>> = vec![Vec::new(); dataset.models().len()];
        for &row in &rows {
            selected[row as usize] = true;
            of_models[dataset.responses()[row as usize].model as usize].push(row);
        }
        let models = of_models.into_par_iter().enumerate().filter(|(_, rows)| !rows.is_empty());
        let models = models.map(|(index, mut rows)| {
            rows.sort_by_key(|&row| dataset.responses()[row as usize].prompt);
            let name = dataset.models()[index].clone();
            OfModel { index: index as u32, filter: filter.model(&name), name, rows }
        });
        let lengths = (0..dataset.responses().len()).into_par_iter().with_min_len(256);
        let length = |row: usize| match dataset.response_text(row) {
            Some(text) if selected[row] => text.chars().count() as u32,
            Some(_) => 0,
            None => NO_TEXT,
        };
        let lengths = lengths.map(length).collect();
        Self { dataset, results, models: models.collect(), filter, rows, selected, lengths }
    }

    /// Characters of the text of response `row`, which is one of them; `None` where there is none.
    pub(super) fn length(&self, row: usize) -> Option<f64> {
        let length = self.lengths[row];
        (length != NO_TEXT).then(|| f64::from(length))
    }

    /// Shows response `row` alone.
    pub(super) fn filter_of(&self, row: u32) -> Filter {
        self.filter.id(self.dataset.text(self.dataset.responses()[row as usize].id))
    }

    /// Where the model of response `row` stands in [`Self::models`].
    pub(super) fn model_at(&self, row: u32) -> usize {
        let index = self.dataset.responses()[row as usize].model;
        self.models.partition_point(|model| model.index < index)
    }

    /// Whether response `row` is one of them.
    pub(super) fn has(&self, row: u32) -> bool {
        self.selected.get(row as usize).copied().unwrap_or(false)
    }

    /// The prompt of response `row`.
    pub(super) fn prompt(&self, row: u32) -> u32 {
        self.dataset.responses()[row as usize].prompt
    }

    /// How many different prompts `rows`, which are by prompt, answer.
    pub(super) fn prompts(&self, rows: &[u32]) -> usize {
        rows.chunk_by(|&a, &b| self.prompt(a) == self.prompt(b)).count()
    }

    /// The values of `of` for `rows`, each with its prompt. Rows without one are left out.
    pub(super) fn values(&self, rows: &[u32], of: impl Fn(usize) -> Option<f64>) -> Vec<(u32, f64)> {
        rows.iter().filter_map(|&row| Some((self.prompt(row), of(row as usize)?))).collect()
    }
}

/// The mean at each prompt of `values`, which are by prompt.
pub(super) fn by_prompt(values: &[(u32, f64)]) -> Vec<AtPrompt> {
    let of = |same: &[(u32, f64)]| AtPrompt {
        prompt: same[0].0,
        mean: same.iter().map(|&(_, value)| value).sum::<f64>() / same.len() as f64,
        n: same.len() as u32,
    };
    values.chunk_by(|a, b| a.0 == b.0).map(of).collect()
}

/// Both sides at the prompts that are in `first` and in `second`, in order.
pub(super) fn paired<'a>(
    first: &'a [AtPrompt],
    second: &'a [AtPrompt],
) -> impl Iterator<Item = (AtPrompt, AtPrompt)> + 'a {
    let (mut a, mut b) = (0, 0);
    std::iter::from_fn(move || {
        while let (Some(&one), Some(&other)) = (first.get(a), second.get(b)) {
            a += usize::from(one.prompt <= other.prompt);
            b += usize::from(other.prompt <= one.prompt);
            if one.prompt == other.prompt {
                return Some((one, other));
            }
        }
        None
    })
}
