//! Published figures, found again from the raw files they are of. These run where `RUBRICA_REALDATA` names the folder
//! that holds them; `EXPECTED.json` there holds the figures. And what must be true of any numbers.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

use rubrica::stats::agreement::{
    Disagreement, Level, RaterModel, Ratings, cohens_kappa, consistency, fleiss_kappa, gwet_ac, intraclass,
    krippendorff_alpha, percent_agreement,
};
use rubrica::stats::items::{Correlation, analyse_items, kendall_tau_b, pearson, spearman};
use rubrica::stats::ranking::{
    Comparison, Elo, Outcome, PositionBias, SwappedOrders, Unranked, WinRate, bradley_terry, elo, win_rates,
};
use rubrica::stats::{
    Bootstrap, Ends, Estimate, Interval, PairedComparison, SplitMix64, cliffs_delta, clustered_mean, cohens_dz,
    mcnemar, mean_and_standard_error, mean_with_interval, paired_difference, paired_permutation, rank_biserial, wilson,
};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::PathBuf;

/// The folder of real data, or a word about its absence.
struct Realdata(PathBuf);

impl Realdata {
    fn find() -> Option<Self> {
        let found = std::env::var_os("RUBRICA_REALDATA").map(|folder| Self(folder.into()));
        if found.is_none() {
            eprintln!("skipped: RUBRICA_REALDATA names no folder of real data");
        }
        found
    }

