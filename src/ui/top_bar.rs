//! The bar at the top: menus, layouts, the filter, what is going on.

use super::action::Actions;
use super::commands::{Group, UiCommand};
use super::layout::Preset;
use super::theme::{metrics, strong, tokens};
use crate::workbench::query::KEYS;
use crate::workbench::{Command, Workbench};
use egui::{Align, Key, Layout, Modifiers, RichText, TextEdit, Ui};

/// What the bar remembers between frames.
#[derive(Debug, Default)]
pub struct TopBar {
    /// Whether the filter box wants the focus.
    pub focus_filter: bool,
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
            }
            filter(ui, bench, state, actions);
        });
    });
}

/// The help of a command with its keys.
pub fn tooltip(ui: &Ui, command: UiCommand) -> String {
    let info = command.info();
    match info.keys {
        Some(keys) => format!("{} ({})", info.help, ui.ctx().format_shortcut(&keys)),
        None => info.help.to_owned(),
    }
}

fn menus(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let project = bench.project();
    let name = if project.name().is_empty() { "Rubrica" } else { project.name() };
    let dot = if bench.is_modified() { " •" } else { "" };
    let title = strong(format!("{name}{dot}"), metrics().text.heading).color(tokens(ui.ctx()).accent);
    let menu = ui.menu_button(title, |ui| {
        ui.set_min_width(250.0);
        for group in Group::ALL {
            if group != Group::ALL[0] {
                ui.separator();
            }
            for command in UiCommand::ALL.into_iter().filter(|command| command.info().group == group) {
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
    if let Some(keys) = info.keys {
        button = button.shortcut_text(ui.ctx().format_shortcut(&keys));
    }
    if ui.add_enabled(enabled, button).on_hover_text(info.help).clicked() {
        actions.ui(command);
        ui.close();
    }
}

/// The one filter box of all views.
fn filter(ui: &mut Ui, bench: &Workbench, state: &mut TopBar, actions: &mut Actions) {
    let t = tokens(ui.ctx());
    let mut text = bench.filter().text().to_owned();
    let has_text = !text.is_empty();
    let clear = ui.add_enabled(has_text, egui::Button::new("×").small()).on_hover_text("Clear the filter");
    clear.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, has_text, "Clear the filter text"));
    if clear.clicked() {
        actions.ui(UiCommand::ClearFilter);
    }
    let width = (ui.available_width() - metrics().space.m).clamp(60.0, 560.0);
    let mut edit = TextEdit::singleline(&mut text)
        .id(ui.make_persistent_id("filter"))
        .hint_text("Filter: model:gpt score<0.5 fails:sections \"words\"")
        .desired_width(width);
    if bench.filter().error().is_some() {
        edit = edit.text_color(t.bad);
    }
    let response = ui.add(edit);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Filter"));
    if std::mem::take(&mut state.focus_filter) {
        response.request_focus();
    }
    if response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        ui.memory_mut(|memory| memory.surrender_focus(response.id));
    }
    if response.changed() {
        actions.bench(Command::SetFilter(text));
    }
    match bench.filter().error() {
        Some(error) if response.has_focus() => {
            egui::Tooltip::always_open(
                ui.ctx().clone(),
                ui.layer_id(),
                ui.scope_id().with("filter error"),
                response.rect,
            )
            .show(|ui| {
                let word = bench.filter().text().get(error.range.clone()).unwrap_or("");
                ui.label(RichText::new(format!("“{word}”")).color(t.bad));
                ui.label(&error.message);
            });
        }
        _ => {
            response.on_hover_ui(|ui| {
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
            });
        }
    }
}
