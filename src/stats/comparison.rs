//! What a comparison of two allows to be said, in a sentence.

use super::distribution::Z95;
use super::estimate::{Estimate, Interval};
use super::power::pairs_needed;
use std::fmt::Write;

/// Two things compared on the same prompts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedComparison {
    /// The mean of first minus second, with its 95 % interval.
    pub difference: Estimate,
    /// How many prompts it is of.
    pub prompts: usize,
}

/// With fewer pairs than this no result can be told from chance at 5 %: if all five speak for one side, that is chance
/// once in 16 times.
const FEWEST: usize = 6;

/// More prompts than this are not advised.
const MOST: u64 = 1_000_000;

impl PairedComparison {
    /// Which side the numbers favour: `Some(true)` for the first, `Some(false)` for the second, `None` where they do
    /// not tell, because the interval has 0 in it or there are fewer than 6 prompts.
    pub fn first_ahead(&self) -> Option<bool> {
        let Interval { low, high } = self.difference.interval;
        let rounding = rounding(low, high);
        let decided = self.prompts >= FEWEST && (low > rounding || high < -rounding);
        decided.then_some(low > 0.0)
    }

    /// How many more prompts would give a decision with a chance of 80 %, if difference and spread stay what they are;
    /// at least 1. `None` where there is one already, or nothing to go by: no difference, or no spread. See
    /// [`pairs_needed`].
    pub fn more_prompts(&self) -> Option<u64> {
        if self.first_ahead().is_some() {
            return None;
        }
        let Interval { low, high } = self.difference.interval;
        let sd = (high - low) / 2.0 / Z95 * (self.prompts as f64).sqrt();
        let needed = pairs_needed(self.difference.value, sd)?.max(FEWEST as u64);
        Some(needed.saturating_sub(self.prompts as u64).max(1))
    }

    /// What can be said of `first` and `second`, as one sentence without a full stop.
    pub fn sentence(&self, first: &str, second: &str) -> String {
        let Self { difference: Estimate { value, interval: Interval { low, high } }, prompts } = *self;
        let places = places(low, high);
        let show = |value: f64| number(value, places);
        let n = format!("n = {} {}", grouped(prompts as u64), prompts_word(prompts as u64));
        match self.first_ahead() {
            Some(true) => {
                format!(
                    "{first} scores {} higher than {second} (95% {} to {}, {n})",
                    show(value),
                    show(low),
                    show(high)
                )
            }
            Some(false) => {
                let (value, low, high) = (show(-value), show(-high), show(-low));
                format!("{second} scores {value} higher than {first} (95% {low} to {high}, {n})")
            }
            None => {
                let seen = format!("difference {}, 95% {} to {}, {n}", show(value), show(low), show(high));
                let mut sentence = format!("cannot tell {first} from {second} ({seen})");
                match self.more_prompts() {
                    Some(more) if more <= MOST => {
                        let _ =
                            write!(sentence, "; about {} more {} would", grouped(rounded(more)), prompts_word(more));
                    }
                    Some(_) => sentence.push_str("; if they differ, it is by too little to find out"),
                    None => {}
                }
                sentence
            }
        }
    }
}

/// What may be left of an end that is 0 in exact arithmetic: it must decide nothing.
fn rounding(low: f64, high: f64) -> f64 {
    1e-9 * low.abs().max(high.abs())
}

fn prompts_word(n: u64) -> &'static str {
    if n == 1 { "prompt" } else { "prompts" }
}

/// Two decimal places, or as many as it takes to see the width of the interval, and on which side of 0 its ends are.
fn places(low: f64, high: f64) -> usize {
    let sizes = [high - low, low.abs(), high.abs()].into_iter();
    let smallest = sizes.filter(|&size| size > rounding(low, high)).fold(1.0, f64::min);
    (-smallest.log10()).ceil().clamp(2.0, 6.0) as usize
}

/// A number with a minus sign that is one, and none before what is shown as 0.
fn number(value: f64, places: usize) -> String {
    let digits = format!("{:.places$}", value.abs());
    let zero = digits.bytes().all(|digit| matches!(digit, b'0' | b'.'));
    if value < 0.0 && !zero { format!("−{digits}") } else { digits }
}

/// To two significant digits, which is more than a guess deserves; upwards.
fn rounded(n: u64) -> u64 {
    let unit = 10_u64.pow(n.max(1).ilog10().saturating_sub(1));
    n.div_ceil(unit) * unit
}

/// With a comma between groups of three digits.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::PairedComparison;
    use crate::stats::{Estimate, Interval};

    #[track_caller]
    fn check((value, low, high): (f64, f64, f64), prompts: usize, expected: &str) {
        let difference = Estimate { value, interval: Interval { low, high } };
        assert_eq!(PairedComparison { difference, prompts }.sentence("A", "B"), expected);
    }

    #[test]
    fn a_sentence_says_what_the_numbers_allow() {
        check((0.06, 0.02, 0.10), 805, "A scores 0.06 higher than B (95% 0.02 to 0.10, n = 805 prompts)");
        check((-0.06, -0.10, -0.02), 1805, "B scores 0.06 higher than A (95% 0.02 to 0.10, n = 1,805 prompts)");
        check(
            (0.02, 1e-17, 0.04),
            20,
            "cannot tell A from B (difference 0.02, 95% 0.00 to 0.04, n = 20 prompts); about 23 more prompts would",
        );
        // An end at 0 does not leave 0 out.
        check(
            (0.02, 0.0, 0.04),
            805,
            "cannot tell A from B (difference 0.02, 95% 0.00 to 0.04, n = 805 prompts); about 850 more prompts would",
        );
        check(
            (0.01, -0.02, 0.04),
            805,
            "cannot tell A from B (difference 0.01, 95% −0.02 to 0.04, n = 805 prompts); about 14,000 more \
             prompts would",
        );
    }

    #[test]
    fn digits_show_on_which_side_of_0_an_end_is() {
        check((0.03, 0.0004, 0.06), 90, "A scores 0.0300 higher than B (95% 0.0004 to 0.0600, n = 90 prompts)");
        check((-12.0, -20.0, -4.0), 90, "B scores 12.00 higher than A (95% 4.00 to 20.00, n = 90 prompts)");
    }

    #[test]
    fn few_prompts_tell_nothing_however_clear_they_look() {
        check(
            (0.5, 0.5, 0.5),
            5,
            "cannot tell A from B (difference 0.50, 95% 0.50 to 0.50, n = 5 prompts); about 1 more prompt would",
        );
        check((0.5, 0.5, 0.5), 6, "A scores 0.50 higher than B (95% 0.50 to 0.50, n = 6 prompts)");
    }

    #[test]
    fn what_does_not_differ_is_not_promised_a_decision() {
        check((0.0, -0.02, 0.02), 70, "cannot tell A from B (difference 0.00, 95% −0.02 to 0.02, n = 70 prompts)");
        check((0.0, 0.0, 0.0), 70, "cannot tell A from B (difference 0.00, 95% 0.00 to 0.00, n = 70 prompts)");
        check(
            (-0.00001, -0.3, 0.3),
            70,
            "cannot tell A from B (difference 0.00, 95% −0.30 to 0.30, n = 70 prompts); if they differ, it is by too \
             little to find out",
        );
    }
}
