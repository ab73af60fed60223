//! Whatever a rubric holds survives being written and read; whatever a file holds, reading it does not fail.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use rubrica::checks::params::{Bounds, Choice, Param, ParamVisitor, Parameters as _, TextKind};
use rubrica::checks::{Check, KINDS};
use rubrica::io::ron_tree::{self, Number, Shape, Value};
use rubrica::io::rubric_file::{read, write};
use rubrica::model::{
    Clip, Combine, Criterion, Dimension, Example, Expected, Gate, Judge, Node, Rubric, Scale, SpanLabel,
};

/// Texts of what is hard to write: quotes, hashes, backslashes, line breaks, what is not seen, any script.
fn text() -> impl Strategy<Value = String> {
    let hard =
        ["\"", "\"#", "##", "\\", "\\n", "\n", "\r\n", "\t", "\0", "\u{202e}", "//", "/*", "é", "語", "a b", "r#\""];
    let hard = vec(proptest::sample::select(hard.to_vec()), 0..6).prop_map(|parts| parts.concat());
    prop_oneof![hard, ".{0,120}", "[a-z ]{0,12}"]
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![Just(0.0), Just(1.0), -10.0..10.0, any::<f64>().prop_filter("finite", |x| x.is_finite())]
}

/// A check of any kind with any parameters, whatever kinds there are.
fn check() -> impl Strategy<Value = Check> {
    (vec(text(), 1..8), vec(any::<u32>(), 24)).prop_map(|(texts, draws)| {
        let mut any = Any { texts, draws, drawn: 0, depth: 0 };
        any.some_check()
    })
}

/// Sets every parameter to something drawn beforehand.
struct Any {
    texts: Vec<String>,
    draws: Vec<u32>,
    drawn: usize,
    depth: usize,
}

impl Any {
    fn draw(&mut self) -> u32 {
        self.drawn += 1;
        self.draws[self.drawn % self.draws.len()]
    }

    fn below(&mut self, end: usize) -> usize {
        self.draw() as usize % end
    }

    fn some_text(&mut self) -> String {
        let index = self.below(self.texts.len());
        self.texts[index].clone()
    }

    fn some_check(&mut self) -> Check {
        let mut check = (KINDS[self.below(KINDS.len())].new)();
        self.depth += 1;
        check.visit(self);
        self.depth -= 1;
        check
    }
}

impl ParamVisitor for Any {
    fn text(&mut self, _: Param, _: TextKind, value: &mut String) {
        *value = self.some_text();
    }
    fn texts(&mut self, _: Param, value: &mut Vec<String>) {
        *value = (0..self.below(5)).map(|_| self.some_text()).collect();
    }
    fn flag(&mut self, _: Param, value: &mut bool) {
        *value = self.draw().is_multiple_of(2);
    }
    fn count(&mut self, _: Param, bounds: Bounds, value: &mut Option<u32>) {
        let within = f64::from(self.draw()).clamp(bounds.min, bounds.max) as u32;
        *value = self.draw().is_multiple_of(2).then_some(within);
    }
    fn number(&mut self, _: Param, bounds: Bounds, value: &mut f64) {
        *value = (f64::from(self.draw()) / f64::from(u32::MAX)).clamp(bounds.min, bounds.max);
    }
    fn choice(&mut self, _: Param, choices: &'static [Choice], value: &mut (usize, u32)) {
        let index = self.below(choices.len());
        *value = (index, choices[index].count.map_or(0, |(_, least)| self.draw().max(least)));
    }
    fn check(&mut self, _: Param, value: &mut Check) {
        if self.depth < 3 {
            *value = self.some_check();
        }
    }
    fn checks(&mut self, _: Param, value: &mut Vec<Check>) {
        let count = if self.depth < 3 { self.below(3) } else { 0 };
        *value = (0..count).map(|_| self.some_check()).collect();
    }
}

