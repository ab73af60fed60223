//! The thresholds of flags, with their ranges.

use super::Kind;
use serde::{Deserialize, Serialize};

/// What counts as an anomaly. Values out of range are taken as the nearest within.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FlagSettings {
    /// Kinds that are not looked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub off: Vec<Kind>,
    /// Characters up to which an answer counts as short, 0..=1000: models may agree in it. By default 100.
    pub short_answer: u32,
    /// The share of their shingles two texts have in common from which they are similar, 0.5..=1. By default 0.8.
    pub similarity: f64,
    /// Characters of the shortest loop, 40..=10000. By default 100.
    pub loop_length: u32,
    /// The share of its four-word sequences that a text has said before from which it loops, 0.2..=1. By default 0.6.
    pub loop_share: f64,
    /// Letters a text must have for its language to be told, 40..=2000. By default 100.
    pub language_letters: u32,
    /// The share of a response that is its prompt from which it is an echo, 0.3..=1. By default 0.7.
    pub echo_share: f64,
    /// How far from the median an outlier is, in robust standard deviations, 2..=20. By default 3.5.
    pub outlier: f64,
    /// How many responses a group has at least for outliers to be told in it, 4..=1000. By default 6.
    pub outlier_group: u32,
    /// How many times as long or short as the median a text must be to be an outlier, 1.5..=100. By default 4.
    pub length_ratio: f64,
    /// How far from the median a score must be to be an outlier, 0.05..=1. By default 0.3.
    pub score_gap: f64,
}

/// A threshold as a form and the documentation show it.
#[derive(Clone, Copy, Debug)]
pub struct Threshold {
    /// Its name in files.
    pub id: &'static str,
    /// On screen.
    pub label: &'static str,
    /// One sentence.
    pub help: &'static str,
    /// The kinds it decides.
    pub kinds: &'static [Kind],
    /// Least value.
    pub min: f64,
    /// Greatest value.
    pub max: f64,
    /// Whether it is a whole number.
    pub whole: bool,
    /// Reads it.
    pub get: fn(&FlagSettings) -> f64,
    /// Writes it; whole numbers are rounded.
    pub set: fn(&mut FlagSettings, f64),
}

macro_rules! threshold {
    ($field:ident: $type:ident, $min:literal..=$max:literal, [$($kind:ident),+], $label:literal, $help:literal) => {
        Threshold {
            id: stringify!($field),
            label: $label,
            help: $help,
            kinds: &[$(Kind::$kind),+],
            min: $min,
            max: $max,
            whole: threshold!(@whole $type),
            get: |settings| f64::from(settings.$field),
            set: |settings, value| settings.$field = threshold!(@cast $type value),
        }
    };
    (@whole u32) => { true };
    (@whole f64) => { false };
    (@cast u32 $value:ident) => { $value.round() as u32 };
    (@cast f64 $value:ident) => { $value };
}

/// Every threshold, in the order shown.
pub static THRESHOLDS: &[Threshold] = &[
    threshold!(short_answer: u32, 0.0..=1000.0, [Duplicate, Similar, Length], "Short answer",
        "Characters up to which different models may give the same answer without it being odd."),
    threshold!(similarity: f64, 0.5..=1.0, [Similar], "Similarity",
        "The share of five-word sequences that two texts have in common from which they are similar."),
    threshold!(loop_length: u32, 40.0..=10000.0, [Loop], "Shortest loop",
        "Characters of the shortest stretch that counts as a loop."),
    threshold!(loop_share: f64, 0.2..=1.0, [Loop], "Repetition",
        "The share of four-word sequences that were said before from which a text loops."),
    threshold!(language_letters: u32, 40.0..=2000.0, [Language], "Letters for a language",
        "Letters that prompt and response must have for their languages to be told apart."),
    threshold!(echo_share: f64, 0.3..=1.0, [Echo], "Echo",
        "The share of a response that is its prompt from which it is an echo."),
    threshold!(outlier: f64, 2.0..=20.0, [Length, Score], "Outlier distance",
        "Robust standard deviations from the median at which an outlier begins."),
    threshold!(outlier_group: u32, 4.0..=1000.0, [Length, Score], "Outlier group",
        "Responses a group must have for outliers to be told in it."),
    threshold!(length_ratio: f64, 1.5..=100.0, [Length], "Length ratio",
        "How many times as long or as short as the median a text must be."),
    threshold!(score_gap: f64, 0.05..=1.0, [Score], "Score gap",
        "How far from the median a score must be."),
];

impl Default for FlagSettings {
    fn default() -> Self {
        Self {
            off: Vec::new(),
            short_answer: 100,
            similarity: 0.8,
            loop_length: 100,
            loop_share: 0.6,
            language_letters: 100,
            echo_share: 0.7,
            outlier: 3.5,
            outlier_group: 6,
            length_ratio: 4.0,
            score_gap: 0.3,
        }
    }
}

impl FlagSettings {
    /// Whether nothing differs from the default.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }

    /// Whether `kind` is looked for.
    pub fn looks_for(&self, kind: Kind) -> bool {
        !self.off.contains(&kind)
    }

    /// The first threshold that is out of its range, and a sentence that says so.
    pub fn problem(&self) -> Option<(&'static Threshold, String)> {
        THRESHOLDS.iter().find_map(|threshold| {
            let Threshold { id, min, max, .. } = threshold;
            let value = (threshold.get)(self);
            let message = format!("`{id}` is {value}; it goes from {min} to {max}.");
            (!(*min..=*max).contains(&value)).then_some((threshold, message))
        })
    }

    /// The same with every threshold within its range; what is not a number becomes the default.
    pub fn within_range(&self) -> Self {
        let mut settings = self.clone();
        for threshold in THRESHOLDS {
            let value = (threshold.get)(self);
            let value = if value.is_nan() { (threshold.get)(&Self::default()) } else { value };
            (threshold.set)(&mut settings, value.clamp(threshold.min, threshold.max));
        }
        settings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn defaults_are_within_range_and_what_is_not_is_named() {
        let settings = FlagSettings::default();
        assert_eq!(settings.problem().map(|(_, message)| message), None);
        assert_eq!(settings.within_range(), settings);
        let wrong = FlagSettings { echo_share: 7.0, outlier: f64::NAN, loop_length: 3, ..settings.clone() };
        assert_eq!(wrong.problem().unwrap().1, "`loop_length` is 3; it goes from 40 to 10000.");
        let right = FlagSettings { echo_share: 1.0, loop_length: 40, ..settings };
        assert_eq!(wrong.within_range(), right);
    }

    #[test]
    fn only_what_differs_is_written_and_kinds_stand_by_their_ids() {
        let settings = FlagSettings { off: vec![Kind::SelfName], outlier: 5.0, ..FlagSettings::default() };
        let text = ron::to_string(&settings).unwrap();
        assert!(text.contains("off:[\"self-name\"]"), "{text}");
        assert_eq!(ron::from_str::<FlagSettings>(&text).unwrap(), settings);
        assert_eq!(ron::from_str::<FlagSettings>("(outlier: 5.0, off: [\"self-name\"])").unwrap(), settings);
        let error = ron::from_str::<FlagSettings>("(off: [\"self-nam\"])").unwrap_err();
        assert!(error.to_string().contains("did you mean “self-name”"), "{error}");
    }
}
