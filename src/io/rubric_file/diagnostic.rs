//! A mistake in a file, as a person reads it.

use crate::model::Level;
use crate::text::LineIndex;
use std::fmt::Write as _;
use std::ops::Range;
use unicode_width::UnicodeWidthChar as _;

/// A mistake, or something doubtful, at a place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it keeps the rubric from being used.
    pub level: Level,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The bytes it is about; empty for a place between two characters.
    pub range: Range<usize>,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do, one sentence.
    pub hint: Option<String>,
}

/// How many columns of the line are shown before and after the start of the mistake.
const CONTEXT: usize = 60;

impl Diagnostic {
    /// The mistake at `range` of `source`, whose lines are `lines`.
    pub(super) fn new(
        source: &str,
        lines: &LineIndex,
        level: Level,
        range: Range<usize>,
        message: String,
        hint: Option<String>,
    ) -> Self {
        let start = source.floor_char_boundary(range.start);
        let (line, column) = lines.line_column(source, start);
        Self { level, line, column, range: start..range.end.max(start), message, hint }
    }

    /// Several lines of plain text for a terminal, ending in a line break: `file:line:column: error: message`, the
    /// line of `source` with carets below the mistake, and the hint. A tab shows as four spaces, what cannot be
    /// printed as `�`, and of a long line only what is near.
    pub fn render(&self, file: &str, source: &str) -> String {
        let level = match self.level {
            Level::Error => "error",
            Level::Warning => "warning",
        };
        let mut out = format!("{file}:{}:{}: {level}: {}\n", self.line, self.column, self.message);
        let start = source.floor_char_boundary(self.range.start);
        let end = source.ceil_char_boundary(self.range.end);
        let before = &source[source[..start].rfind('\n').map_or(0, |at| at + 1)..start];
        let after = source[start..].lines().next().unwrap_or("");
        if !before.is_empty() || !after.is_empty() {
            let left = shown(&mut before.chars().rev()).0.chars().rev().collect::<String>();
            let (right, _) = shown(&mut after.chars());
            let (_, pad) = shown(&mut before.chars().rev());
            let (_, marked) = shown(&mut source[start..end.max(start)].lines().next().unwrap_or("").chars());
            let carets = "^".repeat(marked.max(1));
            let _ = writeln!(out, "    {left}{}", right.trim_end());
            let _ = writeln!(out, "    {}{carets}", " ".repeat(pad));
        }
        if let Some(hint) = &self.hint {
            let _ = writeln!(out, "help: {hint}");
        }
        out
    }
}

/// `chars` as they are printed, until the context is full, and how many columns that is.
fn shown(chars: &mut dyn Iterator<Item = char>) -> (String, usize) {
    let (mut text, mut columns) = (String::new(), 0);
    for c in chars {
        if columns >= CONTEXT {
            text.push('…');
            columns += 1;
            break;
        }
        match c {
            '\t' => text.push_str("    "),
            _ if c.is_control() => text.push('\u{fffd}'),
            _ => text.push(c),
        }
        columns += if c == '\t' { 4 } else { c.width().unwrap_or(1) };
    }
    (text, columns)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(source: &str, marked: &str, expected: &str) {
        let start = source.find(marked).unwrap();
        let lines = LineIndex::new(source);
        let range = start..start + marked.len();
        let hint = Some("Mend it.".to_owned());
        let diagnostic = Diagnostic::new(source, &lines, Level::Error, range, "It is wrong.".to_owned(), hint);
        assert_eq!(diagnostic.render("r.ron", source), expected);
    }

    #[test]
    fn shows_the_line_and_points_at_the_mistake() {
        check(
            "Rubric(\n    weight: \"x\",\n)",
            "\"x\"",
            "r.ron:2:13: error: It is wrong.\n        weight: \"x\",\n                ^^^\nhelp: Mend it.\n",
        );
    }

    #[test]
    fn tabs_and_wide_characters_keep_the_carets_in_place() {
        check(
            "\t名: 重,\r\n",
            "重",
            "r.ron:1:5: error: It is wrong.\n        名: 重,\n            ^^\nhelp: Mend it.\n",
        );
    }

    #[test]
    fn only_the_first_line_of_a_long_mistake_is_marked() {
        check("ab\ncd", "b\ncd", "r.ron:1:2: error: It is wrong.\n    ab\n     ^\nhelp: Mend it.\n");
    }

    #[test]
    fn of_a_long_line_only_what_is_near_is_shown() {
        let long = format!("{}!{}", "a".repeat(500), "b".repeat(500));
        let expected = format!(
            "r.ron:1:501: error: It is wrong.\n    …{}!{}…\n    {}^\nhelp: Mend it.\n",
            "a".repeat(60),
            "b".repeat(59),
            " ".repeat(61)
        );
        check(&long, "!", &expected);
    }
}
