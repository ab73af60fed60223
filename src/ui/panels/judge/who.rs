//! Asking who judges: once on a machine, before the first judgement, and whenever somebody changes it.

use super::{Field, JudgeState, boxed, field, small};
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, strong, tokens};
use crate::workbench::{Command, Workbench};
use egui::{Key, TextEdit, Ui};

/// Asks for the name. Enter takes the one that stands there; until then nothing is judged.
pub(super) fn ask(ui: &mut Ui, bench: &Workbench, state: &mut JudgeState, actions: &mut Actions) {
    let mut name = state.name.take().unwrap_or_else(|| bench.reviews().me().to_owned());
    let is_first = !bench.reviews().is_named();
    let takes = state.takes(Field::Name);
    let mut stays = true;
    ui.add_space(metrics().space.s);
    boxed(ui, tokens(ui.ctx()).accent, |ui| {
        ui.label(strong("Who is judging?", metrics().text.heading));
        let words = match is_first {
            true => "Your judgements go into a log under this name. It is asked once, and can be changed later.",
            false => "Each reviewer has a log of their own.",
        };
        ui.label(small(ui, words));
        if !is_first && bench.is_blind() {
            let words = "Names of models are shown to whoever comes; your log will say that they were revealed.";
            ui.label(small(ui, words).color(tokens(ui.ctx()).warning));
        }
        ui.add_space(metrics().space.s);
        let input = |key| ui.input(|input| input.key_pressed(key));
        let (enter, escape) = (input(Key::Enter), input(Key::Escape));
        let edit = TextEdit::singleline(&mut name).hint_text("your name").desired_width(f32::INFINITY);
        let response = field(ui, edit, "Your name", takes);
        if takes {
            select_all(ui, response.id, &name);
        }
        let left = response.lost_focus();
        ui.add_space(metrics().space.s);
        ui.horizontal(|ui| {
            let is_ready = !name.trim().is_empty();
            let words = if is_ready { format!("Judge as {}", name.trim()) } else { "Judge".to_owned() };
            let button = ui.add_enabled(is_ready, egui::Button::new(words).shortcut_text("Enter"));
            if is_ready && (button.clicked() || (left && enter)) {
                actions.bench(Command::SetReviewer(name.trim().to_owned()));
                stays = false;
            }
            if !is_first && (ui.button("Cancel").clicked() || (left && escape)) {
                stays = false;
            }
        });
    });
    state.name = stays.then_some(name);
}

/// What stands there is a suggestion: typing takes its place.
fn select_all(ui: &Ui, id: egui::Id, text: &str) {
    let mut edit = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let (start, end) = (egui::text::CCursor::new(0), egui::text::CCursor::new(text.chars().count()));
    edit.cursor.set_char_range(Some(egui::text::CCursorRange::two(start, end)));
    edit.store(ui.ctx(), id);
}
