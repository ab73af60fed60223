//! `report`: a project's numbers and responses as one file to hand on.

use super::args::{Map, Of, Report as Args};
use super::failure::tell;
use super::{Failure, UNUSABLE, evaluation, own, rubric, spare_inputs};
use crate::io::atomic::Staged;
use crate::io::report::{Report, guide_html, guide_markdown, html, markdown};
use std::io::Write as _;
use std::sync::Arc;

/// Writes the report of a project, or its rubric as a guide.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    if args.guide {
        return guide(args);
    }
    let of = Of {
        rubric: None,
        filter: args.filter.clone().unwrap_or_default(),
        json: false,
        without_reviews: args.without_reviews,
        map: Map::default(),
    };
    let mut evaluation = evaluation::load_project(&args.project, &of)?;
    if evaluation.code == UNUSABLE {
        return Ok(UNUSABLE);
    }
    if args.without_reviews {
        (evaluation.judgements, evaluation.logs) = (Arc::default(), Vec::new());
    }
    spare_inputs(&args.output, own::files(&args.project, &evaluation.sources).iter().map(AsRef::as_ref))?;
    let analysis = evaluation.analyse(of.filter.trim(), None)?;
    // Filters of the analysis are its own; one that cannot be understood here would be a mistake in it.
    let rows_of = |filter: &str| evaluation.selected(filter).unwrap_or_default();
    let flags = evaluation.flags();
    let made = jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M UTC").to_string();
    let report = Report {
        name: &evaluation.name,
        dataset: &evaluation.dataset,
        sources: &evaluation.sources,
        rubric: &evaluation.rubric,
        results: &evaluation.results,
        analysis: &analysis,
        rows_of: &rows_of,
        flags: &flags.count(rows_of(&analysis.scope.filter).into_iter().map(|row| row as usize)),
        flags_of: &|row| flags.explain(row as usize),
        thresholds: &evaluation.settings.flags,
        most_responses: args.responses,
        made: &made,
    };
    let mut staged = Staged::create(&args.output).map_err(Failure::from_error)?;
    if is_markdown(args) {
        staged.write_all(markdown(&report).as_bytes())?;
    } else {
        html(&report, &mut staged)?;
    }
    staged.commit().map_err(Failure::from_error)?;
    let size = std::fs::metadata(&args.output).map_or(0, |metadata| metadata.len());
    tell(&format!("Report written to “{}” ({}).", args.output.display(), in_words(size)));
    Ok(evaluation.code)
}

/// A size for people: `29 kB`, `3.1 MB`.
fn in_words(bytes: u64) -> String {
    if bytes < 1_000_000 { format!("{} kB", bytes.div_ceil(1000)) } else { format!("{:.1} MB", bytes as f64 / 1e6) }
}

fn is_markdown(args: &Args) -> bool {
    args.output.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

fn guide(args: &Args) -> Result<u8, Failure> {
    let loaded = rubric::load(&args.project)?;
    spare_inputs(&args.output, [args.project.as_path()].into_iter())?;
    let mut staged = Staged::create(&args.output).map_err(Failure::from_error)?;
    if is_markdown(args) {
        staged.write_all(guide_markdown(&loaded.rubric).as_bytes())?;
    } else {
        guide_html(&loaded.rubric, &mut staged)?;
    }
    staged.commit().map_err(Failure::from_error)?;
    tell(&format!("Guide written to “{}”.", args.output.display()));
    Ok(super::DONE)
}
