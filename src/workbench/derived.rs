//! What follows from scores, filter and order: the list, the numbers, the effect of an edit.

#[cfg(test)]
mod tests;

use super::facts::{Facts, Grouped};
use super::listing::{matching, ordered, same_order};
use super::{Effect, Order, Overview, overview::overview, query::Query};
use crate::scoring::{Progress, Results};
use std::sync::Arc;

/// What the panels show of many responses.
#[derive(Clone, Debug, Default)]
pub(super) struct Derived {
    /// The rows the filter selects, in import order.
    pub(super) matched: Arc<[u32]>,
    /// The same by model.
    grouped: Arc<Grouped>,
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
    pub(super) facts: Arc<Facts>,
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
        self.is_same_wish(other)
            && Arc::ptr_eq(&self.results, &other.results)
            && Arc::ptr_eq(&self.baseline, &other.baseline)
    }

    /// Whether they ask for the same rows in the same order; only scores may differ.
    pub(super) fn is_same_wish(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.facts, &other.facts) && self.query == other.query && self.order == other.order
    }

    /// Whether a frame has time for it.
    pub(super) fn is_quick(&self) -> bool {
        let dataset = &self.facts.dataset;
        let is_small = dataset.responses().len() <= INLINE_ROWS && dataset.text_bytes() <= INLINE_BYTES;
        is_small && (!self.query.asks_for_duplicates() || self.facts.knows_duplicates())
    }
}

/// Derives everything; what the `before` of other inputs still says is taken over. `None` when cancelled.
pub(super) fn derive(inputs: &Inputs, before: Option<&(Inputs, Derived)>, progress: &Progress) -> Option<Derived> {
    let Inputs { facts, results, baseline, query, order } = inputs;
    let before = before.filter(|(old, _)| Arc::ptr_eq(&old.facts, facts));
    let relabelled = before.filter(|(old, _)| results.shares_everything(&old.results));

    let matched = matched(inputs, before, progress)?;
    let same_rows = before.filter(|(_, derived)| Arc::ptr_eq(&derived.matched, &matched));
    let listed = match same_rows {
        Some((old, derived)) if old.order == *order && same_order(order, results, &old.results) => {
            derived.listed.clone()
        }
        _ if *order == Order::default() => matched.clone(),
        _ => ordered(facts, results, &matched, order, progress)?.into(),
    };
    let all = match relabelled {
        Some((_, derived)) => derived.all.clone(),
        None => {
            let known = before.map(|(old, derived)| (&*old.results, &*derived.all));
            Arc::new(numbers(results, facts.grouped(), known))
        }
    };
    let (grouped, shown) = match (same_rows, relabelled) {
        _ if query.terms.is_empty() => (facts.grouped().clone(), all.clone()),
        (Some((_, derived)), Some(_)) => (derived.grouped.clone(), derived.shown.clone()),
        (Some((old, derived)), None) => {
            let known = Some((&*old.results, &*derived.shown));
            (derived.grouped.clone(), Arc::new(numbers(results, &derived.grouped, known)))
        }
        (None, _) => {
            let grouped = Arc::new(Grouped::new(&facts.dataset, &matched));
            (grouped.clone(), Arc::new(numbers(results, &grouped, None)))
        }
    };
    if progress.is_cancelled() {
        return None;
    }
    let effect = Effect::between(baseline, results).filter(|effect| !effect.is_nothing());
    Some(Derived { matched, grouped, listed, all, shown, effect })
}

/// The rows that the filter selects: searched only as far as `before` leaves it open.
fn matched(inputs: &Inputs, before: Option<&(Inputs, Derived)>, progress: &Progress) -> Option<Arc<[u32]>> {
    let Inputs { facts, results, query, .. } = inputs;
    if query.terms.is_empty() {
        return Some(facts.rows().clone());
    }
    let known = before.filter(|(old, _)| !old.query.asks_for_results() || results.shares_everything(&old.results));
    match known {
        Some((old, derived)) if old.query == *query => Some(derived.matched.clone()),
        Some((old, derived)) if query.narrows(&old.query) => {
            matching(facts, results, query, Some(&derived.matched), progress).map(Arc::from)
        }
        _ => matching(facts, results, query, None, progress).map(Arc::from),
    }
}

/// The numbers of the rows that are scored: none before there are results.
fn numbers(results: &Results, grouped: &Grouped, known: Option<(&Results, &Overview)>) -> Overview {
    if results.is_empty() { Overview::default() } else { overview(results, grouped, known) }
}
