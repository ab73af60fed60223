//! Invariants of the architecture, held by reading the source and the dependency tree.

mod rules;
mod source;

use regex::Regex;
use rules::{In, LAYERS, LONGEST, NETWORK_CRATES, RULES, WINDOW_CRATES, Where};
use source::{Source, What};
use std::path::Path;
use std::process::Command;

/// Every breach in one file, as `file:line` and a sentence.
fn breaches(file: &str, text: &str) -> Vec<String> {
    let source = Source::new(file, text);
    let mut out = layer_breaches(&source);
    for rule in RULES {
        let applies = match rule.applies {
            Where::Only(parts) => parts.iter().any(|part| file.starts_with(part)),
            Where::AllBut(parts) => !parts.iter().any(|part| file.starts_with(part)),
        };
        let pattern = Regex::new(rule.pattern).expect("the pattern of a rule is a regular expression");
        for mention in source.mentions.iter().filter(|_| applies) {
            let (kind, name) = match &mention.what {
                What::Path(path) => (In::Paths, path),
                What::Text(text) => (In::Strings, text),
            };
            if kind == rule.within && pattern.is_match(name) {
                let (line, forbids, because) = (mention.line, rule.forbids, rule.because);
                out.push(format!("{file}:{line} names {forbids} (`{name}`), but {because}"));
            }
        }
    }
    if source.lines > LONGEST {
        out.push(format!("{file}:{} is past line {LONGEST}: a file this long holds two things", source.lines));
    }
    out
}

/// Where a layer names one that it must not know.
fn layer_breaches(source: &Source<'_>) -> Vec<String> {
    let file = source.file;
    let inner = file.trim_start_matches("src/").trim_end_matches(".rs");
    let layer = inner.split('/').next().unwrap_or(inner);
    if ["lib", "main"].contains(&layer) {
        return Vec::new();
    }
    let Some(known) = LAYERS.iter().find(|known| known.name == layer) else {
        return vec![format!("{file}:1 is in no layer: add `{layer}` to the table in tests/architecture/rules.rs")];
    };
    // In a folder's own mod.rs, `super` is the root of the crate; a file below it climbs once more.
    let depth = inner.trim_end_matches("/mod").split('/').count();
    let root = "super::".repeat(depth);
    let mut out = Vec::new();
    for mention in &source.mentions {
        let What::Path(path) = &mention.what else { continue };
        let Some(inside) = path.strip_prefix("crate::").or_else(|| path.strip_prefix(&root)) else { continue };
        let other = inside.split("::").next().unwrap_or(inside);
        let foreign = other != layer && LAYERS.iter().any(|layer| layer.name == other);
        if foreign && !known.knows.contains(&other) {
            out.push(format!("{file}:{} names `{path}`, but {layer} knows only {:?}", mention.line, known.knows));
        }
    }
    out
}

/// The Rust files below `folder`, with their paths from the project's folder.
fn rust_files(folder: &Path, out: &mut Vec<String>) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(root.join(folder)).expect("a source folder can be read") {
        let path = folder.join(entry.expect("an entry of a source folder can be read").file_name());
        if root.join(&path).is_dir() {
            rust_files(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path.to_str().expect("source files have plain names").to_owned());
        }
    }
}

