//! Which responses a [`Query`] selects.

use super::people::People;
use super::{About, Comparison, FlagTest, Property, Quantity, Query, Test};
use crate::duplicates::Duplicates;
use crate::model::{Dataset, ResponseText};
use crate::scoring::Results;
use crate::workbench::Flagged;
use regex::{Regex, RegexBuilder};

/// A query made ready for one dataset and its results.
#[derive(Debug)]
pub struct Matcher<'a> {
    dataset: &'a Dataset,
    results: &'a Results,
    duplicates: Option<&'a Duplicates>,
    people: People<'a>,
    flags: Option<&'a Flagged>,
    terms: Vec<(bool, Ready)>,
}

/// A test with its names looked up and its words compiled.
#[derive(Debug)]
enum Ready {
    Anywhere(Regex, Vec<bool>),
    Text(Regex),
    Model(Vec<bool>),
    Prompt(Vec<bool>),
    People(About),
    /// Where no other term is about people, or it is negated.
    SaidAnything(String),
    /// What is no condition of one response.
    Aside,
    Plain(Test),
}

impl<'a> Matcher<'a> {
    /// Prepares `query`, which was parsed for the rubric of `results`.
    pub fn new(query: &Query, dataset: &'a Dataset, results: &'a Results) -> Self {
        let about_people = query.terms.iter().any(|term| matches!(term.test, Test::People(_)));
        let terms = query.terms.iter().map(|term| match &term.test {
            Test::By(_) if about_people && !term.negated => (false, Ready::Aside),
            test => (term.negated, ready(test, dataset)),
        });
        let (terms, people) = (terms.collect(), People::new(&query.terms, results.rubric(), results.people()));
        Self { dataset, results, duplicates: None, people, flags: None, terms }
    }

    /// Tells which texts are the same or alike, for a query that [asks for it](Query::asks_for_duplicates). Unless told,
    /// none are.
    pub fn with_duplicates(mut self, duplicates: &'a Duplicates) -> Self {
        self.duplicates = Some(duplicates);
        self
    }

    /// Tells which flags there are, for a query that [asks for them](Query::asks_for_flags). Unless told, there are none.
    pub fn with_flags(mut self, flags: &'a Flagged) -> Self {
        self.flags = Some(flags);
        self
    }

    /// Whether response `row` satisfies every term; a sample is of those that do.
    pub fn matches(&self, row: usize) -> bool {
        self.terms.iter().all(|(negated, test)| match test {
            Ready::Aside => true,
            // Results lag behind the data for a moment after an import, and with them what people said.
            Ready::People(about) => row < self.results.len() && self.people.holds(about, *negated, row as u32),
            test => self.holds(test, row) != *negated,
        })
    }

    fn holds(&self, test: &Ready, row: usize) -> bool {
        let response = &self.dataset.responses()[row];
        match test {
            Ready::Anywhere(words, models) => {
                let prompt = self.dataset.prompt_of(row);
                models[response.model as usize]
                    || [response.id, prompt.id, prompt.text].into_iter().any(|at| words.is_match(self.dataset.text(at)))
                    || self.dataset.response_text(row).is_some_and(|text| words.is_match(text))
            }
            Ready::Text(words) => self.dataset.response_text(row).is_some_and(|text| words.is_match(text)),
            Ready::Model(models) => models[response.model as usize],
            Ready::Prompt(prompts) => prompts[response.prompt as usize],
            Ready::SaidAnything(name) => row < self.results.len() && self.people.said_anything(name, row as u32),
            Ready::Plain(test) => self.plain(test, row),
            Ready::People(_) | Ready::Aside => unreachable!("handled with the negation"),
        }
    }

