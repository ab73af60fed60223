use crate::flags::Kind;
use crate::io::reviews::{Writer, read_folder};
use crate::io::store;
use crate::model::review::{Act, Entry, FlagMark, Note, Overrule, Rate};
use crate::model::{Criterion, Dimension, Edit, Judge, Node, Project, Rubric, Scale, Settings};
use crate::scoring::Progress;
use crate::workbench::session::{Queue, Recipe};
use crate::workbench::{Command, SessionCommand, Workbench};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

fn rubric() -> Rubric {
    let mut dimension = Dimension::new("d", "D");
    dimension.children = vec![Node::Criterion(Criterion::new("tone", "Tone", Judge::Human(Scale::YesNo)))];
    Rubric { dimensions: vec![dimension], ..Rubric::default() }
}

/// A project in a folder; its responses are in a file, as anybody's.
fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    fs::write(
        &file,
        "{\"id\":\"r1\",\"prompt\":\"p\",\"response\":\"a\"}\n{\"id\":\"r2\",\"prompt\":\"p\",\"response\":\"b\"}\n",
    )
    .unwrap();
    let cancel = std::sync::atomic::AtomicBool::new(false);
    let watch = crate::io::import::Watch { cancel: &cancel, progress: &|_| {} };
    let inputs = [crate::io::import::Input::Path(file)];
    let import = crate::io::import::open(&inputs, &Default::default(), &watch).unwrap();
    let project = Project::new("eval", rubric(), import.dataset, import.sources, import.report);
    let target = folder.path().join("eval");
    store::save(&project, "", None, &target, &Progress::default()).unwrap();
    (folder, target)
}

/// A window on the project at `path`, before which `name` sits.
fn open(path: &Path, name: &str) -> Workbench {
    let mut bench = Workbench::new(Arc::new(|| {}));
    bench.execute(Command::SetReviewer(name.into()));
    bench.execute(Command::Open(vec![path.to_owned()]));
    wait(&mut bench);
    bench
}

fn wait(bench: &mut Workbench) {
    while bench.job().is_some() {
        bench.poll();
        std::thread::yield_now();
    }
    bench.poll();
}

fn judge(bench: &mut Workbench, act: Act) {
    bench.execute(Command::Judge { act: Box::new(act), seconds: Some(1.5) });
}

fn rate(response: &str, value: f64) -> Act {
    Act::Rate(Rate {
        response: response.into(),
        criterion: "tone".into(),
        value: Some(value),
        scale: [0.0, 1.0],
        wording: String::new(),
        reason: String::new(),
        purpose: Default::default(),
    })
}

fn flag() -> Act {
    Act::Flag(FlagMark { response: "r1".into(), on: true, reason: String::new() })
}

fn on_disk(path: &Path, reviewer: &str) -> Vec<Entry> {
    let reviews = read_folder(&path.join("reviews"));
    assert_eq!(reviews.mistakes, []);
    let logs = reviews.logs.iter().filter(|log| **log.reviewer() == *reviewer);
    logs.flat_map(|log| log.entries()).map(|entry| (**entry).clone()).collect()
}

#[test]
fn a_judgement_is_on_disk_when_it_shows() {
    let (_folder, path) = folder();
    let mut bench = open(&path, "anna");
    judge(&mut bench, rate("r2", 1.0));
    assert_eq!(bench.judgements().combined(1, "tone", Default::default()), Some(1.0));
    assert_eq!(bench.reviews().my_index(), Some(0));
    let entries = on_disk(&path, "anna");
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].seconds, Some(1.5));
    assert_eq!(entries[0].session(), bench.reviews().session());
    assert!(!bench.is_modified(), "there is nothing more to save");
    drop(bench);
    assert_eq!(open(&path, "anna").judgements().ratings(1).len(), 1);
}

