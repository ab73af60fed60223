//! Files: what people write, what they bring, what they take away.

pub mod atomic;
mod digest;
pub mod drafts;
pub mod export;
pub mod import;
pub mod report;
pub mod reviews;
pub mod ron_tree;
pub mod rubric_file;
mod starting;
pub mod store;

pub use starting::{reasoning_rubric, starting_rubric};
