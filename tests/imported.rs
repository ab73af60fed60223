//! Judgements that come with files: foreseen, imported, kept with the project, and harmless to import again.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use rubrica::io::store;
use rubrica::scoring::Progress;
use rubrica::workbench::{Command, Preview, Workbench};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

const ANSWERS: &str = "{\"id\":\"r1\",\"prompt_id\":\"p1\",\"model\":\"a\",\"response\":\"Yes.\"}\n{\"id\":\"r2\",\"prompt_id\":\"p1\",\"model\":\"b\",\"response\":\"No.\"}\n";
const VERDICTS: &str = "prompt_id,model_a,model_b,winner,judge\np1,a,b,model_b,crowd\n";
const RATINGS: &str = "response_id,annotator,tone,correct\nr1,anna,4,yes\nr2,anna,2,no\nr1,ben,5,yes\n";

struct Desk {
    work: TempDir,
    bench: Workbench,
}

impl Desk {
    fn new() -> Self {
        let work = tempfile::tempdir().unwrap();
        for (name, text) in [("answers.jsonl", ANSWERS), ("verdicts.csv", VERDICTS), ("ratings.csv", RATINGS)] {
            fs::write(work.path().join(name), text).unwrap();
        }
        let mut bench = Workbench::new(Arc::new(|| {}));
        bench.keep_in(work.path().join("data"));
        Self { work, bench }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.work.path().join(name)
    }

    fn wait(&mut self) {
        loop {
            let news = self.bench.poll();
            let looks = self.bench.files().preview().is_some_and(Preview::is_looking_ahead);
            if !news && self.bench.job().is_none() && !looks {
                return;
            }
            std::thread::yield_now();
        }
    }

    fn execute(&mut self, command: Command) {
        self.bench.execute(command);
        self.wait();
    }

    /// Each reviewer with the number of their entries.
    fn logs(&self) -> Vec<String> {
        let logs = self.bench.reviews().logs().iter();
        logs.map(|log| format!("{}: {}", log.reviewer(), log.entries().len())).collect()
    }

    fn rubric(&self) -> String {
        self.bench.project().rubric().ids().join(" ")
    }
}

fn opened(path: &Path) -> (Vec<String>, String) {
    let opened = store::open(path, &Progress::default()).unwrap();
    assert_eq!(opened.mistakes, []);
    assert_eq!(opened.reviews.mistakes, []);
    let logs = opened.reviews.logs.iter();
    let logs = logs.map(|log| format!("{}: {}", log.reviewer(), log.entries().len())).collect();
    (logs, opened.project.rubric().ids().join(" "))
}

#[test]
fn a_new_project_begins_with_what_its_files_judge() {
    let mut desk = Desk::new();
    desk.execute(Command::Open(vec![desk.path("answers.jsonl"), desk.path("ratings.csv"), desk.path("verdicts.csv")]));
    let foreseen = desk.bench.files().preview().unwrap().foreseen().expect("it was tried").clone();
    let summary = foreseen.summary.unwrap();
    assert_eq!(summary.data_words(), "2 responses of 2 models to 1 prompt");
    assert_eq!(summary.judgement_words(9).unwrap(), "4 ratings by anna; 2 ratings by ben; 1 preference by crowd");
    assert_eq!(summary.criteria, [("tone".into(), "1..5".into()), ("correct".into(), "yes-no".into())]);

    desk.execute(Command::Import);
    assert_eq!(desk.bench.files().mistakes(), [""; 0]);
    assert_eq!(desk.logs(), ["anna: 4", "ben: 2", "crowd: 1"]);
    assert_eq!(desk.rubric(), "ratings tone correct");
    assert!(desk.bench.is_modified());
    let path = desk.path("eval");
    desk.execute(Command::Save(Some(path.clone())));
    assert_eq!(opened(&path), (desk.logs(), desk.rubric()));
    let packed = desk.path("eval.rubrica");
    desk.execute(Command::Save(Some(packed.clone())));
    assert_eq!(opened(&packed), (desk.logs(), desk.rubric()));
}

#[test]
fn what_joins_a_project_leaves_its_scores_alone_and_can_be_taken_back() {
    let mut desk = Desk::new();
    desk.execute(Command::Open(vec![desk.path("answers.jsonl")]));
    desk.execute(Command::Import);
    let path = desk.path("eval");
    desk.execute(Command::Save(Some(path.clone())));
    let before = desk.rubric();

    desk.execute(Command::Add(vec![desk.path("ratings.csv")]));
    desk.execute(Command::Import);
    assert_eq!(desk.logs(), ["anna: 4", "ben: 2"]);
    assert_eq!(desk.rubric(), format!("{before} ratings tone correct"));
    let rubric = desk.bench.project().rubric().clone();
    assert_eq!(rubric.dimensions.last().unwrap().weight, 0.0);
    assert_eq!(desk.bench.project().dataset().responses().len(), 2);

    desk.execute(Command::Undo);
    assert_eq!(desk.rubric(), before);
    desk.execute(Command::Redo);
    assert_eq!(desk.rubric(), format!("{before} ratings tone correct"));

    // The same file once more says nothing new.
    desk.execute(Command::Add(vec![desk.path("ratings.csv")]));
    desk.execute(Command::Import);
    assert_eq!(desk.logs(), ["anna: 4", "ben: 2"]);
    desk.execute(Command::Save(None));
    assert_eq!(opened(&path), (desk.logs(), desk.rubric()));
}
