//! Files that are not what they should be: what a person reads, and what loads all the same.

use crate::fixture::{check, check_error, import};
use flate2::{Compression, write::GzEncoder};
use rubrica::io::import::{Input, Overrides, Progress, Watch, open};
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

#[track_caller]
fn check_refused(bytes: &[u8], expected: &str) {
    check_error(&[("data.jsonl", bytes)], &[], &format!("nothing was imported:\n  data.jsonl: {expected}"));
}

#[test]
fn what_is_no_text_is_named() {
    check_refused(b"", "is empty; check that it was written or downloaded completely");
    check_refused(b" \r\n\n", "is empty; check that it was written or downloaded completely");
    check_refused(
        b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n",
        "is a Git LFS pointer, not data: run `git lfs pull` in its repository and import it again",
    );
    check_refused(
        b"PK\x03\x04rest",
        "is a zip archive (spreadsheets and some evaluation logs are zip archives too), which is not read directly; unpack it, or save the spreadsheet as CSV, and import the files",
    );
    #[cfg(feature = "parquet")]
    check_refused(
        b"PAR1\x15\x04",
        "cannot be read (the Parquet data is damaged at row 1: EOF: Parquet file too small. Size is 6 but need 8); check the disk or copy the file again",
    );
    check_refused(
        b"\x28\xb5\x2f\xfd\x24",
        "cannot be read (the zstd data is damaged); check the disk or copy the file again",
    );
    check_refused(
        b"{\x00\"\x00a\x00",
        "is a binary file, not text; export the data as JSON Lines, JSON or CSV (a UTF-16 text needs its byte order mark)",
    );
    check_refused(
        b"Dear reader, this is\na letter and\nno table, is it, now, or what\n",
        "is neither JSON Lines nor JSON nor a CSV or TSV table with a header row; convert it to one of these",
    );
    check_refused(
        b"[1, 2]",
        "holds no row that can be read: line 1: element 1 is not a JSON object and is left out: it begins with `1`, where an object `{…}` was expected",
    );
}

#[test]
fn a_path_that_cannot_be_read_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let check = |path: PathBuf, expected: &str| {
        let watch = Watch { cancel: &AtomicBool::new(false), progress: &|_| {} };
        let error = open(&[Input::from_argument(&path)], &Overrides::default(), &watch).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
    };
    check(folder.path().join("none.jsonl"), "none.jsonl: there is no such file; check the spelling and the folder");
    check(folder.path().to_owned(), "is a folder; name the files in it, such as `");
}

#[test]
fn nothing_named_is_nothing_imported() {
    check_error(&[], &[], "nothing was imported; name at least one file");
}

