//! What is judged follows what is read, and what the log says.

use super::{Given, Item, Placing};
use crate::model::review::{Act, Purpose};
use crate::workbench::{Comparison, Workbench};
use std::sync::Arc;

impl Workbench {
    /// Brings what is judged up to date with the log, the selection and the rubric.
    pub(in crate::workbench) fn refresh_judging(&mut self) {
        let me = self.reviews.me().to_owned();
        let entries = self.reviews.mine().map_or(0, |log| log.len());
        if self.judging.read.1 != me {
            // Another one sat down: their own session goes on.
            self.judging.open = None;
            self.restore_sessions();
        }
        if self.judging.read != (entries, me.clone()) {
            let before = std::mem::replace(&mut self.judging.read, (entries, me));
            self.read_log();
            self.read_given();
            if before.1 == self.judging.read.1 && before.0 < entries {
                self.follow_undo();
            }
        }
        self.refresh_gold();
        self.refresh_paces();
        self.take_item();
    }

    /// Takes over the item at hand: that of the session, or the response being read.
    pub(super) fn take_item(&mut self) {
        let open = self.judging.open.as_ref().filter(|_| !self.judging.paused);
        let item = match open {
            Some(open) => open.at.map(|at| (open.session.items[at].clone(), open.session.criteria_of(at).to_vec())),
            None => self.row.map(|row| self.item_of(row)),
        };
        let (item, criteria) = item.map_or((None, Vec::new()), |(item, criteria)| (Some(item), criteria));
        // A criterion that is gone from the rubric is not asked for.
        let criteria: Vec<String> = criteria.into_iter().filter(|id| self.human_criterion(id).is_some()).collect();
        let index = self.reviews.rows().clone();
        let is_known = Arc::ptr_eq(&index, &self.judging.index);
        if is_known && item == self.judging.item && criteria == self.judging.criteria {
            return;
        }
        self.judging.index = index.clone();
        let rows = item.as_ref().map(|item| item.responses.iter().filter_map(|id| index.row(id)).collect());
        self.judging.rows = rows.unwrap_or_default();
        (self.judging.item, self.judging.criteria) = (item, criteria);
        self.judging.answer_shown = false;
        self.read_given();
        self.judging.criterion = self.first_open();
        self.judging.placing = match self.judging.given.comparison.as_ref().map(|entry| &entry.act) {
            Some(Act::Rank(rank)) => Placing::of_ranks(&rank.ranks),
            _ => Placing::default(),
        };
        if self.judging.session().is_some() && self.judging.item.is_some() {
            self.show_item();
        } else {
            self.hide_item();
        }
    }

    /// Shows the responses of the item.
    pub(super) fn show_item(&mut self) {
        let rows = self.judging.rows.clone();
        if let Some(&row) = rows.first() {
            self.select_row(row);
        }
        let hidden = self.is_blind();
        self.compare.set((rows.len() > 1).then_some(Comparison::Rows { rows, hidden }));
        self.judging.beside = self.compare.comparison().cloned();
    }

    /// Puts no pair of a session side by side any more: it waits, or is at its end.
    pub(super) fn hide_item(&mut self) {
        // What somebody else put there stays.
        let own = self.judging.beside.take();
        if own.is_some() && own.as_ref() == self.compare.comparison() {
            self.compare.set(None);
        }
    }

    /// The response at `row` as something to judge beside a session.
    fn item_of(&self, row: u32) -> (Item, Vec<String>) {
        let dataset = self.project.dataset();
        let id = dataset.text(dataset.responses()[row as usize].id).to_owned();
        let purpose = if self.judging.gold { Purpose::Gold } else { Purpose::Judge };
        let criteria = self.material(&[]).human_criteria();
        (Item { responses: vec![id], criteria: Vec::new(), purpose }, criteria)
    }

    /// Reads what was answered to the item.
    pub(super) fn read_given(&mut self) {
        let begin = self.judging.session().map_or("", |session| &session.begin).to_owned();
        let (item, record) = (self.judging.item.as_ref(), &self.judging.record);
        self.judging.given = item.map_or_else(Given::default, |item| Given::new(item, record, &begin));
    }

    /// The first criterion that is not rated; the first where all are.
    pub(super) fn first_open(&self) -> usize {
        let judging = &self.judging;
        judging.criteria.iter().position(|id| judging.given.rating(id).is_none()).unwrap_or(0)
    }

    /// Where the newest entry takes an answer back, goes to what it was about.
    fn follow_undo(&mut self) {
        let Some(log) = self.reviews.mine().cloned() else { return };
        let Some(Act::Undo(undo)) = log.last().map(|entry| &entry.act) else { return };
        let Some(gone) = self.judging.record.place(&undo.entry).map(|at| log.entry(at)) else { return };
        let (ids, criterion): (Vec<&String>, Option<&String>) = match &gone.act {
            Act::Rate(rate) => (vec![&rate.response], Some(&rate.criterion)),
            Act::Prefer(prefer) => (prefer.responses.iter().collect(), None),
            Act::Rank(rank) => (rank.responses.iter().collect(), None),
            _ => return,
        };
        if let Some(open) = self.judging.open.as_mut().filter(|_| !self.judging.paused) {
            let mut sorted: Vec<&str> = ids.iter().map(|id| id.as_str()).collect();
            sorted.sort_unstable();
            let is_it = |at: &usize| open.session.items[*at].sorted() == sorted && !open.done[*at];
            let found = (0..open.session.items.len()).find(is_it);
            open.at = found.or(open.at);
        }
        self.take_item();
        let at = criterion.and_then(|id| self.judging.criteria.iter().position(|known| known == id));
        self.judging.criterion = at.unwrap_or(self.judging.criterion);
        self.judging.answer_shown = false;
    }
}
