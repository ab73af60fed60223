//! The one in-memory state every panel shares: project, history, selection, filter, results, running jobs.
//!
//! Commands go in ([`Workbench::execute`]), view models come out. It knows nothing of any toolkit, so all of
//! it is tested without a window.

mod access;
mod background;
mod command;
mod compare;
mod derived;
mod draft;
mod earlier;
mod effect;
mod engine;
mod facts;
mod files;
mod filter;
mod flag_board;
mod flagged;
mod focus;
mod focus_flags;
mod importing;
mod insight;
mod job;
mod listing;
pub mod outline;
mod overview;
pub mod query;
mod reading;
mod reviews;
pub mod saved_filters;
pub mod session;
mod slots;
mod state;
mod work;

pub use command::Command;
pub use compare::{Column, Compare, Comparing, Comparison, MOST_COLUMNS, Walk, WordsState};
pub use effect::Effect;
pub use engine::{Engine, RowScore};
pub use files::{Files, Foreseen, Preview};
pub use filter::Filter;
pub use flagged::{Flagged, text_flags};
pub use focus::{Focus, FocusMark};
pub use insight::{Against, Base};
pub use job::{Job, Poll, Wake};
pub use listing::{Order, OrderKey};
pub use overview::{CriterionNumbers, Group, Overview, SCORE_BINS};
pub use reviews::Reviews;
pub use session::{Judging, SessionCommand};
pub use slots::COLOURS;
pub use state::Workbench;
