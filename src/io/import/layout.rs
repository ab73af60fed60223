//! How a file's rows are written: found from its content; its name only decides what the content leaves open.

use super::FileProblem;
use super::records::scan::{longest_list, skip_space, value_end};
use super::records::unfold::{Unfold, unfolding_of_document};
use super::records::{Record, for_each_record, matrix};
use crate::model::Format;
use csv::{ByteRecord, ReaderBuilder};
use std::ops::ControlFlow;

/// How a file's rows are written, in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Layout {
    /// The name for it.
    pub(super) format: Format,
    /// Where the rows are.
    pub(super) shape: Shape,
}

/// Where the rows are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// One object a line.
    Lines,
    /// A list of objects whose bracket is at `start`; `path` leads to it, empty for the whole document.
    Array {
        /// Offset of the bracket.
        start: usize,
        /// Names of the objects around it.
        path: String,
    },
    /// Objects one after the other, over several lines each; or a single one.
    Sequence,
    /// Cells between separators, the first record names the columns.
    Delimited {
        /// The separator.
        separator: u8,
    },
    /// Numbers between separators, without a header: what raters said.
    Matrix {
        /// The separator.
        separator: u8,
    },
    /// Rows that hold several.
    Unfolded {
        /// Where those rows are.
        inner: Box<Shape>,
        /// What they hold.
        unfold: Unfold,
    },
}

/// Finds the layout of `bytes`, a decoded text that is not blank, called `name`.
pub(super) fn detect(bytes: &[u8], name: &str) -> Result<Layout, FileProblem> {
    let start = skip_space(bytes, 0);
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix(".zst").unwrap_or(&name);
    let shape = match bytes.get(start) {
        Some(b'{') => objects(bytes, start, name),
        Some(b'[') if header_after_bracket(bytes, start) => delimited(bytes, name),
        Some(b'[') => Some(Shape::Array { start, path: String::new() }),
        _ => delimited(bytes, name),
    };
    let shape = shape.ok_or(FileProblem::NotATable)?;
    let format = format_of(&shape);
    if format == Format::Json {
        whole_utf8(bytes)?;
    }
    Ok(Layout { format, shape: unfolded(bytes, shape, start) })
}

fn format_of(shape: &Shape) -> Format {
    match shape {
        Shape::Lines => Format::JsonLines,
        Shape::Array { .. } | Shape::Sequence => Format::Json,
        Shape::Delimited { separator: b'\t' } | Shape::Matrix { separator: b'\t' } => Format::Tsv,
        Shape::Delimited { .. } | Shape::Matrix { .. } => Format::Csv,
        Shape::Unfolded { inner, .. } => format_of(inner),
    }
}

/// The same rows, unfolded where they are known to hold several: by what the document is, or by what the first row is.
fn unfolded(bytes: &[u8], shape: Shape, start: usize) -> Shape {
    let is_document =
        matches!(shape, Shape::Array { .. } | Shape::Sequence | Shape::Lines) && bytes.get(start) == Some(&b'{');
    if is_document
        && shape != Shape::Lines
        && let Some((inner, unfold)) = unfolding_of_document(bytes, start)
    {
        return Shape::Unfolded { inner: Box::new(inner), unfold };
    }
    if let Shape::Delimited { separator } = shape
        && matrix::is_matrix(bytes, separator)
    {
        return Shape::Matrix { separator };
    }
    let is_inside = matches!(&shape, Shape::Array { path, .. } if !path.is_empty());
    if (shape == Shape::Sequence || is_inside) && is_document && Unfold::is_keyed(bytes, start, is_inside) {
        return Shape::Unfolded { inner: Box::new(Shape::Sequence), unfold: Unfold::Keyed };
    }
    let mut unfold = None;
    let layout = Layout { format: format_of(&shape), shape };
    for_each_record(bytes, &layout, &mut |record| match record {
        Record::Row(row) => {
            unfold = Unfold::of_row(&row.fields);
            ControlFlow::Break(())
        }
        Record::Remark(_) => ControlFlow::Continue(()),
    });
    match unfold {
        Some(unfold) => Shape::Unfolded { inner: Box::new(layout.shape), unfold },
        None => layout.shape,
    }
}

