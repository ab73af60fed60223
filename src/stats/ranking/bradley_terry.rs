//! Bradley and Terry's model.

use super::Comparison;
use super::connected::strong_groups;
use super::laplacian::pseudo_inverse;
use crate::stats::distribution::Z95;
use crate::stats::estimate::{Estimate, Interval};
use std::f64::consts::LN_10;

/// Strengths under which item i beats item j with probability pᵢ / (pᵢ + pⱼ), and how certain they are.
#[derive(Clone, Debug, PartialEq)]
pub struct BradleyTerry {
    /// ln pᵢ, with mean 0.
    log_strengths: Vec<f64>,
    /// Their covariance, row by row.
    covariance: Vec<f64>,
}

/// Why there are no strengths.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unranked {
    /// There is nothing to compare.
    #[error("a ranking needs at least 2 items, and there are {0}")]
    TooFew(usize),
    /// Between these groups of items nothing limits how far they are apart: who is in a later one never won against, or
    /// never met, who is in an earlier one. Within a group items are connected by wins in both directions.
    #[error(
        "the items fall into {} groups without wins in both directions between them, so that their distance is \
         anybody's guess; add comparisons between the groups, or a prior",
        groups.len()
    )]
    Separate {
        /// The groups, each ascending. A group never lost to a later one.
        groups: Vec<Vec<usize>>,
    },
    /// The iteration did not come to rest.
    #[error("the strengths did not settle, because the items are hardly connected; add comparisons, or a prior")]
    Unsettled,
}

/// Fits the model to the comparisons of `items` by maximum likelihood, with the MM iteration (Bradley & Terry,
/// Biometrika 39, 1952; Hunter, Annals of Statistics 32, 2004, equation 3). A tie counts as half a win for each.
///
/// The maximum exists where every item has won, directly or through others, against every other (Ford, American
/// Mathematical Monthly 64, 1957). Where not, the error tells the groups. A `prior` above 0 lets it always exist: as if
/// each item had played so many ties against one more item, which nobody sees. That draws all strengths together a
/// little.
///
/// Comparisons of items that are not below `items` are passed over. An iteration takes the time of the pairs that met,
/// and the covariance that of items³.
///
/// # Errors
/// See [`Unranked`].
pub fn bradley_terry(items: usize, comparisons: &[Comparison], prior: f64) -> Result<BradleyTerry, Unranked> {
    if items < 2 {
        return Err(Unranked::TooFew(items));
    }
    let mut pairs = pairs(items, comparisons);
    let mut nodes = items;
    if prior > 0.0 && prior.is_finite() {
        pairs.extend((0..items).map(|item| Pair { a: item, b: items, won: prior / 2.0, met: prior }));
        nodes += 1;
    }
    let groups = strong_groups(&ahead(nodes, &pairs));
    if groups.len() > 1 {
        return Err(Unranked::Separate { groups });
    }
    let strengths = maximise(nodes, &pairs).ok_or(Unranked::Unsettled)?;
    let full = pseudo_inverse(information(&strengths, &pairs), nodes).ok_or(Unranked::Unsettled)?;
    let covariance = centred(&full, nodes, items);
    let logs = strengths[..items].iter().map(|strength| strength.ln());
    let middle = logs.clone().sum::<f64>() / items as f64;
    Ok(BradleyTerry { log_strengths: logs.map(|log| log - middle).collect(), covariance })
}

impl BradleyTerry {
    /// ln p of `item`, relative to the mean of all, with Wald's interval from the inverse of the information matrix.
    /// With ties it is rather too wide, because a tie varies less than half of the wins.
    ///
    /// # Panics
    /// For an item that is not one of them.
    pub fn log_strength(&self, item: usize) -> Estimate {
        around(self.log_strengths[item], self.covariance(item, item), |log| log)
    }

    /// The strength as an Elo rating: `middle` for the mean of all, and 400 more for odds of ten to one.
    ///
    /// # Panics
    /// For an item that is not one of them.
    pub fn elo(&self, item: usize, middle: f64) -> Estimate {
        around(self.log_strengths[item], self.covariance(item, item), |log| middle + 400.0 / LN_10 * log)
    }

    /// The chance that `item` beats `other`.
    ///
    /// # Panics
    /// For an item that is not one of them.
    pub fn chance(&self, item: usize, other: usize) -> Estimate {
        let difference = self.log_strengths[item] - self.log_strengths[other];
        let [own, theirs, both] = [(item, item), (other, other), (item, other)].map(|(i, j)| self.covariance(i, j));
        around(difference, own + theirs - 2.0 * both, |log| 1.0 / (1.0 + (-log).exp()))
    }

    /// The strengths p, scaled so that their sum is 1.
    pub fn shares(&self) -> Vec<f64> {
        let largest = self.log_strengths.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let strengths: Vec<f64> = self.log_strengths.iter().map(|log| (log - largest).exp()).collect();
        let sum: f64 = strengths.iter().sum();
        strengths.into_iter().map(|strength| strength / sum).collect()
    }

