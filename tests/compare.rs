//! Responses side by side, as the workbench holds them: which they are, where steps lead, how they differ.

use rubrica::checks::{Check, Phrases};
use rubrica::model::{
    Criterion, DatasetBuilder, Dimension, Edit, ImportReport, Judge, NewPrompt, NewResponse, Node, Project, Rubric,
};
use rubrica::scoring::Difference;
use rubrica::workbench::{Command, Comparing, Comparison, Walk, WordsState, Workbench};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Three prompts: everybody answers p0 and p2, only one and three answer p1; three answers p2 twice.
const RESPONSES: [(&str, &str, &str); 9] = [
    ("p0", "one", "alpha and beta"),
    ("p0", "two", "alpha"),
    ("p0", "three", "gamma, beta and alpha"),
    ("p1", "one", "nothing"),
    ("p1", "three", "beta"),
    ("p2", "one", "alpha"),
    ("p2", "two", ""),
    ("p2", "three", "beta"),
    ("p2", "three", "beta again"),
];

/// A rubric of two words, the second with this weight.
fn rubric(beta: f64) -> Rubric {
    let word = |word: &str| {
        let check = Check::Phrases(Phrases { phrases: vec![word.to_owned()], ..Phrases::default() });
        Criterion { weight: if word == "beta" { beta } else { 1.0 }, ..Criterion::new(word, word, Judge::Check(check)) }
    };
    let mut dimension = Dimension::new("words", "Words");
    dimension.children = vec![Node::Criterion(word("alpha")), Node::Criterion(word("beta"))];
    Rubric { dimensions: vec![dimension], ..Rubric::default() }
}

fn bench_of(responses: &[(&str, &str, &str)]) -> Workbench {
    let mut builder = DatasetBuilder::default();
    for (row, (prompt, model, text)) in responses.iter().enumerate() {
        let index = builder.prompt(prompt);
        let prompt = index.or_else(|| builder.add_prompt(NewPrompt { id: prompt, ..NewPrompt::default() }));
        let prompt = prompt.expect("an id that is not taken is free");
        let id = format!("r{row}");
        let (text, metadata, source) = (Ok(*text), None, 0);
        builder.add_response(NewResponse { id: &id, prompt, model, text, metadata, source, row: row as u32 + 1 });
    }
    let mut bench = Workbench::new(Arc::new(|| {}));
    bench.open(Project::new("p", rubric(1.0), builder.finish(), vec![], ImportReport::default()));
    bench
}

fn bench() -> Workbench {
    bench_of(&RESPONSES)
}

fn rows(bench: &Workbench) -> Vec<u32> {
    bench.compare().columns().iter().map(|column| column.focus.row).collect()
}

fn comparing(bench: &mut Workbench) {
    bench.execute(Command::Compare(Some(Comparison::Prompt)));
}

fn step(bench: &mut Workbench, by: i32) -> Vec<u32> {
    bench.execute(Command::Comparing(Comparing::Step(by)));
    rows(bench)
}

fn wait(bench: &mut Workbench) {
    let start = Instant::now();
    while bench.job().is_some() {
        bench.poll();
        assert!(start.elapsed() < Duration::from_secs(60), "still busy: {:?}", bench.job());
        std::thread::yield_now();
    }
}

#[test]
fn the_response_being_read_stands_beside_the_next_models() {
    let mut bench = bench();
    assert!(bench.compare().columns().is_empty());
    comparing(&mut bench);
    assert_eq!(rows(&bench), [0, 1]);
    bench.execute(Command::Compare(None));
    assert!(bench.compare().columns().is_empty());
}

#[test]
fn chosen_models_stand_in_their_order_and_stay_from_prompt_to_prompt() {
    let mut bench = bench();
    comparing(&mut bench);
    bench.execute(Command::Comparing(Comparing::Models(vec![2, 0, 1])));
    assert_eq!(rows(&bench), [2, 0, 1]);
    assert_eq!(bench.row(), Some(0), "what was read still is");
    assert_eq!(bench.compare().focused(), 1);
    assert_eq!(step(&mut bench, 1), [4, 3], "two did not answer p1");
    assert_eq!(step(&mut bench, 1), [7, 5, 6]);
    assert_eq!(step(&mut bench, 1), [7, 5, 6], "there is no further prompt");
    bench.execute(Command::StepRow(-2));
    assert_eq!(rows(&bench), [2, 0, 1]);
    // A filter decides which prompts are walked.
    bench.execute(Command::SetFilter("text:again".to_owned()));
    assert_eq!(step(&mut bench, 1), [7, 5, 6]);
    bench.execute(Command::SelectRow(3));
    assert_eq!(rows(&bench), [4, 3], "a response clicked brings its prompt");
}

#[test]
fn a_prompt_that_too_few_of_the_models_answered_is_passed_over() {
    let mut bench = bench();
    comparing(&mut bench);
    bench.execute(Command::Comparing(Comparing::Models(vec![0, 1])));
    assert_eq!(step(&mut bench, 1), [5, 6]);
    bench.execute(Command::SelectRow(4));
    assert_eq!(rows(&bench), [3], "clicked all the same, it shows the one there is");
    assert_eq!(bench.row(), Some(3));
}

