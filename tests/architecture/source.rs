//! Rust source as a list of the paths it names and the texts it quotes: enough to see who knows whom,
//! blind to comments and to the tests inside a file.

/// What one file names.
pub(crate) struct Source<'a> {
    /// From the project's folder, with `/`.
    pub(crate) file: &'a str,
    pub(crate) mentions: Vec<Mention>,
    /// How many lines the whole file has.
    pub(crate) lines: usize,
}

/// Something a file says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Mention {
    /// 1-based.
    pub(crate) line: usize,
    pub(crate) what: What,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum What {
    /// A path in full: `use std::{fs, io::Write}` gives `std::fs` and `std::io::Write`; a macro ends in `!`.
    Path(String),
    /// The content of a string.
    Text(String),
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Text(String),
    Mark(char),
}

impl<'a> Source<'a> {
    pub(crate) fn new(file: &'a str, text: &str) -> Self {
        let tokens = without_tests(&tokens(text));
        Self { file, mentions: mentions(&tokens), lines: text.lines().count() }
    }
}

/// Words, strings and single marks with their lines; comments, numbers' insides and characters are dropped.
fn tokens(text: &str) -> Vec<(usize, Token)> {
    let mut out = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let (length, token) = if rest.starts_with("//") {
            (rest.find('\n').unwrap_or(rest.len()), None)
        } else if rest.starts_with("/*") {
            (block_comment(rest), None)
        } else if let Some((open, hashes)) = raw_string(rest) {
            let close = format!("\"{}", "#".repeat(hashes));
            let end = rest[open..].find(&close).map_or(rest.len(), |at| open + at);
            ((end + close.len()).min(rest.len()), Some(Token::Text(rest[open..end].to_owned())))
        } else if first == '"' {
            let end = string_end(rest);
            (end, Some(Token::Text(rest[1..end.max(2) - 1].to_owned())))
        } else if first == '\'' {
            (character(rest), None)
        } else if first == '_' || first.is_alphanumeric() {
            let end = rest.find(|c: char| c != '_' && !c.is_alphanumeric()).unwrap_or(rest.len());
            (end, Some(Token::Word(rest[..end].to_owned())))
        } else {
            (first.len_utf8(), (!first.is_whitespace()).then_some(Token::Mark(first)))
        };
        out.extend(token.map(|token| (line, token)));
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    out
}

/// The length of the block comment, with those inside it.
fn block_comment(text: &str) -> usize {
    let mut depth = 0;
    let mut at = 0;
    while at < text.len() {
        let here = &text.as_bytes()[at..];
        match here {
            [b'/', b'*', ..] => (depth, at) = (depth + 1, at + 2),
            [b'*', b'/', ..] => (depth, at) = (depth - 1, at + 2),
            _ => at += 1,
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// Where the content of a raw string begins, and how many `#` close it; None if none begins here.
fn raw_string(text: &str) -> Option<(usize, usize)> {
    let prefix = ["r", "br", "cr"]
        .into_iter()
        .find(|&p| text.strip_prefix(p).is_some_and(|rest| rest.trim_start_matches('#').starts_with('"')))?;
    let hashes = text[prefix.len()..].bytes().take_while(|&b| b == b'#').count();
    Some((prefix.len() + hashes + 1, hashes))
}

/// The length of the string that begins here, with its quotes.
fn string_end(text: &str) -> usize {
    let mut escaped = true; // the opening quote
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The length of the character that begins here, or 1 for the quote of a lifetime.
fn character(text: &str) -> usize {
    let mut chars = text.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((escape, c))) => {
            let after = escape + c.len_utf8();
            text[after..].find('\'').map_or(1, |at| after + at + 1)
        }
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}

/// The tokens without the items under `#[cfg(test)]`: what ships is what the rules are about.
fn without_tests(tokens: &[(usize, Token)]) -> Vec<(usize, Token)> {
    let is = |at: usize, text: &str| match tokens.get(at) {
        Some((_, Token::Word(word))) => word == text,
        Some((_, Token::Mark(mark))) => text.chars().eq([*mark]),
        _ => false,
    };
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        if ["#", "[", "cfg", "(", "test", ")", "]"].iter().enumerate().all(|(i, text)| is(at + i, text)) {
            let mut depth = 0;
            at += 7;
            while at < tokens.len() {
                depth += i32::from(is(at, "{")) - i32::from(is(at, "}"));
                at += 1;
                if depth == 0 && (is(at - 1, "}") || is(at - 1, ";")) {
                    break;
                }
            }
        } else {
            out.push(tokens[at].clone());
            at += 1;
        }
    }
    out
}

fn mentions(tokens: &[(usize, Token)]) -> Vec<Mention> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match &tokens[at] {
            (_, Token::Word(_)) => at = path(tokens, at, "", &mut out),
            (line, Token::Text(text)) => {
                out.push(Mention { line: *line, what: What::Text(text.clone()) });
                at += 1;
            }
            _ => at += 1,
        }
    }
    out
}

