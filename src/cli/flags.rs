//! `flags`: anomalies of responses, one a line, and how many there are of which.

use super::args::{Flags, Of};
use super::failure::tell;
use super::rubric::count;
use super::summary::printable;
use super::{BELOW, DONE, Failure, UNUSABLE, evaluation};
use crate::flags::{Flag, Kind, Tally};
use crate::model::Dataset;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::io::Write;

/// Lists the flags of responses, or explains the kinds.
pub(super) fn run(args: &Flags, out: &mut dyn Write) -> Result<u8, Failure> {
    let only = args.only.iter().map(|id| Kind::find(id)).collect::<Result<Vec<Kind>, _>>();
    let only = only.map_err(|error| Failure::Said(format!("--kind: {error}")))?;
    if args.kinds {
        return explain_kinds(out);
    }
    let of = Of {
        rubric: args.rubric.clone(),
        filter: String::new(),
        json: args.json,
        without_reviews: false,
        map: args.map.clone(),
    };
    let evaluation = evaluation::load(&args.inputs, &of)?;
    if evaluation.code == UNUSABLE {
        return Ok(UNUSABLE);
    }
    let (dataset, flagged) = (&evaluation.dataset, evaluation.flags());
    let wanted = |kind: &Kind| only.is_empty() || only.contains(kind);
    let mut listed = 0;
    for row in 0..dataset.responses().len() {
        if !flagged.kinds(row).iter().any(|kind| wanted(&kind)) {
            continue;
        }
        for flag in flagged.explain(row).iter().filter(|flag| wanted(&flag.kind)) {
            listed += 1;
            let line = if args.json { record(dataset, row, flag).to_string() } else { line(dataset, row, flag) };
            writeln!(out, "{line}")?;
        }
    }
    out.flush()?;
    tell(&summary(dataset, flagged.tally(), wanted));
    Ok(if args.fail_any && listed > 0 { BELOW } else { evaluation.code })
}

fn explain_kinds(out: &mut dyn Write) -> Result<u8, Failure> {
    let width = Kind::ALL.iter().map(|kind| kind.id().len()).max().unwrap_or(0);
    for kind in Kind::ALL {
        writeln!(out, "{:width$}  {}", kind.id(), kind.info().summary)?;
    }
    Ok(DONE)
}

/// One flag for a person: what, whose, and why.
fn line(dataset: &Dataset, row: usize, flag: &Flag) -> String {
    let id = dataset.text(dataset.responses()[row].id);
    let prompt = dataset.text(dataset.prompt_of(row).id);
    let mut line = format!("{:<9}  {id}  {}  {prompt}  {}", flag.kind.id(), dataset.model_of(row), flag.why);
    if let Some(other) = flag.other {
        let other = dataset.text(dataset.responses()[other as usize].id);
        write!(line, " See {other}.").expect("a String takes everything");
    }
    printable(&line)
}

/// One flag for a program.
fn record(dataset: &Dataset, row: usize, flag: &Flag) -> Value {
    let id = |row: usize| dataset.text(dataset.responses()[row].id);
    let mut record = Map::new();
    record.insert("response".into(), json!(id(row)));
    record.insert("model".into(), json!(dataset.model_of(row)));
    record.insert("prompt".into(), json!(dataset.text(dataset.prompt_of(row).id)));
    record.insert("kind".into(), json!(flag.kind.id()));
    record.insert("why".into(), json!(flag.why));
    let spans: Vec<[u32; 2]> = flag.spans.iter().map(|span| [span.start, span.end]).collect();
    record.insert("spans".into(), json!(spans));
    if let Some(other) = flag.other {
        record.insert("other".into(), json!(id(other as usize)));
    }
    Value::Object(record)
}

/// Models that have a column of their own.
const COLUMNS: usize = 8;

/// How many responses have which flags: a row a kind, a column a model where they are few.
fn summary(dataset: &Dataset, tally: &Tally, wanted: impl Fn(&Kind) -> bool) -> String {
    let responses = dataset.responses().len();
    let mut text = format!("{} of {} flagged.", tally.flagged, count(responses, "response"));
    let models = dataset.models();
    let shown = if (2..=COLUMNS).contains(&models.len()) { models } else { &[] };
    let names: Vec<String> = shown.iter().map(|name| printable(name)).collect();
    let kinds: Vec<Kind> = tally.kinds().filter(wanted).collect();
    if kinds.is_empty() {
        return text;
    }
    let header = names.iter().fold(format!("\n  {:<9} {:>7}", "", "all"), |header, name| header + "  " + name);
    text += &header;
    for kind in kinds {
        write!(text, "\n  {:<9} {:>7}", kind.id(), tally.of_kind(kind)).expect("a String takes everything");
        for (model, name) in names.iter().enumerate() {
            let width = name.chars().count();
            write!(text, "  {:>width$}", tally.count(kind, model as u32)).expect("a String takes everything");
        }
    }
    text
}
