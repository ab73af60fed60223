//! Paints marks, the selection and the ring around the current mark behind a block's text.
//!
//! The text itself is laid out without them, so that pointing, emphasising and rescoring cost no layout.

use super::doc::TextDoc;
use super::marks::Mark;
use super::options::{LayerStyle, TextStyleOptions};
use super::shaped::Placed;
use crate::text::{Span, runs};
use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Visuals, pos2, vec2};
use std::ops::Range;

/// How many marks of one block are painted at most: more could not be told apart.
pub(super) const MOST_MARKS: usize = 256;
/// How many underlines are stacked.
const MOST_LINES: usize = 4;
/// Thickness of an underline.
const LINE: f32 = 1.25;
/// Distance of stacked underlines: four fit below the baseline.
const STEP: f32 = 1.75;

/// What every block is painted with.
pub(super) struct Brush<'a> {
    pub(super) doc: &'a TextDoc,
    pub(super) layers: &'a [LayerStyle],
    pub(super) options: &'a TextStyleOptions,
    pub(super) visuals: &'a Visuals,
    pub(super) selection: Range<usize>,
}

impl Brush<'_> {
    /// Paints everything that lies behind the text of `placed`.
    pub(super) fn paint_behind(&self, painter: &Painter, placed: &Placed) {
        let owned = self.doc.blocks.owned(placed.block);
        let indices = self.doc.touching(owned, MOST_MARKS);
        let marks: Vec<Mark> = indices.iter().map(|&index| self.doc.marks()[index]).collect();
        self.paint_tints(painter, placed, &marks);
        if !self.selection.is_empty() {
            // Half transparent: a highlight remains visible through the selection.
            let fill = self.visuals.selection.bg_fill.gamma_multiply(0.55);
            for rect in self.places(placed, &self.selection, true) {
                painter.rect_filled(rect, CornerRadius::ZERO, fill);
            }
        }
        for (mark, line) in marks.iter().zip(stack(&marks)) {
            self.paint_edges(painter, placed, mark, line);
        }
        let current = self.options.current.filter(|current| indices.contains(current));
        if let Some(mark) = current.and_then(|current| self.doc.marks().get(current)) {
            let stroke = Stroke::new(1.5, self.visuals.strong_text_color());
            for rect in self.shown(placed, mark) {
                painter.rect_stroke(rect.expand2(vec2(2.0, 0.5)), 4, stroke, StrokeKind::Outside);
            }
        }
    }

    /// The background: the innermost mark's tint, an emphasised layer's before that.
    fn paint_tints(&self, painter: &Painter, placed: &Placed, marks: &[Mark]) {
        let bytes = &placed.shaped.bytes;
        let local = |offset: u32| (offset as usize).clamp(bytes.start, bytes.end) - bytes.start;
        let spans: Vec<Span> = marks.iter().map(|m| Span::new(local(m.span.start)..local(m.span.end))).collect();
        let emphasised = |mark: &&u32| Some(marks[**mark as usize].layer) == self.options.emphasised;
        let mut tints: Vec<(Range<usize>, usize)> = Vec::new();
        for run in runs(bytes.len(), &spans) {
            let Some(&top) = run.layers.iter().rfind(emphasised).or(run.layers.last()) else { continue };
            let range = bytes.start + run.span.start as usize..bytes.start + run.span.end as usize;
            match tints.last_mut() {
                Some((last, mark)) if last.end == range.start && *mark == top as usize => last.end = range.end,
                _ => tints.push((range, top as usize)),
            }
        }
        for (range, mark) in tints {
            let mark = &marks[mark];
            let corners = corners(mark.span.range(), &range);
            for rect in self.places(placed, &range, false) {
                painter.rect_filled(rect, corners, self.tint(mark));
            }
        }
    }

    /// What repeats the colour as shape: a straight line under support, a wavy one and a box for violation,
    /// a tick for an empty span.
    fn paint_edges(&self, painter: &Painter, placed: &Placed, mark: &Mark, line: Option<usize>) {
        let color = self.color(mark);
        if mark.span.is_empty() {
            let caret = placed.shaped.caret(mark.span.start as usize).translate(placed.at.to_vec2());
            paint_tick(painter, caret.shrink2(vec2(0.0, 1.0)), mark.violates, color);
            return;
        }
        let Some(line) = line else { return };
        for rect in self.shown(placed, mark) {
            let y = rect.bottom() + 0.5 - STEP * line as f32;
            if mark.violates {
                painter.rect_stroke(rect, 2, Stroke::new(1.0, color.gamma_multiply(0.6)), StrokeKind::Inside);
                painter.add(Shape::line(wave(rect.left(), rect.right(), y - 2.0), Stroke::new(LINE, color)));
            } else {
                painter.hline(rect.x_range(), y, Stroke::new(LINE, color));
            }
        }
    }

    /// Where a mark is shown; one of only a line end is shown behind the line.
    fn shown(&self, placed: &Placed, mark: &Mark) -> Vec<Rect> {
        let range = mark.span.range();
        let line_end = range.start >= placed.shaped.bytes.end || placed.shaped.bytes.is_empty();
        self.places(placed, &range, line_end)
    }

    /// Rectangles on the screen behind the characters of `range`, a little apart from row to row.
    fn places(&self, placed: &Placed, range: &Range<usize>, line_end: bool) -> Vec<Rect> {
        let mut rects = placed.shaped.fragments(range, line_end);
        for rect in &mut rects {
            *rect = rect.translate(placed.at.to_vec2()).shrink2(vec2(0.0, 1.0));
        }
        rects
    }

    fn color(&self, mark: &Mark) -> Color32 {
        let color = layer_color(self.layers, mark.layer, self.visuals);
        if self.dimmed(mark) { color.gamma_multiply(0.35) } else { color }
    }

    fn tint(&self, mark: &Mark) -> Color32 {
        let base: f32 = if self.visuals.dark_mode { 0.26 } else { 0.17 };
        let shape = if mark.violates { 0.6 } else { 1.0 };
        let emphasis = match self.options.emphasised {
            Some(layer) if layer == mark.layer => 1.3,
            Some(_) => 0.3,
            None => 1.0,
        };
        layer_color(self.layers, mark.layer, self.visuals).gamma_multiply(base * shape * emphasis)
    }

    fn dimmed(&self, mark: &Mark) -> bool {
        self.options.emphasised.is_some_and(|layer| layer != mark.layer)
    }
}

