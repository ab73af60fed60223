//! The line at the bottom: what just happened, and where the project stands.

use super::theme::{metrics, tokens};
use crate::workbench::Workbench;
use egui::{Align, Layout, RichText, Ui};

/// Shows the line.
pub fn show(ui: &mut Ui, bench: &Workbench) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let small = |text: &str| RichText::new(text).size(m.text.small).color(t.weak);
    ui.horizontal_centered(|ui| {
        ui.label(small(bench.notice().unwrap_or("")));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let dataset = bench.project().dataset();
            ui.label(small(&format!(
                "{} prompts · {} models · {} responses",
                dataset.prompts().len(),
                dataset.models().len(),
                dataset.responses().len()
            )));
            ui.label(small("·"));
            let state = match (bench.is_modified(), bench.files().origin()) {
                (true, _) => "unsaved changes",
                (false, Some(_)) => "saved",
                (false, None) => "not saved yet",
            };
            ui.label(small(state));
        });
    });
}
