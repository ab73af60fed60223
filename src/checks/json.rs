//! Is the text, or a part of it, JSON, and does it fit a schema?

use super::code_block::is_in;
use super::params::{Choice, Choices, Param, ParamVisitor, Parameters, TextKind};
use super::{CheckKind, Doc, Evidence, Input, ParamProblem, Reason, Run, Verdict};
use crate::text::{LineIndex, Span, fences};
use jsonschema::Validator;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;
use std::fmt;
use std::ops::Range;

/// Parameters of the `Json` check.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Json {
    /// Where the JSON is.
    pub find: FindJson,
    /// A JSON Schema it must fit; empty for none.
    pub schema: String,
}

/// Where a text's JSON is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FindJson {
    /// It is the whole text, white space aside.
    #[default]
    WholeText,
    /// It is the first fenced block marked `json`, or else the first object or array that parses.
    FirstBlock,
}

impl Choices for FindJson {
    const ALL: &'static [Choice] = &[
        Choice { name: "WholeText", label: "the whole text", help: "Nothing but JSON may stand there.", count: None },
        Choice {
            name: "FirstBlock",
            label: "the first block",
            help: "The first fenced block marked json, or else the first object or array that parses.",
            count: None,
        },
    ];

    fn get(self) -> (usize, u32) {
        (self as usize, 0)
    }

    fn from_parts(index: usize, _: u32) -> Self {
        if index == 0 { Self::WholeText } else { Self::FirstBlock }
    }
}

impl Parameters for Json {
    fn visit(&mut self, visitor: &mut dyn ParamVisitor) {
        visitor.pick(Param { name: "find", label: "Look at", help: "Where the JSON is." }, &mut self.find);
        visitor.text(
            Param { name: "schema", label: "Schema", help: "A JSON Schema it must fit; empty for none." },
            TextKind::Code,
            &mut self.schema,
        );
    }
}

impl CheckKind for Json {
    type Compiled = CompiledJson;
    const DOC: Doc = Doc {
        title: "JSON",
        summary: "Scores 1 if the text holds valid JSON that fits the schema, else 0.",
        details: "The evidence is the JSON; it counts against where it breaks the schema. What is wrong is named with \
                  its place: the line and column of a mistake in the JSON, the path of a value that breaks the \
                  schema (the first 20 of them). A fenced block marked `json` is taken even if it does not parse. \
                  Nothing nested more than 127 deep parses. A schema may refer to parts of itself and to the published \
                  drafts of JSON Schema, to nothing else. A `pattern` in it that gives up at its step limit leaves \
                  the check undecided.",
        example: r##"Json(find: FirstBlock, schema: r#"{"type": "object", "required": ["answer"]}"#)"##,
    };

    fn compile(&self, _: usize) -> Result<CompiledJson, Vec<ParamProblem>> {
        let schema = if self.schema.trim().is_empty() { None } else { Some(compile_schema(&self.schema)?) };
        Ok(CompiledJson { find: self.find, schema })
    }
}

fn compile_schema(schema: &str) -> Result<Validator, Vec<ParamProblem>> {
    let one = |problem: ParamProblem| vec![problem];
    let value: Value = serde_json::from_str(schema).map_err(|error| {
        let problem = ParamProblem::new("schema", format!("The schema is not JSON: {}.", words(&error)));
        one(problem.at(offset(schema, &error)).hint("Correct this place."))
    })?;
    jsonschema::options().offline().build(&value).map_err(|error| {
        one(match error.kind() {
            ValidationErrorKind::Referencing(error) => {
                ParamProblem::new("schema", format!("A reference leads nowhere: {error}."))
                    .hint("Refer to a part of this schema, as in `#/$defs/name`; nothing is fetched.")
            }
            _ => {
                let place = error.instance_path().as_str();
                let place = if place.is_empty() { "its top" } else { place };
                ParamProblem::new("schema", format!("This is not a JSON Schema: at {place}, {}.", error.masked()))
                    .hint("Correct this keyword.")
            }
        })
    })
}

/// What a JSON parser says, without the place it appends.
fn words(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.as_str(), |(words, _)| words).to_owned()
}

