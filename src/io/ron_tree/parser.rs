//! Tokens → tree, by recursive descent that goes on after a mistake.

use super::lexer::{Bracket, Token, TokenKind, is_blank, tokens};
use super::{Field, MAX_DEPTH, MAX_ERRORS, Name, Shape, SyntaxError, Tree, Value, number, text};
use crate::text::LineIndex;
use std::ops::Range;

/// Reads `source`, whatever it holds, in time linear in its length.
pub fn parse(source: &str) -> Tree {
    let lexed = tokens(source);
    let mut parser = Parser {
        source,
        tokens: lexed.tokens,
        at: 0,
        errors: lexed.errors,
        cut_off: lexed.cut_off,
        open: [0; 3],
        lines: LineIndex::new(source),
    };
    let header = parser.header();
    let root = parser.root();
    parser.errors.sort_by_key(|error| error.range.start);
    parser.errors.truncate(MAX_ERRORS);
    Tree { root, errors: parser.errors, header }
}

struct Parser<'s> {
    source: &'s str,
    tokens: Vec<Token>,
    at: usize,
    errors: Vec<SyntaxError>,
    cut_off: bool,
    /// How many brackets of each kind are open.
    open: [usize; 3],
    lines: LineIndex,
}

/// Whether an item of a sequence could be read to its end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    Whole,
    Broken,
}

