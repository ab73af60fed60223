//! Which response belongs to which prompt and model, over several files.

use crate::fixture::check;

const PROMPTS: &[u8] = b"{\"id\":7,\"text\":\"seven\"}\n{\"id\":8,\"text\":\"eight\"}\n";

#[test]
fn prompts_models_and_results_in_three_files() {
    let results = br#"{"id":0,"model":97,"result":"A","prompt":7}
        {"id":1,"model":"29","result":"B","prompt":"7.0"}
        {"id":2,"model":97,"result":"C","prompt":8.0}"#;
    let models = b"{\"id\":97,\"name\":\"Airoboros\"}\n{\"id\":29,\"name\":\"Alpaca\"}\n";
    check(
        &[("results.jsonl", results), ("prompts.jsonl", PROMPTS), ("models.jsonl", models)],
        &[],
        &[
            r#"0 | 7: "seven" | Airoboros | "A""#,
            r#"1 | 7: "seven" | Alpaca | "B""#,
            r#"2 | 8: "eight" | Airoboros | "C""#,
        ],
        &["Alpaca has no response to 1 of 2 prompts: 8"],
    );
}

#[test]
fn a_prompt_that_no_file_lists_is_kept_and_told() {
    check(
        &[("prompts.jsonl", PROMPTS), ("m.csv", b"prompt_id,response\n7,A\n9,B\n9,C\n8,D\n")],
        &[],
        &[
            r#"7/m | 7: "seven" | m | "A""#,
            r#"9/m | 9: "" | m | "B""#,
            r#"9/m#2 | 9: "" | m | "C""#,
            r#"8/m | 8: "eight" | m | "D""#,
        ],
        &[
            "m.csv: 2 responses name prompts that are not in prompts.jsonl: 9; they are kept",
            "m.csv: 1 response is a further one by the same model to the same prompt: 9; all are kept",
        ],
    );
}

#[test]
fn files_without_ids_join_on_the_exact_text() {
    let one = br#"[{"instruction":"a","output":"1","generator":"x"},{"instruction":"b","output":"2","generator":"x"}]"#;
    let two =
        br#"[{"instruction":"b","output":"3","generator":"y"},{"instruction":"b ","output":"4","generator":"y"}]"#;
    check(
        &[("x/model_outputs.json", one), ("y/model_outputs.json", two)],
        &[],
        &[
            r#"p1/x | p1: "a" | x | "1""#,
            r#"p2/x | p2: "b" | x | "2""#,
            r#"p2/y | p2: "b" | y | "3""#,
            r#"p3/y | p3: "b " | y | "4""#,
        ],
        &["x has no response to 1 of 3 prompts: p3", "y has no response to 1 of 3 prompts: p1"],
    );
}

#[test]
fn prompts_of_the_same_text_are_joined_in_order() {
    let prompts = b"id,prompt\nq1,same\nq2,other\nq3,same\n";
    let results = b"prompt,response,model\nsame,1,m\nsame,1,n\nother,2,m\nsame,3,m\n";
    check(
        &[("prompts.csv", prompts), ("results.csv", results)],
        &[],
        &[
            r#"q1/m | q1: "same" | m | "1""#,
            r#"q1/n | q1: "same" | n | "1""#,
            r#"q2/m | q2: "other" | m | "2""#,
            r#"q3/m | q3: "same" | m | "3""#,
        ],
        &[
            "results.csv: prompts with the same text are told apart by their order only: q1, q3; an id column would be safer",
            "n has no response to 2 of 3 prompts: q2, q3",
        ],
    );
}

