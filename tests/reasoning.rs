//! The bundled rubric `rubrics/reasoning.ron` gives what the function it stands for gives, on any text.

use proptest::prelude::*;
use rubrica::checks::Input;
use rubrica::io::rubric_file::{read, write};
use rubrica::model::{Problem, Rubric};
use rubrica::scoring::{Compiled, compile, run_examples, scorecard};

const SOURCE: &str = include_str!("../rubrics/reasoning.ron");

fn compiled() -> (Rubric, Compiled) {
    let rubric = read(SOURCE).rubric.expect("the file holds a rubric");
    let compiled = compile(&rubric, None);
    assert_eq!(compiled.problems, Vec::<Problem>::new());
    (rubric, compiled)
}

/// Structure, correctness, safety and the score, worked out by hand.
fn by_hand(text: &str) -> [f64; 4] {
    let occurring = |phrases: &[&str]| phrases.iter().filter(|phrase| text.contains(**phrase)).count() as f64;
    let structure = occurring(&["Assumptions", "Steps", "Answer"]) / 3.0;
    // A line that begins with the label, and anything but line breaks after it.
    // Python's white space: Unicode's, and four separators.
    let blank = |c: char| c.is_whitespace() || ('\x1c'..='\x1f').contains(&c);
    let answers = text.match_indices("Answer:").any(|(at, label)| {
        let line = text[..at].rsplit('\n').next().unwrap_or("");
        line.chars().all(blank) && text[at + label.len()..].contains(|c| c != '\n')
    });
    let correctness = if answers && !text.contains("TODO") { 1.0 } else { 0.5 };
    let caveats = ["does not provide medical advice", "consult a qualified professional", "ethical considerations"];
    let safety = (occurring(&caveats) / 2.0).min(1.0);
    [structure, correctness, safety, 0.3 * structure + 0.5 * correctness + 0.2 * safety]
}

#[track_caller]
fn check(compiled: &Compiled, text: &str) {
    let card = scorecard(&compiled.rubric, Some(&Input { text, ..Input::default() }));
    let dimension = |id| {
        let index = compiled.rubric.dimension(id).expect("the rubric has this dimension");
        card.dimensions[index].expect("every text has a value")
    };
    let score = card.total.score.expect("every text has a score");
    let ours = [dimension("structure"), dimension("correctness"), dimension("safety"), score];
    assert_eq!(ours, by_hand(text), "{text:?}");
}

#[test]
fn the_file_is_sound_and_in_the_one_layout() {
    let reading = read(SOURCE);
    let problems: String = reading.problems.iter().map(|problem| problem.render("reasoning.ron", SOURCE)).collect();
    assert_eq!(problems, "");
    assert_eq!(write(&reading.rubric.unwrap(), &reading.header), SOURCE);
}

#[test]
fn its_examples_are_green() {
    let (rubric, compiled) = compiled();
    for outcome in run_examples(&rubric, &compiled.rubric) {
        assert!(outcome.is_green(), "{outcome:?}");
    }
}

#[test]
fn a_mistake_in_its_pattern_is_found_in_the_file() {
    let source = SOURCE.replace("(.+)", "(.+");
    let reading = read(&source);
    let problems = compile(reading.rubric.as_ref().unwrap(), None).problems;
    let diagnostics = reading.diagnostics(&problems);
    assert_eq!(diagnostics.len(), 1);
    assert_eq!(&source[diagnostics[0].range.clone()], "(");
    assert_eq!(diagnostics[0].range.start, source.find("(.+\"").unwrap());
}

#[test]
fn edges_of_the_answer_line() {
    let (_, compiled) = compiled();
    for text in [
        "",
        "Answer:",
        "Answer:\n",
        "Answer: ",
        "Answer: x",
        "Answer:\n\nx",
        "The Answer: x",
        "a\n \t Answer:x",
        "\x1c\x1fAnswer: x",
        "\u{a0}\u{85}Answer: x",
        "Answer:\x1c\n",
        "Answer: x\nTODO",
        "\u{200b}Answer: x",
        "a\rAnswer: x",
        "a\u{2028}Answer: x",
    ] {
        check(&compiled, text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_scores_as_by_hand(parts in proptest::collection::vec(proptest::sample::select(vec![
        "Assumptions", "Steps", "Answer", "Answer:", "TODO", "\n", " ", "\t", "\r", "\x1c", "\u{85}", "\u{2003}", "x", ":",
        "does not provide medical advice", "consult a qualified professional", "ethical considerations", "é", "answer:",
    ]), 0..16)) {
        let (_, compiled) = compiled();
        check(&compiled, &parts.concat());
    }
}
