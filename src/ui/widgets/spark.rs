//! Small distributions.

use crate::ui::theme::tokens;
use egui::{Color32, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};

/// Paints `counts` as bars into `rect`, the tallest as high as the rect. A bin with any count shows.
pub fn sparkline(ui: &Ui, rect: Rect, counts: &[u32], colour: Color32) {
    let tallest = counts.iter().copied().max().unwrap_or(0).max(1) as f32;
    let width = rect.width() / counts.len() as f32;
    let gap = if width > 5.0 { 1.0 } else { 0.5 };
    for (index, &count) in counts.iter().enumerate() {
        let left = rect.left() + width * index as f32;
        let height = if count == 0 { 1.0 } else { (rect.height() * count as f32 / tallest).max(2.0) };
        let bar = Rect::from_min_max(pos2(left, rect.bottom() - height), pos2(left + width - gap, rect.bottom()));
        ui.painter().rect_filled(bar, 0.0, if count == 0 { tokens(ui.ctx()).line } else { colour });
    }
}

/// A distribution whose bars can be pointed at and clicked.
#[derive(Debug)]
pub struct Bars<'a> {
    /// What it shows, for tooltips and screen readers.
    pub label: &'a str,
    /// Counts, lowest bin first.
    pub counts: &'a [u32],
    /// Colour of the bars.
    pub colour: Color32,
    /// Height in points.
    pub height: f32,
}

impl Bars<'_> {
    /// Shows the bars over the available width; the bin that was clicked. `range` names a bin.
    pub fn show(&self, ui: &mut Ui, width: f32, range: impl Fn(usize) -> String) -> (Response, Option<usize>) {
        let (rect, response) = ui.allocate_exact_size(vec2(width, self.height), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, self.label));
        sparkline(ui, rect, self.counts, self.colour);
        let bin = response.hover_pos().map(|at| {
            let share = (at.x - rect.left()) / rect.width();
            ((share * self.counts.len() as f32) as usize).min(self.counts.len() - 1)
        });
        let Some(bin) = bin else { return (response, None) };
        let width = rect.width() / self.counts.len() as f32;
        let column =
            Rect::from_min_size(pos2(rect.left() + width * bin as f32, rect.top()), vec2(width, rect.height()));
        ui.painter().rect_filled(column, 0.0, tokens(ui.ctx()).text.gamma_multiply(0.08));
        let count = self.counts[bin];
        let noun = if count == 1 { "response" } else { "responses" };
        let clicked = response.clicked().then_some(bin).filter(|_| count > 0);
        let response = response.on_hover_text_at_pointer(format!("{} {}: {count} {noun}", self.label, range(bin)));
        (response, clicked)
    }
}
