//! Which prompt a row is about: by id where it gives one, else by its text.

use super::super::extract::{Columns, rest};
use super::super::text_of;
use crate::io::import::log::{Log, Named};
use crate::model::{DatasetBuilder, NewPrompt, PromptIndex};
use foldhash::fast::RandomState;
use hashbrown::HashTable;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::hash::BuildHasher as _;
use std::slice;

/// Finds prompts by text; ids are known to the builder.
#[derive(Debug, Default)]
pub(super) struct PromptBook {
    /// The first prompt of every text.
    by_text: HashTable<PromptIndex>,
    /// Prompts of the same text, in order, by the first of them; only where there are several.
    alike: HashMap<PromptIndex, Vec<PromptIndex>, RandomState>,
    /// Hashes texts: [`Asked::hash`].
    pub(super) hasher: RandomState,
    /// The number in the last id that was made up.
    made: u64,
    /// Prompts below this index were listed in files of prompts; the others came with responses.
    pub(super) listed: PromptIndex,
}

/// The text of a prompt, and its hash by [`PromptBook::hasher`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked<'a> {
    pub(super) text: &'a str,
    pub(super) hash: u64,
}

/// What one file's rows did that a person should know.
#[derive(Debug, Default)]
pub(super) struct PromptTally {
    /// How often each model met a prompt text: (model, first prompt of that text).
    met: HashMap<(u32, PromptIndex), u32, RandomState>,
    /// Prompts of the same text told apart only by their order.
    pub(super) ambiguous: Named,
    /// Prompts that no file of prompts lists.
    pub(super) unlisted: Named,
    /// Prompts that come with another text than before.
    pub(super) reworded: Named,
    /// Rows that say nothing about their prompt.
    pub(super) without: u64,
}

impl PromptBook {
    /// Adds a row of a file of prompts.
    pub(super) fn list(
        &mut self,
        builder: &mut DatasetBuilder,
        log: &mut Log,
        columns: &Columns,
        fields: &Map<String, Value>,
        line: u64,
    ) {
        let value = columns.prompt(fields);
        let text = value.and_then(text_of::prompt).unwrap_or_default();
        let reference = columns.reference(fields);
        let id = columns.id(fields).and_then(text_of::key);
        if let Some(id) = &id
            && let Some(index) = builder.prompt(id)
        {
            let known = builder.dataset().text(builder.dataset().prompts()[index as usize].text);
            if known != text {
                let message =
                    format!("the prompt id `{id}` is already taken by a row with another text; this row is left out");
                log.skip_row(line, "prompts with an id that is taken", message);
            }
            return;
        }
        let taken: Vec<&Value> = [value, columns.id(fields), reference].into_iter().flatten().collect();
        let metadata = rest(fields, &taken);
        let reference = reference.and_then(text_of::plain);
        let id = id.unwrap_or_else(|| self.make_id(builder).into());
        let index = builder.add_prompt(NewPrompt {
            id: &id,
            text: &text,
            reference: reference.as_deref(),
            metadata: metadata.as_deref(),
        });
        if let Some(index) = index {
            self.remember(builder, Asked { text: &text, hash: self.hasher.hash_one(&*text) }, index);
            self.listed = index + 1;
        }
    }

    /// The prompt that a row with this `id` and `text` answers, made up where there is none.
    pub(super) fn resolve(
        &mut self,
        builder: &mut DatasetBuilder,
        tally: &mut PromptTally,
        model: u32,
        id: Option<&str>,
        asked: Option<Asked<'_>>,
    ) -> PromptIndex {
        let index = match (id, asked) {
            (Some(id), asked) => self.by_id(builder, tally, id, asked),
            (None, Some(asked)) => self.by_text(builder, tally, model, asked),
            (None, None) => {
                tally.without += 1;
                let id = self.make_id(builder);
                add(builder, &id, "")
            }
        };
        if self.listed > 0 && index >= self.listed {
            tally.unlisted.add(builder.dataset().text(builder.dataset().prompts()[index as usize].id));
        }
        index
    }

    fn by_id(
        &mut self,
        builder: &mut DatasetBuilder,
        tally: &mut PromptTally,
        id: &str,
        asked: Option<Asked<'_>>,
    ) -> PromptIndex {
        let Some(index) = builder.prompt(id) else {
            let index = add(builder, id, asked.map_or("", |asked| asked.text));
            if let Some(asked) = asked {
                self.remember(builder, asked, index);
            }
            return index;
        };
        if let Some(asked) = asked {
            let known = builder.dataset().prompts()[index as usize].text;
            if known.is_empty() && !asked.text.is_empty() {
                builder.set_prompt_text(index, asked.text);
                self.remember(builder, asked, index);
            } else if builder.dataset().text(known) != asked.text {
                tally.reworded.add(id);
            }
        }
        index
    }

    /// The k-th time a model meets a text, it is the k-th prompt of that text; where there are fewer, it
    /// begins again with the first: these are further samples.
    fn by_text(
        &mut self,
        builder: &mut DatasetBuilder,
        tally: &mut PromptTally,
        model: u32,
        asked: Asked<'_>,
    ) -> PromptIndex {
        let Some(&first) = self.first(builder, asked) else {
            let id = self.make_id(builder);
            let index = add(builder, &id, asked.text);
            self.remember(builder, asked, index);
            tally.met.insert((model, index), 1);
            return index;
        };
        let group = self.alike.get(&first).map_or(slice::from_ref(&first), Vec::as_slice);
        let met = tally.met.entry((model, first)).or_default();
        let index = group[*met as usize % group.len()];
        *met += 1;
        if group.len() > 1 {
            tally.ambiguous.add(builder.dataset().text(builder.dataset().prompts()[index as usize].id));
        }
        index
    }

    /// The first prompt with exactly this text.
    fn first(&self, builder: &DatasetBuilder, asked: Asked<'_>) -> Option<&PromptIndex> {
        self.by_text.find(asked.hash, |&index| text_of_prompt(builder, index) == asked.text)
    }

    fn remember(&mut self, builder: &DatasetBuilder, asked: Asked<'_>, index: PromptIndex) {
        match self.first(builder, asked) {
            Some(&first) if first == index => {}
            Some(&first) => self.alike.entry(first).or_insert_with(|| vec![first]).push(index),
            None => {
                let hasher = &self.hasher;
                let hash = |&index: &PromptIndex| hasher.hash_one(text_of_prompt(builder, index));
                self.by_text.insert_unique(asked.hash, index, hash);
            }
        }
    }

    /// The next of `p1`, `p2` … that is free.
    fn make_id(&mut self, builder: &DatasetBuilder) -> String {
        loop {
            self.made += 1;
            let id = format!("p{}", self.made);
            if builder.prompt(&id).is_none() {
                return id;
            }
        }
    }
}

/// Adds a prompt whose id is known to be free.
fn add(builder: &mut DatasetBuilder, id: &str, text: &str) -> PromptIndex {
    builder
        .add_prompt(NewPrompt { id, text, reference: None, metadata: None })
        .expect("callers ask for ids that are free")
}

fn text_of_prompt(builder: &DatasetBuilder, index: PromptIndex) -> &str {
    let dataset = builder.dataset();
    dataset.text(dataset.prompts()[index as usize].text)
}
