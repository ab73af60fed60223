//! Files as other tools write them.

use crate::fixture::{import, notices, rows};
use crate::judgements::{check, criteria, judgements};
use std::io::Write as _;

const FIRST: &str = r#"{"id": 1, "epoch": 1, "input": [{"role": "user", "content": "attachment://x"}], "target": ["Yes", "Yep"],
 "output": {"model": "gpt", "choices": [{"message": {"role": "assistant", "content": "Yes"}}]}, "events": [{"a": NaN}],
 "scores": {"match": {"value": "C", "explanation": "Same."}, "style": {"value": {"tone": 0.5}}}, "attachments": {"x": "Is it?"}}"#;
const SECOND: &str = r#"{"id": 2, "epoch": 1, "input": "And that?", "target": "No", "output": {"model": "gpt", "choices": []}, "scores": {"match": {"value": "N"}}}"#;
const START: &str = r#"{"version": 2, "status": "cancelled", "eval": {"task": "t", "model": "openai/gpt"}, "results": {"scores": [{}, {}, {}]}}"#;

const INSPECTED: [&str; 3] = [
    "match: 1/openai/gpt match 1 of [0.0, 1.0] because Same.",
    "match: 2/openai/gpt match 0 of [0.0, 1.0]",
    "style tone: 1/openai/gpt style-tone 0.5 of [0.0, 1.0] because Same.",
];

#[test]
fn logs_of_inspect_open_even_where_a_run_was_cancelled() {
    let log = format!("{},\n\"samples\": [\n{FIRST},\n{SECOND}]}}", START.trim_end_matches('}').to_owned() + "}");
    let import = check(
        &[("log.json", &log)],
        &[],
        &INSPECTED,
        &[
            "log.json: is a log of Inspect AI: each of its samples is a response, and what scorers said of it are ratings",
            "log.json:3: NaN and Infinity are not JSON; they are read as null here and in all other rows",
        ],
    );
    assert_eq!(
        rows(&import),
        [
            r#"1/openai/gpt | 1: "Is it?" | openai/gpt | "Yes""#,
            r#"2/openai/gpt | 2: "And that?" | openai/gpt | missing"#
        ]
    );
}

/// A zip archive whose members are packed with zstd, method 93, as far as they are not empty.
fn zip_of_zstd(members: &[(&str, &str)]) -> Vec<u8> {
    let (mut out, mut directory) = (Vec::new(), Vec::new());
    for (name, text) in members {
        let packed = ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
        let mut crc = flate2::Crc::new();
        crc.update(text.as_bytes());
        let mut head = Vec::new();
        head.extend([20u16, 0, 93, 0, 0].iter().flat_map(|number| number.to_le_bytes()));
        let sizes = [crc.sum(), packed.len() as u32, text.len() as u32];
        head.extend(sizes.iter().flat_map(|number| number.to_le_bytes()));
        head.extend((name.len() as u16).to_le_bytes());
        head.extend(0u16.to_le_bytes());
        let at = out.len() as u32;
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&head);
        directory.extend([0u8; 10]);
        directory.extend(at.to_le_bytes());
        directory.extend(name.as_bytes());
        out.extend(b"PK\x03\x04");
        out.extend(&head);
        out.extend(name.as_bytes());
        out.extend(packed);
    }
    let (at, length, count) = (out.len() as u32, directory.len() as u32, members.len() as u16);
    out.extend(directory);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend(count.to_le_bytes());
    out.extend(count.to_le_bytes());
    out.extend(length.to_le_bytes());
    out.extend(at.to_le_bytes());
    out.extend([0, 0]);
    out
}

#[test]
fn packed_logs_say_the_same() {
    let members =
        [("_journal/start.json", START), ("samples/2_epoch_1.json", SECOND), ("samples/1_epoch_1.json", FIRST)];
    let found = import(&[("run.eval", &zip_of_zstd(&members))], &[]).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(judgements(&found), INSPECTED, "{:#?}", notices(&found));

    let mut deflated = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in members {
        deflated.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        deflated.write_all(text.as_bytes()).unwrap();
    }
    let found = import(&[("run.eval", &deflated.finish().unwrap().into_inner())], &[]).unwrap();
    assert_eq!(judgements(&found), INSPECTED);
}

#[test]
fn zstd_is_unpacked() {
    let text = "{\"id\": 1, \"output\": \"Grüße\"}\n".repeat(3000);
    let packed = ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest);
    let whole = import(&[("a.jsonl.zst", &packed)], &[]).unwrap();
    assert_eq!((whole.dataset.responses().len(), whole.dataset.model_of(0)), (3000, "a"));
    assert_eq!(whole.dataset.response_text(2999), Some("Grüße"));
}

