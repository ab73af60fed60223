//! What a word of a filter could become.

use super::{KEYS, quote};
use crate::model::review::Judgements;
use crate::model::{Dataset, SavedFilter, SpanLabel};
use crate::scoring::{CompiledRubric, How};
use std::ops::Range;

/// What there is to complete to.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Dimensions and criteria.
    pub rubric: &'a CompiledRubric,
    /// Models and prompts.
    pub dataset: &'a Dataset,
    /// Reviewers.
    pub people: &'a Judgements,
    /// Labels of spans.
    pub labels: &'a [SpanLabel],
    /// Filters with a name.
    pub filters: &'a [SavedFilter],
}

/// One way to go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the filter that it replaces.
    pub range: Range<usize>,
    /// What stands there then.
    pub text: String,
    /// What it means, in one line.
    pub help: String,
    /// What kind of thing it is.
    pub kind: Kind,
}

/// What a completion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A key, to be followed by a value.
    Key,
    /// A whole term.
    Term,
    /// A filter with a name, which replaces the whole text.
    Saved,
}

/// So many are offered.
const MOST: usize = 40;

/// So many prompts are looked through for one keystroke: a frame has time for it.
const PROMPTS: usize = 100_000;

/// What the word before byte `cursor` of `input`, a character boundary, could become: best first, at most forty.
/// Nothing where the word says all it can.
pub fn complete(input: &str, cursor: usize, known: &Known<'_>) -> Vec<Completion> {
    let Some(before) = input.get(..cursor) else { return Vec::new() };
    let Some(start) = word_start(before) else { return Vec::new() };
    let end = cursor + input[cursor..].find(char::is_whitespace).unwrap_or(input.len() - cursor);
    let minus = usize::from(before[start..].starts_with('-'));
    let word = &before[start + minus..];
    let range = start + minus..end;
    let mut found = Found { range, word, list: Vec::new() };
    match word.find([':', '<', '>', '=']) {
        Some(at) if word[at..].starts_with(':') => values(&mut found, &word[..at], &word[at + 1..], known),
        Some(_) => {}
        None => {
            if minus == 0 {
                saved(&mut found, input, known.filters);
            }
            keys(&mut found, known);
        }
    }
    found.list.sort_by_key(|(rank, _)| *rank);
    let rest = &input[found.range.clone()];
    let done = found.list.iter().any(|(_, completion)| completion.kind == Kind::Term && completion.text == rest);
    let list = found.list.into_iter().map(|(_, completion)| completion);
    if done { Vec::new() } else { list.take(MOST).collect() }
}

/// Where the word begins that `before` ends in; `None` within quotes that a completion would have to know of.
fn word_start(before: &str) -> Option<usize> {
    let (mut quoted, mut start) = (false, 0);
    let mut chars = before.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => quoted = !quoted,
            '\\' if quoted => drop(chars.next()),
            c if c.is_whitespace() && !quoted => start = at + c.len_utf8(),
            _ => {}
        }
    }
    (!quoted).then_some(start)
}

struct Found<'a> {
    range: Range<usize>,
    word: &'a str,
    /// With how well each fits, the less the better.
    list: Vec<(u8, Completion)>,
}

impl Found<'_> {
    /// Adds `text` where `name` begins with, or contains, what is `typed`.
    fn add(&mut self, name: &str, typed: &str, text: impl FnOnce() -> String, help: &str, kind: Kind) {
        if let Some(rank) = fits(name, typed) {
            let help = help.lines().next().unwrap_or_default().to_owned();
            self.list.push((rank, Completion { range: self.range.clone(), text: text(), help, kind }));
        }
    }
}

/// How well `name` fits what is `typed`, whatever the case: 0 where it begins with it, 1 where it contains it.
fn fits(name: &str, typed: &str) -> Option<u8> {
    if name.get(..typed.len()).is_some_and(|start| start.eq_ignore_ascii_case(typed)) {
        return Some(0);
    }
    let contains = || name.to_lowercase().contains(&typed.to_lowercase());
    (typed.len() > 1 && contains()).then_some(1)
}

fn saved(found: &mut Found<'_>, input: &str, filters: &[SavedFilter]) {
    // A saved filter takes the place of all that is typed, so it is offered for the first word alone.
    if found.range != (0..input.len()) {
        return;
    }
    for filter in filters {
        let word = found.word;
        found.add(&filter.name, word, || filter.query.clone(), &filter.name, Kind::Saved);
    }
}

fn keys(found: &mut Found<'_>, known: &Known<'_>) {
    let typed = found.word;
    for key in KEYS {
        found.add(key.text, typed, || key.text.to_owned(), key.help, Kind::Key);
    }
    for dimension in &known.rubric.dimensions {
        let help = format!("the value of the dimension {}", dimension.name);
        found.add(&dimension.id, typed, || format!("{}<", dimension.id), &help, Kind::Key);
    }
    for criterion in &known.rubric.criteria {
        let help = format!("the value of the criterion {}", criterion.name);
        found.add(&criterion.id, typed, || format!("{}<", criterion.id), &help, Kind::Key);
    }
}