    fn covariance(&self, item: usize, other: usize) -> f64 {
        self.covariance[item * self.log_strengths.len() + other]
    }
}

/// `log` and its interval, on the scale `show` maps it to.
fn around(log: f64, variance: f64, show: impl Fn(f64) -> f64) -> Estimate {
    let half = Z95 * variance.max(0.0).sqrt();
    Estimate { value: show(log), interval: Interval { low: show(log - half), high: show(log + half) } }
}

/// Two items that met, a < b: how often a won, and how often they met.
struct Pair {
    a: usize,
    b: usize,
    won: f64,
    met: f64,
}

fn pairs(items: usize, comparisons: &[Comparison]) -> Vec<Pair> {
    let mut met: Vec<(usize, usize, f64)> = comparisons
        .iter()
        .map(|comparison| (comparison.first as usize, comparison.second as usize, comparison.outcome.for_first()))
        .filter(|&(first, second, _)| first != second && first < items && second < items)
        .map(|(first, second, won)| if first < second { (first, second, won) } else { (second, first, 1.0 - won) })
        .collect();
    met.sort_unstable_by_key(|&(a, b, _)| (a, b));
    met.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1))
        .map(|same| Pair {
            a: same[0].0,
            b: same[0].1,
            won: same.iter().map(|&(_, _, won)| won).sum(),
            met: same.len() as f64,
        })
        .collect()
}

/// For each item those it has won against, at least half.
fn ahead(nodes: usize, pairs: &[Pair]) -> Vec<Vec<usize>> {
    let mut ahead = vec![Vec::new(); nodes];
    for pair in pairs {
        if pair.won > 0.0 {
            ahead[pair.a].push(pair.b);
        }
        if pair.won < pair.met {
            ahead[pair.b].push(pair.a);
        }
    }
    ahead
}

/// The strengths of greatest likelihood, for connected items; `None` where they do not settle.
fn maximise(nodes: usize, pairs: &[Pair]) -> Option<Vec<f64>> {
    const MOST: usize = 100_000;
    const SETTLED: f64 = 1e-13;
    let mut wins = vec![0.0; nodes];
    for pair in pairs {
        wins[pair.a] += pair.won;
        wins[pair.b] += pair.met - pair.won;
    }
    let mut strengths = vec![1.0 / nodes as f64; nodes];
    let mut opposition = vec![0.0; nodes];
    for _ in 0..MOST {
        opposition.fill(0.0);
        for pair in pairs {
            let share = pair.met / (strengths[pair.a] + strengths[pair.b]);
            opposition[pair.a] += share;
            opposition[pair.b] += share;
        }
        let next: Vec<f64> = wins.iter().zip(&opposition).map(|(wins, opposition)| wins / opposition).collect();
        let sum: f64 = next.iter().sum();
        let mut moved = 0.0_f64;
        for (strength, next) in strengths.iter_mut().zip(next) {
            moved = moved.max((next / sum / *strength - 1.0).abs());
            *strength = next / sum;
        }
        if moved.is_nan() {
            return None;
        }
        if moved < SETTLED {
            return Some(strengths);
        }
    }
    None
}

/// The information on the logarithms of the strengths: a Laplacian whose edges weigh n·pᵢ·pⱼ / (pᵢ + pⱼ)².
fn information(strengths: &[f64], pairs: &[Pair]) -> Vec<f64> {
    let nodes = strengths.len();
    let mut information = vec![0.0; nodes * nodes];
    for &Pair { a, b, met, .. } in pairs {
        let chance = strengths[a] / (strengths[a] + strengths[b]);
        let weight = met * chance * (1.0 - chance);
        information[a * nodes + a] += weight;
        information[b * nodes + b] += weight;
        information[a * nodes + b] -= weight;
        information[b * nodes + a] -= weight;
    }
    information
}

