//! The form of what is selected in the tree: the rubric, a dimension or a criterion.

use super::check_form;
use crate::checks::KINDS;
use crate::model::{
    Clip, Combine, Criterion, Dimension, Edit, Gate, Judge, Level, Node, NodePath, NodeRef, Problem, Scale,
};
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::stable;
use crate::workbench::Workbench;
use egui::{DragValue, RichText, TextEdit, Ui};

/// Shows the form of the selected node.
pub fn show(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let path = bench.node();
    let problems: Vec<&Problem> =
        bench.engine().compiled().problems.iter().filter(|problem| problem.node == *path).collect();
    match bench.project().rubric().node(path) {
        None => rubric(ui, bench, &problems, actions),
        Some(NodeRef::Dimension(dimension)) => self::dimension(ui, path, dimension, &problems, actions),
        Some(NodeRef::Criterion(criterion)) => self::criterion(ui, path, criterion, &problems, actions),
    }
}

/// One problem, where it is; `text` is the text its offset points into.
pub fn complaint(ui: &mut Ui, problem: &Problem, text: &str) {
    let t = tokens(ui.ctx());
    let colour = if problem.level == Level::Error { t.bad } else { t.warning };
    let before = problem.offset.and_then(|offset| text.get(..offset));
    let place = before.map_or_else(String::new, |before| format!(" (at character {})", before.chars().count() + 1));
    let words = format!("! {}{place}", problem.message);
    ui.label(RichText::new(words).size(metrics().text.small).color(colour));
    if let Some(hint) = &problem.hint {
        ui.label(RichText::new(hint).size(metrics().text.small).color(t.weak));
    }
}

fn complaints(ui: &mut Ui, problems: &[&Problem], field: &str) {
    for problem in problems.iter().filter(|problem| problem.field == field) {
        complaint(ui, problem, "");
    }
}

fn caption(ui: &mut Ui, text: &str, help: &str) -> egui::Response {
    ui.add_space(metrics().space.s);
    ui.label(RichText::new(text).color(tokens(ui.ctx()).weak)).on_hover_text(help)
}

fn line(ui: &mut Ui, name: &str, help: &str, value: &mut String) -> bool {
    let label = caption(ui, name, help);
    ui.add(TextEdit::singleline(value).id_salt(name).desired_width(f32::INFINITY)).labelled_by(label.id).changed()
}

fn paragraph(ui: &mut Ui, name: &str, help: &str, value: &mut String) -> bool {
    let label = caption(ui, name, help);
    let edit = TextEdit::multiline(value).id_salt(name).desired_width(f32::INFINITY).desired_rows(2);
    ui.add(edit).labelled_by(label.id).changed()
}

fn drag(ui: &mut Ui, name: &str, help: &str, value: &mut f64, range: std::ops::RangeInclusive<f64>, step: f64) -> bool {
    let label = ui.label(RichText::new(name).color(tokens(ui.ctx()).weak)).on_hover_text(help);
    let drag = DragValue::new(value).range(range).speed(step).max_decimals(3);
    stable(ui, name, |ui| ui.add(drag)).on_hover_text(help).labelled_by(label.id).changed()
}

fn section(ui: &mut Ui, title: &str) {
    ui.add_space(metrics().space.l);
    ui.label(strong(title, metrics().text.body));
}

const WEIGHTS: std::ops::RangeInclusive<f64> = -1e6..=1e6;

