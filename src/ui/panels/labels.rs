//! What reviewers can label spans of a response with.

use super::node_form::complaint;
use crate::model::{Edit, Problem, SpanLabel, slug, unique_id};
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, strong, tokens};
use crate::workbench::{Command, Workbench};
use egui::{RichText, TextEdit, Ui};

/// Shows every label of the rubric with its fields, and adds new ones.
pub fn show(ui: &mut Ui, bench: &Workbench, problems: &[&Problem], actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let labels = &bench.project().rubric().labels;
    ui.add_space(m.space.l);
    ui.horizontal(|ui| {
        ui.label(strong("Labels", m.text.body)).on_hover_text("What reviewers can mark spans of a response as.");
        if labels.is_empty() {
            ui.label(RichText::new("none yet").color(t.weak));
        }
    });
    for (index, label) in labels.iter().enumerate() {
        let place = format!("labels[{index}]");
        let own: Vec<&Problem> = problems.iter().copied().filter(|problem| problem.field.starts_with(&place)).collect();
        ui.push_id(("label", index), |ui| match entry(ui, label, &own) {
            Some(Change::Set(edited)) => {
                let mut labels = labels.clone();
                labels[index] = edited;
                actions.edit(Edit::SetLabels(labels));
            }
            Some(Change::Remove) => {
                let mut labels = labels.clone();
                labels.remove(index);
                step(labels, actions);
            }
            None => {}
        });
    }
    if ui.small_button("+ Label").on_hover_text("Add a label for spans that reviewers select").clicked() {
        let taken: Vec<String> = labels.iter().map(|label| label.id.clone()).collect();
        let id = unique_id("label", &taken);
        let mut labels = labels.clone();
        labels.push(SpanLabel { id, name: "New label".to_owned(), guidance: String::new() });
        step(labels, actions);
    }
}

/// Makes the change a step of its own.
fn step(labels: Vec<SpanLabel>, actions: &mut Actions) {
    actions.bench(Command::Seal);
    actions.edit(Edit::SetLabels(labels));
    actions.bench(Command::Seal);
}

enum Change {
    Set(SpanLabel),
    Remove,
}

/// One label: its name and id in a line, its guidance below.
fn entry(ui: &mut Ui, label: &SpanLabel, problems: &[&Problem]) -> Option<Change> {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let mut edited = label.clone();
    let mut removed = false;
    ui.horizontal(|ui| {
        let wide = (ui.available_width() - 3.0 * m.space.m - m.row) / 2.0;
        let name = ui.add(TextEdit::singleline(&mut edited.name).hint_text("Name").desired_width(wide));
        let help = format!("Name of the label {}", label.id);
        name.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &help));
        let id = ui.add(TextEdit::singleline(&mut edited.id).hint_text("id").desired_width(wide));
        let help = format!("Id of the label {}", label.id);
        id.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &help));
        id.on_hover_text(
            "Names the label in logs and in the filter, label:claim. Labels given under another id keep it.",
        );
        let remove =
            ui.small_button("×").on_hover_text("Remove this label; what was labelled with it stays in the logs");
        let help = format!("Remove the label {}", label.id);
        remove.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &help));
        removed = remove.clicked();
    });
    // As long as nobody chose an id, it follows the name.
    if edited.name != label.name && follows(&label.id, &label.name) {
        edited.id = slug(&edited.name);
    }
    let guidance = TextEdit::singleline(&mut edited.guidance).hint_text("When to use it; Markdown");
    let guidance = ui.add(guidance.desired_width(f32::INFINITY).text_color(t.weak));
    let help = format!("Guidance of the label {}", label.id);
    guidance.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, &help));
    problems.iter().for_each(|problem| complaint(ui, problem, ""));
    ui.add_space(m.space.s);
    match (removed, edited != *label) {
        (true, _) => Some(Change::Remove),
        (false, true) => Some(Change::Set(edited)),
        (false, false) => None,
    }
}

/// Whether `id` is what a label of this name gets by itself.
fn follows(id: &str, name: &str) -> bool {
    id == slug(name) || (name == "New label" && id.starts_with("label"))
}
