//! Why a command ends early, and how it says so.

use std::io::{self, Write as _};

/// Why a command ends early.
#[derive(Debug)]
pub(super) enum Failure {
    /// Nobody reads the output any more, as with `| head`.
    ClosedPipe,
    /// This, to be told to the person.
    Said(String),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::ClosedPipe,
            _ => {
                Self::Said(format!("The output could not be written: {error}. Check where it goes and its free space."))
            }
        }
    }
}

impl Failure {
    /// A failure with what an error says.
    pub(super) fn from_error(error: impl std::error::Error) -> Self {
        Self::Said(error.to_string())
    }
}

/// Says something on standard error. When that is closed there is nobody to tell.
pub(super) fn tell(message: &str) {
    let _ = writeln!(io::stderr(), "{message}");
}
