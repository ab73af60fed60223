//! `score`: one record per response, in input order, and a short account.

use super::args::Score;
use super::failure::tell;
use super::summary::Summary;
use super::{BELOW, Failure, data, rubric, spare_inputs};
use crate::io::atomic::Staged;
use crate::io::export::{BATCH, Format, Scored};
use crate::io::import::Input;
use crate::model::{Severity, TOLERANCE};
use crate::scoring::CompiledRubric;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal as _, Write};
use std::path::Path;

/// Scores the responses in files.
pub(super) fn run(args: &Score, out: &mut dyn Write) -> Result<u8, Failure> {
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
    let import = data::import(&inputs, &args.map, Severity::Warning)?;
    let scored = Scored { dataset: &import.dataset, rubric: &compiled, results: None, evidence: args.evidence };
    let bar = progress_bar(scored.len(), args.output.is_none() && format.is_some());
    let summary = match (&args.output, format) {
        (Some(path), Some(format)) => to_file(&scored, format, path, &pool, &bar)?,
        (_, format) => write(&scored, format, out, &pool, &bar)?,
    };
    bar.finish_and_clear();
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

fn to_file(
    scored: &Scored<'_>,
    format: &Format,
    path: &Path,
    pool: &rayon::ThreadPool,
    bar: &ProgressBar,
) -> Result<Summary, Failure> {
    let mut staged = Staged::create(path).map_err(Failure::from_error)?;
    let summary = write(scored, Some(format), &mut staged, pool, bar)?;
    staged.commit().map_err(Failure::from_error)?;
    Ok(summary)
}

/// Scores batch by batch on the pool and writes in order; without a format only adds up.
fn write(
    scored: &Scored<'_>,
    format: Option<&Format>,
    out: &mut dyn Write,
    pool: &rayon::ThreadPool,
    bar: &ProgressBar,
) -> Result<Summary, Failure> {
    let mut summary = Summary::default();
    if let Some(format) = format {
        format.begin(scored.rubric, out)?;
    }
    for start in (0..scored.len()).step_by(BATCH) {
        let end = scored.len().min(start + BATCH);
        let rows = pool.install(|| scored.rows(start..end));
        rows.iter().for_each(|row| summary.add(row));
        if let Some(format) = format {
            let written = pool.install(|| format.encode(&rows));
            out.write_all(&written)?;
        }
        bar.set_position(end as u64);
    }
    if let Some(format) = format {
        format.end(out)?;
    }
    Ok(summary)
}

/// Drawn only on a terminal, and not among records that appear on the same one.
fn progress_bar(rows: usize, records_on_stdout: bool) -> ProgressBar {
    let mixed = records_on_stdout && io::stdout().is_terminal();
    let target =
        if mixed || !io::stderr().is_terminal() { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style = ProgressStyle::with_template("scoring {wide_bar} {percent} %  {pos} of {len}  {eta}")
        .expect("the template is well-formed");
    ProgressBar::with_draw_target(Some(rows as u64), target).with_style(style)
}
