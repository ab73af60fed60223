//! Judgements that files bring along: who said what of which response.

use crate::fixture::{import, notices};
use rubrica::io::import::Import;
use rubrica::model::Node;
use rubrica::model::review::{Act, Purpose};

/// One line an entry: `reviewer: what`.
fn judgements(import: &Import) -> Vec<String> {
    let mut lines = Vec::new();
    for log in &import.judged.logs {
        for entry in log.entries() {
            let (what, purpose, reason) = match &entry.act {
                Act::Rate(rate) => {
                    let value = rate.value.map_or_else(|| "-".to_owned(), |value| value.to_string());
                    (
                        format!("{} {} {value} of {:?}", rate.response, rate.criterion, rate.scale),
                        rate.purpose,
                        &rate.reason,
                    )
                }
                Act::Prefer(prefer) => {
                    let [first, second] = &prefer.responses;
                    (format!("{first} vs {second}: {:?}", prefer.choice), prefer.purpose, &prefer.reason)
                }
                other => panic!("unexpected {other:?}"),
            };
            let purpose = if purpose == Purpose::Judge { String::new() } else { format!(" ({purpose:?})") };
            let reason = if reason.is_empty() { String::new() } else { format!(" because {reason}") };
            lines.push(format!("{}: {what}{purpose}{reason}", log.reviewer()));
        }
    }
    lines
}

/// The criteria for the rubric, and their scales.
fn criteria(import: &Import) -> Vec<String> {
    let dimensions = import.judged.dimensions.iter().flat_map(|dimension| &dimension.children);
    dimensions
        .map(|node| match node {
            Node::Criterion(criterion) => format!("{}: {:?}", criterion.id, criterion.judge),
            Node::Dimension(dimension) => format!("{} …", dimension.id),
        })
        .collect()
}

#[track_caller]
fn check(files: &[(&str, &str)], maps: &[&str], expected: &[&str], expected_notices: &[&str]) -> Import {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    let import = import(&files, maps).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(judgements(&import), expected, "{:#?} {:?}", notices(&import), import.sources);
    assert_eq!(notices(&import), expected_notices);
    import
}

#[test]
fn a_verdict_names_a_side() {
    let file = "prompt,model_x,model_y,winner\n1,gpt,llama,left\n1,llama,phi,right\n2,gpt,phi,tie\n2,llama,phi,dunno\n";
    let import = check(
        &[("crowd.csv", file)],
        &[],
        &["crowd: 1/gpt vs 1/llama: First", "crowd: 1/llama vs 1/phi: Second", "crowd: 2/gpt vs 2/phi: Tie"],
        &["crowd.csv:5: “dunno” in `winner` names neither of the two responses nor a tie; the verdict is left out"],
    );
    assert_eq!(crate::fixture::rows(&import)[0], r#"1/gpt | 1: "" | gpt | missing"#);
    assert_eq!(import.dataset.responses().len(), 6);
}

#[test]
fn preferences_join_responses_of_other_files() {
    let outputs = r#"[{"instruction": "Hi", "output": "Hello.", "generator": "a"}, {"instruction": "Hi", "output": "Ho.", "generator": "b"},
        {"instruction": "Hi", "output": "Hello again.", "generator": "a"}, {"instruction": "Hi", "output": "Ho ho.", "generator": "b"}]"#;
    let row = |one: &str, two: &str, preference: &str| {
        format!(
            r#"{{"instruction": "Hi", "output_1": "{one}", "generator_1": "a", "output_2": "{two}", "generator_2": "b", "annotator": "judge 1", "preference": {preference}}}"#
        )
    };
    let annotations = format!("[{}, {}]", row("Hello.", "Ho.", "2"), row("Hello again.", "Ho ho.", "null"));
    let import = check(
        &[("outputs.json", outputs), ("annotations.json", &annotations)],
        &[],
        &["judge 1: p1/a vs p1/b: Second"],
        &[
            "outputs.json: 2 responses are further ones by the same model to the same prompt: p1; all are kept",
            "annotations.json:1: the row gives no verdict; its responses are kept",
        ],
    );
    assert_eq!(import.dataset.responses().len(), 4);
}

#[test]
fn a_rating_a_row() {
    let file = "doc_id,system,summary,is_factual,worker_id\n1,bert,Short.,yes,w0\n1,bert,Short.,no,w1\n1,bert,Short.,,w2\n1,gpt,Long.,no,w0\n";
    let import = check(
        &[("factual.csv", file)],
        &[],
        &[
            "w0: 1/bert is-factual 1 of [0.0, 1.0]",
            "w0: 1/gpt is-factual 0 of [0.0, 1.0]",
            "w1: 1/bert is-factual 0 of [0.0, 1.0]",
        ],
        &["factual.csv: 1 row has no rating; their responses are kept"],
    );
    assert_eq!(crate::fixture::rows(&import).len(), 2);
    assert_eq!(criteria(&import), ["is-factual: Human(YesNo)"]);
}

#[test]
fn scores_beside_outputs_are_ratings_too() {
    let file = "{\"task_id\": 1, \"completion\": \"x\", \"passed\": true}\n{\"task_id\": 1, \"completion\": \"x\", \"passed\": false}\n{\"task_id\": 2, \"completion\": \"y\"}\n";
    check(
        &[("coder.jsonl", file)],
        &[],
        &["passed: 1/coder passed 1 of [0.0, 1.0]", "passed: 1/coder#2 passed 0 of [0.0, 1.0]"],
        &[
            "coder.jsonl: 1 response is a further one by the same model to the same prompt: 1; all are kept",
            "coder.jsonl: 1 row has no rating; their responses are kept",
        ],
    );
}

#[test]
fn both_orders_of_a_pair() {
    let file = r#"{"question_id": 1, "model_1": "a", "model_2": "b", "answer_1": "x", "answer_2": "y", "g1_winner": "model_1", "g2_winner": "model_2", "judge": ["gpt-4", "pair"], "g1_judgment": "Better.", "g2_judgment": "Worse.", "tstamp": 1701150945}"#;
    let import = check(
        &[("pairs.jsonl", file)],
        &[],
        &["gpt-4 pair: 1/a vs 1/b: First because Better.", "gpt-4 pair: 1/b vs 1/a: First (Repeat) because Worse."],
        &[],
    );
    assert_eq!(import.judged.logs[0].entries()[0].at.to_string(), "2023-11-28T05:55:45Z");
}
