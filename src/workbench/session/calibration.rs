//! Gold answers, and how a reviewer compares with them.

use crate::model::review::{Act, Choice, Entry, Judgements, Purpose};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The gold answers there are, by anyone. Of several to the same question the newest counts.
#[derive(Clone, Debug, Default)]
pub struct Gold {
    ratings: BTreeMap<(u32, Arc<str>), GoldAnswer>,
    /// By pair, the lower row first, and the choice of it against the other.
    pairs: BTreeMap<[u32; 2], GoldAnswer>,
}

/// One gold answer.
#[derive(Clone, Debug)]
pub struct GoldAnswer {
    /// The raw value, 0..=1; `None` for “cannot be judged” and where responses are compared.
    pub raw: Option<f64>,
    /// The choice, of the lower row against the other; `None` where a response is rated.
    pub choice: Option<Choice>,
    /// Index into [`Judgements::reviewers`]: who gave it.
    pub reviewer: u32,
    /// The entry.
    pub entry: Arc<Entry>,
}

impl GoldAnswer {
    /// Why; empty where no reason was given.
    pub fn reason(&self) -> &str {
        match &self.entry.act {
            Act::Rate(rate) => &rate.reason,
            Act::Prefer(prefer) => &prefer.reason,
            _ => "",
        }
    }
}

impl Gold {
    /// Of all that stands.
    pub fn new(judgements: &Judgements) -> Self {
        let mut gold = Self::default();
        for row in judgements.gold_rows() {
            for rated in judgements.ratings(row).iter().filter(|rated| rated.purpose == Purpose::Gold) {
                let answer =
                    GoldAnswer { raw: rated.raw, choice: None, reviewer: rated.reviewer, entry: rated.entry.clone() };
                keep_newest(&mut gold.ratings, (row, rated.criterion.clone()), answer);
            }
        }
        for pair in judgements.gold_preferences() {
            let [left, right] = pair.rows;
            let choice = Some(if left <= right { pair.choice } else { pair.choice.flipped() });
            let answer = GoldAnswer { raw: None, choice, reviewer: pair.reviewer, entry: pair.entry.clone() };
            keep_newest(&mut gold.pairs, [left.min(right), left.max(right)], answer);
        }
        gold
    }

    /// How many answers there are: a rating of one criterion or a preference each.
    pub fn len(&self) -> usize {
        self.ratings.len() + self.pairs.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The gold rating of row `row` on a criterion.
    pub fn rating(&self, row: u32, criterion: &str) -> Option<&GoldAnswer> {
        self.ratings.get(&(row, Arc::from(criterion)))
    }

    /// The gold preference between two rows, as of the first against the second, and the answer it is from.
    pub fn preference(&self, rows: [u32; 2]) -> Option<(Choice, &GoldAnswer)> {
        let [first, second] = rows;
        let answer = self.pairs.get(&[first.min(second), first.max(second)])?;
        let choice = answer.choice?;
        Some((if first <= second { choice } else { choice.flipped() }, answer))
    }

    /// The rows with gold ratings, and on which criteria.
    pub(super) fn rated(&self) -> BTreeMap<u32, Vec<String>> {
        let mut rated: BTreeMap<u32, Vec<String>> = BTreeMap::new();
        for (row, criterion) in self.ratings.keys() {
            rated.entry(*row).or_default().push(criterion.to_string());
        }
        rated
    }

    /// The pairs with a gold preference, the lower row first.
    pub(super) fn compared(&self) -> impl Iterator<Item = [u32; 2]> {
        self.pairs.keys().copied()
    }
}

fn keep_newest<K: Ord>(answers: &mut BTreeMap<K, GoldAnswer>, key: K, answer: GoldAnswer) {
    if answers.get(&key).is_none_or(|known| known.entry.at <= answer.entry.at) {
        answers.insert(key, answer);
    }
}

/// Ratings this near each other, as raw values, are one answer: points of a scale of up to twenty are all further apart,
/// and on a range nobody hits the very number.
pub const ONE_ANSWER: f64 = 0.05;

/// Whether two ratings are one answer: both “cannot be judged”, or within [`ONE_ANSWER`] of each other.
pub fn agrees(own: Option<f64>, gold: Option<f64>) -> bool {
    match (own, gold) {
        (Some(own), Some(gold)) => (own - gold).abs() <= ONE_ANSWER + 1e-12,
        (own, gold) => own.is_none() && gold.is_none(),
    }
}

/// How far a reviewer agrees with gold, and where they lean.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Calibration {
    /// Answers that can be compared: a criterion of a response, or a pair, each.
    pub answers: usize,
    /// Those that are one with gold: the same rating, or the same side of a pair, a tie being a side.
    pub agreed: usize,
    /// Where ratings lean on all criteria together; `None` without ratings.
    pub lean: Option<LeanOn>,
    /// The same for each criterion, by id.
    pub criteria: BTreeMap<Arc<str>, LeanOn>,
}

