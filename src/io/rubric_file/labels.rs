//! Labels for spans from a file's tree.

use super::fields::{Fields, shortened};
use super::places::At;
use super::reader::Reader;
use super::suggest;
use crate::io::ron_tree::Value;
use crate::model::{SpanLabel, is_valid_id, slug};

impl Reader<'_> {
    pub(super) fn labels(&mut self, value: &Value, at: &At) -> Vec<SpanLabel> {
        let mut labels: Vec<SpanLabel> = Vec::new();
        for item in self.list(value, at, "labels").unwrap_or_default() {
            let at = at.item(labels.len());
            if let Some(label) = self.label(item, &at, &labels) {
                labels.push(label);
            }
        }
        labels
    }

    fn label(&mut self, value: &Value, at: &At, before: &[SpanLabel]) -> Option<SpanLabel> {
        let mut fields = Fields::of(self, value, "a label", "Label(id: \"claim\", name: \"Unsupported claim\")")?;
        if let Some(name) = value.name().filter(|name| name.text != "Label") {
            let message = format!("Expected a label, found `{}`.", shortened(&name.text));
            self.error(name.range.clone(), message, suggest::hint(&name.text, &["Label"], "Here may stand"));
        }
        self.note(at, value);
        let id_value = fields.take(self, at, "id");
        let id = id_value.and_then(|value| self.text(value, &at.field("id")));
        let name = self.text_field(&mut fields, at, "name");
        let guidance = self.text_field(&mut fields, at, "guidance").unwrap_or_default();
        match (id_value, &id) {
            (None, _) => {
                let hint = format!("Add id: \"{}\".", slug(name.as_deref().unwrap_or_default()));
                self.error(fields.head.clone(), "`id` is missing.", hint);
            }
            (Some(value), Some(id)) if !is_valid_id(id) => {
                let message = format!("“{}” cannot be an id.", shortened(id));
                let hint = format!("Use letters, digits, `-` and `_`, for example `{}`.", shortened(&slug(id)));
                self.error(value.range.clone(), message, hint);
            }
            (Some(value), Some(id)) if before.iter().any(|label| label.id == *id) => {
                let message = format!("The id “{id}” is taken by another label.");
                self.error(value.range.clone(), message, "Give each label its own id.".to_owned());
            }
            _ => {}
        }
        fields.finish(self);
        let id = id.unwrap_or_else(|| slug(name.as_deref().unwrap_or_default()));
        Some(SpanLabel { name: name.unwrap_or_else(|| id.clone()), id, guidance })
    }
}
