//! Work in the background: a thread, its progress, and its result.

use crate::scoring::Progress;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError, channel};
use std::thread;
use std::time::Duration;

/// Called from a job's thread when there is something to collect.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// A running job. Dropping it cancels it.
#[derive(Debug)]
pub struct Job<T: Send + 'static> {
    label: String,
    progress: Arc<Progress>,
    result: Receiver<T>,
}

/// What became of a job.
#[derive(Debug)]
pub enum Poll<T> {
    /// It is still at work.
    Running,
    /// It is done.
    Done(T),
    /// It ended without a result: its thread panicked.
    Lost,
}

impl<T: Send + 'static> Job<T> {
    /// Starts `work` on a thread of its own; `label` says what it does, for example `Scoring`.
    pub fn spawn(label: impl Into<String>, wake: Wake, work: impl FnOnce(&Progress) -> T + Send + 'static) -> Self {
        let progress = Arc::new(Progress::default());
        let (sender, result) = channel();
        let shared = progress.clone();
        thread::spawn(move || {
            let outcome = work(&shared);
            // Nobody listens any more when the job was dropped; then the result is not wanted either.
            let _ = sender.send(outcome);
            wake();
        });
        Self { label: label.into(), progress, result }
    }

    /// Collects the result if there is one.
    pub fn poll(&self) -> Poll<T> {
        match self.result.try_recv() {
            Ok(outcome) => Poll::Done(outcome),
            Err(TryRecvError::Empty) => Poll::Running,
            Err(TryRecvError::Disconnected) => Poll::Lost,
        }
    }

    /// The same, waiting up to `patience` for it.
    pub fn wait(&self, patience: Duration) -> Poll<T> {
        match self.result.recv_timeout(patience) {
            Ok(outcome) => Poll::Done(outcome),
            Err(RecvTimeoutError::Timeout) => Poll::Running,
            Err(RecvTimeoutError::Disconnected) => Poll::Lost,
        }
    }
}

impl<T: Send + 'static> Job<T> {
    /// What it does.
    pub fn label(&self) -> &str {
        &self.label
    }

    /// How far it is.
    pub fn progress(&self) -> &Arc<Progress> {
        &self.progress
    }
}

impl<T: Send + 'static> Drop for Job<T> {
    fn drop(&mut self) {
        self.progress.cancel();
        if let Ok(outcome) = self.result.try_recv() {
            retire(outcome);
        }
    }
}

/// Drops `value` on a thread of its own: giving back hundreds of megabytes takes longer than a frame has.
pub(super) fn retire<T: Send + 'static>(value: T) {
    thread::spawn(move || drop(value));
}
