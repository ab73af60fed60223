//! Items of a scale: how hard each is, whether it separates, and whether they measure one thing.

use super::correlation::product_moment;
use crate::stats::distribution::f_quantile;
use crate::stats::estimate::{Estimate, Interval, Undefined, at_least, computed, varied};

/// One item.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Item {
    /// Its mean. For scores from 0 to 1 it is the difficulty of classical test theory, which is high for easy items.
    pub difficulty: f64,
    /// Its correlation with the total: discrimination, point-biserial for yes or no. It counts the item against itself.
    pub with_total: Result<f64, Undefined>,
    /// Its correlation with the total of all others, which is the corrected one. Below 0 the item speaks against the
    /// rest.
    pub with_rest: Result<f64, Undefined>,
}

/// All items of a scale.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemAnalysis {
    /// The items in their order.
    pub items: Vec<Item>,
    /// Cronbach's α (Psychometrika 16, 1951), at most 1, with Feldt's interval (Psychometrika 30, 1965). It takes all
    /// items for equally weighted.
    pub alpha: Result<Estimate, Undefined>,
}

/// Classical item analysis (Crocker & Algina, Introduction to Classical and Modern Test Theory, 1986, chapters 7 and
/// 14). `scores` holds one row of `items` scores after another. Leave rows out that are not complete.
///
/// # Errors
/// `TooFew` for less than 2 items or rows, `Uneven` where the last row is not complete, `NotFinite`.
///
/// Takes time in proportion to the square of the number of items: each is held against the total of all others.
pub fn analyse_items(scores: &[f64], items: usize) -> Result<ItemAnalysis, Undefined> {
    let totals = totals(scores, items)?;
    let column = |item: usize| scores.iter().copied().skip(item).step_by(items);
    let analysed = (0..items).map(|item| {
        let own: Vec<f64> = column(item).collect();
        // Summed up by itself: a difference to the total would vary by rounding where the rest does not.
        let rest: Vec<f64> =
            scores.chunks_exact(items).map(|row| row[..item].iter().chain(&row[item + 1..]).sum()).collect();
        Item {
            difficulty: own.iter().sum::<f64>() / own.len() as f64,
            with_total: product_moment(&own, &totals),
            with_rest: product_moment(&own, &rest),
        }
    });
    Ok(ItemAnalysis { items: analysed.collect(), alpha: alpha(items, &totals, variance_of_items(scores, items)) })
}

/// Cronbach's α alone, as [`ItemAnalysis::alpha`], in time in proportion to the number of scores.
///
/// # Errors
/// Those of [`analyse_items`], and `NoVariation` where all totals are the same.
pub fn cronbach_alpha(scores: &[f64], items: usize) -> Result<Estimate, Undefined> {
    let totals = totals(scores, items)?;
    alpha(items, &totals, variance_of_items(scores, items))
}

/// The total of each row.
fn totals(scores: &[f64], items: usize) -> Result<Vec<f64>, Undefined> {
    at_least(2, "items", items)?;
    if !scores.len().is_multiple_of(items) {
        return Err(Undefined::Uneven);
    }
    at_least(2, "complete rows", scores.len() / items)?;
    computed(scores.iter().map(|score| score.abs()).sum())?;
    Ok(scores.chunks_exact(items).map(|row| row.iter().sum()).collect())
}

/// The variances of all items over n − 1, summed up. Row by row, which is how scores lie in memory.
fn variance_of_items(scores: &[f64], items: usize) -> f64 {
    let n = (scores.len() / items) as f64;
    let mut means = vec![0.0; items];
    for row in scores.chunks_exact(items) {
        row.iter().zip(&mut means).for_each(|(score, sum)| *sum += score);
    }
    means.iter_mut().for_each(|sum| *sum /= n);
    let mut squares = vec![0.0; items];
    for row in scores.chunks_exact(items) {
        row.iter().zip(&means).zip(&mut squares).for_each(|((score, mean), sum)| *sum += (score - mean).powi(2));
    }
    squares.into_iter().map(|sum: f64| sum / (n - 1.0)).sum()
}

