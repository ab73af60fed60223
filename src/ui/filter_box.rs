//! The one filter box of all views: what cannot be understood is underlined and explained below, and what a word could
//! become is offered there. It never takes a key away from typing: Enter accepts only what the arrows chose.

use super::action::Actions;
use super::commands::UiCommand;
use super::saved_filters::{self, SavedMenu};
use super::theme::{metrics, strong, tokens};
use crate::workbench::query::{Completion, KEYS, Kind, Known, QueryError, complete};
use crate::workbench::{Command, Workbench};
use egui::text::{CCursor, CCursorRange, LayoutJob};
use egui::text_edit::TextEditState;
use egui::{
    Area, EventFilter, FontSelection, Frame, Galley, Id, Key, Modifiers, Order, Rect, Response, RichText, ScrollArea,
    Stroke, TextBuffer, TextEdit, TextFormat, Ui, vec2,
};
use std::ops::Range;
use std::sync::Arc;

/// What the box remembers between frames.
#[derive(Debug, Default)]
pub struct FilterBox {
    /// Whether it wants the focus.
    pub focus: bool,
    /// What is offered, and for which text and place of the cursor, in bytes.
    offered: (String, usize, Vec<Completion>),
    /// Which of it the arrows chose.
    chosen: Option<usize>,
    /// Whether offers are wanted: from typing or an arrow down, until Esc.
    open: bool,
    /// Whether they were just asked for, without typing.
    asked: bool,
    /// Where what is below the box was shown.
    popup: Option<Rect>,
    menu: SavedMenu,
}

/// Shows the box, from right to left.
pub fn show(ui: &mut Ui, bench: &Workbench, state: &mut FilterBox, actions: &mut Actions) {
    let mut text = bench.filter().text().to_owned();
    clear(ui, !text.is_empty(), actions);
    saved_filters::show(ui, bench, &mut state.menu, actions);
    let id = ui.make_persistent_id("filter");
    let had_focus = ui.memory(|memory| memory.has_focus(id));
    let accepted = if had_focus { keys(ui, state) } else { None };

    // A word that is still being typed, and can become something, is not wrong yet.
    let error = wrong(bench, state).map(|error| error.range.clone());
    let shown = text.clone();
    let mut layouter = |ui: &Ui, buffer: &dyn TextBuffer, _: f32| {
        // While the text is ahead of what was parsed, nothing is known of its words.
        let wrong = error.clone().filter(|_| buffer.as_str() == shown);
        underlined(ui, buffer.as_str(), wrong)
    };
    let width = (ui.available_width() - metrics().space.m).clamp(60.0, 560.0);
    let output = TextEdit::singleline(&mut text)
        .id(id)
        .hint_text("Filter: model:gpt score<0.5 rated:no \"words\"")
        .event_filter(EventFilter {
            tab: state.offers(),
            // The last Esc that closes leaves the field alone as well.
            escape: true,
            horizontal_arrows: true,
            vertical_arrows: true,
        })
        .desired_width(width)
        .layouter(&mut layouter)
        .show(ui);
    let response = output.response.response;
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Filter"));
    if std::mem::take(&mut state.focus) {
        response.request_focus();
    }
    if response.changed() {
        state.open = true;
        state.chosen = None;
        actions.bench(Command::SetFilter(text.clone()));
    }
    let cursor = output.cursor_range.map_or(text.len(), |range| byte_of(&text, range.primary.index.0));
    offer(state, bench, &text, cursor);
    let clicked = below(ui, bench, state, &response);
    if let Some(completion) = accepted.or(clicked) {
        accept(ui, id, &text, &completion, state, actions);
    }
}

impl FilterBox {
    /// Whether something is offered.
    fn offers(&self) -> bool {
        self.open && !self.offered.2.is_empty()
    }
}

/// What cannot be understood, apart from a word that something is offered for.
fn wrong<'a>(bench: &'a Workbench, state: &FilterBox) -> Option<&'a QueryError> {
    let at_cursor = |range: &Range<usize>| range.start <= state.offered.1 && state.offered.1 <= range.end;
    bench.filter().error().filter(|error| !(state.offers() && at_cursor(&error.range)))
}

