//! Rusty Object Notation as a tree that knows where everything stands.
//!
//! The `ron` crate stops at the first mistake and forgets positions. People who write rubrics by hand want all
//! mistakes at once, each at its line, so this parser never fails: it returns what it could read *and* every
//! syntax error, and goes on after a mistake at the next comma or closing bracket.
//!
//! It reads the grammar of RON except byte strings and ranges, which it reports as mistakes. `Some(x)` and `None` are
//! an ordinary tuple and an ordinary name in the tree; [`Value::optional`] interprets them.

mod lexer;
mod number;
mod parser;
mod text;

pub use number::Number;
pub use parser::parse;
pub use text::{SourceMap, Text};

use std::ops::Range;

/// How deep brackets may nest. Bounds the recursion of the parser and of whoever walks the tree.
pub const MAX_DEPTH: usize = 128;

/// How many syntax errors are kept; a file with more is not RON at all.
pub const MAX_ERRORS: usize = 200;

/// What was read of a source, and what is wrong with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tree {
    /// The one value of the file; `None` where there is none.
    pub root: Option<Value>,
    /// Mistakes, in the order of the source; at most [`MAX_ERRORS`].
    pub errors: Vec<SyntaxError>,
    /// The comments before the value, as they stand; empty where there are none.
    pub header: String,
}

/// A place where the source is not RON.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The bytes it is about; empty for a place between two characters.
    pub range: Range<usize>,
    /// What was expected and what was found, one sentence.
    pub message: String,
    /// What to do, one sentence.
    pub hint: Option<String>,
}

/// A value and the bytes it covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// From its first to its last byte, name and brackets included.
    pub range: Range<usize>,
    /// What it is.
    pub shape: Shape,
}

/// What a value is.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Unreadable; the reason is among the errors.
    Broken,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// One character in single quotes.
    Char(char),
    /// A text in double quotes, raw or not.
    Text(Text),
    /// A name alone: `Mean`, `None`.
    Name(Name),
    /// Values in round brackets, with or without a name in front: `Cap(0.5)`, `()`, `Phrases()`.
    Tuple(Option<Name>, Vec<Value>),
    /// Fields in round brackets, with or without a name in front; at least one field.
    Struct(Option<Name>, Vec<Field>),
    /// Values in square brackets.
    List(Vec<Value>),
    /// Keys and values in curly brackets.
    Map(Vec<(Value, Value)>),
}

/// A name and the bytes it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Its bytes, the `r#` of a raw name included.
    pub range: Range<usize>,
    /// The name itself.
    pub text: String,
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its value.
    pub value: Value,
}

impl SyntaxError {
    /// Adds one to `errors`. The lexer and the parser each write in the order of the source, so what is beyond
    /// the limit may as well go unwritten.
    fn note(errors: &mut Vec<Self>, range: Range<usize>, message: impl Into<String>, hint: Option<&str>) {
        if errors.len() < 2 * MAX_ERRORS {
            errors.push(Self { range, message: message.into(), hint: hint.map(str::to_owned) });
        }
    }
}

impl Value {
    /// The name in front of the value, or the name it is.
    pub fn name(&self) -> Option<&Name> {
        match &self.shape {
            Shape::Name(name) => Some(name),
            Shape::Tuple(name, _) | Shape::Struct(name, _) => name.as_ref(),
            _ => None,
        }
    }

    /// `None` for `None`, the inner value for `Some(…)`, and the value itself for all else.
    pub fn optional(&self) -> Option<&Self> {
        let mut value = self;
        loop {
            match &value.shape {
                Shape::Name(name) if name.text == "None" => return None,
                Shape::Tuple(Some(name), items) if name.text == "Some" && items.len() == 1 => value = &items[0],
                _ => return Some(value),
            }
        }
    }

    /// What it is, with its article, for a sentence: `a number`, `a list`.
    pub fn describe(&self) -> String {
        match &self.shape {
            Shape::Broken => "something unreadable".to_owned(),
            Shape::Bool(value) => format!("`{value}`"),
            Shape::Number(_) => "a number".to_owned(),
            Shape::Char(_) => "a character in single quotes".to_owned(),
            Shape::Text(_) => "a text".to_owned(),
            Shape::Name(name) => format!("`{}`", name.text),
            Shape::Tuple(Some(name), _) | Shape::Struct(Some(name), _) => format!("`{}(…)`", name.text),
            Shape::Tuple(None, _) | Shape::Struct(None, _) => "`(…)`".to_owned(),
            Shape::List(_) => "a list".to_owned(),
            Shape::Map(_) => "a map".to_owned(),
        }
    }

    /// The bytes that stand for it in a message: its name, or else its first byte where it is in brackets.
    pub fn head(&self) -> Range<usize> {
        match (&self.shape, self.name()) {
            (_, Some(name)) => name.range.clone(),
            (Shape::Tuple(..) | Shape::Struct(..) | Shape::List(_) | Shape::Map(_), None) => {
                self.range.start..self.range.start + 1
            }
            _ => self.range.clone(),
        }
    }
}
