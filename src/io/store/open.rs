//! Opening: whatever is sound loads, whatever is not is named.

use super::manifest::{self, FORMAT};
use super::{PROJECT, REVIEWS, RUBRIC, StoreError, is_packed, pack, save};
use crate::io::import::{self, Digests, First, ImportError, Input};
use crate::io::reviews::{self, Reviews};
use crate::io::rubric_file;
use crate::model::{Dataset, ImportReport, Level, Mapping, Notice, Project, Rubric, Severity, Source};
use crate::scoring::Progress;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

/// A project as it was found.
#[derive(Debug)]
pub struct Opened {
    /// All that could be read.
    pub project: Project,
    /// The comments above the rubric, to be handed back when saving.
    pub header: String,
    /// Why saving in place would lose something, in a sentence; `None` when it would not. Saving elsewhere is
    /// always possible.
    pub read_only: Option<String>,
    /// What could not be read in the project's own files.
    pub mistakes: Vec<Mistake>,
    /// What a person should know about its sources. What the import had to say is in the project's report.
    pub notices: Vec<Notice>,
    /// The logs of its reviewers, and what could not be read of them.
    pub reviews: Reviews,
}

/// Takes a project with its first responses.
pub type ShowFirst<'a> = dyn Fn(Project) + Sync + 'a;

/// A mistake in one of a project's own files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// Its name in the project.
    pub file: String,
    /// 1-based.
    pub line: usize,
    /// 1-based, in characters.
    pub column: usize,
    /// What is wrong, one sentence.
    pub message: String,
    /// What to do, one sentence.
    pub hint: Option<String>,
}

impl fmt::Display for Mistake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.message)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, " {hint}"))
    }
}

/// Opens the project at `path`, a folder or a packed project. Progress counts bytes.
///
/// # Errors
/// When there is no project, a packed one cannot be unpacked, or it is cancelled. Everything else is in
/// [`Opened::mistakes`] and [`Opened::notices`], and what is sound is loaded.
pub fn open(path: &Path, progress: &Progress) -> Result<Opened, StoreError> {
    open_showing(path, progress, &|_| {})
}

/// [`open`] for a person who waits: where there is much to read, `first` gets the project with its first
/// responses while the others are being read.
///
/// # Errors
/// Those of [`open`].
pub fn open_showing(path: &Path, progress: &Progress, first: &ShowFirst<'_>) -> Result<Opened, StoreError> {
    if !path.exists() {
        return Err(StoreError::NotFound(path.to_owned()));
    }
    if is_packed(path) {
        let folder = save::temporary_folder()?;
        pack::unpack(path, folder.path(), progress)?;
        return open_folder(folder.path(), path, progress, first);
    }
    open_folder(path, path, progress, first)
}

/// The text of the rubric of the project at `path`, and the file it stands in. Reads nothing else.
///
/// # Errors
/// When there is no project or its rubric cannot be read.
pub fn rubric_source(path: &Path) -> Result<(PathBuf, String), StoreError> {
    let file = path.join(RUBRIC);
    if is_packed(path) {
        let folder = save::temporary_folder()?;
        pack::unpack(path, folder.path(), &Progress::default())?;
        return Ok((file, read_text(&folder.path().join(RUBRIC))?));
    }
    let text = read_text(&file)?;
    Ok((file, text))
}

/// `shown` is the project's path as the person knows it.
fn open_folder(folder: &Path, shown: &Path, progress: &Progress, first: &ShowFirst<'_>) -> Result<Opened, StoreError> {
    if !folder.join(PROJECT).is_file() {
        return Err(StoreError::NotAProject(shown.to_owned()));
    }
    let mut opening = Opening::default();
    let manifest = opening.manifest(folder)?;
    let (rubric, header) = opening.rubric(folder)?;
    let name = match manifest.name.as_str() {
        "" => shown.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned()),
        name => name.to_owned(),
    };
    let show = |dataset| {
        let project = Project::new(&name, rubric.clone(), dataset, Vec::new(), ImportReport::default());
        first(project.with_settings(manifest.settings.clone()));
    };
    let (dataset, sources, report) = opening.responses(folder, manifest.sources, progress, &show)?;
    let Opening { read_only, mistakes, notices } = opening;
    let project = Project::new(&name, rubric, dataset, sources, report).with_settings(manifest.settings);
    let reviews = reviews::read_folder(&folder.join(REVIEWS));
    Ok(Opened { project, header, read_only, mistakes, notices, reviews })
}

/// What is found on the way.
#[derive(Default)]
struct Opening {
    read_only: Option<String>,
    mistakes: Vec<Mistake>,
    notices: Vec<Notice>,
}

impl Opening {
    fn read_only(&mut self, why: &str) {
        self.read_only.get_or_insert_with(|| why.to_owned());
    }

