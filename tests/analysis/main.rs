//! The numbers about a project: right, with how many they are of, and with the filter that shows what is behind them.

#![allow(clippy::unwrap_used, reason = "a panic is how a test fails, in its helpers too")]
#![allow(clippy::print_stderr, reason = "a test that is skipped says so")]

mod data;
mod judged;
mod models;
mod real_data;