/// The names of the crates in the program, as built with `arguments`.
fn crates(arguments: &[&str]) -> Vec<String> {
    let output = Command::new(env!("CARGO"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}"])
        .args(arguments)
        .output()
        .expect("cargo runs, for it runs this test");
    assert!(output.status.success(), "cargo tree: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("crates have plain names");
    text.lines().filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

#[test]
fn the_source_keeps_every_rule() {
    let mut files = Vec::new();
    rust_files(Path::new("src"), &mut files);
    files.sort();
    assert!(files.len() > LAYERS.len(), "only {files:?} found");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let broken: Vec<_> = files
        .iter()
        .flat_map(|file| breaches(file, &std::fs::read_to_string(root.join(file)).expect("source files are text")))
        .collect();
    assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
}

#[test]
fn the_command_line_brings_no_window_along() {
    let crates = crates(&["--no-default-features"]);
    assert!(crates.iter().any(|name| name == "regex"), "{crates:?}");
    let found: Vec<_> = WINDOW_CRATES.iter().filter(|name| crates.iter().any(|other| other == *name)).collect();
    assert!(found.is_empty(), "built with --no-default-features, the program has {found:?}");
}

#[test]
fn the_program_brings_no_network_along() {
    let crates = crates(&[]);
    assert!(crates.iter().any(|name| name == "egui"), "{crates:?}");
    let found: Vec<_> = NETWORK_CRATES.iter().filter(|name| crates.iter().any(|other| other == *name)).collect();
    assert!(found.is_empty(), "the program has {found:?}, which speak to other machines");
}

#[test]
fn every_rule_catches_its_example() {
    for rule in RULES {
        let (file, text) = rule.caught;
        let found = breaches(file, text);
        assert!(found.iter().any(|breach| breach.contains(rule.because)), "{file}: {text} gives {found:?}");
    }
}

#[track_caller]
fn check(file: &str, text: &str, expected: &[&str]) {
    let found = breaches(file, text);
    let matches = found.len() == expected.len() && found.iter().zip(expected).all(|(a, b)| a.starts_with(b));
    assert!(matches, "{file}: {text:?} gives {found:#?}, not {expected:#?}");
}

#[test]
fn a_layer_knows_only_those_below_it() {
    check("src/checks/sections.rs", "use crate::text::Span;", &[]);
    check(
        "src/text/span.rs",
        "\nuse crate::{text::lines, checks::Check};",
        &["src/text/span.rs:2 names `crate::checks::Check`"],
    );
    check("src/text/span.rs", "fn f() { crate::model::slug(\"\") }", &["src/text/span.rs:1 names"]);
    check("src/text/mod.rs", "use super::model::Rubric;", &["src/text/mod.rs:1 names `super::model::Rubric`"]);
    check("src/text/span.rs", "use super::super::model;", &["src/text/span.rs:1 names"]);
    check("src/text/span.rs", "use super::model;", &[]);
    check("src/stats/mean.rs", "use crate::model::Rubric;", &["src/stats/mean.rs:1 names"]);
    check("src/cli/mod.rs", "use crate::ui::App;", &["src/cli/mod.rs:1 names"]);
    check("src/main.rs", "use rubrica::ui::App; use crate::ui;", &[]);
    check("src/web/mod.rs", "", &["src/web/mod.rs:1 is in no layer"]);
    check("src/utils.rs", "", &["src/utils.rs:1 is in no layer"]);
}

#[test]
fn rules_hold_where_they_should_and_nowhere_else() {
    check("src/ui/app.rs", "use egui::Ui; use std::fs;", &[]);
    check("src/ui/theme/palette.rs", "const RED: Color32 = Color32::from_rgb(1, 2, 3); \"#aabbcc\"", &[]);
    check("src/ui/app.rs", "Color32::TRANSPARENT; ui.heading(\"# Title\")", &[]);
    check("src/cli/mod.rs", "println!()", &[]);
    check("src/io/store.rs", "use std::fs; std::time::SystemTime::now()", &[]);
    check("src/model/edit.rs", "// std::fs\n#[cfg(test)]\nmod tests { use std::fs; }", &[]);
    check("src/scoring/mod.rs", "use std::{time::{Duration, Instant}};", &["src/scoring/mod.rs:1 names the clock"]);
}

#[test]
fn a_file_is_not_too_long() {
    check("src/io/csv.rs", &"\n".repeat(LONGEST), &[]);
    check("src/io/csv.rs", &"\n".repeat(LONGEST + 1), &["src/io/csv.rs:601"]);
}
