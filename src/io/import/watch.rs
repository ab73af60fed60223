//! How an import says how far it is, and hears that it should stop.

use super::ImportError;
use std::sync::atomic::{AtomicBool, Ordering};

/// How far an import is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// Bytes dealt with in this stage.
    pub done: u64,
    /// Bytes there are in this stage, as far as is known.
    pub total: u64,
}

/// What an import does first and then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Files are read and their first rows looked at.
    Reading,
    /// Rows become prompts and responses.
    Assembling,
}

/// Whom an import tells, and who can stop it.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Set to stop the import soon.
    pub cancel: &'a AtomicBool,
    /// Called every few hundred rows or kilobytes, from whichever thread reads.
    pub progress: &'a (dyn Fn(Progress) + Sync),
}

impl Watch<'_> {
    /// Tells `progress`; [`ImportError::Cancelled`] when the import is to stop.
    pub(super) fn tell(&self, progress: Progress) -> Result<(), ImportError> {
        if self.cancel.load(Ordering::Relaxed) {
            return Err(ImportError::Cancelled);
        }
        (self.progress)(progress);
        Ok(())
    }
}
