//! The flags that follow from the texts alone.

use super::copies::Copies;
use super::language::Asked;
use super::outliers::Outliers;
use super::{
    Flag, FlagSettings, Kind, KindSet, Namer, Responses, echo, language, length, nothing, refusal, repetition,
    truncation,
};
use crate::duplicates::{self, Duplicates, Watch};
use rayon::prelude::*;
use std::sync::Arc;

/// What the texts of all responses gave: which kinds each has, and what it takes to say why.
#[derive(Debug)]
pub struct TextFlags {
    settings: FlagSettings,
    sets: Vec<KindSet>,
    /// Characters of each text; 0 where there is nothing to read.
    lengths: Vec<u32>,
    groups: Outliers,
    copies: Copies,
    namer: Namer,
    asked: Vec<Asked>,
}

/// How many steps there are over `responses` responses: the sum of what [`Watch::advance`] is called with, unless
/// cancelled. Where duplicates are known already, fewer.
pub const fn steps(responses: usize) -> usize {
    duplicates::steps(responses) + 2 * responses
}

/// Responses a worker takes at once.
const CHUNK: usize = 256;

impl TextFlags {
    /// Looks through all responses. `known` are their duplicates, where they are known with the similarity of
    /// `settings`. `None` when cancelled. Linear in the texts, apart from what finding duplicates takes.
    pub fn find(
        responses: &impl Responses,
        settings: &FlagSettings,
        known: Option<Arc<Duplicates>>,
        watch: &Watch<'_>,
    ) -> Option<Self> {
        let settings = settings.within_range();
        let count = responses.len();
        let found = match known {
            Some(found) => found,
            None => {
                let alike = duplicates::Settings { threshold: settings.similarity, ..duplicates::Settings::default() };
                Arc::new(duplicates::find(count, |row| responses.text(row), alike, watch)?)
            }
        };
        let length = |row: usize| {
            let text = responses.text(row).unwrap_or("").trim();
            text.chars().count() as u32
        };
        let lengths: Vec<u32> = each(count, length, watch)?;
        let groups = length::groups(responses, &lengths, &settings);
        let asked = (0..responses.prompts())
            .into_par_iter()
            .with_max_len(CHUNK)
            .map(|prompt| Asked::new(responses.prompt_text(prompt as u32), &settings))
            .collect();
        let copies = Copies::new(responses, found, &lengths, &settings);
        let namer = Namer::new(responses.models());
        let mut flags = Self { settings, sets: Vec::new(), lengths, groups, copies, namer, asked };
        let kinds = |row: usize| {
            let mut set: KindSet = flags.own(responses, row).map(|flag| flag.kind).collect();
            flags.settings.off.iter().for_each(|&kind| set.remove(kind));
            set
        };
        let mut sets = each(count, kinds, watch)?;
        flags.copies.each(responses, &flags.lengths, &flags.settings, |row, kind| {
            if flags.settings.looks_for(kind) {
                sets[row as usize].insert(kind);
            }
        });
        flags.sets = sets;
        Some(flags)
    }

    /// How many responses were looked at.
    pub fn len(&self) -> usize {
        self.sets.len()
    }

    /// Whether there were none.
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty()
    }

    /// The kinds of response `row`.
    pub fn kinds(&self, row: usize) -> KindSet {
        self.sets[row]
    }

    /// What finds names in these responses, for whoever hides them.
    pub fn namer(&self) -> &Namer {
        &self.namer
    }

    /// The flags of response `row` with what made them, in the order of kinds. `responses` are those that were looked
    /// through.
    pub fn explain(&self, responses: &impl Responses, row: usize) -> Vec<Flag> {
        let set = self.kinds(row);
        if set.is_empty() {
            return Vec::new();
        }
        let copies = [Kind::Duplicate, Kind::Similar].into_iter().filter(|&kind| set.contains(kind));
        let copies = copies.filter_map(|kind| self.copies.flag(responses, &self.lengths, &self.settings, row, kind));
        let mut flags: Vec<Flag> =
            self.own(responses, row).filter(|flag| set.contains(flag.kind)).chain(copies).collect();
        flags.sort_by_key(|flag| flag.kind);
        flags
    }

    /// The flags of one response that no other's text matters for.
    fn own(&self, responses: &impl Responses, row: usize) -> impl Iterator<Item = Flag> {
        let settings = &self.settings;
        let nothing = nothing::flag(responses.text(row));
        let mut found = [const { None }; 7];
        if nothing.is_none() {
            let text = responses.text(row).unwrap_or("");
            let prompt = responses.prompt(row);
            let asked = self.asked.get(prompt as usize).copied().unwrap_or_default();
            let prompt = responses.prompt_text(prompt);
            let looks_for = |kind| settings.looks_for(kind);
            let is_loop = looks_for(Kind::Loop).then(|| repetition::flag(text, prompt, settings)).flatten();
            // A loop goes on until it is cut off: one reason is enough.
            let is_cut = looks_for(Kind::Truncated) && is_loop.is_none();
            found = [
                looks_for(Kind::Refusal).then(|| refusal::flag(text)).flatten(),
                is_cut.then(|| truncation::flag(text)).flatten(),
                is_loop,
                looks_for(Kind::Language).then(|| language::flag(text, asked, settings)).flatten(),
                length::flag(responses, &self.groups, row, self.lengths[row], settings),
                looks_for(Kind::Echo).then(|| echo::flag(text, prompt, settings)).flatten(),
                looks_for(Kind::SelfName).then(|| self.namer.flag(text, prompt)).flatten(),
            ];
        }
        nothing.into_iter().chain(found.into_iter().flatten())
    }
}

/// `of` each number below `count`, in order, one step each. `None` when cancelled.
fn each<T: Default + Send>(count: usize, of: impl Fn(usize) -> T + Sync, watch: &Watch<'_>) -> Option<Vec<T>> {
    let one = |at: usize| {
        if (watch.cancelled)() {
            return T::default();
        }
        let made = of(at);
        (watch.advance)(1);
        made
    };
    let all = (0..count).into_par_iter().with_max_len(CHUNK).map(one).collect();
    (!(watch.cancelled)()).then_some(all)
}
