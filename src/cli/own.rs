//! A project's own responses, and what its reviewers judged of them.

use super::failure::tell;
use super::{Failure, data};
use crate::io::store::{self, Opened, REVIEWS};
use crate::model::review::{Judgements, RowIndex};
use crate::model::{Severity, Source};
use crate::scoring::Progress;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Opens the project at `path` and tells what is to be known of it.
pub(super) fn open(path: &Path) -> Result<Opened, Failure> {
    let opened = store::open(path, &Progress::default()).map_err(Failure::from_error)?;
    data::tell_notices(&opened.notices);
    data::tell_report(opened.project.report(), Severity::Warning);
    opened.read_only.iter().for_each(|why| tell(why));
    Ok(opened)
}

/// What the reviewers of `opened` judged, where it is to count and there are any. Tells what cannot be read of it.
pub(super) fn people(opened: &Opened, without_reviews: bool) -> Option<Arc<Judgements>> {
    if without_reviews {
        return None;
    }
    opened.reviews.mistakes.iter().for_each(|mistake| tell(&mistake.to_string()));
    let logs = &opened.reviews.logs;
    let judged = || {
        let index = RowIndex::new(opened.project.dataset().clone());
        Arc::new(Judgements::new(logs, &index, opened.project.rubric()))
    };
    (!logs.is_empty()).then(judged)
}

/// The files that the project at `path` with these `sources` is made of, which no output may replace.
pub(super) fn files(path: &Path, sources: &[Source]) -> Vec<PathBuf> {
    let sources = sources.iter().map(|source| path.join(&source.path));
    let own = ["project.ron", "rubric.ron"].map(|name| path.join(name));
    let logs = std::fs::read_dir(path.join(REVIEWS)).into_iter().flatten().flatten().map(|entry| entry.path());
    sources.chain(own).chain(logs).chain([path.to_owned()]).collect()
}

/// Whether everything of `opened` that counts was read: what a newer version wrote may say more than was understood.
pub(super) fn is_whole(opened: &Opened, without_reviews: bool) -> bool {
    opened.read_only.is_none()
        && opened.notices.iter().all(|notice| notice.severity < Severity::Skipped)
        && (without_reviews || opened.reviews.mistakes.is_empty())
}
