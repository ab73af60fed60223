//! `export`: a project's scored responses as a file.

use super::args::Export;
use super::failure::tell;
use super::{Failure, ROWS_SKIPPED, UNUSABLE, data, rubric, spare_inputs};
use crate::io::atomic::Staged;
use crate::io::export::{Format, Scored, export};
use crate::io::store;
use crate::model::Severity;
use crate::scoring::Progress;
use std::path::{Path, PathBuf};

/// Scores a project's responses and writes them to a file.
pub(super) fn run(args: &Export) -> Result<u8, Failure> {
    let opened = store::open(&args.project, &Progress::default()).map_err(Failure::from_error)?;
    data::tell_notices(&opened.notices);
    data::tell_report(opened.project.report(), Severity::Warning);
    if let Some(why) = &opened.read_only {
        tell(why);
    }
    let compiled = rubric::load_sound(&args.project)?.compiled.rubric;
    if !opened.mistakes.is_empty() {
        opened.mistakes.iter().for_each(|mistake| tell(&mistake.to_string()));
        return Ok(UNUSABLE);
    }
    let sources: Vec<PathBuf> = opened.project.sources().iter().map(|source| args.project.join(&source.path)).collect();
    let own = ["project.ron", "rubric.ron"].map(|name| args.project.join(name));
    let spared = sources.iter().chain(&own).chain([&args.project]);
    spare_inputs(&args.output, spared.map(AsRef::<Path>::as_ref))?;

    let format = Format::find(&args.format).expect("the arguments allow no other names");
    let dataset = opened.project.dataset();
    let scored =
        Scored { dataset, rubric: &compiled, people: None, results: None, evidence: args.evidence, provenance: None };
    let mut staged = Staged::create(&args.output).map_err(Failure::from_error)?;
    export(format, &scored, &mut staged, &Progress::default())?;
    staged.commit().map_err(Failure::from_error)?;
    tell(&format!("{} written to “{}”.", rubric::count(dataset.responses().len(), "response"), args.output.display()));
    // What a newer version wrote may say more than was understood.
    let whole = opened.read_only.is_none() && opened.notices.iter().all(|notice| notice.severity < Severity::Skipped);
    Ok(if whole { data::code(opened.project.report()) } else { ROWS_SKIPPED })
}
