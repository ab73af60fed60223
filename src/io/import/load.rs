//! Loading files: how they are written, and a first look at their columns. A large file of JSON Lines is only
//! looked at; it is read when it is assembled. Every other file is in memory from here on.

use super::bytes::{Decoded, decode};
use super::input::{Input, open};
use super::layout::{Layout, Shape, detect, lines_of};
use super::raw_file::{GZIP, RawFile};
use super::records::unfold::{Unfold, dimension, flat_dimension};
use super::records::{Record, Remark, for_each_record};
use super::table::{Hint, Table, TableBuilder};
use super::watch::{Progress, Stage, Watch};
use super::{FileProblem, ImportError, guess};
use crate::io::digest;
use crate::model::{Dimension, Format, Mapping, Notice, Severity, Source};
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

/// A file ready to be previewed and assembled.
#[derive(Debug)]
pub struct LoadedFile {
    /// The name in notices and sources.
    pub name: String,
    /// Its columns.
    pub table: Table,
    pub(super) layout: Layout,
    pub(super) content: Content,
    /// The rubric that the file is, graded or not.
    pub(super) tree: Option<Dimension>,
}

/// Where a file's rows are.
#[derive(Debug)]
pub(super) enum Content {
    /// In memory: the decoded text.
    Memory {
        bytes: Vec<u8>,
        /// Of the bytes as they are on disk; empty where nobody needs it.
        sha256: String,
    },
    /// On disk, as JSON Lines, to be read when they are needed.
    Disk(PathBuf),
}

/// Whether files are identified by their digests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digests {
    /// A project keeps them.
    Wanted,
    /// Nobody asks.
    Spared,
}

impl LoadedFile {
    /// How its rows are written.
    pub fn format(&self) -> Format {
        self.layout.format
    }

    /// A graded rubric, where the file is one.
    pub(super) fn tree(&self) -> Option<&Dimension> {
        self.tree.as_ref()
    }

    /// Whether ratings in it stand in objects, by names that may be those of raters.
    pub(super) fn has_rated_objects(&self) -> bool {
        matches!(&self.layout.shape, Shape::Unfolded { unfold: Unfold::Rated { .. } | Unfold::Keyed, .. })
    }

    /// Whether what was said and how good it is stand in rows of their own.
    pub(super) fn has_events(&self) -> bool {
        matches!(&self.layout.shape, Shape::Unfolded { unfold: Unfold::Evals { .. }, .. })
    }

    /// Whether its rows are lines.
    pub(super) fn has_lines(&self) -> bool {
        self.layout.shape == Shape::Lines
    }

    /// What a project keeps of it.
    pub(super) fn source(&self, mapping: &Mapping, sha256: String) -> Source {
        Source { path: self.name.clone(), format: self.format(), mapping: mapping.clone(), sha256 }
    }

    /// Its size in bytes, as progress counts them.
    pub(super) fn size(&self) -> u64 {
        match &self.content {
            Content::Memory { bytes, .. } => bytes.len() as u64,
            Content::Disk(path) => path.metadata().map_or(0, |metadata| metadata.len()),
        }
    }
}

/// What loading gives: files, and notices about those that could not be loaded or had to be mended.
#[derive(Debug, Default)]
pub struct Loaded {
    /// In the order of the inputs, without those that failed.
    pub files: Vec<LoadedFile>,
    /// In the order of the inputs.
    pub notices: Vec<Notice>,
}

impl Loaded {
    /// Their size in bytes, as progress counts them.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(LoadedFile::size).sum()
    }

    /// Names and tables, as guessing wants them.
    pub fn tables(&self) -> Vec<(&str, &Table)> {
        self.files.iter().map(|file| (file.name.as_str(), &file.table)).collect()
    }
}

/// Loads all `inputs`; a file that fails is a notice.
///
/// # Errors
///
/// Only when it is cancelled.
pub fn load(inputs: &[Input], digests: Digests, watch: &Watch<'_>) -> Result<Loaded, ImportError> {
    let total = inputs.iter().map(Input::size).sum();
    let mut done = 0;
    let mut loaded = Loaded::default();
    for input in inputs {
        let name = input.name();
        let mut remarks = Vec::new();
        let result = match look_at_lines(input, &name) {
            Some(file) => {
                done += input.size();
                watch.tell(Progress { stage: Stage::Reading, done, total })?;
                Ok(file)
            }
            None => input.read(watch, done, total)?.and_then(|raw| {
                done += raw.len() as u64;
                look_at(&name, raw, digests, &mut remarks)
            }),
        };
        match result {
            Ok(file) => loaded.files.push(file),
            Err(problem) => remarks.push(Remark::file(Severity::Skipped, problem.to_string())),
        }
        loaded.notices.extend(remarks.into_iter().map(|remark| Notice {
            severity: remark.severity,
            file: name.clone(),
            line: remark.line,
            message: remark.message,
        }));
    }
    Ok(loaded)
}

/// From bytes on disk to a loaded file.
fn look_at(name: &str, raw: Vec<u8>, digests: Digests, remarks: &mut Vec<Remark>) -> Result<LoadedFile, FileProblem> {
    let sha256 = if digests == Digests::Wanted { digest::of_bytes(&raw) } else { String::new() };
    let Decoded { bytes, remarks: mended } = decode(raw)?;
    remarks.extend(mended);
    let layout = detect(&bytes, name)?;
    if let Shape::Array { path, .. } = &layout.shape
        && !path.is_empty()
    {
        remarks.push(Remark::file(Severity::Note, format!("the rows are read from the list `{path}` in it")));
    }
    if let Shape::Unfolded { unfold, .. } = &layout.shape {
        remarks.push(Remark::file(Severity::Note, unfold.says()));
    }
    let table = sample(&bytes, &layout)?;
    let tree = tree(&bytes, &layout);
    if let Some(column) = table.own_criteria() {
        remarks.push(Remark::file(Severity::Note, format!(
            "rows bring criteria of their own in `{column}`; a project has one rubric, so they are kept beside the texts as they are, and nothing is scored by them"
        )));
    }
    Ok(LoadedFile { name: name.to_owned(), table, layout, content: Content::Memory { bytes, sha256 }, tree })
}

