//! A form for any check, derived from its parameters: no kind of check is named here.

use crate::checks::params::{Bounds, Choice, Param, ParamVisitor, Parameters as _, TextKind};
use crate::checks::{Check, KINDS};
use crate::model::Problem;
use crate::ui::theme::{metrics, tokens};
use crate::ui::widgets::stable;
use egui::{DragValue, Key, RichText, TextEdit, Ui};

/// Shows the kind and parameters of `check`; whether something changed. `place` is its field path in the
/// criterion, for example `check`.
pub fn show(ui: &mut Ui, check: &mut Check, place: &str, problems: &[&Problem]) -> bool {
    let mut changed = kind(ui, check);
    let mut form = Form { ui, place: place.to_owned(), problems, changed: false };
    form.complain("");
    check.visit(&mut form);
    changed |= form.changed;
    changed
}

/// The choice of kind.
fn kind(ui: &mut Ui, check: &mut Check) -> bool {
    let mut changed = false;
    let current = check.kind();
    ui.horizontal(|ui| {
        let label = ui.label("Check");
        egui::ComboBox::from_id_salt("kind")
            .selected_text(current.title)
            .width(180.0)
            .show_ui(ui, |ui| {
                for kind in KINDS {
                    let chosen = kind.name == current.name;
                    if ui.selectable_label(chosen, kind.title).on_hover_text(kind.summary).clicked() && !chosen {
                        *check = (kind.new)();
                        changed = true;
                    }
                }
            })
            .response
            .labelled_by(label.id);
    });
    ui.label(RichText::new(current.summary).size(metrics().text.small).color(tokens(ui.ctx()).weak));
    changed
}

struct Form<'a> {
    ui: &'a mut Ui,
    place: String,
    problems: &'a [&'a Problem],
    changed: bool,
}

impl Form<'_> {
    /// Shows what is wrong with the field at `name`, which may be `phrases[2]`; empty for the whole check.
    fn complain(&mut self, name: &str) {
        self.complain_in(name, "");
    }

    /// The same for a problem that may point into `text`.
    fn complain_in(&mut self, name: &str, text: &str) {
        let field = if name.is_empty() { self.place.clone() } else { format!("{}.{name}", self.place) };
        for problem in self.problems.iter().filter(|problem| problem.field == field) {
            super::node_form::complaint(self.ui, problem, text);
        }
    }

    /// One line of widgets; `add` notes a change.
    fn row(&mut self, param: Param, add: impl FnOnce(&mut Ui, &mut bool)) {
        let changed = &mut self.changed;
        stable(self.ui, param.name, |ui| ui.horizontal(|ui| add(ui, changed)));
    }

    fn label(&mut self, param: Param) -> egui::Response {
        self.ui.add_space(metrics().space.s);
        let text = RichText::new(param.label).color(tokens(self.ui.ctx()).weak);
        self.ui.label(text).on_hover_text(param.help)
    }
}

