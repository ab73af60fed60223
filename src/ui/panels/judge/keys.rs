//! Keys of judging: which can be meant now, and what they ask for.

use super::overrule::Overruling;
use super::{Field, JudgeState};
use crate::model::review::{Act, Choice, FlagMark};
use crate::model::{Judge, Scale};
use crate::ui::action::Actions;
use crate::ui::commands::{JudgeCommand, When};
use crate::workbench::{Command, SessionCommand, Workbench};

/// Where the window is to go for a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Nowhere.
    Here,
    /// To the panel where one judges.
    Panel,
}

/// Whether what is done `when` can be meant now.
pub fn now(bench: &Workbench, state: &JudgeState, when: When) -> bool {
    let judging = bench.judging();
    if when == When::Always {
        return true;
    }
    if judging.is_finished() {
        return state.shown && matches!(when, When::Session | When::Gold);
    }
    let Some(item) = judging.item().filter(|_| state.shown && !is_labelling(bench, state)) else { return false };
    let asks = !judging.is_answer_shown();
    match when {
        When::Always | When::Session | When::Judging => true,
        When::Rating => asks && !item.is_comparison() && !judging.criteria().is_empty(),
        When::Points => asks && matches!(scale(bench), Some(Scale::Points(_))),
        When::YesNo => asks && matches!(scale(bench), Some(Scale::YesNo)),
        When::Choosing => asks && item.responses.len() == 2,
        When::Ranking => asks && item.responses.len() > 2,
        When::Gold => !asks,
    }
}

/// Whether keys choose a label now. Where the rubric has none, nobody is kept from judging.
fn is_labelling(bench: &Workbench, state: &JudgeState) -> bool {
    state.labelling && !bench.project().rubric().labels.is_empty()
}

/// The scale of the criterion at hand.
pub(super) fn scale(bench: &Workbench) -> Option<&Scale> {
    let judging = bench.judging();
    let id = judging.item().filter(|item| !item.is_comparison()).and(judging.criteria().get(judging.criterion()))?;
    match &bench.human_criterion(id)?.judge {
        Judge::Human(scale) => Some(scale),
        Judge::Check(_) => None,
    }
}

