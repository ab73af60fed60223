//! `score`: one record per response, in input order, and a short account.

use super::args::Score;
use super::bar::{bar, watched};
use super::failure::tell;
use super::summary::Summary;
use super::{BELOW, Failure, ROWS_SKIPPED, data, own, rubric, spare_inputs, stream};
use crate::io::atomic::Staged;
use crate::io::export::{BATCH, Format, Hits, Provenance, Scored};
use crate::io::import::{self, Input, LineStream, StreamOr};
use crate::io::store;
use crate::model::review::Judgements;
use crate::model::{Dataset, ImportReport, TOLERANCE};
use crate::scoring::{CompiledRubric, Progress, Results, ScorePass, Scores, score_columns};
use indicatif::ProgressBar;
use rayon::ThreadPool;
use std::fs::File;
use std::io::{self, Write};
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
    let loaded = rubric::load_sound(&args.rubric)?;
    let compiled = loaded.compiled.rubric;
    check_own(args)?;
    let mut inputs: Vec<Input> = args.inputs.iter().map(|path| Input::from_argument(path)).collect();
    let threads = args.threads.map_or(0, usize::from);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|error| {
        Failure::Said(format!("{threads} threads could not be started ({error}); use fewer with --threads."))
    })?;
    let provenance = args.provenance.then(|| Provenance::new(&loaded.rubric));
    let writing = stream::Writing {
        rubric: &compiled,
        format,
        evidence: args.evidence,
        provenance: provenance.as_ref(),
        keep: args.keep,
    };
    let (summary, code) = if args.inputs.is_empty() {
        of_project(args, &writing, &compiled, &pool, out)?
    } else {
        let bar = bar("scoring", args.output.is_none() && format.is_some());
        let (summary, report) = match streamed(args, &mut inputs, &bar)? {
            Some(lines) => {
                let done = stream::run(args, &writing, lines, &pool, out);
                bar.finish_and_clear();
                done?
            }
            None => imported(args, &writing, &compiled, &inputs, &pool, out)?,
        };
        (summary, data::code(&report))
    };
    tell(&summary.to_text(&compiled));
    match args.fail_under {
        Some(mark) if is_below(&summary, &compiled, mark) => Ok(BELOW),
        _ => Ok(code),
    }
}

/// Whether what is asked for goes with scoring a project's own responses, or files.
fn check_own(args: &Score) -> Result<(), Failure> {
    let said = |message: &str| Err(Failure::Said(message.to_owned()));
    match args.inputs.is_empty() {
        true if !store::is_project(&args.rubric) => {
            said("There is nothing to score; name files with responses, `-` for standard input, or a project alone.")
        }
        true if args.keep => said("`--keep` adds to rows of JSON Lines; name the file, or leave it out."),
        true if !args.map.columns.is_empty() => {
            said("`--map` says what columns of files are, and the project knows of its own; leave it out.")
        }
        false if args.without_reviews => {
            said("People judged a project's own responses, not those of other files; leave out --without-reviews.")
        }
        _ => Ok(()),
    }
}

/// Scores the responses of the project itself, with what its reviewers judged.
fn of_project(
    args: &Score,
    writing: &stream::Writing<'_>,
    compiled: &Arc<CompiledRubric>,
    pool: &ThreadPool,
    out: &mut (dyn Write + Send),
) -> Result<(Summary, u8), Failure> {
    let opened = own::open(&args.rubric)?;
    if let Some(output) = &args.output {
        spare_inputs(output, own::files(&args.rubric, opened.project.sources()).iter().map(AsRef::as_ref))?;
    }
    opened.mistakes.iter().for_each(|mistake| tell(&mistake.to_string()));
    if !opened.mistakes.is_empty() {
        return Err(Failure::Said("The project cannot be read whole; nothing was scored.".to_owned()));
    }
    let people = own::people(&opened, args.without_reviews);
    let summary = held(args, writing, compiled, opened.project.dataset(), people.as_ref(), None, pool, out)?;
    let whole = own::is_whole(&opened, args.without_reviews);
    Ok((summary, if whole { data::code(opened.project.report()) } else { ROWS_SKIPPED }))
}

