//! What the background thread does with files, and what comes out of it.

use super::Preview;
use super::demo;
use crate::io::export::{Exporter, Hits, Scored};
use crate::io::import::{self, Digests, Import, Input, Watch};
use crate::io::store::{self, DraftEdits, Known, Opened, Saved, ShowFirst, Stamp, StoreError};
use crate::io::{atomic, reasoning_rubric, rubric_file};
use crate::model::review::Judgements;
use crate::model::{Dataset, ImportReport, Level, Mapping, Notice, Project, Rubric, Source};
use crate::scoring::{CompiledRubric, Progress, Results};
use crate::workbench::flag_board::Search;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// Something to do with files.
pub(super) enum Task {
    /// Open a project.
    Open(PathBuf),
    /// Open the demo.
    Demo,
    /// Load files for the preview, with those a project has already: its sources and where it lives.
    Load { paths: Vec<PathBuf>, known: Option<(Vec<Source>, Option<PathBuf>)> },
    /// Import what was previewed.
    Assemble(Preview),
    /// Read a rubric.
    Rubric(PathBuf),
    /// Save.
    Save {
        project: Box<Project>,
        header: String,
        origin: Option<PathBuf>,
        target: PathBuf,
        stamp: Option<Stamp>,
        reviews: Option<PathBuf>,
    },
    /// Find what leads from a project to a draft.
    Restore { draft: PathBuf, project: Box<Project>, origin: Option<PathBuf>, is_demo: bool },
    /// Export.
    Export(Export),
}

/// Scores to be written.
pub(in crate::workbench) struct Export {
    pub(in crate::workbench) dataset: Arc<Dataset>,
    pub(in crate::workbench) rubric: Arc<CompiledRubric>,
    /// What people judged; it counts.
    pub(in crate::workbench) people: Arc<Judgements>,
    pub(in crate::workbench) results: Option<Arc<Results>>,
    pub(in crate::workbench) exporter: &'static Exporter,
    pub(in crate::workbench) evidence: bool,
    /// Where rows are to say what looks odd.
    pub(in crate::workbench) flags: Option<Search>,
    pub(in crate::workbench) target: PathBuf,
    /// Files that must not be written over: what the project is made of.
    pub(in crate::workbench) spared: Vec<PathBuf>,
}

/// What came out.
pub(super) enum Outcome {
    /// It failed; the sentence says what to do.
    Failed(String),
    Opened {
        path: PathBuf,
        opened: Box<Opened>,
    },
    Demo {
        project: Box<Project>,
        folder: TempDir,
    },
    Loaded(Box<Preview>),
    /// Under a name: as a project of its own.
    Assembled {
        import: Box<Import>,
        name: Option<String>,
    },
    Rubric {
        rubric: Box<Rubric>,
        header: String,
        path: PathBuf,
    },
    Saved {
        before: Box<Project>,
        after: Box<Project>,
        target: PathBuf,
        notices: Vec<String>,
        stamp: Stamp,
    },
    /// The project's files were changed by somebody else, and not written over; the sentence says what to do.
    Changed(String),
    Restored(Box<DraftEdits>),
    Exported {
        rows: usize,
        target: PathBuf,
    },
}

impl Task {
    pub(super) fn label(&self) -> &'static str {
        match self {
            Self::Open(_) | Self::Demo | Self::Rubric(_) | Self::Restore { .. } => "Opening",
            Self::Load { .. } => "Reading",
            Self::Assemble(_) => "Importing",
            Self::Save { .. } => "Saving",
            Self::Export(_) => "Exporting",
        }
    }

    /// Does it. A project that takes a while to read is handed to `first` with its first responses.
    pub(super) fn run(self, progress: &Progress, first: &ShowFirst<'_>) -> Outcome {
        self.try_run(progress, first).unwrap_or_else(Outcome::Failed)
    }

    fn try_run(self, progress: &Progress, first: &ShowFirst<'_>) -> Result<Outcome, String> {
        let tell = |told: import::Progress| progress.set(told.done as usize, told.total as usize);
        let watch = Watch { cancel: progress.cancel_flag(), progress: &tell };
        match self {
            Self::Open(path) => {
                let opened = store::open_showing(&path, progress, first).map_err(|error| error.to_string())?;
                Ok(Outcome::Opened { path, opened: Box::new(opened) })
            }
            Self::Demo => {
                let (project, folder) = demo::open(&watch)
                    .map_err(|error| format!("The demo could not be unpacked: {error}. Check the temporary folder."))?;
                Ok(Outcome::Demo { project: Box::new(project), folder })
            }
            Self::Load { paths, known } => load(paths, known, &watch, progress),
            Self::Assemble(preview) => {
                let (loaded, mappings, inputs, name) = preview.into_parts();
                let show = |dataset| {
                    // Files that join a project change it when they are read, and not before.
                    if let Some(name) = &name {
                        first(Project::new(name, reasoning_rubric(), dataset, Vec::new(), ImportReport::default()));
                    }
                };
                let mut import = import::assemble_showing(&loaded.files, &mappings, &loaded.notices, &show, &watch)
                    .map_err(|error| error.to_string())?;
                inputs.relative(&mut import);
                Ok(Outcome::Assembled { import: Box::new(import), name })
            }
            Self::Rubric(path) => read_rubric(path),
            Self::Save { project, header, origin, target, stamp, reviews } => {
                let known = Known { stamp: stamp.as_ref(), reviews: reviews.as_deref() };
                let saved = match store::save_knowing(&project, &header, origin.as_deref(), &target, known, progress) {
                    Ok(saved) => saved,
                    Err(error @ StoreError::Changed(_)) => return Ok(Outcome::Changed(error.to_string())),
                    Err(error) => return Err(error.to_string()),
                };
                let Saved { project: after, notices, stamp } = saved;
                let notices = notices.iter().map(Notice::to_line).collect();
                Ok(Outcome::Saved { before: project, after: Box::new(after), target, notices, stamp })
            }
            Self::Restore { draft, project, origin, is_demo } => {
                let edits = store::draft_edits(&draft, &project, origin.as_deref(), is_demo, progress)
                    .map_err(|error| error.to_string())?;
                Ok(Outcome::Restored(Box::new(edits)))
            }
            Self::Export(export) => write_export(&export, progress),
        }
    }
}

