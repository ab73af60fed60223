//! Small distributions.

use crate::ui::theme::tokens;
use egui::{Color32, Rect, Response, Sense, Ui, WidgetInfo, pos2, vec2};
use std::ops::RangeInclusive;

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
    /// Shows the bars `width` wide; the bins that were clicked, or dragged over. `range` names some.
    pub fn show(
        &self,
        ui: &mut Ui,
        width: f32,
        range: impl Fn(RangeInclusive<usize>) -> String,
    ) -> (Response, Option<RangeInclusive<usize>>) {
        let (rect, response) = ui.allocate_exact_size(vec2(width, self.height), Sense::click_and_drag());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, self.label));
        sparkline(ui, rect, self.counts, self.colour);
        let bin_at = |x: f32| {
            let share = ((x - rect.left()) / rect.width()).max(0.0);
            ((share * self.counts.len() as f32) as usize).min(self.counts.len() - 1)
        };
        let pointer = response.interact_pointer_pos().or(response.hover_pos());
        let Some(bin) = pointer.map(|at| bin_at(at.x)) else { return (response, None) };
        // A drag goes on from where it began.
        let began = response.id.with("began");
        if response.drag_started()
            && let Some(origin) = ui.input(|input| input.pointer.press_origin())
        {
            ui.data_mut(|data| data.insert_temp(began, bin_at(origin.x)));
        }
        let from =
            ui.data(|data| data.get_temp::<usize>(began)).filter(|_| response.dragged() || response.drag_stopped());
        let bins = from.map_or(bin..=bin, |from| from.min(bin)..=from.max(bin));
        let step = rect.width() / self.counts.len() as f32;
        let left = rect.left() + step * *bins.start() as f32;
        let covered = step * (bins.end() - bins.start() + 1) as f32;
        let column = Rect::from_min_size(pos2(left, rect.top()), vec2(covered, rect.height()));
        ui.painter().rect_filled(column, 0.0, tokens(ui.ctx()).text.gamma_multiply(0.08));
        let count: u32 = self.counts[bins.clone()].iter().sum();
        let noun = if count == 1 { "response" } else { "responses" };
        let words = range(bins.clone());
        let chosen = (response.clicked() || response.drag_stopped()).then_some(bins).filter(|_| count > 0);
        let response = response.on_hover_text_at_pointer(format!("{} {words}: {count} {noun}", self.label));
        (response, chosen)
    }
}
