//! The numbers, and the way from each to the responses behind it.

use crate::desk::{CTRL, CTRL_SHIFT, Desk, dataset, project, rubric};
use egui::Key;
use egui::accesskit::Role;
use rubrica::model::{ImportReport, Project};

/// The numbers at the beginning of a label like `7 of 8 pass; …` or `aurora: 7 of 8 met …`.
fn counts(label: &str) -> Option<(usize, usize)> {
    let words: Vec<&str> = label.split(' ').collect();
    let at = words.iter().position(|word| *word == "of")?;
    Some((words.get(at.checked_sub(1)?)?.parse().ok()?, words.get(at + 1)?.parse().ok()?))
}

#[test]
fn every_count_of_the_dashboard_leads_to_as_many_responses() {
    let mut desk = Desk::demo();
    desk.press(CTRL, Key::Num3);
    let labels = desk.labels(Role::Button);
    let linked: Vec<_> = labels.iter().filter_map(|label| Some((label, counts(label)?))).collect();
    assert!(linked.len() >= 4 + 3 + 12, "models, criteria and both together: {labels:?}");
    for (label, (part, of)) in linked {
        desk.push(label);
        assert_eq!(desk.bench().listed().len(), of - part, "{label}");
        desk.press(CTRL_SHIFT, Key::F);
    }
}

#[test]
fn a_click_on_the_share_that_passes_lists_those() {
    let mut desk = Desk::with(project());
    desk.push("pass 25 %");
    assert_eq!(desk.labels(Role::ListItem), ["r0 1.00"]);
    assert_eq!(desk.values("Filter"), ["passed:yes"]);
    desk.push("Show all");
    desk.expect("4 responses");
}

#[test]
fn clicks_lead_deeper_into_what_is_shown() {
    let mut desk = Desk::with(project());
    desk.push("Show the responses of one");
    assert_eq!(desk.labels(Role::ListItem), ["r0 1.00", "r1 0.25"]);
    desk.push("1 of 2 met. Click for those that fail Beta.");
    assert_eq!(desk.values("Filter"), ["model:one fails:beta"]);
    assert_eq!(desk.labels(Role::ListItem), ["r1 0.25"]);
}

#[test]
fn a_bar_of_the_distribution_lists_its_responses() {
    let mut desk = Desk::with(project());
    let bars = desk.rect(Role::Button, "Scores");
    desk.click_at(bars.right_center() - egui::vec2(2.0, 0.0));
    assert_eq!(desk.labels(Role::ListItem), ["r0 1.00"]);
    desk.press(CTRL_SHIFT, Key::F);
    let bin = bars.width() / 20.0;
    desk.click_at(bars.left_center() + egui::vec2(5.5 * bin, 0.0));
    assert_eq!(desk.labels(Role::ListItem), ["r1 0.25", "r2 0.25"]);
}

#[test]
fn a_dimension_of_a_model_lists_its_lowest_first() {
    let mut desk = Desk::with(project());
    desk.push("one by First, lowest first");
    assert_eq!(desk.labels(Role::ListItem), ["r1 0.25", "r0 1.00"]);
}

#[test]
fn a_criterion_of_the_dashboard_opens_in_the_editor() {
    let mut desk = Desk::with(project());
    desk.push("Edit Gamma");
    assert_eq!(desk.values("Name"), ["Gamma"]);
}

#[test]
fn a_picture_of_a_view_is_all_of_it_and_leaves_no_trace() {
    let names: Vec<String> = (0..90).map(|index| format!("model {index:02}")).collect();
    let texts: Vec<_> = names.iter().map(|name| (&**name, Ok("alpha only"))).collect();
    let mut desk = Desk::sized([1024.0, 700.0]);
    desk.open(Project::new("many", rubric(), dataset(&texts), vec![], ImportReport::default()));
    desk.press(CTRL, Key::Num3);
    for view in ["Overview", "Models", "Spread"] {
        desk.click_first(Role::Button, view);
        desk.push("Copy");
        let before = desk.labels(Role::Button);
        let image = desk.copied_picture("Picture");
        let [width, height] = image.size;
        assert!(height > 90 * 26, "{view}: ninety rows of models, not what is in sight: {width} × {height}");
        let ground = image.pixels[0];
        let is_blank = |row: &[egui::Color32]| row.iter().all(|pixel| *pixel == ground);
        for (at, part) in image.pixels.chunks(width * height / 12).take(11).enumerate() {
            assert!(!part.chunks(width).all(is_blank), "{view}: part {at} of 12 is empty");
        }
        desk.settle();
        desk.expect("Copied a picture of the whole view");
        let after = desk.labels(Role::Button);
        assert!(after.len() <= before.len(), "{view}: nothing of the picture is left to click: {after:?}");
    }
}

#[test]
fn a_picture_is_of_the_numbers_as_they_will_be() {
    let mut desk = Desk::with(project());
    desk.press(CTRL, Key::Num3);
    desk.push("Criteria");
    desk.push("Copy");
    let before = desk.copied_picture("Picture");
    desk.settle();
    desk.fill("Filter", "model:one");
    desk.push("Copy");
    let after = desk.copied_picture("Picture");
    assert!(before != after, "a picture of what the filter leaves");
}
