//! Saying what a check should have said, with the machine's own value beside it.

use super::keys::{id, judge, row};
use super::{Field, JudgeState, boxed, field, small, weak};
use crate::model::review::{Act, Overrule};
use crate::scoring::State;
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::number;
use crate::workbench::Workbench;
use egui::{ComboBox, TextEdit, Ui};

/// What is being overruled.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Overruling {
    /// The criterion's id.
    criterion: String,
    /// The raw value that is to count, 0..=1.
    value: f64,
    reason: String,
}

impl Overruling {
    /// The check selected in the rubric, or the first there is; the other answer than its own.
    pub(super) fn new(bench: &Workbench) -> Option<Self> {
        let checks = checks(bench);
        let selected = bench.project().rubric().node(bench.node()).map(crate::model::NodeRef::id);
        let (criterion, _) = checks.iter().find(|(id, _)| Some(id.as_str()) == selected).or(checks.first())?.clone();
        Some(Self::of(bench, criterion))
    }

    fn of(bench: &Workbench, criterion: String) -> Self {
        let met = machine(bench, &criterion).is_some_and(|value| value >= 0.5);
        Self { criterion, value: if met { 0.0 } else { 1.0 }, reason: String::new() }
    }
}

/// The criteria that checks judge: id and name.
fn checks(bench: &Workbench) -> Vec<(String, String)> {
    let criteria = bench.project().rubric().criteria().into_iter().map(|(_, criterion)| criterion);
    let checks = criteria.filter(|criterion| matches!(criterion.judge, crate::model::Judge::Check(_)));
    checks.map(|criterion| (criterion.id.clone(), criterion.name.clone())).collect()
}

/// What the check says of the response being read.
fn machine(bench: &Workbench, criterion: &str) -> Option<f64> {
    let focus = bench.focus().filter(|focus| Some(focus.row) == row(bench))?;
    let index = focus.rubric.criteria.iter().position(|known| known.id == criterion)?;
    let cell = &focus.card.criteria[index].cell;
    matches!(cell.state, State::Scored).then(|| cell.value()).flatten()
}

pub(super) fn show(ui: &mut Ui, bench: &Workbench, row: u32, state: &mut JudgeState, actions: &mut Actions) {
    overruled(ui, bench, row, actions);
    let takes = state.takes(Field::Overrule);
    let Some(mut overruling) = state.overruling.take() else {
        if takes {
            ui.label(weak(ui, "The rubric has no check to overrule."));
        }
        return;
    };
    let keep = boxed(ui, tokens(ui.ctx()).warning, |ui| form(ui, bench, row, &mut overruling, takes, actions));
    state.overruling = keep.then_some(overruling);
}

/// The form; whether it stays.
fn form(
    ui: &mut Ui,
    bench: &Workbench,
    row: u32,
    overruling: &mut Overruling,
    takes: bool,
    actions: &mut Actions,
) -> bool {
    let checks = checks(bench);
    let name = checks.iter().find(|(id, _)| *id == overruling.criterion).map_or("", |(_, name)| name);
    ui.label(strong("Overrule a check", metrics().text.body));
    let combo = ComboBox::from_id_salt("overruled").selected_text(name).width(ui.available_width() - 8.0);
    let combo = combo.show_ui(ui, |ui| {
        for (id, name) in &checks {
            if ui.selectable_label(*id == overruling.criterion, name).clicked() {
                *overruling = Overruling::of(bench, id.clone());
            }
        }
    });
    combo.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, "Check to overrule"));
    let own = machine(bench, &overruling.criterion);
    ui.label(small(ui, format!("The check says {}.", number(own))));
    ui.horizontal_wrapped(|ui| {
        ui.label("It should say");
        for (words, value) in [("met", 1.0), ("not met", 0.0)] {
            if ui.selectable_label(overruling.value == value, words).clicked() {
                overruling.value = value;
            }
        }
        let drag = egui::DragValue::new(&mut overruling.value).range(0.0..=1.0).speed(0.01).max_decimals(2);
        let response = ui.add(drag);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, "Value instead"));
    });
    let is_entered = ui.input(|input| input.key_pressed(egui::Key::Enter));
    let edit = TextEdit::singleline(&mut overruling.reason).hint_text("Why? Required.").desired_width(f32::INFINITY);
    let response = field(ui, edit, "Reason to overrule", takes);
    let is_ready = !overruling.reason.trim().is_empty();
    let mut keep = true;
    ui.horizontal(|ui| {
        let save = ui.add_enabled(is_ready, egui::Button::new("Overrule it"));
        if save.clicked() || (is_ready && response.lost_focus() && is_entered) {
            actions.bench(judge(Act::Overrule(Overrule {
                response: id(bench, row),
                criterion: overruling.criterion.clone(),
                value: Some(overruling.value),
                machine: own,
                reason: overruling.reason.trim().to_owned(),
            })));
            keep = false;
        }
        keep &= !ui.button("Cancel").clicked();
    });
    keep
}

/// Checks that people overruled on this response, each to be let be again.
fn overruled(ui: &mut Ui, bench: &Workbench, row: u32, actions: &mut Actions) {
    let checks = checks(bench);
    for overruled in bench.judgements().overruled(row) {
        let Act::Overrule(act) = &overruled.entry.act else { continue };
        let name = checks.iter().find(|(id, _)| **id == *overruled.criterion).map_or(&*act.criterion, |(_, name)| name);
        let who = bench.judgements().reviewers().get(overruled.reviewer as usize).map_or("", |name| &**name);
        ui.horizontal_wrapped(|ui| {
            let let_be = ui.small_button("×").on_hover_text("Let the check be again");
            let_be.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Let {name} be")));
            if let_be.clicked() {
                let act = Overrule { value: None, reason: String::new(), ..act.clone() };
                actions.bench(judge(Act::Overrule(act)));
            }
            let words = format!("{name}: {} instead of {}", number(Some(overruled.raw)), number(act.machine));
            ui.label(words);
            ui.label(small(ui, format!("{who}: {}", act.reason)));
        });
    }
}
