//! [`Judging`]: the session that is open, and what is judged at the moment.

use super::{Calibration, Given, Gold, Item, Pace, Placing, Record, Session, Stopwatch, alias};
use crate::flags::Namer;
use crate::model::Rubric;
use crate::model::review::{Act, Judgements, Mode, Purpose, ReviewLog, RowIndex};
use crate::workbench::Comparison;
use std::collections::HashMap;
use std::sync::Arc;

/// The session that is open, and what is judged at the moment.
#[derive(Default)]
pub struct Judging {
    /// Sessions of this project that were begun here, the newest last.
    pub(super) sessions: Vec<Session>,
    pub(super) open: Option<Open>,
    /// A session whose beginning is not saved yet: it opens when that is.
    pub(super) begun: Option<Session>,
    /// The beginnings of sessions that were open, also those of other reviewers.
    pub(super) others: Vec<String>,
    /// Whether something else is done while the session waits.
    pub(super) paused: bool,
    /// Whether what is judged beside a session is recorded as gold.
    pub(super) gold: bool,
    pub(super) item: Option<Item>,
    pub(super) rows: Vec<u32>,
    /// What the session put side by side.
    pub(super) beside: Option<Comparison>,
    pub(super) criteria: Vec<String>,
    pub(super) criterion: usize,
    pub(super) given: Given,
    pub(super) placing: Placing,
    pub(super) answer_shown: bool,
    /// Finds the names that are hidden.
    pub(super) namer: Option<Arc<Namer>>,
    /// Where the rows were looked up.
    pub(super) index: Arc<RowIndex>,
    pub(super) watch: Stopwatch,
    /// The pace of all, and of the open session.
    pub(super) paces: (Pace, Option<Pace>),
    /// Seconds on the window's clock.
    pub(super) now: f64,
    /// What `given` and what is done were read from: entries of the log, and who.
    pub(super) read: (usize, String),
    /// The log of who judges.
    pub(super) record: Record,
    /// The pace of everybody else, with the logs it is of.
    pub(super) paces_of_others: Vec<(Arc<ReviewLog>, Pace)>,
    /// The gold answers, how who judges compares with them, and the judgements and the name they are by.
    pub(super) gold_known: (Arc<Gold>, Arc<Calibration>, Arc<Judgements>, String),
}

/// A session that is open.
pub(super) struct Open {
    pub(super) session: Session,
    pub(super) done: Vec<bool>,
    /// The items by the response that [`Record`] keeps answers to them by.
    pub(super) places: HashMap<Box<str>, Vec<u32>>,
    /// The rubric that what is done was found by.
    pub(super) rubric: Arc<Rubric>,
    pub(super) progress: Progress,
    /// The item at hand; `None` at the end.
    pub(super) at: Option<usize>,
    /// Whether names were shown since it began.
    pub(super) revealed: bool,
}

/// How far a session is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Items done.
    pub done: usize,
    /// Items in all.
    pub items: usize,
    /// Judgements still to make: criteria of items to rate, and comparisons.
    pub judgements_left: usize,
    /// Items put off and still open.
    pub skipped: usize,
}

impl Open {
    /// `session`, of which nothing was read yet.
    pub(super) fn new(session: Session) -> Self {
        let mut places: HashMap<Box<str>, Vec<u32>> = HashMap::new();
        for (at, item) in session.items.iter().enumerate() {
            let first = item.responses.iter().min();
            first.into_iter().for_each(|id| places.entry(id.as_str().into()).or_default().push(at as u32));
        }
        let done = vec![false; session.items.len()];
        let mut open = Self {
            session,
            done,
            places,
            rubric: Arc::default(),
            progress: Progress::default(),
            at: None,
            revealed: false,
        };
        open.count();
        open
    }

    /// Takes over which items are done.
    pub(super) fn set_done(&mut self, done: Vec<bool>) {
        self.done = done;
        self.count();
    }

    /// Takes over whether item `at` is done.
    pub(super) fn set_one_done(&mut self, at: usize, done: bool) {
        if std::mem::replace(&mut self.done[at], done) == done {
            return;
        }
        let (judgements, skipped) = (self.judgements(at), usize::from(self.session.is_skipped(at)));
        let Progress { done: count, judgements_left, skipped: put_off, .. } = &mut self.progress;
        if done {
            (*count, *judgements_left, *put_off) = (*count + 1, *judgements_left - judgements, *put_off - skipped);
        } else {
            (*count, *judgements_left, *put_off) = (*count - 1, *judgements_left + judgements, *put_off + skipped);
        }
    }

    fn judgements(&self, at: usize) -> usize {
        self.session.criteria_of(at).len().max(1)
    }

