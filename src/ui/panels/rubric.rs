//! The rubric editor: the tree above, the selected node's form below, and what the newest edit did.

use super::{node_form, tree};
use crate::model::Level;
use crate::ui::action::{Actions, Pointed};
use crate::ui::commands::UiCommand;
use crate::ui::keys;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::{count, stable};
use crate::workbench::Workbench;
use egui::{RichText, Ui};

/// Shows the editor.
pub fn show(ui: &mut Ui, bench: &Workbench, pointed: &mut Pointed, actions: &mut Actions) {
    head(ui, bench, actions);
    effect(ui, bench, actions);
    // The tree takes what it needs, and leaves the form at least half.
    let most = ui.available_height() * 0.5;
    egui::ScrollArea::vertical().id_salt("tree").auto_shrink([false, true]).max_height(most).show(ui, |ui| {
        stable(ui, "nodes", |ui| tree::show(ui, bench, pointed, actions));
    });
    ui.separator();
    egui::ScrollArea::vertical().id_salt("form").auto_shrink(false).show(ui, |ui| {
        // Room for the scroll bar beside full-width fields.
        ui.set_width(ui.available_width() - metrics().space.m);
        ui.push_id(bench.node(), |ui| node_form::show(ui, bench, actions));
        ui.add_space(metrics().space.xl);
    });
}

fn head(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let problems = &bench.engine().compiled().problems;
    let errors = problems.iter().filter(|problem| problem.level == Level::Error).count();
    ui.horizontal_wrapped(|ui| {
        let mut button = |text: &str, command: UiCommand, enabled: bool| {
            let button = egui::Button::new(text);
            if ui.add_enabled(enabled, button).on_hover_text(keys::help(ui.ctx(), command)).clicked() {
                actions.ui(command);
            }
        };
        let selected = bench.node().depth() > 0;
        button("+ Dimension", UiCommand::AddDimension, true);
        button("+ Criterion", UiCommand::AddCriterion, true);
        button("Duplicate", UiCommand::Duplicate, selected);
        button("Remove", UiCommand::Remove, selected);
        if errors > 0 {
            let noun = if errors == 1 { "mistake" } else { "mistakes" };
            let text = strong(format!("!\u{a0}{errors}\u{a0}{noun}"), metrics().text.body).color(tokens(ui.ctx()).bad);
            ui.label(text).on_hover_ui(|ui| {
                for problem in problems {
                    ui.label(&problem.message);
                }
            });
        }
    });
}

/// What the newest edit did to the scores, and the way back.
fn effect(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let Some(effect) = bench.effect() else { return };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = m.space.m;
        let small = |text: String| RichText::new(text).size(m.text.small);
        ui.label(small("This edit:".to_owned()).color(t.weak));
        ui.label(small(format!("▲ {} up", count(effect.raised))).color(t.good));
        ui.label(small(format!("▼ {} down", count(effect.lowered))).color(t.bad));
        if effect.now_pass + effect.now_fail > 0 {
            ui.label(
                small(format!("{} now pass, {} no longer", count(effect.now_pass), count(effect.now_fail)))
                    .color(t.weak),
            );
        }
        if ui.small_button("Revert").on_hover_text("Undo this edit").clicked() {
            actions.ui(UiCommand::Undo);
        }
    });
}
