//! The end of a session: what was done, how well, and what to do next.

use super::head::duration;
use super::rating::keys_of;
use super::{JudgeState, boxed, small, weak, wide};
use crate::model::review::Mode;
use crate::ui::action::Actions;
use crate::ui::commands::{JudgeCommand, UiCommand};
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::{count, percent, signed};
use crate::workbench::Workbench;
use crate::workbench::session::{LeanOn, closed};
use egui::{RichText, Ui};

pub(super) fn show(ui: &mut Ui, bench: &Workbench, _: &mut JudgeState, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let judging = bench.judging();
    let Some(session) = judging.session() else { return };
    ui.add_space(m.space.m);
    boxed(ui, t.good, |ui| {
        ui.label(strong("✓ This session is done", m.text.heading).color(t.good));
        let pace = bench.pace();
        let mut words = format!("{} items, {} judgements", count(session.items.len()), count(pace.judgements));
        if pace.timed > 0 {
            words += &format!(" in {} of active time", duration(pace.seconds));
        }
        if let Some(rate) = pace.per_hour() {
            words += &format!(", {} an hour", count(rate.round() as usize));
        }
        ui.label(format!("{words}."));
        if session.blind {
            ui.label(weak(ui, "Names of models are shown again."));
        }
    });
    own(ui, bench);
    if session.mode == Mode::Calibrate {
        calibration(ui, bench);
    }
    next(ui, bench, session.mode, actions);
}

/// How far the reviewer agrees with themselves.
fn own(ui: &mut Ui, bench: &Workbench) {
    let own = bench.own_agreement();
    if own.answers == 0 {
        return;
    }
    ui.add_space(metrics().space.s);
    let words = format!(
        "Judged twice, you said the same {} of {} times ({}).",
        own.same,
        own.answers,
        percent(own.same, own.answers)
    );
    ui.label(words);
    let kappas: Vec<String> = [("ratings", &own.ratings), ("choices", &own.choices)]
        .into_iter()
        .filter_map(|(of, kappa)| Some(format!("κ of {of} {:.2}", kappa.as_ref().ok()?)))
        .collect();
    if !kappas.is_empty() {
        let help = "Cohen’s kappa: 1 is full agreement with yourself, 0 is what chance gives.";
        ui.label(small(ui, kappas.join(", "))).on_hover_text(help);
    }
}

/// How the reviewer compares with gold.
fn calibration(ui: &mut Ui, bench: &Workbench) {
    let t = tokens(ui.ctx());
    let found = bench.calibration();
    ui.add_space(metrics().space.s);
    ui.label(format!(
        "You agree with gold on {} of {} answers ({}).",
        found.agreed,
        found.answers,
        percent(found.agreed, found.answers)
    ));
    if let Some(lean) = found.lean {
        ui.label(format!("Over all criteria you are {} ({} of the scale).", lean.word(), signed(lean.mean)));
    }
    egui::Grid::new("lean").num_columns(3).show(ui, |ui| {
        for (id, lean) in &found.criteria {
            let Some(criterion) = bench.human_criterion(id) else { continue };
            ui.label(&criterion.name);
            ui.label(weak(ui, format!("{} of {}", lean.agreed, lean.ratings)));
            ui.label(RichText::new(leaning(*lean)).color(if lean.word() == "even" { t.good } else { t.warning }));
            ui.end_row();
        }
    });
}

fn leaning(lean: LeanOn) -> String {
    format!("{} {}", lean.word(), signed(lean.mean))
}

fn next(ui: &mut Ui, bench: &Workbench, mode: Mode, actions: &mut Actions) {
    ui.add_space(metrics().space.m);
    let advice = match (mode, closed(bench.gate())) {
        (Mode::Rate | Mode::Pairs | Mode::Calibrate, Some(why)) => why,
        (Mode::Calibrate, None) => "The queue is open to you.".to_owned(),
        (Mode::Adjudicate, _) => "Final judgements count in place of all others.".to_owned(),
        (Mode::Rate | Mode::Pairs, None) => {
            "Scores and numbers know your judgements already. Choose another queue, or look at the results.".to_owned()
        }
    };
    ui.label(weak(ui, advice));
    ui.add_space(metrics().space.s);
    for (words, command) in
        [("Choose what is next", JudgeCommand::Continue), ("Look at the last one again", JudgeCommand::Back)]
    {
        if wide(ui, false, words, keys_of(ui, command)).clicked() {
            actions.ui(UiCommand::Judge(command));
        }
    }
}
