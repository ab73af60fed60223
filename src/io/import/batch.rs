//! Rows on their way from a file to the dataset: what their mapped columns hold, in a few large buffers.
//!
//! Reading a row needs no other row, so batches are made in parallel. What rows mean to each other, which
//! prompt they share and whether an id is taken, is settled in their order, batch by batch.

use super::records::Remark;
use crate::checks::Input;
use crate::model::{Absent, Severity};

/// Where a text lies in a batch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slice {
    pub(super) start: u32,
    pub(super) len: u32,
}

/// Texts one after the other.
#[derive(Debug, Default)]
pub(super) struct Arena(String);

/// A text that does not fit: a batch holds less than 4 GiB.
#[derive(Clone, Copy, Debug)]
pub(super) struct TooLong;

impl Arena {
    /// Adds `text`.
    pub(super) fn push(&mut self, text: &str) -> Result<Slice, TooLong> {
        let start = self.len()?;
        u32::try_from(self.0.len() + text.len()).map_err(|_| TooLong)?;
        self.0.push_str(text);
        Ok(Slice { start, len: text.len() as u32 })
    }

    /// Adds what `write` writes.
    pub(super) fn push_with(&mut self, write: impl FnOnce(&mut String)) -> Result<Slice, TooLong> {
        let start = self.len()?;
        write(&mut self.0);
        Ok(Slice { start, len: self.len()? - start })
    }

    /// The text at `at`.
    pub(super) fn get(&self, at: Slice) -> &str {
        &self.0[at.start as usize..][..at.len as usize]
    }

    /// Bytes held.
    pub(super) fn bytes(&self) -> usize {
        self.0.len()
    }

    /// The whole, to be handed over.
    pub(super) fn into_text(self) -> String {
        self.0
    }

    fn len(&self) -> Result<u32, TooLong> {
        u32::try_from(self.0.len()).map_err(|_| TooLong)
    }

    /// Where it ends now, for [`Self::back_to`].
    pub(super) fn mark(&self) -> usize {
        self.0.len()
    }

    /// Forgets what was added since.
    pub(super) fn back_to(&mut self, mark: usize) {
        self.0.truncate(mark);
    }
}

/// One response as its row gives it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    /// Line, element or record, as [`super::records::Row::number`].
    pub(super) number: u64,
    /// Whether an earlier draft of the same row has the prompt.
    pub(super) same_row: bool,
    /// What produced it.
    pub(super) model: Maker,
    /// The output, in [`Batch::kept`], or why there is none.
    pub(super) text: Result<Slice, Absent>,
    /// Whether the output's shape was not known, so that it is shown as JSON.
    pub(super) as_json: bool,
    /// What is left of the row, as a JSON object, in [`Batch::kept`].
    pub(super) metadata: Option<Slice>,
    /// Its own id, in [`Batch::read`] as all that follow.
    pub(super) id: Option<Slice>,
    /// The prompt's id.
    pub(super) prompt_id: Option<Slice>,
    /// The prompt's text.
    pub(super) prompt: Option<Slice>,
    /// The hash of the prompt's text.
    pub(super) prompt_hash: u64,
    /// The reference answer.
    pub(super) reference: Option<Slice>,
}

/// What produced a response.
#[derive(Clone, Copy, Debug)]
pub(super) enum Maker {
    /// What the row says: a name, or an id that a file of models knows. In [`Batch::read`].
    Said(Slice),
    /// The row does not say; the file's model.
    OfFile,
    /// The column is the model's: an index into [`crate::model::Mapping::models`].
    Column(u32),
}

/// Some rows of a file.
#[derive(Debug, Default)]
pub(super) struct Batch {
    /// Texts that stay: outputs and metadata.
    pub(super) kept: Arena,
    /// Texts that are looked at once: ids, names and prompts.
    pub(super) read: Arena,
    /// The responses.
    pub(super) drafts: Vec<Draft>,
    /// How many rows they come from.
    pub(super) rows: u64,
    /// What is to be said.
    pub(super) remarks: Vec<Remark>,
    /// Lines in it; 0 where rows count for themselves.
    pub(super) lines: u64,
    /// Bytes of the file it was read from.
    pub(super) bytes: u64,
}

impl Batch {
    /// Adds what `add` adds, or, where a text is too long, a remark in its place.
    pub(super) fn row(&mut self, line: u64, add: impl FnOnce(&mut Self) -> Result<(), TooLong>) {
        let marks = (self.kept.mark(), self.read.mark(), self.drafts.len());
        if add(self).is_ok() {
            self.rows += 1;
            return;
        }
        self.kept.back_to(marks.0);
        self.read.back_to(marks.1);
        self.drafts.truncate(marks.2);
        self.remarks.push(Remark {
            severity: Severity::Skipped,
            line: Some(line),
            kind: "texts of 4 GiB and more",
            message: "a text of 4 GiB or more is left out; split it".to_owned(),
        });
    }

    /// Forgets everything and keeps the room it took.
    pub(super) fn clear(&mut self) {
        self.kept.back_to(0);
        self.read.back_to(0);
        self.drafts.clear();
        self.remarks.clear();
        (self.rows, self.lines, self.bytes) = (0, 0, 0);
    }

    /// What checks look at in each draft.
    pub(super) fn inputs(&self) -> impl ExactSizeIterator<Item = Option<Input<'_>>> {
        let (mut prompt, mut reference) = (None, None);
        self.drafts.iter().map(move |draft| {
            if !draft.same_row {
                (prompt, reference) = (draft.prompt, draft.reference);
            }
            let read = |at: Option<Slice>| at.map(|at| self.read.get(at));
            let text = self.kept.get(draft.text.ok()?);
            Some(Input { text, prompt: read(prompt).unwrap_or_default(), reference: read(reference) })
        })
    }

    /// Makes room for what `bytes` bytes of a file may hold.
    pub(super) fn expect(&mut self, bytes: usize) {
        self.kept.0.reserve(bytes);
    }
}
