//! What people said of the selected responses, gathered once for all views.

use super::Inputs;
use super::frame::Frame;
use crate::model::review::{Act, Choice, Entry, Purpose};
use crate::model::{Combine, Judge, NodeRef, Scale};
use crate::stats::agreement::Level;
use crate::stats::ranking::Outcome;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

/// Ratings and verdicts that stand.
pub(super) struct People {
    pub(super) reviewers: Vec<Arc<str>>,
    /// The rubric's criteria in order, then others that were rated, as they appear.
    pub(super) criteria: Vec<RatedCriterion>,
    /// By criterion, then row, then reviewer, then time; whatever the purpose.
    pub(super) ratings: Vec<Rating>,
    /// Preferences and rankings by pairs, in the order of logs.
    pub(super) verdicts: Vec<Verdict>,
    /// Comparisons of two responses of one model, which say nothing of models.
    pub(super) same_model: usize,
    /// For each criterion the rows whose check was overruled, and with what raw value.
    pub(super) overruled: Vec<Vec<(u32, f64)>>,
    /// What checks said before they were overruled, by criterion and row.
    machine: HashMap<(usize, u32), Option<f64>>,
    /// How several ratings become one.
    pub(super) combine: Combine,
}

/// A criterion that people can rate, or did.
pub(super) struct RatedCriterion {
    pub(super) id: String,
    pub(super) name: String,
    /// What its values mean.
    pub(super) level: Level,
    /// The values that can be given, where there are so many and no more.
    pub(super) steps: Option<Vec<f64>>,
    /// Whether people judge it, and not a check.
    pub(super) is_human: bool,
    /// Whether the rubric has it.
    pub(super) in_rubric: bool,
}

/// A rating that stands and has a value.
#[derive(Clone)]
pub(super) struct Rating {
    /// Index into [`People::criteria`].
    pub(super) criterion: usize,
    pub(super) row: u32,
    pub(super) reviewer: u32,
    /// 0..=1.
    pub(super) raw: f64,
    pub(super) stale: bool,
    pub(super) purpose: Purpose,
    pub(super) entry: Arc<Entry>,
}

/// One comparison of two responses.
#[derive(Clone)]
pub(super) struct Verdict {
    pub(super) reviewer: u32,
    /// As shown from left to right.
    pub(super) rows: [u32; 2],
    pub(super) outcome: Outcome,
    pub(super) both_bad: bool,
    pub(super) from_ranking: bool,
    pub(super) purpose: Purpose,
}

impl Verdict {
    /// The two in a fixed order, and what came out in that order.
    pub(super) fn ordered(&self) -> ([u32; 2], Outcome) {
        let [a, b] = self.rows;
        if a <= b { ([a, b], self.outcome) } else { ([b, a], flipped(self.outcome)) }
    }
}

/// The same with the two exchanged.
pub(super) fn flipped(outcome: Outcome) -> Outcome {
    match outcome {
        Outcome::First => Outcome::Second,
        Outcome::Second => Outcome::First,
        Outcome::Tie => Outcome::Tie,
    }
}

