//! Ranking three or four: by keys, by clicks, or by dragging between ranks.

use super::rating::keys_of;
use super::{JudgeState, boxed, reason, small};
use crate::ui::action::Actions;
use crate::ui::commands::{JudgeCommand, UiCommand};
use crate::ui::theme::{metrics, strong, tokens};
use crate::workbench::session::alias;
use crate::workbench::{Command, SessionCommand, Workbench};
use egui::{Frame, Id, Margin, Ui};

pub(super) fn show(ui: &mut Ui, bench: &Workbench, state: &mut JudgeState, actions: &mut Actions) {
    let judging = bench.judging();
    let n = judging.rows().len();
    boxed(ui, tokens(ui.ctx()).accent, |ui| {
        ui.label(strong("Rank them, the best first", metrics().text.heading));
        ui.label(small(ui, "Press the number of the best, then of the next best; or click, or drag between ranks. Tie puts the next beside the last."));
        ui.add_space(metrics().space.s);
        ui.horizontal_wrapped(|ui| {
            let placed = |place: usize| judging.placing().groups().iter().flatten().any(|&known| known == place);
            for place in (0..n).filter(|&place| !placed(place)) {
                let keys = keys_of(ui, JudgeCommand::Place(place as u8 + 1)).unwrap_or_default();
                let words = format!("{}  {keys}", alias(place));
                let item = ui.dnd_drag_source(drag_id(place), place, |ui| ui.button(words));
                if item.inner.clicked() {
                    actions.bench(Command::Session(SessionCommand::Place(place)));
                }
            }
        });
        ranks(ui, bench, actions);
        ui.horizontal_wrapped(|ui| {
            let placing = judging.placing();
            let mut button = |words: &str, command: JudgeCommand, enabled: bool| {
                let keys = keys_of(ui, command).map_or_else(String::new, |keys| format!("  {keys}"));
                let button = ui.add_enabled(enabled, egui::Button::new(format!("{words}{keys}")));
                if button.on_hover_text(command.info().help).clicked() {
                    actions.ui(UiCommand::Judge(command));
                }
            };
            button("Save", JudgeCommand::SaveRanking, placing.ranks(n).is_some());
            button("Tie", JudgeCommand::TieWithLast, !placing.groups().is_empty());
            button("Back", JudgeCommand::Unplace, !placing.groups().is_empty());
        });
        reason(ui, state, "Why? Optional.");
    });
}

fn drag_id(place: usize) -> Id {
    Id::unique("ranked").with(place)
}

/// The ranks so far, each a place to drop a response at.
fn ranks(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let t = tokens(ui.ctx());
    let placing = bench.judging().placing();
    let frame = Frame::new().fill(t.panel).corner_radius(metrics().radius).inner_margin(Margin::same(4));
    let groups = placing.groups();
    for at in 0..=groups.len() {
        let group = groups.get(at);
        if group.is_none() && groups.iter().flatten().count() == bench.judging().rows().len() {
            break;
        }
        let (_, dropped) = ui.dnd_drop_zone::<usize, ()>(frame, |ui| {
            ui.set_min_width(ui.available_width());
            ui.horizontal(|ui| {
                ui.label(small(ui, format!("{}.", 1 + groups[..at].iter().map(Vec::len).sum::<usize>())));
                match group {
                    Some(group) => {
                        for &place in group {
                            let words = strong(alias(place), metrics().text.body);
                            ui.dnd_drag_source(drag_id(place), place, |ui| ui.button(words));
                        }
                        if placing.is_tie() && at + 1 == groups.len() {
                            ui.label(small(ui, "= …"));
                        }
                    }
                    None => {
                        ui.label(small(ui, "next"));
                    }
                }
            });
        });
        if let Some(place) = dropped {
            actions.bench(Command::Session(SessionCommand::MovePlace(*place, at)));
        }
    }
}
