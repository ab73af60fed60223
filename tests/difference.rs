//! Why one response scores higher than another, in parts that add up.

use proptest::prelude::*;
use rubrica::checks::Input;
use rubrica::io::rubric_file::read;
use rubrica::scoring::{Cause, CompiledRubric, Difference, Scorecard, compile, difference, scorecard};
use std::sync::Arc;

#[track_caller]
fn rubric(source: &str) -> Arc<CompiledRubric> {
    let reading = read(source);
    let compiled = compile(&reading.rubric.clone().unwrap_or_default(), None);
    assert_eq!(reading.diagnostics(&compiled.problems), [], "{source}");
    compiled.rubric
}

fn card(rubric: &CompiledRubric, text: &str) -> Scorecard {
    scorecard(rubric, Some(&Input { text, ..Input::default() }))
}

fn word(id: &str, fields: &str) -> String {
    format!("(id: \"{id}\", {fields} check: Phrases(phrases: [\"{id}\"])),")
}

/// What is read beside two columns: `+0.25: a +0.50, clip −0.25`.
fn words(rubric: &CompiledRubric, difference: &Difference) -> String {
    let (total, parts) = difference.in_hundredths();
    let name = |cause: Cause| match cause {
        Cause::Criterion(index) => rubric.criteria[index].id.clone(),
        Cause::Gate(index) => format!("gate {}", rubric.criteria[index].id),
        Cause::Clip => "clip".to_owned(),
    };
    let parts: Vec<String> =
        difference.parts.iter().zip(parts).map(|(part, points)| format!("{} {points:+}", name(part.cause))).collect();
    format!("{total:+}: {}", parts.join(", "))
}

#[track_caller]
fn check(fields: &str, dimensions: &str, first: &str, second: &str, expected: &str) {
    let rubric = rubric(&format!("({fields} dimensions: [{dimensions}])"));
    let found = difference(&rubric, &card(&rubric, first), &card(&rubric, second)).expect("both have a score");
    assert_eq!(words(&rubric, &found), expected, "{first:?} and {second:?}");
}

#[test]
fn each_criterion_gives_what_its_weights_make_of_it() {
    let nested = format!(
        "(id: \"d\", weight: 3, criteria: [{}(id: \"in\", criteria: [{}{}])]), (id: \"e\", criteria: [{}])",
        word("one", ""),
        word("two", ""),
        word("three", "weight: 3,"),
        word("four", ""),
    );
    check("", &nested, "one", "one", "+0: ");
    check("", &nested, "", "one two", "+47: one +38, two +9");
    check("", &nested, "four", "three", "+3: three +28, four -25");
}

#[test]
fn penalties_clipping_and_gates_are_parts_of_their_own() {
    let criteria = format!("(id: \"d\", criteria: [{}{}])", word("good", ""), word("bad", "weight: -3,"));
    check("", &criteria, "good", "good bad", "-100: bad -300, clip +200");
    check("clip: Mean,", &criteria, "good", "good bad", "-300: bad -300");
    let gated =
        format!("(id: \"d\", criteria: [{}{}])", word("must", "if_unmet: Cap(0.25),"), word("may", "weight: 3,"));
    check("", &gated, "must may", "may", "-75: gate must -50, must -25");
    check("", &gated, "may", "must", "+0: may -75, gate must +50, must +25");
    let two = format!("(id: \"d\", criteria: [{}{}])", word("a", "if_unmet: Cap(0.2),"), word("b", "if_unmet: Fail,"));
    check("", &two, "a", "b", "+20: a -50, b +50, gate b +50, gate a -30");
}

#[test]
fn what_is_not_scored_in_one_of_them_shifts_the_weights() {
    let concerned = "(id: \"n\", check: IfThen(if: Phrases(phrases: [\"if\"]), then: Phrases(phrases: [\"then\"]))),";
    let criteria = format!("(id: \"d\", criteria: [{concerned}{}])", word("a", ""));
    check("", &criteria, "a", "a if then", "+0: n +50, a -50");
    let rubric = rubric(&format!("(dimensions: [{criteria}])"));
    let found = difference(&rubric, &card(&rubric, "a"), &card(&rubric, "a if then")).expect("both have a score");
    assert!(found.parts.iter().all(|part| part.reweighted));
    let missing = scorecard(&rubric, None);
    assert_eq!(difference(&rubric, &card(&rubric, "a"), &missing), None);
}

