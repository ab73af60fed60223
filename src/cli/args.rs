//! What can be said on the command line. The help texts are the manual.

use crate::io::export::{EXPORTERS, FORMATS};
use crate::model::Coding;
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Judge the output of language models with rubrics.
///
/// Without a command, opens the window on a project or on files with responses.
#[derive(Debug, Parser)]
#[command(
    name = "rubrica",
    bin_name = "rubrica",
    version,
    args_conflicts_with_subcommands = true,
    after_help = "Exit codes: 0 done; 1 the mean score is below --fail-under, a pinned example failed, or\n\
                  there is a flag and --fail-any was given;\n\
                  2 wrong usage, or a rubric or file that cannot be read; 3 done, but some rows could not be read.\n\n\
                  `rubrica COMMAND --help` shows examples."
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// A project, or files with responses, to open in the window
    #[arg(value_name = "PROJECT|FILE")]
    pub(super) paths: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Score(Score),
    Check(Check),
    Test(Test),
    Checks(Checks),
    Export(Export),
    New(New),
    Judge(Judge),
    Stats(Stats),
    Compare(Compare),
    Report(Report),
    Flags(Flags),
}

/// Score responses and write one record for each, in input order
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    rubrica score rubric.ron answers.jsonl > scores.jsonl\n  \
    rubrica score rubric.ron a.csv b.csv --format csv -o scores.csv\n  \
    rubrica score my-eval --format none --fail-under 0.7\n  \
    zcat answers.jsonl.gz | rubrica score my-eval - --format none --fail-under 0.7\n  \
    rubrica score rubric.ron odd.csv --map response=completion --map model=engine\n  \
    producer | rubrica score rubric.ron - --keep --provenance | consumer\n\n\
    JSON Lines from `-` are scored as they come and in constant memory, however many there are. Each row is\n\
    then judged alone, with the ids and the reference answer it states itself.")]
pub(super) struct Score {
    /// A rubric file, or a project whose rubric to use
    pub(super) rubric: PathBuf,
    /// Files with responses (JSON Lines, JSON, CSV, TSV; may be gzip); `-` is standard input. Without any, a project's
    /// own responses are scored, and what its reviewers judged counts
    #[arg(value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    /// Write here instead of to standard output; the file appears only when it is complete
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: Option<PathBuf>,
    /// How to write records; `none` writes only the summary
    #[arg(long, default_value = "jsonl", value_parser = formats_and_none())]
    pub(super) format: String,
    /// Add the places in the text each criterion rests on (byte offsets)
    #[arg(long)]
    pub(super) evidence: bool,
    /// Add what scored it to every record: the rubric's SHA-256 and the version of this program
    #[arg(long)]
    pub(super) provenance: bool,
    /// Write every row of one JSON Lines input as it came, with its record added as the field `rubrica`
    #[arg(long)]
    pub(super) keep: bool,
    /// Leave what people judged out: the machine's scores alone
    #[arg(long)]
    pub(super) without_reviews: bool,
    #[command(flatten)]
    pub(super) map: Map,
    /// Exit with 1 when the mean over scored responses is below this, or nothing could be scored
    #[arg(long, value_name = "X", allow_negative_numbers = true, value_parser = finite)]
    pub(super) fail_under: Option<f64>,
    /// Threads to score on, from 1 to 512; by default one per processor
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    pub(super) threads: Option<u16>,
}

/// Which column is what, where guessing is not enough.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Map {
    /// Take FIELD (id, prompt_id, prompt, response, model, reference, or one of judgements, such as rating, rater,
    /// verdict) from COLUMN; can be repeated
    #[arg(long = "map", value_name = "FIELD=COLUMN")]
    pub(super) columns: Vec<String>,
    /// Take ratings of CRITERION to be on SCALE: yes-no, 1..5, 0..100 or bad<fair<good; can be repeated
    #[arg(long = "scale", value_name = "CRITERION=SCALE")]
    pub(super) scales: Vec<String>,
    /// What numbers say of which response is better: 1 or 2; 0 or 1; the share the first wins; above 0 the first; above
    /// 0 the second; or from 1, the first by far, to 5 or 7, the second by far
    #[arg(long = "verdicts", value_name = "CODING", value_parser = codings())]
    pub(super) coding: Option<String>,
    /// Who judged, where no column says it
    #[arg(long = "rater", value_name = "NAME")]
    pub(super) rater: Option<String>,
}

