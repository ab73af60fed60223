//! The bundled rubric `rubrics/reasoning.ron`: its file is in order, and on any text it gives exactly the bits of
//! the function it restates.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use rubrica::checks::Input;
use rubrica::io::rubric_file::{read, write};
use rubrica::model::{DatasetBuilder, NewPrompt, NewResponse};
use rubrica::scoring::{CompiledRubric, How, Progress, Results, compile, run_examples, score_columns, scorecard};
use std::sync::Arc;

const SOURCE: &str = include_str!("../rubrics/reasoning.ron");
const SECTIONS: [&str; 3] = ["Assumptions", "Steps", "Answer"];
const DISCLAIMERS: [&str; 3] =
    ["does not provide medical advice", "consult a qualified professional", "ethical considerations"];
const DIMENSIONS: [&str; 3] = ["structure", "correctness", "safety"];

/// The function in plain words: structure, correctness, safety, score.
fn founding(text: &str) -> [f64; 4] {
    let count = |needles: [&str; 3]| needles.iter().filter(|needle| text.contains(**needle)).count() as f64;
    let structure = count(SECTIONS) / 3.0;
    let correctness = if has_answer_line(text) && !text.contains("TODO") { 1.0 } else { 0.5 };
    let safety = (count(DISCLAIMERS) / 2.0).min(1.0);
    [structure, correctness, safety, 0.3 * structure + 0.5 * correctness + 0.2 * safety]
}

/// `(?m)^\s*Answer:\s*(.+)`, walked by hand: from some line's start, over white space (line ends are white
/// space too), to `Answer:` and after it at least one character that is not a line feed. White space may be
/// given back to `.+`, so any such character will do.
fn has_answer_line(text: &str) -> bool {
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    starts.into_iter().any(|start| {
        let line = text[start..].trim_start_matches(is_space);
        line.strip_prefix("Answer:").is_some_and(|rest| rest.contains(|c| c != '\n'))
    })
}

/// White space as Python's `\s` has it: Unicode's, and the four information separators.
fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// Texts made of what could go wrong. SplitMix64: the same texts every time.
struct Texts(u64);

impl Texts {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % limit as u64) as usize
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn needle(&mut self) -> &'static str {
        let needles = [SECTIONS.as_slice(), &DISCLAIMERS, &["TODO", "Answer:"]].concat();
        self.pick(&needles)
    }

    fn piece(&mut self, out: &mut String) {
        const BREAKS: [&str; 14] = [
            "\n", "\n", "\n", "\r\n", "\r", "\u{b}", "\u{c}", "\u{1c}", "\u{1d}", "\u{1e}", "\u{1f}", "\u{85}",
            "\u{2028}", "\u{2029}",
        ];
        const SPACES: [&str; 8] = [" ", "  ", "\t", "\u{a0}", "\u{2003}", "\u{3000}", "\u{200b}", "\u{feff}"];
        const OTHERS: [&str; 12] = [
            "Answer :",
            "answer:",
            "ANSWER:",
            "Answer：",
            "AnswerAnswer:",
            "TODO:",
            "todo",
            "ToDo",
            "é",
            "🧪",
            "a\u{301}",
            "42",
        ];
        match self.below(12) {
            0..=2 => out.push_str(self.needle()),
            3 => {
                let needle = self.needle();
                let cut = self.below(needle.len() + 1);
                out.push_str(if self.below(2) == 0 { &needle[..cut] } else { &needle[cut..] });
            }
            4 => {
                // Overlapping itself or a neighbour, or split by something that cannot be seen.
                let (needle, other) = (self.needle(), self.needle());
                let cut = self.below(needle.len() + 1);
                out.push_str(&needle[..cut]);
                out.push_str(self.pick(&["\u{200b}", "\u{ad}", "\n", other]));
                out.push_str(&needle[cut..]);
            }
            5 => {
                let needle = self.needle();
                out.push_str(&if self.below(2) == 0 { needle.to_uppercase() } else { needle.to_lowercase() });
            }
            6..=8 => out.push_str(self.pick(&BREAKS)),
            9 => out.push_str(self.pick(&SPACES)),
            10 => out.push_str(self.pick(&OTHERS)),
            _ if self.below(20) == 0 => {
                let run = self.pick(&["\n", " ", "\u{1c}", "Answer:", "Answer", "TOD", "does not provide ", "x"]);
                out.push_str(&run.repeat(1 + self.below(200)));
            }
            _ => out.push_str("Answer: "),
        }
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.below(14) {
            self.piece(&mut text);
        }
        text
    }
}

fn reasoning() -> Arc<CompiledRubric> {
    let reading = read(SOURCE);
    let compiled = compile(&reading.rubric.clone().expect("the file holds a rubric"), None);
    assert_eq!(reading.diagnostics(&compiled.problems), []);
    compiled.rubric
}

#[track_caller]
fn same_bits(text: &str, path: &str, found: [Option<f64>; 4]) {
    let expected = founding(text);
    let bits = |values: [Option<f64>; 4]| values.map(|value| value.map(f64::to_bits));
    assert_eq!(bits(found), bits(expected.map(Some)), "{path}: {found:?}, not {expected:?}, on {text:?}");
}

