//! A session and its items, as they are kept.

use crate::model::review::{Mode, Purpose};
use crate::workbench::session::Queue;
use serde::{Deserialize, Serialize};

/// A fixed list of items for one reviewer. It is stored once, when it begins; what is done is known from the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Session {
    /// Who judges.
    pub reviewer: String,
    /// The id of the [`crate::model::review::Begin`] it began with: what was judged before does not count for it.
    pub begin: String,
    /// What is judged.
    pub mode: Mode,
    /// Where the items came from.
    pub queue: Queue,
    /// The filter that held then.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub filter: String,
    /// Whether names of models are hidden.
    pub blind: bool,
    /// Whether what is judged is recorded as gold.
    #[serde(default)]
    pub gold: bool,
    /// What order and sides were drawn from.
    pub seed: u64,
    /// The share of items that come twice, 0..=1.
    #[serde(default)]
    pub repeats: f64,
    /// The criteria to rate, by id, for items that do not say it themselves.
    #[serde(default)]
    pub criteria: Vec<String>,
    /// What is judged, in order.
    pub items: Vec<Item>,
    /// Places in `items` that were put off; they come again at the end.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub skipped: Vec<u32>,
}

/// One thing to judge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The ids of the responses, from left to right: one to rate, two to choose from, three or four to rank.
    pub responses: Vec<String>,
    /// The criteria to rate; of a single response none means all of the session's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<String>,
    /// What for.
    #[serde(default, skip_serializing_if = "Purpose::is_judge")]
    pub purpose: Purpose,
}

impl Item {
    /// Whether responses are compared, and not one rated.
    pub fn is_comparison(&self) -> bool {
        self.responses.len() > 1
    }

    /// The same responses whatever their places.
    pub fn sorted(&self) -> Vec<&str> {
        let mut ids: Vec<&str> = self.responses.iter().map(String::as_str).collect();
        ids.sort_unstable();
        ids
    }
}

impl Session {
    /// The criteria to rate in item `at`; none where responses are compared.
    pub fn criteria_of(&self, at: usize) -> &[String] {
        let item = &self.items[at];
        match (item.is_comparison(), item.criteria.is_empty()) {
            (true, _) => &[],
            (false, false) => &item.criteria,
            (false, true) => &self.criteria,
        }
    }

    /// Puts item `at` off until the others are done.
    pub fn skip(&mut self, at: usize) {
        let at = at as u32;
        if let Err(place) = self.skipped.binary_search(&at) {
            self.skipped.insert(place, at);
        }
    }

    /// Whether item `at` was put off.
    pub fn is_skipped(&self, at: usize) -> bool {
        self.skipped.binary_search(&(at as u32)).is_ok()
    }
}