impl People {
    pub(super) fn new(inputs: &Inputs<'_>, frame: &Frame<'_>) -> Self {
        let judgements = inputs.judgements;
        let mut criteria = of_rubric(inputs);
        let mut places: HashMap<String, usize> =
            criteria.iter().enumerate().map(|(at, criterion)| (criterion.id.clone(), at)).collect();
        let mut ratings = Vec::new();
        for row in judgements.rows().filter(|&row| frame.has(row)) {
            for rated in judgements.ratings(row) {
                let Some(raw) = rated.raw else { continue };
                let criterion = *places.entry(rated.criterion.to_string()).or_insert_with(|| {
                    criteria.push(RatedCriterion {
                        id: rated.criterion.to_string(),
                        name: rated.criterion.to_string(),
                        level: Level::Interval,
                        steps: None,
                        is_human: true,
                        in_rubric: false,
                    });
                    criteria.len() - 1
                });
                let (stale, purpose, entry) = (rated.stale, rated.purpose, rated.entry.clone());
                ratings.push(Rating { criterion, row, reviewer: rated.reviewer, raw, stale, purpose, entry });
            }
        }
        ratings.sort_by(|a, b| {
            (a.criterion, a.row, a.reviewer, a.entry.at).cmp(&(b.criterion, b.row, b.reviewer, b.entry.at))
        });
        for criterion in &mut criteria {
            let at = places[&criterion.id];
            if !criterion.in_rubric {
                let of = ratings.chunk_by(|a, b| a.criterion == b.criterion).find(|of| of[0].criterion == at);
                (criterion.level, criterion.steps) = guessed(of.unwrap_or_default());
            }
        }
        let (mut overruled, mut machine) = (vec![Vec::new(); criteria.len()], HashMap::new());
        for row in judgements.rows().filter(|&row| frame.has(row)) {
            for own in judgements.overruled(row) {
                if let (Some(&at), Act::Overrule(act)) = (places.get(&*own.criterion), &own.entry.act) {
                    overruled[at].push((row, own.raw));
                    machine.insert((at, row), act.machine);
                }
            }
        }
        let (verdicts, same_model) = verdicts(inputs, frame);
        Self {
            reviewers: judgements.reviewers().to_vec(),
            criteria,
            ratings,
            verdicts,
            same_model,
            overruled,
            machine,
            combine: inputs.rubric.combine,
        }
    }

    /// The ratings of criterion `criterion`, by row.
    pub(super) fn of_criterion(&self, criterion: usize) -> &[Rating] {
        let from = self.ratings.partition_point(|rating| rating.criterion < criterion);
        let to = self.ratings.partition_point(|rating| rating.criterion <= criterion);
        &self.ratings[from..to]
    }

    /// The raw value that the check of criterion `criterion` of the results gave response `row` itself.
    pub(super) fn machine(&self, frame: &Frame<'_>, row: u32, criterion: usize) -> Option<f64> {
        let known = &frame.results.rubric().criteria[criterion].id;
        let at = self.criteria.iter().position(|own| own.id == *known);
        let overruled = at.and_then(|at| self.machine.get(&(at, row)));
        overruled.copied().unwrap_or_else(|| frame.results.cell(row as usize, criterion).value())
    }

    /// The verdicts that count: a final one in place of all others on the same two responses.
    pub(super) fn counting(&self) -> Vec<&Verdict> {
        let settled: HashSet<[u32; 2]> =
            self.verdicts.iter().filter(|v| v.purpose == Purpose::Final).map(|v| v.ordered().0).collect();
        let counts = |verdict: &&Verdict| match verdict.purpose {
            Purpose::Final => true,
            Purpose::Judge => !settled.contains(&verdict.ordered().0),
            Purpose::Repeat | Purpose::Calibrate | Purpose::Gold => false,
        };
        self.verdicts.iter().filter(counts).collect()
    }
}

impl Rating {
    /// Whether it counts as one of several reviewers' own judgements of how things are now.
    pub(super) fn is_own(&self) -> bool {
        self.purpose == Purpose::Judge && !self.stale
    }

    /// The value on the reviewer's own scale.
    fn value(&self) -> Option<(f64, [f64; 2])> {
        match &self.entry.act {
            Act::Rate(rate) => Some((rate.value?, rate.scale)),
            _ => None,
        }
    }
}

/// The rubric's criteria: those for people with what their scales mean, those for checks as yes and no.
fn of_rubric(inputs: &Inputs<'_>) -> Vec<RatedCriterion> {
    let nodes = inputs.rubric.nodes();
    let criteria = nodes.iter().filter_map(|(_, node)| match node {
        NodeRef::Criterion(criterion) => Some(criterion),
        NodeRef::Dimension(_) => None,
    });
    criteria
        .map(|criterion| {
            let (level, steps) = match &criterion.judge {
                Judge::Human(scale) => (level(scale), steps(scale)),
                Judge::Check(_) => (Level::Interval, None),
            };
            RatedCriterion {
                id: criterion.id.clone(),
                name: criterion.name.clone(),
                level,
                steps,
                is_human: matches!(criterion.judge, Judge::Human(_)),
                in_rubric: true,
            }
        })
        .collect()
}

