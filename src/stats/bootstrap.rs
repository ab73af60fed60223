//! Intervals by drawing the data again from themselves.

use super::distribution::{Z95, normal_below, normal_quantile};
use super::estimate::{Estimate, Interval, Undefined, at_least, computed};
use super::splitmix::SplitMix64;
use rayon::prelude::*;

/// How an interval is made by resampling. The same values give the same bits, on any number of threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bootstrap {
    /// How many resamples are drawn. Efron & Tibshirani (An Introduction to the Bootstrap, 1993, chapter 19) advise at
    /// least 1,000 for intervals. Time is proportional to it, and to the number of units.
    pub resamples: u32,
    /// Where the random numbers begin.
    pub seed: u64,
    /// How the ends are read from the resamples.
    pub ends: Ends,
}

/// How the ends of an interval are read from the resamples.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ends {
    /// The quantiles 0.025 and 0.975 (Efron & Tibshirani 1993, equation 13.5).
    Percentile,
    /// Bias-corrected and accelerated: quantiles moved to mend bias and skew (there, equations 14.9 to 14.15).
    Bca,
}

impl Default for Bootstrap {
    fn default() -> Self {
        Self { resamples: 2000, seed: 1, ends: Ends::Bca }
    }
}

/// The units of one resample: as many numbers below n as there are units, drawn with replacement.
///
/// They come block by block, so that a million units are looked up in the cache and not all over memory. How many fall
/// into a block is drawn first, by halving.
#[derive(Clone, Debug)]
pub struct Draws {
    generator: SplitMix64,
    /// The block being drawn from.
    block: Block,
    /// Ranges to come, the next one last.
    ranges: Vec<Block>,
    left: usize,
}

/// Units in sequence, and how many draws are to fall on them.
#[derive(Clone, Copy, Debug)]
struct Block {
    from: usize,
    units: usize,
    draws: usize,
}

/// Units of a block: 32 KiB of numbers.
const BLOCK: usize = 4096;

impl Draws {
    fn new(generator: SplitMix64, units: usize) -> Self {
        let all = Block { from: 0, units, draws: units };
        Self { generator, block: Block { draws: 0, ..all }, ranges: vec![all], left: units }
    }

    /// The next range that is short enough, with its share of the draws.
    fn next_block(&mut self) -> Option<Block> {
        loop {
            let range = self.ranges.pop()?;
            if range.units <= BLOCK {
                return Some(range);
            }
            let units = range.units / 2;
            let draws = self.generator.successes(range.draws, units, range.units);
            let rest = Block { from: range.from + units, units: range.units - units, draws: range.draws - draws };
            self.ranges.extend([rest, Block { units, draws, ..range }]);
        }
    }
}

impl Iterator for Draws {
    type Item = usize;

    fn next(&mut self) -> Option<usize> {
        while self.block.draws == 0 {
            self.block = self.next_block()?;
        }
        self.block.draws -= 1;
        self.left -= 1;
        Some(self.block.from + self.generator.below(self.block.units))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.left, Some(self.left))
    }

    // The same draws in a loop that knows its block: twice as fast, and this is where a bootstrap spends its time.
    fn fold<B, F: FnMut(B, usize) -> B>(mut self, init: B, mut f: F) -> B {
        let mut folded = init;
        let mut block = Some(self.block);
        while let Some(Block { from, units, draws }) = block {
            for _ in 0..draws {
                folded = f(folded, from + self.generator.below(units));
            }
            block = self.next_block();
        }
        folded
    }
}

impl ExactSizeIterator for Draws {}

/// Of every 20 resamples, one may be without a value.
const FEWEST_DEFINED: f64 = 0.95;

impl Bootstrap {
    /// The percentile interval around `value`, which `statistic` has for the whole data of `units` units; for
    /// statistics without a jackknife of their own, `ends` is not looked at. `statistic` gives the value for the units
    /// drawn, or `None` where it has none: such resamples are left out, and where they are more than one in 20 there is
    /// no interval.
    ///
    /// # Errors
    /// `TooFew` for less than 2 units or no resamples, `Unstable`, `NotFinite` for an interval too wide to compute
    /// with.
    pub fn percentile(
        &self,
        value: f64,
        units: usize,
        statistic: impl Fn(Draws) -> Option<f64> + Sync,
    ) -> Result<Estimate, Undefined> {
        let sorted = self.replicates(units, statistic)?;
        let interval = between(&sorted, 0.025, 0.975);
        computed(interval.high - interval.low)?;
        Ok(Estimate { value, interval })
    }

