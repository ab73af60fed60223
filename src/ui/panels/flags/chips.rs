//! The flags of the response being read: a chip each, with what made it.

use crate::flags::Flag;
use crate::text::Span;
use crate::ui::action::Actions;
use crate::ui::commands::UiCommand;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::one_line;
use crate::workbench::{Command, Workbench};
use egui::{Button, FontId, RichText, Stroke, Ui};

/// Shows the flags of the response in focus, or nothing; the place in its text to go to, if one was asked for.
///
/// A click leads to what made the flag: the place in the text, the response it copies, or all that have it.
pub fn chips(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) -> Option<Span> {
    let flags = bench.focus_flags();
    if flags.is_empty() {
        return None;
    }
    let (t, m) = (tokens(ui.ctx()), metrics());
    let mut wanted = None;
    let told = if ui.available_height() < ROOMY { 0 } else { TOLD };
    let (told, others) = flags.split_at(flags.len().min(told));
    for flag in told {
        ui.horizontal(|ui| {
            wanted = chip(ui, bench, flag, actions).or(wanted);
            let room = ui.available_width();
            ui.label(one_line(ui, why(bench, flag), FontId::proportional(m.text.small), t.weak, room));
        });
    }
    if !others.is_empty() {
        ui.horizontal_wrapped(|ui| {
            for flag in others {
                wanted = chip(ui, bench, flag, actions).or(wanted);
            }
        });
    }
    wanted
}

/// Flags whose reason stands beside them: the text below needs the room.
const TOLD: usize = 3;
/// Height from which there is room for reasons.
const ROOMY: f32 = 300.0;

/// What made a flag; while judging blind only what its kind says, since the reason may name the model or its habits.
fn why<'a>(bench: &Workbench, flag: &'a Flag) -> &'a str {
    if bench.is_blind() { flag.kind.info().summary } else { &flag.why }
}

fn chip(ui: &mut Ui, bench: &Workbench, flag: &Flag, actions: &mut Actions) -> Option<Span> {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let why = why(bench, flag);
    let other = flag.other.filter(|_| !bench.is_blind());
    let name = RichText::new(flag.kind.name()).size(m.text.small).color(t.warning);
    let button = Button::new(name)
        .fill(t.warning.gamma_multiply(0.10))
        .stroke(Stroke::new(1.0, t.warning.gamma_multiply(0.45)))
        .corner_radius(m.radius as f32 + 4.0)
        .small();
    let response = ui.add(button);
    let label = format!("Flag {}: {}", flag.kind.name(), why);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &label));
    let hint = match (flag.spans.first(), other) {
        (Some(_), _) => "Click to go there",
        (None, Some(_)) => "Click to read the other response",
        (None, None) => "Click to list all like it",
    };
    let response = response.on_hover_ui(|ui| {
        ui.label(strong(flag.kind.name(), m.text.body));
        ui.label(why);
        ui.add_space(m.space.s);
        let more = format!("{hint}; more with a right click.");
        ui.label(RichText::new(more).size(m.text.small).color(t.weak));
    });
    let list = format!("flag:{}", flag.kind.id());
    let mut wanted = None;
    if response.clicked() {
        match (flag.spans.first(), other) {
            (Some(&span), _) => wanted = Some(span),
            (None, Some(other)) => actions.bench(Command::SelectRow(other)),
            (None, None) => actions.bench(Command::Show(list.clone())),
        }
    }
    response.context_menu(|ui| {
        for (index, &span) in flag.spans.iter().enumerate().take(PLACES) {
            let words =
                if flag.spans.len() == 1 { "Go there".to_owned() } else { format!("Go to place {}", index + 1) };
            if ui.button(words).clicked() {
                wanted = Some(span);
            }
        }
        if let Some(other) = other
            && ui.button("Read the other response").clicked()
        {
            actions.bench(Command::SelectRow(other));
        }
        if ui.button(format!("List all with {list}")).clicked() {
            actions.bench(Command::Show(list.clone()));
        }
        if ui.button(UiCommand::FlagThresholds.info().name).clicked() {
            actions.ui(UiCommand::FlagThresholds);
        }
    });
    wanted
}

/// Places offered in the menu of a chip.
const PLACES: usize = 8;
