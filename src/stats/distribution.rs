//! The distributions that p values and intervals are read from.

use std::f64::consts::{FRAC_1_SQRT_2, SQRT_2};

/// What 95 % of a normal distribution lies within, on either side of its middle, in standard deviations.
pub(super) const Z95: f64 = 1.959_963_984_540_054;

/// The share of the standard normal distribution below `z`.
pub(super) fn normal_below(z: f64) -> f64 {
    0.5 * libm::erfc(-z * FRAC_1_SQRT_2)
}

/// The share of the standard normal distribution farther from 0 than `z`, on both sides.
pub(super) fn normal_beyond(z: f64) -> f64 {
    libm::erfc(z.abs() / SQRT_2)
}

/// What share `p` of the standard normal distribution lies below; 0 < p < 1.
pub(super) fn normal_quantile(p: f64) -> f64 {
    bisect(-40.0, 40.0, |z| normal_below(z) < p)
}

/// The share of Student's t distribution farther from 0 than `t`, on both sides; `df` > 0.
pub(super) fn student_beyond(t: f64, df: f64) -> f64 {
    if t.is_infinite() { 0.0 } else { beta_below(df / (df + t * t), df / 2.0, 0.5) }
}

/// What share `p` of the F distribution with `df1` and `df2` degrees of freedom lies below; 0 < p < 1.
pub(super) fn f_quantile(p: f64, df1: f64, df2: f64) -> f64 {
    // F = df2·x / (df1·(1 − x)) where x follows the beta distribution. For the upper half the roles are changed, so
    // that 1 − x does not cancel.
    if p > 0.5 {
        return 1.0 / f_quantile(1.0 - p, df2, df1);
    }
    let x = bisect(0.0, 1.0, |x| beta_below(x, df1 / 2.0, df2 / 2.0) < p);
    df2 * x / (df1 * (1.0 - x))
}

/// The chance of at most `k` heads in `n` throws of a fair coin; k ≤ n.
pub(super) fn heads_at_most(k: u64, n: u64) -> f64 {
    if k >= n { 1.0 } else { beta_below(0.5, (n - k) as f64, (k + 1) as f64) }
}

/// The regularised incomplete beta function I_x(a, b), by its continued fraction (DLMF 8.17.22) evaluated from the
/// front (Lentz, Applied Optics 15, 1976).
fn beta_below(x: f64, a: f64, b: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    // The fraction converges fast on this side of the middle, and the function is symmetric.
    if x > (a + 1.0) / (a + b + 2.0) {
        return 1.0 - beta_below(1.0 - x, b, a);
    }
    let scale = libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * x.ln() + b * (-x).ln_1p();
    let nonzero = |value: f64| if value.abs() < 1e-300 { 1e-300 } else { value };
    let (mut c, mut d) = (1.0, 1.0 / nonzero(1.0 - (a + b) * x / (a + 1.0)));
    let mut fraction = d;
    // It takes some √max(a, b) steps.
    for step in 1..100_000 {
        let m = f64::from(step);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let before = fraction;
        for term in [even, odd] {
            d = 1.0 / nonzero(1.0 + term * d);
            c = nonzero(1.0 + term / c);
            fraction *= c * d;
        }
        if (fraction - before).abs() <= 1e-16 * fraction.abs() {
            break;
        }
    }
    (scale.exp() * fraction / a).clamp(0.0, 1.0)
}

/// Where `below` turns from true to false between `low` and `high`, to the last bit.
fn bisect(mut low: f64, mut high: f64, below: impl Fn(f64) -> bool) -> f64 {
    loop {
        let middle = 0.5 * (low + high);
        if middle <= low || middle >= high {
            return middle;
        }
        if below(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::check_close;

    #[test]
    fn agrees_with_scipy() {
        // scipy.stats.norm: cdf(-3), cdf(1.25), 2*sf(1.96), ppf(0.975), ppf(1e-10)
        check_close(normal_below(-3.0), 0.001_349_898_031_630_093_3, 1e-17);
        check_close(normal_below(1.25), 0.894_350_226_333_144_6, 1e-15);
        check_close(normal_beyond(1.96), 0.049_995_790_296_440_87, 1e-15);
        check_close(normal_quantile(0.975), Z95, 1e-14);
        check_close(normal_quantile(1e-10), -6.361_340_902_404_056, 1e-12);
        // 2*scipy.stats.t.sf(t, df) for (2.5, 10), (0.3, 2), (12, 1000), (4, 1)
        check_close(student_beyond(2.5, 10.0), 0.031_446_844_236_608_776, 1e-14);
        check_close(student_beyond(-0.3, 2.0), 0.792_485_660_840_177_6, 1e-13);
        check_close(student_beyond(12.0, 1000.0) / 4.324_057_386_774_58e-31, 1.0, 1e-9);
        check_close(student_beyond(4.0, 1.0), 0.155_958_260_754_738_65, 1e-14);
        // scipy.stats.f.ppf(p, df1, df2)
        check_close(f_quantile(0.975, 5.0, 18.0), 3.381_967_805_875_243, 1e-11);
        check_close(f_quantile(0.025, 5.0, 18.0), 0.157_186_161_366_244_55, 1e-12);
        check_close(f_quantile(0.975, 1.0, 2.0), 38.506_329_113_924_025, 1e-9);
        check_close(f_quantile(0.975, 3e5, 9e5), 1.005_856_246_485_013_8, 1e-9);
        // scipy.stats.binom.cdf(k, n, 0.5)
        check_close(heads_at_most(3, 10), 0.171_875, 1e-14);
        check_close(heads_at_most(0, 6), 0.015_625, 1e-15);
        check_close(heads_at_most(7, 7), 1.0, 0.0);
        check_close(heads_at_most(499_000, 1_000_000), 0.022_804_149_932_689_814, 1e-9);
    }
}
