//! How a file is laid out: on one line what fits there, else one item a line.

use unicode_width::UnicodeWidthStr as _;

/// What a line may hold, in columns.
const WIDTH: usize = 100;

const INDENT: &str = "    ";

/// A part of a file, before it is known how much room it has.
pub(super) struct Piece {
    /// It on one line, where that is possible.
    flat: Option<String>,
    shape: Shape,
}

enum Shape {
    Atom(String),
    Group { open: String, items: Vec<Item>, close: &'static str },
}

/// Something in brackets, with what stands before it: `weight: `, or nothing.
pub(super) type Item = (String, Piece);

/// A number, a name, a text.
pub(super) fn atom(text: impl Into<String>) -> Piece {
    let text = text.into();
    Piece { flat: (!text.contains('\n')).then(|| text.clone()), shape: Shape::Atom(text) }
}

/// Items in brackets: on one line if they fit, else one a line.
pub(super) fn group(open: impl Into<String>, items: Vec<Item>, close: &'static str) -> Piece {
    let open = open.into();
    let inner = items.iter().try_fold(String::new(), |mut line, (key, piece)| {
        if !line.is_empty() {
            line.push_str(", ");
        }
        line.push_str(key);
        line.push_str(piece.flat.as_ref()?);
        (line.width() <= WIDTH).then_some(line)
    });
    Piece { flat: inner.map(|inner| format!("{open}{inner}{close}")), shape: Shape::Group { open, items, close } }
}

/// Items in brackets, each on its own line whether they fit or not.
pub(super) fn block(open: impl Into<String>, items: Vec<Item>, close: &'static str) -> Piece {
    Piece { flat: None, shape: Shape::Group { open: open.into(), items, close } }
}

impl Piece {
    /// It from the left margin on, without a line break at the end.
    pub(super) fn render(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0, 0);
        out
    }

    /// Writes it `depth` levels in; `used` columns of its line, the indentation included, are taken.
    fn write(&self, out: &mut String, depth: usize, used: usize) {
        // One more column for the comma.
        if let Some(flat) = self.flat.as_ref().filter(|flat| used + flat.width() < WIDTH) {
            out.push_str(flat);
            return;
        }
        match &self.shape {
            Shape::Atom(text) => out.push_str(text),
            Shape::Group { open, items, close } => {
                out.push_str(open);
                out.push('\n');
                for (key, piece) in items {
                    out.push_str(&INDENT.repeat(depth + 1));
                    out.push_str(key);
                    piece.write(out, depth + 1, INDENT.len() * (depth + 1) + key.width());
                    out.push_str(",\n");
                }
                out.push_str(&INDENT.repeat(depth));
                out.push_str(close);
            }
        }
    }
}

/// A text as it stands in a file: plain where it can be, raw where it would need escapes, escaped where it holds
/// characters that a person would not see.
pub(super) fn text(value: &str) -> String {
    let unseen = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    if value.contains(unseen) {
        let escape = |c: char| match c {
            '"' | '\\' | '\n' | '\t' | '\r' => c.escape_default().to_string(),
            _ if unseen(c) => c.escape_unicode().to_string(),
            _ => c.to_string(),
        };
        return format!("\"{}\"", value.chars().map(escape).collect::<String>());
    }
    if !value.contains(['\n', '\t', '"', '\\']) {
        return format!("\"{value}\"");
    }
    let after_quotes = value.split('"').skip(1);
    let hashes = after_quotes.map(|rest| 1 + rest.bytes().take_while(|&b| b == b'#').count()).max().unwrap_or(0);
    let hashes = "#".repeat(hashes);
    format!("r{hashes}\"{value}\"{hashes}")
}

/// The shortest number that reads back as this one: `0.3`, `1.0`, `1e-9`.
pub(super) fn number(value: f64) -> Piece {
    atom(format!("{value:?}"))
}

#[cfg(test)]
mod tests {
    use super::text;

    #[track_caller]
    fn check(value: &str, expected: &str) {
        assert_eq!(text(value), expected);
    }

    #[test]
    fn texts_are_plain_raw_or_escaped() {
        check("Schöner “Text”", "\"Schöner “Text”\"");
        check("two\nlines", "r\"two\nlines\"");
        check(r"^\s*(.+)", r#"r"^\s*(.+)""#);
        check("say \"hi\"", "r#\"say \"hi\"\"#");
        check("\"# and \"##", "r###\"\"# and \"##\"###");
        check("bell\u{7} \"q\"\r\n", r#""bell\u{7} \"q\"\r\n""#);
    }
}
