//! The same functions, from a shell. Parses, calls, prints; the only layer that speaks to the terminal.

mod args;
mod bar;
mod check;
mod data;
mod export;
mod failure;
mod flags;
mod judge;
mod new;
mod own;
mod report;
mod rubric;
mod score;
mod stream;
mod summary;

use crate::text::nearest;
use args::{Cli, Command};
use clap::Parser as _;
use failure::{Failure, tell};
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Everything went as asked.
const DONE: u8 = 0;
/// The answer is no: a mean below the mark, an example that failed, a flag where none should be.
const BELOW: u8 = 1;
/// Wrong usage, or a rubric or file that cannot be read.
const UNUSABLE: u8 = 2;
/// Done, but some rows could not be read.
const ROWS_SKIPPED: u8 = 3;

/// What the command line asks of the program.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It is done: end with this code.
    Exit(u8),
    /// Open the window on these paths, which exist; on none, with the demo.
    Launch(Vec<PathBuf>),
}

/// Runs the program with these arguments, the first of which is its own name.
pub fn run(args: impl IntoIterator<Item = OsString>) -> Outcome {
    let cli = match Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are answers, not failures. A closed pipe ends the answer early.
            let _ = error.print();
            return Outcome::Exit(if error.use_stderr() { UNUSABLE } else { DONE });
        }
    };
    let mut out = io::stdout();
    let result = match cli.command {
        None => match launchable(&cli.paths) {
            Ok(()) => return Outcome::Launch(cli.paths),
            Err(failure) => Err(failure),
        },
        Some(Command::Score(args)) => score::run(&args, &mut out),
        Some(Command::Check(args)) => check::check(&args, &mut out),
        Some(Command::Test(args)) => check::test(&args, &mut out),
        Some(Command::Checks(args)) => check::checks(&args, &mut out),
        Some(Command::Export(args)) => export::run(&args),
        Some(Command::New(args)) => new::run(&args),
        Some(Command::Report(args)) => report::run(&args),
        Some(Command::Judge(args)) => judge::run(&args, &mut out),
        Some(Command::Flags(args)) => flags::run(&args, &mut out),
    };
    let result = result.and_then(|code| out.flush().map(|()| code).map_err(Failure::from));
    Outcome::Exit(match result {
        Ok(code) => code,
        // Whoever read the output has enough: not our failure.
        Err(Failure::ClosedPipe) => DONE,
        Err(Failure::Said(message)) => {
            tell(&message);
            UNUSABLE
        }
    })
}

/// Says why the window did not open.
pub fn explain_failed_window(why: &str) -> u8 {
    tell(why);
    UNUSABLE
}

/// Explains that this build has no window, and what it can do.
pub fn explain_headless() -> u8 {
    tell(
        "This build of rubrica has no window. It can score, check, test and export: see `rubrica --help`. \
         The window is in builds with the feature `gui`.",
    );
    UNUSABLE
}

/// A misspelt command arrives as a path; it should not open an empty window.
fn launchable(paths: &[PathBuf]) -> Result<(), Failure> {
    let Some(missing) = paths.iter().find(|path| !path.exists()) else { return Ok(()) };
    let commands = <Cli as clap::CommandFactory>::command();
    let names = commands.get_subcommands().map(clap::Command::get_name);
    let meant = nearest(&missing.to_string_lossy(), names).map(|name| format!(" Did you mean `rubrica {name}`?"));
    let advice = meant.unwrap_or_else(|| " Check the spelling, or see `rubrica --help`.".to_owned());
    Err(Failure::Said(format!("There is no file, folder or command “{}”.{advice}", missing.display())))
}

/// Refuses to write over something that is being read.
fn spare_inputs<'a>(output: &Path, mut inputs: impl Iterator<Item = &'a Path>) -> Result<(), Failure> {
    let Ok(output) = std::fs::canonicalize(output) else { return Ok(()) };
    match inputs.find(|input| std::fs::canonicalize(input).is_ok_and(|input| input == output && input.is_file())) {
        Some(input) => Err(Failure::Said(format!(
            "“{}” is an input and is never written over; name another file with -o.",
            input.display()
        ))),
        None => Ok(()),
    }
}
