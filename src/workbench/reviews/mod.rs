//! Judgements as the window works with them: who judges, all logs, what of them stands, and what is not saved yet.
//!
//! A judgement is appended and synced before anything shows it. One that cannot be saved is told at once, waits, and is
//! tried again with the next one; until then it is among [`Reviews::pending`] and nowhere else.

mod bringing;
mod judging;
mod look;
mod standing;
mod timeline;

#[cfg(test)]
mod tests;

use super::{Job, Wake};
use crate::io::reviews::{self as files, AppendError, EntryIds, OpenError, Writer};
use crate::model::review::{Entry, Judgements, ReviewLog, RowIndex};
use crate::model::{Dataset, Project};
use look::Stamps;
use standing::Standing;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use timeline::Intent;
pub(super) use timeline::Timeline;

/// Who judges, what all have judged, and what of it is not saved.
#[derive(Default)]
pub struct Reviews {
    /// Who judges here.
    me: String,
    /// Whether they said so themselves.
    is_named: bool,
    /// Where the log of who judges here is; `None` while there is no place for one.
    folder: Option<PathBuf>,
    logs: Vec<Arc<ReviewLog>>,
    /// Logs that lie elsewhere, as in a packed project: what is in `folder` goes on from them.
    base: Vec<Arc<ReviewLog>>,
    writer: Option<Writer>,
    ids: EntryIds,
    /// What waits and has no writer yet.
    waiting: Vec<Entry>,
    /// What each entry that waits is to the timeline.
    intents: Vec<Intent>,
    /// Why what waits is not saved.
    unsaved: Option<String>,
    /// Why nothing can be judged here.
    barred: Option<String>,
    standing: Standing,
    /// Whether `folder` is only for the time being: the project is packed or was never saved.
    is_in_draft: bool,
    /// Entries in such a folder, which are in no project yet.
    loose: usize,
    stamps: Stamps,
    reading: Option<Job<files::Reviews>>,
}

impl Reviews {
    /// Who judges here: as they said, else as the system calls them.
    pub fn me(&self) -> &str {
        &self.me
    }

    /// Whether the person said who they are, on this machine, now or earlier: else it is to be asked once.
    pub fn is_named(&self) -> bool {
        self.is_named
    }

    /// The logs of all reviewers, in the order of their names.
    pub fn logs(&self) -> &[Arc<ReviewLog>] {
        &self.logs
    }

    /// The log of who judges here, once they judged.
    pub fn mine(&self) -> Option<&Arc<ReviewLog>> {
        self.logs.iter().find(|log| files::name::is_same(log.reviewer(), &self.me))
    }

    /// The index into [`Self::logs`], and so into [`Judgements::reviewers`], of who judges here.
    pub fn my_index(&self) -> Option<u32> {
        self.logs.iter().position(|log| files::name::is_same(log.reviewer(), &self.me)).map(|at| at as u32)
    }

    /// The session that judgements made now belong to.
    pub fn session(&self) -> &str {
        self.ids.session()
    }

    /// What was decided and is not saved, in order.
    pub fn pending(&self) -> Vec<&Entry> {
        let written = self.writer.iter().flat_map(Writer::pending);
        written.chain(&self.waiting).collect()
    }

    /// Why something is not saved, and what to do: to be shown until it is.
    pub fn unsaved(&self) -> Option<&str> {
        self.unsaved.as_deref()
    }

    /// Why nothing can be judged here, and what to do: another window has the log, or there is no place for one.
    pub fn read_only(&self) -> Option<&str> {
        self.barred.as_deref()
    }

    /// The rows of the project's responses by their ids; empty while it is being made for a large project.
    pub fn rows(&self) -> &Arc<RowIndex> {
        self.standing.index()
    }

    /// How many judgements are in no project yet, because this one is packed or was never saved. They are safe from a
    /// crash, and go into the project when it is saved.
    pub fn loose(&self) -> usize {
        self.loose
    }

    pub(super) fn is_in_draft(&self) -> bool {
        self.is_in_draft
    }

    /// Lets go of the log: what was in it is in the project now.
    pub(super) fn let_go(&mut self) {
        self.writer = None;
        self.loose = 0;
    }

    /// From now on judgements go on from those in the project, in `folder` for the time being.
    pub(super) fn rest_in(&mut self, folder: PathBuf) {
        let pending = self.writer.as_mut().map(Writer::take_pending).unwrap_or_default();
        self.waiting.splice(0..0, pending);
        self.writer = None;
        self.base = self.logs.clone();
        (self.folder, self.is_in_draft, self.loose) = (Some(folder), true, 0);
    }

