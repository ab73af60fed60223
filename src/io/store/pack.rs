//! `NAME.rubrica`: the parts of a project in one zip.

use super::StoreError;
use super::save::{Part, copy_into};
use crate::io::atomic::Staged;
use crate::scoring::Progress;
use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, BufReader, Read as _, Write as _};
use std::path::Path;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The most files a packed project may hold.
pub const MAX_FILES: usize = 10_000;

/// The most bytes a packed project may unpack to: 16 GiB.
pub const MAX_BYTES: u64 = 16 << 30;

/// Packs `parts` into one file at `target`, which is replaced only once the new one is complete. The same
/// parts give the same bytes.
pub(super) fn pack(parts: &[Part], target: &Path, progress: &Progress) -> Result<(), StoreError> {
    let spool = Staged::create(target)?;
    let mut zip = ZipWriter::new_stream(spool);
    // No times and no owners: they would tell two equal projects apart.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default())
        .unix_permissions(0o644)
        .large_file(true);
    let failed =
        |error: io::Error| StoreError::Write(crate::io::atomic::WriteError { path: target.to_owned(), source: error });
    for part in parts {
        zip.start_file(part.name.as_str(), options).map_err(|error| failed(error.into()))?;
        copy_into(part, target, &mut zip, progress)?;
    }
    let mut spool = zip.finish().map_err(|error| failed(error.into()))?.into_inner();
    spool.flush().map_err(failed)?;
    Ok(spool.commit()?)
}

/// Unpacks the file at `path` into the empty folder `into`.
pub(super) fn unpack(path: &Path, into: &Path, progress: &Progress) -> Result<(), StoreError> {
    let unsafe_file = |reason: String| StoreError::Packed { path: path.to_owned(), reason };
    let damaged = |error: &dyn std::fmt::Display| {
        unsafe_file(format!("it is damaged or no packed project ({error}). Ask for it to be sent again."))
    };
    let file = File::open(path).map_err(|error| StoreError::read(path, error))?;
    let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|error| damaged(&error))?;
    if zip.len() > MAX_FILES {
        return Err(unsafe_file(format!("it holds {} files; at most {MAX_FILES} are read.", zip.len())));
    }
    let mut names = HashSet::new();
    let mut left = MAX_BYTES;
    for index in 0..zip.len() {
        if progress.is_cancelled() {
            return Err(StoreError::Cancelled);
        }
        let mut entry = zip.by_index(index).map_err(|error| damaged(&error))?;
        let name = entry.name().map_err(|error| damaged(&error))?.into_owned();
        if entry.is_dir() {
            continue;
        }
        if !is_inside(&name) || entry.is_symlink() {
            return Err(unsafe_file(format!("“{name}” in it leads out of the project. Do not trust this file.")));
        }
        // Two names that differ in case only would be one file on some systems.
        if !names.insert(name.to_lowercase()) {
            return Err(unsafe_file(format!("it holds “{name}” twice. Do not trust this file.")));
        }
        let target = into.join(&name);
        let written = write_entry(&mut entry, &target, left);
        let bytes = written.map_err(|error| damaged(&format_args!("“{name}”: {error}")))?;
        left = left.checked_sub(bytes).ok_or_else(|| {
            unsafe_file(format!("it unpacks to more than {} GiB, which is not read.", MAX_BYTES >> 30))
        })?;
    }
    Ok(())
}

/// Writes at most one byte more than `limit`: sizes stated in a zip cannot be relied on.
fn write_entry(entry: &mut impl io::Read, target: &Path, limit: u64) -> io::Result<u64> {
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder)?;
    }
    io::copy(&mut entry.take(limit.saturating_add(1)), &mut File::create_new(target)?)
}

/// Whether `name` stays below the folder it is put in, on every system.
pub(super) fn is_inside(name: &str) -> bool {
    !name.contains(['\\', ':', '\0']) && name.split('/').all(|step| !matches!(step, "" | "." | ".."))
}

#[cfg(test)]
mod tests {
    use super::is_inside;

    #[test]
    fn knows_names_that_lead_out() {
        assert!(is_inside("responses/a b.jsonl") && is_inside("..a"));
        for name in ["", "/etc/passwd", "../x", "a/../../x", "a//b", "C:\\x", "a\\..\\b", "./a", "x:stream"] {
            assert!(!is_inside(name), "{name}");
        }
    }
}
