//! What views ask for. They only fill the queue; the app empties it once a frame.

use super::commands::UiCommand;
use crate::model::Edit;
use crate::workbench::Command;

/// One wish.
#[derive(Debug)]
pub enum Action {
    /// For the workbench.
    Bench(Command),
    /// For the window.
    Ui(UiCommand),
    /// Open these files or this project.
    OpenPaths(Vec<std::path::PathBuf>),
}

/// The wishes of this frame, in order.
#[derive(Debug, Default)]
pub struct Actions(Vec<Action>);

impl Actions {
    /// Asks the workbench.
    pub fn bench(&mut self, command: Command) {
        self.0.push(Action::Bench(command));
    }

    /// Asks for a change of the project.
    pub fn edit(&mut self, edit: Edit) {
        self.bench(Command::Edit(edit));
    }

    /// Asks the window.
    pub fn ui(&mut self, command: UiCommand) {
        self.0.push(Action::Ui(command));
    }

    /// Asks for files to be opened.
    pub fn open(&mut self, paths: Vec<std::path::PathBuf>) {
        self.0.push(Action::OpenPaths(paths));
    }

    /// Takes all wishes out.
    pub fn take(&mut self) -> Vec<Action> {
        std::mem::take(&mut self.0)
    }
}

/// The criterion the pointer is at, in whichever panel: the others show it too. What one frame points at, the
/// next one shows.
#[derive(Debug, Default)]
pub struct Pointed {
    shown: Option<usize>,
    next: Option<usize>,
}

impl Pointed {
    /// The criterion pointed at.
    pub fn criterion(&self) -> Option<usize> {
        self.shown
    }

    /// Points at `criterion`.
    pub fn point(&mut self, criterion: usize) {
        self.next = Some(criterion);
    }

    /// Ends the frame; whether what is pointed at changed, so that another frame is due.
    pub fn end_frame(&mut self) -> bool {
        let changed = self.shown != self.next;
        self.shown = self.next.take();
        changed
    }
}
