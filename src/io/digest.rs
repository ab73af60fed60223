//! SHA-256 as it stands in files: 64 lower case hexadecimal digits.

use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// The digest of `bytes`.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    hex(Sha256::new_with_prefix(bytes))
}

/// What a hasher comes to.
pub(super) fn hex(hasher: Sha256) -> String {
    let digest = hasher.finalize();
    let mut hex = String::with_capacity(2 * digest.len());
    for byte in digest {
        write!(hex, "{byte:02x}").expect("a String takes everything");
    }
    hex
}
