//! Projects on disk: what goes in comes out, what is broken is named, and nothing is ever half written.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use rubrica::checks::{Check, Phrases};
use rubrica::io::import::{self, Input, Overrides};
use rubrica::io::store::{self, Opened, StoreError};
use rubrica::model::{Criterion, Dimension, Judge, Node, Project, Rubric, Severity};
use rubrica::scoring::Progress;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use tempfile::TempDir;

const HEADER: &str = "// Judges how an answer is built.\n// Second line.";

fn rubric() -> Rubric {
    let check = Phrases { phrases: vec!["Steps".into()], ..Phrases::default() };
    let mut dimension = Dimension::new("structure", "Structure");
    dimension.children = vec![Node::Criterion(Criterion::new("steps", "Steps", Judge::Check(Check::Phrases(check))))];
    Rubric { name: "Test".into(), pass_mark: Some(0.5), dimensions: vec![dimension], ..Rubric::default() }
}

/// A folder with two files of the same name in folders that name their models, and a project of both.
fn fixture() -> (TempDir, Project) {
    let folder = tempfile::tempdir().unwrap();
    let mut paths = Vec::new();
    for (model, text) in [("alpha", "Steps: one"), ("beta", "nothing \u{2028} here")] {
        let path = folder.path().join(model).join("outputs.jsonl");
        fs::create_dir(path.parent().unwrap()).unwrap();
        let row = serde_json::json!({"prompt_id": "p1", "prompt": "How?", "response": text});
        fs::write(&path, format!("{row}\r\n")).unwrap();
        paths.push(path);
    }
    let project = project_of(&paths);
    (folder, project)
}

fn project_of(paths: &[PathBuf]) -> Project {
    let inputs: Vec<Input> = paths.iter().map(|path| Input::Path(path.clone())).collect();
    let watch = import::Watch { cancel: &AtomicBool::new(false), progress: &|_| {} };
    let import = import::open(&inputs, &Overrides::default(), &watch).unwrap();
    Project::new("Kept name", rubric(), import.dataset, import.sources, import.report)
}

fn save(project: &Project, origin: Option<&Path>, target: &Path) -> Result<Project, StoreError> {
    store::save(project, HEADER, origin, target, &Progress::default()).map(|saved| saved.project)
}

#[track_caller]
fn open(path: &Path) -> Opened {
    store::open(path, &Progress::default()).unwrap()
}

/// Ids, models and texts of all responses: what must survive.
fn responses(project: &Project) -> Vec<(String, String, String)> {
    let dataset = project.dataset();
    let one = |index: usize| {
        let id = dataset.text(dataset.responses()[index].id).to_owned();
        (id, dataset.model_of(index).to_owned(), dataset.response_text(index).unwrap_or("∅").to_owned())
    };
    (0..dataset.responses().len()).map(one).collect()
}

/// Every file below `folder` with its bytes, by name.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fn walk(folder: &Path, top: &Path, out: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, top, out);
            } else {
                let name = path.strip_prefix(top).unwrap().to_string_lossy().replace('\\', "/");
                out.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    let mut out = Vec::new();
    walk(folder, folder, &mut out);
    out.sort();
    out
}

#[test]
fn what_is_saved_is_what_opens() {
    let (folder, project) = fixture();
    let target = folder.path().join("my-eval");
    save(&project, None, &target).unwrap();
    let names: Vec<String> = files(&target).into_iter().map(|(name, _)| name).collect();
    let [history, rest @ ..] = names.as_slice() else { panic!("no files") };
    assert!(history.starts_with("history/") && history.ends_with(".ron") && history.len() == 8 + 64 + 4, "{history}");
    let parts =
        ["import-report.json", "project.ron", "responses/outputs-2.jsonl", "responses/outputs.jsonl", "rubric.ron"];
    assert_eq!(rest, parts);
    assert!(fs::read_to_string(target.join("rubric.ron")).unwrap().starts_with(HEADER));
    assert_eq!(
        fs::read(target.join("responses/outputs-2.jsonl")).unwrap(),
        fs::read(folder.path().join("beta/outputs.jsonl")).unwrap()
    );

    let opened = open(&target);
    assert_eq!(opened.mistakes, []);
    assert_eq!(opened.notices, []);
    assert_eq!(opened.read_only, None);
    assert_eq!(opened.header, HEADER);
    assert_eq!(opened.project.name(), "Kept name");
    assert_eq!(opened.project.rubric(), project.rubric());
    assert_eq!(responses(&opened.project), responses(&project));
    assert_eq!(opened.project.dataset().models(), ["alpha", "beta"]);
}

