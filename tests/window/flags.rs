//! Flags: found in the background, shown where responses are, and the way to what made them.

use crate::desk::{CTRL, CTRL_SHIFT, Desk};
use egui::Key;
use egui::accesskit::Role;

fn chip(desk: &Desk, name: &str) -> String {
    let labels = desk.labels(Role::Button);
    let begins = format!("Flag {name}: ");
    labels.iter().find(|label| label.starts_with(&begins)).unwrap_or_else(|| panic!("{name} in {labels:?}")).clone()
}

#[test]
fn a_filter_lists_the_flagged_and_a_chip_leads_to_the_place() {
    let mut desk = Desk::demo();
    desk.fill("Filter", "flag:loop");
    let listed = desk.labels(Role::ListItem);
    assert_eq!(listed, ["warfarin-ibuprofen.dune-7b 0.90"]);
    desk.click(Role::ListItem, &listed[0]);
    let chip = chip(&desk, "Loop");
    assert!(chip.contains("It is important to drink enough water."), "{chip}");
    desk.push(&chip);
    desk.press(CTRL, Key::C);
    assert!(desk.bench().focus_flags().iter().any(|flag| !flag.spans.is_empty()));
}

#[test]
fn an_unknown_flag_is_told_what_was_meant() {
    let mut desk = Desk::demo();
    desk.fill("Filter", "flag:refusals");
    assert!(desk.bench().filter().error().unwrap().message.contains("did you mean “refusal”?"));
    assert_eq!(desk.bench().listed().len(), 32);
}

#[test]
fn a_count_of_the_flags_lists_as_many_responses() {
    let mut desk = Desk::demo();
    desk.press(CTRL, Key::Num3);
    desk.push("Flags");
    let lists = |label: &str| label.strip_prefix("List ")?.split(' ').next()?.parse::<usize>().ok();
    let labels = desk.labels(Role::Button);
    let counts: Vec<_> = labels.iter().filter_map(|label| Some((label, lists(label)?))).collect();
    assert!(counts.len() >= 8, "{labels:?}");
    for (label, count) in counts {
        desk.push(label);
        assert_eq!(desk.bench().listed().len(), count, "{label}");
        desk.press(CTRL_SHIFT, Key::F);
    }
}

#[test]
fn the_table_of_flags_counts_what_the_filter_lists() {
    let mut desk = Desk::demo();
    desk.press(CTRL, Key::Num3);
    desk.push("Flags");
    desk.fill("Filter", "model:dune-7b");
    let labels = desk.labels(Role::Button);
    let of = |model: &str| labels.iter().filter(|label| label.contains(&format!(" of {model}: "))).count();
    assert!(of("dune-7b") > 0 && of("cirrus-mini") == 0, "{labels:?}");
    let tally = desk.bench().listed_flags().unwrap();
    assert_eq!((tally.responses(), tally.flagged), (8, 4));
}

#[test]
fn a_kind_that_is_switched_off_is_not_looked_for_until_undone() {
    let mut desk = Desk::demo();
    desk.fill("Filter", "flag:refusal");
    assert_eq!(desk.labels(Role::ListItem).len(), 2);
    desk.push("Flags");
    desk.push("Flag thresholds…");
    desk.click(Role::CheckBox, "Refusal");
    desk.press(egui::Modifiers::NONE, Key::Escape);
    assert_eq!(desk.labels(Role::ListItem), [""; 0]);
    desk.press(CTRL, Key::Z);
    assert_eq!(desk.labels(Role::ListItem).len(), 2);
}
