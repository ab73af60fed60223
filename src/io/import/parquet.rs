//! Apache Parquet: its rows as the lines of JSON they would be.

use super::FileProblem;
use bytes::Bytes;
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::{Field, List, Row};
use serde_json::{Map, Value, json};
use std::panic::catch_unwind;

/// How such a file begins, and ends.
pub(super) const MARK: &[u8; 4] = b"PAR1";

/// The rows of `packed` as JSON Lines.
///
/// # Errors
/// When the file is damaged or packed in a way that is not read, with the row where that shows.
pub(super) fn lines(packed: Vec<u8>) -> Result<Vec<u8>, FileProblem> {
    // The library panics on some damaged files. It works on a copy of its own, so nothing is left half done.
    let read = catch_unwind(|| unpack(Bytes::from(packed)));
    read.unwrap_or_else(|_| Err(FileProblem::Unreadable("the Parquet data is damaged".to_owned())))
}

fn unpack(packed: Bytes) -> Result<Vec<u8>, FileProblem> {
    let unreadable = |row: usize, error: &dyn std::fmt::Display| match error.to_string() {
        why if why.contains("Disabled feature") => FileProblem::Foreign {
            what: "a Parquet file that is not packed with Snappy",
            advice: "write it again with Snappy, or convert it to JSON Lines, for instance with DuckDB or pandas",
        },
        why => FileProblem::Unreadable(format!("the Parquet data is damaged at row {row}: {why}")),
    };
    let reader = SerializedFileReader::new(packed).map_err(|error| unreadable(1, &error))?;
    let rows = reader.get_row_iter(None).map_err(|error| unreadable(1, &error))?;
    let mut lines = Vec::new();
    for (index, row) in rows.enumerate() {
        let row = row.map_err(|error| unreadable(index + 1, &error))?;
        serde_json::to_writer(&mut lines, &object(&row)).map_err(|error| unreadable(index + 1, &error))?;
        lines.push(b'\n');
    }
    Ok(lines)
}

fn object(row: &Row) -> Value {
    let fields = row.get_column_iter().map(|(name, field)| (name.clone(), value(field)));
    Value::Object(fields.collect::<Map<String, Value>>())
}

fn list(list: &List) -> Value {
    Value::Array(list.elements().iter().map(value).collect())
}

/// A value as JSON has it. Times are milliseconds, days and decimals as they are written; NaN is null.
fn value(field: &Field) -> Value {
    match field {
        Field::Null => Value::Null,
        Field::Bool(it) => json!(it),
        Field::Byte(it) => json!(it),
        Field::Short(it) => json!(it),
        Field::Int(it) => json!(it),
        Field::Long(it) => json!(it),
        Field::UByte(it) => json!(it),
        Field::UShort(it) => json!(it),
        Field::UInt(it) => json!(it),
        Field::ULong(it) => json!(it),
        Field::Float16(it) => json!(it.to_f64()),
        // 0.1 stays 0.1: through its shortest form, not through its bits.
        Field::Float(it) => it.to_string().parse::<f64>().map_or(Value::Null, |it| json!(it)),
        Field::Double(it) => json!(it),
        Field::Str(it) => json!(it),
        Field::Bytes(it) => match std::str::from_utf8(it.data()) {
            Ok(text) => json!(text),
            Err(_) => json!(format!("({} bytes)", it.data().len())),
        },
        Field::TimestampMillis(it) => json!(it),
        Field::TimestampMicros(it) => json!(it.div_euclid(1000)),
        Field::Group(row) => object(row),
        Field::ListInternal(it) => list(it),
        Field::MapInternal(map) => {
            let key = |key: &Field| match value(key) {
                Value::String(text) => text,
                other => other.to_string(),
            };
            Value::Object(map.entries().iter().map(|(name, it)| (key(name), value(it))).collect())
        }
        other => json!(other.to_string()),
    }
}
