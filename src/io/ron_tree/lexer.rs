//! Source → tokens, in one pass and linear time.

use super::SyntaxError;
use std::ops::Range;

/// The kinds of bracket, in the order of their counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bracket {
    Round,
    Square,
    Curly,
}

impl Bracket {
    pub(super) fn open(self) -> char {
        ['(', '[', '{'][self as usize]
    }
    pub(super) fn close(self) -> char {
        [')', ']', '}'][self as usize]
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    Name,
    Number,
    /// The bytes between the quotes, and whether escapes mean nothing there.
    Text {
        content: Range<usize>,
        raw: bool,
    },
    /// Single quotes, whatever stands between them.
    Quoted {
        content: Range<usize>,
    },
    Open(Bracket),
    Close(Bracket),
    Comma,
    Colon,
    /// Any other character.
    Unknown,
    End,
}

#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) range: Range<usize>,
    /// Whether it is the first of its line.
    pub(super) on_new_line: bool,
}

/// All tokens of a source, ending in [`TokenKind::End`].
pub(super) struct Tokens {
    pub(super) tokens: Vec<Token>,
    pub(super) errors: Vec<SyntaxError>,
    /// Whether something unclosed ran to the end of the source, so that all brackets seem unclosed.
    pub(super) cut_off: bool,
}

/// How often a text that seems unclosed is given up at the end of its line. Each time costs a second look at
/// what follows, so the number bounds the time.
const SECOND_LOOKS: usize = 16;

pub(super) fn tokens(source: &str) -> Tokens {
    let mut lexer = Lexer {
        source,
        at: 0,
        second_looks: SECOND_LOOKS,
        out: Tokens { tokens: vec![], errors: vec![], cut_off: false },
    };
    if source.starts_with('\u{feff}') {
        lexer.at = '\u{feff}'.len_utf8();
    }
    loop {
        let on_new_line = lexer.skip_blank() || lexer.out.tokens.is_empty();
        let start = lexer.at;
        let kind = lexer.token();
        let end = kind == TokenKind::End;
        lexer.out.tokens.push(Token { kind, range: start..lexer.at, on_new_line });
        if end {
            return lexer.out;
        }
    }
}

struct Lexer<'s> {
    source: &'s str,
    at: usize,
    second_looks: usize,
    out: Tokens,
}

impl<'s> Lexer<'s> {
    fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    fn error(&mut self, range: Range<usize>, message: &str, hint: &str) {
        SyntaxError::note(&mut self.out.errors, range, message, Some(hint));
    }

    /// Skips white space and comments; whether there was a line break among them.
    fn skip_blank(&mut self) -> bool {
        let start = self.at;
        loop {
            self.at += self.rest().len() - self.rest().trim_start_matches(is_blank).len();
            if self.rest().starts_with("//") {
                self.at += memchr::memchr(b'\n', self.rest().as_bytes()).unwrap_or(self.rest().len());
            } else if self.rest().starts_with("/*") {
                self.block_comment();
            } else {
                return self.source[start..self.at].contains('\n');
            }
        }
    }

    fn block_comment(&mut self) {
        let start = self.at;
        let bytes = self.source.as_bytes();
        let mut depth = 0;
        while self.at < bytes.len() {
            match &bytes[self.at..bytes.len().min(self.at + 2)] {
                b"/*" => (depth, self.at) = (depth + 1, self.at + 2),
                b"*/" => (depth, self.at) = (depth - 1, self.at + 2),
                _ => self.at += 1,
            }
            if depth == 0 {
                return;
            }
        }
        self.out.cut_off = true;
        self.error(start..start + 2, "This comment is not closed.", "Close it with */; comments may nest.");
    }

    fn token(&mut self) -> TokenKind {
        let Some(first) = self.rest().chars().next() else { return TokenKind::End };
        let single = match first {
            '(' => Some(TokenKind::Open(Bracket::Round)),
            '[' => Some(TokenKind::Open(Bracket::Square)),
            '{' => Some(TokenKind::Open(Bracket::Curly)),
            ')' => Some(TokenKind::Close(Bracket::Round)),
            ']' => Some(TokenKind::Close(Bracket::Square)),
            '}' => Some(TokenKind::Close(Bracket::Curly)),
            ',' => Some(TokenKind::Comma),
            ':' => Some(TokenKind::Colon),
            _ => None,
        };
        if let Some(kind) = single {
            self.at += 1;
            return kind;
        }
        if let Some(text) = self.prefixed_text() {
            return text;
        }
        if starts_number(self.rest()) {
            self.at += number_length(self.rest());
            return TokenKind::Number;
        }
        if first == '"' {
            return self.text();
        }
        if first == '\'' {
            return self.quoted();
        }
        if is_name_start(first) {
            let raw = self.rest().strip_prefix("r#").filter(|rest| rest.starts_with(is_name_start));
            self.at = raw.map_or(self.at, |_| self.at + 2);
            let end = |c: char| !(is_name(c) || (raw.is_some() && matches!(c, '.' | '+' | '-')));
            self.at += self.rest().find(end).unwrap_or(self.rest().len());
            return TokenKind::Name;
        }
        self.at += first.len_utf8();
        TokenKind::Unknown
    }

