//! The program as it is started by a person: a real process, on a real display.

mod support;

use std::process::Command;
use support::display::Display;

#[test]
fn the_program_starts_and_ends_well() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rubrica"));
    Display::open().show(&mut command);
    let output = command.arg("--version").output().expect("the program was built with this test");
    assert!(output.status.success(), "{}\n{}", output.status, String::from_utf8_lossy(&output.stderr));
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
