//! Judgements that files bring along: who said what of which response.

use crate::fixture::{import, notices};
use rubrica::io::import::Import;
use rubrica::model::Node;
use rubrica::model::review::{Act, Purpose};

/// One line an entry: `reviewer: what`.
pub(crate) fn judgements(import: &Import) -> Vec<String> {
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
                Act::Label(label) => {
                    let what = format!(
                        "{} {} at {}..{} “{}”",
                        label.response, label.label, label.start, label.end, label.quote
                    );
                    (what, Purpose::Judge, &label.reason)
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
pub(crate) fn criteria(import: &Import) -> Vec<String> {
    let dimensions = import.judged.dimensions.iter().flat_map(|dimension| &dimension.children);
    dimensions
        .map(|node| match node {
            Node::Criterion(criterion) => format!("{}: {:?}", criterion.id, criterion.judge),
            Node::Dimension(dimension) => format!("{} …", dimension.id),
        })
        .collect()
}

#[track_caller]
pub(crate) fn check(files: &[(&str, &str)], maps: &[&str], expected: &[&str], expected_notices: &[&str]) -> Import {
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
    assert_eq!(import.judged.logs[0].entry(0).at.to_string(), "2023-11-28T05:55:45Z");
}

#[test]
fn items_without_texts_are_compared_one_pair_a_row() {
    let import = check(
        &[("food.csv", "left,right,winner\nPizza,Sushi,left\nPizza,Sushi,right\n")],
        &[],
        &["food: p1/Pizza vs p1/Sushi: First", "food: p2/Pizza vs p2/Sushi: Second"],
        &["food.csv: 2 rows do not say which prompt they are about, so each has a prompt of its own without a text"],
    );
    assert_eq!(import.dataset.models(), ["Pizza", "Sushi"]);
}

#[test]
fn what_says_itself_which_is_better_needs_no_verdict() {
    let file = r#"{"chosen": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello!"}], "rejected": [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "What?"}], "score_chosen": 9, "score_rejected": 2.5}"#;
    let import = check(
        &[("pairs.jsonl", file)],
        &[],
        &[
            "pairs: p1/chosen score 9 of [1.0, 10.0]",
            "pairs: p1/rejected score 2.5 of [1.0, 10.0]",
            "pairs: p1/chosen vs p1/rejected: First",
        ],
        &[],
    );
    assert_eq!(crate::fixture::rows(&import)[1], r#"p1/rejected | p1: "Hi" | rejected | "What?""#);
}

#[test]
fn a_verdict_may_be_the_greater_of_two_scores() {
    let answers = "{\"answer_id\": \"x\", \"question_id\": 1, \"model_id\": \"a\", \"text\": \"one\"}\n{\"answer_id\": \"y\", \"question_id\": 1, \"model_id\": \"b\", \"text\": \"two\"}\n";
    let reviews = "{\"question_id\": 1, \"answer1_id\": \"x\", \"answer2_id\": \"y\", \"score\": [7, 8.5], \"text\": \"B is better.\", \"reviewer_id\": \"gpt-4\"}\n";
    let import = check(
        &[("answers.jsonl", answers), ("reviews.jsonl", reviews)],
        &[],
        &[
            "gpt-4: x score 7 of [1.0, 10.0] because B is better.",
            "gpt-4: y score 8.5 of [1.0, 10.0] because B is better.",
            "gpt-4: x vs y: Second because B is better.",
        ],
        &[],
    );
    assert_eq!(import.dataset.responses().len(), 2);
}

#[test]
fn raters_may_have_a_column_each() {
    let file = "id,response,rater_1,rater_2,rater_3\na,Yes.,1,2,\nb,No.,3,3,1\n";
    check(
        &[("wide.csv", file)],
        &[],
        &[
            "rater 1: a/wide rating 1 of [1.0, 3.0]",
            "rater 1: b/wide rating 3 of [1.0, 3.0]",
            "rater 2: a/wide rating 2 of [1.0, 3.0]",
            "rater 2: b/wide rating 3 of [1.0, 3.0]",
            "rater 3: b/wide rating 1 of [1.0, 3.0]",
        ],
        &[],
    );
}

#[test]
fn a_column_may_say_what_is_rated_and_words_may_rate() {
    let file =
        "item_id,annotator,criterion,score\nq1,anna,Tone,bad\nq1,anna,Facts,yes\nq1,ben,Tone,fair\nq1,ben,Facts,no\n";
    let expected = [
        "anna: q1/long tone 1 of [1.0, 2.0]",
        "anna: q1/long facts 1 of [0.0, 1.0]",
        "ben: q1/long tone 2 of [1.0, 2.0]",
        "ben: q1/long facts 0 of [0.0, 1.0]",
    ];
    let import = check(&[("long.csv", file)], &[], &expected, &[]);
    assert_eq!(criteria(&import), [r#"tone: Human(Points(["bad", "fair"]))"#, "facts: Human(YesNo)"]);
    let renamed = file.replace("score", "q7");
    check(&[("long.csv", &renamed)], &["rating=q7"], &expected, &[]);
}

#[test]
fn turns_of_a_conversation_are_rated_apart() {
    let file = "{\"question_id\": 81, \"model\": \"a\", \"judge\": [\"gpt-4\", \"single-v1\"], \"user_prompt\": \"Judge this.\", \"judgment\": \"Fine. [[8]]\", \"score\": 8, \"turn\": 1, \"tstamp\": 1686000000.5}\n{\"question_id\": 81, \"model\": \"a\", \"judge\": [\"gpt-4\", \"single-v1\"], \"user_prompt\": \"Judge this.\", \"judgment\": \"Poor. [[3]]\", \"score\": 3, \"turn\": 2, \"tstamp\": 1686000001}\n";
    check(
        &[("single.jsonl", file)],
        &[],
        &[
            "gpt-4 single-v1: 81/a score 8 of [1.0, 10.0] because Fine. [[8]]",
            "gpt-4 single-v1: 81/a score-turn-2 3 of [1.0, 3.0] because Poor. [[3]]",
        ],
        &[],
    );
}

#[test]
fn scales_and_codings_are_said_by_hand() {
    let inputs = [rubrica::io::import::Input::Bytes {
        name: "a.csv".into(),
        bytes: b"id,output,score\n1,x,3\n2,y,7\n3,z,11\n".to_vec(),
    }];
    let mut overrides = rubrica::io::import::Overrides { rater: Some("judge".into()), ..Default::default() };
    overrides.add_scale("score=0..10").unwrap();
    assert!(overrides.add_scale("score=often").is_err());
    let watch = rubrica::io::import::Watch { cancel: &Default::default(), progress: &|_| {} };
    let import = rubrica::io::import::open(&inputs, &overrides, &watch).unwrap();
    assert_eq!(judgements(&import), ["judge: 1/a score 3 of [0.0, 10.0]", "judge: 2/a score 7 of [0.0, 10.0]"]);
    assert_eq!(notices(&import), ["a.csv:4: “11” is no rating of “score” on the scale 0..10; the rating is left out"]);
}

#[test]
fn columns_of_a_comparison_are_named_by_hand() {
    check(
        &[("odd.csv", "ask,one,other,who\nHi,Hello.,Ho.,-1\nBye,Ciao.,Ade.,1\n")],
        &["prompt=ask", "response=one", "response_b=other", "verdict=who"],
        &["odd: p1/one vs p1/other: Second", "odd: p2/one vs p2/other: First"],
        &["odd.csv: numbers in `who` are taken to mean: above 0 the first; say otherwise with `--verdicts`"],
    );
}
