//! Rubric files as people write them: what is read, what is written, and what is said of a mistake.

use rubrica::io::rubric_file::{Diagnostic, Reading, read, write};
use rubrica::model::{Clip, Combine, Gate, Judge, Level, NodePath, Problem, Scale};

/// One problem a line: `line:column: message / hint`.
fn report(reading: &Reading) -> String {
    let line = |problem: &Diagnostic| {
        let level = if problem.level == Level::Warning { "warning: " } else { "" };
        let hint = problem.hint.as_ref().map_or(String::new(), |hint| format!(" / {hint}"));
        format!("{}:{}: {level}{}{hint}", problem.line, problem.column, problem.message)
    };
    reading.problems.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[track_caller]
fn check(source: &str, expected: &[&str]) {
    assert_eq!(report(&read(source)), expected.join("\n"), "{source}");
}

/// A criterion, alone in its rubric; it begins at 1:44 and its fields at 1:54.
#[track_caller]
fn check_criterion(fields: &str, expected: &[&str]) {
    check(&format!("(dimensions: [(id: \"d\", criteria: [        Criterion({fields})])])"), expected);
}

const GOOD: &str = r#"
// A comment.
Rubric(
    format: 1,
    name: "Good",
    pass_mark: Some(0.7),
    clip: Mean,
    combine: Median,
    dimensions: [
        Dimension(id: "a", weight: -2, description: None, criteria: [
            Criterion(id: "a1", name: "First", if_unmet: Cap(0.5), check: Phrases(phrases: ["x"], need: Saturate(3))),
            (id: "a2", when_met: 2, human: Points(["bad", "good"])),
            (id: "b", criteria: [(id: "b1", human: YesNo, if_unmet: Fail)]),
        ]),
    ],
    examples: [(name: "e", text: "x", score: 0.5, values: {"a1": AtLeast(0.9), "b": Unscored})],
)
"#;

#[test]
fn a_sound_file_is_read() {
    let reading = read(GOOD);
    assert_eq!(report(&reading), "");
    assert_eq!(reading.header, "// A comment.");
    let rubric = reading.rubric.unwrap();
    assert_eq!((rubric.pass_mark, rubric.clip, rubric.combine), (Some(0.7), Clip::Mean, Combine::Median));
    assert_eq!(rubric.ids().join(" "), "a a1 a2 b b1");
    let criteria = rubric.criteria();
    assert_eq!(criteria[0].1.if_unmet, Gate::Cap(0.5));
    assert_eq!(criteria[0].1.name, "First");
    assert_eq!(criteria[1].1.judge, Judge::Human(Scale::Points(vec!["bad".into(), "good".into()])));
    assert_eq!(criteria[1].1.name, "a2", "the name defaults to the id");
    assert_eq!(criteria[2].0.to_string(), "dimensions[0].criteria[2].criteria[0]");
}

#[test]
fn a_check_that_is_left_out_inside_another_is_named() {
    let source = "(dimensions: [(id: \"d\", criteria: [(id: \"c\", check: IfThen(if: CodeBlock()))])])";
    let reading = read(source);
    let compiled = rubrica::scoring::compile(reading.rubric.as_ref().unwrap(), None);
    let said: Vec<String> = reading.diagnostics(&compiled.problems).into_iter().map(|d| d.message).collect();
    assert_eq!(said, ["`then.phrases`: The list is empty."]);
}

#[test]
fn a_file_is_written_in_one_layout() {
    let rubric = read(GOOD).rubric.unwrap();
    let expected = r#"// A comment.
Rubric(
    format: 1,
    name: "Good",
    pass_mark: 0.7,
    clip: Mean,
    combine: Median,
    dimensions: [
        Dimension(
            id: "a",
            weight: -2.0,
            criteria: [
                Criterion(
                    id: "a1",
                    name: "First",
                    if_unmet: Cap(0.5),
                    check: Phrases(phrases: ["x"], need: Saturate(3)),
                ),
                Criterion(
                    id: "a2",
                    when_met: 2.0,
                    human: Points(["bad", "good"]),
                ),
                Dimension(
                    id: "b",
                    criteria: [
                        Criterion(
                            id: "b1",
                            if_unmet: Fail,
                            human: YesNo,
                        ),
                    ],
                ),
            ],
        ),
    ],
    examples: [
        Example(
            name: "e",
            text: "x",
            score: 0.5,
            values: {"a1": AtLeast(0.9), "b": Unscored},
        ),
    ],
)
"#;
    assert_eq!(write(&rubric, "// A comment."), expected);
}

#[test]
fn what_does_not_fit_one_line_takes_one_line_each() {
    let phrases: Vec<String> = (0..9).map(|n| format!("a rather long phrase {n}")).collect();
    let source = format!("(dimensions: [(id: \"d\", criteria: [(id: \"c\", check: Phrases(phrases: {phrases:?}))])])");
    let written = write(&read(&source).rubric.unwrap(), "");
    let check = "                    check: Phrases(\n                        phrases: [\n                            \
                 \"a rather long phrase 0\",\n";
    assert!(written.contains(check), "{written}");
    assert!(written.lines().all(|line| line.chars().count() <= 100), "{written}");
}

#[test]
fn comments_at_the_top_are_kept() {
    let header = "// One.\n\n/* Two,\n   /* nested */ */\n// Three.";
    let source = format!("\n{header}\n\n#![enable(implicit_some)]\n(name: \"x\")");
    let reading = read(&source);
    assert_eq!(reading.header, header);
    let written = write(&reading.rubric.unwrap(), &reading.header);
    assert!(written.starts_with(&format!("{header}\nRubric(\n")), "{written}");
    assert_eq!(read(&written).header, header);
}

#[test]
fn mistakes_in_the_file_as_a_whole() {
    check("", &["1:1: There is nothing in this file."]);
    check("// only words\n", &["2:1: There is nothing in this file."]);
    check(
        "{\"name\": \"x\"}",
        &["1:1: Expected a rubric, found a map. / Write Rubric(format: 1, name: \"…\", dimensions: […])."],
    );
    check(
        "Project(name: \"x\")",
        &["1:1: Expected a rubric, found `Project`. / A rubric file holds Rubric(format: 1, name: \"…\", \
           dimensions: […])."],
    );
    check(
        "(name: \"x\") (name: \"y\")",
        &["1:13: Expected the end of the file, found `(`. / A file holds one value; is a bracket closed too early?"],
    );
    check("(pass_mark: 70)", &["1:13: `pass_mark` must be from 0 to 1, is 70. / For 70 % write 0.7."]);
    check("(clip: Scores)", &["1:8: `clip` has no choice `Scores`. / Did you mean `Score`?"]);
    check(
        "(combine: \"Mean\")",
        &["1:11: `combine` must be one of Mean, Median, Majority, found a text. / Remove the quotes."],
    );
    check("(format: 1.5)", &["1:10: `format` must be a whole number, is 1.5."]);
    check(
        "(dimensions: (id: \"d\"))",
        &["1:14: `dimensions` must be a list of dimensions, found `(…)`. / Write it in square brackets, even for a \
           single one: `dimensions: […]`."],
    );
    check(
        "(dimensions: [Criterion(id: \"d\", human: YesNo)])",
        &[
            "1:15: A criterion cannot stand at the top. / Put it into the criteria of a dimension: Dimension(id: \"…\", \
           weight: 1.0, criteria: […]).",
        ],
    );
}

#[test]
fn a_file_of_a_newer_version_is_shown_but_not_trusted() {
    let reading = read("Rubric(format: 2, name: \"x\", mood: Happy)");
    assert_eq!(
        report(&reading),
        "1:16: The file has format 2; this version of Rubrica knows format 1. / A newer version of Rubrica made it: \
         use that one to change it. Here it opens read-only.\n\
         1:30: warning: `mood` is not a field of a rubric. / The fields are: format, name, description, pass_mark, \
         clip, combine, dimensions, labels, examples."
    );
    assert!(reading.newer && reading.has_errors());
    assert_eq!(reading.rubric.unwrap().name, "x");
}

#[test]
fn mistakes_in_a_criterion() {
    check_criterion("id: \"c\", human: YesNo", &[]);
    check_criterion(
        "id: \"c\"",
        &["1:44: The criterion needs `check` or `human`. / Add a check, for example Phrases(phrases: [\"…\"]), or \
           human: YesNo."],
    );
    check_criterion(
        "id: \"c\", human: YesNo, check: Phrases(phrases: [\"x\"])",
        &["1:44: A criterion has either `check` or `human`, not both. / Keep one; for both, make two criteria."],
    );
    check_criterion("name: \"No TODO\", human: YesNo", &["1:44: `id` is missing. / Add id: \"no-todo\"."]);
    check_criterion(
        "id: \"d\", human: YesNo",
        &["1:58: The id “d” is taken by line 1. / Give each dimension and criterion its own id."],
    );
    check_criterion(
        "id: \"no todo\", human: YesNo",
        &["1:58: “no todo” cannot be an id. / Use letters, digits, `-`, `_` and `.`, for example `no-todo`."],
    );
    check_criterion(
        "id: 'long', human: YesNo",
        &["1:58: Single quotes hold one character. / Write texts in double quotes."],
    );
    check_criterion(
        "id: \"c\", human: YesNo, weight: \"0.3\"",
        &["1:85: `weight` must be a number, found a text. / Remove the quotes."],
    );
    check_criterion(
        "id: \"c\", human: YesNo, weight: NaN",
        &["1:85: `weight` must be a finite number. / Use a number such as 1 or 0.5."],
    );
    check_criterion(
        "id: \"c\", human: YesNo, wieght: 1",
        &["1:77: `wieght` is not a field of a criterion. / Did you mean `weight`?"],
    );
    check_criterion(
        "id: \"c\", human: YesNo, colour: 1",
        &["1:77: `colour` is not a field of a criterion. / The fields are: id, name, guidance, weight, when_met, \
           when_unmet, met_at, if_unmet, check, human."],
    );
    check_criterion(
        "id: \"c\", human: YesNo,\nweight: 1,\nweight: 2",
        &["3:1: `weight` stands twice; the first is on line 2. / Keep one of them."],
    );
    check_criterion("id: \"c\", human: YesNo, met_at: -0.5", &["1:85: `met_at` must be from 0 to 1, is -0.5."]);
    check_criterion(
        "id: \"c\", human: YesNo, if_unmet: Cap(50)",
        &["1:91: `if_unmet` must be from 0 to 1, is 50. / For 50 % write 0.5."],
    );
    check_criterion(
        "id: \"c\", human: YesNo, if_unmet: Cap",
        &["1:87: `Cap` takes one value in brackets. / Write Cap(0.5)."],
    );
    check_criterion(
        "id: \"c\", human: Points([\"x\"])",
        &["1:70: A scale needs at least two points. / Write Points([\"absent\", \"partial\", \"complete\"]), worst \
           first."],
    );
}

#[test]
fn mistakes_in_a_check() {
    check_criterion(
        "id: \"c\", check: Phrasse(phrases: [\"x\"])",
        &["1:70: There is no check `Phrasse`. / Did you mean `Phrases`?"],
    );
    check_criterion(
        "id: \"c\", check: [\"x\"]",
        &["1:70: `check` must be a check, found a list. / Begin with the kind of check, for example Phrases(phrases: \
           [\"…\"])."],
    );
    check_criterion(
        "id: \"c\", check: Phrases(phrase: [\"x\"])",
        &["1:78: `phrase` is not a field of the check `Phrases`. / Did you mean `phrases`?"],
    );
    check_criterion(
        "id: \"c\", check: Phrases(phrases: \"x\")",
        &["1:87: `phrases` must be a list of texts, found a text. / Write it in square brackets, even for a single \
           one: `phrases: […]`."],
    );
    check_criterion(
        "id: \"c\", check: Phrases(phrases: [\"x\", 3, 4])",
        &[
            "1:93: `phrases[1]` must be a text, found a number. / Write it in double quotes.",
            "1:96: `phrases[2]` must be a text, found a number. / Write it in double quotes.",
        ],
    );
    check_criterion(
        "id: \"c\", check: Phrases(phrases: [\"x\"], need: Fractoin)",
        &["1:100: `need` has no choice `Fractoin`. / Did you mean `Fraction`?"],
    );
    check_criterion(
        "id: \"c\", check: Phrases(phrases: [\"x\"], need: AtLeast)",
        &["1:100: `AtLeast` takes one value in brackets. / Write AtLeast(2)."],
    );
    check_criterion(
        "id: \"c\", check: Phrases(phrases: [\"x\"], need: AtLeast(0))",
        &["1:108: `need` must be 1 or more, is 0."],
    );
    check_criterion(
        "id: \"c\", check: Phrases(phrases: [\"x\"], ignore_case: 1)",
        &["1:107: `ignore_case` must be true or false, found a number."],
    );
    check_criterion("id: \"c\", check: Phrases([\"x\"], Any, true)", &[]);
    check_criterion(
        "id: \"c\", check: Phrases([\"x\"], Any, true, true, true)",
        &["1:102: `Phrases` takes 4 parameters, found 5. / Remove what is too much."],
    );
}

#[test]
fn mistakes_in_examples() {
    check(
        "(examples: [(score: 1)])",
        &[
            "1:13: The example needs `name`. / Write Example(name: \"…\", text: \"…\", score: AtLeast(0.9)).",
            "1:13: The example needs `text`. / Write Example(name: \"…\", text: \"…\", score: AtLeast(0.9)).",
        ],
    );
    check(
        "(examples: [(name: \"a\", text: \"\"),\n(name: \"a\", text: \"\")])",
        &["2:8: An example “a” stands on line 1 too. / Give each example its own name."],
    );
    check(
        "(examples: [(name: \"a\", text: \"\", score: Between(0.9, 0.1))])",
        &["1:42: Nothing is between these: the first is the greater. / Write Between(0.1, 0.9)."],
    );
    check(
        "(examples: [(name: \"a\", text: \"\", score: Atleast(0.9))])",
        &["1:42: `score` has no choice `Atleast`. / Did you mean `AtLeast`?"],
    );
    check(
        "(examples: [(name: \"a\", text: \"\", values: {\"x\": 1, \"x\": \"1\", y: 2})])",
        &[
            "1:52: “x” stands twice; the first is on line 1. / Keep one of them.",
            "1:62: An id must be a text, found `y`. / Write it in double quotes.",
        ],
    );
}

#[test]
fn mistakes_in_the_notation() {
    check("(\n  name: \"x\"\n  pass_mark: 0.5\n)", &["2:12: A comma is missing here."]);
    check(
        "(\n  name: \"x,\n  description: \"y\",\n  pass_mark: 0.5,\n)",
        &["2:9: This text is not closed. / Close it with a double quote."],
    );
    check(
        "(\n  \"name\" = \"x\",\n)",
        &[
            "2:3: A field's name stands without quotes. / Remove the quotes.",
            "2:10: Expected a colon after `name`, found `=`.",
        ],
    );
    check(
        "(name: \"a\\d\")",
        &["1:10: `\\d` is not an escape. / Double the backslash, or write a raw text: r\"…\", where it means itself."],
    );
    check(
        "(dimensions: [\n(id: \"d\", criteria: [\n),\n])",
        &["3:1: Expected `]` to close the `[` of line 2, found `)`."],
    );
    check(
        "(name: \"x\", pass_mark: 0.5.1)",
        &["1:24: `0.5.1` is not a number. / Numbers look like 3, -0.5 or 1e-3; texts stand in double quotes."],
    );
    check(
        "(name: ,\n pass_mark: 2)",
        &[
            "1:8: Expected a value, found a comma.",
            "2:13: `pass_mark` must be from 0 to 1, is 2. / For 2 % write 0.02.",
        ],
    );
    check(
        "(name:\n pass_mark: 0.5)",
        &["1:2: Expected a value for `name`, found the next field. / Give it a value, or remove it."],
    );
    check("(name: \"x\"", &["1:1: This `(` is not closed. / Close it with `)`."]);
    check("/* (name: \"x\")", &["1:1: This comment is not closed. / Close it with */; comments may nest."]);
    check("(name: r#\"x\")", &["1:8: This raw text is not closed. / Close it with \"#."]);
    check("(name: \"x\", ; pass_mark: 0.5)", &["1:13: Expected a value, found `;`."]);
    let deep = format!("(dimensions: {}{})", "[".repeat(300), "]".repeat(300));
    assert!(report(&read(&deep)).contains("1:141: Brackets nest deeper than 128."));
}

#[test]
fn all_mistakes_of_a_file_are_reported_at_once() {
    let source = "// Many mistakes.\n\
        Rubric(\n\
        \x20   fromat: 1,\n\
        \x20   name: \"Bad\"\n\
        \x20   pass_mark: 1.5,\n\
        \x20   dimensions: [\n\
        \x20       Dimension(id: \"a\", weight: \"heavy\", criteria: [\n\
        \x20           Criterion(id: \"a\", check: Phrazes()),\n\
        \x20           Criterion(id: \"b c\", human: YesNo, weight: 1, weight: 2),\n\
        \x20           Criterion(id: \"d\", check: Phrases(phrases: [1], need: Some(Most))),\n\
        \x20           Criterion(id: \"e\", @ human: Points([])),\n\
        \x20       ]),\n\
        \x20   ],\n\
        \x20   examples: [Example(name: \"x\", passed: \"yes\")],\n\
        )";
    let reading = read(source);
    let lines: Vec<usize> = reading.problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [3, 4, 5, 7, 8, 8, 9, 9, 10, 10, 11, 11, 14, 14], "{}", report(&reading));
    let rubric = reading.rubric.unwrap();
    assert_eq!(rubric.name, "Bad");
    assert_eq!(rubric.ids(), ["a", "a", "b c", "d", "e"], "what can be read is read");
}