#[test]
fn undo_takes_back_the_newest_edit_or_judgement_and_redo_brings_it_back() {
    let (_folder, path) = folder();
    let mut bench = open(&path, "anna");
    bench.execute(Command::Edit(Edit::Rename("one".into())));
    judge(&mut bench, rate("r1", 1.0));
    bench.execute(Command::Edit(Edit::Rename("two".into())));
    let state = |bench: &Workbench| {
        (bench.project().name().to_owned(), bench.judgements().ratings(0).len(), bench.undo_label().map(str::to_owned))
    };
    let steps = [
        ("eval", 0, None),
        ("one", 0, Some("rename the project")),
        ("one", 1, Some("rate “Tone”")),
        ("two", 1, Some("rename the project")),
    ]
    .map(|(name, ratings, label)| (name.to_owned(), ratings, label.map(str::to_owned)));
    for _ in 0..2 {
        for step in steps.iter().rev() {
            assert_eq!(state(&bench), *step);
            bench.execute(Command::Undo);
        }
        for step in &steps {
            assert_eq!(state(&bench), *step);
            bench.execute(Command::Redo);
        }
    }
    assert_eq!(on_disk(&path, "anna").len(), 5, "nothing is rewritten: a reversal is an entry of its own");
    bench.execute(Command::Undo);
    bench.execute(Command::Undo);
    judge(&mut bench, flag());
    assert_eq!(bench.redo_label(), None, "what was undone is gone once something else is done");
    drop(bench);
    let bench = open(&path, "anna");
    assert_eq!((bench.judgements().ratings(0).len(), bench.judgements().flags(0).len()), (0, 1));
}

#[test]
fn any_entry_of_ones_own_can_be_taken_back() {
    let (_folder, path) = folder();
    let mut bench = open(&path, "anna");
    judge(&mut bench, flag());
    judge(&mut bench, rate("r1", 1.0));
    let first = on_disk(&path, "anna")[0].id.clone();
    bench.execute(Command::UndoJudgement(first));
    assert_eq!(bench.judgements().flags(0).len(), 0);
    bench.execute(Command::Undo);
    assert_eq!(bench.judgements().flags(0).len(), 1);
    bench.execute(Command::UndoJudgement("x-1".into()));
    assert_eq!(bench.notice(), Some("Only who made a judgement can take it back."));
}

#[test]
fn what_cannot_be_saved_is_told_at_once_and_does_not_show() {
    let (_folder, path) = folder();
    let mut bench = open(&path, "anna");
    judge(&mut bench, rate("r1", 1.0));
    let (reviews, away) = (path.join("reviews"), path.join("away"));
    fs::rename(&reviews, &away).unwrap();
    judge(&mut bench, rate("r2", 1.0));
    let said = bench.reviews().unsaved().unwrap().to_owned();
    assert!(said.starts_with("Not saved: ") && said.contains("put it and its folder back"), "{said}");
    assert_eq!(bench.notice(), Some(&*said));
    assert_eq!(bench.reviews().pending().len(), 1);
    assert_eq!(bench.judgements().ratings(1).len(), 0);
    assert!(bench.is_modified(), "leaving asks first");

    judge(&mut bench, flag());
    assert_eq!(bench.undo_label(), Some("flag"));
    bench.execute(Command::Undo);
    assert_eq!(bench.reviews().pending().len(), 1, "what was never saved is simply dropped");

    fs::rename(&away, &reviews).unwrap();
    bench.execute(Command::SaveJudgements);
    assert_eq!((bench.reviews().unsaved(), bench.judgements().ratings(1).len()), (None, 1));
    assert_eq!(on_disk(&path, "anna").len(), 2);
    bench.execute(Command::Undo);
    assert_eq!(bench.judgements().ratings(1).len(), 0);
}

#[test]
fn a_session_that_could_not_be_begun_begins_once_when_saving_works_again() {
    for is_asked_again in [false, true] {
        let (_folder, path) = folder();
        let mut bench = open(&path, "anna");
        judge(&mut bench, rate("r1", 1.0));
        let (reviews, away) = (path.join("reviews"), path.join("away"));
        fs::rename(&reviews, &away).unwrap();
        let begin = |bench: &mut Workbench, seed: u64| {
            let recipe = Recipe { queue: Queue::Filter, blind: true, seed, ..Recipe::default() };
            bench.execute(Command::Session(SessionCommand::Begin(Box::new(recipe))));
        };
        begin(&mut bench, 1);
        assert!(bench.reviews().unsaved().is_some() && bench.judging().session().is_none());
        judge(&mut bench, flag());
        begin(&mut bench, 2);
        begin(&mut bench, 3);
        assert_eq!(bench.reviews().pending().len(), 2, "the flag, and one beginning");

        fs::rename(&away, &reviews).unwrap();
        if is_asked_again {
            begin(&mut bench, 3);
        } else {
            bench.execute(Command::SaveJudgements);
        }
        let begun: Vec<u64> = on_disk(&path, "anna")
            .iter()
            .filter_map(|entry| match &entry.act {
                Act::Begin(begin) => Some(begin.seed),
                _ => None,
            })
            .collect();
        assert_eq!(begun, [3], "as it was asked for last");
        assert_eq!((bench.reviews().unsaved(), bench.judging().sessions().len()), (None, 1));
        let session = bench.judging().session().expect("the window goes on as it would have");
        assert_eq!((session.items.len(), session.seed), (2, 3));
        bench.execute(Command::Session(SessionCommand::Rate(Some(1.0), String::new())));
        assert_eq!(bench.judging().progress().done, 1);
    }
}

