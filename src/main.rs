//! Rubrica: the command line, and the window where the build has one.

use rubrica::cli::{self, Outcome};
use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Outcome::Exit(code) => ExitCode::from(code),
        Outcome::Launch(paths) => launch(paths),
    }
}

#[cfg(feature = "gui")]
fn launch(paths: Vec<PathBuf>) -> ExitCode {
    match rubrica::ui::run(paths) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => ExitCode::from(cli::explain_failed_window(&why)),
    }
}

#[cfg(not(feature = "gui"))]
fn launch(_: Vec<PathBuf>) -> ExitCode {
    ExitCode::from(cli::explain_headless())
}