#[test]
fn a_bad_line_loses_only_itself() {
    check(
        &[("m.jsonl", b"{\"prompt\":\"a\",\"response\":\"1\"}\n\n{\"prompt\":\"b\" \"response\":2}\r\nnonsense\n{\"prompt\":\"\xff\",\"response\":\"3\"}\n[1]\n{\"prompt\":\"c\",\"response\":\"4\"}\r\n{\"prompt\":\"d\",\"respo")],
        &[],
        &[r#"p1/m | p1: "a" | m | "1""#, r#"p2/m | p2: "c" | m | "4""#],
        &[
            "m.jsonl:3: the line is not a JSON object and is left out: expected `,` or `}` at column 15",
            "m.jsonl:4: the line is not a JSON object and is left out: it begins with `nonsense`, where an object `{…}` was expected",
            "m.jsonl:5: the line is not UTF-8 and is left out; save the file as UTF-8",
            "m.jsonl:6: the line is not a JSON object and is left out: it is a list, where an object `{…}` was expected",
            "m.jsonl:8: the line is not a JSON object and is left out: it ends in the middle of a text at column 20",
        ],
    );
}

#[test]
fn a_bad_element_loses_only_itself_and_a_truncated_list_keeps_the_others() {
    check(
        &[(
            "m.json",
            br#"[{"prompt":"a","response":"1"},
            7,
            {"prompt":"b","response":},
            {"prompt":"c","response":"2"},
            {"prompt":"d","resp"#,
        )],
        &[],
        &[r#"p1/m | p1: "a" | m | "1""#, r#"p2/m | p2: "c" | m | "2""#],
        &[
            "m.json:2: element 2 is not a JSON object and is left out: it begins with `7`, where an object `{…}` was expected",
            "m.json:3: element 3 is not a JSON object and is left out: expected value at column 26",
            "m.json:5: the file ends in the middle of the data; the 2 rows before that are kept. Was it copied or downloaded completely?",
        ],
    );
}

#[test]
fn text_after_a_list_is_told() {
    check(
        &[("m.json", b"[{\"prompt\":\"a\",\"response\":\"1\"}]\n]")],
        &[],
        &[r#"p1/m | p1: "a" | m | "1""#],
        &["m.json:2: there is more text after the end of the list; it is ignored"],
    );
}

#[test]
fn a_json_document_that_is_not_utf8_is_refused_with_its_place() {
    check_error(
        &[("m.json", b"[{\"prompt\":\"a\",\n\"response\":\"\xe9\"}]")],
        &[],
        "nothing was imported:\n  m.json: is not UTF-8 at byte 28 (line 2); save it as UTF-8 and import it again",
    );
}

#[test]
fn ragged_records_load_and_a_short_one_lacks_its_text() {
    check(
        &[("m.csv", b"prompt,response,note\n\xc3\xa4,1,x\nb\n\"c\nc\",\"2\"\nd,3,x,y\n\xe9,4,x\n")],
        &[],
        &[
            r#"p1/m | p1: "ä" | m | "1""#,
            r#"p2/m | p2: "b" | m | missing"#,
            r#"p3/m | p3: "c\nc" | m | "2""#,
            r#"p4/m | p4: "d" | m | "3""#,
        ],
        &[
            "m.csv:3: the record has 1 of 3 cells; the rest, from `response` on, is missing",
            "m.csv:4: the record has 2 of 3 cells; the rest, from `note` on, is missing",
            "m.csv:6: the record has 4 cells where the header names 3; the others are kept as `column 4` and on. Is a quotation mark missing?",
            "m.csv:7: the record is not UTF-8 and is left out; save the file as UTF-8",
        ],
    );
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_told() {
    check(
        &[("m.csv", b"prompt,response\na,1\n\nb,\"2\nc,3\n")],
        &[],
        &[r#"p1/m | p1: "a" | m | "1""#, r#"p2/m | p2: "b" | m | "2\nc,3\n""#],
        &[
            "m.csv:4: a quotation mark in this record is never closed, so the 2 lines from here to the end of the file are read as one record; close it and import the file again",
        ],
    );
    check(&[("m.csv", b"prompt,response\na,5\" pipe\n")], &[], &[r#"p1/m | p1: "a" | m | "5\" pipe""#], &[]);
}

#[test]
fn a_damaged_gzip_file_gives_what_it_has() {
    let mut packed = GzEncoder::new(Vec::new(), Compression::none());
    packed.write_all(b"{\"prompt\":\"a\",\"response\":\"1\"}\n").unwrap();
    let mut bytes = packed.finish().unwrap();
    bytes.truncate(bytes.len() - 4);
    let import = import(&[("m.jsonl.gz", &bytes)], &[]).unwrap();
    assert_eq!(import.dataset.response_text(0), Some("1"));
    let notice = &import.report.notices[0].message;
    assert!(
        notice.contains("the gzip data is damaged or incomplete (") && notice.contains("the 30 bytes before"),
        "{notice}"
    );
}

#[test]
fn the_same_notice_is_told_a_hundred_times_and_then_counted() {
    let text = format!("{}\n{}", "nonsense\n".repeat(1334), r#"{"prompt":"a","response":"1"}"#);
    // A first line that is an object decides that these are lines.
    let text = format!("{{\"prompt\":\"b\",\"response\":\"2\"}}\n{text}");
    let import = import(&[("m.jsonl", text.as_bytes())], &[]).unwrap();
    assert_eq!((import.report.rows, import.report.skipped, import.report.notices.len()), (1336, 1334, 101));
    assert_eq!(import.report.notices[100].to_line(), "m.jsonl: … and 1,234 more lines that are not JSON objects");
}

#[test]
fn one_bad_file_does_not_lose_the_others() {
    check(
        &[("bad.jsonl", b"%PDF-1.7"), ("m.jsonl", b"{\"prompt\":\"a\",\"response\":\"1\"}\n")],
        &[],
        &[r#"p1/m | p1: "a" | m | "1""#],
        &["bad.jsonl: is a PDF, which is not read directly; export the data behind it as JSON Lines or CSV"],
    );
}

#[test]
fn an_import_can_be_cancelled_and_tells_how_far_it_is() {
    let text = "{\"prompt\":\"a\",\"response\":\"1\"}\n".repeat(200_000);
    let input = [Input::Bytes { name: "m.jsonl".into(), bytes: text.clone().into() }];
    let cancel = AtomicBool::new(false);
    let last = AtomicU64::new(0);
    let stop_halfway = |progress: Progress| {
        assert_eq!(progress.total, text.len() as u64);
        last.store(progress.done, Ordering::Relaxed);
        cancel.store(progress.done > progress.total / 2, Ordering::Relaxed);
    };
    let error = open(&input, &Overrides::default(), &Watch { cancel: &cancel, progress: &stop_halfway }).unwrap_err();
    assert_eq!(error.to_string(), "the import was cancelled; nothing was changed");
    assert!(last.load(Ordering::Relaxed) < text.len() as u64);
}