fn rubric(ui: &mut Ui, bench: &Workbench, problems: &[&Problem], actions: &mut Actions) {
    let rubric = bench.project().rubric();
    let mut name = rubric.name.clone();
    if line(ui, "Name", "The rubric’s title.", &mut name) {
        actions.edit(Edit::SetRubricName(name));
    }
    let mut description = rubric.description.clone();
    if paragraph(ui, "Description", "What it judges and for whom; Markdown.", &mut description) {
        actions.edit(Edit::SetDescription(description));
    }
    section(ui, "Scoring");
    ui.horizontal(|ui| {
        let mut has_mark = rubric.pass_mark.is_some();
        let mut mark = rubric.pass_mark.unwrap_or(0.7);
        let toggled =
            ui.checkbox(&mut has_mark, "Pass mark").on_hover_text("A response passes with at least this score.");
        let slider = egui::Slider::new(&mut mark, 0.0..=1.0).max_decimals(3);
        let slid = stable(ui, "pass mark", |ui| ui.add_enabled(has_mark, slider)).labelled_by(toggled.id);
        if toggled.changed() || slid.changed() {
            actions.edit(Edit::SetPassMark(has_mark.then_some(mark)));
        }
    });
    complaints(ui, problems, "pass_mark");
    let mut clip = rubric.clip;
    ui.horizontal(|ui| {
        ui.label(RichText::new("Clip to 0–1").color(tokens(ui.ctx()).weak));
        ui.selectable_value(&mut clip, Clip::Score, "each score").on_hover_text("Each response’s score.");
        ui.selectable_value(&mut clip, Clip::Mean, "only the mean")
            .on_hover_text("Only the mean over responses; one score may be negative.");
    });
    if clip != rubric.clip {
        actions.edit(Edit::SetClip(clip));
    }
    let mut combine = rubric.combine;
    ui.horizontal(|ui| {
        ui.label(RichText::new("Several ratings").color(tokens(ui.ctx()).weak));
        ui.selectable_value(&mut combine, Combine::Mean, "mean");
        ui.selectable_value(&mut combine, Combine::Median, "median");
        ui.selectable_value(&mut combine, Combine::Majority, "majority");
    });
    if combine != rubric.combine {
        actions.edit(Edit::SetCombine(combine));
    }
    complaints(ui, problems, "dimensions");
    super::labels::show(ui, bench, problems, actions);
    super::examples::show(ui, bench, problems, actions);
}

fn dimension(ui: &mut Ui, path: &NodePath, dimension: &Dimension, problems: &[&Problem], actions: &mut Actions) {
    let mut edited = dimension.clone();
    let mut field = None;
    if name(ui, &mut edited.name) {
        field = Some("the name");
    }
    ui.add_space(metrics().space.m);
    ui.horizontal(|ui| {
        if drag(ui, "Weight", "Relative to its siblings; negative for a penalty.", &mut edited.weight, WEIGHTS, 0.01) {
            field = Some("the weight");
        }
    });
    complaints(ui, problems, "weight");
    complaints(ui, problems, "criteria");
    if paragraph(ui, "Description", "What it is about; Markdown.", &mut edited.description) {
        field = Some("the description");
    }
    if id(ui, &mut edited.id, problems) {
        field = Some("the id");
    }
    if let Some(field) = field {
        actions.edit(Edit::SetNode { path: path.clone(), node: Box::new(Node::Dimension(edited)), field });
    }
}

fn name(ui: &mut Ui, name: &mut String) -> bool {
    line(ui, "Name", "Shown everywhere.", name)
}

fn id(ui: &mut Ui, id: &mut String, problems: &[&Problem]) -> bool {
    let changed = line(ui, "Id", "Names the column in results and filters; letters, digits, -, _ and .", id);
    complaints(ui, problems, "id");
    changed
}

/// What is edited most stands first: the check, then what it is worth, then the words for people.
fn criterion(ui: &mut Ui, path: &NodePath, criterion: &Criterion, problems: &[&Problem], actions: &mut Actions) {
    let mut edited = criterion.clone();
    let mut field = None;
    if name(ui, &mut edited.name) {
        field = Some("the name");
    }
    section(ui, "How it is met");
    if judge(ui, &mut edited.judge, problems) {
        field = Some("the check");
    }
    section(ui, "What it is worth");
    if worth(ui, &mut edited, problems) {
        field = Some("the scoring");
    }
    section(ui, "For people");
    if paragraph(ui, "Guidance", "How to judge it, for people; Markdown.", &mut edited.guidance) {
        field = Some("the guidance");
    }
    if id(ui, &mut edited.id, problems) {
        field = Some("the id");
    }
    if let Some(field) = field {
        actions.edit(Edit::SetNode { path: path.clone(), node: Box::new(Node::Criterion(edited)), field });
    }
}

fn judge(ui: &mut Ui, judge: &mut Judge, problems: &[&Problem]) -> bool {
    let mut changed = false;
    let by_check = matches!(judge, Judge::Check(_));
    ui.horizontal(|ui| {
        if ui.selectable_label(by_check, "By a check").clicked() && !by_check {
            *judge = Judge::Check((KINDS[0].new)());
            changed = true;
        }
        if ui.selectable_label(!by_check, "By people").clicked() && by_check {
            *judge = Judge::Human(Scale::YesNo);
            changed = true;
        }
    });
    match judge {
        Judge::Check(check) => changed |= check_form::show(ui, check, "check", problems),
        Judge::Human(scale) => {
            changed |= self::scale(ui, scale);
            complaints(ui, problems, "human");
        }
    }
    changed
}

