//! `rubrica stats` and `rubrica compare` as a shell sees them.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use serde_json::Value;
use std::fs;
use std::process::Command;
use tempfile::TempDir;

const RUBRIC: &str = r#"(pass_mark: 0.5, dimensions: [(id: "form", criteria: [
    (id: "steps", check: Phrases(phrases: ["steps"])),
    (id: "answer", check: Phrases(phrases: ["answer"])),
])])"#;

struct Shell(TempDir);

/// Exit code, standard output and standard error.
type Said = (i32, String, String);

impl Shell {
    /// Twenty prompts: `good` always has steps and an answer, `poor` has steps in every other one.
    fn new() -> Self {
        let shell = Self(tempfile::tempdir().unwrap());
        let mut lines = String::new();
        for prompt in 0..20 {
            let poor = if prompt % 2 == 0 { "steps" } else { "no" };
            for (model, text) in [("good", "steps, then the answer"), ("poor\u{7}", poor)] {
                let line = serde_json::json!({"prompt_id": format!("p{prompt}"), "model": model, "response": text});
                lines.push_str(&format!("{line}\n"));
            }
        }
        shell.write("answers.jsonl", &lines);
        shell.write("rubric.ron", RUBRIC);
        shell.write("old.ron", &RUBRIC.replace("[\"answer\"]", "[\"nothing\"]").replace("0.5", "0.4"));
        shell
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).unwrap();
    }

    fn run(&self, args: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_rubrica")).args(args).current_dir(&self.0).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// What succeeds, and prints.
    #[track_caller]
    fn out(&self, args: &[&str]) -> String {
        let (code, out, err) = self.run(args);
        assert_eq!(code, 0, "{err}");
        out
    }

    #[track_caller]
    fn fails(&self, args: &[&str], message: &str) {
        let (code, out, err) = self.run(args);
        assert_eq!((code, out.as_str()), (2, ""));
        assert!(err.contains(message), "{err}");
    }
}

/// `text` with single spaces.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn tables_and_sentences_for_people() {
    let shell = Shell::new();
    let out = shell.out(&["stats", "answers.jsonl", "--rubric", "rubric.ron"]);
    assert!(out.starts_with("40 responses of 2 models to 20 prompts.\n"), "{out}");
    for part in [
        "1 good 1.000 (1.000 to 1.000) 20 100.0 % (83.9 to 100.0) 22.0 0 0",
        "good scores 0.75 higher than poor\u{fffd} (95% ",
        "n = 20 prompts); Holm p < 0.001",
        "steps check 75.0 % (59.8 to 85.8) 40 0 0.750",
    ] {
        assert!(squeezed(&out).contains(part), "{part:?} in {out}");
    }
    assert!(
        !out.contains('\u{1b}') && !out.contains('\u{7}'),
        "names from files do not reach the terminal as they are"
    );
    // A project says the same of itself.
    shell.out(&["new", "eval", "answers.jsonl", "--rubric", "rubric.ron"]);
    assert_eq!(shell.out(&["stats", "eval"]), out);
}

#[test]
fn of_very_many_models_the_best_are_printed_and_json_has_all() {
    let shell = Shell::new();
    let rows = (0..103).map(|model| format!("{{\"prompt\": \"p\", \"model\": \"m{model}\", \"response\": \"x\"}}\n"));
    shell.write("many.jsonl", &rows.collect::<String>());
    let args = ["stats", "many.jsonl", "--rubric", "rubric.ron"];
    let out = shell.out(&args);
    assert!(out.contains("… and 3 more of 103 models, which --json lists; these are the best."), "{out}");
    let json: Value = serde_json::from_str(&shell.out(&[&args[..], &["--json"]].concat())).unwrap();
    assert_eq!(json["leaderboard"]["models"].as_array().unwrap().len(), 103);
}

#[test]
fn json_for_programs_with_filters_that_can_be_asked_again() {
    let shell = Shell::new();
    let json = |filter: &str| -> Value {
        let out = shell.out(&["stats", "answers.jsonl", "--rubric", "rubric.ron", "--json", "--where", filter]);
        serde_json::from_str(&out).unwrap()
    };
    let all = json("");
    let failed = &all["leaderboard"]["models"][1]["failed"];
    assert_eq!(failed["n"], 10);
    let again = json(failed["filter"].as_str().unwrap());
    assert_eq!(again["scope"]["responses"], 10);
    assert_eq!(again["leaderboard"]["models"][0]["passed"]["n"], 0);
    assert_eq!(all["comparisons"]["pairs"][0]["difference"]["value"], 0.75);
    assert!(again["preferences"]["together"]["position"]["first"]["undefined"].is_string());
}

#[test]
fn a_filter_that_asks_for_flags_finds_them() {
    let shell = Shell::new();
    let texts = [("first", "x".repeat(300)), ("second", "x".repeat(300)), ("third", "An answer, then.".to_owned())];
    let lines: Vec<String> = texts
        .iter()
        .map(|(prompt, text)| serde_json::json!({"prompt": prompt, "model": "m", "response": text}).to_string())
        .collect();
    shell.write("copied.jsonl", &lines.join("\n"));
    let filtered = ["stats", "copied.jsonl", "--rubric", "rubric.ron", "--where", "flag:duplicate", "--json"];
    let analysis: Value = serde_json::from_str(&shell.out(&filtered)).unwrap();
    assert_eq!(analysis["scope"]["responses"], 2);
}

