//! Reading responses side by side.

use crate::desk::{Desk, dataset, project, rubric};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use rubrica::model::{Absent, ImportReport, Project};
use rubrica::workbench::{Command, Comparing, Comparison};

fn rows(desk: &Desk) -> Vec<u32> {
    desk.bench().compare().columns().iter().map(|column| column.focus.row).collect()
}

/// The demo, side by side.
fn comparing() -> Desk {
    let mut desk = Desk::demo();
    desk.press(Modifiers::NONE, Key::C);
    desk
}

#[test]
fn c_puts_two_responses_side_by_side_and_takes_them_apart_again() {
    let mut desk = Desk::demo();
    desk.push("Compare");
    desk.expect("Column A aurora-large");
    desk.expect("Column B ");
    assert_eq!(desk.labels(Role::Document).len(), 2);
    desk.press(Modifiers::NONE, Key::C);
    assert!(!desk.sees("Column A aurora-large"));
    assert_eq!(desk.labels(Role::Document).len(), 1);
}

#[test]
fn the_difference_of_the_scores_is_broken_down_and_adds_up() {
    let mut desk = comparing();
    let mut seen = 0;
    for _ in 0..8 {
        let column = &desk.bench().compare().columns()[1];
        let scores = [0, 1].map(|index| desk.bench().compare().columns()[index].focus.card.total.score.unwrap());
        let difference = column.difference.clone().expect("both have a score");
        assert!((difference.total - (scores[1] - scores[0])).abs() < 1e-12);
        let (total, points) = difference.in_hundredths();
        for (part, points) in difference.parts.iter().zip(&points) {
            if let rubrica::scoring::Cause::Criterion(at) = part.cause
                && *points != 0
            {
                let name = column.focus.rubric.criteria[at].name.clone();
                let signed = format!("{:+.2}", *points as f64 / 100.0).replace('-', "−");
                desk.expect(&format!("B: {name} {signed}"));
                seen += 1;
            }
        }
        assert_eq!(points.iter().sum::<i64>(), total);
        desk.press(Modifiers::NONE, Key::CloseBracket);
    }
    assert!(seen > 3, "the demo’s models differ");
}

#[test]
fn brackets_and_j_and_k_walk_from_prompt_to_prompt() {
    let mut desk = comparing();
    let first = rows(&desk);
    desk.press(Modifiers::NONE, Key::CloseBracket);
    let second = rows(&desk);
    assert_ne!(first, second);
    desk.press(Modifiers::NONE, Key::OpenBracket);
    assert_eq!(rows(&desk), first);
    desk.press(Modifiers::NONE, Key::J);
    assert_eq!(rows(&desk), second);
    desk.press(Modifiers::NONE, Key::K);
    assert_eq!(rows(&desk), first);
    desk.push("Next comparison");
    assert_eq!(rows(&desk), second);
    desk.push("All pairs");
    desk.expect("pair 1 of 6, prompt 2 of 8");
    desk.press(Modifiers::NONE, Key::CloseBracket);
    desk.expect("pair 2 of 6, prompt 2 of 8");
}

#[test]
fn digits_and_clicks_choose_the_column_that_is_read() {
    let mut desk = comparing();
    desk.press(Modifiers::NONE, Key::Num2);
    assert_eq!(desk.bench().compare().focused(), 1);
    assert_eq!(desk.bench().row(), Some(rows(&desk)[1]));
    desk.push("Column A aurora-large");
    assert_eq!(desk.bench().compare().focused(), 0);
    desk.press(Modifiers::NONE, Key::N);
    assert_eq!(desk.bench().mark(), Some(0), "evidence is gone to in the column being read");
    desk.press(Modifiers::NONE, Key::Num4);
    assert_eq!(desk.bench().compare().focused(), 0, "there is no fourth column");
}

#[test]
fn models_are_chosen_in_a_menu_and_a_fifth_has_no_place() {
    let mut desk = comparing();
    desk.push("Models ▾");
    let models = desk.bench().project().dataset().models().to_vec();
    for model in &models[2..4] {
        desk.click(Role::CheckBox, model);
    }
    assert_eq!(desk.bench().compare().columns().len(), 4);
    desk.expect("Four are chosen");
    desk.expect("Column D");
    assert_eq!(desk.labels(Role::Document).len(), 4);
    desk.click(Role::CheckBox, &models[0]);
    assert_eq!(desk.bench().compare().columns().len(), 3);
}

#[test]
fn d_marks_the_words_that_differ() {
    let data = dataset(&[("one", Ok("alpha and beta in a row")), ("two", Ok("alpha and gamma in a row"))]);
    let mut desk = Desk::with(Project::new("p", rubric(), data, vec![], ImportReport::default()));
    desk.press(Modifiers::NONE, Key::C);
    assert!(!desk.sees("only in A"));
    desk.press(Modifiers::NONE, Key::D);
    desk.expect("only in A");
    desk.expect("not in A");
    desk.expect("% with B");
    desk.press(Modifiers::NONE, Key::D);
    assert!(!desk.sees("only in A"));
}

