//! What an import brings, in numbers and words: for the preview, and to say when it is done.

use super::Import;
use crate::model::review::{Act, Purpose};
use crate::model::{Judge, Node, RatingScale};
use crate::text::thousands;

/// What an import brings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// How many responses.
    pub responses: usize,
    /// How many of them have no text, because no file holds it.
    pub without_text: usize,
    /// How many prompts.
    pub prompts: usize,
    /// How many models.
    pub models: usize,
    /// What each reviewer said, in order of first appearance.
    pub reviewers: Vec<Said>,
    /// What was rated: the name, and the scale.
    pub criteria: Vec<(String, String)>,
}

/// What one reviewer said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// Who.
    pub reviewer: String,
    /// Ratings.
    pub ratings: usize,
    /// Preferences.
    pub preferences: usize,
    /// Gold judgements of either kind.
    pub gold: usize,
    /// Repeated judgements of either kind, which do not count.
    pub repeats: usize,
    /// Labelled spans.
    pub labels: usize,
}

impl Summary {
    /// Of `import`.
    pub fn of(import: &Import) -> Self {
        let data = &import.dataset;
        let mut criteria = Vec::new();
        import.judged.dimensions.iter().for_each(|dimension| add_criteria(&dimension.children, &mut criteria));
        Self {
            responses: data.responses().len(),
            without_text: (0..data.responses().len()).filter(|&row| data.response_text(row).is_none()).count(),
            prompts: data.prompts().len(),
            models: data.models().len(),
            reviewers: import.judged.logs.iter().map(said).collect(),
            criteria,
        }
    }

    /// All judgements.
    pub fn judgements(&self) -> usize {
        self.reviewers.iter().map(Said::total).sum()
    }

    /// `1,133 responses of 70 models to 19 prompts`.
    pub fn data_words(&self) -> String {
        let without = match self.without_text {
            0 => String::new(),
            all if all == self.responses => ", all without a text".to_owned(),
            some => format!(", {} without a text", thousands(some as u64)),
        };
        format!(
            "{} of {} to {}{without}",
            counted(self.responses, "response"),
            counted(self.models, "model"),
            counted(self.prompts, "prompt")
        )
    }

    /// `2,139 preferences by crowd, 7 gold judgements by gold`; `None` where nobody said anything. At most `most`
    /// reviewers are named.
    pub fn judgement_words(&self, most: usize) -> Option<String> {
        let words: Vec<String> = self.reviewers.iter().take(most).map(Said::words).collect();
        let others = self.reviewers.get(most..).unwrap_or_default();
        let mut words = words.join("; ");
        if !others.is_empty() {
            let count = others.iter().map(Said::total).sum();
            words += &format!("; {} by {}", counted(count, "judgement"), counted(others.len(), "other"));
        }
        (!words.is_empty()).then_some(words)
    }
}

impl Said {
    /// All judgements.
    pub fn total(&self) -> usize {
        self.ratings + self.preferences + self.gold + self.repeats + self.labels
    }

    /// `12 ratings and 3 preferences by anna`.
    pub fn words(&self) -> String {
        let parts = [
            (self.ratings, "rating"),
            (self.preferences, "preference"),
            (self.gold, "gold judgement"),
            (self.repeats, "repeat"),
            (self.labels, "label"),
        ];
        let parts: Vec<String> =
            parts.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| counted(count, word)).collect();
        format!("{} by {}", parts.join(", "), self.reviewer)
    }
}

fn counted(count: usize, word: &str) -> String {
    if count == 1 { format!("1 {word}") } else { format!("{} {word}s", thousands(count as u64)) }
}

fn said(log: &crate::model::review::ReviewLog) -> Said {
    let mut said = Said { reviewer: log.reviewer().to_string(), ..Said::default() };
    for entry in log.entries() {
        let (purpose, count) = match &entry.act {
            Act::Rate(rate) => (rate.purpose, &mut said.ratings),
            Act::Prefer(prefer) => (prefer.purpose, &mut said.preferences),
            _ => (Purpose::Judge, &mut said.labels),
        };
        *match purpose {
            Purpose::Gold => &mut said.gold,
            Purpose::Repeat => &mut said.repeats,
            _ => count,
        } += 1;
    }
    said
}

fn add_criteria(nodes: &[Node], criteria: &mut Vec<(String, String)>) {
    for node in nodes {
        match node {
            Node::Dimension(dimension) => add_criteria(&dimension.children, criteria),
            Node::Criterion(criterion) => {
                if let Judge::Human(scale) = &criterion.judge {
                    criteria.push((criterion.name.clone(), RatingScale::of(scale).to_string()));
                }
            }
        }
    }
}