#[test]
fn results_of_promptfoo() {
    let file = r#"{"results": {"version": 2, "results": [
        {"provider": {"id": "gpt"}, "prompt": {"raw": "Say Hi", "label": "Say {{what}}"}, "vars": {"what": "Hi"}, "response": {"output": "Hi"}, "success": true, "score": 1},
        {"provider": {"id": "llama"}, "prompt": {"raw": "Say Hi", "label": "Say {{what}}"}, "vars": {"what": "Hi"}, "response": {"output": "Ho"}, "success": false, "score": 0.5, "gradingResult": {"reason": "No Hi."}}
    ]}, "config": {}}"#;
    let import = check(
        &[("output.json", file)],
        &[],
        &[
            "promptfoo: p1/gpt pass 1 of [0.0, 1.0]",
            "promptfoo: p1/gpt score 1 of [0.0, 1.0]",
            "promptfoo: p1/llama pass 0 of [0.0, 1.0] because No Hi.",
            "promptfoo: p1/llama score 0.5 of [0.0, 1.0] because No Hi.",
        ],
        &["output.json: holds results of promptfoo: each output is a response, and whether it passed is a rating"],
    );
    assert_eq!(criteria(&import), ["pass: Human(YesNo)", "score: Human(Range { least: 0.0, most: 1.0 })"]);
}

#[test]
fn the_table_of_promptfoo() {
    let file = "\"{\"\"raw\"\":\"\"Be {{tone}}\"\",\"\"display\"\":\"\"Be {{tone}}\"\"}\",[gpt] Be nice,tone\n\"[FAIL] (0.00) Expected “x”\n---\nHm\",[PASS] (1.00) Hi,kind\n";
    let import = check(
        &[("output.csv", file)],
        &[],
        &[
            "promptfoo: p1/Be {{tone}} pass 0 of [0.0, 1.0] because Expected “x”",
            "promptfoo: p1/Be {{tone}} score 0 of [0.0, 1.0] because Expected “x”",
            "promptfoo: p1/[gpt] Be nice pass 1 of [0.0, 1.0]",
            "promptfoo: p1/[gpt] Be nice score 1 of [0.0, 1.0]",
        ],
        &["output.csv: holds results of promptfoo: each output is a response, and whether it passed is a rating"],
    );
    assert_eq!(rows(&import)[0], r#"p1/Be {{tone}} | p1: "kind" | Be {{tone}} | "Hm""#);
}

#[test]
fn examples_of_llm_comparator() {
    let file = r#"{"metadata": {}, "models": [{"name": "new"}, {"name": "old"}], "examples": [
        {"input_text": "Hi", "tags": [], "output_text_a": "Hello.", "output_text_b": "Ho.", "score": 0.5, "individual_rater_scores": [
            {"score": 1.5, "is_flipped": false, "rationale": "Warm."}, {"score": -0.5, "is_flipped": true}]},
        {"input_text": "Bye", "tags": [], "output_text_a": "Ciao.", "output_text_b": "Ade.", "score": 0.1, "individual_rater_scores": []}]}"#;
    check(
        &[("tiny.json", file)],
        &[],
        &[
            "rater 1: p1/new vs p1/old: MuchBetterFirst because Warm.",
            "rater 2: p1/old vs p1/new: First",
            "LLM Comparator: p2/new vs p2/old: Tie",
        ],
        &["tiny.json: is a file of LLM Comparator: each rater's score of an example is a verdict"],
    );
}

#[test]
fn tasks_of_label_studio_count_characters() {
    let file = r#"[{"id": 7, "data": {"text": "Grüße 👋 an alle"}, "annotations": [
        {"completed_by": {"email": "a@b.c"}, "was_cancelled": false, "lead_time": 2.5, "created_at": "2024-05-01T10:00:00Z", "result": [
            {"from_name": "stars", "to_name": "text", "type": "rating", "value": {"rating": 4}},
            {"from_name": "span", "to_name": "text", "type": "labels", "value": {"start": 6, "end": 10, "text": "👋 an", "labels": ["Greeting"]}}]},
        {"completed_by": 3, "was_cancelled": true, "result": [{"from_name": "stars", "type": "rating", "value": {"rating": 1}}]}]}]"#;
    let import = check(
        &[("tasks.json", file)],
        &[],
        &["a@b.c: 7/tasks stars 4 of [1.0, 4.0]", "a@b.c: 7/tasks greeting at 8..15 “👋 an”"],
        &["tasks.json: is an export of Label Studio: each annotation that was not cancelled is a row"],
    );
    let entry = import.judged.logs[0].entry(0);
    assert_eq!((entry.at.to_string().as_str(), entry.seconds), ("2024-05-01T10:00:00Z", Some(2.5)));
    assert_eq!(import.judged.labels[0].name, "Greeting");
}

#[test]
fn records_of_argilla() {
    let file = r#"[{"id": "r1", "prompt": "Hi", "response": "Hello.", "quality.responses": [4, 2], "quality.responses.users": ["anna", "ben"], "quality.responses.status": ["submitted", "discarded"], "quality.suggestion": 5}]"#;
    check(
        &[("records.json", file)],
        &[],
        &["anna: r1 quality 4 of [1.0, 5.0]", "suggestion: r1 quality 5 of [1.0, 5.0]"],
        &["records.json: is an export of Argilla: each user's answers are a row"],
    );
}

