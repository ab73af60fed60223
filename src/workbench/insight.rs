//! The analysis of what is listed: made in the background, and only while something shows it.

use super::job::{Job, Poll, retire};
use super::{Wake, Workbench};
use crate::analysis::{self, Analysis, Options};
use crate::model::review::{Judgements, ReviewLog};
use crate::model::{Dataset, Rubric, Settings};
use crate::scoring::{Progress, Results};
use std::sync::Arc;

/// The newest analysis, and the one that is being made.
#[derive(Default)]
pub(super) struct Insight {
    known: Option<(Asked, Arc<Analysis>)>,
    job: Option<(Asked, Job<Option<Analysis>>)>,
}

/// What an analysis is of.
#[derive(Clone)]
struct Asked {
    dataset: Arc<Dataset>,
    rubric: Arc<Rubric>,
    results: Arc<Results>,
    judgements: Arc<Judgements>,
    logs: Vec<Arc<ReviewLog>>,
    settings: Arc<Settings>,
    /// The rows listed, in import order; `None` for all.
    rows: Option<Arc<[u32]>>,
    filter: String,
}

impl Asked {
    fn is_same(&self, other: &Self) -> bool {
        let same_rows = match (&self.rows, &other.rows) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        same_rows
            && self.filter == other.filter
            && Arc::ptr_eq(&self.dataset, &other.dataset)
            && Arc::ptr_eq(&self.results, &other.results)
            && Arc::ptr_eq(&self.judgements, &other.judgements)
            && Arc::ptr_eq(&self.settings, &other.settings)
    }

    fn analyse(&self, progress: &Progress) -> Option<Analysis> {
        let inputs = analysis::Inputs {
            dataset: &self.dataset,
            rubric: &self.rubric,
            results: &self.results,
            judgements: &self.judgements,
            logs: &self.logs,
            settings: &self.settings,
            rows: self.rows.as_deref(),
            filter: &self.filter,
            earlier: None,
        };
        analysis::analyse(&inputs, &Options::default(), progress)
    }
}

impl Insight {
    /// Has the analysis of `asked` made, unless it is there or on its way. The newest wish wins.
    fn ask(&mut self, asked: Asked, wake: &Wake) {
        let is_known = self.known.as_ref().is_some_and(|(known, _)| known.is_same(&asked));
        if is_known {
            self.job = None;
        } else if !self.job.as_ref().is_some_and(|(under_way, _)| under_way.is_same(&asked)) {
            let work = asked.clone();
            let job = Job::spawn("Counting", wake.clone(), move |progress| work.analyse(progress));
            self.job = Some((asked, job));
        }
    }

    /// Takes over what was made; whether anything was.
    pub(super) fn poll(&mut self) -> bool {
        let Some((asked, job)) = self.job.take() else { return false };
        match job.poll() {
            Poll::Running => {
                self.job = Some((asked, job));
                false
            }
            Poll::Done(analysis) => {
                if let Some(analysis) = analysis {
                    retire(self.known.replace((asked, Arc::new(analysis))));
                }
                true
            }
            Poll::Lost => true,
        }
    }

    /// Forgets everything: another project is open.
    pub(super) fn clear(&mut self) {
        self.job = None;
        retire(self.known.take());
    }
}

impl Workbench {
    /// Asks for the analysis of the responses listed. A view that shows it does so in every frame; while none does,
    /// nothing is made.
    pub fn ask_analysis(&mut self) {
        let Some((inputs, derived)) = &self.derived else { return };
        if inputs.results.is_empty() {
            return;
        }
        let is_all = inputs.query.terms.is_empty();
        let asked = Asked {
            dataset: inputs.facts.dataset.clone(),
            rubric: self.project.rubric().clone(),
            results: inputs.results.clone(),
            judgements: self.judgements().clone(),
            logs: Vec::new(),
            settings: self.project.settings().clone(),
            rows: (!is_all).then(|| derived.matched.clone()),
            filter: if is_all { String::new() } else { self.filter.text().trim().to_owned() },
        };
        self.insight.ask(asked, &self.wake);
    }

    /// The newest analysis there is; while another one is being made, the one before.
    pub fn analysis(&self) -> Option<&Arc<Analysis>> {
        self.insight.known.as_ref().map(|(_, analysis)| analysis)
    }

    /// Whether [`Self::analysis`] is about to be replaced.
    pub fn is_analysing(&self) -> bool {
        self.insight.job.is_some()
    }
}
