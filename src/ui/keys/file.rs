//! `keys.ron`: what a person changed about the keys.

use super::{KeyMap, parse, spell};
use crate::io::ron_tree::{self, Shape, Value};
use crate::text::{LineIndex, nearest};
use crate::ui::commands::{Group, UiCommand};
use egui::{Key, KeyboardShortcut};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

/// Something in the file that was not applied, or that two commands share.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyProblem {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong and what to do.
    pub message: String,
}

impl std::fmt::Display for KeyProblem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "keys.ron:{}:{}: {}", self.line, self.column, self.message)
    }
}

/// What was read, and where.
struct Reader<'a> {
    source: &'a str,
    lines: LineIndex,
    problems: Vec<KeyProblem>,
}

impl Reader<'_> {
    fn say(&mut self, range: &Range<usize>, message: String) {
        let (line, column) = self.lines.line_column(self.source, self.source.floor_char_boundary(range.start));
        self.problems.push(KeyProblem { line, column, message });
    }
}

/// The keys that the file with the text `source` gives, and everything that is wrong with it, in the order of the file.
/// What is wrong is left as the table of commands says, and the rest applies.
pub fn read(source: &str) -> (KeyMap, Vec<KeyProblem>) {
    let mut reader = Reader { source, lines: LineIndex::new(source), problems: Vec::new() };
    let tree = ron_tree::parse(source);
    for error in &tree.errors {
        reader.say(&error.range, error.message.clone());
    }
    let mut keys: BTreeMap<UiCommand, Vec<KeyboardShortcut>> =
        UiCommand::all().map(|command| (command, command.default_keys())).collect();
    let mut places: BTreeMap<UiCommand, Range<usize>> = BTreeMap::new();
    match tree.root.as_ref().map(|root| (&root.shape, &root.range)) {
        Some((Shape::Map(entries), _)) => {
            for (name, value) in entries {
                if let Some((command, own)) = entry(&mut reader, name, value) {
                    if places.insert(command, name.range.clone()).is_some() {
                        reader.say(&name.range, format!("“{}” stands twice; this one applies.", command.id()));
                    }
                    keys.insert(command, own);
                }
            }
        }
        Some((Shape::Broken, _)) | None => {}
        Some((_, range)) => reader.say(range, "The file is a map of commands to keys: {\"skip\": \"S\"}.".to_owned()),
    }
    clashes(&mut reader, &keys, &places);
    reader.problems.sort_by_key(|problem| (problem.line, problem.column));
    (KeyMap::new(keys), reader.problems)
}

/// One line: a command and its keys.
fn entry(reader: &mut Reader<'_>, name: &Value, value: &Value) -> Option<(UiCommand, Vec<KeyboardShortcut>)> {
    let Shape::Text(id) = &name.shape else {
        reader.say(&name.range, "A command is named by a text in double quotes.".to_owned());
        return None;
    };
    let known = UiCommand::all().find(|command| command.id() == id.value);
    let Some(command) = known else {
        let ids: Vec<String> = UiCommand::all().map(UiCommand::id).collect();
        let hint = match nearest(&id.value, ids.iter().map(String::as_str)) {
            Some(near) => format!("did you mean “{near}”?"),
            None => "the file that “Write a file of keys” writes names them all.".to_owned(),
        };
        reader.say(&name.range, format!("There is no command “{}”; {hint}", id.value));
        return None;
    };
    let listed = match &value.shape {
        Shape::List(list) => list.iter().collect(),
        _ => vec![value],
    };
    let mut keys = Vec::new();
    for value in &listed {
        let Shape::Text(text) = &value.shape else {
            reader.say(&value.range, "Keys are a text such as \"Ctrl+J\", or a list of such.".to_owned());
            continue;
        };
        match parse(&text.value) {
            Ok(own) => keys.push(own),
            Err(word) => reader.say(&value.range, unknown_key(&word)),
        }
    }
    // What could not be read leaves the command its usual keys; an empty list takes them away.
    (!keys.is_empty() || listed.is_empty()).then_some((command, keys))
}

fn unknown_key(word: &str) -> String {
    let held = ["Ctrl", "Shift", "Alt"];
    match nearest(word, Key::ALL.iter().map(|key| key.name()).chain(held)) {
        Some(near) => format!("“{word}” is not a key; did you mean “{near}”?"),
        None => format!("“{word}” is not a key; keys are named as in “Ctrl+Shift+Z”, “J” or “Left”."),
    }
}

/// Says which commands share keys at the same time: the one that the file changed, at its place.
fn clashes(
    reader: &mut Reader<'_>,
    keys: &BTreeMap<UiCommand, Vec<KeyboardShortcut>>,
    places: &BTreeMap<UiCommand, Range<usize>>,
) {
    let all: Vec<(UiCommand, KeyboardShortcut)> =
        keys.iter().flat_map(|(command, keys)| keys.iter().map(|keys| (*command, *keys))).collect();
    for (at, (one, own)) in all.iter().enumerate() {
        for (other, _) in all[at + 1..].iter().filter(|(other, same)| same == own && other.when().meets(one.when())) {
            let place = places.get(other).map(|place| (other, one, place));
            let Some((changed, kept, place)) = place.or_else(|| places.get(one).map(|place| (one, other, place)))
            else {
                continue;
            };
            let message = format!(
                "“{}” and “{}” share {}; only one of them gets it. Give one other keys.",
                changed.id(),
                kept.id(),
                spell(own)
            );
            reader.say(place, message);
        }
    }
}

/// A file that changes nothing and says how to: every command with its keys, as comments.
pub fn template() -> String {
    let mut out = String::from(
        "// Keys of Rubrica. Take the // off a line to change it; \"Read the keys again\" takes it over.\n\
         // Several keys for one command are a list: [\"Ctrl+Y\", \"Ctrl+Shift+Z\"]. An empty list takes its keys away.\n\
         // Held keys are Ctrl (Cmd on a Mac), Shift and Alt. Keys of judging work while judging and come first there.\n\
         {\n",
    );
    for group in Group::ALL {
        let _ = writeln!(out, "    // {}", group.name());
        for command in UiCommand::all().filter(|command| command.info().group == group) {
            let keys: Vec<String> = command.default_keys().iter().map(|keys| format!("{:?}", spell(keys))).collect();
            let keys = match &keys[..] {
                [one] => one.clone(),
                keys => format!("[{}]", keys.join(", ")),
            };
            let _ = writeln!(out, "    // {:?}: {keys},  // {}", command.id(), command.info().help);
        }
    }
    out.push_str("}\n");
    out
}
