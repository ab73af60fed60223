//! Files too large to be read at once: the first responses are there while the others are being read.

use rubrica::io::store;
use rubrica::model::Edit;
use rubrica::scoring::Progress;
use rubrica::workbench::{Command, Workbench};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Enough that it takes a while.
const RESPONSES: usize = 40_000;

fn large_file(folder: &Path) -> PathBuf {
    let answer = "Assumptions hold. ".repeat(60);
    let mut text = String::new();
    for row in 0..RESPONSES {
        let (prompt, model) = (row / 4, row % 4);
        let _ = writeln!(
            text,
            r#"{{"id":"r{row}","prompt_id":"p{prompt}","model":"m{model}","response":"{row} {answer}"}}"#
        );
    }
    let path = folder.join("answers.jsonl");
    std::fs::write(&path, text).expect("the folder is ours");
    path
}

#[track_caller]
fn wait(bench: &mut Workbench, what: impl Fn(&Workbench) -> bool) {
    let began = Instant::now();
    while !what(bench) {
        assert!(began.elapsed() < Duration::from_secs(120), "waited in vain: {:?}", bench.files().mistakes());
        bench.poll();
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn responses(bench: &Workbench) -> usize {
    bench.project().dataset().responses().len()
}

/// A workbench on the first responses of a large file.
fn at_the_first(folder: &Path) -> Workbench {
    let mut bench = Workbench::new(Arc::new(|| ()));
    bench.execute(Command::Open(vec![large_file(folder)]));
    wait(&mut bench, |bench| bench.files().preview().is_some());
    bench.execute(Command::Import);
    wait(&mut bench, |bench| responses(bench) > 0);
    bench
}

#[test]
fn what_was_done_to_the_first_responses_is_done_to_all() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = at_the_first(folder.path());
    let first = bench.project().dataset().response_text(7).map(str::to_owned);
    bench.execute(Command::SelectRow(7));
    bench.execute(Command::Edit(Edit::Rename("renamed".to_owned())));
    wait(&mut bench, |bench| !bench.files().is_filling());
    assert_eq!(responses(&bench), RESPONSES);
    assert_eq!(bench.project().name(), "renamed");
    assert_eq!(bench.row(), Some(7));
    assert_eq!(bench.project().dataset().response_text(7).map(str::to_owned), first);
    wait(&mut bench, |bench| bench.engine().is_fresh() && bench.listed().len() == RESPONSES);
    bench.execute(Command::Undo);
    assert_eq!((bench.project().name(), responses(&bench)), ("answers", RESPONSES));
    assert!(!bench.is_modified());
}

#[test]
fn a_project_of_many_responses_opens_with_the_first() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = at_the_first(folder.path());
    wait(&mut bench, |bench| !bench.files().is_filling());
    let saved = folder.path().join("saved");
    bench.execute(Command::Save(Some(saved.clone())));
    wait(&mut bench, |bench| bench.files().origin().is_some());

    let mut again = Workbench::new(Arc::new(|| ()));
    again.execute(Command::Open(vec![saved.clone()]));
    wait(&mut again, |bench| responses(bench) > 0);
    wait(&mut again, |bench| !bench.files().is_filling());
    assert_eq!(responses(&again), RESPONSES);
    assert_eq!(again.files().origin(), Some(saved.as_path()));
    assert!(!again.is_modified());
    let opened = store::open(&saved, &Progress::default()).unwrap();
    assert!(opened.notices.is_empty(), "{:?}", opened.notices);
}

#[test]
fn what_is_not_all_there_is_not_saved_and_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let mut bench = at_the_first(folder.path());
    assert!(bench.files().is_filling(), "the file is too small to be caught while it is read");
    let target = folder.path().join("too-early");
    bench.execute(Command::Save(Some(target.clone())));
    assert!(bench.notice().unwrap().contains("still being read"));
    assert!(!target.exists());
    bench.execute(Command::Cancel);
    assert_eq!(responses(&bench), 0);
    assert!(!bench.files().is_filling());
}
