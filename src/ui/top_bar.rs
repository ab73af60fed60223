//! The bar at the top: menus, layouts, the filter, what is going on.

use super::action::Actions;
use super::commands::{Group, UiCommand};
use super::filter_box::{self, FilterBox};
use super::keys;
use super::layout::Preset;
use super::theme::{metrics, strong, tokens};
use crate::workbench::{Command, Workbench};
use egui::{Align, Layout, RichText, Ui};
use std::time::Duration;

/// What the bar remembers between frames.
#[derive(Debug, Default)]
pub struct TopBar {
    /// The filter box.
    pub filter: FilterBox,
}

/// Shows the bar.
pub fn show(
    ui: &mut Ui,
    bench: &Workbench,
    state: &mut TopBar,
    preset: Preset,
    busy: Option<(String, f32)>,
    actions: &mut Actions,
) {
    ui.horizontal_centered(|ui| {
        menus(ui, bench, actions);
        ui.add_space(metrics().space.m);
        let wide = ui.available_width() > 760.0;
        for choice in Preset::ALL {
            let command = match choice {
                Preset::Design => UiCommand::LayoutDesign,
                Preset::Review => UiCommand::LayoutReview,
                Preset::Results => UiCommand::LayoutResults,
            };
            let help = tooltip(ui, command);
            if ui.selectable_label(preset == choice, choice.name()).on_hover_text(help).clicked() {
                actions.ui(command);
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let help = tooltip(ui, UiCommand::ToggleTheme);
            let button = ui.button("◐").on_hover_text(help);
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Dark or light"));
            if button.clicked() {
                actions.ui(UiCommand::ToggleTheme);
            }
            let help = tooltip(ui, UiCommand::Palette);
            if ui.button(if wide { "Commands" } else { "…" }).on_hover_text(help).clicked() {
                actions.ui(UiCommand::Palette);
            }
            if let Some((label, fraction)) = busy {
                let cancel = ui.small_button("×").on_hover_text(format!("Stop: {label}"));
                if cancel.clicked() {
                    actions.bench(Command::Cancel);
                }
                let bar = egui::ProgressBar::new(fraction).desired_width(96.0).desired_height(6.0);
                ui.add(bar);
                ui.label(RichText::new(format!("{label} {:.0} %", fraction * 100.0)).color(tokens(ui.ctx()).weak));
                // Nobody else asks for a frame until the work is done.
                ui.ctx().request_repaint_after(PROGRESS);
            }
            if bench.is_blind() {
                // What a filter leaves in the list would tell what it is.
                ui.label(RichText::new("The filter rests while you judge blind.").color(tokens(ui.ctx()).weak));
            } else {
                filter_box::show(ui, bench, &mut state.filter, actions);
            }
        });
    });
}

/// How often the progress of work in the background is painted.
const PROGRESS: Duration = Duration::from_millis(150);

/// The help of a command with its keys.
pub fn tooltip(ui: &Ui, command: UiCommand) -> String {
    keys::help(ui.ctx(), command)
}

fn menus(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let project = bench.project();
    let name = bench.without_names(project.name());
    let name = if name.is_empty() { "Rubrica" } else { &name };
    let dot = if bench.is_modified() { " •" } else { "" };
    let title = strong(format!("{name}{dot}"), metrics().text.heading).color(tokens(ui.ctx()).accent);
    let menu = ui.menu_button(title, |ui| {
        ui.set_min_width(250.0);
        for group in Group::ALL {
            if group != Group::ALL[0] {
                ui.separator();
            }
            for command in UiCommand::all().filter(|command| command.is_listed() && command.info().group == group) {
                entry(ui, bench, command, actions);
                if command == UiCommand::OpenFolder {
                    recent(ui, bench, actions);
                }
            }
        }
    });
    menu.response.on_hover_text("All commands of the project");
}

/// Projects opened or saved lately.
fn recent(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let recent = bench.files().recent();
    ui.add_enabled_ui(!recent.is_empty(), |ui| {
        ui.menu_button("Open recent", |ui| {
            for path in recent {
                if ui.button(path.display().to_string()).clicked() {
                    actions.bench(Command::Open(vec![path.clone()]));
                    ui.close();
                }
            }
        });
    });
}

fn entry(ui: &mut Ui, bench: &Workbench, command: UiCommand, actions: &mut Actions) {
    let info = command.info();
    let name = match command {
        UiCommand::Undo => bench.undo_label().map(|label| format!("Undo: {label}")),
        UiCommand::Redo => bench.redo_label().map(|label| format!("Redo: {label}")),
        _ => Some(info.name.to_owned()),
    };
    let enabled = name.is_some();
    let mut button = egui::Button::new(name.unwrap_or_else(|| info.name.to_owned()));
    if let Some(keys) = keys::words(ui.ctx(), command) {
        button = button.shortcut_text(keys);
    }
    if ui.add_enabled(enabled, button).on_hover_text(info.help).clicked() {
        actions.ui(command);
        ui.close();
    }
}
