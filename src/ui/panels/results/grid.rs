//! A table: its head, and the rows below it.

use super::cells::{Columns, head, text};
use crate::analysis::Figure;
use crate::ui::theme::{STRONG, metrics, strong, tokens};
use crate::ui::widgets::elided;
use egui::{Color32, FontFamily, FontId, Rect, RichText, Ui, pos2};

/// A column: its head, what it means, its width, and whether numbers stand in it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    pub(super) title: &'static str,
    pub(super) help: &'static str,
    pub(super) width: f32,
    pub(super) right: bool,
}

/// A column of words.
pub(super) const fn words(title: &'static str, width: f32, help: &'static str) -> Column {
    Column { title, help, width, right: false }
}

/// A column of numbers.
pub(super) const fn numbers(title: &'static str, width: f32, help: &'static str) -> Column {
    Column { title, help, width, right: true }
}

/// A table being shown.
pub(super) struct Grid {
    columns: Columns,
}

impl Grid {
    /// Shows the head of a table with these columns.
    pub(super) fn new(ui: &mut Ui, columns: &[Column]) -> Self {
        Self::with_heads(ui, columns).0
    }

    /// The same, with the cells of the head, for axes above columns without a title.
    pub(super) fn with_heads(ui: &mut Ui, columns: &[Column]) -> (Self, Vec<Rect>) {
        let weak = tokens(ui.ctx()).weak;
        ui.spacing_mut().item_spacing.y = 1.0;
        let grid = Self { columns: Columns { widths: columns.iter().map(|column| column.width).collect() } };
        let cells = grid.columns.row(ui, metrics().row - 4.0);
        for (cell, column) in cells.iter().zip(columns) {
            head(ui, *cell, column.title, weak, column.right);
            if !column.help.is_empty() {
                let id = ui.scope_id().with(("head", column.title));
                ui.interact(*cell, id, egui::Sense::hover()).on_hover_text(column.help);
            }
        }
        (grid, cells)
    }

    /// A table without a head.
    pub(super) fn headless(widths: Vec<f32>) -> Self {
        Self { columns: Columns { widths } }
    }

    /// The cells of the next row.
    pub(super) fn row(&self, ui: &mut Ui) -> Vec<Rect> {
        self.columns.row(ui, metrics().row + 2.0)
    }

    /// The cells of the next row, which is as high as `height`.
    pub(super) fn tall_row(&self, ui: &mut Ui, height: f32) -> Vec<Rect> {
        self.columns.row(ui, height)
    }
}

/// A name, cut in the middle where it is too long.
pub(super) fn name(ui: &Ui, cell: Rect, words: &str, is_strong: bool, colour: Color32) {
    let family = if is_strong { FontFamily::Name(STRONG.into()) } else { FontFamily::Proportional };
    let galley = elided(ui, words, &FontId::new(metrics().text.body, family), colour, cell.width() - 8.0);
    ui.painter().galley(pos2(cell.left(), cell.center().y - galley.size().y / 2.0), galley, colour);
}

/// A number with two digits, or a dash; why, or how sure, under the pointer.
pub(super) fn figure(ui: &Ui, cell: Rect, figure: &Figure, of: &str, salt: impl egui::AsIdSalt) {
    let t = tokens(ui.ctx());
    let shown = figure.value().map_or_else(|| "–".to_owned(), two_digits);
    let colour = if figure.value().is_some() { t.text } else { t.faint };
    text(ui, cell, &shown, colour, true);
    let id = ui.scope_id().with(salt);
    ui.interact(cell, id, egui::Sense::hover()).on_hover_text(super::intervals::words(figure, of));
}

/// A number with two digits and without noise such as −0.00.
pub(super) fn two_digits(value: f64) -> String {
    if value.abs() < 0.005 { "0.00".to_owned() } else { format!("{value:.2}") }
}

/// A share in percent, without claiming 0 or 100 where it is not exactly that.
pub(super) fn percent(figure: &Figure) -> String {
    match figure.value() {
        None => "–".to_owned(),
        Some(value) if value > 0.0 && value < 0.005 => "<1 %".to_owned(),
        Some(value) if (0.995..1.0).contains(&value) => ">99 %".to_owned(),
        Some(value) => format!("{} %", (value * 100.0).round()),
    }
}

/// A section's heading.
pub(super) fn heading(ui: &mut Ui, words: &str, help: &str) {
    ui.label(strong(words, metrics().text.heading)).on_hover_text(help);
}

/// A sentence below a table.
pub(super) fn footnote(ui: &mut Ui, words: &str) {
    ui.add_space(metrics().space.s);
    let words = RichText::new(words).size(metrics().text.small).color(tokens(ui.ctx()).weak);
    ui.add(egui::Label::new(words).wrap());
}

/// A sentence where a table would be empty.
pub(super) fn nothing(ui: &mut Ui, words: &str) {
    ui.add(egui::Label::new(RichText::new(words).color(tokens(ui.ctx()).weak)).wrap());
}
