//! Numbers that lead to responses: each filter once, with the rows it selects.

use super::Report;
use super::markup::text;
use std::cell::RefCell;
use std::collections::HashMap;

/// The filters met so far.
pub(super) struct Links<'a> {
    report: &'a Report<'a>,
    /// Where each row of the dataset stands among those in the file.
    places: HashMap<u32, u32>,
    known: RefCell<Known>,
}

#[derive(Default)]
struct Known {
    numbers: HashMap<String, usize>,
    lists: Vec<(String, Vec<u32>)>,
}

impl<'a> Links<'a> {
    /// For a file with the responses `rows`.
    pub(super) fn new(report: &'a Report<'a>, rows: &[u32]) -> Self {
        let places = rows.iter().enumerate().map(|(place, &row)| (row, place as u32)).collect();
        Self { report, places, known: RefCell::default() }
    }

    /// `words`, which are markup, as a link to the responses that `filter` selects; `title` says what they are.
    pub(super) fn to(&self, filter: &str, title: &str, words: &str) -> String {
        let mut known = self.known.borrow_mut();
        let number = match known.numbers.get(filter) {
            Some(&number) => number,
            None => {
                let rows = (self.report.rows_of)(filter);
                let places = rows.iter().filter_map(|row| self.places.get(row).copied()).collect();
                let number = known.lists.len();
                known.lists.push((filter.to_owned(), places));
                known.numbers.insert(filter.to_owned(), number);
                number
            }
        };
        format!("<a class=\"to\" href=\"#show-{number}\" title=\"{}\">{words}</a>", text(title))
    }

    /// The filters with the places of their responses in the file, by number.
    pub(super) fn into_lists(self) -> Vec<(String, Vec<u32>)> {
        self.known.into_inner().lists
    }
}
