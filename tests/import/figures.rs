//! Published figures, found again from what is imported of the very files: nothing was lost or bent on the way.

use crate::fixture::notices;
use crate::real_data::{folder, import};
use rubrica::io::import::Import;
use rubrica::model::review::{Choice, Judgements, Preferred, Purpose, RowIndex};
use rubrica::model::{Combine, Rubric};
use rubrica::scoring::{compile, judged_card};
use rubrica::stats::agreement::{Level, Ratings, krippendorff_alpha};
use std::collections::BTreeMap;
use std::sync::Arc;

/// An import, and what stands of its judgements.
struct Case {
    import: Import,
    judged: Judgements,
}

fn case(files: &[&str]) -> Option<Case> {
    let import = import(&folder()?, files).unwrap_or_else(|error| panic!("{error}"));
    let logs: Vec<_> = import.judged.logs.iter().cloned().map(Arc::new).collect();
    let rubric = Rubric { dimensions: import.judged.dimensions.clone(), ..Rubric::default() };
    let judged = Judgements::new(&logs, &RowIndex::new(Arc::new(import.dataset.clone())), &rubric);
    assert_eq!(judged.strays(), 0);
    println!("{files:?}: {:#?}", notices(&import));
    Some(Case { import, judged })
}

impl Case {
    /// The raw values of `criterion`, by response, then by reviewer.
    fn ratings(&self, criterion: &str) -> Vec<Vec<f64>> {
        let of_row = |row: u32| {
            let ratings = self.judged.ratings(row).iter().filter(|rated| &*rated.criterion == criterion);
            ratings.filter(|rated| rated.purpose == Purpose::Judge).filter_map(|rated| rated.raw).collect()
        };
        (0..self.import.dataset.responses().len() as u32).map(of_row).collect()
    }

    fn alpha(&self, criterion: &str, level: Level) -> f64 {
        krippendorff_alpha(&Ratings::by_unit(self.ratings(criterion)).unwrap(), level).unwrap()
    }

    /// How often `criterion` was met, of how many.
    fn met(&self, criterion: &str) -> (usize, usize) {
        let values: Vec<f64> = self.ratings(criterion).into_iter().flatten().collect();
        (values.iter().filter(|value| **value == 1.0).count(), values.len())
    }

    /// The share of comparisons that `model` wins, in percent, and how many there are.
    fn win_rate(&self, model: &str) -> (f64, usize) {
        let wins: Vec<f64> = self
            .judged
            .preferences()
            .filter_map(|preferred| {
                let side =
                    preferred.rows.iter().position(|row| self.import.dataset.model_of(*row as usize) == model)?;
                let first = preferred.choice.first_wins();
                Some(if side == 0 { first } else { 1.0 - first })
            })
            .collect();
        (100.0 * wins.iter().sum::<f64>() / wins.len() as f64, wins.len())
    }

    fn preferences(&self, purpose: Purpose) -> impl Iterator<Item = &Preferred> {
        self.judged.preferences().filter(move |preferred| preferred.purpose == purpose)
    }
}

#[track_caller]
fn close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

#[test]
fn win_rates_of_alpaca_eval() {
    for (model, rate, n) in [("alpaca-7b", 26.459627329192543, 805), ("phi-2", 30.663329161451813, 799)] {
        let outputs = |model: &str| format!("alpaca_eval/results/{model}/model_outputs.json");
        let files = [
            outputs("text_davinci_003"),
            outputs(model),
            format!("alpaca_eval/results/{model}/alpaca_eval_gpt4/annotations.json"),
        ];
        let Some(case) = case(&files.each_ref().map(String::as_str)) else { return };
        let (found, count) = case.win_rate(model);
        close(found, rate);
        assert_eq!(count, n);
        assert_eq!(case.import.judged.logs.len(), 1);
        assert_eq!(&**case.import.judged.logs[0].reviewer(), "alpaca_eval_gpt4");
    }
}

