//! Undo and redo as labelled snapshots.

use super::{Edit, EditError, Project};
use std::sync::Arc;

/// The states a project came through. A snapshot is a few pointers, so there is no limit to speak of.
#[derive(Clone, Debug, Default)]
pub struct History {
    past: Vec<Step>,
    future: Vec<Step>,
    /// The merge key of the newest edit while it may still grow.
    open: Option<String>,
}

#[derive(Clone, Debug)]
struct Step {
    label: String,
    /// The state on the other side of the step.
    project: Project,
}

impl History {
    /// Applies `edit` to `project` and remembers the way back. An edit of the same field as the one before
    /// joins it, unless [`Self::seal`] was called between.
    ///
    /// # Errors
    /// Those of [`Project::apply`]; nothing is remembered then.
    pub fn apply(&mut self, project: &mut Project, edit: Edit) -> Result<(), EditError> {
        let (label, key) = (edit.label(project), edit.merge_key());
        let before = project.clone();
        project.apply(edit)?;
        let joins = key.is_some() && key == self.open && !self.past.is_empty();
        if !joins {
            self.past.push(Step { label, project: before });
        }
        self.open = key;
        self.future.clear();
        Ok(())
    }

    /// Gives all its states the responses of `project`: those they had were only the first of them.
    pub fn complete_data(&mut self, project: &Project) {
        for step in self.past.iter_mut().chain(&mut self.future) {
            step.project = step.project.with_data_of(project);
        }
    }

    /// Gives those of its states that have the rubric of `old` the rubric of `project`: it came with the rest of the data.
    pub fn complete_rubric(&mut self, old: &Project, project: &Project) {
        for step in self.past.iter_mut().chain(&mut self.future) {
            if Arc::ptr_eq(step.project.rubric(), old.rubric()) {
                step.project = step.project.with_rubric_of(project);
            }
        }
    }

    /// Ends the current step: the next edit starts its own.
    pub fn seal(&mut self) {
        self.open = None;
    }

    /// Goes one step back; the label of what was undone.
    pub fn undo(&mut self, project: &mut Project) -> Option<String> {
        self.open = None;
        let step = self.past.pop()?;
        let after = std::mem::replace(project, step.project);
        self.future.push(Step { label: step.label.clone(), project: after });
        Some(step.label)
    }

    /// Goes one step forward again; the label of what was redone.
    pub fn redo(&mut self, project: &mut Project) -> Option<String> {
        self.open = None;
        let step = self.future.pop()?;
        let before = std::mem::replace(project, step.project);
        self.past.push(Step { label: step.label.clone(), project: before });
        Some(step.label)
    }

    /// How many steps can be undone.
    pub fn len(&self) -> usize {
        self.past.len()
    }

    /// Whether there is nothing to undo.
    pub fn is_empty(&self) -> bool {
        self.past.is_empty()
    }

    /// What undo would undo.
    pub fn undo_label(&self) -> Option<&str> {
        self.past.last().map(|step| step.label.as_str())
    }

    /// What redo would redo.
    pub fn redo_label(&self) -> Option<&str> {
        self.future.last().map(|step| step.label.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn typing_is_one_step_until_sealed() {
        let (mut project, mut history) = (Project::default(), History::default());
        for name in ["a", "ab", "abc"] {
            history.apply(&mut project, Edit::Rename(name.into())).unwrap();
        }
        history.seal();
        history.apply(&mut project, Edit::Rename("abcd".into())).unwrap();
        history.undo(&mut project);
        assert_eq!(project.name(), "abc");
        history.undo(&mut project);
        assert_eq!(project.name(), "");
        assert_eq!(history.redo_label(), Some("rename the project"));
    }

    proptest! {
        #[test]
        fn undo_and_redo_are_inverse(names in prop::collection::vec("[a-c]{0,2}", 1..8), back in 1usize..8) {
            let (mut project, mut history) = (Project::default(), History::default());
            let mut states = vec![String::new()];
            for name in names {
                history.apply(&mut project, Edit::Rename(name.clone())).unwrap();
                history.seal();
                states.push(name);
            }
            let steps = back.min(states.len() - 1);
            for _ in 0..steps {
                history.undo(&mut project).unwrap();
            }
            prop_assert_eq!(project.name(), &states[states.len() - 1 - steps]);
            for _ in 0..steps {
                history.redo(&mut project).unwrap();
            }
            prop_assert_eq!(project.name(), states.last().unwrap());
        }
    }
}
