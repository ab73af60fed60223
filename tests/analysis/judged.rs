//! What people said: preferences, agreement, checks against people, pace, and judgements worth a second look.

use crate::data::{Case, Timed, close};
use rubrica::flags::Kind;
use rubrica::model::review::{Act, Choice, Overrule, Prefer, Purpose, Rank, Rate};

const RUBRIC: &str = r#"(dimensions: [(id: "all", criteria: [
    (id: "tone", human: Points(["bad", "fair", "good"])),
    (id: "true", human: YesNo),
    (id: "calm", check: Phrases(phrases: ["calm"])),
])])"#;

/// Responses `r0` to `r29` of three models in turn, every fourth of which is calm.
fn case() -> Case {
    let mut lines = String::new();
    for row in 0..30 {
        let text = if row % 4 == 0 { "calm ".repeat(100) } else { "loud ".repeat(100) };
        let model = ["a", "b", "c"][row % 3];
        let line = serde_json::json!({"id": format!("r{row}"), "prompt_id": row / 3, "model": model, "response": text});
        lines.push_str(&line.to_string());
        lines.push('\n');
    }
    Case::new(RUBRIC, &lines)
}

fn rate(row: usize, criterion: &str, value: f64, purpose: Purpose) -> Act {
    let scale = if criterion == "tone" { [1.0, 3.0] } else { [0.0, 1.0] };
    Act::Rate(Rate {
        response: format!("r{row}"),
        criterion: criterion.to_owned(),
        value: Some(value),
        scale,
        wording: String::new(),
        reason: String::new(),
        purpose,
    })
}

fn prefer(first: usize, second: usize, choice: Choice, purpose: Purpose) -> Act {
    let responses = [first, second].map(|row| format!("r{row}"));
    Act::Prefer(Prefer { responses, choice, reason: String::new(), purpose })
}

fn untimed(acts: Vec<Act>) -> Vec<Timed> {
    acts.into_iter().map(|act| (act, None)).collect()
}

#[test]
fn preferences_and_rankings_make_one_ranking() {
    let judge = Purpose::Judge;
    let mut anna = vec![
        prefer(0, 1, Choice::First, judge),
        prefer(3, 4, Choice::MuchBetterFirst, judge),
        prefer(7, 6, Choice::First, judge),
        prefer(8, 7, Choice::BothBad, judge),
        prefer(9, 12, Choice::First, judge),
    ];
    let responses = vec!["r15".to_owned(), "r16".to_owned(), "r17".to_owned()];
    let (reason, purpose) = (String::new(), judge);
    anna.push(Act::Rank(Rank { responses, ranks: vec![1, 2, 2], reason, purpose }));
    // The other way round, which tells of the place alone.
    anna.push(prefer(1, 0, Choice::First, Purpose::Repeat));
    let bert = vec![prefer(0, 1, Choice::Second, judge), prefer(3, 4, Choice::First, judge)];
    let analysis = case().judged(&[("anna", untimed(anna)), ("bert", untimed(bert))]).analyse();
    let preferences = &analysis.preferences;
    assert_eq!((preferences.together.verdicts, preferences.from_rankings), (9, 3));
    assert_eq!((preferences.both_bad, preferences.same_model, preferences.reviewers.len()), (1, 1, 2));
    let of = |name: &str| preferences.together.models.iter().find(|model| model.model == name).unwrap();
    // a: 0>1, 3>4, 6<7, 15>16, 15>17, and bert's 0<1 and 3>4.
    assert_eq!((of("a").counts, of("b").counts, of("c").counts), ([5, 0, 2], [2, 2, 4], [0, 2, 1]));
    close(of("a").win_rate.value(), 5.0 / 7.0, 1e-12);
    let pair = &preferences.together.pairs[0];
    assert_eq!((pair.counts, preferences.together.models[pair.models[0]].model.as_str()), ([4, 0, 2], "a"));
    // c never won against anybody but by ties, and a never lost to it.
    assert!(of("a").strength.value().unwrap() > of("c").strength.value().unwrap());
    let position = &preferences.reviewers[0].position;
    assert_eq!((position.same_when_swapped.n, position.same_place_twice), (1, [1, 0]));
    // Both judged two pairs, and agreed on one.
    let agreement = &analysis.agreement.preferences;
    assert_eq!((agreement.percent.n, agreement.percent.value()), (2, Some(0.5)));
}

