//! Designing a rubric: everything rescores while one types, and everything can be taken back.

use crate::desk::{CTRL, CTRL_SHIFT, Desk, dataset, project, rubric};
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use rubrica::checks::{Check, Pattern};
use rubrica::model::{Criterion, ImportReport, Judge, Node, Project};

/// The tree as it stands on screen, below the rubric itself.
fn tree(desk: &Desk) -> Vec<String> {
    desk.labels(Role::TreeItem)[1..]
        .iter()
        .map(|label| label.split_once(' ').expect("kind and name").1.into())
        .collect()
}

#[test]
fn a_criterion_chosen_in_the_tree_shows_its_form() {
    let mut desk = Desk::with(project());
    assert_eq!(desk.values("Name"), ["Letters"]);
    desk.click(Role::TreeItem, "Criterion Beta");
    assert_eq!([desk.values("Name"), desk.values("Id"), desk.values("Phrases")], [["Beta"], ["beta"], ["beta"]]);
    desk.click(Role::TreeItem, "Dimension Second");
    assert_eq!([desk.values("Name"), desk.values("Weight")], [["Second"], ["1.00"]]);
    desk.click(Role::TreeItem, "Rubric Letters");
    assert_eq!(desk.values("Name"), ["Letters"]);
}

#[test]
fn editing_a_phrase_rescores_at_once_and_says_what_it_did() {
    let mut desk = Desk::with(project());
    desk.expect("mean score 0.38");
    desk.expect("pass 25 %");
    desk.click(Role::TreeItem, "Criterion Gamma");
    desk.fill("Phrases", "only");
    desk.expect("mean score 0.50");
    desk.expect("pass 75 %");
    assert_eq!(desk.labels(Role::ListItem), ["r0 0.50", "r1 0.75", "r2 0.75", "r3 0.00"]);
    desk.expect("▲ 2 up");
    desk.expect("▼ 1 down");
    desk.expect("unsaved changes");
}

#[test]
fn a_keystroke_and_what_it_brings_about_are_one_frame() {
    let mut desk = Desk::with(project());
    desk.click(Role::TreeItem, "Criterion Gamma");
    desk.fill("Phrases", "onl");
    desk.frame_of_typing("y");
    assert_eq!(desk.labels(Role::ListItem), ["r0 0.50", "r1 0.75", "r2 0.75", "r3 0.00"]);
    desk.frame_of_typing("!");
    assert_eq!(desk.labels(Role::ListItem), ["r0 0.50", "r1 0.25", "r2 0.25", "r3 0.00"]);
}

#[test]
fn the_tree_speaks_its_numbers() {
    let desk = Desk::with(project());
    let spoken = [
        "mean 0.38   25 % pass",
        "mean 0.50, 50 % of the whole",
        "met 50 %, 25 % of the whole",
        "met 50 %, 25 % of the whole",
        "mean 0.25, 50 % of the whole",
        "met 25 %, 50 % of the whole",
    ];
    assert_eq!(desk.values_of(Role::TreeItem), spoken);
}

#[test]
fn typing_goes_on_while_lines_appear_around_the_field() {
    let mut desk = Desk::with(project());
    desk.click(Role::TreeItem, "Criterion Alpha");
    desk.push("+ Add");
    desk.fill_nth("Phrases", 1, "");
    // Each letter changes scores, and with them what is told above; an empty phrase and a repeated one are
    // complained about, below and above.
    for letter in ["a", "l", "p", "h", "a", "!"] {
        desk.type_text(letter);
    }
    assert_eq!(desk.values("Phrases"), ["alpha", "alpha!"]);
    desk.fill_nth("Phrases", 0, "");
    for letter in ["b", "e", "t", "a"] {
        desk.type_text(letter);
    }
    assert_eq!(desk.values("Phrases"), ["beta", "alpha!"]);
}

#[test]
fn what_one_edit_did_can_be_reverted_there() {
    let mut desk = Desk::with(project());
    let before = desk.mean();
    desk.click(Role::TreeItem, "Criterion Gamma");
    desk.fill("Phrases", "only");
    desk.push("Revert");
    assert_eq!(desk.mean(), before);
    assert_eq!(desk.values("Phrases"), ["gamma"]);
}

#[test]
fn undo_and_redo_restore_rubric_and_scores() {
    let mut desk = Desk::with(project());
    let before = desk.mean();
    desk.click(Role::TreeItem, "Criterion Gamma");
    desk.fill("Phrases", "only");
    let after = desk.mean();
    assert_ne!(before, after);
    desk.click(Role::ListItem, "r1 0.75"); // leaves the field, where Ctrl+Z belongs to the typing
    desk.press(CTRL, Key::Z);
    assert_eq!((desk.mean(), desk.values("Phrases")), (before, vec!["gamma".to_owned()]));
    desk.expect("Undid: change the check of “Gamma”");
    assert!(!desk.bench().is_modified());
    desk.press(CTRL_SHIFT, Key::Z);
    assert_eq!((desk.mean(), desk.values("Phrases")), (after, vec!["only".to_owned()]));
}

