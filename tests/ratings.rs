//! What people judged counts the same in both passes, however it came together.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use jiff::Timestamp;
use proptest::prelude::*;
use rubrica::io::export::{FORMATS, Hits, Scored, export};
use rubrica::io::rubric_file;
use rubrica::model::review::{Act, Entry, Judgements, Overrule, Purpose, Rate, ReviewLog, RowIndex};
use rubrica::model::{Absent, Combine, Dataset, DatasetBuilder, NewPrompt, NewResponse, Rubric};
use rubrica::scoring::{By, Column, CompiledRubric, Progress, Results, State, compile, judged_card, score_columns};
use std::sync::Arc;

const RUBRIC: &str = r#"(pass_mark: 0.5, dimensions: [
    (id: "machine", criteria: [
        (id: "a", if_unmet: Fail, check: Phrases(phrases: ["alpha"])),
        (id: "b", weight: 2, check: Phrases(phrases: ["beta", "gamma"], need: Fraction)),
    ]),
    (id: "people", weight: 2, criteria: [
        (id: "inner", criteria: [(id: "tone", human: Points(["bad", "fair", "good"]))]),
        (id: "true", met_at: 0.5, if_unmet: Cap(0.4), human: YesNo),
    ]),
])"#;

fn rubric() -> Rubric {
    rubric_file::read(RUBRIC).rubric.unwrap()
}

fn dataset(rows: usize) -> Arc<Dataset> {
    let mut builder = DatasetBuilder::default();
    let prompt = builder.add_prompt(NewPrompt { id: "p", ..NewPrompt::default() }).unwrap();
    let texts = ["alpha beta", "alpha", "gamma", "beta gamma"];
    for row in 0..rows {
        let text = if row % 5 == 4 { Err(Absent::Null) } else { Ok(texts[row % 4]) };
        let (id, row) = (format!("r{row}"), row as u32);
        builder
            .add_response(NewResponse { id: &id, prompt, model: "m", text, metadata: None, source: 0, row })
            .unwrap();
    }
    Arc::new(builder.finish())
}

fn rate(row: usize, criterion: &str, value: Option<f64>, scale: [f64; 2], purpose: Purpose) -> Act {
    let (response, criterion) = (format!("r{row}"), criterion.to_owned());
    Act::Rate(Rate { response, criterion, value, scale, wording: String::new(), reason: String::new(), purpose })
}

fn tone(row: usize, value: f64) -> Act {
    rate(row, "tone", Some(value), [1.0, 3.0], Purpose::Judge)
}

fn overrule(row: usize, criterion: &str, value: Option<f64>) -> Act {
    let (response, criterion) = (format!("r{row}"), criterion.to_owned());
    Act::Overrule(Overrule { response, criterion, value, machine: None, reason: "I read it.".into() })
}

/// What stands of acts, each by the reviewer of its number.
fn judgements(dataset: &Arc<Dataset>, rubric: &Rubric, acts: &[(usize, Act)]) -> Arc<Judgements> {
    let log = |reviewer: usize| {
        let own = acts.iter().enumerate().filter(|(_, (by, _))| *by == reviewer);
        let entry = |(at, (_, act)): (usize, &(usize, Act))| Entry {
            id: format!("s{reviewer}-{at}"),
            at: Timestamp::UNIX_EPOCH,
            seconds: None,
            act: act.clone(),
        };
        Arc::new(ReviewLog::new(&format!("reviewer {reviewer}"), own.map(entry).collect()))
    };
    let logs: Vec<Arc<ReviewLog>> = (0..3).map(log).collect();
    Arc::new(Judgements::new(&logs, &RowIndex::new(dataset.clone()), rubric))
}

fn machine(dataset: &Dataset, rubric: &CompiledRubric) -> Vec<Option<Arc<Column>>> {
    let (checks, of_criteria) = rubric.checks();
    let columns: Vec<Arc<Column>> =
        score_columns(dataset, &checks, &Progress::default()).unwrap().into_iter().map(Arc::new).collect();
    of_criteria.into_iter().map(|check| check.map(|check| columns[check].clone())).collect()
}