    fn text(&self, path: &str) -> String {
        std::fs::read_to_string(self.0.join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn json(&self, path: &str) -> Value {
        // Python writes NaN, which JSON does not have.
        serde_json::from_str(&self.text(path).replace(": NaN", ": null")).unwrap()
    }

    fn json_lines(&self, path: &str) -> Vec<Value> {
        self.text(path).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Rows of a CSV file by the names of their columns.
    fn csv(&self, path: &str) -> Vec<HashMap<String, String>> {
        let text = self.text(path);
        csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
    }

    /// What `EXPECTED.json` says under the key that begins with `key`.
    fn expected(&self, key: &str) -> Value {
        let all = self.json("EXPECTED.json");
        let found = all.as_object().unwrap().iter().find(|(name, _)| name.starts_with(key));
        found.unwrap_or_else(|| panic!("no {key}")).1.clone()
    }
}

#[track_caller]
fn check(found: f64, expected: &Value, tolerance: f64) {
    let expected = expected.as_f64().unwrap();
    assert!((found - expected).abs() <= tolerance, "{found} and not {expected}");
}

fn array(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

#[test]
fn alpaca_eval_win_rates() {
    let Some(data) = Realdata::find() else { return };
    let expected = data.expected("alpaca_eval/alpaca_eval_gpt4");
    let leaderboard =
        data.csv("alpaca_eval/src/alpaca_eval/leaderboards/data_AlpacaEval/alpaca_eval_gpt4_leaderboard.csv");
    for (model, expected) in expected.as_object().unwrap() {
        let annotations = data.json(&format!("alpaca_eval/results/{model}/alpaca_eval_gpt4/annotations.json"));
        // 2 is the model, 1 the baseline, 0 and 1.5 a draw; null was not judged and does not count.
        let outcomes = array(&annotations).iter().filter_map(|row| row["preference"].as_f64()).map(|preference| {
            if preference == 2.0 {
                Outcome::First
            } else if preference == 1.0 {
                Outcome::Second
            } else {
                Outcome::Tie
            }
        });
        let rate = WinRate::of_first(outcomes.clone());
        assert_eq!(Some(rate.n()), expected["n"].as_u64(), "{model}");
        check(100.0 * rate.rate().unwrap(), &expected["win_rate"], 1e-9);

        let published = leaderboard.iter().find(|row| row[""] == *model).unwrap();
        let error: f64 = published["standard_error"].parse().unwrap();
        assert!((100.0 * rate.standard_error().unwrap() - error).abs() < 1e-9, "{model}");
        let counts = [&published["n_wins"], &published["n_draws"], &published["n_wins_base"]];
        assert_eq!(counts.map(|count| count.parse::<u64>().unwrap()), [rate.wins, rate.ties, rate.losses]);
        // Both are behind the baseline beyond doubt, and all ways to tell say so.
        assert_eq!(rate.ahead(), Some(false));
        let points: Vec<f64> = outcomes.map(|outcome| outcome.for_first() - 0.5).collect();
        assert!(mean_with_interval(&points, &Bootstrap::default()).unwrap().interval.high < 0.0);
        assert_eq!(paired_permutation(&points, 999, 1).unwrap().p, 0.001);
    }
}

#[test]
fn recipe_alphas() {
    let Some(data) = Realdata::find() else { return };
    let recipes = data.json("judge_bench/data/recipe_crowd_sourcing_data/meta_evaluation_recipes.json");
    let stored = data.json("judge_bench/results/regular/recipe-crowd-sourcing-data.json");
    let stored = stored.as_object().unwrap().values().next().unwrap();
    // 15 to 88 raters of a crowd on each recipe, on a scale from 1 to 6.
    for (criterion, expected) in data.expected("judge_bench recipe ordinal alpha").as_object().unwrap() {
        let of = |recipe: &Value| -> Vec<f64> {
            let scores = &recipe["annotations"][criterion]["individual_human_scores"];
            array(scores).iter().filter_map(Value::as_f64).collect()
        };
        let ratings = Ratings::by_unit(array(&recipes["instances"]).iter().map(of)).unwrap();
        let alpha = |ratings: &Ratings| krippendorff_alpha(ratings, Level::Ordinal);
        let few = Bootstrap { resamples: 200, ..Bootstrap::default() };
        let estimate = ratings.with_interval(alpha, &few).unwrap();
        check(estimate.value, expected, 1e-12);
        check(estimate.value, &stored[criterion]["krippendorff_alpha"], 1e-12);
        assert!(estimate.interval.contains(estimate.value), "{criterion}: {estimate:?}");
    }
}

#[test]
fn codings_alpha() {
    let Some(data) = Realdata::find() else { return };
    // A row per rater, a column per item, and nothing where a rating is missing.
    let text = data.text("evalica_golden/codings.csv");
    let rows: Vec<Vec<Option<f64>>> =
        text.lines().map(|line| line.split(',').map(|cell| cell.parse().ok()).collect()).collect();
    let items = (0..rows[0].len()).map(|item| rows.iter().filter_map(move |row| row[item]));
    let alpha = krippendorff_alpha(&Ratings::by_unit(items).unwrap(), Level::Nominal).unwrap();
    check(alpha, &data.expected("evalica codings.csv nominal alpha"), 1e-12);
}

/// The comparisons of a CSV file with `left`, `right` and `winner`, and the items' names in the order of their numbers.
fn read_comparisons(data: &Realdata, path: &str) -> (Vec<String>, Vec<Comparison>) {
    let (mut names, mut comparisons) = (Vec::new(), Vec::new());
    for row in data.csv(path) {
        let mut number = |name: &String| {
            let found = names.iter().position(|known| known == name);
            found.unwrap_or_else(|| {
                names.push(name.clone());
                names.len() - 1
            }) as u32
        };
        let (first, second) = (number(&row["left"]), number(&row["right"]));
        let outcome = match row["winner"].as_str() {
            "left" => Outcome::First,
            "right" => Outcome::Second,
            _ => Outcome::Tie,
        };
        comparisons.push(Comparison { first, second, outcome });
    }
    (names, comparisons)
}

#[test]
fn golden_rankings() {
    let Some(data) = Realdata::find() else { return };
    for set in ["food", "simple"] {
        let (names, comparisons) = read_comparisons(&data, &format!("evalica_golden/{set}.csv"));
        let golden = data.csv(&format!("evalica_golden/{set}-golden.csv"));
        // Start 1000, K 4, scale 400, in the order of the file; ties are half wins everywhere.
        let ratings = elo(names.len(), &comparisons, Elo::default());
        // Strengths whose sum is 1. The golden ones stem from an iteration that stopped earlier.
        let strengths = bradley_terry(names.len(), &comparisons, 0.0).unwrap().shares();
        let wins =
            win_rates(names.len(), &comparisons).into_iter().map(|rate| rate.wins as f64 + rate.ties as f64 / 2.0);
        for (algorithm, scores, tolerance) in
            [("elo", ratings, 1e-9), ("bradley_terry", strengths, 1e-5), ("counting", wins.collect(), 0.0)]
        {
            let rows: Vec<_> = golden.iter().filter(|row| row["algorithm"] == algorithm).collect();
            assert_eq!(rows.len(), names.len());
            for row in rows {
                let at = names.iter().position(|name| *name == row["item"]).unwrap();
                let expected: f64 = row["score"].parse().unwrap();
                assert!((scores[at] - expected).abs() <= tolerance, "{set} {row:?}: {}", scores[at]);
            }
        }
    }
}

#[test]
fn seventy_models_by_two_thousand_verdicts() {
    let Some(data) = Realdata::find() else { return };
    let rows = data.csv("llmfao/gpt4-crowd-comparisons.csv");
    let outcomes = rows.iter().map(|row| match row["winner"].as_str() {
        "left" => Outcome::First,
        "right" => Outcome::Second,
        _ => Outcome::Tie,
    });
    let bias = PositionBias::of(outcomes).unwrap();
    assert_eq!(bias.decided + bias.ties, rows.len() as u64);
    let (names, comparisons) = read_comparisons(&data, "llmfao/gpt4-crowd-comparisons.csv");
    let model = bradley_terry(names.len(), &comparisons, 1.0).unwrap();
    let best =
        (0..names.len()).max_by(|&a, &b| model.log_strength(a).value.total_cmp(&model.log_strength(b).value)).unwrap();
    let worst =
        (0..names.len()).min_by(|&a, &b| model.log_strength(a).value.total_cmp(&model.log_strength(b).value)).unwrap();
    assert!(model.chance(best, worst).interval.low > 0.9, "{} {}", names[best], names[worst]);
}

#[test]
fn llmbar_accuracy_and_positional_agreement() {
    let Some(data) = Realdata::find() else { return };
    let results = data.json("llmbar/Dataset/LLMBar/Natural/evaluators/GPT-4/Vanilla/result.json");
    let stored = data.json("llmbar/Dataset/LLMBar/Natural/evaluators/GPT-4/Vanilla/statistics.json");
    let expected = data.expected("llmbar Natural GPT-4 Vanilla");
    let winner = |row: &Value, order: &str| -> f64 {
        let winner = &row["results"][0][order]["winner"];
        winner.as_str().unwrap().parse().unwrap()
    };
    // The winner is named by output, in both orders, and not by the place it was shown in.
    let winners: Vec<(f64, f64)> =
        array(&results).iter().map(|row| (winner(row, "swap = False"), winner(row, "swap = True"))).collect();
    // One value per verdict, and the pair of outputs as the cluster.
    let correct: Vec<(u32, f64)> = (0..)
        .zip(array(&results).iter().zip(&winners))
        .flat_map(|(id, (row, &(plain, swapped)))| {
            let label = row["label"].as_f64().unwrap();
            [(id, f64::from(u8::from(plain == label))), (id, f64::from(u8::from(swapped == label)))]
        })
        .collect();
    let accuracy = clustered_mean(&correct, &Bootstrap::default()).unwrap();
    check(100.0 * accuracy.value, &expected["average accuracy %"], 1e-9);
    assert!(accuracy.interval.low > 0.9 && accuracy.interval.high < 1.0);

    // By place: in the second order output 1 is shown second.
    let place = |winner: f64, first: f64| if winner == first { Outcome::First } else { Outcome::Second };
    let swapped = SwappedOrders::of(winners.iter().map(|&(plain, swapped)| (place(plain, 1.0), place(swapped, 2.0))));
    check(100.0 * swapped.agreement().unwrap().value, &expected["positional agreement %"], 1e-9);
    assert_eq!(swapped.n(), 100);
    check(cohens_kappa(&winners, Disagreement::Plain).unwrap(), &stored["kappa_agreement"], 1e-12);
}

#[test]
fn healthbench_accuracies_differ() {
    let Some(data) = Realdata::find() else { return };
    let expected = data.expected("healthbench_br accuracy");
    let correct = |model: &str| -> BTreeMap<(String, String), bool> {
        let rows = data.csv(&format!("healthbench_br/test_results/{model}_20251007_144809.csv"));
        rows.iter().map(|row| ((row["arquivo"].clone(), row["idx_local"].clone()), row["correta"] == "1")).collect()
    };
    let [first, second] = ["GPT_4.1", "Maritaca_Sabiazinho_3"].map(|model| {
        let correct = correct(model);
        let hits = correct.values().filter(|&&correct| correct).count();
        assert_eq!(expected[model], format!("{hits}/{}", correct.len()));
        let interval = wilson(hits, correct.len()).unwrap();
        assert!(interval.contains(hits as f64 / correct.len() as f64) && interval.high - interval.low < 0.07);
        correct
    });
    // The same questions, so that they are compared question by question.
    let pairs: Vec<(f64, f64)> = first
        .iter()
        .map(|(question, &one)| (f64::from(u8::from(one)), f64::from(u8::from(second[question]))))
        .collect();
    let comparison = PairedComparison {
        difference: paired_difference(&pairs, &Bootstrap::default()).unwrap(),
        prompts: pairs.len(),
    };
    let sentence = comparison.sentence("GPT 4.1", "Sabiazinho 3");
    assert!(sentence.starts_with("GPT 4.1 scores 0.12 higher than Sabiazinho 3 (95% 0.0"), "{sentence}");
    let only = |one: f64| pairs.iter().filter(|pair| pair.0 == one && pair.1 == 1.0 - one).count() as u64;
    assert!(mcnemar(only(1.0), only(0.0)).unwrap().exact_p < 1e-6);
}

#[test]
fn vicuna_score_sums() {
    let Some(data) = Realdata::find() else { return };
    let reviews = data
        .json_lines("vicuna_blog_eval/eval/table/review/vicuna-13b_20230322-clean-lang/review_gpt35_vicuna-13b.jsonl");
    let score = |review: &Value, side: usize| review["score"][side].as_f64().unwrap();
    let pairs: Vec<(f64, f64)> = reviews.iter().map(|review| (score(review, 0), score(review, 1))).collect();
    let expected = data.expected("vicuna gpt35 vs vicuna-13b score sums");
    for (side, expected) in array(&expected).iter().enumerate() {
        let scores: Vec<f64> = reviews.iter().map(|review| score(review, side)).collect();
        check(80.0 * mean_and_standard_error(&scores).unwrap().0, expected, 1e-9);
    }
    let difference = paired_difference(&pairs, &Bootstrap::default()).unwrap();
    check(80.0 * difference.value, &Value::from(693.0 - 638.0), 1e-9);
}

#[test]
fn code_passes_in_one_try() {
    let Some(data) = Realdata::find() else { return };
    let samples = data.json_lines("human_eval_bia/data/samples_codegemma-7b-instruct-fp16.jsonl_results.jsonl");
    let mut tasks: BTreeMap<&str, u32> = BTreeMap::new();
    let mut passed = Vec::new();
    for sample in &samples {
        let next = tasks.len() as u32;
        let task = *tasks.entry(sample["task_id"].as_str().unwrap()).or_insert(next);
        passed.push((task, f64::from(u8::from(sample["passed"].as_bool().unwrap()))));
    }
    // Ten samples of each task: the mean over all is pass@1, and a task is a cluster.
    let clustered = clustered_mean(&passed, &Bootstrap::default()).unwrap();
    check(clustered.value, &data.expected("human_eval_bia pass@1"), 5e-7);
    // Samples of one task are alike, and counting them as independent would feign certainty.
    let values: Vec<f64> = passed.iter().map(|&(_, value)| value).collect();
    let plain = mean_with_interval(&values, &Bootstrap::default()).unwrap();
    let width = |estimate: Estimate| estimate.interval.high - estimate.interval.low;
    assert!(width(clustered) > 1.5 * width(plain));
}

#[test]
fn inspect_logs_accuracy_and_standard_error() {
    let Some(data) = Realdata::find() else { return };
    let expected = data.expected("inspect");
    for (path, key) in [
        ("scorer/logs/2025-02-11T15-18-04-05-00_popularity_mj7khqpMM4GBCfVQozKgzB.eval", "popularity_mj7"),
        ("log/test_eval_log/log_streaming.eval", "log_streaming"),
    ] {
        let file = std::fs::File::open(data.0.join("inspect_ai/tests").join(path)).unwrap();
        let mut summaries = String::new();
        zip::ZipArchive::new(file).unwrap().by_name("summaries.json").unwrap().read_to_string(&mut summaries).unwrap();
        let samples: Value = serde_json::from_str(&summaries).unwrap();
        // C is correct, I is incorrect.
        let correct = |sample: &Value| f64::from(u8::from(sample["scores"]["match"]["value"] == "C"));
        let values: Vec<f64> = array(&samples).iter().map(correct).collect();
        let (accuracy, error) = mean_and_standard_error(&values).unwrap();
        assert_eq!(Some(values.len() as u64), expected[key]["n"].as_u64());
        check(accuracy, &expected[key]["accuracy"], 1e-12);
        check(error, &expected[key]["stderr"], 1e-12);
    }
}

#[test]
fn means_of_raters() {
    let Some(data) = Realdata::find() else { return };
    // SummEval-OP: three raters, seven criteria, thirteen systems; published as means with two digits.
    let detailed = data.json_lines("summeval_op/annotated_dataset/summeval-op-detailed.jsonl");
    let means = data.json_lines("summeval_op/annotated_dataset/summeval-op.jsonl");
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
    for (detailed, means) in detailed.iter().zip(&means) {
        for (at, summary) in means["summaries"].as_object().unwrap().values().enumerate() {
            for (short, name) in criteria {
                let ratings: Vec<f64> = array(&detailed[short][at]).iter().filter_map(Value::as_f64).collect();
                let mean = mean_and_standard_error(&ratings).unwrap().0;
                equal += u32::from(
                    ((100.0 * mean).round() / 100.0 - summary["dimensions"][name].as_f64().unwrap()).abs() < 1e-9,
                );
            }
        }
    }
    assert!(data.expected("summeval_op").as_str().unwrap().starts_with(&format!("{equal} ")), "{equal}");

    // XSum: is a summary factual? Up to three raters said yes, no, or nothing. Of four summaries all said nothing, and
    // two were published with another number than their ratings give.
    let names =
        [("BERTS2S", "bert_withckpt"), ("TranS2S", "bert_nockpt"), ("PtGen", "ptgen"), ("TConvS2S", "tconvs2s")];
    let names: HashMap<&str, &str> = names.into_iter().collect();
    let mut raters: HashMap<String, Vec<f64>> = HashMap::new();
    for row in data.csv("xsum_hallucination/factuality_annotations_xsum_summaries.csv") {
        if let Some(system) = names.get(row["system"].as_str()) {
            let ratings = raters.entry(format!("{system}_{}", row["bbcid"])).or_default();
            match row["is_factual"].as_str() {
                "yes" => ratings.push(1.0),
                "no" => ratings.push(0.0),
                _ => {}
            }
        }
    }
    let (mut equal, mut joined) = (0, 0);
    for row in data.csv("xsum_hallucination/eval_scores_xsum_summaries.csv") {
        let Some(ratings) = raters.get(&row["system_bbcid"]) else { continue };
        joined += 1;
        let published: f64 = row["Factual"].parse().unwrap();
        let mean = mean_and_standard_error(ratings).map(|(mean, _)| mean);
        equal += u32::from(mean.is_ok_and(|mean| (mean - published).abs() < 1e-9));
    }
    let expected = data.expected("xsum Factual");
    assert!(expected.as_str().unwrap().contains(&format!("for {equal} of {joined} ")), "{equal} {joined}");
}

/// Looks at figures of one kind after another.
struct Figures {
    of: String,
}

impl Figures {
    #[track_caller]
    fn number(&self, value: f64) {
        assert!(value.is_finite(), "{value} of {}", self.of);
    }

    #[track_caller]
    fn interval(&self, interval: Interval) {
        self.number(interval.low);
        self.number(interval.high);
        assert!(interval.low <= interval.high, "{interval:?} of {}", self.of);
    }

    #[track_caller]
    fn estimate(&self, estimate: Estimate) {
        self.number(estimate.value);
        self.interval(estimate.interval);
    }

    #[track_caller]
    fn correlation(&self, correlation: Correlation) {
        assert!((-1.0..=1.0).contains(&correlation.value), "{correlation:?} of {}", self.of);
        correlation.interval.into_iter().for_each(|interval| self.interval(interval));
        correlation.p.into_iter().for_each(|p| self.probability(p));
    }

    #[track_caller]
    fn probability(&self, p: f64) {
        assert!((0.0..=1.0).contains(&p), "{p} of {}", self.of);
    }
}

#[test]
fn any_numbers_give_numbers_or_a_reason() {
    // Few values, so that constants, ties and perfect agreement come up, and some that overflow when they are squared.
    let pools: [&[f64]; 5] = [
        &[0.0, 1.0],
        &[0.1, 0.2, 0.30000000000000004],
        &[-3.0, 0.0, 7.5, 1e9],
        &[1e200, -1e200, 0.0],
        &[f64::MAX, 1.0],
    ];
    let bootstrap = |ends| Bootstrap { resamples: 40, seed: 3, ends };
    let mut generator = SplitMix64::new(17);
    for round in 0..2000 {
        let pool = pools[generator.below(pools.len())];
        let n = generator.below(12);
        let mut draw = |n: usize| -> Vec<f64> { (0..n).map(|_| pool[generator.below(pool.len())]).collect() };
        let (first, second) = (draw(n), draw(n));
        let figures = Figures { of: format!("round {round}: {first:?} and {second:?}") };
        let pairs: Vec<(f64, f64)> = first.iter().copied().zip(second.iter().copied()).collect();
        let clustered: Vec<(u32, f64)> = (0..).zip(&first).map(|(i, &value)| (i / 3, value)).collect();

        for ends in [Ends::Percentile, Ends::Bca] {
            mean_with_interval(&first, &bootstrap(ends)).into_iter().for_each(|found| figures.estimate(found));
            clustered_mean(&clustered, &bootstrap(ends)).into_iter().for_each(|found| figures.estimate(found));
            if let Ok(difference) = paired_difference(&pairs, &bootstrap(ends)) {
                figures.estimate(difference);
                let sentence = PairedComparison { difference, prompts: n }.sentence("A", "B");
                assert!(!sentence.contains("NaN") && !sentence.contains("inf"), "{sentence}");
            }
        }
        cohens_dz(&first).into_iter().for_each(|d| figures.number(d));
        rank_biserial(&first).into_iter().for_each(|r| figures.number(r));
        cliffs_delta(&first, &second).into_iter().for_each(|delta| figures.number(delta));
        paired_permutation(&first, 20, 1).into_iter().for_each(|test| figures.probability(test.p));

        for correlation in [pearson(&pairs), spearman(&pairs), kendall_tau_b(&pairs)] {
            correlation.into_iter().for_each(|found| figures.correlation(found));
        }
        for raters in [2, 3] {
            for model in [RaterModel::OneWay, RaterModel::TwoWayRandom, RaterModel::TwoWayMixed] {
                if let Ok(icc) = intraclass(&first[..n - n % raters], raters, model) {
                    figures.estimate(icc.single);
                    icc.average.into_iter().for_each(|average| figures.estimate(average));
                }
            }
            if let Ok(analysis) = analyse_items(&first[..n - n % raters], raters) {
                analysis.alpha.into_iter().for_each(|alpha| figures.estimate(alpha));
                for item in analysis.items {
                    figures.number(item.difficulty);
                    item.with_total.into_iter().chain(item.with_rest).for_each(|r| figures.number(r));
                }
            }
        }
        let Ok(ratings) = Ratings::long(&clustered) else { panic!("all are finite") };
        for level in [Level::Nominal, Level::Ordinal, Level::Interval, Level::Ratio] {
            krippendorff_alpha(&ratings, level).into_iter().for_each(|alpha| figures.number(alpha));
        }
        percent_agreement(&ratings).into_iter().for_each(|share| figures.probability(share));
        fleiss_kappa(&ratings).into_iter().for_each(|kappa| figures.number(kappa));
        consistency(&ratings).into_iter().for_each(|found| figures.number(found.repeatability));
        for disagreement in [Disagreement::Plain, Disagreement::Linear, Disagreement::Quadratic] {
            cohens_kappa(&pairs, disagreement).into_iter().for_each(|kappa| figures.number(kappa));
            gwet_ac(&ratings, ratings.scale(), disagreement).into_iter().for_each(|ac| figures.number(ac));
        }
    }
}

#[test]
fn any_comparisons_give_strengths_or_a_reason() {
    let mut generator = SplitMix64::new(23);
    for round in 0..300 {
        let items = generator.below(6);
        let comparisons: Vec<Comparison> = (0..generator.below(14))
            .map(|_| Comparison {
                first: generator.below(7) as u32,
                second: generator.below(7) as u32,
                outcome: [Outcome::First, Outcome::Second, Outcome::Tie][generator.below(3)],
            })
            .collect();
        let figures = Figures { of: format!("round {round}") };
        for prior in [0.0, 0.5] {
            match bradley_terry(items, &comparisons, prior) {
                Ok(model) => (0..items).for_each(|item| {
                    figures.estimate(model.log_strength(item));
                    figures.estimate(model.chance(item, 0));
                }),
                // With a prior only the number of items can be in the way.
                Err(reason) => assert!(prior == 0.0 || reason == Unranked::TooFew(items), "{reason}"),
            }
        }
        elo(items, &comparisons, Elo::default()).into_iter().for_each(|rating| figures.number(rating));
    }
}
