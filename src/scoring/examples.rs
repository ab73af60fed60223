//! A rubric's own tests, run.

use super::{CompiledRubric, scorecard};
use crate::checks::Input;
use crate::model::{Example, Expected, Rubric};

/// How one pinned example came out.
#[derive(Clone, Debug, PartialEq)]
pub struct ExampleOutcome {
    /// The example's name.
    pub name: String,
    /// Each expectation that does not hold, in a sentence; empty when the example is green.
    pub failures: Vec<String>,
}

impl ExampleOutcome {
    /// Whether everything is as expected.
    pub fn is_green(&self) -> bool {
        self.failures.is_empty()
    }
}

/// Runs all pinned examples of `rubric`, of which `compiled` is the compiled form.
pub fn run_examples(rubric: &Rubric, compiled: &CompiledRubric) -> Vec<ExampleOutcome> {
    rubric.examples.iter().map(|example| run_example(example, compiled)).collect()
}

/// Runs one example.
pub fn run_example(example: &Example, compiled: &CompiledRubric) -> ExampleOutcome {
    let input = Input { text: &example.text, prompt: &example.prompt, reference: example.reference.as_deref() };
    let card = scorecard(compiled, Some(&input));
    let mut failures = Vec::new();
    let mut expect = |what: &str, expected: Expected, value: Option<f64>| {
        if !expected.holds(value) {
            failures.push(format!("{what} should be {}, is {}.", in_words(expected), or_unscored(value)));
        }
    };
    if let Some(expected) = example.score {
        expect("score", expected, card.total.score);
    }
    for (id, expected) in &example.values {
        let value = match (compiled.criterion(id), compiled.dimension(id)) {
            (Some(index), _) => card.criteria[index].value,
            (None, Some(index)) => card.dimensions[index],
            (None, None) => None,
        };
        expect(id, *expected, value);
    }
    if let Some(passed) = example.passed
        && card.total.passed != Some(passed)
    {
        let is = match card.total.passed {
            Some(true) => "it passes",
            Some(false) => "it fails",
            None => "neither is decided",
        };
        failures.push(format!("It should {}, but {is}.", if passed { "pass" } else { "fail" }));
    }
    ExampleOutcome { name: example.name.clone(), failures }
}

fn in_words(expected: Expected) -> String {
    match expected {
        Expected::Exactly(value) => format!("{value}"),
        Expected::AtLeast(value) => format!("at least {value}"),
        Expected::AtMost(value) => format!("at most {value}"),
        Expected::Between(least, most) => format!("between {least} and {most}"),
        Expected::Unscored => "unscored".to_owned(),
    }
}

fn or_unscored(value: Option<f64>) -> String {
    value.map_or_else(|| "unscored".to_owned(), |value| format!("{value}"))
}
