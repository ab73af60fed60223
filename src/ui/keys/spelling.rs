//! How keys are written: `Ctrl+Shift+Z`, `J`, `?`, `Left`.

use egui::{Key, KeyboardShortcut, Modifiers};

/// The keys that `text` names.
///
/// # Errors
/// The word that is not the name of a key, or of one held with it.
pub fn parse(text: &str) -> Result<KeyboardShortcut, String> {
    let (mut modifiers, mut rest) = (Modifiers::NONE, text.trim());
    // The key itself may be a plus.
    while let Some((word, after)) = rest.split_once('+').filter(|(word, after)| !word.is_empty() && !after.is_empty()) {
        modifiers = modifiers.plus(match word.trim().to_lowercase().as_str() {
            "ctrl" | "cmd" | "command" | "control" => Modifiers::COMMAND,
            "shift" => Modifiers::SHIFT,
            "alt" | "option" => Modifiers::ALT,
            _ => return Err(word.trim().to_owned()),
        });
        rest = after.trim();
    }
    let key = Key::from_name(rest).or_else(|| {
        let mut letters = rest.chars();
        let capital: String = letters.next()?.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect();
        Key::from_name(&capital)
    });
    key.map(|key| KeyboardShortcut::new(modifiers, key)).ok_or_else(|| rest.to_owned())
}

/// `keys` as [`parse`] reads them, the same on every system.
pub fn spell(keys: &KeyboardShortcut) -> String {
    let held = [(keys.modifiers.command, "Ctrl+"), (keys.modifiers.alt, "Alt+"), (keys.modifiers.shift, "Shift+")];
    let held: String = held.iter().filter(|(held, _)| *held).map(|(_, name)| *name).collect();
    format!("{held}{}", keys.logical_key.name())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::commands::UiCommand;

    #[test]
    fn reads_what_people_write() {
        let cases = [
            ("J", Modifiers::NONE, Key::J),
            ("j", Modifiers::NONE, Key::J),
            ("Ctrl+Shift+Z", Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::Z),
            ("cmd + enter", Modifiers::COMMAND, Key::Enter),
            ("Ctrl++", Modifiers::COMMAND, Key::Plus),
            ("?", Modifiers::NONE, Key::Questionmark),
            ("Left", Modifiers::NONE, Key::ArrowLeft),
            ("F1", Modifiers::NONE, Key::F1),
        ];
        for (text, modifiers, key) in cases {
            assert_eq!(parse(text), Ok(KeyboardShortcut::new(modifiers, key)), "{text}");
        }
        for (text, word) in [("Strg+Z", "Strg"), ("Ctrl+Banana", "Banana"), ("", "")] {
            assert_eq!(parse(text), Err(word.to_owned()), "{text}");
        }
    }

    #[test]
    fn every_key_of_the_table_can_be_written() {
        for command in UiCommand::all() {
            for keys in command.default_keys() {
                assert_eq!(parse(&spell(&keys)), Ok(keys), "{}", spell(&keys));
            }
        }
    }
}
