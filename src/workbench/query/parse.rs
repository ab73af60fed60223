//! Words → [`Query`], with errors that point at the word.

use super::keys::{KEYS, NUMBERS, values};
use super::{About, Comparison, FlagTest, Preferred, Property, Quantity, Query, Rated, Sample, Strata, Term, Test};
use crate::flags::Kind;
use crate::model::Scale;
use crate::scoring::{CompiledRubric, How};
use crate::text::nearest;
use std::ops::Range;

/// Why a filter cannot be understood, and which word of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct QueryError {
    /// Bytes of the offending word.
    pub range: Range<usize>,
    /// What is wrong and what would be right.
    pub message: String,
}

/// Parses a filter for responses scored by `rubric`, where nobody in particular asks.
///
/// # Errors
/// Those of [`parse_for`].
pub fn parse(input: &str, rubric: &CompiledRubric) -> Result<Query, QueryError> {
    parse_for(input, rubric, None)
}

/// Parses a filter that the reviewer `me` typed, for responses scored by `rubric`.
///
/// # Errors
/// The first word that cannot be understood.
pub fn parse_for(input: &str, rubric: &CompiledRubric, me: Option<&str>) -> Result<Query, QueryError> {
    let mut query = Query::default();
    for word in words(input)? {
        let term = term(&word, rubric, me)?;
        if matches!(term.test, Test::Sample(_)) && (term.negated || query.sample().is_some()) {
            let message = if term.negated {
                "A sample has no opposite; leave the minus out."
            } else {
                "There can be one sample; take this or the other out."
            };
            return Err(QueryError { range: word.range, message: message.to_owned() });
        }
        query.terms.push(term);
    }
    Ok(query)
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

fn term(word: &Word, rubric: &CompiledRubric, me: Option<&str>) -> Result<Term, QueryError> {
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
    // The reviewer who asks.
    let myself = || {
        me.map(str::to_owned).ok_or_else(|| {
            error("Nobody judges in this window yet, so nothing is yours; name a reviewer with by:NAME.".to_owned())
        })
    };
    let unknown_value = || error(unknown(&format!("value for {}:", word.key), value, values(&word.key)));
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
        ("is", ":") => Test::Is(match value {
            "empty" => Property::Empty,
            "missing" => Property::Missing,
            "incomplete" => Property::Incomplete,
            "gated" => Property::Gated,
            "duplicate" => Property::Duplicate,
            "similar" => Property::Similar,
            _ => return Err(error(unknown("property", value, values("is")))),
        }),
        ("by", ":") if value == "me" => Test::By(myself()?),
        ("by", ":") => Test::By(value.to_owned()),
        ("rated", ":") => Test::People(About::Rated(match value {
            "yes" => Rated::Yes,
            "no" => Rated::No,
            "partly" => Rated::Partly,
            "stale" => Rated::Stale,
            _ => return Err(unknown_value()),
        })),
        ("rating", ":") => Test::People(rating(value, rubric).map_err(error)?),
        ("label", ":") => Test::People(About::Label(value.to_owned())),
        ("note", ":") => Test::People(About::Note(value.to_owned())),
        ("flag", ":") => match value {
            "human" => Test::People(About::Flag(None)),
            "mine" => Test::People(About::Flag(Some(myself()?))),
            "any" => Test::Flag(FlagTest::Any),
            id => match Kind::find(id) {
                Ok(kind) => Test::Flag(FlagTest::Kind(kind)),
                Err(_) => return Err(error(unknown("flag", value, values("flag")))),
            },
        },
        ("overruled", ":") => {
            let negated = word.negated != (value == "no");
            let of = if matches!(value, "yes" | "no") { None } else { Some(criterion()?) };
            return Ok(Term { negated, test: Test::People(About::Overruled(of)) });
        }
        ("preferred", ":") => Test::People(About::Preferred(match value {
            "yes" => Preferred::Yes,
            "no" => Preferred::No,
            "tie" => Preferred::Tie,
            "never" => Preferred::Never,
            _ => return Err(unknown_value()),
        })),
        ("sample", ":") => Test::Sample(sample(value).map_err(error)?),
        (key, operator) => {
            let quantity = quantity(key, rubric).ok_or_else(|| error(unknown_key(key, rubric)))?;
            let comparison = comparison(operator)
                .ok_or_else(|| error(format!("{key} is a number: compare it with <, <=, =, >= or >.")))?;
            Test::Number(quantity, comparison, number(value, key).map_err(error)?)
        }
    };
    Ok(Term { negated: word.negated, test })
}

