//! Prompts and responses: what was asked and what came back.

use super::id_table::IdTable;
use super::{Block, SharedText, TextRef, Texts};
use foldhash::fast::RandomState;
use std::collections::HashMap;
use std::hash::BuildHasher as _;

/// Index of a prompt in [`Dataset::prompts`].
pub type PromptIndex = u32;

/// Everything that is judged: prompts, the models' names, and responses, in import order.
#[derive(Clone, Debug, Default)]
pub struct Dataset {
    texts: Texts,
    prompts: Vec<Prompt>,
    models: Vec<String>,
    responses: Vec<Response>,
}

/// What was asked. Texts lie in the dataset; see [`Dataset::text`].
#[derive(Clone, Copy, Debug)]
pub struct Prompt {
    /// Unique in the dataset.
    pub id: TextRef,
    /// What was asked: the text, or chat messages one after the other under their roles.
    pub text: TextRef,
    /// The reference answer.
    pub reference: Option<TextRef>,
    /// Further columns of its row, as a JSON object.
    pub metadata: Option<TextRef>,
}

/// One output: 52 bytes beside its texts.
#[derive(Clone, Copy, Debug)]
pub struct Response {
    /// Unique in the dataset.
    pub id: TextRef,
    /// The prompt it answers.
    pub prompt: PromptIndex,
    /// Index into [`Dataset::models`] of what produced it.
    pub model: u32,
    /// The output itself.
    pub text: ResponseText,
    /// Further columns of its row, as a JSON object.
    pub metadata: Option<TextRef>,
    /// Index of the source it came from.
    pub source: u32,
    /// 1-based line of its row in the source (CSV: record without the header, JSON: element).
    pub row: u32,
}

/// A response's text. Empty, null and absent are three different things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResponseText {
    /// There is a text; it may be empty.
    Present(TextRef),
    /// There is none.
    Absent(Absent),
}

/// Why a response has no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// The file says null.
    Null,
    /// The row has no such field.
    Missing,
}

impl Absent {
    /// The word shown in its place.
    pub fn label(self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Missing => "missing",
        }
    }
}

impl Dataset {
    /// The text at `at`.
    pub fn text(&self, at: TextRef) -> &str {
        self.texts.get(at)
    }

    /// The text at `at` as a shared one; a long one is not copied.
    pub fn shared_text(&self, at: TextRef) -> SharedText {
        self.texts.shared(at)
    }

    /// All prompts.
    pub fn prompts(&self) -> &[Prompt] {
        &self.prompts
    }

    /// The names of what produced responses, in order of first appearance.
    pub fn models(&self) -> &[String] {
        &self.models
    }

    /// All responses, in import order.
    pub fn responses(&self) -> &[Response] {
        &self.responses
    }

    /// Whether nothing was imported.
    pub fn is_empty(&self) -> bool {
        self.responses.is_empty()
    }

    /// The text of response `index`; `None` where it is null or missing.
    pub fn response_text(&self, index: usize) -> Option<&str> {
        match self.responses[index].text {
            ResponseText::Present(at) => Some(self.text(at)),
            ResponseText::Absent(_) => None,
        }
    }

    /// The name of the model of response `index`.
    pub fn model_of(&self, index: usize) -> &str {
        &self.models[self.responses[index].model as usize]
    }

    /// The prompt of response `index`.
    pub fn prompt_of(&self, index: usize) -> &Prompt {
        &self.prompts[self.responses[index].prompt as usize]
    }

    /// The indices of the responses to prompt `prompt`, in order. O(n).
    pub fn responses_to(&self, prompt: PromptIndex) -> impl Iterator<Item = usize> {
        self.responses.iter().enumerate().filter(move |(_, r)| r.prompt == prompt).map(|(index, _)| index)
    }

    /// Whether the rows and models of `before` have the same places here, as far as their numbers tell: it was the
    /// beginning of this.
    pub fn continues(&self, before: &Self) -> bool {
        self.responses.len() >= before.responses.len()
            && self.prompts.len() >= before.prompts.len()
            && self.models.starts_with(&before.models)
    }

    /// Bytes of text held, ids and metadata included.
    pub fn text_bytes(&self) -> usize {
        self.texts.bytes()
    }
}

/// Builds a [`Dataset`], keeping its ids unique and its indices valid.
#[derive(Debug, Default)]
pub struct DatasetBuilder {
    dataset: Dataset,
    /// Indices by their ids, which lie in the dataset.
    prompt_ids: IdTable,
    response_ids: IdTable,
    models: HashMap<String, u32, RandomState>,
    hasher: RandomState,
}

/// A prompt about to be added.
#[derive(Clone, Copy, Debug, Default)]
pub struct NewPrompt<'a> {
    /// Its id.
    pub id: &'a str,
    /// What was asked.
    pub text: &'a str,
    /// The reference answer.
    pub reference: Option<&'a str>,
    /// A JSON object.
    pub metadata: Option<&'a str>,
}

/// A response about to be added.
#[derive(Clone, Copy, Debug)]
pub struct NewResponse<'a> {
    /// Its id.
    pub id: &'a str,
    /// The prompt it answers.
    pub prompt: PromptIndex,
    /// What produced it.
    pub model: &'a str,
    /// The output, or why there is none.
    pub text: Result<&'a str, Absent>,
    /// A JSON object.
    pub metadata: Option<&'a str>,
    /// Index of the source it came from.
    pub source: u32,
    /// 1-based line, record or element in the source.
    pub row: u32,
}