#[test]
fn saving_again_changes_nothing_and_keeps_what_others_wrote() {
    let (folder, project) = fixture();
    let target = folder.path().join("my-eval");
    let saved = save(&project, None, &target).unwrap();
    fs::create_dir(target.join("reviews")).unwrap();
    fs::write(target.join("reviews/ada.jsonl"), "{}\n").unwrap();
    let manifest = fs::read_to_string(target.join("project.ron")).unwrap();
    fs::write(target.join("project.ron"), format!("// Ours.\n{manifest}")).unwrap();
    let before = files(&target);
    save(&saved, Some(&target), &target).unwrap();
    assert_eq!(files(&target), before);
    // Undo may bring back the state before the first save: the same bytes are found, not copied twice.
    save(&project, Some(&target), &target).unwrap();
    assert_eq!(files(&target), before);
    save(&open(&target).project, Some(&target), &target).unwrap();
    assert_eq!(files(&target), before);
}

#[test]
fn every_saved_rubric_is_remembered() {
    let (folder, project) = fixture();
    let target = folder.path().join("my-eval");
    let mut project = save(&project, None, &target).unwrap();
    project.apply(rubrica::model::Edit::SetPassMark(Some(0.75))).unwrap();
    save(&project, Some(&target), &target).unwrap();
    assert_eq!(fs::read_dir(target.join("history")).unwrap().count(), 2);
}

#[test]
fn a_packed_project_is_the_same_project() {
    let (folder, project) = fixture();
    let (plain, packed, again) =
        (folder.path().join("plain"), folder.path().join("sent.rubrica"), folder.path().join("again"));
    let saved = save(&project, None, &plain).unwrap();
    fs::create_dir(plain.join("reviews")).unwrap();
    fs::write(plain.join("reviews/ada.jsonl"), "{}\n").unwrap();
    save(&saved, Some(&plain), &packed).unwrap();
    let opened = open(&packed);
    assert_eq!((opened.mistakes, opened.notices), (vec![], vec![]));
    assert_eq!(responses(&opened.project), responses(&project));
    assert_eq!(opened.header, HEADER);
    save(&opened.project, Some(&packed), &again).unwrap();
    assert_eq!(files(&again), files(&plain));
    // Over itself, and from either origin: the same bytes.
    let first = fs::read(&packed).unwrap();
    save(&opened.project, Some(&packed), &packed).unwrap();
    assert_eq!(fs::read(&packed).unwrap(), first);
    save(&open(&again).project, Some(&again), &packed).unwrap();
    assert_eq!(fs::read(&packed).unwrap(), first);
}

#[test]
fn saving_elsewhere_takes_everything_along() {
    let (folder, project) = fixture();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let saved = save(&project, None, &first).unwrap();
    fs::create_dir(first.join("reviews")).unwrap();
    fs::write(first.join("reviews/ada.jsonl"), "{}\n").unwrap();
    save(&saved, Some(&first), &second).unwrap();
    assert_eq!(files(&second), files(&first));
}

#[test]
fn a_saved_project_does_not_tell_where_its_files_lay() {
    let folder = tempfile::tempdir().unwrap();
    let [prompts, answers] = ["questions.jsonl", "answers.jsonl"].map(|name| folder.path().join(name));
    fs::write(&prompts, "{\"id\":\"p1\",\"prompt\":\"How?\"}\n").unwrap();
    fs::write(&answers, "{\"prompt_id\":\"p9\",\"model\":\"m\",\"response\":\"So.\"}\n").unwrap();
    let project = project_of(&[prompts, answers]);
    let told =
        |project: &Project| project.report().notices.iter().any(|notice| notice.message.contains("questions.jsonl"));
    assert!(told(&project), "that p9 is not among the questions is said: {:?}", project.report().notices);

    let target = folder.path().join("eval");
    let saved = save(&project, None, &target).unwrap();
    assert!(told(&saved));
    let place = folder.path().to_string_lossy().into_owned();
    for (name, bytes) in files(&target) {
        assert!(!String::from_utf8_lossy(&bytes).contains(&place), "{name} names {place}");
    }
}

