//! How far a reviewer agrees with themselves on what came twice.

use crate::model::review::{Judgements, Purpose};
use crate::stats::Undefined;
use crate::stats::agreement::{Disagreement, cohens_kappa};
use crate::workbench::session::agrees;
use std::collections::HashMap;

/// How far a reviewer agrees with themselves.
#[derive(Clone, Debug, PartialEq)]
pub struct OwnAgreement {
    /// Answers given twice: a criterion of a response, or a pair of responses, each.
    pub answers: usize,
    /// Those that are the same.
    pub same: usize,
    /// Cohen's kappa of first and second ratings of responses; quadratic weights, since points have an order.
    pub ratings: Result<f64, Undefined>,
    /// Cohen's kappa of which response was better, tie being a third answer.
    pub choices: Result<f64, Undefined>,
}

/// How far `reviewer` agrees with themselves on what they judged twice.
pub fn own_agreement(judgements: &Judgements, reviewer: &str) -> OwnAgreement {
    let me = judgements.reviewers().iter().position(|name| **name == *reviewer).map(|at| at as u32);
    let (mut ratings, mut choices, mut same) = (Vec::new(), Vec::new(), 0);
    for row in judgements.rows() {
        let mine = || judgements.ratings(row).iter().filter(|rated| Some(rated.reviewer) == me);
        for again in mine().filter(|rated| rated.purpose == Purpose::Repeat) {
            let is_first = |rated: &&_| is_same_question(rated, again);
            let Some(first) = mine().find(is_first) else { continue };
            same += usize::from(agrees(first.raw, again.raw));
            // “Cannot be judged” is an answer too, and off the scale.
            ratings.push((first.raw.unwrap_or(-1.0), again.raw.unwrap_or(-1.0)));
        }
    }
    let mut firsts = HashMap::new();
    for pair in judgements.preferences().filter(|pair| Some(pair.reviewer) == me) {
        let [left, right] = pair.rows;
        let choice = if left <= right { pair.choice } else { pair.choice.flipped() };
        firsts.insert(([left.min(right), left.max(right)], pair.purpose), choice.first_wins());
    }
    let mut again: Vec<_> = firsts.iter().filter(|((_, purpose), _)| *purpose == Purpose::Repeat).collect();
    again.sort_unstable_by_key(|((pair, _), _)| *pair);
    for ((pair, _), second) in again {
        if let Some(first) = firsts.get(&(*pair, Purpose::Judge)) {
            same += usize::from(first == second);
            choices.push((*first, *second));
        }
    }
    OwnAgreement {
        answers: ratings.len() + choices.len(),
        same,
        ratings: cohens_kappa(&ratings, Disagreement::Quadratic),
        choices: cohens_kappa(&choices, Disagreement::Plain),
    }
}

fn is_same_question(rated: &crate::model::review::Rated, again: &crate::model::review::Rated) -> bool {
    rated.purpose == Purpose::Judge && rated.criterion == again.criterion
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::review::Choice;
    use crate::workbench::session::fixture::{Fixture, preferred, preferred_for, rated, rated_for};

    #[test]
    fn repeats_are_compared_with_what_was_said_first() {
        let mut fixture = Fixture::new(2, 3);
        let again = |id: &str, value| rated_for(id, value, Purpose::Repeat);
        fixture.log(
            "anna",
            vec![
                rated("r0", 1.0),
                rated("r1", 5.0),
                rated("r2", 3.0),
                again("r0", 1.0),
                again("r1", 5.0),
                again("r2", 4.0),
                // Never judged before: nothing to compare with.
                again("r3", 2.0),
                preferred("r0", "r1", Choice::First),
                preferred("r1", "r2", Choice::Tie),
                // The other way round and less sure, but the same answer.
                preferred_for("r1", "r0", Choice::MuchBetterSecond, Purpose::Repeat),
                preferred_for("r2", "r1", Choice::First, Purpose::Repeat),
            ],
        );
        let own = own_agreement(&fixture.judgements(), "anna");
        assert_eq!((own.answers, own.same), (5, 3));
        // By hand: 3 · 0.0625 is seen, and 3.1875 over all nine pairs of first and second is what chance gives.
        let kappa = own.ratings.unwrap();
        assert!((kappa - 16.0 / 17.0).abs() < 1e-12, "{kappa}");
        // One of two is the same, where chance gives one of four.
        let kappa = own.choices.unwrap();
        assert!((kappa - 1.0 / 3.0).abs() < 1e-12, "{kappa}");
        assert_eq!(own_agreement(&fixture.judgements(), "ben").answers, 0);
    }
}
