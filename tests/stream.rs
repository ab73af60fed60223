//! `rubrica score -` as a filter: what goes in comes out in its order, however long it is.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use serde_json::Value;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use tempfile::TempDir;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let bundled = Path::new(env!("CARGO_MANIFEST_DIR")).join("rubrics/reasoning.ron");
    fs::copy(bundled, folder.path().join("rubric.ron")).unwrap();
    folder
}

/// `score rubric.ron ARGS`, with pipes at all ends.
fn start(folder: &TempDir, args: &str) -> Child {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rubrica"));
    command.args(["score", "rubric.ron"]).args(args.split_whitespace()).current_dir(folder);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

fn score(folder: &TempDir, args: &str, input: &[u8]) -> (i32, String, String) {
    let mut child = start(folder, args);
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    // The program writes before it has read all: both ends must move.
    let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
    let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
    writer.join().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// Rows of several blocks, some of them longer than one.
fn rows(count: usize) -> String {
    let mut text = String::new();
    for row in 0..count {
        let long = if row % 500 == 499 { 400_000 } else { row * 37 % 2000 };
        let said = ["Steps ", "Answer: 1 ", "TODO ", "plain "][row % 4].repeat(long / 6);
        let _ = writeln!(text, r#"{{"id":"r{row}","prompt_id":"p{row}","model":"m{}","response":"{said}"}}"#, row % 3);
    }
    text
}

#[test]
fn many_blocks_come_out_in_order_on_any_number_of_threads() {
    let folder = folder();
    let input = rows(3000);
    fs::write(folder.path().join("rows.jsonl"), &input).unwrap();
    let (code, by_name, _) = score(&folder, "rows.jsonl", b"");
    assert_eq!(code, 0);
    assert_eq!(by_name.lines().count(), 3000);
    for threads in [1, 2, 4] {
        let (code, streamed, told) = score(&folder, &format!("- --threads {threads}"), input.as_bytes());
        assert_eq!(code, 0, "{told}");
        assert!(streamed == by_name, "{threads} threads give other records than the file by name");
    }
}

#[test]
fn rows_are_kept_to_the_byte() {
    let folder = folder();
    let input = "{\"response\":\"Steps \\u00e9\",\"x\":  [1, 2]}\r\n\n  {\"a\":1e3, \"response\":null }\n{}\n\
                 {\"rubrica\":{\"score\":9},\"response\":\"Answer: 1\"}\n";
    let (code, out, told) = score(&folder, "- --keep", input.as_bytes());
    assert_eq!(code, 0, "{told}");
    let lines: Vec<&str> = out.lines().collect();
    assert!(lines[0].starts_with("{\"response\":\"Steps \\u00e9\",\"x\":  [1, 2],\"rubrica\":{\"id\":\"\","), "{out}");
    assert!(lines[1].starts_with("{\"a\":1e3, \"response\":null,\"rubrica\":{"), "{out}");
    assert!(lines[2].starts_with("{\"rubrica\":{"), "{out}");
    assert!(lines[3].starts_with("{\"response\":\"Answer: 1\",\"rubrica\":{"), "{out}");
    let last: Value = serde_json::from_str(lines[3]).unwrap();
    assert_eq!(last["rubrica"]["criteria"]["answer"]["value"], 1.0);
    assert_eq!(lines.len(), 4);
}

#[test]
fn bad_rows_are_named_where_they_stand_and_left_out() {
    let folder = folder();
    let mut lines: Vec<String> = rows(2000).lines().map(str::to_owned).collect();
    lines[1234] = "{\"id\":\"broken".to_owned();
    lines[1999] = "7".to_owned();
    let (code, out, told) = score(&folder, "- --keep", lines.join("\n").as_bytes());
    assert_eq!((code, out.lines().count()), (3, 1998));
    assert!(told.contains("-:1235: ") && told.contains("-:2000: "), "{told}");
    assert!(told.contains("2 of 2000 rows could not be read."), "{told}");
}

#[test]
fn what_cannot_be_kept_is_refused_in_words() {
    let folder = folder();
    let refused = |args: &str, input: &str, said: &str| {
        let (code, out, told) = score(&folder, args, input.as_bytes());
        assert_eq!((code, out.as_str()), (2, ""), "{args}");
        assert!(told.contains(said), "{told}");
    };
    refused("- --keep", "id,response\n1,a\n", "adds to rows of JSON Lines");
    refused("gone.jsonl --keep", "", "“gone.jsonl” could not be opened");
    refused("- --keep --format csv", "{\"response\":\"a\"}\n", "writes JSON Lines");
    let wide = "--map response=a --map response=b";
    refused(&format!("- --keep {wide}"), "{\"prompt\":\"q\",\"a\":\"x\",\"b\":\"y\"}\n", "hold several responses");
    refused("-", "{\"question\":\"q\"}\n{\"question\":\"r\"}\n", "Nothing could be imported");
}

#[test]
fn what_scored_it_is_said_on_request() {
    let folder = folder();
    let digest = || {
        let (_, out, _) = score(&folder, "- --provenance", b"{\"id\":\"a\",\"response\":\"Steps\"}\n");
        let record: Value = serde_json::from_str(&out).unwrap();
        assert_eq!(record["engine"], concat!("rubrica ", env!("CARGO_PKG_VERSION")));
        record["rubric_sha256"].as_str().unwrap().to_owned()
    };
    let before = digest();
    assert_eq!(before.len(), 64);
    let path = folder.path().join("rubric.ron");
    let rubric = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("// A comment more.\n{rubric}")).unwrap();
    assert_eq!(digest(), before);
    fs::write(&path, rubric.replace("weight: 0.3", "weight: 0.4")).unwrap();
    assert_ne!(digest(), before);
}

#[test]
fn a_compressed_stream_is_unpacked() {
    let folder = folder();
    let input = rows(700);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(input.as_bytes()).unwrap();
    let packed = packed.finish().unwrap();
    assert_eq!(score(&folder, "-", &packed), score(&folder, "-", input.as_bytes()));
}

#[test]
fn a_reader_that_has_enough_is_no_failure() {
    let folder = folder();
    let mut child = start(&folder, "-");
    let mut stdin = child.stdin.take().unwrap();
    let writer = std::thread::spawn(move || drop(stdin.write_all(rows(20_000).as_bytes())));
    let mut some = [0; 1000];
    let mut out = child.stdout.take().unwrap();
    out.read_exact(&mut some).unwrap();
    drop(out);
    writer.join().unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let folder = folder();
    let mut command = Command::new(env!("CARGO_BIN_EXE_rubrica"));
    command.args(["score", "rubric.ron", "-"]).current_dir(&folder).stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.stdout(File::options().write(true).open("/dev/full").unwrap()).spawn().unwrap();
    drop(child.stdin.take().unwrap().write_all(rows(50).as_bytes()));
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    let told = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(2), "{told}");
    assert!(told.contains("could not be written"), "{told}");
}

/// A bound far above what it takes, and far below what keeping the rows would.
#[cfg(target_os = "linux")]
#[test]
fn memory_does_not_grow_with_the_stream() {
    const MEGABYTES: usize = 300;
    let folder = folder();
    let mut child = start(&folder, "- --format jsonl");
    let mut out = child.stdout.take().unwrap();
    let reader = std::thread::spawn(move || std::io::copy(&mut out, &mut std::io::sink()).unwrap());
    let mut stdin = child.stdin.take().unwrap();
    let answer = "Steps and more of them. ".repeat(120);
    let piece: String = (0..350).map(|row| format!("{{\"id\":\"{row}\",\"response\":\"{answer}\"}}\n")).collect();
    for _ in 0..MEGABYTES * 1_000_000 / piece.len() {
        stdin.write_all(piece.as_bytes()).unwrap();
    }
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    drop(stdin);
    assert!(child.wait().unwrap().success());
    assert!(reader.join().unwrap() > 10_000_000);
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let kilobytes: usize = peak.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(kilobytes < 200_000, "{kilobytes} kB for {MEGABYTES} MB of rows");
}
