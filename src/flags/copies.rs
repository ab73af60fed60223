//! The same text, or nearly, as another response.

use super::words::words;
use super::{Basis, Flag, FlagSettings, Info, Kind, Responses, flag::quoted};
use crate::duplicates::Duplicates;
use crate::text::thousands;
use hashbrown::{HashMap, HashSet};
use std::sync::Arc;

pub(super) const DUPLICATE: Info = Info {
    id: "duplicate",
    name: "Duplicate",
    summary: "Another response has the same text, where it should have its own.",
    details: "Byte for byte the same. Two relations count, and the flag says which. *Across prompts*: the same model gives \
              the same text to another prompt, an anomaly of the model. *Across models*: another model gives the same text \
              to the same prompt, and it is longer than `short_answer` (100 characters) and not made of the prompt's own \
              words; models agree in short answers and in what stands in the prompt, but other long texts were copied, \
              have the wrong name, or are of models that are nearly one. Left out are: several responses of one model to one \
              prompt, which are samples; a short answer to two prompts that share half of their words, and one of up to 20 \
              characters that fewer than four prompts get, unless such answers are 5 % of the model's: labels and numbers \
              recur; and all short answers of a model more than half of whose responses are short and repeated: it chooses \
              among few. Prompts with the same text are one prompt. Every response of such a group is flagged, also the \
              first; `is:duplicate` in the filter has all copies but the first of each, whatever their relation.",
    basis: Basis::Texts,
};

pub(super) const SIMILAR: Info = Info {
    id: "similar",
    name: "Near duplicate",
    summary: "Another response has nearly the same text, where it should have its own.",
    details: "At least `similarity` (80 %) of their sequences of five words are the same: candidates are found by \
              signatures and compared by their texts (Broder, *On the resemblance and containment of documents*, 1997). \
              The relations are those of `duplicate`; across models both texts must be longer than `short_answer`, and \
              across prompts the prompts themselves must differ: prompts that share more than half of their words may \
              have answers that are alike. Groups are chains of pairs, so the two farthest members may be less alike. A \
              response that is an exact duplicate is not flagged again for the same relation.",
    basis: Basis::Texts,
};

/// Which texts are the same or alike, with what it takes to judge their relations.
#[derive(Clone, Debug)]
pub(super) struct Copies {
    found: Arc<Duplicates>,
    /// First member and member of every group of two and more, sorted.
    equal: Vec<(u32, u32)>,
    similar: Vec<(u32, u32)>,
    /// For each prompt the first with the same text.
    prompts: Vec<u32>,
    /// The share of each model's responses that are short and the same as others of its own to other prompts.
    repeated: Vec<f64>,
}

/// Who else has the text of one response.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Relations {
    /// Other prompts to which the same model gives it, at most [`MOST`].
    prompts: usize,
    /// Other models that give it to the same prompt.
    models: usize,
    /// The first such row.
    first: Option<u32>,
}

impl Copies {
    pub(super) fn new(
        responses: &impl Responses,
        found: Arc<Duplicates>,
        lengths: &[u32],
        settings: &FlagSettings,
    ) -> Self {
        let pairs = |groups: Vec<Vec<u32>>| -> Vec<(u32, u32)> {
            groups.iter().flat_map(|group| group.iter().map(|&row| (group[0], row))).collect()
        };
        let mut copies = Self {
            equal: pairs(found.equal_groups()),
            similar: pairs(found.similar_groups()),
            found,
            prompts: same_prompts(responses),
            repeated: Vec::new(),
        };
        copies.repeated = copies.repeated(responses, lengths, settings);
        copies
    }

    /// The share of each model's responses that are short and given to several prompts.
    fn repeated(&self, responses: &impl Responses, lengths: &[u32], settings: &FlagSettings) -> Vec<f64> {
        let models = responses.models().len();
        let (mut all, mut shared) = (vec![0usize; models], vec![0usize; models]);
        for row in 0..responses.len() {
            all[responses.model(row) as usize] += 1;
        }
        for group in self.equal.chunk_by(|a, b| a.0 == b.0) {
            if lengths[group[0].1 as usize] > settings.short_answer {
                continue;
            }
            let mut members: Vec<(u32, u32)> =
                group.iter().map(|&(_, row)| (responses.model(row as usize), self.prompt(responses, row))).collect();
            members.sort_unstable();
            for of_model in members.chunk_by(|a, b| a.0 == b.0) {
                if of_model[0].1 != of_model[of_model.len() - 1].1 {
                    shared[of_model[0].0 as usize] += of_model.len();
                }
            }
        }
        all.iter().zip(&shared).map(|(&all, &shared)| shared as f64 / all.max(1) as f64).collect()
    }

