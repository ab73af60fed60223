//! The sheet of keys: every command that has some, and what is wrong with the file of keys.

use super::KeyProblem;
use crate::ui::commands::{Group, JudgeCommand, UiCommand};
use crate::ui::theme::{metrics, strong, tokens};
use egui::{Align2, Context, Key, Modifiers, RichText, Ui, vec2};

/// Shows every command and its keys; whether the sheet stays open.
pub fn show(ctx: &Context, problems: &[KeyProblem]) -> bool {
    let mut open = true;
    let height = (ctx.content_rect().height() - 120.0).max(200.0);
    egui::Window::new("Keyboard shortcuts")
        .open(&mut open)
        .collapsible(false)
        .resizable(false)
        .anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0))
        .show(ctx, |ui| {
            egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height).show(ui, |ui| {
                problems.iter().for_each(|problem| {
                    ui.label(RichText::new(problem.to_string()).color(tokens(ctx).bad));
                });
                ui.horizontal_top(|ui| {
                    for groups in [&[Group::Project, Group::Edit][..], &[Group::Judge], &[Group::Read, Group::View]] {
                        ui.vertical(|ui| groups.iter().for_each(|group| column(ui, *group)));
                        ui.add_space(metrics().space.xl);
                    }
                });
            });
        });
    open && !ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}

fn column(ui: &mut Ui, group: Group) {
    let weak = tokens(ui.ctx()).weak;
    let map = super::of(ui.ctx());
    ui.label(strong(group.name(), metrics().text.body));
    egui::Grid::new(group.name()).num_columns(2).show(ui, |ui| {
        for command in UiCommand::all().filter(|command| command.info().group == group) {
            let keys: Vec<String> = map.of(command).iter().map(|keys| super::shown(ui.ctx(), keys)).collect();
            // Ten points of a scale with the ten digits are one line.
            let is_digit = |point: u8| {
                let command = UiCommand::Judge(JudgeCommand::Rate(point));
                map.of(command) == command.default_keys()
            };
            let (name, keys) = match command {
                UiCommand::Judge(JudgeCommand::Rate(1)) if (1..=10).all(is_digit) => {
                    ("Rate 1 to 10", "1 … 9, 0".to_owned())
                }
                UiCommand::Judge(JudgeCommand::Rate(_)) if (1..=10).all(is_digit) => continue,
                _ if keys.is_empty() => continue,
                _ => (command.info().name, keys.join("  ")),
            };
            ui.horizontal(|ui| {
                ui.label(name);
                let when = RichText::new(command.when().words()).size(metrics().text.small);
                ui.label(when.color(tokens(ui.ctx()).faint));
            });
            ui.label(RichText::new(keys).color(weak));
            ui.end_row();
        }
    });
    ui.add_space(metrics().space.l);
}
