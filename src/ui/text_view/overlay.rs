//! Spans that are marked beside the evidence and told from it by shape: differences, labels, masks, flags.
//!
//! An overlay is painted over or around the text and costs no layout. Evidence has its lines below the letters
//! and its tint behind them; every [`Look`] keeps clear of both, except a mask, which hides all.

use super::highlight::corners;
use super::marks::{Mark, MarkIndex};
use super::shaped::Placed;
use crate::text::Span;
use egui::{Color32, Painter, Rect, Shape, Stroke, StrokeKind, pos2, vec2};
use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

/// How many spans of one overlay are painted in one block at most.
const MOST_SPANS: usize = 1024;
/// What stands for a masked stretch where text is read out or copied; as long for every name.
const MASKED: &str = "▇▇▇";
/// Lengths of a dash and of the gap behind it.
const DASH: (f32, f32) = (3.0, 2.0);

/// How the spans of an overlay are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// A dashed line below the evidence's lines.
    Dashed,
    /// A line through the letters.
    Struck,
    /// A bracket above the letters, open downwards.
    Bracketed,
    /// A frame around the letters.
    Framed,
    /// Covers the letters, also for assistive technology and in what is copied.
    Masked,
}

/// Places in one text, sorted and indexed: keep them for as long as the text is shown.
#[derive(Clone, Debug, Default)]
pub struct OverlaySpans(Arc<Indexed>);

#[derive(Debug, Default)]
struct Indexed {
    marks: Vec<Mark>,
    index: MarkIndex,
}

/// Spans with the way they are drawn.
#[derive(Clone, Debug)]
pub struct Overlay {
    /// Where.
    pub spans: OverlaySpans,
    /// By what shape.
    pub look: Look,
    /// In which colour, opaque.
    pub color: Color32,
}

impl PartialEq for Overlay {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.spans.0, &other.spans.0) && (self.look, self.color) == (other.look, other.color)
    }
}

impl OverlaySpans {
    /// Takes `spans` of `text`, in any order; O(n log n). One that does not fit the text is cut to it, and moved
    /// back to a character boundary.
    pub fn new(text: &str, spans: impl IntoIterator<Item = Span>) -> Self {
        let mut marks: Vec<Mark> = spans.into_iter().map(|span| Mark { span, layer: 0, violates: false }).collect();
        for (number, mark) in marks.iter_mut().enumerate() {
            mark.span = mark.span.fitted(text);
            // The caller's own number, which sorting would lose.
            mark.layer = number as u32;
        }
        marks.sort_by_key(|mark| mark.span);
        Self(Arc::new(Indexed { index: MarkIndex::new(&marks), marks }))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.marks.is_empty()
    }

    /// The spans that cover byte `offset`, as numbers in the order they were given in.
    pub fn at(&self, offset: usize) -> Vec<usize> {
        let found = self.touching(offset..offset + 1, usize::MAX);
        found.filter(|mark| mark.span.range().contains(&offset)).map(|mark| mark.layer as usize).collect()
    }

    fn touching(&self, bytes: Range<usize>, limit: usize) -> impl Iterator<Item = &Mark> {
        let marks = &self.0.marks;
        self.0.index.touching(marks, bytes, limit).into_iter().map(|index| &marks[index])
    }
}

impl Overlay {
    /// Paints the spans in `placed`, whose block owns the bytes `owned`.
    pub(super) fn paint(&self, painter: &Painter, placed: &Placed, owned: Range<usize>) {
        for mark in self.spans.touching(owned, MOST_SPANS) {
            let fragments = placed.shaped.fragments(&mark.span.range(), false);
            let last = fragments.len().saturating_sub(1);
            for (number, rect) in fragments.into_iter().enumerate() {
                let rect = rect.translate(placed.at.to_vec2()).shrink2(vec2(0.0, 1.0));
                self.paint_piece(painter, rect, (number == 0, number == last));
            }
            if mark.span.is_empty() {
                self.paint_caret(painter, placed, mark.span.start as usize);
            }
        }
    }

