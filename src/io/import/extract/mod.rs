//! What a row's mapped columns hold: row → [`Draft`]s. Looks at one row alone.

mod columns;
mod form;
mod metadata;
mod plain;
pub(super) mod quoted;

pub(super) use columns::Columns;

use super::batch::{Batch, Draft, Maker, TooLong};
use super::column_path::ColumnPath;
use super::records::{Record, Remark, object_in_line};
use super::text_of;
use crate::model::{Absent, Mapping};
use foldhash::fast::RandomState;
use form::Form;
use plain::{Line, PlainColumns};
use serde_json::{Map, Value};
use std::hash::BuildHasher as _;

pub(super) use metadata::rest;

/// Reads rows as one mapping says.
#[derive(Debug)]
pub(super) struct Extractor {
    columns: Columns,
    wide: Vec<ColumnPath>,
    plain: Option<PlainColumns>,
    wanted: Wanted,
}

/// What is wanted of a row beside its texts and ids.
#[derive(Debug)]
pub(super) struct Wanted {
    /// What no column is mapped to.
    pub(super) metadata: bool,
    /// The hash of its prompt.
    pub(super) hasher: Option<RandomState>,
}

impl Wanted {
    /// The hash of `prompt`; 0 where nobody asks.
    fn hash(&self, prompt: &str) -> u64 {
        self.hasher.as_ref().map_or(0, |hasher| hasher.hash_one(prompt))
    }
}

impl Extractor {
    /// For rows of responses mapped by `mapping`.
    pub(super) fn new(mapping: &Mapping, wanted: Wanted) -> Self {
        Self {
            columns: Columns::new(mapping),
            wide: mapping.models.iter().map(|name| ColumnPath::new(name)).collect(),
            plain: PlainColumns::new(mapping),
            wanted,
        }
    }

    /// Adds the rows in `bytes`, whole lines of JSON Lines.
    pub(super) fn lines(&self, bytes: &[u8], batch: &mut Batch) {
        batch.bytes += bytes.len() as u64;
        let mut form = Form::default();
        let text = simdutf8::basic::from_utf8(bytes).ok();
        let mut start = 0;
        while start < bytes.len() {
            batch.lines += 1;
            if let (Some(plain), Some(text)) = (&self.plain, text)
                && let line = (Line { text, at: start, number: batch.lines })
                && let Some(end) = plain.read(line, &self.wanted, &mut form, batch)
            {
                start = end + 1;
                continue;
            }
            let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |found| start + found);
            let content = bytes[start..end].trim_ascii();
            start = end + 1;
            if !content.is_empty() {
                self.line(content, text.is_none(), &mut form, batch);
            }
        }
    }

    /// Adds the row in `content`, a line; `alone` is one that stands among others that are not UTF-8.
    fn line(&self, content: &[u8], alone: bool, form: &mut Form, batch: &mut Batch) {
        let number = batch.lines;
        if alone
            && let (Some(plain), Ok(text)) = (&self.plain, std::str::from_utf8(content))
            && plain.read(Line { text, at: 0, number }, &self.wanted, form, batch).is_some()
        {
            return;
        }
        match object_in_line(content) {
            Ok((fields, mended)) => {
                if mended {
                    batch.remarks.push(super::records::non_finite(number));
                }
                batch.row(number, |batch| self.row(&fields, number, batch));
            }
            Err((kind, message)) => batch.remarks.push(Remark::skipped(number, kind, message)),
        }
    }

    /// Adds what a reader of another format gives.
    pub(super) fn record(&self, record: Record, batch: &mut Batch) {
        match record {
            Record::Remark(remark) => batch.remarks.push(remark),
            Record::Row(row) => batch.row(row.line, |batch| self.row(&row.fields, row.number, batch)),
        }
    }

    fn row(&self, fields: &Map<String, Value>, number: u64, batch: &mut Batch) -> Result<(), TooLong> {
        let outputs: Vec<(Maker, Option<&Value>)> = if self.wide.is_empty() {
            let said = self.columns.model(fields).and_then(text_of::plain);
            let maker = match said.filter(|name| !name.trim().is_empty()) {
                Some(name) => Maker::Said(batch.read.push(&name)?),
                None => Maker::OfFile,
            };
            vec![(maker, self.columns.response(fields))]
        } else {
            let columns = self.wide.iter().enumerate();
            columns.map(|(index, path)| (Maker::Column(index as u32), path.get(fields))).collect()
        };
        let mut id = if self.wide.is_empty() { self.columns.id(fields) } else { None };
        let prompt_id = self.columns.prompt_id(fields);
        let reference = self.columns.reference(fields);
        let mapped = [id, prompt_id, self.columns.prompt(fields), self.columns.model(fields), reference];
        let taken: Vec<&Value> =
            outputs.iter().filter_map(|(_, value)| *value).chain(mapped.into_iter().flatten()).collect();
        // The responses of one row share it.
        let rest = if self.wanted.metadata { rest(fields, &taken) } else { None };
        let metadata = rest.map(|text| batch.kept.push(&text)).transpose()?;
        for (index, (model, value)) in outputs.into_iter().enumerate() {
            let said = match value {
                None => Err(Absent::Missing),
                Some(value) => text_of::output(value).ok_or(Absent::Null),
            };
            let as_json = said.as_ref().is_ok_and(|(_, as_json)| *as_json);
            let text = match said {
                Ok((text, _)) => Ok(batch.kept.push(&text)?),
                Err(absent) => Err(absent),
            };
            let mut draft = Draft {
                number,
                same_row: index > 0,
                model,
                text,
                as_json,
                metadata,
                id: id.take().and_then(text_of::key).map(|key| batch.read.push(&key)).transpose()?,
                prompt_id: None,
                prompt: None,
                prompt_hash: 0,
                reference: None,
            };
            if index == 0 {
                draft.prompt_id = prompt_id.and_then(text_of::key).map(|key| batch.read.push(&key)).transpose()?;
                let prompt = self.columns.prompt(fields).and_then(text_of::prompt);
                draft.prompt_hash = prompt.as_ref().map_or(0, |text| self.wanted.hash(text));
                draft.prompt = prompt.map(|text| batch.read.push(&text)).transpose()?;
                draft.reference = reference.and_then(text_of::plain).map(|text| batch.read.push(&text)).transpose()?;
            }
            batch.drafts.push(draft);
        }
        Ok(())
    }
}
