//! How many responses have which flags, by kind and model.

use super::{Kind, KindSet};

/// Counts of responses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Responses with any flag.
    pub flagged: usize,
    /// For each kind, in the order of [`Kind::ALL`]: how many of each model have it.
    kinds: Vec<Vec<u32>>,
    /// How many responses of each model have any flag.
    models: Vec<u32>,
    /// How many responses each model has.
    totals: Vec<u32>,
    /// The models, those with the most flagged responses first.
    order: Vec<u32>,
}

impl Tally {
    /// Counts rows, each by its model, an index below `models`, and its kinds.
    pub fn new(models: usize, rows: impl Iterator<Item = (u32, KindSet)>) -> Self {
        let mut tally = Self {
            flagged: 0,
            kinds: vec![vec![0; models]; Kind::ALL.len()],
            models: vec![0; models],
            totals: vec![0; models],
            order: (0..models as u32).collect(),
        };
        for (model, set) in rows {
            tally.totals[model as usize] += 1;
            if !set.is_empty() {
                tally.flagged += 1;
                tally.models[model as usize] += 1;
                set.iter().for_each(|kind| tally.kinds[kind as usize][model as usize] += 1);
            }
        }
        tally.order.sort_by_key(|&model| std::cmp::Reverse(tally.models[model as usize]));
        tally
    }

    /// Responses of `model` with `kind`.
    pub fn count(&self, kind: Kind, model: u32) -> usize {
        self.kinds.get(kind as usize).and_then(|models| models.get(model as usize)).map_or(0, |&count| count as usize)
    }

    /// Responses with `kind`.
    pub fn of_kind(&self, kind: Kind) -> usize {
        self.kinds.get(kind as usize).map_or(0, |models| models.iter().map(|&count| count as usize).sum())
    }

    /// Responses of `model` with any flag.
    pub fn of_model(&self, model: u32) -> usize {
        self.models.get(model as usize).map_or(0, |&count| count as usize)
    }

    /// Responses that were counted, flagged or not.
    pub fn responses(&self) -> usize {
        self.totals.iter().map(|&count| count as usize).sum()
    }

    /// Responses of `model`, flagged or not.
    pub fn total(&self, model: u32) -> usize {
        self.totals.get(model as usize).map_or(0, |&count| count as usize)
    }

    /// The models, those with the most flagged responses first; of equals the first imported.
    pub fn order(&self) -> &[u32] {
        &self.order
    }

    /// The kinds that some response has, in the order shown.
    pub fn kinds(&self) -> impl Iterator<Item = Kind> + '_ {
        Kind::ALL.into_iter().filter(|&kind| self.of_kind(kind) > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn responses_are_counted_by_kind_and_model() {
        let set = |kinds: &[Kind]| kinds.iter().copied().collect::<KindSet>();
        let rows = [(0, set(&[Kind::Loop, Kind::Echo])), (1, set(&[Kind::Loop])), (1, set(&[]))];
        let tally = Tally::new(2, rows.into_iter());
        assert_eq!((tally.flagged, tally.of_kind(Kind::Loop), tally.of_kind(Kind::Empty)), (2, 2, 0));
        assert_eq!((tally.count(Kind::Loop, 1), tally.count(Kind::Echo, 1), tally.of_model(1)), (1, 0, 1));
        assert_eq!((tally.total(1), tally.order()), (2, &[0, 1][..]));
        assert!(tally.kinds().eq([Kind::Loop, Kind::Echo]));
    }
}
