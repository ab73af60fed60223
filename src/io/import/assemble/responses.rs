//! What responses mean to each other: prompts they share, ids that are taken. Batch by batch, in their order.

use super::super::batch::{Arena, Batch, Draft, Maker, Slice};
use super::super::text_of;
use super::prompts::{Asked, PromptBook, PromptTally};
use crate::io::import::log::{Log, Named};
use crate::model::{Block, DatasetBuilder, Mapping, PromptIndex, ResponseText, Severity, StoredResponse, TextRef};
use crate::text::thousands;
use foldhash::fast::RandomState;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

/// What all files with responses share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Prompts and responses so far.
    pub(super) builder: DatasetBuilder,
    /// Prompts by text.
    pub(super) prompts: PromptBook,
    /// From files of models: name by id.
    pub(super) model_names: HashMap<String, String>,
    /// Prompts, each with a model that gave responses to it.
    pub(super) given: HashSet<(PromptIndex, u32), RandomState>,
    /// The last number given to a repeated id.
    copies: HashMap<String, u32, RandomState>,
}

/// One file with responses.
#[derive(Debug)]
pub(super) struct ResponseFile {
    source: u32,
    /// With several responses in a row: the model of each.
    wide: Vec<String>,
    model: String,
    prompts: PromptTally,
    again: Named,
    same_id: Named,
    unknown_models: Named,
    as_json: u64,
    own_references: bool,
    /// The id being made, kept for its room.
    id: String,
}

impl ResponseFile {
    /// The file that is source `source`; `model` is the model of rows that name none.
    pub(super) fn new(source: u32, mapping: &Mapping, model: String) -> Self {
        Self {
            source,
            wide: mapping.models.clone(),
            model,
            prompts: PromptTally::default(),
            again: Named::default(),
            same_id: Named::default(),
            unknown_models: Named::default(),
            as_json: 0,
            own_references: true,
            id: String::new(),
        }
    }

    /// Adds the responses of a batch, and `texts`, which are its own, to those that stay; its rows count from `before`.
    pub(super) fn add(&mut self, shared: &mut Shared, texts: String, batch: &Batch, before: u64) {
        let block = shared.builder.adopt(texts);
        self.add_all(shared, Some(block), batch, before);
    }

    /// Adds the responses of a batch as if their texts were empty.
    pub(super) fn add_without_texts(&mut self, shared: &mut Shared, batch: &Batch, before: u64) {
        self.add_all(shared, None, batch, before);
    }

    fn add_all(&mut self, shared: &mut Shared, block: Option<Block>, batch: &Batch, before: u64) {
        let mut prompt = None;
        for draft in &batch.drafts {
            let known = prompt.filter(|_| draft.same_row);
            prompt = Some(self.add_one(shared, block, &batch.read, draft, before, known));
        }
    }

    /// Whether each row was judged by the very reference answer its prompt has, where it was judged by its own.
    pub(super) fn has_own_references(&self) -> bool {
        self.own_references
    }

    /// Adds one response; gives its prompt, which is `known` where another response of the row has found it.
    fn add_one(
        &mut self,
        shared: &mut Shared,
        block: Option<Block>,
        read: &Arena,
        draft: &Draft,
        before: u64,
        known: Option<PromptIndex>,
    ) -> PromptIndex {
        let get = |at: Option<Slice>| at.map(|at| read.get(at));
        self.as_json += u64::from(draft.as_json);
        let model = self.model(shared, read, draft.model);
        let prompts_before = shared.builder.dataset().prompts().len();
        let prompt = known.unwrap_or_else(|| {
            let asked = get(draft.prompt).map(|text| Asked { text, hash: draft.prompt_hash });
            let Shared { builder, prompts, .. } = shared;
            prompts.resolve(builder, &mut self.prompts, model, get(draft.prompt_id), asked)
        });
        if known.is_none() {
            let dataset = shared.builder.dataset();
            let had = dataset.prompts()[prompt as usize].reference.map(|at| dataset.text(at));
            let (is_new, own) = (prompt as usize >= prompts_before, get(draft.reference));
            self.own_references &= had == own || (is_new && had.is_none());
            if let (None, Some(reference)) = (had, own) {
                shared.builder.add_reference(prompt, reference);
            }
        }
        let is_again = !shared.given.insert((prompt, model));
        let dataset = shared.builder.dataset();
        let prompt_name = dataset.text(dataset.prompts()[prompt as usize].id);
        if is_again {
            self.again.add(prompt_name);
        }
        self.id.clear();
        match get(draft.id) {
            Some(id) => self.id.push_str(id),
            None => {
                write!(self.id, "{prompt_name}/{}", dataset.models()[model as usize])
                    .expect("a String takes everything");
            }
        }
        let part = |at: Slice| block.map_or_else(TextRef::default, |block| block.part(at.start, at.len));
        let mut response = StoredResponse {
            id: &self.id,
            prompt,
            model,
            text: match draft.text {
                Ok(at) => ResponseText::Present(part(at)),
                Err(absent) => ResponseText::Absent(absent),
            },
            metadata: draft.metadata.filter(|_| block.is_some()).map(part),
            source: self.source,
            row: u32::try_from(before + draft.number).unwrap_or(u32::MAX),
        };
        if shared.builder.add_stored(response).is_none() {
            if draft.id.is_some() {
                self.same_id.add(&self.id);
            }
            let id = shared.free_id(&self.id);
            response.id = &id;
            shared.builder.add_stored(response);
        }
        prompt
    }

