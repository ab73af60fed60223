//! Exports are the same whether the results are known already or each row is scored on the way.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use proptest::prelude::*;
use rubrica::io::export::{FORMATS, Hits, Scored, export};
use rubrica::io::rubric_file;
use rubrica::model::{Absent, Dataset, DatasetBuilder, NewPrompt, NewResponse};
use rubrica::scoring::{How, Progress, Results, compile, score_columns};
use std::sync::Arc;

/// A check that gates, one that concerns some responses only, one for people.
const RUBRIC: &str = r#"Rubric(pass_mark: 0.4, dimensions: [
    (id: "a", weight: 3, criteria: [
        (id: "a1", if_unmet: Cap(0.25), check: Phrases(phrases: ["a"])),
        (id: "b", criteria: [(id: "b1", weight: 2, when_unmet: -0.1, check: Phrases(phrases: ["b", "ab"], need: Fraction))]),
    ]),
    (id: "c", criteria: [(id: "c1", human: YesNo), (id: "c2", weight: -1, check: Phrases(phrases: ["c"]))]),
])"#;

fn dataset(texts: &[Option<String>]) -> Dataset {
    let mut builder = DatasetBuilder::default();
    let prompt = builder.add_prompt(NewPrompt { id: "p", ..NewPrompt::default() }).unwrap();
    for (index, text) in texts.iter().enumerate() {
        let text = text.as_deref().ok_or(Absent::Null);
        let new = NewResponse { id: &index.to_string(), prompt, model: "m", text, metadata: None, source: 0, row: 1 };
        builder.add_response(new).unwrap();
    }
    builder.finish()
}

proptest! {
    #[test]
    fn known_results_and_fresh_scores_are_written_alike(
        texts in prop::collection::vec(prop::option::of("[abc \n]{0,6}"), 0..20),
    ) {
        let rubric = compile(&rubric_file::read(RUBRIC).rubric.unwrap(), None).rubric;
        let dataset = dataset(&texts);
        let columns = rubric.criteria.iter().map(|criterion| match &criterion.how {
            How::Check(_, check) => score_columns(&dataset, &[check], &Progress::default()).unwrap().pop().map(Arc::new),
            _ => None,
        });
        let results = Results::new(rubric.clone(), columns.collect(), texts.len());
        for format in &FORMATS {
            let write = |results| {
                let scored = Scored { dataset: &dataset, rubric: &rubric, people: None, results, hits: Hits::Counted, flags: None, evidence: false, provenance: None };
                let mut out = Vec::new();
                assert!(export(format, &scored, &mut out, &Progress::default()).unwrap());
                String::from_utf8(out).unwrap()
            };
            prop_assert_eq!(write(Some(&results)), write(None));
        }
    }
}

#[test]
fn a_cancelled_export_says_so() {
    let rubric = compile(&rubric_file::read(RUBRIC).rubric.unwrap(), None).rubric;
    let dataset = dataset(&[Some("a".to_owned())]);
    let scored = Scored {
        dataset: &dataset,
        rubric: &rubric,
        people: None,
        results: None,
        hits: Hits::Counted,
        flags: None,
        evidence: false,
        provenance: None,
    };
    let progress = Progress::default();
    progress.cancel();
    assert!(!export(&FORMATS[0], &scored, &mut Vec::new(), &progress).unwrap());
}