/// Adds the path at token `at`, and those of its group, behind `prefix`; the token after it.
fn path(tokens: &[(usize, Token)], mut at: usize, prefix: &str, out: &mut Vec<Mention>) -> usize {
    let mark = |at: usize, mark: char| matches!(tokens.get(at), Some((_, Token::Mark(m))) if *m == mark);
    let mut name = prefix.to_owned();
    while let Some((line, Token::Word(word))) = tokens.get(at) {
        name.push_str(word);
        at += 1;
        if !(mark(at, ':') && mark(at + 1, ':')) {
            // `a!=b` names no macro.
            if mark(at, '!') && !mark(at + 1, '=') {
                name.push('!');
            }
            out.push(Mention { line: *line, what: What::Path(name) });
            return at;
        }
        name.push_str("::");
        at += 2;
        if mark(at, '{') {
            at += 1;
            while at < tokens.len() && !mark(at, '}') {
                at = match &tokens[at].1 {
                    Token::Word(word) if word == "as" => at + 2,
                    Token::Word(_) => path(tokens, at, &name, out),
                    _ => at + 1,
                };
            }
            return at + 1;
        }
    }
    // `a::*`, `a::<T>`: what stands before is named all the same.
    if let Some((line, _)) = tokens.get(at.saturating_sub(1)) {
        out.push(Mention { line: *line, what: What::Path(name.trim_end_matches(':').to_owned()) });
    }
    at
}

#[cfg(test)]
mod tests {
    use super::{Source, What};

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = Source::new("a.rs", text)
            .mentions
            .into_iter()
            .map(|mention| match mention.what {
                What::Path(path) => format!("{} {path}", mention.line),
                What::Text(text) => format!("{} {text:?}", mention.line),
            })
            .collect();
        assert_eq!(found, expected, "in {text:?}");
    }

    #[test]
    fn paths_are_found_in_full() {
        check("use std::{fs,\n io::{self, Read as _}};", &["1 use", "1 std::fs", "2 std::io::self", "2 std::io::Read"]);
        check("a::b();\nprintln!(x); x!=y", &["1 a::b", "2 println!", "2 x", "2 x", "2 y"]);
        check("use a::*; Vec::<u8>::new()", &["1 use", "1 a", "1 Vec", "1 u8", "1 new"]);
    }

    #[test]
    fn comments_are_not_code() {
        check("// std::fs\n/* a /* b */ c */ d /// e", &["2 d"]);
    }

    #[test]
    fn strings_are_not_code() {
        check(
            r##"a("std::fs \" // ", r#"b"c"#, b"d") e"##,
            &[r#"1 a"#, r#"1 "std::fs \\\" // ""#, r#"1 "b\"c""#, "1 b", r#"1 "d""#, "1 e"],
        );
        check("f('\"', '\\'', '{', 'a) g::<'b>", &["1 f", "1 a", "1 g", "1 b"]);
    }

    #[test]
    fn tests_inside_a_file_are_left_out() {
        check("a;\n#[cfg(test)]\nmod tests { use b; fn c() { d } }\ne", &["1 a", "4 e"]);
        check("#[cfg(test)] use a::{b}; c", &["1 c"]);
    }
}
