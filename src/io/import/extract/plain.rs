//! The short way for the common row: a flat JSON object whose mapped columns hold texts. Its texts go from the
//! line into the batch without a tree, or a copy, in between. Whatever is not so plain, and every mistake, is left
//! to the long way, which knows every shape and says what is wrong; what both can read, both read alike.

use super::Wanted;
use super::form::Form;
use super::quoted;
use crate::io::import::batch::{Arena, Batch, Draft, Kept, Maker, Slice};
use crate::io::import::column_path::ColumnPath;
use crate::io::import::records::scan::value_end;
use crate::io::import::text_of;
use crate::model::{Absent, Field, Mapping, Role};
use serde::de::IgnoredAny;

/// The columns of a mapping that names only columns, not paths into them, and no column twice.
#[derive(Debug)]
pub(super) struct PlainColumns(Vec<(String, Field)>);

/// Where a row stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'a> {
    /// What it is part of.
    pub(super) text: &'a str,
    /// Where it begins in it.
    pub(super) at: usize,
    /// Its number, from 1 on.
    pub(super) number: u64,
}

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

    /// The field that a column fills.
    pub(super) fn field(&self, column: &str) -> Option<Field> {
        self.0.iter().find(|(name, _)| name == column).map(|&(_, field)| field)
    }

    /// Adds the row of `line`; gives where the line ends. `None`, with nothing added, where it is not plain. `form` is
    /// that of the rows before, and becomes that of this one.
    pub(super) fn read(&self, line: Line<'_>, wanted: &Wanted, form: &mut Form, batch: &mut Batch) -> Option<usize> {
        let marks = (batch.kept.mark(), batch.read.mark());
        let Some((draft, end)) = self.draft(line, wanted, form, &mut batch.kept, &mut batch.read) else {
            batch.kept.back_to(marks.0);
            batch.read.back_to(marks.1);
            return None;
        };
        batch.drafts.push(draft);
        batch.rows += 1;
        Some(end)
    }

    /// The two parts of a batch are borrowed apart.
    fn draft(
        &self,
        Line { text, at, number }: Line<'_>,
        wanted: &Wanted,
        form: &mut Form,
        kept: &mut Kept,
        read: &mut Arena,
    ) -> Option<(Draft, usize)> {
        // By field: whether it was met, and its text.
        let mut found: [Option<Option<Slice>>; FIELDS] = [None; FIELDS];
        let end = form.for_each_field(self, text, at, |field, at| {
            let Some(field) = field else { return other_value(text, at) };
            let (said, end) = match field {
                _ if text.as_bytes()[at..].starts_with(b"null") => (None, at + 4),
                _ if text.as_bytes().get(at) != Some(&b'"') => return None,
                Field::Response => kept.push_quoted(text, at + 1).map(|(said, end)| (Some(said), end))?,
                _ => read.push_quoted(text, at + 1).map(|(said, end)| (Some(said), end))?,
            };
            found[field as usize] = Some(said);
            Some(end)
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
        let metadata = (wanted.metadata && form.has_others()).then(|| kept.push_all(form.others(text)));
        let draft = Draft {
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
            prompt_hash: prompt.map_or(0, |at| wanted.hash(read.get(at))),
            reference: text_of_field(Field::Reference),
        };
        Some((draft, end))
    }
}

/// Where the value at `at` ends, which no column is mapped to; `None` where something is wrong with it.
fn other_value(text: &str, at: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    match bytes.get(at)? {
        b'"' => quoted::skip(bytes, at + 1).map(|(end, _)| end),
        b'{' | b'[' => {
            // Brackets are not looked for beyond the line.
            let line = at + memchr::memchr(b'\n', &bytes[at..]).unwrap_or(bytes.len() - at);
            let end = value_end(&bytes[..line], at)?;
            is_sound(&text[at..end]).then_some(end)
        }
        _ => {
            let end = value_end(bytes, at)?;
            is_sound(text.get(at..end)?).then_some(end)
        }
    }
}

/// Whether a value that is no text is one that the long way reads, and as it stands.
fn is_sound(raw: &str) -> bool {
    const DEEP: usize = 100;
    let bytes = raw.as_bytes();
    let nested = matches!(bytes.first(), Some(b'[' | b'{'));
    let odd = if nested {
        memchr::memchr2_iter(b'[', b'{', bytes).nth(DEEP).is_some()
            || memchr::memmem::find(bytes, b"\\ud").is_some()
            || memchr::memmem::find(bytes, b"\\uD").is_some()
            || may_hold_large_number(bytes)
    } else {
        may_hold_large_number(bytes) && raw.parse::<f64>().is_ok_and(f64::is_infinite)
    };
    !odd && serde_json::from_str::<IgnoredAny>(raw).is_ok()
}

/// Whether a number may stand in `bytes` that is larger than any `f64`.
fn may_hold_large_number(bytes: &[u8]) -> bool {
    /// So many digits may make one.
    const MANY: usize = 300;
    let mut digits = 0;
    bytes.iter().any(|&byte| {
        if byte.is_ascii_digit() {
            digits += 1;
            return digits == MANY;
        }
        let exponent = digits > 0 && matches!(byte, b'e' | b'E');
        digits = 0;
        exponent
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::import::extract::Extractor;
    use foldhash::fast::RandomState;
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
        let kept = batch.kept.texts();
        let drafts = batch.drafts.iter().map(|draft| {
            let model = match draft.model {
                Maker::Said(at) => read(Some(at)),
                Maker::OfFile | Maker::Column(_) => None,
            };
            let metadata = draft.metadata.map(|at| serde_json::from_str::<Value>(at.of(kept)).unwrap());
            format!(
                "{} {model:?} {:?} {} {metadata:?} {:?} {:?} {:?} {} {:?}",
                draft.number,
                draft.text.map(|at| at.of(kept)),
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
        let wanted = || Wanted { metadata: true, hasher: Some(hasher.clone()) };
        let short = Extractor::new(&mapping(), wanted());
        let long = Extractor { plain: None, ..Extractor::new(&mapping(), wanted()) };
        let (mut by_short, mut by_long) = (Batch::default(), Batch::default());
        short.lines(lines.as_bytes(), &mut by_short);
        long.lines(lines.as_bytes(), &mut by_long);
        assert_eq!(said(&by_short), said(&by_long), "{lines}");
        // Among others that are not UTF-8 a line reads the same.
        let with_broken = [lines.as_bytes(), b"\n\xff"].concat();
        let mut among = Batch::default();
        short.lines(&with_broken, &mut among);
        assert_eq!(among.remarks.pop().and_then(|remark| remark.line), Some(among.lines), "{lines}");
        among.lines = by_short.lines;
        assert_eq!(said(&among), said(&by_short), "{lines}");
        let columns = short.plain.expect("the mapping is plain");
        let (mut batch, mut form) = (Batch::default(), Form::default());
        let plain = |line: &&str| {
            let line = Line { text: line, at: 0, number: 1 };
            columns.read(line, &wanted(), &mut form, &mut batch).is_some()
        };
        lines.lines().filter(plain).count() as u64
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
            r#"{"answer":"a","x":1e999}"#,
            r#"{"answer":"a","x":[1e999]}"#,
            "{\"answer\":\"a\",\"x\":[1,\n2]}",
            "{\"answer\":\n\"a\"}",
            "{\"answer\":\"a\"\n}",
            "{\n}",
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
