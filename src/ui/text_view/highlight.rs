//! Painting marks: a tint behind the letters, a line below them. Shape repeats what colour says: straight for
//! support, a zigzag for a violation; overlapping marks stack their lines.

use super::document::TextDoc;
use super::row::rects;
use super::{LayerStyle, TextStyleOptions};
use egui::{Galley, Painter, Pos2, Rect, Stroke, StrokeKind, pos2};
use std::ops::Range;
use std::sync::Arc;

/// Paints the marks of block `range` at `origin`, before its letters are painted.
pub(super) fn paint(
    painter: &Painter,
    doc: &TextDoc,
    range: &Range<usize>,
    galley: &Arc<Galley>,
    origin: Pos2,
    layers: &[LayerStyle],
    options: &TextStyleOptions,
) {
    let block = &doc.text()[range.clone()];
    // Where the last mark of each lane of underlines ends.
    let mut lanes: Vec<u32> = Vec::new();
    for index in doc.marks_in(range.clone()) {
        let mark = doc.marks()[index];
        let Some(layer) = layers.get(mark.layer as usize) else { continue };
        let lane = match lanes.iter().position(|&end| end <= mark.span.start) {
            Some(lane) => {
                lanes[lane] = mark.span.end;
                lane
            }
            None => {
                lanes.push(mark.span.end);
                lanes.len() - 1
            }
        };
        let strength = match options.emphasis {
            Some(layer) if layer == mark.layer => 1.7,
            Some(_) => 0.3,
            None => 1.0,
        };
        let bytes = mark.span.range();
        let inside = bytes.start.clamp(range.start, range.end) - range.start
            ..bytes.end.clamp(range.start, range.end) - range.start;
        for rect in rects(galley, block, inside) {
            let rect = rect.translate(origin.to_vec2());
            // The tint hugs the letters, not the whole line.
            let tint =
                Rect::from_center_size(rect.center(), rect.size() - egui::vec2(0.0, options.line_height() * 0.12));
            painter.rect_filled(tint, 3.0, layer.color.gamma_multiply((options.tint * strength).min(0.6)));
            let line = tint.bottom() - 1.0 - lane.min(MOST_LANES) as f32 * 3.0;
            let stroke =
                Stroke::new(if strength > 1.0 { 2.0 } else { 1.5 }, layer.color.gamma_multiply(strength.min(1.0)));
            underline(painter, tint, line, stroke, mark.violates);
            if options.current == Some(index) {
                painter.rect_stroke(tint.expand(1.5), 4.0, Stroke::new(1.5, options.color), StrokeKind::Outside);
            }
        }
    }
}

/// More lines than this on top of each other would run into the letters.
const MOST_LANES: usize = 3;

fn underline(painter: &Painter, rect: Rect, y: f32, stroke: Stroke, zigzag: bool) {
    if !zigzag {
        painter.hline(rect.x_range(), y, stroke);
        return;
    }
    let steps = (rect.width() / 3.0).ceil().max(1.0) as usize;
    let points = (0..=steps)
        .map(|step| {
            pos2((rect.left() + step as f32 * 3.0).min(rect.right()), if step % 2 == 0 { y + 1.5 } else { y - 1.5 })
        })
        .collect();
    painter.add(egui::Shape::line(points, stroke));
}
