//! The recipes of `docs/scaling.md`: rows that were cut, scored in pieces and merged have the scores of one run.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const RUBRICA: &str = env!("CARGO_BIN_EXE_rubrica");
const ROWS: usize = 3000;

/// A folder with the bundled rubric and rows whose scores differ.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("rubrics/reasoning.ron");
    fs::copy(bundled, folder.path().join("rubric.ron")).unwrap();
    let parts =
        ["Assumptions é", "Steps\\n", "\\nAnswer: 42", " TODO", "ethical considerations", "\\u4e2d\\ud83d\\ude00"];
    let mut text = String::new();
    for row in 0..ROWS {
        let said: String = (0..parts.len()).filter(|part| row >> part & 1 == 1).map(|part| parts[part]).collect();
        let (prompt, model) = (row / 3, row % 3);
        let _ = writeln!(
            text,
            r#"{{"id": "r{row}", "prompt_id": "p{prompt}", "model": "m{model}", "response": "{said}", "n": {row}}}"#
        );
    }
    fs::write(folder.path().join("answers.jsonl"), text).unwrap();
    folder
}

#[track_caller]
fn shell(folder: &TempDir, command: &str) {
    let output = Command::new("sh").args(["-c", command]).env("RUBRICA", RUBRICA).current_dir(folder).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command}\n{said}");
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).unwrap()
}

/// What `scored.jsonl` holds is what one run gives, and a project made of it gives that again.
#[track_caller]
fn check_merged(folder: &TempDir) {
    shell(folder, "\"$RUBRICA\" score rubric.ron answers.jsonl --provenance > once.jsonl");
    shell(folder, "\"$RUBRICA\" score rubric.ron answers.jsonl > plain.jsonl");
    let (answers, scored, once) =
        (read(folder, "answers.jsonl"), read(folder, "scored.jsonl"), read(folder, "once.jsonl"));
    assert_eq!(scored.lines().count(), ROWS);
    for ((scored, answer), record) in scored.lines().zip(answers.lines()).zip(once.lines()) {
        let kept = answer.strip_suffix('}').unwrap();
        assert_eq!(scored, format!("{kept},\"rubrica\":{record}}}"));
    }
    shell(folder, "\"$RUBRICA\" new merged --rubric rubric.ron scored.jsonl");
    shell(folder, "\"$RUBRICA\" export merged --format jsonl --without-flags -o exported.jsonl");
    assert_eq!(read(folder, "exported.jsonl"), read(folder, "plain.jsonl"));
}

#[test]
fn xargs_over_pieces() {
    let folder = folder();
    shell(&folder, "split -n l/5 answers.jsonl piece-");
    let score = "\"$RUBRICA\" score rubric.ron - --keep --provenance < {} > {}.scored";
    shell(&folder, &format!("ls piece-* | xargs -P 2 -I{{}} sh -c '{score}'"));
    shell(&folder, "cat piece-*.scored > scored.jsonl");
    check_merged(&folder);
}

#[test]
fn gnu_parallel_keeps_the_order() {
    let version = Command::new("parallel").args(["--will-cite", "--version"]).output();
    if !version.is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("GNU parallel")) {
        eprintln!("skipped: GNU parallel is not installed");
        return;
    }
    let folder = folder();
    shell(
        &folder,
        "parallel --will-cite --keep-order --pipe-part --arg-file answers.jsonl --block 40k \
         \"$RUBRICA\" score rubric.ron - --keep --provenance > scored.jsonl",
    );
    check_merged(&folder);
}

#[test]
fn spark_pipes_partitions_through_it() {
    let Some(python) = std::env::var_os("RUBRICA_SPARK_PYTHON") else {
        eprintln!("skipped: RUBRICA_SPARK_PYTHON names no Python with pyspark");
        return;
    };
    let folder = folder();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/examples/spark_score.py");
    let spark = |input: &str, output: &str| {
        Command::new(&python)
            .arg(&script)
            .args(["--master", "local[2]", "--partitions", "5", "--rubric", "rubric.ron", "--rubrica", RUBRICA])
            .args([input, output])
            .env("PYSPARK_PYTHON", &python)
            .env("SPARK_LOCAL_IP", "127.0.0.1")
            .current_dir(&folder)
            .output()
            .unwrap()
    };
    let output = spark("answers.jsonl", "scored");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let parts = fs::read_dir(folder.path().join("scored")).unwrap();
    let parts =
        parts.filter(|part| part.as_ref().is_ok_and(|part| part.file_name().to_string_lossy().starts_with("part-")));
    assert!(parts.count() >= 5);
    shell(&folder, "cat scored/part-* > scored.jsonl");
    check_merged(&folder);

    // A row that cannot be read fails the job rather than be lost.
    let mut bad = read(&folder, "answers.jsonl");
    bad.push_str("{\"id\": \"bad\n");
    fs::write(folder.path().join("bad.jsonl"), bad).unwrap();
    assert!(!spark("bad.jsonl", "not-scored").status.success());
}
