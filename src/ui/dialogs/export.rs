//! What to export, how, and where.

use crate::io::export::{EXPORTERS, Exporter};
use crate::model::Project;
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, strong, tokens};
use crate::workbench::{Command, Workbench};
use egui::{Align2, Context, Key, Modifiers, RichText, TextEdit, vec2};
use std::path::PathBuf;

/// The question while it is open.
#[derive(Debug)]
pub struct ExportDialog {
    exporter: &'static Exporter,
    evidence: bool,
    flags: bool,
    path: String,
}

impl ExportDialog {
    /// An open question; the file lies beside the project, or in the current folder.
    pub fn new(project: &Project, origin: Option<PathBuf>) -> Self {
        let folder =
            origin.and_then(|origin| if origin.is_dir() { Some(origin) } else { origin.parent().map(PathBuf::from) });
        let folder = folder.or_else(|| std::env::current_dir().ok()).unwrap_or_default();
        let name = if project.name().is_empty() { "scores" } else { project.name() };
        let exporter = &EXPORTERS[0];
        let path = folder.join(format!("{name}-scores.{}", exporter.extension)).display().to_string();
        Self { exporter, evidence: false, flags: true, path }
    }

    /// Shows the question; whether it stays open.
    pub fn show(&mut self, ctx: &Context, bench: &Workbench, actions: &mut Actions) -> bool {
        let (mut open, mut done) = (true, false);
        let sound = bench.engine().compiled().is_sound();
        egui::Window::new("Export scores")
            .collapsible(false)
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, vec2(0.0, -40.0))
            .fixed_size(vec2(580.0, 260.0))
            .show(ctx, |ui| {
                let weak = tokens(ui.ctx()).weak;
                for exporter in EXPORTERS {
                    let chosen = exporter.name == self.exporter.name;
                    ui.horizontal(|ui| {
                        if ui.radio(chosen, exporter.name).clicked() {
                            let stem = self.path.strip_suffix(self.exporter.extension).map(str::to_owned);
                            if let Some(stem) = stem {
                                self.path = stem + exporter.extension;
                            }
                            self.exporter = exporter;
                        }
                        ui.label(RichText::new(exporter.description).size(metrics().text.small).color(weak));
                    });
                }
                let evidence = egui::Checkbox::new(&mut self.evidence, "With evidence");
                ui.add_enabled(self.exporter.has_evidence, evidence)
                    .on_hover_text("Each criterion’s spans, as byte offsets.");
                let flags = egui::Checkbox::new(&mut self.flags, "With flags");
                ui.add_enabled(!self.exporter.is_of_people, flags)
                    .on_hover_text("What looks odd about each response, such as `empty` or `duplicate`.");
                let label = ui.label("File");
                ui.add(TextEdit::singleline(&mut self.path).desired_width(f32::INFINITY)).labelled_by(label.id);
                if !sound {
                    let words = "The rubric has mistakes; a criterion with one is exported without a value.";
                    ui.label(RichText::new(words).color(tokens(ui.ctx()).warning));
                }
                ui.add_space(metrics().space.m);
                ui.horizontal(|ui| {
                    let rows = bench.project().dataset().responses().len();
                    let words = strong(format!("Export {rows} responses"), metrics().text.body);
                    done = ui.add_enabled(rows > 0, egui::Button::new(words)).clicked()
                        || (rows > 0 && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)));
                    open &= !ui.button("Cancel").clicked();
                });
            });
        open &= !ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if done {
            let target = PathBuf::from(self.path.trim());
            actions.bench(Command::Export {
                exporter: self.exporter,
                evidence: self.evidence && self.exporter.has_evidence,
                flags: self.flags && !self.exporter.is_of_people,
                target,
            });
            return false;
        }
        open
    }
}