    /// Counts how far it is.
    pub(super) fn count(&mut self) {
        let left = (0..self.done.len()).filter(|&at| !self.done[at]);
        self.progress = Progress {
            done: self.done.iter().filter(|done| **done).count(),
            items: self.done.len(),
            judgements_left: left.clone().map(|at| self.judgements(at)).sum(),
            skipped: left.filter(|&at| self.session.is_skipped(at)).count(),
        };
    }
}

impl Judging {
    /// The session that runs; `None` while none is open or it waits.
    pub fn session(&self) -> Option<&Session> {
        self.open.as_ref().filter(|_| !self.paused).map(|open| &open.session)
    }

    /// Sessions begun here, the newest last.
    pub fn sessions(&self) -> &[Session] {
        &self.sessions
    }

    /// The session that waits.
    pub fn waiting(&self) -> Option<&Session> {
        self.open.as_ref().filter(|_| self.paused).map(|open| &open.session)
    }

    /// The place of the item at hand in the session that runs; `None` at its end.
    pub fn at(&self) -> Option<usize> {
        self.open.as_ref().filter(|_| !self.paused)?.at
    }

    /// Whether item `at` of the session is done.
    pub fn is_done(&self, at: usize) -> bool {
        self.open.as_ref().and_then(|open| open.done.get(at)).is_some_and(|done| *done)
    }

    /// Whether all of the session that runs is done.
    pub fn is_finished(&self) -> bool {
        self.session().is_some() && self.at().is_none()
    }

    /// How far the session is, running or waiting.
    pub fn progress(&self) -> Progress {
        self.open.as_ref().map(|open| open.progress).unwrap_or_default()
    }

    /// Whether names of models are hidden: while a blind session is open and not finished, running or not, until
    /// they are revealed.
    pub fn is_blind(&self) -> bool {
        self.open.as_ref().is_some_and(|open| open.session.blind && !open.revealed && open.at.is_some())
    }

    /// What is judged: the item of the session, or the response being read.
    pub fn item(&self) -> Option<&Item> {
        self.item.as_ref()
    }

    /// The rows of the item's responses, from left to right.
    pub fn rows(&self) -> &[u32] {
        &self.rows
    }

    /// Whether `act` answers what is asked about the item.
    pub(in crate::workbench) fn is_answered_by(&self, act: &Act) -> bool {
        let Some(item) = &self.item else { return false };
        match act {
            Act::Rate(rate) => item.responses == [rate.response.as_str()],
            Act::Prefer(prefer) => item.responses == prefer.responses,
            Act::Rank(rank) => item.responses == rank.responses,
            _ => false,
        }
    }

    /// The ids of the criteria to rate.
    pub fn criteria(&self) -> &[String] {
        &self.criteria
    }

    /// The one at hand: an index into [`Self::criteria`].
    pub fn criterion(&self) -> usize {
        self.criterion
    }

    /// What was answered to the item.
    pub fn given(&self) -> &Given {
        &self.given
    }

    /// The ranking being made.
    pub fn placing(&self) -> &Placing {
        &self.placing
    }

    /// Whether the gold answer is shown: after one's own.
    pub fn is_answer_shown(&self) -> bool {
        self.answer_shown
    }

    /// Whether what is judged beside a session is recorded as gold.
    pub fn is_gold(&self) -> bool {
        self.gold
    }

    /// What what is judged now is for.
    pub fn purpose(&self) -> Purpose {
        self.item.as_ref().map(|item| item.purpose).unwrap_or_default()
    }

    /// Whether the item is judged with all that is known of it in sight: neither blind, nor against gold, nor again.
    pub fn is_open(&self) -> bool {
        match self.session() {
            None => true,
            Some(session) if session.mode == Mode::Adjudicate => true,
            Some(session) => !session.blind && session.mode != Mode::Calibrate && self.purpose() == Purpose::Judge,
        }
    }

    /// Whether what others said of the item may be seen: in a session not before one’s own answer, which it would sway,
    /// unless what they said is what is judged.
    pub fn shows_others(&self) -> bool {
        let is_answered = || self.given.newest().is_some();
        self.is_open() && self.session().is_none_or(|session| session.mode == Mode::Adjudicate || is_answered())
    }

    /// What response `row` is called while names are hidden: its letter among those compared.
    pub fn alias(&self, row: u32) -> String {
        match self.rows.iter().position(|&shown| shown == row) {
            Some(at) if self.rows.len() > 1 => format!("Response {}", alias(at)),
            _ => "Response".to_owned(),
        }
    }

    /// Active seconds on the judgement at hand.
    pub fn active(&self) -> f64 {
        self.watch.active()
    }
}
