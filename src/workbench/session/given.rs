//! What was answered already to the item at hand.

use super::Record;
use super::item::Item;
use crate::model::review::{Act, Entry};
use std::sync::Arc;

/// What was answered already to one item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Given {
    ratings: Vec<Arc<Entry>>,
    /// The preference or ranking.
    pub comparison: Option<Arc<Entry>>,
}

impl Given {
    /// Of what stands in the log of `record` since the entry `begin`, or since ever where there is no such entry.
    pub fn new(item: &Item, record: &Record, begin: &str) -> Self {
        let mut given = Self::default();
        for entry in record.answers(item, record.place(begin).unwrap_or(0)) {
            given.take(entry);
        }
        given
    }

    fn take(&mut self, entry: &Arc<Entry>) {
        match &entry.act {
            Act::Rate(rate) => {
                self.ratings.retain(|known| !is_rating_of(known, &rate.criterion));
                self.ratings.push(entry.clone());
            }
            _ => self.comparison = Some(entry.clone()),
        }
    }

    /// The rating on a criterion.
    pub fn rating(&self, criterion: &str) -> Option<&Arc<Entry>> {
        self.ratings.iter().find(|entry| is_rating_of(entry, criterion))
    }

    /// The newest answer.
    pub fn newest(&self) -> Option<&Arc<Entry>> {
        self.ratings.iter().chain(&self.comparison).max_by_key(|entry| entry.at)
    }
}

fn is_rating_of(entry: &Entry, criterion: &str) -> bool {
    matches!(&entry.act, Act::Rate(rate) if rate.criterion == criterion)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::review::{Choice, Purpose, ReviewLog};
    use crate::workbench::session::fixture::{entries, preferred, rated, rated_for};

    #[test]
    fn only_what_this_item_asks_for_counts_since_the_session_began() {
        let item = |ids: &[&str], purpose| Item {
            responses: ids.iter().map(|&id| id.to_owned()).collect(),
            criteria: Vec::new(),
            purpose,
        };
        let acts = vec![
            rated("r0", 1.0),
            rated("r0", 4.0),
            rated("r1", 2.0),
            rated_for("r0", 3.0, Purpose::Repeat),
            preferred("r1", "r0", Choice::Tie),
        ];
        let record = Record::new(&ReviewLog::new("anna", entries("anna", acts)).into());
        let id = |item: &Item, begin: &str| {
            let given = Given::new(item, &record, begin);
            given.rating("tone").or(given.comparison.as_ref()).map(|entry| entry.id.clone())
        };
        assert_eq!(id(&item(&["r0"], Purpose::Judge), "").as_deref(), Some("anna-1"), "the last one stands");
        assert_eq!(id(&item(&["r0"], Purpose::Judge), "anna-2"), None);
        assert_eq!(id(&item(&["r0"], Purpose::Repeat), "anna-2").as_deref(), Some("anna-3"));
        assert_eq!(id(&item(&["r0", "r1"], Purpose::Judge), "").as_deref(), Some("anna-4"));
    }
}
