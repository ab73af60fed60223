//! One response's text with the highlights of many criteria: wrapped, selectable, of any length.
//!
//! The text is laid out block by block (a line, or a segment of a very long one), only where it is
//! visible. Highlights are painted behind the laid-out text, so that they cost no layout. What a view
//! keeps between frames is where it stands, what is selected and how high blocks turned out to be;
//! text and marks are in a [`TextDoc`], which views may share.

mod blocks;
mod direction;
mod doc;
mod fenwick;
mod flow;
mod glyph_map;
mod highlight;
mod input;
mod marks;
mod match_map;
mod options;
mod overlay;
mod position;
mod scroll;
mod scroll_bar;
mod selection;
mod shaped;
#[cfg(test)]
mod tests;

pub use doc::TextDoc;
pub use marks::Mark;
pub use options::{LayerStyle, TextStyleOptions};
pub use overlay::{Look, Overlay, OverlaySpans};
pub use position::Position;

use crate::model::SharedText;
use crate::text::Span;
use egui::{Rangef, Rect, Response, Role, Sense, Ui, WidgetInfo, pos2};
use flow::{Flow, Setting};
use highlight::Brush;
use match_map::MatchMap;
use overlay::without_masked;
use position::Goal;
use scroll::{MARGIN, Scroll};
use scroll_bar::{Extent, scroll_bar};
use selection::Selection;
use shaped::{Placed, Shaped};
use std::ops::Range;
use std::sync::Arc;

/// Space at both sides of the text.
const PADDING: f32 = 2.0;
/// Width of the match map and of the scroll bar.
const STRIP: f32 = 10.0;
/// The narrowest column that lines are wrapped to.
const NARROWEST: f32 = 48.0;
/// How many bytes of the visible text assistive technology is given at most.
const SPOKEN: usize = 4000;

/// What a panel that shows a text keeps between frames.
#[derive(Default)]
pub struct TextView {
    /// The text shown last.
    text: Option<SharedText>,
    selection: Selection,
    scroll: Scroll,
    flow: Flow,
    map: MatchMap,
    /// Asked for, and done when next shown.
    target: Option<Span>,
    /// The same for a place that another view led to.
    goal: Option<Goal>,
    /// How far to scroll down when next shown, in points.
    pushed: f32,
    position: Position,
    /// The bytes of the rows that were entirely visible in the last frame.
    visible: Range<usize>,
    /// First byte of the topmost row in the last frame, and how much of that row was scrolled away:
    /// what stays in place when the width changes.
    top: (usize, f32),
}

/// What happened in one frame.
pub struct TextViewOutput {
    /// The marks under the pointer, from the outermost to the innermost, as indices into
    /// [`TextDoc::marks`].
    pub hovered_marks: Vec<usize>,
    /// The mark that was clicked: the emphasised layer's if it is among several, or the innermost.
    pub clicked_mark: Option<usize>,
    /// What of the overlays is under the pointer: the index of an overlay in the options, and the number of its span
    /// in the order they were given in.
    pub hovered_overlays: Vec<(usize, usize)>,
    /// The bytes selected, on character boundaries. While a drag goes on they still change:
    /// `response.dragged()` tells.
    pub selection: Option<Span>,
    /// Where the end of the selection is on the screen, if it is visible: a place for what acts on it.
    pub selection_at: Option<Rect>,
    /// Whether the person, or a jump to a place asked for, moved the view in this frame to where it did not stand.
    pub scrolled: bool,
    /// The text area, for tooltips and context menus.
    pub response: Response,
}

/// Where the parts of the widget are.
struct Parts {
    text: Rect,
    map: Rect,
    bar: Rect,
    sideways: Option<Rect>,
}

impl TextView {
    /// Scrolls to `span` when next shown, unless its first row is visible anyway.
    pub fn scroll_to(&mut self, span: Span) {
        self.target = Some(span);
    }

    /// Selects `span` and scrolls to it when next shown.
    pub fn go_to(&mut self, span: Span) {
        self.selection.set(&span.range());
        self.target = Some(span);
    }

