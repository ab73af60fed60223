//! The measures of agreement on one criterion.

use crate::analysis::Options;
use crate::analysis::figure::Figure;
use crate::stats::agreement::{
    Disagreement, Level, RaterModel, Ratings, cohens_kappa, fleiss_kappa, gwet_ac, intraclass, krippendorff_alpha,
    percent_agreement,
};
use crate::stats::{Bootstrap, mean_normal};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// How far reviewers agree on one thing. Units are responses, or pairs of them for preferences.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Measures {
    /// What its values mean: `nominal` for yes and no or names, `ordinal` for points, `interval` for a range.
    pub level: &'static str,
    /// Who judged it.
    pub reviewers: usize,
    /// Their judgements of it.
    pub ratings: usize,
    /// Units judged at all.
    pub units: usize,
    /// The share of pairs of judgements of one unit that are the same, as a mean over units with at least two.
    pub percent: Figure,
    /// Cohen's kappa, where there are two reviewers.
    pub cohen: Figure,
    /// Cohen's kappa with quadratic weights, where there are two reviewers and the values have an order.
    pub cohen_weighted: Figure,
    /// Fleiss' kappa, where each unit has the same number of judgements.
    pub fleiss: Figure,
    /// Krippendorff's alpha at the level of the scale, with a bootstrap interval over units.
    pub alpha: Figure,
    /// The same as if values were names.
    pub alpha_nominal: Figure,
    /// The same as if they had an order and no distances.
    pub alpha_ordinal: Figure,
    /// The same as if their distances counted.
    pub alpha_interval: Figure,
    /// Gwet's AC1, where the scale has steps.
    pub ac1: Figure,
    /// The intraclass correlation ICC(2,1), over units that all reviewers judged.
    pub icc: Figure,
}

/// Two reviewers on one thing.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ReviewerPair {
    /// Who.
    pub reviewers: [String; 2],
    /// The criterion's id; `None` for preferences.
    pub criterion: Option<String>,
    /// The share of units on which they said the same.
    pub percent: Figure,
    /// Cohen's kappa.
    pub kappa: Figure,
    /// The same with quadratic weights.
    pub weighted: Figure,
    /// How much higher the first rates, on a scale from 0 to 1; for preferences undefined.
    pub lean: Figure,
}

/// What each unit got from whom.
pub(super) struct Table {
    pub(super) level: Level,
    /// The values that can be given, ascending, where there are so many and no more.
    pub(super) steps: Option<Vec<f64>>,
    /// Reviewer and value, at most one a reviewer.
    pub(super) units: Vec<Vec<(u32, f64)>>,
}

/// The fewest resamples an interval is read from, however many ratings there are.
const FEWEST_RESAMPLES: u64 = 200;

impl Table {
    pub(super) fn measures(&self, options: &Options) -> Measures {
        let reviewers: BTreeSet<u32> = self.units.iter().flatten().map(|&(reviewer, _)| reviewer).collect();
        let n: usize = self.units.iter().map(Vec::len).sum();
        let pairable = self.units.iter().filter(|unit| unit.len() > 1).count();
        let values = self.units.iter().map(|unit| unit.iter().map(|&(_, value)| value));
        let ratings = Ratings::by_unit(values).expect("raw values are finite");
        let resamples = (options.most_draws / (n as u64).max(1)).max(FEWEST_RESAMPLES);
        let bootstrap = Bootstrap {
            resamples: options.bootstrap.resamples.min(u32::try_from(resamples).unwrap_or(u32::MAX)),
            ..options.bootstrap
        };
        let alpha = |level| Figure::of_value(pairable, krippendorff_alpha(&ratings, level));
        let with_interval = ratings.with_interval(|ratings| krippendorff_alpha(ratings, self.level), &bootstrap);
        let weighted = if self.level == Level::Nominal {
            Figure::undefined(0, "weights need values with an order")
        } else {
            self.of_two(&reviewers, Disagreement::Quadratic)
        };
        Measures {
            level: match self.level {
                Level::Nominal => "nominal",
                Level::Ordinal => "ordinal",
                Level::Interval => "interval",
                Level::Ratio => "ratio",
            },
            reviewers: reviewers.len(),
            ratings: n,
            units: self.units.len(),
            percent: Figure::of_value(pairable, percent_agreement(&ratings)),
            cohen: self.of_two(&reviewers, Disagreement::Plain),
            cohen_weighted: weighted,
            fleiss: Figure::of_value(pairable, fleiss_kappa(&ratings)),
            // Data that have an alpha may be too alike for an interval.
            alpha: with_interval.map_or_else(|_| alpha(self.level), |estimate| Figure::estimate(pairable, estimate)),
            alpha_nominal: alpha(Level::Nominal),
            alpha_ordinal: alpha(Level::Ordinal),
            alpha_interval: alpha(Level::Interval),
            ac1: match &self.steps {
                Some(steps) => Figure::of_value(pairable, gwet_ac(&ratings, steps, Disagreement::Plain)),
                None => Figure::undefined(pairable, "a scale without steps has no number of values to go by"),
            },
            icc: self.intraclass(&reviewers),
        }
    }