#[test]
fn reviewers_agree_as_far_as_the_measures_say() {
    let (judge, mut anna, mut bert) = (Purpose::Judge, Vec::new(), Vec::new());
    // The pairs of ratings of `cohen.rs`, on three points.
    let first = [1, 2, 3, 3, 2, 2, 3, 2, 1, 1];
    let second = [1, 2, 2, 3, 3, 2, 3, 1, 1, 1];
    for row in 0..10 {
        anna.push(rate(row, "tone", f64::from(first[row]), judge));
        bert.push(rate(row, "tone", f64::from(second[row]), judge));
        anna.push(rate(row, "true", 1.0, judge));
        bert.push(rate(row, "true", 1.0, judge));
    }
    anna.push(rate(0, "tone", 1.0, Purpose::Repeat));
    anna.push(rate(1, "tone", 3.0, Purpose::Repeat));
    bert.push(rate(3, "tone", 3.0, Purpose::Gold));
    bert.push(rate(2, "tone", 2.0, Purpose::Gold));
    let analysis = case().judged(&[("anna", untimed(anna)), ("bert", untimed(bert))]).analyse();
    let [tone, truth] = &analysis.agreement.criteria[..] else { panic!() };
    assert_eq!((tone.measures.level, tone.measures.units, tone.measures.ratings), ("ordinal", 10, 20));
    close(tone.measures.percent.value(), 0.7, 1e-12);
    // By hand: chance is 0.3·0.4 + 0.4·0.3 + 0.3·0.3.
    close(tone.measures.cohen.value(), (0.7 - 0.33) / (1.0 - 0.33), 1e-12);
    let alpha = &tone.measures.alpha;
    assert_eq!(alpha.value(), tone.measures.alpha_ordinal.value());
    assert!(alpha.interval().unwrap().contains(alpha.value().unwrap()));
    // Everybody always says yes: that is no agreement beyond chance, and AC1 has a value all the same.
    assert_eq!(
        truth.measures.cohen.reason(),
        Some("all values are the same, and without differences this cannot be told")
    );
    assert_eq!((truth.measures.level, truth.measures.ac1.value()), ("nominal", Some(1.0)));
    let [anna, bert] = &analysis.agreement.reviewers[..] else { panic!() };
    assert_eq!((anna.repeated[0].same.n, anna.repeated[0].same.value()), (2, Some(0.5)));
    assert_eq!((anna.agrees_with_gold.n, anna.agrees_with_gold.value()), (2, Some(0.5)));
    assert_eq!((anna.lean.value(), anna.gold[0].differs), (Some(0.25), 1));
    assert_eq!(bert.agrees_with_gold.value(), Some(1.0));
    assert!(anna.prefers_as_gold.reason().is_some());
    let pair = analysis.agreement.pairs.iter().find(|pair| pair.criterion.as_deref() == Some("tone")).unwrap();
    assert_eq!((pair.reviewers.join(" "), pair.percent.n), ("anna bert".into(), 10));
    close(pair.lean.value(), 0.5 * 0.1, 1e-12);
}

