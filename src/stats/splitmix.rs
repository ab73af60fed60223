//! Random numbers that are the same on every machine.

/// SplitMix64: Steele, Lea & Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
/// A state of 64 bits that grows by an odd constant, and a mix of it as the output. It is small, fast, and has no
/// weak seeds.
#[derive(Clone, Debug)]
pub struct SplitMix64 {
    state: u64,
}

/// 2⁶⁴ divided by the golden ratio, made odd.
const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

impl SplitMix64 {
    /// The generator that begins at `seed`.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Generator number `index` of `seed`. Each piece of work takes its own by number, so that it does not matter
    /// which thread does it, or when.
    pub fn stream(seed: u64, index: u64) -> Self {
        Self { state: mix(mix(seed).wrapping_add(index.wrapping_mul(GOLDEN))) }
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        self.state = self.state.wrapping_add(GOLDEN);
        mix(self.state)
    }

    /// A number below `n`, which is not 0, by multiplication (Lemire, ACM TOMACS 29, 2019). Without his rejection step
    /// some numbers are likelier than others, by a part in 2⁶⁴ / n: for a million, one in 10¹³.
    pub fn below(&mut self, n: usize) -> usize {
        ((u128::from(self.bits()) * n as u128) >> 64) as usize
    }

    /// How many of `trials` succeed, each with the chance `hits` / `of`: a binomial number, exact to 2⁻⁶⁴. Requires
    /// `hits` < `of`.
    ///
    /// A trial succeeds where a random binary fraction is below that chance. All trials are compared with it bit by
    /// bit, together: at each bit half of them are decided, so that it takes two random bits a trial.
    pub fn successes(&mut self, trials: usize, hits: usize, of: usize) -> usize {
        let mut chance = (((hits as u128) << 64) / of as u128) as u64;
        let (mut undecided, mut successes) = (trials, 0);
        while undecided > 0 && chance > 0 {
            let ones = self.ones(undecided);
            if chance >> 63 == 1 {
                successes += undecided - ones;
                undecided = ones;
            } else {
                undecided -= ones;
            }
            chance <<= 1;
        }
        successes
    }

    /// How many of `n` random bits are 1.
    fn ones(&mut self, n: usize) -> usize {
        let whole: u32 = (0..n / 64).map(|_| self.bits().count_ones()).sum();
        let rest = if n.is_multiple_of(64) { 0 } else { (self.bits() >> (64 - n % 64)).count_ones() };
        (whole + rest) as usize
    }
}

fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::SplitMix64;

    #[test]
    fn gives_the_published_sequence() {
        // The sequence for 1234567 by which implementations in many languages are checked, as on Rosetta Code.
        let mut generator = SplitMix64::new(1_234_567);
        let sequence: [u64; 5] = std::array::from_fn(|_| generator.bits());
        let published = [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ];
        assert_eq!(sequence, published);
    }

    #[test]
    fn streams_differ_and_numbers_spread_evenly() {
        assert_ne!(SplitMix64::stream(1, 0).bits(), SplitMix64::stream(1, 1).bits());
        assert_ne!(SplitMix64::stream(1, 1).bits(), SplitMix64::stream(2, 1).bits());
        let mut counts = [0_u32; 7];
        let mut generator = SplitMix64::stream(3, 4);
        for _ in 0..70_000 {
            counts[generator.below(7)] += 1;
        }
        // Chi-square with 6 degrees of freedom: 22.5 is exceeded once in a thousand seeds, and this is one seed.
        let chi: f64 = counts.iter().map(|&count| (f64::from(count) - 10_000.0).powi(2) / 10_000.0).sum();
        assert!(chi < 22.5, "{counts:?}");
    }

    #[test]
    fn successes_are_binomial() {
        // 10,000 * scipy.stats.binom.pmf(range(6), 5, 3/7); the last two together.
        let expected = [609.3, 2284.8, 3427.1, 2570.4, 963.9 + 144.6];
        let mut counts = [0.0; 5];
        let mut generator = SplitMix64::new(5);
        for _ in 0..10_000 {
            counts[generator.successes(5, 3, 7).min(4)] += 1.0;
        }
        // Chi-square with 4 degrees of freedom.
        let chi: f64 =
            counts.iter().zip(expected).map(|(count, mean): (&f64, f64)| (count - mean).powi(2) / mean).sum();
        assert!(chi < 18.5, "{counts:?}");
        // Many at once: within four standard deviations of the mean.
        let many = generator.successes(1_000_000, 1, 3) as f64;
        assert!((many - 333_333.3).abs() < 4.0 * 471.4, "{many}");
        assert_eq!(generator.successes(100, 0, 3), 0);
    }
}
