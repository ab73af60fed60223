//! `new`: a project of a rubric and files with responses.

use super::args::New;
use super::bar::bar;
use super::failure::tell;
use super::summary::printable;
use super::{Failure, data, rubric};
use crate::io::import::{Input, Summary};
use crate::io::{reviews, starting_rubric, store};
use crate::model::Project;
use crate::scoring::Progress;
use std::path::PathBuf;
use tempfile::TempDir;

/// Makes a project.
pub(super) fn run(args: &New) -> Result<u8, Failure> {
    if store::is_project(&args.project) {
        return Err(Failure::from_error(store::StoreError::Occupied(args.project.clone())));
    }
    let inputs = args.inputs.iter().map(|path| from_file(path)).collect::<Result<Vec<Input>, Failure>>()?;
    let loaded = args.rubric.as_deref().map(rubric::load_sound).transpose()?;
    let import = data::import(&inputs, &args.map, &bar("reading", false))?;
    let name = args.project.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
    let summary = Summary::of(&import);
    let judged = &import.judged;
    let (rubric, header, about) = match loaded {
        Some(loaded) => {
            let joined = loaded.rubric.with_imported(&judged.dimensions, &judged.labels, 0.0);
            let added = joined.is_some() && !judged.dimensions.is_empty();
            let about = "What was rated is in the rubric with weight 0: it counts once you give it a weight.";
            (joined.unwrap_or(loaded.rubric), loaded.header, added.then(|| about.to_owned()))
        }
        None => {
            let rubric = starting_rubric(&name, judged);
            let about = match judged.dimensions.is_empty() {
                true => format!("No rubric was named; it begins with the bundled one, “{}”.", rubric.name),
                false => format!("No rubric was named; its rubric is what the files rate: {}.", rated(&summary)),
            };
            (rubric, String::new(), Some(about))
        }
    };
    let project = Project::new(&name, rubric, import.dataset, import.sources, import.report);
    let logs = TempDir::with_prefix("rubrica-new-").map_err(Failure::from_error)?;
    for log in &judged.logs {
        reviews::bring(logs.path(), log).map_err(Failure::from_error)?;
    }
    let known = store::Known { reviews: Some(logs.path()), ..store::Known::default() };
    let saved = store::save_knowing(&project, &header, None, &args.project, known, &Progress::default())
        .map_err(Failure::from_error)?;
    data::tell_notices(&saved.notices);
    let responses = rubric::count(summary.responses, "response");
    let said = summary.judgement_words(5).map_or_else(String::new, |words| format!("; {words}"));
    tell(&format!("“{}” holds {responses}{said}.", args.project.display()));
    if let Some(about) = about {
        tell(&about);
    }
    Ok(data::code(saved.project.report()))
}

/// What was rated with its scales; where these are guesses, how to say others.
fn rated(summary: &Summary) -> String {
    /// So many criteria are named.
    const NAMED: usize = 8;
    let named: Vec<String> =
        summary.criteria.iter().take(NAMED).map(|(name, scale)| format!("{} ({scale})", printable(name))).collect();
    let more = summary.criteria.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    let is_sure = summary.criteria.iter().all(|(_, scale)| scale == "yes-no");
    let other = if is_sure { "" } else { "; `--scale CRITERION=SCALE` says another scale than the values do" };
    format!("{}{more}{other}", named.join(", "))
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
