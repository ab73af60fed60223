use super::*;
use crate::model::review::{Act, Entry, FlagMark, Note, ReviewLog, Undo};
use jiff::Timestamp;
use proptest::prelude::*;
use std::fs;
use tempfile::TempDir;

fn entry(id: &str, act: Act) -> Entry {
    Entry { id: id.into(), at: Timestamp::UNIX_EPOCH, seconds: Some(4.2), act }
}

fn note(id: &str, text: &str) -> Entry {
    entry(id, Act::Note(Note { response: "r".into(), text: text.into() }))
}

fn line(entry: &Entry) -> String {
    serde_json::to_string(entry).unwrap() + "\n"
}

fn ids(log: &ReviewLog) -> Vec<&str> {
    log.entries().map(|entry| &*entry.id).collect()
}

/// A folder whose reviewer `anna` wrote this.
fn folder(log: &[u8]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("anna.jsonl"), log).unwrap();
    folder
}

#[track_caller]
fn check(log: &str, ids_expected: &[&str], mistakes: &[&str]) {
    let reading = read("reviews/anna.jsonl", log.as_bytes());
    let ids: Vec<&str> = reading.entries.iter().map(|entry| &*entry.id).collect();
    assert_eq!(ids, ids_expected);
    let said: Vec<String> = reading.mistakes.iter().map(ToString::to_string).collect();
    assert_eq!(said, mistakes);
}

const A: &str = r#"{"id":"a-1","at":"2026-01-01T00:00:00Z","act":{"note":{"response":"r","text":"x"}}}"#;
const B: &str = r#"{"id":"a-2","at":"2026-01-01T00:00:00Z","act":{"reveal":{}}}"#;

#[test]
fn lines_are_read_however_they_end() {
    check(&format!("\u{feff}{A}\r\n\r\n  \n{B}"), &["a-1", "a-2"], &[]);
    check("", &[], &[]);
    check("\n\n", &[], &[]);
}

#[test]
fn what_a_merge_brought_in_twice_counts_once() {
    check(&format!("{A}\n{B}\n{A}\n"), &["a-1", "a-2"], &[]);
    let other = A.replace("\"x\"", "\"y\"");
    let said = "reviews/anna.jsonl:2:7: Another entry has the id “a-1” already; this one does not count. \
                Give one of them an id of its own.";
    check(&format!("{A}\n{other}\n"), &["a-1"], &[said]);
    let said = ["<<<<<<< ours", "======="].iter().zip([1, 3]).map(|(_, line)| {
        format!(
            "reviews/anna.jsonl:{line}:1: This is the mark of an unfinished merge. Delete it and keep the entries of both \
             sides."
        )
    });
    let said: Vec<String> = said.collect();
    let said: Vec<&str> = said.iter().map(String::as_str).collect();
    check(&format!("<<<<<<< ours\n{A}\n=======\n{B}\n"), &["a-1", "a-2"], &said);
}

