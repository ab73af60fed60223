//! The progress bar on a terminal.

use crate::scoring::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::{self, IsTerminal as _};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

/// A bar that says `what` is done, in per cent. Drawn only on a terminal, and not among records that appear on
/// the same one.
pub(super) fn bar(what: &'static str, records_on_stdout: bool) -> ProgressBar {
    let mixed = records_on_stdout && io::stdout().is_terminal();
    let target =
        if mixed || !io::stderr().is_terminal() { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style =
        ProgressStyle::with_template("{msg} {wide_bar} {percent} %  {eta}").expect("the template is well-formed");
    ProgressBar::with_draw_target(None, target).with_style(style).with_message(what)
}

/// Shows on `bar` how far `work` is, which tells a [`Progress`].
pub(super) fn watched<T: Send>(bar: &ProgressBar, progress: &Progress, work: impl FnOnce() -> T + Send) -> T {
    if bar.is_hidden() {
        return work();
    }
    let done = AtomicBool::new(false);
    let result = thread::scope(|scope| {
        scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                let (done, total) = progress.counts();
                bar.set_length(total as u64);
                bar.set_position(done as u64);
                thread::sleep(Duration::from_millis(50));
            }
        });
        // Also set where the work panics: the scope waits for its thread.
        let _ended = Flag(&done);
        work()
    });
    bar.finish_and_clear();
    result
}

struct Flag<'a>(&'a AtomicBool);

impl Drop for Flag<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
