//! What views ask about sessions, judgements and time.

use super::{NoItems, OwnAgreement, Pace, Recipe, build, own_agreement, pace};
use crate::model::review::ReviewLog;
use crate::workbench::Workbench;
use std::sync::Arc;

impl Workbench {
    /// How many items a session of `recipe` would have.
    ///
    /// # Errors
    /// Where it would have none.
    pub fn items_of(&self, recipe: &Recipe) -> Result<usize, NoItems> {
        let listed = self.listed();
        build(recipe, &self.material(&listed)).map(|session| session.items.len())
    }

    /// How far who judges here agrees with themselves on what came twice.
    pub fn own_agreement(&self) -> OwnAgreement {
        own_agreement(self.judgements(), self.reviews().me())
    }

    /// The pace of who judges here: of all they judged, and of the session that is open.
    pub fn paces(&self) -> (Pace, Option<Pace>) {
        self.judging.paces
    }

    /// The pace of the session that is open; of all where nothing is known of it yet, or none is open.
    pub fn pace(&self) -> Pace {
        let (total, session) = self.paces();
        session.filter(|session| session.timed > 0 || self.judging.is_finished()).unwrap_or(total)
    }

    /// The pace of everybody else, by name.
    pub fn paces_of_others(&self) -> impl Iterator<Item = (&str, &Pace)> {
        self.judging.paces_of_others.iter().map(|(log, pace)| (&**log.reviewer(), pace))
    }

    /// Finds the pace of those anew whose logs changed.
    pub(super) fn refresh_paces(&mut self) {
        let me = self.reviews.mine().map(|log| log.reviewer());
        let others = self.reviews.logs().iter().filter(|log| Some(log.reviewer()) != me);
        let known = &self.judging.paces_of_others;
        if others.clone().count() == known.len() && { others.clone() }.zip(known).all(|(a, (b, _))| Arc::ptr_eq(a, b)) {
            return;
        }
        let pace_of = |log: &Arc<ReviewLog>| match known.iter().find(|(of, _)| Arc::ptr_eq(of, log)) {
            Some((_, pace)) => *pace,
            None => pace(log).0,
        };
        self.judging.paces_of_others = others.map(|log| (log.clone(), pace_of(log))).collect();
    }
}
