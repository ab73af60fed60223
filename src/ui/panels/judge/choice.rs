//! Choosing between two.

use super::rating::keys_of;
use super::{JudgeState, boxed, gold, others, reason, wide};
use crate::model::review::{Act, Choice};
use crate::ui::action::Actions;
use crate::ui::commands::{JudgeCommand, UiCommand};
use crate::ui::theme::{metrics, strong, tokens};
use crate::workbench::Workbench;
use egui::Ui;

/// The answers, from left to right, each with its command.
const ANSWERS: [(&str, Choice, JudgeCommand); 6] = [
    ("◀◀ Left is much better", Choice::MuchBetterFirst, JudgeCommand::MuchBetterLeft),
    ("◀ Left is better", Choice::First, JudgeCommand::BetterLeft),
    ("= Tie", Choice::Tie, JudgeCommand::Tie),
    ("Both bad", Choice::BothBad, JudgeCommand::BothBad),
    ("Right is better ▶", Choice::Second, JudgeCommand::BetterRight),
    ("Right is much better ▶▶", Choice::MuchBetterSecond, JudgeCommand::MuchBetterRight),
];

pub(super) fn show(ui: &mut Ui, bench: &Workbench, state: &mut JudgeState, actions: &mut Actions) {
    let judging = bench.judging();
    let given = match judging.given().comparison.as_ref().map(|entry| &entry.act) {
        Some(Act::Prefer(prefer)) => Some(as_shown(prefer.choice, &prefer.responses, bench)),
        _ => None,
    };
    boxed(ui, tokens(ui.ctx()).accent, |ui| {
        ui.label(strong("Which is better?", metrics().text.heading));
        ui.add_space(metrics().space.s);
        ui.add_enabled_ui(!judging.is_answer_shown(), |ui| {
            for (words, choice, command) in ANSWERS {
                let button = wide(ui, given == Some(choice), words, keys_of(ui, command));
                if button.on_hover_text(command.info().help).clicked() {
                    actions.ui(UiCommand::Judge(command));
                }
            }
        });
        if !judging.is_answer_shown() {
            reason(ui, state, "Why? Optional.");
        }
    });
    if judging.is_answer_shown() {
        gold::of_pair(ui, bench);
        gold::next(ui, bench, actions);
    }
    others::of_pair(ui, bench);
}

/// A choice between `responses` as the two stand now.
fn as_shown(choice: Choice, responses: &[String; 2], bench: &Workbench) -> Choice {
    let same = bench.judging().item().is_some_and(|item| item.responses[..] == responses[..]);
    if same { choice } else { choice.flipped() }
}
