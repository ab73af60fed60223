//! An ordered map that is cheap to copy: copies share all pages but those changed since.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Keys of one page differ in so many low bits.
const BITS: u32 = 9;

/// An ordered map by numbers that is cheap to copy. A change copies the page it is on, at most 512 entries, and what
/// two maps share is passed over when they are compared.
#[derive(Clone, Debug)]
pub(super) struct Pages<V> {
    pages: BTreeMap<u64, Page<V>>,
}

/// The entries of one page, in the order of their keys; never empty.
type Page<V> = Arc<Vec<(u64, V)>>;

impl<V> Default for Pages<V> {
    fn default() -> Self {
        Self { pages: BTreeMap::new() }
    }
}

impl<V: Clone> Pages<V> {
    /// What stands at `key`.
    pub(super) fn get(&self, key: u64) -> Option<&V> {
        let page = self.pages.get(&(key >> BITS))?;
        let at = page.binary_search_by_key(&key, |&(known, _)| known).ok()?;
        Some(&page[at].1)
    }

    /// Puts `value` at `key`, or nothing.
    pub(super) fn set(&mut self, key: u64, value: Option<V>) {
        let number = key >> BITS;
        match value {
            Some(value) => {
                let page = Arc::make_mut(self.pages.entry(number).or_default());
                match page.binary_search_by_key(&key, |&(known, _)| known) {
                    Ok(at) => page[at].1 = value,
                    Err(at) => page.insert(at, (key, value)),
                }
            }
            None => {
                let Some(page) = self.pages.get_mut(&number) else { return };
                let Ok(at) = page.binary_search_by_key(&key, |&(known, _)| known) else { return };
                if page.len() == 1 {
                    self.pages.remove(&number);
                } else {
                    Arc::make_mut(page).remove(at);
                }
            }
        }
    }

    /// All keys with what stands there, ascending.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u64, &V)> + Clone {
        self.pages.values().flat_map(|page| page.iter().map(|(key, value)| (*key, value)))
    }

    /// The keys, ascending, at which this map and `other` may differ: those on pages they do not share and for which
    /// `is_same` does not say otherwise. Costs a step a page, and a comparison for each entry of those not shared.
    pub(super) fn differing(&self, other: &Self, is_same: impl Fn(Option<&V>, Option<&V>) -> bool) -> Vec<u64> {
        let mut differing = Vec::new();
        let numbers = self.pages.keys().chain(other.pages.keys().filter(|number| !self.pages.contains_key(number)));
        for number in numbers {
            let (ours, theirs) = (self.pages.get(number), other.pages.get(number));
            if ours.zip(theirs).is_some_and(|(ours, theirs)| Arc::ptr_eq(ours, theirs)) {
                continue;
            }
            let [ours, theirs] = [ours, theirs].map(|page| page.map_or(&[][..], |page| page.as_slice()));
            let (mut a, mut b) = (ours.iter().peekable(), theirs.iter().peekable());
            while let Some(key) = a.peek().into_iter().chain(b.peek()).map(|(key, _)| *key).min() {
                let mine = a.next_if(|(known, _)| *known == key).map(|(_, value)| value);
                let old = b.next_if(|(known, _)| *known == key).map(|(_, value)| value);
                if !is_same(mine, old) {
                    differing.push(key);
                }
            }
        }
        differing.sort_unstable();
        differing
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_is_an_ordered_map_and_tells_where_two_differ(
            first in prop::collection::vec((0u64..3000, prop::option::of(0u8..4)), 0..200),
            then in prop::collection::vec((0u64..3000, prop::option::of(0u8..4)), 0..40),
        ) {
            let (mut pages, mut known) = (Pages::default(), BTreeMap::new());
            let mut put = |pages: &mut Pages<u8>, changes: &[(u64, Option<u8>)]| {
                for &(key, value) in changes {
                    pages.set(key, value);
                    match value {
                        Some(value) => known.insert(key, value),
                        None => known.remove(&key),
                    };
                }
                known.clone()
            };
            let before = put(&mut pages, &first);
            let old = pages.clone();
            let after = put(&mut pages, &then);
            let all = |pages: &Pages<u8>| pages.iter().map(|(key, value)| (key, *value)).collect::<BTreeMap<_, _>>();
            prop_assert_eq!(all(&old), before.clone(), "a copy stays as it was");
            prop_assert_eq!(all(&pages), after.clone());
            prop_assert!(pages.iter().is_sorted_by_key(|(key, _)| key));
            let differing = (0..3000).filter(|key| before.get(key) != after.get(key));
            prop_assert!(differing.clone().all(|key| pages.get(key) == after.get(&key)));
            prop_assert_eq!(pages.differing(&old, |a, b| a == b), differing.collect::<Vec<_>>());
        }
    }
}
