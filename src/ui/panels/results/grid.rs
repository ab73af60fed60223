//! A table: its head, and the rows below it.

use super::cells::{Columns, head, link, text};
use crate::analysis::Figure;
use crate::ui::theme::{STRONG, metrics, strong, tokens};
use crate::ui::widgets::{count, elided, number, signed};
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
    /// Shows the head of a table with these columns, and where its cells are, for axes above columns without a title.
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

/// A row of a table being filled, cell by cell from the left.
pub(super) struct Row<'u> {
    ui: &'u Ui,
    cells: std::vec::IntoIter<Rect>,
    /// The cell filled last, and its own id.
    last: (Rect, egui::Id),
}

/// Shows a table: `fill` fills the row of each of `rows`. `title` tells it from others of the same view.
pub(super) fn table<T>(
    ui: &mut Ui,
    title: &str,
    columns: &[Column],
    rows: impl IntoIterator<Item = T>,
    mut fill: impl FnMut(&mut Row<'_>, T),
) -> Vec<Rect> {
    let (grid, heads) = Grid::with_heads(ui, columns);
    for (index, row) in rows.into_iter().enumerate() {
        let cells = grid.row(ui);
        let last = (Rect::NOTHING, ui.scope_id().with((title, index)));
        fill(&mut Row { ui, cells: cells.into_iter(), last }, row);
    }
    heads
}

impl<'u> Row<'u> {
    /// The next cell, to paint in.
    pub(super) fn cell(&mut self) -> Rect {
        let cell = self.cells.next().unwrap_or(Rect::NOTHING);
        self.last = (cell, self.last.1.with("next"));
        cell
    }

    /// Leaves a cell empty.
    pub(super) fn skip(&mut self) {
        self.cell();
    }

    /// What to paint with.
    pub(super) fn ui(&self) -> &'u Ui {
        self.ui
    }

    /// A name, cut where it is too long.
    pub(super) fn name(&mut self, words: &str) {
        let colour = tokens(self.ui.ctx()).text;
        name(self.ui, self.cell(), words, false, colour);
    }

    /// The name of what the row is of.
    pub(super) fn strong(&mut self, words: &str) {
        let colour = tokens(self.ui.ctx()).text;
        name(self.ui, self.cell(), words, true, colour);
    }

    /// A name that only tells rows apart.
    pub(super) fn weak(&mut self, words: &str) {
        let colour = tokens(self.ui.ctx()).weak;
        name(self.ui, self.cell(), words, false, colour);
    }

    /// A name beside a column of numbers, which end where it would begin.
    pub(super) fn indented(&mut self, words: &str) {
        self.indented_in(words, tokens(self.ui.ctx()).weak);
    }

    /// The same in `colour`.
    pub(super) fn indented_in(&mut self, words: &str, colour: Color32) {
        let cell = self.cell();
        name(self.ui, cell.with_min_x(cell.left() + 12.0), words, false, colour);
    }

    /// A name after a dot of `colour`.
    pub(super) fn dotted(&mut self, colour: Color32, words: &str) {
        let cell = self.cell();
        self.ui.painter().circle_filled(cell.left_center() + egui::vec2(5.0, 0.0), 4.5, colour);
        name(self.ui, cell.with_min_x(cell.left() + 16.0), words, false, tokens(self.ui.ctx()).text);
    }

    /// A number as words.
    pub(super) fn number(&mut self, words: &str, colour: Color32) {
        text(self.ui, self.cell(), words, colour, true);
    }

    /// A count that says something.
    pub(super) fn count(&mut self, n: usize) {
        self.number(&count(n), tokens(self.ui.ctx()).text);
    }

    /// A count that other numbers are of.
    pub(super) fn of(&mut self, n: usize) {
        self.number(&count(n), tokens(self.ui.ctx()).weak);
    }

    /// A count that is worth a look in `colour` where it is not 0.
    pub(super) fn count_in(&mut self, n: usize, colour: Color32) {
        self.number(&count(n), if n > 0 { colour } else { tokens(self.ui.ctx()).faint });
    }

    /// A share in percent.
    pub(super) fn percent(&mut self, figure: &Figure) {
        let t = tokens(self.ui.ctx());
        self.number(&percent(figure), if figure.value().is_some() { t.text } else { t.faint });
    }

    /// A number with two digits, or a dash; why, or how sure, under the pointer.
    pub(super) fn figure(&mut self, figure: &Figure, of: &str) {
        self.shown(figure, of, &number(figure.value()));
    }

    /// The same for a difference, with its sign.
    pub(super) fn difference(&mut self, figure: &Figure, of: &str) {
        self.shown(figure, of, &figure.value().map_or_else(|| number(None), signed));
    }

    /// The same as [`Self::figure`] with so many digits.
    pub(super) fn figure_to(&mut self, figure: &Figure, of: &str, digits: usize) {
        self.shown(figure, of, &figure.value().map_or_else(|| number(None), |value| format!("{value:.digits$}")));
    }

    fn shown(&mut self, figure: &Figure, of: &str, words: &str) {
        let t = tokens(self.ui.ctx());
        self.number(words, if figure.value().is_some() { t.text } else { t.faint });
        self.hint(super::intervals::words(figure, of));
    }

    /// What the cell filled last means, under the pointer.
    pub(super) fn hint(&self, help: impl Into<egui::WidgetText>) {
        let (cell, id) = self.last;
        self.ui.interact(cell, id, egui::Sense::hover()).on_hover_text(help);
    }

    /// Whether the cell filled last was clicked, which does what `label` says.
    pub(super) fn link(&self, label: String) -> bool {
        let (cell, id) = self.last;
        link(self.ui, cell, id, label).clicked()
    }
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
