//! Looking for flags in the background, once for a dataset and its thresholds, and again as scores change.

use super::background;
use super::facts::Facts;
use super::flagged::{Flagged, text_flags};
use super::job::retire;
use super::{Job, Poll, Wake};
use crate::analysis::{self, second_looks};
use crate::flags::{self, KindSet, Tally};
use crate::model::review::Judgements;
use crate::model::{Rubric, Settings};
use crate::scoring::{Progress, Results};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// What flags follow from.
#[derive(Clone)]
pub(super) struct Inputs {
    pub(super) facts: Arc<Facts>,
    pub(super) settings: Arc<Settings>,
    pub(super) rubric: Arc<Rubric>,
    pub(super) results: Arc<Results>,
    pub(super) judgements: Arc<Judgements>,
}

/// The flags, as far as they are known.
#[derive(Default)]
pub(super) struct FlagBoard {
    known: Option<(Inputs, Arc<Flagged>)>,
    job: Option<(Inputs, Job<Option<Flagged>>)>,
    /// The flags of the rows that a filter selects, counted.
    counted: Option<(Arc<Flagged>, Arc<[u32]>, Tally)>,
}

/// Flags of scores are looked for inside a frame where there are no more rows, and no more that people judged.
const INLINE_ROWS: usize = 20_000;
const INLINE_JUDGED: usize = 2_000;

/// Scores that are replaced sooner are not looked at: somebody drags a weight.
const CALM: Duration = Duration::from_millis(250);

/// Waits so long; `false` as soon as it is cancelled.
fn stands_for(long: Duration, progress: &Progress) -> bool {
    let start = Instant::now();
    while start.elapsed() < long && !progress.is_cancelled() {
        std::thread::sleep(Duration::from_millis(10));
    }
    !progress.is_cancelled()
}

impl Inputs {
    fn has_same_texts(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.facts, &other.facts) && self.settings.flags == other.settings.flags
    }

    fn is_same(&self, other: &Self) -> bool {
        self.has_same_texts(other)
            && Arc::ptr_eq(&self.results, &other.results)
            && Arc::ptr_eq(&self.judgements, &other.judgements)
    }

    /// Whether a frame has time for all but the texts.
    fn is_quick(&self) -> bool {
        self.facts.dataset.responses().len() <= INLINE_ROWS && self.judgements.rows().count() <= INLINE_JUDGED
    }

    /// Looks for all flags; those of the texts only where they are not `known`.
    fn look(&self, known: Option<&Flagged>, progress: &Progress) -> Option<Flagged> {
        let settings = &self.settings.flags;
        let texts = match known {
            Some(known) => known.texts().clone(),
            None => {
                progress.start(flags::steps(self.facts.dataset.responses().len()));
                let duplicates = self.facts.duplicates_for(settings, progress)?;
                Arc::new(text_flags(&self.facts.dataset, settings, duplicates, progress)?)
            }
        };
        let flagged = Flagged::new(self.facts.dataset.clone(), self.results.clone(), texts, settings);
        if self.judgements.rows().next().is_none() {
            return Some(flagged);
        }
        let looks = second_looks(&analysis::Inputs {
            dataset: &self.facts.dataset,
            rubric: &self.rubric,
            results: &self.results,
            judgements: &self.judgements,
            logs: &[],
            settings: &self.settings,
            rows: None,
            filter: "",
            earlier: None,
        });
        Some(flagged.judged(looks.flags))
    }
}

/// The flags that something in the background is to look for, or take over where they are known.
pub(super) struct Search {
    inputs: Inputs,
    known: Option<Arc<Flagged>>,
}

impl Search {
    /// The kinds of every response, by these results. `None` when cancelled.
    pub(super) fn kinds(&self, results: &Arc<Results>, progress: &Progress) -> Option<Vec<KindSet>> {
        let inputs = Inputs { results: results.clone(), ..self.inputs.clone() };
        inputs.look(self.known.as_deref(), progress).map(|flagged| flagged.sets())
    }
}