    fn manifest(&mut self, folder: &Path) -> Result<manifest::Manifest, StoreError> {
        let manifest::Reading { manifest, mistake } = manifest::read(&read_text(&folder.join(PROJECT))?);
        if manifest.format > FORMAT {
            let newer = manifest.format;
            self.read_only(&format!(
                "This project was saved by a newer version of Rubrica (format {newer}; this one knows {FORMAT}). \
                 It can be looked at, not saved; update Rubrica to work on it."
            ));
        }
        if let Some(mistake) = mistake {
            self.mistakes.push(mistake);
            self.read_only("project.ron has a mistake, and saving would write over it; mend it and open again.");
        }
        Ok(manifest)
    }

    fn rubric(&mut self, folder: &Path) -> Result<(Rubric, String), StoreError> {
        let path = folder.join(RUBRIC);
        if !path.exists() {
            self.notices.push(warning(RUBRIC, "is missing; the project opens with an empty rubric."));
            return Ok(Default::default());
        }
        let reading = rubric_file::read(&read_text(&path)?);
        if reading.newer {
            self.read_only("rubric.ron was written by a newer version of Rubrica; update Rubrica to save it.");
        }
        if reading.has_errors() || reading.rubric.is_none() {
            self.read_only("rubric.ron has mistakes, and saving would write over them; mend it and open again.");
        }
        for problem in reading.problems.iter().filter(|problem| problem.level == Level::Error) {
            self.mistakes.push(Mistake {
                file: RUBRIC.to_owned(),
                line: problem.line,
                column: problem.column,
                message: problem.message.clone(),
                hint: problem.hint.clone(),
            });
        }
        Ok((reading.rubric.unwrap_or_default(), reading.header))
    }

    /// Imports the sources again, each as its mapping says. Those that cannot be read stay in the list, last.
    fn responses(
        &mut self,
        folder: &Path,
        recorded: Vec<Source>,
        progress: &Progress,
        first: &First<'_>,
    ) -> Result<(Dataset, Vec<Source>, ImportReport), StoreError> {
        let (inside, outside): (Vec<Source>, Vec<Source>) =
            recorded.iter().cloned().partition(|source| pack::is_inside(&source.path));
        for source in &outside {
            self.notices.push(Notice {
                severity: Severity::Skipped,
                ..warning(&source.path, "lies outside the project folder and is not read; copy it into responses/.")
            });
        }
        let (dataset, mut sources, report) = import_again(folder, &inside, progress, first)?;
        for source in &mut sources {
            let before = inside.iter().find(|before| before.path == source.path && before.mapping == source.mapping);
            if before.is_some_and(|before| before.sha256 != source.sha256) {
                self.notices
                    .push(warning(&source.path, "changed on disk since it was imported; it is shown as it is now."));
            }
        }
        let read: Vec<(String, Mapping)> =
            sources.iter().map(|source| (source.path.clone(), source.mapping.clone())).collect();
        let unread =
            |source: &Source| !read.iter().any(|(path, mapping)| *path == source.path && *mapping == source.mapping);
        sources.extend(recorded.into_iter().filter(unread));
        Ok((dataset, sources, report))
    }
}

/// What the sources hold now. The report names files as the sources do.
fn import_again(
    folder: &Path,
    sources: &[Source],
    progress: &Progress,
    first: &First<'_>,
) -> Result<(Dataset, Vec<Source>, ImportReport), StoreError> {
    if sources.is_empty() {
        return Ok(Default::default());
    }
    let tell = |now: import::Progress| progress.set(now.done as usize, now.total as usize);
    let watch = import::Watch { cancel: progress.cancel_flag(), progress: &tell };
    let inputs: Vec<Input> = sources.iter().map(|source| Input::Path(folder.join(&source.path))).collect();
    let Ok(mut loaded) = import::load(&inputs, Digests::Wanted, &watch) else { return Err(StoreError::Cancelled) };
    for notice in &mut loaded.notices {
        if let Some(at) = inputs.iter().position(|input| input.name() == notice.file) {
            notice.file.clone_from(&sources[at].path);
        }
    }
    // Files come in the order of the inputs, without those that failed. One file may be two sources.
    let mut rest = inputs.iter().zip(sources);
    let mut mappings = Vec::new();
    for file in &mut loaded.files {
        let (_, source) = rest.find(|(input, _)| input.name() == file.name).expect("every file is one of the inputs");
        file.name.clone_from(&source.path);
        mappings.push(source.mapping.clone());
    }
    match import::assemble_showing(&loaded.files, &mappings, &loaded.notices, first, &watch) {
        Ok(import) => Ok((import.dataset, import.sources, import.report)),
        Err(ImportError::Nothing(report)) => Ok((Dataset::default(), Vec::new(), report)),
        Err(ImportError::Cancelled | ImportError::Map(_)) => Err(StoreError::Cancelled),
    }
}

fn read_text(path: &Path) -> Result<String, StoreError> {
    let bytes = fs::read(path).map_err(|error| StoreError::read(path, error))?;
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let reason = format!("it is not UTF-8 (byte {at})");
        StoreError::read(path, std::io::Error::new(std::io::ErrorKind::InvalidData, reason))
    })
}

fn warning(file: &str, message: &str) -> Notice {
    Notice { severity: Severity::Warning, file: file.to_owned(), line: None, message: message.to_owned() }
}
