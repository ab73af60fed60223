//! Saving: everything is written aside first, then takes its name; `project.ron` comes last.

use super::manifest::{self, FORMAT, Manifest};
use super::place::{Placed, is_outside, place};
use super::{HISTORY, PROJECT, REPORT, REVIEWS, RUBRIC, StoreError, digest, is_packed, pack};
use crate::io::atomic::{Staged, WriteError};
use crate::io::rubric_file;
use crate::model::{ImportReport, Notice, Project, Rubric, Source};
use crate::scoring::Progress;
use std::fs::{self, File};
use std::io::{Read as _, Write};
use std::path::{Path, PathBuf};

/// What a save did.
#[derive(Debug)]
pub struct Saved {
    /// The same project, its sources where they stand now.
    pub project: Project,
    /// What a person should know.
    pub notices: Vec<Notice>,
}

/// One file of a project being saved.
#[derive(Debug)]
pub(super) struct Part {
    /// Its name in the project, `/` between folders.
    pub(super) name: String,
    /// What it holds.
    pub(super) content: Content,
}

#[derive(Debug)]
pub(super) enum Content {
    Bytes(Vec<u8>),
    /// The same as this file.
    File(PathBuf),
}

/// Saves `project` at `target`: a folder, or a packed project where the name ends in `.rubrica`. `header` is
/// the comments above the rubric. `origin` is where the project was opened from or last saved, a folder or
/// packed; sources with a relative path, reviews and history come from there. Progress counts bytes.
///
/// # Errors
/// When a file cannot be read or written, or when another project or rubric stands in the target folder.
/// Nothing is changed then, unless giving complete files their names fails halfway; each file is then either
/// the old or the new one.
pub fn save(
    project: &Project,
    header: &str,
    origin: Option<&Path>,
    target: &Path,
    progress: &Progress,
) -> Result<Saved, StoreError> {
    let same = origin.is_some_and(|origin| is_same(origin, target));
    let packed = is_packed(target);
    if !packed && !same && [PROJECT, RUBRIC, REPORT].iter().any(|name| target.join(name).is_file()) {
        return Err(StoreError::Occupied(target.to_owned()));
    }
    let unpacked = match origin {
        Some(origin) if is_packed(origin) => {
            let folder = temporary_folder()?;
            pack::unpack(origin, folder.path(), progress)?;
            Some(folder)
        }
        _ => None,
    };
    let base = match &unpacked {
        Some(folder) => Some(folder.path()),
        None if same => Some(target),
        None => origin,
    };
    let existing = (!packed).then_some(target);
    let Placed { sources, mut parts, notices } = place(project.sources(), base, existing, progress)?;
    if existing.is_none() || !same {
        parts.extend(logs(base)?);
    }
    if !packed && !same && would_overwrite(&parts, target, progress)? {
        return Err(StoreError::Occupied(target.to_owned()));
    }
    let report = renamed(project.report(), project.sources(), &sources);
    let saved = project.relocated(sources, report);
    parts.extend(written(&saved, header, base)?);
    deduplicate(&mut parts);

    progress.start(parts.iter().map(|part| part.size() as usize).sum());
    if packed {
        pack::pack(&parts, target, progress)?;
    } else {
        write_folder(&parts, target, progress)?;
    }
    Ok(Saved { project: saved, notices })
}

/// The files that are made of the project itself; `project.ron` last.
fn written(project: &Project, header: &str, base: Option<&Path>) -> Result<Vec<Part>, StoreError> {
    let bytes = |name: &str, text: String| Part { name: name.to_owned(), content: Content::Bytes(text.into_bytes()) };
    let mut parts = Vec::new();
    if **project.rubric() != Rubric::default() {
        let version = rubric_file::write(project.rubric(), "");
        parts.push(bytes(&format!("{HISTORY}/{}.ron", crate::io::digest::of_bytes(version.as_bytes())), version));
    }
    let report = serde_json::to_string_pretty(&**project.report()).expect("a report is texts and numbers");
    parts.push(bytes(REPORT, report + "\n"));
    parts.push(bytes(RUBRIC, rubric_file::write(project.rubric(), header)));
    let old = base.map(|base| base.join(PROJECT)).filter(|old| old.is_file());
    let old = match old {
        Some(old) => fs::read_to_string(&old).map_err(|error| StoreError::read(&old, error))?,
        None => String::new(),
    };
    let manifest = Manifest {
        format: FORMAT,
        name: project.name().to_owned(),
        sources: project.sources().to_vec(),
        settings: (**project.settings()).clone(),
    };
    parts.push(bytes(PROJECT, manifest::write(&manifest, manifest::header(&old))));
    Ok(parts)
}

/// The reviews and rubric versions in `base`, by name.
fn logs(base: Option<&Path>) -> Result<Vec<Part>, StoreError> {
    let mut parts = Vec::new();
    for folder in [REVIEWS, HISTORY] {
        let Some(place) = base.map(|base| base.join(folder)).filter(|place| place.is_dir()) else { continue };
        let failed = |error| StoreError::read(&place, error);
        for entry in fs::read_dir(&place).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            // Who writes a log now is nothing to send.
            let is_lock = path.extension().is_some_and(|extension| extension == "lock");
            if let (true, Some(name)) = (path.is_file() && !is_lock, path.file_name().and_then(|name| name.to_str())) {
                parts.push(Part { name: format!("{folder}/{name}"), content: Content::File(path) });
            }
        }
    }
    parts.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(parts)
}

