//! Where somebody is in a project, kept so that the next start begins there.

use super::keeper::Note;
use crate::workbench::{Order, Workbench};
use serde::{Deserialize, Serialize};
use std::fs;
use std::sync::Arc;

/// Where somebody is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct State {
    /// The id of the response being read.
    response: Option<String>,
    /// The filter as typed.
    filter: String,
    order: Order,
    /// The judging panel's own.
    session: Arc<serde_json::Value>,
}

impl State {
    /// As it is written. It may hold a long session, and is made where it is written.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec_pretty(self).expect("it is texts and numbers")
    }
}

impl Workbench {
    /// Has the position kept, where it is another.
    pub(super) fn keep_state(&mut self) {
        let is_ready = self.drafts.place.is_some() && self.drafts.restoring.is_none();
        if !is_ready || self.drafts.keeper.is_none() || self.files.is_filling() {
            return;
        }
        let dataset = self.project.dataset();
        let response = self.row.and_then(|row| dataset.responses().get(row as usize));
        let response = response.map(|response| dataset.text(response.id));
        let drafts = &self.drafts;
        let is_known = drafts.state.as_ref().is_some_and(|state| {
            state.response.as_deref() == response
                && state.filter == self.filter.text()
                && state.order == self.order
                && (Arc::ptr_eq(&state.session, &drafts.session) || state.session == drafts.session)
        });
        if is_known {
            return;
        }
        let state = Arc::new(State {
            response: response.map(str::to_owned),
            filter: self.filter.text().to_owned(),
            order: self.order.clone(),
            session: drafts.session.clone(),
        });
        if let (Some(keeper), Some(place)) = (&self.drafts.keeper, &self.drafts.place) {
            keeper.note(Note::State(place.state_file(), state.clone()));
        }
        self.drafts.state = Some(state);
    }

    /// Goes where somebody was. What is not there any more is passed over.
    pub(in crate::workbench) fn restore_state(&mut self) {
        let Some(place) = &self.drafts.place else { return };
        let bytes = fs::read(place.state_file()).unwrap_or_default();
        let Ok(state) = serde_json::from_slice::<State>(&bytes) else { return };
        self.filter.set(state.filter.clone(), self.engine.results().rubric(), self.reviews.me());
        self.order = state.order.clone();
        self.drafts.session = state.session.clone();
        let dataset = self.project.dataset();
        let is_it = |id: &String| dataset.responses().iter().position(|response| dataset.text(response.id) == *id);
        if let Some(row) = state.response.as_ref().and_then(is_it) {
            self.row = Some(row as u32);
        }
        self.drafts.state = Some(Arc::new(state));
    }
}
