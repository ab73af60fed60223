//! Plain numbers in, plain numbers out. Each function names its source. Knows nothing of rubrics.

mod histogram;
mod proportion;
mod summary;

pub use histogram::Histogram;
pub use proportion::{Interval, wilson};
pub use summary::{Summary, summarize};
