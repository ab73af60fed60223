//! The four panels. Each reads the workbench and fills the queue of actions.

mod check_form;
mod colours;
pub mod compare;
mod examples;
pub mod flags;
pub mod judge;
mod labels;
pub mod list;
mod missing;
pub mod node_form;
pub mod reader;
pub mod results;
pub mod rubric;
mod tree;

use crate::ui::theme::{metrics, strong, tokens};
use egui::{RichText, Ui};

/// What stands where there is nothing to show: what that means, and what to do.
pub fn placeholder(ui: &mut Ui, title: &str, advice: &str) {
    ui.add_space((ui.available_height() * 0.3).min(160.0));
    ui.vertical_centered(|ui| {
        ui.label(strong(title, metrics().text.heading));
        ui.add_space(metrics().space.s);
        ui.label(RichText::new(advice).color(tokens(ui.ctx()).weak));
    });
}
