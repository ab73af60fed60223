//! Real responses, where `RUBRICA_REALDATA` names a folder of them.

use crate::data::{Case, close, realdata};
use rubrica::io::import::Input;
use rubrica::model::Judge;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[test]
fn six_models_on_alpaca_eval() {
    let Some((folder, lengths)) = expected("alpaca_eval avg_length") else { return };
    let models = ["text_davinci_003", "text_davinci_001", "alpaca-7b", "phi-2", "gemma-2b-it", "gpt4_gamed"];
    let path = |model: &str| Input::Path(folder.join(format!("alpaca_eval/results/{model}/model_outputs.json")));
    let case = Case::of(include_str!("../../rubrics/reasoning.ron"), &models.map(path));
    let analysis = case.analyse();
    assert_eq!((analysis.scope.models, analysis.scope.prompts, analysis.comparisons.pairs.len()), (6, 805, 15));
    // The published mean lengths, where outputs that are not there count as 0 among 805.
    for standing in &analysis.leaderboard.models {
        let sum = standing.length.value().unwrap() * standing.length.n as f64;
        let floor = (sum / 805.0 + 1e-9).floor().to_string();
        let published = lengths[&standing.model].to_string();
        // A remark may follow the number.
        let number: String = published.trim_matches('"').chars().take_while(char::is_ascii_digit).collect();
        assert_eq!(floor, number, "{}", standing.model);
    }
    // Nobody is better than who is surely ahead, and everybody has a place.
    for (place, standing) in analysis.leaderboard.models.iter().enumerate() {
        let [best, worst] = standing.ranks.unwrap();
        assert!((best..=worst).contains(&(place + 1)), "{standing:?}");
    }
    let on = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| case.analyse())
    };
    assert_eq!(on(1), on(3));
}

/// The folder, and what `EXPECTED.json` says under the key that begins with `key`.
fn expected(key: &str) -> Option<(PathBuf, Value)> {
    let folder = realdata()?;
    let text = std::fs::read_to_string(folder.join("EXPECTED.json")).unwrap();
    let all: Value = serde_json::from_str(&text).unwrap();
    let (_, found) = all.as_object().unwrap().iter().find(|(name, _)| name.starts_with(key)).unwrap();
    Some((folder, found.clone()))
}

/// What the files say, under a rubric of what was rated in them.
fn rated(folder: &Path, files: &[&str]) -> Case {
    let inputs: Vec<Input> = files.iter().map(|file| Input::Path(folder.join(file))).collect();
    Case::of("", &inputs)
}

/// What 1 stands for on the scale of criterion `id`, and what 0.
fn bounds(case: &Case, id: &str) -> [f64; 2] {
    let criteria = case.rubric.criteria();
    let (_, criterion) = criteria.iter().find(|(_, criterion)| criterion.id == id).unwrap();
    match &criterion.judge {
        Judge::Human(scale) => scale.bounds(),
        Judge::Check(_) => panic!("{id} is for people"),
    }
}

#[test]
fn alpaca_eval_win_rates() {
    let Some((folder, expected)) = expected("alpaca_eval/alpaca_eval_gpt4") else { return };
    for (model, expected) in expected.as_object().unwrap() {
        let analysis =
            rated(&folder, &[&format!("alpaca_eval/results/{model}/alpaca_eval_gpt4/annotations.json")]).analyse();
        let models = &analysis.preferences.together.models;
        let own = models.iter().find(|own| own.model == *model).unwrap();
        assert_eq!(Some(own.win_rate.n as u64), expected["n"].as_u64(), "{model}");
        close(own.win_rate.value().map(|rate| 100.0 * rate), expected["win_rate"].as_f64().unwrap(), 1e-9);
    }
}