/// Report every mistake in a rubric
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  rubrica check rubric.ron\n  rubrica check my-eval")]
pub(super) struct Check {
    /// A rubric file, or a project whose rubric to check
    pub(super) rubric: PathBuf,
}

/// Run a rubric's pinned examples
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  rubrica test rubric.ron\n  rubrica test my-eval")]
pub(super) struct Test {
    /// A rubric file, or a project whose rubric to test
    pub(super) rubric: PathBuf,
}

/// List the kinds of checks, or explain one
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  rubrica checks\n  rubrica checks Phrases")]
pub(super) struct Checks {
    /// The kind to explain
    pub(super) name: Option<String>,
}

/// Score a project's responses and write them to a file
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    rubrica export my-eval --format csv -o scores.csv\n  \
    rubrica export my-eval.rubrica --format jsonl --evidence -o scores.jsonl\n  \
    rubrica export my-eval --format jsonl --without-flags -o scores.jsonl")]
pub(super) struct Export {
    /// A project folder or a packed project
    pub(super) project: PathBuf,
    /// How to write records; `preferences` and `ratings` are what people judged
    #[arg(long, value_parser = exporters())]
    pub(super) format: String,
    /// The file to write; it appears only when it is complete
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: PathBuf,
    /// Add the places in the text each criterion rests on (byte offsets)
    #[arg(long)]
    pub(super) evidence: bool,
    /// Leave what people judged out: the machine's scores alone
    #[arg(long)]
    pub(super) without_reviews: bool,
    /// Leave the flags of responses out, and do not look for them: records as `score` writes them
    #[arg(long)]
    pub(super) without_flags: bool,
}

/// Make a project of a rubric and files with responses
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    rubrica new my-eval answers.jsonl\n  \
    rubrica new my-eval answers.jsonl --rubric rubric.ron\n  \
    rubrica new my-eval.rubrica a.csv b.csv --rubric rubric.ron")]
pub(super) struct New {
    /// The folder to make, or a packed project where it ends in .rubrica
    pub(super) project: PathBuf,
    /// Files with responses; they are copied into the project
    #[arg(required = true, value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    /// A rubric file, or a project whose rubric to copy. Without one, the project begins with what its files judge, or
    /// else with the bundled rubric for reasoned answers
    #[arg(long)]
    pub(super) rubric: Option<PathBuf>,
    #[command(flatten)]
    pub(super) map: Map,
}

/// Print all numbers about responses: models, comparisons, criteria, preferences, agreement
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    rubrica stats my-eval\n  \
    rubrica stats answers.jsonl --rubric rubric.ron --where 'model:gpt length>200'\n  \
    rubrica stats my-eval --json > numbers.json\n  \
    rubrica stats my-eval --with last-month.rubrica\n\n\
    Intervals are of 95 %. What each number is, and when there is none, says docs/statistics.md; the filter\n\
    language docs/filter.md. Every part of the JSON names the filter that shows the responses behind it.")]
pub(super) struct Stats {
    /// A project, or files with responses and judgements
    #[arg(required = true, value_name = "PROJECT|FILE")]
    pub(super) inputs: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) of: Of,
    /// Compare with this too: an earlier rubric, or an earlier project with the same prompts
    #[arg(long, value_name = "RUBRIC|PROJECT")]
    pub(super) with: Option<PathBuf>,
}

/// Compare two models, or responses with what they were under an earlier rubric
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    rubrica compare my-eval gpt-4 llama-2\n  \
    rubrica compare answers.jsonl gpt-4 llama-2 --rubric rubric.ron --json\n  \
    rubrica compare my-eval --with old-rubric.ron\n  \
    rubrica compare my-eval --with last-month.rubrica")]
pub(super) struct Compare {
    /// A project, or a file with responses
    #[arg(value_name = "PROJECT|FILE")]
    pub(super) input: PathBuf,
    /// The names of two models
    #[arg(value_name = "MODEL", num_args = 0..=2)]
    pub(super) models: Vec<String>,
    #[command(flatten)]
    pub(super) of: Of,
    /// Instead of two models: an earlier rubric, or an earlier project with the same prompts
    #[arg(long, value_name = "RUBRIC|PROJECT", conflicts_with = "models")]
    pub(super) with: Option<PathBuf>,
}

