//! What the caller hears while texts are compared, and how it ends that.

use rayon::prelude::*;

/// Progress, and whether to stop. Both are called from several threads.
#[derive(Clone, Copy)]
pub struct Watch<'a> {
    /// Whether nobody waits for the result any more.
    pub cancelled: &'a (dyn Fn() -> bool + Sync),
    /// So many of the [`steps`] are done.
    pub advance: &'a (dyn Fn(usize) + Sync),
}

/// How many steps there are over `texts` texts: the sum of what [`Watch::advance`] is called with, unless cancelled.
pub const fn steps(texts: usize) -> usize {
    3 * texts
}

impl Watch<'_> {
    /// `of` each number below `count`, in order, one step each. `None` when cancelled.
    pub(super) fn each<T: Default + Send>(&self, count: usize, of: impl Fn(usize) -> T + Sync) -> Option<Vec<T>> {
        let one = |at: usize| {
            if (self.cancelled)() {
                return T::default();
            }
            let made = of(at);
            (self.advance)(1);
            made
        };
        let all = (0..count).into_par_iter().map(one).collect();
        (!(self.cancelled)()).then_some(all)
    }
}