fn clear(ui: &mut Ui, has_text: bool, actions: &mut Actions) {
    let clear = ui.add_enabled(has_text, egui::Button::new("×").small()).on_hover_text("Clear the filter");
    clear.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, has_text, "Clear the filter text"));
    if clear.clicked() {
        actions.ui(UiCommand::ClearFilter);
    }
}

/// Takes the keys that are about what is offered before the field sees them; what was accepted.
fn keys(ui: &mut Ui, state: &mut FilterBox) -> Option<Completion> {
    let pressed = |ui: &mut Ui, key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let count = state.offered.2.len();
    if !state.offers() {
        state.asked |= pressed(ui, Key::ArrowDown);
        if pressed(ui, Key::Escape) {
            ui.memory_mut(|memory| memory.surrender_focus(ui.make_persistent_id("filter")));
        }
        return None;
    }
    if pressed(ui, Key::ArrowDown) {
        state.chosen = Some(state.chosen.map_or(0, |at| (at + 1) % count));
    }
    if pressed(ui, Key::ArrowUp) {
        state.chosen = Some(state.chosen.map_or(count - 1, |at| (at + count - 1) % count));
    }
    if pressed(ui, Key::Escape) {
        (state.open, state.chosen) = (false, None);
        return None;
    }
    let enter = state.chosen.is_some() && pressed(ui, Key::Enter);
    if enter || pressed(ui, Key::Tab) {
        return state.offered.2.get(state.chosen.unwrap_or(0)).cloned();
    }
    None
}

/// Computes what is offered, where text or cursor are others than before.
fn offer(state: &mut FilterBox, bench: &Workbench, text: &str, cursor: usize) {
    let asked = std::mem::take(&mut state.asked);
    let same_text = state.offered.0 == text;
    if same_text && state.offered.1 == cursor && !asked {
        return;
    }
    if asked {
        state.open = true;
    } else if same_text {
        // The cursor was moved without typing: what was offered is of another word.
        (state.open, state.chosen) = (false, None);
    }
    let project = bench.project();
    let known = Known {
        rubric: bench.engine().results().rubric(),
        dataset: project.dataset(),
        people: bench.judgements(),
        labels: &project.rubric().labels,
        filters: &project.settings().filters,
    };
    let list = if state.open { complete(text, cursor, &known) } else { Vec::new() };
    state.offered = (text.to_owned(), cursor, list);
    state.chosen = state.chosen.filter(|&at| at < state.offered.2.len());
}

fn accept(ui: &Ui, id: Id, text: &str, completion: &Completion, state: &mut FilterBox, actions: &mut Actions) {
    if text.get(completion.range.clone()).is_none() {
        return;
    }
    let mut new = text.to_owned();
    new.replace_range(completion.range.clone(), &completion.text);
    let mut end = completion.range.start + completion.text.len();
    if completion.kind == Kind::Term && end == new.len() {
        new.push(' ');
        end += 1;
    }
    // What follows a key is offered at once.
    state.open = completion.kind == Kind::Key;
    state.chosen = None;
    state.offered = Default::default();
    let at = CCursor::new(new[..end].chars().count());
    let mut field = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    field.cursor.set_char_range(Some(CCursorRange::one(at)));
    field.store(ui.ctx(), id);
    ui.memory_mut(|memory| memory.request_focus(id));
    actions.bench(Command::SetFilter(new));
}

/// The byte at which character `index` of `text` begins.
fn byte_of(text: &str, index: usize) -> usize {
    text.char_indices().nth(index).map_or(text.len(), |(at, _)| at)
}

/// `text` in one line, with the `wrong` part underlined.
fn underlined(ui: &Ui, text: &str, wrong: Option<Range<usize>>) -> Arc<Galley> {
    let t = tokens(ui.ctx());
    let font = FontSelection::Default.resolve(ui.style());
    let plain = TextFormat { font_id: font, color: t.text, valign: egui::Align::Center, ..TextFormat::default() };
    let bad = TextFormat { color: t.bad, underline: Stroke::new(1.5, t.bad), ..plain.clone() };
    let mut job = LayoutJob { break_on_newline: false, ..LayoutJob::default() };
    match wrong.and_then(|range| Some((text.get(..range.start)?, text.get(range.clone())?, text.get(range.end..)?))) {
        Some((before, word, after)) => {
            job.append(before, 0.0, plain.clone());
            job.append(word, 0.0, bad);
            job.append(after, 0.0, plain);
        }
        None => job.append(text, 0.0, plain),
    }
    ui.fonts_mut(|fonts| fonts.layout_job(job))
}

