//! Questions that need a path or a decision: file dialogs, import, export, closing with unsaved changes.

mod columns;
mod export;
mod foreseen;
mod import;
mod judged;
mod leave;
mod paths;
mod report;
mod thresholds;
mod typed;

pub use export::ExportDialog;
pub use import::show as show_import;
pub use leave::{Leave, Leaving};
pub use paths::{Paths, Purpose};
pub use report::{mistakes, report};
pub use thresholds::show as show_thresholds;
