//! What the workbench does with the wishes of a reviewer.

use super::judging::Open;
use super::{
    Calibration, Gate, Gold, Material, Recipe, Session, SessionCommand, Turned, acts, build, calibration, done, gate,
    is_done, next_open,
};
use crate::model::Criterion;
use crate::model::review::{Act, Entry, Mode, Purpose, ReviewLog};
use crate::workbench::{Judging, Workbench};
use jiff::Timestamp;
use std::sync::Arc;

impl Workbench {
    /// The session that is open, and what is judged.
    pub fn judging(&self) -> &Judging {
        &self.judging
    }

    /// Whether names of models are hidden.
    pub fn is_blind(&self) -> bool {
        self.judging.is_blind()
    }

    /// The window's clock stands at `now` seconds; `alive` where a key, a click or a movement was seen.
    pub fn tick(&mut self, now: f64, alive: bool) {
        self.judging.now = now;
        if alive {
            let idle_after = self.project.settings().review.idle_after;
            self.judging.watch.touch(now, idle_after);
        }
    }

    /// The gold answers there are.
    pub fn gold(&self) -> &Gold {
        &self.judging.gold_known.0
    }

    /// How who judges here compares with gold.
    pub fn calibration(&self) -> &Calibration {
        &self.judging.gold_known.1
    }

    /// Finds gold answers anew where judgements changed, or who judges.
    pub(super) fn refresh_gold(&mut self) {
        let (.., known, of) = &self.judging.gold_known;
        if Arc::ptr_eq(known, &self.judgements) && of == self.reviews.me() {
            return;
        }
        let me = self.reviews.me().to_owned();
        let gold = Gold::new(&self.judgements);
        let calibration = calibration(&self.judgements, &gold, &me);
        self.judging.gold_known = (Arc::new(gold), Arc::new(calibration), self.judgements.clone(), me);
    }

    /// Whether the queue is open to who judges here.
    pub fn gate(&self) -> Gate {
        let required = self.project.settings().review.required_agreement;
        // Views ask in every frame; what is not required costs nothing.
        if required.is_none() { Gate::Open } else { gate(required, self.calibration(), self.gold()) }
    }

    /// What a session would be made of.
    pub fn material<'a>(&'a self, listed: &'a [u32]) -> Material<'a> {
        let results = self.engine.results();
        // Those of other responses are not of these rows.
        let flags = self.flagged().filter(|flags| Arc::ptr_eq(flags.dataset(), self.project.dataset()));
        Material {
            dataset: self.project.dataset(),
            rubric: self.project.rubric(),
            judgements: self.judgements(),
            listed,
            score: Box::new(|row| results.score(row as usize).filter(|_| (row as usize) < results.len())),
            flagged: Box::new(move |row| flags.is_some_and(|flags| !flags.kinds(row as usize).is_empty())),
            reviewer: self.reviews().me(),
        }
    }

    /// The criterion with this id that people judge.
    pub fn human_criterion(&self, id: &str) -> Option<&Criterion> {
        let criteria = self.project.rubric().criteria();
        criteria
            .into_iter()
            .map(|(_, criterion)| criterion)
            .find(|criterion| criterion.id == id && matches!(criterion.judge, crate::model::Judge::Human(_)))
    }

