//! What a score means: weights, penalties, gates, marks, clipping, and what is not scored.

use rubrica::checks::Input;
use rubrica::io::rubric_file::read;
use rubrica::scoring::{CompiledRubric, Scorecard, compile, scorecard};
use std::sync::Arc;

/// A rubric whose file holds `fields` and these dimensions; it must be sound.
#[track_caller]
fn rubric(fields: &str, dimensions: &str) -> Arc<CompiledRubric> {
    let source = format!("({fields} dimensions: [{dimensions}])");
    let reading = read(&source);
    let compiled = compile(&reading.rubric.clone().unwrap_or_default(), None);
    assert_eq!(reading.diagnostics(&compiled.problems), [], "{source}");
    compiled.rubric
}

fn card(rubric: &CompiledRubric, text: &str) -> Scorecard {
    scorecard(rubric, Some(&Input { text, ..Input::default() }))
}

/// A criterion that is met by texts with its id in them.
fn word(id: &str, fields: &str) -> String {
    format!("(id: \"{id}\", {fields} check: Phrases(phrases: [\"{id}\"])),")
}

/// Scores `text` with one dimension of these criteria.
#[track_caller]
fn check(fields: &str, criteria: &[String], text: &str, score: Option<f64>, passed: Option<bool>, complete: bool) {
    let rubric = rubric(fields, &format!("(id: \"d\", criteria: [{}])", criteria.concat()));
    let total = card(&rubric, text).total;
    assert_eq!((total.score, total.passed, total.is_complete()), (score, passed, complete), "{criteria:?} on {text:?}");
}

const NOT_CONCERNED: &str =
    "(id: \"n\", check: IfThen(if: Phrases(phrases: [\"if\"]), then: Phrases(phrases: [\"then\"]))),";

#[test]
fn weights_make_a_mean_and_penalties_take_from_it() {
    let criteria = [word("a", "weight: 3,"), word("b", ""), word("bad", "weight: -2,")];
    check("", &criteria, "a", Some(0.75), None, true);
    // “bad” holds an a and a b too: (3 + 1 − 2) / 4.
    check("", &criteria, "bad", Some(0.5), None, true);
    check("", &criteria, "", Some(0.0), None, true);
}

#[test]
fn scores_are_clipped_unless_only_the_mean_is() {
    let criteria = [word("x", ""), word("y", "weight: -3,")];
    check("", &criteria, "y", Some(0.0), None, true);
    check("clip: Mean,", &criteria, "y", Some(-3.0), None, true);
    let twice = [word("x", "when_met: 2,")];
    check("", &twice, "x", Some(1.0), None, true);
    check("clip: Mean,", &twice, "x", Some(2.0), None, true);
}

#[test]
fn values_lie_between_when_unmet_and_when_met() {
    let criteria =
        ["(id: \"c\", when_unmet: 0.5, when_met: 0.25, check: Phrases(phrases: [\"x\", \"y\"], need: Fraction)),"
            .to_owned()];
    check("", &criteria, "", Some(0.5), None, true);
    check("", &criteria, "x", Some(0.375), None, true);
    check("", &criteria, "x y", Some(0.25), None, true);
}

#[test]
fn a_gate_bounds_or_fails_the_whole_response_and_is_named() {
    let dimensions = format!(
        "(id: \"d\", weight: 3, criteria: [{}{}]), (id: \"e\", criteria: [{}])",
        word("a", "if_unmet: Cap(0.5),"),
        word("b", "weight: 0, if_unmet: Fail,"),
        word("c", "if_unmet: Cap(0.1),"),
    );
    let rubric = rubric("pass_mark: 0.5,", &dimensions);
    let gated = |text| {
        let total = card(&rubric, text).total;
        (total.score, total.passed, total.gate.map(|index| rubric.criteria[index].id.as_str()))
    };
    assert_eq!(gated("a b c"), (Some(1.0), Some(true), None));
    assert_eq!(gated("a b"), (Some(0.1), Some(false), Some("c")));
    assert_eq!(gated("b c"), (Some(0.25), Some(false), None), "a cap above the score bounds nothing");
    assert_eq!(gated("a c"), (Some(0.0), Some(false), Some("b")), "failing counts even with a weight of 0");
}

