//! Loading a rubric and saying everything that is wrong with it.

use super::Failure;
use super::failure::tell;
use crate::io::rubric_file::{self, Reading};
use crate::io::store;
use crate::model::{Level, Rubric};
use crate::scoring::{Compiled, compile};
use std::fs;
use std::path::Path;

/// A rubric, ready to run where it has no errors.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) rubric: Rubric,
    pub(super) header: String,
    pub(super) compiled: Compiled,
    pub(super) errors: usize,
    pub(super) warnings: usize,
}

/// Loads the rubric at `path`, a file or a project, and tells all its errors and warnings.
pub(super) fn load(path: &Path) -> Result<Loaded, Failure> {
    let (shown, source) = if path.is_dir() || store::is_packed(path) {
        store::rubric_source(path).map_err(Failure::from_error)?
    } else {
        let source = fs::read(path).map_err(|error| unreadable(path, &error))?;
        let source = String::from_utf8(source).map_err(|error| {
            let byte = error.utf8_error().valid_up_to();
            Failure::Said(format!("“{}” is not UTF-8 at byte {byte}; save it as UTF-8.", path.display()))
        })?;
        (path.to_owned(), source)
    };
    let reading = rubric_file::read(&source);
    let rubric = reading.rubric.clone().unwrap_or_default();
    let compiled = compile(&rubric, None);
    let (errors, warnings) = tell_problems(&reading, &compiled, &shown.display().to_string(), &source);
    // A file that holds nothing is an error the reader names; this keeps it one whatever it says.
    let errors = if reading.rubric.is_none() { errors.max(1) } else { errors };
    Ok(Loaded { rubric, header: reading.header, compiled, errors, warnings })
}

/// The same, where only a sound rubric will do.
pub(super) fn load_sound(path: &Path) -> Result<Loaded, Failure> {
    let loaded = load(path)?;
    if loaded.errors > 0 {
        return Err(Failure::Said(format!(
            "“{}” has {}; nothing was done. Mend it and try again.",
            path.display(),
            count(loaded.errors, "error")
        )));
    }
    Ok(loaded)
}

/// `1 error`, `2 errors`.
pub(super) fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn tell_problems(reading: &Reading, compiled: &Compiled, file: &str, source: &str) -> (usize, usize) {
    // Where the file holds no rubric, there is nothing to say of the empty one in its stead.
    let of_rubric = if reading.rubric.is_some() { compiled.problems.as_slice() } else { &[] };
    let problems = reading.diagnostics(of_rubric);
    for problem in &problems {
        tell(problem.render(file, source).trim_end());
    }
    let errors = problems.iter().filter(|problem| problem.level == Level::Error).count();
    (errors, problems.len() - errors)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    let why = match error.kind() {
        std::io::ErrorKind::NotFound => "there is no such file; check the spelling and the folder".to_owned(),
        std::io::ErrorKind::PermissionDenied => "you may not read it; change its permissions".to_owned(),
        _ => error.to_string(),
    };
    Failure::Said(format!("The rubric “{}” cannot be read: {why}.", path.display()))
}
