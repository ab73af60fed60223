use crate::io::store;
use crate::model::review::{Act, FlagMark};
use crate::model::{Edit, Project};
use crate::scoring::Progress;
use crate::workbench::{Command, Workbench};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

const ANSWERS: &str =
    "{\"id\":\"r1\",\"prompt\":\"p\",\"response\":\"a\"}\n{\"id\":\"r2\",\"prompt\":\"p\",\"response\":\"b\"}\n";

/// A machine with a data folder, and a folder to work in.
struct Machine {
    root: TempDir,
    work: TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self { root: tempfile::tempdir().unwrap(), work: tempfile::tempdir().unwrap() };
        fs::write(machine.path("answers.jsonl"), ANSWERS).unwrap();
        machine
    }

    fn path(&self, name: &str) -> PathBuf {
        self.work.path().join(name)
    }

    /// A project called `name`: packed, where it ends so.
    fn project(&self, name: &str) -> PathBuf {
        let mut bench = self.import();
        let path = self.path(name);
        bench.execute(Command::Save(Some(path.clone())));
        wait(&mut bench);
        assert_eq!(bench.files().mistakes(), [""; 0]);
        path
    }

    /// A window just started.
    fn start(&self) -> Workbench {
        let mut bench = Workbench::new(Arc::new(|| {}));
        bench.keep_in(self.root.path().to_owned());
        bench
    }

    fn open(&self, path: &Path) -> Workbench {
        let mut bench = self.start();
        bench.execute(Command::Open(vec![path.to_owned()]));
        wait(&mut bench);
        bench
    }

    /// A window on imported responses that were never saved.
    fn import(&self) -> Workbench {
        let mut bench = self.open(&self.path("answers.jsonl"));
        bench.execute(Command::Import);
        wait(&mut bench);
        assert_eq!(bench.project().dataset().responses().len(), 2);
        bench
    }

    /// The program dies: what is on disk at that instant is what the next start finds.
    fn crash(self, bench: Workbench) -> Self {
        bench.finish_keeping();
        let root = tempfile::tempdir().unwrap();
        copy(self.root.path(), root.path());
        drop(bench);
        Self { root, ..self }
    }

    /// What the data folder holds of projects.
    fn places(&self) -> Vec<PathBuf> {
        let places = fs::read_dir(self.root.path().join("projects")).into_iter().flatten();
        places.map(|entry| entry.unwrap().path()).filter(|path| holds_work(path)).collect()
    }
}

