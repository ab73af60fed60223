//! Published figures, found again as a user would: `rubrica new` on the raw files, then `rubrica stats` or `export`.
//! Where `RUBRICA_REALDATA` names a folder of them, every entry of its `EXPECTED.json` is.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use serde_json::Value;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;
use tempfile::TempDir;

/// Finds the figures of an entry again.
type Find = fn(&Desk, &Value);

/// Entries of `EXPECTED.json`, by how their names begin, and who finds each again.
const ENTRIES: [(&str, Find); 14] = [
    ("alpaca_eval/alpaca_eval_gpt4 ", win_rates),
    ("alpaca_eval avg_length ", lengths),
    ("healthbench_br accuracy", accuracies),
    ("vicuna gpt35 vs vicuna-13b score sums", sums),
    ("evalica codings.csv nominal alpha", nominal_alpha),
    ("evalica food/simple", rankings),
    ("judge_bench recipe ordinal alpha", ordinal_alphas),
    ("xsum Factual", factual),
    ("summeval_op", means_of_three),
    ("llmbar Natural GPT-4 Vanilla", a_judge_in_both_orders),
    ("paperbench root score", graded_trees),
    ("human_eval_bia pass@1 codegemma", pass_at_one),
    ("inspect", logs_of_inspect),
    ("promptfoo node-package", passes_of_promptfoo),
];

#[test]
fn every_published_figure_is_found_again() {
    let Some(folder) = std::env::var_os("RUBRICA_REALDATA").map(PathBuf::from) else {
        eprintln!("skipped: RUBRICA_REALDATA names no folder of real data");
        return;
    };
    let desk = Desk { folder, work: tempfile::tempdir().unwrap() };
    let all: BTreeMap<String, Value> = serde_json::from_str(&desk.read("EXPECTED.json")).unwrap();
    for (name, expected) in all {
        let found = ENTRIES.iter().find(|(start, _)| name.starts_with(start));
        let (_, find) = found.unwrap_or_else(|| panic!("nobody finds “{name}” again"));
        println!("{name}");
        find(&desk, &expected);
    }
}

/// Raw files, and a folder for projects of them.
struct Desk {
    folder: PathBuf,
    work: TempDir,
}

impl Desk {
    fn read(&self, file: &str) -> String {
        std::fs::read_to_string(self.folder.join(file)).unwrap()
    }

    fn table(&self, file: &str) -> Vec<BTreeMap<String, String>> {
        csv::Reader::from_reader(self.read(file).as_bytes()).deserialize().map(Result::unwrap).collect()
    }