#[test]
fn another_project_is_never_written_over() {
    let (folder, project) = fixture();
    let target = folder.path().join("my-eval");
    save(&project, None, &target).unwrap();
    let before = files(&target);
    let error = save(&project, None, &target).unwrap_err();
    assert!(matches!(error, StoreError::Occupied(_)), "{error}");
    assert_eq!(files(&target), before);
}

#[test]
fn files_of_somebody_else_are_never_written_over() {
    let (folder, project) = fixture();
    let (first, second) = (folder.path().join("first"), folder.path().join("second"));
    let saved = save(&project, None, &first).unwrap();
    fs::create_dir_all(second.join("responses")).unwrap();
    fs::write(second.join("responses/outputs.jsonl"), "another's").unwrap();
    // Carried along under a name that is taken.
    let error = save(&saved, Some(&first), &second).unwrap_err();
    assert!(matches!(error, StoreError::Occupied(_)), "{error}");
    // Imported anew: a free name is found.
    let saved = save(&project, None, &second).unwrap();
    assert_eq!(fs::read_to_string(second.join("responses/outputs.jsonl")).unwrap(), "another's");
    let paths: Vec<&str> = saved.sources().iter().map(|source| source.path.as_str()).collect();
    assert_eq!(paths, ["responses/outputs-2.jsonl", "responses/outputs-3.jsonl"]);
}

/// Changes the file `name` of a saved project and opens it.
fn damaged(name: &str, change: impl FnOnce(String) -> String) -> (TempDir, Opened) {
    let (folder, project) = fixture();
    let target = folder.path().join("my-eval");
    save(&project, None, &target).unwrap();
    let path = target.join(name);
    fs::write(&path, change(fs::read_to_string(&path).unwrap())).unwrap();
    let opened = open(&target);
    (folder, opened)
}

#[test]
fn an_unknown_field_is_named_with_its_place_and_the_rubric_still_opens() {
    let (_folder, opened) = damaged("project.ron", |text| text.replace("    name:", "    nmae:"));
    let [mistake] = opened.mistakes.as_slice() else { panic!("{:?}", opened.mistakes) };
    assert!(mistake.to_string().starts_with("project.ron:3:"), "{mistake}");
    assert!(mistake.to_string().contains("`nmae`") && mistake.to_string().contains("`name`"), "{mistake}");
    assert_eq!(**opened.project.rubric(), rubric());
    assert!(opened.read_only.unwrap().contains("project.ron"));
}

#[test]
fn a_broken_rubric_leaves_the_responses() {
    let (_folder, opened) = damaged("rubric.ron", |text| text.replace("pass_mark", "pas_mark"));
    assert!(opened.mistakes[0].to_string().contains("pass_mark"), "{}", opened.mistakes[0]);
    assert_eq!(opened.mistakes[0].file, "rubric.ron");
    assert_eq!(responses(&opened.project).len(), 2);
    assert!(opened.read_only.unwrap().contains("rubric.ron"));
}

#[test]
fn a_newer_project_can_be_looked_at() {
    let newer = |text: String| text.replace("format: 1", "format: 2,\n    theme: Dark");
    let (_folder, opened) = damaged("project.ron", newer);
    assert_eq!(opened.mistakes, []);
    assert_eq!(opened.project.name(), "Kept name");
    assert!(opened.read_only.unwrap().contains("newer version"));
}

#[test]
fn a_changed_source_is_noticed_and_shown_as_it_is() {
    let (_folder, opened) = damaged("responses/outputs.jsonl", |text| text.replace("one", "two"));
    let [notice] = opened.notices.as_slice() else { panic!("{:?}", opened.notices) };
    assert_eq!((notice.severity, notice.file.as_str()), (Severity::Warning, "responses/outputs.jsonl"));
    assert!(notice.message.contains("changed"));
    assert_eq!(responses(&opened.project)[0].2, "Steps: two");
}

