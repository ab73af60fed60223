//! Unsaved work, kept safe: every edit is in a draft soon after it was made, and a crash costs nothing.
//!
//! Nothing is kept until [`Workbench::keep_in`] names a data folder. What a crash left is offered at the next start, or
//! when its project is opened: [`Workbench::offer`]. Until it is restored or discarded it stays where it is.
//!
//! A project in a folder has its judgements there. Those on a packed project, or on one that was never saved, lie in its
//! place in the data folder until it is saved.

mod keeper;
mod restore;
mod state;

#[cfg(test)]
mod tests;

use super::Workbench;
use crate::io::drafts::{self, About, Found, Place};
use crate::model::Project;
use jiff::Timestamp;
use keeper::{Keeper, Note};
use state::State;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is kept of the open project, and what was found of others.
#[derive(Default)]
pub(super) struct Drafts {
    /// Writes in the background. Dropped first, so that all is written before the place is left.
    keeper: Option<Keeper>,
    root: Option<PathBuf>,
    place: Option<Place>,
    /// Why there is no place.
    held: Option<String>,
    /// The project as it was handed to the keeper last; `None` where there is no draft.
    kept: Option<Project>,
    state: Option<Arc<State>>,
    /// What the judging panel keeps with the position.
    session: Arc<serde_json::Value>,
    offers: Vec<Found>,
    /// What is being restored, once its project is there.
    restoring: Option<Found>,
    /// How many entries the reviewer had when the running save began.
    entries_saved: usize,
}

impl Workbench {
    /// Keeps unsaved work, the position and the reviewer's name in `root` from now on, and looks for what a crash left
    /// there.
    pub fn keep_in(&mut self, root: PathBuf) {
        if let Some(name) = drafts::reviewer(&root) {
            self.reviews.remember(name);
        }
        self.drafts.offers = drafts::waiting(&root);
        self.drafts.keeper = Some(Keeper::new(self.wake.clone()));
        self.drafts.root = Some(root);
    }

    /// Unsaved work that was found, in a sentence: to be restored or discarded.
    pub fn offer(&self) -> Option<String> {
        let offer = self.drafts.offers.first().filter(|_| self.drafts.restoring.is_none());
        offer.map(Found::sentence)
    }

    /// Why unsaved work is not kept safe, or that another window has the project open; in a sentence.
    pub fn not_kept(&self) -> Option<&str> {
        self.drafts.held.as_deref()
    }

    /// What the judging panel had kept with the position in this project.
    pub fn session_state(&self) -> &serde_json::Value {
        &self.drafts.session
    }

    /// Keeps `state` with the position in this project; it comes back when the project is opened again.
    pub fn set_session_state(&mut self, state: serde_json::Value) {
        self.drafts.session = Arc::new(state);
        self.keep_state();
    }

    /// Remembers who judges on this machine.
    pub(super) fn remember_reviewer(&mut self) {
        if let Some(root) = &self.drafts.root
            && let Err(error) = drafts::set_reviewer(root, self.reviews.me())
        {
            self.notice = Some(error.to_string());
        }
    }

    /// Takes the place of the project that was just opened.
    pub(super) fn enter_place(&mut self) {
        let Some(root) = self.drafts.root.clone() else { return };
        let adopted = self.drafts.restoring.as_ref().filter(|found| found.about.origin.is_none());
        let entered = match adopted {
            Some(found) => Place::take(found.place.clone()),
            None => Place::enter(&root, self.files.origin()),
        };
        match entered {
            Ok(place) => {
                // What was offered of this place is looked at again. Judgements in it are read with the project.
                let mut found = drafts::found_in(&place);
                found.retain(|found| found.draft.is_some());
                self.drafts.offers.retain(|found| found.place != place.folder());
                found.append(&mut self.drafts.offers);
                self.drafts.offers = found;
                self.drafts.place = Some(place);
            }
            Err(error) => {
                self.drafts.held = Some(error.to_string());
                self.notice = self.drafts.held.clone();
            }
        }
    }

