//! What a view can ask of the workbench.

use super::Order;
use crate::model::{Edit, NodePath};

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
}
