//! Rows that hold responses, one or several each.

use super::super::column_path::ColumnPath;
use super::super::records::Row;
use super::super::text_of;
use super::log::{Log, Named, thousands};
use super::prompts::{PromptBook, PromptTally, text_in};
use super::{Columns, metadata};
use crate::model::{Absent, DatasetBuilder, Mapping, NewResponse, PromptIndex, Severity};
use serde_json::Value;
use std::collections::HashMap;

/// What all files with responses share.
#[derive(Debug, Default)]
pub(super) struct Shared {
    /// Prompts and responses so far.
    pub(super) builder: DatasetBuilder,
    /// Prompts by text.
    pub(super) prompts: PromptBook,
    /// From files of models: name by id.
    pub(super) model_names: HashMap<String, String>,
    /// Responses a model gave to a prompt.
    pub(super) given: HashMap<(PromptIndex, u32), u32>,
    /// The last number given to a repeated id.
    copies: HashMap<String, u32>,
}

/// One response of a row.
struct Output<'a> {
    model: &'a str,
    value: Option<&'a Value>,
    /// The values of all responses of the row: none of them is metadata.
    all: &'a [&'a Value],
    id: Option<&'a Value>,
    /// Where another response of the row has found it already.
    prompt: Option<PromptIndex>,
}

/// One file with responses.
#[derive(Debug)]
pub(super) struct ResponseFile {
    source: u32,
    columns: Columns,
    wide: Vec<(ColumnPath, String)>,
    model: String,
    prompts: PromptTally,
    again: Named,
    same_id: Named,
    unknown_models: Named,
    as_json: u64,
}

impl ResponseFile {
    /// The file that is source `source`; `model` is the model of rows that name none.
    pub(super) fn new(source: u32, mapping: &Mapping, model: String) -> Self {
        Self {
            source,
            columns: Columns::new(mapping),
            wide: mapping.models.iter().map(|name| (ColumnPath::new(name), name.clone())).collect(),
            model,
            prompts: PromptTally::default(),
            again: Named::default(),
            same_id: Named::default(),
            unknown_models: Named::default(),
            as_json: 0,
        }
    }

    /// Adds the response or responses of a row.
    pub(super) fn add(&mut self, shared: &mut Shared, log: &mut Log, row: &Row) {
        if self.wide.is_empty() {
            let value = self.columns.response(&row.fields);
            let model = self.model_name(shared, self.columns.model(&row.fields));
            let all: Vec<&Value> = value.into_iter().collect();
            let id = self.columns.id(&row.fields);
            self.add_one(shared, log, row, &Output { model: &model, value, all: &all, id, prompt: None });
        } else {
            let wide = std::mem::take(&mut self.wide);
            let all: Vec<&Value> = wide.iter().filter_map(|(path, _)| path.get(&row.fields)).collect();
            let mut prompt = None;
            for (path, model) in &wide {
                let output = Output { model, value: path.get(&row.fields), all: &all, id: None, prompt };
                prompt = self.add_one(shared, log, row, &output);
            }
            self.wide = wide;
        }
    }

    /// The model's name to show.
    fn model_name(&mut self, shared: &Shared, value: Option<&Value>) -> String {
        let Some(named) = value.and_then(text_of::plain).filter(|name| !name.trim().is_empty()) else {
            return self.model.clone();
        };
        if shared.model_names.is_empty() {
            return named.into_owned();
        }
        let key = value.and_then(text_of::key).unwrap_or_default();
        match shared.model_names.get(&*key) {
            Some(name) => name.clone(),
            None => {
                self.unknown_models.add(&named);
                named.into_owned()
            }
        }
    }

    /// Adds one response; gives its prompt.
    fn add_one(&mut self, shared: &mut Shared, log: &mut Log, row: &Row, output: &Output<'_>) -> Option<PromptIndex> {
        let fields = &row.fields;
        let text = match output.value {
            None => Err(Absent::Missing),
            Some(value) => text_of::output(value).ok_or(Absent::Null),
        };
        let prompt_text = if output.prompt.is_none() { text_in(&self.columns, fields) } else { None };
        let longest = text.as_ref().map_or(0, |(text, _)| text.len()).max(prompt_text.as_ref().map_or(0, |t| t.len()));
        if u32::try_from(longest).is_err() {
            log.skip_row(
                row.line,
                "texts of 4 GiB and more",
                "a text of 4 GiB or more is left out; split it".to_owned(),
            );
            return output.prompt;
        }
        self.as_json += u64::from(text.as_ref().is_ok_and(|(_, as_json)| *as_json));

        let model_index = shared.builder.model(output.model);
        let prompt_id = self.columns.prompt_id(fields);
        let prompt = output.prompt.unwrap_or_else(|| {
            let key = prompt_id.and_then(text_of::key);
            let book = &mut shared.prompts;
            book.resolve(&mut shared.builder, &mut self.prompts, model_index, key.as_deref(), prompt_text.as_deref())
        });
        let reference = self.columns.reference(fields);
        if shared.builder.dataset().prompts()[prompt as usize].reference.is_none()
            && let Some(text) = reference.and_then(text_of::plain)
        {
            shared.builder.add_reference(prompt, &text);
        }
        let mut taken = output.all.to_vec();
        let mapped = [output.id, prompt_id, self.columns.prompt(fields), self.columns.model(fields), reference];
        taken.extend(mapped.into_iter().flatten());
        let metadata = metadata::rest(fields, &taken);

        let given = shared.given.entry((prompt, model_index)).or_default();
        *given += 1;
        let is_again = *given > 1;
        let prompt_name = shared.builder.dataset().text(shared.builder.dataset().prompts()[prompt as usize].id);
        if is_again {
            self.again.add(prompt_name);
        }
        let stated = output.id.and_then(text_of::key);
        let wanted = match &stated {
            Some(id) => id.to_string(),
            None => format!("{prompt_name}/{}", output.model),
        };
        if stated.is_some() && shared.builder.response(&wanted).is_some() {
            self.same_id.add(&wanted);
        }
        let id = shared.free_id(wanted);
        shared.builder.add_response(NewResponse {
            id: &id,
            prompt,
            model: output.model,
            text: text.as_ref().map(|(text, _)| &**text).map_err(|absent| *absent),
            metadata: metadata.as_deref(),
            source: self.source,
            row: u32::try_from(row.number).unwrap_or(u32::MAX),
        });
        Some(prompt)
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
    /// `wanted`, or `wanted#2`, `wanted#3` … until it is free.
    fn free_id(&mut self, wanted: String) -> String {
        if self.builder.response(&wanted).is_none() {
            return wanted;
        }
        let copies = self.copies.entry(wanted.clone()).or_insert(1);
        loop {
            *copies += 1;
            let id = format!("{wanted}#{copies}");
            if self.builder.response(&id).is_none() {
                return id;
            }
        }
    }
}