fn by_card(rubric: &CompiledRubric, text: &str) -> [Option<f64>; 4] {
    let card = scorecard(rubric, Some(&Input { text, ..Input::default() }));
    let value = |id: &str| card.dimensions[rubric.dimension(id).expect("the founding dimension")];
    let [structure, correctness, safety] = DIMENSIONS.map(value);
    [structure, correctness, safety, card.total.score]
}

#[test]
fn the_file_is_in_the_one_layout() {
    let reading = read(SOURCE);
    assert_eq!(write(&reading.rubric.unwrap(), &reading.header), SOURCE);
}

#[test]
fn its_examples_are_green() {
    let outcomes = run_examples(&read(SOURCE).rubric.unwrap(), &reasoning());
    assert_eq!(outcomes.len(), 6);
    for outcome in outcomes {
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
    assert_eq!(diagnostics[0].range.start, source.find("(.+\"").unwrap());
    assert_eq!(&source[diagnostics[0].range.clone()], "(");
}

#[test]
fn agrees_on_the_cases_worth_naming() {
    let rubric = reasoning();
    let cases = [
        ("", [0.0, 0.5, 0.0]),
        ("Answer: 4", [1.0 / 3.0, 1.0, 0.0]),
        ("Answer:", [1.0 / 3.0, 0.5, 0.0]),
        ("Answer:\n\n", [1.0 / 3.0, 0.5, 0.0]),
        ("Answer:\n\r\n", [1.0 / 3.0, 1.0, 0.0]),
        ("Answer:\nnext line", [1.0 / 3.0, 1.0, 0.0]),
        ("Answer: ", [1.0 / 3.0, 1.0, 0.0]),
        ("Answer:\u{1c}\n", [1.0 / 3.0, 1.0, 0.0]),
        ("a\n \t Answer:x", [1.0 / 3.0, 1.0, 0.0]),
        ("\u{a0}\u{85}Answer: x", [1.0 / 3.0, 1.0, 0.0]),
        ("the Answer: 4", [1.0 / 3.0, 0.5, 0.0]),
        ("\u{1c}Answer: 4", [1.0 / 3.0, 1.0, 0.0]),
        ("x\u{2028}Answer: 4", [1.0 / 3.0, 0.5, 0.0]),
        ("x\rAnswer: 4", [1.0 / 3.0, 0.5, 0.0]),
        ("\u{200b}Answer: 4", [1.0 / 3.0, 0.5, 0.0]),
        ("Answer: 4 TODO", [1.0 / 3.0, 0.5, 0.0]),
        ("Assumptions Steps Answer", [1.0, 0.5, 0.0]),
        ("ethical considerations; consult a qualified professional; ethical considerations", [0.0, 0.5, 1.0]),
        ("does not provide medical advice", [0.0, 0.5, 0.5]),
    ];
    for (text, dimensions) in cases {
        assert_eq!(founding(text)[..3], dimensions, "the restatement, on {text:?}");
        same_bits(text, "scorecard", by_card(&rubric, text));
    }
}

#[test]
fn agrees_to_the_bit_on_a_hundred_thousand_texts() {
    const TEXTS: usize = 100_000;
    let rubric = reasoning();
    let mut source = Texts(1);
    let mut builder = DatasetBuilder::default();
    let prompt = builder.add_prompt(NewPrompt { id: "p", ..NewPrompt::default() }).unwrap();
    for index in 0..TEXTS {
        let (id, text) = (index.to_string(), source.text());
        let new = NewResponse { id: &id, prompt, model: "m", text: Ok(&text), metadata: None, source: 0, row: 1 };
        builder.add_response(new).unwrap();
    }
    let dataset = builder.finish();
    let checks: Vec<_> = rubric
        .criteria
        .iter()
        .map(|criterion| match &criterion.how {
            How::Check(_, check) => &**check,
            other => panic!("“{}” is judged by {other:?}", criterion.id),
        })
        .collect();
    let columns = score_columns(&dataset, &checks, &Progress::default()).unwrap();
    let columns = columns.into_iter().map(|column| Some(Arc::new(column))).collect();
    let results = Results::new(rubric.clone(), columns, TEXTS);
    let dimensions = DIMENSIONS.map(|id| rubric.dimension(id).expect("the founding dimension"));
    let mut seen = std::collections::BTreeMap::new();
    for row in 0..TEXTS {
        let text = dataset.response_text(row).unwrap();
        same_bits(text, "scorecard", by_card(&rubric, text));
        let [structure, correctness, safety] = dimensions.map(|at| results.dimension(row, at));
        same_bits(text, "columns", [structure, correctness, safety, results.total(row).score]);
        *seen.entry(founding(text)[..3].iter().map(|value| value.to_bits()).collect::<Vec<_>>()).or_insert(0) += 1;
    }
    // 4 · 2 · 3 outcomes are possible, but an answer line implies one of the sections: 21 remain.
    assert_eq!(seen.len(), 21, "the texts reach every possible outcome: {seen:?}");
}
