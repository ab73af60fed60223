//! What a view can ask of the workbench.

use super::{Base, Comparing, Comparison, Order, SessionCommand};
use crate::io::export::Exporter;
use crate::model::review::Act;
use crate::model::{Edit, NodePath};
use std::path::PathBuf;

/// A wish of the person at the screen. Views emit these; [`super::Workbench::execute`] grants them.
#[derive(Clone, Debug)]
pub enum Command {
    /// Change the project.
    Edit(Edit),
    /// End the undo step: what follows is a new one even if it changes the same field.
    Seal,
    /// One step back.
    Undo,
    /// One step forward.
    Redo,
    /// Append what was decided to the log of who judges here. It stands when it is on disk.
    Judge {
        /// What.
        act: Box<Act>,
        /// Seconds of active work it took, where time is kept.
        seconds: Option<f64>,
    },
    /// Take back an entry of who judges here, by its id.
    UndoJudgement(String),
    /// What a reviewer asks for while judging.
    Session(SessionCommand),
    /// Try again to save judgements that could not be saved.
    SaveJudgements,
    /// Somebody of this name judges from now on.
    SetReviewer(String),
    /// Look what changed on disk: when the window gets the focus, or because somebody asks.
    LookAgain,
    /// Restore the unsaved work that is offered.
    RestoreDraft,
    /// Give up the unsaved work that is offered.
    DiscardDraft,
    /// Read this response.
    SelectRow(u32),
    /// Read the response this many places further down the list; negative is up.
    StepRow(i32),
    /// Work on this node of the rubric; the root for the rubric itself.
    SelectNode(NodePath),
    /// Filter the list by this query.
    SetFilter(String),
    /// Filter by these words and show what is left; for clicks on a number.
    Show(String),
    /// Order the list.
    SetOrder(Order),
    /// Go to the next piece of evidence, of this criterion if one is given.
    NextMark(Option<usize>),
    /// Go to the previous piece of evidence, of this criterion if one is given.
    PreviousMark(Option<usize>),
    /// Go to this piece of evidence.
    SelectMark(usize),
    /// Put responses side by side, or read one alone.
    Compare(Option<Comparison>),
    /// Change what is side by side.
    Comparing(Comparing),
    /// Open a project, or files of responses as a project of their own.
    Open(Vec<PathBuf>),
    /// Open the bundled demo.
    OpenDemo,
    /// Read files of responses to add them to the project.
    Add(Vec<PathBuf>),
    /// Import the files in the preview as it says.
    Import,
    /// Drop the files in the preview.
    CancelImport,
    /// Use the rubric in this file or project.
    OpenRubric(PathBuf),
    /// Save: here, or where the project lives.
    Save(Option<PathBuf>),
    /// Write the scores.
    Export {
        /// How.
        exporter: &'static Exporter,
        /// With spans.
        evidence: bool,
        /// With the flags of each response.
        flags: bool,
        /// Where.
        target: PathBuf,
    },
    /// Compare the numbers with those under an earlier rubric or of earlier responses, or no longer.
    CompareWith(Option<Base>),
    /// Stop what is being done in the background.
    Cancel,
    /// Forget what went wrong.
    Dismiss,
}

impl Command {
    /// Whether it would take the first responses of a project that is still being read for all of them, or stop
    /// the reading.
    pub(super) fn needs_all_responses(&self) -> bool {
        matches!(
            self,
            Self::Add(_)
                | Self::Import
                | Self::OpenRubric(_)
                | Self::Save(_)
                | Self::Export { .. }
                | Self::Judge { .. }
                | Self::SetReviewer(_)
        )
    }
}