#[test]
fn what_is_asked_for_twice_while_it_waits_is_decided_once() {
    let (_folder, path) = folder();
    let mut bench = open(&path, "anna");
    judge(&mut bench, rate("r1", 1.0));
    let recipe = Recipe { queue: Queue::Filter, blind: true, ..Recipe::default() };
    bench.execute(Command::Session(SessionCommand::Begin(Box::new(recipe))));
    let (reviews, away) = (path.join("reviews"), path.join("away"));
    fs::rename(&reviews, &away).unwrap();
    for _ in 0..2 {
        bench.execute(Command::Session(SessionCommand::Reveal));
        assert!(bench.is_blind(), "names stay hidden until the log says that they were shown");
    }
    fs::rename(&away, &reviews).unwrap();
    bench.execute(Command::Session(SessionCommand::Reveal));
    assert!(!bench.is_blind());
    assert_eq!(on_disk(&path, "anna").iter().filter(|entry| entry.act == Act::Reveal {}).count(), 1);
}

#[test]
fn a_second_window_is_told_and_other_reviewers_are_seen() {
    let (_folder, path) = folder();
    let mut first = open(&path, "anna");
    judge(&mut first, rate("r1", 1.0));
    let mut second = open(&path, "anna");
    assert!(second.reviews().read_only().unwrap().contains("“anna” is judging this project elsewhere"));
    judge(&mut second, rate("r1", 0.0));
    assert_eq!(on_disk(&path, "anna").len(), 1);

    second.execute(Command::SetReviewer("ben".into()));
    judge(&mut second, rate("r1", 0.0));
    assert_eq!(on_disk(&path, "ben").len(), 1);
    first.execute(Command::LookAgain);
    wait(&mut first);
    assert_eq!(first.judgements().ratings(0).len(), 2);
    assert_eq!(first.notice(), Some("ben added an entry."));
    judge(&mut first, rate("r2", 1.0));
    assert_eq!(on_disk(&path, "anna").len(), 2);
    drop(first);
    second.execute(Command::SetReviewer("anna".into()));
    judge(&mut second, flag());
    assert_eq!(on_disk(&path, "anna").len(), 3, "whoever is done lets go of the log");
}

#[test]
fn what_a_merge_brings_into_ones_own_log_is_seen() {
    let (_folder, path) = folder();
    let mut bench = open(&path, "anna");
    judge(&mut bench, rate("r1", 1.0));
    let log = path.join("reviews/anna.jsonl");
    let other = r#"{"id":"z-1","at":"2026-01-01T00:00:00Z","act":{"note":{"response":"r2","text":"from home"}}}"#;
    let merged = fs::read_to_string(&log).unwrap() + other + "\n";
    crate::io::atomic::write(&log, merged.as_bytes()).unwrap();
    bench.execute(Command::LookAgain);
    assert_eq!(bench.judgements().notes(1).len(), 1);
    judge(&mut bench, Act::Note(Note { response: "r2".into(), text: String::new() }));
    assert_eq!(bench.judgements().notes(1).len(), 0);
    assert_eq!(on_disk(&path, "anna").len(), 3);
}

#[test]
fn a_project_saved_elsewhere_takes_its_judgements_along() {
    let (folder, path) = folder();
    Writer::open(&path.join("reviews"), "ben").unwrap();
    let mut bench = open(&path, "anna");
    judge(&mut bench, rate("r1", 1.0));
    let copy = folder.path().join("copy");
    bench.execute(Command::Save(Some(copy.clone())));
    // It may be judged while it is being saved.
    judge(&mut bench, rate("r2", 1.0));
    wait(&mut bench);
    judge(&mut bench, flag());
    assert_eq!(on_disk(&copy, "anna").len(), 3);
    assert_eq!(on_disk(&path, "anna").len(), 2);
    assert_eq!(bench.reviews().logs().len(), 1);
}