/// Which numbers, and how they are written.
#[derive(Debug, Args)]
pub(super) struct Of {
    /// A rubric file, or a project whose rubric to use; by default the project's own
    #[arg(long, value_name = "RUBRIC")]
    pub(super) rubric: Option<PathBuf>,
    /// Only of responses that match this filter
    #[arg(long = "where", value_name = "FILTER", default_value = "")]
    pub(super) filter: String,
    /// Write JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Leave what people judged out of scores
    #[arg(long)]
    pub(super) without_reviews: bool,
    #[command(flatten)]
    pub(super) map: Map,
}

/// Write judgements from another program into a reviewer's log
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    echo '{\"flag\": {\"response\": \"r7\", \"on\": true}}' | rubrica judge my-eval --as anna\n  \
    my-judge | rubrica judge my-eval --as my-judge\n\n\
    Standard input holds one JSON object a line: an act, or a whole entry with `act` and, if wanted, `id`, `at`\n\
    and `seconds`. For each a line `saved ID` is written once it is on disk, or `known ID` where the log has it\n\
    already. A line that cannot be used is told and passed over. docs/reviews.md describes all acts.\n\n\
    Exit codes: 0 all is saved; 2 the log could not be written, and what was not confirmed is not saved;\n\
    3 some lines could not be used.")]
pub(super) struct Judge {
    /// A project folder
    pub(super) project: PathBuf,
    /// Whose judgements they are; their log is reviews/NAME.jsonl
    #[arg(long = "as", value_name = "NAME")]
    pub(super) reviewer: String,
}

/// What numbers in verdicts can mean.
fn codings() -> PossibleValuesParser {
    PossibleValuesParser::new(Coding::ALL.map(Coding::name))
}

/// List anomalies of responses: empty, copied, refused, cut off, looping …
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    rubrica flags answers.jsonl\n  \
    rubrica flags my-eval --kind loop --kind truncated\n  \
    rubrica flags a.csv b.csv --rubric rubric.ron --json > flags.jsonl\n\n\
    Flags are listed on standard output, one a line; counts by kind and model follow on standard error. A project is\n\
    looked through with its own rubric and thresholds. `rubrica flags --kinds` explains every kind.")]
pub(super) struct Flags {
    /// A project, or files with responses (JSON Lines, JSON, CSV, TSV; may be gzip); `-` is standard input
    #[arg(required_unless_present = "kinds", value_name = "INPUT")]
    pub(super) inputs: Vec<PathBuf>,
    /// List only this kind of flag; can be repeated
    #[arg(long = "kind", value_name = "KIND")]
    pub(super) only: Vec<String>,
    /// Write JSON Lines, with the places in the text (byte offsets)
    #[arg(long)]
    pub(super) json: bool,
    /// A rubric file, or a project whose rubric to use, for flags that follow from scores
    #[arg(long)]
    pub(super) rubric: Option<PathBuf>,
    #[command(flatten)]
    pub(super) map: Map,
    /// Exit with 1 when any flag is listed
    #[arg(long)]
    pub(super) fail_any: bool,
    /// Explain the kinds of flags instead
    #[arg(long)]
    pub(super) kinds: bool,
}

/// A number to compare means with: nothing is below NaN.
fn finite(text: &str) -> Result<f64, String> {
    text.parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
        .ok_or_else(|| "it is not a number such as 0.7".to_owned())
}

fn exporters() -> PossibleValuesParser {
    PossibleValuesParser::new(EXPORTERS.iter().map(|exporter| exporter.name))
}

fn formats_and_none() -> PossibleValuesParser {
    PossibleValuesParser::new(FORMATS.iter().map(|format| format.name).chain(["none"]))
}

/// Write a report of a project, as one HTML file that needs nothing else, or as Markdown
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  \
    rubrica report my-eval -o report.html\n  \
    rubrica report my-eval -o summary.md --where \"model:gpt\"\n  \
    rubrica report my-eval --guide -o rubric.html")]
pub(super) struct Report {
    /// The project, a folder or packed; with --guide also a rubric file
    #[arg(value_name = "PROJECT")]
    pub(super) project: PathBuf,
    /// Write here; a name ending in .md gives Markdown
    #[arg(short, long, value_name = "OUT")]
    pub(super) output: PathBuf,
    /// Only the responses that this filter selects, as in the filter box
    #[arg(long = "where", value_name = "FILTER")]
    pub(super) filter: Option<String>,
    /// The most responses to put into the file; where there are more, evenly spaced ones
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    pub(super) responses: usize,
    /// Count what checks say alone, without what people judged
    #[arg(long)]
    pub(super) without_reviews: bool,
    /// Only the rubric, as a guide for people to print
    #[arg(long)]
    pub(super) guide: bool,
}
