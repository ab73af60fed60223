//! What is said beside the question, and answers that are more than one key: labels, overruling, ranges, rankings.

use crate::desk::{CTRL, CTRL_SHIFT, rubric};
use crate::judging::{NONE, Table, people};
use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use rubrica::model::review::Act;
use rubrica::model::{Criterion, Dimension, Edit, Judge, Node, Rubric, Scale};
use rubrica::workbench::Command;

const SHIFT: Modifiers = Modifiers::SHIFT;

/// The newest act in the log of anna.
#[track_caller]
fn newest(table: &Table) -> Act {
    table.log("anna").pop().expect("something was judged").act
}

#[test]
fn text_is_selected_and_labelled_by_keys_alone() {
    let mut table = Table::new(1, "anna");
    let text = "I am Zephyrine, and this is answer 0.";
    table.desk.press(NONE, Key::L);
    // The first word is picked; the next two; then three more.
    table.desk.press(NONE, Key::ArrowRight);
    table.desk.press(NONE, Key::ArrowRight);
    for _ in 0..3 {
        table.desk.press(SHIFT, Key::ArrowRight);
    }
    table.desk.press(SHIFT, Key::ArrowLeft);
    table.desk.expect("Zephyrine, and this");
    table.desk.press(NONE, Key::Num1);
    let Act::Label(label) = newest(&table) else { panic!("{:?}", newest(&table)) };
    assert_eq!((&*label.label, &*label.quote), ("claim", "Zephyrine, and this"));
    assert_eq!(&text[label.start as usize..label.end as usize], label.quote);
    table.desk.expect("Remove label Claim");
    // Digits rate again.
    table.desk.press(NONE, Key::Num4);
    assert!(matches!(newest(&table), Act::Rate(rate) if rate.value == Some(4.0)));
}

#[test]
fn text_selected_with_the_pointer_is_labelled_by_a_key_and_the_label_is_taken_off() {
    let mut table = Table::new(1, "anna");
    let text = table.desk.find_text().expect("a response is read");
    let from = text.left_top() + egui::vec2(2.0, 10.0);
    table.desk.drag(from, from + egui::vec2(90.0, 0.0));
    table.desk.press(NONE, Key::L);
    table.desk.press(NONE, Key::Num1);
    let Act::Label(label) = newest(&table) else { panic!("{:?}", newest(&table)) };
    assert!(label.start == 0 && label.quote.starts_with("I am "), "{label:?}");
    table.desk.push("Remove label Claim");
    assert!(matches!(newest(&table), Act::Undo(_)));
    assert!(!table.desk.sees("Remove label Claim"));
}

#[test]
fn escape_leaves_labelling_and_nothing_is_labelled() {
    let mut table = Table::new(1, "anna");
    table.desk.press(NONE, Key::L);
    table.desk.press(NONE, Key::Escape);
    table.desk.press(NONE, Key::Num2);
    assert!(matches!(newest(&table), Act::Rate(_)), "digits rate again");
}

#[test]
fn a_range_takes_a_typed_number_and_refuses_what_is_outside() {
    let mut dimension = Dimension::new("quality", "Quality");
    let scale = Scale::Range { least: 0.0, most: 100.0 };
    dimension.children = vec![Node::Criterion(Criterion::new("worth", "Worth", Judge::Human(scale)))];
    let mut table =
        Table::under(Rubric { name: "Worth".into(), dimensions: vec![dimension], ..Rubric::default() }, 1, "anna");
    table.start();
    // The first digit finds the field by itself.
    table.desk.type_text("1");
    table.desk.type_text("50");
    table.desk.expect("a number from 0 to 100");
    table.desk.press(NONE, Key::Enter);
    table.desk.expect("Response 1 of 4");
    table.desk.fill("Value", "72.5");
    table.desk.press(NONE, Key::Enter);
    table.desk.expect("Response 2 of 4");
    assert!(matches!(newest(&table), Act::Rate(rate) if rate.value == Some(72.5) && rate.scale == [0.0, 100.0]));
    table.desk.type_text("8");
    table.desk.press(NONE, Key::Enter);
    table.desk.expect("Response 3 of 4");
    assert!(matches!(newest(&table), Act::Rate(rate) if rate.value == Some(8.0)), "the field began empty");
}

#[test]
fn a_check_is_overruled_with_a_reason_and_its_own_value_is_kept() {
    let mut table = Table::new(1, "anna");
    let mut mixed = people();
    mixed.dimensions.extend(rubric().dimensions);
    table.desk.execute(Command::Edit(Edit::SetRubric(Box::new(mixed))));
    let score = |table: &Table| table.desk.bench().engine().results().score(0);
    let before = score(&table);
    table.desk.press(NONE, Key::O);
    table.desk.expect("The check says 0.00.");
    table.desk.press(NONE, Key::Enter);
    assert!(table.log_is_empty("anna"), "there is no overruling without a reason");
    table.desk.press(NONE, Key::O);
    table.desk.type_text("it says so in other words");
    table.desk.press(NONE, Key::Enter);
    let Act::Overrule(act) = newest(&table) else { panic!("{:?}", newest(&table)) };
    assert_eq!((&*act.criterion, act.value, act.machine), ("alpha", Some(1.0), Some(0.0)));
    assert_eq!(act.reason, "it says so in other words");
    table.desk.expect("Alpha: 1.00 instead of 0.00");
    assert_ne!(score(&table), before);
    table.desk.push("Let Alpha be");
    assert!(matches!(newest(&table), Act::Overrule(act) if act.value.is_none()));
    assert_eq!(score(&table), before, "the check counts again");
}

