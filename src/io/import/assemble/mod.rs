//! Rows of all files become one dataset: models first, then prompts, then responses in the order of the files.

mod coverage;
mod judging;
mod prompts;
mod reading;
mod respondents;
mod responses;

use super::extract::Columns;
use super::judgements::{Collector, Judged};
use super::load::{Digests, LoadedFile};
use super::log::Log;
use super::records::Row;
use super::watch::{Progress, Stage, Watch};
use super::{FileProblem, ImportError, guess, mapping, text_of};
use crate::model::{Dataset, Dimension, Field, ImportReport, Mapping, Notice, Role, Rubric, Severity, Source};
use crate::scoring::{ScorePass, Scores};
use responses::{ResponseFile, Shared};
use std::collections::HashSet;
use std::slice;

/// What an import gives.
#[derive(Clone, Debug, Default)]
pub struct Import {
    /// Prompts and responses.
    pub dataset: Dataset,
    /// The files that were read, in the order of [`crate::model::Response::source`].
    pub sources: Vec<Source>,
    /// What a person should know.
    pub report: ImportReport,
    /// Judgements that came along. Opening a project reads them from its reviews instead.
    pub judged: Judged,
}

/// Makes a dataset of `files`, each read as its mapping says; `before` are notices about files that could not
/// be loaded. A file that its mapping does not fit is left out with a notice.
///
/// # Errors
///
/// When it is cancelled, and when no response comes out of it.
pub fn assemble(
    files: &[LoadedFile],
    mappings: &[Mapping],
    before: &[Notice],
    digests: Digests,
    watch: &Watch<'_>,
) -> Result<Import, ImportError> {
    let wishes = Wishes { digests, scoring: None, first: None };
    run(files, mappings, before, watch, wishes).map(|(import, _)| import)
}

/// Takes the first responses of a long import, while the others are still being read.
pub type First<'a> = dyn Fn(Dataset) + Sync + 'a;

/// [`assemble`] for a person who waits: where there is much to read, `first` gets what begins it.
///
/// # Errors
///
/// Those of [`assemble`].
pub fn assemble_showing(
    files: &[LoadedFile],
    mappings: &[Mapping],
    before: &[Notice],
    first: &First<'_>,
    watch: &Watch<'_>,
) -> Result<Import, ImportError> {
    let wishes = Wishes { digests: Digests::Wanted, scoring: None, first: Some(first) };
    run(files, mappings, before, watch, wishes).map(|(import, _)| import)
}

/// [`assemble`] of responses that are scored while they are read, whose texts are then forgotten. `None` where
/// their scores cannot be known so: a row was judged by the reference answer it states, and its prompt turned out
/// to have another.
pub(super) fn assemble_scored(
    file: &LoadedFile,
    mapping: &Mapping,
    before: &[Notice],
    pass: &ScorePass<'_>,
    watch: &Watch<'_>,
) -> Result<Option<(Import, Scores)>, ImportError> {
    let scoring = Scoring { pass, scores: pass.nothing() };
    let files = slice::from_ref(file);
    let wishes = Wishes { digests: Digests::Spared, scoring: Some(scoring), first: None };
    let (import, scoring) = run(files, slice::from_ref(mapping), before, watch, wishes)?;
    Ok(scoring.map(|scoring| (import, scoring.scores)))
}

/// Scores rows while they are read.
struct Scoring<'a> {
    pass: &'a ScorePass<'a>,
    scores: Scores,
}

fn run<'a>(
    files: &[LoadedFile],
    mappings: &[Mapping],
    before: &[Notice],
    watch: &'a Watch<'a>,
    wishes: Wishes<'a>,
) -> Result<(Import, Option<Scoring<'a>>), ImportError> {
    let total = files.iter().map(LoadedFile::size).sum();
    let mut assembly = Assembly {
        watch,
        wishes,
        done: 0,
        total,
        log: Log::default(),
        shared: Shared::default(),
        sources: Vec::new(),
        collector: Collector::default(),
    };
    let mut usable: Vec<(&LoadedFile, &Mapping)> = Vec::new();
    let mut rubrics: Vec<(&LoadedFile, FileProblem)> = Vec::new();
    for (file, mapping) in files.iter().zip(mappings) {
        match mapping::check(&file.table, mapping) {
            Ok(()) => {
                assembly.tell_unread(file, mapping);
                usable.push((file, mapping));
            }
            Err(_) if file.tree().is_some() => {
                let (criteria, weight) = ("requirements".to_owned(), "weight".to_owned());
                rubrics.push((file, FileProblem::CriteriaOnly { criteria, weight }));
            }
            Err(problem) => assembly.leave_out(file, &problem),
        }
    }
    let has_responses = usable.iter().any(|(_, mapping)| mapping.role.has_responses());
    for (file, problem) in rubrics {
        match file.tree() {
            Some(tree) if has_responses => assembly.take_rubric(file, tree),
            _ => assembly.leave_out(file, &problem),
        }
    }
    if !usable.iter().any(|(_, mapping)| mapping.role.has_responses()) {
        for (file, mapping) in usable.drain(..) {
            let problem = match mapping.role {
                Role::Models => FileProblem::ModelsOnly,
                _ => FileProblem::PromptsOnly { prompt: mapping.column(Field::Prompt).unwrap_or_default().to_owned() },
            };
            assembly.leave_out(file, &problem);
        }
    }
    assembly.sources = usable.iter().map(|(file, mapping)| file.source(mapping, String::new())).collect();
    assembly.run(&usable)?;

    let dataset = assembly.shared.builder.finish();
    let sources: Vec<(&str, &str)> =
        assembly.sources.iter().map(|source| (source.path.as_str(), source.sha256.as_str())).collect();
    let judged = assembly.collector.finish(&dataset, &sources, &mut assembly.log);
    let mut report = assembly.log.finish();
    report.notices.splice(0..0, before.iter().cloned());
    if dataset.is_empty() {
        return Err(ImportError::Nothing(report));
    }
    Ok((Import { dataset, sources: assembly.sources, report, judged }, assembly.wishes.scoring))
}