/// A file of up to this many bytes is read at once, whatever is in it.
const SMALL: u64 = 8 << 20;
/// Bytes that are looked at of a larger one, or more where its first lines are longer.
pub(super) const HEAD: u64 = 1 << 20;
pub(super) const LONGEST_HEAD: u64 = 64 << 20;

/// A large file of JSON Lines, of which only the beginning is read; `None` where it is not, or not surely, one.
fn look_at_lines(input: &Input, name: &str) -> Option<LoadedFile> {
    let Input::Path(path) = input else { return None };
    if input.size() <= SMALL {
        return None;
    }
    let head = head(path)?;
    let layout = detect(&head, name).ok()?;
    if layout.shape != Shape::Lines || !has_two_lines(&head) {
        return None;
    }
    let table = Table { whole: false, ..sample(&head, &layout).ok()? };
    Some(LoadedFile { name: name.to_owned(), table, layout, content: Content::Disk(path.clone()), tree: None })
}

/// The first whole lines of a file that can be read as a stream.
fn head(path: &Path) -> Option<Vec<u8>> {
    let mut raw = RawFile::new(open(path).ok()?, false);
    let mut text = raw.text().ok()?;
    let mut head = Vec::new();
    let mut wanted = HEAD;
    loop {
        let read = text.by_ref().take(wanted - head.len() as u64).read_to_end(&mut head).ok()?;
        if read == 0
            || !can_stream(&head)
            || wanted >= LONGEST_HEAD
            || memchr::memchr_iter(b'\n', &head).nth(1).is_some()
        {
            break;
        }
        wanted *= 4;
    }
    head.truncate(memchr::memrchr(b'\n', &head)? + 1);
    can_stream(&head).then_some(head)
}

/// Whether a text that begins so can be read as a stream: no other encoding, no archive in an archive.
pub(super) fn can_stream(head: &[u8]) -> bool {
    memchr::memchr(0, head).is_none() && !head.starts_with(&GZIP) && !head.iter().all(u8::is_ascii_whitespace)
}

fn has_two_lines(head: &[u8]) -> bool {
    lines_of(head).filter(|line| !line.trim_ascii().is_empty()).nth(1).is_some()
}

/// Rows looked at: this many, or as many as stand in so many bytes, but some at least, unless they are huge.
const SAMPLED_ROWS: u64 = 2000;
const SAMPLED_BYTES: usize = 512 << 10;
const SAMPLED_AT_LEAST: u64 = 100;
const SAMPLED_AT_MOST: usize = 8 << 20;

/// Looks at the first rows.
pub(super) fn sample(bytes: &[u8], layout: &Layout) -> Result<Table, FileProblem> {
    let mut table = TableBuilder::default();
    let mut rows = 0;
    let mut first_remark = None;
    let mut whole = true;
    for_each_record(bytes, layout, &mut |record| {
        let mut end = 0;
        match record {
            Record::Row(row) => {
                table.add(&row);
                rows += 1;
                end = row.end;
            }
            Record::Remark(remark) => {
                first_remark.get_or_insert(remark);
            }
        }
        let enough =
            rows >= SAMPLED_ROWS || (rows >= SAMPLED_AT_LEAST && end >= SAMPLED_BYTES) || end >= SAMPLED_AT_MOST;
        whole &= !enough;
        if enough { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if rows == 0 {
        let why = first_remark.map_or_else(String::new, |remark| match remark.line {
            Some(line) => format!(": line {line}: {}", remark.message),
            None => format!(": {}", remark.message),
        });
        return Err(FileProblem::NoRows(why));
    }
    let mut table = table.finish(whole);
    let own = table.columns.iter().filter(|column| !column.nested);
    let columns: Vec<&str> = own.map(|column| column.name.as_str()).collect();
    table.hint = match &layout.shape {
        Shape::Unfolded { unfold, .. } => {
            let mut mapping = unfold.hint(&columns);
            if matches!(unfold, Unfold::Rated { .. } | Unfold::Keyed) {
                guess::name_raters(&table, &mut mapping);
            }
            Some(Hint { mapping, is_complete: unfold.is_complete() })
        }
        Shape::Matrix { .. } => Some(Hint { mapping: Unfold::Argilla.hint(&columns), is_complete: true }),
        _ => None,
    };
    Ok(table)
}

/// The rubric that a file is.
fn tree(bytes: &[u8], layout: &Layout) -> Option<Dimension> {
    let Shape::Unfolded { inner, unfold: unfold @ (Unfold::Tree | Unfold::Criteria) } = &layout.shape else {
        return None;
    };
    let mut roots = Vec::new();
    let inner = Layout { format: layout.format, shape: (**inner).clone() };
    for_each_record(bytes, &inner, &mut |record| {
        if let Record::Row(row) = record {
            roots.push(row.fields);
        }
        if *unfold == Unfold::Tree { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    if *unfold == Unfold::Tree { dimension(roots.first()?) } else { flat_dimension(roots.iter()) }
}