#[test]
fn texts_with_nothing_in_common_are_said_to_be_too_different() {
    let data = dataset(&[("one", Ok("alpha here, of all places")), ("two", Ok("quite unlike anything else"))]);
    let mut desk = Desk::with(Project::new("p", rubric(), data, vec![], ImportReport::default()));
    desk.press(Modifiers::NONE, Key::C);
    desk.press(Modifiers::NONE, Key::D);
    desk.expect("Too different to compare word by word: B");
    assert!(!desk.sees("only in A"));
}

#[test]
fn hidden_names_are_nowhere_in_the_columns() {
    let mut desk = Desk::with(project());
    let given = Comparison::Rows { rows: vec![2, 0], hidden: true };
    desk.execute(Command::Compare(Some(given)));
    desk.expect("Column A");
    desk.expect("Text of A");
    for label in desk.labels(Role::Button).iter().filter(|label| label.starts_with("Column")) {
        assert!(!label.contains("one") && !label.contains("two"), "{label} tells the model");
    }
    assert!(!desk.sees("Models ▾"), "who hides names chooses the responses");
}

#[test]
fn absent_and_empty_texts_stand_beside_others() {
    let data = dataset(&[("one", Ok("alpha")), ("two", Err(Absent::Null)), ("three", Ok("")), ("four", Ok("\n \n"))]);
    let mut desk = Desk::with(Project::new("p", rubric(), data, vec![], ImportReport::default()));
    desk.press(Modifiers::NONE, Key::C);
    desk.execute(Command::Comparing(Comparing::Models(vec![0, 1, 2, 3])));
    desk.expect("Blank response.");
    desk.expect("The file says null where this response should be");
    desk.expect("Empty response.");
    desk.expect("one of the two has no score");
    desk.press(Modifiers::NONE, Key::D);
    desk.expect("No text to compare: B.");
}

#[test]
fn a_prompt_with_one_response_says_so() {
    let data = dataset(&[("one", Ok("alpha"))]);
    let mut desk = Desk::with(Project::new("p", rubric(), data, vec![], ImportReport::default()));
    desk.press(Modifiers::NONE, Key::C);
    desk.expect("One response alone.");
    for key in [Key::CloseBracket, Key::OpenBracket, Key::D, Key::Y, Key::Num2, Key::N, Key::C] {
        desk.press(Modifiers::NONE, key);
    }
    desk.expect("alpha");
}

#[test]
fn columns_scroll_together_or_apart() {
    let text = |lines: usize| -> String { (0..lines).map(|line| format!("Line {line}.\n")).collect() };
    let (long, short) = (text(900), text(300));
    let data = dataset(&[("one", Ok(&long)), ("two", Ok(&short))]);
    let mut desk = Desk::with(Project::new("p", rubric(), data, vec![], ImportReport::default()));
    desk.press(Modifiers::NONE, Key::C);
    desk.press(Modifiers::NONE, Key::Num2);
    desk.press(Modifiers::NONE, Key::Num1);
    desk.press(Modifiers::NONE, Key::End);
    desk.expect("Line 899.");
    desk.expect("Line 299.");
    desk.press(Modifiers::NONE, Key::Y);
    desk.press(Modifiers::NONE, Key::Home);
    desk.expect("Line 0.");
    desk.expect("Line 299.");
}

#[test]
fn a_click_into_a_text_reads_its_column() {
    let mut desk = comparing();
    let place = desk.rect(Role::Document, &desk.labels(Role::Document)[1].clone());
    desk.click_at(place.center());
    assert_eq!(desk.bench().compare().focused(), 1);
}

#[test]
fn in_a_narrow_window_four_columns_keep_a_width_that_can_be_read() {
    let mut desk = Desk::sized([1024.0, 700.0]);
    desk.execute(Command::OpenDemo);
    desk.press(Modifiers::NONE, Key::C);
    let width = |desk: &Desk, index: usize| {
        let label = desk.labels(Role::Button).into_iter().filter(|label| label.starts_with("Column")).nth(index);
        desk.rect(Role::Button, &label.expect("the column has a head")).width()
    };
    assert!(width(&desk, 0) >= 190.0 && width(&desk, 1) >= 190.0);
    desk.execute(Command::Comparing(Comparing::Models(vec![0, 1, 2, 3])));
    for (index, key) in [Key::Num1, Key::Num2, Key::Num3, Key::Num4].into_iter().enumerate() {
        desk.press(Modifiers::NONE, key);
        let label = format!("Column {}", ["A", "B", "C", "D"][index]);
        let label = desk.labels(Role::Button).into_iter().find(|found| found.starts_with(&label)).expect("it is there");
        let head = desk.rect(Role::Button, &label);
        assert!(head.width() >= 200.0, "{label} is {} wide", head.width());
        let panel = desk.rect(Role::Button, "Compare").left()..=desk.rect(Role::Button, "+ Dimension").left();
        assert!(panel.contains(&(head.left() + 1.0)) && panel.contains(&head.right()), "{label} is at {head}");
    }
}