    /// Whether it is odd that a `model` gives a text of so many characters to `prompts` other prompts.
    fn is_odd(&self, model: u32, length: u32, short: u32, prompts: usize) -> bool {
        let repeated = self.repeated[model as usize];
        if prompts == 0 || length > short {
            return prompts > 0;
        }
        repeated <= CHOOSING && (length > LABEL || prompts >= SEVERAL || repeated >= OFTEN)
    }

    fn prompt(&self, responses: &impl Responses, row: u32) -> u32 {
        self.prompts[responses.prompt(row as usize) as usize]
    }

    fn group(pairs: &[(u32, u32)], first: usize) -> &[(u32, u32)] {
        let first = first as u32;
        let start = pairs.partition_point(|pair| pair.0 < first);
        let end = start + pairs[start..].partition_point(|pair| pair.0 == first);
        &pairs[start..end]
    }

    /// The kinds of every row in a group.
    pub(super) fn each(
        &self,
        responses: &impl Responses,
        lengths: &[u32],
        settings: &FlagSettings,
        mut found: impl FnMut(u32, Kind),
    ) {
        for (pairs, kind) in [(&self.equal, Kind::Duplicate), (&self.similar, Kind::Similar)] {
            for group in pairs.chunk_by(|a, b| a.0 == b.0) {
                // In a group of one prompt and model nothing is odd; that is what large groups often are.
                let key = |row: u32| (responses.model(row as usize), self.prompt(responses, row));
                if group.iter().all(|&(_, row)| key(row) == key(group[0].1)) {
                    continue;
                }
                let index = Index::new(self, responses, group, kind, lengths, settings);
                for &(_, row) in group {
                    if index.relations(self, responses, row) != Relations::default() {
                        found(row, kind);
                    }
                }
            }
        }
    }

    /// The flag of one row of a kind that [`Self::each`] found.
    pub(super) fn flag(
        &self,
        responses: &impl Responses,
        lengths: &[u32],
        settings: &FlagSettings,
        row: usize,
        kind: Kind,
    ) -> Option<Flag> {
        let (pairs, first) = match kind {
            Kind::Duplicate => (&self.equal, self.found.first_equal(row)),
            _ => (&self.similar, self.found.first_similar(row)),
        };
        let group = Self::group(pairs, first);
        if group.is_empty() {
            return None;
        }
        let index = Index::new(self, responses, group, kind, lengths, settings);
        let relations = index.relations(self, responses, row as u32);
        let other = relations.first?;
        let what = if kind == Kind::Duplicate { "the same text" } else { "nearly the same text" };
        let mut parts = Vec::new();
        if relations.prompts > 0 {
            let prompts = plural(relations.prompts, "other prompt");
            parts.push(format!(
                "Across prompts: this model gives {what} to {prompts}, which is an anomaly of the model."
            ));
        }
        if relations.models > 0 {
            let models = plural(relations.models, "other model");
            parts.push(format!(
                "Across models: {models} {} {what} to this prompt, {} characters; models agree by themselves only in \
                 short answers.",
                if relations.models == 1 { "gives" } else { "give" },
                thousands(u64::from(lengths[row]))
            ));
        }
        if let Some(text) = responses.text(row) {
            parts.push(format!("It begins {}.", quoted(text, 40)));
        }
        Some(Flag::new(kind, parts.join(" ")).about(other))
    }
}

/// The members of one group, ready to be asked.
struct Index<'a> {
    kind: Kind,
    /// Model, prompt and row of those that count.
    by_model: Vec<(u32, u32, u32)>,
    /// Prompt, model and row of those long enough to count across models.
    by_prompt: Vec<(u32, u32, u32)>,
    settings: &'a FlagSettings,
    lengths: &'a [u32],
}

impl<'a> Index<'a> {
    fn new(
        copies: &Copies,
        responses: &impl Responses,
        group: &[(u32, u32)],
        kind: Kind,
        lengths: &'a [u32],
        settings: &'a FlagSettings,
    ) -> Self {
        let rows = || group.iter().map(|&(_, row)| row);
        let model = |row: u32| responses.model(row as usize);
        let is_long = |row: &u32| lengths[*row as usize] > settings.short_answer;
        let mut by_model: Vec<(u32, u32, u32)> =
            rows().map(|row| (model(row), copies.prompt(responses, row), row)).collect();
        let mut by_prompt: Vec<(u32, u32, u32)> =
            rows().filter(is_long).map(|row| (copies.prompt(responses, row), model(row), row)).collect();
        by_model.sort_unstable();
        by_prompt.sort_unstable();
        Self { kind, by_model, by_prompt, settings, lengths }
    }