fn holds_work(place: &Path) -> bool {
    let names = fs::read_dir(place).into_iter().flatten().map(|entry| entry.unwrap().file_name());
    names.into_iter().any(|name| !matches!(name.to_str(), Some("state.json" | "about.json" | "window.lock")))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

fn wait(bench: &mut Workbench) {
    while bench.job().is_some() {
        bench.poll();
        std::thread::yield_now();
    }
    bench.poll();
}

fn flag(bench: &mut Workbench, response: &str) {
    let act = Act::Flag(FlagMark { response: response.into(), on: true, reason: String::new() });
    bench.execute(Command::Judge { act: Box::new(act), seconds: None });
    assert_eq!(bench.reviews().unsaved(), None);
}

fn rename(bench: &mut Workbench, name: &str) {
    bench.execute(Command::Edit(Edit::Rename(name.into())));
    bench.execute(Command::Seal);
}

fn flagged(bench: &Workbench) -> Vec<u32> {
    bench.judgements().rows().collect()
}

fn saved(path: &Path) -> (Project, Vec<String>) {
    let opened = store::open(path, &Progress::default()).unwrap();
    assert_eq!(opened.reviews.mistakes, []);
    let entries = opened.reviews.logs.iter().flat_map(|log| log.entries().cloned().collect::<Vec<_>>());
    (opened.project, entries.map(|entry| entry.id.clone()).collect())
}

#[test]
fn edits_survive_a_crash_and_are_restored_on_demand() {
    let machine = Machine::new();
    let path = machine.project("eval");
    let mut bench = machine.open(&path);
    rename(&mut bench, "one");
    rename(&mut bench, "two");
    let machine = machine.crash(bench);

    let mut bench = machine.open(&path);
    assert_eq!(bench.project().name(), "answers");
    let said = bench.offer().unwrap();
    assert!(said.starts_with("Unsaved work on “two” from "), "{said}");
    assert!(!bench.restoring_replaces());
    bench.execute(Command::RestoreDraft);
    wait(&mut bench);
    assert_eq!((bench.project().name(), bench.offer(), bench.is_modified()), ("two", None, true));
    bench.execute(Command::Undo);
    assert_eq!((bench.project().name(), bench.is_modified()), ("answers", false));
    bench.execute(Command::Redo);

    // And once more: what was restored is kept as well.
    let machine = machine.crash(bench);
    let mut bench = machine.open(&path);
    bench.execute(Command::RestoreDraft);
    wait(&mut bench);
    bench.execute(Command::Save(None));
    wait(&mut bench);
    assert_eq!(saved(&path).0.name(), "two");
    drop(bench);
    assert_eq!(machine.places(), [] as [PathBuf; 0]);
    assert_eq!(machine.open(&path).offer(), None);
}

#[test]
fn the_next_start_offers_what_was_left_of_any_project() {
    let machine = Machine::new();
    let path = machine.project("eval");
    let mut bench = machine.open(&path);
    rename(&mut bench, "one");
    let machine = machine.crash(bench);
    let mut bench = machine.start();
    bench.execute(Command::OpenDemo);
    wait(&mut bench);
    assert!(bench.offer().is_some_and(|said| said.contains("“one”")) && bench.restoring_replaces());
    bench.execute(Command::RestoreDraft);
    wait(&mut bench);
    assert_eq!((bench.project().name(), bench.files().origin()), ("one", Some(&*path)));
    assert_eq!(bench.offer(), None);
}

#[test]
fn an_answer_before_the_project_is_there_counts() {
    let machine = Machine::new();
    let path = machine.project("eval");
    let mut bench = machine.open(&path);
    rename(&mut bench, "one");
    let machine = machine.crash(bench);
    let mut bench = machine.start();
    bench.execute(Command::Open(vec![path]));
    bench.execute(Command::RestoreDraft);
    wait(&mut bench);
    assert_eq!((bench.project().name(), bench.offer()), ("one", None));
}

#[test]
fn what_is_not_wanted_is_discarded() {
    let machine = Machine::new();
    let path = machine.project("eval");
    let mut bench = machine.open(&path);
    rename(&mut bench, "one");
    let machine = machine.crash(bench);
    let mut bench = machine.open(&path);
    // What is edited before the answer takes nothing away.
    rename(&mut bench, "other");
    let machine = machine.crash(bench);
    let mut bench = machine.open(&path);
    assert!(bench.offer().unwrap().contains("“other”"));
    bench.execute(Command::DiscardDraft);
    assert!(bench.offer().unwrap().contains("“one”"));
    bench.execute(Command::DiscardDraft);
    assert_eq!((bench.offer(), bench.notice()), (None, Some("Discarded.")));
    drop(bench);
    assert_eq!(machine.open(&path).offer(), None);
}

#[test]
fn an_edit_that_is_undone_leaves_no_draft() {
    let machine = Machine::new();
    let path = machine.project("eval");
    let mut bench = machine.open(&path);
    rename(&mut bench, "one");
    bench.execute(Command::Undo);
    let machine = machine.crash(bench);
    assert_eq!(machine.open(&path).offer(), None);
}

#[test]
fn judgements_on_a_project_that_was_never_saved_survive_and_go_into_it() {
    let machine = Machine::new();
    let mut bench = machine.import();
    flag(&mut bench, "r2");
    assert!(bench.is_modified() && bench.reviews().loose() == 1);
    let machine = machine.crash(bench);
    let mut bench = machine.start();
    let said = bench.offer().unwrap();
    assert!(said.starts_with("Unsaved work on “answers” and one judgement from "), "{said}");
    bench.execute(Command::RestoreDraft);
    wait(&mut bench);
    assert_eq!((bench.project().dataset().responses().len(), flagged(&bench)), (2, vec![1]));
    flag(&mut bench, "r1");
    let path = machine.path("eval");
    bench.execute(Command::Save(Some(path.clone())));
    wait(&mut bench);
    assert_eq!((bench.is_modified(), flagged(&bench)), (false, vec![0, 1]));
    flag(&mut bench, "r1");
    assert_eq!(saved(&path).1.len(), 3);
    drop(bench);
    assert_eq!(machine.places(), [] as [PathBuf; 0]);
    assert_eq!(machine.start().offer(), None);
}

#[test]
fn judgements_that_are_given_up_are_put_away_and_not_lost() {
    let machine = Machine::new();
    let mut bench = machine.import();
    flag(&mut bench, "r2");
    bench.abandon();
    assert!(!bench.is_modified());
    drop(bench);
    assert_eq!(machine.start().offer(), None);
    let kept = fs::read_dir(machine.root.path().join("discarded")).unwrap().next().unwrap().unwrap().path();
    assert_eq!(crate::io::reviews::read_folder(&kept).logs[0].entries().len(), 1);
}

#[test]
fn judgements_on_a_packed_project_wait_for_the_next_save() {
    let machine = Machine::new();
    let path = machine.project("eval.rubrica");
    let mut bench = machine.open(&path);
    flag(&mut bench, "r1");
    bench.execute(Command::Save(None));
    wait(&mut bench);
    assert_eq!((saved(&path).1.len(), bench.is_modified()), (1, false));
    flag(&mut bench, "r2");
    assert!(bench.is_modified());
    drop(bench);

    let mut bench = machine.open(&path);
    assert_eq!((flagged(&bench), bench.is_modified(), saved(&path).1.len()), (vec![0, 1], true, 1));
    bench.execute(Command::Save(None));
    wait(&mut bench);
    assert_eq!((saved(&path).1.len(), bench.is_modified()), (2, false));
    flag(&mut bench, "r1");
    let copy = machine.path("copy");
    bench.execute(Command::Save(Some(copy.clone())));
    wait(&mut bench);
    assert_eq!((saved(&copy).1.len(), bench.is_modified()), (3, false));
    drop(bench);
    assert_eq!(machine.places(), [] as [PathBuf; 0]);
}

#[test]
fn what_is_judged_while_it_is_being_saved_is_saved_as_well() {
    let machine = Machine::new();
    for name in ["eval", "eval.rubrica"] {
        let mut bench = machine.import();
        flag(&mut bench, "r1");
        let path = machine.path(name);
        bench.execute(Command::Save(Some(path.clone())));
        flag(&mut bench, "r2");
        wait(&mut bench);
        assert_eq!(flagged(&bench), [0, 1]);
        drop(bench);
        assert_eq!(flagged(&machine.open(&path)), [0, 1], "{name}");
    }
}

#[test]
fn the_demo_is_restored_too() {
    let machine = Machine::new();
    let mut bench = machine.start();
    bench.execute(Command::OpenDemo);
    wait(&mut bench);
    let response = bench.project().dataset().text(bench.project().dataset().responses()[3].id).to_owned();
    flag(&mut bench, &response);
    rename(&mut bench, "tried");
    let machine = machine.crash(bench);
    let mut bench = machine.start();
    bench.execute(Command::OpenDemo);
    wait(&mut bench);
    bench.execute(Command::RestoreDraft);
    wait(&mut bench);
    assert_eq!((bench.project().name(), flagged(&bench)), ("tried", vec![3]));
    assert_eq!(bench.project().dataset().responses().len(), 32);
}

#[test]
fn the_next_start_begins_where_the_last_ended() {
    let machine = Machine::new();
    let path = machine.project("eval");
    let mut bench = machine.open(&path);
    bench.execute(Command::SetReviewer("Ann O’Nym".into()));
    bench.execute(Command::SetFilter("text:b".into()));
    bench.execute(Command::SelectRow(1));
    bench.set_session_state(serde_json::json!({"queue": "unrated", "at": 7}));
    let machine = machine.crash(bench);
    let bench = machine.open(&path);
    assert_eq!((bench.row(), bench.filter().text()), (Some(1), "text:b"));
    assert_eq!(bench.session_state()["at"], 7);
    assert_eq!((bench.reviews().me(), bench.reviews().is_named()), ("Ann O’Nym", true));
}

#[test]
fn a_second_window_on_a_project_is_told() {
    let machine = Machine::new();
    let path = machine.project("eval");
    let first = machine.open(&path);
    assert_eq!(first.not_kept(), None);
    let second = machine.open(&path);
    let said = second.not_kept().unwrap();
    assert!(said.starts_with("This project is open in another window as well ("), "{said}");
}

#[test]
fn what_somebody_else_changed_is_not_written_over_unasked() {
    let machine = Machine::new();
    let path = machine.project("eval");
    let mut bench = machine.open(&path);
    rename(&mut bench, "mine");
    let rubric = fs::read_to_string(path.join("rubric.ron")).unwrap();
    fs::write(path.join("rubric.ron"), format!("// theirs\n{rubric}")).unwrap();
    bench.execute(Command::Save(None));
    wait(&mut bench);
    let said = bench.files().mistakes().join("\n");
    assert!(said.starts_with("“rubric.ron” was changed on disk since this project was opened"), "{said}");
    assert_eq!(saved(&path).0.name(), "answers");
    bench.execute(Command::Save(None));
    wait(&mut bench);
    assert_eq!(saved(&path).0.name(), "mine");
    rename(&mut bench, "again");
    bench.execute(Command::Save(None));
    wait(&mut bench);
    assert_eq!((saved(&path).0.name(), bench.files().mistakes().len()), ("again", 0));
}
