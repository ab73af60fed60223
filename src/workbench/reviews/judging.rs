//! Judging, taking back and doing again, in the workbench.

use super::timeline::{Intent, Judged, Step};
use crate::io::reviews::Writer;
use crate::model::review::{Act, Entry, RowIndex, Undo};
use crate::workbench::{Reviews, Workbench};
use jiff::Timestamp;
use std::sync::Arc;

impl Workbench {
    /// Who judges, all logs, and what is not saved.
    pub fn reviews(&self) -> &Reviews {
        &self.reviews
    }

    /// The rows of the responses by their ids; empty while it is being made for a large project.
    pub fn row_index(&self) -> &Arc<RowIndex> {
        self.reviews.rows()
    }

    /// What undo would undo: the newest edit or judgement.
    pub fn undo_label(&self) -> Option<&str> {
        self.reviews.intents.last().and_then(Intent::label).or_else(|| self.timeline.undo_label())
    }

    /// What redo would redo.
    pub fn redo_label(&self) -> Option<&str> {
        self.timeline.redo_label()
    }

    /// Appends what was decided, under the id that comes back; it stands when it is on disk. What is asked for again while it
    /// waits is tried again, and not decided twice.
    pub(in crate::workbench) fn judge(&mut self, act: Act, seconds: Option<f64>) -> String {
        self.prepare_to_judge();
        // What is typed after it is another step than what was typed before.
        self.history.seal();
        if let Some(waiting) = self.reviews.pending().pop().filter(|waiting| waiting.act == act) {
            let id = waiting.id.clone();
            self.retry_judgements();
            return id;
        }
        let id = self.reviews.ids.next().expect("ids do not end");
        let intent = Intent::Do(Judged::new(&id, &act, self.project.rubric()));
        self.submit(Entry { id: id.clone(), at: Timestamp::now(), seconds, act }, intent);
        id
    }

    /// Gives up the entry with this id, if it waits.
    pub(in crate::workbench) fn withdraw(&mut self, id: &str) {
        self.reviews.withdraw(id);
    }

    /// Takes one of the reviewer's own entries back.
    pub(in crate::workbench) fn take_back(&mut self, entry: String) {
        if self.is_mine(&entry) {
            self.judge(Act::Undo(Undo { entry }), None);
        } else {
            self.notice = Some("Only who made a judgement can take it back.".to_owned());
        }
    }

    /// Whether the entry with this id is in the log of who judges here.
    fn is_mine(&self, id: &str) -> bool {
        // What was just done is most often taken back.
        self.reviews.mine().is_some_and(|log| log.entries().rev().any(|known| known.id == id))
    }

    /// Takes the newest edit or judgement back.
    pub(in crate::workbench) fn undo(&mut self) {
        if let Some(intent) = self.reviews.intents.pop() {
            // It was never saved: there is nothing to append.
            let dropped = self.reviews.waiting.pop();
            let writer = self.reviews.writer.as_mut();
            let _ = dropped.or_else(|| writer.and_then(Writer::drop_last_pending));
            let what = intent.label().unwrap_or("begin").to_owned();
            self.retry_judgements();
            self.notice = Some(format!("Dropped what was not saved: {what}"));
            return;
        }
        match self.timeline.newest().cloned() {
            None => self.notice = Some("There is nothing to undo since the project was opened.".to_owned()),
            Some(Step::Edit(_)) => {
                self.travel(crate::model::History::undo, "Undid");
                self.timeline.back();
            }
            Some(Step::Judgement(judged)) => {
                let (entry, label) = (judged.entry.clone(), judged.label.clone());
                self.reverse(entry, Intent::Undo(judged), "Undid", &label);
            }
        }
    }

    /// Does again what was undone last.
    pub(in crate::workbench) fn redo(&mut self) {
        match self.timeline.next().cloned() {
            None => self.notice = Some("There is nothing to redo.".to_owned()),
            Some(Step::Edit(_)) => {
                self.travel(crate::model::History::redo, "Redid");
                self.timeline.forward();
            }
            Some(Step::Judgement(judged)) => {
                let (entry, label) = (judged.taken_back_by.clone(), judged.label.clone());
                self.reverse(entry, Intent::Redo(judged), "Redid", &label);
            }
        }
    }

    /// Appends that `entry` is taken back, and goes to what it is about.
    fn reverse(&mut self, entry: String, intent: Intent, verb: &str, label: &str) {
        let row = intent.judged().and_then(|judged| self.reviews.rows().row(judged.response.as_ref()?));
        let id = self.reviews.ids.next().expect("ids do not end");
        let act = Act::Undo(Undo { entry });
        if self.submit(Entry { id, at: Timestamp::now(), seconds: None, act }, intent) {
            row.into_iter().for_each(|row| self.select_row(row));
            self.notice = Some(format!("{verb}: {label}"));
        }
    }

    /// Tries again to save what waits.
    pub(in crate::workbench) fn retry_judgements(&mut self) {
        let intents = self.pending_intents();
        let said = self.reviews.retry();
        self.note_saved(intents);
        self.hear(&said);
    }

