//! The filter as typed, and as last understood.

use super::query::{Query, QueryError, parse_for};
use crate::scoring::CompiledRubric;

/// What is in the filter box.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    text: String,
    query: Query,
    error: Option<QueryError>,
}

impl Filter {
    /// Takes `text` over; while it cannot be understood, the last good filter stays in force.
    /// `me` is who judges here, if anybody.
    pub fn set(&mut self, text: String, rubric: &CompiledRubric, me: &str) {
        self.text = text;
        self.reparse(rubric, me);
    }

    /// Looks the names up again, after the rubric or who judges changed.
    pub fn reparse(&mut self, rubric: &CompiledRubric, me: &str) {
        match parse_for(&self.text, rubric, Some(me).filter(|me| !me.is_empty())) {
            Ok(query) => {
                self.query = query;
                self.error = None;
            }
            Err(error) => self.error = Some(error),
        }
    }

    /// As typed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// As last understood.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Why the text cannot be understood.
    pub fn error(&self) -> Option<&QueryError> {
        self.error.as_ref()
    }

    /// Whether everything is listed.
    pub fn is_empty(&self) -> bool {
        self.query.terms.is_empty()
    }
}