    /// The interval as `ends` says, for a statistic that has a value for every resample. `acceleration` is the
    /// jackknife's (Efron & Tibshirani 1993, equation 14.15), 0 where nothing varies.
    pub(super) fn interval(
        &self,
        value: f64,
        acceleration: f64,
        units: usize,
        statistic: impl Fn(Draws) -> f64 + Sync,
    ) -> Result<Estimate, Undefined> {
        let sorted = self.replicates(units, |draws| Some(statistic(draws)))?;
        let interval = match self.ends {
            Ends::Percentile => between(&sorted, 0.025, 0.975),
            Ends::Bca => {
                let (bias, acceleration) = (bias(&sorted, value), computed(acceleration)?);
                let level = |z: f64| normal_below(bias + (bias + z) / (1.0 - acceleration * (bias + z)));
                between(&sorted, level(-Z95), level(Z95))
            }
        };
        computed(interval.high - interval.low)?;
        Ok(Estimate { value, interval })
    }

    /// The values of all resamples that have one, ascending.
    fn replicates(&self, units: usize, statistic: impl Fn(Draws) -> Option<f64> + Sync) -> Result<Vec<f64>, Undefined> {
        at_least(2, "units", units)?;
        at_least(1, "resamples", self.resamples as usize)?;
        let all: Vec<Option<f64>> = (0..self.resamples)
            .into_par_iter()
            .map(|index| statistic(Draws::new(SplitMix64::stream(self.seed, u64::from(index)), units)))
            .collect();
        let mut defined: Vec<f64> = all.into_iter().flatten().filter(|value| value.is_finite()).collect();
        if (defined.len() as f64) < FEWEST_DEFINED * f64::from(self.resamples) {
            return Err(Undefined::Unstable);
        }
        defined.sort_unstable_by(f64::total_cmp);
        Ok(defined)
    }
}

/// The acceleration of the values a statistic has when one unit is left out (Efron & Tibshirani 1993, equation 14.15).
/// `left_out` is called twice.
pub(super) fn acceleration<I: Iterator<Item = f64>>(left_out: impl Fn() -> I) -> f64 {
    let (mut n, mut sum) = (0_usize, 0.0);
    for value in left_out() {
        n += 1;
        sum += value;
    }
    let mean = sum / n as f64;
    let (mut squares, mut cubes) = (0.0, 0.0);
    for value in left_out() {
        let distance = mean - value;
        squares += distance * distance;
        cubes += distance * distance * distance;
    }
    if squares > 0.0 { cubes / (6.0 * squares.powf(1.5)) } else { 0.0 }
}

/// How far the middle of `sorted` lies beside `value`, in standard deviations (there, equation 14.14). Equal values
/// count half, so that a statistic with few values is not taken for a biased one.
fn bias(sorted: &[f64], value: f64) -> f64 {
    // Sums that are equal in exact arithmetic may differ in the last bits.
    let slack = 1e-12 * sorted.iter().fold(value.abs(), |largest, v| largest.max(v.abs()));
    let below = sorted.partition_point(|&v| v < value - slack);
    let to = sorted.partition_point(|&v| v <= value + slack);
    let (n, at) = (sorted.len() as f64, (below + to) as f64 / 2.0);
    // Where all are on one side, what is known is that the share beyond is less than one resample.
    normal_quantile((at / n).clamp(0.5 / n, 1.0 - 0.5 / n))
}

/// The quantiles `low` and `high` of ascending `sorted`, interpolated (Hyndman & Fan 1996, type 7).
fn between(sorted: &[f64], low: f64, high: f64) -> Interval {
    let at = |p: f64| {
        let place = p * (sorted.len() - 1) as f64;
        let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
        below + (above - below) * place.fract()
    };
    Interval { low: at(low), high: at(high) }
}

#[cfg(test)]
mod tests {
    use super::{Bootstrap, Draws, Ends};
    use crate::stats::{SplitMix64, Undefined, check_close, clustered_mean, mean_with_interval, paired_difference};

    const SKEWED: [f64; 10] = [0.1, 0.15, 0.2, 0.2, 0.3, 0.35, 0.4, 0.9, 1.5, 3.0];

    fn many(ends: Ends) -> Bootstrap {
        Bootstrap { resamples: 40_000, seed: 7, ends }
    }

    #[test]
    fn means_agree_with_scipy() {
        // scipy.stats.bootstrap((x,), np.mean, n_resamples=400000, method='percentile' and 'BCa'); the ends of 40,000
        // resamples scatter by about 0.01 around those.
        for (ends, low, high) in [(Ends::Percentile, 0.265, 1.315), (Ends::Bca, 0.335, 1.570)] {
            let estimate = mean_with_interval(&SKEWED, &many(ends)).unwrap();
            check_close(estimate.value, 0.71, 1e-12);
            check_close(estimate.interval.low, low, 0.01);
            check_close(estimate.interval.high, high, 0.02);
        }
    }