fn alpha(items: usize, totals: &[f64], items_variance: f64) -> Result<Estimate, Undefined> {
    varied(totals)?;
    let (k, n) = (items as f64, totals.len() as f64);
    let value = computed(k / (k - 1.0) * (1.0 - items_variance / variance(totals.iter().copied())))?;
    // Rounding can lead past 1.
    let value = value.min(1.0);
    let (df, df_rest) = (n - 1.0, (n - 1.0) * (k - 1.0));
    let end = |p: f64| 1.0 - (1.0 - value) * f_quantile(p, df, df_rest);
    Ok(Estimate { value, interval: Interval { low: end(0.975), high: end(0.025) } })
}

/// The variance over n − 1 of at least 2 values.
fn variance(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let (n, sum) = values.clone().fold((0.0, 0.0), |(n, sum), value| (n + 1.0, sum + value));
    let mean = sum / n;
    values.map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0)
}

#[cfg(test)]
mod tests {
    use super::{analyse_items, cronbach_alpha};
    use crate::stats::{Undefined, check_close};

    #[test]
    fn agrees_with_pingouin_and_numpy() {
        let rows = [
            [1.0, 1.0, 0.0, 0.5],
            [1.0, 0.0, 0.0, 0.0],
            [1.0, 1.0, 1.0, 1.0],
            [0.0, 0.0, 0.0, 0.5],
            [1.0, 1.0, 0.0, 1.0],
            [1.0, 0.0, 1.0, 0.5],
            [0.0, 1.0, 0.0, 0.0],
            [1.0, 1.0, 1.0, 0.5],
        ];
        let analysis = analyse_items(rows.as_flattened(), 4).unwrap();
        // x.mean(0); np.corrcoef(x[:, i], x.sum(1))[0, 1]; np.corrcoef(x[:, i], x.sum(1) - x[:, i])[0, 1]
        let expected = [
            (0.75, 0.722_315_118_514_62, 0.462_910_049_886_28),
            (0.625, 0.592_220_092_263_98, 0.227_710_017_021_32),
            (0.375, 0.699_896_472_675_62, 0.382_970_843_102_54),
            (0.5, 0.737_209_780_774_49, 0.547_722_557_505_17),
        ];
        for (item, (difficulty, with_total, with_rest)) in analysis.items.iter().zip(expected) {
            check_close(item.difficulty, difficulty, 1e-12);
            check_close(item.with_total.unwrap(), with_total, 1e-12);
            check_close(item.with_rest.unwrap(), with_rest, 1e-12);
        }
        // pingouin.cronbach_alpha(pd.DataFrame(x)), which rounds its interval to three digits
        let alpha = analysis.alpha.unwrap();
        assert_eq!(cronbach_alpha(rows.as_flattened(), 4), Ok(alpha));
        check_close(alpha.value, 0.608_695_652_173_913_1, 1e-12);
        check_close(alpha.interval.low, -0.162, 1e-3);
        check_close(alpha.interval.high, 0.912, 1e-3);
    }

    #[test]
    fn what_everybody_passes_separates_nobody() {
        let analysis = analyse_items(&[1.0, 0.0, 1.0, 1.0, 1.0, 1.0], 2).unwrap();
        assert_eq!(analysis.items[0].difficulty, 1.0);
        assert_eq!(analysis.items[0].with_total, Err(Undefined::NoVariation));
        assert_eq!(analysis.items[1].with_rest, Err(Undefined::NoVariation));
        assert_eq!(analyse_items(&[0.1; 6], 3).unwrap().alpha, Err(Undefined::NoVariation));
        assert_eq!(analyse_items(&[0.1; 5], 3), Err(Undefined::Uneven));
        assert!(matches!(analyse_items(&[0.1; 3], 3), Err(Undefined::TooFew { .. })));
    }
}
