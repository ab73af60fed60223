//! The gold answer beside one's own, once that is given.

use super::rating::{keys_of, word_of_raw};
use super::{boxed, others, small};
use crate::model::review::{Act, Choice};
use crate::model::{Criterion, Judge, Scale};
use crate::ui::action::Actions;
use crate::ui::commands::{JudgeCommand, UiCommand};
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::percent;
use crate::workbench::Workbench;
use crate::workbench::session::{GoldAnswer, agrees};
use egui::{RichText, Ui};

/// The gold rating on `criterion`.
pub(super) fn of_rating(ui: &mut Ui, bench: &Workbench, criterion: &Criterion) {
    let judging = bench.judging();
    let (Some(&row), Judge::Human(scale)) = (judging.rows().first(), &criterion.judge) else { return };
    let gold = bench.gold();
    let Some(answer) = gold.rating(row, &criterion.id) else { return };
    let own = match judging.given().rating(&criterion.id).map(|entry| &entry.act) {
        Some(Act::Rate(rate)) => rate.raw(),
        _ => return,
    };
    let mut word = word_of_raw(scale, answer.raw);
    if let Some(point) = point(scale, answer.raw) {
        word += &format!("  {point}");
    }
    shown(ui, bench, agrees(own, answer.raw), &word, answer);
}

/// The gold preference.
pub(super) fn of_pair(ui: &mut Ui, bench: &Workbench) {
    let judging = bench.judging();
    let (&[left, right], gold) = (judging.rows(), bench.gold()) else { return };
    let Some((choice, answer)) = gold.preference([left, right]) else { return };
    let Some(own) = own_choice(bench) else { return };
    shown(ui, bench, own.first_wins() == choice.first_wins(), others::choice_word(choice), answer);
}

fn own_choice(bench: &Workbench) -> Option<Choice> {
    match bench.judging().given().comparison.as_ref().map(|entry| &entry.act) {
        Some(Act::Prefer(prefer)) => Some(prefer.choice),
        _ => None,
    }
}

/// What the point of a scale that `raw` is at means; `None` where nothing says it.
fn point(scale: &Scale, raw: Option<f64>) -> Option<&str> {
    let (Scale::Points(points), Some(raw)) = (scale, raw) else { return None };
    let at = raw * (points.len().saturating_sub(1)) as f64;
    let point = points.get(at.round() as usize)?;
    ((at - at.round()).abs() < 1e-9 && !point.is_empty()).then_some(point)
}

fn shown(ui: &mut Ui, bench: &Workbench, same: bool, word: &str, answer: &GoldAnswer) {
    let t = tokens(ui.ctx());
    let reviewers = bench.judgements().reviewers();
    let by = reviewers.get(answer.reviewer as usize).map_or_else(String::new, |name| format!(", by {name}"));
    let colour = if same { t.good } else { t.warning };
    boxed(ui, colour, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(small(ui, format!("Gold{by}:")));
            ui.label(strong(word, metrics().text.body));
            ui.label(RichText::new(if same { "✓ as you" } else { "✗ not as you" }).color(colour));
        });
        let reason = if answer.reason().is_empty() { "No reason was given." } else { answer.reason() };
        ui.label(small(ui, reason));
    });
}

/// On to the next item, and how far one agrees with gold so far.
pub(super) fn next(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    ui.add_space(metrics().space.s);
    let found = bench.calibration();
    let mut words = format!("So far {} of {} are as gold", found.agreed, found.answers);
    if let Some(required) = bench.project().settings().review.required_agreement {
        words += &format!(" ({}); {:.0}\u{a0}% are asked for", percent(found.agreed, found.answers), required * 100.0);
    }
    ui.label(small(ui, words + "."));
    if super::wide(ui, false, "Go on", keys_of(ui, JudgeCommand::Continue)).clicked() {
        actions.ui(UiCommand::Judge(JudgeCommand::Continue));
    }
}
