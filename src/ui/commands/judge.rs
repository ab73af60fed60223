//! What can be done while judging.

use super::{Group, Info, keys};
use egui::{Key, KeyboardShortcut, Modifiers};

/// Something a reviewer can do from the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum JudgeCommand {
    /// Show the panel where one judges.
    Judge,
    /// Begin the session that the panel offers.
    Start,
    /// Leave the session; it can be gone on with.
    Pause,
    /// Rate the current criterion with this point, 1..=10.
    Rate(u8),
    /// Yes on the current criterion.
    Yes,
    /// No on the current criterion.
    No,
    /// The current criterion cannot be judged here.
    CannotJudge,
    /// Go to the next criterion.
    NextCriterion,
    /// Go to the previous criterion.
    PreviousCriterion,
    /// The left one is much better.
    MuchBetterLeft,
    /// The left one is better.
    BetterLeft,
    /// Neither is better.
    Tie,
    /// Neither is good.
    BothBad,
    /// The right one is better.
    BetterRight,
    /// The right one is much better.
    MuchBetterRight,
    /// The response at this place, 1..=4, is the next best.
    Place(u8),
    /// The one placed last is as good as the one before.
    TieWithLast,
    /// Take the last place back.
    Unplace,
    /// Save the ranking.
    SaveRanking,
    /// Go on after the gold answer was shown.
    Continue,
    /// Put this item off.
    Skip,
    /// Go to the item before.
    Back,
    /// Flag the response, or take the flag off.
    Flag,
    /// Write a note.
    Note,
    /// Write the reason of the next judgement.
    Reason,
    /// Label the selected text.
    Label,
    /// Overrule a check.
    Overrule,
    /// Take the last judgement back.
    TakeBack,
    /// Show the names of models.
    Reveal,
}

/// When a command's keys are its own. The keys of one that is nearer to what is being done come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum When {
    /// Always.
    Always,
    /// While judging, also at the end of a session.
    Session,
    /// While something is judged.
    Judging,
    /// While a criterion is to be rated on points.
    Points,
    /// While a criterion is to be answered with yes or no.
    YesNo,
    /// While any criterion is to be rated.
    Rating,
    /// While one of two is to be chosen.
    Choosing,
    /// While three or four are to be ranked.
    Ranking,
    /// While the gold answer is shown, or a session is done.
    Gold,
}

impl When {
    /// Whether both can hold at the same time, so that they must not share keys. What is always possible may share its
    /// keys with what is only possible while judging: there judging comes first.
    pub fn meets(self, other: Self) -> bool {
        use When::{Always, Judging, Points, Rating, Session, YesNo};
        match (self, other) {
            (Always, other) | (other, Always) => other == Always,
            (Judging | Session, _) | (_, Judging | Session) => true,
            (Rating, Points | YesNo) | (Points | YesNo, Rating) => true,
            (one, other) => one == other,
        }
    }

    /// Said on the sheet of keys after the name of what they do.
    pub fn words(self) -> &'static str {
        match self {
            Self::Always | Self::Session | Self::Judging => "",
            Self::Points => "on points",
            Self::YesNo => "on yes-no",
            Self::Rating => "when rating",
            Self::Choosing => "of two",
            Self::Ranking => "when ranking",
            Self::Gold => "after gold, or at the end",
        }
    }
}

impl JudgeCommand {
    /// All of them, in the order of menus.
    pub const ALL: [Self; 41] = [
        Self::Judge,
        Self::Start,
        Self::Pause,
        Self::Rate(1),
        Self::Rate(2),
        Self::Rate(3),
        Self::Rate(4),
        Self::Rate(5),
        Self::Rate(6),
        Self::Rate(7),
        Self::Rate(8),
        Self::Rate(9),
        Self::Rate(10),
        Self::Yes,
        Self::No,
        Self::CannotJudge,
        Self::NextCriterion,
        Self::PreviousCriterion,
        Self::MuchBetterLeft,
        Self::BetterLeft,
        Self::Tie,
        Self::BothBad,
        Self::BetterRight,
        Self::MuchBetterRight,
        Self::Place(1),
        Self::Place(2),
        Self::Place(3),
        Self::Place(4),
        Self::TieWithLast,
        Self::Unplace,
        Self::SaveRanking,
        Self::Continue,
        Self::Skip,
        Self::Back,
        Self::Flag,
        Self::Note,
        Self::Reason,
        Self::Label,
        Self::Overrule,
        Self::TakeBack,
        Self::Reveal,
    ];

    /// When its keys are its own.
    pub fn when(self) -> When {
        match self {
            Self::Judge | Self::Start => When::Always,
            Self::Rate(_) => When::Points,
            Self::Yes | Self::No => When::YesNo,
            Self::CannotJudge | Self::NextCriterion | Self::PreviousCriterion => When::Rating,
            Self::MuchBetterLeft
            | Self::BetterLeft
            | Self::Tie
            | Self::BothBad
            | Self::BetterRight
            | Self::MuchBetterRight => When::Choosing,
            Self::Place(_) | Self::TieWithLast | Self::Unplace | Self::SaveRanking => When::Ranking,
            Self::Continue => When::Gold,
            Self::Pause | Self::Back | Self::TakeBack => When::Session,
            _ => When::Judging,
        }
    }

