//! Everything one evaluation holds.

use super::{Dataset, ImportReport, Rubric, Settings, Source};
use std::sync::Arc;

/// Everything one evaluation holds. Its parts are shared: a clone is a few pointers, so a clone is what an
/// undo step keeps and what a background job works on. Changed only through [`Project::apply`].
#[derive(Clone, Debug, Default)]
pub struct Project {
    pub(super) name: Arc<str>,
    pub(super) rubric: Arc<Rubric>,
    pub(super) dataset: Arc<Dataset>,
    pub(super) sources: Arc<[Source]>,
    pub(super) report: Arc<ImportReport>,
    pub(super) settings: Arc<Settings>,
}

impl Project {
    /// A project of these parts, with default settings.
    pub fn new(name: &str, rubric: Rubric, dataset: Dataset, sources: Vec<Source>, report: ImportReport) -> Self {
        Self {
            name: name.into(),
            rubric: Arc::new(rubric),
            dataset: Arc::new(dataset),
            sources: sources.into(),
            report: Arc::new(report),
            settings: Arc::default(),
        }
    }

    /// The same project with these settings.
    pub fn with_settings(&self, settings: Settings) -> Self {
        Self { settings: Arc::new(settings), ..self.clone() }
    }

    /// The same project after its files moved: `sources` and `report` differ from its own in paths only.
    pub fn relocated(&self, sources: Vec<Source>, report: ImportReport) -> Self {
        Self { sources: sources.into(), report: Arc::new(report), ..self.clone() }
    }

    /// The same project with the responses of `other`, and what is known of where they came from.
    pub fn with_data_of(&self, other: &Self) -> Self {
        let Self { dataset, sources, report, .. } = other.clone();
        Self { dataset, sources, report, ..self.clone() }
    }

    /// The same project with the rubric of `other`.
    pub fn with_rubric_of(&self, other: &Self) -> Self {
        Self { rubric: other.rubric.clone(), ..self.clone() }
    }

    /// Shown in the title.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The one rubric.
    pub fn rubric(&self) -> &Arc<Rubric> {
        &self.rubric
    }

    /// Prompts and responses.
    pub fn dataset(&self) -> &Arc<Dataset> {
        &self.dataset
    }

    /// Where the responses came from.
    pub fn sources(&self) -> &Arc<[Source]> {
        &self.sources
    }

    /// What importing them had to say.
    pub fn report(&self) -> &Arc<ImportReport> {
        &self.report
    }

    /// How it is worked on.
    pub fn settings(&self) -> &Arc<Settings> {
        &self.settings
    }

    /// Whether both are the same state: shared parts, not merely equal ones.
    pub fn is_same(&self, other: &Self) -> bool {
        self.name == other.name
            && Arc::ptr_eq(&self.rubric, &other.rubric)
            && Arc::ptr_eq(&self.dataset, &other.dataset)
            && Arc::ptr_eq(&self.sources, &other.sources)
            && Arc::ptr_eq(&self.report, &other.report)
            && Arc::ptr_eq(&self.settings, &other.settings)
    }
}
