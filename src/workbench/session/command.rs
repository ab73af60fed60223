//! What a reviewer asks for while judging.

use super::Recipe;
use crate::model::review::Choice;

/// What a reviewer asks for while judging. What is decided carries its reason, which may be empty.
#[derive(Clone, Debug)]
pub enum SessionCommand {
    /// Begin a session. A seed of 0 is drawn anew.
    Begin(Box<Recipe>),
    /// Go on with the session that began with this entry.
    Resume(String),
    /// Leave the session: it can be gone on with. Names stay hidden while it is blind.
    Pause,
    /// Show the names of models. It is logged.
    Reveal,
    /// Record what is judged beside a session as gold, or not.
    SetGold(bool),
    /// Go to this item.
    Go(usize),
    /// Put the item off.
    Skip,
    /// Go to the item before, or after.
    Step(i32),
    /// Go to the item that asks next.
    Next,
    /// Work on this criterion of the item.
    Criterion(usize),
    /// Work on the criterion so many places below; negative is above.
    StepCriterion(i32),
    /// Rate on the criterion at hand, in its scale's own units; `None` for “cannot be judged”.
    Rate(Option<f64>, String),
    /// Prefer one of two.
    Choose(Choice, String),
    /// The response at this place from the left is next best.
    Place(usize),
    /// Put the response at this place before that group of the ranking.
    MovePlace(usize, usize),
    /// The response at this place is as good as that group of the ranking.
    TiePlace(usize, usize),
    /// The next one placed is as good as the last.
    Tie,
    /// Take the last place back.
    Unplace,
    /// Save the ranking.
    SaveRanking(String),
    /// Take the last judgement back.
    TakeBack,
}