#[test]
fn samples_of_one_prompt_are_kept_and_told() {
    check(
        &[("m.csv", b"prompt,response\na,1\na,2\na,3\n")],
        &[],
        &[r#"p1/m | p1: "a" | m | "1""#, r#"p1/m#2 | p1: "a" | m | "2""#, r#"p1/m#3 | p1: "a" | m | "3""#],
        &["m.csv: 2 responses are further ones by the same model to the same prompt: p1; all are kept"],
    );
}

#[test]
fn an_id_that_was_read_before_is_made_different() {
    check(
        &[("m.csv", b"id,prompt,response\nr,a,1\nr,b,2\nr#2,c,3\n")],
        &[],
        &[r#"r | p1: "a" | m | "1""#, r#"r#2 | p2: "b" | m | "2""#, r#"r#2#2 | p3: "c" | m | "3""#],
        &["m.csv: 2 responses have ids that were read before: r, r#2; the later ones have `#2`, `#3` … added"],
    );
}

#[test]
fn a_prompt_id_with_two_texts_keeps_the_first() {
    check(
        &[("m.csv", b"prompt_id,prompt,response\n1,a,x\n1,b,y\n")],
        &[],
        &[r#"1/m | 1: "a" | m | "x""#, r#"1/m#2 | 1: "a" | m | "y""#],
        &[
            "m.csv: 1 row gives another text for a prompt id than was read before: 1; the first text is kept",
            "m.csv: 1 response is a further one by the same model to the same prompt: 1; all are kept",
        ],
    );
    check(
        &[("prompts.csv", b"id,prompt\n1,a\n1,b\n1,a\n"), ("m.csv", b"prompt_id,response\n1,x\n")],
        &[],
        &[r#"1/m | 1: "a" | m | "x""#],
        &["prompts.csv:3: the prompt id `1` is already taken by a row with another text; this row is left out"],
    );
}

#[test]
fn rows_that_say_nothing_about_their_prompt_have_one_each() {
    check(
        &[("m.jsonl", b"{\"response\":\"1\"}\n{\"response\":\"2\"}\n")],
        &[],
        &[r#"p1/m | p1: "" | m | "1""#, r#"p2/m | p2: "" | m | "2""#],
        &[
            "m.jsonl: 2 rows do not say which prompt they answer, so each has a prompt of its own without a text; name the column with `--map prompt=COLUMN` or `--map prompt_id=COLUMN`",
        ],
    );
}

#[test]
fn a_model_that_no_file_lists_is_told() {
    let results =
        b"{\"prompt\":\"a\",\"response\":\"1\",\"model\":1}\n{\"prompt\":\"a\",\"response\":\"2\",\"model\":2}\n";
    check(
        &[("results.jsonl", results), ("models.csv", b"id,name\n1,One\n")],
        &[],
        &[r#"p1/One | p1: "a" | One | "1""#, r#"p1/2 | p1: "a" | 2 | "2""#],
        &["results.jsonl: 1 response names a model that no file of models lists: 2; they are called as they are"],
    );
}

#[test]
fn models_of_the_same_name_are_told_apart() {
    let results =
        b"{\"prompt\":\"a\",\"response\":\"1\",\"model\":1}\n{\"prompt\":\"a\",\"response\":\"2\",\"model\":2}\n";
    check(
        &[("results.jsonl", results), ("models.csv", b"id,name\n1,One\n2,One\n")],
        &[],
        &[r#"p1/One | p1: "a" | One | "1""#, r#"p1/One (2) | p1: "a" | One (2) | "2""#],
        &[],
    );
}

#[test]
fn several_outputs_in_a_row() {
    check(
        &[("dataset.json", br#"[{"input":"a","output_1":"1","output_2":null,"label":1}]"#)],
        &[],
        &[r#"p1/output_1 | p1: "a" | output_1 | "1""#, r#"p1/output_2 | p1: "a" | output_2 | null"#],
        &[],
    );
    let long = "A sentence that is long enough to be an output of a model.";
    check(
        &[("wide.csv", format!("question,gpt-4,llama\nq,{long},{long}\n").as_bytes())],
        &[],
        &[&format!(r#"p1/gpt-4 | p1: "q" | gpt-4 | "{long}""#), &format!(r#"p1/llama | p1: "q" | llama | "{long}""#)],
        &[],
    );
}

#[test]
fn what_a_file_of_questions_calls_the_answer_is_the_reference() {
    let questions = b"{\"question_id\":1,\"question\":\"a\",\"answer\":\"gold\"}\n";
    let import = crate::fixture::import(
        &[("questions.jsonl", questions), ("m.jsonl", b"{\"question_id\":1,\"output\":\"x\"}\n")],
        &[],
    )
    .unwrap();
    assert_eq!(crate::fixture::rows(&import), [r#"1/m | 1: "a" | m | "x""#]);
    let reference = import.dataset.prompts()[0].reference.map(|at| import.dataset.text(at));
    assert_eq!(reference, Some("gold"));
}
