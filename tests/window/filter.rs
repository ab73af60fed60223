//! The filter box: words are completed, mistakes are pointed at, and filters get names.

use crate::desk::{CTRL, Desk, project};
use egui::accesskit::Role;
use egui::{Key, Modifiers};

/// What is offered below the box, the list of responses aside.
fn offered(desk: &Desk) -> Vec<String> {
    desk.labels(Role::ListItem).into_iter().filter(|label| label.contains([':', '<', '>'])).collect()
}

/// A desk on whose filter box `words` were typed.
fn typed(words: &str) -> Desk {
    let mut desk = Desk::with(project());
    desk.press(CTRL, Key::F);
    desk.type_text(words);
    desk
}

#[test]
fn arrows_and_tab_complete_a_word_and_what_follows_its_key() {
    let mut desk = typed("mod");
    assert_eq!(offered(&desk), ["model:"]);
    desk.press(Modifiers::NONE, Key::Tab);
    assert_eq!(desk.values("Filter"), ["model:"]);
    assert_eq!(offered(&desk), ["model:one", "model:two"]);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::ArrowDown);
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.values("Filter"), ["model:two "]);
    desk.expect("2 of 4");
    desk.type_text("al");
    assert_eq!(offered(&desk), ["alpha<"], "typing goes on after what was accepted");
}

#[test]
fn nothing_offered_takes_a_key_from_typing() {
    let mut desk = typed("passed:");
    assert_eq!(offered(&desk).len(), 3);
    desk.press(Modifiers::NONE, Key::Escape);
    assert!(offered(&desk).is_empty(), "Esc closes what is offered");
    desk.type_text("no");
    assert_eq!(desk.values("Filter"), ["passed:no"], "and leaves the box alone");
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(desk.values("Filter"), ["passed:no"], "Enter accepts nothing that was not chosen");
    assert_eq!(desk.bench().listed().len(), 3);
}

#[test]
fn down_in_an_empty_box_offers_the_language() {
    let mut desk = typed("");
    assert!(offered(&desk).is_empty());
    desk.press(Modifiers::NONE, Key::ArrowDown);
    let offered = offered(&desk);
    assert!(offered.contains(&"model:".to_owned()) && offered.contains(&"rated:".to_owned()), "{offered:?}");
}

#[test]
fn a_mistake_is_explained_below_the_box() {
    let desk = typed("model:one scroe<0.5 ");
    desk.expect("There is no key “scroe”; did you mean “score”?");
}

#[test]
fn a_filter_gets_a_name_is_applied_renamed_and_removed_and_undo_brings_it_back() {
    let mut desk = typed("model:two ");
    desk.push("Saved filters");
    desk.expect("None yet. Filter the list, then give the filter a name here.");
    desk.fill("Name of this filter", "The second");
    desk.push("Save filter");
    let filters = |desk: &Desk| {
        let filters = &desk.bench().project().settings().filters;
        filters.iter().map(|filter| format!("{}: {}", filter.name, filter.query)).collect::<Vec<_>>()
    };
    assert_eq!(filters(&desk), ["The second: model:two"]);
    desk.push("Rename the filter The second");
    desk.fill("New name", "Second");
    desk.press(Modifiers::NONE, Key::Enter);
    assert_eq!(filters(&desk), ["Second: model:two"]);
    desk.execute(rubrica::workbench::Command::SetFilter(String::new()));
    desk.push("Second model:two");
    assert_eq!(desk.values("Filter"), ["model:two"]);
    desk.push("Saved filters");
    desk.push("Remove the filter Second");
    assert!(filters(&desk).is_empty());
    desk.execute(rubrica::workbench::Command::Undo);
    assert_eq!(filters(&desk), ["Second: model:two"]);
}

#[test]
fn labels_are_added_named_and_removed_and_each_is_a_step() {
    let mut desk = Desk::with(project());
    let labels = |desk: &Desk| {
        let labels = &desk.bench().project().rubric().labels;
        labels.iter().map(|label| format!("{}: {}", label.id, label.name)).collect::<Vec<_>>()
    };
    desk.push("+ Label");
    assert_eq!(labels(&desk), ["label: New label"]);
    desk.fill("Name of the label label", "A bold claim");
    assert_eq!(labels(&desk), ["a-bold-claim: A bold claim"], "the id follows the name");
    desk.fill("Id of the label a-bold-claim", "bold claim");
    desk.expect("! “bold claim” cannot be an id.");
    desk.fill("Id of the label bold claim", "claim");
    desk.fill("Guidance of the label claim", "What could be checked.");
    assert_eq!(desk.bench().project().rubric().labels[0].guidance, "What could be checked.");
    desk.push("Remove the label claim");
    assert!(labels(&desk).is_empty());
    desk.execute(rubrica::workbench::Command::Undo);
    assert_eq!(labels(&desk), ["claim: A bold claim"]);
}
