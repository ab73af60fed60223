//! What importing gives for every shape of file, and what a person reads when it cannot.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop")]
#![allow(clippy::print_stdout, reason = "a test that is skipped says so")]

mod bad_files;
mod figures;
mod fixture;
mod formats;
mod joins;
mod judgements;
mod mappings;
mod never_panics;
mod real_data;
mod strangers;
mod tools;
mod variants;
