//! What the results panel can show.

use serde::{Deserialize, Serialize};

/// One view of the numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum View {
    /// Everything at a glance.
    #[default]
    Overview,
    /// Which model is better, by how much, how surely.
    Models,
    /// How scores spread, model by model.
    Spread,
    /// What each criterion tells apart.
    Criteria,
    /// Who wins where people compared two.
    Preferences,
    /// How far people agree.
    Reviewers,
    /// What looks odd.
    Flags,
    /// What an earlier rubric said.
    Versions,
}

impl View {
    /// All of them, in order.
    pub const ALL: [Self; 8] = [
        Self::Overview,
        Self::Models,
        Self::Spread,
        Self::Criteria,
        Self::Preferences,
        Self::Reviewers,
        Self::Flags,
        Self::Versions,
    ];

    /// Whether its numbers are those of the analysis of what is listed.
    pub fn is_of_analysis(self) -> bool {
        !matches!(self, Self::Overview | Self::Flags)
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Models => "Models",
            Self::Spread => "Spread",
            Self::Criteria => "Criteria",
            Self::Preferences => "Preferences",
            Self::Reviewers => "Reviewers",
            Self::Flags => "Flags",
            Self::Versions => "Versions",
        }
    }

    /// What it answers.
    pub fn help(self) -> &'static str {
        match self {
            Self::Overview => "Everything at a glance; follows every edit at once.",
            Self::Models => "Which model is better, by how much, and how sure that is.",
            Self::Spread => "How scores spread, model by model and dimension by dimension.",
            Self::Criteria => "What each criterion tells apart, and what it repeats.",
            Self::Preferences => "Who wins where people compared responses.",
            Self::Flags => "Which responses look odd, and why: a look at them is worth while.",
            Self::Versions => {
                "What an earlier rubric said, or earlier responses to the same prompts got, and what changed it."
            }
            Self::Reviewers => "How far people agree with each other, with themselves and with gold.",
        }
    }
}
