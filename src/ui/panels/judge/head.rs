//! Who judges, how far the session is, and whether everything is saved.

use super::{Field, JudgeState, boxed, small, weak, who};
use crate::model::review::Mode;
use crate::ui::action::Actions;
use crate::ui::commands::{JudgeCommand, UiCommand};
use crate::ui::keys;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::{count, meter};
use crate::workbench::{Command, Workbench};
use egui::{Align, Layout, RichText, Sense, Ui, vec2};

pub(super) fn show(ui: &mut Ui, bench: &Workbench, state: &mut JudgeState, actions: &mut Actions) {
    reviewer(ui, bench, state);
    if state.name.is_some() {
        who::ask(ui, bench, state, actions);
    }
    trouble(ui, bench, actions);
    if bench.judging().session().is_some() {
        session(ui, bench, actions);
    }
}

/// Who judges, to be changed by a click, and how much of it is saved.
fn reviewer(ui: &mut Ui, bench: &Workbench, state: &mut JudgeState) {
    let t = tokens(ui.ctx());
    ui.horizontal(|ui| {
        ui.label(weak(ui, "Judging as"));
        let me = bench.reviews().me();
        let button = ui.button(strong(me, metrics().text.body));
        if button.on_hover_text("Change who judges. Each reviewer has a log of their own.").clicked() {
            state.name = Some(me.to_owned());
            state.wants = Some(Field::Name);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if bench.reviews().unsaved().is_some() {
                ui.label(RichText::new("not saved").color(t.bad));
            } else if let Some(saved) = saved(bench) {
                let help = "Each judgement is written to disk before it is shown as saved.";
                ui.label(RichText::new(saved).color(t.good)).on_hover_text(help);
            }
        });
    });
}

/// Whether a judgement of this sitting is on disk.
fn saved(bench: &Workbench) -> Option<String> {
    let reviews = bench.reviews();
    let session = reviews.session();
    (reviews.mine()?.last()?.session() == session).then(|| "✓ saved".to_owned())
}

/// What keeps judgements from being saved, and what to do.
fn trouble(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let t = tokens(ui.ctx());
    let reviews = bench.reviews();
    if let Some(why) = reviews.unsaved() {
        boxed(ui, t.bad, |ui| {
            ui.label(RichText::new(why).color(t.bad));
            ui.horizontal_wrapped(|ui| {
                let waiting = reviews.pending().len();
                ui.label(small(ui, format!("{waiting} waiting.")));
                if ui.button("Try again").clicked() {
                    actions.bench(Command::SaveJudgements);
                }
                if bench.files().origin().is_none() && ui.button("Save as…").clicked() {
                    actions.ui(UiCommand::SaveAs);
                }
            });
        });
    } else if let Some(why) = reviews.read_only() {
        boxed(ui, t.warning, |ui| ui.label(RichText::new(why).color(t.warning)));
    }
}

/// How far the session is and how long it will take.
fn session(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let judging = bench.judging();
    let Some(session) = judging.session() else { return };
    let progress = judging.progress();
    ui.add_space(m.space.s);
    ui.horizontal_wrapped(|ui| {
        let title = match judging.at() {
            Some(at) => format!("{} {} of {}", noun(session.mode), count(at + 1), count(progress.items)),
            None => "All done".to_owned(),
        };
        ui.label(strong(title, m.text.heading));
        if session.gold {
            ui.label(RichText::new("gold").color(t.warning)).on_hover_text("What you judge is recorded as gold.");
        }
        if session.blind {
            let (words, help) = match bench.is_blind() {
                true => ("blind", "Names of models are hidden."),
                false => ("revealed", "This session was blind; names are shown now."),
            };
            ui.label(small(ui, words)).on_hover_text(help);
        }
    });
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), m.bar), Sense::hover());
    meter(ui, rect, progress.done as f64 / progress.items.max(1) as f64, t.accent);
    ui.label(small(ui, words(bench)));
    ui.horizontal_wrapped(|ui| {
        let mut button = |words: &str, command: JudgeCommand| {
            let command = UiCommand::Judge(command);
            let words = RichText::new(words).size(metrics().text.small);
            if ui.button(words).on_hover_text(keys::help(ui.ctx(), command)).clicked() {
                actions.ui(command);
            }
        };
        button("◀ Back", JudgeCommand::Back);
        button("Skip", JudgeCommand::Skip);
        button("Take back", JudgeCommand::TakeBack);
        button("Pause", JudgeCommand::Pause);
        if bench.is_blind() {
            button("Reveal", JudgeCommand::Reveal);
        }
    });
    ui.separator();
}

/// What one item is called.
fn noun(mode: Mode) -> &'static str {
    match mode {
        Mode::Rate => "Response",
        Mode::Pairs => "Comparison",
        Mode::Calibrate => "Calibration",
        Mode::Adjudicate => "Dispute",
    }
}

/// What is done, how fast, and what is left.
fn words(bench: &Workbench) -> String {
    let progress = bench.judging().progress();
    let mut words = format!("{} done", count(progress.done));
    if progress.skipped > 0 {
        words += &format!(" · {} skipped", count(progress.skipped));
    }
    let pace = bench.pace();
    if let Some(rate) = pace.per_hour() {
        words += &format!(" · {} judgements an hour", count(rate.round() as usize));
    }
    if let Some(seconds) = pace.remaining(progress.judgements_left).filter(|_| progress.judgements_left > 0) {
        words += &format!(" · {} left", duration(seconds));
    }
    words
}

/// Seconds as people say them.
pub(super) fn duration(seconds: f64) -> String {
    match seconds {
        seconds if seconds < 90.0 => format!("{:.0} s", seconds.max(0.0)),
        seconds if seconds < 5400.0 => format!("{:.0} min", seconds / 60.0),
        seconds => format!("{:.1} h", seconds / 3600.0),
    }
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations_are_said_as_people_do() {
        for (seconds, words) in [(0.4, "0 s"), (89.0, "89 s"), (150.0, "2 min"), (7200.0, "2.0 h")] {
            assert_eq!(duration(seconds), words);
        }
    }
}
