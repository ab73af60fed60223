//! Real responses through the whole path: files → project → saved → opened → scored → exported. Runs where
//! `RUBRICA_REALDATA` names the folder that holds them.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use rubrica::io::export::{FORMATS, Format, Hits, Scored, export};
use rubrica::io::import::{self, Input, Overrides};
use rubrica::io::{rubric_file, store};
use rubrica::model::Project;
use rubrica::scoring::{CompiledRubric, Progress, compile};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// Two of the models have no output for two prompts each.
const RESPONSES: usize = 4 * 805 + 2 * 803;

/// The outputs of six models on AlpacaEval's 805 prompts.
fn alpaca_eval(realdata: &Path) -> Vec<PathBuf> {
    let results = realdata.join("alpaca_eval/results");
    let mut files: Vec<PathBuf> = std::fs::read_dir(results)
        .unwrap()
        .map(|entry| entry.unwrap().path().join("model_outputs.json"))
        .filter(|path| path.exists())
        .collect();
    files.sort();
    files
}

fn import_all(files: &[PathBuf]) -> Project {
    let inputs: Vec<Input> = files.iter().cloned().map(Input::Path).collect();
    let watch = import::Watch { cancel: &AtomicBool::new(false), progress: &|_| {} };
    let import = import::open(&inputs, &Overrides::default(), &watch).unwrap();
    let rubric = rubric_file::read(include_str!("../rubrics/reasoning.ron")).rubric.unwrap();
    Project::new("alpaca", rubric, import.dataset, import.sources, import.report)
}

fn compiled(project: &Project) -> Arc<CompiledRubric> {
    compile(project.rubric(), None).rubric
}

fn exported(project: &Project, format: &Format, evidence: bool) -> String {
    let rubric = compiled(project);
    let scored = Scored {
        dataset: project.dataset(),
        rubric: &rubric,
        people: None,
        results: None,
        hits: Hits::Counted,
        flags: None,
        evidence,
        provenance: None,
    };
    let mut out = Vec::new();
    assert!(export(format, &scored, &mut out, &Progress::default()).unwrap());
    String::from_utf8(out).unwrap()
}

#[test]
fn six_models_survive_saving_and_give_the_same_results() {
    let Some(realdata) = std::env::var_os("RUBRICA_REALDATA").map(PathBuf::from) else { return };
    let files = alpaca_eval(&realdata);
    assert_eq!(files.len(), 6);
    let project = import_all(&files);
    assert_eq!(project.dataset().responses().len(), RESPONSES);
    assert_eq!(project.dataset().models().len(), 6);
    let folder = tempfile::tempdir().unwrap();
    let (plain, packed) = (folder.path().join("alpaca"), folder.path().join("alpaca.rubrica"));
    let progress = Progress::default();
    let saved = store::save(&project, "", None, &plain, &progress).unwrap().project;
    store::save(&saved, "", Some(&plain), &packed, &progress).unwrap();
    for place in [&plain, &packed] {
        let opened = store::open(place, &progress).unwrap();
        assert_eq!((opened.mistakes, opened.notices, opened.read_only), (vec![], vec![], None));
        for format in &FORMATS {
            let text = exported(&project, format, true);
            assert!(exported(&opened.project, format, true) == text, "{} from {}", format.name, place.display());
            let lines = match format.name {
                "jsonl" => RESPONSES,
                "csv" => RESPONSES + 1,
                _ => RESPONSES + 2,
            };
            assert_eq!(text.lines().count(), lines, "{}", format.name);
        }
    }
}
