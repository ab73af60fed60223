//! The badge of a flagged response in the list: one word, and how many more there are.

use crate::flags::{Kind, KindSet};
use crate::ui::theme::{metrics, tokens};
use crate::ui::widgets::one_line;
use egui::{CornerRadius, FontId, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

/// Paints the badge of `kinds` so that it ends at the right of `line`, a line of small text; its width, with the gap
/// before it. 0 where there is no flag.
pub fn badge(ui: &Ui, line: Rect, kinds: KindSet) -> f32 {
    let mut kinds = kinds.iter();
    let Some(first) = kinds.next() else { return 0.0 };
    let (t, m) = (tokens(ui.ctx()), metrics());
    let more = kinds.count();
    let name = first.name().to_lowercase();
    let words = if more == 0 { name } else { format!("{name} +{more}") };
    let font = FontId::proportional(m.text.small - 1.0);
    let words = one_line(ui, &words, font, t.warning, line.width() * 0.5);
    let size = vec2(words.size().x + m.space.m + 2.0, words.size().y + m.space.xs);
    let rect = Rect::from_min_size(pos2(line.right() - size.x, line.center().y - size.y / 2.0), size);
    let radius = CornerRadius::same((size.y / 2.0) as u8);
    ui.painter().rect_filled(rect, radius, t.warning.gamma_multiply(0.10));
    ui.painter().rect_stroke(rect, radius, Stroke::new(1.0, t.warning.gamma_multiply(0.45)), StrokeKind::Inside);
    ui.painter().galley(rect.center() - words.size() / 2.0, words, t.warning);
    size.x + m.space.m
}

/// What the flags of `kinds` say, a line each: for a tooltip.
pub(super) fn summaries(kinds: impl Iterator<Item = Kind>) -> Vec<String> {
    kinds.map(|kind| format!("{}: {}", kind.name(), kind.info().summary)).collect()
}

/// Names the flags of a response in its tooltip.
pub fn unfold(ui: &mut Ui, kinds: KindSet) {
    for line in summaries(kinds.iter()) {
        ui.label(egui::RichText::new(line).size(metrics().text.small).color(tokens(ui.ctx()).warning));
    }
}
