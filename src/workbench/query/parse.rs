//! Words → [`Query`], with errors that point at the word.

use super::{Comparison, FlagTest, Property, Quantity, Query, Term, Test};
use crate::flags::Kind;
use crate::scoring::CompiledRubric;
use crate::text::nearest;
use std::ops::Range;

/// A key of the language, for completion and help.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// As it is written, with its operator: `model:`.
    pub text: &'static str,
    /// What it asks.
    pub help: &'static str,
}

/// Every key of the language.
pub const KEYS: &[Key] = &[
    Key { text: "model:", help: "what produced it" },
    Key { text: "prompt:", help: "the prompt's id" },
    Key { text: "id:", help: "the response's id" },
    Key { text: "text:", help: "words in the response" },
    Key { text: "score<", help: "the score; also > <= >= =, and any dimension or criterion instead of score" },
    Key { text: "length>", help: "characters of text" },
    Key { text: "meets:", help: "a criterion that is met" },
    Key { text: "fails:", help: "a criterion that is not met" },
    Key { text: "unscored:", help: "a criterion without a value" },
    Key { text: "passed:", help: "yes, no or open" },
    Key { text: "is:", help: "empty, missing, incomplete, gated, duplicate or similar" },
    Key { text: "flag:", help: "an anomaly: any, duplicate, refusal, truncated, loop and others" },
];

/// What can follow `is:`.
const PROPERTIES: [&str; 6] = ["empty", "missing", "incomplete", "gated", "duplicate", "similar"];

/// Why a filter cannot be understood, and which word of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// Bytes of the offending word.
    pub range: Range<usize>,
    /// What is wrong and what would be right.
    pub message: String,
}

/// Parses a filter for responses scored by `rubric`.
///
/// # Errors
/// The first word that cannot be understood.
pub fn parse(input: &str, rubric: &CompiledRubric) -> Result<Query, QueryError> {
    let terms = words(input)?.into_iter().map(|word| term(&word, rubric)).collect::<Result<_, _>>()?;
    Ok(Query { terms })
}

/// A word, cut at its operator. Quotes are resolved: an operator inside quotes is none.
struct Word {
    range: Range<usize>,
    negated: bool,
    key: String,
    operator: Option<&'static str>,
    value: String,
}

/// Longer operators first, so that `<=` is not read as `<`.
const OPERATORS: [&str; 6] = ["<=", ">=", "<", ">", "=", ":"];

fn words(input: &str) -> Result<Vec<Word>, QueryError> {
    let mut words = Vec::new();
    let mut rest = input.char_indices().peekable();
    while let Some(&(start, c)) = rest.peek() {
        if c.is_whitespace() {
            rest.next();
            continue;
        }
        let mut word = Word {
            range: start..input.len(),
            negated: false,
            key: String::new(),
            operator: None,
            value: String::new(),
        };
        let (mut quoted, mut was_quoted) = (false, false);
        while let Some(&(at, c)) = rest.peek() {
            if !quoted && c.is_whitespace() {
                word.range.end = at;
                break;
            }
            rest.next();
            match c {
                '"' => {
                    quoted = !quoted;
                    was_quoted = true;
                    continue;
                }
                '-' if at == start => {
                    word.negated = true;
                    continue;
                }
                _ => {}
            }
            if !quoted
                && word.operator.is_none()
                && let Some(operator) = OPERATORS.into_iter().find(|op| input[at..].starts_with(op))
            {
                rest.by_ref().take(operator.len() - 1).for_each(drop);
                word.operator = Some(operator);
                continue;
            }
            let escaped = (quoted && c == '\\').then(|| rest.next_if(|(_, c)| matches!(c, '"' | '\\'))).flatten();
            let part = if word.operator.is_some() { &mut word.value } else { &mut word.key };
            part.push(escaped.map_or(c, |(_, c)| c));
        }
        if quoted {
            return Err(QueryError {
                range: word.range,
                message: "The quote is not closed; add a \" at its end.".into(),
            });
        }
        if word.key.is_empty() && word.operator.is_none() && !was_quoted {
            return Err(QueryError { range: word.range, message: "Nothing follows the minus.".into() });
        }
        words.push(word);
    }
    Ok(words)
}

fn term(word: &Word, rubric: &CompiledRubric) -> Result<Term, QueryError> {
    let error = |message: String| QueryError { range: word.range.clone(), message };
    let Some(operator) = word.operator else {
        return Ok(Term { negated: word.negated, test: Test::Anywhere(word.key.clone()) });
    };
    let value = word.value.as_str();
    if value.is_empty() {
        return Err(error(format!("“{}{operator}” needs something after it.", word.key)));
    }
    let criterion = || {
        rubric.criterion(value).ok_or_else(|| {
            error(unknown("criterion", value, rubric.criteria.iter().map(|criterion| criterion.id.as_str())))
        })
    };
    let test = match (word.key.as_str(), operator) {
        ("text", ":") => Test::Text(value.to_owned()),
        ("model", ":") => Test::Model(value.to_owned()),
        ("prompt", ":") => Test::Prompt(value.to_owned()),
        ("id", ":") => Test::Id(value.to_owned()),
        ("meets", ":") => Test::Meets(criterion()?),
        ("fails", ":") => Test::Fails(criterion()?),
        ("unscored", ":") => Test::Unscored(criterion()?),
        ("passed", ":") => Test::Passed(match value {
            "yes" => Some(true),
            "no" => Some(false),
            "open" => None,
            _ => return Err(error("passed: takes yes, no or open.".to_owned())),
        }),
        ("flag", ":") => Test::Flag(match value {
            "any" => FlagTest::Any,
            id => FlagTest::Kind(Kind::find(id).map_err(|unknown| error(unknown.to_string()))?),
        }),
        ("is", ":") => Test::Is(match value {
            "empty" => Property::Empty,
            "missing" => Property::Missing,
            "incomplete" => Property::Incomplete,
            "gated" => Property::Gated,
            "duplicate" => Property::Duplicate,
            "similar" => Property::Similar,
            _ => return Err(error(unknown("property", value, PROPERTIES.into_iter()))),
        }),
        (key, operator) => {
            let quantity = quantity(key, rubric).ok_or_else(|| error(unknown_key(key, rubric)))?;
            let comparison = comparison(operator)
                .ok_or_else(|| error(format!("{key} is a number: compare it with <, <=, =, >= or >.")))?;
            let number =
                value.parse().map_err(|_| error(format!("“{value}” is not a number to compare {key} with.")))?;
            Test::Number(quantity, comparison, number)
        }
    };
    Ok(Term { negated: word.negated, test })
}