    /// What stands of all logs.
    pub(super) fn judgements(&self) -> &Arc<Judgements> {
        self.standing.judgements()
    }

    /// The responses that [`Self::judgements`] are of.
    pub(super) fn judged(&self) -> &Arc<Dataset> {
        self.standing.dataset()
    }

    /// Takes over the logs of a project that was opened. Where somebody with their name has a log in `folder`, it is
    /// taken for writing at once: then they know before they judge whether they can. What there is to say comes back.
    /// With `is_in_draft` the logs in `folder` are only for the time being, and go on from `logs`.
    pub(super) fn begin(
        &mut self,
        logs: Vec<Arc<ReviewLog>>,
        folder: Option<PathBuf>,
        is_in_draft: bool,
    ) -> Vec<String> {
        let (me, is_named) = (std::mem::take(&mut self.me), self.is_named);
        *self = Self { me, is_named, logs, folder, is_in_draft, ..Self::default() };
        if let (true, Some(folder)) = (is_in_draft, &self.folder) {
            let loose = files::read_folder(folder).logs;
            self.base = self.logs.clone();
            self.loose = loose.iter().map(|log| log.entries().len()).sum();
            for log in loose {
                self.take_over(log.reviewer(), log.entries().map(|entry| (**entry).clone()).collect());
            }
        }
        if self.me.is_empty() {
            self.me = Some(files::user_name()).filter(|name| !name.is_empty()).unwrap_or_else(|| "reviewer".to_owned());
        }
        let said = self.take_log();
        self.stamps = self.stamps_now();
        said
    }

    /// Takes the log for writing, where there is one already.
    fn take_log(&mut self) -> Vec<String> {
        let is_there = self.folder.as_deref().is_some_and(|folder| files::has_log(folder, &self.me));
        if !is_there {
            return Vec::new();
        }
        match self.open_writer() {
            Ok(()) => self.settle(),
            Err(error) => {
                // What cannot be written may still be read; it is said again when they judge.
                let said = error.to_string();
                if matches!(error, OpenError::Held { .. }) {
                    self.barred = Some(said.clone());
                }
                vec![said]
            }
        }
    }

    /// Gives up what waits.
    pub(super) fn give_up(&mut self) {
        self.waiting.clear();
        self.intents.clear();
        self.unsaved = None;
        self.let_go();
    }

    /// Gives up the entry with this id, if it waits; all others wait on.
    fn withdraw(&mut self, id: &str) {
        let pending = self.writer.as_mut().map(Writer::take_pending).unwrap_or_default();
        self.waiting.splice(0..0, pending);
        if let Some(at) = self.waiting.iter().position(|entry| entry.id == id) {
            self.waiting.remove(at);
            self.intents.remove(at);
        }
    }

    /// Another person judges from now on.
    pub(super) fn rename(&mut self, name: &str) -> Vec<String> {
        if name.trim() != self.me {
            self.writer = None;
            self.barred = None;
            self.me = name.trim().to_owned();
            self.ids = EntryIds::new();
        }
        self.is_named = true;
        let said = self.take_log();
        self.stamps = self.stamps_now();
        said
    }

    /// Who judges, as remembered.
    pub(super) fn remember(&mut self, name: String) {
        self.me = name;
        self.is_named = true;
    }

    /// Where judgements go from now on, because the project was saved there: what this window knows of the log and
    /// the log there has not goes along.
    pub(super) fn move_to(&mut self, folder: &Path, is_in_draft: bool) -> Vec<String> {
        if self.folder.as_deref() == Some(folder) {
            return Vec::new();
        }
        let mut missing: Vec<_> = self.mine().into_iter().flat_map(|mine| mine.entries()).cloned().collect();
        let pending = self.writer.as_mut().map(Writer::take_pending).unwrap_or_default();
        self.writer = None;
        self.waiting.splice(0..0, pending);
        (self.folder, self.is_in_draft, self.loose) = (Some(folder.to_owned()), is_in_draft, 0);
        self.base = if is_in_draft { self.logs.clone() } else { Vec::new() };
        self.barred = None;
        let there = files::read_folder(folder);
        let theirs = there.logs.iter().find(|log| files::name::is_same(log.reviewer(), &self.me));
        if let Some(log) = theirs {
            let known: std::collections::HashSet<&str> = log.entries().map(|entry| &*entry.id).collect();
            missing.retain(|entry| !known.contains(&*entry.id));
        }
        let mut said = Vec::new();
        if !missing.is_empty() {
            self.loose = if is_in_draft { missing.len() } else { 0 };
            let missing = missing.iter().map(|entry| (**entry).clone()).collect();
            let added = self.open_writer().map_err(|error| error.to_string()).and_then(|()| {
                let writer = self.writer.as_mut().expect("it was just opened");
                writer.append_all(missing).map_err(|error| error.to_string())
            });
            match added {
                // They are known already.
                Ok(()) => drop(self.writer.as_mut().map(Writer::take_saved)),
                Err(error) => said.push(error),
            }
        }
        // Whoever opens the project there is to know that its log is being written here.
        said.extend(self.take_log());
        self.stamps = self.stamps_now();
        said.extend(self.retry());
        said
    }