/// Whether a file that is carried along would take the place of another one.
fn would_overwrite(parts: &[Part], target: &Path, progress: &Progress) -> Result<bool, StoreError> {
    for part in parts {
        let there = target.join(&part.name);
        if let Content::File(from) = &part.content
            && there.exists()
            && (!there.is_file() || digest::of_file(&there, progress)? != digest::of_file(from, progress)?)
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Keeps the first part of each name: a rubric version that is carried along is not written again.
fn deduplicate(parts: &mut Vec<Part>) {
    let mut names = std::collections::HashSet::new();
    parts.retain(|part| names.insert(part.name.clone()));
}

/// Writes all parts aside, then gives them their names in order.
fn write_folder(parts: &[Part], target: &Path, progress: &Progress) -> Result<(), StoreError> {
    let mut made = Vec::new();
    let written = stage(parts, target, &mut made, progress)
        .and_then(|staged| staged.into_iter().try_for_each(|file| file.commit().map_err(StoreError::from)));
    if written.is_err() {
        // Only what is empty goes: a folder made for this save that did not come about.
        for folder in made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
    written
}

fn stage(
    parts: &[Part],
    target: &Path,
    made: &mut Vec<PathBuf>,
    progress: &Progress,
) -> Result<Vec<Staged>, StoreError> {
    make_folder(target, made)?;
    let mut staged = Vec::new();
    for part in parts {
        let path = target.join(&part.name);
        if part.is_at(&path) {
            progress.advance(part.size() as usize);
            continue;
        }
        if let Some(folder) = path.parent() {
            make_folder(folder, made)?;
        }
        let mut file = Staged::create(&path)?;
        copy_into(part, &path, &mut file, progress)?;
        staged.push(file);
    }
    Ok(staged)
}

/// Makes `folder` and those above it, noting which were not there.
fn make_folder(folder: &Path, made: &mut Vec<PathBuf>) -> Result<(), WriteError> {
    let mut missing: Vec<&Path> =
        folder.ancestors().take_while(|above| !above.as_os_str().is_empty() && !above.exists()).collect();
    missing.reverse();
    for path in missing {
        fs::create_dir(path).map_err(|source| WriteError { path: path.to_owned(), source })?;
        made.push(path.to_owned());
    }
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    Err(WriteError { path: folder.to_owned(), source: std::io::ErrorKind::AlreadyExists.into() })
}

/// Copies a part into the file at `target`, in pieces so that it can be stopped.
pub(super) fn copy_into(
    part: &Part,
    target: &Path,
    out: &mut dyn Write,
    progress: &Progress,
) -> Result<(), StoreError> {
    let failed = |source| StoreError::Write(WriteError { path: target.to_owned(), source });
    let from = match &part.content {
        Content::Bytes(bytes) => {
            progress.advance(bytes.len());
            return out.write_all(bytes).map_err(failed);
        }
        Content::File(from) => from,
    };
    let mut file = File::open(from).map_err(|error| StoreError::read(from, error))?;
    let mut piece = vec![0; 1 << 16];
    loop {
        if progress.is_cancelled() {
            return Err(StoreError::Cancelled);
        }
        let length = file.read(&mut piece).map_err(|error| StoreError::read(from, error))?;
        if length == 0 {
            return Ok(());
        }
        out.write_all(&piece[..length]).map_err(failed)?;
        progress.advance(length);
    }
}

impl Part {
    fn size(&self) -> u64 {
        match &self.content {
            Content::Bytes(bytes) => bytes.len() as u64,
            Content::File(from) => fs::metadata(from).map_or(0, |metadata| metadata.len()),
        }
    }

    /// Whether the file at `path` holds this already: then its date stays too.
    fn is_at(&self, path: &Path) -> bool {
        match &self.content {
            Content::Bytes(bytes) => {
                fs::metadata(path).is_ok_and(|there| there.len() == bytes.len() as u64)
                    && fs::read(path).is_ok_and(|there| there == *bytes)
            }
            Content::File(from) => is_same(from, path),
        }
    }
}

/// The report with its files under the names they have now, in its sentences too: where they lay before is
/// nobody else's business.
fn renamed(report: &ImportReport, old: &[Source], new: &[Source]) -> ImportReport {
    let mut report = report.clone();
    for (old, new) in old.iter().zip(new).filter(|(old, new)| old.path != new.path) {
        for notice in &mut report.notices {
            if notice.file == old.path {
                notice.file.clone_from(&new.path);
            }
            // A relative name may be part of any word; an absolute one is only ever itself.
            if is_outside(old) {
                notice.message = notice.message.replace(&old.path, &new.path);
            }
        }
    }
    report
}

/// Whether both name the same existing thing.
fn is_same(a: &Path, b: &Path) -> bool {
    matches!((fs::canonicalize(a), fs::canonicalize(b)), (Ok(a), Ok(b)) if a == b)
}

pub(super) fn temporary_folder() -> Result<tempfile::TempDir, StoreError> {
    tempfile::tempdir().map_err(|source| StoreError::Write(WriteError { path: std::env::temp_dir(), source }))
}