#[test]
fn two_models_in_detail() {
    let shell = Shell::new();
    let out = shell.out(&["compare", "answers.jsonl", "good", "poor", "--rubric", "rubric.ron"]);
    assert!(out.starts_with("good scores 0.75 higher than poor\u{fffd} (95% "), "{out}");
    for part in [
        "Prompts passed: 10 by both, 10 only by good, 0 only by poor\u{fffd}, 0 by neither.",
        "steps 0.500 (0.300 to 0.700) 20 good 0.250 answer 1.000 (1.000 to 1.000) 20 good 0.500",
        "p1 good 1.000 0.000",
    ] {
        assert!(squeezed(&out).contains(part), "{part:?} in {out}");
    }
    let json = shell.out(&["compare", "answers.jsonl", "poor", "good", "--rubric", "rubric.ron", "--json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["comparison"]["difference"]["value"], -0.75);
    assert_eq!(json["flips"].as_array().unwrap().len(), 10);
    assert_eq!(json["flips"][0]["filter"], "prompt:p1");
}

#[test]
fn an_earlier_rubric_with_what_each_edit_did() {
    let shell = Shell::new();
    let args = ["compare", "answers.jsonl", "--rubric", "rubric.ron", "--with", "old.ron"];
    let out = shell.out(&args);
    for part in [
        "Since old.ron: 40 responses, the same responses; 0 only now, 0 only then",
        "20 rose, 20 stayed, 0 fell.",
        "0 pass now that did not, and 0 do not any more.",
        "pass mark 0.4 → 0.5: alone it flips 0 of 0.",
        "the check of “answer” changed: alone it flips 0 of 0.",
        "answer +0.500",
    ] {
        assert!(out.contains(part), "{part:?} in {out}");
    }
    assert!(shell.out(&[&["stats"][..], &args[1..]].concat()).contains("Since old.ron: 40 responses"));
}

#[test]
fn what_cannot_be_used_is_said_with_what_to_do() {
    let shell = Shell::new();
    let with = |args: &[&'static str]| [args, &["--rubric", "rubric.ron"]].concat();
    shell.fails(
        &with(&["stats", "answers.jsonl", "--where", "modle:x"]),
        "did you mean “model”? The word is “modle:x”.",
    );
    shell.fails(&with(&["stats", "answers.jsonl", "--where", "model:gpt"]), "No response matches --where “model:gpt”.");
    shell.fails(
        &with(&["compare", "answers.jsonl"]),
        "Name two models to compare, or --with an earlier rubric. There are: good, poor",
    );
    shell.fails(
        &with(&["compare", "answers.jsonl", "good", "goood"]),
        "There is no one model “goood”. Did you mean “good”?",
    );
    shell.fails(&with(&["compare", "answers.jsonl", "good", "good"]), "both are the same");
    shell.fails(&["stats", "answers.jsonl", "--rubric", "missing.ron"], "there is no such file");
    let (code, out, err) = shell.run(&["stats", "answers.jsonl"]);
    assert_eq!((code, err.as_str()), (0, "No rubric was named, so no response has a score; name one with --rubric.\n"));
    assert!(out.contains("– mean score: nothing of it has one"), "{out}");
}

#[test]
fn ratings_are_told_in_the_units_of_their_scale() {
    let shell = Shell::new();
    shell.write(
        "rated.csv",
        "id,response,model,rater,tone\n1,Warm.,gpt,anna,4\n1,Warm.,gpt,ben,5\n2,Cold.,gpt,anna,1\n2,Cold.,gpt,ben,1\n3,So so.,llama,anna,2\n3,So so.,llama,ben,3\n",
    );
    let (_, _, said) = shell.run(&["new", "rated", "rated.csv"]);
    let rubric = "its rubric is what the files rate: tone (1..5); `--scale CRITERION=SCALE` says another scale";
    assert!(said.contains(rubric), "{said}");
    let out = shell.out(&["stats", "rated"]);
    for part in [
        "criterion scale model n sum mean s.e.",
        "tone 1..5 gpt 2 5.500 2.7500 1.7500",
        "tone 1..5 llama 1 2.500 2.5000 –",
        "– s.e.: this needs values, at least 2, and there is 1",
        "Alpha of tone at each level: nominal 0.286, ordinal ",
    ] {
        assert!(squeezed(&out).contains(part), "{part:?} in {out}");
    }
    let json: Value = serde_json::from_str(&shell.out(&["stats", "rated", "--json"])).unwrap();
    assert_eq!(json["on_scale"][0]["models"][0]["rated"]["n"], 2);
}

#[test]
fn where_nothing_is_scored_only_what_people_said_is_told() {
    let shell = Shell::new();
    shell.write("duels.csv", "left,right,winner\nTea,Milk,left\nMilk,Tea,right\nTea,Milk,tie\n");
    shell.out(&["new", "duels", "duels.csv"]);
    let out = shell.out(&["stats", "duels"]);
    assert!(!out.contains("Criteria.") && !out.contains("Dimensions"), "{out}");
    assert!(squeezed(&out).contains("Tea 83.3 % "), "{out}");
}
