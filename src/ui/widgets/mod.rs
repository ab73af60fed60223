//! Small things every panel is made of.

mod bars;
mod caret;
mod line;
mod spark;
mod stable;
mod virtual_rows;

pub use bars::{Part, meter, stacked};
pub use caret::caret_to_end;
pub use line::{count, elided, in_two_lines, number, one_line, percent, signed};
pub use spark::{Bars, sparkline};
pub use stable::stable;
pub use virtual_rows::VirtualRows;
