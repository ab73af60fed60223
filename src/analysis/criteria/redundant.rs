//! Which criteria say what others say: correlations of all pairs, in work that stays bounded.
//!
//! All pairs are looked through in single precision, from columns that were standardised once. Only those that come out
//! close are computed as every other correlation is, so that the numbers shown are exact.

use super::correlation;
use crate::analysis::figure::Figure;
use crate::analysis::frame::Frame;
use crate::scoring::Progress;
use rayon::prelude::*;
use serde::Serialize;

/// Two criteria that go together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Redundant {
    /// Their ids.
    pub criteria: [String; 2],
    /// Pearson's correlation of their raw values, over responses that have both.
    pub correlation: Figure,
    /// Show the responses that meet the first and not the second, and the other way round.
    pub filters: [String; 2],
}

/// So many pairs are kept: the closest.
const MOST_PAIRS: usize = 1000;
/// How far single precision may be off.
const MARGIN: f64 = 1e-3;
/// Columns that are compared with each other in one go.
const BLOCK: usize = 16;
/// Rows of them that are looked at in one go: both blocks fit into the processor's cache.
const ROWS: usize = 1024;
/// Sums that run side by side.
const LANES: usize = 8;

/// A criterion's raw values, standardised.
struct Column {
    /// Less their mean, of length 1 together; 0 where there is no value, everywhere where they do not vary.
    unit: Vec<f32>,
    /// 1 where there is a value, else 0; `None` where there is one everywhere.
    there: Option<Vec<f32>>,
}

/// Pairs of criteria whose correlation on `rows` is at least `from` in size, the closest first and at most
/// [`MOST_PAIRS`]; and how many more there are, to within rounding. `None` when cancelled.
pub(super) fn redundant(
    frame: &Frame<'_>,
    rows: &[u32],
    from: f64,
    progress: &Progress,
) -> Option<(Vec<Redundant>, usize)> {
    let criteria = &frame.results.rubric().criteria;
    let raw = |at: usize, row: u32| frame.results.cell(row as usize, at).value();
    let columns: Vec<Column> =
        (0..criteria.len()).into_par_iter().map(|at| Column::new(rows.iter().map(|&row| raw(at, row)))).collect();
    let mut close = close_pairs(&columns, from - MARGIN, progress)?;
    close.par_sort_by(|a, b| b.2.total_cmp(&a.2).then((a.0, a.1).cmp(&(b.0, b.1))));
    let hidden = close.len().saturating_sub(MOST_PAIRS);
    close.truncate(MOST_PAIRS);
    let exactly = |&(a, b, _): &(usize, usize, f64)| {
        let both: Vec<(f64, f64)> = rows.iter().filter_map(|&row| Some((raw(a, row)?, raw(b, row)?))).collect();
        let correlation = correlation(&both);
        let is_close = correlation.value().is_some_and(|value| value.abs() >= from);
        let [one, other] = [a, b].map(|at| criteria[at].id.clone());
        let only = |meets: &str, fails: &str| {
            frame.filter.and(&format!("meets:{meets}")).and(&format!("fails:{fails}")).text()
        };
        let filters = [only(&one, &other), only(&other, &one)];
        is_close.then_some(((a, b), Redundant { criteria: [one, other], correlation, filters }))
    };
    let mut found: Vec<((usize, usize), Redundant)> = close.par_iter().filter_map(exactly).collect();
    let size = |pair: &Redundant| pair.correlation.value().map_or(0.0, f64::abs);
    found.sort_by(|a, b| size(&b.1).total_cmp(&size(&a.1)).then(a.0.cmp(&b.0)));
    Some((found.into_iter().map(|(_, pair)| pair).collect(), hidden))
}

/// All pairs of columns whose correlation is at least `from` in size, with that size.
fn close_pairs(columns: &[Column], from: f64, progress: &Progress) -> Option<Vec<(usize, usize, f64)>> {
    let blocks = columns.len().div_ceil(BLOCK);
    let tiles: Vec<(usize, usize)> = (0..blocks).flat_map(|a| (a..blocks).map(move |b| (a, b))).collect();
    let of_tile = |&(first, second): &(usize, usize)| {
        if progress.is_cancelled() {
            return None;
        }
        let block = |at: usize| at * BLOCK..((at + 1) * BLOCK).min(columns.len());
        let mut close = Vec::new();
        let products = products(&columns[block(first)], &columns[block(second)]);
        for (a, products) in block(first).zip(products) {
            for (b, product) in block(second).zip(products).filter(|(b, _)| *b > a) {
                let r = if columns[a].there == columns[b].there {
                    Some(f64::from(product))
                } else {
                    on_common_rows(&columns[a], &columns[b])
                };
                close.extend(r.map(f64::abs).filter(|size| *size >= from).map(|size| (a, b, size)));
            }
        }
        Some(close)
    };
    let found: Option<Vec<Vec<_>>> = tiles.par_iter().map(of_tile).collect();
    Some(found?.into_iter().flatten().collect())
}

/// The scalar products of all of `first` with all of `second`: correlations, where both have values for the same rows.
fn products(first: &[Column], second: &[Column]) -> [[f32; BLOCK]; BLOCK] {
    let mut products = [[0.0; BLOCK]; BLOCK];
    let rows = first.first().map_or(0, |column| column.unit.len());
    for start in (0..rows).step_by(ROWS) {
        let chunk = start..(start + ROWS).min(rows);
        for (one, products) in first.iter().zip(&mut products) {
            for (other, product) in second.iter().zip(products) {
                *product += dot(&one.unit[chunk.clone()], &other.unit[chunk.clone()]);
            }
        }
    }
    products
}

