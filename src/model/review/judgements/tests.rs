use super::*;
use crate::model::review::{FlagMark, Label, Note, Overrule, Rate, Undo};
use crate::model::{Criterion, DatasetBuilder, Dimension, Judge, NewPrompt, NewResponse, Node, Scale};
use jiff::Timestamp;

fn index() -> RowIndex {
    let mut builder = DatasetBuilder::default();
    let prompt = builder.add_prompt(NewPrompt { id: "p", text: "?", ..NewPrompt::default() }).unwrap();
    for (id, model) in [("r0", "a"), ("r1", "b"), ("r2", "c")] {
        let new = NewResponse { id, prompt, model, text: Ok("grüße"), metadata: None, source: 0, row: 1 };
        builder.add_response(new).unwrap();
    }
    RowIndex::new(Arc::new(builder.finish()))
}

fn rubric(guidance: &str) -> Rubric {
    let mut criterion = Criterion::new("tone", "Tone", Judge::Human(Scale::YesNo));
    criterion.guidance = guidance.into();
    let mut dimension = Dimension::new("d", "D");
    dimension.children = vec![Node::Criterion(criterion)];
    Rubric { dimensions: vec![dimension], ..Rubric::default() }
}

fn rate(response: &str, value: f64, purpose: Purpose) -> Act {
    let wording = wording(rubric("old").criteria()[0].1);
    Act::Rate(Rate {
        response: response.into(),
        criterion: "tone".into(),
        value: Some(value),
        scale: [1.0, 5.0],
        wording,
        reason: String::new(),
        purpose,
    })
}

fn log(reviewer: &str, acts: Vec<Act>) -> Arc<ReviewLog> {
    let entry = |(id, act)| Entry { id: format!("{reviewer}-{id}"), at: Timestamp::UNIX_EPOCH, seconds: None, act };
    Arc::new(ReviewLog::new(reviewer, acts.into_iter().enumerate().map(entry).collect()))
}

#[test]
fn ratings_combine_and_a_final_one_settles() {
    let mut logs = vec![
        log("anna", vec![rate("r0", 1.0, Purpose::Judge), rate("r0", 5.0, Purpose::Judge)]),
        log("ben", vec![rate("r0", 3.0, Purpose::Judge), rate("r0", 1.0, Purpose::Repeat)]),
        log("cleo", vec![rate("r0", 3.0, Purpose::Judge)]),
    ];
    let combined =
        |logs: &[Arc<ReviewLog>], combine| Judgements::new(logs, &index(), &rubric("old")).combined(0, "tone", combine);
    assert_eq!(combined(&logs, Combine::Mean), Some(2.0 / 3.0));
    assert_eq!(combined(&logs, Combine::Median), Some(0.5));
    assert_eq!(combined(&logs, Combine::Majority), Some(0.5));
    logs.push(log("dora", vec![rate("r0", 2.0, Purpose::Final)]));
    assert_eq!(combined(&logs, Combine::Mean), Some(0.25));
    let judgements = Judgements::new(&logs, &index(), &rubric("old"));
    assert_eq!(judgements.combined(1, "tone", Combine::Mean), None, "nobody rated it");
    assert_eq!(judgements.ratings(0).len(), 5);
}

#[test]
fn a_rating_under_another_wording_is_stale_and_still_counts() {
    let logs = [log("anna", vec![rate("r1", 5.0, Purpose::Judge)])];
    assert!(!Judgements::new(&logs, &index(), &rubric("old")).ratings(1)[0].stale);
    let judgements = Judgements::new(&logs, &index(), &rubric("new"));
    assert!(judgements.ratings(1)[0].stale);
    assert_eq!(judgements.combined(1, "tone", Combine::Mean), Some(1.0));
}

#[test]
fn the_last_word_stands_whichever_side_it_was_said_of() {
    let prefer = |first: &str, second: &str, choice| {
        let responses = [first.into(), second.into()];
        Act::Prefer(Prefer { responses, choice, reason: String::new(), purpose: Purpose::Judge })
    };
    let acts = vec![
        prefer("r0", "r1", Choice::First),
        prefer("r1", "r0", Choice::First),
        prefer("r0", "gone", Choice::Tie),
        Act::Rank(Rank {
            responses: vec!["r0".into(), "r1".into(), "r2".into()],
            ranks: vec![1, 2, 2],
            reason: String::new(),
            purpose: Purpose::Judge,
        }),
    ];
    let judgements = Judgements::new(&[log("anna", acts)], &index(), &rubric("old"));
    let [preferred] = judgements.preferences() else { panic!("one pair, one preference") };
    assert_eq!((preferred.rows, preferred.choice), ([1, 0], Choice::First));
    assert_eq!(judgements.rankings()[0].ranks, [1, 2, 2]);
    assert_eq!(judgements.strays(), 1);
}

#[test]
fn flags_notes_labels_and_overrules_come_and_go() {
    let flag = |on| Act::Flag(FlagMark { response: "r0".into(), on, reason: "odd".into() });
    let note = |text: &str| Act::Note(Note { response: "r0".into(), text: text.into() });
    let label = |start, end, quote: &str| {
        let (label, quote) = ("claim".to_owned(), quote.to_owned());
        Act::Label(Label { response: "r0".into(), label, start, end, quote, reason: String::new() })
    };
    let overrule = |value| {
        let (response, criterion) = ("r0".to_owned(), "tone".to_owned());
        Act::Overrule(Overrule { response, criterion, value, machine: Some(0.0), reason: "it is there".into() })
    };
    let acts = vec![flag(true), note("a"), note("b"), label(2, 4, "ü"), label(3, 4, "x"), overrule(Some(1.0))];
    let of = |acts: Vec<Act>| Judgements::new(&[log("anna", acts)], &index(), &rubric("old"));
    let judgements = of(acts.clone());
    assert_eq!(&*judgements.flags(0)[0].text, "odd");
    assert_eq!(&*judgements.notes(0)[0].text, "b");
    let stale: Vec<bool> = judgements.labels(0).iter().map(|label| label.stale).collect();
    assert_eq!(stale, [false, true], "a place inside a character cannot be right");
    assert_eq!(judgements.overruled(0)[0].raw, 1.0);
    let undo = |id: usize| Act::Undo(Undo { entry: format!("anna-{id}") });
    let judgements = of([acts, vec![flag(false), undo(2), undo(3), overrule(None)]].concat());
    assert!(judgements.flags(0).is_empty() && judgements.overruled(0).is_empty());
    assert_eq!(&*judgements.notes(0)[0].text, "a");
    assert_eq!(judgements.labels(0).len(), 1);
}