/// The covariance of the first `items` of `nodes`, each less the mean of these.
fn centred(full: &[f64], nodes: usize, items: usize) -> Vec<f64> {
    let row = |i: usize| &full[i * nodes..i * nodes + items];
    let means: Vec<f64> = (0..items).map(|i| row(i).iter().sum::<f64>() / items as f64).collect();
    let mean = means.iter().sum::<f64>() / items as f64;
    let means = &means;
    (0..items)
        .flat_map(|i| row(i).iter().zip(means).map(move |(entry, other)| entry - means[i] - other + mean))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{Unranked, bradley_terry};
    use crate::stats::check_close;
    use crate::stats::ranking::tests::comparisons;
    use crate::stats::ranking::{Comparison, Outcome};

    /// How often each baseball team won against each other, American League East 1987 (Agresti, Categorical Data
    /// Analysis, 2002, table 10.10): Milwaukee, Detroit, Toronto, New York, Boston, Cleveland, Baltimore.
    const BASEBALL: [[u32; 7]; 7] = [
        [0, 7, 9, 7, 7, 9, 11],
        [6, 0, 7, 5, 11, 9, 9],
        [4, 6, 0, 7, 7, 8, 12],
        [6, 8, 6, 0, 6, 7, 10],
        [6, 2, 6, 7, 0, 7, 12],
        [4, 4, 5, 6, 6, 0, 6],
        [2, 4, 1, 3, 1, 7, 0],
    ];

    /// Strength around the mean and standard error, by team.
    const BASEBALL_FIT: [(f64, f64); 7] = [
        (0.531_153_340_65, 0.207_419_476_29),
        (0.386_205_895_80, 0.204_156_558_57),
        (0.244_282_587_90, 0.202_061_520_61),
        (0.197_415_309_13, 0.201_603_748_01),
        (0.057_495_169_37, 0.200_919_071_45),
        (-0.366_349_766_85, 0.205_044_319_25),
        (-1.050_202_536_01, 0.232_462_296_01),
    ];

    fn baseball() -> Vec<Comparison> {
        let won = |first, second, times| {
            std::iter::repeat_n(Comparison { first, second, outcome: Outcome::First }, times as usize)
        };
        (0..7).flat_map(|i| (0..7).flat_map(move |j| won(i, j, BASEBALL[i as usize][j as usize]))).collect()
    }

    #[test]
    fn gives_the_published_strengths() {
        // Agresti 2002, section 10.6: relative to Baltimore 1.58, 1.44, 1.29, 1.25, 1.11, 0.68. To more digits, and
        // standard errors of the strengths around their mean, with a design matrix of differences:
        // r = sm.GLM(games, X, family=sm.families.Binomial()).fit(tol=1e-14); C = np.eye(7) - 1/7; C @ [*r.params, 0]
        // np.sqrt(np.diag(C[:, :6] @ r.cov_params() @ C[:, :6].T))
        let model = bradley_terry(7, &baseball(), 0.0).unwrap();
        for (item, (log, error)) in BASEBALL_FIT.into_iter().enumerate() {
            let estimate = model.log_strength(item);
            check_close(estimate.value, log, 1e-9);
            check_close((estimate.interval.high - estimate.interval.low) / 2.0 / 1.959_963_984_540_054, error, 1e-8);
        }
        // Milwaukee against Detroit: 1.5814 − 1.4364, as a chance.
        let chance = model.chance(0, 1);
        check_close(chance.value, 0.536_173_550_238_7, 1e-6);
        check_close(chance.interval.low, 0.385_832_170_788_6, 1e-6);
        check_close(chance.interval.high, 0.680_215_131_400_4, 1e-6);
        check_close(model.chance(1, 0).value, 1.0 - chance.value, 1e-12);
        check_close(model.shares().iter().sum(), 1.0, 1e-12);
        let elo = model.elo(0, 1000.0);
        check_close(elo.value, 1000.0 + 173.717_792_761_249_46 * model.log_strength(0).value, 1e-9);
    }

    #[test]
    fn a_tie_is_half_a_win_for_each() {
        let ties = bradley_terry(3, &comparisons("0=1 1>2 2>0 0>1"), 0.0).unwrap();
        let halves = bradley_terry(3, &comparisons("0>1 1>0 1>2 1>2 2>0 2>0 0>1 0>1"), 0.0).unwrap();
        for item in 0..3 {
            check_close(ties.log_strength(item).value, halves.log_strength(item).value, 1e-9);
        }
    }

    #[test]
    fn what_nothing_connects_is_told_apart() {
        let groups = |items, text| match bradley_terry(items, &comparisons(text), 0.0) {
            Err(Unranked::Separate { groups }) => groups,
            other => panic!("{other:?}"),
        };
        // Undefeated, never won, and never compared.
        assert_eq!(groups(3, "2>0 2>1 0>1 1>0"), [vec![2], vec![0, 1]]);
        assert_eq!(groups(3, "0>1 1>0 1>2"), [vec![0, 1], vec![2]]);
        assert_eq!(groups(4, "0=1 2=3").len(), 2);
        assert_eq!(bradley_terry(1, &[], 0.0), Err(Unranked::TooFew(1)));
    }

    #[test]
    fn a_prior_connects_everybody() {
        let model = bradley_terry(3, &comparisons("2>0 2>1 0=1"), 1.0).unwrap();
        let [a, b, best] = [0, 1, 2].map(|item| model.log_strength(item));
        check_close(a.value, b.value, 1e-9);
        assert!(best.value > a.value && best.interval.low < a.interval.high);
        // A weaker prior holds them together less.
        let weaker = bradley_terry(3, &comparisons("2>0 2>1 0=1"), 0.1).unwrap();
        assert!(weaker.log_strength(2).value > best.value + 0.5);
        // Nobody met: all are alike, as far as anybody knows.
        let unknown = bradley_terry(2, &[], 1.0).unwrap();
        check_close(unknown.chance(0, 1).value, 0.5, 1e-12);
        assert!(unknown.chance(0, 1).interval.low < 0.05);
    }
}
