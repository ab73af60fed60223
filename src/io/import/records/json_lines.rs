//! JSON Lines: one object a line. Only `\n` ends a line, so U+2028 inside a text stays inside.

use super::{Record, Remark, Row, Sink, object};
use serde_json::{Map, Value};
use std::ops::ControlFlow;

/// Reads every line; blank lines are nothing.
pub(super) fn read(bytes: &[u8], sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut start = 0;
    let mut line = 0;
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |found| start + found);
        line += 1;
        let content = bytes[start..end].trim_ascii();
        start = end + 1;
        if content.is_empty() {
            continue;
        }
        sink(match object_in_line(content) {
            Ok((fields, _)) => Record::Row(Row { line, number: line, end: start.min(bytes.len()), fields }),
            Err((kind, message)) => Record::Remark(Remark::skipped(line, kind, message)),
        })?;
    }
    ControlFlow::Continue(())
}

/// An object, and whether `NaN` or infinities in it were read as null.
type Object = (Map<String, Value>, bool);
/// What mistakes of the kind are about, and the mistake: see [`Remark`].
type Mistake = (&'static str, String);

/// The object in a line that is not blank.
pub(in super::super) fn object_in_line(content: &[u8]) -> Result<Object, Mistake> {
    let Ok(text) = std::str::from_utf8(content) else {
        let message = "the line is not UTF-8 and is left out; save the file as UTF-8".to_owned();
        return Err(("lines that are not UTF-8", message));
    };
    object::parse(text).map_err(|what| {
        let message = format!("the line is not a JSON object and is left out: {what}");
        ("lines that are not JSON objects", message)
    })
}
