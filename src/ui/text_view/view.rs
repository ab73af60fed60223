//! The widget.

use super::document::TextDoc;
use super::heights::Heights;
use super::map::{self, Map};
use super::row::{Place, place, rects, top_of};
use super::selection::{Selection, word_at};
use super::{LayerStyle, TextStyleOptions, highlight};
use crate::text::Span;
use egui::text::{LayoutJob, TextFormat};
use egui::{Event, Galley, Key, Modifiers, Pos2, Rect, Response, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What a text view remembers between frames; one a place on screen.
#[derive(Debug, Default)]
pub struct TextView {
    heights: Heights,
    /// What the heights hold for.
    measured_for: Option<Measure>,
    selection: Selection,
    /// A byte to be brought into view.
    target: Option<usize>,
    /// A scroll offset to be taken.
    jump: Option<f32>,
    offset: f32,
    map: Map,
    laid_out: usize,
}

/// Whatever changes the heights of blocks.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Measure {
    width: f32,
    size: f32,
    monospace: bool,
    blocks: usize,
}

/// What happened to the text in this frame.
#[derive(Debug)]
pub struct TextViewOutput {
    /// The marks under the pointer: indices into the document's marks.
    pub hovered_marks: Vec<usize>,
    /// The mark that was clicked; of several, the shortest.
    pub clicked_mark: Option<usize>,
    /// The whole area.
    pub response: Response,
}

/// Time a frame may spend on measuring what is not on screen.
const MEASURING: Duration = Duration::from_millis(2);

impl TextView {
    /// Brings `span` into view in the next frame.
    pub fn scroll_to(&mut self, span: Span) {
        self.target = Some(span.start as usize);
    }

    /// The bytes selected.
    pub fn selection(&self) -> Option<Range<usize>> {
        self.selection.range()
    }

    /// How many blocks the last frame laid out: bounded by the screen, not by the text.
    pub fn laid_out(&self) -> usize {
        self.laid_out
    }

    /// Shows `doc` in all the room there is.
    pub fn show(
        &mut self,
        ui: &mut Ui,
        doc: &TextDoc,
        layers: &[LayerStyle],
        options: &TextStyleOptions,
    ) -> TextViewOutput {
        self.laid_out = 0;
        let area = ui.available_rect_before_wrap();
        let strip = Rect::from_min_max(pos2(area.right() - map::WIDTH, area.top()), area.max);
        let room = (area.width() - map::WIDTH - SCROLL_BAR).max(40.0);
        self.prepare(ui, doc, options, room.min(options.max_width).floor());
        let mut scroll = ScrollArea::vertical().id_salt("text").auto_shrink(false).max_width(area.width() - map::WIDTH);
        if let Some(offset) = self.wanted_offset(ui, doc, options, area.height()) {
            scroll = scroll.vertical_scroll_offset(offset);
        }
        let shown = scroll.show_viewport(ui, |ui, viewport| self.body(ui, viewport, doc, layers, options));
        self.offset = shown.state.clamped_offset().y;
        self.map.paint(ui, strip, doc, layers, options.emphasis);
        self.jump_by_map(ui, strip, area.height());
        self.measure_some(ui, doc, options);
        shown.inner
    }

    /// Estimates all heights anew when the width, face or text changed; what was at the top stays there.
    fn prepare(&mut self, ui: &Ui, doc: &TextDoc, options: &TextStyleOptions, width: f32) {
        let measure = Measure { width, size: options.size, monospace: options.monospace, blocks: doc.blocks() };
        if self.measured_for == Some(measure) {
            return;
        }
        let top = self
            .measured_for
            .filter(|before| before.blocks == measure.blocks)
            .map(|_| self.heights.at(f64::from(self.offset)));
        let letter = ui.fonts_mut(|fonts| fonts.glyph_width(&options.font(), 'n'));
        let columns = (width / letter.max(1.0)).floor().max(1.0);
        let estimate = |index| {
            let rows = (doc.block(index).len() as f32 / columns).ceil().max(1.0);
            rows * options.line_height()
        };
        self.heights = Heights::new((0..doc.blocks()).map(estimate).collect());
        self.measured_for = Some(measure);
        if let Some(block) = top.filter(|&block| block > 0) {
            self.jump.get_or_insert(self.heights.above(block) as f32);
        }
    }