fn values(found: &mut Found<'_>, key: &str, typed: &str, known: &Known<'_>) {
    // A quote that is being typed belongs to no name.
    let typed = typed.trim_matches('"');
    let term = |value: &str| format!("{key}:{}", quote(value));
    for known in KEYS.iter().filter(|known| known.text.strip_suffix(':') == Some(key)) {
        for (value, help) in known.values {
            found.add(value, typed, || format!("{key}:{value}"), help, Kind::Term);
        }
    }
    match key {
        "model" => {
            for model in known.dataset.models() {
                found.add(model, typed, || term(model), "a model", Kind::Term);
            }
        }
        "prompt" => {
            for prompt in known.dataset.prompts().iter().take(PROMPTS) {
                if found.list.len() == MOST {
                    break;
                }
                let (id, text) = (known.dataset.text(prompt.id), known.dataset.text(prompt.text));
                found.add(id, typed, || term(id), text, Kind::Term);
            }
        }
        "meets" | "fails" | "unscored" | "overruled" => {
            for criterion in &known.rubric.criteria {
                if key != "overruled" || matches!(criterion.how, How::Check(..)) {
                    found.add(&criterion.id, typed, || term(&criterion.id), &criterion.name, Kind::Term);
                }
            }
        }
        "rating" => {
            for criterion in &known.rubric.criteria {
                if let How::Human(scale) = &criterion.how {
                    let [least, most] = scale.bounds();
                    let help = format!("{}, {least} to {most}", criterion.name);
                    found.add(&criterion.id, typed, || format!("rating:{}>=", criterion.id), &help, Kind::Key);
                }
            }
        }
        "label" => {
            for label in known.labels {
                found.add(&label.id, typed, || term(&label.id), &label.name, Kind::Term);
            }
        }
        "by" => {
            for reviewer in known.people.reviewers() {
                found.add(reviewer, typed, || term(reviewer), "a reviewer", Kind::Term);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Criterion, DatasetBuilder, Dimension, Judge, NewPrompt, NewResponse, Node, Rubric, Scale};
    use crate::scoring::compile;
    use proptest::prelude::*;

    fn with_known<T>(test: impl FnOnce(&Known<'_>) -> T) -> T {
        let mut dimension = Dimension::new("structure", "Structure");
        dimension.children = vec![Node::Criterion(Criterion::new("tone", "Tone", Judge::Human(Scale::YesNo)))];
        let rubric = compile(&Rubric { dimensions: vec![dimension], ..Rubric::default() }, None).rubric;
        let mut builder = DatasetBuilder::default();
        let prompt = builder.add_prompt(NewPrompt { id: "p1", text: "Why?\nHow?", ..NewPrompt::default() }).unwrap();
        for model in ["gpt-4", "my gpt", "llama"] {
            let new = NewResponse { id: model, prompt, model, text: Ok("x"), metadata: None, source: 0, row: 0 };
            builder.add_response(new).unwrap();
        }
        let filters = [SavedFilter { name: "Worst first".into(), query: "score<0.3 rated:no".into() }];
        let labels = [SpanLabel { id: "claim".into(), name: "A claim".into(), guidance: String::new() }];
        let (dataset, people) = (builder.finish(), Judgements::default());
        let (labels, filters) = (&labels[..], &filters[..]);
        test(&Known { rubric: &rubric, dataset: &dataset, people: &people, labels, filters })
    }

    /// `input` has the cursor at `|`; what it becomes with each completion.
    #[track_caller]
    fn check(input: &str, expected: &[&str]) {
        let cursor = input.find('|').unwrap();
        let input = input.replace('|', "");
        let become_what = |completion: Completion| {
            let mut text = input.clone();
            text.replace_range(completion.range, &completion.text);
            text
        };
        let found: Vec<String> =
            with_known(|known| complete(&input, cursor, known)).into_iter().map(become_what).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_become_keys_ids_names_and_saved_filters() {
        check("mo|", &["model:"]);
        check("x -mod|el:y", &["x -model:"]);
        check("stru|", &["structure<"]);
        check("ton|", &["tone<"]);
        check("model:gp|", &["model:gpt-4", "model:\"my gpt\""]);
        check("a model:ll| b", &["a model:llama b"]);
        check("rated:|", &["rated:yes", "rated:no", "rated:partly", "rated:stale"]);
        check("rated:st|", &["rated:stale"]);
        check("rating:|", &["rating:tone>="]);
        check("label:c|", &["label:claim"]);
        check("prompt:p|", &["prompt:p1"]);
        check("wor|", &["score<0.3 rated:no"]);
        check("x wor|", &[]);
    }

    #[test]
    fn what_says_all_it_can_is_left_alone() {
        check("rated:yes|", &[]);
        check("model:gpt-4|", &[]);
        check("score<0.|", &[]);
        check("text:\"hal|", &[]);
        check("zzz|", &[]);
    }

    #[test]
    fn each_says_what_it_means_in_one_line() {
        let help = with_known(|known| complete("prompt:", 7, known)[0].help.clone());
        assert_eq!(help, "Why?");
    }

    proptest! {
        #[test]
        fn never_panics_and_stays_within_the_text(input in ".{0,30}", at in 0usize..40) {
            let cursor = (0..=at.min(input.len())).rev().find(|&at| input.is_char_boundary(at)).unwrap_or(0);
            for completion in with_known(|known| complete(&input, cursor, known)) {
                prop_assert!(input.get(completion.range).is_some());
            }
        }
    }
}
