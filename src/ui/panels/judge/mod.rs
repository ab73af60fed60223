//! Where one judges: the session, the question at hand, and what can be said of the response beside it.
//!
//! The panel asks for everything through commands, so that keys, clicks and the palette do the same.

mod choice;
mod end;
mod gold;
mod head;
mod keys;
mod labelling;
mod marks;
mod others;
mod overlays;
mod overrule;
mod picking;
pub mod queue;
mod ranking;
mod rating;
mod scale;
mod start;
mod time;
mod who;

pub use keys::{Place, now, run};
pub use overlays::Overlays;

use crate::text::Span;
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, strong, tokens};
use crate::workbench::Workbench;
use crate::workbench::session::Item;
use egui::{Frame, Margin, Response, RichText, Ui};
use overrule::Overruling;
use start::Draft;

/// What the panel remembers between frames.
#[derive(Default)]
pub struct JudgeState {
    /// Whether the panel was shown in the last frame: its keys work only then.
    pub shown: bool,
    /// What is selected in the text being read: the row and the bytes.
    pub selected: Option<(u32, Span)>,
    /// What keys selected: to be shown where that response is read.
    pub picked: Option<(u32, Span)>,
    /// The first byte that is seen of the text being read: selecting by keys begins there.
    pub top: usize,
    /// The reason of the next judgement.
    reason: String,
    /// The value being typed on a range.
    typed: String,
    /// The note being written, of which row.
    note: Option<(u32, String)>,
    /// Whether a label is to be chosen.
    labelling: bool,
    overruling: Option<Overruling>,
    draft: Draft,
    /// Whether a key asked to begin the session that is offered.
    starting: bool,
    /// The reviewer's name while it is changed.
    name: Option<String>,
    /// The field that wants the keyboard.
    wants: Option<Field>,
    time_open: bool,
    /// The item and the criterion that were asked last: what is asked next is scrolled into view.
    asked: (Option<Item>, usize),
    /// Whether another criterion of the same item is asked in this frame.
    is_moved: bool,
}

/// A field of the panel that a key leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Reason,
    Note,
    Overrule,
    Value,
    Name,
    Labels,
    Mode,
}

impl JudgeState {
    /// Whether `field` is to take the keyboard now.
    fn takes(&mut self, field: Field) -> bool {
        let wanted = self.wants == Some(field);
        if wanted {
            self.wants = None;
        }
        wanted
    }

    /// Whether another item is asked than in the last frame.
    fn asks_anew(&mut self, bench: &Workbench) -> bool {
        let (item, criterion) = (bench.judging().item(), bench.judging().criterion());
        let is_new = self.asked.0.as_ref() != item;
        self.is_moved = !is_new && self.asked.1 != criterion;
        if is_new || self.is_moved {
            self.asked = (item.cloned(), criterion);
        }
        is_new
    }
}

/// Shows the panel.
pub fn show(ui: &mut Ui, bench: &Workbench, state: &mut JudgeState, actions: &mut Actions) {
    state.shown = true;
    if bench.project().dataset().is_empty() {
        super::placeholder(ui, "Nothing to judge yet.", "Import responses first; they are judged here.");
        return;
    }
    let mut area = egui::ScrollArea::vertical().id_salt("judge").auto_shrink(false);
    if state.asks_anew(bench) {
        area = area.vertical_scroll_offset(0.0);
    }
    area.show(ui, |ui| {
        if !bench.reviews().is_named() {
            who::ask(ui, bench, state, actions);
            return;
        }
        head::show(ui, bench, state, actions);
        let judging = bench.judging();
        if judging.is_finished() {
            end::show(ui, bench, state, actions);
        } else {
            if judging.session().is_none() {
                start::show(ui, bench, state, actions);
                section(ui, "This response");
            }
            question(ui, bench, state, actions);
        }
        time::show(ui, bench, state, actions);
        ui.add_space(metrics().space.l);
    });
}

/// What is asked about the item at hand.
fn question(ui: &mut Ui, bench: &Workbench, state: &mut JudgeState, actions: &mut Actions) {
    let judging = bench.judging();
    let Some(item) = judging.item() else {
        ui.label(weak(ui, "Choose a response in the list."));
        return;
    };
    if judging.rows().len() != item.responses.len() {
        ui.label(weak(ui, "A response of this item is not in the project any more; skip it."));
        return;
    }
    match item.responses.len() {
        1 => rating::show(ui, bench, state, actions),
        2 => choice::show(ui, bench, state, actions),
        _ => ranking::show(ui, bench, state, actions),
    }
    marks::show(ui, bench, state, actions);
}

fn weak(ui: &Ui, words: impl Into<String>) -> RichText {
    RichText::new(words).color(tokens(ui.ctx()).weak)
}

fn small(ui: &Ui, words: impl Into<String>) -> RichText {
    weak(ui, words).size(metrics().text.small)
}

fn section(ui: &mut Ui, title: &str) {
    let m = metrics();
    ui.add_space(m.space.m);
    ui.separator();
    ui.add_space(m.space.s);
    ui.label(strong(title, m.text.body));
}

/// A box that stands out, with `colour` as its edge.
fn boxed<R>(ui: &mut Ui, colour: egui::Color32, content: impl FnOnce(&mut Ui) -> R) -> R {
    let m = metrics();
    Frame::new()
        .fill(tokens(ui.ctx()).raised)
        .stroke(egui::Stroke::new(1.0, colour))
        .corner_radius(m.radius)
        .inner_margin(Margin::same(m.space.m as i8))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui)
        })
        .inner
}

/// A button as wide as the panel, with its keys at the right end.
fn wide(ui: &mut Ui, selected: bool, words: &str, keys: Option<String>) -> Response {
    let mut button = egui::Button::selectable(selected, words)
        .frame_when_inactive(true)
        .wrap()
        .min_size(egui::vec2(ui.available_width(), metrics().row));
    if let Some(keys) = keys {
        button = button.shortcut_text(keys);
    }
    ui.add(button)
}

/// The reason of the next judgement.
fn reason(ui: &mut Ui, state: &mut JudgeState, hint: &str) {
    let takes = state.takes(Field::Reason);
    let edit = egui::TextEdit::multiline(&mut state.reason)
        .desired_rows(1)
        .hint_text(hint)
        .desired_width(f32::INFINITY)
        .return_key(None);
    field(ui, edit, "Reason", takes);
}

/// A text field called `name`, which Enter and Escape leave, so that keys judge again.
fn field(ui: &mut Ui, edit: egui::TextEdit<'_>, name: &'static str, takes: bool) -> Response {
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, name));
    if takes {
        response.request_focus();
        response.scroll_to_me(None);
    }
    let leaves = |key| ui.input_mut(|input| input.consume_key(egui::Modifiers::NONE, key));
    if response.has_focus() && (leaves(egui::Key::Escape) || leaves(egui::Key::Enter)) {
        response.surrender_focus();
    }
    response
}
