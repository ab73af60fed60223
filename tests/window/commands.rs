//! Palette, shortcuts, layouts and themes.

use crate::desk::{CTRL, CTRL_SHIFT, Desk, dataset, project, rubric};
use egui::accesskit::Role;
use egui::{Key, Modifiers, Theme};
use rubrica::model::{Absent, ImportReport, Project};
use rubrica::workbench::Command;
use std::time::Duration;

#[test]
fn the_palette_finds_a_command_by_a_few_letters_and_runs_it() {
    let mut desk = Desk::with(project());
    let before = desk.context().theme();
    desk.press(CTRL, Key::K);
    desk.type_text("dark");
    desk.press(Modifiers::NONE, Key::Enter);
    assert_ne!(desk.context().theme(), before);
    assert!(desk.values("Find a command").is_empty(), "it closes");
    desk.press(CTRL, Key::K);
    desk.type_text("nxrsp");
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.bench().row(), Some(1));
}

#[test]
fn the_palette_says_when_nothing_is_found_and_closes_on_escape() {
    let mut desk = Desk::with(project());
    desk.push("Commands");
    desk.type_text("qqq");
    desk.expect("No command has these letters.");
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(desk.values("Find a command").is_empty());
}

#[test]
fn arrows_choose_in_the_palette() {
    let mut desk = Desk::with(project());
    desk.press(CTRL, Key::K);
    desk.type_text(" response");
    // “Next response” and “Previous response” come first, as in the menus.
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::ArrowUp);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Escape);
    assert_eq!(desk.bench().row(), Some(0), "choosing is not running");
}

#[test]
fn the_sheet_of_shortcuts_names_commands_and_their_keys() {
    let mut desk = Desk::with(project());
    desk.press(Modifiers::NONE, Key::F1);
    for words in ["Keyboard shortcuts", "Add criterion", "Ctrl+N", "Next evidence", "Redo", "Ctrl+Shift+Z"] {
        desk.expect(words);
    }
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(!desk.sees("Add criterion"));
}

#[test]
fn the_menu_names_what_undo_takes_back() {
    let mut desk = Desk::with(project());
    desk.push("letters");
    desk.expect("Save as…");
    desk.press(Modifiers::NONE, Key::Escape);
    desk.click(Role::TreeItem, "Criterion Beta");
    desk.push("Remove");
    desk.push("letters •");
    desk.push("Undo: remove “Beta” Ctrl+Z");
    assert!(!desk.bench().is_modified());
}

#[test]
fn each_layout_gives_room_to_another_panel() {
    let mut desk = Desk::demo();
    let (mut reader, mut numbers) = (Vec::new(), Vec::new());
    for key in [Key::Num1, Key::Num2, Key::Num3] {
        desk.press(CTRL, key);
        reader.push(desk.find_text().map(|rect| rect.area()));
        numbers.push(desk.sees("mean score"));
    }
    let [design, review, results] = reader[..] else { unreachable!("one for each layout") };
    assert!(review > design && design > results, "{reader:?}");
    assert_eq!(numbers, [true, false, true], "when reading, the numbers wait behind a tab");
    desk.push("Review");
    desk.click_first(Role::Button, "Results");
}

#[test]
fn dark_and_light_are_two_pictures() {
    let mut desk = Desk::sized([1280.0, 800.0]);
    desk.context().set_theme(Theme::Dark);
    let dark = desk.picture();
    desk.press(CTRL_SHIFT, Key::L);
    assert_eq!(desk.context().theme(), Theme::Light);
    let light = desk.picture();
    let brightness = |picture: &image::RgbaImage| {
        let sum: u64 =
            picture.pixels().map(|pixel| u64::from(pixel[0]) + u64::from(pixel[1]) + u64::from(pixel[2])).sum();
        sum / (3 * u64::from(picture.width()) * u64::from(picture.height()))
    };
    assert!(brightness(&dark) < 60 && brightness(&light) > 200, "{} {}", brightness(&dark), brightness(&light));
}

#[test]
fn a_question_mark_opens_the_sheet_but_is_typed_into_a_field() {
    let mut desk = Desk::with(project());
    desk.press(Modifiers::SHIFT, Key::Questionmark);
    desk.expect("Keyboard shortcuts");
    desk.press(Modifiers::NONE, Key::Escape);
    desk.press(CTRL, Key::F);
    desk.press(Modifiers::SHIFT, Key::Questionmark);
    assert!(!desk.sees("Keyboard shortcuts"));
}

#[test]
fn changed_keys_work_stand_on_the_sheet_and_mistakes_are_said() {
    let mut desk = Desk::with(project());
    desk.take_keys("{ \"next-response\": \"Ctrl+Right\", \"nxt-mark\": \"X\" }");
    desk.expect("keys.ron:1:34: There is no command “nxt-mark”; did you mean “next-mark”?");
    desk.press(Modifiers::NONE, Key::J);
    assert_eq!(desk.bench().row(), Some(0));
    desk.press(CTRL, Key::ArrowRight);
    assert_eq!(desk.bench().row(), Some(1));
    // Whatever is said next, the mistakes are not forgotten.
    desk.execute(Command::OpenDemo);
    desk.expect("1 mistake in keys.ron");
    desk.press(Modifiers::NONE, Key::F1);
    desk.expect("Ctrl+→");
}

#[test]
fn progress_goes_on_being_painted_while_work_goes_on() {
    let texts: Vec<String> = (0..60_000).map(|row| format!("r{row}")).collect();
    let rows: Vec<(&str, Result<&str, Absent>)> = texts.iter().map(|text| (&**text, Ok(&**text))).collect();
    let mut desk = Desk::empty();
    let delay = desk.delay_after_opening(Project::new("p", rubric(), dataset(&rows), vec![], ImportReport::default()));
    assert!(delay < Duration::from_secs(1), "the next frame is asked for in {delay:?}");
}
