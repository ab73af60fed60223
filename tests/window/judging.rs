//! Judging: sessions from the keyboard, blind, calibration, disputes, and what the files hold then.

use crate::desk::{CTRL, CTRL_SHIFT, Desk};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use rubrica::io::reviews::{End, read};
use rubrica::model::review::{Act, Choice, Entry, Purpose};
use rubrica::model::{Criterion, Dimension, Edit, Judge, Node, ReviewSettings, Rubric, Scale, Settings, SpanLabel};
use rubrica::workbench::Command;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

pub(crate) const NONE: Modifiers = Modifiers::NONE;
const MODELS: [&str; 4] = ["Zephyrine", "Quillmark", "Bramblet", "Ondurelle"];

/// Answers of four models to each of `prompts` prompts, as lines of a file; each names its own model.
fn answers(prompts: usize) -> String {
    let line = |number: usize, model: &str| {
        format!(
            "{{\"id\": \"{model}-{number}\", \"prompt\": \"How to do {number}?\", \"model\": \"{model}\", \
             \"response\": \"I am {model}, and this is answer {number}.\", \"generator\": \"{model}\"}}\n"
        )
    };
    (0..prompts).flat_map(|number| MODELS.map(|model| line(number, model))).collect()
}

/// One criterion on points, one yes-no.
pub(crate) fn people() -> Rubric {
    let points = ["poor", "fair", "good", "very good", "excellent"].map(str::to_owned);
    let mut tone = Criterion::new("tone", "Tone", Judge::Human(Scale::Points(points.into())));
    tone.guidance = "Does it speak as it should?".into();
    let sound = Criterion::new("sound", "Sound", Judge::Human(Scale::YesNo));
    let mut dimension = Dimension::new("quality", "Quality");
    dimension.children = vec![Node::Criterion(tone), Node::Criterion(sound)];
    let labels = vec![SpanLabel { id: "claim".into(), name: "Claim".into(), guidance: String::new() }];
    Rubric { name: "People".into(), dimensions: vec![dimension], labels, ..Rubric::default() }
}

/// A window on a project in a folder, where somebody judges.
pub(crate) struct Table {
    pub(crate) desk: Desk,
    folder: TempDir,
}

impl Table {
    /// A project of `prompts` prompts under [`people`].
    pub(crate) fn new(prompts: usize, reviewer: &str) -> Self {
        Self::under(people(), prompts, reviewer)
    }

    pub(crate) fn under(rubric: Rubric, prompts: usize, reviewer: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let file = folder.path().join("answers.jsonl");
        std::fs::write(&file, answers(prompts)).expect("the folder is writable");
        let mut table = Self::at(folder, reviewer, vec![file]);
        table.desk.execute(Command::Import);
        table.desk.execute(Command::Edit(Edit::SetRubric(Box::new(rubric))));
        let path = table.path();
        table.desk.execute(Command::Save(Some(path)));
        table.desk.press(CTRL, Key::J);
        table
    }

    fn at(folder: TempDir, reviewer: &str, paths: Vec<PathBuf>) -> Self {
        let mut desk = Desk::empty();
        desk.keep_in(folder.path().join("data"));
        desk.execute(Command::SetReviewer(reviewer.into()));
        desk.execute(Command::Open(paths));
        Self { desk, folder }
    }

    /// The window is closed and another one opened, where `reviewer` sits down.
    pub(crate) fn reopened(self, reviewer: &str) -> Self {
        let Self { desk, folder } = self;
        drop(desk);
        let path = folder.path().join("judged");
        let mut table = Self::at(folder, reviewer, vec![path]);
        table.desk.press(CTRL, Key::J);
        table
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join("judged")
    }

    pub(crate) fn rules(&mut self, change: impl FnOnce(&mut ReviewSettings)) {
        let mut settings: Settings = (**self.desk.bench().project().settings()).clone();
        change(&mut settings.review);
        self.desk.execute(Command::Edit(Edit::SetSettings(Box::new(settings))));
        self.desk.execute(Command::Save(None));
    }

    pub(crate) fn start(&mut self) {
        self.desk.push("Start the session");
    }

    /// Whether `reviewer` has judged nothing.
    pub(crate) fn log_is_empty(&self, reviewer: &str) -> bool {
        let path = self.path().join("reviews").join(format!("{reviewer}.jsonl"));
        !path.exists() || entries(&path).is_empty()
    }

