//! Sessions of judging: which items, in which order, how far one is, and what came of it.
//!
//! A [`Session`] is a fixed list of items, drawn once from a [`Recipe`] and a seed. What of it is done is never stored:
//! [`done`] reads it from the reviewer's log, so that no restart and no crash can make the two differ. Everything here
//! is a function of its arguments; [`super::Workbench`] keeps the session that is open.

mod acts;
mod adjudication;
mod ask;
mod blind;
mod build;
mod calibration;
mod command;
mod consistency;
mod done;
mod draw;
mod follow;
mod given;
mod grant;
mod item;
mod judging;
mod keep;
mod material;
mod names;
mod outlook;
mod pace;
mod pairs;
mod placing;
mod queue;
mod record;
mod sides;

pub use acts::{prefer, rank, rate};
pub use adjudication::{Dispute, Said, disputes};
pub use blind::{alias, mask_with};
pub use build::{NoItems, Recipe, build};
pub use calibration::{Calibration, Gate, Gold, GoldAnswer, LEAST_GOLD, LeanOn, ONE_ANSWER, agrees, calibration, gate};
pub use command::SessionCommand;
pub use consistency::{OwnAgreement, own_agreement};
pub(super) use done::is_done;
pub use done::{done, next_open};
pub use given::Given;
pub use grant::closed;
pub use item::{Item, Session};
pub use judging::{Judging, Progress};
pub use material::Material;
pub use outlook::{Outlook, outlook};
pub use pace::{Pace, Stopwatch, pace};
pub use pairs::MOST as MOST_COMPARISONS;
pub use placing::Placing;
pub use queue::{NEAR, Queue};
pub use record::{Record, Turned};

#[cfg(test)]
mod fixture;
