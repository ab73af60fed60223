//! Pages that are generated must say what the program does.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]

use rubrica::checks::{KINDS, reference};
use rubrica::flags::{Basis, Kind};
use rubrica::io::import::{self, Input, Overrides};
use rubrica::io::rubric_file::read;
use rubrica::model::{Judge, Node};
use rubrica::scoring::{compile, input, scorecard};
use rubrica::workbench::query::{KEYS, parse_for};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::AtomicBool;

#[test]
fn the_page_on_checks_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/checks.md");
    let page = reference::page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, &page).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written.replace("\r\n", "\n") == page, "docs/checks.md is out of date: run this test with UPDATE_DOCS=1");
}

/// Where the part of the page on flags begins that is written by hand: what was measured.
const MEASURED: &str = "\n## How often they are right\n";

#[test]
fn the_page_on_flags_is_up_to_date_and_says_how_good_each_is() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/flags.md");
    let page = rubrica::flags::reference::page();
    let written = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    let (_, measured) = written.split_once(MEASURED).expect("docs/flags.md says how often flags are right");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, format!("{page}{MEASURED}{measured}")).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap().replace("\r\n", "\n");
    assert!(written.starts_with(&page), "docs/flags.md is out of date: run this test with UPDATE_DOCS=1");
    for kind in Kind::ALL.into_iter().filter(|kind| kind.info().basis == Basis::Texts && *kind != Kind::Missing) {
        assert!(measured.contains(&format!("| `{}` |", kind.id())), "nothing is said of how good {} is", kind.id());
    }
}

#[test]
fn every_documented_example_is_a_check_that_compiles() {
    for kind in KINDS {
        let source = format!("(dimensions: [(id: \"d\", criteria: [(id: \"c\", check: {})])])", kind.example);
        let reading = read(&source);
        let rubric = reading.rubric.clone().unwrap();
        let compiled = compile(&rubric, None);
        assert_eq!(reading.diagnostics(&compiled.problems), [], "{source}");
        let Node::Criterion(criterion) = &rubric.dimensions[0].children[0] else { panic!("{source}") };
        let Judge::Check(check) = &criterion.judge else { panic!("{source}") };
        assert_eq!(check.name(), kind.name);
        assert_ne!(*check, (kind.new)(), "the example of {} shows nothing but defaults", kind.name);
    }
}

/// What stands in single backquotes in `text`.
fn code(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn every_filter_on_its_page_can_be_understood() {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/filter.md")).unwrap();
    let source = r#"(dimensions: [(id: "structure", criteria: [
        (id: "sections", check: Phrases(phrases: ["a"])),
        (id: "tone", human: Points(["a", "b", "c", "d", "e"])),
    ])])"#;
    let rubric = compile(&read(source).rubric.unwrap(), None).rubric;
    let mut examples: Vec<String> =
        page.lines().filter_map(|line| line.strip_prefix("    ")).map(str::to_owned).collect();
    // Of tables the first column; of the rest what looks like a term.
    for line in page.lines().filter(|line| !line.starts_with("    ")) {
        match line.starts_with('|') {
            true => examples.extend(code(line.split('|').nth(1).unwrap())),
            false => examples.extend(code(line).into_iter().filter(|code| code.len() > 3 && code.contains([':', '<']))),
        }
    }
    let not_filters = ["by:"];
    examples.retain(|example| !not_filters.contains(&example.as_str()));
    assert!(examples.len() > 50, "{examples:?}");
    for example in &examples {
        let understood = parse_for(example, &rubric, Some("anna"));
        assert!(understood.is_ok(), "{example}: {understood:?}");
    }
    for key in KEYS {
        assert!(examples.iter().any(|example| example.contains(key.text.trim_end_matches(['<', '>']))), "{}", key.text);
    }
}

/// A row of a Markdown table: its cells without emphasis.
fn cells(line: &str) -> Vec<String> {
    line.trim_matches('|').split('|').map(|cell| cell.trim().trim_matches(['`', '*']).to_owned()).collect()
}

#[test]
fn the_demo_scores_what_its_readme_says() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["prompts.jsonl", "responses.jsonl"].map(|name| Input::Path(root.join("assets/demo").join(name)));
    let cancel = AtomicBool::new(false);
    let watch = import::Watch { cancel: &cancel, progress: &|_| {} };
    let dataset = import::open(&files, &Overrides::default(), &watch).unwrap().dataset;
    let source = std::fs::read_to_string(root.join("rubrics/reasoning.ron")).unwrap();
    let compiled = compile(&read(&source).rubric.unwrap(), None).rubric;
    let mut scores: BTreeMap<(String, String), f64> = BTreeMap::new();
    for row in 0..dataset.responses().len() {
        let prompt = dataset.text(dataset.prompt_of(row).id).to_owned();
        let score = scorecard(&compiled, input(&dataset, row).as_ref()).total.score.unwrap();
        let model = dataset.model_of(row).to_owned();
        assert!(scores.insert((prompt, model), score).is_none());
    }

    let readme = std::fs::read_to_string(root.join("assets/demo/README.md")).unwrap();
    let (_, table) = readme.split_once("## The scores the rubric gives").unwrap();
    let mut lines = table.lines().filter(|line| line.starts_with('|')).map(cells);
    let models = lines.next().unwrap();
    let mut told = 0;
    for row in lines.skip(1) {
        for (model, cell) in models.iter().zip(&row).skip(1) {
            let of_model = || scores.iter().filter(|((_, of), _)| of == model).map(|(_, score)| score);
            let score = match row[0].as_str() {
                "mean" => of_model().sum::<f64>() / of_model().count() as f64,
                prompt => scores[&(prompt.to_owned(), model.clone())],
            };
            let told_score: f64 = cell.parse().unwrap();
            assert!((score - told_score).abs() <= 0.005 + 1e-9, "{} by {model}: {score}, not {cell}", row[0]);
            told += 1;
        }
    }
    assert_eq!(told, scores.len() + models.len() - 1);
}
