//! Sessions outlive the window: they are kept with the position in the project.

use super::Session;
use crate::workbench::Workbench;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is kept.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    sessions: Vec<Session>,
    /// The beginnings of those that are open, one a reviewer.
    open: Vec<String>,
    paused: bool,
}

/// So many sessions are kept to go on with.
const MOST: usize = 8;

impl Workbench {
    /// Has the sessions kept as they are now.
    pub(super) fn keep_sessions(&mut self) {
        let judging = &mut self.judging;
        if let Some(open) = &judging.open {
            for known in judging.sessions.iter_mut().filter(|known| known.begin == open.session.begin) {
                known.skipped.clone_from(&open.session.skipped);
            }
        }
        let surplus = judging.sessions.len().saturating_sub(MOST);
        judging.sessions.drain(..surplus);
        let me = self.reviews.me();
        let is_others = |begin: &String| judging.sessions.iter().any(|s| s.begin == *begin && s.reviewer != me);
        let mut opened: Vec<String> = judging.others.iter().filter(|begin| is_others(begin)).cloned().collect();
        opened.extend(judging.open.as_ref().map(|open| open.session.begin.clone()));
        let kept = Kept { sessions: judging.sessions.clone(), open: opened, paused: judging.paused };
        // As one text: it is compared in every frame, and a tree of values would take its time.
        let text = serde_json::to_string(&kept).expect("it is texts and numbers");
        self.set_session_state(Value::String(text));
    }

    /// Goes on where somebody was. What another version kept is passed over.
    pub(in crate::workbench) fn restore_sessions(&mut self) {
        let Some(Ok(kept)) = self.session_state().as_str().map(serde_json::from_str::<Kept>) else { return };
        self.judging.sessions = kept.sessions;
        let me = self.reviews.me();
        let is_open = |session: &&Session| session.reviewer == me && kept.open.contains(&session.begin);
        let open = self.judging.sessions.iter().find(is_open).cloned();
        self.judging.others = kept.open;
        if let Some(session) = open {
            self.open_session(session);
            self.judging.paused = kept.paused;
        }
    }
}