/// A ranking of three of four models: those who answered [`Table`]'s one prompt, without the last.
fn ranking() -> Table {
    let mut table = Table::new(1, "anna");
    table.desk.push("Prefer");
    table.desk.push("3");
    table.start();
    table
}

#[test]
fn three_are_ranked_by_dragging_and_a_rank_is_changed_by_dragging_again() {
    let mut table = ranking();
    let button = |table: &Table, words: &str| table.desk.rect(Role::Button, words).center();
    let next = |table: &Table| table.desk.rect(Role::Label, "next").center();
    for words in ["B  2", "A  1", "C  3"] {
        let (from, to) = (button(&table, words), next(&table));
        table.desk.drag(from, to);
    }
    // The last one comes before the first.
    let (from, first) = (button(&table, "C"), table.desk.rect(Role::Button, "B"));
    table.desk.drag(from, first.center_top() - vec2(0.0, 3.0));
    table.desk.press(NONE, Key::Enter);
    let Act::Rank(rank) = newest(&table) else { panic!("{:?}", newest(&table)) };
    assert_eq!(rank.ranks, [3, 2, 1]);
}

#[test]
fn one_dragged_onto_another_ties_with_it_and_one_dragged_between_stands_alone() {
    let mut table = ranking();
    table.desk.press(NONE, Key::Num1);
    let at = |table: &Table, words: &str| table.desk.rect(Role::Button, words);
    let (from, to) = (at(&table, "B  2").center(), at(&table, "A").center());
    let seen = table.desk.drag_and_look(from, to, "A = B");
    assert!(seen, "it says what letting go does");
    table.desk.press(NONE, Key::Enter);
    assert!(matches!(newest(&table), Act::Rank(rank) if rank.ranks == [1, 1, 3]), "{:?}", newest(&table));

    table.desk.press(NONE, Key::B);
    let (from, to) = (at(&table, "B").center(), at(&table, "A").center_top() - vec2(0.0, 3.0));
    assert!(table.desk.drag_and_look(from, to, "B alone"));
    table.desk.press(NONE, Key::Enter);
    assert!(matches!(newest(&table), Act::Rank(rank) if rank.ranks == [2, 1, 3]), "{:?}", newest(&table));
}

#[test]
fn a_ranking_by_keys_is_taken_back_step_by_step_and_is_not_saved_before_it_is_whole() {
    let mut table = ranking();
    table.desk.press(NONE, Key::Num2);
    table.desk.press(NONE, Key::Enter);
    table.desk.expect("Rank all of them first");
    table.desk.press(NONE, Key::Backspace);
    for key in [Key::Num3, Key::Num1, Key::Equals, Key::Num2, Key::Enter] {
        table.desk.press(NONE, key);
    }
    assert!(matches!(newest(&table), Act::Rank(rank) if rank.ranks == [2, 2, 1]));
}

#[test]
fn a_session_begins_by_a_key_at_the_first_criterion_and_pauses_and_goes_on_by_another() {
    let mut table = Table::new(1, "anna");
    // Beside a session the second criterion of the same response is at hand.
    table.desk.press(NONE, Key::Num2);
    table.desk.press(CTRL, Key::Enter);
    table.desk.expect("Response 1 of 4");
    table.desk.press(NONE, Key::Num5);
    assert!(matches!(newest(&table), Act::Rate(rate) if rate.criterion == "tone" && rate.value == Some(5.0)));
    table.desk.press(CTRL_SHIFT, Key::J);
    table.desk.expect("Start a session");
    table.desk.press(CTRL_SHIFT, Key::J);
    table.desk.expect("Response 1 of 4");
}

#[test]
fn the_whole_prompt_is_shown_by_a_key() {
    let mut table = Table::new(1, "anna");
    table.desk.expect("Show prompt");
    table.desk.press(NONE, Key::Q);
    table.desk.expect("Hide prompt");
}

#[test]
fn a_rubric_without_labels_says_so_and_keeps_nobody_from_judging() {
    let mut bare = people();
    bare.labels.clear();
    let mut table = Table::under(bare, 1, "anna");
    table.desk.press(NONE, Key::L);
    table.desk.expect("The rubric has no labels yet");
    table.desk.press(NONE, Key::Num2);
    assert!(matches!(newest(&table), Act::Rate(_)));
    assert!(!table.desk.sees("The rubric has no labels yet"));
}