/// A response about to be added, whose texts are in the builder already: see [`DatasetBuilder::adopt`].
#[derive(Clone, Copy, Debug)]
pub struct StoredResponse<'a> {
    /// Its id.
    pub id: &'a str,
    /// The prompt it answers.
    pub prompt: PromptIndex,
    /// What produced it: an index given by [`DatasetBuilder::model`].
    pub model: u32,
    /// The output, or why there is none.
    pub text: ResponseText,
    /// A JSON object.
    pub metadata: Option<TextRef>,
    /// Index of the source it came from.
    pub source: u32,
    /// 1-based line, record or element in the source.
    pub row: u32,
}

impl DatasetBuilder {
    /// Makes room for about so many more responses. What grows step by step leaves its smaller steps behind, as holes
    /// between the texts.
    pub fn expect(&mut self, responses: usize) {
        self.dataset.responses.reserve(responses);
        self.response_ids.reserve(responses);
    }

    /// The prompt with this id.
    pub fn prompt(&self, id: &str) -> Option<PromptIndex> {
        let Dataset { texts, prompts, .. } = &self.dataset;
        self.prompt_ids.find(self.hasher.hash_one(id), |index| texts.get(prompts[index as usize].id) == id)
    }

    /// The response with this id.
    pub fn response(&self, id: &str) -> Option<usize> {
        self.response_with(self.hasher.hash_one(id), id)
    }

    fn response_with(&self, hash: u64, id: &str) -> Option<usize> {
        let Dataset { texts, responses, .. } = &self.dataset;
        let is_it = |index: u32| texts.get(responses[index as usize].id) == id;
        self.response_ids.find(hash, is_it).map(|index| index as usize)
    }

    /// Adds a prompt; `None` when its id is taken.
    pub fn add_prompt(&mut self, new: NewPrompt<'_>) -> Option<PromptIndex> {
        if self.prompt(new.id).is_some() {
            return None;
        }
        let texts = &mut self.dataset.texts;
        let prompt = Prompt {
            id: texts.push(new.id),
            text: texts.push(new.text),
            reference: new.reference.map(|text| texts.push(text)),
            metadata: new.metadata.map(|text| texts.push(text)),
        };
        let index = self.dataset.prompts.len() as PromptIndex;
        self.dataset.prompts.push(prompt);
        let hash = self.hasher.hash_one(new.id);
        self.prompt_ids.insert(hash, index);
        Some(index)
    }

    /// Gives prompt `index` a reference answer where it has none yet.
    pub fn add_reference(&mut self, index: PromptIndex, reference: &str) {
        let at = self.dataset.texts.push(reference);
        self.dataset.prompts[index as usize].reference.get_or_insert(at);
    }

    /// Gives prompt `index` the text `text` in place of its own: it was met by its id first.
    pub fn set_prompt_text(&mut self, index: PromptIndex, text: &str) {
        self.dataset.prompts[index as usize].text = self.dataset.texts.push(text);
    }

    /// The index of the model called `name`, which is added where it is new.
    pub fn model(&mut self, name: &str) -> u32 {
        if let Some(&model) = self.models.get(name) {
            return model;
        }
        let model = self.dataset.models.len() as u32;
        self.dataset.models.push(name.to_owned());
        self.models.insert(name.to_owned(), model);
        model
    }

    /// Takes a block of texts over as it is, for [`Self::add_stored`].
    pub fn adopt(&mut self, block: String) -> Block {
        self.dataset.texts.adopt(block)
    }

    /// Adds a response; `None` when its id is taken or its prompt does not exist.
    pub fn add_response(&mut self, new: NewResponse<'_>) -> Option<usize> {
        let model = self.model(new.model);
        let texts = &mut self.dataset.texts;
        let stored = StoredResponse {
            id: new.id,
            prompt: new.prompt,
            model,
            text: match new.text {
                Ok(text) => ResponseText::Present(texts.push(text)),
                Err(absent) => ResponseText::Absent(absent),
            },
            metadata: new.metadata.map(|text| texts.push(text)),
            source: new.source,
            row: new.row,
        };
        self.add_stored(stored)
    }

    /// Adds a response whose texts are in the builder; `None` when its id is taken, or its prompt or model
    /// does not exist.
    pub fn add_stored(&mut self, new: StoredResponse<'_>) -> Option<usize> {
        let hash = self.hasher.hash_one(new.id);
        let taken = self.response_with(hash, new.id).is_some();
        let Dataset { texts, responses, prompts, models } = &mut self.dataset;
        if taken || new.prompt as usize >= prompts.len() || new.model as usize >= models.len() {
            return None;
        }
        let StoredResponse { id, prompt, model, text, metadata, source, row } = new;
        let index = responses.len();
        responses.push(Response { id: texts.push(id), prompt, model, text, metadata, source, row });
        self.response_ids.insert(hash, index as u32);
        Some(index)
    }

    /// What was built so far.
    pub fn dataset(&self) -> &Dataset {
        &self.dataset
    }

    /// The finished dataset.
    pub fn finish(mut self) -> Dataset {
        self.dataset.texts.close_block();
        self.dataset.prompts.shrink_to_fit();
        self.dataset.responses.shrink_to_fit();
        self.dataset
    }
}
