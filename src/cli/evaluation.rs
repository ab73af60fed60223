//! What `stats`, `compare`, `report` and `flags` look at: responses with their scores and judgements, of a project or of files.

use super::args::{Map, Of};
use super::bar::{bar, watched};
use super::failure::tell;
use super::{DONE, Failure, ROWS_SKIPPED, UNUSABLE, data, own, rubric};
use crate::analysis::second_looks;
use crate::analysis::{self, Analysis, Earlier, Inputs, Options};
use crate::duplicates::{self, Duplicates};
use crate::io::import::Input;
use crate::io::store::{self, Opened};
use crate::model::review::{Judgements, ReviewLog, RowIndex};
use crate::model::{Dataset, Rubric, Settings, Source};
use crate::scoring::{Progress, Results, compile};
use crate::workbench::query::{Matcher, QueryError, parse};
use crate::workbench::{Flagged, text_flags};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

/// Responses with all that is known of them.
pub(super) struct Evaluation {
    pub(super) name: String,
    pub(super) dataset: Arc<Dataset>,
    pub(super) rubric: Rubric,
    pub(super) results: Arc<Results>,
    pub(super) logs: Vec<Arc<ReviewLog>>,
    pub(super) judgements: Arc<Judgements>,
    pub(super) settings: Arc<Settings>,
    /// The files a project's responses came from.
    pub(super) sources: Vec<Source>,
    /// The exit code when all else goes well.
    pub(super) code: u8,
    /// Copies and flags, where they were asked for.
    copies: OnceLock<Duplicates>,
    flags: OnceLock<Flagged>,
}

/// Responses and judgements before they are scored.
struct Read {
    name: String,
    dataset: Arc<Dataset>,
    rubric: Option<Rubric>,
    logs: Vec<Arc<ReviewLog>>,
    settings: Arc<Settings>,
    sources: Vec<Source>,
    code: u8,
}

/// Reads a project, or files, and scores them under the rubric that is named, or else their own.
pub(super) fn load(paths: &[PathBuf], of: &Of) -> Result<Evaluation, Failure> {
    let read = match paths {
        [path] if store::is_project(path) => project(path, of)?,
        _ => files(paths, &of.map)?,
    };
    evaluated(read, of)
}

/// The responses of a project that is open, scored under its `rubric`, with what `people` judged where it is to count.
pub(super) fn of_project(opened: &Opened, rubric: Rubric, people: Option<&Arc<Judgements>>) -> Evaluation {
    let read = Read {
        name: opened.project.name().to_owned(),
        dataset: opened.project.dataset().clone(),
        rubric: None,
        logs: people.map(|_| opened.reviews.logs.clone()).unwrap_or_default(),
        settings: opened.project.settings().clone(),
        sources: opened.project.sources().to_vec(),
        code: DONE,
    };
    judged(read, rubric, people.cloned().unwrap_or_default(), false)
}

/// Reads the project at `path`, and scores it in the same way.
pub(super) fn load_project(path: &Path, of: &Of) -> Result<Evaluation, Failure> {
    evaluated(project(path, of)?, of)
}

fn evaluated(mut read: Read, of: &Of) -> Result<Evaluation, Failure> {
    if let Some(path) = &of.rubric {
        read.rubric = Some(rubric::load_sound(path)?.rubric);
    }
    let rubric = read.rubric.take().unwrap_or_default();
    Ok(scored(read, rubric, of.without_reviews))
}

fn project(path: &Path, of: &Of) -> Result<Read, Failure> {
    if !of.map.columns.is_empty() {
        return Err(Failure::Said("--map is for files; a project knows what its columns mean.".to_owned()));
    }
    let opened = own::open(path)?;
    opened.mistakes.iter().chain(&opened.reviews.mistakes).for_each(|mistake| tell(&mistake.to_string()));
    // With another rubric the project's own may have mistakes.
    let rubric = if of.rubric.is_some() { None } else { Some(rubric::load_sound(path)?.rubric) };
    let unread = !opened.mistakes.is_empty() && of.rubric.is_none();
    let whole = own::is_whole(&opened, of.without_reviews);
    Ok(Read {
        name: opened.project.name().to_owned(),
        dataset: opened.project.dataset().clone(),
        rubric,
        logs: opened.reviews.logs,
        settings: opened.project.settings().clone(),
        sources: opened.project.sources().to_vec(),
        code: match (unread, whole) {
            (true, _) => UNUSABLE,
            (false, true) => data::code(opened.project.report()),
            (false, false) => ROWS_SKIPPED,
        },
    })
}

fn files(paths: &[PathBuf], map: &Map) -> Result<Read, Failure> {
    let inputs: Vec<Input> = paths.iter().map(|path| Input::from_argument(path)).collect();
    let import = data::import(&inputs, map, &bar("reading", true))?;
    let judged = import.judged;
    // What was rated makes a rubric for people.
    let rubric = (!judged.dimensions.is_empty()).then(|| Rubric {
        dimensions: judged.dimensions,
        labels: judged.labels,
        ..Rubric::default()
    });
    Ok(Read {
        name: paths.first().map_or_else(String::new, |path| path.display().to_string()),
        code: data::code(&import.report),
        dataset: Arc::new(import.dataset),
        rubric,
        logs: judged.logs.into_iter().map(Arc::new).collect(),
        settings: Arc::default(),
        sources: Vec::new(),
    })
}

fn scored(read: Read, rubric: Rubric, without_reviews: bool) -> Evaluation {
    let judgements = Arc::new(Judgements::new(&read.logs, &RowIndex::new(read.dataset.clone()), &rubric));
    judged(read, rubric, judgements, without_reviews)
}

