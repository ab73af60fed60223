//! What differs between two states of the judgements, as far as scores rest on it.

use super::{Judgements, OfRow};
use crate::model::review::Purpose;
use std::sync::Arc;

impl Judgements {
    /// The rows whose ratings or overruled checks differ from those in `before`, which are of the same responses:
    /// ascending. Costs little where one goes on from the other, and else a comparison for each row.
    pub fn changed_since(&self, before: &Self) -> Vec<u32> {
        let nothing = Arc::default();
        let is_same = |mine: Option<&Arc<OfRow>>, old: Option<&Arc<OfRow>>| {
            let (mine, old) = (mine.unwrap_or(&nothing), old.unwrap_or(&nothing));
            Arc::ptr_eq(mine, old) || same_scores(mine, old)
        };
        self.rows.differing(&before.rows, is_same).into_iter().map(|row| row as u32).collect()
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