/// What stands below the box: what is offered, or what is wrong; without the focus, help under the pointer. What was
/// clicked.
fn below(ui: &Ui, bench: &Workbench, state: &mut FilterBox, response: &Response) -> Option<Completion> {
    let under_pointer =
        ui.input(|input| state.popup.zip(input.pointer.interact_pos()).is_some_and(|(rect, pos)| rect.contains(pos)));
    let offers = state.offers();
    let error = wrong(bench, state);
    if !(response.has_focus() || under_pointer) || !(offers || error.is_some()) {
        state.popup = None;
        if !response.has_focus() {
            (state.open, state.chosen) = (false, None);
            response.clone().on_hover_ui(|ui| help(ui, bench));
        }
        return None;
    }
    let mut clicked = None;
    let area = Area::new(response.id.with("below"))
        .order(Order::Foreground)
        .fixed_pos(response.rect.left_bottom() + vec2(0.0, metrics().space.xs))
        .constrain_to(ui.ctx().content_rect());
    let popup = area.show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| {
            let margins = Frame::popup(ui.style()).total_margin().sum().x;
            ui.set_width(response.rect.width().max(360.0) - margins);
            if let Some(error) = error {
                ui.label(RichText::new(&error.message).color(tokens(ui.ctx()).bad));
            }
            if offers {
                clicked = list(ui, state);
            }
        });
    });
    state.popup = Some(popup.response.rect);
    clicked
}

/// The completions with what each means; the one that was clicked.
fn list(ui: &mut Ui, state: &FilterBox) -> Option<Completion> {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let mut clicked = None;
    ScrollArea::vertical().max_height(12.0 * m.row).show(ui, |ui| {
        for (index, completion) in state.offered.2.iter().enumerate() {
            let chosen = state.chosen == Some(index);
            let name = match completion.kind {
                Kind::Saved => completion.help.as_str(),
                Kind::Key | Kind::Term => completion.text.as_str(),
            };
            let help = match completion.kind {
                Kind::Saved => format!("saved: {}", completion.text),
                Kind::Key | Kind::Term => completion.help.clone(),
            };
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), m.row), egui::Sense::click());
            response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListItem, true, chosen, name));
            if chosen || response.hovered() {
                let colour = if chosen { t.selection } else { t.hover };
                ui.painter().rect_filled(rect, m.radius, colour);
            }
            let body = egui::FontId::proportional(m.text.body);
            let half = rect.width() * 0.45;
            let inner = rect.shrink2(vec2(m.space.s, 0.0));
            let name = super::widgets::one_line(ui, name, body, t.text, half - m.space.m);
            let small = egui::FontId::proportional(m.text.small);
            let used = name.size().x.max(rect.width() * 0.3) + m.space.m;
            let help = super::widgets::one_line(ui, &help, small, t.weak, inner.width() - used);
            let middle = |height: f32| rect.center().y - height / 2.0;
            ui.painter().galley(egui::pos2(inner.left(), middle(name.size().y)), name.clone(), t.text);
            ui.painter().galley(egui::pos2(inner.left() + used, middle(help.size().y)), help, t.weak);
            if response.clicked() {
                clicked = Some(completion.clone());
            }
            if chosen {
                response.scroll_to_me(None);
            }
        }
    });
    ui.add_space(m.space.xs);
    let keys = "↑ ↓ choose · Tab or Enter accept · Esc close";
    ui.label(RichText::new(keys).size(m.text.small).color(t.faint));
    clicked
}

/// What is wrong, or the whole language.
fn help(ui: &mut Ui, bench: &Workbench) {
    if let Some(error) = bench.filter().error() {
        ui.label(RichText::new(&error.message).color(tokens(ui.ctx()).bad));
        return;
    }
    ui.label(strong("Words narrow every view", metrics().text.body));
    egui::Grid::new("keys").show(ui, |ui| {
        for key in KEYS {
            ui.monospace(key.text);
            ui.label(key.help);
            ui.end_row();
        }
        ui.monospace("-term");
        ui.label("not this");
        ui.end_row();
    });
}