    fn lines(text: &str) -> Vec<Value> {
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    fn run(&self, args: &[&str]) -> String {
        let output = Command::new(env!("CARGO_BIN_EXE_rubrica")).args(args).current_dir(&self.work).output().unwrap();
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{args:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// Makes a project of these files.
    fn project(&self, files: &[&str]) {
        let _ = std::fs::remove_dir_all(self.work.path().join("eval"));
        let paths: Vec<String> =
            files.iter().map(|file| self.folder.join(file).to_string_lossy().into_owned()).collect();
        let paths = paths.iter().map(String::as_str);
        self.run(&["new", "eval"].into_iter().chain(paths).collect::<Vec<_>>());
    }

    /// All numbers about a project of these files.
    fn stats(&self, files: &[&str]) -> Value {
        self.project(files);
        serde_json::from_str(&self.run(&["stats", "eval", "--json"])).unwrap()
    }

    /// A record of each response of a project of these files.
    fn scored(&self, files: &[&str]) -> Vec<Value> {
        self.project(files);
        self.run(&["export", "eval", "--format", "jsonl", "-o", "scored.jsonl"]);
        let text = std::fs::read_to_string(self.work.path().join("scored.jsonl")).unwrap();
        std::fs::remove_file(self.work.path().join("scored.jsonl")).unwrap();
        Self::lines(&text)
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

fn entries(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().unwrap().iter()
}

/// The one of `all` in which `field` says `value`.
#[track_caller]
fn of<'a>(all: &'a Value, field: &str, value: &str) -> &'a Value {
    let found = list(all).iter().find(|one| one[field] == value);
    found.unwrap_or_else(|| panic!("no {field} is {value}"))
}

#[track_caller]
fn close(found: &Value, expected: &Value, tolerance: f64) {
    let (Some(one), Some(other)) = (found.as_f64(), expected.as_f64()) else { panic!("{found} and not {expected}") };
    assert!((one - other).abs() <= tolerance, "{found} and not {expected}");
}

fn win_rates(desk: &Desk, expected: &Value) {
    for (model, expected) in entries(expected) {
        let file = format!("alpaca_eval/results/{model}/alpaca_eval_gpt4/annotations.json");
        let stats = desk.stats(&[&file]);
        let found = &of(&stats["preferences"]["together"]["models"], "model", model)["win_rate"];
        assert_eq!(found["n"], expected["n"]);
        close(&Value::from(100.0 * found["value"].as_f64().unwrap()), &expected["win_rate"], 1e-9);
    }
}

fn lengths(desk: &Desk, expected: &Value) {
    let files: Vec<String> =
        entries(expected).map(|(model, _)| format!("alpaca_eval/results/{model}/model_outputs.json")).collect();
    let stats = desk.stats(&files.iter().map(String::as_str).collect::<Vec<_>>());
    for (model, expected) in entries(expected) {
        let length = &of(&stats["leaderboard"]["models"], "model", model)["length"];
        let sum = length["value"].as_f64().unwrap() * length["n"].as_f64().unwrap();
        // Outputs that are not there count as 0; a remark may follow the number.
        let published: String =
            expected.to_string().trim_matches('"').chars().take_while(char::is_ascii_digit).collect();
        assert_eq!((sum / 805.0 + 1e-9).floor().to_string(), published, "{model}");
    }
}

/// What was rated on `criterion`, by model.
fn on_scale<'a>(stats: &'a Value, criterion: &str) -> &'a [Value] {
    list(&of(&stats["on_scale"], "id", criterion)["models"])
}

fn accuracies(desk: &Desk, expected: &Value) {
    let files = entries(expected).map(|(model, _)| format!("healthbench_br/test_results/{model}_20251007_144809.csv"));
    let files: Vec<String> = files.collect();
    let stats = desk.stats(&files.iter().map(String::as_str).collect::<Vec<_>>());
    for (model, expected) in entries(expected) {
        let rated = on_scale(&stats, "correta").iter();
        let rated =
            rated.filter(|rated| rated["model"].as_str().unwrap().starts_with(model.as_str())).collect::<Vec<_>>();
        let [rated] = rated[..] else { panic!("{rated:?}") };
        assert_eq!(*expected, format!("{}/{}", rated["sum"].as_f64().unwrap(), rated["rated"]["n"]));
    }
}

fn sums(desk: &Desk, expected: &Value) {
    let table = "vicuna_blog_eval/eval/table";
    let files = [
        format!("{table}/question.jsonl"),
        format!("{table}/answer/answer_gpt35.jsonl"),
        format!("{table}/answer/answer_vicuna-13b.jsonl"),
        format!("{table}/review/vicuna-13b_20230322-clean-lang/review_gpt35_vicuna-13b.jsonl"),
    ];
    let stats = desk.stats(&files.each_ref().map(String::as_str));
    let found: Vec<&Value> = on_scale(&stats, "score").iter().map(|rated| &rated["sum"]).collect();
    assert_eq!(found, list(expected).iter().collect::<Vec<_>>());
}

fn nominal_alpha(desk: &Desk, expected: &Value) {
    let stats = desk.stats(&["evalica_golden/codings.csv"]);
    close(&stats["agreement"]["criteria"][0]["measures"]["alpha_nominal"]["value"], expected, 1e-12);
    let printed = format!("nominal {:.3}", expected.as_f64().unwrap());
    assert!(desk.run(&["stats", "eval"]).contains(&printed), "{printed}");
}

fn rankings(desk: &Desk, _: &Value) {
    for set in ["food", "simple"] {
        let stats = desk.stats(&[&format!("evalica_golden/{set}.csv")]);
        let models = &stats["preferences"]["together"]["models"];
        let mut checked = BTreeMap::new();
        for golden in desk.table(&format!("evalica_golden/{set}-golden.csv")) {
            let model = of(models, "model", &golden["item"]);
            let score = Value::from(golden["score"].parse::<f64>().unwrap());
            match golden["algorithm"].as_str() {
                "elo" => close(&model["elo"], &score, 1e-9),
                // They were published as an iteration left them that stopped at a millionth.
                "bradley_terry" => close(&model["share"]["value"], &score, 1e-5),
                "counting" => {
                    let counts: Vec<f64> = list(&model["counts"]).iter().map(|count| count.as_f64().unwrap()).collect();
                    close(&Value::from(counts[0] + counts[1] / 2.0), &score, 0.0);
                }
                _ => continue,
            }
            *checked.entry(golden["algorithm"].clone()).or_insert(0) += 1;
        }
        assert_eq!(checked.into_values().collect::<Vec<_>>(), [list(models).len(); 3]);
    }
}

fn ordinal_alphas(desk: &Desk, expected: &Value) {
    let stats = desk.stats(&["judge_bench/data/recipe_crowd_sourcing_data/meta_evaluation_recipes.json"]);
    for (criterion, expected) in entries(expected) {
        let measures = &of(&stats["agreement"]["criteria"], "id", criterion)["measures"];
        assert_eq!(measures["level"], "ordinal");
        close(&measures["alpha"]["value"], expected, 1e-12);
    }
}

/// The value of `criterion` of each response, by prompt and model.
fn values(scored: &[Value], criterion: &str) -> BTreeMap<(String, String), f64> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let value = |record: &Value| {
        let key = (text(&record["prompt_id"]), text(&record["model"]));
        Some((key, record["criteria"][criterion]["value"].as_f64()?))
    };
    scored.iter().filter_map(value).collect()
}

