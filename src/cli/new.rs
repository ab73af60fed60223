//! `new`: a project of a rubric and files with responses.

use super::args::New;
use super::bar::bar;
use super::failure::tell;
use super::{Failure, data, rubric};
use crate::io::import::Input;
use crate::io::store;
use crate::model::Project;
use crate::scoring::Progress;
use std::path::PathBuf;

/// Makes a project.
pub(super) fn run(args: &New) -> Result<u8, Failure> {
    if store::is_project(&args.project) {
        return Err(Failure::from_error(store::StoreError::Occupied(args.project.clone())));
    }
    let inputs = args.inputs.iter().map(|path| from_file(path)).collect::<Result<Vec<Input>, Failure>>()?;
    let loaded = rubric::load_sound(&args.rubric)?;
    let import = data::import(&inputs, &args.map, &bar("reading", false))?;
    let name = args.project.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let project = Project::new(&name, loaded.rubric, import.dataset, import.sources, import.report);
    let saved = store::save(&project, &loaded.header, None, &args.project, &Progress::default())
        .map_err(Failure::from_error)?;
    data::tell_notices(&saved.notices);
    let responses = rubric::count(saved.project.dataset().responses().len(), "response");
    tell(&format!("“{}” holds {responses}.", args.project.display()));
    Ok(data::code(saved.project.report()))
}

/// A project keeps copies of files, so an input has to be one; the store wants to know where it is for certain.
fn from_file(path: &std::path::Path) -> Result<Input, Failure> {
    if path.as_os_str() == "-" {
        let message = "A project keeps the files it is made of, and standard input is none; save it to a file first.";
        return Err(Failure::Said(message.to_owned()));
    }
    let absolute: PathBuf = std::path::absolute(path)
        .map_err(|error| Failure::Said(format!("“{}” cannot be found: {error}.", path.display())))?;
    Ok(Input::Path(absolute))
}
