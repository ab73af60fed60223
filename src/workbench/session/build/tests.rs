use super::*;
use crate::model::review::Choice;
use crate::workbench::session::fixture::{Fixture, preferred_for, rated, rated_for};
use std::collections::HashMap;

fn recipe(mode: Mode) -> Recipe {
    Recipe { mode, queue: Queue::Filter, seed: 11, ..Recipe::default() }
}

fn shown(session: &Session) -> Vec<String> {
    session.items.iter().map(|item| item.responses.join(" ")).collect()
}

#[test]
fn blind_is_shuffled_by_the_seed_and_otherwise_in_the_order_of_the_list() {
    let fixture = Fixture::new(10, 3);
    let material = fixture.material("anna");
    let seen = build(&recipe(Mode::Rate), &material).unwrap();
    assert_eq!(shown(&seen), (0..30).map(|at| format!("r{at}")).collect::<Vec<_>>());
    let blind = Recipe { blind: true, ..recipe(Mode::Rate) };
    let first = build(&blind, &material).unwrap();
    assert_ne!(shown(&first), shown(&seen));
    assert_eq!(first, build(&blind, &material).unwrap(), "the same seed, the same session");
    let other = build(&Recipe { seed: 12, ..blind }, &material).unwrap();
    assert_ne!(shown(&first), shown(&other));
    let (mut sorted, mut all) = (shown(&first), shown(&seen));
    sorted.sort();
    all.sort();
    assert_eq!(sorted, all, "nothing is lost");
}

#[test]
fn blind_pairs_have_each_model_as_often_left_as_right() {
    let fixture = Fixture::new(20, 4);
    let session = build(&Recipe { blind: true, ..recipe(Mode::Pairs) }, &fixture.material("anna")).unwrap();
    assert_eq!(session.items.len(), 20 * 6);
    let mut lean: HashMap<usize, i32> = HashMap::new();
    for item in &session.items {
        let models: Vec<usize> = item.responses.iter().map(|id| id[1..].parse::<usize>().unwrap() % 4).collect();
        *lean.entry(models[0]).or_default() += 1;
        *lean.entry(models[1]).or_default() -= 1;
    }
    assert!(lean.values().all(|lean| *lean == 0), "{lean:?}");
}

#[test]
fn repeats_come_again_the_other_way_round() {
    let fixture = Fixture::new(10, 2);
    let session = build(&Recipe { repeats: 0.2, ..recipe(Mode::Pairs) }, &fixture.material("anna")).unwrap();
    let again: Vec<&Item> = session.items.iter().filter(|item| item.purpose == Purpose::Repeat).collect();
    assert_eq!(again.len(), 2);
    for item in again {
        let turned = |first: &&Item| first.purpose == Purpose::Judge && first.sorted() == item.sorted();
        let first = session.items.iter().find(turned).expect("it came before");
        assert_ne!(first.responses, item.responses);
    }
}

#[test]
fn calibration_asks_what_has_gold_and_only_that() {
    let mut fixture = Fixture::new(2, 3);
    let none = build(&recipe(Mode::Calibrate), &fixture.material("anna"));
    assert_eq!(none, Err(NoItems::NoGold));
    let pair = preferred_for("r3", "r4", Choice::First, Purpose::Gold);
    fixture.log("lead", vec![rated_for("r0", 4.0, Purpose::Gold), rated("r1", 2.0), pair]);
    let session = build(&recipe(Mode::Calibrate), &fixture.material("anna")).unwrap();
    let mut asked: Vec<Vec<&str>> = session.items.iter().map(Item::sorted).collect();
    asked.sort();
    assert_eq!(asked, [vec!["r0"], vec!["r3", "r4"]]);
    assert!(session.items.iter().all(|item| item.purpose == Purpose::Calibrate));
}

#[test]
fn adjudication_walks_disputes_the_worst_first() {
    let mut fixture = Fixture::new(1, 3);
    fixture.log("anna", vec![rated("r0", 1.0), rated("r1", 1.0)]);
    assert_eq!(build(&recipe(Mode::Adjudicate), &fixture.material("lead")), Err(NoItems::NoDispute));
    fixture.log("ben", vec![rated("r0", 2.0), rated("r1", 5.0)]);
    let session = build(&recipe(Mode::Adjudicate), &fixture.material("lead")).unwrap();
    assert_eq!(shown(&session), ["r1", "r0"]);
    let item = &session.items[0];
    assert_eq!((&item.criteria[..], item.purpose), (&["tone".to_owned()][..], Purpose::Final));
}

#[test]
fn an_empty_session_says_what_is_missing() {
    let mut fixture = Fixture::new(2, 1);
    let error = |fixture: &Fixture, recipe: &Recipe| build(recipe, &fixture.material("anna")).unwrap_err();
    assert_eq!(error(&Fixture::new(0, 0), &recipe(Mode::Rate)), NoItems::NoResponses);
    assert_eq!(error(&fixture, &recipe(Mode::Pairs)), NoItems::TooFewModels(2));
    fixture.log("anna", vec![rated("r0", 1.0), rated("r1", 1.0)]);
    let unrated = Recipe { queue: Queue::Unrated, ..recipe(Mode::Rate) };
    assert_eq!(error(&fixture, &unrated), NoItems::AllJudged);
    assert_eq!(error(&fixture, &Recipe { queue: Queue::Flagged, ..unrated.clone() }), NoItems::EmptyQueue);
    fixture.listed.clear();
    assert_eq!(error(&fixture, &unrated), NoItems::NothingListed);
    fixture.rubric.dimensions.clear();
    assert_eq!(error(&fixture, &unrated), NoItems::NoCriteria);
}

#[test]
fn a_session_survives_being_stored() {
    let fixture = Fixture::new(4, 3);
    let recipe = Recipe { blind: true, repeats: 0.3, queue: Queue::Sample(9), ..recipe(Mode::Pairs) };
    let mut session = build(&recipe, &fixture.material("anna")).unwrap();
    session.skip(3);
    let text = serde_json::to_string(&session).unwrap();
    assert_eq!(serde_json::from_str::<Session>(&text).unwrap(), session);
    assert_eq!(session.begin_act().queue, "sample of 9");
}
