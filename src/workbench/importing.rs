//! Judgements and criteria that come with imported files.

use super::Workbench;
use crate::model::{Edit, Project};

impl Workbench {
    /// An import as one edit: with the data, the rubric gets what the data's judgements are about.
    pub(super) fn with_criteria(&self, edit: Edit) -> Edit {
        let Edit::SetData { dataset, sources, report, rubric: None } = edit else { return edit };
        let judged = self.files.imported();
        // What counts is for the person to say: scores stay what they are.
        let rubric =
            judged.and_then(|judged| self.project.rubric().with_imported(&judged.dimensions, &judged.labels, 0.0));
        Edit::SetData { dataset, sources, report, rubric: rubric.map(Box::new) }
    }

    /// All of a new project is there, which had only its first responses: with the data comes the rubric of its
    /// judgements, unless the person has changed the rubric meanwhile.
    pub(super) fn with_rubric_of_data(&mut self, project: &Project) {
        let is_untouched = self.project.rubric() == self.saved.rubric();
        if is_untouched && self.files.imported().is_some() && self.saved.rubric() != project.rubric() {
            self.history.complete_rubric(&self.saved, project);
            self.project = self.project.with_rubric_of(project);
            self.saved = self.saved.with_rubric_of(project);
        }
    }

    /// Writes the imported judgements into the logs of their reviewers.
    pub(super) fn bring_judgements(&mut self) {
        let Some(judged) = self.files.take_imported() else { return };
        let said = self.reviews.bring(&judged.logs);
        self.files.tell(said);
    }
}
