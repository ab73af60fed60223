//! Rows on their way from a file to the dataset: what their mapped columns hold, in a few large buffers.
//!
//! Reading a row needs no other row, so batches are made in parallel. What rows mean to each other, which
//! prompt they share and whether an id is taken, is settled in their order, batch by batch.

use super::extract::quoted;
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
pub(super) struct Arena {
    texts: String,
    /// Where a text is put together, kept for its room.
    room: Vec<u8>,
}

/// A text that does not fit: a batch holds less than 4 GiB.
#[derive(Clone, Copy, Debug)]
pub(super) struct TooLong;

impl Arena {
    /// Adds `text`.
    pub(super) fn push(&mut self, text: &str) -> Result<Slice, TooLong> {
        let start = self.len()?;
        u32::try_from(self.texts.len() + text.len()).map_err(|_| TooLong)?;
        self.texts.push_str(text);
        Ok(Slice { start, len: text.len() as u32 })
    }

    /// Adds the text in `json` whose first byte, after its quotation mark, is at `at`; gives where it ends, too.
    /// `None` where it is none, or too long.
    pub(super) fn push_quoted(&mut self, json: &str, at: usize) -> Option<(Slice, usize)> {
        let (end, escaped) = quoted::skip(json.as_bytes(), at)?;
        let written = &json[at..end - 1];
        if !escaped {
            return Some((self.push(written).ok()?, end));
        }
        // With something after it, its end is read as fast as the rest.
        let around = &json.as_bytes()[at..json.len().min(end + 3 * quoted::WIDE)];
        let mut room = std::mem::take(&mut self.room);
        room.resize((around.len() + quoted::WIDE).max(room.len()), 0);
        let (_, length) = quoted::copy(around, 0, &mut room)?;
        let said = self.push(simdutf8::basic::from_utf8(&room[..length]).ok()?);
        self.room = room;
        Some((said.ok()?, end))
    }

    /// The text at `at`.
    pub(super) fn get(&self, at: Slice) -> &str {
        at.of(&self.texts)
    }

    /// Bytes held.
    pub(super) fn bytes(&self) -> usize {
        self.texts.len()
    }

    fn len(&self) -> Result<u32, TooLong> {
        u32::try_from(self.texts.len()).map_err(|_| TooLong)
    }

    /// Where it ends now, for [`Self::back_to`].
    pub(super) fn mark(&self) -> usize {
        self.texts.len()
    }

    /// Forgets what was added since.
    pub(super) fn back_to(&mut self, mark: usize) {
        self.texts.truncate(mark);
    }
}

/// Texts that stay, one after the other, in room that is made ahead: what is written into it is looked at once, as a
/// whole.
#[derive(Debug, Default)]
pub(super) struct Kept {
    room: Vec<u8>,
    /// How much of it is text: UTF-8.
    len: usize,
}

/// Room up to this is used again: several times that of a block of lines.
const KEPT_ROOM: usize = 1 << 20;

impl Kept {
    /// Makes room for `bytes` more.
    pub(super) fn expect(&mut self, bytes: usize) {
        let wanted = self.len + bytes;
        if self.room.len() >= wanted {
            return;
        }
        if self.room.is_empty() {
            self.room = vec![0; wanted];
        } else if self.len == 0 {
            // Used again. The next may be longer still.
            self.room = vec![0; wanted + wanted / 8];
        } else {
            self.room.resize(wanted + wanted / 8, 0);
        }
    }

    /// Adds `text`.
    pub(super) fn push(&mut self, text: &str) -> Result<Slice, TooLong> {
        self.push_all([text])
    }

    /// Adds `parts` as one text.
    pub(super) fn push_all<'a>(&mut self, parts: impl IntoIterator<Item = &'a str>) -> Result<Slice, TooLong> {
        let start = self.len;
        for part in parts {
            self.expect(part.len());
            self.room[self.len..][..part.len()].copy_from_slice(part.as_bytes());
            self.len += part.len();
        }
        self.since(start)
    }

    /// Adds the text in `json` whose first byte, after its quotation mark, is at `at`; gives where it ends, too.
    /// `None` where it is none, or too long. What was added then is to be forgotten.
    pub(super) fn push_quoted(&mut self, json: &str, at: usize) -> Option<(Slice, usize)> {
        let start = self.len;
        self.expect(json.len() - at + quoted::WIDE);
        let (end, written) = quoted::copy(json.as_bytes(), at, &mut self.room[start..])?;
        self.len += written;
        Some((self.since(start).ok()?, end))
    }

    /// What was added from `start` on.
    fn since(&self, start: usize) -> Result<Slice, TooLong> {
        u32::try_from(self.len).map_err(|_| TooLong)?;
        Ok(Slice { start: start as u32, len: (self.len - start) as u32 })
    }

    /// All texts, one after the other: [`Slice::of`] cuts one out. Reads through them.
    pub(super) fn texts(&self) -> &str {
        simdutf8::basic::from_utf8(&self.room[..self.len]).expect("it is made of texts")
    }

    /// The whole, to be handed over: in no more room than it takes, so that nothing lies idle between what stays. Its own
    /// room is kept for the next, unless it is large.
    pub(super) fn take_texts(&mut self) -> String {
        if self.room.len() <= KEPT_ROOM {
            let texts = self.texts().to_owned();
            self.len = 0;
            return texts;
        }
        let mut room = std::mem::take(&mut self.room);
        room.truncate(std::mem::take(&mut self.len));
        room.shrink_to_fit();
        String::from_utf8(room).expect("it is made of texts")
    }

    /// Bytes held.
    pub(super) fn bytes(&self) -> usize {
        self.len
    }

    /// Where it ends now, for [`Self::back_to`].
    pub(super) fn mark(&self) -> usize {
        self.len
    }

    /// Forgets what was added since.
    pub(super) fn back_to(&mut self, mark: usize) {
        self.len = mark;
    }
}

impl Slice {
    /// The text here in `texts`.
    pub(super) fn of(self, texts: &str) -> &str {
        &texts[self.start as usize..][..self.len as usize]
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
    pub(super) kept: Kept,
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

    /// What checks look at in each draft; `texts` are [`Kept::texts`] of it.
    pub(super) fn inputs<'a>(&'a self, texts: &'a str) -> impl ExactSizeIterator<Item = Option<Input<'a>>> {
        let (mut prompt, mut reference) = (None, None);
        self.drafts.iter().map(move |draft| {
            if !draft.same_row {
                (prompt, reference) = (draft.prompt, draft.reference);
            }
            let read = |at: Option<Slice>| at.map(|at| self.read.get(at));
            let text = draft.text.ok()?.of(texts);
            Some(Input { text, prompt: read(prompt).unwrap_or_default(), reference: read(reference) })
        })
    }

    /// Makes room for what `bytes` bytes of a file may hold.
    pub(super) fn expect(&mut self, bytes: usize) {
        self.kept.expect(bytes + quoted::WIDE);
    }
}
