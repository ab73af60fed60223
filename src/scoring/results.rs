//! Columns and totals of a whole project.

use super::compile::CompiledRubric;
use super::{Cell, Column, Total, tally};
use rayon::prelude::*;
use std::sync::Arc;

/// Every response's score under one compiled rubric, as columns. Rows are the dataset's responses, in order.
#[derive(Clone, Debug, Default)]
pub struct Results {
    rubric: Arc<CompiledRubric>,
    columns: Vec<Option<Arc<Column>>>,
    totals: Vec<Total>,
    /// Row-major: one stride of `rubric.dimensions.len()` a response; NaN where there is no value.
    dimensions: Vec<f64>,
}

/// Rows totalled by a worker at once.
const CHUNK: usize = 4096;

impl Results {
    /// Adds up `columns` (one per criterion; `None` for those no check judges) over `rows` responses. Runs no
    /// check: a changed weight costs only this.
    pub fn new(rubric: Arc<CompiledRubric>, columns: Vec<Option<Arc<Column>>>, rows: usize) -> Self {
        let stride = rubric.dimensions.len();
        let mut dimensions = vec![f64::NAN; rows * stride];
        let mut totals = vec![Total::default(); rows];
        // A rubric without dimensions has a stride of 0, which cannot be chunked; a scratch row serves it.
        let add_up = |first: usize, totals: &mut [Total], dimensions: &mut [f64]| {
            for (offset, total) in totals.iter_mut().enumerate() {
                let values = &mut dimensions[offset * stride..][..stride];
                *total = tally(&rubric, |index| cell(&rubric, &columns, index, first + offset), values);
            }
        };
        if stride == 0 {
            add_up(0, &mut totals, &mut []);
        } else {
            totals
                .par_chunks_mut(CHUNK)
                .zip(dimensions.par_chunks_mut(CHUNK * stride))
                .enumerate()
                .for_each(|(chunk, (totals, dimensions))| add_up(chunk * CHUNK, totals, dimensions));
        }
        Self { rubric, columns, totals, dimensions }
    }

    /// The rubric these are the results of.
    pub fn rubric(&self) -> &Arc<CompiledRubric> {
        &self.rubric
    }

    /// How many responses there are.
    pub fn len(&self) -> usize {
        self.totals.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.totals.is_empty()
    }

    /// The total of response `row`.
    pub fn total(&self, row: usize) -> &Total {
        &self.totals[row]
    }

    /// The value of dimension `dimension` for response `row`.
    pub fn dimension(&self, row: usize, dimension: usize) -> Option<f64> {
        let value = self.dimensions[row * self.rubric.dimensions.len() + dimension];
        (!value.is_nan()).then_some(value)
    }

    /// The cell of criterion `criterion` for response `row`.
    pub fn cell(&self, row: usize, criterion: usize) -> Cell {
        cell(&self.rubric, &self.columns, criterion, row)
    }
}

fn cell(rubric: &CompiledRubric, columns: &[Option<Arc<Column>>], criterion: usize, row: usize) -> Cell {
    rubric.cell(criterion, columns[criterion].as_ref().map(|column| column.cell(row)))
}