fn criterion() -> impl Strategy<Value = Criterion> {
    let judge = prop_oneof![
        check().prop_map(Judge::Check),
        Just(Judge::Human(Scale::YesNo)),
        vec(text(), 2..5).prop_map(|points| Judge::Human(Scale::Points(points))),
        (number(), number()).prop_map(|(least, most)| Judge::Human(Scale::Range { least, most }))
    ];
    let gate = prop_oneof![Just(Gate::Nothing), Just(Gate::Fail), (0.0..=1.0).prop_map(Gate::Cap)];
    (text(), text(), [number(), number(), number()], 0.0..=1.0, gate, judge).prop_map(
        |(name, guidance, [weight, when_met, when_unmet], met_at, if_unmet, judge)| Criterion {
            guidance,
            weight,
            when_met,
            when_unmet,
            met_at,
            if_unmet,
            ..Criterion::new("", name, judge)
        },
    )
}

fn dimension() -> impl Strategy<Value = Dimension> {
    let leaf = criterion().prop_map(Node::Criterion);
    let node = leaf.prop_recursive(3, 12, 3, |inner| {
        (text(), text(), number(), vec(inner, 0..3)).prop_map(|(name, description, weight, children)| {
            Node::Dimension(Dimension { description, weight, children, ..Dimension::new("", name) })
        })
    });
    (text(), text(), number(), vec(node, 0..3)).prop_map(|(name, description, weight, children)| Dimension {
        description,
        weight,
        children,
        ..Dimension::new("", name)
    })
}

fn expected() -> impl Strategy<Value = Expected> {
    prop_oneof![
        number().prop_map(Expected::Exactly),
        number().prop_map(Expected::AtLeast),
        number().prop_map(Expected::AtMost),
        (number(), number()).prop_map(|(a, b)| Expected::Between(a.min(b), a.max(b))),
        Just(Expected::Unscored)
    ]
}

fn example() -> impl Strategy<Value = Example> {
    let values = proptest::collection::btree_map(text(), expected(), 0..4);
    let expectations = (option::of(expected()), option::of(any::<bool>()), values);
    (text(), option::of(text()), text(), expectations).prop_map(|(prompt, reference, text, (score, passed, values))| {
        Example { prompt, reference, text, score, passed, values: values.into_iter().collect(), ..Example::default() }
    })
}

/// Sound rubrics; ids and the names of examples are unique, as they must be.
fn rubric() -> impl Strategy<Value = Rubric> {
    let clip = prop_oneof![Just(Clip::Score), Just(Clip::Mean)];
    let combine = prop_oneof![Just(Combine::Mean), Just(Combine::Median), Just(Combine::Majority)];
    let tree = (vec(dimension(), 0..3), vec((text(), text()), 0..3), vec(example(), 0..3));
    (text(), text(), option::of(0.0..=1.0), clip, combine, tree).prop_map(
        |(name, description, pass_mark, clip, combine, (mut dimensions, labels, mut examples))| {
            let mut next = 0;
            dimensions.iter_mut().for_each(|dimension| number_ids(dimension, &mut next));
            for (index, example) in examples.iter_mut().enumerate() {
                example.name = format!("“{index}\"");
            }
            let label = |(index, (name, guidance))| SpanLabel { id: format!("l{index}"), name, guidance };
            let labels = labels.into_iter().enumerate().map(label).collect();
            Rubric { name, description, pass_mark, clip, combine, dimensions, labels, examples }
        },
    )
}

fn number_ids(dimension: &mut Dimension, next: &mut usize) {
    *next += 1;
    dimension.id = format!("n-{next}");
    for child in &mut dimension.children {
        match child {
            Node::Dimension(inner) => number_ids(inner, next),
            Node::Criterion(criterion) => {
                *next += 1;
                criterion.id = format!("n_{next}.é");
            }
        }
    }
}

/// Pieces a broken file is made of.
fn broken() -> impl Strategy<Value = String> {
    let pieces = [
        "(",
        ")",
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "\"",
        "'",
        "\\",
        "\n",
        " ",
        "//",
        "/*",
        "*/",
        "r#\"",
        "\"#",
        "#",
        "b\"",
        "Rubric(",
        "Criterion(",
        "dimensions: [",
        "criteria: [",
        "id: \"a\"",
        "check: ",
        "Phrases(",
        "need: ",
        "1.5",
        "-",
        "Some(",
        "None",
        "0x",
        "é",
        "\u{feff}",
        "\\u{",
        "=",
        "format: 2,",
        "examples: [",
        "values: {",
        "text",
    ];
    vec(proptest::sample::select(pieces.to_vec()), 0..60).prop_map(|pieces| pieces.concat())
}

