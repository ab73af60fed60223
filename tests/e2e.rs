//! The program as it is started by a person: a real process, on a real display.

mod support;

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use std::collections::HashSet;
use std::process::Command;
use support::display::Display;
use support::inspect::{Item, Window};

#[test]
fn the_program_starts_and_ends_well() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rubrica"));
    Display::open().show(&mut command);
    let output = command.arg("--version").output().expect("the program was built with this test");
    assert!(output.status.success(), "{}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains(env!("CARGO_PKG_VERSION")), "{said}");
}

/// From the first start to the last: the demo opens and is painted, an edit rescores, undo takes it back, and
/// the window closes when asked.
#[test]
fn a_first_visit() {
    let mut window = Window::start(&mut Command::new(env!("CARGO_BIN_EXE_rubrica")));
    window.wait_for_text("32 responses");
    window.wait_for(Role::ListItem, "rate-limiter.dune-7b 1.00");
    let colours: HashSet<_> = window.screenshot().pixels().map(|pixel| pixel.0).collect();
    assert!(colours.len() > 64, "only {} colours were painted", colours.len());

    // Evidence leads to the criterion it is of: “Assumptions” is a heading in the first line.
    let text = window.wait_until("the response", |item| item.label.starts_with("Response text")).rect;
    window.click_at(text.expect("it is on screen").min + egui::vec2(60.0, 24.0));
    let is_open = |item: &Item| item.role == Role::TextInput && item.value.as_deref() == Some("Sections");
    window.wait_until("the form of the criterion", is_open);

    window.click(Role::ListItem, "rate-limiter.dune-7b 1.00");
    window.wait_for_text("dune-7b");
    window.click(Role::TreeItem, "Criterion Caveats");
    window.click(Role::Button, "Remove");
    window.wait_until("the criterion is gone", |item| item.label == "Dimension Safety");
    assert!(window.find(Role::TreeItem, "Criterion Caveats").is_none());
    window.press(Modifiers::COMMAND, Key::Z);
    window.wait_for(Role::TreeItem, "Criterion Caveats");

    window.click(Role::TextInput, "Filter");
    window.type_text("model:aurora");
    window.wait_for_text("8 of 32");
    window.click(Role::Button, "Results");
    window.wait_for_text("Models");
    assert!(window.quit().success());
}

#[test]
fn two_private_displays_do_not_meet() {
    let displays = [Display::private(), Display::private()].map(|display| {
        let mut command = Command::new("env");
        display.show(&mut command);
        let output = command.output().expect("env is on every system");
        let variables = String::from_utf8(output.stdout).expect("variables are text");
        let name = variables.lines().find_map(|line| line.strip_prefix("DISPLAY=")).map(str::to_owned);
        (name.expect("a display is named"), display)
    });
    assert_ne!(displays[0].0, displays[1].0);
}
