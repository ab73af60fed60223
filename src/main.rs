//! Rubrica: the command line, and the window where the build has one.

use rubrica::cli::{self, Outcome};
use std::process::ExitCode;

fn main() -> ExitCode {
    match cli::run(std::env::args_os()) {
        Outcome::Exit(code) => ExitCode::from(code),
        Outcome::Launch(_) => ExitCode::from(cli::explain_headless()),
    }
}
