//! What tools call their columns. Compared without case, `_`, `-` and spaces; earlier names win.

use super::super::table::{ColumnInfo, Table};

/// Outputs. Paths come before the columns they lead into.
pub(super) const RESPONSE: &[&str] = &[
    "choices[0].turns[0]",
    "choices[0].message.content",
    "output.choices[0].message.content",
    "response.choices[0].message.content",
    "response.body.choices[0].message.content",
    "output.completion",
    "response.output",
    "output.text",
    "response.text",
    "outputs.answer",
    "outputs.output",
    "actual output",
    "response",
    "output",
    "completion",
    "answer",
    "generation",
    "model output",
    "model response",
    "model answer",
    "generated text",
    "generated",
    "full response",
    "raw response",
    "data.sampled[0]",
    "result.completions[0].text",
    "resps",
    "filtered resps",
    "ausgabe",
    "salida",
    "saída",
    "sortie",
    "resposta bruta",
    "resposta",
    "respuesta",
    "réponse",
    "antwort",
    "回答",
    "result",
    "prediction",
    "predicted",
    "pred",
    "decoded",
];

/// What produced an output.
pub(super) const MODEL: &[&str] = &[
    "model",
    "generator",
    "model id",
    "model name",
    "output.model",
    "response.model",
    "system",
    "provider.label",
    "provider.id",
    "provider",
    "engine",
    "request.model",
    "modell",
    "modelo",
    "modèle",
];

/// What was asked.
pub(super) const PROMPT: &[&str] = &[
    "prompt.raw",
    "prompt.text",
    "prompt",
    "instruction",
    "question",
    "input",
    "input text",
    "prompt text",
    "question text",
    "query",
    "user",
    "user prompt",
    "user input",
    "inputs.question",
    "inputs.input",
    "turns[0]",
    "messages",
    "conversations",
    "conversation",
    "dialogue",
    "doc.question",
    "question.full_text",
    "question.problem",
    "instance.input.text",
    "data.prompt",
    "history",
    "context",
    "info.post",
    "info.article",
    "pergunta",
    "pregunta",
    "frage",
    "質問",
    "问题",
];

/// The row's own id.
pub(super) const ID: &[&str] = &["response id", "answer id", "id", "uid", "uuid"];

/// The id of the prompt.
pub(super) const PROMPT_ID: &[&str] = &[
    "prompt id",
    "question id",
    "task id",
    "doc id",
    "item id",
    "example id",
    "instruction id",
    "sample id",
    "parent id",
];

/// The reference answer.
pub(super) const REFERENCE: &[&str] = &[
    "reference",
    "target",
    "expected",
    "gold",
    "ideal",
    "reference answer",
    "reference output",
    "expected output",
    "canonical solution",
    "label answer",
    "reference outputs.answer",
    "esperado",
];

/// Which of two responses is better.
pub(super) const VERDICT: &[&str] = &[
    "winner",
    "verdict",
    "preference",
    "preferred",
    "human preference",
    "overall preference",
    "preferred response",
    "preferred answer",
    "better answer",
    "winning response",
    "preference strength",
    "choice",
    "vote",
    "better",
    "better response id",
    "better response",
    "decision",
    "selected",
    "score",
    "judgment",
    "judgement",
    "annotation",
];

/// Which of two is right to prefer.
pub(super) const GOLD: &[&str] = &["golden", "gold", "gold label", "gold verdict", "ground truth", "label", "labels"];

/// Who judged.
pub(super) const RATER: &[&str] = &[
    "rater",
    "rater id",
    "rater name",
    "annotator",
    "annotator id",
    "annotator name",
    "worker",
    "worker id",
    "judge",
    "judge model",
    "judge id",
    "judge name",
    "reviewer",
    "reviewer id",
    "evaluator",
    "evaluator id",
    "assessor",
    "labeler",
    "labeler id",
    "labeller",
    "coder",
    "expert",
    "expert id",
    "participant",
    "participant id",
    "respondent",
    "completed by",
    "user id",
    "user",
    "username",
    "email",
    "email address",
    "bewerter",
    "gutachter",
    "évaluateur",
    "avaliador",
    "evaluador",
];

/// Why.
pub(super) const REASON: &[&str] = &[
    "reason",
    "rationale",
    "justification",
    "explanation",
    "judgment",
    "judgement",
    "critique",
    "feedback",
    "comment",
    "comments",
    "notes",
    "note",
];

/// Texts that are rated, where nothing is called a response.
pub(super) const RATED: &[&str] = &[
    "summary",
    "instance",
    "hypothesis",
    "translation",
    "candidate",
    "generated summary",
    "system output",
    "reply",
    "content",
    "text",
];

/// What is rated, where rows say it.
pub(super) const CRITERION: &[&str] =
    &["criterion", "criteria", "dimension", "metric", "aspect", "attribute", "rubric item", "quality", "question name"];

/// Which turn is judged.
pub(super) const TURN: &[&str] = &["turn"];

/// When.
pub(super) const TIME: &[&str] = &[
    "tstamp",
    "timestamp",
    "created at",
    "updated at",
    "submitted at",
    "completed at",
    "date",
    "datetime",
    "time",
    "judged at",
];

/// How long it took.
pub(super) const SECONDS: &[&str] = &["lead time", "seconds", "time spent", "duration seconds", "work time in seconds"];

/// Whether the two were shown the other way round.
pub(super) const SWAPPED: &[&str] = &["is flipped", "flipped", "swapped", "is swapped", "swap"];

/// Whether the row is a gold judgement.
pub(super) const IS_GOLD: &[&str] = &["is gold", "ground truth", "gold", "golden"];

/// The name to show, in a list of models.
pub(super) const DISPLAY_NAME: &[&str] = &["display name", "name", "model name", "label", "title", "model"];

/// The id, in a list of models.
pub(super) const MODEL_KEY: &[&str] = &["id", "model id", "uid", "uuid", "key"];

/// Beginnings of the names of columns that hold one of several outputs in a row.
pub(super) const NUMBERED: &[&str] =
    &["output text", "output", "response", "answer", "completion", "generation", "model output", "result", "text"];

/// File names that say nothing about the model that wrote them.
pub(super) const GENERIC_FILES: &[&str] = &[
    "model outputs",
    "model output",
    "results",
    "result",
    "outputs",
    "output",
    "samples",
    "sample",
    "data",
    "dataset",
    "answers",
    "answer",
    "responses",
    "response",
    "completions",
    "generations",
    "predictions",
    "test",
    "train",
    "validation",
    "model answer",
    "model answers",
    "eval",
    "index",
];

/// A name as it is compared.
pub(super) fn normal(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | ' ' | '?')).flat_map(char::to_lowercase).collect()
}

/// The first column with one of `names`, in their order, that is `fit`.
pub(super) fn find<'a>(table: &'a Table, names: &[&str], fit: impl Fn(&ColumnInfo) -> bool) -> Option<&'a ColumnInfo> {
    let columns: Vec<(String, &ColumnInfo)> =
        table.columns.iter().map(|column| (normal(&column.name), column)).collect();
    names.iter().find_map(|name| {
        let name = normal(name);
        columns.iter().find(|(column_name, column)| *column_name == name && fit(column)).map(|(_, column)| *column)
    })
}