#[test]
fn a_broken_source_leaves_the_others_and_stays_listed() {
    let (folder, opened) = damaged("responses/outputs.jsonl", |_| String::new());
    assert_eq!(responses(&opened.project).len(), 1);
    assert_eq!(opened.project.sources().len(), 2);
    let skipped: Vec<&str> =
        opened.project.report().at_least(Severity::Skipped).map(|notice| notice.file.as_str()).collect();
    assert_eq!(skipped, ["responses/outputs.jsonl"]);
    // Saved elsewhere, the broken file goes along: it may be mended later.
    let elsewhere = folder.path().join("elsewhere");
    save(&opened.project, Some(&folder.path().join("my-eval")), &elsewhere).unwrap();
    assert!(elsewhere.join("responses/outputs.jsonl").exists());
}

#[test]
fn a_source_outside_the_project_is_not_read() {
    let (_folder, opened) =
        damaged("project.ron", |text| text.replace("\"responses/outputs.jsonl\"", "\"../alpha/outputs.jsonl\""));
    assert_eq!(responses(&opened.project).len(), 1);
    assert!(opened.notices.iter().any(|notice| notice.message.contains("outside")), "{:?}", opened.notices);
}

#[test]
fn an_imported_file_that_went_away_stops_the_save_before_anything_is_written() {
    let (folder, project) = fixture();
    fs::remove_file(folder.path().join("beta/outputs.jsonl")).unwrap();
    let target = folder.path().join("my-eval");
    let error = save(&project, None, &target).unwrap_err();
    assert!(matches!(&error, StoreError::SourceGone(path) if path.ends_with("beta/outputs.jsonl")), "{error}");
    assert!(!target.exists());
}

#[test]
fn a_place_that_cannot_be_written_is_named_and_nothing_is_left_behind() {
    let (folder, project) = fixture();
    let file = folder.path().join("a-file");
    fs::write(&file, "x").unwrap();
    for target in [file.join("my-eval"), file.join("my-eval.rubrica"), file.clone()] {
        let error = save(&project, None, &target).unwrap_err().to_string();
        assert!(error.contains("a-file"), "{error}");
    }
    // A folder stands where a file must go: found while nothing has its name yet.
    let target = folder.path().join("my-eval");
    fs::create_dir_all(target.join("import-report.json")).unwrap();
    let error = save(&project, None, &target).unwrap_err().to_string();
    assert!(error.contains("import-report.json"), "{error}");
    assert_eq!(files(&target), []);
    assert_eq!(fs::read_dir(&target).unwrap().count(), 1);
}

#[test]
fn a_stopped_save_changes_nothing() {
    let (folder, project) = fixture();
    let target = folder.path().join("my-eval");
    let progress = Progress::default();
    progress.cancel();
    let error = store::save(&project, HEADER, None, &target, &progress).unwrap_err();
    assert!(matches!(error, StoreError::Cancelled), "{error}");
    assert!(!target.exists());
}

fn zip_with(path: &Path, names: &[&str]) {
    let mut zip = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for name in names {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(b"(format: 1, name: \"x\")").unwrap();
    }
    zip.finish().unwrap();
}

#[test]
fn a_packed_project_cannot_write_outside_itself() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("evil.rubrica");
    for name in ["../evil.txt", "/evil.txt", "responses/../../evil.txt", "..\\evil.txt", "C:/evil.txt"] {
        zip_with(&path, &["project.ron", name]);
        let error = store::open(&path, &Progress::default()).unwrap_err().to_string();
        assert!(error.contains("leads out of the project"), "{name}: {error}");
    }
    zip_with(&path, &["project.ron", "a.ron", "A.ron"]);
    let error = store::open(&path, &Progress::default()).unwrap_err().to_string();
    assert!(error.contains("twice"), "{error}");
}

#[test]
fn what_is_no_project_is_said_to_be_none() {
    let folder = tempfile::tempdir().unwrap();
    let said = |path: &Path| store::open(path, &Progress::default()).unwrap_err().to_string();
    assert!(said(folder.path()).contains("no project.ron"));
    assert!(said(&folder.path().join("no")).contains("no project at"));
    let damaged = folder.path().join("damaged.rubrica");
    fs::write(&damaged, "no zip").unwrap();
    assert!(said(&damaged).contains("damaged"));
    zip_with(&damaged, &["other.txt"]);
    assert!(said(&damaged).contains("no project.ron"));
}
