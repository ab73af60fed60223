//! One suite for all checks: `checks.toml` holds texts with what each check must say of them.
//!
//! A case is a table:
//!
//! - `name`: what it shows;
//! - `check`: `{ Kind = { parameter = value … } }`;
//! - `text`: the response, with the evidence marked: `«supports»`, `‹violates›`; `repeat` repeats it;
//! - `hits`: instead of marks, where hits overlap: `["+0..4", "-2..6"]` in bytes;
//! - `value`: a number, `"n/a"`, `"no reference"` or `"step limit"`;
//! - `missing`: what is named as missing, none by default;
//! - `reference`: the reference answer;
//! - `problem`: instead of text and value, what is wrong: `"parameter@offset: part of the message"`.

#![allow(clippy::unwrap_used, reason = "a case that is not as described fails its test")]

use proptest::prelude::*;
use rubrica::checks::params::{Bounds, Choice, Param, ParamVisitor, Parameters, TextKind};
use rubrica::checks::{Check, Collected, CompiledCheck, Hit, Input, KINDS, ParamProblem, Reason, Verdict};
use rubrica::checks::{MAX_DEPTH, NoneOf, Pattern, Phrases};
use rubrica::text::Span;
use std::sync::LazyLock;
use toml::{Table, Value};

/// Reads parameters from a table; each key read is removed.
struct FromToml(Table);

impl FromToml {
    fn take(&mut self, param: Param) -> Option<Value> {
        self.0.remove(param.name)
    }
}

impl ParamVisitor for FromToml {
    fn text(&mut self, param: Param, _: TextKind, value: &mut String) {
        if let Some(given) = self.take(param) {
            *value = given.as_str().unwrap().to_owned();
        }
    }
    fn texts(&mut self, param: Param, value: &mut Vec<String>) {
        if let Some(given) = self.take(param) {
            *value = given.try_into().unwrap();
        }
    }
    fn flag(&mut self, param: Param, value: &mut bool) {
        if let Some(given) = self.take(param) {
            *value = given.as_bool().unwrap();
        }
    }
    fn count(&mut self, param: Param, _: Bounds, value: &mut Option<u32>) {
        if let Some(given) = self.take(param) {
            *value = Some(given.try_into().unwrap());
        }
    }
    fn number(&mut self, param: Param, _: Bounds, value: &mut f64) {
        if let Some(given) = self.take(param) {
            *value = given.as_float().or(given.as_integer().map(|n| n as f64)).unwrap();
        }
    }
    fn choice(&mut self, param: Param, choices: &'static [Choice], value: &mut (usize, u32)) {
        let Some(given) = self.take(param) else { return };
        let (name, count) = match &given {
            Value::String(name) => (name.as_str(), 0),
            Value::Table(table) => {
                let (name, count) = table.iter().next().unwrap();
                (name.as_str(), u32::try_from(count.as_integer().unwrap()).unwrap())
            }
            other => panic!("{other} is no choice"),
        };
        let index = choices.iter().position(|choice| choice.name == name).expect("an alternative of that name");
        *value = (index, count);
    }
    fn check(&mut self, param: Param, value: &mut Check) {
        if let Some(given) = self.take(param) {
            *value = read_check(given);
        }
    }
    fn checks(&mut self, param: Param, value: &mut Vec<Check>) {
        if let Some(given) = self.take(param) {
            *value = given.as_array().unwrap().iter().cloned().map(read_check).collect();
        }
    }
}

fn read_check(given: Value) -> Check {
    let Value::Table(table) = given else { panic!("a check is a table") };
    let (name, params) = table.into_iter().next().expect("a check has a kind");
    let kind = KINDS.iter().find(|kind| kind.name == name).unwrap_or_else(|| panic!("no kind is called {name}"));
    let mut check = (kind.new)();
    let mut reader = FromToml(params.as_table().expect("parameters are a table").clone());
    check.visit(&mut reader);
    assert!(reader.0.is_empty(), "{name} has no parameter {:?}", reader.0.keys().collect::<Vec<_>>());
    check
}

/// The text without its marks, and the hits they mark.
fn unmark(marked: &str) -> (String, Vec<Hit>) {
    let (mut text, mut hits, mut start) = (String::new(), Vec::new(), 0);
    for c in marked.chars() {
        match c {
            '«' | '‹' => start = text.len(),
            '»' | '›' => hits.push(Hit { span: Span::new(start..text.len()), violates: c == '›' }),
            c => text.push(c),
        }
    }
    (text, hits)
}