#[test]
fn verdicts_of_a_crowd_join_their_responses() {
    let files = ["llmfao/results.jsonl", "llmfao/models.jsonl", "llmfao/prompts.jsonl"];
    let Some(case) =
        case(&[&files[..], &["llmfao/gpt4-crowd-comparisons.csv", "llmfao/pairs-crowd-training.jsonl"]].concat())
    else {
        return;
    };
    let judged: Vec<Choice> = case.preferences(Purpose::Judge).map(|preferred| preferred.choice).collect();
    let count = |choice| judged.iter().filter(|judged| **judged == choice).count();
    assert_eq!((count(Choice::First), count(Choice::Second), count(Choice::Tie)), (943, 1130, 66));
    assert_eq!(judged.len(), 2139);
    // All are about responses that were there; two of the gold pairs hold texts of their own.
    let absent = |preferred: &Preferred| {
        preferred.rows.iter().any(|row| case.import.dataset.response_text(*row as usize).is_none())
    };
    assert!(!case.judged.preferences().any(absent));
    let gold: Vec<&Preferred> = case.preferences(Purpose::Gold).collect();
    assert_eq!(gold.len(), 7);
    let reason = |preferred: &&Preferred| format!("{:?}", preferred.entry.act).contains("followed the prompt better");
    assert!(gold.iter().any(reason));
    assert_eq!(case.import.dataset.models().len(), 70);
}

#[test]
fn agreement_of_raters() {
    if let Some(case) = case(&["evalica_golden/codings.csv"]) {
        close(case.alpha("coding", Level::Nominal), 0.7434210526315788);
    }
    if let Some(case) = case(&["judge_bench/data/recipe_crowd_sourcing_data/meta_evaluation_recipes.json"]) {
        let expected = [
            ("grammar", 0.41512699786609375),
            ("fluency", 0.43239839448968664),
            ("verbosity", 0.3991422935197101),
            ("structure", 0.3985577014111057),
            ("success", 0.3627155704454662),
            ("overall", 0.4351007794425691),
        ];
        for (criterion, alpha) in expected {
            close(case.alpha(criterion, Level::Ordinal), alpha);
        }
        assert_eq!(case.import.dataset.responses().len(), 52);
        assert_eq!(case.judged.reviewers().len(), 88);
    }
}

#[test]
fn items_without_texts_are_models_that_are_compared() {
    for (file, rows, models) in [("food", 30, 5), ("simple", 16, 5)] {
        let Some(case) = case(&[&format!("evalica_golden/{file}.csv")]) else { return };
        assert_eq!(case.preferences(Purpose::Judge).count(), rows);
        assert_eq!(case.import.dataset.models().len(), models);
    }
}

#[test]
fn ratings_a_row_have_the_published_means() {
    let Some(case) = case(&["xsum_hallucination/factuality_annotations_xsum_summaries.csv"]) else { return };
    let root = folder().unwrap();
    let path = root.join("xsum_hallucination/eval_scores_xsum_summaries.csv");
    let mut published: BTreeMap<String, f64> = BTreeMap::new();
    for record in csv::Reader::from_path(path).unwrap().deserialize::<BTreeMap<String, String>>() {
        let record = record.unwrap();
        if let Ok(factual) = record["Factual"].parse() {
            published.insert(record["system_bbcid"].clone(), factual);
        }
    }
    let data = &case.import.dataset;
    let (mut same, mut joined) = (0, 0);
    for row in 0..data.responses().len() {
        let system = match data.model_of(row) {
            "BERTS2S" => "bert_withckpt",
            "TConvS2S" => "tconvs2s",
            "PtGen" => "ptgen",
            "TranS2S" => "bert_nockpt",
            other => panic!("{other}"),
        };
        let mean = case.judged.combined(row as u32, "is-factual", Combine::Mean);
        let published = published.get(&format!("{system}_{}", data.text(data.prompt_of(row).id)));
        if let (Some(mean), Some(published)) = (mean, published) {
            joined += 1;
            same += usize::from((mean - published).abs() < 1e-9);
        }
    }
    assert!(same >= 1856 && joined - same <= 6, "{same} of {joined}");
}

