//! What reviewers disagree on, the worst first.

use super::material::{Material, choice_spread};
use crate::model::review::{Act, Choice, Entry, Purpose};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Something reviewers judged differently, that no final judgement settles.
#[derive(Clone, Debug)]
pub struct Dispute {
    /// The response, or the two that were compared, the lower row first.
    pub rows: Vec<u32>,
    /// The criterion; `None` where responses were compared.
    pub criterion: Option<Arc<str>>,
    /// How far apart they are, > 0 and at most 1: of the whole scale, or of the way from much better to much worse.
    pub spread: f64,
    /// Who said what, in the order of reviewers.
    pub said: Vec<Said>,
}

/// What one reviewer said.
#[derive(Clone, Debug)]
pub struct Said {
    /// Index into [`crate::model::review::Judgements::reviewers`].
    pub reviewer: u32,
    /// The raw value, 0..=1; `None` for “cannot be judged” and where responses were compared.
    pub raw: Option<f64>,
    /// The choice, of the lower row against the other; `None` where a response was rated.
    pub choice: Option<Choice>,
    /// The entry.
    pub entry: Arc<Entry>,
}

impl Said {
    /// Why; empty where no reason was given.
    pub fn reason(&self) -> &str {
        match &self.entry.act {
            Act::Rate(rate) => &rate.reason,
            Act::Prefer(prefer) => &prefer.reason,
            Act::Rank(rank) => &rank.reason,
            _ => "",
        }
    }
}

/// Everything reviewers judged differently among what the filter matches, the worst first. What is settled by a
/// final judgement is none, and so are ratings of a criterion that is not in the rubric.
pub fn disputes(material: &Material<'_>) -> Vec<Dispute> {
    let listed: std::collections::HashSet<u32> = material.listed.iter().copied().collect();
    let criteria = material.human_criteria();
    let mut found = Vec::new();
    for row in material.judgements.rows().filter(|row| listed.contains(row)) {
        found.extend(criteria.iter().filter_map(|criterion| of_rating(material, row, criterion)));
    }
    found.extend(of_pairs(material).into_iter().filter(|dispute| dispute.rows.iter().all(|row| listed.contains(row))));
    // What is equally bad comes in the order of rows and criteria.
    found.sort_by(|a, b| b.spread.total_cmp(&a.spread));
    found
}

fn of_rating(material: &Material<'_>, row: u32, criterion: &str) -> Option<Dispute> {
    let spread = material.spread(row, criterion)?;
    let ratings = material.judgements.ratings(row).iter();
    let said = ratings
        .filter(|rated| rated.purpose == Purpose::Judge && *rated.criterion == *criterion)
        .map(|rated| Said { reviewer: rated.reviewer, raw: rated.raw, choice: None, entry: rated.entry.clone() })
        .collect();
    Some(Dispute { rows: vec![row], criterion: Some(criterion.into()), spread, said })
}

fn of_pairs(material: &Material<'_>) -> Vec<Dispute> {
    let settled = material.verdicts(Purpose::Final);
    let mut said: BTreeMap<[u32; 2], Vec<Said>> = BTreeMap::new();
    for preferred in material.judgements.preferences().filter(|pair| pair.purpose == Purpose::Judge) {
        let [left, right] = preferred.rows;
        let choice = if left <= right { preferred.choice } else { preferred.choice.flipped() };
        let entry = preferred.entry.clone();
        let said = said.entry([left.min(right), left.max(right)]).or_default();
        said.push(Said { reviewer: preferred.reviewer, raw: None, choice: Some(choice), entry });
    }
    said.into_iter()
        .filter(|(pair, _)| !settled.contains_key(pair))
        .map(|(pair, said)| {
            let spread = choice_spread(said.iter().filter_map(|said| said.choice));
            Dispute { rows: pair.to_vec(), criterion: None, spread, said }
        })
        .filter(|dispute| dispute.spread > 0.0)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbench::session::fixture::{Fixture, preferred, rated, rated_for};

    #[test]
    fn the_worst_comes_first_with_who_said_what_and_settled_ones_are_gone() {
        let mut fixture = Fixture::new(2, 3);
        fixture.log(
            "anna",
            vec![rated("r0", 1.0), rated("r1", 3.0), rated("r2", 4.0), preferred("r3", "r4", Choice::First)],
        );
        fixture.log(
            "ben",
            vec![rated("r0", 2.0), rated("r1", 5.0), rated("r2", 4.0), preferred("r4", "r3", Choice::MuchBetterFirst)],
        );
        let shown = |fixture: &Fixture| {
            let disputes = disputes(&fixture.material("cleo"));
            disputes.iter().map(|dispute| (dispute.rows.clone(), dispute.spread)).collect::<Vec<_>>()
        };
        assert_eq!(shown(&fixture), [(vec![3, 4], 0.75), (vec![1], 0.5), (vec![0], 0.25)]);
        let worst = disputes(&fixture.material("cleo")).remove(0);
        let choices: Vec<_> = worst.said.iter().map(|said| (said.reviewer, said.choice)).collect();
        let turned = Some(Choice::MuchBetterSecond);
        assert_eq!(choices, [(0, Some(Choice::First)), (1, turned)], "as if r3 had stood left for both");
        fixture.log("cleo", vec![rated_for("r1", 4.0, Purpose::Final)]);
        assert_eq!(shown(&fixture), [(vec![3, 4], 0.75), (vec![0], 0.25)]);
        fixture.listed = vec![0, 3];
        assert_eq!(shown(&fixture), [(vec![0], 0.25)], "only what the filter matches");
    }
}
