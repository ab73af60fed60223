//! The cells of the tables.

use crate::ui::theme::{metrics, tokens};
use crate::ui::widgets::{elided, in_two_lines};
use egui::{Align2, Color32, FontId, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

/// Width of a number.
pub(in crate::ui::panels) const NUMBER: f32 = 58.0;
/// Width of a tinted cell.
pub(in crate::ui::panels) const HEAT: f32 = 76.0;

/// The columns of a table: how wide each is.
pub(in crate::ui::panels) struct Columns {
    pub(in crate::ui::panels) widths: Vec<f32>,
}

impl Columns {
    pub(in crate::ui::panels) fn row(&self, ui: &mut Ui, height: f32) -> Vec<Rect> {
        let width: f32 = self.widths.iter().sum();
        let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
        let mut left = rect.left();
        self.widths
            .iter()
            .map(|&width| {
                let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(width, height));
                left += width;
                cell
            })
            .collect()
    }
}

/// Height of a row of [`head_centred`] heads with these names, above cells of `width`.
pub(in crate::ui::panels) fn heads<'a>(ui: &Ui, mut names: impl Iterator<Item = &'a str>, width: f32) -> f32 {
    let font = FontId::proportional(metrics().text.small);
    let weak = tokens(ui.ctx()).weak;
    let takes_two = names.any(|name| in_two_lines(ui, name, &font, weak, width - 6.0).rows.len() > 1);
    metrics().row + if takes_two { 8.0 } else { -4.0 }
}

/// A head of a column of words or numbers, which stands at the lower end.
pub(in crate::ui::panels) fn head(ui: &Ui, cell: Rect, words: &str, colour: Color32, right: bool) {
    let font = FontId::proportional(metrics().text.small);
    let galley = elided(ui, words, &font, colour, cell.width() - 6.0);
    let x = if right { cell.right() - galley.size().x - 6.0 } else { cell.left() };
    ui.painter().galley(pos2(x, cell.bottom() - galley.size().y - 4.0), galley, colour);
}

/// A head above centred cells, in two lines where it takes them.
pub(in crate::ui::panels) fn head_centred(ui: &Ui, cell: Rect, words: &str, colour: Color32) {
    let font = FontId::proportional(metrics().text.small);
    let galley = in_two_lines(ui, words, &font, colour, cell.width() - 6.0);
    ui.painter().galley(pos2(cell.center().x, cell.bottom() - galley.size().y - 4.0), galley, colour);
}

/// A cell that can be clicked.
pub(in crate::ui::panels) fn link(ui: &Ui, cell: Rect, salt: impl egui::AsIdSalt, label: String) -> Response {
    let response = ui.interact(cell.shrink2(vec2(1.0, 1.0)), ui.scope_id().with(salt), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &label));
    if response.hovered() {
        ui.painter().rect_stroke(
            cell.shrink(1.0),
            3.0,
            egui::Stroke::new(1.0, tokens(ui.ctx()).faint),
            egui::StrokeKind::Inside,
        );
    }
    response.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(label)
}

pub(in crate::ui::panels) fn text(ui: &Ui, cell: Rect, words: &str, colour: Color32, right: bool) {
    let font = FontId::proportional(metrics().text.body);
    let (at, align) = if right {
        (cell.right_center() - vec2(6.0, 0.0), Align2::RIGHT_CENTER)
    } else {
        (cell.left_center(), Align2::LEFT_CENTER)
    };
    ui.painter().text(at, align, words, font, colour);
}

/// A tinted cell: the stronger the colour, the higher the value.
pub(in crate::ui::panels) fn heat(ui: &Ui, cell: Rect, value: Option<f64>, words: &str, colour: Color32) {
    let t = tokens(ui.ctx());
    if let Some(value) = value {
        let fill = colour.gamma_multiply(0.08 + 0.42 * value.clamp(0.0, 1.0) as f32);
        ui.painter().rect_filled(cell.shrink(1.0), 3.0, fill);
    }
    let font = FontId::proportional(metrics().text.body);
    let colour = if value.is_some() { t.text } else { t.faint };
    ui.painter().text(cell.center(), Align2::CENTER_CENTER, words, font, colour);
}