fn level(scale: &Scale) -> Level {
    match scale {
        Scale::YesNo => Level::Nominal,
        Scale::Points(_) => Level::Ordinal,
        Scale::Range { .. } => Level::Interval,
    }
}

/// The raw values of a scale that has steps.
fn steps(scale: &Scale) -> Option<Vec<f64>> {
    let n = scale.steps().filter(|&n| n > 1)?;
    let [least, most] = scale.bounds();
    Some((0..n).map(|step| (least + step as f64 - least) / (most - least)).collect())
}

/// So many whole numbers still count as points.
const MOST_POINTS: f64 = 20.0;

/// What the values of a criterion mean that no rubric describes: 0 and 1 alone are yes and no, whole numbers on a short
/// scale are points, and all else are measures.
fn guessed(ratings: &[Rating]) -> (Level, Option<Vec<f64>>) {
    let values: Vec<(f64, [f64; 2])> = ratings.iter().filter_map(Rating::value).collect();
    let Some(&(_, [least, most])) = values.first() else { return (Level::Interval, None) };
    let whole = values.iter().all(|(value, scale)| value.fract() == 0.0 && *scale == [least, most]);
    if !whole || least.fract() != 0.0 || most.fract() != 0.0 || most - least > MOST_POINTS {
        return (Level::Interval, None);
    }
    let count = (most - least) as usize + 1;
    let steps = (0..count).map(|step| step as f64 / (most - least)).collect();
    (if count == 2 { Level::Nominal } else { Level::Ordinal }, Some(steps))
}

fn verdicts(inputs: &Inputs<'_>, frame: &Frame<'_>) -> (Vec<Verdict>, usize) {
    let dataset = inputs.dataset;
    let (mut verdicts, mut same_model) = (Vec::new(), 0);
    let mut add = |verdict: Verdict| {
        let [a, b] = verdict.rows.map(|row| dataset.responses()[row as usize].model);
        if a == b {
            same_model += 1;
        } else {
            verdicts.push(verdict);
        }
    };
    for preferred in inputs.judgements.preferences() {
        if preferred.rows.iter().all(|&row| frame.has(row)) {
            add(Verdict {
                reviewer: preferred.reviewer,
                rows: preferred.rows,
                outcome: outcome(preferred.choice),
                both_bad: preferred.choice == Choice::BothBad,
                from_ranking: false,
                purpose: preferred.purpose,
            });
        }
    }
    for ranked in inputs.judgements.rankings() {
        for (at, &first) in ranked.rows.iter().enumerate() {
            for (behind, &second) in ranked.rows.iter().enumerate().skip(at + 1) {
                if frame.has(first) && frame.has(second) {
                    let outcome = match ranked.ranks[at].cmp(&ranked.ranks[behind]) {
                        std::cmp::Ordering::Less => Outcome::First,
                        std::cmp::Ordering::Equal => Outcome::Tie,
                        std::cmp::Ordering::Greater => Outcome::Second,
                    };
                    add(Verdict {
                        reviewer: ranked.reviewer,
                        rows: [first, second],
                        outcome,
                        both_bad: false,
                        from_ranking: true,
                        purpose: ranked.purpose,
                    });
                }
            }
        }
    }
    (verdicts, same_model)
}

fn outcome(choice: Choice) -> Outcome {
    match choice {
        Choice::MuchBetterFirst | Choice::First => Outcome::First,
        Choice::Tie | Choice::BothBad => Outcome::Tie,
        Choice::Second | Choice::MuchBetterSecond => Outcome::Second,
    }
}

/// What several reviewers said of each row, by row: the ratings of `ratings` that `counts` lets through.
pub(super) fn by_row(ratings: &[Rating], counts: impl Fn(&Rating) -> bool) -> BTreeMap<u32, Vec<&Rating>> {
    let mut rows: BTreeMap<u32, Vec<&Rating>> = BTreeMap::new();
    for rating in ratings.iter().filter(|rating| counts(rating)) {
        rows.entry(rating.row).or_default().push(rating);
    }
    rows
}