impl ParamVisitor for Form<'_> {
    fn text(&mut self, param: Param, kind: TextKind, value: &mut String) {
        let label = self.label(param);
        let edit = match kind {
            TextKind::Line => TextEdit::singleline(value),
            TextKind::Pattern => TextEdit::singleline(value).code_editor(),
            TextKind::Code => TextEdit::multiline(value).code_editor().desired_rows(4),
        };
        let edit = edit.id_salt(param.name).desired_width(f32::INFINITY);
        self.changed |= self.ui.add(edit).labelled_by(label.id).changed();
        self.complain_in(param.name, value);
    }

    fn texts(&mut self, param: Param, value: &mut Vec<String>) {
        let label = self.label(param);
        let (mut removed, mut added) = (None, None);
        // Which one is new, and is to be written next.
        let new = self.ui.scope_id().with((&self.place, param.name, "new"));
        let is_new: Option<usize> = self.ui.data_mut(|data| data.remove_temp(new));
        for (index, item) in value.iter_mut().enumerate() {
            self.ui.horizontal(|ui| {
                let width = ui.available_width() - metrics().row - metrics().space.m;
                let edit = TextEdit::singleline(item).id_salt((param.name, index)).desired_width(width);
                let edit = ui.add(edit).labelled_by(label.id);
                self.changed |= edit.changed();
                if is_new == Some(index) {
                    edit.request_focus();
                }
                if edit.lost_focus() && !item.is_empty() && ui.input(|input| input.key_pressed(Key::Enter)) {
                    added = Some(index + 1);
                }
                let remove = ui.button("×").on_hover_text("Remove");
                let name = format!("Remove “{item}”");
                remove.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if remove.clicked() {
                    removed = Some(index);
                }
            });
            let name = format!("{}[{index}]", param.name);
            self.complain_in(&name, item);
        }
        if let Some(index) = removed {
            value.remove(index);
            self.changed = true;
        }
        if self.ui.small_button("+ Add").on_hover_text("Enter in a field adds one below it, too").clicked() {
            added = Some(value.len());
        }
        if let Some(index) = added {
            value.insert(index, String::new());
            self.ui.data_mut(|data| data.insert_temp(new, index));
            self.changed = true;
        }
        self.complain(param.name);
    }

    fn flag(&mut self, param: Param, value: &mut bool) {
        self.ui.add_space(metrics().space.xs);
        self.changed |= self.ui.checkbox(value, param.label).on_hover_text(param.help).changed();
        self.complain(param.name);
    }

    fn count(&mut self, param: Param, bounds: Bounds, value: &mut Option<u32>) {
        self.row(param, |ui, changed| {
            let mut is_set = value.is_some();
            let mut number = value.unwrap_or(bounds.min as u32);
            let toggled = ui.checkbox(&mut is_set, param.label).on_hover_text(param.help);
            let range = bounds.min as u32..=bounds.max as u32;
            let drag = DragValue::new(&mut number).speed(bounds.step * 0.2).range(range);
            let dragged = ui.add_enabled(is_set, drag).labelled_by(toggled.id);
            if toggled.changed() || dragged.changed() {
                *value = is_set.then_some(number);
                *changed = true;
            }
        });
        self.complain(param.name);
    }

    fn number(&mut self, param: Param, bounds: Bounds, value: &mut f64) {
        self.row(param, |ui, changed| {
            let label = ui.label(RichText::new(param.label).color(tokens(ui.ctx()).weak)).on_hover_text(param.help);
            let drag = DragValue::new(value).speed(bounds.step * 0.2).range(bounds.min..=bounds.max);
            *changed |= ui.add(drag).labelled_by(label.id).changed();
        });
        self.complain(param.name);
    }

    fn choice(&mut self, param: Param, choices: &'static [Choice], value: &mut (usize, u32)) {
        self.row(param, |ui, changed| {
            let label = ui.label(RichText::new(param.label).color(tokens(ui.ctx()).weak)).on_hover_text(param.help);
            let current = &choices[value.0];
            egui::ComboBox::from_id_salt(param.name)
                .selected_text(current.label)
                .width(130.0)
                .show_ui(ui, |ui| {
                    for (index, choice) in choices.iter().enumerate() {
                        let chosen = index == value.0;
                        if ui.selectable_label(chosen, choice.label).on_hover_text(choice.help).clicked() && !chosen {
                            *value = (index, choice.count.map_or(0, |(default, _)| default));
                            *changed = true;
                        }
                    }
                })
                .response
                .on_hover_text(current.help)
                .labelled_by(label.id);
            if let Some((_, least)) = choices[value.0].count {
                let drag = DragValue::new(&mut value.1).speed(0.1).range(least..=u32::MAX);
                *changed |= ui.add(drag).labelled_by(label.id).changed();
            }
        });
        self.complain(param.name);
    }

    fn check(&mut self, param: Param, value: &mut Check) {
        self.label(param);
        let place = format!("{}.{}", self.place, param.name);
        let problems = self.problems;
        let frame = egui::Frame::group(self.ui.style());
        let inner = frame.show(self.ui, |ui| {
            ui.set_width(ui.available_width());
            ui.push_id(param.name, |ui| show(ui, value, &place, problems)).inner
        });
        self.changed |= inner.inner;
    }

    fn checks(&mut self, param: Param, value: &mut Vec<Check>) {
        self.label(param);
        let mut removed = None;
        let problems = self.problems;
        for (index, check) in value.iter_mut().enumerate() {
            let place = format!("{}.{}[{index}]", self.place, param.name);
            let frame = egui::Frame::group(self.ui.style());
            let changed = frame.show(self.ui, |ui| {
                ui.set_width(ui.available_width());
                ui.push_id((param.name, index), |ui| {
                    let changed = show(ui, check, &place, problems);
                    if ui.small_button("Remove this check").clicked() {
                        removed = Some(index);
                    }
                    changed
                })
                .inner
            });
            self.changed |= changed.inner;
        }
        if let Some(index) = removed {
            value.remove(index);
            self.changed = true;
        }
        if self.ui.small_button("+ Add a check").on_hover_text(param.help).clicked() {
            value.push((KINDS[0].new)());
            self.changed = true;
        }
        self.complain(param.name);
    }
}
