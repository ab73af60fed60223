//! Much longer or shorter than what it can be compared with.

use super::outliers::{Measure, Outliers};
use super::{Basis, Flag, FlagSettings, Info, Kind, Responses};
use crate::text::thousands;

pub(super) const INFO: Info = Info {
    id: "length",
    name: "Odd length",
    summary: "The text is much longer or shorter than those it can be compared with.",
    details: "Lengths in characters are compared as logarithms, since *twice as long* and *half as long* are equally far. \
              Where a prompt has at least `outlier_group` responses (6) with text, they are the group, else the responses \
              of the same model. An outlier is `outlier` (3.5) robust standard deviations from what is usual, as Iglewicz \
              and Hoaglin, *How to detect and handle outliers* (1993) advise, and at least `length_ratio` (4) times as long \
              or as short. Usual is the median of the group; among the responses to a prompt, also up to what the model's \
              are longer or shorter than others in general, at most `length_ratio` times: a wordy model is no anomaly in each \
              of its responses. Where the group is the model's, a text is no outlier if another response to its prompt is \
              within `length_ratio` of it: some questions have short answers. The deviation is the median absolute deviation \
              times 1.4826, and at least 0.15, so that lengths that agree by chance make no outliers of their neighbours. \
              Where short answers are usual (up to `short_answer` characters), none is too short, and too long only what is \
              `length_ratio` times that. Which group it was, is said.",
    basis: Basis::Texts,
};

/// The least spread of logarithms.
const FLOOR: f64 = 0.15;

/// What lengths are compared with. `lengths` are characters; 0 where there is nothing to read.
pub(super) fn groups(responses: &impl Responses, lengths: &[u32], settings: &FlagSettings) -> Outliers {
    let logs: Vec<f64> = lengths.iter().map(|&length| log(length)).collect();
    let ratio = libm::log(settings.length_ratio);
    let least = settings.outlier_group as usize;
    Outliers::new(responses, &logs, Measure { least, floor: FLOOR, allowance: ratio, near: ratio, rare: 0.5 })
}

fn log(length: u32) -> f64 {
    if length == 0 { f64::NAN } else { libm::log(f64::from(length)) }
}

/// The flag of a text of so many characters.
pub(super) fn flag(
    responses: &impl Responses,
    groups: &Outliers,
    row: usize,
    length: u32,
    settings: &FlagSettings,
) -> Option<Flag> {
    let value = log(length);
    let found = groups.compare(responses, row, value).filter(|_| length > 0)?;
    // Where answers are short, a word more or less is no anomaly.
    let short = log(settings.short_answer);
    let usual = if short.is_nan() { found.usual } else { found.usual.max(short) };
    let ratio = libm::exp((value - usual).abs());
    if found.distance.abs() < settings.outlier || ratio < settings.length_ratio || found.usual < short && value < usual
    {
        return None;
    }
    let side = if found.distance > 0.0 { "longer" } else { "shorter" };
    let count = |log: f64| thousands(libm::exp(log).round() as u64);
    let mut why = format!(
        "{} characters, {:.1} times {side} than usual: {} is the median of {}",
        thousands(u64::from(length)),
        libm::exp((value - found.usual).abs()),
        count(found.center.median),
        found.group(),
    );
    if found.habit.abs() > libm::log(1.1) {
        let habit = if found.habit > 0.0 { "longer" } else { "shorter" };
        why += &format!(", and this model's are {:.1} times {habit} in general", libm::exp(found.habit.abs()));
    }
    why += &format!("; {:.1} robust deviations.", found.distance.abs());
    Some(Flag::new(Kind::Length, why))
}
