//! What follows from scores, filter and order: the list, the numbers, the effect of an edit.

use super::{Effect, Order, Overview, listing, overview, query::Query};
use crate::model::Dataset;
use crate::scoring::{Progress, Results};
use std::sync::Arc;

/// What the panels show of many responses.
#[derive(Clone, Debug, Default)]
pub(super) struct Derived {
    /// The rows listed, in order.
    pub(super) listed: Arc<[u32]>,
    /// The numbers of all rows.
    pub(super) all: Arc<Overview>,
    /// The numbers of the rows listed; the same as `all` while nothing is filtered.
    pub(super) shown: Arc<Overview>,
    /// What the newest edit did; `None` where nothing moved.
    pub(super) effect: Option<Effect>,
}

/// What it follows from.
#[derive(Clone)]
pub(super) struct Inputs {
    pub(super) dataset: Arc<Dataset>,
    pub(super) results: Arc<Results>,
    /// The results the newest edit is compared with.
    pub(super) baseline: Arc<Results>,
    pub(super) query: Query,
    pub(super) order: Order,
}

/// Work up to this is done at once, inside a frame.
const INLINE_BYTES: usize = 8 << 20;
const INLINE_ROWS: usize = 20_000;

impl Inputs {
    /// Whether they are the very same.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.is_same_scores(other) && self.query == other.query && self.order == other.order
    }

    fn is_same_scores(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.dataset, &other.dataset)
            && Arc::ptr_eq(&self.results, &other.results)
            && Arc::ptr_eq(&self.baseline, &other.baseline)
    }

    /// Whether a frame has time for it.
    pub(super) fn is_quick(&self) -> bool {
        self.dataset.responses().len() <= INLINE_ROWS && self.dataset.text_bytes() <= INLINE_BYTES
    }
}

/// Derives everything; what the `before` of other inputs still says is taken over. `None` when cancelled.
pub(super) fn derive(inputs: &Inputs, before: Option<&(Inputs, Derived)>, progress: &Progress) -> Option<Derived> {
    let Inputs { dataset, results, baseline, query, order } = inputs;
    let listed: Arc<[u32]> = listing(dataset, results, query, order, progress)?.into();
    let (all, effect) = match before {
        Some((old, derived)) if old.is_same_scores(inputs) => (derived.all.clone(), derived.effect.clone()),
        _ => {
            let every: Vec<u32> = (0..dataset.responses().len() as u32).collect();
            let effect = Effect::between(baseline, results).filter(|effect| !effect.is_nothing());
            (Arc::new(overview(dataset, results, &every)), effect)
        }
    };
    let shown = if query.terms.is_empty() { all.clone() } else { Arc::new(overview(dataset, results, &listed)) };
    Some(Derived { listed, all, shown, effect })
}
