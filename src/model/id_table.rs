//! Indices found by ids that lie elsewhere: 9 bytes a place.

use hashbrown::HashTable;

/// Finds indices by the hashes of their ids. Beside an index stands half of its hash, so that a growing table reads no id
/// again: a million of them cost a few bytes each.
#[derive(Clone, Debug, Default)]
pub(super) struct IdTable(HashTable<(u32, u32)>);

impl IdTable {
    /// Makes room for `more` indices.
    pub(super) fn reserve(&mut self, more: usize) {
        self.0.reserve(more, |&(half, _)| spread(half));
    }

    /// The index with this `hash` of its id that `is_it`.
    pub(super) fn find(&self, hash: u64, is_it: impl Fn(u32) -> bool) -> Option<u32> {
        let half = hash as u32;
        let same = |&(known, index): &(u32, u32)| known == half && is_it(index);
        self.0.find(spread(half), same).map(|&(_, index)| index)
    }

    /// Adds an index, whose id has this `hash` and is new.
    pub(super) fn insert(&mut self, hash: u64, index: u32) {
        let half = hash as u32;
        self.0.insert_unique(spread(half), (half, index), |&(half, _)| spread(half));
    }
}

/// Half of a hash as a whole one: a table takes places from its low bits and tells neighbours apart by its high ones.
fn spread(half: u32) -> u64 {
    u64::from(half).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_index_is_found_by_its_id_also_where_halves_of_hashes_are_the_same() {
        let mut table = IdTable::default();
        // Four of each half.
        let hash = |index: u32| u64::from(index % 4) << 32 | u64::from(index / 4);
        for index in 0..4000 {
            assert_eq!(table.find(hash(index), |other| other == index), None);
            table.insert(hash(index), index);
        }
        for index in 0..4000 {
            assert_eq!(table.find(hash(index), |other| other == index), Some(index));
        }
    }
}