#[test]
fn a_window_that_saved_its_project_for_the_first_time_has_the_log_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.jsonl");
    fs::write(&file, "{\"id\":\"r1\",\"prompt\":\"p\",\"response\":\"a\"}\n").unwrap();
    let mut first = Workbench::new(Arc::new(|| {}));
    first.keep_in(folder.path().join("data"));
    first.execute(Command::SetReviewer("anna".into()));
    first.execute(Command::Open(vec![file]));
    wait(&mut first);
    first.execute(Command::Import);
    wait(&mut first);
    first.execute(Command::Edit(Edit::SetRubric(Box::new(rubric()))));
    judge(&mut first, rate("r1", 1.0));
    let path = folder.path().join("eval");
    first.execute(Command::Save(Some(path.clone())));
    wait(&mut first);
    assert_eq!(on_disk(&path, "anna").len(), 1);
    let second = open(&path, "anna");
    assert!(second.reviews().read_only().unwrap().contains("“anna” is judging this project elsewhere"));
    judge(&mut first, rate("r1", 0.0));
    assert_eq!(on_disk(&path, "anna").len(), 2);
}

#[test]
fn ratings_under_other_words_are_stale_at_once() {
    let (_folder, path) = folder();
    let mut bench = open(&path, "anna");
    let mut act = rate("r1", 1.0);
    if let Act::Rate(rate) = &mut act {
        rate.wording = crate::model::review::wording(bench.project().rubric().criteria()[0].1);
    }
    judge(&mut bench, act);
    assert!(!bench.judgements().ratings(0)[0].stale);
    let mut rubric = (**bench.project().rubric()).clone();
    if let Node::Criterion(criterion) = &mut rubric.dimensions[0].children[0] {
        criterion.guidance = "Mind the reader.".into();
    }
    bench.execute(Command::Edit(Edit::SetRubric(Box::new(rubric))));
    assert!(bench.judgements().ratings(0)[0].stale);
    bench.execute(Command::Undo);
    assert!(!bench.judgements().ratings(0)[0].stale);
}

/// A project whose only check says of both responses that they are met.
fn checked() -> (TempDir, PathBuf) {
    let (folder, path) = folder();
    fs::write(
        path.join("rubric.ron"),
        "Rubric(dimensions: [(id: \"d\", criteria: [(id: \"any\", check: Pattern(pattern: \"[ab]\"))])])",
    )
    .unwrap();
    (folder, path)
}

fn overrule(response: &str, value: Option<f64>) -> Act {
    Act::Overrule(Overrule {
        response: response.into(),
        criterion: "any".into(),
        value,
        machine: Some(1.0),
        reason: "I read it.".into(),
    })
}

#[test]
fn what_people_and_checks_judge_differently_is_flagged_at_once_and_can_be_filtered() {
    let (_folder, path) = checked();
    let mut bench = open(&path, "anna");
    assert!(bench.shown_kinds(1).is_empty());
    judge(&mut bench, overrule("r2", Some(0.0)));
    wait(&mut bench);
    assert!(bench.shown_kinds(1).contains(Kind::Disagree) && bench.shown_kinds(0).is_empty());
    assert_eq!(bench.flagged().unwrap().tally().of_kind(Kind::Disagree), 1);
    bench.execute(Command::SetFilter("flag:disagree".into()));
    wait(&mut bench);
    assert_eq!(*bench.listed(), [1]);
    bench.execute(Command::SelectRow(1));
    let told: Vec<&str> = bench.focus_flags().iter().map(|flag| &*flag.why).collect();
    assert_eq!(told, ["The check says that “any” is met, and people say not met."]);

    // What is taken back is no flag, and a kind can be left out for the whole project.
    bench.execute(Command::Undo);
    wait(&mut bench);
    assert_eq!(bench.listed().len(), 0);
    bench.execute(Command::Redo);
    wait(&mut bench);
    assert_eq!(*bench.listed(), [1]);
    let mut settings = Settings::clone(bench.project().settings());
    settings.flags.off = vec![Kind::Disagree];
    bench.execute(Command::Edit(Edit::SetSettings(Box::new(settings))));
    wait(&mut bench);
    assert_eq!(bench.listed().len(), 0);
}