    fn relations(&self, copies: &Copies, responses: &impl Responses, row: u32) -> Relations {
        let (model, prompt) = (responses.model(row as usize), copies.prompt(responses, row));
        // What is the same byte for byte is `duplicate`'s to say.
        let is_new = |other: u32| {
            self.kind == Kind::Duplicate
                || copies.found.first_equal(row as usize) != copies.found.first_equal(other as usize)
        };
        let (length, short) = (self.lengths[row as usize], self.settings.short_answer);
        let odd = |other: u32| {
            // Questions put alike have answers that are alike, and short ones that are the same.
            is_new(other) && (self.kind == Kind::Duplicate && length > short || differ(responses, row, other))
        };
        let mut relations = Relations::default();
        let mut first = None;
        let prompts = others(range(&self.by_model, model), prompt, MOST, odd, &mut first);
        if copies.is_odd(model, length, short, prompts) {
            relations.prompts = prompts;
        } else {
            first = None;
        }
        if length > short && !is_taken_from_prompt(responses, row as usize) {
            let to_prompt = range(&self.by_prompt, prompt);
            relations.models = others(to_prompt, model, usize::MAX, is_new, &mut first);
        }
        relations.first = first;
        relations
    }
}

/// How many other prompts, or models, than `own` stand second in the sorted `list` with an `odd` row, `most` at the
/// most; `first` becomes the first such row.
fn others(
    list: &[(u32, u32, u32)],
    own: u32,
    most: usize,
    odd: impl Fn(u32) -> bool,
    first: &mut Option<u32>,
) -> usize {
    let mut count = 0;
    let mut rest = list;
    while let Some(&(_, key, _)) = rest.first() {
        // A search, and no walk: there may be many rows of one key.
        let (of_key, after) = rest.split_at(rest.partition_point(|entry| entry.1 == key));
        rest = after;
        let row = of_key.iter().take(SAMPLES).map(|entry| entry.2).find(|&row| key != own && odd(row));
        if let Some(row) = row {
            count += 1;
            first.get_or_insert(row);
            if count == most {
                break;
            }
        }
    }
    count
}

/// Of several responses of one model to one prompt so many are looked at.
const SAMPLES: usize = 8;

/// The share of a model's responses that are short and repeated from which it chooses among few answers.
const CHOOSING: f64 = 0.5;
/// The share from which even its shortest answers are not repeated by chance.
const OFTEN: f64 = 0.05;
/// Characters of an answer that may be a label, a number or a yes.
const LABEL: u32 = 20;
/// So many other prompts with the same label are no chance.
const SEVERAL: usize = 3;

/// So many other prompts are counted: of a large group each member would count all others.
const MOST: usize = 100;

fn range(list: &[(u32, u32, u32)], key: u32) -> &[(u32, u32, u32)] {
    let start = list.partition_point(|entry| entry.0 < key);
    let end = start + list[start..].partition_point(|entry| entry.0 == key);
    &list[start..end]
}

/// Whether the prompts of two rows are different enough that their answers should differ.
fn differ(responses: &impl Responses, a: u32, b: u32) -> bool {
    let set = |row: u32| -> HashSet<u64> {
        words(responses.prompt_text(responses.prompt(row as usize))).map(|word| word.hash).collect()
    };
    let (a, b) = (set(a), set(b));
    let common = a.intersection(&b).count();
    let all = a.len() + b.len() - common;
    2 * common <= all
}

/// Whether nearly all words of a response are its prompt's: what is to be found or put in order there comes out the same.
fn is_taken_from_prompt(responses: &impl Responses, row: usize) -> bool {
    let prompt = responses.prompt_text(responses.prompt(row));
    let asked: HashSet<u64> = words(prompt).map(|word| word.hash).collect();
    let (mut own, mut all) = (0usize, 0usize);
    for word in words(responses.text(row).unwrap_or("")) {
        all += 1;
        own += usize::from(asked.contains(&word.hash));
    }
    10 * own >= 8 * all
}

/// For each prompt the first with the same text; itself where it has none.
fn same_prompts(responses: &impl Responses) -> Vec<u32> {
    let mut first: HashMap<&str, u32, foldhash::fast::FixedState> = HashMap::default();
    (0..responses.prompts() as u32)
        .map(|prompt| match responses.prompt_text(prompt) {
            "" => prompt,
            text => *first.entry(text).or_insert(prompt),
        })
        .collect()
}

fn plural(count: usize, noun: &str) -> String {
    match count {
        1 => format!("1 {noun}"),
        MOST => format!("{MOST} and more {noun}s"),
        count => format!("{count} {noun}s"),
    }
}
