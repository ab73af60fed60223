//! CSV: one record per response, for spreadsheets and data frames.
//!
//! RFC 4180 with a header record: `id`, `prompt_id`, `model`, `score`, `passed`, `complete`, with flags `flags`, which holds
//! their ids with spaces between them, then `dimension:ID` and `criterion:ID` with their values; an empty cell is a value that is not there. Where people's
//! judgements count, `by:ID` says whose a criterion's value is. Texts, gates and spans are left out: ids lead back to
//! them.
//!
//! A spreadsheet runs a cell that begins with `=`, `+`, `-`, `@`, a tab or a carriage return as a formula, and
//! ids and models come from files of unknown origin. Such a text gets an apostrophe before it, which a
//! spreadsheet does not show. Numbers are written as numbers and never prefixed.

use super::{Format, Header, Row};
use std::borrow::Cow;

pub(super) const FORMAT: Format = Format {
    name: "csv",
    extension: "csv",
    description: "One record per response, for spreadsheets; texts that look like formulas are defused.",
    begin: header,
    row,
    tells_hits: false,
    end: b"",
};

fn header(&Header { rubric, provenance, people, flags }: &Header<'_>) -> Vec<u8> {
    let fixed = ["id", "prompt_id", "model", "score", "passed", "complete"].map(str::to_owned);
    let dimensions = rubric.dimensions.iter().map(|dimension| format!("dimension:{}", dimension.id));
    let criteria = rubric.criteria.iter().map(|criterion| format!("criterion:{}", criterion.id));
    let whose = rubric.criteria.iter().filter(|_| people).map(|criterion| format!("by:{}", criterion.id));
    let provenance = provenance.into_iter().flat_map(|_| ["rubric_sha256", "engine"].map(str::to_owned));
    let fixed = fixed.into_iter().chain(flags.then(|| "flags".to_owned()));
    record(fixed.chain(dimensions).chain(criteria).chain(whose).chain(provenance).map(Cow::Owned))
}

fn row(row: &Row<'_>) -> Vec<u8> {
    let fixed = [
        text(row.id),
        text(row.prompt_id),
        text(row.model),
        number(row.total.score),
        row.total.passed.map_or("", |passed| if passed { "true" } else { "false" }).into(),
        if row.total.is_complete() { "true" } else { "false" }.into(),
    ];
    let dimensions = row.dimensions.iter().map(|&value| number(value));
    let criteria = row.criteria.iter().map(|criterion| number(criterion.value));
    let whose =
        row.criteria.iter().filter(|_| row.people).map(|criterion| criterion.whose().unwrap_or_default().into());
    let provenance = row.provenance.into_iter().flat_map(|by| [text(&by.rubric), text(&by.engine)]);
    let flags = row.flag_ids().map(|ids| ids.collect::<Vec<_>>().join(" ").into());
    record(fixed.into_iter().chain(flags).chain(dimensions).chain(criteria).chain(whose).chain(provenance))
}

/// A text that no spreadsheet takes for a formula.
pub(super) fn text(value: &str) -> Cow<'_, str> {
    if value.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{value}").into() } else { value.into() }
}

fn number(value: Option<f64>) -> Cow<'static, str> {
    value.map_or_else(|| "".into(), |value| value.to_string().into())
}

pub(super) fn record<'a>(cells: impl Iterator<Item = Cow<'a, str>>) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    let cells: Vec<Cow<'_, str>> = cells.collect();
    writer.write_record(cells.iter().map(|cell| cell.as_bytes())).expect("writing to memory does not fail");
    writer.into_inner().expect("writing to memory does not fail")
}

#[cfg(test)]
mod tests {
    use super::{number, record, text};

    #[track_caller]
    fn check(value: &str, expected: &str) {
        assert_eq!(text(value), expected);
    }

    #[test]
    fn defuses_formulas_and_nothing_else() {
        check("=1+1", "'=1+1");
        check("+49 30", "'+49 30");
        check("-1", "'-1");
        check("@SUM(A1)", "'@SUM(A1)");
        check("\tx", "'\tx");
        check("\rx", "'\rx");
        check("a=b", "a=b");
        check("", "");
        assert_eq!(number(Some(-0.25)), "-0.25");
    }

    #[test]
    fn quotes_as_the_standard_says() {
        let cells = ["a,b", "say \"hi\"", "two\nlines", ""].map(Into::into);
        assert_eq!(record(cells.into_iter()), b"\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\r\n");
    }
}
