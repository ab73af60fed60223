//! What a file's rows and columns mean, guessed from names, contents, and the other files beside it.

mod joins;
mod names;
mod pairs;
mod people;
mod preferences;
mod rated_names;
mod rater_columns;
mod ratings;
mod wide;

pub(super) use pairs::shared_name;
pub(super) use people::{doubts, name_raters};
pub(super) use preferences::{coding, coding_doubt};
pub(super) use ratings::{complete_ratings, is_quality, rating};

use super::table::{ColumnInfo, ColumnKind, Table};
use crate::model::{Field, Mapping, Role};
use names::{find, normal};

/// What `table`, a file called `file`, means on its own. Where nothing is recognised as responses, the
/// mapping has none, and checking it says so.
pub fn guess(table: &Table, file: &str) -> Mapping {
    guess_all(&[(file, table)]).pop().unwrap_or_default()
}

/// What several files mean together: prompts and models in files of their own are joined with responses.
/// One mapping a file, in order.
pub fn guess_all(files: &[(&str, &Table)]) -> Vec<Mapping> {
    let mut mappings: Vec<Mapping> = files.iter().map(|(file, table)| alone(table, file)).collect();
    joins::adjust(files, &mut mappings);
    for ((file, _), mapping) in files.iter().zip(&mut mappings) {
        if mapping.role == Role::Responses && mapping.column(Field::Model).is_none() {
            mapping.model = Some(model_of_file(file));
        }
    }
    mappings
}

/// What names and contents of one file say.
fn alone(table: &Table, file: &str) -> Mapping {
    if let Some(hint) = table.hint.as_ref().filter(|hint| hint.is_complete) {
        return complete(hint.mapping.clone(), file);
    }
    let guessed = preferences::guess(table, file).unwrap_or_else(|| {
        let mut mapping = outputs(table, file);
        ratings::add(table, file, &mut mapping);
        mapping
    });
    match &table.hint {
        Some(hint) => complete(over(guessed, &hint.mapping), file),
        None => guessed,
    }
}

/// `hint` over what is `guessed`.
fn over(mut guessed: Mapping, hint: &Mapping) -> Mapping {
    if guessed.role != Role::Preferences || !hint.ratings.is_empty() || hint.column(Field::Labels).is_some() {
        guessed.role = match (hint.role, hint.column(Field::Verdict)) {
            // A verdict without the two it is about is a rating of nothing.
            (Role::Preferences, Some(_))
                if guessed.role != Role::Preferences && hint.column(Field::ResponseB).is_none() =>
            {
                Role::Responses
            }
            (role, _) => role,
        };
    }
    if !hint.ratings.is_empty() {
        guessed.ratings = hint.ratings.clone();
        // Who was called after other ratings.
        guessed.rater = None;
    }
    // Texts that are rated are responses, whatever their column is called.
    if guessed.role == Role::Ratings
        && guessed.column(Field::Response).is_none()
        && let Some(text) = guessed.columns.remove(&Field::Prompt)
    {
        guessed.columns.insert(Field::Response, text);
        if let Some(id) = guessed.columns.remove(&Field::Id) {
            // What was a prompt with an id is a response to the prompt with it.
            guessed.columns.entry(Field::PromptId).or_insert(id);
        }
    }
    let named: Vec<&String> = hint.columns.values().collect();
    let root = |column: &str| column.split(['[', '.']).next().unwrap_or_default().to_owned();
    guessed.ratings.retain(|rating| !named.contains(&&root(&rating.column)));
    guessed.columns.retain(|_, column| !named.contains(&&*column));
    guessed.columns.extend(hint.columns.iter().map(|(field, column)| (*field, column.clone())));
    guessed.rater = hint.rater.clone().or(guessed.rater);
    guessed
}

/// With the names that the file gives where no column does.
fn complete(mut mapping: Mapping, file: &str) -> Mapping {
    if mapping.has_judgements() && mapping.column(Field::Rater).is_none() {
        mapping.rater.get_or_insert_with(|| model_of_file(file));
    }
    if mapping.role == Role::Ratings && mapping.column(Field::Model).is_none() {
        mapping.model.get_or_insert_with(|| model_of_file(file));
    }
    mapping
}

/// What they say where rows do not compare two responses.
fn outputs(table: &Table, file: &str) -> Mapping {
    let prompt = find(table, names::PROMPT, can_be_prompt);
    // `prompt` with numbers in it is the number of a prompt elsewhere.
    let prompt_number = find(table, &["prompt", "question", "instruction"], |column| column.kind == ColumnKind::Number);
    let prompt_id = find(table, names::PROMPT_ID, |_| true).or(prompt_number);
    let model = find(table, names::MODEL, |column| !matches!(column.kind, ColumnKind::List | ColumnKind::Object));
    let id = find(table, names::ID, |_| true);
    let reference = find(table, names::REFERENCE, |_| true);
    let text = find(table, &["text"], |column| column.kind == ColumnKind::Text);
    let response = find(table, names::RESPONSE, |column| Some(column.name.as_str()) != prompt.map(|p| p.name.as_str()));
    // A chat is both: what was asked, and at its end what was answered.
    let response = response.or_else(|| prompt.filter(|column| column.ends_with_answer()));
    let wide = if response.is_none() { wide::columns(table, prompt.or(text)) } else { Vec::new() };
    // A bare `text` is an output beside a model or a prompt, and otherwise what is asked.
    let text_is_response = (model.is_some() || prompt.is_some() || says_responses(file)) && !says_prompts(file);
    let response = response.or(text.filter(|_| text_is_response && wide.is_empty()));
    let prompt = prompt.or(text.filter(|_| response.is_none_or(|response| response.name != "text")));

    let mut mapping = Mapping::default();
    let mut set = |field, column: Option<&ColumnInfo>| {
        if let Some(column) = column {
            mapping.columns.insert(field, column.name.clone());
        }
    };
    set(Field::Prompt, prompt);
    set(Field::Reference, reference.filter(|column| Some(&column.name) != response.map(|r| &r.name)));
    if response.is_some() {
        set(Field::Response, response);
        set(Field::Model, model);
        set(Field::PromptId, prompt_id);
        match id {
            // With nothing else to say which prompt it is, the id does.
            Some(id) if prompt.is_none() && prompt_id.is_none() => set(Field::PromptId, Some(id)),
            id => set(Field::Id, id),
        }
    } else if !wide.is_empty() {
        set(Field::Id, prompt_id.or(id));
        mapping.role = Role::Wide;
        mapping.models = wide;
    } else if prompt.is_some() {
        set(Field::Id, prompt_id.or(id));
        mapping.role = Role::Prompts;
    }
    mapping
}

