//! Files as strangers have them: other names, other shapes, other ways to write a rating. One line of what is said of
//! each, with the scales, and what the report asks where nobody can be sure.

use crate::fixture::{import, notices, rows};
use rubrica::io::import::Summary;
use rubrica::model::review::Act;
use std::collections::BTreeMap;

/// The ratings of each criterion in the order of rows, with its scale; then the preferences: `tone 1..5: 4 2; anna First`.
fn said(file: &str, text: &str, maps: &[&str]) -> String {
    let import = import(&[(file, text.as_bytes())], maps).unwrap_or_else(|error| panic!("{file}: {error}"));
    let scales: BTreeMap<String, String> = Summary::of(&import).criteria.into_iter().collect();
    let names: BTreeMap<String, String> =
        scales.keys().map(|name| (rubrica::model::slug(name), name.clone())).collect();
    let mut ratings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut verdicts = Vec::new();
    for log in &import.judged.logs {
        for entry in log.entries() {
            match &entry.act {
                Act::Rate(rate) => {
                    let name = &names[&rate.criterion];
                    let value = format!("{}={}", log.reviewer(), rate.value.unwrap());
                    ratings.entry(format!("{name} {}", scales[name])).or_default().push(value);
                }
                Act::Prefer(prefer) => verdicts.push(format!("{:?}", prefer.choice)),
                other => verdicts.push(format!("{other:?}")),
            }
        }
    }
    let mut all: Vec<String> =
        ratings.into_iter().map(|(name, values)| format!("{name}: {}", values.join(" "))).collect();
    if !verdicts.is_empty() {
        all.push(verdicts.join(" "));
    }
    all.join("; ")
}

#[track_caller]
fn check(file: &str, text: &str, expected: &str) {
    assert_eq!(said(file, text, &[]), expected, "{file}:\n{text}");
}

/// What the report says of a file.
fn told(file: &str, text: &str) -> String {
    notices(&import(&[(file, text.as_bytes())], &[]).unwrap_or_else(|error| panic!("{file}: {error}"))).join("\n")
}