fn scale(ui: &mut Ui, scale: &mut Scale) -> bool {
    let mut changed = false;
    let kind = std::mem::discriminant(scale);
    let kinds = [
        ("Yes or no", Scale::YesNo),
        ("Points", Scale::Points(["absent", "partial", "complete"].map(str::to_owned).into())),
        ("Number", Scale::Range { least: 1.0, most: 10.0 }),
    ];
    ui.horizontal(|ui| {
        for (name, new) in kinds {
            let is_it = std::mem::discriminant(&new) == kind;
            if ui.selectable_label(is_it, name).clicked() && !is_it {
                *scale = new;
                changed = true;
            }
        }
    });
    if let Scale::Range { least, most } = scale {
        ui.horizontal(|ui| {
            changed |= drag(ui, "from", "The worst rating.", least, -1e6..=1e6, 0.1);
            ui.add_space(metrics().space.m);
            changed |= drag(ui, "to", "The best rating.", most, -1e6..=1e6, 0.1);
        });
    }
    if let Scale::Points(points) = scale {
        let mut removed = None;
        for (index, point) in points.iter_mut().enumerate() {
            ui.horizontal(|ui| {
                let label = ui.label(format!("{}", index + 1));
                let width = ui.available_width() - metrics().row - metrics().space.m;
                let edit = TextEdit::singleline(point).id_salt(("point", index)).desired_width(width);
                changed |= ui.add(edit).labelled_by(label.id).changed();
                if ui.button("×").on_hover_text("Remove this point").clicked() {
                    removed = Some(index);
                }
            });
        }
        if let Some(index) = removed {
            points.remove(index);
            changed = true;
        }
        if ui.small_button("+ Add a point").clicked() {
            points.push(String::new());
            changed = true;
        }
    }
    changed
}

fn worth(ui: &mut Ui, edited: &mut Criterion, problems: &[&Problem]) -> bool {
    let mut changed = false;
    ui.horizontal_wrapped(|ui| {
        changed |=
            drag(ui, "Weight", "Relative to its siblings; negative for a penalty.", &mut edited.weight, WEIGHTS, 0.01);
        ui.add_space(metrics().space.m);
        changed |= drag(ui, "met", "The value when fully met.", &mut edited.when_met, -10.0..=10.0, 0.01);
        changed |= drag(ui, "unmet", "The value when not met at all.", &mut edited.when_unmet, -10.0..=10.0, 0.01);
    });
    for field in ["weight", "when_met", "when_unmet"] {
        complaints(ui, problems, field);
    }
    ui.horizontal_wrapped(|ui| {
        let help = "From which raw value it counts as met, in pass rates and gates.";
        changed |= drag(ui, "Counts as met from", help, &mut edited.met_at, 0.0..=1.0, 0.01);
    });
    complaints(ui, problems, "met_at");
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("If unmet").color(tokens(ui.ctx()).weak))
            .on_hover_text("What not meeting it does to the whole response.");
        let now = edited.if_unmet;
        let mut gate = |ui: &mut Ui, name: &str, help: &str, value: Gate, is: bool| {
            if ui.selectable_label(is, name).on_hover_text(help).clicked() && !is {
                edited.if_unmet = value;
                changed = true;
            }
        };
        gate(ui, "nothing more", "Only its weight counts.", Gate::Nothing, now == Gate::Nothing);
        gate(ui, "cap", "The score is at most this.", Gate::Cap(0.5), matches!(now, Gate::Cap(_)));
        gate(ui, "fail", "The score is at most 0 and the response fails.", Gate::Fail, now == Gate::Fail);
        if let Gate::Cap(cap) = &mut edited.if_unmet {
            let drag = DragValue::new(cap).range(0.0..=1.0).speed(0.01).prefix("at ");
            changed |= stable(ui, "cap", |ui| ui.add(drag)).changed();
        }
    });
    complaints(ui, problems, "if_unmet");
    changed
}
