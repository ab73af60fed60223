//! The gold answer beside one's own, once that is given.

use super::rating::{keys_of, word_of_raw};
use super::{boxed, others, small};
use crate::model::review::{Act, Choice};
use crate::model::{Criterion, Judge};
use crate::ui::action::Actions;
use crate::ui::commands::{JudgeCommand, UiCommand};
use crate::ui::theme::{metrics, strong, tokens};
use crate::workbench::Workbench;
use crate::workbench::session::agrees;
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
    shown(ui, agrees(own, answer.raw), &word_of_raw(scale, answer.raw), answer.reason());
}

/// The gold preference.
pub(super) fn of_pair(ui: &mut Ui, bench: &Workbench) {
    let judging = bench.judging();
    let (&[left, right], gold) = (judging.rows(), bench.gold()) else { return };
    let Some((choice, answer)) = gold.preference([left, right]) else { return };
    let Some(own) = own_choice(bench) else { return };
    shown(ui, own.first_wins() == choice.first_wins(), others::choice_word(choice), answer.reason());
}

fn own_choice(bench: &Workbench) -> Option<Choice> {
    match bench.judging().given().comparison.as_ref().map(|entry| &entry.act) {
        Some(Act::Prefer(prefer)) => Some(prefer.choice),
        _ => None,
    }
}

fn shown(ui: &mut Ui, same: bool, word: &str, reason: &str) {
    let t = tokens(ui.ctx());
    let colour = if same { t.good } else { t.warning };
    boxed(ui, colour, |ui| {
        ui.horizontal_wrapped(|ui| {
            ui.label(small(ui, "Gold:"));
            ui.label(strong(word, metrics().text.body));
            ui.label(RichText::new(if same { "✓ as you" } else { "✗ not as you" }).color(colour));
        });
        let reason = if reason.is_empty() { "No reason was given." } else { reason };
        ui.label(small(ui, reason));
    });
}

/// On to the next item.
pub(super) fn next(ui: &mut Ui, actions: &mut Actions) {
    ui.add_space(metrics().space.s);
    if super::wide(ui, false, "Go on", keys_of(ui, JudgeCommand::Continue)).clicked() {
        actions.ui(UiCommand::Judge(JudgeCommand::Continue));
    }
}
