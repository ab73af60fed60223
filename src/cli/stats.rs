//! `stats`: all numbers about responses, as tables and sentences or as JSON.

mod change;
mod models;
mod people;

pub(super) use change::changes;
pub(super) use models::sentence;

use super::args::Stats;
use super::evaluation;
use super::table::Table;
use super::{Failure, rubric::count};
use crate::analysis::Analysis;
use crate::text::thousands;
use serde::Serialize;
use std::io::Write;

/// Prints all numbers.
pub(super) fn run(args: &Stats, out: &mut dyn Write) -> Result<u8, Failure> {
    let evaluation = evaluation::load(&args.inputs, &args.of)?;
    evaluation.tell_unscored();
    let earlier = args.with.as_ref().map(|path| evaluation.earlier(path)).transpose()?;
    let analysis = evaluation.analyse(&args.of.filter, earlier.as_ref())?;
    if args.of.json {
        json(&analysis, out)?;
    } else {
        text(&analysis, out)?;
    }
    Ok(evaluation.code)
}

/// Writes `value` as JSON for people and programs to read.
pub(super) fn json(value: &impl Serialize, out: &mut dyn Write) -> Result<(), Failure> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(|error| Failure::from(std::io::Error::from(error)))?;
    writeln!(out)?;
    Ok(())
}

fn text(analysis: &Analysis, out: &mut dyn Write) -> Result<(), Failure> {
    let scope = &analysis.scope;
    let number = |n: usize, what: &str| {
        let plain = count(n, what);
        plain.replacen(&n.to_string(), &thousands(n as u64), 1)
    };
    write!(
        out,
        "{} of {} to {}",
        number(scope.responses, "response"),
        number(scope.models, "model"),
        number(scope.prompts, "prompt")
    )?;
    if scope.responses < scope.of_responses {
        write!(out, ", of {} in all; the filter is {}", thousands(scope.of_responses as u64), scope.filter)?;
    }
    writeln!(out, ".")?;
    for section in [
        models::leaderboard(analysis),
        models::comparisons(&analysis.comparisons),
        models::parts(analysis),
        models::criteria(analysis),
        people::on_scale(analysis),
        people::against_people(analysis),
        people::preferences(&analysis.preferences),
        people::agreement(analysis),
        people::reviewers(analysis),
        people::attention(analysis),
        analysis.change.iter().flat_map(changes).collect(),
    ]
    .into_iter()
    .flatten()
    {
        write!(out, "\n{}", section.to_text())?;
    }
    Ok(())
}

/// A heading, a table, and sentences below.
pub(super) struct Section {
    heading: String,
    table: Option<Table>,
    sentences: Vec<String>,
}

impl Section {
    pub(super) fn new(heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), table: None, sentences: Vec::new() }
    }

    pub(super) fn table(mut self, table: Table) -> Self {
        self.table = Some(table);
        self
    }

    pub(super) fn say(mut self, sentence: impl Into<String>) -> Self {
        self.sentences.push(sentence.into());
        self
    }

    pub(super) fn say_all(mut self, sentences: impl IntoIterator<Item = String>) -> Self {
        self.sentences.extend(sentences);
        self
    }

    pub(super) fn to_text(&self) -> String {
        let mut text = format!("{}\n", self.heading);
        text.extend(self.table.as_ref().map(Table::to_text));
        for sentence in &self.sentences {
            text.push_str("  ");
            text.push_str(sentence);
            text.push('\n');
        }
        text
    }
}
