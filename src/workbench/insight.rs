//! The analysis of what is listed: made in the background, and only while something shows it.

use super::background::WaitedFor;
use super::earlier::{EarlierResponses, scored};
use super::job::{Job, Poll, retire};
use super::{Wake, Workbench};
use crate::analysis::{self, Analysis, Earlier, Options};
use crate::io::store::{self, Version};
use crate::model::review::{Judgements, ReviewLog};
use crate::model::{Dataset, Rubric, Settings};
use crate::scoring::{Progress, Results};
use std::path::PathBuf;
use std::sync::Arc;

/// The newest analysis, and the one that is being made.
#[derive(Default)]
pub(super) struct Insight {
    known: Option<(Asked, Arc<Analysis>)>,
    job: Option<(Asked, Job<Option<Analysis>>)>,
    /// Earlier versions of the rubric, newest first, as last looked up.
    versions: Vec<Version>,
    /// What the numbers are compared with.
    against: Option<Against>,
    /// Responses to compare with that are being read, and what they are called.
    reading: Option<(String, Job<Result<EarlierResponses, String>>)>,
}

/// What the numbers are compared with.
#[derive(Clone, Debug)]
pub struct Against {
    /// What it is called.
    pub name: String,
    base: Compared,
}

#[derive(Clone, Debug)]
enum Compared {
    /// An earlier rubric, on the same responses.
    Rubric(Arc<Rubric>),
    /// Earlier responses to the same prompts.
    Responses(Arc<EarlierResponses>),
}

impl Against {
    fn is_same(&self, other: &Self) -> bool {
        match (&self.base, &other.base) {
            (Compared::Rubric(a), Compared::Rubric(b)) => Arc::ptr_eq(a, b),
            (Compared::Responses(a), Compared::Responses(b)) => Arc::ptr_eq(a, b),
            _ => false,
        }
    }

    /// Whether these are other responses, and not the same under another rubric.
    pub fn is_of_responses(&self) -> bool {
        matches!(self.base, Compared::Responses(_))
    }
}

/// A choice of what to compare with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Base {
    /// The rubric as it was opened or last saved.
    Saved,
    /// A version of the project's history.
    Version(Version),
    /// Another project, or a file of responses, which are judged by the rubric of today.
    Path(PathBuf),
}

/// What an analysis is of.
#[derive(Clone)]
struct Asked {
    dataset: Arc<Dataset>,
    rubric: Arc<Rubric>,
    results: Arc<Results>,
    judgements: Arc<Judgements>,
    logs: Vec<Arc<ReviewLog>>,
    settings: Arc<Settings>,
    /// The rows listed, in import order; `None` for all.
    rows: Option<Arc<[u32]>>,
    filter: String,
    against: Option<Against>,
}

impl Asked {
    fn is_same(&self, other: &Self) -> bool {
        let same_rows = match (&self.rows, &other.rows) {
            (Some(a), Some(b)) => Arc::ptr_eq(a, b),
            (None, None) => true,
            _ => false,
        };
        let same_base = match (&self.against, &other.against) {
            (Some(a), Some(b)) => a.is_same(b),
            (None, None) => true,
            _ => false,
        };
        same_rows
            && same_base
            && self.filter == other.filter
            && Arc::ptr_eq(&self.dataset, &other.dataset)
            && Arc::ptr_eq(&self.results, &other.results)
            && Arc::ptr_eq(&self.judgements, &other.judgements)
            && Arc::ptr_eq(&self.settings, &other.settings)
    }

    fn analyse(&self, progress: &Progress) -> Option<Analysis> {
        let before = match &self.against {
            Some(against) => Some(self.before(against, progress)?),
            None => None,
        };
        let inputs = analysis::Inputs {
            dataset: &self.dataset,
            rubric: &self.rubric,
            results: &self.results,
            judgements: &self.judgements,
            logs: &self.logs,
            settings: &self.settings,
            rows: self.rows.as_deref(),
            filter: &self.filter,
            earlier: self.against.as_ref().zip(before.as_ref()).map(|(against, results)| {
                let (dataset, rubric) = match &against.base {
                    Compared::Rubric(rubric) => (&self.dataset, rubric),
                    Compared::Responses(earlier) => (&earlier.dataset, earlier.rubric.as_ref().unwrap_or(&self.rubric)),
                };
                Earlier { name: &against.name, dataset, rubric, results }
            }),
        };
        analysis::analyse(&inputs, &Options::default(), progress)
    }

    /// What the numbers are compared with. `None` when cancelled.
    fn before(&self, against: &Against, progress: &Progress) -> Option<Results> {
        match &against.base {
            Compared::Rubric(rubric) => {
                scored(&self.dataset, rubric, Some(self.results.rubric()), &self.judgements, progress)
            }
            Compared::Responses(earlier) => {
                earlier.results(earlier.rubric.as_deref().unwrap_or(&self.rubric), progress)
            }
        }
    }
}

