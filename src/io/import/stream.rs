//! Responses as they come, one a line, each looked at alone: nothing is kept, so that a stream may be as long as
//! it likes. Rows do not know each other: the prompt, the reference answer and the ids of a row are what it states.

use super::batch::{Batch, Draft, Maker, Slice};
use super::blocks::{Blocks, in_order, lock};
use super::extract::Extractor;
use super::layout::{Shape, detect};
use super::load::{HEAD, can_stream, sample};
use super::log::Log;
use super::raw_file::text;
use super::{FileProblem, ImportError, Overrides, guess, guess_all, mapping};
use crate::checks::Input;
use crate::model::{Field, ImportReport, Mapping, Notice, Role, Severity};
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::sync::Mutex;

/// A stream of JSON Lines whose columns are known.
pub struct LineStream<'a> {
    name: String,
    mapping: Mapping,
    /// What was read to know them.
    head: Vec<u8>,
    rest: Box<dyn Read + Send + 'a>,
}

/// What a stream turned out to be.
pub enum StreamOr<'a> {
    /// Lines of responses.
    Lines(LineStream<'a>),
    /// Something else.
    Other(Unread<'a>),
}

/// A stream of which only the beginning was read.
pub struct Unread<'a> {
    head: Vec<u8>,
    rest: Box<dyn Read + Send + 'a>,
}

impl Unread<'_> {
    /// All of it.
    ///
    /// # Errors
    /// Those of reading.
    pub fn read(mut self) -> io::Result<Vec<u8>> {
        self.rest.read_to_end(&mut self.head)?;
        Ok(self.head)
    }
}

/// Opens `from`, called `name`. Its columns are guessed from its first lines, and that changed as `overrides` say.
///
/// # Errors
/// When it cannot be read or, where it is JSON Lines, holds no responses, or `overrides` name a column it has not.
pub fn stream<'a>(name: &str, from: impl Read + Send + 'a, overrides: &Overrides) -> Result<StreamOr<'a>, ImportError> {
    let failed = |problem: FileProblem| {
        let notice =
            Notice { severity: Severity::Skipped, file: name.to_owned(), line: None, message: problem.to_string() };
        ImportError::Nothing(ImportReport { notices: vec![notice], ..ImportReport::default() })
    };
    let unreadable = |error: io::Error| failed(FileProblem::Unreadable(error.to_string()));
    let mut rest = text(from).map_err(unreadable)?;
    let mut head = Vec::new();
    let read = rest.by_ref().take(HEAD).read_to_end(&mut head).map_err(unreadable)?;
    let whole = (read as u64) < HEAD;
    // A line that is cut off says nothing.
    let lines = if whole { head.len() } else { memchr::memrchr(b'\n', &head).map_or(0, |end| end + 1) };
    let layout = Some(&head[..lines]).filter(|head| can_stream(head)).and_then(|head| detect(head, name).ok());
    let Some(layout) = layout.filter(|layout| layout.shape == Shape::Lines) else {
        return Ok(StreamOr::Other(Unread { head, rest }));
    };
    let table = sample(&head[..lines], &layout).map_err(failed)?;
    let tables = [(name, &table)];
    let mut mappings = guess_all(&tables);
    overrides.apply(&tables, &mut mappings)?;
    let mapping = mappings.pop().expect("there is one for the one table");
    mapping::check(&table, &mapping).map_err(failed)?;
    if matches!(mapping.role, Role::Ratings | Role::Preferences) {
        // Rows that are about the same response have to be read together.
        return Ok(StreamOr::Other(Unread { head, rest }));
    }
    if !matches!(mapping.role, Role::Responses | Role::Wide) {
        return Err(failed(FileProblem::NoResponseColumn { columns: table.list_columns() }));
    }
    Ok(StreamOr::Lines(LineStream { name: name.to_owned(), mapping, head, rest }))
}