fn judged(read: Read, rubric: Rubric, judgements: Arc<Judgements>, without_reviews: bool) -> Evaluation {
    let Read { name, dataset, logs, settings, sources, code, .. } = read;
    let counting = if without_reviews { Arc::default() } else { judgements.clone() };
    let results = Arc::new(results(&dataset, &rubric, &counting));
    let (copies, flags) = (OnceLock::new(), OnceLock::new());
    Evaluation { name, dataset, rubric, results, logs, judgements, settings, sources, code, copies, flags }
}

fn results(dataset: &Dataset, rubric: &Rubric, judgements: &Arc<Judgements>) -> Results {
    let compiled = compile(rubric, None).rubric;
    let progress = Progress::default();
    let score = || Results::anew(&compiled, dataset, judgements, &progress).expect("nothing cancels it");
    watched(&bar("scoring", true), &progress, score)
}

impl Evaluation {
    /// What there is to compare with at `path`: a rubric for the same responses, or an earlier project.
    pub(super) fn earlier(&self, path: &Path) -> Result<Self, Failure> {
        let of = Of { rubric: None, filter: String::new(), json: false, without_reviews: false, map: Map::default() };
        if store::is_project(path) {
            return load(std::slice::from_ref(&path.to_owned()), &of);
        }
        let read = Read {
            name: path.display().to_string(),
            dataset: self.dataset.clone(),
            rubric: None,
            logs: self.logs.clone(),
            settings: self.settings.clone(),
            sources: Vec::new(),
            code: DONE,
        };
        Ok(scored(read, rubric::load_sound(path)?.rubric, false))
    }

    /// Tells how to get scores, where nothing gives any.
    pub(super) fn tell_unscored(&self) {
        if self.rubric.criteria().is_empty() && self.logs.is_empty() {
            tell("No rubric was named, so no response has a score; name one with --rubric.");
        }
    }

    /// The flags of all responses, looked for when they are first asked for.
    pub(super) fn flags(&self) -> &Flagged {
        self.flags.get_or_init(|| {
            let (dataset, settings) = (&self.dataset, &self.settings.flags);
            let progress = Progress::default();
            progress.start(crate::flags::steps(dataset.responses().len()));
            let look = || text_flags(dataset, settings, None, &progress).expect("nothing cancels it");
            let texts = Arc::new(watched(&bar("looking", true), &progress, look));
            let flagged = Flagged::new(dataset.clone(), self.results.clone(), texts, settings);
            flagged.judged(second_looks(&self.inputs(None, "")).flags)
        })
    }

    /// The rows that match `filter`, ascending.
    pub(super) fn selected(&self, filter: &str) -> Result<Vec<u32>, QueryError> {
        let query = parse(filter, self.results.rubric())?;
        let mut matcher = Matcher::new(&query, &self.dataset, &self.results);
        if query.asks_for_duplicates() {
            matcher = matcher.with_duplicates(self.copies.get_or_init(|| {
                let watch = duplicates::Watch { cancelled: &|| false, advance: &|_| {} };
                let text = |row| self.dataset.response_text(row);
                duplicates::find(self.results.len(), text, duplicates::Settings::default(), &watch)
                    .expect("nothing cancels it")
            }));
        }
        if query.asks_for_flags() {
            matcher = matcher.with_flags(self.flags());
        }
        Ok((0..self.results.len() as u32).filter(|&row| matcher.matches(row as usize)).collect())
    }

    /// The rows that match `filter`, ascending; `None` for all.
    pub(super) fn rows(&self, filter: &str) -> Result<Option<Vec<u32>>, Failure> {
        if filter.trim().is_empty() {
            return Ok(None);
        }
        let rows = self.selected(filter).map_err(|error| {
            let word = filter.get(error.range.clone()).unwrap_or(filter);
            Failure::Said(format!("--where: {} The word is “{word}”.", error.message))
        })?;
        if rows.is_empty() {
            return Err(Failure::Said(format!("No response matches --where “{}”.", filter.trim())));
        }
        Ok(Some(rows))
    }

    /// All numbers about what `filter` selects.
    pub(super) fn analyse(&self, filter: &str, earlier: Option<&Self>) -> Result<Analysis, Failure> {
        let rows = self.rows(filter)?;
        let earlier = earlier.map(|earlier| Earlier {
            name: &earlier.name,
            dataset: &earlier.dataset,
            rubric: &earlier.rubric,
            results: &earlier.results,
        });
        let inputs = Inputs { earlier, ..self.inputs(rows.as_deref(), filter) };
        let progress = Progress::default();
        let analyse = || analysis::analyse(&inputs, &Options::default(), &progress);
        Ok(watched(&bar("analysing", true), &progress, analyse).expect("nothing cancels it"))
    }

    /// Two models of what `filter` selects, by their names.
    pub(super) fn duel(&self, filter: &str, models: [u32; 2]) -> Result<analysis::Duel, Failure> {
        let rows = self.rows(filter)?;
        let inputs = self.inputs(rows.as_deref(), filter);
        analysis::compare(&inputs, models, &Options::default())
            .map_err(|why| Failure::Said(format!("The models cannot be compared: {why}.")))
    }

    fn inputs<'a>(&'a self, rows: Option<&'a [u32]>, filter: &'a str) -> Inputs<'a> {
        Inputs {
            dataset: &self.dataset,
            rubric: &self.rubric,
            results: &self.results,
            judgements: &self.judgements,
            logs: &self.logs,
            settings: &self.settings,
            rows,
            filter,
            earlier: None,
        }
    }
}