    /// Grants a wish of a reviewer.
    pub(in crate::workbench) fn grant(&mut self, command: SessionCommand) {
        match command {
            SessionCommand::Begin(recipe) => self.begin(*recipe),
            SessionCommand::Resume(begin) => self.resume(&begin),
            SessionCommand::Pause => {
                self.judging.paused = self.judging.open.is_some();
                if !self.is_blind() && self.judging.progress().judgements_left == 0 {
                    // What is done is not gone on with.
                    let done = self.judging.open.take().map(|open| open.session.begin);
                    self.judging.sessions.retain(|session| Some(&session.begin) != done.as_ref());
                }
                self.keep_sessions();
            }
            SessionCommand::Reveal => self.reveal(),
            SessionCommand::SetGold(gold) => self.judging.gold = gold,
            SessionCommand::Go(at) => self.go(Some(at)),
            SessionCommand::Skip => self.skip(),
            SessionCommand::Step(by) => self.step_item(by),
            SessionCommand::Next => self.next_item(),
            SessionCommand::Criterion(at) => self.judging.criterion = at,
            SessionCommand::StepCriterion(by) => {
                let last = self.judging.criteria.len().saturating_sub(1);
                self.judging.criterion = self.judging.criterion.saturating_add_signed(by as isize).min(last);
            }
            SessionCommand::Rate(value, reason) => self.rate(value, &reason),
            SessionCommand::Choose(choice, reason) => {
                let act = self.judging.item.as_ref().and_then(|item| acts::prefer(item, choice, &reason));
                act.into_iter().for_each(|act| self.answer(act));
            }
            SessionCommand::Place(at) if at < self.judging.rows.len() => self.judging.placing.place(at),
            SessionCommand::Place(_) => {}
            SessionCommand::MovePlace(at, group) => self.judging.placing.move_to(at, group),
            SessionCommand::TiePlace(at, group) => self.judging.placing.join(at, group),
            SessionCommand::Tie => self.judging.placing.tie(),
            SessionCommand::Unplace => self.judging.placing.unplace(),
            SessionCommand::SaveRanking(reason) => {
                let ranks = self.judging.placing.ranks(self.judging.rows.len());
                let item = self.judging.item.as_ref();
                match item.zip(ranks).and_then(|(item, ranks)| acts::rank(item, &ranks, &reason)) {
                    Some(act) => self.answer(act),
                    None => self.say("Rank all of them first: the best, the next best, and so on."),
                }
            }
            SessionCommand::TakeBack => self.take_back_last(),
        }
    }

    fn begin(&mut self, recipe: Recipe) {
        let is_real = matches!(recipe.mode, Mode::Rate | Mode::Pairs) && !recipe.gold;
        if is_real && let Some(why) = closed(self.gate()) {
            self.say(why);
            return;
        }
        let seed = if recipe.seed == 0 { draw_seed(self.reviews().me()) } else { recipe.seed };
        let listed = self.listed();
        let built = build(&Recipe { seed, ..recipe }, &self.material(&listed));
        let mut session = match built {
            Ok(session) => session,
            Err(error) => return self.say(error.to_string()),
        };
        self.filter.text().clone_into(&mut session.filter);
        if let Some(before) = self.judging.begun.take() {
            // It never began: this one takes its place.
            self.withdraw(&before.begin);
        }
        if self.is_blind() && !session.blind {
            // What was hidden is seen from now on.
            self.reveal();
        }
        session.begin = self.judge(Act::Begin(session.begin_act()), None);
        self.judging.begun = Some(session);
        self.open_begun();
    }

    /// Opens the session that was begun, once its beginning is saved.
    pub(in crate::workbench) fn open_begun(&mut self) {
        if !self.reviews.pending().is_empty() {
            return;
        }
        let Some(session) = self.judging.begun.take() else { return };
        // What was given up meanwhile, or refused, is not in the log.
        let is_saved = |mine: &Arc<ReviewLog>| mine.entries().rev().any(|entry| entry.id == session.begin);
        if self.reviews.mine().is_some_and(is_saved) {
            self.judging.sessions.push(session.clone());
            self.open_session(session);
            self.keep_sessions();
        }
    }

    fn resume(&mut self, begin: &str) {
        if self.judging.open.as_ref().is_some_and(|open| open.session.begin == begin) {
            self.judging.paused = false;
            let at = self.judging.open.as_ref().and_then(|open| open.at);
            return self.go(at);
        }
        let known = self.judging.sessions.iter().find(|session| session.begin == begin).cloned();
        known.into_iter().for_each(|session| self.open_session(session));
        self.keep_sessions();
    }

