//! The line at the bottom: what just happened, and where the project stands.

use super::action::Actions;
use super::commands::UiCommand;
use super::theme::{metrics, tokens};
use super::widgets::count;
use crate::workbench::Workbench;
use egui::{Align, Layout, RichText, Ui};

/// Shows the line; `key_problems` are the mistakes in the file of keys.
pub fn show(ui: &mut Ui, bench: &Workbench, key_problems: usize, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let small = |text: &str| RichText::new(text).size(m.text.small).color(t.weak);
    ui.horizontal_centered(|ui| {
        ui.label(small(bench.notice().unwrap_or("")));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let dataset = bench.project().dataset();
            let of = |n: usize, noun: &str| format!("{} {noun}{}", count(n), if n == 1 { "" } else { "s" });
            ui.label(small(&format!(
                "{} · {} · {}",
                of(dataset.prompts().len(), "prompt"),
                of(dataset.models().len(), "model"),
                of(dataset.responses().len(), "response")
            )));
            ui.label(small("·"));
            let state = match (bench.is_modified(), bench.files().origin()) {
                (true, _) => "unsaved changes",
                (false, Some(_)) => "saved",
                (false, None) => "not saved yet",
            };
            ui.label(small(state));
            link(ui, actions, bench.project().report().notices.len(), "import note", UiCommand::ShowReport);
            link(ui, actions, key_problems, "mistake in keys.ron", UiCommand::Shortcuts);
        });
    });
}

/// So many of what `command` shows, where there are any.
fn link(ui: &mut Ui, actions: &mut Actions, number: usize, what: &str, command: UiCommand) {
    if number == 0 {
        return;
    }
    let (t, m) = (tokens(ui.ctx()), metrics());
    let small = |text: &str| RichText::new(text).size(m.text.small).color(t.weak);
    ui.label(small("·"));
    let (noun, rest) =
        what.split_once(" in ").map_or((what, String::new()), |(noun, rest)| (noun, format!(" in {rest}")));
    let words = format!("{number} {noun}{}{rest}", if number == 1 { "" } else { "s" });
    let label = egui::Label::new(small(&words).underline()).sense(egui::Sense::click());
    let shown = ui.add(label).on_hover_cursor(egui::CursorIcon::PointingHand);
    if shown.on_hover_text(command.info().help).clicked() {
        actions.ui(command);
    }
}
