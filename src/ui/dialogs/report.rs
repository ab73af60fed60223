//! What importing had to say, and what went wrong in opening.

use crate::model::{ImportReport, Severity};
use crate::ui::theme::{metrics, strong, tokens};
use egui::{Align2, Context, Key, Modifiers, RichText, vec2};

/// Shows the report; whether it stays open.
pub fn report(ctx: &Context, report: &ImportReport) -> bool {
    let mut open = true;
    egui::Window::new("Import report")
        .open(&mut open)
        .collapsible(false)
        .default_size(vec2(720.0, 420.0))
        .anchor(Align2::CENTER_CENTER, vec2(0.0, -20.0))
        .show(ctx, |ui| {
            let t = tokens(ui.ctx());
            ui.label(format!("{} rows read, {} skipped.", report.rows, report.skipped));
            if report.notices.is_empty() {
                ui.label(RichText::new("Nothing else to report.").color(t.weak));
            }
            ui.add_space(metrics().space.m);
            let height = ui.text_style_height(&egui::TextStyle::Body) * 2.6;
            egui::ScrollArea::vertical().auto_shrink(false).show_rows(ui, height, report.notices.len(), |ui, range| {
                for notice in &report.notices[range] {
                    let (mark, colour) = match notice.severity {
                        Severity::Note => ("·", t.weak),
                        Severity::Warning => ("!", t.warning),
                        Severity::Skipped => ("✗", t.bad),
                    };
                    ui.horizontal_top(|ui| {
                        ui.set_min_height(height - ui.spacing().item_spacing.y);
                        ui.label(strong(mark, metrics().text.body).color(colour));
                        ui.add(egui::Label::new(notice.to_line()).selectable(true).wrap());
                    });
                }
            });
        });
    open && !ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape))
}

/// Shows what went wrong; whether it stays open.
pub fn mistakes(ctx: &Context, mistakes: &[String]) -> bool {
    let mut open = true;
    let mut dismissed = false;
    egui::Window::new("Please note")
        .open(&mut open)
        .collapsible(false)
        .resizable(false)
        .anchor(Align2::CENTER_CENTER, vec2(0.0, -40.0))
        .show(ctx, |ui| {
            ui.set_width(560.0);
            egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
                for mistake in mistakes {
                    ui.add(egui::Label::new(mistake).selectable(true).wrap());
                    ui.add_space(metrics().space.s);
                }
            });
            dismissed = ui.button(strong("OK", metrics().text.body)).clicked();
        });
    let leaves = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    open && !dismissed && !leaves(Key::Escape) && !leaves(Key::Enter)
}