/// A document that is read as a whole must be text as a whole.
fn whole_utf8(bytes: &[u8]) -> Result<(), FileProblem> {
    std::str::from_utf8(bytes).map(|_| ()).map_err(|error| {
        let byte = error.valid_up_to();
        FileProblem::NotUtf8 { byte, line: memchr::memchr_iter(b'\n', &bytes[..byte]).count() as u64 + 1 }
    })
}

/// Tells JSON Lines from one object that holds the rows.
fn objects(bytes: &[u8], start: usize, name: &str) -> Option<Shape> {
    let lines: Vec<&[u8]> =
        lines_of(&bytes[start..]).map(<[u8]>::trim_ascii).filter(|line| !line.is_empty()).take(20).collect();
    let is_object = |line: &&&[u8]| line.first() == Some(&b'{') && value_end(line, 0) == Some(line.len());
    let whole = lines.iter().filter(is_object).count();
    let first_is_whole = lines.first().as_ref().is_some_and(is_object);
    if first_is_whole && (lines.len() > 1 || !(name.ends_with(".json") || name.ends_with(".json.gz"))) {
        return Some(Shape::Lines);
    }
    let document_end = value_end(bytes, start);
    // A first line that is broken leaves brackets open, and most other lines are still objects.
    if !first_is_whole && document_end.is_none() && 2 * whole > lines.len() {
        return Some(Shape::Lines);
    }
    if document_end.is_some_and(|end| skip_space(bytes, end) < bytes.len()) {
        return Some(Shape::Sequence);
    }
    Some(longest_list(bytes, start).map_or(Shape::Sequence, |(path, start)| Shape::Array { start, path }))
}

/// All lines of `bytes`.
pub(super) fn lines_of(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut start = 0;
    memchr::memchr_iter(b'\n', bytes).chain([bytes.len()]).map(move |end| {
        let line = &bytes[start..end];
        start = end + 1;
        line
    })
}

/// Whether what begins like a JSON list is rather a table whose first name is in brackets.
fn header_after_bracket(bytes: &[u8], start: usize) -> bool {
    bytes.get(skip_space(bytes, start + 1)).is_some_and(u8::is_ascii_alphabetic)
}

/// The separator that cuts the first records into the same number of cells, and into the most.
fn delimited(bytes: &[u8], name: &str) -> Option<Shape> {
    let name = name.strip_suffix(".gz").unwrap_or(name);
    let (is_csv, is_tsv) = (name.ends_with(".csv"), name.ends_with(".tsv") || name.ends_with(".tab"));
    let candidates = if is_tsv { [b'\t', b',', b';', b'|'] } else { [b',', b'\t', b';', b'|'] };
    let mut best: Option<(u8, usize, usize)> = None;
    for separator in candidates {
        let (columns, alike) = regularity(bytes, separator);
        if columns > 1 && best.is_none_or(|(_, most_columns, most)| (alike, columns) > (most, most_columns)) {
            best = Some((separator, columns, alike));
        }
    }
    let named = is_csv || is_tsv;
    match best {
        // Prose has commas too, but no two lines with the same number of them.
        Some((separator, _, alike)) if named || alike >= 50 => Some(Shape::Delimited { separator }),
        _ if named => Some(Shape::Delimited { separator: if is_tsv { b'\t' } else { b',' } }),
        _ => None,
    }
}

/// Cells in the first record, and the percentage of the next ones that have as many.
fn regularity(bytes: &[u8], separator: u8) -> (usize, usize) {
    const RECORDS: usize = 20;
    // One quotation mark out of place must not make this read the whole file.
    const PROBE: usize = 1 << 20;
    let probe = &bytes[..bytes.len().min(PROBE)];
    let mut reader = ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(probe);
    let mut record = ByteRecord::new();
    let mut counts = Vec::new();
    while counts.len() <= RECORDS && reader.read_byte_record(&mut record).unwrap_or(false) {
        counts.push(record.len());
    }
    let Some((&columns, rest)) = counts.split_first() else { return (0, 0) };
    let alike = rest.iter().filter(|&&count| count == columns).count();
    (columns, if rest.is_empty() { 0 } else { alike * 100 / rest.len() })
}