#[test]
fn one_model_is_compared_with_itself_where_it_answered_twice() {
    let mut bench = bench();
    bench.execute(Command::SelectRow(8));
    comparing(&mut bench);
    bench.execute(Command::Comparing(Comparing::Models(vec![2])));
    assert_eq!(rows(&bench), [7, 8]);

    let mut alone = bench_of(&[("p", "only", "a"), ("p", "only", "b"), ("p", "only", "c")]);
    comparing(&mut alone);
    assert_eq!(rows(&alone), [0, 1, 2]);
}

#[test]
fn all_pairs_of_all_prompts_are_walked_forwards_and_back() {
    let mut bench = bench();
    comparing(&mut bench);
    bench.execute(Command::Comparing(Comparing::Walk(Walk::Pairs)));
    let mut seen = vec![rows(&bench)];
    for _ in 0..7 {
        seen.push(step(&mut bench, 1));
    }
    let expected: Vec<Vec<u32>> =
        [[0, 1], [0, 2], [1, 2], [3, 4], [5, 6], [5, 7], [6, 7], [6, 7]].map(Vec::from).to_vec();
    assert_eq!(seen, expected);
    assert_eq!(bench.compare().pair(), Some((2, 3)));
    let mut back = Vec::new();
    for _ in 0..6 {
        back.push(step(&mut bench, -1));
    }
    let expected: Vec<Vec<u32>> = expected[..6].iter().rev().cloned().collect();
    assert_eq!(back, expected);
}

#[test]
fn given_rows_stand_in_the_order_given_each_once_and_four_at_most() {
    let mut bench = bench();
    let given = Comparison::Rows { rows: vec![4, 3, 4, 0, 1, 2], hidden: true };
    bench.execute(Command::Compare(Some(given)));
    assert_eq!(rows(&bench), [4, 3, 0, 1]);
    assert!(bench.compare().is_hidden());
    assert_eq!(bench.row(), Some(0), "the one being read is among them");
    assert_eq!(bench.compare().focused(), 2);
    bench.execute(Command::Comparing(Comparing::Focus(1)));
    assert_eq!(bench.row(), Some(3));
    assert_eq!(step(&mut bench, 1), [4, 3, 0, 1], "whoever gave the rows gives the next ones");
    bench.execute(Command::Compare(Some(Comparison::Rows { rows: vec![999], hidden: false })));
    assert!(rows(&bench).is_empty(), "a row that does not exist is left out");
}

#[test]
fn columns_are_scored_anew_with_every_edit_and_say_how_they_differ() {
    let mut bench = bench();
    comparing(&mut bench);
    let total = |bench: &Workbench| bench.compare().columns()[1].difference.as_ref().map(Difference::in_hundredths);
    assert_eq!(total(&bench), Some((-50, vec![-50])));
    assert!(bench.compare().columns()[0].difference.is_none());
    bench.execute(Command::Edit(Edit::SetRubric(Box::new(rubric(3.0)))));
    assert_eq!(total(&bench), Some((-75, vec![-75])));
    bench.execute(Command::Undo);
    assert_eq!(total(&bench), Some((-50, vec![-50])));
}

#[test]
fn words_that_differ_are_found_on_demand_and_for_long_texts_in_the_background() {
    let mut bench = bench();
    comparing(&mut bench);
    bench.execute(Command::Comparing(Comparing::Models(vec![0, 2])));
    assert!(matches!(bench.compare().words(1), WordsState::Unknown));
    bench.execute(Command::Comparing(Comparing::Differences(true)));
    let WordsState::Known(diff) = bench.compare().words(1) else { panic!("short texts are compared at once") };
    let right: Vec<&str> = diff.only_right().iter().map(|span| span.of("gamma, beta and alpha")).collect();
    assert!(!right.is_empty());

    let long = "The same words over and over. ".repeat(2000);
    let changed = format!("{long}And something more.");
    let mut bench = bench_of(&[("p", "one", &long), ("p", "two", &changed)]);
    comparing(&mut bench);
    bench.execute(Command::Comparing(Comparing::Differences(true)));
    assert_eq!(bench.job().map(|(label, _)| label.to_owned()).as_deref(), Some("Comparing words"));
    wait(&mut bench);
    let WordsState::Known(diff) = bench.compare().words(1) else { panic!("the comparison is done") };
    assert!(diff.only_left().is_empty());
    let only: Vec<&str> = diff.only_right().iter().map(|span| span.of(&changed)).collect();
    assert_eq!(only, ["And something more."]);
}

#[test]
fn models_chosen_are_remembered_by_name_in_the_next_project() {
    let mut bench = bench();
    comparing(&mut bench);
    bench.execute(Command::Comparing(Comparing::Models(vec![2, 1])));
    let other = bench_of(&[("q", "zero", "z"), ("q", "two", "x"), ("q", "three", "y")]);
    bench.open(other.project().clone());
    comparing(&mut bench);
    assert_eq!(rows(&bench), [2, 1]);
    bench.open(bench_of(&[("q", "x", "z"), ("q", "y", "x")]).project().clone());
    comparing(&mut bench);
    assert_eq!(rows(&bench), [0, 1], "where they are not known, others take their places");
}
