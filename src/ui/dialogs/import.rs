//! What the columns of files are taken to mean: shown, and changed by hand, before anything is imported.

use super::{columns, foreseen};
use crate::model::Severity;
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::count;
use crate::workbench::{Command, Preview};
use egui::{Align2, Context, Key, Modifiers, RichText, TextEdit, Ui, vec2};

/// Height of what is said of what will come in: it is seen whatever file is looked at.
const FORESEEN: f32 = 132.0;

/// Shows the preview and lets the person change it.
pub fn show(ctx: &Context, preview: &mut Preview, actions: &mut Actions) {
    let (mut import, mut cancel) = (false, false);
    let size = ctx.content_rect().size();
    egui::Window::new("Import")
        .collapsible(false)
        .resizable(false)
        .anchor(Align2::CENTER_CENTER, vec2(0.0, 0.0))
        .fixed_size(vec2((size.x * 0.8).min(900.0), (size.y * 0.82).min(780.0)))
        .show(ctx, |ui| {
            name(ui, preview);
            let footer = FORESEEN + 64.0;
            egui::ScrollArea::vertical().auto_shrink(false).max_height(ui.available_height() - footer).show(ui, |ui| {
                // Notes are said where what comes in is.
                for notice in preview.notices().iter().filter(|notice| notice.severity > Severity::Note) {
                    let text = RichText::new(notice.to_line()).color(tokens(ui.ctx()).warning);
                    ui.add(egui::Label::new(text).wrap());
                }
                for index in 0..preview.files().len() {
                    ui.push_id(index, |ui| file(ui, preview, index));
                }
            });
            ui.separator();
            egui::ScrollArea::vertical().id_salt("foreseen").auto_shrink(false).max_height(FORESEEN).show(ui, |ui| {
                foreseen::show(ui, preview);
            });
            ui.separator();
            let usable = (0..preview.files().len())
                .any(|index| preview.problem(index).is_none() && preview.mapping(index).role.has_responses());
            ui.horizontal(|ui| {
                let words = strong("Import", metrics().text.body);
                import = ui.add_enabled(usable, egui::Button::new(words)).clicked();
                cancel = ui.button("Cancel").clicked();
                if !usable {
                    let words = "No file has a column of responses yet: choose one above.";
                    ui.label(RichText::new(words).color(tokens(ui.ctx()).bad));
                }
            });
            import |= usable && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        });
    cancel |= ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    if import {
        actions.bench(Command::Import);
    } else if cancel {
        actions.bench(Command::CancelImport);
    }
}

fn name(ui: &mut Ui, preview: &mut Preview) {
    match &mut preview.new_project {
        Some(name) => {
            ui.horizontal(|ui| {
                let label = ui.label("New project");
                ui.add(TextEdit::singleline(name).desired_width(240.0)).labelled_by(label.id);
            });
        }
        None => {
            ui.label("These files join the project that is open; undo takes that back.");
        }
    }
    ui.add_space(metrics().space.s);
}

fn file(ui: &mut Ui, preview: &mut Preview, index: usize) {
    let (t, m) = (tokens(ui.ctx()), metrics());
    let file = &preview.files()[index];
    let path = file.name.clone();
    let rows = match (file.table.rows, file.table.whole) {
        (1, true) => "1 row".to_owned(),
        (rows, true) => format!("{} rows", count(rows as usize)),
        (1, false) => "seen by its first row".to_owned(),
        (rows, false) => format!("seen by its first {} rows", count(rows as usize)),
    };
    let short = short(&path).to_owned();
    ui.add_space(m.space.m);
    ui.horizontal(|ui| {
        ui.label(strong(short, m.text.body)).on_hover_text(path);
        let state = if preview.is_known(index) { ", in the project already" } else { "" };
        ui.label(RichText::new(format!("{}, {rows}{state}", preview.files()[index].format().label())).color(t.weak));
    });
    columns::show(ui, preview, index);
    if let Some(problem) = preview.problem(index) {
        ui.label(RichText::new(format!("! {problem}")).color(t.bad));
    }
}

/// The file and the folder it is in: six files may all be called `outputs.json`.
fn short(path: &str) -> &str {
    let mut slashes = path.rmatch_indices('/');
    slashes.next();
    slashes.next().map_or(path, |(at, _)| &path[at + 1..])
}
