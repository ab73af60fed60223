//! A draft: what is unsaved of a project, so that a crash does not lose it. Responses are not in it, only where they
//! come from.

use super::inputs::{Inputs, inputs};
use super::open::{Opening, import_again};
use super::{Mistake, PROJECT, RUBRIC, StoreError, manifest};
use crate::io::atomic::{self, WriteError};
use crate::io::rubric_file;
use crate::model::{Edit, Project};
use crate::scoring::Progress;
use std::fs;
use std::path::Path;

/// What leads from a project to a draft of it.
#[derive(Debug)]
pub struct DraftEdits {
    /// Changes of the project, in order; none where it is as the draft says.
    pub edits: Vec<Edit>,
    /// The comments above the draft's rubric.
    pub header: String,
    /// What could not be read of the draft.
    pub mistakes: Vec<Mistake>,
}

/// Writes a draft of `project` into `folder`, each file whole or not at all. `header` is the comments above the rubric.
///
/// # Errors
/// When a file cannot be written.
pub fn write_draft(folder: &Path, project: &Project, header: &str) -> Result<(), WriteError> {
    fs::create_dir_all(folder).map_err(|source| WriteError { path: folder.to_owned(), source })?;
    atomic::write(&folder.join(RUBRIC), rubric_file::write(project.rubric(), header).as_bytes())?;
    atomic::write(&folder.join(PROJECT), manifest::write(&manifest::of(project), "").as_bytes())
}

/// What leads from `base` to the draft in `folder`. `origin` is where `base` lives. With `keeps_data` its responses
/// stay, whatever the draft says of them. Progress counts bytes of responses that are imported anew.
///
/// # Errors
/// When the draft cannot be read, or it is cancelled.
pub fn draft_edits(
    folder: &Path,
    base: &Project,
    origin: Option<&Path>,
    keeps_data: bool,
    progress: &Progress,
) -> Result<DraftEdits, StoreError> {
    let mut opening = Opening::default();
    let manifest = opening.manifest(folder)?;
    let (rubric, header) = opening.rubric(folder)?;
    let mut edits = Vec::new();
    if !keeps_data && manifest.sources != **base.sources() {
        let Inputs { base: place, _unpacked, .. } = inputs(&manifest.sources, origin, progress)?;
        let place = place.unwrap_or_default();
        let (dataset, mut sources, report) = import_again(&place, &manifest.sources, progress, &|_| {})?;
        // What cannot be read now stays known, as in opening.
        let unread = |source: &&_| !sources.iter().any(|read| super::open::is_same_source(read, source));
        let unread: Vec<_> = manifest.sources.iter().filter(unread).cloned().collect();
        sources.extend(unread);
        edits.push(Edit::SetData { dataset: dataset.into(), sources, report: report.into(), rubric: None });
    }
    if rubric != **base.rubric() {
        edits.push(Edit::SetRubric(Box::new(rubric)));
    }
    if manifest.settings != **base.settings() {
        edits.push(Edit::SetSettings(Box::new(manifest.settings)));
    }
    if manifest.name != *base.name() {
        edits.push(Edit::Rename(manifest.name));
    }
    Ok(DraftEdits { edits, header, mistakes: opening.mistakes })
}
