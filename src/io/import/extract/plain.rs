//! The short way for the common row: a flat JSON object whose mapped columns hold texts. Its texts go from the
//! line into the batch without a tree, or a copy, in between. Whatever is not so plain, and every mistake, is left
//! to the long way, which knows every shape and says what is wrong; what both can read, both read alike.

use crate::io::import::batch::{Arena, Batch, Draft, Maker, Slice};
use crate::io::import::column_path::ColumnPath;
use crate::io::import::records::scan::{skip_space, string_end, value_end};
use crate::io::import::text_of;
use crate::model::{Absent, Field, Mapping, Role};
use foldhash::fast::RandomState;
use serde::de::IgnoredAny;
use std::hash::BuildHasher as _;

/// The columns of a mapping that names only columns, not paths into them, and no column twice.
#[derive(Debug)]
pub(super) struct PlainColumns(Vec<(String, Field)>);

/// Fields a row of responses may state.
const FIELDS: usize = Field::ALL.len();

impl PlainColumns {
    /// `None` where a mapping asks for more.
    pub(super) fn new(mapping: &Mapping) -> Option<Self> {
        let mut columns: Vec<(String, Field)> = Vec::with_capacity(FIELDS);
        for (&field, name) in &mapping.columns {
            if ColumnPath::new(name).root().is_some() || columns.iter().any(|(known, _)| known == name) {
                return None;
            }
            columns.push((name.clone(), field));
        }
        (mapping.role == Role::Responses && mapping.models.is_empty()).then_some(Self(columns))
    }

    /// Adds the row in `line`; false, with nothing added, where it is not plain.
    pub(super) fn read(&self, line: &str, number: u64, hasher: &RandomState, batch: &mut Batch) -> bool {
        let marks = (batch.kept.mark(), batch.read.mark());
        let Some(draft) = self.draft(line, number, hasher, &mut batch.kept, &mut batch.read) else {
            batch.kept.back_to(marks.0);
            batch.read.back_to(marks.1);
            return false;
        };
        batch.drafts.push(draft);
        batch.rows += 1;
        true
    }

    fn draft(
        &self,
        line: &str,
        number: u64,
        hasher: &RandomState,
        kept: &mut Arena,
        read: &mut Arena,
    ) -> Option<Draft> {
        // By field: whether it was met, and its text.
        let mut found: [Option<Option<Slice>>; FIELDS] = [None; FIELDS];
        let mut rest: Vec<(&str, &str)> = Vec::new();
        for_each_field(line, |key, at| {
            let Some(&(_, field)) = self.0.iter().find(|(name, _)| name == key) else {
                let (value, end) = other_value(line, at)?;
                if rest.len() == MOST_OTHERS || rest.iter().any(|(known, _)| *known == key) {
                    return None;
                }
                rest.push((key, value));
                return Some(end);
            };
            let into = if field == Field::Response { &mut *kept } else { &mut *read };
            let (text, end) = text_or_null(line, at, into)?;
            found[field as usize].replace(text).is_none().then_some(end)
        })?;
        let text_of_field = |field: Field| found[field as usize].flatten();
        let key = |field: Field| {
            let at = text_of_field(field)?;
            let text = read.get(at);
            let key = text_of::text_key(text)?;
            let skipped = key.as_ptr() as usize - text.as_ptr() as usize;
            Some(Slice { start: at.start + skipped as u32, len: key.len() as u32 })
        };
        let named = text_of_field(Field::Model).filter(|&at| !read.get(at).trim().is_empty());
        let prompt = text_of_field(Field::Prompt);
        let metadata = (!rest.is_empty()).then(|| kept.push_with(|out| write_rest(&rest, out)));
        Some(Draft {
            number,
            same_row: false,
            model: named.map_or(Maker::OfFile, Maker::Said),
            text: match found[Field::Response as usize] {
                None => Err(Absent::Missing),
                Some(None) => Err(Absent::Null),
                Some(Some(text)) => Ok(text),
            },
            as_json: false,
            metadata: metadata.transpose().ok()?,
            id: key(Field::Id),
            prompt_id: key(Field::PromptId),
            prompt,
            prompt_hash: prompt.map_or(0, |at| hasher.hash_one(read.get(at))),
            reference: text_of_field(Field::Reference),
        })
    }
}

/// More columns than this are no common row.
const MOST_OTHERS: usize = 64;