#[test]
fn what_is_read_adds_up_to_what_is_read_as_the_whole() {
    let thirds: String = ["a", "b", "c", "d", "e", "f"].iter().map(|id| word(id, "")).collect();
    let rubric = rubric(&format!("(dimensions: [(id: \"x\", criteria: [{thirds}])])"));
    for text in ["a", "a b", "a b c", "a b c d", "a b c d e", "a b c d e f"] {
        let found = difference(&rubric, &card(&rubric, ""), &card(&rubric, text)).expect("both have a score");
        let (total, parts) = found.in_hundredths();
        assert_eq!(parts.iter().sum::<i64>(), total, "{text}");
    }
}

/// A dimension of criteria that look for single letters, with any weights, gates and values.
fn tree() -> impl Strategy<Value = String> {
    let weight = prop::sample::select(vec!["1", "0.3", "2", "7", "-1", "-0.5"]);
    let more = prop::sample::select(vec![
        "",
        "if_unmet: Cap(0.3),",
        "if_unmet: Fail,",
        "when_unmet: 0.4,",
        "when_met: 1.7,",
        "when_unmet: -1,",
    ]);
    let checks = prop::sample::select(vec![
        "Phrases(phrases: [\"x\", \"y\", \"z\"], need: Fraction)",
        "Phrases(phrases: [\"y\"])",
        "IfThen(if: Phrases(phrases: [\"x\"]), then: Phrases(phrases: [\"z\"]))",
    ]);
    let criterion = (weight.clone(), more, checks)
        .prop_map(|(w, more, check)| (w, format!("(id: \"#\", weight: {w}, {more} check: {check}),")));
    // At least one positive weight in every list, or the rubric is not sound.
    let list = |node: BoxedStrategy<(&'static str, String)>| {
        prop::collection::vec(node, 0..3).prop_map(|nodes| {
            let first = "(id: \"#\", check: Phrases(phrases: [\"x\"])),".to_owned();
            [first].into_iter().chain(nodes.into_iter().map(|(_, text)| text)).collect::<String>()
        })
    };
    let leaf = list(criterion.clone().boxed());
    let inner =
        (weight.clone(), leaf).prop_map(|(w, list)| (w, format!("(id: \"#\", weight: {w}, criteria: [{list}]),")));
    let mixed = list(prop_oneof![criterion, inner].boxed());
    let top = (mixed.clone(), weight, mixed).prop_map(|(first, w, second)| {
        format!("(id: \"#\", criteria: [{first}]), (id: \"#\", weight: {w}, criteria: [{second}])")
    });
    (top, prop::sample::select(vec!["", "clip: Mean,"])).prop_map(|(top, clip)| {
        let mut source = format!("({clip} dimensions: [{top}])");
        let mut number = 0;
        while source.contains('#') {
            source = source.replacen('#', &format!("n{number}"), 1);
            number += 1;
        }
        source
    })
}

proptest! {
    #[test]
    fn parts_add_up_to_the_difference_of_the_scores(source in tree(), first in "[xyz]{0,3}", second in "[xyz]{0,3}") {
        let rubric = rubric(&source);
        let [one, other] = [&first, &second].map(|text| card(&rubric, text));
        let found = difference(&rubric, &one, &other);
        let (Some(a), Some(b)) = (one.total.score, other.total.score) else {
            prop_assert_eq!(found, None);
            return Ok(());
        };
        let found = found.expect("both have a score");
        let sum: f64 = found.parts.iter().map(|part| part.points).sum();
        prop_assert!((found.total - (b - a)).abs() == 0.0);
        prop_assert!((sum - found.total).abs() < 1e-9, "{sum} is not {}", found.total);
        let back = difference(&rubric, &other, &one).expect("both have a score");
        let back_sum: f64 = back.parts.iter().map(|part| part.points).sum();
        prop_assert!((sum + back_sum).abs() < 1e-9);
        let (total, parts) = found.in_hundredths();
        prop_assert!(parts.is_empty() || parts.iter().sum::<i64>() == total);
    }
}
