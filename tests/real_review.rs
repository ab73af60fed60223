//! A real project of verdicts, gone on with by another reviewer, blind. Runs where `RUBRICA_REALDATA` names the folder
//! that holds the data.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]
#![allow(clippy::print_stdout, reason = "a skipped test says so")]

use rubrica::model::review::{Choice, Mode};
use rubrica::workbench::session::{Queue, Recipe};
use rubrica::workbench::{Command, SessionCommand, Workbench};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Works until nothing runs in the background.
fn settle(bench: &mut Workbench) {
    let start = Instant::now();
    while bench.poll() || bench.job().is_some() || !bench.engine().is_fresh() {
        assert!(start.elapsed() < Duration::from_secs(120), "{:?}", bench.job());
        std::thread::yield_now();
    }
}

fn ask(bench: &mut Workbench, command: SessionCommand) {
    bench.execute(Command::Session(command));
    settle(bench);
}

#[test]
fn verdicts_of_one_reviewer_are_gone_on_with_by_another_blind() {
    let Some(root) = std::env::var_os("RUBRICA_REALDATA").map(PathBuf::from) else {
        println!("skipped: RUBRICA_REALDATA names no folder");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let mut bench = Workbench::new(Arc::new(|| {}));
    bench.keep_in(folder.path().join("data"));
    let files = ["results.jsonl", "models.jsonl", "prompts.jsonl", "gpt4-crowd-comparisons.csv"];
    bench.execute(Command::Open(files.map(|file| root.join("llmfao").join(file)).to_vec()));
    settle(&mut bench);
    bench.execute(Command::Import);
    settle(&mut bench);
    bench.execute(Command::Save(Some(folder.path().join("llmfao"))));
    settle(&mut bench);
    assert_eq!(bench.project().dataset().responses().len(), 1133);
    let verdicts = bench.judgements().preferences().count();
    assert!((2000..=2139).contains(&verdicts), "{verdicts} {:?} {}", bench.notice(), bench.reviews().logs().len());
    bench.execute(Command::SetReviewer("anna".into()));
    settle(&mut bench);
    let recipe = Recipe { mode: Mode::Pairs, queue: Queue::Sample(40), blind: true, repeats: 0.1, ..Recipe::default() };
    ask(&mut bench, SessionCommand::Begin(Box::new(recipe)));
    assert_eq!(bench.judging().progress().items, 44, "{:?}", bench.notice());
    assert!(bench.is_blind());
    for _ in 0..44 {
        let rows = bench.judging().rows().to_vec();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows.iter().map(|&row| bench.shown_model(row)).collect::<Vec<_>>(), ["Response A", "Response B"]);
        ask(&mut bench, SessionCommand::Choose(Choice::First, String::new()));
    }
    assert!(bench.judging().is_finished() && !bench.is_blind());
    let own = bench.own_agreement();
    // Left each time, and the repeats were the other way round.
    assert_eq!((own.answers, own.same), (4, 0));
    let mut again = Workbench::new(Arc::new(|| {}));
    again.execute(Command::Open(vec![folder.path().join("llmfao")]));
    settle(&mut again);
    assert_eq!(again.judgements().preferences().count(), verdicts + 44, "both are on disk");
    assert_eq!(again.judgements().reviewers().len(), 2);
}