impl FlagBoard {
    /// What it takes to look for the flags that follow from `inputs`.
    pub(super) fn search(&self, inputs: Inputs) -> Search {
        let known = self.known.as_ref().filter(|(known, _)| known.has_same_texts(&inputs));
        Search { known: known.map(|(_, flagged)| flagged.clone()), inputs }
    }

    /// The flags of the responses of `facts`, though perhaps by older scores or thresholds.
    pub(super) fn of(&self, facts: &Facts) -> Option<&Arc<Flagged>> {
        self.known.as_ref().map(|(_, flagged)| flagged).filter(|flagged| Arc::ptr_eq(flagged.dataset(), &facts.dataset))
    }

    /// Brings the flags up to date: those of scores and judgements at once where a frame has time for it, all else in the
    /// background. A look through the texts is let finish. Where these are known, the newest scores win, and they are not
    /// looked at before they have stood for a moment: what is shown of an edit needs the processors first.
    pub(super) fn update(&mut self, inputs: Inputs, wake: &Wake) {
        let known = self.known.as_ref().filter(|(known, _)| known.has_same_texts(&inputs));
        let is_on_its_way = |under_way: &Inputs| match known {
            Some(_) => under_way.is_same(&inputs),
            None => under_way.has_same_texts(&inputs),
        };
        if self.job.as_ref().is_some_and(|(under_way, _)| is_on_its_way(under_way)) {
            return;
        }
        self.job = None;
        match known {
            _ if inputs.facts.dataset.is_empty() => self.known = None,
            Some((known, _)) if known.is_same(&inputs) => {}
            Some((_, flagged)) if inputs.is_quick() => {
                let flagged = inputs.look(Some(flagged), &Progress::default()).map(Arc::new);
                self.known = flagged.map(|flagged| (inputs, flagged));
            }
            known => {
                let (known, work) = (known.map(|(_, flagged)| flagged.clone()), inputs.clone());
                let look = move |progress: &Progress| {
                    let calm = known.is_none() || stands_for(CALM, progress);
                    calm.then(|| background::run(|| work.look(known.as_deref(), progress))).flatten()
                };
                self.job = Some((inputs, Job::spawn("Looking for flags", wake.clone(), look)));
            }
        }
    }

    /// Takes over what was found in the background; whether anything was.
    pub(super) fn poll(&mut self) -> bool {
        let Some((inputs, job)) = self.job.take() else { return false };
        match job.poll() {
            Poll::Running => {
                self.job = Some((inputs, job));
                false
            }
            Poll::Done(flagged) => {
                if let Some(flagged) = flagged {
                    retire(self.known.replace((inputs, Arc::new(flagged))));
                }
                true
            }
            Poll::Lost => true,
        }
    }

    /// Counts the flags of `rows`, responses of `facts`, unless that is done. It looks at a set of kinds per row, so that a
    /// frame has time for it.
    pub(super) fn count(&mut self, facts: &Facts, rows: &Arc<[u32]>) {
        let Some(flagged) = self.of(facts).cloned() else {
            self.counted = None;
            return;
        };
        let is_same = |(of, counted, _): &(Arc<Flagged>, Arc<[u32]>, Tally)| {
            Arc::ptr_eq(of, &flagged) && Arc::ptr_eq(counted, rows)
        };
        if !self.counted.as_ref().is_some_and(is_same) {
            let tally = match rows.len() == facts.dataset.responses().len() {
                true => flagged.tally().clone(),
                false => flagged.count(rows.iter().map(|&row| row as usize)),
            };
            self.counted = Some((flagged, rows.clone(), tally));
        }
    }

    /// What was last counted.
    pub(super) fn counted(&self) -> Option<&Tally> {
        self.counted.as_ref().map(|(_, _, tally)| tally)
    }

    /// What is being done in the background.
    pub(super) fn job(&self) -> Option<(&str, &Progress)> {
        self.job.as_ref().map(|(_, job)| (job.label(), &**job.progress()))
    }
}