#[test]
fn raters_stand_in_columns_objects_and_cells() {
    let table =
        |head: &str, first: &str, second: &str| format!("id,response,{head}\n1,Warm.,{first}\n2,Cold.,{second}\n");
    check(
        "q.csv",
        &table("fluency_1,fluency_2,coherence_1,coherence_2", "1,2,5,4", "3,3,3,2"),
        "coherence 1..5: rater 1=5 rater 1=3 rater 2=4 rater 2=2; fluency 1..5: rater 1=1 rater 1=3 rater 2=2 rater 2=3",
    );
    let lists = "rating 1..5: rater 1=3 rater 1=1 rater 2=5 rater 2=2";
    check("l.csv", &table("ratings", "\"[3, 5]\"", "\"[1, 2]\""), lists);
    check("l.csv", &table("human_ratings", "3|5", "1|2"), lists);
    check("l.csv", &table("ratings", "3;5", "1;2"), lists);
    let by_rater = "fluency 1..5: annotator_1=3 annotator_1=5 annotator_2=4 annotator_2=4; tone 1..5: annotator_1=2 annotator_1=2 annotator_2=1 annotator_2=1";
    for inner in [
        |a: u8, b: u8| {
            format!(r#"{{"annotator_1": {{"fluency": {a}, "tone": 2}}, "annotator_2": {{"fluency": {b}, "tone": 1}}}}"#)
        },
        |a: u8, b: u8| {
            format!(
                r#"{{"fluency": {{"annotator_1": {a}, "annotator_2": {b}}}, "tone": {{"annotator_1": 2, "annotator_2": 1}}}}"#
            )
        },
    ] {
        let row =
            |id: u8, scores: String| format!("{{\"id\": {id}, \"response\": \"Warm {id}.\", \"scores\": {scores}}}\n");
        check("r.jsonl", &(row(1, inner(3, 4)) + &row(2, inner(5, 4))), by_rater);
    }
    // Without texts: an id, and who said what of it.
    let units = "unit,Rater1,Rater2\n1,a,b\n2,b,b\n";
    check("u.csv", units, "rating a<b: rater 1=1 rater 1=2 rater 2=2 rater 2=2");
    let people = "item,anna,ben\n1,1,2\n2,4,\n";
    check("u.csv", people, "rating 1..4: anna=1 anna=4 ben=2");
    assert!(told("u.csv", people).contains("`--map rating=anna --map rating=ben`"), "{}", told("u.csv", people));
}

#[test]
fn tables_of_codings_have_names_or_none() {
    let expected = "rating 1..4: anna=1 anna=4 ben=2";
    for text in ["rater,item 1,item 2\nanna,1,4\nben,2,NA\n", "Coder;1;2\nanna;1;4\nben;2;*\n"] {
        check("c.csv", text, expected);
    }
    let numbered = "rating 1..4: rater 1=1 rater 1=4 rater 2=2";
    check("c.csv", "unit,1,2\na,1,2\nb,4,.\n", numbered);
    let words = "rater,q1,q2\nanna,yes,no\nben,yes,\n";
    check("c.csv", words, "rating yes-no: anna=1 anna=0 ben=1");
    // Without a header, the rows are raters where they are fewer.
    check("c.csv", "1,4,2\n2,*,NA\n", "coding 1..4: rater 1=1 rater 1=4 rater 1=2 rater 2=2");
}

#[test]
fn criteria_stand_in_names_and_objects() {
    let one = |scores: &str| format!("{{\"id\": 1, \"input\": \"Q\", \"actualOutput\": \"Warm.\", {scores}}}\n");
    let row = |criteria: &str| one(criteria) + &one(criteria).replace("\"id\": 1", "\"id\": 2").replace("Warm", "Cold");
    check(
        "m.jsonl",
        &row(
            r#""metricsData": [{"name": "Answer Relevancy", "score": 0.9, "success": true}, {"name": "G-Eval", "score": 0.25, "reason": "so"}]"#,
        ),
        "Answer Relevancy 0..1: m=0.9 m=0.9; G-Eval 0..1: m=0.25 m=0.25",
    );
    check(
        "m.jsonl",
        &row(r#""scores": [{"name": "faithfulness", "value": 0.5}, {"name": "my own", "value": 0.75}]"#),
        "faithfulness 0..1: m=0.5 m=0.5; my own 0..1: m=0.75 m=0.75",
    );
    check(
        "m.jsonl",
        &row(r#""scores": [{"name": "anna", "score": 4}, {"name": "ben", "score": 2}]"#),
        "score 1..4: anna=4 anna=4 ben=2 ben=2",
    );
    check(
        "m.jsonl",
        &row(r#""labels": {"name": ["quality", "toxicity"], "value": [0.75, 0.0], "count": [3, 3]}"#),
        "quality 0..1: m=0.75 m=0.75; toxicity yes-no: m=0 m=0",
    );
    check(
        "m.csv",
        "inputs.question,outputs.answer,feedback.correctness,feedback.helpfulness\nQ,Warm.,1,0\nP,Cold.,0,1\n",
        "correctness yes-no: scores=1 scores=0; helpfulness yes-no: scores=0 scores=1",
    );
}

#[test]
fn what_a_scale_is_out_of_is_seen() {
    let rated = |name: &str, cells: [&str; 3]| {
        let [a, b, c] = cells;
        format!("id,response,rater,{name}\n1,Warm.,r,{a}\n2,Cold.,r,{b}\n3,So so.,r,{c}\n")
    };
    check("r.csv", &rated("rating", ["4/10", "3/10", "5/10"]), "rating 1..10: r=4 r=3 r=5");
    check("r.csv", &rated("rating", ["0.5%", "0.8 %", "1%"]), "rating 0..100: r=0.5 r=0.8 r=1");
    check("r.csv", &rated("rating", ["★★★★☆", "★☆☆☆☆", "★★☆☆☆"]), "rating 1..5: r=4 r=1 r=2");
    check("r.csv", &rated("Tone of voice (1-7)", ["4", "3", "2"]), "Tone of voice 1..7: r=4 r=3 r=2");
    check("r.csv", &rated("Genauigkeit", ["\"85,5 %\"", "20 %", "k.A."]), "Genauigkeit 0..100: r=85.5 r=20");
    check("r.csv", &rated("Qualität", ["gut", "schlecht", "sehr gut"]), "Qualität schlecht<gut<sehr gut: r=2 r=1 r=3");
    check("r.csv", &rated("feedback", ["up", "down", "up"]), "feedback yes-no: r=1 r=0 r=1");
    let unread =
        rated("remarks", ["Fine by me, I would say.", "Not so good, in the end.", "It could be worse than this."]);
    assert!(told("r.csv", &unread).contains("`rater` says who rated, and no column is recognised as what they said"));
    let correct = "question;answer;correct?\nQ;x;ja\nP;y;nein\nO;z;teilweise\n";
    check("r.csv", correct, "correct? no<teilweise<yes: correct?=3 correct?=1 correct?=2");
    let inside = "{\"prompt\": \"Q\", \"response\": \"x\", \"eval\": {\"score\": 4, \"reason\": \"r\"}}\n";
    check("r.jsonl", inside, "eval 1..4: eval=4");
    let chat = r#"{"conversation": [{"role": "user", "content": "Q"}, {"role": "assistant", "content": "x"}], "rating": 4, "reviewer": "anna"}"#;
    check("r.jsonl", &format!("{chat}\n"), "rating 1..4: anna=4");
    // One of a file's criteria uses all of the scale.
    let helpful = "prompt,response,helpfulness,coherence,complexity\nQ,Warm.,0,4,1\nP,Cold.,4,3,1\n";
    check(
        "h.csv",
        helpful,
        "coherence 0..4: scores=4 scores=3; complexity 0..4: scores=1 scores=1; helpfulness 0..4: scores=0 scores=4",
    );
}

#[test]
fn numbers_that_compare_say_what_they_are_taken_for() {
    let judged = |column: &str, numbers: &[i8]| {
        let row = |(at, number): (usize, &i8)| format!("Q{at},x{at},y{at},{number}\n");
        let rows: String = numbers.iter().enumerate().map(row).collect();
        format!("prompt,response_a,response_b,{column}\n{rows}")
    };
    for (column, numbers, expected, taken) in [
        (
            "preference",
            &[1, 4, 5, 7][..],
            "MuchBetterFirst Tie Second MuchBetterSecond",
            "1 the first is much better, 7 the second",
        ),
        ("preference_score", &[1, 3, 4], "MuchBetterFirst Tie Second", "1 the first is much better, 5 the second"),
        ("preference_strength", &[-3, 0, 1], "MuchBetterFirst Tie Second", "above 0 the second"),
        ("preference", &[-3, 0, 1], "MuchBetterSecond Tie First", "above 0 the first"),
        ("preference", &[0, 1], "First Second", "0 the first, 1 the second"),
    ] {
        let text = judged(column, numbers);
        check("p.csv", &text, expected);
        let notice = format!("numbers in `{column}` are taken to mean: {taken}; say otherwise with `--verdicts`");
        assert!(told("p.csv", &text).contains(&notice), "{}", told("p.csv", &text));
    }
    // 1 and 2 are what they are called.
    assert_eq!(told("p.csv", &judged("preference", &[1, 2])), "");
    // A score of two responses is no verdict, and asked about.
    assert!(told("p.csv", &judged("score", &[1, 5])).contains("`score` may hold judgements"));
}

#[test]
fn verdicts_are_found_under_other_names() {
    let head = "prompt,response_1,response_2";
    let raters = |head: &str, a: &str, b: &str| format!("prompt,response_a,response_b,{head}\nQ,x,y,{a}\nP,x,y,{b}\n");
    check("p.csv", &raters("rater1_preference,rater2_preference", "A,B", "Tie,A"), "First Tie Second First");
    let line = |said: &str| format!("{{\"prompt\": \"Q\", \"response_a\": \"x\", \"response_b\": \"y\", {said}}}\n");
    check("p.jsonl", &line(r#""preferences": ["A", "B", "tie"]"#), "First Second Tie");
    check("p.jsonl", &line(r#""judgement": {"winner": "B", "reason": "so"}"#), "Second");
    let shp = |labels: u8| {
        format!(
            "{{\"history\": \"Q{labels}\", \"human_ref_A\": \"x\", \"human_ref_B\": \"y\", \"labels\": {labels}}}\n"
        )
    };
    check("p.jsonl", &(shp(1) + &shp(0)), "First Second");
    for column in ["preferred_response", "which is better?", "Winner (human)", "overall choice"] {
        check(
            "p.csv",
            &format!("{head},{column}\nQ,x,y,Response 1\nP,x,y,Response 2\nO,x,y,Tie\n"),
            "First Second Tie",
        );
    }
    let games = |first: &str, second: &str| {
        format!(
            "{{\"question_id\": \"q{first}\", \"model\": \"gpt\", \"judge\": \"j\", \"games\": [{{\"score\": \"{first}\"}}, {{\"score\": \"{second}\"}}]}}\n"
        )
    };
    // The baseline is A at first, and B the second time.
    let text = games("A>>B", "B>A") + &games("B>A", "A=B");
    check("g.jsonl", &text, "MuchBetterFirst Second Second Tie");
    let import = import(&[("g.jsonl", text.as_bytes())], &[]).unwrap();
    assert_eq!(
        rows(&import)[..2],
        [
            "qA>>B/baseline | qA>>B: \"\" | baseline | missing".to_owned(),
            "qA>>B/gpt | qA>>B: \"\" | gpt | missing".to_owned(),
        ]
    );
    let chosen = |choice: u8| {
        format!(
            r#"{{"info": {{"post": "Q{choice}"}}, "summaries": [{{"text": "One.", "policy": "sup"}}, {{"text": "Two.", "policy": "ref"}}], "choice": {choice}, "worker": "w"}}"#
        )
    };
    let text = format!("{}\n{}\n", chosen(0), chosen(1));
    check("s.jsonl", &text, "First Second");
    let import = crate::fixture::import(&[("s.jsonl", text.as_bytes())], &[]).unwrap();
    assert_eq!(rows(&import)[0], "p1/sup | p1: \"Q0\" | sup | \"One.\"");
}

#[test]
fn outputs_stand_by_the_names_of_models() {
    let expected = ["p1/gpt | p1: \"Q\" | gpt | \"Warm.\"", "p1/llama | p1: \"Q\" | llama | \"Cold.\""];
    for (file, text) in [
        ("m.jsonl", "{\"prompt\": \"Q\", \"responses\": {\"gpt\": \"Warm.\", \"llama\": \"Cold.\"}}\n"),
        (
            "m.json",
            r#"{"gpt": [{"prompt": "Q", "response": "Warm."}], "llama": [{"prompt": "Q", "response": "Cold."}]}"#,
        ),
        ("m.csv", "prompt,response_gpt,response_llama,rating_gpt,rating_llama\nQ,Warm.,Cold.,4,2\n"),
    ] {
        let import = import(&[(file, text.as_bytes())], &[]).unwrap();
        assert_eq!(rows(&import), expected, "{text}");
    }
    check(
        "m.csv",
        "prompt,response_gpt,response_llama,rating_gpt,rating_llama\nQ,Warm.,Cold.,5,2\n",
        "rating 1..5: m=5 m=2",
    );
    let lists =
        r#"{"prompt": "Q", "completions": ["Warm.", "Cold."], "scores": [0.9, 0.1], "models": ["gpt", "llama"]}"#;
    let import = import(&[("m.jsonl", format!("{lists}\n").as_bytes())], &[]).unwrap();
    assert_eq!(rows(&import), expected);
    let parts = r#"{"train": [{"prompt": "Q", "response": "Warm."}], "test": [{"prompt": "P", "response": "Cold."}]}"#;
    let import = crate::fixture::import(&[("m.json", parts.as_bytes())], &[]).unwrap();
    assert_eq!(import.dataset.models(), ["m"]);
}

#[test]
fn a_text_that_differs_from_the_outputs_is_told() {
    let outputs = b"prompt,model,response\nQ,gpt,Warm.\nQ,llama,Cold.\n";
    let verdicts = |text: &str| {
        format!("prompt,model_a,model_b,response_a,response_b,winner\nQ,gpt,llama,{text},Cold.,model_a\n").into_bytes()
    };
    let told = |text: &str| {
        let import = import(&[("outputs.csv", outputs), ("verdicts.csv", &verdicts(text))], &[]).unwrap();
        (import.dataset.responses().len(), notices(&import).join("\n"))
    };
    assert_eq!(told("Warm."), (2, String::new()));
    let (responses, notice) = told("Hot.");
    assert_eq!(responses, 3);
    assert!(
        notice.contains(
            "verdicts.csv: 1 response that it judges has another text than other files have of the same model"
        ),
        "{notice}"
    );
}

#[test]
fn a_log_of_evals_has_samples_and_matches() {
    let event = |id: u8, kind: &str, data: &str| {
        format!(
            "{{\"run_id\": \"r\", \"event_id\": 0, \"sample_id\": \"s.{id}\", \"type\": \"{kind}\", \"data\": {data}, \"created_at\": \"2024-01-02 03:04:05+00:00\"}}\n"
        )
    };
    let text = [
        "{\"spec\": {\"completion_fns\": [\"gpt-4\"], \"eval_name\": \"sums.dev\", \"base_eval\": \"sums\"}}\n"
            .to_owned(),
        event(1, "sampling", r#"{"prompt": [{"role": "user", "content": "1 + 1?"}], "sampled": ["2"]}"#),
        event(1, "match", r#"{"correct": true, "expected": "2", "picked": "2", "sampled": "2", "options": ["2"]}"#),
        event(2, "sampling", r#"{"prompt": "2 + 2?", "sampled": ["5"]}"#),
        event(2, "match", r#"{"correct": false, "expected": "4", "sampled": "5"}"#),
        event(3, "raw_sample", r#"{"input": "nothing"}"#),
        "{\"final_report\": {\"accuracy\": 0.5}}\n".to_owned(),
    ];
    check("e.jsonl", &text.concat(), "correct yes-no: sums=1 sums=0");
    let import = import(&[("e.jsonl", text.concat().as_bytes())], &[]).unwrap();
    assert_eq!(rows(&import), ["s.1 | s.1: \"1 + 1?\" | gpt-4 | \"2\"", "s.2 | s.2: \"2 + 2?\" | gpt-4 | \"5\""]);
    assert_eq!(
        notices(&import),
        ["e.jsonl: is a log of OpenAI's evals: what was sampled is a response, and what “sums” said of it are ratings"]
    );
}

#[test]
fn steps_answer_the_problem_and_the_steps_before_them() {
    let text = r#"{"labeler": "l1", "timestamp": "2022-07-17T16:56:51.323252", "is_quality_control_question": false,
        "question": {"problem": "Sum?", "ground_truth_answer": "7"}, "label": {"steps": [
        {"completions": [{"text": "Add.", "rating": 1}], "human_completion": null, "chosen_completion": 0},
        {"completions": [{"text": "It is 8.", "rating": -1}, {"text": "Hm.", "rating": 0}], "chosen_completion": null}]}}"#;
    let line = text.replace('\n', " ") + "\n";
    check("s.jsonl", &line, "step -1..1: l1=1 l1=-1 l1=0");
    let import = import(&[("s.jsonl", line.as_bytes())], &[]).unwrap();
    assert_eq!(
        rows(&import),
        [
            r#"p1/completion 1 | p1: "Sum?" | completion 1 | "Add.""#,
            r#"p2/completion 1 | p2: "Sum?\n\nAdd." | completion 1 | "It is 8.""#,
            r#"p2/completion 2 | p2: "Sum?\n\nAdd." | completion 2 | "Hm.""#,
        ]
    );
}

#[test]
fn tables_of_promptfoo_name_providers_and_prompts() {
    let head = r#"{"prompts": [{"raw": "Say {{x}}", "provider": "openai:gpt-4"}, {"raw": "Say {{x}}", "provider": {"id": "file://p.js", "label": "mine"}}], "vars": ["x", "y"]}"#;
    let body = r#"[{"vars": ["boot", "warm"], "outputs": [
        {"pass": true, "score": 1, "text": "Boot.", "namedScores": {"tone": 0.5}, "gradingResult": {"reason": "fine"}},
        "[FAIL] (0.25) Shoe."]}]"#;
    let wrapped = format!(
        r#"{{"version": 2, "results": {{"version": 2, "results": [], "table": {{"head": {head}, "body": {body}}}, "stats": {{}}}}, "config": {{}}}}"#
    );
    for text in [wrapped, format!(r#"{{"head": {head}, "body": {body}}}"#)] {
        check(
            "t.json",
            &text,
            "pass yes-no: promptfoo=1 promptfoo=0; score 0..1: promptfoo=1 promptfoo=0.25; tone 0..1: promptfoo=0.5",
        );
        let import = import(&[("t.json", text.as_bytes())], &[]).unwrap();
        assert_eq!(
            rows(&import),
            [
                r#"p1/openai:gpt-4 | p1: "x: boot\ny: warm" | openai:gpt-4 | "Boot.""#,
                r#"p1/mine | p1: "x: boot\ny: warm" | mine | "Shoe.""#,
            ]
        );
    }
}
