//! The match map beside the scroll bar: where in the text the marks are.

use super::LayerStyle;
use super::document::{Mark, TextDoc};
use egui::{Rect, Ui, pos2, vec2};
use std::sync::Arc;

/// Width of the map, in points.
pub(super) const WIDTH: f32 = 9.0;

/// A tick of the map.
#[derive(Clone, Copy, Debug)]
struct Tick {
    y: f32,
    layer: u32,
    violates: bool,
}

/// The ticks, kept until the marks or the height change.
#[derive(Debug, Default)]
pub(super) struct Map {
    marks: Arc<[Mark]>,
    height: f32,
    ticks: Vec<Tick>,
}

impl Map {
    /// Paints the ticks into `rect`: a full bar for support, a half one for a violation.
    pub(super) fn paint(&mut self, ui: &Ui, rect: Rect, doc: &TextDoc, layers: &[LayerStyle], emphasis: Option<u32>) {
        if !Arc::ptr_eq(&self.marks, doc.marks()) || self.height != rect.height() {
            self.marks = doc.marks().clone();
            self.height = rect.height();
            self.ticks = ticks(doc, rect.height());
        }
        for tick in &self.ticks {
            let Some(layer) = layers.get(tick.layer as usize) else { continue };
            let dim = emphasis.is_some_and(|emphasis| emphasis != tick.layer);
            let colour = layer.color.gamma_multiply(if dim { 0.25 } else { 1.0 });
            let left = if tick.violates { rect.center().x } else { rect.left() };
            let size = vec2(rect.right() - left, 2.0);
            ui.painter().rect_filled(Rect::from_min_size(pos2(left, rect.top() + tick.y), size), 1.0, colour);
        }
    }
}

/// One tick a layer and pixel at the most, however many marks there are.
fn ticks(doc: &TextDoc, height: f32) -> Vec<Tick> {
    let scale = (height - 2.0).max(0.0) / doc.text().len().max(1) as f32;
    let mut ticks: Vec<Tick> = Vec::new();
    let mut last: Vec<Option<(f32, bool)>> = Vec::new();
    for mark in doc.marks().iter() {
        let y = (mark.span.start as f32 * scale).floor();
        let layer = mark.layer as usize;
        if last.len() <= layer {
            last.resize(layer + 1, None);
        }
        if last[layer] != Some((y, mark.violates)) {
            last[layer] = Some((y, mark.violates));
            ticks.push(Tick { y, layer: mark.layer, violates: mark.violates });
        }
    }
    ticks
}
