//! One line of a reviewer's log.

use crate::text::Span;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// One line of a reviewer's log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Unique among all entries of all reviewers: the session and a number in it, `k3f9a2-17`.
    pub id: String,
    /// When it was made.
    pub at: Timestamp,
    /// Seconds of active work it took, idle time left out; absent where time is not kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seconds: Option<f64>,
    /// What was done.
    pub act: Act,
}

impl Entry {
    /// The session it was made in: its id up to the last `-`.
    pub fn session(&self) -> &str {
        self.id.rsplit_once('-').map_or(&*self.id, |(session, _)| session)
    }
}

/// What a reviewer did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// Rated a response on one criterion.
    Rate(Rate),
    /// Preferred one of two responses.
    Prefer(Prefer),
    /// Ranked several responses.
    Rank(Rank),
    /// Flagged a response, or took the flag off.
    Flag(FlagMark),
    /// Wrote a note on a response.
    Note(Note),
    /// Labelled a span of a response.
    Label(Label),
    /// Overruled a check, or let it be again.
    Overrule(Overrule),
    /// Took an entry of theirs back.
    Undo(Undo),
    /// Began to work.
    Begin(Begin),
    /// Had the names of models shown in a blind session.
    Reveal {},
}

/// What a judgement is made for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To count.
    #[default]
    Judge,
    /// To see how far the reviewer agrees with themselves: of an item they judged before, without seeing what they
    /// said. Does not count.
    Repeat,
    /// To compare with the gold judgement. Does not count.
    Calibrate,
    /// As the gold judgement itself, with its reason. Does not count.
    Gold,
    /// To settle a disagreement: counts in place of all others.
    Final,
}

impl Purpose {
    /// Whether it is the usual one, which files leave out.
    pub fn is_judge(&self) -> bool {
        *self == Self::Judge
    }
}

/// A rating of one response on one criterion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// The response's id.
    pub response: String,
    /// The criterion's id.
    pub criterion: String,
    /// On the scale, in its own units: 0 or 1 for yes-no, 1..=n for points. `None` for “cannot be judged”.
    pub value: Option<f64>,
    /// The least and the greatest value of the scale it was given on; the least is smaller.
    pub scale: [f64; 2],
    /// [`super::wording`] of the criterion when it was given; empty where that is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub wording: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What for.
    #[serde(default, skip_serializing_if = "Purpose::is_judge")]
    pub purpose: Purpose,
}

impl Rate {
    /// The raw value, 0..=1; `None` for “cannot be judged”.
    pub fn raw(&self) -> Option<f64> {
        let [least, most] = self.scale;
        self.value.map(|value| ((value - least) / (most - least)).clamp(0.0, 1.0)).filter(|raw| !raw.is_nan())
    }
}

/// What a reviewer says of two responses, in the order they were shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The first is much better.
    MuchBetterFirst,
    /// The first is better.
    First,
    /// Neither is better.
    Tie,
    /// Neither is better, and neither is good.
    BothBad,
    /// The second is better.
    Second,
    /// The second is much better.
    MuchBetterSecond,
}

impl Choice {
    /// All of them, from the first to the second.
    pub const ALL: [Self; 6] =
        [Self::MuchBetterFirst, Self::First, Self::Tie, Self::BothBad, Self::Second, Self::MuchBetterSecond];

    /// What the first gets in a ranking: 1 where it is better, 0.5 for a tie of either kind, 0.
    pub fn first_wins(self) -> f64 {
        match self {
            Self::MuchBetterFirst | Self::First => 1.0,
            Self::Tie | Self::BothBad => 0.5,
            Self::Second | Self::MuchBetterSecond => 0.0,
        }
    }

    /// The same with the two exchanged.
    pub fn flipped(self) -> Self {
        match self {
            Self::MuchBetterFirst => Self::MuchBetterSecond,
            Self::First => Self::Second,
            Self::Second => Self::First,
            Self::MuchBetterSecond => Self::MuchBetterFirst,
            same @ (Self::Tie | Self::BothBad) => same,
        }
    }
}

/// A preference between two responses to one prompt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Prefer {
    /// The ids of the two, as shown from left to right.
    pub responses: [String; 2],
    /// Which.
    pub choice: Choice,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What for.
    #[serde(default, skip_serializing_if = "Purpose::is_judge")]
    pub purpose: Purpose,
}

/// A ranking of three or more responses to one prompt.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rank {
    /// Their ids, as shown from left to right.
    pub responses: Vec<String>,
    /// The rank of each, 1 for the best; equal ranks are ties.
    pub ranks: Vec<u32>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// What for.
    #[serde(default, skip_serializing_if = "Purpose::is_judge")]
    pub purpose: Purpose,
}

/// A person's flag on a response.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FlagMark {
    /// The response's id.
    pub response: String,
    /// Whether it is flagged from now on.
    pub on: bool,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// A note on a response: it takes the place of the one before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Note {
    /// The response's id.
    pub response: String,
    /// Empty: there is none any more.
    pub text: String,
}

/// A labelled span of a response's text. It goes by taking the entry back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Label {
    /// The response's id.
    pub response: String,
    /// The id of a label of the rubric.
    pub label: String,
    /// Where: bytes of the text, on character boundaries.
    pub start: u32,
    /// Where it ends, half-open.
    pub end: u32,
    /// What stands there, so that a changed text is noticed.
    pub quote: String,
    /// What there is to say about it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

impl Label {
    /// Where.
    pub fn span(&self) -> Span {
        Span { start: self.start, end: self.end }
    }
}

/// A person's value in place of a check's; the machine's own stays beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Overrule {
    /// The response's id.
    pub response: String,
    /// The criterion's id.
    pub criterion: String,
    /// The raw value that counts instead, 0..=1; `None` lets the check be again.
    pub value: Option<f64>,
    /// What the check said when it was overruled; `None` where it had no value.
    pub machine: Option<f64>,
    /// Why.
    pub reason: String,
}

/// An entry taken back. Taking back such an entry brings the other one back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Undo {
    /// The id of an earlier entry in the same log.
    pub entry: String,
}

/// How a session was begun.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Begin {
    /// What is being judged.
    pub mode: Mode,
    /// Which items: a filter.
    pub queue: String,
    /// Whether names of models are hidden.
    pub blind: bool,
    /// What the order was drawn from.
    pub seed: u64,
    /// The share of items that come twice, 0..=1.
    #[serde(default)]
    pub repeats: f64,
    /// Items it began with.
    pub items: usize,
}

/// What a session judges.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// One response after the other, by the criteria for people.
    #[default]
    Rate,
    /// Two responses to one prompt beside each other.
    Pairs,
    /// Items with a gold judgement, which is shown after one's own.
    Calibrate,
    /// What reviewers disagree on, the worst first.
    Adjudicate,
}
