//! Text as byte offsets: spans, disjoint runs, lines, fenced code. No IO, no failure.

mod fences;
mod lines;
mod runs;
mod span;

pub use fences::{Fence, fences};
pub use lines::LineIndex;
pub use runs::{Run, runs};
pub use span::Span;
