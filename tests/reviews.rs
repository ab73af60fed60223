//! Judgements on disk: what was confirmed is there, and what could not be saved is told and not lost.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use jiff::Timestamp;
use rubrica::io::reviews::{Reviews, Writer, read_folder};
use rubrica::model::review::{Act, Entry, Note};
use std::fs;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

fn note(id: &str) -> Entry {
    let act = Act::Note(Note { response: "r1".into(), text: "worth a look".into() });
    Entry { id: id.into(), at: Timestamp::UNIX_EPOCH, seconds: None, act }
}

fn ids(reviews: &Reviews) -> Vec<&str> {
    reviews.logs.iter().flat_map(|log| log.entries()).map(|entry| &*entry.id).collect()
}

/// A device that is always full.
#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_what_waits_is_saved_later() {
    if !Path::new("/dev/full").exists() {
        eprintln!("skipped: there is no /dev/full");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("anna.jsonl");
    std::os::unix::fs::symlink("/dev/full", &path).unwrap();
    let mut writer = Writer::open(folder.path(), "anna").unwrap();
    let said = writer.append(note("a-1")).unwrap_err().to_string();
    assert!(said.contains("the disk is full; free some space"), "{said}");
    fs::remove_file(&path).unwrap();
    writer.append(note("a-2")).unwrap();
    assert_eq!(ids(&read_folder(folder.path())), ["a-1", "a-2"]);
}

/// A project with responses `r1` and `r2` and a criterion `tone` for people.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let rubric =
        "Rubric(dimensions: [(id: \"d\", criteria: [(id: \"tone\", human: Points([\"cold\", \"fair\", \"warm\"]))])])";
    fs::write(folder.path().join("rubric.ron"), rubric).unwrap();
    fs::write(
        folder.path().join("answers.jsonl"),
        "{\"id\":\"r1\",\"prompt\":\"p\",\"response\":\"a\"}\n{\"id\":\"r2\",\"prompt\":\"p\",\"response\":\"b\"}\n",
    )
    .unwrap();
    let made = program()
        .args(["new", "eval", "answers.jsonl", "--rubric", "rubric.ron"])
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    folder
}

fn program() -> Command {
    Command::new(env!("CARGO_BIN_EXE_rubrica"))
}

/// Runs `rubrica judge eval --as NAME` on `input`: exit code, output, errors.
fn judge(mut command: Command, folder: &Path, name: &str, input: &str) -> (i32, String, String) {
    let mut child = command
        .args(["judge", "eval", "--as", name])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that has ended already takes no more.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

const RATE: &str = r#"{"rate":{"response":"r1","criterion":"tone","value":2,"scale":[1,3]}}"#;

#[test]
fn another_program_judges_and_every_line_is_confirmed_or_explained() {
    let folder = project();
    let input = format!(
        "{RATE}\n\n{{\"id\":\"x-1\",\"at\":\"2026-01-02T03:04:05Z\",\"act\":{RATE}}}\n{}\n{}\nnonsense\n",
        RATE.replace("r1", "r9"),
        RATE.replace("tone", "tones").replace(",\"scale\":[1,3]", ""),
    );
    let (code, out, err) = judge(program(), folder.path(), "anna", &input);
    assert_eq!(code, 3, "{err}");
    let confirmed: Vec<&str> = out.lines().collect();
    assert!(confirmed.len() == 2 && confirmed[1] == "saved x-1", "{out}");
    let said: Vec<&str> = err.lines().collect();
    assert_eq!(
        said,
        [
            "standard input:4:1: The project has no response “r9”. Check the id. Nothing was saved of it.",
            "standard input:5:1: The project has no criterion “tones”. Did you mean `tone`? Nothing was saved of it.",
            "standard input:6:1: This line is not JSON: expected value. Mend it by hand. Nothing was saved of it.",
        ]
    );
    let reviews = read_folder(&folder.path().join("eval/reviews"));
    let Act::Rate(rate) = &reviews.logs[0].entries()[0].act else { panic!("it was a rating") };
    assert_eq!(rate.wording.len(), 16, "the words it was given under are known");

    let (code, out, err) = judge(program(), folder.path(), "anna", &format!("{{\"id\":\"x-1\",\"act\":{RATE}}}\n"));
    assert_eq!((code, &*out), (0, "known x-1\n"), "{err}");
    let undo = "{\"undo\":{\"entry\":\"x-1\"}}\n{\"undo\":{\"entry\":\"x-9\"}}\n";
    let (code, _, err) = judge(program(), folder.path(), "anna", undo);
    assert!(code == 3 && err.contains("no entry of this reviewer “x-9”"), "{err}");
}

#[test]
fn a_second_window_is_told_and_another_reviewer_is_not_disturbed() {
    let folder = project();
    let _held = Writer::open(&folder.path().join("eval/reviews"), "anna").unwrap();
    let (code, out, err) = judge(program(), folder.path(), "anna", RATE);
    assert!(code == 2 && out.is_empty() && err.contains("“anna” is judging this project elsewhere"), "{err}");
    assert_eq!(judge(program(), folder.path(), "ben", RATE).0, 0);
}

/// A disk that takes half a line: the log ends as it did, and what was confirmed is there.
#[cfg(unix)]
#[test]
fn half_a_line_on_a_full_disk_is_taken_back() {
    let folder = project();
    let mut shell = Command::new("sh");
    // Files may grow to one block of 512 bytes, and reaching that is an error instead of a signal.
    let limited = format!("trap '' XFSZ; ulimit -f 1; exec {:?} \"$@\"", env!("CARGO_BIN_EXE_rubrica"));
    shell.args(["-c", &limited, "rubrica"]);
    let (code, out, err) = judge(shell, folder.path(), "anna", &format!("{RATE}\n").repeat(5));
    assert_eq!(code, 2, "{err}");
    assert!(err.contains("the disk is full; free some space"), "{err}");
    let confirmed: Vec<&str> = out.lines().map(|line| line.strip_prefix("saved ").unwrap()).collect();
    assert!(!confirmed.is_empty() && confirmed.len() < 5, "{out}");
    let reviews = read_folder(&folder.path().join("eval/reviews"));
    assert_eq!(ids(&reviews), confirmed);
    assert!(reviews.mistakes.is_empty(), "{:?}", reviews.mistakes);
}

/// Somebody who may not write: told so, with what to do.
#[cfg(unix)]
#[test]
fn a_log_that_may_not_be_written_is_told() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::os::unix::process::CommandExt as _;
    let folder = project();
    judge(program(), folder.path(), "anna", RATE);
    let allow = |path: &str, mode| {
        fs::set_permissions(folder.path().join(path), fs::Permissions::from_mode(mode)).unwrap();
    };
    for (path, mode) in [("", 0o755), ("eval/reviews/anna.jsonl", 0o444), ("eval/reviews", 0o555)] {
        allow(path, mode);
    }
    let mut command = program();
    if fs::write(folder.path().join("eval/reviews/probe"), "").is_ok() {
        // Root may do anything: somebody else tries, if they can reach the program at all.
        fs::remove_file(folder.path().join("eval/reviews/probe")).unwrap();
        command.uid(65534);
        if program().arg("--version").uid(65534).output().is_err() {
            eprintln!("skipped: nobody but this user can start the program");
            return;
        }
    }
    let (code, out, err) = judge(command, folder.path(), "anna", RATE);
    assert!(code == 2 && out.is_empty(), "{out}{err}");
    assert!(err.contains("you may not write there; change the permissions"), "{err}");
    allow("eval/reviews", 0o755);
}
