//! Writing drafts in the background, the newest state of each.

use super::state::State;
use crate::io::atomic::{self, WriteError};
use crate::io::drafts::{About, Place};
use crate::io::store;
use crate::model::Project;
use crate::workbench::Wake;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// Something to be kept. A later one of the same kind takes the place of an earlier one that is not written yet.
pub(super) enum Note {
    /// A draft of this project, in this place, with the comments above its rubric and whose it is.
    Draft(Box<(PathBuf, Project, String, About)>),
    /// There is no draft in this folder any more.
    Clear(PathBuf),
    /// Where somebody is: the file, and what it holds.
    State(PathBuf, Arc<State>),
    /// A draft that was restored and written anew is not needed any more.
    Remove(PathBuf),
    /// Write all that waits now, and say so.
    Finish(Sender<()>),
}

/// The thread that writes. Dropping this waits until all is written.
pub(super) struct Keeper {
    notes: Option<Sender<Note>>,
    thread: Option<JoinHandle<()>>,
    error: Arc<Mutex<Option<String>>>,
}

impl Keeper {
    pub(super) fn new(wake: Wake) -> Self {
        let (notes, inbox) = channel();
        let error: Arc<Mutex<Option<String>>> = Arc::default();
        let shared = error.clone();
        let tell = move |error: WriteError| {
            let said = format!("Unsaved changes are not kept safe: {error} Save the project meanwhile.");
            *shared.lock().unwrap_or_else(PoisonError::into_inner) = Some(said);
            wake();
        };
        let thread = thread::spawn(move || run(&inbox, &tell));
        Self { notes: Some(notes), thread: Some(thread), error }
    }

    /// Has something kept: at once, or when what is being written is on disk.
    pub(super) fn note(&self, note: Note) {
        if let Some(notes) = &self.notes {
            // The thread ends only with this.
            let _ = notes.send(note);
        }
    }

    /// Waits until all is written.
    pub(super) fn finish(&self) {
        let (done, wait) = channel();
        self.note(Note::Finish(done));
        let _ = wait.recv();
    }

    /// What went wrong since this was last asked.
    pub(super) fn take_error(&self) -> Option<String> {
        self.error.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.notes = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// What waits to be written.
#[derive(Default)]
struct Waiting {
    draft: Option<Box<(PathBuf, Project, String, About)>>,
    clear: Option<PathBuf>,
    state: Option<(PathBuf, Arc<State>)>,
    remove: Vec<PathBuf>,
    done: Vec<Sender<()>>,
}

/// Writes what comes at once. What comes meanwhile is gathered, and only the newest of it is written next: a crash costs
/// what was changed since the write before it began, and no more.
fn run(inbox: &Receiver<Note>, tell: &dyn Fn(WriteError)) {
    while let Ok(note) = inbox.recv() {
        let mut waiting = Waiting::default();
        waiting.take(note);
        inbox.try_iter().for_each(|note| waiting.take(note));
        waiting.write(tell);
    }
}

impl Waiting {
    fn take(&mut self, note: Note) {
        match note {
            Note::Draft(draft) => {
                self.clear = None;
                self.draft = Some(draft);
            }
            Note::Clear(folder) => {
                self.draft = None;
                self.clear = Some(folder);
            }
            Note::State(path, state) => self.state = Some((path, state)),
            Note::Remove(folder) => self.remove.push(folder),
            Note::Finish(done) => self.done.push(done),
        }
    }

    fn write(self, tell: &dyn Fn(WriteError)) {
        let mut is_kept = true;
        if let Some(draft) = self.draft {
            let (place, project, header, about) = *draft;
            let written = Place::write_about(&place, &about)
                .and_then(|()| store::write_draft(&Place::draft_in(&place), &project, &header));
            if let Err(error) = written {
                is_kept = false;
                tell(error);
            }
        }
        if let Some(folder) = self.clear {
            remove(&folder);
        }
        if is_kept {
            self.remove.iter().for_each(|folder| remove(folder));
        }
        if let Some((path, state)) = self.state
            && let Err(error) = atomic::write(&path, &state.to_bytes())
        {
            tell(error);
        }
        for done in self.done {
            // Whoever asked may be gone.
            let _ = done.send(());
        }
    }
}

/// What cannot be removed is offered again the next time, which is better than lost.
fn remove(folder: &Path) {
    let _ = std::fs::remove_dir_all(folder);
}
