//! `report`: a project's numbers and responses as one file to hand on.

use super::args::Report as Args;
use super::bar::{bar, watched};
use super::failure::tell;
use super::{Failure, ROWS_SKIPPED, UNUSABLE, data, own, rubric, spare_inputs};
use crate::analysis::{self, Options};
use crate::io::atomic::Staged;
use crate::io::report::{Report, guide_html, guide_markdown, html, markdown};
use crate::io::store::Opened;
use crate::model::review::Judgements;
use crate::scoring::{CompiledRubric, Progress, Results, score_columns};
use crate::workbench::query::{Matcher, QueryError, parse};
use std::io::Write as _;
use std::sync::Arc;

/// Writes the report of a project, or its rubric as a guide.
pub(super) fn run(args: &Args) -> Result<u8, Failure> {
    if args.guide {
        return guide(args);
    }
    let opened = own::open(&args.project)?;
    let compiled = rubric::load_sound(&args.project)?.compiled.rubric;
    if !opened.mistakes.is_empty() {
        opened.mistakes.iter().for_each(|mistake| tell(&mistake.to_string()));
        return Ok(UNUSABLE);
    }
    spare_inputs(&args.output, own::files(&args.project, &opened).iter().map(AsRef::as_ref))?;
    let people = own::people(&opened, args.without_reviews).unwrap_or_default();
    let project = &opened.project;
    let dataset = project.dataset();
    let results = scored(&opened, &compiled, &people);
    let filter = args.filter.as_deref().unwrap_or_default().trim();
    let rows_of = |filter: &str| selected(filter, &opened, &results);
    let rows = match filter {
        "" => None,
        filter => Some(rows_of(filter).map_err(|error| Failure::Said(told(filter, &error)))?),
    };
    let logs = if args.without_reviews { &[][..] } else { &opened.reviews.logs[..] };
    let inputs = analysis::Inputs {
        dataset,
        rubric: project.rubric(),
        results: &results,
        judgements: &people,
        logs,
        settings: project.settings(),
        rows: rows.as_deref(),
        filter,
        earlier: None,
    };
    let counting = bar("counting", false);
    let progress = Progress::default();
    let analysis = watched(&counting, &progress, || analysis::analyse(&inputs, &Options::default(), &progress))
        .expect("nobody cancels it");
    // Filters of the analysis are its own; one that cannot be understood here would be a mistake in it.
    let rows_of = |filter: &str| rows_of(filter).unwrap_or_default();
    let made = jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M UTC").to_string();
    let report = Report {
        name: project.name(),
        dataset,
        sources: project.sources(),
        rubric: project.rubric(),
        results: &results,
        analysis: &analysis,
        rows_of: &rows_of,
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
    let whole = own::is_whole(&opened, args.without_reviews);
    Ok(if whole { data::code(project.report()) } else { ROWS_SKIPPED })
}

/// A size for people: `29 kB`, `3.1 MB`.
fn in_words(bytes: u64) -> String {
    if bytes < 1_000_000 { format!("{} kB", bytes.div_ceil(1000)) } else { format!("{:.1} MB", bytes as f64 / 1e6) }
}

/// Scores the project's responses, and counts what people judged.
fn scored(opened: &Opened, compiled: &Arc<CompiledRubric>, people: &Arc<Judgements>) -> Results {
    let dataset = opened.project.dataset();
    let (checks, of_criteria) = compiled.checks();
    let progress = Progress::default();
    let columns = watched(&bar("scoring", false), &progress, || score_columns(dataset, &checks, &progress));
    let columns: Vec<_> = columns.expect("nobody cancels it").into_iter().map(Arc::new).collect();
    let of_criteria = of_criteria.into_iter().map(|check| check.map(|check| columns[check].clone())).collect();
    Results::judged(compiled.clone(), of_criteria, people, dataset.responses().len())
}

/// The rows that `filter` selects, ascending.
fn selected(filter: &str, opened: &Opened, results: &Results) -> Result<Vec<u32>, QueryError> {
    let query = parse(filter, results.rubric())?;
    let matcher = Matcher::new(&query, opened.project.dataset(), results);
    Ok((0..results.len() as u32).filter(|&row| matcher.matches(row as usize)).collect())
}

fn told(filter: &str, error: &QueryError) -> String {
    let word = filter.get(error.range.clone()).unwrap_or(filter);
    format!("The filter “{filter}” cannot be understood at “{word}”: {error}")
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
