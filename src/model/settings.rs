//! How a project is worked on. What is the default is left out of files.

use crate::flags::FlagSettings;
use serde::{Deserialize, Serialize};

/// How a project is worked on: shared by all who have it, and kept in `project.ron`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Settings {
    /// Filters worth a name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<SavedFilter>,
    /// How people judge.
    #[serde(skip_serializing_if = "ReviewSettings::is_default")]
    pub review: ReviewSettings,
    /// What counts as an anomaly of a response.
    #[serde(skip_serializing_if = "FlagSettings::is_default")]
    pub flags: FlagSettings,
}

/// A filter with a name.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SavedFilter {
    /// Its name, unique in the project.
    pub name: String,
    /// As typed into the filter box.
    pub query: String,
}

/// How people judge.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ReviewSettings {
    /// Whether sessions hide the names of models and shuffle the order.
    pub blind: bool,
    /// The share of items a reviewer gets a second time, 0..=0.5.
    pub repeats: f64,
    /// The share of gold judgements, 0..=1, that a reviewer must have agreed with before the queue opens to them.
    pub required_agreement: Option<f64>,
    /// Whether the time a judgement takes is kept.
    pub keep_time: bool,
    /// Seconds without a key or the pointer after which time does not count, > 0.
    pub idle_after: f64,
    /// What was planned.
    pub plan: Plan,
}

/// What was planned: so many judgements come of it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Plan {
    /// Judgements an hour, > 0.
    pub per_hour: f64,
    /// Hours a week, 0..=168.
    pub hours_per_week: f64,
    /// Weeks, ≥ 0.
    pub weeks: f64,
}

impl Settings {
    /// Whether nothing differs from the default.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl ReviewSettings {
    /// Whether nothing differs from the default.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Plan {
    /// The judgements that come of it.
    pub fn total(&self) -> f64 {
        self.per_hour * self.hours_per_week * self.weeks
    }
}

impl Default for ReviewSettings {
    fn default() -> Self {
        Self {
            blind: false,
            repeats: 0.0,
            required_agreement: None,
            keep_time: true,
            idle_after: 60.0,
            plan: Plan::default(),
        }
    }
}

impl Default for Plan {
    /// Fifteen hours a week at forty an hour, for a year.
    fn default() -> Self {
        Self { per_hour: 40.0, hours_per_week: 15.0, weeks: 52.0 }
    }
}

#[cfg(test)]
mod tests {
    use super::Plan;

    #[test]
    fn a_year_of_fifteen_hours_a_week_is_31_200_judgements() {
        assert_eq!(Plan::default().total(), 31_200.0);
    }
}
