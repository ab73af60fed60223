//! The strip beside the scroll bar that shows where in the whole text the marks are.

use super::doc::TextDoc;
use super::flow::Flow;
use super::highlight::layer_color;
use super::marks::Mark;
use super::options::LayerStyle;
use super::scroll::MARGIN;
use egui::{CursorIcon, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, WidgetInfo, vec2};
use std::sync::Arc;

/// How many layers share one line of the strip, side by side.
const ABREAST: usize = 3;
/// How many marks are looked at for each pixel: the cost of the strip depends on its height alone.
const LOOKED_AT: usize = 16;

/// The strip, computed once for as long as text, marks and heights stay.
#[derive(Default)]
pub(super) struct MatchMap {
    key: Option<Key>,
    pub(super) ticks: Vec<Tick>,
    /// Points of content per point of the strip.
    pub(super) scale: f64,
}

struct Key {
    marks: Arc<[Mark]>,
    height: u32,
    epoch: u64,
}

/// A stretch of the strip over which the same layers have marks.
pub(super) struct Tick {
    pub(super) top: f32,
    bottom: f32,
    layers: Vec<(u32, bool)>,
}

impl MatchMap {
    /// Shows the strip in `rect`. Returns how far down the content a press wants the view, in points.
    pub(super) fn show(
        &mut self,
        ui: &Ui,
        rect: Rect,
        doc: &TextDoc,
        flow: &Flow,
        layers: &[LayerStyle],
        emphasised: Option<u32>,
    ) -> Option<f64> {
        self.update(rect.height(), doc, flow);
        let response = ui.interact(rect, ui.scope_id().with("match_map"), Sense::click_and_drag());
        let name = format!("Map of {} matches", doc.marks().len());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), &name));

        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 2, ui.visuals().text_color().gamma_multiply(0.05));
        for tick in &self.ticks {
            let width = rect.width() / tick.layers.len() as f32;
            for (column, &(layer, violates)) in tick.layers.iter().enumerate() {
                let dim = emphasised.is_some_and(|emphasised| emphasised != layer);
                let color = layer_color(layers, layer, ui.visuals()).gamma_multiply(if dim { 0.25 } else { 1.0 });
                let at = rect.min + vec2(width * column as f32, tick.top);
                let cell = Rect::from_min_size(at, vec2(width, (tick.bottom - tick.top).max(2.0)));
                painter.add(match violates {
                    true => arrow(cell, color),
                    false => Shape::rect_filled(cell.shrink2(vec2(1.0, 0.0)), 0.5, color),
                });
            }
        }
        if doc.marks().is_empty() {
            return None;
        }
        let pressed = response.is_pointer_button_down_on() || response.clicked();
        let pointer = response.on_hover_cursor(CursorIcon::PointingHand).interact_pointer_pos();
        pointer.filter(|_| pressed).map(|pointer| f64::from(pointer.y - rect.top()) * self.scale)
    }

    fn update(&mut self, height: f32, doc: &TextDoc, flow: &Flow) {
        let height = height.clamp(0.0, 10_000.0) as u32;
        let fresh = |key: &Key| {
            Arc::ptr_eq(&key.marks, doc.shared_marks()) && (key.height, key.epoch) == (height, flow.epoch())
        };
        if self.key.as_ref().is_some_and(fresh) {
            return;
        }
        self.key = Some(Key { marks: Arc::clone(doc.shared_marks()), height, epoch: flow.epoch() });
        self.ticks.clear();
        let content = flow.total() + f64::from(MARGIN) * 2.0;
        // A text shorter than the strip has its ticks beside its lines.
        self.scale = (content / f64::from(height.max(1))).max(1.0);
        let byte_at = |pixel: u32| {
            let y = f64::from(pixel) * self.scale - f64::from(MARGIN);
            if y < 0.0 {
                return 0;
            }
            let (block, inside, block_height) = flow.block_at(y);
            let owned = doc.blocks.owned(block);
            owned.start + (owned.len() as f32 * inside / block_height.max(1.0)) as usize
        };
        let mut from = 0;
        for pixel in 0..height {
            let to = byte_at(pixel + 1);
            let layers = present(doc, from..to);
            from = to;
            if layers.is_empty() {
                continue;
            }
            let (top, bottom) = (pixel as f32, pixel as f32 + 1.0);
            match self.ticks.last_mut() {
                Some(last) if last.bottom == top && last.layers == layers => last.bottom = bottom,
                _ => self.ticks.push(Tick { top, bottom, layers }),
            }
        }
    }
}

/// The first layers with marks in `bytes`, and whether such a mark violates.
fn present(doc: &TextDoc, bytes: std::ops::Range<usize>) -> Vec<(u32, bool)> {
    let mut layers: Vec<(u32, bool)> = Vec::new();
    if bytes.is_empty() {
        return layers;
    }
    for mark in doc.touching(bytes, LOOKED_AT) {
        let mark = &doc.marks()[mark];
        if let Some((_, violates)) = layers.iter_mut().find(|(layer, _)| *layer == mark.layer) {
            *violates |= mark.violates;
        } else if layers.len() < ABREAST {
            layers.push((mark.layer, mark.violates));
        }
    }
    layers.sort_unstable();
    layers
}

/// A violation: an arrow head pointing at the text, higher than the bar of support.
fn arrow(cell: Rect, color: egui::Color32) -> Shape {
    let cell = Rect::from_center_size(cell.center(), Vec2::new(cell.width(), cell.height().max(7.0)));
    let points = vec![cell.left_center(), cell.right_top(), cell.right_bottom()];
    Shape::convex_polygon(points, color, Stroke::NONE)
}