#[test]
fn aligned_lists_have_the_published_means() {
    let Some(case) = case(&["summeval_op/annotated_dataset/summeval-op-detailed.jsonl"]) else { return };
    let Some(means) = self::case(&["summeval_op/annotated_dataset/summeval-op.jsonl"]) else { return };
    let names = [
        ("fl", "fluency"),
        ("co", "coherence"),
        ("re", "relevance"),
        ("fa", "faithfulness"),
        ("ac", "aspect-coverage"),
        ("sc", "sentiment-consistency"),
        ("sp", "specificity"),
    ];
    let value = |case: &Case, row: u32, criterion: &str| -> f64 {
        let rated: Vec<_> = case.judged.ratings(row).iter().filter(|rated| &*rated.criterion == criterion).collect();
        let values: Vec<f64> = rated
            .iter()
            .filter_map(|rated| match &rated.entry.act {
                rubrica::model::review::Act::Rate(rate) => rate.value,
                _ => None,
            })
            .collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    let rows = case.import.dataset.responses().len() as u32;
    assert_eq!(rows, means.import.dataset.responses().len() as u32);
    let mut same = 0;
    for row in 0..rows {
        let text = case.import.dataset.response_text(row as usize);
        let other = (0..rows).find(|other| means.import.dataset.response_text(*other as usize) == text).unwrap();
        for (short, long) in names {
            same += usize::from((value(&case, row, short) - value(&means, other, long)).abs() < 0.00501);
        }
    }
    assert_eq!(same, 2912);
}

#[test]
fn accuracy_and_agreement_of_a_judge_in_both_orders() {
    let folder = "llmbar/Dataset/LLMBar/Natural";
    let Some(case) = case(&[&format!("{folder}/evaluators/GPT-4/Vanilla/result.json")]) else { return };
    let by_pair = |purpose| -> BTreeMap<[u32; 2], Choice> {
        case.preferences(purpose)
            .map(|preferred| match preferred.rows {
                [first, second] if first < second => ([first, second], preferred.choice),
                [first, second] => ([second, first], preferred.choice.flipped()),
            })
            .collect()
    };
    let (gold, plain, swapped) = (by_pair(Purpose::Gold), by_pair(Purpose::Judge), by_pair(Purpose::Repeat));
    assert_eq!((gold.len(), plain.len(), swapped.len()), (100, 100, 100));
    let right = |of: &BTreeMap<[u32; 2], Choice>| of.iter().filter(|(pair, choice)| gold[*pair] == **choice).count();
    close((right(&plain) + right(&swapped)) as f64 / 2.0, 95.5);
    assert_eq!(plain.iter().filter(|(pair, choice)| swapped[*pair] == **choice).count(), 95);
    // The second time they were shown the other way round.
    assert!(case.preferences(Purpose::Repeat).all(|preferred| preferred.rows[0] > preferred.rows[1]));
}

#[test]
fn both_orders_of_pairs_by_name() {
    let bench = "ja_vicuna_qa/data/jp_bench";
    let answers = |model: &str| format!("{bench}/model_answer/{model}/results.jsonl");
    let pairs = "pairwise:cyberagent--calm2-7b-chat_openai--text-davinci-003.jsonl";
    let files = [
        format!("{bench}/question.jsonl"),
        answers("cyberagent--calm2-7b-chat"),
        answers("openai--text-davinci-003"),
        format!("{bench}/model_judgment/pairwise/gpt-4/{pairs}"),
    ];
    let Some(case) = case(&files.each_ref().map(String::as_str)) else { return };
    assert_eq!(case.preferences(Purpose::Judge).count() + case.preferences(Purpose::Repeat).count(), 160);
    assert_eq!(case.import.dataset.responses().len(), 160, "the answers of the judgements are those of the models");
}

#[test]
fn scores_of_both_responses() {
    let table = "vicuna_blog_eval/eval/table";
    let files = [
        format!("{table}/question.jsonl"),
        format!("{table}/answer/answer_gpt35.jsonl"),
        format!("{table}/answer/answer_vicuna-13b.jsonl"),
        format!("{table}/review/vicuna-13b_20230322-clean-lang/review_gpt35_vicuna-13b.jsonl"),
    ];
    let Some(case) = case(&files.each_ref().map(String::as_str)) else { return };
    let data = &case.import.dataset;
    assert_eq!(data.responses().len(), 160);
    let mut sums: BTreeMap<&str, f64> = BTreeMap::new();
    for log in &case.import.judged.logs {
        for entry in log.entries() {
            if let rubrica::model::review::Act::Rate(rate) = &entry.act {
                let row = (0..160).find(|row| data.text(data.responses()[*row].id) == rate.response).unwrap();
                *sums.entry(data.model_of(row)).or_default() += rate.value.unwrap();
            }
        }
    }
    assert_eq!(sums.into_values().collect::<Vec<_>>(), [693.0, 638.0]);
    assert_eq!(case.preferences(Purpose::Judge).count(), 80);
}

#[test]
fn graded_rubrics_keep_their_score() {
    for (paper, score) in [("semantic-self-consistency", 0.91), ("all-in-one", 0.7139351851851852)] {
        let file = format!("paperbench/project/paperbench/data/judge_eval/{paper}/0/grading/expected_result.json");
        let Some(case) = case(&[&file]) else { return };
        assert_eq!(case.import.judged.dimensions.len(), 1);
        let rubric = Rubric { dimensions: case.import.judged.dimensions.clone(), ..Rubric::default() };
        let compiled = compile(&rubric, None);
        assert!(compiled.is_sound());
        let card = judged_card(&compiled.rubric, &case.import.dataset, 0, &case.judged);
        close(card.total.score.expect("every leaf is graded"), score);
        close(card.total.coverage, 1.0);
        assert_eq!(case.import.dataset.responses().len(), 1);
    }
}

#[test]
fn scores_that_came_with_outputs() {
    let checks: [(&str, &str, (usize, usize)); 6] = [
        ("healthbench_br/test_results/GPT_4.1_20251007_144809.csv", "correta", (739, 1000)),
        ("healthbench_br/test_results/Maritaca_Sabiazinho_3_20251007_144809.csv", "correta", (621, 1000)),
        (
            "inspect_ai/tests/scorer/logs/2025-02-11T15-18-04-05-00_popularity_mj7khqpMM4GBCfVQozKgzB.eval",
            "match",
            (8, 10),
        ),
        ("inspect_ai/tests/log/test_eval_log/log_streaming.eval", "match", (3, 4)),
        ("inspect_ai/tests/analysis/test_logs/2025-05-12T20-28-13-04-00_popularity.json", "match", (2, 3)),
        ("promptfoo_mit_fork/examples/node-package/output.json", "pass", (8, 16)),
    ];
    for (file, criterion, expected) in checks {
        let Some(case) = case(&[file]) else { return };
        assert_eq!(case.met(criterion), expected, "{file}");
    }
}

#[test]
fn pass_at_one() {
    let Some(case) = case(&["human_eval_bia/data/samples_codegemma-7b-instruct-fp16.jsonl_results.jsonl"]) else {
        return;
    };
    let (passed, samples) = case.met("passed");
    assert!((passed as f64 / samples as f64 - 0.249123).abs() < 5e-7, "{passed} of {samples}");
}

#[test]
fn tables_and_comparisons_of_tools() {
    if let Some(case) = case(&["promptfoo_mit_fork/examples/simple-test/output.csv"]) {
        assert_eq!(case.import.dataset.models().len(), 2);
        assert_eq!(case.met("pass").1, case.import.dataset.responses().len());
    }
    if let Some(case) = case(&["llm_comparator/docs/data/example_tiny.json"]) {
        assert_eq!(case.import.dataset.models(), ["ABC v0.6", "ABC v0.5"]);
        assert_eq!(case.import.dataset.responses().len(), 10);
        assert_eq!(case.judged.preferences().count(), 8);
    }
}