/// The one input, where it is a stream of lines; `bar` shows how far a file is read. Of standard input that is
/// something else, all is read.
fn streamed(args: &Score, inputs: &mut [Input], bar: &ProgressBar) -> Result<Option<LineStream<'static>>, Failure> {
    let overrides = data::overrides(&args.map)?;
    let opened = match inputs {
        [input @ Input::Stdin] => match data::opened(import::stream("-", io::stdin(), &overrides))? {
            StreamOr::Lines(lines) => Some(lines),
            StreamOr::Other(unread) => {
                let bytes = unread
                    .read()
                    .map_err(|error| Failure::Said(format!("Standard input could not be read to its end: {error}.")))?;
                *input = Input::Bytes { name: "-".to_owned(), bytes };
                None
            }
        },
        // Nobody sees the ids of rows that are not written, so they need not be known to each other.
        [input @ Input::Path(_)] if args.keep || args.format == "none" => {
            let (path, name) = (&args.inputs[0], input.name());
            let opened = File::open(path).map(|file| {
                bar.set_length(file.metadata().map_or(0, |metadata| metadata.len()));
                let bar = bar.clone();
                import::stream_file(&name, file, move |bytes| bar.inc(bytes), &overrides)
            });
            match opened {
                Ok(Ok(StreamOr::Lines(lines))) if args.keep || !lines.has_references() => Some(lines),
                Ok(Err(error)) if args.keep => return data::opened(Err(error)),
                Err(error) if args.keep => {
                    let path = path.display();
                    return Err(Failure::Said(format!("“{path}” could not be opened: {error}. Check the name.")));
                }
                // What is wrong is said by the usual way.
                _ => None,
            }
        }
        _ => None,
    };
    if opened.is_none() {
        bar.finish_and_clear();
    }
    stream::check(args, opened.as_ref())?;
    Ok(opened)
}

/// Scores the responses in files that are, or may as well be, in memory.
fn imported(
    args: &Score,
    writing: &stream::Writing<'_>,
    compiled: &Arc<CompiledRubric>,
    inputs: &[Input],
    pool: &ThreadPool,
    out: &mut (dyn Write + Send),
) -> Result<(Summary, ImportReport), Failure> {
    let records_on_stdout = args.output.is_none() && writing.format.is_some();
    let (checks, _) = compiled.checks();
    let reading = bar("reading", records_on_stdout);
    let counts = writing.format.is_some_and(|format| format.tells_hits);
    let pass = ScorePass::new(&checks);
    let pass = if counts { pass.counting() } else { pass };
    let pass = (!args.evidence).then_some(&pass);
    let (import, scores) = pool.install(|| data::import_scored(inputs, &args.map, pass, &reading))?;
    let summary = held(args, writing, compiled, &import.dataset, None, scores, pool, out)?;
    Ok((summary, import.report))
}

/// Scores `dataset` and writes it; `scores` are what its checks say, where it is known.
#[allow(clippy::too_many_arguments, reason = "each is another thing, and there is one caller for each way in")]
fn held(
    args: &Score,
    writing: &stream::Writing<'_>,
    compiled: &Arc<CompiledRubric>,
    dataset: &Dataset,
    people: Option<&Arc<Judgements>>,
    scores: Option<Scores>,
    pool: &ThreadPool,
    out: &mut (dyn Write + Send),
) -> Result<Summary, Failure> {
    let records_on_stdout = args.output.is_none() && writing.format.is_some();
    let (checks, of_criteria) = compiled.checks();
    let (columns, hits) = match scores {
        Some(scores) => (scores.columns, scores.hits),
        None => {
            let progress = Progress::default();
            let score = || pool.install(|| score_columns(dataset, &checks, &progress));
            let columns = watched(&bar("scoring", records_on_stdout), &progress, score).expect("nothing cancels it");
            (columns, None)
        }
    };
    let columns: Vec<_> = columns.into_iter().map(Arc::new).collect();
    let of_criteria = of_criteria.into_iter().map(|check| check.map(|check| columns[check].clone())).collect();
    let rows = dataset.responses().len();
    let judged = || Results::judged(compiled.clone(), of_criteria, &people.cloned().unwrap_or_default(), rows);
    let results = pool.install(judged);
    let scored = Scored {
        dataset,
        rubric: compiled,
        people: people.map(|people| &**people),
        results: Some(&results),
        hits: hits.as_deref().map_or(Hits::Counted, Hits::Known),
        flags: None,
        evidence: args.evidence,
        provenance: writing.provenance,
    };
    match (&args.output, writing.format) {
        (Some(path), Some(format)) => to_file(&scored, format, path, pool)?,
        (None, Some(format)) => write(&scored, format, out, pool)?,
        (_, None) => {}
    }
    Ok(Summary::of(dataset, &results))
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
    let scored = Scored { hits: if format.tells_hits { scored.hits } else { Hits::Untold }, ..*scored };
    format.begin(&scored.header(), out)?;
    for start in (0..scored.len()).step_by(BATCH) {
        let end = scored.len().min(start + BATCH);
        let written = pool.install(|| format.encode(&scored.rows(start..end)));
        out.write_all(&written)?;
    }
    format.end(out)?;
    Ok(())
}
