//! The short account on standard error of what was scored.

use crate::model::{Clip, Dataset};
use crate::scoring::{CompiledRubric, Results, Total};
use std::collections::HashMap;
use std::fmt::Write as _;

/// What rows add up to, over all and by model.
#[derive(Debug, Default)]
pub(super) struct Summary {
    all: Tally,
    models: Vec<(String, Tally)>,
    places: HashMap<String, usize>,
}

/// What counts of one response.
#[derive(Clone, Copy, Debug)]
pub(super) struct Judged {
    pub(super) score: Option<f64>,
    pub(super) passed: Option<bool>,
    pub(super) complete: bool,
}

impl From<&Total> for Judged {
    fn from(total: &Total) -> Self {
        Self { score: total.score, passed: total.passed, complete: total.is_complete() }
    }
}

#[derive(Debug, Default)]
struct Tally {
    responses: usize,
    scored: usize,
    sum: f64,
    decided: usize,
    passed: usize,
    incomplete: usize,
}

impl Tally {
    fn add(&mut self, total: Judged) {
        self.responses += 1;
        if let Some(score) = total.score {
            self.scored += 1;
            self.sum += score;
        }
        if let Some(passed) = total.passed {
            self.decided += 1;
            self.passed += usize::from(passed);
        }
        self.incomplete += usize::from(!total.complete);
    }

    fn mean(&self, clip: Clip) -> Option<f64> {
        let mean = (self.scored > 0).then(|| self.sum / self.scored as f64)?;
        Some(match clip {
            Clip::Score => mean,
            Clip::Mean => mean.clamp(0.0, 1.0),
        })
    }

    fn in_words(&self, clip: Clip) -> String {
        let plural = if self.responses == 1 { "" } else { "s" };
        let mut text = format!("{} response{plural}", self.responses);
        match self.mean(clip) {
            Some(mean) => write!(text, ", mean score {mean:.3}"),
            None => write!(text, ", none scored"),
        }
        .expect("a String takes everything");
        if self.decided > 0 {
            let rate = 100.0 * self.passed as f64 / self.decided as f64;
            write!(text, ", {rate:.1} % passed").expect("a String takes everything");
        }
        if self.incomplete > 0 {
            write!(text, ", {} incomplete", self.incomplete).expect("a String takes everything");
        }
        text
    }
}

impl Summary {
    /// Of everything that was scored.
    pub(super) fn of(dataset: &Dataset, results: &Results) -> Self {
        let mut summary = Self::default();
        (0..results.len()).for_each(|row| {
            summary.add(
                dataset.model_of(row),
                Judged { score: results.score(row), passed: results.passed(row), complete: results.is_complete(row) },
            );
        });
        summary
    }

    /// Counts a response of `model`.
    pub(super) fn add(&mut self, model: &str, total: Judged) {
        let place = self.place(model);
        self.add_at(place, total);
    }

    /// The place of `model`, for [`Self::add_at`].
    pub(super) fn place(&mut self, model: &str) -> usize {
        if let Some(&place) = self.places.get(model) {
            return place;
        }
        self.places.insert(model.to_owned(), self.models.len());
        self.models.push((printable(model), Tally::default()));
        self.models.len() - 1
    }

    /// Counts a response of the model at `place`.
    pub(super) fn add_at(&mut self, place: usize, total: Judged) {
        self.all.add(total);
        self.models[place].1.add(total);
    }

    /// The mean over scored responses; `None` where there is none.
    pub(super) fn mean(&self, rubric: &CompiledRubric) -> Option<f64> {
        self.all.mean(rubric.clip)
    }

    /// One line for all, and one for each of the first models where there are several.
    pub(super) fn to_text(&self, rubric: &CompiledRubric) -> String {
        const SHOWN: usize = 100;
        let mut text = self.all.in_words(rubric.clip);
        if self.models.len() > 1 {
            let shown = &self.models[..self.models.len().min(SHOWN)];
            let width = shown.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
            for (name, tally) in shown {
                write!(text, "\n  {name:width$}  {}", tally.in_words(rubric.clip)).expect("a String takes everything");
            }
            if self.models.len() > SHOWN {
                write!(text, "\n  … and {} more models", self.models.len() - SHOWN).expect("a String takes everything");
            }
        }
        text
    }
}

/// A name from a file without what would move the cursor or recolour the terminal.
pub(super) fn printable(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}