/// A RON value as source, of all notations.
fn source() -> impl Strategy<Value = String> {
    let blank = prop_oneof![Just(""), Just(" "), Just("\n"), Just("/* a /* b */ */"), Just("// c\n")];
    let leaf = prop_oneof![
        any::<i64>().prop_map(|n| n.to_string()),
        any::<f64>().prop_map(|x| format!("{x:?}")),
        any::<u32>().prop_map(|n| format!("{n:#x}")),
        any::<u32>().prop_map(|n| format!("-{n:#b}")),
        text().prop_map(|text| format!("{text:?}").replace("\\u{0}", "\\0")),
        any::<char>().prop_filter("plain", |c| !"'\\".contains(*c)).prop_map(|c| format!("'{c}'")),
        Just("r##\"a\"# \\ \"##".to_owned()),
        Just("None".to_owned()),
        Just("true".to_owned()),
        Just("()".to_owned()),
        Just("1_000.5e-3".to_owned()),
    ];
    (blank.clone(), leaf, blank).prop_map(|(before, leaf, after)| format!("{before}{leaf}{after}")).prop_recursive(
        4,
        24,
        4,
        |inner| {
            let comma = prop_oneof![Just(""), Just(",")];
            let items = (vec(inner.clone(), 1..4), comma.clone()).prop_map(|(items, end)| items.join(",") + end);
            let entries = (vec((inner.clone(), inner), 1..4), comma);
            prop_oneof![
                items.clone().prop_map(|items| format!("[{items}]")),
                items.clone().prop_map(|items| format!("({items})")),
                items.prop_map(|items| format!("Some({})", items.split_once(',').map_or("1", |_| "2"))),
                entries.clone().prop_map(|(entries, end)| {
                    let entry = |(key, value): &(String, String)| format!("{key}:{value}");
                    format!("{{{}{end}}}", entries.iter().map(entry).collect::<Vec<_>>().join(","))
                }),
                entries.prop_map(|(entries, end)| {
                    let field = |(index, (_, value)): (usize, &(String, String))| format!("f{index} : {value}");
                    format!("Name({}{end})", entries.iter().enumerate().map(field).collect::<Vec<_>>().join(","))
                }),
            ]
        },
    )
}

/// Whether the two readers saw the same texts, numbers and truths in the same places.
fn agree(ours: &Value, theirs: &ron::Value) -> bool {
    match (&ours.shape, theirs) {
        (Shape::Text(text), ron::Value::String(other)) => text.value == *other,
        (Shape::Char(c), ron::Value::Char(other)) => c == other,
        (Shape::Bool(flag), ron::Value::Bool(other)) => flag == other,
        (Shape::Number(Number::Integer(n)), ron::Value::Number(other)) => *n as f64 == other.into_f64(),
        (Shape::Number(Number::Float(x)), ron::Value::Number(other)) => {
            let other = other.into_f64();
            x == &other || (x.is_nan() && other.is_nan()) || (*x as f32) == (other as f32)
        }
        (Shape::Name(name), ron::Value::Option(None)) => name.text == "None",
        (Shape::Tuple(Some(name), items), ron::Value::Option(Some(other))) => {
            name.text == "Some" && agree(&items[0], other)
        }
        (Shape::Tuple(_, items), ron::Value::Unit) => items.is_empty(),
        (Shape::Tuple(_, items) | Shape::List(items), ron::Value::Seq(others)) => {
            items.len() == others.len() && items.iter().zip(others).all(|(item, other)| agree(item, other))
        }
        (Shape::Struct(_, fields), ron::Value::Map(others)) => fields.iter().all(|field| {
            let found = others.iter().find(|(key, _)| **key == ron::Value::String(field.name.text.clone()));
            found.is_some_and(|(_, other)| agree(&field.value, other))
        }),
        (Shape::Map(entries), ron::Value::Map(others)) => entries.len() >= others.len(),
        _ => false,
    }
}

