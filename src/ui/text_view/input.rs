//! What the wheel, the keyboard and the pointer do to a view.

use super::TextView;
use super::doc::TextDoc;
use super::options::TextStyleOptions;
use super::overlay::without_masked;
use super::scroll::MARGIN;
use super::selection::word_at;
use super::shaped::Placed;
use egui::{CursorIcon, Event, EventFilter, Key, Modifiers, Pos2, Response, Ui, Vec2};

/// How near in points the pointer must be to the tick of an empty mark.
const NEAR: f32 = 4.0;
/// How many times its distance outside the text a dragging pointer scrolls in a second.
const PULL: f32 = 12.0;

impl TextView {
    /// Scrolls by the wheel over the text, and by keys and a drag past the edge when it has the focus.
    pub(super) fn move_by_input(&mut self, ui: &Ui, doc: &TextDoc, response: &Response, wraps: bool) {
        let view = response.rect.height();
        if response.contains_pointer() {
            let wheel = ui.input_mut(|input| {
                let taken = input.smooth_scroll_delta();
                input.smooth_scroll_delta.y = 0.0;
                if !wraps {
                    input.smooth_scroll_delta.x = 0.0;
                }
                taken
            });
            self.scroll.by(&self.flow, -wheel.y, view);
            if !wraps {
                self.scroll.x = (self.scroll.x - wheel.x).max(0.0);
            }
        }
        if response.dragged()
            && let Some(pointer) = response.interact_pointer_pos()
        {
            let area = response.rect;
            let outside = (pointer.y - area.bottom()).max(0.0) - (area.top() - pointer.y).max(0.0);
            if outside != 0.0 {
                let seconds = ui.input(|input| input.stable_dt).min(0.1);
                self.scroll.by(&self.flow, (outside * PULL * seconds).clamp(-view, view), view);
                ui.request_repaint();
            }
        }
        if response.has_focus() {
            self.move_by_keys(ui, doc, response, view);
        }
    }

    fn move_by_keys(&mut self, ui: &Ui, doc: &TextDoc, response: &Response, view: f32) {
        let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key)) as f32;
        let row = self.flow.row_height();
        let rows = pressed(Key::ArrowDown) - pressed(Key::ArrowUp);
        let pages = pressed(Key::PageDown) - pressed(Key::PageUp);
        // A page leaves two rows of the last one, so that the eye finds its place.
        let delta = rows * row * 2.0 + pages * (view - row * 2.0).max(row);
        self.scroll.by(&self.flow, delta, view);
        if pressed(Key::Home) > 0.0 {
            self.scroll.go_to_start();
        }
        if pressed(Key::End) > 0.0 {
            self.scroll.go_to_end(doc);
        }
    }

    /// Selects by pointer and keyboard, and copies.
    pub(super) fn select(
        &mut self,
        ui: &Ui,
        doc: &TextDoc,
        options: &TextStyleOptions,
        response: &Response,
        placed: &[Placed],
    ) {
        if response.hovered() {
            ui.set_cursor_icon(CursorIcon::Text);
        }
        let pointer = response.interact_pointer_pos();
        let (pressed, shift) = ui.input(|input| (input.pointer.primary_pressed(), input.modifiers.shift));
        if let Some(byte) = pointer.and_then(|pointer| caret_under(response, placed, pointer)) {
            if pressed && response.is_pointer_button_down_on() {
                response.request_focus();
                if !shift {
                    self.selection.start(byte);
                }
                self.selection.extend(byte);
            } else if response.dragged_by(egui::PointerButton::Primary) {
                self.selection.extend(byte);
            }
        }
        let glyph = || {
            let pointer = pointer?;
            byte_under(placed, pointer).or_else(|| caret_under(response, placed, pointer))
        };
        if response.triple_clicked() {
            if let Some(byte) = glyph() {
                self.selection.set(&doc.line_at(byte));
            }
        } else if response.double_clicked()
            && let Some(byte) = glyph()
        {
            self.selection.set(&word_at(doc, byte));
        }
        if response.has_focus() {
            if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
                self.selection.set(&(0..doc.text().len()));
            }
            let copies = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy)));
            if copies && let Some(span) = self.selection.span() {
                ui.copy_text(without_masked(doc.text(), span.range(), &options.overlays).into_owned());
            }
        }
    }
}

/// The marks of what is drawn under the pointer: of the character it is on, and ticks close by.
pub(super) fn marks_under_pointer(ui: &Ui, doc: &TextDoc, response: &Response, placed: &[Placed]) -> Vec<usize> {
    // A pointer that is selecting points at nothing.
    let selecting = response.dragged() && ui.input(|input| input.pointer.is_decidedly_dragging());
    let Some(pointer) = response.hover_pos().filter(|_| !selecting) else { return Vec::new() };
    let Some(block) = placed.iter().find(|block| block.spans(pointer.y)) else { return Vec::new() };
    let place = pointer - block.at;
    let mut found = block.shaped.byte_at(place).map_or(Vec::new(), |byte| doc.marks_at(byte));
    let near = block.shaped.caret_at(place);
    for mark in doc.touching(near..near + 1, usize::MAX) {
        let span = doc.marks()[mark].span;
        let caret = block.shaped.caret(span.start as usize);
        let on_tick = caret.y_range().contains(place.y) && (caret.left() - place.x).abs() <= NEAR;
        if span.is_empty() && on_tick {
            found.push(mark);
        }
    }
    found.sort_unstable();
    found
}

/// The spans of overlays that cover the character under the pointer: which overlay, and which of its spans.
pub(super) fn overlays_under_pointer(
    options: &TextStyleOptions,
    response: &Response,
    placed: &[Placed],
) -> Vec<(usize, usize)> {
    let byte = response.hover_pos().and_then(|pointer| byte_under(placed, pointer));
    let Some(byte) = byte.filter(|_| !options.overlays.is_empty()) else { return Vec::new() };
    let spans = |(index, overlay): (usize, &super::Overlay)| {
        overlay.spans.at(byte).into_iter().map(move |span| (index, span)).collect::<Vec<_>>()
    };
    options.overlays.iter().enumerate().flat_map(spans).collect()
}

/// The byte of the character drawn at `pointer`.
fn byte_under(placed: &[Placed], pointer: Pos2) -> Option<usize> {
    let block = placed.iter().find(|block| block.spans(pointer.y))?;
    block.shaped.byte_at(pointer - block.at)
}

/// The byte before which a caret at `pointer` stands: the nearest visible one where it is outside.
fn caret_under(response: &Response, placed: &[Placed], pointer: Pos2) -> Option<usize> {
    let y = pointer.y.clamp(response.rect.top(), (response.rect.bottom() - 1.0).max(response.rect.top()));
    let first = placed.first()?;
    if y < first.at.y - MARGIN * 0.5 {
        return Some(first.shaped.bytes.start);
    }
    match placed.iter().find(|block| y < block.bottom()) {
        Some(block) => Some(block.shaped.caret_at(Vec2::new(pointer.x - block.at.x, y - block.at.y))),
        None => placed.last().map(|last| last.shaped.bytes.end),
    }
}
