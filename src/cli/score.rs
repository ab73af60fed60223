//! `score`: one record per response, in input order, and a short account.

use super::args::Score;
use super::bar::{bar, watched};
use super::failure::tell;
use super::summary::Summary;
use super::{BELOW, Failure, data, rubric, spare_inputs};
use crate::io::atomic::Staged;
use crate::io::export::{BATCH, Format, Scored};
use crate::io::import::Input;
use crate::model::TOLERANCE;
use crate::scoring::{CompiledRubric, Progress, Results, score_columns};
use rayon::ThreadPool;
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

/// Scores the responses in files.
pub(super) fn run(args: &Score, out: &mut (dyn Write + Send)) -> Result<u8, Failure> {
    let format = Format::find(&args.format);
    if let Some(output) = &args.output {
        if format.is_none() {
            return Err(Failure::Said("`--format none` writes nothing; leave out -o, or name a format.".to_owned()));
        }
        spare_inputs(output, args.inputs.iter().chain([&args.rubric]).map(AsRef::<Path>::as_ref))?;
    }
    let compiled = rubric::load_sound(&args.rubric)?.compiled.rubric;
    let inputs: Vec<Input> = args.inputs.iter().map(|path| Input::from_argument(path)).collect();
    let threads = args.threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| {
        Failure::Said(format!("{threads} threads could not be started ({error}); use fewer with --threads."))
    })?;
    let records_on_stdout = args.output.is_none() && format.is_some();
    let (checks, of_criteria) = compiled.checks();
    let reading = bar("reading", records_on_stdout);
    let (import, columns) = pool
        .install(|| data::import_scored(&inputs, &args.map, &checks, args.evidence, &reading))?;
    let dataset = &import.dataset;
    let columns = columns.unwrap_or_else(|| {
        let progress = Progress::default();
        let score = || pool.install(|| score_columns(dataset, &checks, &progress));
        watched(&bar("scoring", records_on_stdout), &progress, score).expect("nothing cancels it")
    });
    let columns: Vec<_> = columns.into_iter().map(Arc::new).collect();
    let of_criteria = of_criteria.into_iter().map(|check| check.map(|check| columns[check].clone())).collect();
    let results = pool.install(|| Results::new(compiled.clone(), of_criteria, dataset.responses().len()));
    let scored = Scored {
        dataset: &import.dataset,
        rubric: &compiled,
        results: Some(&results),
        evidence: args.evidence,
    };
    match (&args.output, format) {
        (Some(path), Some(format)) => to_file(&scored, format, path, &pool)?,
        (None, Some(format)) => write(&scored, format, out, &pool)?,
        (_, None) => {}
    }
    let summary = Summary::of(&import.dataset, &results);
    tell(&summary.to_text(&compiled));
    match args.fail_under {
        Some(mark) if is_below(&summary, &compiled, mark) => Ok(BELOW),
        _ => Ok(data::code(&import.report)),
    }
}

fn is_below(summary: &Summary, rubric: &CompiledRubric, mark: f64) -> bool {
    match summary.mean(rubric) {
        Some(mean) if mean >= mark - TOLERANCE => false,
        Some(mean) => {
            tell(&format!("The mean score {mean:.4} is below {mark}."));
            true
        }
        None => {
            tell(&format!("No response could be scored, so the mean is not at least {mark}."));
            true
        }
    }
}

fn to_file(scored: &Scored<'_>, format: &Format, path: &Path, pool: &ThreadPool) -> Result<(), Failure> {
    let mut staged = Staged::create(path).map_err(Failure::from_error)?;
    write(scored, format, &mut staged, pool)?;
    staged.commit().map_err(Failure::from_error)
}

/// Writes batch by batch, in order.
fn write(scored: &Scored<'_>, format: &Format, out: &mut dyn Write, pool: &ThreadPool) -> Result<(), Failure> {
    format.begin(scored.rubric, out)?;
    for start in (0..scored.len()).step_by(BATCH) {
        let end = scored.len().min(start + BATCH);
        let written = pool.install(|| format.encode(&scored.rows(start..end)));
        out.write_all(&written)?;
    }
    format.end(out)?;
    Ok(())
}
