//! What a person does, frame by frame.

use crate::million::{Size, pattern_node};
use crate::window::{Window, key, text, wheel};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Rect, pos2, vec2};
use rubrica::model::NodePath;
use rubrica::workbench::{Command, Comparing, Comparison, Order, OrderKey};

/// A scenario: its name, and what is done in it.
pub(crate) type Scenario = (&'static str, fn(&mut Window, Size));

/// All of them. Each begins and ends with everything listed as imported and nothing under way.
pub(crate) const SCENARIOS: &[Scenario] = &[
    ("idle", idle),
    ("scroll by wheel", wheel_list),
    ("scroll by the bar", drag_bar),
    ("sort", sort),
    ("filter score<0.5", |window, _| filter(window, "score<0.5")),
    ("filter text:\"consult\"", |window, _| filter(window, "text:\"consult\"")),
    ("filter words", |window, _| filter(window, "token bucket")),
    ("filter a model", |window, _| filter(window, "model:borealis")),
    ("type a pattern", type_pattern),
    ("drag a weight", drag_weight),
    ("rename", rename),
    ("step through rows", step),
    ("switch presets", presets),
    ("side by side, 2 of them", |window, _| side_by_side(window, 2)),
    ("side by side, 4 of them", |window, _| side_by_side(window, 4)),
    ("side by side, 10 MB and 1 MB", compare_long),
    ("flags view", |window, _| view(window, "Flags")),
    ("models view", |window, _| view(window, "Models")),
    ("spread view", |window, _| view(window, "Spread")),
    ("criteria view", |window, _| view(window, "Criteria")),
    ("10 MB, 10,000 matches", |window, size| read(window, size.rows as u32)),
    ("one line of 1 MB", |window, size| read(window, size.rows as u32 + 1)),
    ("type a pattern beside 10 MB", |window, size| type_beside(window, size.rows as u32)),
    ("type a pattern beside 1 MB", |window, size| type_beside(window, size.rows as u32 + 1)),
];

fn act(window: &mut Window, command: Command) {
    window.frame_after(Vec::new(), |bench| bench.execute(command));
}

fn idle(window: &mut Window, _: Size) {
    for _ in 0..300 {
        window.frame(Vec::new());
    }
}

/// Where the list's first row is.
fn first_row(window: &mut Window) -> Rect {
    window.find(Role::ListItem, "")
}

fn wheel_list(window: &mut Window, _: Size) {
    let place = first_row(window).center() + vec2(0.0, 200.0);
    let events = window.pointer(place, None);
    window.frame(events);
    for frame in 0..400 {
        window.paced(vec![wheel(if frame < 300 { -20.0 } else { 35.0 })]);
    }
}

fn drag_bar(window: &mut Window, _: Size) {
    let row = first_row(window);
    let at = |share: f32| pos2(row.right() + 5.0, row.top() + 5.0 + share * 560.0);
    let events = window.pointer(at(0.0), Some(true));
    window.paced(events);
    for frame in 0..300 {
        let events = window.pointer(at((frame as f32 / 100.0).sin().abs()), None);
        window.paced(events);
    }
    let events = window.pointer(at(0.0), Some(false));
    window.paced(events);
}

fn sort(window: &mut Window, _: Size) {
    let keys = [OrderKey::Score, OrderKey::Part("structure".into()), OrderKey::Model, OrderKey::Length];
    for key in keys.into_iter().chain([OrderKey::Score, OrderKey::Imported]) {
        for descending in [true, false] {
            act(window, Command::SetOrder(Order { key: key.clone(), descending }));
            window.settle();
        }
    }
}

/// Types into the field that has the keyboard, a letter every 100 ms.
fn type_letters(window: &mut Window, letters: &str) {
    for letter in letters.chars() {
        window.paced(text(&letter.to_string()));
        for _ in 0..5 {
            window.paced(Vec::new());
        }
    }
}

fn filter(window: &mut Window, query: &str) {
    window.paced(key(Modifiers::COMMAND, Key::F));
    window.paced(Vec::new());
    type_letters(window, query);
    window.settle();
    assert_eq!(window.bench().filter().text(), query, "what was typed is in the box");
    for _ in 0..query.len() {
        window.paced(key(Modifiers::NONE, Key::Backspace));
    }
    window.paced(key(Modifiers::NONE, Key::Escape));
    window.settle();
    assert!(window.bench().filter().is_empty(), "everything is listed again");
}

fn type_pattern(window: &mut Window, _: Size) {
    act(window, Command::SelectNode(pattern_node()));
    window.settle();
    let field = window.find(Role::TextInput, "Pattern").center();
    window.click(field);
    window.paced(key(Modifiers::COMMAND, Key::A));
    type_letters(window, r"(limit|window)\s+of\b");
    window.settle();
    leave_field(window);
}

/// Types a pattern while a long response is read: each letter marks the evidence in it anew.
fn type_beside(window: &mut Window, row: u32) {
    act(window, Command::SetOrder(Order { key: OrderKey::Length, descending: true }));
    act(window, Command::SelectRow(row));
    type_pattern(window, Size { rows: 0, bytes: 0 });
    act(window, Command::SetOrder(Order::default()));
    act(window, Command::SelectRow(0));
    window.settle();
}

fn leave_field(window: &mut Window) {
    window.paced(key(Modifiers::NONE, Key::Escape));
    act(window, Command::Seal);
    act(window, Command::Undo);
    window.settle();
}

fn drag_weight(window: &mut Window, _: Size) {
    act(window, Command::SelectNode(NodePath::new([0])));
    window.settle();
    let field = window.find(Role::SpinButton, "Weight").center();
    let events = window.pointer(field, Some(true));
    window.paced(events);
    for frame in 0..200 {
        let events = window.pointer(field + vec2(frame as f32, 0.0), None);
        window.paced(events);
    }
    let events = window.pointer(field + vec2(200.0, 0.0), Some(false));
    window.paced(events);
    window.settle();
    act(window, Command::Undo);
    window.settle();
}

fn rename(window: &mut Window, _: Size) {
    act(window, Command::SelectNode(pattern_node()));
    window.settle();
    let field = window.find(Role::TextInput, "Name").center();
    window.click(field);
    type_letters(window, "another name");
    window.settle();
    leave_field(window);
}

fn step(window: &mut Window, _: Size) {
    for (descending, command) in [(true, Key::J), (false, Key::K)] {
        act(window, Command::SetOrder(Order { key: OrderKey::Score, descending }));
        window.settle();
        for _ in 0..150 {
            window.paced(key(Modifiers::NONE, command));
        }
    }
    act(window, Command::SetOrder(Order::default()));
    window.settle();
}

fn presets(window: &mut Window, _: Size) {
    for _ in 0..20 {
        for preset in [Key::Num2, Key::Num3, Key::Num1] {
            window.paced(key(Modifiers::COMMAND, preset));
            for _ in 0..4 {
                window.paced(Vec::new());
            }
        }
    }
}

/// Opens a response, scrolls through it and goes from one piece of evidence to the next.
fn read(window: &mut Window, row: u32) {
    act(window, Command::SelectRow(row));
    for _ in 0..30 {
        window.paced(Vec::new());
    }
    let place = window.find(Role::Document, "").center();
    let events = window.pointer(place, None);
    window.frame(events);
    for frame in 0..150 {
        window.paced(vec![wheel(if frame < 100 { -30.0 } else { 25.0 })]);
    }
    for _ in 0..60 {
        window.paced(key(Modifiers::NONE, Key::N));
    }
    for _ in 0..20 {
        window.paced(key(Modifiers::NONE, Key::P));
    }
    act(window, Command::SelectRow(0));
    window.settle();
}

/// Turns the wheel over what is read, down and up again.
fn wheel_text(window: &mut Window, frames: usize) {
    let place = window.find(Role::Document, "").center();
    let events = window.pointer(place, None);
    window.frame(events);
    for frame in 0..frames {
        window.paced(vec![wheel(if frame < frames * 2 / 3 { -5.0 } else { 10.0 })]);
    }
}

/// Walks through prompts with the answers of `models` models side by side, words that differ marked.
fn side_by_side(window: &mut Window, models: u32) {
    window.paced(key(Modifiers::COMMAND, Key::Num2));
    act(window, Command::SelectRow(0));
    act(window, Command::Compare(Some(Comparison::Prompt)));
    act(window, Command::Comparing(Comparing::Models((0..models).collect())));
    act(window, Command::Comparing(Comparing::Differences(true)));
    window.settle();
    assert_eq!(window.bench().compare().columns().len(), models as usize, "so many columns are shown");
    wheel_text(window, 60);
    for _ in 0..40 {
        act(window, Command::Comparing(Comparing::Step(1)));
        for _ in 0..4 {
            window.paced(Vec::new());
        }
    }
    leave_comparison(window);
}

/// The two long responses beside each other: each scrolls, and their words are compared.
fn compare_long(window: &mut Window, size: Size) {
    window.paced(key(Modifiers::COMMAND, Key::Num2));
    let rows = vec![size.rows as u32, size.rows as u32 + 1];
    act(window, Command::Compare(Some(Comparison::Rows { rows, hidden: false })));
    act(window, Command::Comparing(Comparing::Differences(true)));
    for _ in 0..30 {
        window.paced(Vec::new());
    }
    wheel_text(window, 150);
    leave_comparison(window);
}

fn leave_comparison(window: &mut Window) {
    act(window, Command::Compare(None));
    act(window, Command::SelectRow(0));
    window.paced(key(Modifiers::COMMAND, Key::Num1));
    window.settle();
}

/// Opens a view of the numbers, waits for it, and scrolls through it.
fn view(window: &mut Window, name: &str) {
    window.paced(key(Modifiers::COMMAND, Key::Num3));
    window.paced(Vec::new());
    let tab = window.find(Role::Button, name).center();
    window.click(tab);
    window.settle();
    while window.bench().is_analysing() {
        window.paced(Vec::new());
    }
    let place = tab + vec2(0.0, 250.0);
    let events = window.pointer(place, None);
    window.frame(events);
    for frame in 0..90 {
        window.paced(vec![wheel(if frame < 60 { -2.0 } else { 4.0 })]);
    }
    let tab = window.find(Role::Button, "Overview").center();
    window.click(tab);
    window.paced(key(Modifiers::COMMAND, Key::Num1));
    window.settle();
}
