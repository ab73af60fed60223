//! Rating one response, criterion after criterion.

use super::{JudgeState, boxed, gold, others, reason, scale, small, weak};
use crate::model::review::{Act, Purpose};
use crate::model::{Criterion, Judge, Scale};
use crate::ui::action::Actions;
use crate::ui::commands::{JudgeCommand, UiCommand};
use crate::ui::keys;
use crate::ui::theme::{metrics, strong, tokens};
use crate::workbench::{Command, SessionCommand, Workbench};
use egui::{RichText, Sense, Ui};

pub(super) fn show(ui: &mut Ui, bench: &Workbench, state: &mut JudgeState, actions: &mut Actions) {
    let judging = bench.judging();
    if judging.criteria().is_empty() {
        no_criteria(ui, actions);
        return;
    }
    for (at, id) in judging.criteria().iter().enumerate() {
        let Some(criterion) = bench.human_criterion(id) else { continue };
        ui.add_space(metrics().space.s);
        if at == judging.criterion() && !judging.is_answer_shown() {
            current(ui, bench, criterion, state, actions);
        } else {
            folded(ui, bench, at, criterion, actions);
        }
    }
    if judging.is_answer_shown() {
        gold::next(ui, bench, actions);
    }
}

fn no_criteria(ui: &mut Ui, actions: &mut Actions) {
    ui.label(weak(ui, "The rubric has no criterion that people rate, yes or no or on points."));
    ui.horizontal_wrapped(|ui| {
        if ui.button("Add one").clicked() {
            actions.ui(UiCommand::AddHumanCriterion);
        }
        ui.label(small(ui, "or compare two responses in a session."));
    });
}

/// The criterion at hand: its guidance, its scale, and what was said.
fn current(ui: &mut Ui, bench: &Workbench, criterion: &Criterion, state: &mut JudgeState, actions: &mut Actions) {
    let t = tokens(ui.ctx());
    let asked = ui.scope(|ui| {
        boxed(ui, t.accent, |ui| {
            ui.label(strong(&criterion.name, metrics().text.heading));
            if !criterion.guidance.is_empty() {
                ui.label(weak(ui, &criterion.guidance));
            }
            ui.add_space(metrics().space.s);
            let given = bench.judging().given().rating(&criterion.id).map(|entry| &entry.act);
            let value = match given {
                Some(Act::Rate(rate)) => Some(rate.value),
                _ => None,
            };
            if let Judge::Human(scale) = &criterion.judge {
                scale::show(ui, scale, value, state, actions);
            }
            reason(ui, state, "Why? Optional.");
            stale(ui, bench, criterion);
        });
    });
    if state.is_moved {
        asked.response.scroll_to_me(None);
    }
    others::of_rating(ui, bench, criterion);
}

/// A rating of one's own that was made under other words.
fn stale(ui: &mut Ui, bench: &Workbench, criterion: &Criterion) {
    let me = bench.reviews().my_index();
    let rows = bench.judging().rows().first();
    let mut ratings = rows.into_iter().flat_map(|&row| bench.judgements().ratings(row));
    let own = ratings.find(|rated| {
        rated.stale
            && Some(rated.reviewer) == me
            && *rated.criterion == *criterion.id
            && rated.purpose == bench.judging().purpose()
    });
    if own.is_some() && bench.judging().is_open() {
        let words = "You rated this before its guidance or scale was changed: rate it again.";
        ui.label(RichText::new(words).color(tokens(ui.ctx()).warning));
    }
}

/// Another criterion of the response: its name, and what one said.
fn folded(ui: &mut Ui, bench: &Workbench, at: usize, criterion: &Criterion, actions: &mut Actions) {
    let t = tokens(ui.ctx());
    let judging = bench.judging();
    let given = judging.given().rating(&criterion.id);
    let said = match (given.map(|entry| &entry.act), &criterion.judge) {
        (Some(Act::Rate(rate)), Judge::Human(scale)) => word(scale, rate.value),
        _ => "not rated".to_owned(),
    };
    let row = ui.horizontal(|ui| {
        ui.label(&criterion.name);
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let colour = if given.is_some() { t.text } else { t.faint };
            ui.label(RichText::new(&said).color(colour));
        });
    });
    let click = ui.interact(row.response.rect, ui.scope_id().with(("criterion", at)), Sense::click());
    click.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Rate {}: {said}", criterion.name))
    });
    if click.on_hover_cursor(egui::CursorIcon::PointingHand).on_hover_text(&criterion.guidance).clicked() {
        actions.bench(Command::Session(SessionCommand::Criterion(at)));
    }
    if judging.is_answer_shown() && judging.purpose() == Purpose::Calibrate {
        gold::of_rating(ui, bench, criterion);
    }
}

/// A rating in words.
pub(super) fn word(scale: &Scale, value: Option<f64>) -> String {
    value.map_or_else(|| "cannot be judged".to_owned(), |value| scale.word(value))
}

/// The same of a raw value, 0..=1.
pub(super) fn word_of_raw(scale: &Scale, raw: Option<f64>) -> String {
    let [least, most] = scale.bounds();
    // Two digits are enough for a range, and points are whole.
    let value = raw.map(|raw| ((least + raw * (most - least)) * 100.0).round() / 100.0);
    word(scale, value)
}

/// What keys of a command are, to stand beside it.
pub(super) fn keys_of(ui: &Ui, command: JudgeCommand) -> Option<String> {
    keys::words(ui.ctx(), UiCommand::Judge(command))
}