fn read_hit(written: &str) -> Hit {
    let (start, end) = written[1..].split_once("..").unwrap();
    Hit { span: Span::new(start.parse().unwrap()..end.parse().unwrap()), violates: written.starts_with('-') }
}

/// Both passes, which must agree and point at whole characters inside the text.
#[track_caller]
fn run(check: &CompiledCheck, input: &Input<'_>) -> (Verdict, Collected) {
    let (verdict, collected) = check.explain(input);
    assert_eq!(check.count(input), (verdict, collected.hits.len() as u32), "the passes differ");
    assert_eq!(check.judge(input), verdict, "the passes differ");
    for hit in &collected.hits {
        assert!(input.text.get(hit.span.range()).is_some_and(|found| !found.is_empty()), "{hit:?} is no place");
    }
    if let Verdict::Value(value) = verdict {
        assert!((0.0..=1.0).contains(&value), "{value} is no value");
    }
    (verdict, collected)
}

fn texts(case: &Table, key: &str) -> Vec<String> {
    case.get(key).map_or(Vec::new(), |list| list.clone().try_into().unwrap())
}

/// Every mistake that `problem` names must be found: `parameter@offset: part of the message`, between bars.
#[track_caller]
fn check_problems(check: &Check, problem: &str) {
    let place = |p: &ParamProblem| p.offset.map_or(p.param.clone(), |offset| format!("{}@{offset}", p.param));
    let words = |p: &ParamProblem| format!("{} {}", p.message, p.hint.as_deref().unwrap_or(""));
    let found: Vec<_> = check.compile().expect_err("a problem").iter().map(|p| (place(p), words(p))).collect();
    for expected in problem.split('|') {
        let (place, words) = expected.split_once(": ").unwrap();
        assert!(found.iter().any(|(at, said)| at == place && said.contains(words)), "no {expected:?} in {found:?}");
    }
    assert_eq!(found.len(), problem.split('|').count(), "{found:?}");
}

#[track_caller]
fn check(case: &Table) {
    let check = read_check(case["check"].clone());
    if let Some(problem) = case.get("problem") {
        return check_problems(&check, problem.as_str().unwrap());
    }
    let compiled = check.compile().expect("the parameters are right");
    let repeat = case.get("repeat").map_or(1, |n| n.as_integer().unwrap() as usize);
    let (text, mut expected) = unmark(&case["text"].as_str().unwrap().repeat(repeat));
    expected.extend(texts(case, "hits").iter().map(|hit| read_hit(hit)));
    expected.sort_by_key(|hit| hit.span);
    let reference = case.get("reference").map(|reference| reference.as_str().unwrap());
    let (verdict, mut found) = run(&compiled, &Input { text: &text, prompt: "", reference });
    found.hits.sort_by_key(|hit| hit.span);
    let value = match &case["value"] {
        Value::String(word) => match word.as_str() {
            "n/a" => Verdict::NotApplicable,
            "no reference" => Verdict::Invalid(Reason::NoReference),
            "step limit" => Verdict::Invalid(Reason::StepLimit),
            other => panic!("{other} is no verdict"),
        },
        Value::Integer(value) => Verdict::Value(*value as f64),
        value => Verdict::Value(value.as_float().unwrap()),
    };
    match (verdict, value) {
        (Verdict::Value(a), Verdict::Value(b)) => assert!((a - b).abs() < 1e-9, "value {a}, not {b}: {found:?}"),
        (a, b) => assert_eq!(a, b),
    }
    let show = |hits: &[Hit]| -> Vec<_> {
        hits.iter().map(|hit| (if hit.violates { "-" } else { "+" }, hit.span, hit.span.of(&text).to_owned())).collect()
    };
    assert_eq!(show(&found.hits), show(&expected), "evidence");
    assert_eq!(found.missing, texts(case, "missing"), "missing");
}

static CASES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let mut suite: Table = include_str!("checks.toml").parse().unwrap_or_else(|error| panic!("checks.toml: {error}"));
    suite.remove("case").unwrap().try_into().unwrap()
});