    /// The selected bytes of `doc`; nothing if this view shows another text.
    pub fn selection(&self, doc: &TextDoc) -> Option<Span> {
        self.selection.span().filter(|_| self.shows(doc))
    }

    /// The first byte of the rows that are entirely visible.
    pub fn first_visible(&self) -> usize {
        self.visible.start
    }

    /// Selects `span` of `doc`, or nothing.
    pub fn select_span(&mut self, doc: &TextDoc, span: Option<Span>) {
        if !self.shows(doc) {
            self.start_over(doc);
        }
        self.selection.set(&span.map_or(0..0, |span| span.fitted(doc.text()).range()));
    }

    /// The selected text of `doc`; `""` for none.
    pub fn selected_text<'d>(&self, doc: &'d TextDoc) -> &'d str {
        self.selection(doc).map_or("", |span| span.of(doc.text()))
    }

    /// Fills the space that is left with `doc`, and handles the keyboard and the pointer.
    ///
    /// Marks are coloured by `layers`, indexed by [`Mark::layer`].
    pub fn show(
        &mut self,
        ui: &mut Ui,
        doc: &TextDoc,
        layers: &[LayerStyle],
        options: &TextStyleOptions,
    ) -> TextViewOutput {
        if !self.shows(doc) {
            self.start_over(doc);
        }
        let parts = parts(ui, options);
        let id = ui.scope_id().with("response_text");
        let response = ui.interact(parts.text, id, Sense::click_and_drag());
        self.begin(ui, doc, options, &parts);
        self.approach_goal(doc, &parts);
        let stood = (self.scroll.block, self.scroll.y);
        self.move_by_strips(ui, doc, layers, options, &parts);
        self.move_by_input(ui, doc, &response, options.wrap);
        self.approach_target(ui, doc, &parts.text);
        let moved = stood != (self.scroll.block, self.scroll.y);
        self.scroll.settle(ui, doc, &mut self.flow, parts.text.height());

        let placed = self.place(ui, doc, options, &parts.text);
        self.select(ui, doc, options, &response, &placed);
        self.paint(ui, doc, layers, options, &response, &placed);
        self.remember(&parts.text, &placed);
        let before = self.position;
        self.note_position(doc, &parts);
        let scrolled = moved && before != self.position;
        if self.flow.measure_some(ui, doc) {
            ui.request_repaint();
        }
        self.describe(ui, doc, options, &response);
        let hovered_marks = input::marks_under_pointer(ui, doc, &response, &placed);
        let hovered_overlays = input::overlays_under_pointer(options, &response, &placed);
        let selection = self.selection(doc);
        let selection_at = selection.and_then(|span| end_on_screen(span, &placed, &parts.text));
        let clicked_mark = Some(&hovered_marks).filter(|_| response.clicked()).and_then(|marks| {
            let emphasised = |mark: &&usize| Some(doc.marks()[**mark].layer) == options.emphasised;
            marks.iter().rfind(emphasised).or(marks.last()).copied()
        });
        TextViewOutput { hovered_marks, clicked_mark, hovered_overlays, selection, selection_at, scrolled, response }
    }

    fn shows(&self, doc: &TextDoc) -> bool {
        self.text.as_ref().is_some_and(|text| text.is_same(doc.shared_text()))
    }

    fn start_over(&mut self, doc: &TextDoc) {
        self.text = Some(doc.shared_text().clone());
        self.selection = Selection::default();
        self.position = Position::default();
        self.scroll = Scroll::default();
        self.scroll.go_to_start();
        self.flow.reset();
        self.visible = 0..0;
        self.top = (0, -MARGIN);
    }

    /// Prepares the layout; if it changed, the row at the top stays there.
    fn begin(&mut self, ui: &Ui, doc: &TextDoc, options: &TextStyleOptions, parts: &Parts) {
        let scale = ui.pixels_per_point();
        let font = options.font();
        let line_height = (font.size * options.line_height.clamp(0.5, 5.0) * scale).round() / scale;
        let room = parts.text.width() - PADDING * 2.0;
        let width = if options.wrap { room.min(options.max_width).max(NARROWEST).floor() } else { f32::INFINITY };
        if self.flow.begin(ui, doc, Setting { font, code: options.code_font(), width, line_height, scale }) {
            let (byte, hidden) = self.top;
            let block = doc.blocks.block_of(byte);
            let shaped = Shaped::new(doc, block, self.flow.galley(ui, doc, block));
            self.scroll.block = block;
            self.scroll.y = shaped.caret(byte).top() + hidden.min(self.flow.row_height());
            self.visible = 0..0;
        }
    }

    /// The scroll bars and the match map.
    fn move_by_strips(
        &mut self,
        ui: &Ui,
        doc: &TextDoc,
        layers: &[LayerStyle],
        options: &TextStyleOptions,
        parts: &Parts,
    ) {
        let view = f64::from(parts.text.height());
        let content = self.flow.total() + f64::from(MARGIN) * 2.0;
        let extent = Extent { axis: 1, offset: self.scroll.offset(&self.flow), view, content };
        let dragged = scroll_bar(ui, parts.bar, &extent);
        let mapped = self.map.show(ui, parts.map, doc, &self.flow, layers, options.emphasised);
        if let Some(offset) = dragged.or(mapped.map(|y| y - view * 0.4)) {
            // The known heights may be guesses: the end of the bar is the end of the text all the same.
            match offset >= content - view - 0.5 {
                true => self.scroll.go_to_end(doc),
                false => self.scroll.set_offset(&self.flow, offset.max(0.0)),
            }
        }
        let Some(track) = parts.sideways else {
            self.scroll.x = 0.0;
            return;
        };
        let content = f64::from(self.flow.widest() + PADDING * 2.0);
        let view = f64::from(parts.text.width());
        let extent = Extent { axis: 0, offset: f64::from(self.scroll.x), view, content };
        if let Some(offset) = scroll_bar(ui, track, &extent) {
            self.scroll.x = offset as f32;
        }
        self.scroll.x = self.scroll.x.clamp(0.0, (content - view).max(0.0) as f32);
    }

    fn approach_target(&mut self, ui: &Ui, doc: &TextDoc, area: &Rect) {
        let Some(target) = self.target.take() else { return };
        let byte = (target.start as usize).min(doc.text().len());
        let block = doc.blocks.block_of(byte);
        let shaped = Shaped::new(doc, block, self.flow.galley(ui, doc, block));
        let caret = shaped.caret(byte);
        let right = shaped.fragments(&target.range(), false).first().map_or(caret.right(), Rect::right);
        let room = area.width() - PADDING * 2.0;
        // Both ends if they fit, the start if not.
        self.scroll.x = self.scroll.x.max(right - room).min(caret.left());
        if !self.visible.contains(&byte) {
            self.scroll.block = block;
            self.scroll.y = caret.top() - area.height() * 0.35;
        }
    }

    /// Lays out what is visible.
    fn place(&mut self, ui: &Ui, doc: &TextDoc, options: &TextStyleOptions, area: &Rect) -> Vec<Placed> {
        let room = area.width() - PADDING * 2.0;
        let column = room.min(options.max_width).max(NARROWEST);
        let slack = if options.wrap && options.centered { (room - column).max(0.0) * 0.5 } else { 0.0 };
        let left = (area.left() + PADDING + slack - self.scroll.x).round();
        let mut top = area.top() - self.scroll.y;
        let mut placed = Vec::new();
        for block in self.scroll.block..doc.blocks.count() {
            if top >= area.bottom() {
                break;
            }
            let shaped = Shaped::new(doc, block, self.flow.galley(ui, doc, block));
            let at = pos2(left, top);
            top += self.flow.height(ui, doc, block);
            placed.push(Placed { block, at, shaped });
        }
        placed
    }

    fn paint(
        &self,
        ui: &Ui,
        doc: &TextDoc,
        layers: &[LayerStyle],
        options: &TextStyleOptions,
        response: &Response,
        placed: &[Placed],
    ) {
        let painter = ui.painter_at(response.rect);
        let visuals = ui.visuals();
        let brush = Brush { doc, layers, options, visuals, selection: self.selection.bytes() };
        let color = options.text_color.unwrap_or(visuals.text_color());
        for block in placed {
            brush.paint_behind(&painter, block);
            painter.galley(block.at, Arc::clone(&block.shaped.galley), color);
            for overlay in &options.overlays {
                overlay.paint(&painter, block, doc.blocks.owned(block.block));
            }
        }
        if response.has_focus() {
            let stroke = egui::Stroke::new(1.0, visuals.selection.stroke.color.gamma_multiply(0.4));
            painter.rect_stroke(response.rect, 2, stroke, egui::StrokeKind::Inside);
        }
    }

    /// Notes which rows are visible, for the next frame.
    fn remember(&mut self, area: &Rect, placed: &[Placed]) {
        if let Some(first) = placed.first() {
            let (byte, top) = first.shaped.row_at(self.scroll.y);
            self.top = (byte, self.scroll.y - top);
        }
        let row_from = |y: f32| {
            let found = placed.iter().find(|block| y < block.bottom());
            found.map(|block| block.shaped.row_at(y - block.at.y).0)
        };
        let row = self.flow.row_height();
        let end = placed.last().map_or(0, |last| last.shaped.bytes.end + 1);
        self.visible = row_from(area.top() + row - 1.0).unwrap_or(end)..row_from(area.bottom() - 1.0).unwrap_or(end);
    }

    fn describe(&self, ui: &Ui, doc: &TextDoc, options: &TextStyleOptions, response: &Response) {
        response.widget_info(|| {
            let lines = match doc.line_count() {
                1 => String::from("1 line"),
                count => format!("{count} lines"),
            };
            let text = doc.text();
            let start = text.floor_char_boundary(self.visible.start);
            let end = text.floor_char_boundary(self.visible.end.min(start + SPOKEN)).max(start);
            WidgetInfo {
                enabled: ui.is_enabled(),
                label: Some(format!("{}, {lines}", options.name)),
                current_text_value: Some(without_masked(text, start..end, &options.overlays).into_owned()),
                ..WidgetInfo::new(Role::Document)
            }
        });
    }
}