fn quantity(key: &str, rubric: &CompiledRubric) -> Option<Quantity> {
    match key {
        "score" => Some(Quantity::Score),
        "length" => Some(Quantity::Length),
        _ => rubric.dimension(key).map(Quantity::Dimension).or_else(|| rubric.criterion(key).map(Quantity::Criterion)),
    }
}

fn comparison(operator: &str) -> Option<Comparison> {
    Some(match operator {
        "<" => Comparison::Less,
        "<=" => Comparison::AtMost,
        "=" => Comparison::Equal,
        ">=" => Comparison::AtLeast,
        ">" => Comparison::More,
        _ => return None,
    })
}

fn unknown_key(key: &str, rubric: &CompiledRubric) -> String {
    let ids = rubric.dimensions.iter().map(|d| d.id.as_str()).chain(rubric.criteria.iter().map(|c| c.id.as_str()));
    let keys = KEYS.iter().map(|key| key.text.trim_end_matches([':', '<', '>']));
    unknown("key", key, keys.chain(ids))
}

fn unknown<'a>(what: &str, word: &str, known: impl Iterator<Item = &'a str>) -> String {
    let known: Vec<&str> = known.collect();
    match nearest(word, known.iter().copied()) {
        Some(near) => format!("There is no {what} “{word}”; did you mean “{near}”?"),
        None => format!("There is no {what} “{word}”; there are {}.", known.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::quote;
    use super::*;
    use crate::model::{Dimension, Rubric};
    use crate::scoring::compile;
    use proptest::prelude::*;
    use std::sync::Arc;

    fn rubric() -> Arc<CompiledRubric> {
        let rubric = Rubric { dimensions: vec![Dimension::new("structure", "Structure")], ..Rubric::default() };
        compile(&rubric, None).rubric
    }

    #[track_caller]
    fn check(input: &str, expected: &[(bool, Test)]) {
        let query = parse(input, &rubric()).unwrap();
        let terms: Vec<(bool, Test)> = query.terms.into_iter().map(|term| (term.negated, term.test)).collect();
        assert_eq!(terms, expected);
    }

    #[track_caller]
    fn fails(input: &str, word: &str, message: &str) {
        let error = parse(input, &rubric()).unwrap_err();
        assert_eq!((&input[error.range.clone()], error.message.as_str()), (word, message));
    }

    #[test]
    fn understands_terms() {
        check(
            "rate \"rate limit\"  model:gpt-4 -text:\"a \\\"b\\\"\"",
            &[
                (false, Test::Anywhere("rate".into())),
                (false, Test::Anywhere("rate limit".into())),
                (false, Test::Model("gpt-4".into())),
                (true, Test::Text("a \"b\"".into())),
            ],
        );
        check("score<=0.5", &[(false, Test::Number(Quantity::Score, Comparison::AtMost, 0.5))]);
        check("structure=1", &[(false, Test::Number(Quantity::Dimension(0), Comparison::Equal, 1.0))]);
        check("is:empty passed:open", &[(false, Test::Is(Property::Empty)), (false, Test::Passed(None))]);
        let properties = [(true, Test::Is(Property::Duplicate)), (false, Test::Is(Property::Similar))];
        check("-is:duplicate is:similar", &properties);
        let flags = [(false, Test::Flag(FlagTest::Kind(Kind::SelfName))), (true, Test::Flag(FlagTest::Any))];
        check("flag:self-name -flag:any", &flags);
        check("", &[]);
    }

    #[test]
    fn errors_point_at_the_word() {
        fails("gpt modle:x", "modle:x", "There is no key “modle”; did you mean “model”?");
        fails("score<high", "score<high", "“high” is not a number to compare score with.");
        fails("score:0.5", "score:0.5", "score is a number: compare it with <, <=, =, >= or >.");
        fails("is:duplicated", "is:duplicated", "There is no property “duplicated”; did you mean “duplicate”?");
        fails("a flag:lop", "flag:lop", "There is no flag “lop”; did you mean “loop”?");
        fails("a passed:maybe b", "passed:maybe", "passed: takes yes, no or open.");
        fails("model:", "model:", "“model:” needs something after it.");
        fails("say \"hi", "\"hi", "The quote is not closed; add a \" at its end.");
        fails("a -", "-", "Nothing follows the minus.");
    }

    proptest! {
        #[test]
        fn quoting_brings_any_name_through(name in ".{1,20}") {
            let query = parse(&format!("model:{}", quote(&name)), &rubric()).unwrap();
            prop_assert_eq!(&query.terms[0].test, &Test::Model(name));
        }

        #[test]
        fn never_panics(input in ".{0,40}") {
            if let Err(error) = parse(&input, &rubric()) {
                prop_assert!(input.get(error.range).is_some());
            }
        }
    }
}
