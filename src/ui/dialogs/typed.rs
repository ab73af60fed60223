//! A path typed by hand, with what is there to choose from.

use super::Purpose;
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, strong, tokens};
use egui::{Align2, Context, Key, Modifiers, RichText, TextEdit, Ui, vec2};
use std::path::{Path, PathBuf};

/// The field while it is open.
#[derive(Debug)]
pub struct Typed {
    purpose: Purpose,
    text: String,
    /// What stands in the folder typed so far; read when the text changes, not while painting.
    entries: Vec<PathBuf>,
}

/// Entries shown of a folder.
const MOST_ENTRIES: usize = 200;

impl Typed {
    /// An open field that begins in the current folder; `name` is what to save as.
    pub fn new(purpose: Purpose, name: &str) -> Self {
        let mut text = std::env::current_dir().map(|folder| folder.join("").display().to_string()).unwrap_or_default();
        if purpose == Purpose::Save {
            text += name;
        }
        let entries = entries(&text);
        Self { purpose, text, entries }
    }

    /// Shows the field; whether it stays open.
    pub fn show(&mut self, ctx: &Context, recent: &[PathBuf], actions: &mut Actions) -> bool {
        let mut open = true;
        let mut done = false;
        egui::Window::new(self.purpose.title())
            .collapsible(false)
            .resizable(false)
            .anchor(Align2::CENTER_CENTER, vec2(0.0, -40.0))
            .fixed_size(vec2(560.0, 380.0))
            .show(ctx, |ui| {
                let hint = "No file dialog is available here; type a path. Several are separated by line ends.";
                ui.label(RichText::new(hint).color(tokens(ui.ctx()).weak));
                let label = ui.label("Path");
                let edit =
                    TextEdit::multiline(&mut self.text).desired_rows(1).desired_width(f32::INFINITY).return_key(None);
                let edit = ui.add(edit).labelled_by(label.id);
                if edit.changed() {
                    self.entries = entries(&self.text);
                }
                if !ui.memory(|memory| memory.focused().is_some()) {
                    edit.request_focus();
                }
                ui.horizontal(|ui| {
                    let ok = if self.purpose == Purpose::Save { "Save here" } else { "Open" };
                    done = ui.button(strong(ok, metrics().text.body)).clicked()
                        || ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
                    open &= !ui.button("Cancel").clicked();
                });
                ui.separator();
                self.choices(ui, recent);
            });
        open &= !ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
        if done {
            let paths = self.text.lines().map(str::trim).filter(|line| !line.is_empty()).map(PathBuf::from).collect();
            if let Some(command) = self.purpose.command(paths) {
                actions.bench(command);
                return false;
            }
        }
        open
    }

    fn choices(&mut self, ui: &mut Ui, recent: &[PathBuf]) {
        let mut chosen = None;
        egui::ScrollArea::vertical().auto_shrink([false, true]).max_height(230.0).show(ui, |ui| {
            if matches!(self.purpose, Purpose::Open | Purpose::OpenFolder) {
                for path in recent {
                    if ui.selectable_label(false, format!("Recent: {}", path.display())).clicked() {
                        chosen = Some(path.clone());
                    }
                }
            }
            for path in &self.entries {
                let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
                let name = if path.is_dir() { format!("{name}/") } else { name };
                if ui.selectable_label(false, name).clicked() {
                    chosen = Some(path.clone());
                }
            }
        });
        if let Some(path) = chosen {
            let path = if path.is_dir() { path.join("") } else { path };
            let before = self.text.rfind('\n').map_or("", |at| &self.text[..=at]);
            self.text = format!("{before}{}", path.display());
            self.entries = entries(&self.text);
        }
    }
}

/// What stands in the folder of the last path of `text` and begins as it does; folders first.
fn entries(text: &str) -> Vec<PathBuf> {
    let last = text.lines().last().unwrap_or("").trim();
    let (folder, start) = match last.rfind(['/', '\\']) {
        Some(at) => (Path::new(&last[..=at]), &last[at + 1..]),
        None => (Path::new("."), last),
    };
    let Ok(read) = folder.read_dir() else { return Vec::new() };
    let begins = |path: &PathBuf| {
        path.file_name().is_some_and(|name| {
            let name = name.to_string_lossy().to_lowercase();
            name.starts_with(&start.to_lowercase()) && (!name.starts_with('.') || start.starts_with('.'))
        })
    };
    let mut found: Vec<PathBuf> = read.filter_map(Result::ok).map(|entry| entry.path()).filter(begins).collect();
    found.sort_by_key(|path| (!path.is_dir(), path.clone()));
    found.truncate(MOST_ENTRIES);
    found
}
