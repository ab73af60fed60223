//! Flags on screen: badges in the list, chips above a response, a table in the results.

mod badges;
mod chips;
mod table;

pub use badges::{badge, unfold};
pub use chips::chips;
pub use table::{rows, table};
