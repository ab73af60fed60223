//! Models by score: leaderboard, comparisons, distributions, criteria, and what an edit did.

use crate::data::{Case, close};
use proptest::prelude::*;
use rubrica::analysis::{Method, Options, Standing, TestMethod};
use rubrica::stats::Bootstrap;

const RUBRIC: &str = r#"(pass_mark: 0.5, dimensions: [
    (id: "form", criteria: [
        (id: "steps", check: Phrases(phrases: ["steps"])),
        (id: "step", check: Phrases(phrases: ["step"])),
    ]),
    (id: "content", criteria: [(id: "answer", weight: 2, check: Phrases(phrases: ["answer"]))]),
])"#;

/// Forty prompts: `strong` answers all, `weak` half of them, and `odd "one"` is missing or empty on some.
fn three_models() -> Case {
    let mut lines = String::new();
    for prompt in 0..40 {
        let mut add = |model: &str, text: Option<&str>| {
            let row = serde_json::json!({"prompt_id": format!("p{prompt}"), "model": model, "response": text});
            lines.push_str(&row.to_string());
            lines.push('\n');
        };
        add("strong", Some(if prompt % 10 == 0 { "the answer" } else { "steps to the answer" }));
        add("weak", Some(if prompt % 2 == 0 { "steps" } else { "no" }));
        match prompt {
            0 => add("odd \"one\"", None),
            1 => add("odd \"one\"", Some("  ")),
            2..30 => add("odd \"one\"", Some(["answer", "steps", "no", "no"][prompt % 4])),
            _ => {}
        }
    }
    Case::new(RUBRIC, &lines)
}