#[test]
fn what_is_wrong_is_named_with_its_place_and_all_else_loads() {
    let rating = r#"{"id":"a-3","at":"2026-01-01T00:00:00Z","act":{"rate":{"response":"r","criterion":"c","value":9,"scale":[1,5]}}}"#;
    // A line, what its mistake is at or just before, and what is said.
    let cases = [
        (
            A.replace("\"text\"", "\"texd\""),
            "\"texd\"",
            "There is no field `texd` here. Did you mean `text`? The line stays in the log.",
        ),
        (
            A.replace("\"note\"", "\"praise\""),
            "\"praise\"",
            "This version of Rubrica knows no act `praise`. Update Rubrica if a newer one wrote it. The line stays in the \
             log.",
        ),
        (
            A.replace("\"at\"", "é"),
            "é",
            "This line is not JSON: key must be a string. Mend it by hand. The line stays in the log.",
        ),
        (
            A.replace(r#""at":"2026-01-01T00:00:00Z","#, ""),
            "}}}",
            "The field `at` is missing. The line stays in the log.",
        ),
        (
            rating.to_owned(),
            "\"value\"",
            "9 is not on the scale from 1 to 5. The line stays in the log and does not count.",
        ),
    ];
    for (line, marked, said) in cases {
        let place = line.find(marked).unwrap() + if marked == "}}}" { 3 } else { 1 };
        check(&format!("{B}\n{line}\n{A}\n"), &["a-2", "a-1"], &[&format!("reviews/anna.jsonl:2:{place}: {said}")]);
    }
}

#[test]
fn a_line_cut_at_any_byte_is_moved_aside_and_nothing_else_is_lost() {
    let (first, second) = (line(&note("a-1", "first")), line(&note("a-2", "grün “x”")));
    for cut in 0..=second.len() {
        let folder = folder(format!("{first}{second}").as_bytes().split_at(first.len() + cut).0);
        let is_whole = cut + 1 >= second.len();
        let before = read_folder(folder.path());
        assert_eq!(ids(&before.logs[0]).len(), 1 + usize::from(is_whole), "cut at {cut}");
        assert_eq!(before.mistakes.is_empty(), cut == 0 || is_whole, "cut at {cut}");

        let mut writer = Writer::open(folder.path(), "anna").unwrap();
        let repairs = writer.take_repairs();
        assert_eq!(repairs.is_empty(), cut == 0 || cut == second.len(), "cut at {cut}: {repairs:?}");
        writer.append(note("a-3", "third")).unwrap();
        let after = read_folder(folder.path());
        assert!(after.mistakes.is_empty(), "{:?}", after.mistakes);
        let expected: &[&str] = if is_whole { &["a-1", "a-2", "a-3"] } else { &["a-1", "a-3"] };
        assert_eq!(ids(&after.logs[0]), expected);
        let torn = fs::read(folder.path().join("anna.torn")).unwrap_or_default();
        let expected = if is_whole || cut == 0 { Vec::new() } else { [&second.as_bytes()[..cut], b"\n"].concat() };
        assert_eq!(torn, expected);
    }
}

#[test]
fn one_writer_a_log_and_the_second_is_told_who_has_it() {
    let folder = tempfile::tempdir().unwrap();
    let first = Writer::open(folder.path(), "Anna").unwrap();
    let said = Writer::open(folder.path(), "Anna").unwrap_err().to_string();
    assert!(said.contains("“Anna” is judging this project elsewhere") && said.contains("process"), "{said}");
    Writer::open(folder.path(), "Ben").unwrap().append(note("b-1", "undisturbed")).unwrap();
    drop(first);
    assert!(!folder.path().join("Anna.lock").exists());
    Writer::open(folder.path(), "Anna").unwrap();
}

#[test]
fn names_in_another_letter_case_are_one_reviewer() {
    let folder = tempfile::tempdir().unwrap();
    Writer::open(folder.path(), "Anna").unwrap().append(note("a-1", "x")).unwrap();
    let mut writer = Writer::open(folder.path(), " anna ").unwrap();
    assert_eq!(writer.reviewer(), "Anna");
    writer.append(note("a-2", "y")).unwrap();
    let reviews = read_folder(folder.path());
    assert_eq!(reviews.logs.iter().map(|log| ids(log)).collect::<Vec<_>>(), [["a-1", "a-2"]]);
}

#[test]
fn a_log_that_a_merge_replaces_is_gone_on_with() {
    let folder = folder(line(&note("a-1", "x")).as_bytes());
    let path = folder.path().join("anna.jsonl");
    let mut writer = Writer::open(folder.path(), "anna").unwrap();
    writer.append(note("a-2", "y")).unwrap();
    assert!(!writer.take_changed());
    let merged = fs::read_to_string(&path).unwrap() + &line(&note("z-1", "from elsewhere"));
    crate::io::atomic::write(&path, merged.as_bytes()).unwrap();
    writer.append(note("a-3", "z")).unwrap();
    assert!(writer.take_changed());
    assert_eq!(ids(&read_folder(folder.path()).logs[0]), ["a-1", "a-2", "z-1", "a-3"]);
}

#[test]
fn what_cannot_be_saved_waits_and_is_saved_when_it_can_be() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path().join("reviews");
    let mut writer = Writer::open(&folder, "anna").unwrap();
    writer.append(note("a-1", "x")).unwrap();
    let away = outer.path().join("away");
    fs::rename(&folder, &away).unwrap();
    let said = writer.append(note("a-2", "y")).unwrap_err().to_string();
    assert!(said.contains("put it and its folder back") && said.contains("The judgement is kept"), "{said}");
    assert!(writer.append(note("a-3", "z")).unwrap_err().to_string().contains("2 judgements are kept"));
    assert_eq!(writer.take_saved().len(), 1);
    fs::rename(&away, &folder).unwrap();
    writer.retry().unwrap();
    assert_eq!(writer.pending().len(), 0);
    assert_eq!(writer.take_saved().len(), 2);
    assert_eq!(ids(&read_folder(&folder).logs[0]), ["a-1", "a-2", "a-3"]);
}