fn load(
    paths: Vec<PathBuf>,
    known: Option<(Vec<Source>, Option<PathBuf>)>,
    watch: &Watch<'_>,
    progress: &Progress,
) -> Result<Outcome, String> {
    let new_project = known.is_none().then(|| name_of(&paths));
    let (sources, origin) = known.unwrap_or_default();
    let known = store::inputs(&sources, origin.as_deref(), progress).map_err(|error| error.to_string())?;
    let mut inputs = known.inputs.clone();
    inputs.extend(paths.into_iter().map(|path| Input::Path(std::path::absolute(&path).unwrap_or(path))));
    let loaded = import::load(&inputs, Digests::Wanted, watch).map_err(|error| error.to_string())?;
    if loaded.files.is_empty() {
        let lines: Vec<String> = loaded.notices.iter().map(Notice::to_line).collect();
        return Err(lines.join("\n"));
    }
    let mappings = import::guess_all(&loaded.tables());
    let old: Vec<Mapping> = sources.into_iter().map(|source| source.mapping).collect();
    Ok(Outcome::Loaded(Box::new(Preview::new(loaded, mappings, &old, known, new_project))))
}

/// A project made of these files is called after the first, or after the folder they share.
fn name_of(paths: &[PathBuf]) -> String {
    let stem = |path: &Path| path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
    let name = match paths {
        [path] => stem(path),
        [first, ..] => first.parent().and_then(stem).or_else(|| stem(first)),
        [] => None,
    };
    name.filter(|name| !name.is_empty()).unwrap_or_else(|| "untitled".to_owned())
}

fn read_rubric(path: PathBuf) -> Result<Outcome, String> {
    let (file, source) = if store::is_project(&path) {
        store::rubric_source(&path).map_err(|error| error.to_string())?
    } else {
        let source = std::fs::read_to_string(&path)
            .map_err(|error| format!("“{}” could not be read: {error}.", path.display()))?;
        (path.clone(), source)
    };
    let reading = rubric_file::read(&source);
    let errors: Vec<String> = reading
        .problems
        .iter()
        .filter(|problem| problem.level == Level::Error)
        .map(|problem| format!("{}:{}:{}: {}", file.display(), problem.line, problem.column, problem.message))
        .collect();
    match reading.rubric {
        Some(rubric) if errors.is_empty() => {
            Ok(Outcome::Rubric { rubric: Box::new(rubric), header: reading.header, path })
        }
        _ => Err(errors.join("\n")),
    }
}

fn write_export(export: &Export, progress: &Progress) -> Result<Outcome, String> {
    // A file that does not exist yet is nobody's.
    if let Ok(target) = export.target.canonicalize()
        && export.spared.iter().any(|spared| spared.canonicalize().is_ok_and(|spared| target.starts_with(spared)))
    {
        return Err(format!(
            "“{}” is part of the project and is not written over; choose another name for the export.",
            export.target.display()
        ));
    }
    let stopped = || "The export was stopped.".to_owned();
    let (mut results, mut flags) = (export.results.clone(), None);
    if let Some(search) = &export.flags {
        let score = || Results::anew(&export.rubric, &export.dataset, &export.people, progress).map(Arc::new);
        let known = results.or_else(score).ok_or_else(stopped)?;
        flags = Some(search.kinds(&known, progress).ok_or_else(stopped)?);
        results = Some(known);
    }
    let scored = Scored {
        dataset: &export.dataset,
        rubric: &export.rubric,
        people: Some(&export.people),
        results: results.as_deref(),
        hits: Hits::Counted,
        flags: flags.as_deref(),
        evidence: export.evidence,
        provenance: None,
    };
    let done = atomic::write_with(&export.target, |out| export.exporter.write(&scored, out, progress))
        .map_err(|error| error.to_string())?;
    if done { Ok(Outcome::Exported { rows: scored.len(), target: export.target.clone() }) } else { Err(stopped()) }
}