    /// The index of the model.
    fn model(&mut self, shared: &mut Shared, read: &Arena, maker: Maker) -> u32 {
        let named = match maker {
            Maker::Said(at) => read.get(at),
            Maker::OfFile => return shared.builder.model(&self.model),
            Maker::Column(index) => return shared.builder.model(&self.wide[index as usize]),
        };
        if shared.model_names.is_empty() {
            return shared.builder.model(named);
        }
        let Some(name) = text_of::text_key(named).and_then(|key| shared.model_names.get(key)) else {
            self.unknown_models.add(named);
            return shared.builder.model(named);
        };
        shared.builder.model(name)
    }

    /// Whether some rows said nothing about their prompt.
    pub(super) fn has_rows_without_prompt(&self) -> bool {
        self.prompts.without > 0
    }

    /// Tells what is worth knowing about the whole file. `prompt_files` are the files that list prompts.
    pub(super) fn tell(&self, log: &mut Log, prompt_files: &str) {
        let prompts = &self.prompts;
        if prompts.without > 0 {
            let count = thousands(prompts.without);
            log.say(Severity::Warning, format!(
                "{count} rows do not say which prompt they answer, so each has a prompt of its own without a text; name the column with `--map prompt=COLUMN` or `--map prompt_id=COLUMN`"
            ));
        }
        if prompts.unlisted.count > 0 {
            let (count, list) = (
                prompts.unlisted.counted("response names a prompt that is", "responses name prompts that are"),
                prompts.unlisted.list(),
            );
            log.say(Severity::Warning, format!("{count} not in {prompt_files}: {list}; they are kept"));
        }
        if prompts.reworded.count > 0 {
            let (count, list) = (prompts.reworded.counted("row gives", "rows give"), prompts.reworded.list());
            log.say(
                Severity::Warning,
                format!("{count} another text for a prompt id than was read before: {list}; the first text is kept"),
            );
        }
        if prompts.ambiguous.count > 0 {
            log.say(
                Severity::Note,
                format!(
                    "prompts with the same text are told apart by their order only: {}; an id column would be safer",
                    prompts.ambiguous.list()
                ),
            );
        }
        if self.again.count > 0 {
            let (count, list) =
                (self.again.counted("response is a further one", "responses are further ones"), self.again.list());
            log.say(Severity::Note, format!("{count} by the same model to the same prompt: {list}; all are kept"));
        }
        if self.same_id.count > 0 {
            let (count, list) = (
                self.same_id.counted("response has an id that was", "responses have ids that were"),
                self.same_id.list(),
            );
            log.say(Severity::Warning, format!("{count} read before: {list}; the later ones have `#2`, `#3` … added"));
        }
        if self.unknown_models.count > 0 {
            let (count, list) = (
                self.unknown_models.counted("response names a model", "responses name models"),
                self.unknown_models.list(),
            );
            log.say(
                Severity::Warning,
                format!("{count} that no file of models lists: {list}; they are called as they are"),
            );
        }
        if self.as_json > 0 {
            let count = thousands(self.as_json);
            log.say(
                Severity::Note,
                format!("{count} responses are objects or lists rather than texts; they are shown as JSON"),
            );
        }
    }
}

impl Shared {
    /// Makes room for nearly as many responses as `left` bytes hold, if they are like `batch`, though for no more than small
    /// rows would be: the first need not be like the others, and a table made too large takes twice as much.
    pub(super) fn expect(&mut self, batch: &Batch, left: u64) {
        const LEAST_ROW: u64 = 256;
        let alike = left.saturating_mul(batch.drafts.len() as u64) / batch.bytes.max(1);
        let responses = (alike / 4 * 3).min(left / LEAST_ROW) as usize;
        self.builder.expect(responses);
        self.given.reserve(responses);
    }

    /// `taken#2`, `taken#3` … whichever is free.
    pub(super) fn free_id(&mut self, taken: &str) -> String {
        let copies = self.copies.entry(taken.to_owned()).or_insert(1);
        loop {
            *copies += 1;
            let id = format!("{taken}#{copies}");
            if self.builder.response(&id).is_none() {
                return id;
            }
        }
    }
}
