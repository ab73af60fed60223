//! Opening, importing, saving and exporting: each in the background, each with an outcome in a sentence.

mod demo;
mod foresight;
mod preview;
mod task;

pub use foresight::Foreseen;
pub use preview::Preview;

use super::{Job, Poll, Wake};
use crate::io::import::{Import, Judged};
use crate::io::reviews::Reviews;
use crate::io::starting_rubric;
use crate::io::store::{self, DraftEdits, Stamp};
use crate::model::{Edit, Project};
use crate::scoring::Progress;
use crate::text::thousands;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use task::{Outcome, Task};
use tempfile::TempDir;

/// Where the project lives on disk, and what is being done about it.
#[derive(Default)]
pub struct Files {
    /// The folder or packed file it was opened from or saved to.
    origin: Option<PathBuf>,
    /// The comments above the rubric in its file.
    header: String,
    /// Why it must be saved elsewhere.
    read_only: Option<String>,
    /// Files waiting for the person to say what their columns mean.
    preview: Option<Preview>,
    job: Option<Job<Outcome>>,
    /// Where the task at work puts a project with its first responses.
    first: Arc<Mutex<Option<Box<Project>>>>,
    /// Whether the open project has only its first responses yet.
    filling: bool,
    /// What went wrong in opening: shown until dismissed.
    mistakes: Vec<String>,
    /// Holds the demo's files while they are not saved elsewhere.
    demo: Option<TempDir>,
    recent: Vec<PathBuf>,
    /// The logs of the project that was opened, until the workbench takes them.
    reviews: Option<Reviews>,
    /// The judgements of files that were imported, until the workbench takes them.
    imported: Option<Judged>,
    /// How the project's own files stood when they were read or written last.
    stamp: Option<Stamp>,
}

/// What a finished task means for the rest of the workbench.
pub(super) enum Change {
    /// Another project.
    Open(Box<Project>),
    /// The project that is open, which had only its first responses, with all of them.
    Complete(Box<Project>),
    /// A change to the project, which can be undone.
    Edit(Edit),
    /// The project as it was when saving began is saved; its sources stand elsewhere now.
    Saved {
        /// As it was.
        before: Box<Project>,
        /// As it stands on disk.
        after: Box<Project>,
        /// Whether that is another place than before.
        has_moved: bool,
    },
    /// What leads to a draft that was found.
    Restored(Box<DraftEdits>),
    /// A draft could not be restored, or what it belongs to could not be opened.
    NotRestored,
}

/// Projects remembered.
const RECENT: usize = 12;

impl Files {
    /// The folder or packed file the project lives in.
    pub fn origin(&self) -> Option<&Path> {
        self.origin.as_deref()
    }

    /// Whether the project is the bundled demo, not saved anywhere yet.
    pub fn is_demo(&self) -> bool {
        self.demo.is_some() && self.origin.is_none()
    }

    /// Why the project cannot be saved where it is.
    pub fn read_only(&self) -> Option<&str> {
        self.read_only.as_deref()
    }

    /// Files waiting for the person to say what their columns mean.
    pub fn preview(&self) -> Option<&Preview> {
        self.preview.as_ref()
    }

    /// The same, to change.
    pub fn preview_mut(&mut self) -> Option<&mut Preview> {
        self.preview.as_mut()
    }

    /// What went wrong in opening, a sentence each.
    pub fn mistakes(&self) -> &[String] {
        &self.mistakes
    }

    /// Forgets what went wrong.
    pub fn dismiss(&mut self) {
        self.mistakes.clear();
    }

    /// The judgements that came with what was just imported.
    pub(super) fn imported(&self) -> Option<&Judged> {
        self.imported.as_ref()
    }

    /// The same, to be written.
    pub(super) fn take_imported(&mut self) -> Option<Judged> {
        self.imported.take()
    }

    /// Looks ahead to what the preview would bring; whether there is news.
    pub(super) fn look_ahead(&mut self, wake: &Wake) -> bool {
        self.preview.as_mut().is_some_and(|preview| preview.look_ahead(wake))
    }

    /// Shows what went wrong beside the import.
    pub(super) fn tell(&mut self, said: Vec<String>) {
        self.mistakes.extend(said);
    }

    /// Projects opened or saved lately, newest first.
    pub fn recent(&self) -> &[PathBuf] {
        &self.recent
    }

    /// Takes over the projects remembered from last time.
    pub fn set_recent(&mut self, recent: Vec<PathBuf>) {
        self.recent = recent;
    }

    /// The logs of the project that was just opened.
    pub(super) fn take_reviews(&mut self) -> Reviews {
        self.reviews.take().unwrap_or_default()
    }

    /// The comments above the rubric in its file.
    pub(super) fn header(&self) -> &str {
        &self.header
    }

    /// Other comments stand above the rubric.
    pub(super) fn set_header(&mut self, header: String) {
        self.header = header;
    }

