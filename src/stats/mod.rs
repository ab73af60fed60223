//! Plain numbers in, plain numbers out. Each function names its source. Knows nothing of rubrics.
//!
//! Intervals are of 95 % and tests are two-sided. What is undefined is said with [`Undefined`] or an `Option`, and
//! never is NaN. What draws random numbers takes a seed and gives the same bits on any number of threads.

pub mod agreement;
pub mod items;
pub mod ranking;

mod bootstrap;
mod comparison;
mod discordance;
mod distribution;
mod effect;
mod estimate;
mod histogram;
mod holm;
mod mean;
mod permutation;
mod power;
mod proportion;
mod ranks;
mod splitmix;
mod summary;

pub use bootstrap::{Bootstrap, Draws, Ends};
pub use comparison::PairedComparison;
pub use discordance::{McNemar, mcnemar, sign_test};
pub use effect::{cliffs_delta, cohens_dz, rank_biserial};
pub use estimate::{Estimate, Interval, Undefined};
pub use histogram::Histogram;
pub use holm::holm;
pub use mean::{
    clustered_mean, clustered_mean_normal, mean_and_standard_error, mean_normal, mean_with_interval, paired_difference,
};
pub use permutation::{Permutation, paired_permutation, paired_permutation_normal};
pub use power::pairs_needed;
pub use proportion::wilson;
pub use splitmix::SplitMix64;
pub use summary::{Summary, summarize};

/// Fails where `actual` is farther from `expected` than `tolerance`.
#[cfg(test)]
#[track_caller]
fn check_close(actual: f64, expected: f64, tolerance: f64) {
    assert!((actual - expected).abs() <= tolerance, "{actual} and not {expected}");
}
