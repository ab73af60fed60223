//! Flags, notes and labels on the response, beside the question.

use super::keys::{flag, id, judge, open_note, row};
use super::{Field, JudgeState, field, labelling, overrule, small, weak};
use crate::model::review::{Act, Note};
use crate::ui::action::Actions;
use crate::ui::commands::{JudgeCommand, UiCommand};
use crate::ui::keys;
use crate::ui::theme::{Tokens, metrics, tokens};
use crate::ui::widgets::one_line;
use crate::workbench::session::alias;
use crate::workbench::{Command, Workbench};
use egui::{Color32, FontId, RichText, TextEdit, Ui};

pub(super) fn show(ui: &mut Ui, bench: &Workbench, state: &mut JudgeState, actions: &mut Actions) {
    let Some(row) = row(bench) else { return };
    ui.add_space(metrics().space.m);
    which(ui, bench, row, actions);
    buttons(ui, bench, row, state, actions);
    note(ui, bench, row, state, actions);
    labels(ui, bench, row, state, actions);
    overrule::show(ui, bench, row, state, actions);
}

/// Of several responses, which one marks are about.
fn which(ui: &mut Ui, bench: &Workbench, row: u32, actions: &mut Actions) {
    let rows = bench.judging().rows();
    if rows.len() < 2 {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(small(ui, "Flags and notes on"));
        for (at, &other) in rows.iter().enumerate() {
            let button = ui.selectable_label(other == row, alias(at));
            button.widget_info(|| {
                egui::WidgetInfo::selected(egui::Role::Button, true, other == row, format!("About {}", alias(at)))
            });
            if button.clicked() {
                actions.bench(Command::SelectRow(other));
            }
        }
    });
}

fn buttons(ui: &mut Ui, bench: &Workbench, row: u32, state: &mut JudgeState, actions: &mut Actions) {
    let t = tokens(ui.ctx());
    let me = bench.reviews().my_index();
    let flagged = bench.judgements().flags(row).iter().any(|flag| Some(flag.reviewer) == me);
    ui.horizontal_wrapped(|ui| {
        let ctx = ui.ctx().clone();
        let help = |command| keys::help(&ctx, UiCommand::Judge(command));
        let words = if flagged { RichText::new("⚑ Flagged").color(t.warning) } else { RichText::new("⚑ Flag") };
        if ui.selectable_label(flagged, words).on_hover_text(help(JudgeCommand::Flag)).clicked() {
            actions.bench(flag(bench));
        }
        if ui.button("Note").on_hover_text(help(JudgeCommand::Note)).clicked() {
            state.wants = Some(Field::Note);
            open_note(bench, state);
        }
        if ui.button("Label").on_hover_text(help(JudgeCommand::Label)).clicked() {
            actions.ui(UiCommand::Judge(JudgeCommand::Label));
        }
        if ui.button("Overrule").on_hover_text(help(JudgeCommand::Overrule)).clicked() {
            actions.ui(UiCommand::Judge(JudgeCommand::Overrule));
        }
    });
}

/// The note being written, or what was written.
fn note(ui: &mut Ui, bench: &Workbench, row: u32, state: &mut JudgeState, actions: &mut Actions) {
    let notes = bench.judgements().notes(row);
    let me = bench.reviews().my_index();
    if state.note.as_ref().is_some_and(|(of, _)| *of == row) {
        let takes = state.takes(Field::Note);
        let Some((_, text)) = &mut state.note else { return };
        let edit = TextEdit::multiline(text)
            .desired_rows(2)
            .hint_text("A note on this response. Enter saves it, Shift+Enter begins a line.")
            .desired_width(f32::INFINITY)
            .return_key(egui::KeyboardShortcut::new(egui::Modifiers::SHIFT, egui::Key::Enter));
        let response = field(ui, edit, "Note", takes);
        if response.lost_focus() {
            let text = std::mem::take(text).trim().to_owned();
            let known = notes.iter().filter(|note| Some(note.reviewer) == me).map(|note| &*note.text).next_back();
            if known.unwrap_or("") != text {
                actions.bench(judge(Act::Note(Note { response: id(bench, row), text })));
            }
            state.note = None;
        }
        return;
    }
    let others = bench.judging().shows_others();
    for note in notes.iter().filter(|note| others || Some(note.reviewer) == me) {
        let name = bench.judgements().reviewers().get(note.reviewer as usize).map_or("", |name| &**name);
        ui.label(weak(ui, format!("{name}: {}", note.text)));
    }
}

/// The colour of label number `index` of a rubric.
pub(super) fn label_colour(t: &Tokens, index: usize) -> Color32 {
    // From the far end, so that the first labels and the first criteria differ.
    t.criteria[t.criteria.len() - 1 - index % t.criteria.len()]
}

/// Labels to choose from, and those that were given.
fn labels(ui: &mut Ui, bench: &Workbench, row: u32, state: &mut JudgeState, actions: &mut Actions) {
    let t = tokens(ui.ctx());
    if state.labelling {
        labelling::show(ui, bench, row, state, actions);
    }
    let known = &bench.project().rubric().labels;
    let me = bench.reviews().my_index();
    let others = bench.judging().shows_others();
    for label in bench.judgements().labels(row).iter().filter(|label| others || Some(label.reviewer) == me) {
        let Act::Label(act) = &label.entry.act else { continue };
        let index = known.iter().position(|known| *known.id == *label.label);
        let name = index.map_or(&*label.label, |index| &known[index].name);
        ui.horizontal(|ui| {
            if Some(label.reviewer) == me {
                let remove = ui.small_button("×").on_hover_text("Remove this label");
                remove.widget_info(|| {
                    egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Remove label {name}"))
                });
                if remove.clicked() {
                    actions.bench(Command::UndoJudgement(label.entry.id.clone()));
                }
            }
            let colour = index.map_or(t.faint, |index| label_colour(t, index));
            ui.label(RichText::new(name).color(colour));
            if label.stale {
                ui.label(RichText::new("the text changed").size(metrics().text.small).color(t.warning));
            }
            let font = FontId::proportional(metrics().text.small);
            let quote = one_line(ui, &act.quote, font, t.weak, ui.available_width());
            ui.label(quote);
        });
    }
}
