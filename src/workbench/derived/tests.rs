//! What is renewed is what is derived anew, and both are what the definitions say.

use super::*;
use crate::model::{Dataset, DatasetBuilder, NewPrompt, NewResponse};
use crate::scoring::{CompiledRubric, How, compile, score_columns};
use crate::workbench::OrderKey;
use crate::workbench::query::{Matcher, parse};
use proptest::prelude::*;

/// Responses as (model, words): each of “alpha”, “beta”, “gamma” stands there or not.
fn dataset(responses: &[(u8, u8)]) -> Arc<Dataset> {
    let mut builder = DatasetBuilder::default();
    let prompt = builder.add_prompt(NewPrompt { id: "p", text: "Greek?", ..NewPrompt::default() }).unwrap();
    for (row, &(model, words)) in responses.iter().enumerate() {
        let all = ["alpha ", "beta ", "gamma "].into_iter().enumerate();
        let text: String = all.filter(|(bit, _)| words >> bit & 1 == 1).map(|(_, word)| word).collect();
        let text = if words >= 8 { Err(crate::model::Absent::Null) } else { Ok(text.as_str()) };
        let (id, model) = (format!("r{row}"), format!("m{model}"));
        let new = NewResponse { id: &id, prompt, model: &model, text, metadata: None, source: 0, row: row as u32 };
        builder.add_response(new).unwrap();
    }
    Arc::new(builder.finish())
}

const VARIANTS: usize = 7;

/// A rubric that differs by variant in a weight, a phrase, a name, the pass mark, a gate or one more criterion.
fn rubric(variant: usize) -> Arc<CompiledRubric> {
    let only = |at: usize, special: &'static str, other: &'static str| if variant == at { special } else { other };
    let weight = only(1, "3", "1");
    let phrase = only(2, "alpha", "beta");
    let name = only(3, "Another", "B");
    let mark = only(4, "0.9", "0.5");
    let gate = only(5, "if_unmet: Cap(0.2),", "");
    let human = only(6, "(id: \"h\", weight: 0.5, human: YesNo),", "");
    let source = format!(
        r#"(pass_mark: {mark}, dimensions: [
            (id: "first", weight: {weight}, criteria: [
                {human}
                (id: "a", {gate} check: Phrases(phrases: ["alpha"])),
                (id: "b", name: "{name}", check: Phrases(phrases: ["{phrase}", "gamma"], need: Fraction)),
            ]),
            (id: "second", criteria: [
                (id: "inner", criteria: [(id: "c", check: Phrases(phrases: ["gamma"]))]),
                (id: "less", weight: -0.5, check: Phrases(phrases: ["beta"])),
            ]),
        ])"#
    );
    compile(&crate::io::rubric_file::read(&source).rubric.unwrap(), None).rubric
}

/// The results of variants of the rubric, each renewed from the one before, sharing what is the same.
fn results(dataset: &Dataset, variants: &[usize]) -> Vec<Arc<Results>> {
    let mut known: Vec<(crate::checks::Check, Arc<crate::scoring::Column>)> = Vec::new();
    let mut last = Results::new(Arc::default(), vec![], dataset.responses().len());
    let renewed = |&variant: &usize| {
        let rubric = rubric(variant);
        let mut columns = Vec::new();
        for criterion in &rubric.criteria {
            let How::Check(check, compiled) = &criterion.how else {
                assert!(matches!(criterion.how, How::Human(_)), "{criterion:?} has no mistake");
                columns.push(None);
                continue;
            };
            if !known.iter().any(|(kept, _)| kept == check) {
                let column = score_columns(dataset, &[compiled], &Progress::default()).unwrap().remove(0);
                known.push((check.clone(), Arc::new(column)));
            }
            columns.push(known.iter().find(|(kept, _)| kept == check).map(|(_, column)| column.clone()));
        }
        last = last.update(rubric, columns, &Arc::default(), &Progress::default()).unwrap();
        Arc::new(last.clone())
    };
    variants.iter().map(renewed).collect()
}

const QUERIES: [&str; 12] = [
    "",
    "al",
    "alp",
    "alpha",
    "text:a",
    "text:alpha",
    "text:alpha meets:b",
    "score<0.5",
    "model:m1",
    "length>6",
    "-text:beta",
    "passed:no",
];

fn order(index: usize) -> Order {
    let part = |id: &str| OrderKey::Part(id.to_owned());
    let keys =
        [OrderKey::Imported, OrderKey::Score, part("first"), part("b"), OrderKey::Model, OrderKey::Length, part("?")];
    Order { key: keys[index / 2].clone(), descending: index % 2 == 1 }
}

