//! Judgements: what people decided, as one append-only log per reviewer, and what of it stands.
//!
//! An [`Entry`] is one line of `reviews/NAME.jsonl`. Nothing is ever changed in a log: taking back is an entry of its
//! own. [`Judgements`] is what stands when all entries of all reviewers are read in order, by the rows of one dataset.

mod entry;
mod judgements;
mod log;
mod pages;
mod stand;
mod wording;

pub use entry::{Act, Begin, Choice, Entry, FlagMark, Label, Mode, Note, Overrule, Prefer, Purpose, Rank, Rate, Undo};
pub use judgements::{JudgementReader, Judgements, Labelled, Noted, Overruled, Preferred, Ranked, Rated, RowIndex};
pub use log::ReviewLog;
pub use stand::Stand;
pub use wording::wording;
