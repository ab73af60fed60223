//! JSON Lines: one object a line. Only `\n` ends a line, so U+2028 inside a text stays inside.

use super::{Record, Remark, Row, Sink, object};
use crate::model::Severity;
use std::ops::ControlFlow;

/// Reads every line; blank lines are nothing.
pub(super) fn read(bytes: &[u8], sink: &mut Sink<'_>) -> ControlFlow<()> {
    let mut start = 0;
    let mut line = 0;
    let mut told_non_finite = false;
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |found| start + found);
        line += 1;
        let content = bytes[start..end].trim_ascii();
        start = end + 1;
        if content.is_empty() {
            continue;
        }
        let skipped =
            |kind, message| Record::Remark(Remark { severity: Severity::Skipped, line: Some(line), kind, message });
        let Ok(text) = std::str::from_utf8(content) else {
            sink(skipped(
                "lines that are not UTF-8",
                "the line is not UTF-8 and is left out; save the file as UTF-8".to_owned(),
            ))?;
            continue;
        };
        match object::parse(text) {
            Ok((fields, mended)) => {
                if mended && !told_non_finite {
                    told_non_finite = true;
                    sink(Record::Remark(super::json::non_finite(line)))?;
                }
                sink(Record::Row(Row { line, number: line, end: start.min(bytes.len()), fields }))?;
            }
            Err(what) => {
                let message = format!("the line is not a JSON object and is left out: {what}");
                sink(skipped("lines that are not JSON objects", message))?;
            }
        }
    }
    ControlFlow::Continue(())
}