#[test]
fn the_pass_mark_is_reached_in_spite_of_rounding() {
    // 0.8 + 0.8 + 0.9 of 5.0 comes out as 0.4999999999999999.
    let weights = [0.8, 0.8, 0.8, 0.8, 0.9, 0.9];
    let criteria: Vec<String> =
        weights.iter().zip("uvwxyz".chars()).map(|(w, id)| word(&id.to_string(), &format!("weight: {w},"))).collect();
    let rubric = rubric("pass_mark: 0.5,", &format!("(id: \"d\", criteria: [{}])", criteria.concat()));
    let total = card(&rubric, "w x z").total;
    assert!(total.score.is_some_and(|score| score < 0.5), "{:?}", total.score);
    assert_eq!(total.passed, Some(true));
}

#[test]
fn what_is_unscored_never_counts_and_never_passes() {
    let human = |fields: &str| format!("(id: \"h\", {fields} human: YesNo),");
    let mark = "pass_mark: 0.5,";
    check(mark, &[word("a", ""), human("")], "a", Some(1.0), None, false);
    check(mark, &[human("")], "a", None, None, false);
    // However little it weighs, and even where only its gate could change the outcome.
    check(mark, &[word("a", ""), human("weight: 1e-20,")], "a", Some(1.0), None, false);
    check(mark, &[word("a", ""), human("weight: 0, if_unmet: Fail,")], "a", Some(1.0), None, false);
    check(mark, &[word("a", ""), human("weight: 0, if_unmet: Cap(0.2),")], "a", Some(1.0), None, false);
    // A rating that changes nothing is not waited for.
    check(mark, &[word("a", ""), human("weight: 0,")], "a", Some(1.0), Some(true), true);
    // A failed gate decides, whatever is still to come.
    check(mark, &[word("a", "if_unmet: Fail,"), human("")], "", Some(0.0), Some(false), false);
    // No reference to compare with.
    check(mark, &[word("a", ""), "(id: \"e\", check: Equals()),".to_owned()], "a", Some(1.0), None, false);
}

#[test]
fn what_does_not_apply_is_left_out() {
    check("pass_mark: 1,", &[word("a", ""), NOT_CONCERNED.to_owned()], "a", Some(1.0), Some(true), true);
    check("pass_mark: 0,", &[NOT_CONCERNED.to_owned()], "a", None, None, false);
}

#[test]
fn penalties_alone_have_nothing_to_be_taken_from() {
    let penalty = word("bad", "weight: -1,");
    check("pass_mark: 0,", &[NOT_CONCERNED.to_owned(), penalty.clone()], "bad", None, None, false);
    let dimensions =
        format!("(id: \"d\", criteria: [{}]), (id: \"e\", criteria: [{NOT_CONCERNED}{penalty}])", word("a", ""));
    let rubric = rubric("pass_mark: 1,", &dimensions);
    let card = card(&rubric, "a bad");
    assert_eq!(card.dimensions, [Some(1.0), None]);
    assert_eq!((card.total.score, card.total.passed, card.total.coverage), (Some(1.0), Some(true), 1.0));
}

#[test]
fn dimensions_nest_and_coverage_is_a_share_of_weight() {
    let dimensions = format!(
        "(id: \"top\", criteria: [{}(id: \"inner\", weight: 3, criteria: [{}(id: \"h\", human: Points([\"no\", \"so\", \"yes\"]))])])",
        word("a", ""),
        word("b", "weight: 3,"),
    );
    let rubric = rubric("", &dimensions);
    let card = card(&rubric, "b");
    assert_eq!(card.dimensions, [Some(0.75), Some(1.0)]);
    assert_eq!((card.total.score, card.total.coverage, card.total.is_complete()), (Some(0.75), 0.8125, false));
}

#[test]
fn numbers_that_would_overflow_are_refused() {
    let source = "(dimensions: [(id: \"d\", weight: 1e300, criteria: [(id: \"c\", when_met: -1e300, check: Phrases(phrases: [\"x\"]))])])";
    let reading = read(source);
    let compiled = compile(&reading.rubric.clone().expect("a rubric"), None);
    let said: Vec<String> = reading.diagnostics(&compiled.problems).into_iter().map(|d| d.message).collect();
    assert_eq!(
        said,
        ["`weight` is not a number from -1e12 to 1e12.", "`when_met` is not a number from -1e12 to 1e12."]
    );
}
