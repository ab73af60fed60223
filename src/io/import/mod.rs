//! Importing responses: from files as other tools leave them to a dataset and an account of what was read.
//!
//! One way for the window and the command line: [`load`] the files, [`guess_all`] what their columns mean, let
//! the person change that, [`assemble`]. [`open`] does all three. Nothing is dropped silently: a row or file
//! that cannot be read is a notice with its place, and the rest loads.
//!
//! | step | where |
//! |---|---|
//! | bytes → text | `input`, `bytes` |
//! | text → rows | `layout`, `records` |
//! | rows → columns | `table`, `column_path` |
//! | columns → mapping | `guess`, `mapping` |
//! | rows and mappings → dataset | `assemble`, `text_of` |

mod assemble;
mod bytes;
mod column_path;
mod guess;
mod input;
mod layout;
mod load;
mod mapping;
mod problem;
mod records;
mod table;
mod text_of;
mod watch;

pub use assemble::{Import, assemble};
pub use guess::{guess, guess_all, model_of_file};
pub use input::Input;
pub use load::{Loaded, LoadedFile, load};
pub use mapping::{Overrides, check};
pub use problem::{FileProblem, ImportError};
pub use table::{ColumnInfo, ColumnKind, Table};
pub use watch::{Progress, Stage, Watch};

/// Imports `inputs`: guesses what their columns mean, changes that as `overrides` say, and assembles.
///
/// # Errors
///
/// When it is cancelled, when `overrides` name a column that no file has, and when no response comes out
/// of it. A failure in one file of several is a notice in the report instead.
pub fn open(inputs: &[Input], overrides: &Overrides, watch: &Watch<'_>) -> Result<Import, ImportError> {
    let loaded = load(inputs, watch)?;
    let tables = loaded.tables();
    let mut mappings = guess_all(&tables);
    overrides.apply(&tables, &mut mappings)?;
    assemble(&loaded.files, &mappings, &loaded.notices, watch)
}
