//! A scale to answer on, by click and by key.

use super::rating::keys_of;
use super::{Field, JudgeState, field, small, wide};
use crate::model::Scale;
use crate::ui::action::Actions;
use crate::ui::commands::{JudgeCommand, UiCommand};
use crate::ui::theme::{metrics, tokens};
use crate::ui::widgets::caret_to_end;
use crate::workbench::{Command, SessionCommand};
use egui::{Event, RichText, TextEdit, Ui};

/// Shows `scale`; `given` is what was answered, which may be “cannot be judged”.
pub(super) fn show(
    ui: &mut Ui,
    scale: &Scale,
    given: Option<Option<f64>>,
    state: &mut JudgeState,
    actions: &mut Actions,
) {
    match scale {
        Scale::YesNo => {
            for (word, value, command) in [("Yes", 1.0, JudgeCommand::Yes), ("No", 0.0, JudgeCommand::No)] {
                answer(ui, given == Some(Some(value)), word, command, actions);
            }
        }
        Scale::Points(points) => {
            for (at, point) in points.iter().enumerate() {
                let value = at + 1;
                let words = if point.is_empty() { value.to_string() } else { format!("{value}  {point}") };
                let selected = given == Some(Some(value as f64));
                match u8::try_from(value).ok().filter(|value| *value <= 10) {
                    Some(value) => answer(ui, selected, &words, JudgeCommand::Rate(value), actions),
                    None => {
                        if wide(ui, selected, &words, None).clicked() {
                            rate(value as f64, state, actions);
                        }
                    }
                }
            }
        }
        Scale::Range { least, most } => range(ui, scale, [*least, *most], given.flatten(), state, actions),
    }
    answer(ui, given == Some(None), "Cannot be judged", JudgeCommand::CannotJudge, actions);
}

fn answer(ui: &mut Ui, selected: bool, words: &str, command: JudgeCommand, actions: &mut Actions) {
    if wide(ui, selected, words, keys_of(ui, command)).on_hover_text(command.info().help).clicked() {
        actions.ui(UiCommand::Judge(command));
    }
}

fn rate(value: f64, state: &mut JudgeState, actions: &mut Actions) {
    let reason = std::mem::take(&mut state.reason);
    state.typed.clear();
    actions.bench(Command::Session(SessionCommand::Rate(Some(value), reason)));
}

/// A number between two ends: digits begin to type it, Enter saves it.
fn range(
    ui: &mut Ui,
    scale: &Scale,
    [least, most]: [f64; 2],
    given: Option<f64>,
    state: &mut JudgeState,
    actions: &mut Actions,
) {
    if !ui.ctx().text_edit_focused() {
        let typed = ui.input_mut(|input| take_digits(&mut input.events));
        if !typed.is_empty() {
            state.typed = typed;
            state.wants = Some(Field::Value);
        }
    }
    ui.horizontal_wrapped(|ui| {
        let takes = state.takes(Field::Value);
        let hint = given.map_or_else(|| format!("{least} to {most}"), |given| given.to_string());
        let is_entered = ui.input(|input| input.key_pressed(egui::Key::Enter));
        let edit = TextEdit::singleline(&mut state.typed).hint_text(hint).desired_width(90.0);
        let response = field(ui, edit, "Value", takes);
        if takes {
            caret_to_end(ui, response.id, &state.typed);
        }
        let value = state.typed.trim().replace(',', ".").parse().ok().filter(|value| scale.raw(*value).is_some());
        let save = ui.add_enabled(value.is_some(), egui::Button::new("Save"));
        let entered = response.lost_focus() && is_entered;
        match value {
            Some(value) if save.clicked() || entered => rate(value, state, actions),
            None if !state.typed.trim().is_empty() => {
                let words = format!("a number from {least} to {most}");
                ui.label(RichText::new(words).color(tokens(ui.ctx()).bad));
            }
            _ => {
                ui.label(small(ui, "then Enter"));
            }
        }
    });
    ui.add_space(metrics().space.s);
}

/// Takes what was typed of a number out of `events`.
fn take_digits(events: &mut Vec<Event>) -> String {
    let is_number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || "-.,".contains(c));
    let mut typed = String::new();
    events.retain(|event| match event {
        Event::Text(text) if is_number(text) => {
            typed.push_str(text);
            false
        }
        _ => true,
    });
    typed
}