    /// Goes on with `session` where it is.
    pub(super) fn open_session(&mut self, session: Session) {
        self.judging.paused = false;
        self.judging.watch.reset();
        self.judging.open = Some(Open::new(session));
        self.learn_names();
        self.read_log();
        let first = self.judging.open.as_ref().and_then(|open| next_open(&open.session, &open.done, 0));
        self.go(first);
        // The response that was being read may be the first: its criteria are asked from the beginning.
        self.read_given();
        self.judging.criterion = self.first_open();
    }

    /// What of the open session is done, and whether names were shown, as the log says.
    pub(super) fn read_log(&mut self) {
        let log = self.reviews.mine().cloned().unwrap_or_default();
        let judging = &mut self.judging;
        let read = judging.record.log().len();
        let turned = judging.record.follow(&log);
        let record = &judging.record;
        let begin = judging.open.as_ref().map(|open| &*open.session.begin);
        judging.paces = (record.pace(), begin.and_then(|begin| record.pace_since(begin)));
        let Some(open) = &mut judging.open else { return };
        let rubric = self.project.rubric();
        let exists = |id: &str| rubric.find(id).is_some();
        match turned {
            Turned::Responses(responses) if Arc::ptr_eq(&open.rubric, rubric) => {
                let began = record.place(&open.session.begin).unwrap_or(0);
                let places: Vec<u32> =
                    responses.iter().filter_map(|id| open.places.get(id)).flatten().copied().collect();
                for at in places.into_iter().map(|at| at as usize) {
                    let is_done = is_done(&open.session, at, record, began, &exists);
                    open.set_one_done(at, is_done);
                }
                open.revealed |= log.since(read).any(|entry| matches!(entry.act, Act::Reveal {}));
            }
            _ => {
                let done = done(&open.session, record, &exists);
                open.set_done(done);
                open.rubric = rubric.clone();
                let began = record.place(&open.session.begin);
                open.revealed =
                    began.is_some_and(|began| log.since(began).any(|entry| matches!(entry.act, Act::Reveal {})));
            }
        }
    }

    /// Shows the names of models, and logs it.
    pub(in crate::workbench) fn reveal(&mut self) {
        if self.is_blind() {
            self.judge(Act::Reveal {}, None);
            self.read_log();
            if self.judging.session().is_some() {
                self.show_item();
            }
        }
    }

    /// Goes to an item, or to the end.
    fn go(&mut self, at: Option<usize>) {
        let Some(open) = self.judging.open.as_mut() else { return };
        open.at = at.filter(|&at| at < open.session.items.len());
        self.judging.paused = false;
        self.take_item();
    }

    fn skip(&mut self) {
        match (self.judging.at(), &mut self.judging.open) {
            (Some(at), Some(open)) => {
                open.session.skip(at);
                open.count();
                let next = next_open(&open.session, &open.done, at + 1);
                let next = next.filter(|&next| next != at).or(Some(at));
                if next == Some(at) {
                    self.notice = Some("Nothing else is left; judge this one, or pause.".to_owned());
                }
                self.go(next);
                self.keep_sessions();
            }
            _ => self.step_row(1),
        }
    }

    fn step_item(&mut self, by: i32) {
        let items = self.judging.session().map_or(0, |session| session.items.len());
        if items == 0 {
            return self.step_row(by);
        }
        // From the end the item before is the last one.
        let from = self.judging.at().unwrap_or(items);
        self.go(Some(from.saturating_add_signed(by as isize).min(items - 1)));
    }

    fn next_item(&mut self) {
        match self.judging.open.as_ref().filter(|_| !self.judging.paused) {
            Some(open) => {
                let next = next_open(&open.session, &open.done, open.at.map_or(0, |at| at + 1));
                self.go(next);
            }
            None => self.step_row(1),
        }
    }

