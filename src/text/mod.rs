//! Text as byte offsets: spans, disjoint runs, lines, fenced code, headings, word differences, counts in words. No IO, no failure.

mod diff;
mod fences;
mod headings;
mod lines;
mod nearest;
mod runs;
mod span;
mod thousands;

pub use diff::{WordDiff, in_both, word_diff};
pub use fences::{Fence, fences};
pub use headings::{Heading, headings, trim_title};
pub use lines::LineIndex;
pub use nearest::nearest;
pub use runs::{Run, runs};
pub use span::Span;
pub use thousands::thousands;
