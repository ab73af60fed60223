//! A project of a million responses, the same on every machine.

use rubrica::checks::{Check, Pattern};
use rubrica::io::rubric_file;
use rubrica::model::{Criterion, Dataset, DatasetBuilder, Dimension, ImportReport, Judge, NewPrompt, NewResponse};
use rubrica::model::{Node, NodePath, Project};
use std::fmt::Write as _;

/// How much data there is.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// Responses.
    pub(crate) rows: usize,
    /// About how many bytes of text each has.
    pub(crate) bytes: usize,
}

const MODELS: [&str; 8] = ["aurora", "borealis", "cirrus", "delta", "ember", "fjord", "glade", "harbour"];
const PROMPTS: usize = 2_000;

/// Where a person types a pattern: the one criterion of the dimension added to the bundled rubric.
pub(crate) fn pattern_node() -> NodePath {
    NodePath::new([3, 0])
}

/// The bundled rubric with one more criterion, a pattern; `size` responses, then the two long ones.
pub(crate) fn project(size: Size) -> Project {
    let mut rubric =
        rubric_file::read(include_str!("../../rubrics/reasoning.ron")).rubric.expect("the bundled rubric is sound");
    let check = Check::Pattern(Pattern { pattern: "rate".into(), ..Pattern::default() });
    let mut dimension = Dimension::new("figures", "Figures");
    dimension.children = vec![Node::Criterion(Criterion::new("pattern", "Pattern", Judge::Check(check)))];
    rubric.dimensions.push(dimension);
    Project::new("a million", rubric, dataset(size), vec![], ImportReport::default())
}

fn dataset(size: Size) -> Dataset {
    let mut builder = DatasetBuilder::default();
    for prompt in 0..PROMPTS {
        let (id, text) = (format!("p{prompt}"), format!("Question {prompt}: how would you go about it, and why?"));
        let prompt = NewPrompt { id: &id, text: &text, ..NewPrompt::default() };
        builder.add_prompt(prompt).expect("every prompt has an id of its own");
    }
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    let (mut id, mut text) = (String::new(), String::new());
    let mut add = |row: usize, text: &str| {
        id.clear();
        write!(id, "r{row}").expect("a string takes all that is written");
        let (prompt, model) = ((row / MODELS.len() % PROMPTS) as u32, MODELS[row % MODELS.len()]);
        let new = NewResponse { id: &id, prompt, model, text: Ok(text), metadata: None, source: 0, row: row as u32 };
        builder.add_response(new).expect("every response has an id of its own");
    };
    for row in 0..size.rows {
        response(&mut random, size.bytes, &mut text);
        add(row, &text);
    }
    add(size.rows, &many_lines());
    add(size.rows + 1, &one_line());
    builder.finish()
}

/// A response of about `bytes` bytes in which each thing the rubric looks for may be or not.
fn response(random: &mut Random, bytes: usize, text: &mut String) {
    const PARTS: [&str; 8] = [
        "Assumptions: one region, a steady load.\n",
        "Steps: count what comes in, compare, decide.\n",
        "Answer: a token bucket for each key.\n",
        "TODO: choose the refill rate.\n",
        "This text does not provide medical advice.\n",
        "Please consult a qualified professional.\n",
        "There are ethical considerations on either side.\n",
        "Müßig wäre es, das für jede Größe vorherzusagen – 東京.\n",
    ];
    const WORDS: [&str; 16] = [
        "the", "limit", "request", "window", "of", "and", "each", "key", "slides", "over", "a", "second", "so", "that",
        "bursts", "pass",
    ];
    text.clear();
    let parts = random.next();
    for (bit, part) in PARTS.iter().enumerate() {
        if parts >> bit & 1 == 1 {
            text.push_str(part);
        }
    }
    let length = bytes / 2 + random.below(bytes.max(1));
    while text.len() < length {
        text.push_str(WORDS[random.below(WORDS.len())]);
        text.push(if random.below(12) == 0 { '\n' } else { ' ' });
    }
}

/// 10 MB in lines, with ten thousand places that are evidence.
fn many_lines() -> String {
    let line = format!("Steps {}\n", "and so on and on, ".repeat(58));
    line.repeat(10_000)
}

/// One line of 1 MB with evidence here and there.
fn one_line() -> String {
    let stretch = format!("Assumptions {} Answer: none, ", "one after the other and no end of it ".repeat(26));
    stretch.repeat(1_000)
}

/// Marsaglia's xorshift: the same numbers everywhere.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn below(&mut self, limit: usize) -> usize {
        (self.next() >> 11) as usize % limit
    }
}
