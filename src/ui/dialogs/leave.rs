//! Leaving a project that has unsaved changes: there is no undo for that, so it is asked.

use crate::ui::theme::{metrics, strong};
use egui::{Context, Key, Modifiers};

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
    /// Asks.
    pub fn show(&self, ctx: &Context, name: &str) -> Leaving {
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
            ui.label(format!("“{name}” has changes that are not saved. Save them {what}?"));
            ui.add_space(metrics().space.m);
            ui.horizontal(|ui| {
                for (words, meaning) in
                    [("Save", Leaving::Save), ("Discard", Leaving::Discard), ("Cancel", Leaving::Stay)]
                {
                    if ui.button(strong(words, metrics().text.body)).clicked() {
                        answer = meaning;
                    }
                }
            });
        });
        if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            answer = Leaving::Stay;
        }
        answer
    }
}