fn dot(first: &[f32], second: &[f32]) -> f32 {
    let mut sums = [0.0; LANES];
    let (ones, others) = (first.chunks_exact(LANES), second.chunks_exact(LANES));
    let rest: f32 = ones.remainder().iter().zip(others.remainder()).map(|(a, b)| a * b).sum();
    for (one, other) in ones.zip(others) {
        for lane in 0..LANES {
            sums[lane] += one[lane] * other[lane];
        }
    }
    rest + sums.iter().sum::<f32>()
}

/// The correlation of two columns over the rows that have a value in both; `None` where one does not vary there.
fn on_common_rows(first: &Column, second: &Column) -> Option<f64> {
    let ones = vec![1.0; if first.there.is_none() || second.there.is_none() { first.unit.len() } else { 0 }];
    let [there, also] = [first, second].map(|column| column.there.as_ref().unwrap_or(&ones));
    // How many, the sums of both, of their squares, and of their products.
    let mut sums = [[0.0f64; 4]; 6];
    let mut add = |lane: usize, row: usize| {
        let (a, b) = (f64::from(first.unit[row]), f64::from(second.unit[row]));
        let (in_a, in_b) = (f64::from(there[row]), f64::from(also[row]));
        for (sum, term) in sums.iter_mut().zip([in_a * in_b, a * in_b, b * in_a, a * a * in_b, b * b * in_a, a * b]) {
            sum[lane] += term;
        }
    };
    (0..first.unit.len()).for_each(|row| add(row % 4, row));
    let [n, a, b, squares_a, squares_b, both] = sums.map(|lanes| lanes.iter().sum::<f64>());
    if n < 2.0 {
        return None;
    }
    let (spread_a, spread_b) = (squares_a - a * a / n, squares_b - b * b / n);
    // Sums of equal values differ by rounding.
    let varies = spread_a > 1e-10 * squares_a && spread_b > 1e-10 * squares_b;
    varies.then(|| (both - a * b / n) / (spread_a * spread_b).sqrt())
}

impl Column {
    fn new(values: impl Iterator<Item = Option<f64>> + Clone) -> Self {
        let (mut n, mut sum, mut rows) = (0.0, 0.0, 0);
        for value in values.clone() {
            rows += 1;
            if let Some(value) = value {
                n += 1.0;
                sum += value;
            }
        }
        let mean = sum / f64::max(n, 1.0);
        let squares: f64 = values.clone().flatten().map(|value| (value - mean).powi(2)).sum();
        let scale = if squares > 1e-20 { 1.0 / squares.sqrt() } else { 0.0 };
        let unit = values.clone().map(|value| value.map_or(0.0, |value| ((value - mean) * scale) as f32)).collect();
        let there = || values.map(|value| if value.is_some() { 1.0 } else { 0.0 }).collect();
        Self { unit, there: ((n as usize) < rows).then(there) }
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, close_pairs};
    use crate::scoring::Progress;
    use crate::stats::SplitMix64;
    use crate::stats::items::pearson;

    /// What is looked through in blocks is what every pair gives by itself, with and without gaps.
    #[test]
    fn all_pairs_are_found_and_no_others() {
        let mut generator = SplitMix64::new(5);
        let rows = 2500;
        let seeds: Vec<Vec<f64>> = (0..6).map(|_| (0..rows).map(|_| generator.below(2) as f64).collect()).collect();
        let columns: Vec<Vec<Option<f64>>> = (0..45)
            .map(|at: usize| {
                // Some nearly copies of few, some turned round, some with gaps, some always the same.
                let noise = at % 5 * 8;
                let value = |row: usize, generator: &mut SplitMix64| match at {
                    40 => 0.5,
                    _ if generator.below(100) < noise => generator.below(5) as f64 / 4.0,
                    _ if at % 7 == 3 => 1.0 - seeds[at % 6][row],
                    _ => seeds[at % 6][row],
                };
                let gaps = [0, 0, 0, 30, 90, 100][at % 6];
                let mut one = |row: usize| (generator.below(100) >= gaps).then(|| value(row, &mut generator));
                (0..rows).map(&mut one).collect()
            })
            .collect();
        let standardised: Vec<Column> = columns.iter().map(|column| Column::new(column.iter().copied())).collect();
        for from in [0.3, 0.8] {
            let mut found = close_pairs(&standardised, from, &Progress::default()).unwrap();
            found.sort_by_key(|&(a, b, _)| (a, b));
            let mut expected = Vec::new();
            for a in 0..columns.len() {
                for b in a + 1..columns.len() {
                    let both = columns[a].iter().zip(&columns[b]).filter_map(|(one, other)| Some(((*one)?, (*other)?)));
                    let size = pearson(&both.collect::<Vec<_>>()).map_or(0.0, |found| found.value.abs());
                    if size >= from {
                        expected.push((a, b, size));
                    }
                }
            }
            assert!(expected.len() > 10 && expected.len() < 900, "{}", expected.len());
            assert_eq!(found.len(), expected.len());
            for (found, expected) in found.iter().zip(&expected) {
                assert_eq!((found.0, found.1), (expected.0, expected.1));
                assert!((found.2 - expected.2).abs() < 1e-4, "{found:?} {expected:?}");
            }
        }
    }
}
