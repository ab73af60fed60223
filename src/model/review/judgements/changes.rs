//! What differs between two states of the judgements, as far as scores rest on it.

use super::{Judgements, OfRow};
use crate::model::review::Purpose;
use std::iter::Peekable;

impl Judgements {
    /// The rows whose ratings or overruled checks differ from those in `before`, which are of the same responses:
    /// ascending. Costs a comparison for each.
    pub fn changed_since(&self, before: &Self) -> Vec<u32> {
        let mut changed = Vec::new();
        let (mut ours, mut theirs) = (self.rows.iter().peekable(), before.rows.iter().peekable());
        let empty = OfRow::default();
        while let Some(row) = first(&mut ours, &mut theirs) {
            let mine = ours.next_if(|(of, _)| **of == row).map_or(&empty, |(_, judged)| judged);
            let old = theirs.next_if(|(of, _)| **of == row).map_or(&empty, |(_, judged)| judged);
            if !same_scores(mine, old) {
                changed.push(row);
            }
        }
        changed
    }
}

type Rows<'a> = std::collections::btree_map::Iter<'a, u32, OfRow>;

fn first(ours: &mut Peekable<Rows<'_>>, theirs: &mut Peekable<Rows<'_>>) -> Option<u32> {
    match (ours.peek(), theirs.peek()) {
        (Some((ours, _)), Some((theirs, _))) => Some(**ours.min(theirs)),
        (Some((row, _)), None) | (None, Some((row, _))) => Some(**row),
        (None, None) => None,
    }
}

/// Whether both are worth the same, whatever criteria there are and however ratings combine.
fn same_scores(a: &OfRow, b: &OfRow) -> bool {
    let counts = |purpose: Purpose| matches!(purpose, Purpose::Judge | Purpose::Final);
    let ratings = |of: &OfRow| of.ratings.iter().filter(|rated| counts(rated.purpose)).count();
    ratings(a) == ratings(b)
        && (a.ratings.iter().filter(|rated| counts(rated.purpose)))
            .zip(b.ratings.iter().filter(|rated| counts(rated.purpose)))
            .all(|(a, b)| (a.raw, a.purpose, &a.criterion) == (b.raw, b.purpose, &b.criterion))
        && a.overruled.len() == b.overruled.len()
        && a.overruled.iter().zip(&b.overruled).all(|(a, b)| (a.raw, &a.criterion) == (b.raw, &b.criterion))
}
