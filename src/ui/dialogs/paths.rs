//! Asking for a path: the system's dialog where there is one, a typed path where there is none.

use super::typed::Typed;
use crate::ui::action::Actions;
use crate::workbench::{Base, Command};
use egui::Context;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::{Duration, Instant};

/// What a path is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Open a project or files of responses.
    Open,
    /// Open a project folder.
    OpenFolder,
    /// Add files of responses.
    Add,
    /// Use a rubric.
    Rubric,
    /// Save the project.
    Save,
    /// Compare with another project folder.
    EarlierFolder,
    /// Compare with a packed project or a file of responses.
    EarlierFile,
}

impl Purpose {
    /// The title of the dialog.
    pub fn title(self) -> &'static str {
        match self {
            Self::Open => "Open files or a packed project",
            Self::OpenFolder => "Open a project folder",
            Self::Add => "Import responses",
            Self::Rubric => "Use a rubric file",
            Self::EarlierFolder => "Compare with a project folder",
            Self::EarlierFile => "Compare with a file of responses or a packed project",
            Self::Save => "Save the project as a folder, or as one .rubrica file",
        }
    }

    /// What is done with the paths chosen.
    pub fn command(self, mut paths: Vec<PathBuf>) -> Option<Command> {
        if paths.is_empty() {
            return None;
        }
        Some(match self {
            Self::Open | Self::OpenFolder => Command::Open(paths),
            Self::Add => Command::Add(paths),
            Self::Rubric => Command::OpenRubric(paths.swap_remove(0)),
            Self::EarlierFolder | Self::EarlierFile => Command::CompareWith(Some(Base::Path(paths.swap_remove(0)))),
            Self::Save => Command::Save(Some(paths.swap_remove(0))),
        })
    }
}

/// The question being asked, if any.
#[derive(Debug, Default)]
pub struct Paths {
    asked: Option<Asked>,
    typed: Option<Typed>,
}

#[derive(Debug)]
struct Asked {
    purpose: Purpose,
    name: String,
    since: Instant,
    answer: Receiver<Option<Vec<PathBuf>>>,
}

/// A dialog that ends sooner than a person can was never there: without a portal or zenity the answer is the
/// same as a cancel.
const NO_DIALOG: Duration = Duration::from_millis(300);

impl Paths {
    /// Asks for paths; `name` is what to save as.
    pub fn ask(&mut self, ctx: &Context, purpose: Purpose, name: &str) {
        if self.asked.is_some() {
            return;
        }
        let (sender, answer) = channel();
        let (repaint, suggested) = (ctx.clone(), name.to_owned());
        std::thread::spawn(move || {
            // The window may be gone by the time of an answer.
            let _ = sender.send(ask_system(purpose, &suggested));
            repaint.request_repaint();
        });
        self.asked = Some(Asked { purpose, name: name.to_owned(), since: Instant::now(), answer });
    }

    /// Takes the answer when it is there, and shows the field for a typed path where no dialog came.
    pub fn show(&mut self, ctx: &Context, recent: &[PathBuf], actions: &mut Actions) {
        if let Some(asked) = self.asked.take() {
            match asked.answer.try_recv() {
                Err(TryRecvError::Empty) => self.asked = Some(asked),
                Ok(Some(paths)) => {
                    if let Some(command) = asked.purpose.command(paths) {
                        actions.bench(command);
                    }
                }
                Ok(None) | Err(TryRecvError::Disconnected) => {
                    if asked.since.elapsed() < NO_DIALOG {
                        self.typed = Some(Typed::new(asked.purpose, &asked.name));
                    }
                }
            }
        }
        if let Some(mut typed) = self.typed.take()
            && typed.show(ctx, recent, actions)
        {
            self.typed = Some(typed);
        }
    }
}

fn ask_system(purpose: Purpose, name: &str) -> Option<Vec<PathBuf>> {
    let dialog = rfd::FileDialog::new().set_title(purpose.title());
    let responses = ["jsonl", "json", "csv", "tsv", "gz", "ndjson", "txt", "rubrica"];
    match purpose {
        Purpose::Open | Purpose::Add => {
            dialog.add_filter("Responses and projects", &responses).add_filter("All files", &["*"]).pick_files()
        }
        Purpose::EarlierFile => {
            dialog.add_filter("Responses and projects", &responses).pick_file().map(|path| vec![path])
        }
        Purpose::OpenFolder | Purpose::EarlierFolder => dialog.pick_folder().map(|path| vec![path]),
        Purpose::Rubric => dialog.add_filter("Rubric", &["ron"]).pick_file().map(|path| vec![path]),
        Purpose::Save => dialog.set_file_name(name).save_file().map(|path| vec![path]),
    }
}