#[track_caller]
fn check(combine: Combine, acts: &[(usize, Act)], criterion: &str, state: State, raw: f64, whose: By) {
    let (dataset, rubric) = (dataset(1), Rubric { combine, ..rubric() });
    let people = judgements(&dataset, &rubric, acts);
    let compiled = compile(&rubric, None).rubric;
    let card = judged_card(&compiled, &dataset, 0, &people);
    let at = compiled.criterion(criterion).unwrap();
    assert_eq!((card.criteria[at].cell.state, card.criteria[at].cell.raw, card.criteria[at].by), (state, raw, whose));
}

#[test]
fn ratings_that_count_become_the_value() {
    use Combine::{Majority, Mean, Median};
    let of_three: Vec<(usize, Act)> = [1.0, 3.0, 3.0].into_iter().map(|value| tone(0, value)).enumerate().collect();
    check(Mean, &of_three, "tone", State::Scored, 2.0 / 3.0, By::People);
    check(Median, &of_three, "tone", State::Scored, 1.0, By::People);
    check(Majority, &of_three[..2], "tone", State::Scored, 0.0, By::People);
    check(Mean, &[], "tone", State::AwaitingHuman, 0.0, By::People);
    check(Mean, &[(0, tone(0, 1.0)), (0, tone(0, 2.0))], "tone", State::Scored, 0.5, By::People);
    for purpose in [Purpose::Repeat, Purpose::Calibrate, Purpose::Gold] {
        let aside = (0, rate(0, "tone", Some(3.0), [1.0, 3.0], purpose));
        check(Mean, &[aside], "tone", State::AwaitingHuman, 0.0, By::People);
    }
    let settled = (2, rate(0, "tone", Some(2.0), [1.0, 3.0], Purpose::Final));
    check(Mean, &[of_three[0].clone(), of_three[1].clone(), settled], "tone", State::Scored, 0.5, By::People);
    let unjudged = (1, rate(0, "tone", None, [1.0, 3.0], Purpose::Judge));
    check(Mean, std::slice::from_ref(&unjudged), "tone", State::NotApplicable, 0.0, By::People);
    check(Mean, &[(0, tone(0, 3.0)), unjudged], "tone", State::Scored, 1.0, By::People);
}

#[test]
fn an_overruled_check_counts_as_the_person_says_and_keeps_what_it_said() {
    check(Combine::Mean, &[(0, overrule(0, "a", Some(0.25)))], "a", State::Scored, 0.25, By::Overruled);
    check(
        Combine::Mean,
        &[(0, overrule(0, "a", Some(0.25))), (0, overrule(0, "a", None))],
        "a",
        State::Scored,
        1.0,
        By::Machine,
    );
    check(Combine::Mean, &[(0, overrule(0, "tone", Some(1.0)))], "tone", State::AwaitingHuman, 0.0, By::People);

    let (dataset, rubric) = (dataset(1), rubric());
    let compiled = compile(&rubric, None).rubric;
    let people = judgements(&dataset, &rubric, &[(0, overrule(0, "a", Some(0.0)))]);
    let plain = judged_card(&compiled, &dataset, 0, &Judgements::default());
    let card = judged_card(&compiled, &dataset, 0, &people);
    assert_eq!((card.criteria[0].machine, &card.criteria[0].hits), (plain.criteria[0].cell, &plain.criteria[0].hits));
    assert_eq!(card.total.passed, Some(false), "its gate looks at what counts");
    let columns = machine(&dataset, &compiled);
    let results = Results::judged(compiled, columns, &people, 1);
    assert_eq!((results.cell(0, 0).raw, results.machine_cell(0, 0).raw), (0.0, 1.0));
    assert!(results.is_overruled(0, 0) && !results.is_overruled(0, 1));
}