#[test]
fn the_leaderboard_says_how_sure_it_is() {
    let analysis = three_models().analyse();
    let board = &analysis.leaderboard;
    let names: Vec<&str> = board.models.iter().map(|standing| &*standing.model).collect();
    assert_eq!(names, ["strong", "weak", "odd \"one\""]);
    let [strong, weak, odd] = &board.models[..] else { panic!() };
    // Form and content count half each: 36 of 40 have all, 4 content alone.
    close(strong.score.value(), (36.0 + 4.0 * 0.5) / 40.0, 1e-12);
    assert_eq!((strong.score.n, strong.prompts, strong.passed.n, strong.failed.n), (40, 40, 40, 0));
    assert_eq!((odd.responses, odd.missing.n, odd.empty.n, odd.unscored, odd.score.n), (30, 1, 1, 1, 29));
    assert_eq!(board.method, Method::Bootstrap { resamples: 2000, seed: 1 });
    for standing in &board.models {
        let (score, interval) = (standing.score.value().unwrap(), standing.score.interval().unwrap());
        assert!(interval.low < score && score < interval.high);
    }
    // 20 of 40, by Wilson.
    close(weak.pass_rate.value(), 0.5, 1e-12);
    close(weak.pass_rate.interval().map(|ends| ends.low), 0.352_0, 1e-4);
    assert_eq!([strong, weak, odd].map(|standing| standing.ranks), [Some([1, 1]), Some([2, 3]), Some([2, 3])]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Where only some models are compared, as with very many of them, the intervals of means place the others.
    #[test]
    fn places_are_those_that_the_intervals_of_each_two_models_allow(
        chances in prop::collection::vec(0_u32..=10, 2..9),
        most_pairs in 0_usize..12,
    ) {
        let mut lines = String::new();
        for prompt in 0..12_u32 {
            for (model, chance) in chances.iter().enumerate() {
                let text = if (prompt * 7 + model as u32 * 3) % 10 < *chance { "the answer" } else { "steps" };
                let row = serde_json::json!({"prompt_id": format!("p{prompt}"), "model": format!("m{model}"), "response": text});
                lines.push_str(&format!("{row}\n"));
            }
        }
        let bootstrap = Bootstrap { resamples: 200, ..Bootstrap::default() };
        let analysis = Case::new(RUBRIC, &lines).analyse_by(&Options { most_pairs, bootstrap, ..Options::default() });
        let models = &analysis.leaderboard.models;
        let is_ahead = |one: &Standing, other: &Standing| {
            let compared = analysis.comparisons.pairs.iter().find(|pair| {
                pair.indices == [one.index, other.index] || pair.indices == [other.index, one.index]
            });
            match compared {
                Some(pair) => pair.first_ahead == Some(pair.indices[0] == one.index),
                None => one.score.interval().unwrap().low > other.score.interval().unwrap().high,
            }
        };
        for standing in models {
            let better = models.iter().filter(|other| is_ahead(other, standing)).count();
            let worse = models.iter().filter(|other| is_ahead(standing, other)).count();
            prop_assert_eq!(standing.ranks, Some([better + 1, models.len() - worse]), "{}", standing.model);
        }
    }
}

#[test]
fn every_two_models_are_compared_on_the_prompts_of_both() {
    let analysis = three_models().analyse();
    let pairs = &analysis.comparisons.pairs;
    let names: Vec<[&str; 2]> = pairs.iter().map(|pair| [&*pair.models[0], &*pair.models[1]]).collect();
    assert_eq!(names, [["strong", "weak"], ["strong", "odd \"one\""], ["weak", "odd \"one\""]]);
    let [certain, fewer, undecided] = &pairs[..] else { panic!() };
    assert_eq!((certain.difference.n, certain.first_ahead, fewer.difference.n), (40, Some(true), 29));
    assert!(certain.sentence.starts_with("strong scores 0.70 higher than weak (95% 0."), "{}", certain.sentence);
    assert!(certain.sentence.ends_with("n = 40 prompts)"), "{}", certain.sentence);
    assert_eq!((certain.pass.counts, certain.pass.test.by), ([20, 20, 0, 0], TestMethod::Exact));
    // 2 · 0.5²⁰, which is a third of what Holm makes of it among three.
    close(certain.pass.test.p.value(), 2.0 * 0.5_f64.powi(20), 1e-15);
    close(certain.pass.test.adjusted, 6.0 * 0.5_f64.powi(20), 1e-15);
    assert_eq!((undecided.first_ahead, undecided.difference.value(), undecided.more_prompts), (None, Some(0.0), None));
    assert!(
        undecided.sentence.starts_with("cannot tell weak from odd \"one\" (difference 0.00"),
        "{}",
        undecided.sentence
    );
}

#[test]
fn too_few_shared_prompts_are_said_in_the_words_of_the_user() {
    let case = three_models();
    let sentence = |filter: &str| case.analyse_since(None, filter).comparisons.pairs[0].sentence.clone();
    assert_eq!(
        sentence("prompt:p7 -model:weak"),
        "cannot tell strong from odd \"one\": only 1 prompt has a score from both; models are compared prompt by prompt, \
         and an interval needs at least 2"
    );
}

#[test]
fn a_filter_narrows_every_number() {
    let case = three_models();
    let analysis = case.analyse_since(None, "prompt:p1 -model:weak");
    assert_eq!(analysis.scope.of_responses, 110);
    assert_eq!((analysis.scope.models, analysis.leaderboard.models.len()), (2, 2));
    assert_eq!(analysis.scope.responses, case.matching("prompt:p1 -model:weak").len());
    assert_eq!(analysis.leaderboard.models[0].filter, "prompt:p1 -model:weak model:strong");
}

#[test]
fn a_bin_shows_what_is_in_it() {
    let case = three_models();
    let analysis = case.analyse();
    let keys: Vec<&str> = analysis.distributions.iter().map(|distribution| &*distribution.key).collect();
    assert_eq!(keys, ["score", "form", "content"]);
    for distribution in &analysis.distributions {
        for spread in std::iter::once(&distribution.all).chain(&distribution.models) {
            for (bin, &count) in spread.counts.iter().enumerate() {
                let filter = distribution.bin_filter(spread, bin);
                assert_eq!(case.matching(&filter).len(), count as usize, "{filter}");
            }
            assert_eq!(spread.summary.unwrap().n, spread.counts.iter().sum::<u32>() as usize);
        }
    }
}

#[test]
fn criteria_are_looked_at_as_items() {
    let analysis = three_models().analyse();
    let criteria = &analysis.criteria;
    let [steps, step, answer] = &criteria.criteria[..] else { panic!() };
    // 36 + 20 + 7 of 109 with a text have steps, and one text is missing.
    assert_eq!((steps.met.n, steps.unmet.n, steps.unscored.n, steps.invalid), (63, 46, 1, 1));
    // Where there are steps there is a step: one of the two tells nothing.
    assert_eq!(criteria.redundant.len(), 1);
    assert_eq!(criteria.redundant[0].criteria, ["steps", "step"]);
    close(criteria.redundant[0].correlation.value(), 1.0, 1e-12);
    assert!(steps.discrimination.value().unwrap() > 0.0 && answer.with_score.value().unwrap() > 0.5);
    assert_eq!(step.raw.unwrap().n, 109);
    assert!(answer.against_people.precision.is_none());
    let cells = &analysis.heat_map;
    assert_eq!(
        cells.columns.iter().map(|column| &*column.id).collect::<Vec<_>>(),
        ["form", "steps", "step", "content", "answer"]
    );
    close(cells.cells[0][4].met.as_ref().unwrap().value(), 1.0, 0.0);
}

#[test]
fn what_an_edit_flipped_is_told_with_the_edit() {
    let before = three_models();
    let after = before.under(&RUBRIC.replace("[\"answer\"]", "[\"to the answer\"]").replace("0.5", "0.75"));
    let change = after.analyse_since(Some(&before), "").change.unwrap();
    // A lone answer was half of the score and is worth nothing now; steps alone are still half, which is not enough.
    assert_eq!((change.matched, change.flipped), (110, [0, 4 + 20 + 14]));
    let alone: Vec<(&str, usize)> = change.edits.iter().map(|edit| (&*edit.text, edit.flips_alone)).collect();
    assert_eq!(alone, [("pass mark 0.5 → 0.75", 4 + 20 + 14), ("the check of “answer” changed", 4 + 7)]);
    assert_eq!((change.unexplained, change.rewritten), (0, 0));
    let lost = change.responses.iter().find(|moved| moved.model == "strong").unwrap();
    assert_eq!((lost.passed, lost.scores), ([Some(true), Some(false)], [Some(0.5), Some(0.0)]));
    assert_eq!(lost.most.as_ref().unwrap().0, "answer");
    assert_eq!(
        change.criteria.iter().map(|criterion| criterion.flipped).collect::<Vec<_>>(),
        [[0, 0], [0, 0], [0, 11]]
    );
}
