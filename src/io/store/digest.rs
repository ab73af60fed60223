//! The digests of a project's files.

use super::StoreError;
use crate::io::digest;
use crate::scoring::Progress;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// Of the file at `path`.
pub(super) fn of_file(path: &Path, progress: &Progress) -> Result<String, StoreError> {
    let mut file = File::open(path).map_err(|error| StoreError::read(path, error))?;
    let mut hasher = Sha256::new();
    let mut piece = vec![0; 1 << 16];
    loop {
        if progress.is_cancelled() {
            return Err(StoreError::Cancelled);
        }
        match file.read(&mut piece).map_err(|error| StoreError::read(path, error))? {
            0 => return Ok(digest::hex(hasher)),
            length => hasher.update(&piece[..length]),
        }
    }
}
