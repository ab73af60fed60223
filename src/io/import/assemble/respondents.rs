//! Finds the responses that judgements are about, and adds those that no file of responses holds.

use super::super::judgements::{JudgedColumns, Side};
use super::super::text_of;
use super::prompts::{Asked, PromptTally};
use super::responses::Shared;
use crate::model::{Absent, Field, NewResponse, PromptIndex};
use foldhash::fast::RandomState;
use serde_json::{Map, Value};
use std::borrow::Cow;
use std::collections::HashMap;
use std::hash::BuildHasher as _;

/// Responses by what rows say of them. Of those that were there before, built when the first judgement comes.
#[derive(Debug, Default)]
pub(super) struct Respondents {
    known: usize,
    by_prompt: HashMap<PromptIndex, Vec<u32>, RandomState>,
    /// Of rows that say nothing but a text: the first response with it.
    by_text: HashMap<(u32, u64), u32, RandomState>,
    /// Responses that were added although another file has one by the same model to the same prompt.
    pub(super) beside: u64,
    hasher: RandomState,
}

/// The row that a response is looked for in.
#[derive(Clone, Copy)]
pub(super) struct Asking<'a> {
    pub(super) columns: &'a JudgedColumns,
    pub(super) fields: &'a Map<String, Value>,
    pub(super) source: u32,
    pub(super) row: u64,
    /// The model of all rows, where no column says it.
    pub(super) model: Option<&'a str>,
}

impl Respondents {
    /// The one response that the row is about.
    pub(super) fn one(&mut self, shared: &mut Shared, tally: &mut PromptTally, asking: &Asking<'_>) -> u32 {
        self.catch_up(shared);
        let side = asking.columns.side(false, asking.fields);
        if let Some(known) = side.id.as_deref().and_then(|id| shared.builder.response(id)) {
            return known as u32;
        }
        let model = model(shared, &side, asking.model);
        let said = says_prompt(asking);
        let text = side.text.and_then(text_of::output).map(|(text, _)| text);
        let alone = text.filter(|_| !said && side.id.is_none()).map(|text| (model, self.hasher.hash_one(&*text)));
        if let Some(&known) = alone.and_then(|alone| self.by_text.get(&alone)) {
            return known;
        }
        // What has an id and no prompt is one thing that several raters judge.
        let prompt = prompt(shared, tally, model, asking, side.id.as_deref().filter(|_| !said));
        let response = self.respond(shared, asking, &side, model, prompt, None);
        if let Some(alone) = alone {
            self.by_text.insert(alone, response);
        }
        response
    }

    /// The two different responses that the row compares.
    pub(super) fn two(&mut self, shared: &mut Shared, tally: &mut PromptTally, asking: &Asking<'_>) -> [u32; 2] {
        self.catch_up(shared);
        let sides = [false, true].map(|second| asking.columns.side(second, asking.fields));
        let known = sides.each_ref().map(|side| side.id.as_deref().and_then(|id| shared.builder.response(id)));
        if let [Some(first), Some(second)] = known
            && first != second
        {
            return [first as u32, second as u32];
        }
        let models = sides.each_ref().map(|side| model(shared, side, None));
        let there = known.into_iter().flatten().next();
        let prompt = match there.filter(|_| !says_prompt(asking)) {
            Some(there) => shared.builder.dataset().responses()[there].prompt,
            None => prompt(shared, tally, models[0], asking, None),
        };
        let first = known[0]
            .map_or_else(|| self.respond(shared, asking, &sides[0], models[0], prompt, None), |known| known as u32);
        [first, self.respond(shared, asking, &sides[1], models[1], prompt, Some(first))]
    }

    /// Takes in the responses that were added elsewhere.
    fn catch_up(&mut self, shared: &Shared) {
        let responses = shared.builder.dataset().responses();
        for (index, response) in responses.iter().enumerate().skip(self.known) {
            self.by_prompt.entry(response.prompt).or_default().push(index as u32);
        }
        self.known = responses.len();
    }

