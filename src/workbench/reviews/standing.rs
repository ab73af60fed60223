//! What stands of all logs, kept up to date as logs, responses and wordings change.

use crate::model::review::{JudgementReader, Judgements, ReviewLog, RowIndex, wording};
use crate::model::{Dataset, Project, Rubric};
use crate::workbench::job::retire;
use crate::workbench::{Job, Poll, Wake};
use std::sync::Arc;

/// So many entries are read, anew or beyond those that were, and so many rows indexed, inside a frame.
const INLINE_ENTRIES: usize = 10_000;
const INLINE_ROWS: usize = 50_000;

/// What stands, and what it was made of.
#[derive(Default)]
pub(super) struct Standing {
    index: Arc<RowIndex>,
    indexing: Option<Job<RowIndex>>,
    reader: JudgementReader,
    judgements: Arc<Judgements>,
    of: Of,
    counting: Option<(Of, Job<JudgementReader>)>,
    /// The rubric last looked at, and the words its criteria are rated by.
    wordings: (Arc<Rubric>, Wordings),
}

/// The words a rubric's criteria are rated by, with the criteria's ids.
type Wordings = Arc<[(String, String)]>;

/// What judgements are made of: the same parts give the same.
#[derive(Clone, Default)]
struct Of {
    logs: Vec<Arc<ReviewLog>>,
    dataset: Arc<Dataset>,
    wordings: Wordings,
}

impl Of {
    fn is_same(&self, other: &Self) -> bool {
        let logs = self.logs.iter().zip(&other.logs);
        self.logs.len() == other.logs.len() && { logs }.all(|(a, b)| Arc::ptr_eq(a, b)) && self.is_same_but_logs(other)
    }

    fn is_same_but_logs(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.dataset, &other.dataset) && self.wordings == other.wordings
    }
}

impl Standing {
    pub(super) fn index(&self) -> &Arc<RowIndex> {
        &self.index
    }

    pub(super) fn judgements(&self) -> &Arc<Judgements> {
        &self.judgements
    }

    /// The responses that the judgements are of.
    pub(super) fn dataset(&self) -> &Arc<Dataset> {
        &self.of.dataset
    }

    /// Brings up to date what is not. Where logs only grew, what was added is read on at once; all else is made anew.
    /// What is under way is let finish first, and read on from there.
    pub(super) fn update(&mut self, logs: &[Arc<ReviewLog>], project: &Project, wake: &Wake) {
        let is_indexed = self.update_index(project.dataset(), wake);
        if !project.dataset().continues(&self.of.dataset) {
            // What stood was of other rows.
            self.counting = None;
            self.take(Of { dataset: project.dataset().clone(), ..Of::default() }, JudgementReader::default());
        }
        if !is_indexed {
            return;
        }
        if let Some((of, job)) = self.counting.take() {
            match job.poll() {
                Poll::Running => return self.counting = Some((of, job)),
                Poll::Done(reader) => self.take(of, reader),
                Poll::Lost => {}
            }
        }
        if !Arc::ptr_eq(&self.wordings.0, project.rubric()) {
            let criteria = project.rubric().criteria().into_iter();
            let wordings = criteria.map(|(_, criterion)| (criterion.id.clone(), wording(criterion))).collect();
            self.wordings = (project.rubric().clone(), wordings);
        }
        let of = Of { logs: logs.to_vec(), dataset: self.index.dataset().clone(), wordings: self.wordings.1.clone() };
        if self.of.is_same(&of) {
            return;
        }
        if self.of.is_same_but_logs(&of) && self.reader.added(logs).is_some_and(|added| added <= INLINE_ENTRIES) {
            self.reader.follow(logs, &self.index);
            return self.show(of);
        }
        let (index, rubric) = (self.index.clone(), project.rubric().clone());
        let entries: usize = logs.iter().map(|log| log.entries().len()).sum();
        if entries <= INLINE_ENTRIES {
            return self.take(of, JudgementReader::new(logs, &index, &rubric));
        }
        let logs = of.logs.clone();
        let job = Job::spawn("Reading judgements", wake.clone(), move |_| JudgementReader::new(&logs, &index, &rubric));
        self.counting = Some((of, job));
    }

    fn take(&mut self, of: Of, reader: JudgementReader) {
        retire(std::mem::replace(&mut self.reader, reader));
        self.show(of);
    }

    /// Takes over what the reader says.
    fn show(&mut self, of: Of) {
        let judgements = Arc::new(self.reader.judgements().clone());
        retire((std::mem::replace(&mut self.of, of), std::mem::replace(&mut self.judgements, judgements)));
    }

    /// Whether the index is that of `dataset`.
    fn update_index(&mut self, dataset: &Arc<Dataset>, wake: &Wake) -> bool {
        if let Some(job) = &self.indexing {
            match job.poll() {
                Poll::Running => return false,
                Poll::Done(index) => retire(std::mem::replace(&mut self.index, Arc::new(index))),
                Poll::Lost => {}
            }
            self.indexing = None;
        }
        if Arc::ptr_eq(self.index.dataset(), dataset) {
            return true;
        }
        if dataset.responses().len() <= INLINE_ROWS {
            retire(std::mem::replace(&mut self.index, Arc::new(RowIndex::new(dataset.clone()))));
            return true;
        }
        let dataset = dataset.clone();
        self.indexing = Some(Job::spawn("Indexing", wake.clone(), move |_| RowIndex::new(dataset)));
        false
    }
}
