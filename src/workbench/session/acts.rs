//! What a reviewer decides, as the act that is logged.

use super::item::Item;
use crate::model::review::{Act, Choice, Prefer, Purpose, Rank, Rate, wording};
use crate::model::{Criterion, Judge};

/// A rating of `response` on `criterion`, `value` in the scale's own units, `None` for “cannot be judged”. `None` where
/// the value is not on the scale, or a check judges the criterion.
pub fn rate(response: &str, criterion: &Criterion, value: Option<f64>, reason: &str, purpose: Purpose) -> Option<Act> {
    let Judge::Human(scale) = &criterion.judge else { return None };
    if value.is_some_and(|value| scale.raw(value).is_none()) {
        return None;
    }
    Some(Act::Rate(Rate {
        response: response.to_owned(),
        criterion: criterion.id.clone(),
        value,
        scale: scale.bounds(),
        wording: wording(criterion),
        reason: reason.trim().to_owned(),
        purpose,
    }))
}

/// A preference between the two of `item`; `None` where it does not have two.
pub fn prefer(item: &Item, choice: Choice, reason: &str) -> Option<Act> {
    let responses = item.responses.clone().try_into().ok()?;
    Some(Act::Prefer(Prefer { responses, choice, reason: reason.trim().to_owned(), purpose: item.purpose }))
}

/// A ranking of the responses of `item`, 1 for the best, equal ranks for ties; `None` where they are not one rank each
/// of three or more.
pub fn rank(item: &Item, ranks: &[u32], reason: &str) -> Option<Act> {
    let is_one = item.responses.len() >= 3 && ranks.len() == item.responses.len() && ranks.contains(&1);
    is_one.then(|| {
        Act::Rank(Rank {
            responses: item.responses.clone(),
            ranks: ranks.to_vec(),
            reason: reason.trim().to_owned(),
            purpose: item.purpose,
        })
    })
}