fn factual(desk: &Desk, expected: &Value) {
    let folder = "xsum_hallucination";
    let scored = desk.scored(&[&format!("{folder}/factuality_annotations_xsum_summaries.csv")]);
    let found = values(&scored, "is-factual");
    let rated: Vec<(String, String)> = scored
        .iter()
        .map(|record| (record["prompt_id"].as_str().unwrap().to_owned(), record["model"].as_str().unwrap().to_owned()))
        .collect();
    let names =
        [("bert_withckpt", "BERTS2S"), ("bert_nockpt", "TranS2S"), ("ptgen", "PtGen"), ("tconvs2s", "TConvS2S")];
    let (mut equal, mut joined) = (0, 0);
    for published in desk.table(&format!("{folder}/eval_scores_xsum_summaries.csv")) {
        let key = names.iter().find_map(|(short, model)| {
            let prompt = published["system_bbcid"].strip_prefix(short)?.strip_prefix('_')?;
            Some((prompt.to_owned(), (*model).to_owned()))
        });
        let Some(key) = key.filter(|key| rated.contains(key)) else { continue };
        joined += 1;
        let factual: f64 = published["Factual"].parse().unwrap();
        equal += u32::from(found.get(&key).is_some_and(|mean| (mean - factual).abs() < 1e-9));
    }
    assert!(expected.as_str().unwrap().contains(&format!("for {equal} of {joined} ")), "{equal} {joined}");
}

fn means_of_three(desk: &Desk, expected: &Value) {
    let scored = desk.scored(&["summeval_op/annotated_dataset/summeval-op-detailed.jsonl"]);
    let published = Desk::lines(&desk.read("summeval_op/annotated_dataset/summeval-op.jsonl"));
    let criteria = [
        ("fl", "Fluency"),
        ("co", "Coherence"),
        ("re", "Relevance"),
        ("fa", "Faithfulness"),
        ("ac", "Aspect Coverage"),
        ("sc", "Sentiment Consistency"),
        ("sp", "Specificity"),
    ];
    let mut equal = 0;
    for (short, name) in criteria {
        let found = values(&scored, short);
        for (row, published) in published.iter().enumerate() {
            for (at, (_, summary)) in entries(&published["summaries"]).enumerate() {
                // From 0 to 1, where 1 to 5 was rated.
                let mean = 1.0 + 4.0 * found[&(format!("p{}", row + 1), format!("system {}", at + 1))];
                let published = summary["dimensions"][name].as_f64().unwrap();
                equal += u32::from(((100.0 * mean).round() / 100.0 - published).abs() < 1e-9);
            }
        }
    }
    assert!(expected.as_str().unwrap().starts_with(&format!("{equal} ")), "{equal}");
}

fn a_judge_in_both_orders(desk: &Desk, expected: &Value) {
    let stats = desk.stats(&["llmbar/Dataset/LLMBar/Natural/evaluators/GPT-4/Vanilla/result.json"]);
    let percent = |share: &Value| Value::from(100.0 * share["value"].as_f64().unwrap());
    let judge = of(&stats["agreement"]["reviewers"], "reviewer", "Vanilla");
    close(&percent(&judge["prefers_as_gold"]), &expected["average accuracy %"], 1e-9);
    let swapped = &stats["preferences"]["together"]["position"]["same_when_swapped"];
    close(&percent(swapped), &expected["positional agreement %"], 1e-9);
}

fn graded_trees(desk: &Desk, expected: &Value) {
    for (paper, score) in entries(expected) {
        let file = format!("paperbench/project/paperbench/data/judge_eval/{paper}/0/grading/expected_result.json");
        close(&desk.stats(&[&file])["leaderboard"]["models"][0]["score"]["value"], score, 1e-12);
    }
}

fn pass_at_one(desk: &Desk, expected: &Value) {
    let stats = desk.stats(&["human_eval_bia/data/samples_codegemma-7b-instruct-fp16.jsonl_results.jsonl"]);
    close(&on_scale(&stats, "passed")[0]["mean"], expected, 5e-7);
}

fn logs_of_inspect(desk: &Desk, expected: &Value) {
    let logs = [
        ("popularity_mj7", "scorer/logs/2025-02-11T15-18-04-05-00_popularity_mj7khqpMM4GBCfVQozKgzB.eval"),
        ("log_streaming", "log/test_eval_log/log_streaming.eval"),
    ];
    assert_eq!(entries(expected).count(), logs.len());
    for (name, log) in logs {
        let stats = desk.stats(&[&format!("inspect_ai/tests/{log}")]);
        let found = &on_scale(&stats, "match")[0];
        close(&found["mean"], &expected[name]["accuracy"], 1e-12);
        close(&found["standard_error"]["value"], &expected[name]["stderr"], 1e-12);
        assert_eq!(found["rated"]["n"], expected[name]["n"]);
    }
}

fn passes_of_promptfoo(desk: &Desk, expected: &Value) {
    let stats = desk.stats(&["promptfoo_mit_fork/examples/node-package/output.json"]);
    let criterion = of(&stats["criteria"]["criteria"], "id", "pass");
    assert_eq!((&criterion["met"]["n"], &criterion["unmet"]["n"]), (&expected["successes"], &expected["failures"]));
}
