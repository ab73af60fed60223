//! Which keys do what: as the table of commands says, and as the person changed it in `keys.ron`.
//!
//! The map in force lies with the toolkit's context, so that menus, tooltips, the palette and the sheet all name the
//! keys that work.

mod file;
mod place;
mod sheet;
mod spelling;

pub use file::{KeyProblem, read, template};
pub use place::{load, path, write};
pub use sheet::show as sheet;
pub use spelling::{parse, spell};

use super::commands::UiCommand;
use egui::{Context, Id, Key, KeyboardShortcut};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Which keys do what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct KeyMap {
    keys: BTreeMap<UiCommand, Vec<KeyboardShortcut>>,
    /// In the order in which they are tried.
    order: Vec<(UiCommand, KeyboardShortcut)>,
}

impl KeyMap {
    /// Of the keys of each command.
    fn new(keys: BTreeMap<UiCommand, Vec<KeyboardShortcut>>) -> Self {
        let mut order: Vec<(UiCommand, KeyboardShortcut)> =
            keys.iter().flat_map(|(command, keys)| keys.iter().map(|keys| (*command, *keys))).collect();
        // Those with more modifiers first, since egui takes Ctrl+Shift+Z for Ctrl+Z too; then those nearer to what is
        // being done.
        order.sort_by_key(|(command, keys)| {
            let held = [keys.modifiers.shift, keys.modifiers.alt, keys.modifiers.command];
            std::cmp::Reverse((held.iter().filter(|held| **held).count(), command.when()))
        });
        Self { keys, order }
    }

    /// As the table of commands says.
    pub fn standard() -> Self {
        Self::new(UiCommand::all().map(|command| (command, command.default_keys())).collect())
    }

    /// The keys of `command`; the first is shown in menus.
    pub fn of(&self, command: UiCommand) -> &[KeyboardShortcut] {
        self.keys.get(&command).map_or(&[], Vec::as_slice)
    }

    /// All keys in the order in which they are tried.
    pub fn in_order(&self) -> &[(UiCommand, KeyboardShortcut)] {
        &self.order
    }
}

/// Whether keys write something, or move in it, so that they belong to a text field that has the focus.
pub fn writes(keys: &KeyboardShortcut) -> bool {
    let is_function = keys.logical_key >= Key::F1 && keys.logical_key <= Key::F35;
    !keys.modifiers.command && !keys.modifiers.alt && !is_function
}

fn slot() -> Id {
    Id::unique("keys in force")
}

/// Puts `map` in force.
pub fn install(ctx: &Context, map: KeyMap) {
    ctx.data_mut(|data| data.insert_temp(slot(), Arc::new(map)));
}

/// The map in force.
pub fn of(ctx: &Context) -> Arc<KeyMap> {
    ctx.data_mut(|data| data.get_temp_mut_or_insert_with(slot(), || Arc::new(KeyMap::standard())).clone())
}

/// The keys of `command` as they are written on this system; `None` where it has none.
pub fn words(ctx: &Context, command: UiCommand) -> Option<String> {
    let map = of(ctx);
    map.of(command).first().map(|keys| shown(ctx, keys))
}

/// `keys` as they are written on this system, arrows and signs as such.
pub fn shown(ctx: &Context, keys: &KeyboardShortcut) -> String {
    let words = ctx.format_shortcut(keys);
    let sign = match keys.logical_key {
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        Key::Equals => "=",
        Key::Questionmark => "?",
        Key::OpenBracket => "[",
        Key::CloseBracket => "]",
        _ => return words,
    };
    words.strip_suffix(keys.logical_key.name()).map_or_else(|| words.clone(), |held| format!("{held}{sign}"))
}

/// The help of `command` with its keys.
pub fn help(ctx: &Context, command: UiCommand) -> String {
    let help = command.info().help;
    match words(ctx, command) {
        Some(keys) => format!("{help} ({keys})"),
        None => help.to_owned(),
    }
}

#[cfg(test)]
mod tests;
