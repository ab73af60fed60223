//! Bars: a share of one, and several shares stacked.

use crate::ui::theme::tokens;
use egui::{Color32, CornerRadius, Rect, Ui, pos2};

/// A stretch of a stacked bar.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Its share of the whole bar, 0..=1.
    pub share: f32,
    /// Its colour.
    pub colour: Color32,
}

/// Paints `parts` one after the other from the left of `rect`; what is left over is the track.
pub fn stacked(ui: &Ui, rect: Rect, parts: impl Iterator<Item = Part>) {
    let radius = CornerRadius::same((rect.height() / 2.0).min(3.0) as u8);
    let painter = ui.painter().with_clip_rect(rect.intersect(ui.clip_rect()));
    painter.rect_filled(rect, radius, tokens(ui.ctx()).hover);
    let mut x = rect.left();
    for part in parts {
        let right = (x + rect.width() * part.share.max(0.0)).min(rect.right());
        if right > x {
            painter.rect_filled(
                Rect::from_min_max(pos2(x, rect.top()), pos2(right, rect.bottom())),
                radius,
                part.colour,
            );
        }
        x = right;
    }
}

/// Paints one share of `rect`.
pub fn meter(ui: &Ui, rect: Rect, share: f64, colour: Color32) {
    stacked(ui, rect, std::iter::once(Part { share: share.clamp(0.0, 1.0) as f32, colour }));
}
