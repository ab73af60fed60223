//! Finding a response and reading it.

use crate::desk::{CTRL, CTRL_SHIFT, Desk, dataset, phrases, project, rubric};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use rubrica::model::{Absent, ImportReport, Project};

/// What the reader shows as the response itself.

#[test]
fn the_demo_lists_its_responses_and_reads_the_first() {
    let desk = Desk::demo();
    desk.expect("32 responses");
    desk.expect("This is the demo");
    assert_eq!(desk.labels(Role::ListItem)[0], "rate-limiter.aurora-large 0.90");
    desk.expect("## Assumptions");
    desk.expect("saved");
}

#[test]
fn a_click_on_a_row_reads_it() {
    let mut desk = Desk::with(project());
    assert_eq!(desk.labels(Role::ListItem), ["r0 1.00", "r1 0.25", "r2 0.25", "r3 0.00"]);
    desk.click(Role::ListItem, "r1 0.25");
    assert_eq!(desk.bench().row(), Some(1));
    desk.expect("alpha only");
    desk.expect("✗ fail");
    desk.expect("missing: “beta”");
}

#[test]
fn the_text_keeps_its_place_however_much_is_missing() {
    let mut rubric = rubric();
    rubric.dimensions[0].children = (0..80)
        .map(|index| phrases(&format!("c{index}"), &format!("Criterion {index}"), &["not to be found"]))
        .collect();
    let data = dataset(&[("one", Ok("alpha only")), ("one", Ok("gamma"))]);
    let mut desk = Desk::with(Project::new("many", rubric, data, vec![], ImportReport::default()));
    let folded = desk.find_text().expect("the text is shown");
    assert!(folded.height() > 250.0, "{folded}");
    desk.click(Role::Link, "Show all 81 criteria that miss something");
    let unfolded = desk.find_text().expect("the text is still shown");
    assert!(unfolded.height() < folded.height() && unfolded.height() > 100.0, "{unfolded}");
    // It stays so from response to response.
    desk.press(Modifiers::NONE, Key::J);
    desk.click(Role::Link, "Show less");
    assert!(desk.find_text().is_some_and(|rect| rect.height() > 250.0));
}

#[test]
fn j_and_k_step_through_the_list_and_stop_at_its_ends() {
    let mut desk = Desk::with(project());
    let mut read = vec![desk.bench().row()];
    for key in [Key::J, Key::J, Key::J, Key::J, Key::K, Key::K, Key::K, Key::K] {
        desk.press(Modifiers::NONE, key);
        read.push(desk.bench().row());
    }
    assert_eq!(read, [0, 1, 2, 3, 3, 2, 1, 0, 0].map(Some));
    desk.expect("alpha beta gamma");
}

#[test]
fn a_long_list_scrolls_to_what_is_read() {
    let mut desk = Desk::demo();
    for _ in 0..31 {
        desk.press(Modifiers::NONE, Key::J);
    }
    assert_eq!(desk.bench().place(), Some(31));
    let shown = desk.labels(Role::ListItem);
    let dataset = desk.bench().project().dataset();
    let last = dataset.text(dataset.responses()[31].id);
    assert!(shown.last().is_some_and(|label| label.starts_with(last)), "{shown:?}");
}

#[test]
fn typing_a_filter_narrows_list_and_numbers() {
    let mut desk = Desk::with(project());
    desk.press(CTRL, Key::F);
    desk.type_text("model:two");
    desk.expect("2 of 4");
    assert_eq!(desk.labels(Role::ListItem), ["r2 0.25", "r3 0.00"]);
    desk.expect("listed 2");
    desk.press(Modifiers::NONE, Key::Escape);
    desk.press(CTRL_SHIFT, Key::F);
    desk.expect("4 responses");
}

#[test]
fn a_wrong_word_in_the_filter_is_named_and_the_list_stays() {
    let mut desk = Desk::with(project());
    desk.fill("Filter", "model:two modle:one");
    desk.expect("There is no key “modle”; did you mean “model”?");
    assert_eq!(desk.bench().listed().len(), 4, "what was never understood filters nothing");
    desk.fill("Filter", "model:two");
    assert!(!desk.sees("“modle”"));
    assert_eq!(desk.bench().listed().len(), 2);
}