#[test]
fn golden_rankings() {
    let Some(folder) = realdata() else { return };
    for set in ["food", "simple"] {
        let analysis = rated(&folder, &[&format!("evalica_golden/{set}.csv")]).analyse();
        let ranking = &analysis.preferences.together;
        assert_eq!(ranking.assumed, None);
        let golden = std::fs::read_to_string(folder.join(format!("evalica_golden/{set}-golden.csv"))).unwrap();
        let mut checked = 0;
        for row in csv::Reader::from_reader(golden.as_bytes()).deserialize::<BTreeMap<String, String>>() {
            let row = row.unwrap();
            let model = ranking.models.iter().find(|model| model.model == row["item"]).unwrap();
            let score: f64 = row["score"].parse().unwrap();
            match row["algorithm"].as_str() {
                "elo" => close(Some(model.elo), score, 1e-9),
                "bradley_terry" => close(model.share.value(), score, 1e-5),
                "counting" => close(Some(model.counts[0] as f64 + model.counts[1] as f64 / 2.0), score, 0.0),
                _ => continue,
            }
            checked += 1;
        }
        assert_eq!(checked, 3 * ranking.models.len());
    }
}

#[test]
fn llmbar_accuracy_and_positional_agreement() {
    let Some((folder, expected)) = expected("llmbar Natural GPT-4 Vanilla") else { return };
    let analysis = rated(&folder, &["llmbar/Dataset/LLMBar/Natural/evaluators/GPT-4/Vanilla/result.json"]).analyse();
    let judge = analysis.agreement.reviewers.iter().find(|record| record.prefers_as_gold.n > 0).unwrap();
    // Both orders of a hundred pairs.
    assert_eq!(judge.prefers_as_gold.n, 200);
    let accuracy = judge.prefers_as_gold.value().map(|share| 100.0 * share);
    close(accuracy, expected["average accuracy %"].as_f64().unwrap(), 1e-9);
    let same = &analysis.preferences.together.position.same_when_swapped;
    close(same.value().map(|share| 100.0 * share), expected["positional agreement %"].as_f64().unwrap(), 1e-9);
}

#[test]
fn recipe_alphas() {
    let Some((folder, expected)) = expected("judge_bench recipe ordinal alpha") else { return };
    let file = "judge_bench/data/recipe_crowd_sourcing_data/meta_evaluation_recipes.json";
    let analysis = rated(&folder, &[file]).analyse();
    for (criterion, expected) in expected.as_object().unwrap() {
        let found = analysis.agreement.criteria.iter().find(|found| found.id == *criterion).unwrap();
        assert_eq!(found.measures.level, "ordinal");
        close(found.measures.alpha.value(), expected.as_f64().unwrap(), 1e-12);
        assert!(found.measures.alpha.interval().unwrap().contains(expected.as_f64().unwrap()));
    }
}

#[test]
fn vicuna_score_sums() {
    let Some((folder, expected)) = expected("vicuna gpt35 vs vicuna-13b score sums") else { return };
    let file = "vicuna_blog_eval/eval/table/review/vicuna-13b_20230322-clean-lang/review_gpt35_vicuna-13b.jsonl";
    let case = rated(&folder, &[file]);
    let id = case.rubric.criteria()[0].1.id.clone();
    let [least, most] = bounds(&case, &id);
    let analysis = case.analyse();
    let mut sums: Vec<f64> = analysis
        .leaderboard
        .models
        .iter()
        .map(|model| model.score.n as f64 * (least + (most - least) * model.score.value().unwrap()))
        .collect();
    sums.sort_by(|a, b| b.total_cmp(a));
    for (sum, expected) in sums.iter().zip(expected.as_array().unwrap()) {
        close(Some(*sum), expected.as_f64().unwrap(), 1e-9);
    }
    assert_eq!(analysis.comparisons.pairs[0].first_ahead, Some(true));
}