    /// The response of `model` to `prompt` with this text, other than `not`.
    fn respond(
        &mut self,
        shared: &mut Shared,
        asking: &Asking<'_>,
        side: &Side<'_>,
        model: u32,
        prompt: PromptIndex,
        not: Option<u32>,
    ) -> u32 {
        let text = match side.text {
            None => Err(Absent::Missing),
            Some(value) => text_of::output(value).map(|(text, _)| text).ok_or(Absent::Null),
        };
        if let Some(found) = self.find(shared, side, text.as_deref().ok(), model, prompt, not) {
            return found;
        }
        let dataset = shared.builder.dataset();
        let is_other = |it: &u32| {
            let other = &dataset.responses()[*it as usize];
            other.model == model && other.source != asking.source
        };
        let of_prompt = self.by_prompt.get(&prompt).into_iter().flatten();
        self.beside += u64::from(side.text.is_some() && of_prompt.into_iter().any(is_other));
        let name = dataset.models()[model as usize].clone();
        let mut id = match &side.id {
            Some(id) => id.to_string(),
            None => format!("{}/{name}", dataset.text(dataset.prompts()[prompt as usize].id)),
        };
        if shared.builder.response(&id).is_some() {
            id = shared.free_id(&id);
        }
        let metadata = super::super::extract::rest(asking.fields, &asking.columns.taken(asking.fields));
        let text = text.as_deref().map_err(|absent| *absent);
        let added = shared.builder.add_response(NewResponse {
            id: &id,
            prompt,
            model: &name,
            text,
            metadata: metadata.as_deref(),
            source: asking.source,
            row: u32::try_from(asking.row).unwrap_or(u32::MAX),
        });
        shared.given.insert((prompt, model));
        self.catch_up(shared);
        added.expect("its id is free, and its prompt is there") as u32
    }

    fn find(
        &self,
        shared: &Shared,
        side: &Side<'_>,
        text: Option<&str>,
        model: u32,
        prompt: PromptIndex,
        not: Option<u32>,
    ) -> Option<u32> {
        let dataset = shared.builder.dataset();
        let of_prompt = || self.by_prompt.get(&prompt).into_iter().flatten().copied().filter(|it| Some(*it) != not);
        let says_model = side.model.is_some();
        let mut of_model = of_prompt().filter(|it| dataset.responses()[*it as usize].model == model);
        let has_text = |it: &u32| dataset.response_text(*it as usize) == text;
        match text {
            Some(_) if says_model => of_model.find(has_text),
            // Whoever gave this very text: the row does not know the model.
            Some(_) => of_model.find(has_text).or_else(|| of_prompt().find(has_text)),
            None => of_model.next().or_else(|| {
                let only = Some(of_prompt()).filter(|_| !says_model && side.text.is_none() && not.is_none());
                let all: Vec<u32> = only?.take(2).collect();
                <[u32; 1]>::try_from(all).ok().map(|[only]| only)
            }),
        }
    }
}

fn says_prompt(asking: &Asking<'_>) -> bool {
    let get = |field| asking.columns.get(field, asking.fields);
    get(Field::PromptId).and_then(text_of::key).is_some() || get(Field::Prompt).and_then(text_of::prompt).is_some()
}

/// The prompt that the row names, or `instead`, or one of its own.
fn prompt(
    shared: &mut Shared,
    tally: &mut PromptTally,
    model: u32,
    asking: &Asking<'_>,
    instead: Option<&str>,
) -> PromptIndex {
    let get = |field| asking.columns.get(field, asking.fields);
    let id = get(Field::PromptId).and_then(text_of::key).or(instead.map(Cow::Borrowed));
    let text = get(Field::Prompt).and_then(text_of::prompt);
    let Shared { builder, prompts, .. } = shared;
    let hash = text.as_ref().map_or(0, |text| prompts.hasher.hash_one(&**text));
    let asked = text.as_deref().map(|text| Asked { text, hash });
    let index = prompts.resolve(builder, tally, model, id.as_deref(), asked);
    if let Some(reference) = get(Field::Reference).and_then(text_of::plain)
        && builder.dataset().prompts()[index as usize].reference.is_none()
    {
        builder.add_reference(index, &reference);
    }
    index
}

/// The model of a side: as the row says, as a file of models calls it, or as all rows have it.
fn model(shared: &mut Shared, side: &Side<'_>, of_all: Option<&str>) -> u32 {
    let said = side.model.as_deref().or(of_all).unwrap_or(&side.column);
    let known = text_of::text_key(said).and_then(|key| shared.model_names.get(key)).cloned();
    shared.builder.model(known.as_deref().unwrap_or(said))
}
