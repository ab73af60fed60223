//! The bundled demo.

use crate::io::import::{self, Import, Input, Overrides, Watch};
use crate::io::reasoning_rubric;
use crate::model::Project;
use std::fs;
use std::io;
use tempfile::TempDir;

const FILES: [(&str, &str); 2] = [
    ("prompts.jsonl", include_str!("../../../assets/demo/prompts.jsonl")),
    ("responses.jsonl", include_str!("../../../assets/demo/responses.jsonl")),
];

/// The demo, imported from files in a temporary folder like any other project, so that saving it copies them.
pub(super) fn open(watch: &Watch<'_>) -> io::Result<(Project, TempDir)> {
    let folder = TempDir::with_prefix("rubrica-demo-")?;
    let mut inputs = Vec::new();
    for (name, text) in FILES {
        let path = folder.path().join(name);
        fs::write(&path, text)?;
        inputs.push(Input::Path(path));
    }
    let Import { dataset, sources, report, .. } =
        import::open(&inputs, &Overrides::default(), watch).map_err(|error| io::Error::other(error.to_string()))?;
    Ok((Project::new("demo", reasoning_rubric(), dataset, sources, report), folder))
}