impl Parser<'_> {
    /// Skips attributes such as `#![enable(implicit_some)]` and gathers the comments around them.
    fn header(&mut self) -> String {
        let mut comments = Vec::new();
        let mut end = if self.source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        loop {
            let blank = self.source[end..self.peek().range.start].trim_matches(is_blank);
            if !blank.is_empty() {
                comments.push(blank);
            }
            let marks = self.is_unknown(0, "#") && self.is_unknown(1, "!");
            if !marks || self.peek_at(2) != &TokenKind::Open(Bracket::Square) {
                return comments.join("\n");
            }
            self.at += 2;
            self.skip_brackets();
            end = self.end();
        }
    }

    fn root(&mut self) -> Option<Value> {
        if self.peek().kind == TokenKind::End {
            if !self.cut_off {
                self.error(self.peek().range.clone(), "There is nothing in this file.", None);
            }
            return None;
        }
        let root = self.value();
        if self.peek().kind != TokenKind::End && root.shape != Shape::Broken {
            let message = format!("Expected the end of the file, found {}.", self.found());
            self.error(
                self.peek().range.clone(),
                message,
                Some("A file holds one value; is a bracket closed too early?"),
            );
        }
        (root.shape != Shape::Broken).then_some(root)
    }

    fn value(&mut self) -> Value {
        let token = self.peek().clone();
        let start = token.range.start;
        let shape = match token.kind {
            TokenKind::Name => return self.named(),
            TokenKind::Number => {
                self.at += 1;
                self.number(token.range)
            }
            TokenKind::Text { content, raw } => {
                self.at += 1;
                Shape::Text(if raw {
                    text::raw(self.source, content)
                } else {
                    text::escaped(self.source, content, &mut self.errors)
                })
            }
            TokenKind::Quoted { content } => {
                self.at += 1;
                self.quoted(token.range, content)
            }
            TokenKind::Open(_) if self.open.iter().sum::<usize>() >= MAX_DEPTH => {
                let message = format!("Brackets nest deeper than {MAX_DEPTH}.");
                self.error(token.range, message, Some("Flatten what is inside."));
                self.skip_brackets();
                Shape::Broken
            }
            TokenKind::Open(Bracket::Round) => return self.body(None),
            TokenKind::Open(Bracket::Square) => {
                let mut items = Vec::new();
                self.sequence(Bracket::Square, |parser| parser.item(&mut items));
                Shape::List(items)
            }
            TokenKind::Open(Bracket::Curly) => {
                let mut entries = Vec::new();
                self.sequence(Bracket::Curly, |parser| parser.entry(&mut entries));
                Shape::Map(entries)
            }
            TokenKind::Close(_) | TokenKind::Comma | TokenKind::Colon | TokenKind::Unknown | TokenKind::End => {
                if !(token.kind == TokenKind::End && self.cut_off) {
                    let message = format!("Expected a value, found {}.", self.found());
                    self.error(token.range, message, None);
                }
                return Value { range: self.end()..self.end(), shape: Shape::Broken };
            }
        };
        Value { range: start..self.end(), shape }
    }

    /// A value that begins with a name.
    fn named(&mut self) -> Value {
        let name = self.name();
        let range = name.range.clone();
        let shape = match name.text.as_str() {
            "true" => Shape::Bool(true),
            "false" => Shape::Bool(false),
            "inf" | "inff32" | "inff64" | "NaN" | "NaNf32" | "NaNf64" => self.number(range.clone()),
            _ if self.peek().kind == TokenKind::Open(Bracket::Round) => return self.body(Some(name)),
            _ => Shape::Name(name),
        };
        Value { range, shape }
    }

    fn name(&mut self) -> Name {
        let range = self.peek().range.clone();
        self.at += 1;
        let text = &self.source[range.clone()];
        Name { text: text.strip_prefix("r#").unwrap_or(text).to_owned(), range }
    }

    fn number(&mut self, range: Range<usize>) -> Shape {
        let literal = &self.source[range.clone()];
        match number::parse(literal) {
            Some(number) => Shape::Number(number),
            None => {
                let message = format!("`{literal}` is not a number.");
                self.error(range, message, Some("Numbers look like 3, -0.5 or 1e-3; texts stand in double quotes."));
                Shape::Broken
            }
        }
    }

    /// A character; a text in single quotes is read as the text it was meant to be.
    fn quoted(&mut self, range: Range<usize>, content: Range<usize>) -> Shape {
        let closed = content.end < range.end;
        let text = text::escaped(self.source, content, &mut self.errors);
        let mut chars = text.value.chars();
        match (chars.next(), chars.next()) {
            (Some(c), None) if closed => Shape::Char(c),
            _ => {
                if closed {
                    let message = "Single quotes hold one character.";
                    self.error(range, message, Some("Write texts in double quotes."));
                }
                Shape::Text(text)
            }
        }
    }

    /// What stands in round brackets: fields, or values.
    fn body(&mut self, name: Option<Name>) -> Value {
        let start = name.as_ref().map_or(self.peek().range.start, |name| name.range.start);
        if self.open.iter().sum::<usize>() >= MAX_DEPTH {
            let inner = self.value();
            return Value { range: start..self.end(), ..inner };
        }
        let (mut fields, mut items) = (Vec::new(), Vec::new());
        self.sequence(Bracket::Round, |parser| {
            if parser.at_field() { parser.field(&mut fields) } else { parser.item(&mut items) }
        });
        let range = start..self.end();
        if fields.is_empty() {
            return Value { range, shape: Shape::Tuple(name, items) };
        }
        for stray in items.iter().filter(|item| item.shape != Shape::Broken) {
            let message = format!("Expected a field, as `name: value`, found {}.", stray.describe());
            self.error(stray.head(), message, Some("Put the field's name and a colon before it."));
        }
        Value { range, shape: Shape::Struct(name, fields) }
    }

    /// Whether a field begins here. Its name in quotes and `=` for the colon are mistakes that still are one.
    fn at_field(&self) -> bool {
        let separates = self.peek_at(1) == &TokenKind::Colon || self.is_unknown(1, "=");
        separates && matches!(self.peek().kind, TokenKind::Name | TokenKind::Text { .. } | TokenKind::Quoted { .. })
    }

    fn field(&mut self, fields: &mut Vec<Field>) -> Item {
        let name = match self.peek().kind.clone() {
            TokenKind::Text { content, .. } | TokenKind::Quoted { content } => {
                let range = self.peek().range.clone();
                self.error(range.clone(), "A field's name stands without quotes.", Some("Remove the quotes."));
                self.at += 1;
                Name { range, text: self.source[content].to_owned() }
            }
            _ => self.name(),
        };
        if self.peek().kind != TokenKind::Colon {
            let message = format!("Expected a colon after `{}`, found {}.", name.text, self.found());
            self.error(self.peek().range.clone(), message, None);
        }
        self.at += 1;
        if self.at_field() && self.peek().on_new_line {
            let message = format!("Expected a value for `{}`, found the next field.", name.text);
            self.error(name.range.clone(), message, Some("Give it a value, or remove it."));
            let end = self.end();
            fields.push(Field { name, value: Value { range: end..end, shape: Shape::Broken } });
            return Item::Broken;
        }
        let value = self.value();
        let item = if value.shape == Shape::Broken { Item::Broken } else { Item::Whole };
        fields.push(Field { name, value });
        item
    }

    fn item(&mut self, items: &mut Vec<Value>) -> Item {
        let value = self.value();
        let item = if value.shape == Shape::Broken { Item::Broken } else { Item::Whole };
        items.push(value);
        item
    }

    fn entry(&mut self, entries: &mut Vec<(Value, Value)>) -> Item {
        let key = self.value();
        if key.shape == Shape::Broken {
            return Item::Broken;
        }
        if self.peek().kind != TokenKind::Colon {
            let message = format!("Expected a colon and a value after the key, found {}.", self.found());
            self.error(self.peek().range.clone(), message, None);
            return Item::Broken;
        }
        self.at += 1;
        let value = self.value();
        let item = if value.shape == Shape::Broken { Item::Broken } else { Item::Whole };
        entries.push((key, value));
        item
    }

    /// Items between brackets, separated by commas. Every round of the loop consumes a token or ends it.
    fn sequence(&mut self, bracket: Bracket, mut item: impl FnMut(&mut Self) -> Item) {
        let opening = self.peek().range.start;
        self.open[bracket as usize] += 1;
        self.at += 1;
        while !self.closes(bracket, opening) {
            let read = item(self);
            match self.peek().kind {
                TokenKind::Comma => self.at += 1,
                TokenKind::Close(_) | TokenKind::End => {}
                _ => self.separate(bracket, read),
            }
        }
        self.open[bracket as usize] -= 1;
    }

    /// After an item that is followed by neither a comma nor a closing bracket.
    fn separate(&mut self, bracket: Bracket, read: Item) {
        if read == Item::Whole {
            let end = self.end();
            if self.peek().on_new_line || self.at_field() {
                self.error(end..end, "A comma is missing here.", None);
                return;
            }
            let message = format!("Expected a comma or `{}`, found {}.", bracket.close(), self.found());
            let range = self.peek().range.clone();
            self.error(range, message, None);
        }
        self.skip_item();
    }

    /// Skips to the next comma and over it, or to a closing bracket or the next field.
    fn skip_item(&mut self) {
        loop {
            match self.peek().kind {
                TokenKind::Open(_) => self.skip_brackets(),
                TokenKind::Close(_) | TokenKind::End => return,
                TokenKind::Comma => {
                    self.at += 1;
                    return;
                }
                _ if self.at_field() && self.peek().on_new_line => return,
                _ => self.at += 1,
            }
        }
    }

    /// Skips an opening bracket and everything up to what closes it.
    fn skip_brackets(&mut self) {
        let mut depth = 0;
        loop {
            match self.peek().kind {
                TokenKind::Open(_) => depth += 1,
                TokenKind::Close(_) => depth -= 1,
                TokenKind::End => return,
                _ => {}
            }
            self.at += 1;
            if depth == 0 {
                return;
            }
        }
    }

    /// Whether the sequence opened by `bracket` at `opening` ends here, by its own bracket or by mistake.
    fn closes(&mut self, bracket: Bracket, opening: usize) -> bool {
        match self.peek().kind {
            TokenKind::Close(found) if found == bracket => self.at += 1,
            TokenKind::Close(found) => {
                let line = self.lines.line_of(opening) + 1;
                let message = format!(
                    "Expected `{}` to close the `{}` of line {line}, found `{}`.",
                    bracket.close(),
                    bracket.open(),
                    found.close()
                );
                self.error(self.peek().range.clone(), message, None);
                // It closes something further out, or else was meant for this one.
                if self.open[found as usize] == 0 {
                    self.at += 1;
                }
            }
            TokenKind::End => {
                if !self.cut_off {
                    let message = format!("This `{}` is not closed.", bracket.open());
                    let hint = format!("Close it with `{}`.", bracket.close());
                    self.error(opening..opening + 1, message, Some(&hint));
                }
            }
            _ => return false,
        }
        true
    }

    fn error(&mut self, range: Range<usize>, message: impl Into<String>, hint: Option<&str>) {
        SyntaxError::note(&mut self.errors, range, message, hint);
    }

    fn peek(&self) -> &Token {
        &self.tokens[self.at.min(self.tokens.len() - 1)]
    }

    fn peek_at(&self, ahead: usize) -> &TokenKind {
        self.tokens.get(self.at + ahead).map_or(&TokenKind::End, |token| &token.kind)
    }

    fn is_unknown(&self, ahead: usize, character: &str) -> bool {
        self.tokens
            .get(self.at + ahead)
            .is_some_and(|token| token.kind == TokenKind::Unknown && &self.source[token.range.clone()] == character)
    }

    /// The end of the last token consumed.
    fn end(&self) -> usize {
        self.at.checked_sub(1).and_then(|last| self.tokens.get(last)).map_or(0, |token| token.range.end)
    }

    /// The next token, for a sentence.
    fn found(&self) -> String {
        let token = self.peek();
        let source = &self.source[token.range.clone()];
        match &token.kind {
            TokenKind::Name | TokenKind::Number => {
                let short: String = source.chars().take(40).collect();
                format!("`{short}`")
            }
            TokenKind::Text { .. } | TokenKind::Quoted { .. } => "a text".to_owned(),
            TokenKind::Open(bracket) => format!("`{}`", bracket.open()),
            TokenKind::Close(bracket) => format!("`{}`", bracket.close()),
            TokenKind::Comma => "a comma".to_owned(),
            TokenKind::Colon => "a colon".to_owned(),
            TokenKind::Unknown if source.contains(char::is_control) => format!("`{}`", source.escape_default()),
            TokenKind::Unknown => format!("`{source}`"),
            TokenKind::End => "the end of the file".to_owned(),
        }
    }
}
