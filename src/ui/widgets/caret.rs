//! The caret of a field.

use egui::Ui;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;

/// Puts the caret of the field `id`, which holds `text`, behind all of it.
pub fn caret_to_end(ui: &Ui, id: egui::Id, text: &str) {
    let mut edit = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    edit.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(text.chars().count()))));
    edit.store(ui.ctx(), id);
}
