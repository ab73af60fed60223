//! Flags of whole datasets: copies among prompts and models, outliers, what is forbidden; and the known anomalies of
//! published responses, where `RUBRICA_REALDATA` names the folder that holds them.

#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]
#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use proptest::prelude::*;
use rubrica::flags::{FlagSettings, Kind, KindSet, TextFlags};
use rubrica::io::import::{self, Input, Overrides};
use rubrica::io::rubric_file;
use rubrica::model::{Absent, Dataset, DatasetBuilder, NewPrompt, NewResponse};
use rubrica::scoring::{CompiledRubric, Progress, Results, compile, score_columns};
use rubrica::workbench::{Flagged, text_flags};
use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// A dataset of prompts, and of responses by prompt and model; `None` is a text that is null.
fn dataset(prompts: &[&str], responses: &[(usize, &str, Option<&str>)]) -> Arc<Dataset> {
    let mut builder = DatasetBuilder::default();
    for (index, &text) in prompts.iter().enumerate() {
        let id = format!("p{index}");
        builder.add_prompt(NewPrompt { id: &id, text, ..NewPrompt::default() }).unwrap();
    }
    for (index, &(prompt, model, text)) in responses.iter().enumerate() {
        let id = format!("r{index}");
        let text = text.ok_or(Absent::Null);
        let new = NewResponse { id: &id, prompt: prompt as u32, model, text, metadata: None, source: 0, row: 1 };
        builder.add_response(new).unwrap();
    }
    Arc::new(builder.finish())
}

fn found(dataset: &Dataset) -> TextFlags {
    text_flags(dataset, &FlagSettings::default(), None, &Progress::default()).unwrap()
}

fn flagged(dataset: &Arc<Dataset>, rubric: &str) -> Flagged {
    let rubric: Arc<CompiledRubric> = compile(&rubric_file::read(rubric).rubric.unwrap_or_default(), None).rubric;
    let (checks, of_criteria) = rubric.checks();
    let columns: Vec<_> =
        score_columns(dataset, &checks, &Progress::default()).unwrap().into_iter().map(Arc::new).collect();
    let of_criteria = of_criteria.into_iter().map(|check| check.map(|check| columns[check].clone())).collect();
    let results = Arc::new(Results::new(rubric, of_criteria, dataset.responses().len()));
    Flagged::new(dataset.clone(), results, Arc::new(found(dataset)), &FlagSettings::default())
}

/// The rows with `kind`.
fn rows(flags: &TextFlags, kind: Kind) -> Vec<usize> {
    (0..flags.len()).filter(|&row| flags.kinds(row).contains(kind)).collect()
}

const LONG: &str = "A rate limiter counts the requests of each key and refuses those that are too many; a bucket that \
                    refills over time allows short bursts, and its size says how large they may be. It stands before the service \
                    it protects, and tells those it refuses when they may come again.";
const PROMPTS: [&str; 4] =
    ["How do limits work?", "Who wrote Faust?", "Name a planet with rings.", "Describe the sea at night."];

#[test]
fn the_same_text_is_told_apart_across_prompts_and_across_models() {
    let data = dataset(
        &PROMPTS,
        &[
            (0, "a", Some(LONG)),
            (1, "a", Some(LONG)),
            (0, "b", Some(LONG)),
            (2, "b", Some("Saturn")),
            (2, "a", Some("Saturn")),
        ],
    );
    let flags = found(&data);
    // Two models agree on a short answer: no anomaly.
    assert_eq!(rows(&flags, Kind::Duplicate), [0, 1, 2]);
    let why = |row: usize| flags.explain(&*data, row).remove(0).why;
    assert!(why(0).starts_with("Across prompts: this model gives the same text to 1 other prompt"), "{}", why(0));
    assert!(why(0).contains("Across models: 1 other model gives the same text to this prompt"), "{}", why(0));
    assert!(!why(1).contains("Across models"), "{}", why(1));
    assert!(why(2).starts_with("Across models"), "{}", why(2));
}

#[test]
fn samples_choices_and_quotes_are_no_copies() {
    let sample = dataset(&PROMPTS, &[(0, "a", Some(LONG)), (0, "a", Some(LONG)), (0, "a", Some(LONG))]);
    assert_eq!(rows(&found(&sample), Kind::Duplicate), [0usize; 0]);
    let choices = dataset(
        &PROMPTS,
        &[
            (0, "a", Some("Answer: true")),
            (1, "a", Some("Answer: true")),
            (2, "a", Some("Answer: true")),
            (3, "a", Some("No")),
        ],
    );
    assert_eq!(rows(&found(&choices), Kind::Duplicate), [0usize; 0]);
    let prompt = format!("Put in order: {LONG}");
    let quotes = dataset(&[&prompt], &[(0, "a", Some(LONG)), (0, "b", Some(LONG))]);
    assert_eq!(rows(&found(&quotes), Kind::Duplicate), [0usize; 0]);
}

