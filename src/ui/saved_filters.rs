//! The menu of filters with a name: apply, name the current one, rename, remove.

use super::action::Actions;
use super::theme::{metrics, strong, tokens};
use crate::model::{Edit, SavedFilter};
use crate::workbench::{Command, Workbench, saved_filters as saved};
use egui::containers::menu::{MenuButton, MenuConfig};
use egui::{Button, Key, Modifiers, PopupCloseBehavior, RichText, TextEdit, Ui};

/// What the menu remembers between frames.
#[derive(Debug, Default)]
pub struct SavedMenu {
    /// The name for the current filter, as typed.
    name: String,
    /// Which filter gets another name, and which, as typed.
    renaming: Option<(usize, String)>,
}

/// Shows the button and, while it is open, the menu.
pub fn show(ui: &mut Ui, bench: &Workbench, state: &mut SavedMenu, actions: &mut Actions) {
    let config = MenuConfig::new().close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    let button = MenuButton::from_button(Button::new("▾").small()).config(config);
    let (response, opened) = button.ui(ui, |ui| menu(ui, bench, state, actions));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, "Saved filters"));
    if opened.is_none() {
        *state = SavedMenu::default();
        response.on_hover_text("Saved filters");
    }
}

fn menu(ui: &mut Ui, bench: &Workbench, state: &mut SavedMenu, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    ui.set_width(360.0);
    ui.label(strong("Saved filters", m.text.body));
    let filters = &bench.project().settings().filters;
    if filters.is_empty() {
        ui.label(RichText::new("None yet. Filter the list, then give the filter a name here.").color(t.weak));
    }
    egui::ScrollArea::vertical().max_height(10.0 * m.row).show(ui, |ui| {
        for (index, filter) in filters.iter().enumerate() {
            entry(ui, bench, index, filter, state, actions);
        }
    });
    ui.separator();
    name_current(ui, bench, state, actions);
}

fn entry(
    ui: &mut Ui,
    bench: &Workbench,
    index: usize,
    filter: &SavedFilter,
    state: &mut SavedMenu,
    actions: &mut Actions,
) {
    let settings = bench.project().settings();
    if let Some((_, name)) = state.renaming.as_mut().filter(|(at, _)| *at == index) {
        let field = ui.add(TextEdit::singleline(name).desired_width(f32::INFINITY));
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "New name"));
        field.request_focus();
        let entered = ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        if entered || field.clicked_elsewhere() {
            change(saved::rename(settings, index, name), actions);
            state.renaming = None;
        } else if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            state.renaming = None;
        }
        return;
    }
    ui.horizontal(|ui| {
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let remove = ui.small_button("×").on_hover_text("Remove this filter; undo brings it back");
            let label = format!("Remove the filter {}", filter.name);
            remove.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
            if remove.clicked() {
                change(saved::remove(settings, index), actions);
            }
            let rename = ui.small_button("Rename");
            let label = format!("Rename the filter {}", filter.name);
            rename.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
            if rename.clicked() {
                state.renaming = Some((index, filter.name.clone()));
            }
            let current = bench.filter().text().trim() == filter.query;
            let query = RichText::new(&filter.query).size(metrics().text.small).color(tokens(ui.ctx()).weak);
            let button = Button::selectable(current, &*filter.name).truncate().right_text(query);
            let apply = ui.add(button.min_size(egui::vec2(ui.available_width(), metrics().row)));
            if apply.on_hover_text(&filter.query).clicked() {
                actions.bench(Command::SetFilter(filter.query.clone()));
                ui.close();
            }
        });
    });
}

/// The field that gives the current filter a name.
fn name_current(ui: &mut Ui, bench: &Workbench, state: &mut SavedMenu, actions: &mut Actions) {
    let t = tokens(ui.ctx());
    let query = bench.filter().text().trim();
    let sound = !query.is_empty() && bench.filter().error().is_none();
    if !sound {
        let words = if query.is_empty() { "Nothing is filtered now." } else { "The filter cannot be understood yet." };
        ui.label(RichText::new(words).color(t.weak));
        return;
    }
    ui.label(RichText::new(query).monospace().color(t.weak));
    ui.horizontal(|ui| {
        let field = ui.add(TextEdit::singleline(&mut state.name).hint_text("Name of this filter").desired_width(230.0));
        field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Name of this filter"));
        let settings = bench.project().settings();
        let edit = saved::save(settings, &state.name, query);
        let replaces = settings.filters.iter().any(|filter| filter.name == state.name.trim());
        let words = if replaces { "Replace" } else { "Save filter" };
        let entered = field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if ui.add_enabled(edit.is_some(), Button::new(words)).clicked() || entered {
            change(edit, actions);
            state.name.clear();
        }
    });
}

/// Makes the change a step of its own.
fn change(edit: Option<Edit>, actions: &mut Actions) {
    if let Some(edit) = edit {
        actions.edit(edit);
        actions.bench(Command::Seal);
    }
}
