//! Who judges: asked once on a machine, and told when changing it shows what was hidden.

use crate::desk::{CTRL, Desk};
use crate::judging::{NONE, Table, people};
use egui::Key;
use rubrica::model::Edit;
use rubrica::model::review::Act;
use rubrica::workbench::Command;

/// A window on a project nobody judged, of a person this machine does not know; settings are in `data`.
fn stranger(data: &std::path::Path) -> Desk {
    let mut desk = Desk::empty();
    desk.keep_in(data.to_owned());
    desk.execute(Command::OpenDemo);
    desk.execute(Command::Edit(Edit::SetRubric(Box::new(people()))));
    desk
}

#[test]
fn who_judges_is_asked_once_before_the_first_judgement_and_costs_none() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = stranger(folder.path());
    desk.press(CTRL, Key::J);
    desk.expect("Who is judging?");
    assert_eq!(desk.values("Your name"), [desk.bench().reviews().me()], "the system’s name is suggested");
    // Keys that judge write the name, which takes the suggestion’s place.
    desk.type_text("Ann 3");
    desk.press(NONE, Key::Enter);
    assert!(!desk.sees("Who is judging?"));
    assert_eq!((desk.bench().reviews().me(), desk.bench().reviews().logs().len()), ("Ann 3", 0));
    desk.press(NONE, Key::Num3);
    desk.expect("✓ saved");
    drop(desk);
    let mut desk = stranger(folder.path());
    desk.press(CTRL, Key::J);
    assert!(!desk.sees("Who is judging?"), "it is asked once");
    desk.press(NONE, Key::Num3);
    assert_eq!(desk.bench().reviews().mine().map(|log| log.reviewer().to_string()).as_deref(), Some("Ann 3"));
}

#[test]
fn a_key_pressed_before_leads_to_the_question_and_judges_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = stranger(folder.path());
    desk.press(CTRL, Key::J);
    // Away from the field, as by a look at the list.
    desk.press(NONE, Key::Escape);
    desk.press(NONE, Key::Num3);
    assert_eq!(desk.bench().reviews().logs().len(), 0);
    desk.press(NONE, Key::Enter);
    assert!(!desk.sees("Who is judging?"), "the key led to the field");
    assert_eq!(desk.bench().reviews().logs().len(), 0, "nothing was judged on the way");
}

#[test]
fn another_one_at_the_desk_ends_the_hiding_and_the_log_says_so() {
    let mut table = Table::new(1, "anna");
    table.desk.push("Prefer");
    table.desk.click(egui::accesskit::Role::CheckBox, "Blind");
    table.start();
    table.desk.press(NONE, Key::ArrowLeft);
    table.desk.push("anna");
    table.desk.expect("your log will say that they were revealed");
    table.desk.type_text("ben");
    table.desk.press(NONE, Key::Enter);
    table.desk.expect("the log of anna says so");
    assert!(matches!(table.log("anna").last().unwrap().act, Act::Reveal {}));
    assert_eq!(table.desk.bench().reviews().me(), "ben");
}