#[test]
fn a_rating_makes_only_the_columns_anew_that_rest_on_it() {
    let (dataset, rubric) = (dataset(40), rubric());
    let compiled = compile(&rubric, None).rubric;
    let columns = machine(&dataset, &compiled);
    let before = Results::new(compiled.clone(), columns.clone(), 40);
    let rated = |acts: &[(usize, Act)]| judgements(&dataset, &rubric, acts);
    let update = |results: &Results, people: Arc<Judgements>| {
        results.update(compiled.clone(), columns.clone(), &people, &Progress::default()).unwrap()
    };
    let after = update(&before, rated(&[(0, tone(7, 2.0))]));
    let shared =
        |other: &Results, before: &Results| (0..4).map(|at| other.shares_criterion(at, before, at)).collect::<Vec<_>>();
    assert_eq!(shared(&after, &before), [true, true, false, true]);
    assert!(after.shares_dimension(0, &before, 0) && !after.shares_dimension(1, &before, 1));
    assert!(!after.shares_scores(&before));

    let again = update(&after, rated(&[(0, tone(7, 2.0)), (1, rate(3, "tone", None, [1.0, 3.0], Purpose::Gold))]));
    assert!(again.shares_everything(&after), "what does not count moves nothing");

    let overruled = update(&before, rated(&[(0, overrule(2, "b", Some(0.25)))]));
    assert_eq!(shared(&overruled, &before), [true, false, true, true]);
    let back = update(&overruled, rated(&[]));
    assert_eq!(shared(&back, &before), [true; 4], "the check's own column is found again");
}

fn act() -> impl Strategy<Value = (usize, Act)> {
    let purpose = prop::sample::select(vec![Purpose::Judge, Purpose::Judge, Purpose::Final, Purpose::Gold]);
    let value = prop::option::weighted(0.8, 1u8..=3);
    (0usize..3, 0usize..14, 0usize..4, value, purpose).prop_map(|(reviewer, row, criterion, value, purpose)| {
        let value = value.map(f64::from);
        let act = match criterion {
            0 => overrule(row, "a", value.map(|value| (value - 1.0) / 2.0)),
            1 => overrule(row, "b", value.map(|value| (value - 1.0) / 2.0)),
            2 => rate(row, "tone", value, [1.0, 3.0], purpose),
            _ => rate(row, "true", value.map(|value| f64::from(value > 1.5)), [0.0, 1.0], purpose),
        };
        (reviewer, act)
    })
}

proptest! {
    #[test]
    fn both_passes_say_the_same_and_what_is_renewed_is_what_is_made_anew(
        rows in 1usize..12,
        steps in prop::collection::vec((prop::collection::vec(act(), 0..8), 0u8..3), 1..6),
    ) {
        let (dataset, rubric) = (dataset(rows), rubric());
        let columns = machine(&dataset, &compile(&rubric, None).rubric);
        let mut acts: Vec<(usize, Act)> = Vec::new();
        let mut compiled = compile(&rubric, None).rubric;
        let mut renewed = Results::new(compiled.clone(), columns.clone(), rows);
        for (new, combine) in steps {
            acts.extend(new);
            let combine = [Combine::Mean, Combine::Median, Combine::Majority][usize::from(combine)];
            if combine != compiled.combine {
                compiled = compile(&Rubric { combine, ..rubric.clone() }, Some(&compiled)).rubric;
            }
            let people = judgements(&dataset, &rubric, &acts);
            renewed = renewed.update(compiled.clone(), columns.clone(), &people, &Progress::default()).unwrap();
            let anew = Results::judged(compiled.clone(), columns.clone(), &people, rows);
            for row in 0..rows {
                let card = judged_card(&compiled, &dataset, row, &people);
                for results in [&renewed, &anew] {
                    prop_assert_eq!(results.total(row), card.total);
                    prop_assert_eq!(results.score(row).map(f64::to_bits), card.total.score.map(f64::to_bits));
                    prop_assert_eq!(results.passed(row), card.total.passed);
                    prop_assert_eq!(results.is_complete(row), card.total.is_complete());
                    prop_assert_eq!(results.is_gated(row), card.total.gate.is_some());
                    for (at, own) in card.criteria.iter().enumerate() {
                        let said = (results.cell(row, at), results.machine_cell(row, at), results.by(row, at));
                        prop_assert_eq!(said, (own.cell, own.machine, own.by));
                    }
                    for (at, value) in card.dimensions.iter().enumerate() {
                        prop_assert_eq!(results.dimension(row, at), *value);
                    }
                }
            }
            for format in &FORMATS {
                let write = |results| {
                    let people = Some(&*people);
                    let (rubric, evidence) = (&*compiled, false);
                    let scored = Scored { dataset: &dataset, rubric, people, results, hits: Hits::Counted, flags: None, evidence, provenance: None };
                    let mut out = Vec::new();
                    assert!(export(format, &scored, &mut out, &Progress::default()).unwrap());
                    out
                };
                prop_assert_eq!(write(Some(&renewed)), write(None));
            }
        }
    }
}
