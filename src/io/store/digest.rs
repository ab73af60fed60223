//! SHA-256 as it stands in project files.

use super::StoreError;
use crate::scoring::Progress;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;

/// Of `bytes`, 64 lower case hexadecimal digits.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

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
            0 => return Ok(hex(&hasher.finalize())),
            length => hasher.update(&piece[..length]),
        }
    }
}

fn hex(digest: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in digest {
        write!(hex, "{byte:02x}").expect("a String takes everything");
    }
    hex
}
