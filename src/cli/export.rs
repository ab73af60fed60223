//! `export`: a project's scored responses as a file.

use super::args::Export;
use super::failure::tell;
use super::{Failure, ROWS_SKIPPED, UNUSABLE, data, evaluation, own, rubric, spare_inputs};
use crate::io::atomic::Staged;
use crate::io::export::{Exporter, Hits, Scored};
use crate::scoring::Progress;

/// Scores a project's responses and writes them to a file.
pub(super) fn run(args: &Export) -> Result<u8, Failure> {
    let opened = own::open(&args.project)?;
    let rubric::Loaded { rubric: written, compiled, .. } = rubric::load_sound(&args.project)?;
    if !opened.mistakes.is_empty() {
        opened.mistakes.iter().for_each(|mistake| tell(&mistake.to_string()));
        return Ok(UNUSABLE);
    }
    spare_inputs(&args.output, own::files(&args.project, opened.project.sources()).iter().map(AsRef::as_ref))?;

    let exporter = Exporter::find(&args.format).expect("the arguments allow no other names");
    let people = own::people(&opened, args.without_reviews);
    let looks = !args.without_flags && !exporter.is_of_people;
    let looked = looks.then(|| evaluation::of_project(&opened, written, people.as_ref()));
    let flags = looked.as_ref().map(|looked| looked.flags().sets());
    let scored = Scored {
        dataset: opened.project.dataset(),
        rubric: looked.as_ref().map_or(&compiled.rubric, |looked| looked.results.rubric()),
        people: people.as_deref(),
        results: looked.as_ref().map(|looked| &*looked.results),
        hits: Hits::Counted,
        flags: flags.as_deref(),
        evidence: args.evidence,
        provenance: None,
    };
    let mut staged = Staged::create(&args.output).map_err(Failure::from_error)?;
    exporter.write(&scored, &mut staged, &Progress::default())?;
    staged.commit().map_err(Failure::from_error)?;
    let what = if exporter.is_of_people {
        format!("What people judged of {}", rubric::count(scored.len(), "response"))
    } else {
        rubric::count(scored.len(), "response")
    };
    tell(&format!("{what} written to “{}”.", args.output.display()));
    let whole = own::is_whole(&opened, args.without_reviews);
    Ok(if whole { data::code(opened.project.report()) } else { ROWS_SKIPPED })
}
