//! A list of rows of one height, as long as it may be. egui's own scroll area counts points in f32, which a
//! million rows outgrow: gaps open between rows. Here the place is an f64, and only what is seen exists.

use crate::ui::theme::{metrics, tokens};
use egui::{Rect, Sense, Ui, UiBuilder, pos2, vec2};
use std::ops::Range;

/// How far a list is scrolled.
#[derive(Debug, Default)]
pub struct VirtualRows {
    /// Points above the upper edge.
    offset: f64,
    /// Top and bottom of what is to be shown, until the next frame shows it.
    wanted: Option<(f64, f64)>,
}

/// Width of the scroll bar, in points.
const BAR: f32 = 8.0;

impl VirtualRows {
    /// Scrolls no more than it takes to show row `index` whole.
    pub fn reveal(&mut self, index: usize, height: f32) {
        let top = index as f64 * f64::from(height);
        self.wanted = Some((top, top + f64::from(height)));
    }

    /// Shows the rows that are seen of `count`, each `height` high, in the room that is left: `add` paints one in
    /// its place. The rows that were seen.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        count: usize,
        height: f32,
        mut add: impl FnMut(&mut Ui, usize, Rect),
    ) -> Range<usize> {
        let area = ui.available_rect_before_wrap();
        let response = ui.allocate_rect(area, Sense::hover());
        let seen = f64::from(area.height());
        if let Some((top, bottom)) = self.wanted.take() {
            self.offset = self.offset.clamp((bottom - seen).min(top), top);
        }
        let whole = count as f64 * f64::from(height);
        if response.contains_pointer() {
            let moved = ui.input_mut(|input| std::mem::take(&mut input.smooth_scroll_delta.y));
            self.offset -= f64::from(moved);
        }
        let view = Rect::from_min_max(area.min, pos2(area.right() - BAR, area.bottom()));
        self.bar(ui, Rect::from_min_max(pos2(view.right() + 2.0, area.top()), area.max), whole, seen);
        self.offset = self.offset.clamp(0.0, (whole - seen).max(0.0));

        let first = (self.offset / f64::from(height)) as usize;
        let last = (((self.offset + seen) / f64::from(height)).ceil() as usize).min(count);
        let mut inner = ui.new_child(UiBuilder::new().max_rect(view));
        inner.set_clip_rect(view.intersect(ui.clip_rect()));
        for index in first..last {
            let y = view.top() + (index as f64 * f64::from(height) - self.offset) as f32;
            let rect = Rect::from_min_size(pos2(view.left(), y), vec2(view.width(), height));
            add(&mut inner, index, rect);
        }
        first..last
    }

    fn bar(&mut self, ui: &Ui, track: Rect, whole: f64, seen: f64) {
        if whole <= seen {
            return;
        }
        let t = tokens(ui.ctx());
        let length = ((seen / whole) as f32 * track.height()).max(metrics().row);
        let travel = f64::from(track.height() - length);
        let response = ui.interact(track, ui.scope_id().with("bar"), Sense::click_and_drag());
        if let Some(at) = response.interact_pointer_pos() {
            let top = f64::from(at.y - track.top() - length / 2.0);
            self.offset = (top / travel).clamp(0.0, 1.0) * (whole - seen);
        }
        let top = track.top() + (self.offset / (whole - seen) * travel) as f32;
        let handle = Rect::from_min_size(pos2(track.left(), top), vec2(track.width() - 1.0, length));
        let colour = if response.hovered() || response.dragged() { t.faint } else { t.line };
        ui.painter().rect_filled(handle, 3.0, colour);
    }
}
