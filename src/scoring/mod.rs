//! From a rubric and texts to scores. Pure: the same inputs give the same bits on any number of threads.
//!
//! Two passes. The *score pass* ([`score_columns`]) runs one criterion over every response and keeps a value
//! and a hit count in a [`Column`]; it never stores a span. The *evidence pass* ([`scorecard`]) recomputes
//! one response in full, for what is on screen or being exported. Both go through the same code of the
//! checks, the same [`counting`] of what people judged and the same [`tally`], so they cannot disagree.

mod card;
mod columns;
mod compile;
mod difference;
mod examples;
mod nodes;
mod people;
mod progress;
mod results;
mod tally;

pub use card::{CriterionCard, Scorecard, input, judged_card, rescored, scorecard};
pub use columns::{Cell, Column, ScorePass, State, score_columns};
pub use compile::{Child, Compiled, CompiledCriterion, CompiledDimension, CompiledRubric, How, compile};
pub use difference::{Cause, Difference, DifferencePart, difference};
pub use examples::{ExampleOutcome, run_example, run_examples};
pub use people::{By, by, counting};
pub use progress::Progress;
pub use results::Results;
pub use tally::{Total, tally};