    /// What the log of `reviewer` on disk holds.
    pub(crate) fn log(&self, reviewer: &str) -> Vec<Entry> {
        entries(&self.path().join("reviews").join(format!("{reviewer}.jsonl")))
    }
}

pub(crate) fn entries(path: &Path) -> Vec<Entry> {
    let bytes = std::fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let reading = read("log", &bytes);
    assert!(reading.mistakes.is_empty() && matches!(reading.end, End::Whole), "{:?}", reading.mistakes);
    reading.entries
}

#[test]
fn two_hundred_judgements_go_from_the_keyboard_to_the_disk_one_by_one() {
    let mut table = Table::new(25, "anna");
    table.start();
    let points = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5];
    for number in 0..100 {
        table.desk.press(NONE, points[number % 5]);
        let on_disk = table.log("anna");
        assert!(matches!(&on_disk.last().unwrap().act, Act::Rate(rate) if rate.criterion == "tone"));
        table.desk.press(NONE, if number % 3 == 0 { Key::N } else { Key::Y });
    }
    let log = table.log("anna");
    assert!(matches!(log[0].act, Act::Begin(_)));
    assert_eq!(log.len(), 201);
    for (number, pair) in log[1..].chunks(2).enumerate() {
        let id = format!("{}-{}", MODELS[number % 4], number / 4);
        for (entry, criterion, value) in
            [(&pair[0], "tone", (number % 5 + 1) as f64), (&pair[1], "sound", f64::from(u8::from(number % 3 != 0)))]
        {
            let Act::Rate(rate) = &entry.act else { panic!("{entry:?}") };
            assert_eq!((&*rate.response, &*rate.criterion, rate.value), (&*id, criterion, Some(value)));
            assert!(entry.seconds.is_some());
        }
    }
    table.desk.expect("This session is done");
    table.desk.expect("✓ saved");
}

/// Fails where a model is named anywhere on screen.
#[track_caller]
fn hidden(table: &Table) {
    for model in MODELS {
        assert!(!table.desk.sees(model), "{model} is seen");
    }
}

#[test]
fn judging_blind_shows_no_name_anywhere_until_it_is_done_or_revealed() {
    let mut table = Table::new(2, "anna");
    table.desk.push("Prefer");
    table.desk.click(Role::CheckBox, "Blind");
    table.start();
    hidden(&table);
    table.desk.expect("Comparison 1 of 12");
    // Everything else that could tell: the numbers, the menu, the report, the filter, and a restart.
    table.desk.click_first(Role::Button, "Results");
    table.desk.press(CTRL, Key::Num1);
    table.desk.expect("Hidden while you judge blind.");
    hidden(&table);
    table.desk.execute(Command::SetFilter("model:Zephyrine".into()));
    assert_eq!(table.desk.bench().filter().text(), "");
    table.desk.press(CTRL, Key::J);
    table.desk.press(NONE, Key::ArrowLeft);
    hidden(&table);
    table.desk.push("Show prompt");
    hidden(&table);
    table.desk.push("Pause");
    hidden(&table);
    let mut table = table.reopened("anna");
    hidden(&table);
    table.desk.click_first(Role::Button, "Go on: Prefer, blind: not judged by me, 1 of 12 done");
    table.desk.expect("Comparison 2 of 12");
    hidden(&table);
    table.desk.press(CTRL, Key::R);
    assert!(MODELS.iter().any(|model| table.desk.sees(model)));
    assert!(matches!(table.log("anna").last().unwrap().act, Act::Reveal {}), "revealing is logged");
}

#[test]
fn rating_blind_hides_names_in_texts_and_in_flags_that_quote_them() {
    let mut table = Table::new(2, "anna");
    table.desk.expect("Zephyrine");
    table.desk.click(Role::CheckBox, "Blind");
    table.start();
    for number in 1..=8 {
        table.desk.expect(&format!("Response {number} of 8"));
        table.desk.expect("and this is answer");
        hidden(&table);
        table.desk.press(NONE, Key::Num2);
        table.desk.press(NONE, Key::Y);
    }
    table.desk.expect("Names of models are shown again.");
}