impl LineStream<'_> {
    /// Whether a row holds the responses of several models.
    pub fn has_several(&self) -> bool {
        !self.mapping.models.is_empty()
    }

    /// Whether rows state reference answers: only then can it matter that they do not know each other's.
    pub fn has_references(&self) -> bool {
        self.mapping.column(Field::Reference).is_some()
    }

    /// Runs `work` on the rows, some at a time, on all threads of the pool it is called in, and gives `take` what
    /// came out, in their order, until it has enough. The report says what could not be read.
    ///
    /// # Errors
    /// Those of reading, after everything before them was taken.
    pub fn run<T: Send>(
        self,
        work: impl Fn(&Rows<'_>) -> T + Sync,
        mut take: impl FnMut(T) -> ControlFlow<()> + Send,
    ) -> io::Result<ImportReport> {
        let extractor = Extractor::new(&self.mapping, foldhash::fast::RandomState::default());
        let model = self.mapping.model.clone().unwrap_or_else(|| guess::model_of_file(&self.name));
        let mut log = Log::default();
        log.begin(&self.name);
        let mut line = 0;
        // Batches that were looked at are used again: their room is in the cache already.
        let spare: Mutex<Vec<Batch>> = Mutex::default();
        let each = |block: &[u8]| {
            let mut batch = lock(&spare).pop().unwrap_or_default();
            batch.expect(block.len());
            extractor.lines(block, &mut batch);
            let made = work(&Rows { batch: &batch, block, mapping: &self.mapping, model: &model });
            let (rows, lines, remarks) = (batch.rows, batch.lines, std::mem::take(&mut batch.remarks));
            batch.clear();
            lock(&spare).push(batch);
            (made, rows, lines, remarks)
        };
        in_order(Blocks::stream(self.head, self.rest), each, |(made, rows, lines, remarks)| {
            for mut remark in remarks {
                remark.line = remark.line.map(|within| line + within);
                log.remark(remark);
            }
            log.rows(rows);
            line += lines;
            take(made)
        })?;
        Ok(log.finish())
    }
}

/// Some rows of a stream.
pub struct Rows<'a> {
    batch: &'a Batch,
    block: &'a [u8],
    mapping: &'a Mapping,
    model: &'a str,
}

/// What one response states about itself.
#[derive(Clone, Copy, Debug)]
pub struct Stated<'a> {
    /// Its id; empty where there is none.
    pub id: &'a str,
    /// The prompt's id; empty where there is none.
    pub prompt_id: &'a str,
    /// What produced it.
    pub model: &'a str,
}

impl<'a> Rows<'a> {
    /// What checks look at, a response at a time: a row may hold several.
    pub fn inputs(&self) -> impl ExactSizeIterator<Item = Option<Input<'_>>> {
        self.batch.inputs()
    }

    /// What each response states.
    pub fn stated(&self) -> impl Iterator<Item = Stated<'_>> {
        let mut prompt_id = None;
        self.batch.drafts.iter().map(move |draft| {
            if !draft.same_row {
                prompt_id = draft.prompt_id;
            }
            self.stated_by(draft, prompt_id)
        })
    }

    fn stated_by(&self, draft: &Draft, prompt_id: Option<Slice>) -> Stated<'_> {
        let read = |at: Option<Slice>| at.map_or("", |at| self.batch.read.get(at));
        let model = match draft.model {
            Maker::Said(at) => self.batch.read.get(at),
            Maker::OfFile => self.model,
            Maker::Column(index) => &self.mapping.models[index as usize],
        };
        Stated { id: read(draft.id), prompt_id: read(prompt_id), model }
    }

    /// The line of each row as it came, without white space at its ends: of each response, where no row holds
    /// several.
    pub fn lines(&self) -> impl Iterator<Item = &'a str> {
        let mut lines = self.block.split(|&byte| byte == b'\n').enumerate();
        let numbers: Vec<u64> = self.batch.drafts.iter().map(|draft| draft.number).collect();
        numbers.into_iter().map(move |number| {
            let wanted = number as usize - 1;
            let (_, line) = lines.find(|(index, _)| *index == wanted).expect("a row is a line of its block");
            std::str::from_utf8(line.trim_ascii()).expect("only UTF-8 becomes a row")
        })
    }
}
