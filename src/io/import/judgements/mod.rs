//! Judgements that files bring along: ratings and verdicts of people and of other tools, on their way from rows to the
//! logs of reviewers.
//!
//! | step | where |
//! |---|---|
//! | a cell → what it says | `values` |
//! | a row and its mapping → what was judged, and how | `row` |
//! | values → the scale of a criterion | `criteria` |
//! | columns that a person names | `by_hand` |
//! | all of them → one log a reviewer | `collect` |

mod by_hand;
mod collect;
mod criteria;
mod row;
mod values;

pub(super) use by_hand::by_hand;
pub(super) use collect::{By, Collector, Place};
pub(super) use criteria::are_of_one_scale;
pub(super) use row::{JudgedColumns, Side};
pub(super) use values::{Rated, Sides, is_yes, most_said, name, rating, seconds, time, verdict};

pub use collect::Judged;
