//! Scored far from what it can be compared with.

use super::outliers::{Measure, Outliers};
use super::{Basis, Flag, FlagSettings, Info, Kind, Responses};

pub(super) const INFO: Info = Info {
    id: "score",
    name: "Odd score",
    summary: "The score is far from those it can be compared with.",
    details: "Where a prompt has at least `outlier_group` responses (6) with a score, they are the group, else the \
              responses of the same model. An outlier is `outlier` (3.5) robust standard deviations from what is usual and \
              at least `score_gap` (0.3) away. Usual is the median of the group; among the responses to a prompt, also up \
              to what the model scores above or below others in general: a weak model is no anomaly everywhere. Where the \
              group is the model's, a score is no outlier if another response to its prompt has nearly the same. The deviation is the median absolute deviation times 1.4826, and at least \
              0.05. Scores of a few distinct values are often far apart without any being odd: then the deviation is \
              large, or more than a tenth of the group lie as far on one side, and nothing is flagged.",
    basis: Basis::Scores,
};

/// The least spread of scores.
const FLOOR: f64 = 0.05;

/// The greatest share of a group that may be outliers on one side.
const RARE: f64 = 0.1;

/// What scores are compared with; NaN stands for none.
pub(super) fn groups(responses: &impl Responses, scores: &[f64], settings: &FlagSettings) -> Outliers {
    let least = settings.outlier_group as usize;
    Outliers::new(
        responses,
        scores,
        Measure { least, floor: FLOOR, allowance: 1.0, near: settings.score_gap, rare: RARE },
    )
}

/// The flag of a response with this score.
pub(super) fn flag(
    responses: &impl Responses,
    groups: &Outliers,
    row: usize,
    score: f64,
    settings: &FlagSettings,
) -> Option<Flag> {
    if score.is_nan() {
        return None;
    }
    let found = groups.compare(responses, row, score)?;
    let gap = score - found.usual;
    if found.distance.abs() < settings.outlier || gap.abs() < settings.score_gap {
        return None;
    }
    let side = if gap > 0.0 { "above" } else { "below" };
    let habit = match found.habit.abs() {
        habit if habit < 0.01 => String::new(),
        _ => format!(", and this model is {:+.2} from it in general", found.habit),
    };
    let why = format!(
        "It scores {score:.2}, {:.2} {side} what is usual: {:.2} is the median of {}{habit}; {:.1} robust deviations.",
        gap.abs(),
        found.center.median,
        found.group(),
        found.distance.abs()
    );
    Some(Flag::new(Kind::Score, why))
}