    /// Tries again because somebody asks for it, or because there is a new place: what is saved thereby counts as judged,
    /// and the next is asked for.
    pub(in crate::workbench) fn save_judgements(&mut self) {
        let waited = !self.reviews.pending().is_empty();
        self.notice = None;
        self.catch_up(Self::retry_judgements);
        if waited && self.reviews.pending().is_empty() && self.notice.is_none() {
            self.notice = Some("Saved what waited.".to_owned());
        }
    }

    /// Goes on where the answer to the item at hand was waiting, once `save` has saved it.
    fn catch_up(&mut self, save: impl FnOnce(&mut Self)) {
        let waits = self.reviews.pending().into_iter().any(|entry| self.judging().is_answered_by(&entry.act));
        save(self);
        if waits && self.reviews.pending().is_empty() {
            self.go_on_after_saving();
        }
    }

    /// Takes over the logs of the project that was just opened.
    pub(in crate::workbench) fn begin_reviews(&mut self) {
        self.enter_place();
        let logs = self.files.take_reviews().logs;
        let said = match self.files.reviews_folder() {
            Some(folder) => self.reviews.begin(logs, Some(folder), false),
            None => self.reviews.begin(logs, self.place_of_reviews(), true),
        };
        self.restore_state();
        self.restore_sessions();
        self.hear(&said);
        self.refresh();
        self.go_on_restoring();
    }

    /// Judgements go into `folder` from now on, because the project was saved; for the time being only, with
    /// `is_in_draft`.
    pub(in crate::workbench) fn move_reviews(&mut self, folder: &std::path::Path, is_in_draft: bool) {
        self.catch_up(|bench| {
            let intents = bench.pending_intents();
            let said = bench.reviews.move_to(folder, is_in_draft);
            bench.note_saved(intents);
            bench.hear(&said);
        });
    }

    /// Somebody of this name judges from now on. What waits belongs to who decided it, and is saved first.
    pub(in crate::workbench) fn set_reviewer(&mut self, name: &str) {
        self.retry_judgements();
        if !self.reviews.pending().is_empty() {
            return;
        }
        match crate::io::reviews::name::stem_of(name) {
            Ok(_) => {
                let before = self.reviews.me().to_owned();
                let shows_names = self.is_blind() && !crate::io::reviews::name::is_same(&before, name.trim());
                if shows_names {
                    // Whoever comes sees the names, and so does who leaves: it is their log that has to say so.
                    self.reveal();
                    if !self.reviews.pending().is_empty() {
                        return;
                    }
                }
                let said = self.reviews.rename(name);
                let mut words = format!("Judging as {}.", self.reviews.me());
                if shows_names {
                    words += &format!(" Names of models are shown; the log of {before} says so.");
                }
                self.notice = Some(words);
                self.remember_reviewer();
                self.hear(&said);
            }
            Err(error) => self.notice = Some(error.to_string()),
        }
    }

    /// Looks what changed on disk.
    pub(in crate::workbench) fn look_again(&mut self) {
        let intents = self.pending_intents();
        let said = self.reviews.look(&self.wake);
        self.note_saved(intents);
        self.hear(&said);
    }

    /// Collects logs that were read again, and what stands of them; whether anything changed.
    pub(in crate::workbench) fn poll_reviews(&mut self) -> bool {
        let before = (self.reviews.judgements().clone(), self.reviews.rows().clone());
        let heard = self.reviews.poll();
        self.reviews.update(&self.project, &self.wake);
        let changed =
            !Arc::ptr_eq(&before.0, self.reviews.judgements()) || !Arc::ptr_eq(&before.1, self.reviews.rows());
        let is_heard = heard.is_some();
        heard.into_iter().for_each(|said| self.hear(&said));
        changed || is_heard
    }

    /// Appends an entry; whether it, and all before it, are on disk.
    fn submit(&mut self, entry: Entry, intent: Intent) -> bool {
        let mut intents = self.pending_intents();
        intents.push((entry.id.clone(), intent.clone()));
        let before = self.reviews.intents.len();
        self.notice = None;
        let said = self.reviews.submit(entry, intent);
        if self.reviews.intents.len() == before {
            // It was refused.
            self.hear(&said);
            return false;
        }
        self.note_saved(intents);
        self.hear(&said);
        self.reviews.intents.is_empty()
    }

    fn pending_intents(&self) -> Vec<(String, Intent)> {
        let ids = self.reviews.pending().into_iter().map(|entry| entry.id.clone());
        ids.zip(self.reviews.intents.iter().cloned()).collect()
    }

    /// Takes over into the timeline what of `intents` waits no longer.
    fn note_saved(&mut self, intents: Vec<(String, Intent)>) {
        if !self.reviews.pending().is_empty() {
            return;
        }
        self.reviews.intents.clear();
        for (id, intent) in intents {
            self.timeline.saved(&id, intent);
        }
        self.open_begun();
    }

    /// Says what the logs have to say.
    pub(in crate::workbench) fn hear(&mut self, said: &[String]) {
        if !said.is_empty() {
            self.notice = Some(said.join(" "));
        }
    }
}