    #[test]
    fn clusters_are_drawn_whole() {
        // The same, over the seven clusters as units and the ratio of their sums and sizes as the statistic.
        let clusters: [&[f64]; 7] =
            [&[0.2, 0.4], &[0.9], &[0.5, 0.6, 0.7], &[0.1, 0.1], &[1.0, 0.8, 0.9], &[0.3], &[0.4, 0.5]];
        let values: Vec<(u32, f64)> =
            clusters.iter().zip(0..).flat_map(|(values, id)| values.iter().map(move |&value| (id, value))).collect();
        for (ends, low, high) in [(Ends::Percentile, 0.3, 0.7353), (Ends::Bca, 0.32, 0.7579)] {
            let estimate = clustered_mean(&values, &many(ends)).unwrap();
            check_close(estimate.value, 0.528_571_428_571, 1e-12);
            check_close(estimate.interval.low, low, 0.01);
            check_close(estimate.interval.high, high, 0.01);
        }
    }

    #[test]
    fn clusters_of_one_are_a_plain_mean() {
        let values: Vec<(u32, f64)> = (0..).zip(SKEWED).collect();
        let (clustered, plain) =
            (clustered_mean(&values, &many(Ends::Bca)), mean_with_interval(&SKEWED, &many(Ends::Bca)));
        let (clustered, plain) = (clustered.unwrap().interval, plain.unwrap().interval);
        check_close(clustered.low, plain.low, 1e-9);
        check_close(clustered.high, plain.high, 1e-9);
    }

    #[test]
    fn every_unit_is_as_likely_in_any_block() {
        const UNITS: usize = 10_001;
        let mut counts = vec![0_u32; UNITS];
        for index in 0..100 {
            let draws = Draws::new(SplitMix64::stream(1, index), UNITS);
            assert_eq!(draws.len(), UNITS);
            // Drawn one by one they are the same.
            assert!(
                index > 0
                    || draws.clone().eq(draws.clone().fold(Vec::new(), |mut all, unit| {
                        all.push(unit);
                        all
                    }))
            );
            draws.for_each(|unit| counts[unit] += 1);
        }
        assert_eq!(counts.iter().sum::<u32>(), 100 * UNITS as u32);
        // Chi-square with 10,000 degrees of freedom: mean 10,000, standard deviation 141.
        let chi: f64 = counts.iter().map(|&count| (f64::from(count) - 100.0).powi(2) / 100.0).sum();
        assert!((chi - 10_000.0).abs() < 4.0 * 141.4, "{chi}");
        // Also in sums over an eighth of the units, each of 125,012 draws or so.
        for eighth in counts.chunks(UNITS / 8) {
            let mean = 100.0 * eighth.len() as f64;
            let sum = f64::from(eighth.iter().sum::<u32>());
            assert!((sum - mean).abs() < 4.0 * mean.sqrt(), "{sum} of {mean}");
        }
    }

    #[test]
    fn pairs_stay_together() {
        // Hard and easy prompts, and the first always 0.1 ahead: there is no doubt about the difference.
        let pairs: Vec<(f64, f64)> = (0..50).map(|i| (f64::from(i) * 0.5 + 0.125, f64::from(i) * 0.5)).collect();
        let estimate = paired_difference(&pairs, &Bootstrap::default()).unwrap();
        assert_eq!((estimate.value, estimate.interval.low, estimate.interval.high), (0.125, 0.125, 0.125));
    }

    #[test]
    fn any_number_of_threads_gives_the_same_bits() {
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| mean_with_interval(&SKEWED, &Bootstrap::default()).unwrap())
        };
        assert_eq!(on(1), on(5));
        let other = Bootstrap { seed: 2, ..Bootstrap::default() };
        assert_ne!(on(1), mean_with_interval(&SKEWED, &other).unwrap());
    }

    #[test]
    fn what_has_no_interval_says_why() {
        let plain = |values: &[f64]| mean_with_interval(values, &Bootstrap::default()).unwrap_err();
        assert_eq!(plain(&[0.5]), Undefined::TooFew { of: "values", needed: 2, found: 1 });
        assert_eq!(plain(&[0.5, f64::NAN]), Undefined::NotFinite);
        let one_prompt = clustered_mean(&[(4, 0.5), (4, 0.6)], &Bootstrap::default()).unwrap_err();
        assert_eq!(one_prompt, Undefined::TooFew { of: "clusters", needed: 2, found: 1 });
        let none = Bootstrap { resamples: 0, ..Bootstrap::default() };
        assert!(mean_with_interval(&SKEWED, &none).is_err());
        let often_undefined =
            Bootstrap::default().percentile(0.0, 5, |mut draws| draws.next().filter(|&i| i > 0).map(|_| 0.0));
        assert_eq!(often_undefined, Err(Undefined::Unstable));
    }
}
