//! Responses as they come, one a line, each looked at alone: nothing is kept, so that a stream may be as long as
//! it likes. Rows do not know each other: the prompt, the reference answer and the ids of a row are what it states.

use super::batch::{Batch, Draft, Maker, Slice};
use super::blocks::{Blocks, in_order, lock};
use super::extract::{Extractor, Wanted};
use super::layout::{Shape, detect};
use super::load::{HEAD, LONGEST_HEAD, can_stream, sample};
use super::log::Log;
use super::places::Told;
use super::raw_file::{text, text_at};
use super::{FileProblem, ImportError, Overrides, guess, guess_all, mapping};
use crate::checks::Input;
use crate::model::{Field, ImportReport, Mapping, Notice, Role, Severity};
use std::fs::File;
use std::io::{self, Read, Seek as _};
use std::ops::ControlFlow;
use std::sync::{Arc, Mutex};

/// A stream of JSON Lines whose columns are known.
pub struct LineStream<'a> {
    name: String,
    mapping: Mapping,
    /// All of them.
    blocks: Blocks<'a>,
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
    let unreadable = |error: io::Error| failed(name, &FileProblem::Unreadable(error.to_string()));
    let mut rest = text(from).map_err(unreadable)?;
    let mut head = Vec::new();
    let whole = fill(&mut head, |head, wanted| rest.by_ref().take(wanted).read_to_end(head)).map_err(unreadable)?;
    Ok(match columns(name, &head, whole, overrides)? {
        Some(mapping) => {
            StreamOr::Lines(LineStream { name: name.to_owned(), mapping, blocks: Blocks::stream(head, rest) })
        }
        None => StreamOr::Other(Unread { head, rest }),
    })
}

/// Opens `file`, called `name`, as [`stream`] does; where it can be, it is read by all threads at once. `told` is told
/// how many bytes more were read.
///
/// # Errors
/// Those of [`stream`].
pub fn stream_file(
    name: &str,
    file: File,
    told: impl Fn(u64) + Send + Sync + 'static,
    overrides: &Overrides,
) -> Result<StreamOr<'static>, ImportError> {
    let unreadable = |error: io::Error| failed(name, &FileProblem::Unreadable(error.to_string()));
    let told: Arc<Told> = Arc::new(told);
    let Some(places) = file.try_clone().and_then(|file| text_at(file, told.clone())).map_err(unreadable)? else {
        return stream(name, Counted { file, told }, overrides);
    };
    let mut head = Vec::new();
    let more = |head: &mut Vec<u8>, wanted: u64| {
        *head = places.peek(head.len() + wanted as usize)?;
        Ok(head.len())
    };
    let whole = fill(&mut head, more).map_err(unreadable)?;
    Ok(match columns(name, &head, whole, overrides)? {
        Some(mapping) => StreamOr::Lines(LineStream { name: name.to_owned(), mapping, blocks: Blocks::File(places) }),
        None => {
            let mut file = file;
            file.rewind().map_err(unreadable)?;
            StreamOr::Other(Unread { head: Vec::new(), rest: Box::new(file) })
        }
    })
}

/// A file of which is told how far it was read.
struct Counted {
    file: File,
    told: Arc<Told>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        (self.told)(read as u64);
        Ok(read)
    }
}

/// Fills `head` until a line is whole in it, or it is enough; whether that is all there is. `more` adds up to so many
/// bytes as it is asked for.
fn fill(head: &mut Vec<u8>, mut more: impl FnMut(&mut Vec<u8>, u64) -> io::Result<usize>) -> io::Result<bool> {
    let mut wanted = HEAD;
    loop {
        more(head, wanted - head.len() as u64)?;
        if (head.len() as u64) < wanted {
            return Ok(true);
        }
        if wanted >= LONGEST_HEAD || memchr::memchr(b'\n', head).is_some() || !can_stream(head) {
            return Ok(false);
        }
        wanted *= 4;
    }
}

fn failed(name: &str, problem: &FileProblem) -> ImportError {
    let notice =
        Notice { severity: Severity::Skipped, file: name.to_owned(), line: None, message: problem.to_string() };
    ImportError::Nothing(ImportReport { notices: vec![notice], ..ImportReport::default() })
}

/// What the columns of the lines are that begin with `head`, which may be all; `None` where they are no lines of JSON, or
/// cannot be read one by one.
fn columns(name: &str, head: &[u8], whole: bool, overrides: &Overrides) -> Result<Option<Mapping>, ImportError> {
    // A line that is cut off says nothing.
    let lines = if whole { head.len() } else { memchr::memrchr(b'\n', head).map_or(0, |end| end + 1) };
    let head = &head[..lines];
    let layout = Some(head).filter(|head| can_stream(head)).and_then(|head| detect(head, name).ok());
    let Some(layout) = layout.filter(|layout| layout.shape == Shape::Lines) else { return Ok(None) };
    let failed = |problem| failed(name, &problem);
    let table = sample(head, &layout).map_err(failed)?;
    let tables = [(name, &table)];
    let mut mappings = guess_all(&tables);
    overrides.apply(&tables, &mut mappings)?;
    let mapping = mappings.pop().expect("there is one for the one table");
    mapping::check(&table, &mapping).map_err(failed)?;
    if matches!(mapping.role, Role::Ratings | Role::Preferences) {
        // Rows that are about the same response have to be read together.
        return Ok(None);
    }
    if !matches!(mapping.role, Role::Responses | Role::Wide) {
        return Err(failed(FileProblem::NoResponseColumn { columns: table.list_columns() }));
    }
    Ok(Some(mapping))
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
        let extractor = Extractor::new(&self.mapping, Wanted { metadata: false, hasher: None });
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
            let texts = batch.kept.texts();
            let made = work(&Rows { batch: &batch, texts, block, mapping: &self.mapping, model: &model });
            let (rows, lines, remarks) = (batch.rows, batch.lines, std::mem::take(&mut batch.remarks));
            batch.clear();
            lock(&spare).push(batch);
            (made, rows, lines, remarks)
        };
        in_order(self.blocks, each, |(made, rows, lines, remarks)| {
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
    texts: &'a str,
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
        self.batch.inputs(self.texts)
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