/// All ranges of a tree lie inside each other and on characters.
fn assert_sound(value: &Value, source: &str) {
    assert!(source.get(value.range.clone()).is_some(), "{:?} in {source:?}", value.range);
    let inside = |inner: &Value| {
        assert!(value.range.start <= inner.range.start && inner.range.end <= value.range.end, "{source:?}");
        assert_sound(inner, source);
    };
    match &value.shape {
        Shape::Tuple(_, items) | Shape::List(items) => items.iter().for_each(inside),
        Shape::Struct(_, fields) => fields.iter().map(|field| &field.value).for_each(inside),
        Shape::Map(entries) => entries.iter().flat_map(|(key, value)| [key, value]).for_each(inside),
        _ => {}
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_on_the_way(rubric in rubric()) {
        let written = write(&rubric, "// Kept.");
        let reading = read(&written);
        prop_assert!(reading.problems.is_empty(), "{:?}\n{written}", reading.problems);
        prop_assert_eq!(reading.rubric.as_ref(), Some(&rubric));
        prop_assert_eq!(write(&rubric, &reading.header), written.clone());
        prop_assert!(ron::from_str::<ron::Value>(&written).is_ok(), "{written}");
    }

    #[test]
    fn any_text_can_be_read(source in "\\PC{0,200}|(?s).{0,200}") {
        let reading = read(&source);
        for problem in &reading.problems {
            prop_assert!(source.is_char_boundary(problem.range.start));
            prop_assert!(!problem.render("r.ron", &source).is_empty());
        }
    }

    #[test]
    fn any_broken_file_can_be_read(source in broken()) {
        let tree = ron_tree::parse(&source);
        if let Some(root) = &tree.root {
            assert_sound(root, &source);
        }
        prop_assert!(tree.root.is_some() || !tree.errors.is_empty());
        let reading = read(&source);
        for problem in &reading.problems {
            prop_assert!(source.is_char_boundary(problem.range.start));
            prop_assert!(!problem.render("r.ron", &source).is_empty());
        }
    }

    #[test]
    fn a_file_with_a_slip_can_be_read(rubric in rubric(), at in 0.0..1.0, length in 0..4_usize, slip in broken()) {
        let mut source = write(&rubric, "");
        let start = source.floor_char_boundary((source.len() as f64 * at) as usize);
        let end = source.ceil_char_boundary((start + length).min(source.len()));
        source.replace_range(start..end, &slip);
        for problem in &read(&source).problems {
            prop_assert!(source.is_char_boundary(problem.range.start));
        }
    }

    #[test]
    fn sound_ron_is_read_as_others_read_it(source in source()) {
        let theirs = ron::from_str::<ron::Value>(&source);
        prop_assume!(theirs.is_ok());
        let tree = ron_tree::parse(&source);
        prop_assert!(tree.errors.is_empty(), "{:?}\n{source}", tree.errors);
        prop_assert!(agree(&tree.root.unwrap(), &theirs.unwrap()), "{source}");
    }

    #[test]
    fn what_others_refuse_is_refused(source in broken()) {
        // `Some` and `None` are ordinary names to the tree, and a byte order mark is skipped.
        prop_assume!(!source.contains("Some") && !source.contains("None"));
        if ron_tree::parse(&source).errors.is_empty() {
            let theirs = ron::from_str::<ron::Value>(source.trim_start_matches('\u{feff}'));
            prop_assert!(theirs.is_ok(), "{theirs:?}\n{source}");
        }
    }
}

/// The least time of three for reading `source`, in seconds.
fn seconds(source: &str) -> f64 {
    let time = || {
        let start = std::time::Instant::now();
        std::hint::black_box(read(source));
        start.elapsed().as_secs_f64()
    };
    (0..3).map(|_| time()).fold(f64::INFINITY, f64::min)
}

#[test]
fn reading_takes_linear_time() {
    let hard =
        ["\"\\\n", "'\\'", "/*", "[", "(a:", "{\"a\":", "r#\"", "\"\n\\\"", ",", "]", "a: \"x\" ", "\"a", "@", "(a:1,"];
    for piece in hard {
        let (small, large) = (format!("({}", piece.repeat(4_000)), format!("({}", piece.repeat(64_000)));
        let (short, long) = (seconds(&small), seconds(&large));
        // Sixteen times the text; quadratic time would be 256 times as long.
        assert!(long < 80.0 * short.max(0.001), "{piece:?} repeated: {short} s, then {long} s");
    }
}