    /// Leaves the place of a project that is saved or given up: no draft stays. Judgements on a project that was never
    /// saved are put away, those on a packed one stay for when it is opened again.
    pub(super) fn leave_place(&mut self) {
        self.drafts.held = None;
        (self.drafts.kept, self.drafts.state) = (None, None);
        self.drafts.session = Arc::default();
        let Some(place) = self.drafts.place.take() else { return };
        self.finish_keeping();
        // What cannot be removed is offered again the next time.
        let _ = std::fs::remove_dir_all(place.draft());
        if place.is_new()
            && let Some(root) = &self.drafts.root
            && let Ok(Some(kept)) = drafts::put_away(root, place.folder())
        {
            self.notice = Some(format!("The judgements that were not saved are kept in {}.", kept.display()));
        }
    }

    fn finish_keeping(&self) {
        self.drafts.keeper.iter().for_each(Keeper::finish);
    }

    /// Where judgements go that have no other place.
    pub(super) fn place_of_reviews(&self) -> Option<PathBuf> {
        self.drafts.place.as_ref().map(Place::reviews)
    }

    /// Makes sure that judgements on a project that was never saved are found again with it, before the first is made.
    pub(super) fn prepare_to_judge(&mut self) {
        if self.files.origin().is_none() && self.drafts.kept.is_none() && self.drafts.place.is_some() {
            self.keep_draft();
            self.finish_keeping();
        }
    }

    /// Hands what is unsaved to the keeper, where it is not what it has already.
    pub(super) fn keep(&mut self) {
        let Some(place) = self.drafts.place.as_ref().filter(|_| !self.files.is_filling()) else { return };
        let is_homeless = self.files.origin().is_none() && self.reviews.loose() > 0;
        if is_homeless || !self.project.is_same(&self.saved) {
            if self.drafts.kept.as_ref().is_none_or(|kept| !kept.is_same(&self.project)) {
                self.keep_draft();
            }
        } else if self.drafts.kept.take().is_some()
            && let Some(keeper) = &self.drafts.keeper
        {
            keeper.note(Note::Clear(place.draft()));
        }
        self.keep_state();
    }

    fn keep_draft(&mut self) {
        let (Some(keeper), Some(place)) = (&self.drafts.keeper, &self.drafts.place) else { return };
        let about = About {
            name: self.project.name().to_owned(),
            origin: self.files.origin().map(absolute),
            demo: self.files.is_demo(),
            at: Timestamp::now(),
        };
        let (place, header) = (place.folder().to_owned(), self.files.header().to_owned());
        keeper.note(Note::Draft(Box::new((place, self.project.clone(), header, about))));
        self.drafts.kept = Some(self.project.clone());
    }

    /// What the keeper has to say; whether anything.
    pub(super) fn poll_keeper(&mut self) -> bool {
        let said = self.drafts.keeper.as_ref().and_then(Keeper::take_error);
        let is_said = said.is_some();
        self.notice = said.or(self.notice.take());
        is_said
    }

    /// A save begins: the logs it is to take along from the place.
    pub(super) fn reviews_to_save(&mut self) -> Option<PathBuf> {
        self.drafts.entries_saved = self.entries_of_mine();
        if self.files.reviews_folder().is_some() {
            None
        } else {
            self.place_of_reviews().filter(|folder| folder.is_dir())
        }
    }

    fn entries_of_mine(&self) -> usize {
        self.reviews.mine().map_or(0, |log| log.entries().len())
    }

    /// The project was saved, perhaps elsewhere: its judgements are there now, and go there from now on.
    pub(super) fn settle_place(&mut self, has_moved: bool) {
        let is_all = self.entries_of_mine() == self.drafts.entries_saved;
        let was_in_draft = self.reviews.is_in_draft();
        let folder = self.files.reviews_folder();
        if let Some(folder) = &folder {
            self.move_reviews(folder, false);
        }
        if was_in_draft && (folder.is_some() || is_all) && self.reviews.unsaved().is_none() {
            if folder.is_none() {
                self.reviews.let_go();
            }
            if let Some(reviews) = self.place_of_reviews() {
                // Logs that cannot be removed are in the project as well, and count once.
                let _ = std::fs::remove_dir_all(reviews);
            }
        }
        if has_moved {
            let session = std::mem::take(&mut self.drafts.session);
            self.leave_place();
            self.enter_place();
            self.drafts.session = session;
        }
        match self.place_of_reviews().filter(|_| folder.is_none()) {
            Some(reviews) if is_all => self.reviews.rest_in(reviews),
            // What was judged while it was being saved is not in it yet.
            Some(reviews) if has_moved => self.move_reviews(&reviews, true),
            _ => {}
        }
    }
}

fn absolute(path: &Path) -> String {
    std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned()
}