    fn plain(&self, test: &Test, row: usize) -> bool {
        let response = &self.dataset.responses()[row];
        let met = |index: usize| {
            let criterion = &self.results.rubric().criteria[index];
            self.results.cell(row, index).value().map(|raw| criterion.is_met(raw))
        };
        // Results lag behind the data for a moment after an import; unscored rows fail every test of a score.
        let scored = row < self.results.len();
        match test {
            Test::Id(id) => self.dataset.text(response.id) == id,
            Test::Number(Quantity::Length, comparison, number) => {
                self.dataset.response_text(row).is_some_and(|text| length_holds(text, *comparison, *number))
            }
            Test::Number(quantity, comparison, number) => {
                scored && self.quantity(*quantity, row).is_some_and(|value| comparison.holds(value, *number))
            }
            Test::Meets(index) => scored && met(*index) == Some(true),
            Test::Fails(index) => scored && met(*index) == Some(false),
            Test::Unscored(index) => scored && met(*index).is_none(),
            Test::Passed(wanted) => scored && self.results.passed(row) == *wanted,
            Test::Is(Property::Empty) => self.dataset.response_text(row).is_some_and(|text| text.trim().is_empty()),
            Test::Is(Property::Missing) => matches!(response.text, ResponseText::Absent(_)),
            Test::Is(Property::Incomplete) => scored && !self.results.is_complete(row),
            Test::Is(Property::Gated) => scored && self.results.is_gated(row),
            Test::Is(Property::Duplicate) => self.duplicates.is_some_and(|found| found.is_copy(row)),
            Test::Is(Property::Similar) => self.duplicates.is_some_and(|found| found.is_like_earlier(row)),
            Test::Flag(flag) => self.flags.is_some_and(|flags| match flag {
                FlagTest::Any => !flags.kinds(row).is_empty(),
                FlagTest::Kind(kind) => flags.kinds(row).contains(*kind),
            }),
            Test::Anywhere(_)
            | Test::Text(_)
            | Test::Model(_)
            | Test::Prompt(_)
            | Test::People(_)
            | Test::By(_)
            | Test::Sample(_) => {
                unreachable!("made ready by the constructor")
            }
        }
    }

    fn quantity(&self, quantity: Quantity, row: usize) -> Option<f64> {
        match quantity {
            Quantity::Score => self.results.score(row),
            Quantity::Dimension(index) => self.results.dimension(row, index),
            Quantity::Criterion(index) => {
                let criterion = &self.results.rubric().criteria[index];
                self.results.cell(row, index).value().map(|raw| criterion.value(raw))
            }
            Quantity::Disagreement => self.results.disagreement(row),
            Quantity::Confidence => Some(self.results.confidence(row)),
            Quantity::Length => None,
        }
    }
}

fn ready(test: &Test, dataset: &Dataset) -> Ready {
    match test {
        Test::Anywhere(words) => {
            let words = ignoring_case(words);
            let models = dataset.models().iter().map(|model| words.is_match(model)).collect();
            Ready::Anywhere(words, models)
        }
        Test::Text(words) => Ready::Text(ignoring_case(words)),
        Test::Model(name) => Ready::Model(named(name, dataset.models().iter().map(String::as_str))),
        Test::Prompt(id) => Ready::Prompt(named(id, dataset.prompts().iter().map(|prompt| dataset.text(prompt.id)))),
        Test::People(about) => Ready::People(about.clone()),
        Test::By(name) => Ready::SaidAnything(name.clone()),
        Test::Sample(_) => Ready::Aside,
        other => Ready::Plain(other.clone()),
    }
}

/// Whether the number of characters of `text` compares so to `number`. They are counted only where the number of
/// bytes leaves it open: a character has one to four.
fn length_holds(text: &str, comparison: Comparison, number: f64) -> bool {
    let (fewest, most) = (text.len().div_ceil(4) as f64, text.len() as f64);
    let decided = match comparison {
        Comparison::Equal if number < fewest - 1.0 || number > most + 1.0 => Some(false),
        Comparison::Equal => None,
        // The others change once at most as the number grows.
        _ => Some(comparison.holds(fewest, number)).filter(|holds| *holds == comparison.holds(most, number)),
    };
    decided.unwrap_or_else(|| comparison.holds(text.chars().count() as f64, number))
}

/// Which of `names` are `wanted`, or contain it where none is, whatever the case.
fn named<'n>(wanted: &str, names: impl Iterator<Item = &'n str> + Clone) -> Vec<bool> {
    if names.clone().any(|name| name == wanted) {
        return names.map(|name| name == wanted).collect();
    }
    let words = ignoring_case(wanted);
    names.map(|name| words.is_match(name)).collect()
}

fn ignoring_case(words: &str) -> Regex {
    RegexBuilder::new(&regex::escape(words))
        .case_insensitive(true)
        .size_limit(usize::MAX)
        .build()
        .expect("an escaped text is a valid pattern")
}
