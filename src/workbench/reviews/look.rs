//! Noticing what other reviewers wrote meanwhile: in a shared folder, or through a merge.

use super::Reviews;
use crate::io::reviews as files;
use crate::workbench::{Job, Poll, Wake};
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::SystemTime;

/// The logs that were read, with their lengths and dates.
pub(super) type Stamps = Vec<(PathBuf, u64, Option<SystemTime>)>;

impl Reviews {
    /// How the logs of others stand on disk now.
    pub(super) fn stamps_now(&self) -> Stamps {
        let mine = self.writer.as_ref().map(files::Writer::path);
        let logs = self.folder.as_deref().map(files::log_paths).unwrap_or_default();
        let others = logs.into_iter().filter(|path| Some(&**path) != mine);
        others
            .filter_map(|path| {
                let there = fs::metadata(&path).ok()?;
                Some((path, there.len(), there.modified().ok()))
            })
            .collect()
    }

    /// Looks whether logs changed on disk, and begins to read them again where they did. What waits is tried again.
    pub(in crate::workbench) fn look(&mut self, wake: &Wake) -> Vec<String> {
        // Whoever had the log may be done.
        self.barred = None;
        let mut said = if self.writer.is_none() { self.take_log() } else { Vec::new() };
        let now = self.stamps_now();
        if now != self.stamps
            && let Some(folder) = self.folder.clone()
        {
            self.stamps = now;
            let read = move |_: &_| files::read_folder(&folder);
            self.reading = Some(Job::spawn("Reading judgements", wake.clone(), read));
        }
        if let Some(writer) = &mut self.writer {
            // Where it cannot be looked at, the next judgement says so.
            let _ = writer.look();
        }
        said.extend(self.settle());
        said.extend(self.retry());
        said
    }

    /// Takes over logs that were read again; what there is to say. `None` while there is nothing.
    pub(in crate::workbench) fn poll(&mut self) -> Option<Vec<String>> {
        let read = match self.reading.as_ref()?.poll() {
            Poll::Running => return None,
            Poll::Done(read) => read,
            Poll::Lost => files::Reviews::default(),
        };
        self.reading = None;
        let mine = self.writer.as_ref().map(|writer| writer.reviewer().to_owned());
        let mut news = Vec::new();
        for log in read.logs.iter().filter(|log| mine.as_deref() != Some(&**log.reviewer())) {
            let known = self.logs.iter().find(|known| known.reviewer() == log.reviewer());
            let (before, after) = (known.map_or(0, |known| known.entries().len()), log.entries().len());
            let log = known.map_or_else(|| log.clone(), |known| known.grown(log.clone()));
            if known.is_none_or(|known| !Arc::ptr_eq(known, &log)) {
                news.push(match after.checked_sub(before) {
                    Some(1) => format!("{} added an entry.", log.reviewer()),
                    Some(new) if new > 1 => format!("{} added {new} entries.", log.reviewer()),
                    _ => format!("The log of {} changed.", log.reviewer()),
                });
                self.put(log);
            }
        }
        news.extend(read.mistakes.first().map(ToString::to_string));
        Some(news)
    }

    /// Whether logs are being read again.
    pub(in crate::workbench) fn job(&self) -> Option<(&str, &crate::scoring::Progress)> {
        self.reading.as_ref().map(|job| (job.label(), &**job.progress()))
    }
}