#[test]
fn pairs_are_chosen_by_arrows_and_what_was_taken_back_is_asked_again() {
    let mut table = Table::new(1, "anna");
    table.desk.push("Prefer");
    table.start();
    let keys = [
        (NONE, Key::ArrowLeft, Choice::First),
        (Modifiers::SHIFT, Key::ArrowLeft, Choice::MuchBetterFirst),
        (NONE, Key::ArrowRight, Choice::Second),
        (Modifiers::SHIFT, Key::ArrowRight, Choice::MuchBetterSecond),
        (NONE, Key::Equals, Choice::Tie),
    ];
    for (at, (modifiers, key, choice)) in keys.into_iter().enumerate() {
        table.desk.expect(&format!("Comparison {} of 6", at + 1));
        table.desk.press(modifiers, key);
        let log = table.log("anna");
        assert!(matches!(&log.last().unwrap().act, Act::Prefer(prefer) if prefer.choice == choice), "{choice:?}");
    }
    table.desk.press(NONE, Key::U);
    table.desk.expect("Comparison 5 of 6");
    assert!(matches!(table.log("anna").last().unwrap().act, Act::Undo(_)));
    table.desk.press(NONE, Key::Num0);
    table.desk.press(NONE, Key::S);
    table.desk.expect("Nothing else is left");
    table.desk.press(NONE, Key::R);
    table.desk.type_text("both wander");
    table.desk.press(NONE, Key::Enter);
    table.desk.press(NONE, Key::Equals);
    let log = table.log("anna");
    assert!(matches!(&log.last().unwrap().act, Act::Prefer(prefer) if prefer.reason == "both wander"));
    table.desk.expect("This session is done");
}

#[test]
fn four_are_ranked_by_their_numbers() {
    let mut table = Table::new(1, "anna");
    table.desk.push("Prefer");
    table.desk.push("4");
    table.start();
    for key in [Key::Num3, Key::Equals, Key::Num1, Key::Num4, Key::Enter] {
        table.desk.press(NONE, key);
    }
    let log = table.log("anna");
    let Act::Rank(rank) = &log.last().unwrap().act else { panic!("{log:?}") };
    assert_eq!(rank.ranks, [1, 4, 1, 3]);
}

#[test]
fn a_reviewer_calibrates_before_the_queue_opens() {
    let mut table = Table::new(1, "lead");
    table.rules(|rules| rules.required_agreement = Some(0.75));
    // The lead records gold: 1 yes for each of the four.
    table.desk.click(Role::CheckBox, "Record as gold");
    table.start();
    for _ in 0..4 {
        table.desk.press(NONE, Key::R);
        table.desk.type_text("It wanders.");
        table.desk.press(NONE, Key::Enter);
        table.desk.press(NONE, Key::Num1);
        table.desk.press(NONE, Key::Y);
    }
    assert!(
        table
            .log("lead")
            .iter()
            .skip(1)
            .all(|entry| { matches!(&entry.act, Act::Rate(rate) if rate.purpose == Purpose::Gold) })
    );
    let mut table = table.reopened("anna");
    table.desk.expect("This project asks for calibration first: 0 of 8 gold answers are compared.");
    table.start();
    assert!(table.desk.bench().judging().session().is_none());
    table.desk.push("Calibrate");
    table.start();
    for number in 0..4 {
        table.desk.press(NONE, if number == 0 { Key::Num3 } else { Key::Num1 });
        assert!(!table.desk.sees("It wanders."), "the gold answer comes after one’s own");
        table.desk.press(NONE, Key::Y);
        table.desk.expect("It wanders.");
        table.desk.expect("Gold, by lead:");
        table.desk.expect("1  poor");
        let (same, all) = (2 * number + 1, 2 * number + 2);
        table.desk.expect(&format!("So far {same} of {all} are as gold"));
        table.desk.expect("75\u{a0}% are asked for");
        table.desk.press(NONE, Key::Enter);
    }
    table.desk.expect("You agree with gold on 7 of 8 answers (88 %).");
    table.desk.expect("lenient +0.12");
    table.desk.expect("The queue is open to you.");
    table.desk.press(NONE, Key::B);
    table.desk.expect("Calibration 4 of 4");
    table.desk.press(NONE, Key::Enter);
    let mut table = table.reopened("anna");
    table.desk.expect("This session is done");
    table.desk.press(NONE, Key::Enter);
    table.desk.expect("Start a session");
    assert!(!table.desk.sees("Go on: "), "what is done is not gone on with");
    table.desk.push("Rate");
    table.start();
    table.desk.expect("Response 1 of 4");
}