    fn open_writer(&mut self) -> Result<(), OpenError> {
        if self.writer.is_none()
            && let Some(folder) = &self.folder
        {
            let writer = Writer::open(folder, &self.me)?;
            writer.reviewer().clone_into(&mut self.me);
            self.writer = Some(writer);
        }
        Ok(())
    }

    /// Adds an entry to the log, after all that wait; what there is to say.
    fn submit(&mut self, entry: Entry, intent: Intent) -> Vec<String> {
        if let Some(why) = &self.barred {
            return vec![why.clone()];
        }
        if let Some((_, problem)) = files::problem(&entry.act) {
            return vec![AppendError::Unsound(problem).to_string()];
        }
        self.waiting.push(entry);
        self.intents.push(intent);
        self.retry()
    }

    /// Tries to save what waits; what there is to say.
    fn retry(&mut self) -> Vec<String> {
        if self.waiting.is_empty() && self.writer.as_ref().is_none_or(|writer| writer.pending().len() == 0) {
            self.unsaved = None;
            return Vec::new();
        }
        if self.folder.is_none() {
            self.unsaved = Some("Not saved: this project has no place for judgements; save it first.".to_owned());
            return self.unsaved.iter().cloned().collect();
        }
        if let Err(error) = self.open_writer() {
            let said = format!("Not saved: {error}");
            if matches!(error, OpenError::Held { .. } | OpenError::Name(_)) {
                self.barred = Some(error.to_string());
            }
            self.unsaved = Some(said.clone());
            return vec![said];
        }
        let waiting = std::mem::take(&mut self.waiting);
        let writer = self.writer.as_mut().expect("it was just opened");
        self.unsaved = writer.append_all(waiting).err().map(|error| error.to_string());
        let mut said = self.settle();
        said.extend(self.unsaved.clone());
        said
    }

    /// Takes over what the writer saved, mended or found changed; what there is to say.
    fn settle(&mut self) -> Vec<String> {
        let Some(writer) = &mut self.writer else { return Vec::new() };
        let (saved, changed, said) = (writer.take_saved(), writer.take_changed(), writer.take_repairs());
        if changed {
            let (path, reviewer) = (writer.path().to_owned(), writer.reviewer().to_owned());
            self.take_over(&reviewer, files::read_log(&path));
        } else if !saved.is_empty() {
            let log = self.my_log();
            let new = saved.len();
            saved.into_iter().for_each(|entry| log.push(entry));
            self.loose += if self.is_in_draft { new } else { 0 };
        }
        said
    }

    /// Puts `entries` in the place of those of `reviewer`; they go on from those that lie elsewhere.
    fn take_over(&mut self, reviewer: &str, entries: Vec<Entry>) {
        let known = self.base.iter().find(|log| files::name::is_same(log.reviewer(), reviewer));
        let ids: std::collections::HashSet<&str> = entries.iter().map(|entry| &*entry.id).collect();
        let before = known.iter().flat_map(|log| log.entries()).filter(|entry| !ids.contains(&*entry.id));
        let before: Vec<Entry> = before.map(|entry| (**entry).clone()).collect();
        let log = Arc::new(ReviewLog::new(reviewer, before.into_iter().chain(entries).collect()));
        self.put(log);
    }

    fn put(&mut self, log: Arc<ReviewLog>) {
        match self.logs.binary_search_by(|known| known.reviewer().cmp(log.reviewer())) {
            Ok(at) => self.logs[at] = log,
            Err(at) => self.logs.insert(at, log),
        }
    }

    /// The log of who judges here, to add to.
    fn my_log(&mut self) -> &mut ReviewLog {
        let at = match self.my_index() {
            Some(at) => at as usize,
            None => {
                let log = Arc::new(ReviewLog::new(&self.me, Vec::new()));
                let at = self.logs.partition_point(|known| known.reviewer() < log.reviewer());
                self.logs.insert(at, log);
                at
            }
        };
        Arc::make_mut(&mut self.logs[at])
    }

    /// Brings what stands up to date: at once where it is little, else in the background.
    pub(super) fn update(&mut self, project: &Project, wake: &Wake) {
        self.standing.update(&self.logs, project, wake);
    }
}