    fn rate(&mut self, value: Option<f64>, reason: &str) {
        let Some(item) = self.judging.item.clone().filter(|item| !item.is_comparison()) else { return };
        let Some(id) = self.judging.criteria.get(self.judging.criterion) else { return };
        let criterion = self.human_criterion(id);
        match criterion.and_then(|criterion| acts::rate(&item.responses[0], criterion, value, reason, item.purpose)) {
            Some(act) => self.answer(act),
            None => self.say("That is not on the scale of this criterion."),
        }
    }

    /// Logs an answer to the item at hand and goes on, once it is on disk.
    fn answer(&mut self, act: Act) {
        if self.reviews.unsaved().is_some() {
            self.retry_judgements();
        }
        if self.reviews.unsaved().is_some() {
            return;
        }
        let is_beside = self.judging.session().is_none() && self.judging.purpose() == Purpose::Judge;
        if is_beside && let Some(why) = closed(self.gate()) {
            self.say(why);
            return;
        }
        let review = &self.project.settings().review;
        let seconds = self.judging.watch.lap(self.judging.now, review.idle_after);
        let seconds = review.keep_time.then(|| (seconds * 10.0).round() / 10.0);
        self.judge(act, seconds);
        if self.reviews.pending().is_empty() && self.reviews.read_only().is_none() {
            self.go_on_after_saving();
        }
    }

    /// Goes on after an answer, now that it is on disk.
    pub(in crate::workbench) fn go_on_after_saving(&mut self) {
        self.read_log();
        self.read_given();
        self.go_on();
    }

    /// Goes to the criterion that is not rated yet, else to the next item.
    fn go_on(&mut self) {
        let judging = &self.judging;
        let n = judging.criteria.len();
        let open = (1..=n).map(|step| (judging.criterion + step) % n);
        let open = { open }.find(|&at| judging.given.rating(&judging.criteria[at]).is_none());
        match open {
            Some(at) => self.judging.criterion = at,
            None if self.judging.purpose() == Purpose::Calibrate => self.judging.answer_shown = true,
            None => self.next_item(),
        }
    }

    fn take_back_last(&mut self) {
        let begin = self.judging.session().map(|session| session.begin.clone());
        let Some(log) = self.reviews.mine().cloned() else { return };
        let is_answer = |act: &Act| matches!(act, Act::Rate(_) | Act::Prefer(_) | Act::Rank(_));
        let record = &self.judging.record;
        let entries = log.entries().enumerate().rev().take_while(|(_, entry)| Some(&entry.id) != begin.as_ref());
        let is_last = |(at, entry): &(usize, &Arc<Entry>)| {
            is_answer(&entry.act) && *at < record.log().len() && record.stands(*at)
        };
        let last = { entries }.find(is_last).map(|(_, entry)| entry.id.clone());
        match last {
            Some(entry) => self.take_back(entry),
            None => self.say("There is nothing to take back in this session."),
        }
    }
}

/// Why the queue is closed, and what to do; `None` where it is open.
pub fn closed(gate: Gate) -> Option<String> {
    let percent = |share: f64| format!("{:.0}\u{a0}%", share * 100.0);
    Some(match gate {
        Gate::Open => return None,
        Gate::NoGold => {
            "This project asks for calibration first, and has no gold answers yet: record some as gold, or \
                         import them."
                .to_owned()
        }
        Gate::TooFew { answers, needed } => {
            format!("This project asks for calibration first: {answers} of {needed} gold answers are compared.")
        }
        Gate::BelowLevel { share, needed } => format!(
            "This project asks for {} agreement with gold; you have {}. Calibrate again, and read the reasons.",
            percent(needed),
            percent(share)
        ),
    })
}

fn draw_seed(reviewer: &str) -> u64 {
    use std::hash::{DefaultHasher, Hash as _, Hasher as _};
    let mut hasher = DefaultHasher::new();
    (reviewer, Timestamp::now().as_nanosecond()).hash(&mut hasher);
    // Files of other programs keep 53 bits of a number.
    (hasher.finish() >> 11).max(1)
}
