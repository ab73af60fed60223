//! Work that nobody waits for. It has threads of its own, so that what somebody waits for does not queue behind it, and
//! these stand back while there is such work.

use crate::scoring::Progress;
use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// As many threads as there are processors; `None` where the system gives none, and the usual ones have to do.
static THREADS: LazyLock<Option<ThreadPool>> =
    LazyLock::new(|| ThreadPoolBuilder::new().thread_name(|index| format!("background {index}")).build().ok());

/// How much work there is that somebody waits for.
static WAITED_FOR: AtomicUsize = AtomicUsize::new(0);

/// Does `work`, and all that it shares out, on the threads of the background; returns when it is done.
pub(super) fn run<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    match &*THREADS {
        Some(threads) => threads.install(work),
        None => work(),
    }
}

/// Stands back while somebody waits for other work. To be called every few milliseconds; on other threads than those of
/// the background it does nothing, since the other work may need them.
fn give_way() {
    let is_background = || THREADS.as_ref().is_some_and(|threads| threads.current_thread_index().is_some());
    while WAITED_FOR.load(Ordering::Relaxed) > 0 && is_background() {
        thread::sleep(Duration::from_millis(1));
    }
}

/// Whether work is to stop, once it has given way: what it asks instead of [`Progress::is_cancelled`].
pub(super) fn stops(progress: &Progress) -> bool {
    give_way();
    progress.is_cancelled()
}

/// Somebody waits for work, as long as this lives. That work must not wait for the background.
#[derive(Debug)]
pub(super) struct WaitedFor(());

impl WaitedFor {
    pub(super) fn new() -> Self {
        WAITED_FOR.fetch_add(1, Ordering::Relaxed);
        Self(())
    }
}

impl Drop for WaitedFor {
    fn drop(&mut self) {
        WAITED_FOR.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_background_stands_back_while_somebody_waits_and_goes_on_after() {
        let steps = AtomicUsize::new(0);
        let waited_for = WaitedFor::new();
        // Elsewhere nothing stands back: else what is waited for could wait for itself.
        give_way();
        thread::scope(|scope| {
            let work = scope.spawn(|| {
                run(|| {
                    for _ in 0..3 {
                        give_way();
                        steps.fetch_add(1, Ordering::Relaxed);
                    }
                    "done"
                })
            });
            assert_eq!(steps.load(Ordering::Relaxed), 0);
            drop(waited_for);
            assert_eq!(work.join().unwrap(), "done");
        });
        assert_eq!(steps.load(Ordering::Relaxed), 3);
    }
}