fn number(value: &str, of: &str) -> Result<f64, String> {
    let number = value.parse().ok().filter(|number: &f64| !number.is_nan());
    number.ok_or_else(|| format!("“{value}” is not a number to compare {of} with."))
}

/// What follows `rating:`, such as `tone>=4`.
fn rating(value: &str, rubric: &CompiledRubric) -> Result<About, String> {
    let people: Vec<usize> =
        (0..rubric.criteria.len()).filter(|&at| matches!(rubric.criteria[at].how, How::Human(_))).collect();
    let ids = || people.iter().map(|&at| rubric.criteria[at].id.as_str());
    let Some(at) = value.find(['<', '>', '=']) else {
        let id = if ids().any(|id| id == value) { value } else { ids().next().unwrap_or("tone") };
        return Err(format!(
            "Say what the rating is to be: rating:{id}>=1, or with another of <, <=, =, > and a number."
        ));
    };
    let (id, rest) = value.split_at(at);
    let operator = OPERATORS.into_iter().find(|operator| rest.starts_with(operator)).unwrap_or("=");
    let comparison = comparison(operator).unwrap_or(Comparison::Equal);
    let Some(&criterion) = people.iter().find(|&&at| rubric.criteria[at].id == id) else {
        return Err(match rubric.criterion(id) {
            Some(_) => format!("A check judges {id}, so nobody rates it; compare its value with {id}{rest}."),
            None if people.is_empty() => "The rubric has no criterion for people, so there are no ratings.".to_owned(),
            None => unknown("criterion for people", id, ids()),
        });
    };
    let value = &rest[operator.len()..];
    let number = match (&rubric.criteria[criterion].how, value) {
        (How::Human(Scale::YesNo), "yes") => 1.0,
        (How::Human(Scale::YesNo), "no") => 0.0,
        _ => number(value, id)?,
    };
    Ok(About::Rating(criterion, comparison, number))
}

/// What follows `sample:`, such as `50/model@7`.
fn sample(value: &str) -> Result<Sample, String> {
    let (rest, seed) = match value.split_once('@') {
        Some((rest, seed)) => {
            (rest, seed.parse().map_err(|_| format!("After @ comes a whole number, and “{seed}” is none."))?)
        }
        None => (value, 0),
    };
    let (size, strata) = match rest.split_once('/') {
        None => (rest, Strata::All),
        Some((size, "model")) => (size, Strata::Models),
        Some((size, "prompt")) => (size, Strata::Prompts),
        Some((size, other)) => {
            return Err(format!("“{other}” is not what to sample by; {size}/model or {size}/prompt."));
        }
    };
    match size.parse() {
        Ok(size) if size > 0 => Ok(Sample { size, strata, seed }),
        _ => Err(format!("“{size}” is not how many to take; write a number, such as sample:50.")),
    }
}