    /// There is no project any more.
    pub(super) fn leave(&mut self) {
        self.settle(None, String::new(), None);
        self.demo = None;
    }

    /// Finds what leads from `project` to the draft in `draft`; of the demo, the responses stay.
    pub(super) fn restore(&mut self, wake: Wake, draft: PathBuf, project: Project, is_demo: bool) {
        let origin = self.origin.clone();
        self.start(wake, Task::Restore { draft, project: Box::new(project), origin, is_demo });
    }

    /// The folder the logs of the project are in, where it lives in a folder.
    pub(super) fn reviews_folder(&self) -> Option<PathBuf> {
        let origin = self.origin.as_deref().filter(|origin| !store::is_packed(origin))?;
        Some(origin.join(store::REVIEWS))
    }

    /// The task at work.
    pub fn job(&self) -> Option<(&str, &Progress)> {
        self.job.as_ref().map(|job| (job.label(), &**job.progress()))
    }

    /// The files `project` is made of, on disk.
    pub(super) fn parts(&self, project: &Project) -> Vec<PathBuf> {
        let own = ["project.ron", "rubric.ron", "responses", "reviews", "history"];
        let own = self.origin.iter().flat_map(|origin| own.map(|name| origin.join(name)));
        let packed = self.origin.iter().filter(|origin| origin.is_file()).cloned();
        own.chain(packed).chain(project.sources().iter().map(|source| PathBuf::from(&source.path))).collect()
    }

    /// Whether the open project has only its first responses yet: the others are being read.
    pub fn is_filling(&self) -> bool {
        self.filling
    }

    /// Stops the task at work; what that leaves of the open project, where it was still being read.
    pub(super) fn cancel(&mut self) -> Option<Change> {
        self.job = None;
        self.first = Arc::default();
        self.abandon()
    }

    /// A project that will not get the rest of its responses is none.
    fn abandon(&mut self) -> Option<Change> {
        std::mem::take(&mut self.filling).then(|| {
            self.settle(None, String::new(), None);
            Change::Open(Box::default())
        })
    }

    /// What becomes of a project that was read to its end.
    fn whole(&mut self, project: Box<Project>) -> Change {
        if std::mem::take(&mut self.filling) { Change::Complete(project) } else { Change::Open(project) }
    }

    /// Drops the files waiting for an answer.
    pub fn close_preview(&mut self) {
        self.preview = None;
    }

    /// Forgets where the last project lived.
    fn settle(&mut self, origin: Option<PathBuf>, header: String, read_only: Option<String>) {
        self.preview = None;
        self.header = header;
        self.read_only = read_only;
        self.stamp = None;
        if let Some(path) = &origin {
            self.remember(path.clone());
        }
        self.origin = origin;
    }

    fn remember(&mut self, path: PathBuf) {
        self.recent.retain(|known| *known != path);
        self.recent.insert(0, path);
        self.recent.truncate(RECENT);
    }

