//! What will come of files in the preview: they are imported on trial, in the background, whenever their mapping changes.

use crate::io::import::{self, Digests, Loaded, Summary, Watch};
use crate::model::{ImportReport, Mapping};
use crate::workbench::{Job, Poll, Wake};
use std::sync::Arc;

/// Files of more bytes than this together are not imported on trial.
const MOST: u64 = 64 << 20;

/// What came of a trial.
#[derive(Clone, Debug, Default)]
pub struct Foreseen {
    /// What would come in; `None` where nothing would.
    pub summary: Option<Summary>,
    /// What there would be to say of it.
    pub report: ImportReport,
}

/// The last trial, and the one that runs.
#[derive(Debug, Default)]
pub(super) struct Foresight {
    of: Vec<Mapping>,
    job: Option<Job<Option<Foreseen>>>,
    seen: Option<Arc<Foreseen>>,
}

impl Foresight {
    /// What came of the last trial.
    pub(super) fn seen(&self) -> Option<&Arc<Foreseen>> {
        self.seen.as_ref()
    }

    /// Whether what was seen is of an older mapping.
    pub(super) fn is_running(&self) -> bool {
        self.job.is_some()
    }

    /// Whether files of `loaded` are too large to be tried.
    pub(super) fn is_too_much(loaded: &Loaded) -> bool {
        loaded.bytes() > MOST
    }

    /// Collects what a trial gave and begins another where `mappings` are others; whether anything changed.
    pub(super) fn update(&mut self, loaded: &Arc<Loaded>, mappings: &[Mapping], wake: &Wake) -> bool {
        let mut changed = false;
        match self.job.as_ref().map(Job::poll) {
            None | Some(Poll::Running) => {}
            Some(Poll::Done(seen)) => {
                self.job = None;
                self.seen = seen.map(Arc::new).or(self.seen.take());
                changed = true;
            }
            Some(Poll::Lost) => self.job = None,
        }
        if self.of != mappings && !Self::is_too_much(loaded) {
            self.of = mappings.to_vec();
            let (loaded, mappings) = (loaded.clone(), mappings.to_vec());
            self.job = Some(Job::spawn("Looking ahead", wake.clone(), move |progress| {
                let watch = Watch { cancel: progress.cancel_flag(), progress: &|_| {} };
                match import::assemble(&loaded.files, &mappings, &loaded.notices, Digests::Spared, &watch) {
                    Ok(import) => Some(Foreseen { summary: Some(Summary::of(&import)), report: import.report }),
                    Err(import::ImportError::Nothing(report)) => Some(Foreseen { summary: None, report }),
                    Err(_) => None,
                }
            }));
            changed = true;
        }
        changed
    }
}
