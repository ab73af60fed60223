//! Apache Parquet: one record per response, in columns.
//!
//! The columns are those of CSV: `id`, `prompt_id`, `model`, `score`, `passed`, `complete`, with flags a list `flags` of their
//! ids, then `dimension:ID` and
//! `criterion:ID` with their values, `hits:ID` with the places each check rests on, and where people's judgements count
//! `by:ID`, which says whose a value is. What is not there is null. Compressed with Snappy, in groups of at most
//! [`GROUP`] rows.

use super::{Row, Scored};
use crate::scoring::Progress;
use parquet::basic::Compression;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int32Type};
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::parser::parse_message_type;
use std::fmt::Write as _;
use std::io::{self, Write};
use std::sync::Arc;

/// Rows of one group: enough to compress well, few enough to hold.
const GROUP: usize = 1 << 16;

pub(super) fn write(scored: &Scored<'_>, out: &mut (dyn Write + Send), progress: &Progress) -> io::Result<bool> {
    written(scored, out, progress).map_err(|error| match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    })
}

fn written(scored: &Scored<'_>, out: &mut (dyn Write + Send), progress: &Progress) -> Result<bool> {
    progress.start(scored.len());
    let schema = Arc::new(parse_message_type(&schema(scored))?);
    let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(out, schema, Arc::new(properties))?;
    for start in (0..scored.len()).step_by(GROUP) {
        if progress.is_cancelled() {
            return Ok(false);
        }
        let rows = scored.rows(start..scored.len().min(start + GROUP));
        let mut group = writer.next_row_group()?;
        columns(scored, &rows, &mut group)?;
        group.close()?;
        progress.advance(rows.len());
    }
    writer.close()?;
    Ok(true)
}

/// Ids hold letters, digits, `-`, `_` and `.`, which names of columns may; `:` is kept out of the schema's own language.
fn schema(scored: &Scored<'_>) -> String {
    let mut out = "message scores { required binary id (STRING); required binary prompt_id (STRING); required binary \
                   model (STRING); optional double score; optional boolean passed; required boolean complete; "
        .to_owned();
    if scored.flags.is_some() {
        out.push_str("required group flags (LIST) { repeated group list { required binary element (STRING); } } ");
    }
    let rubric = scored.rubric;
    let mut add = |kind: &str, name: &str, of: &str| {
        write!(out, "optional {kind} {name}:{of}{}; ", if kind == "binary" { " (STRING)" } else { "" })
            .expect("a String takes everything");
    };
    rubric.dimensions.iter().for_each(|dimension| add("double", "dimension", &dimension.id));
    rubric.criteria.iter().for_each(|criterion| add("double", "criterion", &criterion.id));
    rubric.criteria.iter().for_each(|criterion| add("int32", "hits", &criterion.id));
    if scored.people.is_some() {
        rubric.criteria.iter().for_each(|criterion| add("binary", "by", &criterion.id));
    }
    out.push('}');
    out
}

/// Writes the columns in the schema's order.
fn columns<W: Write + Send>(
    scored: &Scored<'_>,
    rows: &[Row<'_>],
    group: &mut SerializedRowGroupWriter<'_, W>,
) -> Result<()> {
    let words = |text: &str| ByteArray::from(text.as_bytes().to_vec());
    all::<ByteArrayType, _>(group, rows.iter().map(|row| words(row.id)))?;
    all::<ByteArrayType, _>(group, rows.iter().map(|row| words(row.prompt_id)))?;
    all::<ByteArrayType, _>(group, rows.iter().map(|row| words(row.model)))?;
    some::<DoubleType, _>(group, rows.iter().map(|row| row.total.score))?;
    some::<BoolType, _>(group, rows.iter().map(|row| row.total.passed))?;
    all::<BoolType, _>(group, rows.iter().map(|row| row.total.is_complete()))?;
    if scored.flags.is_some() {
        lists(group, rows.iter().map(|row| row.flag_ids().into_iter().flatten().map(words).collect()))?;
    }
    for at in 0..scored.rubric.dimensions.len() {
        some::<DoubleType, _>(group, rows.iter().map(|row| row.dimensions[at]))?;
    }
    let criteria = 0..scored.rubric.criteria.len();
    for at in criteria.clone() {
        some::<DoubleType, _>(group, rows.iter().map(|row| row.criteria[at].value))?;
    }
    for at in criteria.clone() {
        let hits = |row: &Row<'_>| i32::try_from(row.criteria[at].hits).unwrap_or(i32::MAX);
        some::<Int32Type, _>(group, rows.iter().map(|row| Some(hits(row))))?;
    }
    if scored.people.is_some() {
        for at in criteria {
            some::<ByteArrayType, _>(group, rows.iter().map(|row| row.criteria[at].whose().map(words)))?;
        }
    }
    Ok(())
}

fn all<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: impl Iterator<Item = T::T>,
) -> Result<()> {
    let values: Vec<T::T> = values.collect();
    put::<T, W>(group, &values, None, None)
}

fn some<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: impl Iterator<Item = Option<T::T>>,
) -> Result<()> {
    let values: Vec<Option<T::T>> = values.collect();
    let levels: Vec<i16> = values.iter().map(|value| i16::from(value.is_some())).collect();
    let there: Vec<T::T> = values.into_iter().flatten().collect();
    put::<T, W>(group, &there, Some(&levels), None)
}

/// A list a row: an element repeats the row after the first, and an empty list is there without one.
fn lists<W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    lists: impl Iterator<Item = Vec<ByteArray>>,
) -> Result<()> {
    let (mut values, mut levels, mut repeats) = (Vec::new(), Vec::new(), Vec::new());
    for list in lists {
        levels.extend(std::iter::repeat_n(i16::from(!list.is_empty()), list.len().max(1)));
        repeats.extend((0..list.len().max(1)).map(|at| i16::from(at > 0)));
        values.extend(list);
    }
    put::<ByteArrayType, W>(group, &values, Some(&levels), Some(&repeats))
}

fn put<T: DataType, W: Write + Send>(
    group: &mut SerializedRowGroupWriter<'_, W>,
    values: &[T::T],
    levels: Option<&[i16]>,
    repeats: Option<&[i16]>,
) -> Result<()> {
    let Some(mut column) = group.next_column()? else {
        return Err(ParquetError::General("the schema has fewer columns than are written".to_owned()));
    };
    column.typed::<T>().write_batch(values, levels, repeats)?;
    column.close()
}