    /// One row of a span; `ends` tells whether the span begins and ends in it.
    fn paint_piece(&self, painter: &Painter, rect: Rect, ends: (bool, bool)) {
        let stroke = Stroke::new(1.25, self.color);
        match self.look {
            Look::Dashed => {
                let y = rect.bottom() + 1.75;
                let line = [pos2(rect.left(), y), pos2(rect.right(), y)];
                painter.extend(Shape::dashed_line(&line, Stroke::new(1.5, self.color), DASH.0, DASH.1));
            }
            Look::Struck => {
                // Thin and half transparent: what is struck is still to be read.
                let line = Stroke::new(1.25, self.color.gamma_multiply(0.75));
                painter.hline(rect.x_range(), rect.center().y + 1.0, line);
            }
            Look::Bracketed => {
                let top = rect.top() - 0.5;
                painter.hline(rect.x_range(), top, stroke);
                for (x, is_end) in [(rect.left() + 0.5, ends.0), (rect.right() - 0.5, ends.1)] {
                    if is_end {
                        painter.vline(x, top..=top + 5.0, stroke);
                    }
                }
            }
            Look::Framed => {
                painter.rect_stroke(rect, 3, stroke, StrokeKind::Outside);
            }
            Look::Masked => {
                painter.rect_filled(rect, corners(0..1, &(usize::from(!ends.0)..1 + usize::from(!ends.1))), self.color);
            }
        }
    }

    /// A place between two characters: a small wedge that points at it from above.
    fn paint_caret(&self, painter: &Painter, placed: &Placed, byte: usize) {
        let caret = placed.shaped.caret(byte).translate(placed.at.to_vec2());
        let tip = caret.center_top() + vec2(0.0, 4.5);
        let points = vec![tip - vec2(3.0, 4.5), tip + vec2(3.0, -4.5), tip];
        painter.add(Shape::convex_polygon(points, self.color, Stroke::NONE));
    }
}

/// The text of `bytes`, with what `overlays` mask replaced.
pub(super) fn without_masked<'t>(text: &'t str, bytes: Range<usize>, overlays: &[Overlay]) -> Cow<'t, str> {
    let masks = overlays.iter().filter(|overlay| overlay.look == Look::Masked);
    let mut hidden: Vec<Range<usize>> =
        masks.flat_map(|overlay| overlay.spans.touching(bytes.clone(), usize::MAX)).map(|m| m.span.range()).collect();
    if hidden.is_empty() {
        return Cow::Borrowed(&text[bytes]);
    }
    hidden.sort_by_key(|range| (range.start, range.end));
    let mut out = String::with_capacity(bytes.len());
    let mut from = bytes.start;
    for range in hidden {
        let (start, end) = (range.start.clamp(from, bytes.end), range.end.min(bytes.end));
        if end > start {
            out += &text[from..start];
            out += MASKED;
            from = end;
        }
    }
    out += &text[from..bytes.end];
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::{Look, Overlay, OverlaySpans, without_masked};
    use crate::text::Span;
    use crate::ui::theme::tokens_of;

    #[track_caller]
    fn check(spans: &[(usize, usize)], bytes: std::ops::Range<usize>, expected: &str) {
        let text = "I am Zorro, a model.";
        let spans = OverlaySpans::new(text, spans.iter().map(|&(start, end)| Span::new(start..end)));
        let overlay = Overlay { spans, look: Look::Masked, color: tokens_of(egui::Theme::Dark).text };
        assert_eq!(without_masked(text, bytes, &[overlay]), expected);
    }

    #[test]
    fn what_is_masked_is_neither_read_out_nor_copied() {
        check(&[], 0..20, "I am Zorro, a model.");
        check(&[(5, 10)], 0..20, "I am ▇▇▇, a model.");
        check(&[(5, 8), (6, 10)], 0..20, "I am ▇▇▇▇▇▇, a model.");
        check(&[(5, 10)], 7..12, "▇▇▇, ");
        check(&[(5, 10), (14, 99)], 0..20, "I am ▇▇▇, a ▇▇▇");
        check(&[(5, 10)], 0..5, "I am ");
    }

    #[test]
    fn spans_keep_the_numbers_they_were_given() {
        let spans = OverlaySpans::new("naïve text", [Span::new(7..10), Span::new(0..5), Span::new(0..99)]);
        assert_eq!(spans.at(1), [1, 2]);
        assert_eq!(spans.at(8), [2, 0]);
        assert!(spans.at(40).is_empty());
    }
}