    /// The scroll offset that was asked for since the last frame.
    fn wanted_offset(&mut self, ui: &Ui, doc: &TextDoc, options: &TextStyleOptions, height: f32) -> Option<f32> {
        let Some(byte) = self.target.take() else { return self.jump.take() };
        self.jump = None;
        let block = doc.block_of(byte);
        let range = doc.block(block);
        let galley = self.galley(ui, doc, block, options);
        self.heights.measure(block, height_of(&galley, options));
        let inside = byte.clamp(range.start, range.end) - range.start;
        let y = self.heights.above(block) as f32 + top_of(&galley, &doc.text()[range], inside);
        let margin = options.line_height() * 2.0;
        let seen = (self.offset + margin)..(self.offset + height - margin * 2.0).max(self.offset + margin);
        // What is seen already does not move.
        (!seen.contains(&y)).then(|| (y - height * 0.4).max(0.0))
    }

    fn galley(&mut self, ui: &Ui, doc: &TextDoc, block: usize, options: &TextStyleOptions) -> Arc<Galley> {
        self.laid_out += 1;
        let format = TextFormat {
            line_height: Some(options.line_height()),
            ..TextFormat::simple(options.font(), options.color)
        };
        let mut job = LayoutJob::single_section(doc.text()[doc.block(block)].to_owned(), format);
        job.wrap.max_width = self.measured_for.map_or(f32::INFINITY, |measure| measure.width);
        job.break_on_newline = false;
        ui.fonts_mut(|fonts| fonts.layout_job(job))
    }

    fn body(
        &mut self,
        ui: &mut Ui,
        viewport: Rect,
        doc: &TextDoc,
        layers: &[LayerStyle],
        options: &TextStyleOptions,
    ) -> TextViewOutput {
        ui.set_width(ui.available_width());
        ui.set_height(self.heights.above(self.heights.len()) as f32);
        let origin = ui.max_rect().min;
        let seen = Rect::from_min_size(origin + viewport.min.to_vec2(), viewport.size());
        let response = ui.interact(seen, ui.scope_id().with("body"), Sense::click_and_drag());
        let pointer = response.interact_pointer_pos().or(response.hover_pos());
        let selected = self.selection.range();

        let mut block = self.heights.at(f64::from(viewport.min.y.max(0.0)));
        let first = block;
        let mut y = self.heights.above(block);
        let mut under: Option<Place> = None;
        while block < doc.blocks() && y < f64::from(viewport.max.y) {
            let range = doc.block(block);
            let galley = self.galley(ui, doc, block, options);
            let at = origin + vec2(0.0, y as f32);
            highlight::paint(ui.painter(), doc, &range, &galley, at, layers, options);
            if let Some(selected) = &selected {
                paint_selection(ui, doc, &range, selected, &galley, at, options);
            }
            let height = height_of(&galley, options);
            if let Some(pointer) = pointer.filter(|pointer| (at.y..at.y + height).contains(&pointer.y)) {
                let found = place(&galley, &doc.text()[range.clone()], pointer - at);
                under =
                    Some(Place { caret: range.start + found.caret, over: found.over.map(|byte| range.start + byte) });
            }
            ui.painter().galley(at, galley, options.color);
            self.heights.measure(block, height);
            y += f64::from(height);
            block += 1;
        }
        let shown = doc.block(first).start..doc.block(block.saturating_sub(1).max(first)).end;
        describe(&response, doc, &shown);
        self.react(ui, &response, doc, under, pointer, seen, &shown, options);
        let hovered_marks = match under {
            Some(Place { over: Some(byte), .. }) if response.hovered() && !response.dragged() => doc.marks_at(byte),
            _ => Vec::new(),
        };
        let clicked_mark = response
            .clicked()
            .then(|| hovered_marks.iter().copied().min_by_key(|&mark| doc.marks()[mark].span.len()))
            .flatten();
        TextViewOutput { hovered_marks, clicked_mark, response }
    }