    fn of_two(&self, reviewers: &BTreeSet<u32>, disagreement: Disagreement) -> Figure {
        let mut both = reviewers.iter();
        let (Some(&first), Some(&second), None) = (both.next(), both.next(), both.next()) else {
            let why = format!("this is for two reviewers, and there are {}", reviewers.len());
            return Figure::undefined(0, why);
        };
        let pairs = self.between(first, second);
        Figure::of_value(pairs.len(), cohens_kappa(&pairs, disagreement))
    }

    /// What both said, unit by unit.
    fn between(&self, first: u32, second: u32) -> Vec<(f64, f64)> {
        let of = |unit: &[(u32, f64)], who| unit.iter().find(|(reviewer, _)| *reviewer == who).map(|&(_, value)| value);
        self.units.iter().filter_map(|unit| Some((of(unit, first)?, of(unit, second)?))).collect()
    }

    fn intraclass(&self, reviewers: &BTreeSet<u32>) -> Figure {
        let complete = self.units.iter().filter(|unit| unit.len() == reviewers.len());
        let mut table = Vec::new();
        for unit in complete {
            let of: BTreeMap<u32, f64> = unit.iter().copied().collect();
            table.extend(of.into_values());
        }
        let n = table.len() / reviewers.len().max(1);
        if n < 2 {
            let why = format!("fewer than two units were judged by all {} reviewers", reviewers.len());
            return Figure::undefined(n, why);
        }
        Figure::of(n, intraclass(&table, reviewers.len(), RaterModel::TwoWayRandom).map(|found| found.single))
    }
}

/// Every two of `reviewers` who judged a unit of `table` both.
pub(super) fn pairs_of(
    table: &Table,
    reviewers: &[u32],
    criterion: Option<&str>,
    names: impl Fn([u32; 2]) -> [String; 2],
) -> Vec<ReviewerPair> {
    let mut both: BTreeMap<[u32; 2], Vec<(f64, f64)>> = BTreeMap::new();
    for unit in &table.units {
        let mut known: Vec<(u32, f64)> =
            unit.iter().copied().filter(|(reviewer, _)| reviewers.binary_search(reviewer).is_ok()).collect();
        known.sort_by_key(|&(reviewer, _)| reviewer);
        for (at, &(first, value)) in known.iter().enumerate() {
            for &(second, other) in &known[at + 1..] {
                both.entry([first, second]).or_default().push((value, other));
            }
        }
    }
    both.into_iter()
        .map(|(who, pairs)| {
            let n = pairs.len();
            let kappa = |disagreement| Figure::of_value(n, cohens_kappa(&pairs, disagreement));
            let ordered = table.level != Level::Nominal;
            ReviewerPair {
                reviewers: names(who),
                criterion: criterion.map(str::to_owned),
                percent: Figure::share(pairs.iter().filter(|(a, b)| a == b).count(), n, "they share no unit"),
                kappa: kappa(Disagreement::Plain),
                weighted: if ordered {
                    kappa(Disagreement::Quadratic)
                } else {
                    Figure::undefined(n, "weights need values with an order")
                },
                lean: if criterion.is_some() {
                    lean(&pairs)
                } else {
                    Figure::undefined(n, "preferences have no high and low")
                },
            }
        })
        .collect()
}

/// The mean of first less second.
pub(super) fn lean(pairs: &[(f64, f64)]) -> Figure {
    let differences: Vec<f64> = pairs.iter().map(|(first, second)| first - second).collect();
    match (mean_normal(&differences), differences.first()) {
        (Ok(estimate), _) => Figure::estimate(differences.len(), estimate),
        (Err(_), Some(&only)) if differences.len() == 1 => Figure::plain(1, only),
        (Err(why), _) => Figure::undefined(differences.len(), why),
    }
}