/// Does what `command` asks for; where the window is to go.
pub fn run(command: JudgeCommand, bench: &Workbench, state: &mut JudgeState, actions: &mut Actions) -> Place {
    if !bench.reviews().is_named() {
        // Nothing is judged before it is known by whom: the key leads to the question.
        state.wants = Some(Field::Name);
        return if command.when() == When::Always { Place::Panel } else { Place::Here };
    }
    // Whoever does something else has read that there are no labels.
    state.labelling = false;
    let mut ask = |command| actions.bench(Command::Session(command));
    match command {
        JudgeCommand::Judge => {
            // Asked for where it is shown already, the key leads to what is chosen for a session.
            if state.shown && bench.judging().session().is_none() {
                state.wants = Some(Field::Mode);
            }
            return Place::Panel;
        }
        JudgeCommand::Start => state.starting = bench.judging().session().is_none(),
        JudgeCommand::Pause => match bench.judging().waiting() {
            Some(waiting) => ask(SessionCommand::Resume(waiting.begin.clone())),
            None => ask(SessionCommand::Pause),
        },
        JudgeCommand::Rate(point) => {
            // A digit that is no point of this scale rates nothing.
            if scale(bench).is_some_and(|scale| scale.raw(f64::from(point)).is_some()) {
                ask(SessionCommand::Rate(Some(f64::from(point)), std::mem::take(&mut state.reason)));
            }
        }
        JudgeCommand::Yes => ask(SessionCommand::Rate(Some(1.0), std::mem::take(&mut state.reason))),
        JudgeCommand::No => ask(SessionCommand::Rate(Some(0.0), std::mem::take(&mut state.reason))),
        JudgeCommand::CannotJudge => ask(SessionCommand::Rate(None, std::mem::take(&mut state.reason))),
        JudgeCommand::NextCriterion => ask(SessionCommand::StepCriterion(1)),
        JudgeCommand::PreviousCriterion => ask(SessionCommand::StepCriterion(-1)),
        JudgeCommand::MuchBetterLeft => choose(state, &mut ask, Choice::MuchBetterFirst),
        JudgeCommand::BetterLeft => choose(state, &mut ask, Choice::First),
        JudgeCommand::Tie => choose(state, &mut ask, Choice::Tie),
        JudgeCommand::BothBad => choose(state, &mut ask, Choice::BothBad),
        JudgeCommand::BetterRight => choose(state, &mut ask, Choice::Second),
        JudgeCommand::MuchBetterRight => choose(state, &mut ask, Choice::MuchBetterSecond),
        JudgeCommand::Place(place) => ask(SessionCommand::Place(usize::from(place) - 1)),
        JudgeCommand::TieWithLast => ask(SessionCommand::Tie),
        JudgeCommand::Unplace => ask(SessionCommand::Unplace),
        JudgeCommand::SaveRanking => {
            let is_whole = bench.judging().placing().ranks(bench.judging().rows().len()).is_some();
            let reason = if is_whole { std::mem::take(&mut state.reason) } else { state.reason.clone() };
            ask(SessionCommand::SaveRanking(reason));
        }
        // At the end what is next is chosen.
        JudgeCommand::Continue if bench.judging().is_finished() => ask(SessionCommand::Pause),
        JudgeCommand::Continue => ask(SessionCommand::Next),
        JudgeCommand::Skip => ask(SessionCommand::Skip),
        JudgeCommand::Back => ask(SessionCommand::Step(-1)),
        JudgeCommand::TakeBack => ask(SessionCommand::TakeBack),
        JudgeCommand::Reveal => ask(SessionCommand::Reveal),
        JudgeCommand::Flag => actions.bench(flag(bench)),
        JudgeCommand::Note => {
            state.wants = Some(Field::Note);
            open_note(bench, state);
        }
        JudgeCommand::Reason => state.wants = Some(Field::Reason),
        JudgeCommand::Label => {
            state.labelling = true;
            state.wants = Some(Field::Labels);
        }
        JudgeCommand::Overrule => {
            state.overruling = Overruling::new(bench);
            state.wants = Some(Field::Overrule);
        }
    }
    if command.when() == When::Always { Place::Panel } else { Place::Here }
}

fn choose(state: &mut JudgeState, ask: &mut impl FnMut(SessionCommand), choice: Choice) {
    ask(SessionCommand::Choose(choice, std::mem::take(&mut state.reason)));
}

/// The row that flags, notes, labels and overrules are about: the one being read, among those of the item.
pub(super) fn row(bench: &Workbench) -> Option<u32> {
    let rows = bench.judging().rows();
    bench.row().filter(|row| rows.contains(row)).or(rows.first().copied())
}

/// The id of the response at `row`.
pub(super) fn id(bench: &Workbench, row: u32) -> String {
    let dataset = bench.project().dataset();
    dataset.text(dataset.responses()[row as usize].id).to_owned()
}

/// Logs `act`.
pub(super) fn judge(act: Act) -> Command {
    Command::Judge { act: Box::new(act), seconds: None }
}

/// Flags the response, or takes one's own flag off.
pub(super) fn flag(bench: &Workbench) -> Command {
    let Some(row) = row(bench) else { return Command::Seal };
    let me = bench.reviews().my_index();
    let is_on = bench.judgements().flags(row).iter().any(|flag| Some(flag.reviewer) == me);
    judge(Act::Flag(FlagMark { response: id(bench, row), on: !is_on, reason: String::new() }))
}

/// Begins to write a note, with the words of the one that is there.
pub(super) fn open_note(bench: &Workbench, state: &mut JudgeState) {
    let Some(row) = row(bench) else { return };
    if state.note.as_ref().is_none_or(|(of, _)| *of != row) {
        let me = bench.reviews().my_index();
        let notes = bench.judgements().notes(row).iter();
        let known = notes.filter(|note| Some(note.reviewer) == me).map(|note| note.text.to_string()).next_back();
        state.note = Some((row, known.unwrap_or_default()));
    }
}
