//! The menu of models to compare.

use crate::ui::action::Actions;
use crate::ui::theme::{metrics, tokens};
use crate::workbench::{Command, Comparing, MOST_COLUMNS, Workbench};
use egui::{RichText, ScrollArea, TextEdit, Ui};

/// With more models than this there is a field to find one.
const MANY: usize = 12;

/// Shows the menu of all models; those chosen are checked, in the order of the columns.
pub(super) fn models(ui: &mut Ui, bench: &Workbench, search: &mut String, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let all = bench.project().dataset().models();
    let index = |name: &String| all.iter().position(|model| model == name).map(|index| index as u32);
    let chosen: Vec<u32> = bench.compare().chosen().iter().filter_map(index).collect();
    let menu = egui::containers::menu::MenuButton::new("Models ▾").config(
        egui::containers::menu::MenuConfig::new().close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside),
    );
    menu.ui(ui, |ui| {
        ui.set_min_width(240.0);
        if all.len() > MANY {
            let edit = TextEdit::singleline(search).hint_text("Find a model").desired_width(f32::INFINITY);
            let response = ui.add(edit);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Find a model"));
        } else {
            search.clear();
        }
        let words = match chosen.len() {
            MOST_COLUMNS => "Four are chosen; take one away to choose another.".to_owned(),
            count => format!("{count} chosen; up to four stand side by side, in the order chosen."),
        };
        ui.label(RichText::new(words).size(m.text.small).color(t.weak));
        let wanted = search.to_lowercase();
        ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            for (model, name) in (0u32..).zip(all).filter(|(_, name)| name.to_lowercase().contains(&wanted)) {
                let place = chosen.iter().position(|&chosen| chosen == model);
                let mut checked = place.is_some();
                let is_free = checked || chosen.len() < MOST_COLUMNS;
                let is_last = checked && chosen.len() == 1;
                let response = ui.add_enabled(is_free && !is_last, egui::Checkbox::new(&mut checked, name));
                if response.changed() {
                    let mut models = chosen.clone();
                    match place {
                        Some(at) => drop(models.remove(at)),
                        None => models.push(model),
                    }
                    actions.bench(Command::Comparing(Comparing::Models(models)));
                }
            }
        });
    });
}