impl Insight {
    /// Has the analysis of `asked` made, unless it is there or on its way. The newest wish wins.
    fn ask(&mut self, asked: Asked, wake: &Wake) {
        let is_known = self.known.as_ref().is_some_and(|(known, _)| known.is_same(&asked));
        if is_known {
            self.job = None;
        } else if !self.job.as_ref().is_some_and(|(under_way, _)| under_way.is_same(&asked)) {
            let work = asked.clone();
            let job = Job::spawn("Counting", wake.clone(), move |progress| {
                let _waited_for = WaitedFor::new();
                work.analyse(progress)
            });
            self.job = Some((asked, job));
        }
    }

    /// Takes over what was made; whether anything was.
    pub(super) fn poll(&mut self) -> bool {
        let Some((asked, job)) = self.job.take() else { return false };
        match job.poll() {
            Poll::Running => {
                self.job = Some((asked, job));
                false
            }
            Poll::Done(analysis) => {
                if let Some(analysis) = analysis {
                    retire(self.known.replace((asked, Arc::new(analysis))));
                }
                true
            }
            Poll::Lost => true,
        }
    }

    /// What is being read to compare with.
    pub(super) fn reading(&self) -> Option<(&str, &Progress)> {
        self.reading.as_ref().map(|(_, job)| (job.label(), &**job.progress()))
    }

    /// Forgets everything: another project is open.
    pub(super) fn clear(&mut self) {
        self.job = None;
        self.reading = None;
        self.versions.clear();
        self.against = None;
        retire(self.known.take());
    }
}

impl Workbench {
    /// Asks for the analysis of the responses listed. A view that shows it does so in every frame; while none does,
    /// nothing is made.
    pub fn ask_analysis(&mut self) {
        let Some((inputs, derived)) = &self.derived else { return };
        if inputs.results.is_empty() {
            return;
        }
        let is_all = inputs.query.terms.is_empty();
        let asked = Asked {
            dataset: inputs.facts.dataset.clone(),
            rubric: self.project.rubric().clone(),
            results: inputs.results.clone(),
            judgements: self.judgements().clone(),
            logs: self.reviews().logs().to_vec(),
            settings: self.project.settings().clone(),
            rows: (!is_all).then(|| derived.matched.clone()),
            against: self.insight.against.clone(),
            filter: if is_all { String::new() } else { self.filter.text().trim().to_owned() },
        };
        self.insight.ask(asked, &self.wake);
    }

    /// The newest analysis there is; while another one is being made, the one before.
    pub fn analysis(&self) -> Option<&Arc<Analysis>> {
        self.insight.known.as_ref().map(|(_, analysis)| analysis)
    }

    /// Whether [`Self::analysis`] is about to be replaced.
    pub fn is_analysing(&self) -> bool {
        self.insight.job.is_some()
    }

    /// Earlier versions of the rubric, newest first, as last looked up with [`super::Command::CompareWith`].
    pub fn versions(&self) -> &[Version] {
        &self.insight.versions
    }

    /// What the numbers are compared with.
    pub fn against(&self) -> Option<&Against> {
        self.insight.against.as_ref()
    }

    /// Takes over what was read to compare with; whether anything was.
    pub(super) fn poll_earlier(&mut self) -> bool {
        let Some((name, job)) = self.insight.reading.take() else { return false };
        match job.poll() {
            Poll::Running => {
                self.insight.reading = Some((name, job));
                return false;
            }
            Poll::Done(Ok(earlier)) => {
                self.insight.against = Some(Against { name, base: Compared::Responses(Arc::new(earlier)) });
            }
            Poll::Done(Err(why)) => self.notice = Some(why),
            Poll::Lost => {}
        }
        true
    }

    /// Compares the numbers with those under another rubric or of other responses, or no longer, and looks up which
    /// versions there are.
    pub(super) fn compare_with(&mut self, base: Option<Base>) {
        if let Some(origin) = self.files.origin() {
            self.insight.versions = store::versions(origin);
        }
        self.insight.reading = None;
        self.insight.against = match base {
            None => None,
            Some(Base::Path(path)) => {
                // What is compared with stays until the other one is read.
                let name =
                    path.file_name().map_or_else(|| path.display().to_string(), |name| name.display().to_string());
                let read = move |progress: &Progress| EarlierResponses::open(&path, progress);
                self.insight.reading =
                    Some((name, Job::spawn("Reading what to compare with", self.wake.clone(), read)));
                return;
            }
            Some(Base::Saved) => {
                let base = Compared::Rubric(self.saved.rubric().clone());
                Some(Against { name: "as saved".to_owned(), base })
            }
            Some(Base::Version(version)) => match store::version(&version) {
                Ok(rubric) => {
                    let base = Compared::Rubric(Arc::new(rubric));
                    Some(Against { name: format!("version {}", version.short()), base })
                }
                Err(error) => {
                    self.notice = Some(error.to_string());
                    None
                }
            },
        };
    }
}