/// The caret behind `span`, where it is within `area`.
fn end_on_screen(span: Span, placed: &[Placed], area: &Rect) -> Option<Rect> {
    let end = span.end as usize;
    let block = placed.iter().find(|block| block.shaped.bytes.start < end && end <= block.shaped.bytes.end)?;
    let caret = match end == block.shaped.bytes.end {
        true => block.shaped.caret(end),
        false => {
            // Behind the last character of the selection rather than before the first one of the next row.
            let last = block.shaped.fragments(&(span.start as usize..end), false).pop()?;
            Rect::from_x_y_ranges(Rangef::point(last.right()), last.y_range())
        }
    };
    Some(caret.translate(block.at.to_vec2())).filter(|caret| area.contains_rect(*caret))
}

/// Takes the space that is left and divides it.
fn parts(ui: &mut Ui, options: &TextStyleOptions) -> Parts {
    let mut size = ui.available_size();
    for axis in 0..2 {
        // Inside something that scrolls there is no end to the space.
        size[axis] = if size[axis].is_finite() { size[axis].max(0.0) } else { 400.0 };
    }
    let (_, area) = ui.allocate_space(size);
    let bottom = if options.wrap { area.bottom() } else { (area.bottom() - STRIP).max(area.top()) };
    let text_right = (area.right() - STRIP * 2.0).max(area.left());
    let strip = |right: f32| {
        let x = Rangef::new((right - STRIP).max(area.left()), right.max(area.left()));
        Rect::from_x_y_ranges(x, Rangef::new(area.top(), bottom))
    };
    Parts {
        text: Rect::from_min_max(area.min, pos2(text_right, bottom)),
        map: strip(area.right() - STRIP),
        bar: strip(area.right()),
        sideways: (!options.wrap)
            .then(|| Rect::from_min_max(pos2(area.left(), bottom), pos2(text_right, area.bottom()))),
    }
}
