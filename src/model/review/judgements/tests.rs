use super::*;
use crate::model::review::{Act, FlagMark, Label, Note, Overrule, Prefer, Rank, Rate, Undo, wording};
use crate::model::{Criterion, DatasetBuilder, Dimension, Judge, NewPrompt, NewResponse, Node, Scale};
use jiff::Timestamp;
use proptest::prelude::*;

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
    let [preferred] = judgements.preferences().collect::<Vec<_>>()[..] else { panic!("one pair, one preference") };
    assert_eq!((preferred.rows, preferred.choice), ([1, 0], Choice::First));
    assert_eq!(judgements.rankings().next().unwrap().ranks, [1, 2, 2]);
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

fn any_act() -> impl Strategy<Value = Act> {
    let purposes = [Purpose::Judge, Purpose::Repeat, Purpose::Calibrate, Purpose::Gold, Purpose::Final];
    let (purpose, response) = (prop::sample::select(purposes.to_vec()), || (0..4).prop_map(|row| format!("r{row}")));
    let rating =
        (response(), 1..=5, purpose.clone()).prop_map(|(id, value, purpose)| rate(&id, f64::from(value), purpose));
    let pair = (response(), response(), prop::sample::select(Choice::ALL.to_vec()), purpose.clone());
    let rank = (prop::sample::subsequence(vec!["r0", "r1", "r2", "r3"], 3), purpose);
    let reason = String::new;
    prop_oneof![
        6 => rating,
        3 => pair.prop_map(move |(first, second, choice, purpose)| {
            Act::Prefer(Prefer { responses: [first, second], choice, reason: reason(), purpose })
        }),
        1 => rank.prop_map(move |(ids, purpose)| {
            let responses = ids.into_iter().map(str::to_owned).collect();
            Act::Rank(Rank { responses, ranks: vec![1, 2, 2], reason: reason(), purpose })
        }),
        1 => (response(), any::<bool>()).prop_map(move |(response, on)| Act::Flag(FlagMark { response, on, reason: reason() })),
        1 => (response(), "[ab]{0,1}").prop_map(|(response, text)| Act::Note(Note { response, text })),
        1 => (response(), 0u32..4).prop_map(move |(response, start)| {
            let (label, quote) = ("claim".to_owned(), "ü".to_owned());
            Act::Label(Label { response, label, start, end: start + 2, quote, reason: reason() })
        }),
        1 => (response(), prop::option::of(0.0..1.0)).prop_map(move |(response, value)| {
            Act::Overrule(Overrule { response, criterion: "tone".into(), value, machine: None, reason: reason() })
        }),
        5 => (0..3, 0..30).prop_map(|(reviewer, entry)| Act::Undo(Undo { entry: format!("{reviewer}-{entry}") })),
    ]
}

proptest! {
    #[test]
    fn reading_on_says_what_reading_anew_says(
        steps in prop::collection::vec((0usize..3, prop::collection::vec(any_act(), 0..6)), 1..12),
    ) {
        let (index, rubric) = (index(), rubric("old"));
        let mut logs: Vec<Arc<ReviewLog>> = (0..3).map(|name| log(&name.to_string(), Vec::new())).collect();
        let mut reader = JudgementReader::new(&logs, &index, &rubric);
        for (reviewer, acts) in steps {
            let before = reader.judgements().clone();
            let new = acts.len();
            for act in acts {
                let log = Arc::make_mut(&mut logs[reviewer]);
                let id = format!("{reviewer}-{}", log.len());
                log.push(Entry { id, at: Timestamp::UNIX_EPOCH, seconds: None, act });
            }
            prop_assert_eq!(reader.added(&logs), Some(new));
            reader.follow(&logs, &index);
            let anew = Judgements::new(&logs, &index, &rubric);
            prop_assert_eq!(format!("{:?}", reader.judgements()), format!("{anew:?}"));
            let worth = |of: &Judgements, row| {
                let counts = |rated: &&Rated| matches!(rated.purpose, Purpose::Judge | Purpose::Final);
                let ratings = of.ratings(row).iter().filter(counts).map(|rated| (rated.raw, rated.purpose));
                (ratings.collect::<Vec<_>>(), of.overruled(row).iter().map(|overruled| overruled.raw).collect::<Vec<_>>())
            };
            let changed: Vec<u32> = (0..3).filter(|&row| worth(&before, row) != worth(&anew, row)).collect();
            prop_assert_eq!(anew.changed_since(&before), changed, "which rows are worth something else");
            for rows in [[0, 1], [2, 0], [1, 1]] {
                let between = anew.preferences().filter(|pair| pair.rows == rows || pair.rows == [rows[1], rows[0]]);
                let found: Vec<&str> = anew.preferences_of(rows).map(|pair| &*pair.entry.id).collect();
                prop_assert_eq!(found, between.map(|pair| &*pair.entry.id).collect::<Vec<_>>());
            }
        }
    }
}

#[test]
fn logs_that_do_not_go_on_are_read_anew() {
    let logs = [log("anna", vec![rate("r0", 1.0, Purpose::Judge)]), log("ben", vec![])];
    let reader = JudgementReader::new(&logs, &index(), &rubric("old"));
    assert_eq!(reader.added(&logs), Some(0));
    assert_eq!(reader.added(&logs[..1]), None, "somebody's log is gone");
    assert_eq!(reader.added(&[logs[1].clone(), logs[0].clone()]), None);
    assert_eq!(reader.added(&[log("anna", vec![rate("r0", 1.0, Purpose::Judge)]), logs[1].clone()]), None);
}
