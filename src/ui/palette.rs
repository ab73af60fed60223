//! The command palette.

use super::action::Actions;
use super::commands::UiCommand;
use super::keys;
use super::theme::{metrics, tokens};
use egui::{Align2, Context, Key, Modifiers, RichText, TextEdit, Ui, vec2};

/// The palette while it is open.
#[derive(Debug, Default)]
pub struct Palette {
    words: String,
    chosen: usize,
}

/// Shows the palette; whether it stays open.
pub fn show(ctx: &Context, palette: &mut Palette, actions: &mut Actions) -> bool {
    let found = matching(&palette.words);
    palette.chosen = palette.chosen.min(found.len().saturating_sub(1));
    let (mut run, mut open) = (None, true);
    let window = egui::Window::new("Commands")
        .title_bar(false)
        .resizable(false)
        .anchor(Align2::CENTER_TOP, vec2(0.0, 90.0))
        .fixed_size(vec2(460.0, 360.0))
        .show(ctx, |ui| {
            let edit = ui
                .add(TextEdit::singleline(&mut palette.words).hint_text("Find a command").desired_width(f32::INFINITY));
            edit.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, "Find a command"));
            edit.request_focus();
            let key = |ui: &Ui, key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            if key(ui, Key::ArrowDown) {
                palette.chosen = (palette.chosen + 1).min(found.len().saturating_sub(1));
            }
            if key(ui, Key::ArrowUp) {
                palette.chosen = palette.chosen.saturating_sub(1);
            }
            if key(ui, Key::Enter) {
                run = found.get(palette.chosen).copied();
            }
            open = !key(ui, Key::Escape);
            ui.add_space(metrics().space.s);
            egui::ScrollArea::vertical().auto_shrink([false, true]).show(ui, |ui| {
                for (index, command) in found.iter().enumerate() {
                    let response = entry(ui, *command, index == palette.chosen);
                    if index == palette.chosen {
                        response.scroll_to_me(None);
                    }
                    if response.clicked() {
                        run = Some(*command);
                    }
                }
                if found.is_empty() {
                    ui.label(RichText::new("No command has these letters.").color(tokens(ui.ctx()).weak));
                }
            });
        });
    if window.is_some_and(|window| window.response.clicked_elsewhere()) {
        open = false;
    }
    if let Some(command) = run {
        actions.ui(command);
        open = false;
    }
    open
}

fn entry(ui: &mut Ui, command: UiCommand, chosen: bool) -> egui::Response {
    let info = command.info();
    let mut button = egui::Button::selectable(chosen, info.name).min_size(vec2(ui.available_width(), metrics().row));
    if let Some(keys) = keys::words(ui.ctx(), command) {
        button = button.shortcut_text(keys);
    }
    ui.add(button).on_hover_text(info.help)
}

/// The commands whose names hold the letters of `words` in order, those that begin with it first.
fn matching(words: &str) -> Vec<UiCommand> {
    let words = words.to_lowercase();
    let rank = |command: &UiCommand| {
        let name = command.info().name.to_lowercase();
        let mut letters = name.chars();
        let in_order = words.chars().filter(|c| !c.is_whitespace()).all(|wanted| letters.any(|c| c == wanted));
        match (name.starts_with(&words), name.contains(&words), in_order) {
            (true, ..) => Some(0),
            (_, true, _) => Some(1),
            (_, _, true) => Some(2),
            _ => None,
        }
    };
    let mut found: Vec<(i32, UiCommand)> = UiCommand::all()
        .filter(|command| command.is_listed())
        .filter_map(|command| Some((rank(&command)?, command)))
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, command)| command).collect()
}

#[cfg(test)]
mod tests {
    use super::{UiCommand, matching};

    #[test]
    fn finds_commands_by_their_letters() {
        assert_eq!(matching("undo").first(), Some(&UiCommand::Undo));
        assert_eq!(matching("imprt").first(), Some(&UiCommand::Import));
        assert_eq!(matching("qqq"), []);
    }
}