/// Where ratings lean against gold.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LeanOn {
    /// Ratings compared.
    pub ratings: usize,
    /// Those that agree.
    pub agreed: usize,
    /// The mean of own less gold raw values, −1..=1: below 0 is strict, above is lenient.
    pub mean: f64,
}

impl LeanOn {
    fn take(&mut self, own: Option<f64>, gold: Option<f64>) {
        let difference = own.zip(gold).map_or(0.0, |(own, gold)| own - gold);
        self.mean += (difference - self.mean) / (self.ratings + 1) as f64;
        self.ratings += 1;
        self.agreed += usize::from(agrees(own, gold));
    }

    /// In words.
    pub fn word(self) -> &'static str {
        match self.mean {
            mean if mean <= -0.05 => "strict",
            mean if mean >= 0.05 => "lenient",
            _ => "even",
        }
    }
}

impl Calibration {
    /// The share of answers that agree, 0..=1; `None` without answers.
    pub fn share(&self) -> Option<f64> {
        (self.answers > 0).then(|| self.agreed as f64 / self.answers as f64)
    }
}

/// How `reviewer`'s calibration judgements compare with gold.
pub fn calibration(judgements: &Judgements, gold: &Gold, reviewer: &str) -> Calibration {
    let mut found = Calibration::default();
    let Some(me) = judgements.reviewers().iter().position(|name| **name == *reviewer) else { return found };
    let mut all = LeanOn::default();
    for row in judgements.gold_rows() {
        for rated in judgements.ratings(row) {
            if (rated.reviewer, rated.purpose) != (me as u32, Purpose::Calibrate) {
                continue;
            }
            let Some(answer) = gold.rating(row, &rated.criterion) else { continue };
            all.take(rated.raw, answer.raw);
            found.criteria.entry(rated.criterion.clone()).or_default().take(rated.raw, answer.raw);
        }
    }
    (found.answers, found.agreed) = (all.ratings, all.agreed);
    found.lean = (all.ratings > 0).then_some(all);
    for pair in judgements.preferences() {
        if (pair.reviewer, pair.purpose) != (me as u32, Purpose::Calibrate) {
            continue;
        }
        let Some((choice, _)) = gold.preference(pair.rows) else { continue };
        found.answers += 1;
        found.agreed += usize::from(choice.first_wins() == pair.choice.first_wins());
    }
    found
}

/// Fewer answers than this do not open the queue, unless there are fewer gold answers: then all of them must be there.
pub const LEAST_GOLD: usize = 10;

/// Whether the queue is open to a reviewer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gate {
    /// Nothing is required, or it is reached.
    Open,
    /// More gold items are to be judged first.
    TooFew {
        /// Answers given.
        answers: usize,
        /// Answers needed.
        needed: usize,
    },
    /// Too few agree.
    BelowLevel {
        /// The share that agrees, 0..=1.
        share: f64,
        /// The share needed, 0..=1.
        needed: f64,
    },
    /// A level is required, and there is no gold to reach it on.
    NoGold,
}