#[test]
fn a_filter_that_nothing_matches_offers_to_be_cleared() {
    let mut desk = Desk::with(project());
    desk.fill("Filter", "model:two score>0.9");
    desk.expect("Nothing matches the filter.");
    desk.push("Clear the filter");
    desk.expect("4 responses");
}

#[test]
fn letters_typed_into_a_field_are_not_commands() {
    let mut desk = Desk::with(project());
    desk.press(CTRL, Key::F);
    desk.press(Modifiers::NONE, Key::J);
    desk.type_text("j");
    assert_eq!(desk.bench().row(), Some(0));
    assert_eq!(desk.bench().filter().text(), "j");
}

#[test]
fn n_and_p_go_around_the_evidence() {
    let mut desk = Desk::with(project());
    desk.click(Role::ListItem, "r2 0.25");
    desk.expect("2 matches");
    for (key, at) in
        [(Key::N, "1 of 2"), (Key::N, "2 of 2"), (Key::N, "1 of 2"), (Key::P, "2 of 2"), (Key::P, "1 of 2")]
    {
        desk.press(Modifiers::NONE, key);
        desk.expect(at);
    }
    desk.push("▶");
    desk.expect("2 of 2");
    desk.push("◀");
    desk.expect("1 of 2");
    desk.click(Role::ListItem, "r3 0.00");
    desk.expect("no evidence");
}

#[test]
fn a_very_long_text_is_shown_as_it_is_where_rendering_is_asked_for() {
    let text = "# Title\n\nalpha and so on.\n\n".repeat(10_000);
    let data = dataset(&[("one", Ok(&text))]);
    let mut desk = Desk::with(Project::new("p", rubric(), data, vec![], ImportReport::default()));
    desk.push("Rendered");
    desk.expect("Too long to render");
    desk.expect("# Title");
    assert!(desk.find_text().is_some(), "its evidence can be read");
}

#[test]
fn markdown_is_shown_rendered_or_as_it_is() {
    let data = dataset(&[("one", Ok("# Title\n\nSome **bold** alpha."))]);
    let mut desk = Desk::with(Project::new("p", rubric(), data, vec![], ImportReport::default()));
    desk.expect("Some **bold** alpha.");
    desk.press(CTRL, Key::M);
    assert!(!desk.sees("**bold**") && !desk.sees("# Title"));
    desk.expect("Title");
    desk.push("Rendered");
    desk.expect("Some **bold** alpha.");
}

#[test]
fn the_prompt_unfolds() {
    let mut desk = Desk::demo();
    assert!(!desk.sees("Prompt’s metadata"));
    desk.push("Show prompt");
    desk.expect("Prompt’s metadata");
    desk.push("Hide prompt");
    assert!(!desk.sees("Prompt’s metadata"));
}

#[test]
fn empty_and_absent_texts_are_told_apart() {
    let texts = [("one", Ok("")), ("one", Err(Absent::Null)), ("two", Err(Absent::Missing)), ("two", Ok(" \n\n\t"))];
    let mut desk = Desk::with(Project::new("p", rubric(), dataset(&texts), vec![], ImportReport::default()));
    assert_eq!(desk.labels(Role::ListItem), ["r0 0.00", "r1 –", "r2 –", "r3 0.00"]);
    desk.expect("Empty response.");
    desk.press(Modifiers::NONE, Key::J);
    desk.expect("The file says null where this response should be");
    desk.press(Modifiers::NONE, Key::J);
    desk.expect("missing");
    desk.expect("No text.");
    desk.press(Modifiers::NONE, Key::J);
    desk.expect("Blank response.");
}

#[test]
fn a_window_without_data_says_what_to_do() {
    let mut desk = Desk::empty();
    desk.expect("No responses yet.");
    desk.expect("Drop files here, or import them.");
    desk.expect("No response selected.");
    desk.expect("No numbers yet.");
    desk.expect("Add a dimension to begin.");
    // Nothing to step to, filter or undo: no key does harm.
    for (modifiers, key) in [
        (Modifiers::NONE, Key::J),
        (Modifiers::NONE, Key::N),
        (Modifiers::NONE, Key::P),
        (CTRL, Key::Z),
        (CTRL, Key::D),
        (CTRL, Key::Backspace),
        (Modifiers::ALT, Key::ArrowUp),
    ] {
        desk.press(modifiers, key);
    }
    desk.fill("Filter", "score>0.5");
    assert!(!desk.bench().is_modified());
}