#[test]
fn disputes_are_settled_worst_first_with_the_reasons_beside() {
    let rate = |table: &mut Table, keys: [Key; 2]| {
        table.start();
        for key in keys {
            table.desk.press(NONE, Key::R);
            table.desk.type_text("as I see it");
            table.desk.press(NONE, Key::Enter);
            table.desk.press(NONE, key);
            table.desk.press(NONE, Key::Y);
        }
        table.desk.push("Pause");
    };
    let mut table = Table::new(1, "anna");
    rate(&mut table, [Key::Num2, Key::Num1]);
    let mut table = table.reopened("ben");
    rate(&mut table, [Key::Num3, Key::Num5]);
    let mut table = table.reopened("lead");
    table.desk.push("Settle");
    table.start();
    table.desk.expect("Dispute 1 of 2");
    for words in ["anna", "ben", "“as I see it”"] {
        table.desk.expect(words);
    }
    table.desk.press(NONE, Key::Num4);
    let log = table.log("lead");
    let Act::Rate(rate) = &log.last().unwrap().act else { panic!("{log:?}") };
    assert_eq!((&*rate.response, rate.value, rate.purpose), ("Quillmark-0", Some(4.0), Purpose::Final));
    table.desk.expect("Dispute 2 of 2");
}

#[test]
fn what_others_rated_is_seen_after_ones_own_rating() {
    let mut table = Table::new(2, "anna");
    table.start();
    table.desk.press(NONE, Key::Num2);
    table.desk.press(NONE, Key::Y);
    table.desk.push("Pause");
    let mut table = table.reopened("ben");
    table.start();
    assert!(!table.desk.sees("What reviewers said"));
    table.desk.press(NONE, Key::Num5);
    assert!(!table.desk.sees("What reviewers said"), "the next criterion is not answered yet");
    table.desk.press(NONE, Key::ArrowUp);
    table.desk.expect("What reviewers said");
    table.desk.expect("anna");
}

#[test]
fn flags_notes_and_the_place_survive_and_fields_keep_their_keys() {
    let mut table = Table::new(2, "anna");
    table.start();
    table.desk.press(NONE, Key::F);
    table.desk.press(NONE, Key::M);
    table.desk.type_text("see s and 3");
    table.desk.press(NONE, Key::Enter);
    table.desk.expect("anna: see s and 3");
    table.desk.press(NONE, Key::S);
    table.desk.expect("Response 2 of 8");
    table.desk.press(NONE, Key::Num3);
    let mut table = table.reopened("anna");
    table.desk.expect("Response 2 of 8");
    let entries = table.log("anna");
    let flag = entries.iter().any(|entry| matches!(&entry.act, Act::Flag(flag) if flag.on));
    let note = entries.iter().any(|entry| matches!(&entry.act, Act::Note(note) if note.text == "see s and 3"));
    assert!(flag && note);
    table.desk.press(NONE, Key::Y);
    table.desk.expect("Response 3 of 8");
    table.desk.expect("1 skipped");
}

#[test]
fn a_rubric_without_criteria_for_people_offers_one() {
    let mut table = Table::under(crate::desk::rubric(), 1, "anna");
    table.desk.expect("The rubric has no criterion that people rate");
    table.desk.push("Add one");
    table.desk.expect("Overall quality");
    table.desk.press(NONE, Key::Num4);
    let log = table.log("anna");
    assert!(matches!(&log.last().unwrap().act, Act::Rate(rate) if rate.value == Some(4.0)));
}

#[test]
fn what_cannot_be_saved_is_said_and_is_not_shown_as_judged() {
    let mut desk = Desk::with(crate::desk::project());
    desk.execute(Command::Edit(Edit::SetRubric(Box::new(people()))));
    desk.press(CTRL, Key::J);
    desk.press(NONE, Key::Enter);
    desk.press(NONE, Key::Num3);
    desk.expect("not saved");
    assert!(!desk.sees("✓ saved"));
    desk.expect("Rate Sound: not rated");
    let folder = tempfile::tempdir().unwrap();
    desk.execute(Command::Save(Some(folder.path().join("judged"))));
    desk.expect("✓ saved");
    desk.expect("Rate Tone: 3");
}

