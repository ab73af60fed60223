//! The logs of reviewers: `reviews/NAME.jsonl`, one line a decision, only ever added to.
//!
//! Reading gives what is sound and names the rest: [`read_folder`]. Writing is [`Writer`]: an entry is on disk before
//! [`Writer::append`] says so, and one that could not be saved is kept and tried again. What a crash left half written
//! at the end of a log is moved to `NAME.torn` and told.
//!
//! | file | holds |
//! |---|---|
//! | `NAME.jsonl` | the log; [`name`] says how a reviewer's name becomes `NAME` |
//! | `NAME.torn` | lines that were never complete, as they were found |
//! | `NAME.lock` | who writes the log now; it goes when they are done |

mod folder;
mod given;
mod ids;
mod lock;
mod machine;
mod mistake;
pub mod name;
mod open;
mod read;
mod sound;
mod writer;

#[cfg(test)]
mod tests;

pub use folder::{Reviews, read_folder};
pub use given::{Given, read_given};
pub use ids::{EntryIds, new_session};
pub use machine::user_name;
pub use name::NameError;
pub use open::OpenError;
pub use read::{End, Reading, read};
pub use sound::problem;
pub use writer::{AppendError, Writer};