#[test]
fn every_case_of_the_suite() {
    const KEYS: &[&str] = &["name", "check", "text", "repeat", "hits", "value", "missing", "reference", "problem"];
    let mut failed = Vec::new();
    for case in CASES.iter() {
        let name = case["name"].as_str().unwrap();
        assert!(case.keys().all(|key| KEYS.contains(&key.as_str())), "{name}: a key that means nothing");
        if std::panic::catch_unwind(|| check(case)).is_err() {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "these cases fail, for the reasons above: {failed:#?}");
}

#[test]
fn the_suite_has_every_kind_and_no_name_twice() {
    let mut names: Vec<_> = CASES.iter().map(|case| case["name"].as_str().unwrap()).collect();
    names.sort_unstable();
    let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "these names stand twice: {twice:?}");
    for kind in KINDS {
        let cases = CASES.iter().filter(|case| case["check"].as_table().unwrap().contains_key(kind.name));
        assert!(cases.count() >= 3, "{} has too few cases", kind.name);
    }
}

#[test]
fn nesting_ends_at_its_limit() {
    let nested = |depth: usize| {
        let leaf = Check::Phrases(Phrases { phrases: vec!["a".to_owned()], ..Phrases::default() });
        (0..depth).fold(leaf, |inner, _| Check::NoneOf(NoneOf { checks: vec![inner] }))
    };
    let deepest = nested(MAX_DEPTH).compile().expect("as deep as allowed");
    assert_eq!(run(&deepest, &Input { text: "a", ..Input::default() }).0, Verdict::Value(1.0));
    let problems = nested(MAX_DEPTH + 1).compile().expect_err("too deep");
    assert!(problems[0].message.contains("nested more than"), "{problems:?}");
}

#[test]
fn a_long_text_takes_time_in_proportion() {
    const CHECKS: &[&str] = &[
        "phrases: different phrases may overlap",
        "sections: Markdown headings",
        "pattern: look-ahead",
        "pattern: a group equals the value",
        "length: a soft edge above",
        "json: the first value in prose",
        "code block: a short name of the language",
        "equals: inner white space",
        "contains: letter case beyond ASCII",
        "contains: a number within the tolerance",
        "none: half",
    ];
    const PARTS: &[&str] = &[
        "{\"a\": [",
        "[",
        "\"[",
        "[1,",
        "Name: ",
        "**",
        "__a__:\n",
        "(",
        "1",
        "1,111",
        "1.",
        "-$",
        "```\n",
        "# #",
        "1: ",
        "\n",
        "a\u{301}",
        "--\n",
        "x\n==\n",
        "foobar",
        "İ",
    ];
    let started = std::time::Instant::now();
    for case in CASES.iter().filter(|case| CHECKS.contains(&case["name"].as_str().unwrap())) {
        let check = read_check(case["check"].clone()).compile().unwrap();
        for part in PARTS {
            let text = part.repeat(300_000 / part.len());
            run(&check, &Input { text: &text, prompt: "", reference: Some("1") });
        }
    }
    // In proportion it takes seconds; a search that goes back to the start at every byte would take hours.
    assert!(started.elapsed().as_secs() < 200, "took {:?}", started.elapsed());
}

#[test]
fn look_around_searches_megabytes() {
    let check = Check::Pattern(Pattern { pattern: "(?<=x)y|foo(?!bar)".to_owned(), ..Pattern::default() });
    let text = "the quick brown foobar jumps over it ".repeat(80_000);
    assert_eq!(run(&check.compile().unwrap(), &Input { text: &text, ..Input::default() }).0, Verdict::Value(0.0));
}

/// All checks of the suite that compile.
static COMPILED: LazyLock<Vec<CompiledCheck>> =
    LazyLock::new(|| CASES.iter().filter_map(|case| read_check(case["check"].clone()).compile().ok()).collect());

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_text_gets_a_value_and_whole_characters(
        text in "(\\PC|[-#*_:=`.,{}\\[\\]\"0-9 \n\r\tİß\u{301}\u{2028}\u{200d}]|\\*\\*|```json\n|```|## |Steps|Answer: |👩‍👩‍👧|TODO){0,80}",
        reference in proptest::option::of("\\PC{0,4}|[0-9]{1,3}|Steps"),
    ) {
        for check in COMPILED.iter() {
            run(check, &Input { text: &text, prompt: "", reference: reference.as_deref() });
        }
    }
}
