//! From a rubric and texts to scores. Pure: the same inputs give the same bits on any number of threads.
//!
//! Two passes. The *score pass* ([`score_columns`]) runs one criterion over every response and keeps a value in a
//! [`Column`]; it stores no span, and stops where nothing more would change the value. The *evidence pass* ([`scorecard`])
//! recomputes one response in full, for what is on screen or being exported. Both go through the same code of the
//! checks, the same [`counting`] of what people judged and the same [`tally`], so they cannot disagree.

mod card;
mod cell;
mod column;
mod compile;
mod difference;
mod doubt;
mod examples;
mod nodes;
mod pass;
mod people;
mod progress;
mod results;
mod tally;

pub use card::{CriterionCard, Scorecard, input, judged_card, rescored, scorecard};
pub use cell::{Cell, State};
pub use column::Column;
pub use compile::{Child, Compiled, CompiledCriterion, CompiledDimension, CompiledRubric, How, compile};
pub use difference::{Cause, Difference, DifferencePart, difference};
pub use examples::{ExampleOutcome, run_example, run_examples};
pub use pass::{ScorePass, Scores, score_columns};
pub use people::{By, by, counting};
pub use progress::Progress;
pub use results::Results;
pub use tally::{Total, tally};