#[test]
fn four_are_ranked_with_all_of_them_in_sight_and_the_queue_comes_back_by_a_key() {
    let mut table = Table::new(2, "anna");
    table.desk.push("Prefer");
    table.desk.push("4");
    table.start();
    let heads = |table: &Table| -> Vec<egui::Rect> {
        let labels = table.desk.labels(Role::Button);
        let heads = labels.iter().filter(|label| label.starts_with("Column "));
        heads.map(|label| table.desk.rect(Role::Button, label)).collect()
    };
    let check = |table: &Table, narrowest: f32| {
        let panel = table.desk.rect(Role::Button, "Pause").left();
        let heads = heads(table);
        assert_eq!(heads.len(), 4);
        for head in heads {
            assert!(head.left() >= 0.0 && head.right() <= panel, "{head} is not in sight");
            assert!(head.width() >= narrowest, "{head} is {} wide", head.width());
        }
        assert!(!table.desk.sees("Show A"), "nothing has to be reached by tabs");
    };
    check(&table, 250.0);
    assert!(!table.desk.sees("0 of 2 done"), "the queue lends its room");
    table.desk.press(NONE, Key::H);
    table.desk.expect("0 of 2 done");
    check(&table, 165.0);
    table.desk.press(NONE, Key::H);
    assert!(!table.desk.sees("0 of 2 done"));
    for key in [Key::Num1, Key::Num2, Key::Num3, Key::Enter] {
        table.desk.press(NONE, key);
    }
    table.desk.press(CTRL_SHIFT, Key::J);
    table.desk.expect("8 responses");
}

#[test]
fn a_session_is_chosen_by_keys_alone() {
    let mut table = Table::new(2, "anna");
    table.desk.press(CTRL, Key::J);
    for key in [Key::Tab, Key::Space] {
        table.desk.press(NONE, key);
    }
    table.desk.expect("At once");
    table.desk.press(CTRL, Key::Enter);
    table.desk.expect("Comparison 1 of 12");
    table.desk.press(NONE, Key::ArrowLeft);
    assert!(matches!(&table.log("anna").last().unwrap().act, Act::Prefer(_)));
}

#[test]
fn leaving_unsaved_changes_is_asked_and_enter_saves_them_first() {
    let mut table = Table::new(1, "anna");
    let path = table.path();
    table.desk.execute(Command::Edit(Edit::Rename("renamed".into())));
    let leave = |table: &mut Table| {
        table.desk.press(CTRL, Key::K);
        table.desk.type_text("Open the demo");
        table.desk.press(NONE, Key::Enter);
    };
    leave(&mut table);
    table.desk.expect("“renamed” has changes that are not saved.");
    table.desk.press(NONE, Key::Escape);
    assert!(!table.desk.bench().files().is_demo());
    leave(&mut table);
    table.desk.press(NONE, Key::Enter);
    table.desk.settle();
    assert!(table.desk.bench().files().is_demo());
    let saved = std::fs::read_to_string(path.join("project.ron")).expect("it was saved");
    assert!(saved.contains("renamed"), "{saved}");
    table.desk.expect("You worked on “judged” last.");
    table.desk.press(CTRL_SHIFT, Key::Enter);
    table.desk.settle();
    assert_eq!(table.desk.bench().project().name(), "renamed");
}

#[test]
fn what_could_not_be_saved_is_tried_again_by_a_key() {
    let mut table = Table::new(1, "anna");
    table.start();
    let (reviews, away) = (table.path().join("reviews"), table.path().join("away"));
    std::fs::rename(&reviews, &away).expect("the folder is ours");
    table.desk.press(NONE, Key::Num4);
    table.desk.expect("Not saved");
    std::fs::rename(&away, &reviews).expect("the folder is ours");
    table.desk.press(CTRL_SHIFT, Key::Enter);
    assert!(!table.desk.sees("Not saved"));
    table.desk.expect("Saved what waited.");
    assert!(matches!(&table.log("anna").last().unwrap().act, Act::Rate(rate) if rate.value == Some(4.0)));
    table.desk.press(CTRL_SHIFT, Key::Enter);
    table.desk.expect("No line below the bar offers anything.");
}