/// Gives `take` the key of every field and where its value begins; it gives where that ends. `None` where the line
/// is not one object of fields with keys free of escapes, or `take` gives it up.
fn for_each_field<'a>(line: &'a str, mut take: impl FnMut(&'a str, usize) -> Option<usize>) -> Option<()> {
    let bytes = line.as_bytes();
    // Control characters belong into no JSON text. As white space between fields they are rare.
    if bytes.iter().fold(false, |control, &byte| control | (byte < 0x20)) || bytes.first() != Some(&b'{') {
        return None;
    }
    let mut at = skip_space(bytes, 1);
    if bytes.get(at) == Some(&b'}') {
        return (at + 1 == bytes.len()).then_some(());
    }
    loop {
        if bytes.get(at) != Some(&b'"') {
            return None;
        }
        let key_end = string_end(bytes, at)?;
        let key = &line[at + 1..key_end - 1];
        let colon = skip_space(bytes, key_end);
        if bytes.get(colon) != Some(&b':') || memchr::memchr(b'\\', key.as_bytes()).is_some() {
            return None;
        }
        at = skip_space(bytes, take(key, skip_space(bytes, colon + 1))?);
        match bytes.get(at)? {
            b',' => at = skip_space(bytes, at + 1),
            b'}' => return (at + 1 == bytes.len()).then_some(()),
            _ => return None,
        }
    }
}

/// The text at `at`, unescaped into `arena`, or `None` for null; and where it ends.
fn text_or_null(line: &str, at: usize, arena: &mut Arena) -> Option<(Option<Slice>, usize)> {
    let bytes = line.as_bytes();
    if bytes[at..].starts_with(b"null") {
        return Some((None, at + 4));
    }
    if bytes.get(at) != Some(&b'"') {
        return None;
    }
    let mut end = None;
    let text = arena.push_with(|out| end = unescape(line, at + 1, out)).ok()?;
    Some((Some(text), end?))
}

/// Writes the string whose first byte is at `at`; gives the offset after its closing quote.
fn unescape(line: &str, mut at: usize, out: &mut String) -> Option<usize> {
    let bytes = line.as_bytes();
    loop {
        let found = at + memchr::memchr2(b'"', b'\\', &bytes[at..])?;
        out.push_str(&line[at..found]);
        if bytes[found] == b'"' {
            return Some(found + 1);
        }
        at = found + 2;
        out.push(match bytes.get(found + 1)? {
            b'n' => '\n',
            b't' => '\t',
            b'r' => '\r',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            escaped @ (b'"' | b'\\' | b'/') => char::from(*escaped),
            b'u' => {
                let mut unit = u32::from(hex(bytes, at)?);
                at += 4;
                if (0xd800..0xdc00).contains(&unit) {
                    let low = u32::from(hex(bytes, at + 2).filter(|_| bytes[at..].starts_with(b"\\u"))?);
                    if !(0xdc00..0xe000).contains(&low) {
                        return None;
                    }
                    unit = 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00);
                    at += 6;
                }
                // Half of a pair is no character.
                char::from_u32(unit)?
            }
            _ => return None,
        });
    }
}

/// The four hexadecimal digits at `at`.
fn hex(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 4)?.iter().try_fold(0, |value, &digit| Some(value << 4 | char::from(digit).to_digit(16)? as u16))
}

/// The value at `at` as it is written, where nothing is wrong with it; and where it ends.
fn other_value(line: &str, at: usize) -> Option<(&str, usize)> {
    let end = value_end(line.as_bytes(), at)?;
    let value = &line[at..end];
    (!is_odd(value) && serde_json::from_str::<IgnoredAny>(value).is_ok()).then_some((value, end))
}

/// What the long way looks at more closely: deep nesting, and halves of characters.
fn is_odd(raw: &str) -> bool {
    const DEEP: usize = 100;
    let bytes = raw.as_bytes();
    let nested = matches!(bytes.first(), Some(b'[' | b'{'));
    (nested && memchr::memchr2_iter(b'[', b'{', bytes).nth(DEEP).is_some())
        || memchr::memmem::find(bytes, b"\\ud").is_some()
        || memchr::memmem::find(bytes, b"\\uD").is_some()
}