#[test]
fn a_check_is_held_against_people() {
    let overrule = |row: usize, value: f64| {
        let (response, criterion) = (format!("r{row}"), "calm".to_owned());
        let machine = Some(f64::from(u8::from(row.is_multiple_of(4))));
        Act::Overrule(Overrule { response, criterion, value: Some(value), machine, reason: "I read it.".into() })
    };
    // Of eight rated responses the check finds three of four, with one false alarm; one more it misses.
    let mut acts: Vec<Act> = [(0, 1.0), (4, 1.0), (8, 1.0), (12, 0.0), (1, 1.0), (2, 0.0), (3, 0.0), (5, 0.0)]
        .map(|(row, value)| rate(row, "calm", value, Purpose::Judge))
        .into();
    acts.push(overrule(6, 1.0));
    let case = case().judged(&[("anna", untimed(acts))]);
    let analysis = case.analyse();
    let calm = &analysis.criteria.criteria[2].against_people;
    assert_eq!((calm.counts, calm.by), ([3, 1, 2, 3], [0, 8, 1]));
    close(calm.precision.as_ref().unwrap().value(), 0.75, 1e-12);
    close(calm.recall.as_ref().unwrap().value(), 0.6, 1e-12);
    close(calm.f1.as_ref().unwrap().value(), 2.0 / 3.0, 1e-12);
    // 1 − (3/9) / (1 − (4·5 + 5·4) / 81)
    close(calm.kappa.as_ref().unwrap().value(), 1.0 - (3.0 / 9.0) / (1.0 - 40.0 / 81.0), 1e-12);
    assert!(calm.caution.as_ref().unwrap().starts_with("1 of 9 "));
    let disagree = analysis.attention.flags.iter().filter(|flag| flag.kind == Kind::Disagree);
    assert_eq!(disagree.map(|flag| flag.row).collect::<Vec<_>>(), [1, 6, 12]);
}

#[test]
fn ratings_of_which_no_time_is_known_show_no_drift() {
    let rated = |values: &dyn Fn(usize) -> f64| -> Vec<Act> {
        (0..30).map(|row| rate(row, "tone", values(row), Purpose::Judge)).collect()
    };
    // In the file's order, Bert is stricter on the first half than on the second.
    let bert = rated(&|row| if row < 15 { 1.0 } else { 3.0 });
    let case = case().judged_at_once(&[("anna", rated(&|_| 2.0)), ("bert", bert)]);
    let attention = case.analyse().attention;
    assert!(attention.flags.iter().all(|flag| flag.kind != Kind::Drift), "{:?}", attention.flags.first());
    assert!(attention.trends.iter().all(|trend| trend.trend.value().is_none() && !trend.drifts));
}

#[test]
fn who_is_too_fast_or_drifts_is_told() {
    let (mut anna, mut bert) = (Vec::new(), Vec::new());
    for row in 0..30 {
        // 500 characters: Anna takes half a minute, and Bert two seconds for the last three.
        anna.push((rate(row, "tone", 2.0, Purpose::Judge), Some(30.0)));
        let lenient = f64::from(u8::from(row >= 15));
        bert.push((rate(row, "tone", 1.0 + lenient, Purpose::Judge), Some(if row < 27 { 25.0 } else { 2.0 })));
    }
    let analysis = case().judged(&[("anna", anna), ("bert", bert)]).analyse();
    let rows = |kind: Kind, reviewer: &str| -> Vec<u32> {
        let flags = analysis.attention.flags.iter();
        let own = flags.filter(|flag| flag.kind == kind && flag.reviewer.as_deref() == Some(reviewer));
        own.map(|flag| flag.row).collect()
    };
    assert_eq!(rows(Kind::Hasty, "bert"), [27, 28, 29]);
    assert_eq!(rows(Kind::Hasty, "anna"), [0; 0]);
    assert_eq!(rows(Kind::Drift, "bert"), (15..30).collect::<Vec<u32>>());
    let trend = analysis.attention.trends.iter().find(|trend| trend.reviewer == "bert").unwrap();
    assert_eq!((trend.drifts, trend.halves, trend.trend.n), (true, [-0.5, 0.0], 30));
    let pace = &analysis.pace;
    assert_eq!((pace.together.ratings, pace.reviewers[0].ratings, pace.criteria[0].by_several), (60, 30, 30));
    assert_eq!((pace.reviewers[0].seconds, pace.reviewers[0].per_hour), (900.0, Some(120.0)));
    // Thirty responses still lack the other criterion.
    close(pace.reviewers[0].hours_left, 30.0 / 120.0, 1e-12);
    assert_eq!((pace.criteria[0].open, pace.criteria[1].open), (0, 30));
}
