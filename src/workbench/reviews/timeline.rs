//! Edits and judgements in the order they were made, so that undo takes back the newest, whichever it is.

use crate::model::Rubric;
use crate::model::review::Act;

/// What was done, and what was undone. Edits are kept by [`crate::model::History`] in the same order.
#[derive(Clone, Debug, Default)]
pub(in crate::workbench) struct Timeline {
    past: Vec<Step>,
    future: Vec<Step>,
}

/// One step.
#[derive(Clone, Debug)]
pub(super) enum Step {
    /// An edit of the project.
    Edit(String),
    /// A judgement.
    Judgement(Judged),
}

/// A judgement as a step.
#[derive(Clone, Debug)]
pub(super) struct Judged {
    /// The id of its entry.
    pub(super) entry: String,
    /// The id of the entry that took it back, while it is taken back.
    pub(super) taken_back_by: String,
    /// As it is called in the menu.
    pub(super) label: String,
    /// The response it is about.
    pub(super) response: Option<String>,
}

/// What an entry is to the timeline, once it is saved.
#[derive(Clone, Debug)]
pub(super) enum Intent {
    /// A new step, unless it is one that nobody takes back.
    Do(Option<Judged>),
    /// Takes the newest step back.
    Undo(Judged),
    /// Brings the step that was taken back last back.
    Redo(Judged),
}

impl Timeline {
    /// An edit was made; `is_new` unless it went on with the edit before.
    pub(in crate::workbench) fn edited(&mut self, label: Option<&str>, is_new: bool) {
        self.future.clear();
        if is_new {
            self.past.push(Step::Edit(label.unwrap_or_default().to_owned()));
        }
    }

    /// What undo would undo.
    pub(in crate::workbench) fn undo_label(&self) -> Option<&str> {
        self.past.last().map(Step::label)
    }

    /// What redo would redo.
    pub(in crate::workbench) fn redo_label(&self) -> Option<&str> {
        self.future.last().map(Step::label)
    }

    pub(super) fn newest(&self) -> Option<&Step> {
        self.past.last()
    }

    pub(super) fn next(&self) -> Option<&Step> {
        self.future.last()
    }

    /// The newest step was taken back.
    pub(super) fn back(&mut self) {
        self.future.extend(self.past.pop());
    }

    /// The step taken back last was made again.
    pub(super) fn forward(&mut self) {
        self.past.extend(self.future.pop());
    }

    /// The entry with this id was saved.
    pub(super) fn saved(&mut self, id: &str, intent: Intent) {
        match intent {
            Intent::Do(None) => {}
            Intent::Do(Some(judged)) => {
                self.future.clear();
                self.past.push(Step::Judgement(judged));
            }
            Intent::Undo(judged) => {
                self.past.pop();
                self.future.push(Step::Judgement(Judged { taken_back_by: id.to_owned(), ..judged }));
            }
            Intent::Redo(judged) => {
                self.future.pop();
                self.past.push(Step::Judgement(judged));
            }
        }
    }
}

impl Step {
    fn label(&self) -> &str {
        match self {
            Self::Edit(label) => label,
            Self::Judgement(judged) => &judged.label,
        }
    }
}

impl Intent {
    /// The judgement it is about.
    pub(super) fn judged(&self) -> Option<&Judged> {
        match self {
            Self::Do(judged) => judged.as_ref(),
            Self::Undo(judged) | Self::Redo(judged) => Some(judged),
        }
    }

    /// As it is called in the menu.
    pub(super) fn label(&self) -> Option<&str> {
        self.judged().map(|judged| &*judged.label)
    }
}

impl Judged {
    /// `act`, with the id of its entry, in the words of `rubric`; `None` for what nobody takes back.
    pub(super) fn new(id: &str, act: &Act, rubric: &Rubric) -> Option<Self> {
        let criterion = |id: &str| {
            let criteria = rubric.criteria();
            criteria.iter().find(|(_, known)| known.id == id).map_or(id.to_owned(), |(_, known)| known.name.clone())
        };
        let name = |id: &str| {
            rubric.labels.iter().find(|known| known.id == id).map_or(id.to_owned(), |known| known.name.clone())
        };
        let (label, response) = match act {
            Act::Rate(rate) => (format!("rate “{}”", criterion(&rate.criterion)), Some(&rate.response)),
            Act::Prefer(prefer) => ("prefer a response".to_owned(), Some(&prefer.responses[0])),
            Act::Rank(rank) => ("rank responses".to_owned(), rank.responses.first()),
            Act::Flag(flag) => (if flag.on { "flag" } else { "remove the flag" }.to_owned(), Some(&flag.response)),
            Act::Note(note) => ("write a note".to_owned(), Some(&note.response)),
            Act::Label(label) => (format!("label “{}”", name(&label.label)), Some(&label.response)),
            Act::Overrule(overrule) => {
                (format!("overrule “{}”", criterion(&overrule.criterion)), Some(&overrule.response))
            }
            Act::Undo(_) => ("take a judgement back".to_owned(), None),
            Act::Begin(_) | Act::Reveal {} => return None,
        };
        Some(Self { entry: id.to_owned(), taken_back_by: String::new(), label, response: response.cloned() })
    }
}