    /// How it presents itself.
    pub fn info(self) -> Info {
        let plain = |key| keys(Modifiers::NONE, key);
        let (name, help, keys) = match self {
            Self::Judge => (
                "Judge",
                "Show the panel where you judge; pressed again, choose a session there with Tab and the space bar.",
                keys(Modifiers::COMMAND, Key::J),
            ),
            Self::Start => (
                "Start the session",
                "Begin the session that the panel for judging offers.",
                keys(Modifiers::COMMAND, Key::Enter),
            ),
            Self::Pause => (
                "Pause or go on",
                "Leave the session, or go on where you left it.",
                keys(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::J),
            ),
            Self::Rate(point) => rating(point),
            Self::Yes => ("Yes", "The current criterion is met; save and go on.", plain(Key::Y)),
            Self::No => ("No", "The current criterion is not met; save and go on.", plain(Key::N)),
            Self::CannotJudge => {
                ("Cannot be judged", "Say that it cannot be judged here; save and go on.", plain(Key::X))
            }
            Self::NextCriterion => ("Criterion below", "Go to the next criterion to rate.", plain(Key::ArrowDown)),
            Self::PreviousCriterion => ("Criterion above", "Go to the criterion before.", plain(Key::ArrowUp)),
            Self::MuchBetterLeft => (
                "Left is much better",
                "Prefer the left one by far; save and go on.",
                keys(Modifiers::SHIFT, Key::ArrowLeft),
            ),
            Self::BetterLeft => ("Left is better", "Prefer the left one; save and go on.", plain(Key::ArrowLeft)),
            Self::Tie => ("Tie", "Neither is better; save and go on.", plain(Key::Equals)),
            Self::BothBad => ("Both bad", "Neither is better, and neither is good; save and go on.", plain(Key::Num0)),
            Self::BetterRight => ("Right is better", "Prefer the right one; save and go on.", plain(Key::ArrowRight)),
            Self::MuchBetterRight => (
                "Right is much better",
                "Prefer the right one by far; save and go on.",
                keys(Modifiers::SHIFT, Key::ArrowRight),
            ),
            Self::Place(place) => placing(place),
            Self::TieWithLast => {
                ("As good as the last", "The next one placed shares the last one’s rank.", plain(Key::Equals))
            }
            Self::Unplace => ("Take the last rank back", "Take back whom you ranked last.", plain(Key::Backspace)),
            Self::SaveRanking => ("Save the ranking", "Save the ranking and go on.", plain(Key::Enter)),
            Self::Continue => ("Go on", "Go on to the next item.", plain(Key::Enter)),
            Self::Skip => ("Skip", "Put this item off; it comes again at the end.", plain(Key::S)),
            Self::Back => ("Back", "Go to the item before.", plain(Key::B)),
            Self::Flag => ("Flag", "Flag the response, or take the flag off.", plain(Key::F)),
            Self::Note => ("Note", "Write a note on the response.", plain(Key::M)),
            Self::Reason => ("Reason", "Write the reason of your next judgement.", plain(Key::R)),
            Self::Label => ("Label", "Label the text you selected.", plain(Key::L)),
            Self::Overrule => ("Overrule a check", "Say what a check should have said, and why.", plain(Key::O)),
            Self::TakeBack => ("Take back", "Take your last judgement back and go to it.", plain(Key::U)),
            Self::Reveal => (
                "Reveal the models",
                "Show the names of models; your log says that you did.",
                keys(Modifiers::COMMAND, Key::R),
            ),
        };
        Info { name, help, group: Group::Judge, keys }
    }
}

fn rating(point: u8) -> (&'static str, &'static str, Option<KeyboardShortcut>) {
    let (name, key) = match point {
        1 => ("Rate 1", Key::Num1),
        2 => ("Rate 2", Key::Num2),
        3 => ("Rate 3", Key::Num3),
        4 => ("Rate 4", Key::Num4),
        5 => ("Rate 5", Key::Num5),
        6 => ("Rate 6", Key::Num6),
        7 => ("Rate 7", Key::Num7),
        8 => ("Rate 8", Key::Num8),
        9 => ("Rate 9", Key::Num9),
        _ => ("Rate 10", Key::Num0),
    };
    (name, "Give this point of the current criterion’s scale; save and go on.", keys(Modifiers::NONE, key))
}

fn placing(place: u8) -> (&'static str, &'static str, Option<KeyboardShortcut>) {
    let (name, key) = match place {
        1 => ("First from the left is next best", Key::Num1),
        2 => ("Second from the left is next best", Key::Num2),
        3 => ("Third from the left is next best", Key::Num3),
        _ => ("Fourth from the left is next best", Key::Num4),
    };
    (name, "Give this response the next rank.", keys(Modifiers::NONE, key))
}
