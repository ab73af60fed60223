use super::*;
use crate::ui::commands::{JudgeCommand, When};

fn said(source: &str) -> Vec<String> {
    read(source).1.iter().map(ToString::to_string).collect()
}

#[test]
fn no_two_commands_share_keys_at_the_same_time() {
    let map = KeyMap::standard();
    let all = map.in_order();
    for (at, (one, keys)) in all.iter().enumerate() {
        for (other, same) in &all[at + 1..] {
            let clash = keys == same && one.when().meets(other.when());
            assert!(!clash, "{} and {} share {}", one.id(), other.id(), spell(keys));
        }
    }
}

#[test]
fn a_file_changes_what_it_names_and_nothing_else() {
    let (map, problems) = read(r#"{ "skip": "Ctrl+Right", "quit": [], "redo": ["Ctrl+Y", "Ctrl+Shift+Z"] }"#);
    assert_eq!(problems, []);
    let keys = |command| map.of(command).iter().map(spell).collect::<Vec<_>>();
    assert_eq!(keys(UiCommand::Judge(JudgeCommand::Skip)), ["Ctrl+Right"]);
    assert_eq!(keys(UiCommand::Quit), [""; 0]);
    assert_eq!(keys(UiCommand::Redo), ["Ctrl+Y", "Ctrl+Shift+Z"]);
    assert_eq!(keys(UiCommand::Save), ["Ctrl+S"]);
}

#[test]
fn what_is_wrong_is_said_at_its_place_and_the_rest_applies() {
    let source = "{\n    \"skp\": \"S\",\n    \"back\": \"Ctrl+Bakspace\",\n    \"flag\": \"Ctrl+G\",\n}\n";
    let (map, problems) = read(source);
    let problems: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        problems,
        [
            "keys.ron:2:5: There is no command “skp”; did you mean “skip”?",
            "keys.ron:3:13: “Bakspace” is not a key; did you mean “Backspace”?",
        ]
    );
    let keys = |command| map.of(UiCommand::Judge(command)).iter().map(spell).collect::<Vec<_>>();
    assert_eq!((keys(JudgeCommand::Back), keys(JudgeCommand::Flag)), (vec!["B".into()], vec!["Ctrl+G".to_owned()]));
    assert_eq!(said("[1]"), ["keys.ron:1:1: The file is a map of commands to keys: {\"skip\": \"S\"}."]);
    assert_eq!(said("{ \"skip\": 3 }").len(), 1);
    assert!(!said("{ \"skip\": \"S\"").is_empty(), "a brace is missing");
}

#[test]
fn clashes_are_said_where_both_keys_could_be_meant() {
    let clash = "keys.ron:1:3: “skip” and “flag” share F; only one of them gets it. Give one other keys.";
    assert_eq!(said("{ \"skip\": \"F\" }"), [clash]);
    // A tie of two and the tenth point of a scale are never asked at once; nor does judging clash with reading.
    assert_eq!(said("{ \"rate-9\": \"Left\", \"skip\": \"J\" }"), [""; 0]);
    assert_eq!(said("{ \"quit\": \"Ctrl+S\" }").len(), 1);
    assert!(When::Judging.meets(When::Choosing) && !When::Points.meets(When::YesNo));
}

#[test]
fn the_file_that_is_written_changes_nothing_and_names_everything() {
    let text = template();
    assert_eq!(read(&text), (KeyMap::standard(), vec![]));
    // With the comments off it says the same.
    let lines = text.lines().map(|line| match line.strip_prefix("    // \"") {
        Some(rest) => format!("    \"{rest}"),
        None => line.to_owned(),
    });
    let open: String = lines.map(|line| line + "\n").collect();
    assert_eq!(read(&open), (KeyMap::standard(), vec![]));
    assert!(UiCommand::all().all(|command| open.contains(&format!("{:?}: ", command.id()))));
}