fn quantity(key: &str, rubric: &CompiledRubric) -> Option<Quantity> {
    match key {
        "score" => Some(Quantity::Score),
        "length" => Some(Quantity::Length),
        "disagree" => Some(Quantity::Disagreement),
        "confidence" => Some(Quantity::Confidence),
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
    let keys = KEYS.iter().filter_map(|key| key.text.strip_suffix(':')).chain(NUMBERS);
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
        let about = |about| Test::People(about);
        check(
            "rated:partly -label:claim",
            &[(false, about(About::Rated(Rated::Partly))), (true, about(About::Label("claim".into())))],
        );
        check(
            "note:\"look here\" by:anna",
            &[(false, about(About::Note("look here".into()))), (false, Test::By("anna".into()))],
        );
        check("overruled:no flag:human", &[(true, about(About::Overruled(None))), (false, about(About::Flag(None)))]);
        let doubt = |quantity, comparison, number| (false, Test::Number(quantity, comparison, number));
        check(
            "disagree>0.3 confidence<=.5",
            &[
                doubt(Quantity::Disagreement, Comparison::More, 0.3),
                doubt(Quantity::Confidence, Comparison::AtMost, 0.5),
            ],
        );
        check("sample:5/model@7", &[(false, Test::Sample(Sample { size: 5, strata: Strata::Models, seed: 7 }))]);
        let flags = [(false, Test::Flag(FlagTest::Kind(Kind::SelfName))), (true, Test::Flag(FlagTest::Any))];
        check("flag:self-name -flag:any", &flags);
        check("", &[]);
        let mine = parse_for("flag:mine by:me", &rubric(), Some("anna")).unwrap();
        let tests: Vec<Test> = mine.terms.into_iter().map(|term| term.test).collect();
        assert_eq!(tests, [about(About::Flag(Some("anna".into()))), Test::By("anna".into())]);
    }

    #[test]
    fn ratings_are_compared_in_the_units_of_their_scale() {
        let source = r#"(dimensions: [(id: "d", criteria: [
            (id: "tone", human: Points(["a", "b", "c", "d", "e"])),
            (id: "true", human: YesNo),
            (id: "a", check: Phrases(phrases: ["a"])),
        ])])"#;
        let rubric = compile(&crate::io::rubric_file::read(source).rubric.unwrap(), None).rubric;
        let test = |input: &str| parse(input, &rubric).map(|query| query.terms[0].test.clone());
        assert_eq!(test("rating:tone>=4"), Ok(Test::People(About::Rating(0, Comparison::AtLeast, 4.0))));
        assert_eq!(test("rating:true=no"), Ok(Test::People(About::Rating(1, Comparison::Equal, 0.0))));
        let says = |input: &str| test(input).unwrap_err().message;
        assert_eq!(says("rating:tne>4"), "There is no criterion for people “tne”; did you mean “tone”?");
        assert_eq!(
            says("rating:tone"),
            "Say what the rating is to be: rating:tone>=1, or with another of <, <=, =, > and a number."
        );
        assert_eq!(says("rating:a<1"), "A check judges a, so nobody rates it; compare its value with a<1.");
        assert_eq!(says("rating:tone>high"), "“high” is not a number to compare tone with.");
    }

    #[test]
    fn errors_point_at_the_word() {
        fails("gpt modle:x", "modle:x", "There is no key “modle”; did you mean “model”?");
        fails("score<high", "score<high", "“high” is not a number to compare score with.");
        fails("score:0.5", "score:0.5", "score is a number: compare it with <, <=, =, >= or >.");
        fails("rated:yse", "rated:yse", "There is no value for rated: “yse”; did you mean “yes”?");
        fails(
            "rating:structure>2",
            "rating:structure>2",
            "The rubric has no criterion for people, so there are no ratings.",
        );
        fails(
            "flag:mine",
            "flag:mine",
            "Nobody judges in this window yet, so nothing is yours; name a reviewer with by:NAME.",
        );
        fails("sample:50/modle", "sample:50/modle", "“modle” is not what to sample by; 50/model or 50/prompt.");
        fails("sample:0", "sample:0", "“0” is not how many to take; write a number, such as sample:50.");
        fails("a sample:5 sample:6", "sample:6", "There can be one sample; take this or the other out.");
        fails("-sample:5", "-sample:5", "A sample has no opposite; leave the minus out.");
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
