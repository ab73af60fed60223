//! Leaving a project that has unsaved changes: there is no undo for that, so it is asked.

use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::count;
use egui::{Context, Key, Modifiers, RichText};

/// What waits for the answer.
#[derive(Clone, Debug)]
pub enum Leave {
    /// Close the window.
    Close,
    /// Run this instead of staying: open another project.
    Replace(crate::workbench::Command),
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaving {
    /// None yet.
    Open,
    /// Stay.
    Stay,
    /// Save first.
    Save,
    /// Lose the changes.
    Discard,
}

impl Leave {
    /// Asks about the project called `name`, which has so many judgements that are in no project yet.
    pub fn show(&self, ctx: &Context, name: &str, loose: usize) -> Leaving {
        let mut answer = Leaving::Open;
        let frame = egui::Frame::window(&ctx.global_style()).inner_margin(metrics().space.xl);
        egui::Modal::new(egui::Id::unique("unsaved changes")).frame(frame).show(ctx, |ui| {
            ui.set_width(380.0);
            ui.label(strong("Unsaved changes", metrics().text.heading));
            ui.add_space(metrics().space.m);
            let name = if name.is_empty() { "This project" } else { name };
            let what = match self {
                Self::Close => "before the window closes",
                Self::Replace(_) => "before another project opens",
            };
            let judged = match loose {
                0 => String::new(),
                1 => " and a judgement that is in no project yet".to_owned(),
                more => format!(" and {} judgements that are in no project yet", count(more)),
            };
            ui.label(format!("“{name}” has changes that are not saved{judged}. Save them {what}?"));
            if loose > 0 {
                let words = "Discarding moves judgements to a folder of their own; nothing removes them there.";
                ui.label(RichText::new(words).size(metrics().text.small).color(tokens(ui.ctx()).weak));
            }
            ui.add_space(metrics().space.m);
            ui.horizontal(|ui| {
                for (words, keys, meaning) in [
                    ("Save", Some("Enter"), Leaving::Save),
                    ("Discard", None, Leaving::Discard),
                    ("Cancel", Some("Esc"), Leaving::Stay),
                ] {
                    let mut button = egui::Button::new(strong(words, metrics().text.body));
                    if let Some(keys) = keys {
                        button = button.shortcut_text(keys);
                    }
                    let button = ui.add(button);
                    button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words));
                    if button.clicked() {
                        answer = meaning;
                    }
                }
            });
        });
        // A button that has the keyboard takes Enter for itself.
        let is_free = ctx.memory(egui::Memory::focused).is_none();
        let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        match answer {
            Leaving::Open if pressed(Key::Escape) => Leaving::Stay,
            Leaving::Open if is_free && pressed(Key::Enter) => Leaving::Save,
            answer => answer,
        }
    }
}