#[test]
fn what_no_entry_can_say_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::open(folder.path(), "anna").unwrap();
    let act = r#"{"rate":{"response":"r","criterion":"c","value":9,"scale":[1,5]}}"#;
    let said = writer.append(entry("a-1", serde_json::from_str(act).unwrap())).unwrap_err().to_string();
    assert_eq!(said, "Not saved: 9 is not on the scale from 1 to 5.");
    assert_eq!(writer.pending().len(), 0);
}

proptest! {
    // Every case writes files and waits for the disk.
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_bytes_are_read_and_mended(bytes in prop::collection::vec(any::<u8>(), 0..200), lines in 0usize..3) {
        let whole: String = (0..lines).map(|n| line(&note(&format!("a-{n}"), "x"))).collect();
        let folder = folder(&[whole.as_bytes(), &bytes].concat());
        let before = read_folder(folder.path());
        prop_assert!(before.logs[0].entries().len() + 1 >= lines);
        let mut writer = Writer::open(folder.path(), "anna").unwrap();
        writer.append(note("new-1", "y")).unwrap();
        let after = read_folder(folder.path());
        prop_assert_eq!(after.logs[0].entries().len(), before.logs[0].entries().len() + 1);
    }

    #[test]
    fn what_looks_like_a_log_is_read(text in r#"(\{"id":"a-1","at":"2026-01-01T00:00:00Z",|"act":|\{"note":|[{}",:\n]|"undo"|"r"){0,20}"#) {
        read("reviews/anna.jsonl", text.as_bytes());
    }

    #[test]
    fn what_is_appended_is_read(entries in prop::collection::vec((any::<String>(), any::<bool>(), prop::option::of(0.0..1e6f64)), 1..12)) {
        let folder = tempfile::tempdir().unwrap();
        let mut writer = Writer::open(folder.path(), "anna").unwrap();
        let mut session = EntryIds::new();
        for (text, flag, seconds) in entries {
            let act = match (flag, writer.take_saved().last()) {
                (true, Some(last)) => Act::Undo(Undo { entry: last.id.clone() }),
                (true, None) => Act::Flag(FlagMark { response: text, on: true, reason: String::new() }),
                (false, _) => Act::Note(Note { response: "r".into(), text }),
            };
            writer.append(Entry { id: session.next().unwrap(), at: Timestamp::now(), seconds, act }).unwrap();
        }
        let log = fs::read(folder.path().join("anna.jsonl")).unwrap();
        let reading = read("reviews/anna.jsonl", &log);
        prop_assert_eq!(reading.mistakes, vec![]);
        prop_assert_eq!(reading.end, End::Whole);
        drop(writer);
        prop_assert_eq!(fs::read(folder.path().join("anna.jsonl")).unwrap(), log);
    }
}
