//! A report of a project to hand on: one HTML file that needs nothing else, a short one in Markdown, and the rubric as a
//! guide to print.
//!
//! The HTML file loads nothing: its style and script are in it, its plots are SVG, and a content policy allows exactly
//! these. Whatever comes from a project is written as text. Every number with a filter leads to the responses behind it,
//! which are in the file too.

mod guide;
mod links;
mod markdown;
mod markup;
mod page;
mod plots;
mod responses;
mod sections;

pub use guide::{guide_html, guide_markdown};
pub use markdown::markdown;
pub use page::html;

use crate::analysis::Analysis;
use crate::flags::{Flag, FlagSettings, Tally};
use crate::model::{Dataset, Rubric, Source};
use crate::scoring::Results;

/// What a report is made of.
#[derive(Clone, Copy)]
pub struct Report<'a> {
    /// The project's name.
    pub name: &'a str,
    /// Its prompts and responses.
    pub dataset: &'a Dataset,
    /// Where they came from.
    pub sources: &'a [Source],
    /// Its rubric as people write it.
    pub rubric: &'a Rubric,
    /// Its results.
    pub results: &'a Results,
    /// Its numbers.
    pub analysis: &'a Analysis,
    /// The rows that a filter of the analysis selects, ascending.
    pub rows_of: &'a (dyn Fn(&str) -> Vec<u32> + Sync),
    /// How many of the responses it is of have which flags.
    pub flags: &'a Tally,
    /// The flags of a response, with what made them.
    pub flags_of: &'a (dyn Fn(u32) -> Vec<Flag> + Sync),
    /// What counted as a flag.
    pub thresholds: &'a FlagSettings,
    /// How many responses go into the file.
    pub most_responses: usize,
    /// When it is made, as it shall stand there.
    pub made: &'a str,
}

/// What made it: the program and its version.
const ENGINE: &str = concat!("Rubrica ", env!("CARGO_PKG_VERSION"));

impl Report<'_> {
    /// The rows that go into the file: all where there are few enough, else evenly spaced ones.
    fn rows(&self) -> Vec<u32> {
        let rows = (self.rows_of)(&self.analysis.scope.filter);
        if rows.len() <= self.most_responses {
            return rows;
        }
        let most = self.most_responses.max(1);
        (0..self.most_responses).map(|at| rows[at * rows.len() / most]).collect()
    }
}

/// `project`, or what stands for one without a name.
fn title(report: &Report<'_>) -> String {
    if report.name.is_empty() { "Evaluation".to_owned() } else { report.name.to_owned() }
}

/// A name, or words where it is empty.
fn named(name: &str) -> &str {
    if name.is_empty() { "(unnamed)" } else { name }
}