#[test]
fn nearly_the_same_text_is_similar_and_an_exact_copy_is_not_named_twice() {
    let near = LONG.replace("too many", "far too many");
    let data = dataset(&PROMPTS, &[(0, "a", Some(LONG)), (0, "b", Some(&near)), (0, "c", Some(LONG))]);
    let flags = found(&data);
    assert_eq!(rows(&flags, Kind::Duplicate), [0, 2]);
    assert_eq!(rows(&flags, Kind::Similar), [0, 1, 2]);
    let alone = dataset(&PROMPTS, &[(0, "a", Some(LONG)), (0, "c", Some(LONG))]);
    assert_eq!(rows(&found(&alone), Kind::Similar), [0usize; 0]);
}

#[test]
fn lengths_are_compared_within_a_prompt_and_a_wordy_model_is_no_anomaly() {
    let words = |count: usize| "several words of an answer, ".repeat(count);
    let texts: Vec<String> = (0..8).map(|n| words(10 + n % 3)).collect();
    let (long, short) = (words(100), words(1));
    let mut responses: Vec<(usize, String, Option<&str>)> = Vec::new();
    let prompts: Vec<String> = (0..8).map(|n| format!("Question {n}")).collect();
    for prompt in 0..prompts.len() {
        for (model, text) in texts.iter().enumerate() {
            responses.push((prompt, format!("m{model}"), Some(text)));
        }
        responses.push((prompt, "wordy".to_owned(), Some(if prompt == 7 { &short } else { &long })));
    }
    let responses: Vec<(usize, &str, Option<&str>)> =
        responses.iter().map(|(prompt, model, text)| (*prompt, model.as_str(), *text)).collect();
    let data = dataset(&prompts.iter().map(String::as_str).collect::<Vec<_>>(), &responses);
    let flags = found(&data);
    // Only the one short answer of a model that is wordy otherwise.
    assert_eq!(rows(&flags, Kind::Length), [71]);
    let settings = FlagSettings { outlier_group: 1000, ..FlagSettings::default() };
    let none = text_flags(&data, &settings, None, &Progress::default()).unwrap();
    assert_eq!(rows(&none, Kind::Length), [0usize; 0]);
}

#[test]
fn what_the_rubric_forbids_and_a_score_far_from_others_are_flagged() {
    let rubric = r#"(dimensions: [
        (id: "d", criteria: [
            (id: "kind", name: "Kindness", check: Forbidden(phrases: ["idiot"])),
            (id: "steps", check: Phrases(phrases: ["first", "then"])),
        ])])"#;
    let good = "First this, first and then that.";
    let mut responses: Vec<(usize, String, Option<&str>)> = (0..9).map(|n| (0, format!("m{n}"), Some(good))).collect();
    responses.push((0, "rude".to_owned(), Some("You idiot.")));
    let responses: Vec<(usize, &str, Option<&str>)> =
        responses.iter().map(|(prompt, model, text)| (*prompt, model.as_str(), *text)).collect();
    let data = dataset(&PROMPTS, &responses);
    let flagged = flagged(&data, rubric);
    let flags = flagged.explain(9);
    assert_eq!(flags.iter().map(|flag| flag.kind).collect::<Vec<_>>(), [Kind::Score, Kind::Unsafe]);
    assert!(flags[0].why.starts_with("It scores 0.00, 1.00 below what is usual"), "{}", flags[0].why);
    assert_eq!(flags[1].why, "The rubric forbids it under “Kindness”: “idiot”.");
    assert_eq!(flags[1].spans[0].of("You idiot."), "idiot");
    assert_eq!((flagged.tally().of_kind(Kind::Unsafe), flagged.tally().of_kind(Kind::Score)), (1, 1));
}

#[test]
fn a_score_that_many_responses_share_is_not_odd() {
    let rubric = r#"(dimensions: [(id: "d", criteria: [(id: "answer", check: Phrases(phrases: ["answer"]))])])"#;
    // Of twenty models so many answer the one prompt; the median is 0, and half of all are there.
    let odd = |answering: usize| {
        let text = |model: usize| Some(if model < answering { "the answer" } else { "no" });
        let names: Vec<String> = (0..20).map(|model| format!("m{model}")).collect();
        let responses: Vec<_> = names.iter().enumerate().map(|(model, name)| (0, &**name, text(model))).collect();
        flagged(&dataset(&PROMPTS, &responses), rubric).tally().of_kind(Kind::Score)
    };
    assert_eq!([1, 2, 3, 7].map(odd), [1, 2, 0, 0]);
}

