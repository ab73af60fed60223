//! Rubric files: RON that people write by hand and Rubrica writes back.
//!
//! Reading reports every mistake of a file at once, each with its line and column, and gives what could be read in
//! spite of them. It also remembers where everything stands, so that a mistake found later, when the rubric is
//! compiled, leads to its place in the file. Writing has one layout, so that a change of the rubric is a change
//! of few lines.
//!
//! Everywhere in a file `Some(x)` means `x`, and `None` means the same as leaving the field out.

mod check;
mod diagnostic;
mod examples;
mod fields;
mod labels;
mod layout;
mod places;
mod reader;
mod reading;
mod suggest;
mod tree;
mod values;
mod write;

pub use diagnostic::Diagnostic;
pub use reading::{Reading, read};
pub use write::write;

/// The version of the format that [`write()`] writes and the newest that [`read`] understands.
pub const FORMAT: u32 = 1;
