//! Lines below the bar for what cannot wait: judgements that are not saved, work that a crash left, another window.

use super::action::Actions;
use super::theme::{metrics, strong, tokens};
use crate::workbench::{Command, Workbench};
use egui::{Align, Color32, Frame, Label, Layout, Margin, Panel, RichText, Ui};

/// A line: its colour, what it says, and what can be done about it, the likeliest first.
struct Line {
    colour: Color32,
    sentence: String,
    answers: Vec<(&'static str, Command)>,
}

/// Shows the lines there are; takes no room when there are none.
pub fn show(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let lines = lines(ui, bench);
    if lines.is_empty() {
        return;
    }
    let (t, m) = (tokens(ui.ctx()), metrics());
    let frame = Frame::new().fill(t.raised).inner_margin(Margin::symmetric(m.space.l as i8, m.space.s as i8));
    Panel::top("what cannot wait").frame(frame).show(ui, |ui| {
        for line in lines {
            row(ui, line, actions);
        }
    });
}

fn lines(ui: &Ui, bench: &Workbench) -> Vec<Line> {
    let t = tokens(ui.ctx());
    let reviews = bench.reviews();
    let mut lines = Vec::new();
    if let Some(why) = reviews.unsaved() {
        let answers = vec![("Try again", Command::SaveJudgements)];
        lines.push(Line { colour: t.bad, sentence: why.to_owned(), answers });
    } else if let Some(why) = reviews.read_only() {
        let answers = vec![("Look again", Command::LookAgain)];
        lines.push(Line { colour: t.warning, sentence: why.to_owned(), answers });
    }
    if let Some(found) = bench.offer() {
        let answers = vec![("Restore", Command::RestoreDraft), ("Discard", Command::DiscardDraft)];
        lines.push(Line { colour: t.accent, sentence: found, answers });
    }
    if let Some(why) = bench.not_kept() {
        lines.push(Line { colour: t.warning, sentence: why.to_owned(), answers: Vec::new() });
    }
    lines
}

fn row(ui: &mut Ui, line: Line, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        // From right to left, so that the likeliest stands first when read.
        for (words, command) in line.answers.into_iter().rev() {
            if ui.button(strong(words, m.text.small)).clicked() {
                actions.bench(command);
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.label(RichText::new("●").size(m.text.small).color(line.colour));
            ui.add(Label::new(RichText::new(line.sentence).size(m.text.small).color(t.text)).wrap());
        });
    });
}