#[test]
fn kinds_that_are_off_are_not_found_and_a_cancelled_search_ends() {
    let data = dataset(&PROMPTS, &[(0, "a", Some("")), (1, "a", Some(" ")), (2, "a", None)]);
    assert_eq!([0, 1, 2].map(|row| found(&data).kinds(row)), [Kind::Empty, Kind::Blank, Kind::Missing].map(only));
    let settings = FlagSettings { off: vec![Kind::Blank], ..FlagSettings::default() };
    let flags = text_flags(&data, &settings, None, &Progress::default()).unwrap();
    assert!(flags.kinds(1).is_empty() && !flags.kinds(0).is_empty());
    let cancelled = Progress::default();
    cancelled.cancel();
    assert!(text_flags(&data, &FlagSettings::default(), None, &cancelled).is_none());
}

fn only(kind: Kind) -> KindSet {
    [kind].into_iter().collect()
}

/// Texts with something odd about many of them.
fn text() -> impl Strategy<Value = Option<String>> {
    let odd = prop::sample::select(vec![
        "",
        " \n",
        "Yes",
        "I'm sorry, but I can't help with that.",
        "```py\nx = [",
        "As ChatGPT, I know.",
        "The answer to it is the",
        LONG,
    ]);
    prop_oneof![
        odd.prop_map(|text| Some(text.to_owned())),
        "[a-z ]{0,40}".prop_map(|text| Some(text.repeat(8))),
        "\\PC{0,60}".prop_map(Some),
        Just(None),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What is told of a response is what was found of it, and every place lies in its text.
    #[test]
    fn what_made_a_flag_is_found_again(texts in prop::collection::vec((0usize..4, 0usize..3, text()), 1..30)) {
        let models = ["a", "b", "c"];
        let responses: Vec<_> =
            texts.iter().map(|(prompt, model, text)| (*prompt, models[*model], text.as_deref())).collect();
        let data = dataset(&PROMPTS, &responses);
        let flags = found(&data);
        for (row, (_, _, text)) in texts.iter().enumerate() {
            let told = flags.explain(&*data, row);
            prop_assert_eq!(told.iter().map(|flag| flag.kind).collect::<KindSet>(), flags.kinds(row), "{:?}", text);
            for flag in told {
                prop_assert!(flag.why.ends_with('.'), "{}", flag.why);
                for span in flag.spans {
                    prop_assert!(text.as_deref().unwrap().get(span.range()).is_some(), "{:?} {}", text, flag.why);
                }
            }
        }
    }
}

/// The published outputs of six models, one prompt list; nothing where they are not at hand.
fn alpaca_eval() -> Option<Arc<Dataset>> {
    let Some(realdata) = std::env::var_os("RUBRICA_REALDATA").map(PathBuf::from) else {
        println!("skipped: RUBRICA_REALDATA is not set");
        return None;
    };
    let models = ["alpaca-7b", "gemma-2b-it", "gpt4_gamed", "phi-2", "text_davinci_001", "text_davinci_003"];
    let file = |model: &str| realdata.join("alpaca_eval/results").join(model).join("model_outputs.json");
    Some(Arc::new(import_all(models.map(file))))
}

fn import_all(files: impl IntoIterator<Item = impl AsRef<Path>>) -> Dataset {
    let inputs: Vec<Input> = files.into_iter().map(|path| Input::Path(path.as_ref().to_owned())).collect();
    let watch = import::Watch { cancel: &AtomicBool::new(false), progress: &|_| {} };
    import::open(&inputs, &Overrides::default(), &watch).unwrap().dataset
}

#[test]
fn the_known_anomalies_of_six_models_are_found() {
    let Some(data) = alpaca_eval() else { return };
    let flags = found(&data);
    let of_model = |kind: Kind, model: &str| -> Vec<usize> {
        rows(&flags, kind).into_iter().filter(|&row| data.model_of(row) == model).collect()
    };
    assert_eq!(of_model(Kind::Empty, "text_davinci_003").len(), 2);
    assert_eq!(of_model(Kind::Empty, "gemma-2b-it").len(), 22);
    // Copies are all but the first of those that are the same.
    let mut groups: HashMap<&str, usize> = HashMap::new();
    for row in of_model(Kind::Duplicate, "gpt4_gamed") {
        *groups.entry(data.response_text(row).unwrap()).or_default() += 1;
    }
    assert_eq!(groups.values().map(|members| members - 1).sum::<usize>(), 152);
    let loops = of_model(Kind::Loop, "phi-2");
    assert!(loops.len() >= 20, "{} loops", loops.len());
    for row in loops {
        let flag = flags.explain(&*data, row).into_iter().find(|flag| flag.kind == Kind::Loop).unwrap();
        assert!(flag.why.contains(" times") || flag.why.contains("were said before"), "{}", flag.why);
    }
    // These come from a language of their own, English, and ask for other languages only by name.
    assert_eq!(rows(&flags, Kind::Language), [0usize; 0]);
    // Rather few than many: nine in ten of the models that work well are not flagged.
    for model in ["alpaca-7b", "text_davinci_003", "text_davinci_001"] {
        let odd = (0..flags.len()).filter(|&row| data.model_of(row) == model && !flags.kinds(row).is_empty()).count();
        assert!(odd < 80, "{model}: {odd} flagged");
    }
}

/// The program, on arguments.
fn rubrica(arguments: &[&str]) -> (i32, String, String) {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_rubrica")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn the_command_line_lists_flags_with_what_made_them() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("answers.jsonl");
    let rows = [
        r#"{"id": "r1", "prompt_id": "p1", "model": "alpha", "response": ""}"#,
        r#"{"id": "r2", "prompt_id": "p1", "model": "beta", "response": "Sure. I'm sorry, but I can't help with that."}"#,
        r#"{"id": "r3", "prompt_id": "p2", "model": "beta", "response": "Paris."}"#,
    ];
    std::fs::write(&path, rows.join("\n")).unwrap();
    let path = path.to_str().unwrap();

    let (code, out, err) = rubrica(&["flags", path]);
    assert_eq!((code, out.lines().count()), (0, 2), "{out}{err}");
    assert!(out.starts_with("empty      r1  alpha  p1  The text is empty.\n"), "{out}");
    assert!(err.contains("2 of 3 responses flagged.") && err.contains("refusal         1      0     1"), "{err}");

    let (code, out, _) = rubrica(&["flags", path, "--json", "--kind", "refusal", "--fail-any"]);
    let record: serde_json::Value = serde_json::from_str(out.trim()).unwrap();
    assert_eq!((code, &record["response"], &record["kind"]), (1, &"r2".into(), &"refusal".into()), "{out}");
    assert_eq!(record["spans"], serde_json::json!([[6, 28]]), "{out}");

    let (code, _, err) = rubrica(&["flags", path, "--kind", "lop"]);
    assert_eq!((code, err.trim()), (2, "--kind: There is no flag “lop”; did you mean “loop”?"));
    let (code, out, _) = rubrica(&["flags", "--kinds"]);
    assert!(code == 0 && out.contains("truncated  The text breaks off"), "{out}");
}

#[test]
fn a_projects_own_thresholds_and_rubric_decide() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    std::fs::write(path("a.jsonl"), r#"{"id": "r1", "prompt_id": "p1", "model": "a", "response": "You idiot."}"#)
        .unwrap();
    let rubric = r#"(dimensions: [(id: "d", criteria: [(id: "kind", check: Forbidden(phrases: ["idiot"]))])])"#;
    std::fs::write(path("rubric.ron"), rubric).unwrap();
    let (code, _, err) = rubrica(&["new", &path("eval"), &path("a.jsonl"), "--rubric", &path("rubric.ron")]);
    assert_eq!(code, 0, "{err}");
    let (code, out, err) = rubrica(&["flags", &path("eval")]);
    assert!(code == 0 && out.starts_with("unsafe     r1  a  p1  The rubric forbids it"), "{out}{err}");

    let manifest = path("eval/project.ron");
    let written = std::fs::read_to_string(&manifest).unwrap();
    let with = |settings: &str| {
        let end = written.trim_end().strip_suffix(')').unwrap();
        std::fs::write(&manifest, format!("{end}    settings: (flags: ({settings})),\n)\n")).unwrap();
        rubrica(&["flags", &path("eval")])
    };
    let (code, out, _) = with(r#"off: ["unsafe"]"#);
    assert_eq!((code, out.as_str()), (0, ""));
    let (code, _, err) = with("echo_share: 3.0");
    assert!(code == 2 && err.contains("`echo_share` is 3; it goes from 0.3 to 1."), "{code} {err}");
}
