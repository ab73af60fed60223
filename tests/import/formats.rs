//! Every way of writing the same rows gives the same responses.

use crate::fixture::{check, import};
use flate2::{Compression, write::GzEncoder};
use rubrica::model::Format;
use std::io::Write as _;

const LINES: &str = "{\"prompt\":\"a\",\"response\":\"1 é\"}\n{\"prompt\":\"b\",\"response\":\"2\u{2028}2\"}\n";

#[track_caller]
fn check_same(name: &str, bytes: &[u8], format: Format) {
    check(&[(name, bytes)], &[], &[r#"p1/m | p1: "a" | m | "1 é""#, r#"p2/m | p2: "b" | m | "2\u{2028}2""#], &[]);
    assert_eq!(import(&[(name, bytes)], &[]).unwrap().sources[0].format, format);
}

fn gzip(text: &str) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(text.as_bytes()).unwrap();
    packed.finish().unwrap()
}

#[test]
fn json_lines() {
    check_same("m.jsonl", LINES.as_bytes(), Format::JsonLines);
    check_same("m.jsonl", LINES.replace('\n', "\r\n\r\n").as_bytes(), Format::JsonLines);
    check_same("m.json", LINES.trim_end().as_bytes(), Format::JsonLines);
}

#[test]
fn json() {
    let list = format!("[{}]", LINES.trim_end().replace('\n', ",\n"));
    check_same("m.json", list.as_bytes(), Format::Json);
    check_same("m.jsonl", list.as_bytes(), Format::Json);
    let over_lines = LINES.replace("{", "{\n").replace("}", "\n}");
    check_same("m.json", over_lines.as_bytes(), Format::Json);
}

#[test]
fn a_list_inside_an_object_is_found_and_told() {
    let rows = LINES.trim_end().replace('\n', ",");
    check(
        &[("m.json", format!("{{\"models\": [{{}}], \"run\": {{\"data\": [{rows}]}}, \"n\": [1, 2, 3]}}").as_bytes())],
        &[],
        &[r#"p1/m | p1: "a" | m | "1 é""#, r#"p2/m | p2: "b" | m | "2\u{2028}2""#],
        &["m.json: the rows are read from the list `run.data` in it"],
    );
}

#[test]
fn tables() {
    let csv = "prompt,response\na,1 é\nb,\"2\u{2028}2\"\n";
    check_same("m.csv", csv.as_bytes(), Format::Csv);
    check_same("m.csv", csv.replace('\n', "\r\n").as_bytes(), Format::Csv);
    check_same("m.csv", csv.replace(',', ";").as_bytes(), Format::Csv);
    check_same("m.csv", csv.replace(',', "\t").as_bytes(), Format::Tsv);
    check_same("m.tsv", csv.as_bytes(), Format::Csv);
}

#[test]
fn encodings_and_compression() {
    check_same("m.jsonl", format!("\u{feff}{LINES}").as_bytes(), Format::JsonLines);
    let units: Vec<u16> = format!("\u{feff}{LINES}").encode_utf16().collect();
    let little: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
    let big: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
    check_same("m.jsonl", &little, Format::JsonLines);
    check_same("m.jsonl", &big, Format::JsonLines);
    // Members one after the other are one file.
    let (first, second) = LINES.split_once('\n').unwrap();
    let members = [gzip(&format!("{first}\n")), gzip(second)].concat();
    check_same("m.jsonl.gz", &members, Format::JsonLines);
    check_same("m.jsonl", &members, Format::JsonLines);
}

#[test]
fn columns_without_a_name_or_with_the_same_name_have_one_each() {
    check(
        &[("m.csv", b",response,response\nq1,first,second\n")],
        &["prompt=column 1", "response=response (2)"],
        &[r#"p1/m | p1: "q1" | m | "second""#],
        &[],
    );
}

#[test]
fn null_empty_and_missing_are_three_things() {
    let rows = br#"{"prompt":"a","response":null}
        {"prompt":"b","response":""}
        {"prompt":"c"}
        {"prompt":"d","response":3.50}"#;
    check(
        &[("m.jsonl", rows)],
        &[],
        &[
            r#"p1/m | p1: "a" | m | null"#,
            r#"p2/m | p2: "b" | m | """#,
            r#"p3/m | p3: "c" | m | missing"#,
            r#"p4/m | p4: "d" | m | "3.5""#,
        ],
        &[],
    );
    check(&[("m.csv", b"prompt,response\na,\n")], &[], &[r#"p1/m | p1: "a" | m | """#], &[]);
}

#[test]
fn outputs_that_are_no_texts_are_shown_as_json_and_told_once() {
    check(
        &[("m.jsonl", b"{\"prompt\":\"a\",\"response\":{\"x\":1}}\n{\"prompt\":\"b\",\"response\":{\"x\":[]}}")],
        &[],
        &[r#"p1/m | p1: "a" | m | "{\n  \"x\": 1\n}""#, r#"p2/m | p2: "b" | m | "{\n  \"x\": []\n}""#],
        &["m.jsonl: 2 responses are objects or lists rather than texts; they are shown as JSON"],
    );
}

#[test]
fn numbers_that_json_does_not_know_are_null() {
    check(
        &[("m.jsonl", b"{\"prompt\":\"a\",\"response\":\"1\",\"score\":NaN}\n{\"prompt\":\"b\",\"response\":\"2\",\"score\":-Infinity}")],
        &[],
        &[r#"p1/m | p1: "a" | m | "1""#, r#"p2/m | p2: "b" | m | "2""#],
        &["m.jsonl:1: NaN and Infinity are not JSON; they are read as null here and in all other rows"],
    );
}

#[test]
fn a_chat_is_its_question_and_its_answer() {
    let rows = br#"{"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"},{"role":"assistant","content":"Ho"}]}"#;
    check(&[("m.jsonl", rows)], &[], &[r#"p1/m | p1: "System: Be brief.\n\nUser: Hi" | m | "Ho""#], &[]);
}

#[test]
fn other_columns_become_metadata() {
    let import = import(
        &[(
            "m.jsonl",
            br#"{"id":"r","prompt":"a","model":"m","n":1.0,"choices":[{"index":0,"turns":["t"]}],"tag":["x"]}"#,
        )],
        &[],
    )
    .unwrap();
    let response = import.dataset.responses()[0];
    assert_eq!(import.dataset.text(response.metadata.unwrap()), r#"{"n":1.0,"choices":[{"index":0}],"tag":["x"]}"#);
}