/// The byte of `text` at which the parser of all of it stopped, on a character boundary.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let line = error.line().saturating_sub(1);
    let newline = line.checked_sub(1).and_then(|nth| memchr::memchr_iter(b'\n', text.as_bytes()).nth(nth));
    let start = newline.map_or(0, |at| at + 1);
    text.floor_char_boundary((start + error.column().saturating_sub(1)).min(text.len()))
}

/// [`Json`] ready to run.
#[derive(Debug)]
pub(super) struct CompiledJson {
    find: FindJson,
    schema: Option<Validator>,
}

/// How many breaches of a schema are named.
const SHOWN: usize = 20;

impl Run for CompiledJson {
    fn run<E: Evidence>(&self, input: &Input<'_>, evidence: &mut E) -> Verdict {
        let text = input.text;
        let place = match self.find {
            FindJson::WholeText => Some(trimmed(text, 0..text.len())),
            FindJson::FirstBlock => fences(text)
                .iter()
                .find(|fence| is_in(text, fence, "json"))
                .map(|fence| trimmed(text, fence.code.clone())),
        };
        let (place, value) = match place {
            Some(place) => match serde_json::from_str(&text[place.clone()]) {
                Ok(value) => (place, value),
                Err(error) => {
                    evidence.missing(format_args!("valid JSON: {}", Mistake { text, place, error }));
                    return Verdict::Value(0.0);
                }
            },
            None => match first_value(text) {
                Some(found) => found,
                None => {
                    evidence.missing(format_args!("valid JSON: no block marked json, and no object or array"));
                    return Verdict::Value(0.0);
                }
            },
        };
        let Some(schema) = &self.schema else {
            evidence.found(Span::new(place), false);
            return Verdict::Value(1.0);
        };
        let breaches: Vec<_> = schema.iter_errors(&value).collect();
        if breaches.iter().any(|breach| gave_up(breach.kind())) {
            return Verdict::Invalid(Reason::StepLimit);
        }
        evidence.found(Span::new(place), !breaches.is_empty());
        for breach in breaches.iter().take(SHOWN) {
            let path = breach.instance_path().as_str();
            let at = if path.is_empty() { "the top" } else { path };
            evidence.missing(format_args!("JSON that fits the schema: at {at}, {}", breach.masked()));
        }
        Verdict::met(breaches.is_empty())
    }
}

/// Whether a `pattern` in the schema could not be decided.
fn gave_up(kind: &ValidationErrorKind) -> bool {
    matches!(kind, ValidationErrorKind::BacktrackLimitExceeded { .. } | ValidationErrorKind::RegexEngineFailure { .. })
}

/// `range` without white space at its ends, and without a byte order mark.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let start = part.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    let start = range.end - start.len();
    start..start + text[start..range.end].trim_end().len()
}

/// The first object or array of `text` that parses, and its value.
///
/// What nests too deeply for the parser is looked into from where it gave up. So a byte is read again only by
/// attempts that are open around it, of which there are at most 127 (twice that, as quotes can be taken for
/// opening or closing): time is linear.
fn first_value(text: &str) -> Option<(Range<usize>, Value)> {
    let mut from = 0;
    loop {
        let start = from + memchr::memchr2(b'{', b'[', &text.as_bytes()[from..])?;
        let mut values = serde_json::Deserializer::from_str(&text[start..]).into_iter::<Value>();
        match values.next()? {
            Ok(value) => return Some((start..start + values.byte_offset(), value)),
            Err(error) if words(&error) == "recursion limit exceeded" => {
                from = start + offset(&text[start..], &error).max(1);
            }
            Err(_) => from = start + 1,
        }
    }
}

/// A mistake in the JSON at `place`, told with its place in all of the text.
struct Mistake<'a> {
    text: &'a str,
    place: Range<usize>,
    error: serde_json::Error,
}

impl fmt::Display for Mistake<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = self.place.start + offset(&self.text[self.place.clone()], &self.error);
        let (line, column) = LineIndex::new(self.text).line_column(self.text, at);
        write!(f, "{} at line {line} column {column}", words(&self.error))
    }
}
