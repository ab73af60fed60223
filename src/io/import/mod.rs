//! Importing responses: from files as other tools leave them to a dataset and an account of what was read.
//!
//! One way for the window and the command line: [`load`] the files, [`guess_all`] what their columns mean, let
//! the person change that, [`assemble`]. [`open`] does all three. Nothing is dropped silently: a row or file
//! that cannot be read is a notice with its place, and the rest loads.
//!
//! | step | where |
//! |---|---|
//! | bytes → text | `input`, `bytes`, `archive`, `legacy`, `parquet`, `raw_file` |
//! | text → blocks of lines, in parallel | `blocks` |
//! | text → rows | `layout`, `records` |
//! | rows → columns | `table`, `column_path` |
//! | columns → mapping | `guess`, `mapping` |
//! | row and mapping → what it says | `extract`, `text_of`, `batch` |
//! | what rows say → dataset | `assemble` |
//! | what rows judge → logs of reviewers | `judgements` |
//! | rows one by one, nothing kept | `stream` |

mod archive;
mod assemble;
mod batch;
mod blocks;
mod bytes;
mod column_path;
mod extract;
mod guess;
mod input;
mod judgements;
mod layout;
mod legacy;
mod load;
mod log;
mod mapping;
#[cfg(feature = "parquet")]
mod parquet;
mod places;
mod problem;
mod raw_file;
mod records;
mod stream;
mod summary;
mod table;
mod text_of;
mod watch;

pub use assemble::{First, Import, assemble, assemble_showing};
pub use guess::{guess, guess_all, model_of_file};
pub use input::Input;
pub use judgements::Judged;
pub use load::{Digests, Loaded, LoadedFile, load};
pub use mapping::{Overrides, check};
pub use problem::{FileProblem, ImportError};
pub use stream::{LineStream, Rows, Stated, StreamOr, Unread, stream, stream_file};
pub use summary::{Said, Summary};
pub use table::{ColumnInfo, ColumnKind, Table};
pub use watch::{Progress, Stage, Watch};

use crate::model::{Mapping, RatingColumn, Role};
use crate::scoring::{ScorePass, Scores};

/// Imports `inputs`: guesses what their columns mean, changes that as `overrides` say, and assembles.
///
/// # Errors
///
/// When it is cancelled, when `overrides` name a column that no file has, and when no response comes out
/// of it. A failure in one file of several is a notice in the report instead.
pub fn open(inputs: &[Input], overrides: &Overrides, watch: &Watch<'_>) -> Result<Import, ImportError> {
    let loaded = load(inputs, Digests::Wanted, watch)?;
    let mappings = mappings(&loaded, overrides)?;
    assemble(&loaded.files, &mappings, &loaded.notices, Digests::Wanted, watch)
}

/// [`open`] where nobody needs the digests of the files, with what the checks of `pass` say.
///
/// Responses that come one a line in one file are scored while they are read, and their texts forgotten: in the
/// dataset they are empty. Without a pass, or where that is not possible, there are no scores and all texts.
///
/// # Errors
///
/// Those of [`open`].
pub fn open_scored(
    inputs: &[Input],
    overrides: &Overrides,
    pass: Option<&ScorePass<'_>>,
    watch: &Watch<'_>,
) -> Result<(Import, Option<Scores>), ImportError> {
    let loaded = load(inputs, Digests::Spared, watch)?;
    let mappings = mappings(&loaded, overrides)?;
    if let ([file], [mapping]) = (&loaded.files[..], &mappings[..])
        && let Some(pass) = pass
        && file.has_lines()
        && matches!(mapping.role, Role::Responses | Role::Wide)
        && let Some((import, scores)) = assemble::assemble_scored(file, mapping, &loaded.notices, pass, watch)?
    {
        return Ok((import, Some(scores)));
    }
    assemble(&loaded.files, &mappings, &loaded.notices, Digests::Spared, watch).map(|import| (import, None))
}

/// A column of ratings as it is guessed from its name.
pub fn rating_column(name: &str) -> RatingColumn {
    guess::rating(name, None)
}

/// What the columns of `loaded` mean.
fn mappings(loaded: &Loaded, overrides: &Overrides) -> Result<Vec<Mapping>, ImportError> {
    let tables = loaded.tables();
    let mut mappings = guess_all(&tables);
    overrides.apply(&tables, &mut mappings)?;
    Ok(mappings)
}