#[test]
fn undo_inside_a_field_takes_the_typing_back() {
    let mut desk = Desk::with(project());
    let before = desk.mean();
    desk.click(Role::TreeItem, "Criterion Gamma");
    desk.fill("Phrases", "only");
    desk.press(CTRL, Key::Z);
    assert_eq!((desk.mean(), desk.values("Phrases")), (before, vec!["gamma".to_owned()]));
}

#[test]
fn criteria_are_added_duplicated_moved_and_removed() {
    let mut desk = Desk::with(project());
    desk.click(Role::TreeItem, "Criterion Alpha");
    desk.push("+ Criterion");
    assert_eq!(tree(&desk), ["First", "Alpha", "New criterion", "Beta", "Second", "Gamma"]);
    assert_eq!(desk.values("Name"), ["New criterion"], "the new one is open for editing");
    desk.fill("Name", "Delta");
    assert_eq!(tree(&desk)[2], "Delta");
    desk.push("Duplicate");
    assert_eq!(tree(&desk), ["First", "Alpha", "Delta", "Delta (copy)", "Beta", "Second", "Gamma"]);
    desk.click(Role::TreeItem, "Criterion Delta (copy)");
    desk.press(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(tree(&desk), ["First", "Alpha", "Delta", "Beta", "Delta (copy)", "Second", "Gamma"]);
    desk.press(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(tree(&desk)[4], "Delta (copy)", "the last child goes no further down");
    desk.press(Modifiers::ALT, Key::ArrowUp);
    desk.press(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(tree(&desk)[2], "Delta (copy)");
    desk.push("Remove");
    desk.click(Role::TreeItem, "Criterion Delta");
    desk.press(CTRL, Key::Backspace);
    assert_eq!(tree(&desk), ["First", "Alpha", "Beta", "Second", "Gamma"]);
    desk.push("+ Dimension");
    assert_eq!(tree(&desk), ["First", "Alpha", "Beta", "New dimension", "Second", "Gamma"]);
    for _ in 0..20 {
        desk.press(CTRL, Key::Z);
    }
    assert!(!desk.bench().is_modified(), "all of it can be taken back");
    assert_eq!(tree(&desk), ["First", "Alpha", "Beta", "Second", "Gamma"]);
}

#[test]
fn a_row_dragged_in_the_tree_moves_there() {
    let mut desk = Desk::with(project());
    let gamma = desk.rect(Role::TreeItem, "Criterion Gamma");
    let alpha = desk.rect(Role::TreeItem, "Criterion Alpha");
    desk.drag(gamma.center(), alpha.center() - vec2(0.0, alpha.height() * 0.3));
    assert_eq!(tree(&desk), ["First", "Gamma", "Alpha", "Beta", "Second"]);
    assert_eq!(desk.values("Name"), ["Gamma"]);
    // Below the lower half of a row means after it.
    let [alpha, beta] = ["Criterion Alpha", "Criterion Beta"].map(|label| desk.rect(Role::TreeItem, label));
    desk.drag(alpha.center(), beta.center() + vec2(0.0, beta.height() * 0.3));
    assert_eq!(tree(&desk), ["First", "Gamma", "Beta", "Alpha", "Second"]);
    // Onto a dimension means into it.
    let [beta, second] = ["Criterion Beta", "Dimension Second"].map(|label| desk.rect(Role::TreeItem, label));
    desk.drag(beta.center(), second.center() + vec2(0.0, second.height() * 0.3));
    assert_eq!(tree(&desk), ["First", "Gamma", "Alpha", "Second", "Beta"]);
    for _ in 0..3 {
        desk.press(CTRL, Key::Z);
    }
    assert_eq!(tree(&desk), ["First", "Alpha", "Beta", "Second", "Gamma"]);
    assert!(!desk.bench().is_modified());
}

#[test]
fn a_criterion_dropped_where_none_can_stand_stays_and_that_is_said() {
    let mut desk = Desk::with(project());
    let [gamma, first] = ["Criterion Gamma", "Dimension First"].map(|label| desk.rect(Role::TreeItem, label));
    desk.drag(gamma.center(), first.center() - vec2(0.0, first.height() * 0.3));
    assert_eq!(tree(&desk), ["First", "Alpha", "Beta", "Second", "Gamma"]);
    desk.expect("A criterion stands inside a dimension; drop it onto one.");
}

#[test]
fn dragging_a_weight_changes_every_share() {
    let mut desk = Desk::with(project());
    let shares = |desk: &Desk| desk.bench().project().rubric().shares();
    assert_eq!(shares(&desk), [0.5, 0.25, 0.25, 0.5, 0.5]);
    desk.click(Role::TreeItem, "Dimension First");
    let weight = desk.rect(Role::SpinButton, "Weight").center();
    desk.drag(weight, weight + vec2(200.0, 0.0));
    let after = shares(&desk);
    assert!(after[0] > 0.6 && after[3] < 0.4, "{after:?}");
    assert!((after[0] + after[3] - 1.0).abs() < 1e-12);
    desk.press(CTRL, Key::Z);
    assert_eq!(shares(&desk), [0.5, 0.25, 0.25, 0.5, 0.5], "a drag is one step of undo");
}

#[test]
fn a_mistake_in_a_pattern_is_told_in_place_and_the_rest_still_scores() {
    let mut rubric = rubric();
    let pattern = Check::Pattern(Pattern { pattern: "al.ha".into(), ..Pattern::default() });
    let criterion = Node::Criterion(Criterion::new("shape", "Shape", Judge::Check(pattern)));
    rubric.dimensions[1].children.push(criterion);
    let data = dataset(&[("one", Ok("alpha beta gamma"))]);
    let mut desk = Desk::with(Project::new("p", rubric, data, vec![], ImportReport::default()));
    desk.click(Role::TreeItem, "Criterion Shape");
    desk.fill("Pattern", "al(pha");
    desk.expect("! ");
    desk.expect("(at character 3)");
    desk.expect("1\u{a0}mistake");
    desk.expect("75 % scored");
    desk.expect("its check has a mistake; see the rubric.");
    assert_eq!(desk.mean(), 1.0, "what can be scored is");
    desk.fill("Pattern", "al(pha)");
    assert!(!desk.sees("1\u{a0}mistake") && !desk.sees("75 % scored"));
}

#[test]
fn lists_of_phrases_grow_and_shrink() {
    let mut desk = Desk::with(project());
    desk.click(Role::TreeItem, "Criterion Alpha");
    desk.push("+ Add");
    desk.expect("! "); // an empty phrase is a mistake until it is filled
    desk.fill_nth("Phrases", 1, "beta");
    assert_eq!(desk.values("Phrases"), ["alpha", "beta"]);
    assert_eq!(desk.labels(Role::ListItem), ["r0 1.00", "r1 0.00", "r2 0.25", "r3 0.00"]);
    desk.push("Remove “alpha”");
    assert_eq!(desk.values("Phrases"), ["beta"]);
}

#[test]
fn a_new_phrase_is_typed_at_once_and_enter_goes_on_to_the_next() {
    let mut desk = Desk::with(project());
    desk.click(Role::TreeItem, "Criterion Alpha");
    desk.push("+ Add");
    desk.type_text("beta");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.type_text("gamma");
    assert_eq!(desk.values("Phrases"), ["alpha", "beta", "gamma"]);
    desk.fill_nth("Phrases", 0, "alp");
    desk.press(Modifiers::NONE, Key::Enter);
    desk.type_text("ha");
    assert_eq!(desk.values("Phrases"), ["alp", "ha", "beta", "gamma"], "below the one that was written");
}

#[test]
fn the_pass_mark_decides_who_passes() {
    let mut desk = Desk::with(project());
    desk.expect("pass 25 %");
    desk.click(Role::CheckBox, "Pass mark");
    assert!(!desk.sees("pass 25 %"));
    assert_eq!(desk.bench().project().rubric().pass_mark, None);
    desk.press(CTRL, Key::Z);
    desk.expect("pass 25 %");
}

#[test]
fn an_example_pinned_turns_red_when_the_rubric_changes() {
    let mut desk = Desk::with(project());
    desk.expect("none yet");
    desk.push("Pin this response at 1.00");
    desk.expect("✓ it holds");
    desk.click(Role::TreeItem, "Criterion Gamma");
    desk.fill("Phrases", "nowhere");
    desk.click(Role::TreeItem, "Rubric Letters");
    desk.expect("✗ it does not hold");
}

#[test]
fn a_rubric_grows_from_nothing() {
    let data = dataset(&[("one", Ok("alpha"))]);
    let mut desk = Desk::with(Project::new("p", Default::default(), data, vec![], ImportReport::default()));
    desk.push("+ Criterion");
    assert_eq!(tree(&desk), ["New dimension", "New criterion"]);
    assert_eq!(desk.values("Name"), ["New criterion"], "what was asked for is what is edited");
    desk.push("+ Add");
    desk.fill("Phrases", "alpha");
    assert_eq!(desk.mean(), 1.0);
}
