//! Importing responses: from files as other tools leave them to a dataset and an account of what was read.
//!
//! One way for the window and the command line: [`load`] the files, [`guess_all`] what their columns mean, let
//! the person change that, [`assemble`]. [`open`] does all three. Nothing is dropped silently: a row or file
//! that cannot be read is a notice with its place, and the rest loads.
//!
//! | step | where |
//! |---|---|
//! | bytes → text | `input`, `bytes`, `raw_file` |
//! | text → blocks of lines, in parallel | `blocks` |
//! | text → rows | `layout`, `records` |
//! | rows → columns | `table`, `column_path` |
//! | columns → mapping | `guess`, `mapping` |
//! | row and mapping → what it says | `extract`, `text_of`, `batch` |
//! | what rows say → dataset | `assemble` |

mod assemble;
mod batch;
mod blocks;
mod bytes;
mod column_path;
mod extract;
mod guess;
mod input;
mod layout;
mod load;
mod mapping;
mod problem;
mod raw_file;
mod records;
mod table;
mod text_of;
mod watch;

pub use assemble::{Import, assemble};
pub use guess::{guess, guess_all, model_of_file};
pub use input::Input;
pub use load::{Digests, Loaded, LoadedFile, load};
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
    open_with(inputs, overrides, Digests::Wanted, watch)
}

/// [`open`] where it may be known that nobody needs the digests of the files.
///
/// # Errors
///
/// Those of [`open`].
pub fn open_with(
    inputs: &[Input],
    overrides: &Overrides,
    digests: Digests,
    watch: &Watch<'_>,
) -> Result<Import, ImportError> {
    let loaded = load(inputs, digests, watch)?;
    let tables = loaded.tables();
    let mut mappings = guess_all(&tables);
    overrides.apply(&tables, &mut mappings)?;
    assemble(&loaded.files, &mappings, &loaded.notices, digests, watch)
}
