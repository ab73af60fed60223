//! Whether an act says what it can say.

use crate::model::review::{Act, Rank, Rate};

/// What is wrong with `act`: the field it is about, and a sentence. `None` when it is sound. Whether the responses and
/// criteria it names exist is another question: they may come and go.
pub fn problem(act: &Act) -> Option<(&'static str, String)> {
    match act {
        Act::Rate(rate) => rate_problem(rate),
        Act::Prefer(prefer) => (prefer.responses[0] == prefer.responses[1])
            .then(|| ("responses", "A response is not compared with itself; name two.".to_owned())),
        Act::Rank(rank) => rank_problem(rank),
        Act::Label(label) if label.start >= label.end => {
            Some(("end", format!("A label from byte {} to {} marks nothing.", label.start, label.end)))
        }
        Act::Overrule(overrule) => {
            let raw = |value: Option<f64>| value.is_none_or(|value| (0.0..=1.0).contains(&value));
            match (raw(overrule.value), raw(overrule.machine)) {
                (true, true) => None,
                (false, _) => Some(("value", "What counts instead of a check is from 0 to 1.".to_owned())),
                (true, false) => Some(("machine", "What a check says is from 0 to 1.".to_owned())),
            }
        }
        Act::Begin(begin) if !(0.0..=1.0).contains(&begin.repeats) => {
            Some(("repeats", "The share of items that come twice is from 0 to 1.".to_owned()))
        }
        Act::Label(_) | Act::Flag(_) | Act::Note(_) | Act::Undo(_) | Act::Begin(_) | Act::Reveal {} => None,
    }
}

fn rate_problem(rate: &Rate) -> Option<(&'static str, String)> {
    let [least, most] = rate.scale;
    if !(least.is_finite() && most.is_finite() && least < most) {
        return Some(("scale", format!("A scale goes from a number to a greater one, not from {least} to {most}.")));
    }
    let value = rate.value.filter(|value| !(least..=most).contains(value))?;
    Some(("value", format!("{value} is not on the scale from {least} to {most}.")))
}

fn rank_problem(rank: &Rank) -> Option<(&'static str, String)> {
    if rank.responses.len() != rank.ranks.len() {
        let (responses, ranks) = (rank.responses.len(), rank.ranks.len());
        return Some(("ranks", format!("There are {ranks} ranks for {responses} responses; give one for each.")));
    }
    if rank.responses.len() < 2 {
        return Some(("responses", "A ranking is of two responses or more.".to_owned()));
    }
    let mut ids: Vec<&String> = rank.responses.iter().collect();
    ids.sort_unstable();
    if ids.windows(2).any(|pair| pair[0] == pair[1]) {
        return Some(("responses", "A ranking names every response once.".to_owned()));
    }
    rank.ranks.contains(&0).then(|| ("ranks", "Ranks count from 1, the best.".to_owned()))
}
