//! Restoring what a crash left, or giving it up.

use super::keeper::Note;
use crate::io::drafts::{self, Found, Place};
use crate::io::store::DraftEdits;
use crate::model::Project;
use crate::workbench::Workbench;
use std::path::PathBuf;

impl Workbench {
    /// Whether restoring what is offered opens another project.
    pub fn restoring_replaces(&self) -> bool {
        self.drafts.offers.first().is_some_and(|found| !self.is_here(found))
    }

    fn is_here(&self, found: &Found) -> bool {
        self.drafts.place.as_ref().is_some_and(|place| place.folder() == found.place)
    }

    /// Restores what is offered: opens its project, where that is another, and makes its changes, which undo takes back.
    pub(in crate::workbench) fn restore(&mut self) {
        let Some(found) = self.drafts.offers.first().cloned() else { return };
        let is_here = self.is_here(&found);
        let (origin, is_demo) = (found.about.origin.clone(), found.about.demo);
        self.drafts.restoring = Some(found);
        if is_here {
            return self.go_on_restoring();
        }
        match origin {
            Some(origin) => self.files.open(self.wake.clone(), vec![PathBuf::from(origin)], None),
            None if is_demo => self.files.open_demo(self.wake.clone()),
            None => {
                self.files.leave();
                self.open(Project::default());
                self.begin_reviews();
            }
        }
    }

    /// The project of what is being restored is there: its changes are next.
    pub(in crate::workbench) fn go_on_restoring(&mut self) {
        let Some(found) = &mut self.drafts.restoring else { return };
        // It was set aside when its place was entered.
        let here = self.drafts.place.as_ref().map(Place::folder);
        if here != Some(&found.place) {
            self.drafts.restoring = None;
            return;
        }
        match found.draft.clone() {
            Some(draft) => {
                let (project, demo) = (self.project.clone(), found.about.demo);
                self.files.restore(self.wake.clone(), draft, project, demo);
            }
            None => self.drafts.restoring = None,
        }
    }

    /// Makes the changes of a draft.
    pub(in crate::workbench) fn take_restored(&mut self, restored: DraftEdits) {
        let Some(found) = self.drafts.restoring.take() else { return };
        let is_anything = !restored.edits.is_empty();
        if found.about.origin.is_none() {
            // It was never saved: all of it is to be saved.
            self.saved = Project::default();
        }
        self.files.set_header(restored.header);
        for edit in restored.edits {
            self.edit(edit);
            self.history.seal();
        }
        self.drafts.offers.retain(|other| other.draft != found.draft);
        self.drafts.kept = None;
        self.keep();
        if let (Some(keeper), Some(draft)) = (&self.drafts.keeper, found.draft) {
            keeper.note(Note::Remove(draft));
        }
        let what = match (is_anything, found.judgements) {
            (true, _) => "Unsaved changes are restored.",
            (false, 0) => "The project was saved since; nothing had to be restored.",
            (false, 1) => "The judgement is restored.",
            (false, _) => "The judgements are restored.",
        };
        self.notice = Some(what.to_owned());
        self.refresh();
        self.restore_state();
        self.refresh();
    }

    /// Restoring failed: the draft stays, and is offered again.
    pub(in crate::workbench) fn stop_restoring(&mut self) {
        self.drafts.restoring = None;
    }

    /// Gives up what is offered.
    pub(in crate::workbench) fn discard_offer(&mut self) {
        let (Some(root), false) = (self.drafts.root.clone(), self.drafts.offers.is_empty()) else { return };
        let found = self.drafts.offers.remove(0);
        self.notice = Some(match drafts::discard(&root, &found) {
            Ok(None) => "Discarded.".to_owned(),
            Ok(Some(kept)) => format!("Discarded; its judgements are kept in {}.", kept.display()),
            Err(error) => format!("It could not be removed: {error}. It will be offered again."),
        });
    }
}