    fn start(&mut self, wake: Wake, task: Task) {
        self.first = Arc::default();
        let (slot, tell) = (self.first.clone(), wake.clone());
        self.job = Some(Job::spawn(task.label(), wake, move |progress| {
            task.run(progress, &|project| {
                *slot.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(project));
                tell();
            })
        }));
    }

    /// Opens what a person named: a project, or files of responses, whose columns are then shown.
    pub(super) fn open(&mut self, wake: Wake, paths: Vec<PathBuf>, into_project: Option<&Project>) {
        self.mistakes.clear();
        if let [path] = &paths[..]
            && (store::is_project(path) || path.is_dir())
        {
            return self.start(wake, Task::Open(path.clone()));
        }
        let known = into_project.map(|project| (project.sources().to_vec(), self.origin.clone()));
        self.start(wake, Task::Load { paths, known });
    }

    /// Opens the bundled demo as a project that was never saved.
    pub(super) fn open_demo(&mut self, wake: Wake) {
        self.mistakes.clear();
        self.start(wake, Task::Demo);
    }

    /// Reads a rubric file.
    pub(super) fn open_rubric(&mut self, wake: Wake, path: PathBuf) {
        self.mistakes.clear();
        self.start(wake, Task::Rubric(path));
    }

    /// Imports the files in the preview as it says.
    pub(super) fn import(&mut self, wake: Wake) {
        if let Some(preview) = self.preview.take() {
            self.start(wake, Task::Assemble(preview));
        }
    }

    /// Saves `project` at `target`.
    pub(super) fn save(&mut self, wake: Wake, project: Project, target: PathBuf, reviews: Option<PathBuf>) {
        let (header, origin, stamp) = (self.header.clone(), self.origin.clone(), self.stamp.clone());
        self.start(wake, Task::Save { project: Box::new(project), header, origin, target, stamp, reviews });
    }

    /// Writes the scores of `project` to `target`.
    pub(super) fn export(&mut self, wake: Wake, export: task::Export) {
        self.start(wake, Task::Export(export));
    }

    /// Collects what a task gave: what changes, and what to say.
    pub(super) fn poll(&mut self) -> (Option<Change>, Option<String>) {
        let first = self.first.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(project) = first {
            self.filling = true;
            let said = "These are the first responses; the others are being read.".to_owned();
            return (Some(Change::Open(project)), Some(said));
        }
        let outcome = match self.job.as_ref().map(Job::poll) {
            None | Some(Poll::Running) => return (None, None),
            Some(Poll::Done(outcome)) => outcome,
            Some(Poll::Lost) => {
                self.job = None;
                return (
                    self.abandon(),
                    Some("That stopped unexpectedly; nothing was changed. Please try again.".to_owned()),
                );
            }
        };
        self.job = None;
        match outcome {
            Outcome::Failed(why) => {
                self.mistakes = vec![why];
                (self.abandon().or(Some(Change::NotRestored)), None)
            }
            Outcome::Changed(why) => {
                // Asked for once more, it is what they want.
                self.stamp = None;
                self.mistakes = vec![why];
                (None, None)
            }
            Outcome::Restored(edits) => {
                self.mistakes = edits.mistakes.iter().map(ToString::to_string).collect();
                (Some(Change::Restored(edits)), None)
            }
            Outcome::Opened { path, opened } => {
                let opened = *opened;
                self.mistakes = opened.mistakes.iter().map(ToString::to_string).collect();
                self.mistakes.extend(opened.reviews.mistakes.iter().map(ToString::to_string));
                self.mistakes.extend(opened.read_only.clone());
                self.reviews = Some(opened.reviews);
                self.mistakes.extend(opened.notices.iter().map(crate::model::Notice::to_line));
                let said = format!("Opened {}.", path.display());
                self.demo = None;
                self.settle(Some(path), opened.header, opened.read_only);
                self.stamp = Some(opened.stamp);
                (Some(self.whole(Box::new(opened.project))), Some(said))
            }
            Outcome::Demo { project, folder } => {
                self.settle(None, String::new(), None);
                self.demo = Some(folder);
                (
                    Some(Change::Open(project)),
                    Some(
                        "This is the demo; change anything. Drop your own files on the window, or press Ctrl+O."
                            .to_owned(),
                    ),
                )
            }
            Outcome::Loaded(preview) => {
                self.preview = Some(*preview);
                (None, None)
            }
            Outcome::Assembled { import, name } => {
                let said = said_of(&import);
                let mut import = *import;
                let judged = std::mem::take(&mut import.judged);
                let change = match name {
                    Some(name) => {
                        self.settle(None, String::new(), None);
                        self.demo = None;
                        let Import { dataset, sources, report, .. } = import;
                        let rubric = starting_rubric(&name, &judged);
                        self.whole(Box::new(Project::new(&name, rubric, dataset, sources, report)))
                    }
                    None => Change::Edit(Edit::SetData {
                        dataset: import.dataset.into(),
                        sources: import.sources,
                        report: import.report.into(),
                        rubric: None,
                    }),
                };
                self.imported = Some(judged);
                (Some(change), Some(said))
            }
            Outcome::Rubric { rubric, header, path } => {
                self.header = header;
                (Some(Change::Edit(Edit::SetRubric(rubric))), Some(format!("Using {}.", path.display())))
            }
            Outcome::Saved { before, after, target, notices, stamp } => {
                self.stamp = Some(stamp);
                let has_moved = self.origin.as_ref() != Some(&target);
                self.mistakes = notices;
                self.read_only = None;
                self.remember(target.clone());
                let said = format!("Saved to {}.", target.display());
                self.origin = Some(target);
                (Some(Change::Saved { before, after, has_moved }), Some(said))
            }
            Outcome::Exported { rows, target } => {
                (None, Some(format!("Wrote {} rows to {}.", thousands(rows as u64), target.display())))
            }
        }
    }
}

/// What was imported, in a sentence that fits into a line.
fn said_of(import: &Import) -> String {
    let judgements: usize = import.judged.logs.iter().map(|log| log.entries().len()).sum();
    let judged = match import.judged.logs.as_slice() {
        [] => String::new(),
        [only] => format!(" and {} judgements by {}", thousands(judgements as u64), only.reviewer()),
        many => format!(" and {} judgements by {} reviewers", thousands(judgements as u64), many.len()),
    };
    let responses = thousands(import.dataset.responses().len() as u64);
    match import.report.skipped {
        0 => format!("Imported {responses} responses{judged}."),
        1 => format!("Imported {responses} responses{judged}; 1 row was skipped, see the import report."),
        skipped => {
            format!("Imported {responses} responses{judged}; {skipped} rows were skipped, see the import report.")
        }
    }
}

pub(super) use task::Export;
