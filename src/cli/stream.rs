//! `score -`: a filter. Rows come and go in their order, nothing is kept of them, and each is judged alone.

use super::args::Score;
use super::summary::{Judged, Summary};
use super::{Failure, data};
use crate::io::atomic::Staged;
use crate::io::export::{Format, Header, Names, Provenance, Row};
use crate::io::import::{LineStream, Rows};
use crate::model::{ImportReport, Severity};
use crate::scoring::{CompiledRubric, ScorePass, Scores, scorecard, tally};
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::io::{self, Write};
use std::ops::ControlFlow;

/// What is written of a stream, and how.
pub(super) struct Writing<'a> {
    pub(super) rubric: &'a CompiledRubric,
    pub(super) format: Option<&'static Format>,
    pub(super) evidence: bool,
    pub(super) provenance: Option<&'a Provenance>,
    /// Whether every row is written as it came, with its record added.
    pub(super) keep: bool,
}

/// What came of some rows.
#[derive(Default)]
struct Made {
    written: Vec<u8>,
    /// The models met, and the place of each.
    models: Vec<String>,
    places: HashMap<String, usize, RandomState>,
    /// Which of them, and what counts of the response, in order.
    judged: Vec<(usize, Judged)>,
}

impl Made {
    fn add(&mut self, model: &str, judged: Judged) {
        let place = self.places.get(model).copied().unwrap_or_else(|| {
            self.models.push(model.to_owned());
            self.places.insert(model.to_owned(), self.models.len() - 1);
            self.models.len() - 1
        });
        self.judged.push((place, judged));
    }
}

/// Scores `lines` and writes them to `out`, or the file that `args` name.
pub(super) fn run(
    args: &Score,
    writing: &Writing<'_>,
    lines: LineStream<'_>,
    pool: &rayon::ThreadPool,
    out: &mut (dyn Write + Send),
) -> Result<(Summary, ImportReport), Failure> {
    let (summary, report) = match &args.output {
        Some(path) => {
            let mut staged = Staged::create(path).map_err(Failure::from_error)?;
            let done = write(writing, lines, pool, &mut staged)?;
            staged.commit().map_err(Failure::from_error)?;
            done
        }
        None => write(writing, lines, pool, out)?,
    };
    data::tell_report(&report, Severity::Warning);
    Ok((summary, report))
}

fn write(
    writing: &Writing<'_>,
    lines: LineStream<'_>,
    pool: &rayon::ThreadPool,
    out: &mut (dyn Write + Send),
) -> Result<(Summary, ImportReport), Failure> {
    if let Some(format) = writing.format.filter(|_| !writing.keep) {
        let header = Header { rubric: writing.rubric, provenance: writing.provenance, people: false, flags: false };
        format.begin(&header, out)?;
    }
    let (checks, of_criteria) = writing.rubric.checks();
    let pass = ScorePass::new(&checks);
    let tells_hits = writing.format.is_some_and(|format| format.tells_hits) && !writing.evidence;
    let pass = if tells_hits { pass.counting() } else { pass };
    let mut summary = Summary::default();
    let mut result: io::Result<()> = Ok(());
    let work = |rows: &Rows<'_>| make(writing, &pass, &of_criteria, rows);
    let take = |made: Made| {
        let places: Vec<usize> = made.models.iter().map(|model| summary.place(model)).collect();
        made.judged.iter().for_each(|&(model, judged)| summary.add_at(places[model], judged));
        result = out.write_all(&made.written).and_then(|()| out.flush());
        if result.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    };
    let read = pool.install(|| lines.run(work, take));
    result?;
    let report = read.map_err(|error| {
        Failure::Said(format!(
            "The input could not be read to its end: {error}. What came before it is written; the rest is missing."
        ))
    })?;
    if let Some(format) = writing.format.filter(|_| !writing.keep) {
        format.end(out)?;
    }
    Ok((summary, report))
}

/// Scores some rows and says what is to be written of them.
fn make(writing: &Writing<'_>, pass: &ScorePass<'_>, of_criteria: &[Option<usize>], rows: &Rows<'_>) -> Made {
    let rubric = writing.rubric;
    let Scores { columns, hits } = pass.run(rows.inputs());
    let judged = Vec::with_capacity(rows.inputs().len());
    let mut made = Made { judged, ..Made::default() };
    let mut values = vec![f64::NAN; rubric.dimensions.len()];
    let mut lines = writing.keep.then(|| rows.lines());
    for (index, (input, stated)) in rows.inputs().zip(rows.stated()).enumerate() {
        let cell =
            |criterion: usize| rubric.cell(criterion, of_criteria[criterion].map(|check| columns[check].cell(index)));
        let total = tally(rubric, cell, &mut values);
        if let Some(format) = writing.format {
            let names = Names { id: stated.id, prompt_id: stated.prompt_id, model: stated.model };
            let row = if writing.evidence {
                Row::of_card(rubric, names, &scorecard(rubric, input.as_ref()), true)
            } else {
                let values = values.iter().map(|&value| Some(value).filter(|value| !value.is_nan())).collect();
                let of_check = |check: usize| hits.as_ref().map_or(0, |hits| hits[check][index]);
                let hits = |criterion: usize| of_criteria[criterion].map_or(0, of_check);
                Row::of_cells(rubric, names, cell, hits, total, values)
            };
            let record = format.encode_one(&Row { provenance: writing.provenance, ..row });
            match lines.as_mut().and_then(Iterator::next) {
                Some(line) => add(line, &record, &mut made.written),
                None => made.written.extend(record),
            }
        }
        made.add(stated.model, Judged::from(&total));
    }
    made
}

/// The name of what a kept row gets.
const FIELD: &str = "rubrica";

/// Writes `line`, an object, with `record` as one more field. A field of that name which it has is replaced.
fn add(line: &str, record: &[u8], out: &mut Vec<u8>) {
    let record = record.trim_ascii_end();
    let known = format!("\"{FIELD}\"");
    if memchr::memmem::find(line.as_bytes(), known.as_bytes()).is_some()
        && let Ok(mut fields) = serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(line)
        && fields.shift_remove(FIELD).is_some()
    {
        let rest = serde_json::to_string(&fields).expect("a JSON value can be written as JSON");
        return add(&rest, record, out);
    }
    let open = line[..line.len() - 1].trim_end();
    out.extend_from_slice(open.as_bytes());
    if open.len() > 1 {
        out.push(b',');
    }
    out.extend_from_slice(known.as_bytes());
    out.push(b':');
    out.extend_from_slice(record);
    out.extend_from_slice(b"}\n");
}

/// Whether what a person asks for can be done to a stream.
pub(super) fn check(args: &Score, lines: Option<&LineStream<'_>>) -> Result<(), Failure> {
    let said = |message: &str| Err(Failure::Said(message.to_owned()));
    match lines {
        _ if !args.keep => Ok(()),
        None => said("`--keep` adds to rows of JSON Lines, one input at a time; this is something else."),
        Some(_) if args.format != "jsonl" => said("`--keep` writes JSON Lines; leave out --format."),
        Some(lines) if lines.has_several() => {
            said("`--keep` adds one record to a row, and these rows hold several responses; leave it out.")
        }
        Some(_) => Ok(()),
    }
}
