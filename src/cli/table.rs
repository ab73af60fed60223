//! Tables and numbers as text: aligned, without colour.

pub(super) use super::summary::printable;
use crate::analysis::Figure;
use std::fmt::Write as _;
use unicode_width::UnicodeWidthStr as _;

/// Rows of cells under headings. Numbers stand to the right, all else to the left.
#[derive(Debug, Default)]
pub(super) struct Table {
    headings: Vec<&'static str>,
    rows: Vec<Vec<String>>,
    notes: Vec<String>,
}

/// Stands where there is no number.
const NONE: &str = "–";

impl Table {
    pub(super) fn new(headings: &[&'static str]) -> Self {
        Self { headings: headings.to_vec(), ..Self::default() }
    }

    /// Adds a row with a cell a heading.
    pub(super) fn row(&mut self, cells: Vec<String>) {
        self.rows.push(cells);
    }

    /// A cell for `figure`, shown by `show`. Where there is no number, why is noted below the table.
    pub(super) fn cell(&mut self, column: &str, figure: &Figure, show: impl Fn(&Figure) -> String) -> String {
        match figure.reason() {
            None => show(figure),
            Some(why) => {
                let note = format!("{NONE} {column}: {why}");
                if !self.notes.contains(&note) {
                    self.notes.push(note);
                }
                NONE.to_owned()
            }
        }
    }

    /// As text, indented; nothing without rows.
    pub(super) fn to_text(&self) -> String {
        let mut text = String::new();
        if self.rows.is_empty() {
            return text;
        }
        let columns = self.headings.len();
        let width = |at: usize| {
            let cells = self.rows.iter().map(|row| row[at].width());
            cells.chain([self.headings[at].width()]).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        let is_number =
            |cell: &str| cell == NONE || cell.starts_with(|c: char| c.is_ascii_digit() || "+−<".contains(c));
        let right: Vec<bool> = (0..columns).map(|at| self.rows.iter().all(|row| is_number(&row[at]))).collect();
        let mut line = |cells: &[&str]| {
            let mut shown = String::new();
            for (at, cell) in cells.iter().enumerate() {
                let space = " ".repeat(widths[at] - cell.width());
                let (before, after) = if right[at] { (space.as_str(), "") } else { ("", space.as_str()) };
                write!(shown, "  {before}{cell}{after}").expect("a String takes everything");
            }
            writeln!(text, "{}", shown.trim_end()).expect("a String takes everything");
        };
        line(&self.headings);
        for row in &self.rows {
            line(&row.iter().map(String::as_str).collect::<Vec<_>>());
        }
        for note in &self.notes {
            writeln!(text, "  {note}").expect("a String takes everything");
        }
        text
    }
}

/// A number with a minus sign that is one, and none before what is shown as 0.
pub(super) fn number(value: f64, places: usize) -> String {
    let digits = format!("{:.places$}", value.abs());
    let zero = digits.bytes().all(|digit| matches!(digit, b'0' | b'.'));
    if value < 0.0 && !zero { format!("−{digits}") } else { digits }
}

/// `0.612 (0.598 to 0.627)`; without what is not there.
pub(super) fn with_interval(figure: &Figure, places: usize) -> String {
    let Some(value) = figure.value() else { return NONE.to_owned() };
    let value = number(value, places);
    match figure.interval() {
        Some(ends) => format!("{value} ({} to {})", number(ends.low, places), number(ends.high, places)),
        None => value,
    }
}

/// The number alone.
pub(super) fn plain(figure: &Figure, places: usize) -> String {
    figure.value().map_or_else(|| NONE.to_owned(), |value| number(value, places))
}

/// `61.2 % (59.8 to 62.7)`.
pub(super) fn percent(figure: &Figure) -> String {
    let Some(value) = figure.value() else { return NONE.to_owned() };
    match figure.interval() {
        Some(ends) => format!("{:.1} % ({:.1} to {:.1})", 100.0 * value, 100.0 * ends.low, 100.0 * ends.high),
        None => format!("{:.1} %", 100.0 * value),
    }
}

/// `0.012`, or `<0.001`.
pub(super) fn p_value(p: Option<f64>) -> String {
    match p {
        Some(p) if p < 0.001 => "<0.001".to_owned(),
        Some(p) => format!("{p:.3}"),
        None => NONE.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_right_and_reasons_below() {
        let mut table = Table::new(&["model", "score", "pass"]);
        let none = Figure::undefined(0, "there is no pass mark");
        for (name, value) in [("日本", -0.25), ("gpt-4", 12.0)] {
            let score = table.cell("score", &Figure::plain(3, value), |figure| with_interval(figure, 2));
            let pass = table.cell("pass", &none, percent);
            table.row(vec![name.to_owned(), score, pass]);
        }
        let expected =
            "  model  score  pass\n  日本   −0.25     –\n  gpt-4  12.00     –\n  – pass: there is no pass mark\n";
        assert_eq!(table.to_text(), expected);
        assert_eq!(Table::new(&["a"]).to_text(), "");
        assert_eq!(
            (number(-0.001, 2), p_value(Some(0.0004)), printable("a\u{1b}[1m")),
            ("0.00".into(), "<0.001".into(), "a\u{fffd}[1m".into())
        );
    }
}
