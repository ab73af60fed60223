//! What the benchmarks share: rubrics and made-up responses, the same on every machine.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

pub(crate) mod prose;

use rubrica::io::import::{self, Import, Input, Overrides, Watch};
use rubrica::io::rubric_file;
use rubrica::scoring::{CompiledRubric, compile};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The rubrics measured, as the name to print and the file below the project's folder.
pub(crate) const RUBRICS: [(&str, &str); 2] =
    [("founding", "rubrics/reasoning.ron"), ("forty", "packaging/bench.d/forty.ron")];

/// The rubric in file `path`, below the project's folder unless it is absolute.
#[track_caller]
pub(crate) fn rubric(path: impl AsRef<Path>) -> Arc<CompiledRubric> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let rubric = rubric_file::read(&text).rubric.expect("the file holds a rubric");
    let compiled = compile(&rubric, None);
    assert!(compiled.is_sound(), "{}: {:?}", path.display(), compiled.problems);
    compiled.rubric
}

/// Imports JSON Lines.
#[track_caller]
pub(crate) fn import(input: Input) -> Import {
    let cancel = AtomicBool::new(false);
    let watch = Watch { cancel: &cancel, progress: &|_| {} };
    import::open(&[input], &Overrides::default(), &watch).expect("the data is well-formed")
}

/// A pool of so many threads.
pub(crate) fn pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("a few threads can be started")
}
