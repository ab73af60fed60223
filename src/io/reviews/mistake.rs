//! What is wrong with a line of a log, and what to do.

use crate::io::store::Mistake;
use crate::text::nearest;

/// One line of a log, for messages about it.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    /// The log's name in the project.
    pub(super) file: &'a str,
    /// From 1.
    pub(super) number: usize,
    /// Without its end.
    pub(super) bytes: &'a [u8],
    /// What becomes of it when it cannot be read, one sentence.
    pub(super) fate: &'static str,
}

impl Line<'_> {
    /// A mistake at byte `at`.
    pub(super) fn mistake(&self, at: usize, message: String, hint: Option<String>) -> Mistake {
        let before = String::from_utf8_lossy(&self.bytes[..at.min(self.bytes.len())]);
        let column = before.trim_start_matches('\u{feff}').chars().count() + 1;
        Mistake { file: self.file.to_owned(), line: self.number, column, message, hint }
    }

    /// A mistake in the field or value `name`, found before byte `end`.
    pub(super) fn about(&self, name: &str, end: usize, message: String, hint: Option<String>) -> Mistake {
        let before = &self.bytes[..end.min(self.bytes.len())];
        let at = memchr::memmem::rfind(before, format!("\"{name}\"").as_bytes()).unwrap_or(before.len());
        self.mistake(at, message, hint)
    }

    /// Whether it is JSON, if no entry.
    pub(super) fn is_json(&self) -> bool {
        serde_json::from_slice::<serde::de::IgnoredAny>(self.bytes).is_ok()
    }

    /// What keeps the line from being an entry.
    pub(super) fn unreadable(&self, error: &serde_json::Error) -> Mistake {
        let (end, fate) = (error.column(), self.fate);
        if !self.is_json() {
            let message = format!("This line is not JSON: {}.", without_place(error));
            return self.mistake(end.saturating_sub(1), message, Some(format!("Mend it by hand. {fate}")));
        }
        let said = without_place(error);
        let names: Vec<&str> = said.split('`').skip(1).step_by(2).collect();
        match names[..] {
            [name, ref known @ ..] if said.starts_with("unknown field") => {
                let hint = match nearest(name, known.iter().copied()) {
                    Some(near) => format!("Did you mean `{near}`? {fate}"),
                    None => format!("It may be from a newer version of Rubrica. {fate}"),
                };
                self.about(name, end, format!("There is no field `{name}` here."), Some(hint))
            }
            [name, ref known @ ..] if said.starts_with("unknown variant") => {
                let message = match known.contains(&"rate") {
                    true => format!("This version of Rubrica knows no act `{name}`."),
                    false => format!("`{name}` is none of {}.", known.join(", ")),
                };
                let hint = match nearest(name, known.iter().copied()) {
                    Some(near) => format!("Did you mean `{near}`? {fate}"),
                    None => format!("Update Rubrica if a newer one wrote it. {fate}"),
                };
                self.about(name, end, message, Some(hint))
            }
            [name] if said.starts_with("missing field") => {
                self.mistake(end.saturating_sub(1), format!("The field `{name}` is missing."), Some(fate.to_owned()))
            }
            _ => self.mistake(end.saturating_sub(1), format!("This is no entry: {said}."), Some(fate.to_owned())),
        }
    }
}

/// What serde says, without the place, which is said otherwise.
fn without_place(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.rsplit_once(" at line ").map_or(said.clone(), |(said, _)| said.to_owned())
}
