//! The program as a shell sees it: every command, every exit code, every message that matters.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

const RUBRIC: &str = r#"Rubric(
    name: "Test",
    pass_mark: 0.5,
    dimensions: [
        (id: "structure", weight: 2, criteria: [
            (id: "steps", check: Phrases(phrases: ["Steps", "Answer"], need: Fraction)),
        ]),
        (id: "tone", criteria: [
            (id: "calm", when_met: -0.5, check: Phrases(phrases: ["!"])),
        ]),
    ],
    examples: [
        (name: "both sections", text: "Steps Answer", values: {"structure": 1}),
        (name: "shouting", text: "!", values: {"calm": -0.5}),
    ],
)
"#;

const RESPONSES: &str = r#"{"id": "r1", "prompt_id": "p1", "model": "alpha", "response": "Steps, then Answer"}
{"id": "r2", "prompt_id": "p1", "model": "=cmd()", "response": "Steps! é"}
{"id": "r3", "prompt_id": "p2", "model": "alpha", "response": null}
"#;

struct Shell {
    folder: TempDir,
}

struct Said {
    code: i32,
    out: String,
    err: String,
}

impl Shell {
    /// A folder with a rubric and three responses.
    fn new() -> Self {
        let shell = Self { folder: tempfile::tempdir().unwrap() };
        shell.write("rubric.ron", RUBRIC);
        shell.write("answers.jsonl", RESPONSES);
        shell
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn command(&self, args: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rubrica"));
        command.args(args.split_whitespace()).current_dir(&self.folder);
        command
    }

    fn run(&self, args: &str) -> Said {
        self.run_with(args, "")
    }

    fn run_with(&self, args: &str, stdin: &str) -> Said {
        let mut child =
            self.command(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(stdin.as_bytes()).unwrap();
        let Output { status, stdout, stderr } = child.wait_with_output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Said { code: status.code().unwrap(), out: text(stdout), err: text(stderr) }
    }
}

/// Runs `args` in a fresh folder; the exit code, and all of these in what it says on standard error.
#[track_caller]
fn check(args: &str, code: i32, said: &[&str]) {
    check_in(&Shell::new(), args, code, said);
}

#[track_caller]
fn check_in(shell: &Shell, args: &str, code: i32, said: &[&str]) -> Said {
    let answer = shell.run(args);
    assert_eq!(answer.code, code, "`{args}` said:\n{}\n{}", answer.out, answer.err);
    for part in said {
        assert!(answer.err.contains(part), "`{args}` did not say {part:?} but:\n{}", answer.err);
    }
    answer
}

fn objects(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn scores_as_json_lines() {
    let answer = check_in(&Shell::new(), "score rubric.ron answers.jsonl --evidence", 0, &["3 responses", "alpha"]);
    let lines: Vec<&str> = answer.out.lines().collect();
    assert_eq!(
        lines[0],
        r#"{"id":"r1","prompt_id":"p1","model":"alpha","score":0.6666666666666666,"passed":true,"complete":true,"dimensions":{"structure":1.0,"tone":0.0},"criteria":{"steps":{"value":1.0,"hits":2,"spans":[[0,5],[12,18]]},"calm":{"value":0.0,"hits":0,"spans":[]}}}"#
    );
    assert_eq!(
        lines[1],
        r#"{"id":"r2","prompt_id":"p1","model":"=cmd()","score":0.16666666666666666,"passed":false,"complete":true,"dimensions":{"structure":0.5,"tone":-0.5},"criteria":{"steps":{"value":0.5,"hits":1,"spans":[[0,5]]},"calm":{"value":-0.5,"hits":1,"spans":[[5,6]]}}}"#
    );
    let third = &objects(&answer.out)[2];
    assert_eq!((&third["score"], &third["passed"], &third["complete"]), (&Value::Null, &Value::Null, &false.into()));
    assert_eq!(third["criteria"]["steps"]["state"], "invalid");
    assert!(third["criteria"]["steps"]["reason"].as_str().unwrap().contains("no text"));
}

#[test]
fn without_evidence_there_are_no_spans() {
    let answer = check_in(&Shell::new(), "score rubric.ron answers.jsonl", 0, &[]);
    assert_eq!(objects(&answer.out)[0]["criteria"]["steps"], serde_json::json!({"value": 1.0, "hits": 2}));
}

#[test]
fn a_gate_is_named_where_it_binds() {
    let shell = Shell::new();
    shell.write("rubric.ron", &RUBRIC.replace("(id: \"steps\",", "(id: \"steps\", if_unmet: Cap(0.1),"));
    let rows = objects(&check_in(&shell, "score rubric.ron answers.jsonl", 0, &[]).out);
    assert_eq!((rows[0].get("gate"), &rows[1]["gate"], &rows[1]["score"]), (None, &"steps".into(), &0.1.into()));
}

#[test]
fn csv_is_safe_to_open_in_a_spreadsheet_and_keeps_numbers() {
    let answer = check_in(&Shell::new(), "score rubric.ron answers.jsonl --format csv", 0, &[]);
    assert_eq!(
        answer.out,
        "id,prompt_id,model,score,passed,complete,dimension:structure,dimension:tone,criterion:steps,criterion:calm\r\n\
         r1,p1,alpha,0.6666666666666666,true,true,1,0,1,0\r\n\
         r2,p1,'=cmd(),0.16666666666666666,false,true,0.5,-0.5,0.5,-0.5\r\n\
         r3,p2,alpha,,,false,,,,\r\n"
    );
}

#[derive(Debug, serde::Deserialize)]
struct Row {
    id: String,
    score: Option<f64>,
    passed: Option<bool>,
    dimensions: BTreeMap<String, Option<f64>>,
    criteria: BTreeMap<String, Criterion>,
}

#[derive(Debug, serde::Deserialize)]
struct Criterion {
    value: Option<f64>,
    hits: u32,
    state: Option<String>,
    spans: Vec<(u32, u32)>,
}

#[test]
fn ron_reads_back() {
    let answer = check_in(&Shell::new(), "score rubric.ron answers.jsonl --format ron --evidence", 0, &[]);
    let rows: Vec<Row> = ron::from_str(&answer.out).unwrap();
    assert_eq!(rows.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["r1", "r2", "r3"]);
    let second = &rows[1];
    assert_eq!((second.score, second.passed), (Some(1.0 / 6.0), Some(false)));
    assert_eq!(second.dimensions["tone"], Some(-0.5));
    let calm = &second.criteria["calm"];
    assert_eq!((calm.value, calm.hits, calm.spans.as_slice()), (Some(-0.5), 1, [(5, 6)].as_slice()));
    assert_eq!(calm.state, None);
    let unread = &rows[2].criteria["calm"];
    assert_eq!((unread.value, unread.state.as_deref()), (None, Some("invalid")));
}

#[test]
fn none_writes_only_the_summary() {
    let answer = check_in(&Shell::new(), "score rubric.ron answers.jsonl --format none", 0, &["mean score 0.417"]);
    assert_eq!(answer.out, "");
}

#[test]
fn the_summary_has_means_passes_and_what_is_incomplete() {
    let said = ["3 responses, mean score 0.417, 50.0 % passed, 1 incomplete", "alpha   2 responses, mean score 0.667"];
    check("score rubric.ron answers.jsonl", 0, &said);
}

#[test]
fn the_same_input_gives_the_same_bytes_on_any_number_of_threads() {
    let shell = Shell::new();
    let row = |n: usize| format!("{{\"id\": \"r{n}\", \"response\": \"{}Steps!\"}}\n", "Answer ".repeat(n % 7));
    shell.write("many.jsonl", &(0..5000).map(row).collect::<String>());
    for format in ["jsonl", "csv", "ron"] {
        let args = format!("score rubric.ron many.jsonl --evidence --format {format}");
        let (one, four) = (shell.run(&format!("{args} --threads 1")), shell.run(&format!("{args} --threads 4")));
        assert_eq!((one.code, one.out.len() > 100_000), (0, true), "{}", one.err);
        assert!(one.out == four.out, "{format} differs");
    }
}

#[test]
fn reads_standard_input_and_writes_a_file() {
    let shell = Shell::new();
    let answer = shell.run_with("score rubric.ron - -o out.jsonl", RESPONSES);
    assert_eq!((answer.code, answer.out.as_str()), (0, ""), "{}", answer.err);
    assert_eq!(objects(&shell.read("out.jsonl")).len(), 3);
}

#[test]
fn columns_can_be_named() {
    let shell = Shell::new();
    shell.write("odd.csv", "question,zzz,yyy\nHow?,Steps Answer,m\n");
    let answer = check_in(&shell, "score rubric.ron odd.csv --map response=zzz --map model=yyy", 0, &[]);
    let row = &objects(&answer.out)[0];
    assert_eq!((&row["model"], &row["dimensions"]["structure"]), (&"m".into(), &1.0.into()));
    check_in(&shell, "score rubric.ron odd.csv --map response=zzx", 2, &["zzx", "zzz"]);
    check_in(&shell, "score rubric.ron odd.csv --map respnse=zzz", 2, &["--map", "`response`"]);
}

#[test]
fn the_exit_code_tells_a_low_mean_from_lost_rows() {
    let shell = Shell::new();
    let score = "score rubric.ron answers.jsonl --format none --fail-under";
    check_in(&shell, &format!("{score} 0.4"), 0, &[]);
    check_in(&shell, &format!("{score} 0.5"), 1, &["0.4167 is below 0.5"]);
    shell.write("torn.jsonl", &RESPONSES.replace("{\"id\": \"r2\",", "{\"id\": \"r2\" oops"));
    check_in(&shell, "score rubric.ron torn.jsonl", 3, &["torn.jsonl:2", "1 of 3 rows could not be read"]);
    check_in(&shell, "score rubric.ron torn.jsonl --fail-under 0.99", 1, &["torn.jsonl:2", "below 0.99"]);
    check_in(&shell, "score rubric.ron answers.jsonl missing.jsonl", 3, &["missing.jsonl", "no such file"]);
    shell.write("null.jsonl", "{\"id\": \"a\", \"response\": null}\n{\"id\": \"b\", \"response\": null}\n");
    check_in(
        &shell,
        "score rubric.ron null.jsonl --fail-under 0 --map response=response",
        1,
        &["No response could be scored"],
    );
}

#[test]
fn what_cannot_be_used_is_said_with_what_to_do() {
    check("score no.ron answers.jsonl", 2, &["no.ron", "no such file"]);
    check("score rubric.ron no.jsonl", 2, &["no.jsonl", "no such file"]);
    check("score rubric.ron answers.jsonl --format xml", 2, &["xml", "jsonl", "csv", "ron", "none"]);
    check("score rubric.ron", 2, &["nothing to score"]);
    check("score rubric.ron answers.jsonl --threads 0", 2, &["--threads", "1..=512"]);
    check("score rubric.ron answers.jsonl -o no/out.jsonl", 2, &["no/out.jsonl", "does not exist"]);
    check("score rubric.ron answers.jsonl -o answers.jsonl", 2, &["answers.jsonl", "never written over"]);
    check("score rubric.ron answers.jsonl -o rubric.ron", 2, &["rubric.ron", "never written over"]);
    check("score rubric.ron answers.jsonl --format none -o out.jsonl", 2, &["leave out -o"]);
    check("scroe rubric.ron answers.jsonl", 2, &["scroe"]);
    check("scroe", 2, &["Did you mean `rubrica score`?"]);
    check("export no --format csv -o x.csv", 2, &["no project at"]);
    check("checks Phrase", 2, &["Did you mean `Phrases`?"]);
}

#[test]
fn every_mistake_of_a_rubric_is_shown_at_its_place() {
    let shell = Shell::new();
    shell.write(
        "bad.ron",
        "Rubric(\n    naem: \"x\",\n    pass_mark: 2,\n    dimensions: [(id: \"a b\", criteria: [])],\n)\n",
    );
    let said = ["bad.ron:2:5: error:", "`naem`", "help:", "bad.ron:3:", "bad.ron:4:", "“a b” cannot be an id"];
    let answer = check_in(&shell, "check bad.ron", 2, &said);
    assert!(answer.out.contains("3 errors"), "{}", answer.out);
    let answer = check_in(&shell, "score bad.ron answers.jsonl", 2, &said);
    assert_eq!(answer.out, "");
    let answer = check_in(&shell, "check rubric.ron", 0, &[]);
    assert_eq!(answer.out, "rubric.ron: sound, 0 warnings; 2 dimensions, 2 criteria, 2 pinned examples.\n");
}

#[test]
fn pinned_examples_are_run() {
    let shell = Shell::new();
    let answer = check_in(&shell, "test rubric.ron", 0, &[]);
    assert_eq!(answer.out, "ok     both sections\nok     shouting\n2 examples, 0 failed.\n");
    shell.write("rubric.ron", &RUBRIC.replace("\"calm\": -0.5", "\"calm\": 0"));
    let answer = check_in(&shell, "test rubric.ron", 1, &[]);
    assert!(
        answer.out.contains("FAILED shouting\n") && answer.out.contains("calm should be 0, is -0.5."),
        "{}",
        answer.out
    );
}

#[test]
fn kinds_of_checks_are_listed_and_explained() {
    let shell = Shell::new();
    let list = check_in(&shell, "checks", 0, &[]).out;
    for kind in rubrica::checks::KINDS {
        assert!(list.contains(kind.name) && list.contains(kind.summary), "{list}");
        let page = check_in(&shell, &format!("checks {}", kind.name), 0, &[]).out;
        assert!(page.contains(kind.details) && page.contains(kind.example), "{page}");
    }
}

/// The flags in exported JSON Lines, by id. The rest of each must be what `plain` says.
#[track_caller]
fn flags_taken_out(exported: &str, plain: &str) -> Vec<(String, Vec<String>)> {
    assert_eq!(exported.lines().count(), plain.lines().count());
    let take = |(line, plain): (&str, &str)| {
        let mut row: Value = serde_json::from_str(line).unwrap();
        let flags = row.as_object_mut().unwrap().shift_remove("flags").unwrap_or_else(|| json!([]));
        assert_eq!(row.to_string(), serde_json::from_str::<Value>(plain).unwrap().to_string());
        let ids = flags.as_array().unwrap().iter().map(|kind| kind.as_str().unwrap().to_owned()).collect();
        (row["id"].as_str().unwrap().to_owned(), ids)
    };
    exported.lines().zip(plain.lines()).map(take).collect()
}

#[test]
fn a_project_is_made_exported_and_lends_its_rubric() {
    let shell = Shell::new();
    let direct = check_in(&shell, "score rubric.ron answers.jsonl --evidence", 0, &[]).out;
    for project in ["my-eval", "my-eval.rubrica"] {
        check_in(&shell, &format!("new {project} answers.jsonl --rubric rubric.ron"), 0, &["3 responses"]);
        check_in(
            &shell,
            &format!("export {project} --format jsonl --evidence --without-flags -o out.jsonl"),
            0,
            &["3 responses", "out.jsonl"],
        );
        assert_eq!(shell.read("out.jsonl"), direct);
        check_in(&shell, &format!("export {project} --format jsonl --evidence -o out.jsonl"), 0, &["3 responses"]);
        let flags = flags_taken_out(&shell.read("out.jsonl"), &direct);
        let told = check_in(&shell, &format!("flags {project} --json"), 0, &[]).out;
        for (id, kinds) in flags {
            for kind in kinds {
                let line = |line: &str| line.contains(&format!("\"{id}\"")) && line.contains(&format!("\"{kind}\""));
                assert!(told.lines().any(line), "{id} has {kind}: {told}");
            }
        }
        assert_eq!(check_in(&shell, &format!("score {project} answers.jsonl --evidence"), 0, &[]).out, direct);
        check_in(&shell, &format!("check {project}"), 0, &[]);
        check_in(&shell, &format!("test {project}"), 0, &[]);
        check_in(&shell, &format!("new {project} answers.jsonl --rubric rubric.ron"), 2, &["already holds"]);
    }
    check_in(&shell, "export my-eval --format csv -o my-eval/rubric.ron", 2, &["never written over"]);
    check_in(&shell, "export my-eval.rubrica --format csv -o my-eval.rubrica", 2, &["never written over"]);
    check_in(&shell, "new other - --rubric rubric.ron", 2, &["standard input"]);
}

#[test]
fn judgements_of_files_go_into_the_project() {
    let shell = Shell::new();
    shell.write("votes.csv", "prompt_id,model_a,model_b,winner\np1,alpha,beta,tie\n");
    shell.write("ratings.csv", "response_id,annotator,warmth\nr1,anna,3\nr1,ben,1\n");
    for project in ["voted", "voted.rubrica"] {
        let said = ["1 preference by votes; 1 rating by anna; 1 rating by ben", "weight 0"];
        check_in(&shell, &format!("new {project} answers.jsonl votes.csv ratings.csv --rubric rubric.ron"), 0, &said);
    }
    assert_eq!(shell.read("voted/reviews/anna.jsonl").lines().count(), 1);
    let args = "new other answers.jsonl ratings.csv --rubric rubric.ron --scale tone=often";
    check_in(&shell, args, 2, &["--scale", "is no scale"]);
    let args = "new other answers.jsonl votes.csv --rubric rubric.ron --rater me --map verdict=model_a";
    check_in(&shell, args, 0, &["1 preference by me"]);
}

#[test]
fn what_reviewers_judged_counts_in_a_projects_own_scores() {
    let shell = Shell::new();
    let tone =
        RUBRIC.replace("(id: \"calm\"", "(id: \"kind\", human: Points([\"no\", \"so-so\", \"yes\"])), (id: \"calm\"");
    shell.write("rubric.ron", &tone);
    check_in(&shell, "new my-eval answers.jsonl --rubric rubric.ron", 0, &[]);
    let alone = check_in(&shell, "score my-eval", 0, &["3 responses"]).out;
    assert_eq!(check_in(&shell, "score my-eval answers.jsonl", 0, &[]).out, alone);
    let act = |id: usize, act: &str| format!("{{\"id\":\"s-{id}\",\"at\":\"2026-01-01T00:00:00Z\",\"act\":{act}}}\n");
    let rate = |response: &str, value: &str| {
        let rate = r#"{"rate":{"response":"ID","criterion":"kind","value":V,"scale":[1,3]}}"#;
        rate.replace("ID", response).replace('V', value)
    };
    let overrule =
        r#"{"overrule":{"response":"r2","criterion":"steps","value":1,"machine":0.5,"reason":"It is all there."}}"#;
    fs::create_dir_all(shell.path("my-eval/reviews")).unwrap();
    let anna = [act(1, &rate("r1", "3")), act(2, overrule), act(3, &rate("r3", "null"))].concat();
    shell.write("my-eval/reviews/anna.jsonl", &anna);
    shell.write("my-eval/reviews/ben.jsonl", &act(1, &rate("r1", "2")));

    let told = check_in(&shell, "score my-eval", 0, &["3 responses"]).out;
    let rows: Vec<Value> = told.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let criterion = |row: usize, id: &str| rows[row]["criteria"][id].to_string();
    assert_eq!(criterion(0, "kind"), r#"{"value":0.75,"by":"people","hits":0}"#);
    assert_eq!(criterion(0, "steps"), r#"{"value":1.0,"by":"machine","hits":2}"#);
    assert_eq!(criterion(1, "steps"), r#"{"value":1.0,"by":"overruled","machine":0.5,"hits":1}"#);
    assert!(criterion(1, "kind").starts_with(r#"{"value":null,"state":"awaiting_human","#));
    assert!(criterion(2, "kind").contains("not_applicable") && criterion(2, "kind").contains("cannot be judged"));
    assert_eq!(rows[0]["complete"], true);

    // Known results, scored rows and their evidence say the same.
    check_in(&shell, "export my-eval --format jsonl -o out.jsonl", 0, &[]);
    let flags = flags_taken_out(&shell.read("out.jsonl"), &told);
    assert!(flags[1].1.contains(&"disagree".to_owned()), "a check was overruled: {flags:?}");
    check_in(&shell, "export my-eval --format csv --without-flags -o out.csv", 0, &[]);
    assert_eq!(check_in(&shell, "score my-eval --format csv", 0, &[]).out, shell.read("out.csv"));
    let csv = shell.read("out.csv");
    assert!(csv.starts_with("id,prompt_id,model,score,passed,complete,dimension:structure,"), "{csv}");
    assert!(csv.lines().next().unwrap().ends_with(",by:steps,by:kind,by:calm"), "{csv}");
    assert!(csv.lines().nth(2).unwrap().ends_with(",overruled,,machine"), "{csv}");

    for command in ["score my-eval --without-reviews -o", "export my-eval --format jsonl --without-reviews -o"] {
        check_in(&shell, &format!("{command} machine.jsonl"), 0, &[]);
        let flags = flags_taken_out(&shell.read("machine.jsonl"), &alone);
        assert!(flags.iter().all(|(_, kinds)| !kinds.contains(&"disagree".to_owned())), "{flags:?}");
    }
    check_in(&shell, "score my-eval -o my-eval/reviews/anna.jsonl", 2, &["never written over"]);
    check_in(&shell, "score my-eval answers.jsonl --without-reviews", 2, &["other files"]);
    check_in(&shell, "score my-eval --keep", 2, &["--keep"]);
    check_in(&shell, "score my-eval --map id=x", 2, &["--map"]);
    check_in(&shell, "score rubric.ron", 2, &["nothing to score", "a project alone"]);
    shell.write("my-eval/reviews/ben.jsonl", &(act(1, "{\"rat\":{}}") + &act(2, &rate("r1", "2"))));
    let torn = check_in(&shell, "score my-eval", 3, &["reviews/ben.jsonl:1"]).out;
    assert_eq!(torn, told, "what is sound of a log counts");
}

#[test]
fn lost_rows_are_told_by_new_and_export_too() {
    let shell = Shell::new();
    shell.write("torn.jsonl", &RESPONSES.replace("{\"id\": \"r2\",", "{\"id\": \"r2\" oops"));
    check_in(&shell, "new my-eval torn.jsonl --rubric rubric.ron", 3, &["1 of 3 rows"]);
    check_in(&shell, "export my-eval --format csv -o out.csv", 3, &["responses/torn.jsonl:2"]);
    assert_eq!(shell.read("out.csv").lines().count(), 3);
}

#[test]
fn a_file_may_have_any_name_and_still_be_in_the_project() {
    let shell = Shell::new();
    fs::rename(shell.path("answers.jsonl"), shell.path("pair:a_\"b\"?.jsonl")).unwrap();
    check_in(&shell, "new my-eval pair:a_\"b\"?.jsonl --rubric rubric.ron", 0, &["holds 3 responses"]);
    assert!(shell.path("my-eval/responses/pair-a_-b--.jsonl").is_file());
    check_in(&shell, "export my-eval --format csv -o out.csv", 0, &["3 responses written"]);
}

#[test]
fn new_tells_what_is_missing_and_what_came_twice() {
    let shell = Shell::new();
    shell.write("again.jsonl", "{\"id\": \"r4\", \"prompt_id\": \"p1\", \"model\": \"alpha\", \"response\": \"\"}\n");
    let said = ["further one by the same model to the same prompt: p1", "=cmd() has no response to 1 of 2 prompts: p2"];
    check_in(&shell, "new my-eval answers.jsonl again.jsonl --rubric rubric.ron", 0, &said);
}

#[test]
fn an_export_of_what_is_not_understood_in_full_says_so() {
    let shell = Shell::new();
    check_in(&shell, "new my-eval answers.jsonl --rubric rubric.ron", 0, &[]);
    let manifest = shell.read("my-eval/project.ron");
    shell.write("my-eval/project.ron", &manifest.replace("format: 1", "format: 99, later: 1"));
    check_in(&shell, "export my-eval --format csv -o out.csv", 3, &["newer version", "0 responses written"]);
    shell.write("my-eval/project.ron", &manifest.replace("\"responses/", "\"../"));
    check_in(&shell, "export my-eval --format csv -o out.csv", 3, &["lies outside the project folder"]);
}

#[test]
fn the_summary_stays_short() {
    let shell = Shell::new();
    let row = |model: usize| format!("{{\"model\": \"m{model}\", \"prompt\": \"p\", \"response\": \"x\"}}\n");
    shell.write("many.jsonl", &(0..130).map(row).collect::<String>());
    let answer = check_in(&shell, "score rubric.ron many.jsonl --format none", 0, &["\n  … and 30 more models"]);
    assert_eq!(answer.err.lines().count(), 102, "{}", answer.err);
}

#[test]
fn what_is_no_rubric_is_one_mistake() {
    let shell = Shell::new();
    let answer = check_in(&shell, "score answers.jsonl rubric.ron", 2, &["Expected a rubric"]);
    assert!(!answer.err.contains("no dimension"), "{}", answer.err);
    fs::create_dir(shell.path("folder")).unwrap();
    check_in(&shell, "score folder answers.jsonl", 2, &["folder/rubric.ron", "there is no such file"]);
}

#[test]
fn numbers_that_make_no_sense_are_refused() {
    check("score rubric.ron answers.jsonl --threads 100000", 2, &["--threads", "1..=512"]);
    check("score rubric.ron answers.jsonl --fail-under NaN", 2, &["--fail-under", "not a number such as 0.7"]);
    check("score rubric.ron answers.jsonl --fail-under -0.5 --format none", 0, &[]);
}

#[test]
fn a_broken_project_is_named_and_nothing_is_exported() {
    let shell = Shell::new();
    check_in(&shell, "new my-eval answers.jsonl --rubric rubric.ron", 0, &[]);
    let manifest = shell.read("my-eval/project.ron");
    shell.write("my-eval/project.ron", &manifest.replace("sources:", "sorces:"));
    check_in(&shell, "export my-eval --format csv -o out.csv", 2, &["project.ron:4:", "`sorces`", "`sources`"]);
    shell.write("my-eval/project.ron", &manifest);
    shell.write("my-eval/rubric.ron", "Rubric(dimensions: [(id: 7)])");
    check_in(&shell, "export my-eval --format csv -o out.csv", 2, &["my-eval/rubric.ron:1:"]);
    assert!(!shell.path("out.csv").exists());
}

#[test]
fn a_reader_that_has_enough_ends_it_quietly() {
    let shell = Shell::new();
    let row = |n: usize| format!("{{\"id\": \"r{n}\", \"response\": \"Steps!\"}}\n");
    shell.write("many.jsonl", &(0..20_000).map(row).collect::<String>());
    let mut child =
        shell.command("score rubric.ron many.jsonl").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let Output { status, stderr, .. } = child.wait_with_output().unwrap();
    assert_eq!(status.code(), Some(0), "{}", String::from_utf8_lossy(&stderr));
    assert!(!String::from_utf8_lossy(&stderr).contains("panicked"));
}

#[test]
fn a_project_without_a_named_rubric_begins_with_the_bundled_one() {
    let shell = Shell::new();
    check_in(&shell, "new eval answers.jsonl", 0, &["“eval” holds 3 responses", "begins with the bundled one"]);
    check_in(&shell, "score eval --format none", 0, &["3 responses"]);
    shell.write("rated.csv", "id,model,response,rating\nr1,alpha,Yes.,4\nr2,alpha,No.,2\n");
    check_in(&shell, "new rated rated.csv", 0, &["its rubric is what the files rate"]);
}

#[cfg(all(unix, not(target_vendor = "apple"), feature = "gui"))]
#[test]
fn without_a_display_it_says_what_works_without_one() {
    let mut command = Shell::new().command("");
    for variable in ["WAYLAND_DISPLAY", "WAYLAND_SOCKET", "DISPLAY"] {
        command.env_remove(variable);
    }
    let Output { status, stderr, .. } = command.current_dir(std::env::temp_dir()).output().unwrap();
    let said = String::from_utf8_lossy(&stderr);
    assert_eq!(status.code(), Some(2), "{said}");
    assert!(said.contains("There is no display") && said.contains("`rubrica score`"), "{said}");
}

#[test]
fn help_and_version_answer_on_standard_output() {
    let shell = Shell::new();
    assert!(check_in(&shell, "--version", 0, &[]).out.starts_with("rubrica "));
    let help = check_in(&shell, "--help", 0, &[]).out;
    for command in ["score", "check", "test", "checks", "export", "new"] {
        assert!(help.contains(command), "{help}");
        let help = check_in(&shell, &format!("{command} --help"), 0, &[]).out;
        assert!(help.contains("Examples:"), "{help}");
    }
}

#[test]
fn without_a_command_the_window_is_asked_for() {
    use rubrica::cli::{Outcome, run};
    let shell = Shell::new();
    let path = shell.path("answers.jsonl");
    let args = |paths: &[&Path]| {
        std::iter::once("rubrica".into())
            .chain(paths.iter().map(|path| path.as_os_str().to_owned()))
            .collect::<Vec<_>>()
    };
    assert_eq!(run(args(&[])), Outcome::Launch(vec![]));
    assert_eq!(run(args(&[&path])), Outcome::Launch(vec![path.clone()]));
    assert_eq!(run(args(&[&shell.path("no")])), Outcome::Exit(2));
}
