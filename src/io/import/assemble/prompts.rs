//! Which prompt a row is about: by id where it gives one, else by its text.

use super::super::text_of;
use super::log::{Log, Named};
use super::{Columns, metadata};
use crate::model::{DatasetBuilder, NewPrompt, PromptIndex};
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::{BuildHasher as _, RandomState};

/// Finds prompts by text; ids are known to the builder.
#[derive(Debug, Default)]
pub(super) struct PromptBook {
    /// By the hash of their text: lists of prompts with the same text, in order.
    by_text: HashMap<u64, Vec<Vec<PromptIndex>>>,
    hasher: RandomState,
    /// The number in the last id that was made up.
    made: u64,
    /// Prompts below this index were listed in files of prompts; the others came with responses.
    pub(super) listed: PromptIndex,
}

/// What one file's rows did that a person should know.
#[derive(Debug, Default)]
pub(super) struct PromptTally {
    /// How often each model met a prompt text: (model, first prompt of that text).
    met: HashMap<(u32, PromptIndex), u32>,
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
        let metadata = metadata::rest(fields, &taken);
        let reference = reference.and_then(text_of::plain);
        let id = id.unwrap_or_else(|| self.make_id(builder).into());
        let index = builder.add_prompt(NewPrompt {
            id: &id,
            text: &text,
            reference: reference.as_deref(),
            metadata: metadata.as_deref(),
        });
        if let Some(index) = index {
            self.remember(builder, &text, index);
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
        text: Option<&str>,
    ) -> PromptIndex {
        let index = match (id, text) {
            (Some(id), text) => self.by_id(builder, tally, id, text),
            (None, Some(text)) => self.by_text(builder, tally, model, text),
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
        text: Option<&str>,
    ) -> PromptIndex {
        let Some(index) = builder.prompt(id) else {
            let index = add(builder, id, text.unwrap_or_default());
            if let Some(text) = text {
                self.remember(builder, text, index);
            }
            return index;
        };
        if let Some(text) = text {
            let known = builder.dataset().prompts()[index as usize].text;
            if known.is_empty() && !text.is_empty() {
                builder.set_prompt_text(index, text);
                self.remember(builder, text, index);
            } else if builder.dataset().text(known) != text {
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
        text: &str,
    ) -> PromptIndex {
        let Some(group) = self.group(builder, text) else {
            let id = self.make_id(builder);
            let index = add(builder, &id, text);
            self.remember(builder, text, index);
            tally.met.insert((model, index), 1);
            return index;
        };
        let met = tally.met.entry((model, group[0])).or_default();
        let index = group[*met as usize % group.len()];
        *met += 1;
        if group.len() > 1 {
            tally.ambiguous.add(builder.dataset().text(builder.dataset().prompts()[index as usize].id));
        }
        index
    }

    /// The prompts with exactly this text.
    fn group(&self, builder: &DatasetBuilder, text: &str) -> Option<&Vec<PromptIndex>> {
        let dataset = builder.dataset();
        let groups = self.by_text.get(&self.hasher.hash_one(text))?;
        groups.iter().find(|group| dataset.text(dataset.prompts()[group[0] as usize].text) == text)
    }

    fn remember(&mut self, builder: &DatasetBuilder, text: &str, index: PromptIndex) {
        let dataset = builder.dataset();
        let groups = self.by_text.entry(self.hasher.hash_one(text)).or_default();
        match groups.iter_mut().find(|group| dataset.text(dataset.prompts()[group[0] as usize].text) == text) {
            Some(group) => group.push(index),
            None => groups.push(vec![index]),
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

/// The prompt's text in a row; `None` for null and where there is none.
pub(super) fn text_in<'a>(columns: &Columns, fields: &'a Map<String, Value>) -> Option<Cow<'a, str>> {
    columns.prompt(fields).and_then(text_of::prompt)
}
