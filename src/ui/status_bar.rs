//! The line at the bottom: what just happened, and where the project stands.

use super::action::Actions;
use super::commands::UiCommand;
use super::theme::{metrics, tokens};
use super::widgets::count;
use crate::workbench::Workbench;
use egui::{Align, Layout, RichText, Ui};

/// Shows the line.
pub fn show(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
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
            let notices = bench.project().report().notices.len();
            if notices > 0 {
                ui.label(small("·"));
                let noun = if notices == 1 { "note" } else { "notes" };
                let link = egui::Label::new(small(&format!("{notices} import {noun}")).underline())
                    .sense(egui::Sense::click());
                let help = UiCommand::ShowReport.info().help;
                if ui.add(link).on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(help).clicked() {
                    actions.ui(UiCommand::ShowReport);
                }
            }
        });
    });
}
