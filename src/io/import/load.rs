//! Loading files: their bytes, how they are written, and a first look at their columns.

use super::bytes::{Decoded, decode};
use super::input::{Input, sha256};
use super::layout::{Layout, Shape, detect};
use super::records::{Record, Remark, for_each_record};
use super::table::{SAMPLED_ROWS, Table, TableBuilder};
use super::watch::Watch;
use super::{FileProblem, ImportError};
use crate::model::{Format, Mapping, Notice, Severity, Source};
use std::ops::ControlFlow;

/// A file in memory, ready to be previewed and assembled.
#[derive(Debug)]
pub struct LoadedFile {
    /// The name in notices and sources.
    pub name: String,
    /// Of its bytes as they are on disk.
    pub sha256: String,
    /// Its columns.
    pub table: Table,
    pub(super) layout: Layout,
    pub(super) bytes: Vec<u8>,
}

impl LoadedFile {
    /// How its rows are written.
    pub fn format(&self) -> Format {
        self.layout.format
    }

    /// What a project keeps of it.
    pub fn source(&self, mapping: &Mapping) -> Source {
        Source { path: self.name.clone(), format: self.format(), mapping: mapping.clone(), sha256: self.sha256.clone() }
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
pub fn load(inputs: &[Input], watch: &Watch<'_>) -> Result<Loaded, ImportError> {
    let total = inputs.iter().map(Input::size).sum();
    let mut done = 0;
    let mut loaded = Loaded::default();
    for input in inputs {
        let name = input.name();
        let mut remarks = Vec::new();
        let result = input.read(watch, done, total)?.and_then(|raw| {
            done += raw.len() as u64;
            look_at(&name, raw, &mut remarks)
        });
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
fn look_at(name: &str, raw: Vec<u8>, remarks: &mut Vec<Remark>) -> Result<LoadedFile, FileProblem> {
    let sha256 = sha256(&raw);
    let Decoded { bytes, remarks: mended } = decode(raw)?;
    remarks.extend(mended);
    let layout = detect(&bytes, name)?;
    if let Shape::Array { path, .. } = &layout.shape
        && !path.is_empty()
    {
        remarks.push(Remark::file(Severity::Note, format!("the rows are read from the list `{path}` in it")));
    }
    let table = sample(&bytes, &layout)?;
    Ok(LoadedFile { name: name.to_owned(), sha256, table, layout, bytes })
}

/// Looks at the first rows.
fn sample(bytes: &[u8], layout: &Layout) -> Result<Table, FileProblem> {
    let mut table = TableBuilder::default();
    let mut rows = 0;
    let mut first_remark = None;
    for_each_record(bytes, layout, &mut |record| {
        match record {
            Record::Row(row) => {
                table.add(&row);
                rows += 1;
            }
            Record::Remark(remark) => {
                first_remark.get_or_insert(remark);
            }
        }
        if rows < SAMPLED_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    });
    if rows == 0 {
        let why = first_remark.map_or_else(String::new, |remark| match remark.line {
            Some(line) => format!(": line {line}: {}", remark.message),
            None => format!(": {}", remark.message),
        });
        return Err(FileProblem::NoRows(why));
    }
    Ok(table.finish())
}