/// The definition of the list.
fn plainly(dataset: &Dataset, results: &Results, query: &Query, order: &Order) -> Vec<u32> {
    let matcher = Matcher::new(query, dataset, results);
    let mut rows: Vec<u32> =
        (0..dataset.responses().len()).filter(|&row| matcher.matches(row)).map(|row| row as u32).collect();
    let rubric = results.rubric();
    let value = |row: u32| {
        let row = row as usize;
        match &order.key {
            OrderKey::Imported | OrderKey::Prompt => Some(0.0),
            OrderKey::Score => results.total(row).score,
            OrderKey::Part(id) => match (rubric.dimension(id), rubric.criterion(id)) {
                (Some(index), _) => results.dimension(row, index),
                (_, Some(index)) => results.cell(row, index).value().map(|raw| rubric.criteria[index].value(raw)),
                _ => Some(0.0),
            },
            OrderKey::Model => dataset.model_of(row)[1..].parse().ok(),
            OrderKey::Length => dataset.response_text(row).map(|text| text.chars().count() as f64),
        }
    };
    let as_imported = order.key == OrderKey::Imported || order.key == OrderKey::Part("?".to_owned());
    if as_imported && order.descending {
        rows.reverse();
    }
    rows.sort_by(|&a, &b| match (value(a), value(b)) {
        (Some(a), Some(b)) if order.descending => b.total_cmp(&a),
        (Some(a), Some(b)) => a.total_cmp(&b),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    rows
}

fn inputs(facts: &Arc<Facts>, results: &[Arc<Results>], step: (usize, usize, usize)) -> Inputs {
    let results_now = results[step.0].clone();
    Inputs {
        facts: facts.clone(),
        query: parse(QUERIES[step.1], results_now.rubric()).unwrap(),
        results: results_now,
        baseline: results[0].clone(),
        order: order(step.2),
    }
}

proptest! {
    /// Whatever is taken over from what was shown before, what comes out is what comes out of nothing.
    #[test]
    fn what_is_renewed_is_what_is_derived_anew(
        responses in prop::collection::vec((0u8..4, 0u8..9), 1..40),
        variants in prop::collection::vec(0usize..VARIANTS, 1..5),
        steps in prop::collection::vec((0usize..5, 0usize..QUERIES.len(), 0usize..14), 1..12),
    ) {
        let dataset = dataset(&responses);
        let results = results(&dataset, &variants);
        let facts = Arc::new(Facts::new(dataset.clone()));
        let mut before: Option<(Inputs, Derived)> = None;
        for (variant, query, order) in steps {
            let inputs = inputs(&facts, &results, (variant % results.len(), query, order));
            let renewed = derive(&inputs, before.as_ref(), &Progress::default()).unwrap();
            let anew = derive(&inputs, None, &Progress::default()).unwrap();
            prop_assert_eq!(&renewed.matched, &anew.matched);
            prop_assert_eq!(&renewed.listed, &anew.listed);
            prop_assert_eq!(&renewed.all, &anew.all);
            prop_assert_eq!(&renewed.shown, &anew.shown);
            prop_assert_eq!(renewed.effect, anew.effect);
            let plain = plainly(&dataset, &inputs.results, &inputs.query, &inputs.order);
            prop_assert_eq!(&*renewed.listed, &plain[..]);
            before = Some((inputs, renewed));
        }
    }

    /// Columns kept between edits hold what adding up every response by itself gives, to the bit.
    #[test]
    fn what_is_kept_of_results_is_each_response_s_total(
        responses in prop::collection::vec((0u8..2, 0u8..9), 1..40),
        variants in prop::collection::vec(0usize..VARIANTS, 1..8),
    ) {
        let dataset = dataset(&responses);
        for results in results(&dataset, &variants) {
            for row in 0..results.len() {
                let input = crate::scoring::input(&dataset, row);
                let card = crate::scoring::scorecard(results.rubric(), input.as_ref());
                let kept = (
                    results.score(row).map(f64::to_bits), results.passed(row), results.is_complete(row),
                    results.is_gated(row),
                );
                let total = card.total;
                let plain =
                    (total.score.map(f64::to_bits), total.passed, total.is_complete(), total.gate.is_some());
                prop_assert_eq!(kept, plain);
                prop_assert_eq!(results.total(row), total);
                for (index, value) in card.dimensions.iter().enumerate() {
                    prop_assert_eq!(results.dimension(row, index), *value);
                }
            }
        }
    }
}

#[test]
fn a_name_changes_no_number_and_a_weight_only_what_it_weighs() {
    let dataset = dataset(&[(0, 1), (1, 6), (0, 7)]);
    let [plain, heavy, phrase, named, mark] = &results(&dataset, &[0, 1, 2, 3, 4])[..] else { panic!("five") };
    assert!(!heavy.shares_scores(plain) && heavy.shares_dimension(0, plain, 0), "only the sum of both is new");
    assert!(!phrase.shares_dimension(0, heavy, 0) && phrase.shares_dimension(1, heavy, 1));
    assert!(!phrase.shares_criterion(1, heavy, 1) && phrase.shares_criterion(0, heavy, 0));
    let again = &results(&dataset, &[0, 3])[..];
    assert!(again[1].shares_everything(&again[0]) && !named.shares_everything(phrase));
    assert!(mark.shares_scores(named) && !mark.shares_outcome(named));
}
