//! The kinds of flags: one table that lists, explains and names them.

use super::{
    copies, echo, forbidden, language, length, nothing, people, refusal, repetition, score, self_naming, truncation,
};
use crate::text::nearest;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A kind of anomaly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
#[repr(u8)]
pub enum Kind {
    /// No text: null or missing.
    Missing,
    /// An empty text.
    Empty,
    /// Nothing but white space.
    Blank,
    /// The same text as another response.
    Duplicate,
    /// Nearly the same text as another response.
    Similar,
    /// The model declines.
    Refusal,
    /// The text breaks off.
    Truncated,
    /// The text repeats itself.
    Loop,
    /// Another language than the prompt's.
    Language,
    /// Much longer or shorter than comparable texts.
    Length,
    /// Scored far from comparable responses.
    Score,
    /// The prompt comes back.
    Echo,
    /// The model names itself or its maker.
    SelfName,
    /// Something the rubric forbids.
    Unsafe,
    /// A check and people disagree.
    Disagree,
    /// The reviewer was faster than anybody reads.
    Hasty,
    /// The reviewer's standard moved.
    Drift,
}

/// What a kind follows from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The texts alone.
    Texts,
    /// The scores under the rubric.
    Scores,
    /// What people judged.
    People,
}

/// How a kind presents itself.
#[derive(Clone, Copy, Debug)]
pub struct Info {
    /// As it stands in a filter and in files, `flag:duplicate`.
    pub id: &'static str,
    /// On screen, sentence case.
    pub name: &'static str,
    /// One sentence: what it says of a response.
    pub summary: &'static str,
    /// Markdown: the rule, its threshold, what it leaves out and why, and its source where there is one.
    pub details: &'static str,
    /// What it follows from.
    pub basis: Basis,
}

impl Kind {
    /// Every kind, in the order shown.
    pub const ALL: [Self; 17] = [
        Self::Missing,
        Self::Empty,
        Self::Blank,
        Self::Duplicate,
        Self::Similar,
        Self::Refusal,
        Self::Truncated,
        Self::Loop,
        Self::Language,
        Self::Length,
        Self::Score,
        Self::Echo,
        Self::SelfName,
        Self::Unsafe,
        Self::Disagree,
        Self::Hasty,
        Self::Drift,
    ];

    /// How it presents itself.
    pub fn info(self) -> &'static Info {
        match self {
            Self::Missing => &nothing::MISSING,
            Self::Empty => &nothing::EMPTY,
            Self::Blank => &nothing::BLANK,
            Self::Duplicate => &copies::DUPLICATE,
            Self::Similar => &copies::SIMILAR,
            Self::Refusal => &refusal::INFO,
            Self::Truncated => &truncation::INFO,
            Self::Loop => &repetition::INFO,
            Self::Language => &language::INFO,
            Self::Length => &length::INFO,
            Self::Score => &score::INFO,
            Self::Echo => &echo::INFO,
            Self::SelfName => &self_naming::INFO,
            Self::Unsafe => &forbidden::INFO,
            Self::Disagree => &people::DISAGREE,
            Self::Hasty => &people::HASTY,
            Self::Drift => &people::DRIFT,
        }
    }

    /// As it stands in a filter and in files.
    pub fn id(self) -> &'static str {
        self.info().id
    }

    /// On screen.
    pub fn name(self) -> &'static str {
        self.info().name
    }

    /// The kind with this id.
    ///
    /// # Errors
    /// A sentence with what may have been meant.
    pub fn find(id: &str) -> Result<Self, UnknownKind> {
        Self::ALL.into_iter().find(|kind| kind.id() == id).ok_or_else(|| UnknownKind {
            id: id.to_owned(),
            near: nearest(id, Self::ALL.map(Self::id)).map(str::to_owned),
        })
    }
}

/// There is no such kind.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct UnknownKind {
    id: String,
    near: Option<String>,
}

impl fmt::Display for UnknownKind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "There is no flag “{}”; ", self.id)?;
        match &self.near {
            Some(near) => write!(out, "did you mean “{near}”?"),
            None => write!(out, "there are {}.", Kind::ALL.map(Kind::id).join(", ")),
        }
    }
}

impl From<Kind> for String {
    fn from(kind: Kind) -> Self {
        kind.id().to_owned()
    }
}

impl TryFrom<String> for Kind {
    type Error = UnknownKind;

    fn try_from(id: String) -> Result<Self, UnknownKind> {
        Self::find(&id)
    }
}

/// Which kinds a response has.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct KindSet(u32);

impl KindSet {
    /// Adds `kind`.
    pub fn insert(&mut self, kind: Kind) {
        self.0 |= 1 << kind as u8;
    }

    /// Takes `kind` out.
    pub fn remove(&mut self, kind: Kind) {
        self.0 &= !(1 << kind as u8);
    }

    /// Whether `kind` is in it.
    pub fn contains(self, kind: Kind) -> bool {
        self.0 >> kind as u8 & 1 == 1
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// What is in this or in `other`.
    pub fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Its kinds, in the order shown.
    pub fn iter(self) -> impl Iterator<Item = Kind> {
        Kind::ALL.into_iter().filter(move |&kind| self.contains(kind))
    }
}

impl FromIterator<Kind> for KindSet {
    fn from_iter<I: IntoIterator<Item = Kind>>(kinds: I) -> Self {
        let mut set = Self::default();
        kinds.into_iter().for_each(|kind| set.insert(kind));
        set
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_kind_is_found_by_its_id_and_stands_in_its_own_place() {
        let ids: HashSet<&str> = Kind::ALL.map(Kind::id).into();
        assert_eq!(ids.len(), Kind::ALL.len());
        for (place, kind) in Kind::ALL.into_iter().enumerate() {
            assert_eq!((Kind::find(kind.id()), kind as usize), (Ok(kind), place));
            assert!(kind.info().summary.ends_with('.') && !kind.info().details.is_empty(), "{}", kind.id());
        }
    }

    #[test]
    fn a_mistyped_kind_is_told_what_was_meant() {
        let said = |id| Kind::find(id).unwrap_err().to_string();
        assert_eq!(said("duplicated"), "There is no flag “duplicated”; did you mean “duplicate”?");
        assert!(said("zzz").starts_with("There is no flag “zzz”; there are missing, empty, "));
    }

    #[test]
    fn a_set_holds_what_was_put_in() {
        let mut set: KindSet = [Kind::Loop, Kind::Drift].into_iter().collect();
        assert!(set.iter().eq([Kind::Loop, Kind::Drift]));
        set.remove(Kind::Drift);
        assert_eq!(set, [Kind::Loop].into_iter().collect());
        set.remove(Kind::Loop);
        assert!(set.is_empty());
    }
}