    /// A text with a prefix: `r"…"`, `r#"…"#`; `b"…"` with an error.
    fn prefixed_text(&mut self) -> Option<TokenKind> {
        let unprefixed = self.rest().strip_prefix('b');
        let is_byte = |rest: &&str| rest.starts_with(['"', '\'']) || raw_hashes(rest).is_some();
        if unprefixed.filter(is_byte).is_some() {
            self.error(self.at..self.at + 1, "Bytes have no use in this file.", "Remove the b, so that it is a text.");
            self.at += 1;
            return match self.rest().as_bytes()[0] {
                b'"' => Some(self.text()),
                b'\'' => Some(self.quoted()),
                _ => self.prefixed_text(),
            };
        }
        let hashes = raw_hashes(self.rest())?;
        let start = self.at;
        let content = start + 1 + hashes + 1;
        let closing = format!("\"{}", "#".repeat(hashes));
        let end = memchr::memmem::find(&self.source.as_bytes()[content..], closing.as_bytes());
        let end = end.map(|length| content + length);
        self.at = end.map_or(self.source.len(), |end| end + closing.len());
        if end.is_none() {
            self.out.cut_off = true;
            let hint = format!("Close it with {closing}.");
            self.error(start..content, "This raw text is not closed.", &hint);
        }
        Some(TokenKind::Text { content: content..end.unwrap_or(self.source.len()), raw: true })
    }

    fn text(&mut self) -> TokenKind {
        let start = self.at;
        let content = start + 1;
        let end = self.find_quote(content);
        let literal = &self.source[content..end.unwrap_or(self.source.len())];
        // Where a closing quote is forgotten, the text runs on to the opening quote of the next one, and what
        // follows is that one's first letter. Then the mistake is here, not there.
        let suspicious = end.is_none_or(|end| {
            !self.source[end + 1..].starts_with(|c: char| is_blank(c) || matches!(c, ',' | ')' | ']' | '}' | ':' | '/'))
                && end + 1 < self.source.len()
        });
        if let Some(line) = literal.find('\n').filter(|_| suspicious && self.second_looks > 0) {
            self.second_looks -= 1;
            let line = literal[..line].trim_end().trim_end_matches([',', ')', ']', '}']);
            self.at = content + line.len();
            self.unclosed_text(start);
            return TokenKind::Text { content: content..self.at, raw: false };
        }
        match end {
            Some(end) => self.at = end + 1,
            None => {
                self.at = self.source.len();
                self.out.cut_off = true;
                self.unclosed_text(start);
            }
        }
        TokenKind::Text { content: content..end.unwrap_or(self.source.len()), raw: false }
    }

    fn unclosed_text(&mut self, start: usize) {
        self.error(start..start + 1, "This text is not closed.", "Close it with a double quote.");
    }

    /// The next double quote without a backslash before it.
    fn find_quote(&self, mut at: usize) -> Option<usize> {
        let bytes = self.source.as_bytes();
        loop {
            at += memchr::memchr2(b'"', b'\\', bytes.get(at..)?)?;
            if bytes[at] == b'"' {
                return Some(at);
            }
            at += 2;
        }
    }

    /// Single quotes, to their end on the same line.
    fn quoted(&mut self) -> TokenKind {
        let start = self.at;
        let bytes = self.source.as_bytes();
        self.at += 1;
        while let Some(&byte) = bytes.get(self.at) {
            match byte {
                b'\'' => {
                    self.at += 1;
                    return TokenKind::Quoted { content: start + 1..self.at - 1 };
                }
                // Only the character `'\n'` itself may break the line.
                b'\n' if bytes.get(start + 2) != Some(&b'\'') => break,
                b'\\' if bytes.get(self.at + 1).is_some_and(u8::is_ascii_graphic) => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.error(start..start + 1, "This single quote is not closed.", "Texts stand in double quotes.");
        TokenKind::Quoted { content: start + 1..self.at }
    }
}

/// The number of `#` where `rest` begins with a raw text.
fn raw_hashes(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix('r')?;
    let hashes = after.bytes().take_while(|&b| b == b'#').count();
    (after.as_bytes().get(hashes) == Some(&b'"')).then_some(hashes)
}

fn starts_number(rest: &str) -> bool {
    let unsigned = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let digit = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let signed_word = unsigned.len() < rest.len() && (unsigned.starts_with("inf") || unsigned.starts_with("NaN"));
    digit(unsigned) || unsigned.strip_prefix('.').is_some_and(digit) || signed_word
}

fn number_length(rest: &str) -> usize {
    let bytes = rest.as_bytes();
    let sign = usize::from(matches!(bytes[0], b'+' | b'-'));
    let decimal = !matches!(bytes.get(sign..sign + 2), Some([b'0', b'x' | b'X' | b'b' | b'B' | b'o' | b'O']));
    let exponent_sign = |at: usize| decimal && matches!(bytes[at - 1], b'e' | b'E') && matches!(bytes[at], b'+' | b'-');
    let continues =
        |at: &usize| bytes[*at].is_ascii_alphanumeric() || matches!(bytes[*at], b'_' | b'.') || exponent_sign(*at);
    (sign + 1..bytes.len()).find(|at| !continues(at)).unwrap_or(bytes.len())
}

fn is_name_start(c: char) -> bool {
    c.is_alphabetic() || c == '_'
}

fn is_name(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// RON's white space.
pub(super) fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\n' | '\r' | '\x0B' | '\x0C' | '\u{85}' | '\u{200E}' | '\u{200F}' | '\u{2028}' | '\u{2029}'
    )
}