/// The colour of `layer`; the theme's weak text for one without a style.
pub(super) fn layer_color(layers: &[LayerStyle], layer: u32, visuals: &Visuals) -> Color32 {
    layers.get(layer as usize).map_or(visuals.weak_text_color(), |style| style.color)
}

/// On which of the stacked underlines each of `marks` (sorted by start) goes: the lowest that is free, or
/// the one its layer already has. Nothing for those that find no place.
fn stack(marks: &[Mark]) -> Vec<Option<usize>> {
    let mut lines: Vec<(u32, u32)> = Vec::new();
    let place = |mark: &Mark| {
        let span = mark.span;
        let same = lines.iter().position(|&(layer, end)| layer == mark.layer && end > span.start);
        let line = same.or_else(|| lines.iter().position(|&(_, end)| end <= span.start)).unwrap_or(lines.len());
        match lines.get_mut(line) {
            Some(taken) => *taken = (mark.layer, if same.is_some() { taken.1.max(span.end) } else { span.end }),
            None if line < MOST_LINES => lines.push((mark.layer, span.end)),
            None => return None,
        }
        Some(line)
    };
    marks.iter().map(place).collect()
}

/// Round where the mark itself begins or ends, straight where another cuts it.
pub(super) fn corners(mark: Range<usize>, painted: &Range<usize>) -> CornerRadius {
    let west = if mark.start == painted.start { 3 } else { 0 };
    let east = if mark.end == painted.end { 3 } else { 0 };
    CornerRadius { nw: west, sw: west, ne: east, se: east }
}

/// A wavy line with its upper edge at `top`.
fn wave(left: f32, right: f32, top: f32) -> Vec<Pos2> {
    let count = ((right - left) / 2.0).max(1.0) as usize;
    let at = |i: usize| {
        pos2(left + (right - left) * i as f32 / count as f32, top + if i.is_multiple_of(2) { 2.0 } else { 0.0 })
    };
    (0..=count).map(at).collect()
}

/// A place between two characters: a stem on a filled foot, an open one for a violation.
fn paint_tick(painter: &Painter, caret: Rect, violates: bool, color: Color32) {
    painter.vline(caret.center().x, caret.y_range(), Stroke::new(LINE, color));
    let foot = caret.center_bottom();
    let points = vec![foot + vec2(-3.5, 0.5), foot + vec2(3.5, 0.5), foot + vec2(0.0, -4.0)];
    painter.add(match violates {
        true => Shape::closed_line(points, Stroke::new(1.0, color)),
        false => Shape::convex_polygon(points, color, Stroke::NONE),
    });
}

#[cfg(test)]
mod tests {
    use super::{Mark, stack};
    use crate::text::Span;

    #[test]
    fn overlapping_layers_get_lines_of_their_own() {
        let marks: Vec<Mark> = [(0, 9, 0), (2, 5, 1), (3, 4, 0), (5, 8, 2), (6, 7, 3), (6, 7, 4), (6, 7, 5)]
            .map(|(start, end, layer)| Mark { span: Span { start, end }, layer, violates: false })
            .to_vec();
        let expected = [Some(0), Some(1), Some(0), Some(1), Some(2), Some(3), None];
        assert_eq!(stack(&marks), expected);
    }
}
