//! A path typed by hand, with what is there to choose from.

use super::Purpose;
use crate::ui::action::Actions;
use crate::ui::theme::{metrics, strong, tokens};
use crate::ui::widgets::caret_to_end;
use egui::{Align2, Context, Event, Key, Modifiers, RichText, TextEdit, Ui, vec2};
use std::path::{Path, PathBuf};

/// The field while it is open.
#[derive(Debug)]
pub struct Typed {
    purpose: Purpose,
    text: String,
    /// What stands in the folder typed so far; read when the text changes, not while painting.
    entries: Vec<PathBuf>,
    /// Whether the text was changed other than by typing: the caret goes to its end.
    is_completed: bool,
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
        Self { purpose, text, entries, is_completed: false }
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
                let hint = "No file dialog is available here: type a path, or choose below. Tab completes it, \
                            Shift+Enter begins another.";
                ui.label(RichText::new(hint).color(tokens(ui.ctx()).weak));
                let label = ui.label("Path");
                if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Tab)) {
                    self.complete();
                }
                let return_key = egui::KeyboardShortcut::new(Modifiers::SHIFT, Key::Enter);
                let edit = TextEdit::multiline(&mut self.text)
                    .desired_rows(1)
                    .desired_width(f32::INFINITY)
                    .return_key(return_key)
                    .lock_focus(true);
                let edit = ui.add(edit).labelled_by(label.id);
                if std::mem::take(&mut self.is_completed) {
                    caret_to_end(ui, edit.id, &self.text);
                }
                if edit.changed() {
                    self.entries = entries(&self.text);
                }
                if !ui.memory(|memory| memory.focused().is_some()) {
                    edit.request_focus();
                }
                ui.horizontal(|ui| {
                    let ok = if self.purpose == Purpose::Save { "Save here" } else { "Open" };
                    done = ui.button(strong(ok, metrics().text.body)).clicked()
                        || ui
                            .input_mut(|input| enters(&input.events) && input.consume_key(Modifiers::NONE, Key::Enter));
                    open &= !ui.button("Cancel").clicked();
                });
                ui.separator();
                self.choices(ui, recent);
                ui.allocate_space(vec2(0.0, ui.available_height()));
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
        egui::ScrollArea::vertical().auto_shrink(false).max_height(230.0).min_scrolled_height(230.0).show(ui, |ui| {
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
            self.take(&written(&path));
        }
    }

    /// Completes the last path as far as all entries that begin as it does agree.
    fn complete(&mut self) {
        if let [only] = &self.entries[..] {
            return self.take(&written(only));
        }
        let texts = self.entries.iter().map(|path| path.display().to_string());
        let common = texts.reduce(|one, other| {
            let same = one.chars().zip(other.chars()).take_while(|(one, other)| one == other);
            same.map(|(one, _)| one).collect()
        });
        if let Some(common) = common.filter(|common| common.len() > last(&self.text).len()) {
            self.take(&common);
        }
    }

    /// Puts `path` in the place of the last one.
    fn take(&mut self, path: &str) {
        let before = self.text.rfind('\n').map_or("", |at| &self.text[..=at]);
        self.text = format!("{before}{path}");
        self.entries = entries(&self.text);
        self.is_completed = true;
    }
}

/// Whether Enter was pressed by itself: the toolkit takes Shift+Enter, which begins another line, for Enter too.
fn enters(events: &[Event]) -> bool {
    let is_enter = |event: &Event| matches!(event, Event::Key { key: Key::Enter, pressed: true, modifiers, .. } if !modifiers.shift);
    events.iter().any(is_enter)
}

/// `path` as it is typed; a folder so that one goes on in it.
fn written(path: &Path) -> String {
    let path = if path.is_dir() { path.join("") } else { path.to_owned() };
    path.display().to_string()
}

/// The path that is being typed.
fn last(text: &str) -> &str {
    text.lines().last().unwrap_or("").trim()
}

/// What stands in the folder of the last path of `text` and begins as it does; folders first.
fn entries(text: &str) -> Vec<PathBuf> {
    let last = last(text);
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

#[cfg(test)]
mod tests {
    use super::{Purpose, Typed, entries};

    #[test]
    fn tab_completes_as_far_as_all_agree_and_goes_into_folders() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["answers-1.jsonl", "answers-2.jsonl", "notes.txt"] {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::create_dir(folder.path().join("data")).unwrap();
        let root = folder.path().join("").display().to_string();
        let check = |typed: &str, completed: &str| {
            let text = format!("first.csv\n{root}{typed}");
            let mut field = Typed { purpose: Purpose::Open, entries: entries(&text), text, is_completed: false };
            field.complete();
            assert_eq!(field.text, format!("first.csv\n{root}{completed}"), "{typed}");
        };
        check("a", "answers-");
        check("answers-", "answers-");
        check("answers-2", "answers-2.jsonl");
        check("d", &format!("data{}", std::path::MAIN_SEPARATOR));
        check("x", "x");
        check("", "");
    }
}
