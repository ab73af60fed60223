//! The short way for the common row: a flat JSON object whose mapped columns hold texts. Its texts go from the
//! line into the batch without a tree in between. Whatever is not so plain is left to the long way, which knows
//! every shape; both give the same.

use crate::io::import::batch::{Arena, Batch, Draft, Maker, Slice};
use crate::io::import::column_path::ColumnPath;
use crate::io::import::text_of;
use crate::model::{Absent, Field, Mapping, Role};
use foldhash::fast::RandomState;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::fmt;
use std::hash::BuildHasher as _;

/// The columns of a mapping that names only columns, not paths into them, and no column twice.
#[derive(Debug)]
pub(super) struct PlainColumns(Vec<(String, Field)>);

/// Fields a row of responses may state, as indices into what was found.
const FIELDS: usize = 6;

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
        let mut deserializer = serde_json::Deserializer::from_str(line);
        let row = Row { columns: self, kept: &mut batch.kept, read: &mut batch.read, number, hasher };
        let read = deserializer.deserialize_map(row).and_then(|draft| deserializer.end().map(|()| draft));
        let Ok(draft) = read else {
            batch.kept.back_to(marks.0);
            batch.read.back_to(marks.1);
            return false;
        };
        batch.drafts.push(draft);
        batch.rows += 1;
        true
    }
}

/// Reads one object.
struct Row<'a> {
    columns: &'a PlainColumns,
    kept: &'a mut Arena,
    read: &'a mut Arena,
    number: u64,
    hasher: &'a RandomState,
}

impl<'de> Visitor<'de> for Row<'_> {
    type Value = Draft;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a flat object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Draft, A::Error> {
        let Self { columns, kept, read, number, hasher } = self;
        // In the order of `Field`: whether it was met, and its text.
        let mut found: [Option<Option<Slice>>; FIELDS] = [None; FIELDS];
        let mut rest: Vec<(&'de str, &'de RawValue)> = Vec::new();
        while let Some(key) = map.next_key_seed(BorrowedKey)? {
            match columns.0.iter().find(|(name, _)| name == key) {
                Some(&(_, field)) => {
                    let into = if field == Field::Response { &mut *kept } else { &mut *read };
                    let text = map.next_value_seed(TextInto(into))?;
                    if found[field as usize].replace(text).is_some() {
                        return Err(not_plain());
                    }
                }
                None => {
                    let value: &'de RawValue = map.next_value()?;
                    if rest.len() == MOST_OTHERS || rest.iter().any(|(known, _)| *known == key) || is_odd(value.get()) {
                        return Err(not_plain());
                    }
                    rest.push((key, value));
                }
            }
        }
        let text_of_field = |field: Field| found[field as usize].flatten();
        let key = |field: Field, read: &Arena| {
            let at = text_of_field(field)?;
            let text = read.get(at);
            let key = text_of::text_key(text)?;
            let skipped = key.as_ptr() as usize - text.as_ptr() as usize;
            Some(Slice { start: at.start + skipped as u32, len: key.len() as u32 })
        };
        let named = text_of_field(Field::Model).filter(|&at| !read.get(at).trim().is_empty());
        let prompt = text_of_field(Field::Prompt);
        let metadata = if rest.is_empty() { None } else { Some(kept.push_with(|out| write_rest(&rest, out))) };
        Ok(Draft {
            number,
            same_row: false,
            model: named.map_or(Maker::OfFile, Maker::Said),
            text: match found[Field::Response as usize] {
                None => Err(Absent::Missing),
                Some(None) => Err(Absent::Null),
                Some(Some(text)) => Ok(text),
            },
            as_json: false,
            metadata: metadata.transpose().map_err(|_| not_plain::<A::Error>())?,
            id: key(Field::Id, read),
            prompt_id: key(Field::PromptId, read),
            prompt,
            prompt_hash: prompt.map_or(0, |at| hasher.hash_one(read.get(at))),
            reference: text_of_field(Field::Reference),
        })
    }
}

/// More columns than this are no common row.
const MOST_OTHERS: usize = 64;

/// What the long way looks at more closely: deep nesting, and halves of characters.
fn is_odd(raw: &str) -> bool {
    const DEEP: usize = 100;
    let bytes = raw.as_bytes();
    let nested = matches!(bytes.first(), Some(b'[' | b'{'));
    (nested && memchr::memchr2_iter(b'[', b'{', bytes).nth(DEEP).is_some())
        || memchr::memmem::find(bytes, b"\\ud").is_some()
        || memchr::memmem::find(bytes, b"\\uD").is_some()
}

fn not_plain<E: Error>() -> E {
    E::custom("not plain")
}

/// The columns that are not mapped, as a JSON object. The keys were borrowed, so nothing in them is escaped.
fn write_rest(rest: &[(&str, &RawValue)], out: &mut String) {
    let mut before = '{';
    for (key, value) in rest {
        out.push(before);
        out.push('"');
        out.push_str(key);
        out.push_str("\":");
        out.push_str(value.get());
        before = ',';
    }
    out.push('}');
}

/// A key without escapes.
struct BorrowedKey;

impl<'de> DeserializeSeed<'de> for BorrowedKey {
    type Value = &'de str;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<&'de str, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for BorrowedKey {
    type Value = &'de str;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a plain key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<&'de str, E> {
        Ok(key)
    }
}

/// A text, put into an arena; `None` for null.
struct TextInto<'a>(&'a mut Arena);

impl<'de> DeserializeSeed<'de> for TextInto<'_> {
    type Value = Option<Slice>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Slice>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl Visitor<'_> for TextInto<'_> {
    type Value = Option<Slice>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<Slice>, E> {
        self.0.push(text).map(Some).map_err(|_| not_plain())
    }

    fn visit_unit<E: Error>(self) -> Result<Option<Slice>, E> {
        Ok(None)
    }
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
