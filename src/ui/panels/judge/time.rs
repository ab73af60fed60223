//! Time and plan, and how the project asks people to judge.

use super::head::duration;
use super::{JudgeState, small, weak};
use crate::model::{Edit, ReviewSettings, Settings};
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::count;
use crate::workbench::Workbench;
use crate::workbench::session::{Pace, outlook};
use egui::{DragValue, Ui};

pub(super) fn show(ui: &mut Ui, bench: &Workbench, state: &mut JudgeState, actions: &mut Actions) {
    ui.add_space(metrics().space.m);
    ui.separator();
    let arrow = if state.time_open { "▼" } else { "▶" };
    let button = egui::Button::new(format!("{arrow} Time, plan and rules")).frame(false);
    if ui.add(button).clicked() {
        state.time_open = !state.time_open;
    }
    if !state.time_open {
        return;
    }
    let settings = bench.project().settings();
    let mut review = settings.review.clone();
    let (total, _) = bench.paces();
    if review.keep_time {
        paces(ui, bench, &total);
        plan(ui, bench, &mut review, &total);
    }
    rules(ui, &mut review);
    if review != settings.review {
        actions.edit(Edit::SetSettings(Box::new(Settings { review, ..settings.as_ref().clone() })));
    }
}

fn paces(ui: &mut Ui, bench: &Workbench, total: &Pace) {
    let me = bench.reviews().me();
    egui::Grid::new("paces").num_columns(4).show(ui, |ui| {
        let mut row = |name: &str, pace: &Pace| {
            ui.label(name);
            let noun = if pace.judgements == 1 { "judgement" } else { "judgements" };
            ui.label(format!("{} {noun}", count(pace.judgements)));
            if pace.timed == 0 && pace.judgements > 0 {
                ui.label(small(ui, "time not kept"));
            } else {
                ui.label(duration(pace.seconds));
                ui.label(pace.per_hour().map_or_else(|| "–".to_owned(), |rate| format!("{} an hour", whole(rate))));
            }
            ui.end_row();
        };
        if bench.judging().session().is_some() {
            row("This session", &bench.pace());
        }
        row(if me.is_empty() { "You" } else { me }, total);
        for (name, pace) in bench.paces_of_others() {
            row(name, pace);
        }
    });
}

/// A count that was reckoned.
fn whole(number: f64) -> String {
    count(number.round() as usize)
}

fn plan(ui: &mut Ui, bench: &Workbench, review: &mut ReviewSettings, total: &Pace) {
    ui.add_space(metrics().space.s);
    ui.label(strong("Plan", metrics().text.body));
    ui.horizontal_wrapped(|ui| {
        let plan = &mut review.plan;
        number(ui, "Judgements an hour", &mut plan.per_hour, 1.0..=10_000.0, " an hour ×");
        number(ui, "Hours a week", &mut plan.hours_per_week, 0.0..=168.0, " h a week ×");
        number(ui, "Weeks", &mut plan.weeks, 0.0..=520.0, " weeks");
    });
    let left = bench.judging().progress().judgements_left;
    let outlook = outlook(&review.plan, total, left);
    ui.label(format!("makes {} judgements.", whole(outlook.planned)));
    match (outlook.per_hour, outlook.per_week, outlook.expected) {
        (Some(rate), Some(week), Some(expected)) => {
            ui.label(weak(
                ui,
                format!(
                    "At your pace of {} an hour it is {} a week and {} in all.",
                    whole(rate),
                    whole(week),
                    whole(expected)
                ),
            ));
        }
        _ => {
            ui.label(weak(ui, format!("Your pace is known after {} judgements.", Pace::ENOUGH)));
        }
    }
    if let (true, Some(hours)) = (left > 0, outlook.hours_left) {
        let weeks = outlook.weeks_left.map_or_else(String::new, |weeks| format!(", {weeks:.1} weeks"));
        ui.label(weak(ui, format!("This queue takes {}{weeks}.", duration(hours * 3600.0))));
    }
}

/// How the project asks people to judge.
fn rules(ui: &mut Ui, review: &mut ReviewSettings) {
    ui.add_space(metrics().space.s);
    ui.label(strong("Rules of this project", metrics().text.body));
    ui.checkbox(&mut review.keep_time, "Keep the time judgements take");
    if review.keep_time {
        ui.horizontal_wrapped(|ui| {
            number(ui, "Idle after", &mut review.idle_after, 5.0..=3600.0, " s");
            ui.label(small(ui, "without a key or the pointer, time does not count. Nothing leaves this machine."));
        });
    }
    ui.checkbox(&mut review.blind, "Sessions are blind unless said otherwise");
    let mut asks = review.required_agreement.is_some();
    ui.horizontal_wrapped(|ui| {
        let help = "Whoever agrees with fewer gold answers cannot begin to judge for real.";
        if ui.checkbox(&mut asks, "Ask for agreement with gold of").on_hover_text(help).changed() {
            review.required_agreement = asks.then_some(0.8);
        }
        let mut percent = review.required_agreement.unwrap_or(0.8) * 100.0;
        ui.add_enabled_ui(asks, |ui| number(ui, "Required agreement", &mut percent, 0.0..=100.0, " %"));
        if asks {
            review.required_agreement = Some(percent / 100.0);
        }
    });
    let colour = tokens(ui.ctx()).faint;
    let words = format!("At least {} gold answers, or all there are.", crate::workbench::session::LEAST_GOLD);
    ui.label(small(ui, words).color(colour));
}

fn number(ui: &mut Ui, name: &'static str, value: &mut f64, range: std::ops::RangeInclusive<f64>, suffix: &str) {
    let drag = ui.add(DragValue::new(value).range(range).speed(1.0).max_decimals(1).suffix(suffix));
    drag.widget_info(|| egui::WidgetInfo::labeled(egui::Role::SpinButton, true, name));
}
