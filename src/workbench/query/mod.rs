//! The filter: one line of words that every view understands, `model:gpt score<0.5 fails:sections "rate limit"`.

mod complete;
mod keys;
mod matching;
mod parse;
mod people;
mod sample;

pub use complete::{Completion, Kind, Known, complete};
pub use keys::{KEYS, Key};
pub use matching::Matcher;
pub use parse::{QueryError, parse, parse_for};
pub use people::{About, Preferred, Rated};
pub use sample::{Sample, Strata, priority};

/// A parsed filter: every term must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The terms, in order.
    pub terms: Vec<Term>,
}

impl Query {
    /// Whether it asks for anything that scoring brings about.
    pub fn asks_for_results(&self) -> bool {
        self.terms.iter().any(|term| match term.test {
            Test::Number(quantity, ..) => quantity != Quantity::Length,
            Test::Meets(_) | Test::Fails(_) | Test::Unscored(_) | Test::Passed(_) => true,
            Test::Is(property) => matches!(property, Property::Incomplete | Property::Gated),
            // Flags follow from results too, and know by themselves when they are others.
            Test::Flag(_) => false,
            // What people said comes with the results.
            Test::People(_) | Test::By(_) => true,
            Test::Anywhere(_) | Test::Text(_) | Test::Model(_) | Test::Prompt(_) | Test::Id(_) | Test::Sample(_) => {
                false
            }
        })
    }

    /// Whether it asks for anything that people said, beyond what counts in scores.
    pub fn asks_for_people(&self) -> bool {
        self.terms.iter().any(|term| {
            let doubt = |quantity| matches!(quantity, Quantity::Disagreement | Quantity::Confidence);
            matches!(&term.test, Test::People(_) | Test::By(_))
                || matches!(term.test, Test::Number(quantity, ..) if doubt(quantity))
        })
    }

    /// The sample it wants of what its other terms select.
    pub fn sample(&self) -> Option<Sample> {
        self.terms.iter().find_map(|term| match term.test {
            Test::Sample(sample) => Some(sample),
            _ => None,
        })
    }

    /// Whether it asks which texts are the same or alike.
    pub fn asks_for_duplicates(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.test, Test::Is(Property::Duplicate | Property::Similar)))
    }

    /// Whether it asks for flags.
    pub fn asks_for_flags(&self) -> bool {
        self.terms.iter().any(|term| matches!(term.test, Test::Flag(_)))
    }

    /// Whether it surely selects nothing that `wider` does not, on any responses: each of the other's terms stands
    /// here too, or longer words in its place. A sample of fewer responses may hold what one of more does not, and
    /// whose words count changes what is asked.
    pub fn narrows(&self, wider: &Self) -> bool {
        let has_by = |query: &Self| query.terms.iter().any(|term| matches!(term.test, Test::By(_)));
        wider.sample().is_none()
            && !has_by(self)
            && !has_by(wider)
            && wider.terms.iter().all(|term| self.terms.iter().any(|own| own == term || own.narrows(term)))
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub struct Term {
    /// Whether it must not hold (`-model:gpt`).
    pub negated: bool,
    /// What is asked.
    pub test: Test,
}

impl Term {
    /// Whether these are words that contain the words of `wider`: where they occur, those do.
    fn narrows(&self, wider: &Self) -> bool {
        let within = match (&self.test, &wider.test) {
            (Test::Anywhere(words), Test::Anywhere(part)) | (Test::Text(words), Test::Text(part)) => {
                words.contains(part.as_str())
            }
            _ => false,
        };
        within && !self.negated && !wider.negated
    }
}

/// What a term asks of a response. Indices are those of the rubric and dataset the query was parsed for.
#[derive(Clone, Debug, PartialEq)]
pub enum Test {
    /// The words occur in the response, its prompt, its id or its model's name, whatever the case.
    Anywhere(String),
    /// The words occur in the response's text, whatever the case.
    Text(String),
    /// The model's name is this or, where no model's is, contains it.
    Model(String),
    /// The prompt's id is this or, where no prompt's is, contains it.
    Prompt(String),
    /// The response's id is this.
    Id(String),
    /// A number compares.
    Number(Quantity, Comparison, f64),
    /// The criterion is scored and met.
    Meets(usize),
    /// The criterion is scored and not met.
    Fails(usize),
    /// The criterion has no value: not applicable, awaiting a human or invalid.
    Unscored(usize),
    /// The response passes (`Some(true)`), does not, or that is undecided (`None`).
    Passed(Option<bool>),
    /// A property of the response itself.
    Is(Property),
    /// What people said of it.
    People(About),
    /// A reviewer of this name, or, where none has it, with this in their name. Beside tests of what people said, these
    /// are about what they said; else, or negated, whether they said anything.
    By(String),
    /// Some of what the other terms select.
    Sample(Sample),
    /// An anomaly of it.
    Flag(FlagTest),
}

/// Which flag is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FlagTest {
    /// Any.
    Any,
    /// One of this kind.
    Kind(crate::flags::Kind),
}

/// A number every response has, or has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantity {
    /// The score.
    Score,
    /// The value of a dimension.
    Dimension(usize),
    /// The value of a criterion, after its mapping.
    Criterion(usize),
    /// Characters of text.
    Length,
    /// [`crate::scoring::Results::disagreement`].
    Disagreement,
    /// [`crate::scoring::Results::confidence`].
    Confidence,
}

/// How numbers compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `<=`
    AtMost,
    /// `=`, give or take 1e-9
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    More,
}

impl Comparison {
    /// Whether `a` compares so to `b`.
    pub fn holds(self, a: f64, b: f64) -> bool {
        match self {
            Self::Less => a < b - 1e-9,
            Self::AtMost => a <= b + 1e-9,
            Self::Equal => (a - b).abs() <= 1e-9,
            Self::AtLeast => a >= b - 1e-9,
            Self::More => a > b + 1e-9,
        }
    }
}

/// A property of a response, whatever the rubric.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Property {
    /// Its text is there and empty or white space.
    Empty,
    /// It has no text: null or absent.
    Missing,
    /// Its card is incomplete.
    Incomplete,
    /// A gate bounds or fails it.
    Gated,
    /// An earlier response has the same text.
    Duplicate,
    /// An earlier response has the same text or nearly so.
    Similar,
}

/// A word as it must stand in a query: quoted where it has a space or a quote.
pub fn quote(word: &str) -> String {
    let special = |c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '=' | ':');
    let plain = !word.is_empty() && !word.contains(special) && !word.starts_with('-');
    if plain { word.to_owned() } else { format!("\"{}\"", word.replace('\\', "\\\\").replace('"', "\\\"")) }
}