#[test]
fn a_graded_rubric_is_a_rubric_with_ratings() {
    let file = r#"{"id": "root", "requirements": "All is done.", "weight": 1, "score": 0.75, "sub_tasks": [
        {"id": "a", "requirements": "The first.", "weight": 3, "score": 1.0, "valid_score": true, "explanation": "Seen.", "sub_tasks": []},
        {"id": "b", "requirements": "The second.", "weight": 1, "score": 0.0, "sub_tasks": [
            {"id": "b1", "requirements": "Its part.", "weight": 2, "score": 0, "sub_tasks": []}]}]}"#;
    let import = check(
        &[("paper/grades.json", file)],
        &[],
        &["grades: p1/grades a 1 of [0.0, 1.0] because Seen.", "grades: p1/grades b1 0 of [0.0, 1.0]"],
        &[
            "paper/grades.json: is a rubric: its tree is the rubric, and its grades, where it has some, are ratings of one response",
        ],
    );
    let [tree] = import.judged.dimensions.as_slice() else { panic!("one tree") };
    assert_eq!((tree.id.as_str(), tree.children[0].weight(), tree.children[1].weight()), ("root", 3.0, 1.0));
    assert_eq!(criteria(&import), ["a: Human(YesNo)", "b …"]);
}

#[test]
fn lists_of_one_length_are_several_responses() {
    let file = r#"{"reviews": ["These boots are warm and good.", "They are rather too tight for me."], "summaries": ["Warm boots that run small, all in all.", "Boots of a kind, and nothing else.", "I do not know these boots at all."], "fl": [[3, 4], [5, 5], [1, 2]], "co": [1, 2, 3]}"#;
    let import = check(
        &[("aligned.jsonl", file)],
        &[],
        &[
            "rater 1: p1/system 1 fl 3 of [1.0, 5.0]",
            "rater 1: p1/system 2 fl 5 of [1.0, 5.0]",
            "rater 1: p1/system 3 fl 1 of [1.0, 5.0]",
            "rater 2: p1/system 1 fl 4 of [1.0, 5.0]",
            "rater 2: p1/system 2 fl 5 of [1.0, 5.0]",
            "rater 2: p1/system 3 fl 2 of [1.0, 5.0]",
            "aligned: p1/system 1 co 1 of [1.0, 5.0]",
            "aligned: p1/system 2 co 2 of [1.0, 5.0]",
            "aligned: p1/system 3 co 3 of [1.0, 5.0]",
        ],
        &["aligned.jsonl: has lists of the same length in a row: each place in `summaries` is a response"],
    );
    assert_eq!(import.dataset.prompts().len(), 1);
}

#[test]
fn outputs_in_a_list_or_by_model() {
    let list = r#"{"instruction": "Hi", "completions": [{"model": "a", "response": "Hello.", "annotations": {"helpfulness": {"Rating": "4"}}}, {"model": "b", "response": "Ho.", "annotations": {"helpfulness": {"Rating": "2"}}}]}"#;
    let by_model = r#"{"instruction": "Hi", "answers": {"a": {"response": "Hello.", "scores": {"helpfulness": 4}}, "b": {"response": "Ho.", "scores": {"helpfulness": 2}}}}"#;
    for (file, column) in [
        (list, "has a list of outputs in a row: each in `completions` is a response"),
        (by_model, "has outputs by model in a row: each in `answers` is a response"),
    ] {
        check(
            &[("n.jsonl", file)],
            &[],
            &["n: p1/a helpfulness 4 of [1.0, 4.0]", "n: p1/b helpfulness 2 of [1.0, 4.0]"],
            &[&format!("n.jsonl: {column}")],
        );
    }
}

#[test]
fn a_table_of_numbers_is_what_raters_said() {
    check(
        &[("codings.csv", "1,2,2,3\n1,,2,1\n")],
        &[],
        &[
            "rater 1: item 1 coding 1 of [1.0, 3.0]",
            "rater 1: item 2 coding 2 of [1.0, 3.0]",
            "rater 1: item 3 coding 2 of [1.0, 3.0]",
            "rater 1: item 4 coding 3 of [1.0, 3.0]",
            "rater 2: item 1 coding 1 of [1.0, 3.0]",
            "rater 2: item 3 coding 2 of [1.0, 3.0]",
            "rater 2: item 4 coding 1 of [1.0, 3.0]",
        ],
        &[],
    );
}

#[test]
fn rubrics_of_single_rows_are_kept_and_named() {
    let file = r#"{"prompt_id": "h1", "prompt": [{"role": "user", "content": "Help"}], "response": "Drink.", "rubrics": [{"criterion": "Says drink", "points": 5, "tags": []}]}"#;
    check(
        &[("health.jsonl", file)],
        &[],
        &[],
        &[
            "health.jsonl: rows bring criteria of their own in `rubrics`; a project has one rubric, so they are kept beside the texts as they are, and nothing is scored by them",
        ],
    );
}
