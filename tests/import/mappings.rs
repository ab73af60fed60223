//! What a person says about columns, and what they read when it does not fit.

use crate::fixture::{check, check_error, import};

#[test]
fn a_file_without_a_known_column_names_those_it_has() {
    check_error(
        &[("m.csv", b"this,that,other\na,b,c\n")],
        &[],
        "nothing was imported:\n  m.csv: has no column that is recognised as the responses; the columns are `this`, `that`, `other`: say which one it is with `--map response=COLUMN`, or choose it in the import preview",
    );
    check(
        &[("m.csv", b"this,that,other\na,b,c\n")],
        &["response=that", "prompt=this"],
        &[r#"p1/m | p1: "a" | m | "b""#],
        &[],
    );
}

#[test]
fn a_column_that_is_not_there_is_refused_with_what_may_be_meant() {
    check_error(
        &[("m.csv", b"prompt,answer text\na,b\n")],
        &["response=answer_text"],
        "`--map response=answer_text`: no file has a column `answer_text`; did you mean `answer text`?; the columns are\n  m.csv: `prompt`, `answer text`",
    );
    check_error(
        &[("m.csv", b"prompt,output\na,b\n")],
        &["respnse=output"],
        "there is no field `respnse`; did you mean `response`?; the fields are id, prompt_id, prompt, response, model, reference, id_b, response_b, model_b, verdict, verdict_swapped, gold, swapped, rating, rating_b, criterion, rater, reason, reason_swapped, is_gold, turn, time, seconds, labels",
    );
    check_error(
        &[("m.csv", b"prompt,output\na,b\n")],
        &["response"],
        "`response` names no column; write it as FIELD=COLUMN, such as `response=answer_text`",
    );
}

#[test]
fn nested_columns_are_named_by_their_path() {
    check(
        &[("m.jsonl", br#"{"q":{"text":"a"},"steps":[{"say":"1"},{"say":"2"}]}"#)],
        &["prompt=q.text", "response=steps[-1].say"],
        &[r#"p1/m | p1: "a" | m | "2""#],
        &[],
    );
}

#[test]
fn several_response_columns_are_one_model_each() {
    check(
        &[("m.csv", b"prompt,one,two\na,1,2\n")],
        &["response=one", "response=two"],
        &[r#"p1/one | p1: "a" | one | "1""#, r#"p1/two | p1: "a" | two | "2""#],
        &[],
    );
}

#[test]
fn prompts_alone_are_not_enough() {
    check_error(
        &[("question.jsonl", b"{\"uid\":\"x\",\"prompt\":\"a\"}\n")],
        &[],
        "nothing was imported:\n  question.jsonl: holds prompts (column `prompt`) but no responses; import it together with the files that hold the responses, or name their column, or one for each model, with `--map response=COLUMN`",
    );
}

#[test]
fn common_shapes_are_recognised() {
    let check = |row: &str, expected: &str| {
        let import = import(&[("m.jsonl", row.as_bytes())], &[]).unwrap_or_else(|error| panic!("{row}: {error}"));
        assert_eq!(crate::fixture::rows(&import), [expected], "{row}");
    };
    check(
        r#"{"question_id":1,"answer_id":"r","model_id":"v","choices":[{"index":0,"turns":["t"]}]}"#,
        r#"r | 1: "" | v | "t""#,
    );
    check(r#"{"question_id":1,"answer_id":"r","model_id":"v","text":"t"}"#, r#"r | 1: "" | v | "t""#);
    check(r#"{"Task-ID":"h/0","Completion":"t"}"#, r#"h/0/m | h/0: "" | m | "t""#);
    check(r#"{"provider":{"id":"v"},"prompt":{"raw":"a"},"response":{"output":"t"}}"#, r#"p1/v | p1: "a" | v | "t""#);
    check(
        r#"{"prompt":[{"role":"user","content":"a"}],"completion":[{"role":"assistant","content":"t"}]}"#,
        r#"p1/m | p1: "a" | m | "t""#,
    );
    check(r#"{"doc_id":3,"target":"g","resps":[["t"]],"filter":"none"}"#, r#"3/m | 3: "" | m | "t""#);
    check(r#"{"id":"q","response":"t"}"#, r#"q/m | q: "" | m | "t""#);
}