/// What an import is asked for beside the dataset.
struct Wishes<'a> {
    digests: Digests,
    scoring: Option<Scoring<'a>>,
    /// Until it was told.
    first: Option<&'a First<'a>>,
}

struct Assembly<'a> {
    watch: &'a Watch<'a>,
    wishes: Wishes<'a>,
    /// Bytes of the files before the one that is read.
    done: u64,
    total: u64,
    log: Log,
    shared: Shared,
    sources: Vec<Source>,
    collector: Collector,
}

impl Assembly<'_> {
    /// Says which columns seem to judge, and are only kept.
    fn tell_unread(&mut self, file: &LoadedFile, mapping: &Mapping) {
        if let Some(coding) = guess::coding_doubt(&file.table, mapping) {
            self.log.begin(&file.name);
            self.log.say(Severity::Note, coding);
        }
        for doubt in guess::doubts(&file.table, mapping, file.has_rated_objects()) {
            self.log.begin(&file.name);
            self.log.say(Severity::Warning, doubt);
        }
        let unread = guess::unread_judgements(&file.table, mapping);
        if unread.is_empty() || !mapping.role.has_responses() {
            return;
        }
        self.log.begin(&file.name);
        self.log.say(Severity::Note, format!(
            "`{}` may hold judgements that are not understood and kept as they are; if so, name what they are with `--map rating=COLUMN` or `--map verdict=COLUMN`",
            unread.join("`, `")
        ));
    }

    /// Adds criteria that came without anything they judge.
    fn take_rubric(&mut self, file: &LoadedFile, tree: &Dimension) {
        self.log.begin(&file.name);
        let rubric = Rubric { dimensions: vec![tree.clone()], ..Rubric::default() };
        let criteria = rubric.criteria();
        let count = criteria.len();
        let penalties = criteria.iter().filter(|(_, criterion)| criterion.weight < 0.0).count();
        self.log.say(Severity::Note, format!(
            "its {count} criteria become part of the rubric, to be answered with yes or no by people, with their weights; penalties: {penalties}"
        ));
        self.collector.tree(tree.clone());
    }

    fn leave_out(&mut self, file: &LoadedFile, problem: &FileProblem) {
        self.log.begin(&file.name);
        self.log.say(Severity::Skipped, problem.to_string());
    }

    fn run(&mut self, files: &[(&LoadedFile, &Mapping)]) -> Result<(), ImportError> {
        let with = |role| files.iter().enumerate().filter(move |(_, (_, mapping))| mapping.role == role);
        let mut names = HashSet::new();
        for (index, (file, mapping)) in with(Role::Models) {
            let columns = Columns::new(mapping);
            self.rows(index, file, |shared, _, row| list_model(shared, &columns, row, &mut names))?;
        }
        let mut prompt_files = Vec::new();
        for (index, (file, mapping)) in with(Role::Prompts) {
            let columns = Columns::new(mapping);
            self.rows(index, file, |shared, log, row| {
                shared.prompts.list(&mut shared.builder, log, &columns, &row.fields, row.line);
            })?;
            prompt_files.push(file.name.as_str());
        }
        let prompt_files = prompt_files.join(", ");
        let mut prompts_known = true;
        for (index, (file, mapping)) in files.iter().enumerate() {
            if !matches!(mapping.role, Role::Responses | Role::Wide) {
                continue;
            }
            let model = mapping.model.clone().unwrap_or_else(|| guess::model_of_file(&file.name));
            let mut responses = ResponseFile::new(index as u32, mapping, model);
            self.responses(index, file, mapping, &mut responses)?;
            if !responses.has_own_references() {
                self.wishes.scoring = None;
            }
            responses.tell(&mut self.log, &prompt_files);
            prompts_known &= !responses.has_rows_without_prompt();
        }
        prompts_known &= self.judgements(files)?;
        self.log.begin("");
        if prompts_known {
            coverage::tell(&self.shared, &mut self.log);
        }
        Ok(())
    }

    fn tell(&self, within: u64) -> Result<(), ImportError> {
        let done = (self.done + within).min(self.total);
        self.watch.tell(Progress { stage: Stage::Assembling, done, total: self.total })
    }
}

/// Remembers the name of a model; two models of the same name are told apart by their ids.
fn list_model(shared: &mut Shared, columns: &Columns, row: &Row, names: &mut HashSet<String>) {
    let Some(id) = columns.id(&row.fields).and_then(text_of::key) else { return };
    let Some(name) = columns.model(&row.fields).and_then(text_of::plain) else { return };
    if shared.model_names.contains_key(&*id) {
        return;
    }
    let name = if names.insert(name.to_string()) { name.into_owned() } else { format!("{name} ({id})") };
    shared.model_names.insert(id.into_owned(), name);
}