/// The columns that are not mapped, as a JSON object. Nothing in their keys is escaped.
fn write_rest(rest: &[(&str, &str)], out: &mut String) {
    let mut before = '{';
    for (key, value) in rest {
        out.push(before);
        out.push('"');
        out.push_str(key);
        out.push_str("\":");
        out.push_str(value);
        before = ',';
    }
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::import::extract::Extractor;
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn mapping() -> Mapping {
        let columns = [
            (Field::Id, "id"),
            (Field::PromptId, "qid"),
            (Field::Prompt, "question"),
            (Field::Response, "answer"),
            (Field::Model, "model"),
            (Field::Reference, "gold"),
        ];
        Mapping {
            role: Role::Responses,
            columns: columns.into_iter().map(|(field, name)| (field, name.to_owned())).collect(),
            ..Mapping::default()
        }
    }

    /// Everything a batch says, in words.
    fn said(batch: &Batch) -> Vec<String> {
        let read = |at: Option<Slice>| at.map(|at| batch.read.get(at).to_owned());
        let drafts = batch.drafts.iter().map(|draft| {
            let model = match draft.model {
                Maker::Said(at) => read(Some(at)),
                Maker::OfFile | Maker::Column(_) => None,
            };
            let metadata = draft.metadata.map(|at| serde_json::from_str::<Value>(batch.kept.get(at)).unwrap());
            format!(
                "{} {model:?} {:?} {} {metadata:?} {:?} {:?} {:?} {} {:?}",
                draft.number,
                draft.text.map(|at| batch.kept.get(at)),
                draft.as_json,
                read(draft.id),
                read(draft.prompt_id),
                read(draft.prompt),
                draft.prompt_hash,
                read(draft.reference),
            )
        });
        let remarks = batch.remarks.iter().map(|remark| format!("{:?} {}", remark.line, remark.message));
        drafts.chain(remarks).chain([format!("{} {}", batch.rows, batch.lines)]).collect()
    }

    /// Reads `lines` both ways; how many of them the short way took.
    #[track_caller]
    fn check(lines: &str) -> u64 {
        let hasher = RandomState::default();
        let short = Extractor::new(&mapping(), hasher.clone());
        let long = Extractor { plain: None, ..Extractor::new(&mapping(), hasher.clone()) };
        let (mut by_short, mut by_long) = (Batch::default(), Batch::default());
        short.lines(lines.as_bytes(), &mut by_short);
        long.lines(lines.as_bytes(), &mut by_long);
        assert_eq!(said(&by_short), said(&by_long), "{lines}");
        let columns = short.plain.expect("the mapping is plain");
        let mut batch = Batch::default();
        lines.lines().filter(|line| columns.read(line, 1, &hasher, &mut batch)).count() as u64
    }

    #[test]
    fn plain_rows_take_the_short_way() {
        let row = json!({"id": " 7.0 ", "qid": "q1", "question": "Why?\n\"So\"", "answer": "Because é 😀", "model": "m",
            "gold": "", "x": {"y": [1, "z"]}, "n": 1.5});
        let ascii = r#"{"id":"a","answer":"caf\u00e9 \ud83d\ude00\t","extra":null}"#;
        assert_eq!(check(&format!("{row}\n{ascii}\n\n{{\"answer\":null,\"model\":\" \"}}\r\n{{}}")), 4);
    }

    #[test]
    fn what_is_not_plain_reads_as_ever() {
        for line in [
            r#"{"id":7,"answer":"a"}"#,
            r#"{"answer":["a"]}"#,
            r#"{"answer":"a","answer":"b"}"#,
            r#"{"x":1,"answer":"a","x":2}"#,
            r#"{"\u0061nswer":"a"}"#,
            r#"{"answer":"\ud800"}"#,
            r#"{"answer":"a","x":"\udc00"}"#,
            r#"{"answer":"a","x":NaN}"#,
            r#"{"answer":"a"} rest"#,
            r#"{"answer":"a""#,
            r#"["answer"]"#,
            r#"{"answer":"a",}"#,
            r#"{,"answer":"a"}"#,
            r#"{"answer" "a"}"#,
            r#"{"answer":"a\x"}"#,
            r#"{"answer":"\u12g4"}"#,
            r#"{"answer":nulls}"#,
            r#"{"answer":"a","x":tru}"#,
            r#"{"answer":"a","x":[1,}"#,
            r#"{"answer":"a","x":"\q"}"#,
            "{\"answer\":\"a\u{1}\"}",
            "{\"answer\":\"a\",\"x\":\"\u{1f}\"}",
        ] {
            assert_eq!(check(line), 0, "{line}");
        }
        let deep = format!("{{\"answer\":\"a\",\"x\":{}{}}}", "[".repeat(150), "]".repeat(150));
        assert_eq!(check(&deep), 0);
    }

    proptest! {
        #[test]
        fn both_ways_say_the_same(
            rows in prop::collection::vec(
                prop::collection::vec((prop::sample::select(vec!["id", "qid", "question", "answer", "model", "gold", "x", "ÿ"]), value()), 0..8),
                0..6,
            ),
            escaped in any::<bool>(),
        ) {
            let lines: Vec<String> = rows.iter().map(|fields| {
                let fields: Vec<String> = fields.iter().map(|(key, value)| format!("\"{key}\": {value}")).collect();
                format!("{{{}}}", fields.join(", "))
            }).collect();
            let mut text = lines.join("\n");
            if escaped {
                text = text.chars().map(|c| if c.is_ascii() { c.to_string() } else {
                    let mut units = [0; 2];
                    c.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")).collect()
                }).collect();
            }
            check(&text);
        }
    }

    fn value() -> impl Strategy<Value = String> {
        prop_oneof![
            4 => ".{0,12}".prop_map(|text| Value::String(text).to_string()),
            1 => Just("null".to_owned()),
            1 => any::<i32>().prop_map(|number| number.to_string()),
            1 => Just("[true, {\"a\": \" b \"}]".to_owned()),
        ]
    }
}