    /// Selecting, copying, scrolling by key.
    #[expect(clippy::too_many_arguments, reason = "everything one frame knows of pointer and text")]
    fn react(
        &mut self,
        ui: &Ui,
        response: &Response,
        doc: &TextDoc,
        under: Option<Place>,
        pointer: Option<Pos2>,
        seen: Rect,
        shown: &Range<usize>,
        options: &TextStyleOptions,
    ) {
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::Text);
        }
        // Beyond the last line a selection reaches the end of what is shown.
        let caret = under
            .map(|place| place.caret)
            .or_else(|| pointer.map(|pointer| if pointer.y < seen.center().y { shown.start } else { shown.end }));
        let pressed = response.hovered() && ui.input(|input| input.pointer.primary_pressed());
        if let Some(caret) = caret {
            if response.triple_clicked() {
                self.selection.set(doc.block(doc.block_of(caret)));
            } else if response.double_clicked() {
                let line = doc.block(doc.block_of(caret));
                let word = word_at(&doc.text()[line.clone()], caret - line.start);
                self.selection.set(line.start + word.start..line.start + word.end);
            } else if pressed {
                response.request_focus();
                if ui.input(|input| input.modifiers.shift) {
                    self.selection.extend(caret);
                } else {
                    self.selection.begin(caret);
                }
            } else if response.dragged() {
                self.selection.extend(caret);
                self.scroll_with_drag(ui, pointer, seen, options);
            }
        }
        if !response.has_focus() {
            return;
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
            self.selection.set(0..doc.text().len());
        }
        if ui.input(|input| input.events.contains(&Event::Copy))
            && let Some(range) = self.selection.range()
        {
            ui.ctx().copy_text(doc.text()[range].to_owned());
        }
        self.scroll_with_keys(ui, seen.height(), options);
    }

    fn scroll_with_drag(&mut self, ui: &Ui, pointer: Option<Pos2>, seen: Rect, options: &TextStyleOptions) {
        let Some(pointer) = pointer else { return };
        let step = options.line_height();
        if pointer.y > seen.bottom() - 4.0 {
            self.jump = Some(self.offset + step);
        } else if pointer.y < seen.top() + 4.0 {
            self.jump = Some((self.offset - step).max(0.0));
        } else {
            return;
        }
        ui.ctx().request_repaint();
    }

    fn scroll_with_keys(&mut self, ui: &Ui, page: f32, options: &TextStyleOptions) {
        let line = options.line_height();
        let end = self.heights.above(self.heights.len()) as f32;
        for (key, offset) in [
            (Key::ArrowDown, self.offset + line),
            (Key::ArrowUp, self.offset - line),
            (Key::PageDown, self.offset + page - line),
            (Key::PageUp, self.offset - page + line),
            (Key::Home, 0.0),
            (Key::End, end),
        ] {
            if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
                self.jump = Some(offset.clamp(0.0, (end - page).max(0.0)));
            }
        }
    }

    /// A click on the map goes there.
    fn jump_by_map(&mut self, ui: &Ui, strip: Rect, height: f32) {
        let response = ui.interact(strip, ui.scope_id().with("map"), Sense::click_and_drag());
        if let Some(at) = response.interact_pointer_pos()
            && (response.clicked() || response.dragged())
        {
            let share = ((at.y - strip.top()) / strip.height()).clamp(0.0, 1.0);
            let whole = self.heights.above(self.heights.len()) as f32;
            self.jump = Some((whole * share - height / 2.0).clamp(0.0, (whole - height).max(0.0)));
            ui.ctx().request_repaint();
        }
    }

    /// Measures blocks that are not on screen for a moment; what is on screen keeps its place.
    fn measure_some(&mut self, ui: &Ui, doc: &TextDoc, options: &TextStyleOptions) {
        let first = self.heights.at(f64::from(self.offset));
        let began = Instant::now();
        let mut shift = 0.0;
        while let Some(block) = self.heights.unmeasured() {
            if began.elapsed() > MEASURING {
                ui.ctx().request_repaint();
                break;
            }
            let galley = self.galley(ui, doc, block, options);
            let change = self.heights.measure(block, height_of(&galley, options));
            if block < first {
                shift += change;
            }
        }
        if shift != 0.0 && self.jump.is_none() && self.target.is_none() {
            self.jump = Some((self.offset + shift).max(0.0));
            ui.ctx().request_repaint();
        }
    }
}

/// Room for the scroll bar beside the text.
const SCROLL_BAR: f32 = 12.0;

fn height_of(galley: &Galley, options: &TextStyleOptions) -> f32 {
    galley.size().y.max(options.line_height())
}

fn paint_selection(
    ui: &Ui,
    doc: &TextDoc,
    block: &Range<usize>,
    selected: &Range<usize>,
    galley: &Galley,
    at: Pos2,
    options: &TextStyleOptions,
) {
    let (start, end) = (selected.start.max(block.start), selected.end.min(block.end));
    if start < end {
        for rect in rects(galley, &doc.text()[block.clone()], start - block.start..end - block.start) {
            ui.painter().rect_filled(rect.translate(at.to_vec2()), 0.0, options.selection);
        }
    }
}

/// Tells screen readers what is seen, up to a bounded length.
fn describe(response: &Response, doc: &TextDoc, shown: &Range<usize>) {
    const LONGEST: usize = 4000;
    let lines = doc.lines();
    let noun = if lines == 1 { "line" } else { "lines" };
    response.widget_info(|| {
        let text = &doc.text()[shown.clone()];
        let mut info = WidgetInfo::labeled(egui::Role::Label, true, format!("Response text, {lines} {noun}"));
        info.current_text_value = Some(text[..text.floor_char_boundary(LONGEST)].to_owned());
        info
    });
}