/// The columns of `table` that are called like judgements and hold some, and that `mapping` makes nothing of.
pub(super) fn unread_judgements(table: &Table, mapping: &Mapping) -> Vec<String> {
    /// Words of such names.
    const WORDS: [&str; 23] = [
        "score",
        "scores",
        "rating",
        "ratings",
        "winner",
        "preference",
        "preferred",
        "choice",
        "verdict",
        "vote",
        "votes",
        "rank",
        "ranking",
        "grade",
        "feedback",
        "label",
        "labels",
        "better",
        "safer",
        "wins",
        "margin",
        "likert",
        "stars",
    ];
    let used = |name: &str| {
        mapping.columns.values().chain(&mapping.models).any(|column| column == name)
            || mapping.ratings.iter().any(|rating| rating.column == name)
            // A place in a list that is read.
            || mapping.columns.values().any(|column| column.split(['[', '.']).next() == Some(name))
    };
    let holds = |column: &ColumnInfo| {
        let is_short = matches!(column.kind, ColumnKind::Text | ColumnKind::Mixed) && column.mean_chars <= 25.0;
        let is_value = matches!(column.kind, ColumnKind::Number | ColumnKind::Bool | ColumnKind::List);
        let is_called = (is_value && ratings::is_named_score(column))
            || pairs::tokens(&column.name).iter().any(|token| WORDS.contains(&token.as_str()));
        (is_short || is_value) && is_called
    };
    let own = table.columns.iter().filter(|column| !column.nested && !used(&column.name) && holds(column));
    own.map(|column| column.name.clone()).collect()
}

/// Whether a column can hold what was asked: text or a chat, not a number.
fn can_be_prompt(column: &ColumnInfo) -> bool {
    match column.kind {
        ColumnKind::Text | ColumnKind::List | ColumnKind::Mixed => true,
        ColumnKind::Object | ColumnKind::Number | ColumnKind::Bool | ColumnKind::Empty => false,
    }
}

/// Whether a file's name says that it holds prompts.
fn says_prompts(file: &str) -> bool {
    let stem = normal(stem(file));
    ["prompt", "question", "instruction", "task", "problem", "input"].iter().any(|word| stem.contains(word))
}

/// Whether a file's name says that it holds outputs.
fn says_responses(file: &str) -> bool {
    let stem = normal(stem(file));
    ["response", "output", "answer", "completion", "generation", "sample", "result", "prediction"]
        .iter()
        .any(|word| stem.contains(word))
}

/// A path's last part without what follows its first dot that begins a file type.
pub(super) fn stem(file: &str) -> &str {
    let mut stem = file.rsplit('/').next().unwrap_or(file);
    while let Some((before, end)) = stem.rsplit_once('.') {
        let is_type = matches!(
            end.to_ascii_lowercase().as_str(),
            "json" | "jsonl" | "ndjson" | "csv" | "tsv" | "tab" | "txt" | "gz" | "gzip" | "zst" | "eval" | "parquet"
        );
        if !is_type || before.is_empty() {
            break;
        }
        stem = before;
    }
    stem
}

/// The model that wrote a file: its stem, or the folder's name where the stem could be anybody's.
pub fn model_of_file(file: &str) -> String {
    if file == "-" {
        return "stdin".to_owned();
    }
    let is_generic = |name: &str| {
        let name = normal(name);
        names::GENERIC_FILES.iter().any(|generic| normal(generic) == name)
    };
    let stem = stem(file);
    let folders = file.rsplit('/').skip(1).filter(|folder| !folder.is_empty() && *folder != "." && *folder != "..");
    std::iter::once(stem).chain(folders).find(|name| !is_generic(name)).unwrap_or(stem).to_owned()
}

impl ColumnInfo {
    /// Whether it holds chats that mostly end with what the assistant said, as far as the sample shows.
    fn ends_with_answer(&self) -> bool {
        self.kind == ColumnKind::List && 2 * self.answered > self.filled
    }
}

#[cfg(test)]
mod tests {
    use super::{model_of_file, stem};

    #[test]
    fn a_generic_file_is_named_by_its_folder() {
        let check = |file: &str, expected: &str| assert_eq!(model_of_file(file), expected);
        check("runs/gpt-4.1.jsonl", "gpt-4.1");
        check("results/phi-2/model_outputs.json", "phi-2");
        check("results.jsonl.gz", "results");
        check("../outputs/claude/results/test.csv", "claude");
        check("-", "stdin");
        assert_eq!(stem("a/GPT_4.1_2025.csv"), "GPT_4.1_2025");
    }
}