/// Whether the queue is open to a reviewer of whom the project requires to agree with `required` of the gold answers.
pub fn gate(required: Option<f64>, calibration: &Calibration, gold: &Gold) -> Gate {
    let Some(required) = required else { return Gate::Open };
    let needed = gold.len().min(LEAST_GOLD);
    match calibration.share() {
        _ if needed == 0 => Gate::NoGold,
        Some(share) if calibration.answers >= needed && share >= required => Gate::Open,
        Some(share) if calibration.answers >= needed => Gate::BelowLevel { share, needed: required },
        _ => Gate::TooFew { answers: calibration.answers, needed },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbench::session::fixture::{Fixture, preferred_for, rated_for};

    fn fixture() -> Fixture {
        let mut fixture = Fixture::new(2, 3);
        let gold = |id: &str, value| rated_for(id, value, Purpose::Gold);
        let pair = preferred_for("r3", "r4", Choice::First, Purpose::Gold);
        fixture.log("lead", vec![gold("r0", 4.0), gold("r1", 2.0), gold("r2", 3.0), pair]);
        fixture
    }

    fn own(fixture: &Fixture) -> Calibration {
        let judgements = fixture.judgements();
        calibration(&judgements, &Gold::new(&judgements), "anna")
    }

    #[test]
    fn agreement_and_lean_are_those_of_the_answers_that_have_gold() {
        let mut fixture = fixture();
        assert_eq!(own(&fixture), Calibration::default());
        let mine = |id: &str, value| rated_for(id, value, Purpose::Calibrate);
        // On a scale of 1 to 5: the same, two points and one point less. r5 has no gold.
        fixture.log(
            "anna",
            vec![
                mine("r0", 4.0),
                mine("r1", 1.0),
                mine("r2", 1.0),
                mine("r5", 1.0),
                preferred_for("r4", "r3", Choice::MuchBetterSecond, Purpose::Calibrate),
            ],
        );
        let own = own(&fixture);
        assert_eq!((own.answers, own.agreed), (4, 2), "much better is the same side, also seen from the other");
        let lean = own.lean.unwrap();
        assert_eq!((lean.mean, lean.word()), (-0.25, "strict"));
        assert_eq!(own.criteria["tone"], lean);
    }

    #[test]
    fn the_gate_asks_for_enough_answers_and_enough_agreement() {
        let mut fixture = fixture();
        let gold = Gold::new(&fixture.judgements());
        assert_eq!(gold.len(), 4);
        assert_eq!(gate(None, &own(&fixture), &gold), Gate::Open);
        assert_eq!(gate(Some(0.5), &own(&fixture), &gold), Gate::TooFew { answers: 0, needed: 4 });
        assert_eq!(gate(Some(0.5), &own(&fixture), &Gold::default()), Gate::NoGold);
        let mine = |id: &str, value| rated_for(id, value, Purpose::Calibrate);
        let pair = preferred_for("r3", "r4", Choice::Second, Purpose::Calibrate);
        fixture.log("anna", vec![mine("r0", 4.0), mine("r1", 2.0), mine("r2", 1.0), pair]);
        assert_eq!(gate(Some(0.5), &own(&fixture), &gold), Gate::Open);
        assert_eq!(gate(Some(0.8), &own(&fixture), &gold), Gate::BelowLevel { share: 0.5, needed: 0.8 });
    }

    #[test]
    fn the_newest_gold_counts_and_points_of_a_scale_are_different_answers() {
        let mut fixture = fixture();
        fixture.log("second", vec![rated_for("r0", 5.0, Purpose::Gold)]);
        assert_eq!(Gold::new(&fixture.judgements()).rating(0, "tone").unwrap().raw, Some(1.0));
        assert!(agrees(None, None) && agrees(Some(0.5), Some(0.54)));
        assert!(!agrees(None, Some(0.0)) && !agrees(Some(0.5), Some(0.6)), "ten points apart are 0.11 apart");
    }
}