#[test]
fn a_problem_of_the_rubric_leads_to_its_place() {
    let source = "(\n  dimensions: [\n    (id: \"d\", criteria: [\n      Criterion(\n        id: \"c\",\n        \
                  check: Phrases(phrases: [\"x\", \"a\\\\b\\u{e9}c\"]),\n      ),\n    ]),\n  ],\n)";
    let reading = read(source);
    let criterion = NodePath::new([0, 0]);
    let place = |node: &NodePath, field: &str, offset: Option<usize>| {
        let problem = Problem { offset, ..Problem::error(node, field, "It is wrong.") };
        let located = reading.locate(&problem);
        (located.line, located.column, &source[located.range])
    };
    assert_eq!(place(&criterion, "check.phrases[0]", None), (6, 34, "\"x\""));
    assert_eq!(place(&criterion, "check.phrases[1]", Some(0)), (6, 40, "a"));
    assert_eq!(place(&criterion, "check.phrases[1]", Some(1)), (6, 41, "\\\\"));
    assert_eq!(place(&criterion, "check.phrases[1]", Some(5)), (6, 50, "c"));
    assert_eq!(place(&criterion, "check.phrases[7]", Some(3)).2, "[\"x\", \"a\\\\b\\u{e9}c\"]");
    assert_eq!(place(&criterion, "weight", None), (4, 7, "Criterion"), "left out, so the criterion itself");
    assert_eq!(place(&NodePath::new([0, 9]), "weight", None), (3, 5, "("), "no such node, so the one above");
    assert_eq!(place(&NodePath::root(), "dimensions", None).0, 2);
    assert_eq!(reading.place(&criterion, "weight"), None);
}

#[test]
fn one_mistake_is_reported_once() {
    let reading = read("(pass_mark: 2, dimensions: [(id: \"d\", weight: 1)])");
    let problems = [
        Problem::error(&NodePath::root(), "pass_mark", "The pass mark is outside 0 to 1."),
        Problem::error(&NodePath::new([0]), "weight", "Something new."),
    ];
    let messages: Vec<String> = reading.diagnostics(&problems).into_iter().map(|problem| problem.message).collect();
    assert_eq!(messages, ["`pass_mark` must be from 0 to 1, is 2.", "Something new."]);
}