#[test]
fn code_passes_in_one_try() {
    let Some((folder, expected)) = expected("human_eval_bia pass@1") else { return };
    let file = "human_eval_bia/data/samples_codegemma-7b-instruct-fp16.jsonl_results.jsonl";
    let analysis = rated(&folder, &[file]).analyse();
    let model = &analysis.leaderboard.models[0];
    // Ten samples of each task, which is one cluster: no more certain than 57 tasks can be.
    assert_eq!((model.responses, model.prompts), (570, 57));
    close(model.score.value(), expected.as_f64().unwrap(), 5e-7);
    let (score, rate) = (model.score.interval().unwrap(), &analysis.criteria.criteria[0].pass_rate);
    let independent = rate.interval().unwrap();
    assert!(score.high - score.low > 1.5 * (independent.high - independent.low));
}

#[test]
fn healthbench_accuracies_differ() {
    let Some((folder, expected)) = expected("healthbench_br accuracy") else { return };
    let files = ["GPT_4.1", "Maritaca_Sabiazinho_3"]
        .map(|model| format!("healthbench_br/test_results/{model}_20251007_144809.csv"));
    let analysis = rated(&folder, &[&files[0], &files[1]]).analyse();
    for (name, expected) in expected.as_object().unwrap() {
        let model = analysis.leaderboard.models.iter().find(|model| model.model.starts_with(name)).unwrap();
        let hits = (model.score.value().unwrap() * model.score.n as f64).round();
        assert_eq!(*expected, format!("{hits}/{}", model.score.n));
    }
    let pair = &analysis.comparisons.pairs[0];
    assert!(pair.sentence.contains(" scores 0.12 higher than "), "{}", pair.sentence);
    assert!(pair.test.adjusted.unwrap() <= 1e-4);
}

#[test]
fn what_raters_of_summaries_say_together() {
    let Some((folder, expected)) = expected("xsum Factual") else { return };
    let case = rated(&folder, &["xsum_hallucination/factuality_annotations_xsum_summaries.csv"]);
    let names =
        [("bert_withckpt", "BERTS2S"), ("bert_nockpt", "TranS2S"), ("ptgen", "PtGen"), ("tconvs2s", "TConvS2S")];
    let rows: BTreeMap<(String, String), usize> = (0..case.results.len())
        .map(|row| {
            let prompt = case.dataset.text(case.dataset.prompt_of(row).id).to_owned();
            ((case.dataset.model_of(row).to_owned(), prompt), row)
        })
        .collect();
    let published = std::fs::read_to_string(folder.join("xsum_hallucination/eval_scores_xsum_summaries.csv")).unwrap();
    let (mut equal, mut joined) = (0, 0);
    for row in csv::Reader::from_reader(published.as_bytes()).deserialize::<BTreeMap<String, String>>() {
        let row = row.unwrap();
        let key = &row["system_bbcid"];
        let found = names.iter().find_map(|(short, model)| {
            let prompt = key.strip_prefix(short)?.strip_prefix('_')?;
            rows.get(&((*model).to_owned(), prompt.to_owned()))
        });
        let Some(&at) = found else { continue };
        joined += 1;
        let factual: f64 = row["Factual"].parse().unwrap();
        equal += u32::from(case.results.cell(at, 0).value().is_some_and(|mean| (mean - factual).abs() < 1e-9));
    }
    assert!(expected.as_str().unwrap().contains(&format!("for {equal} of {joined} ")), "{equal} {joined}");
}

#[test]
fn seventy_models_by_two_thousand_verdicts() {
    let Some(folder) = realdata() else { return };
    let files = ["results.jsonl", "models.jsonl", "prompts.jsonl", "gpt4-crowd-comparisons.csv"];
    let files = files.map(|file| format!("llmfao/{file}"));
    let analysis = rated(&folder, &files.each_ref().map(String::as_str)).analyse();
    let ranking = &analysis.preferences.together;
    assert_eq!((analysis.scope.models, ranking.verdicts), (70, 2139));
    let strength = |place: usize| ranking.models[place].strength.interval().unwrap();
    assert!(strength(0).low > strength(ranking.models.len() - 1).high);
    assert_eq!(
        ranking.position.first.n + ranking.models.iter().map(|model| model.counts[1]).sum::<u64>() as usize / 2,
        2139
    );
}
