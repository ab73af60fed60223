//! The one way in: named bytes → import, written out as text to compare.

use rubrica::io::import::{Import, ImportError, Input, Overrides, Watch, open};
use rubrica::model::{Notice, ResponseText};
use std::sync::atomic::AtomicBool;

/// Imports named contents.
pub(crate) fn import(files: &[(&str, &[u8])], maps: &[&str]) -> Result<Import, ImportError> {
    let inputs: Vec<Input> =
        files.iter().map(|(name, bytes)| Input::Bytes { name: (*name).to_owned(), bytes: bytes.to_vec() }).collect();
    let mut overrides = Overrides::default();
    for map in maps {
        overrides.add(map).map_err(ImportError::Map)?;
    }
    open(&inputs, &overrides, &Watch { cancel: &AtomicBool::new(false), progress: &|_| {} })
}

/// One line a response: `id | prompt id: prompt text | model | text`, texts as Rust writes them.
pub(crate) fn rows(import: &Import) -> Vec<String> {
    let data = &import.dataset;
    let responses = data.responses().iter().enumerate();
    responses
        .map(|(index, response)| {
            let prompt = data.prompt_of(index);
            let text = match response.text {
                ResponseText::Present(at) => format!("{:?}", data.text(at)),
                ResponseText::Absent(absent) => absent.label().to_owned(),
            };
            format!(
                "{} | {}: {:?} | {} | {text}",
                data.text(response.id),
                data.text(prompt.id),
                data.text(prompt.text),
                data.model_of(index)
            )
        })
        .collect()
}

/// The notices, as a terminal shows them.
pub(crate) fn notices(import: &Import) -> Vec<String> {
    import.report.notices.iter().map(Notice::to_line).collect()
}

/// What is imported, and every notice in full.
#[track_caller]
pub(crate) fn check(files: &[(&str, &[u8])], maps: &[&str], expected_rows: &[&str], expected_notices: &[&str]) {
    let import = import(files, maps).unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(rows(&import), expected_rows);
    assert_eq!(notices(&import), expected_notices);
}

/// What a person reads when nothing is imported.
#[track_caller]
pub(crate) fn check_error(files: &[(&str, &[u8])], maps: &[&str], expected: &str) {
    match import(files, maps) {
        Ok(import) => panic!("imported {:?}", rows(&import)),
        Err(error) => assert_eq!(error.to_string(), expected),
    }
}
