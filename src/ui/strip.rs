//! Lines below the bar for what cannot wait: judgements that are not saved, work that a crash left, another window; and
//! beside the demo, the way back to the last project.

use super::action::Actions;
use super::commands::UiCommand;
use super::keys;
use super::theme::{metrics, strong, tokens};
use crate::workbench::{Command, Workbench};
use egui::{Align, Button, Color32, Context, Frame, Label, Layout, Margin, Panel, RichText, Role, Ui, WidgetInfo};

/// A line: its colour, what it says, and what can be done about it, the likeliest first.
struct Line {
    colour: Color32,
    sentence: String,
    answers: Vec<(&'static str, Command)>,
}

/// Shows the lines there are; takes no room when there are none.
pub fn show(ui: &mut Ui, bench: &Workbench, actions: &mut Actions) {
    let lines = lines(ui.ctx(), bench);
    if lines.is_empty() {
        return;
    }
    let (t, m) = (tokens(ui.ctx()), metrics());
    let frame = Frame::new().fill(t.raised).inner_margin(Margin::symmetric(m.space.l as i8, m.space.s as i8));
    Panel::top("what cannot wait").frame(frame).show(ui, |ui| {
        let mut keys = keys::words(ui.ctx(), UiCommand::Answer);
        for line in lines {
            let keys = if line.answers.is_empty() { None } else { keys.take() };
            row(ui, line, keys.as_deref(), actions);
        }
    });
}

/// What the first line that offers something offers first.
pub fn answer(ctx: &Context, bench: &Workbench) -> Option<Command> {
    lines(ctx, bench).into_iter().find_map(|line| line.answers.into_iter().next()).map(|(_, command)| command)
}

fn lines(ctx: &Context, bench: &Workbench) -> Vec<Line> {
    let t = tokens(ctx);
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
    if lines.is_empty()
        && bench.files().is_demo()
        && !bench.is_modified()
        && let Some(last) = bench.files().recent().first()
    {
        let name = last.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
        let answers = vec![("Open it", Command::Open(vec![last.clone()]))];
        lines.push(Line { colour: t.accent, sentence: format!("You worked on “{name}” last."), answers });
    }
    if let Some(why) = bench.not_kept() {
        lines.push(Line { colour: t.warning, sentence: why.to_owned(), answers: Vec::new() });
    }
    lines
}

/// One line; `keys` do what it offers first.
fn row(ui: &mut Ui, line: Line, keys: Option<&str>, actions: &mut Actions) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        // From right to left, so that the likeliest stands first when read.
        for (at, (words, command)) in line.answers.into_iter().enumerate().rev() {
            let mut button = Button::new(strong(words, m.text.small));
            if let (0, Some(keys)) = (at, keys) {
                button = button.shortcut_text(RichText::new(keys).size(m.text.small));
            }
            let button = ui.add(button);
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, words));
            if button.clicked() {
                actions.bench(command);
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.label(RichText::new("●").size(m.text.small).color(line.colour));
            ui.add(Label::new(RichText::new(line.sentence).size(m.text.small).color(t.text)).wrap());
        });
    });
}
