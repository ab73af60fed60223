//! Correction for testing several things at once.

/// The p values adjusted for all of `p_values` being looked at, in their order (Holm, Scand. J. Statist. 6, 1979):
/// those at most 0.05 are together wrong in at most 5 % of cases, whatever depends on what. P values are within 0..=1.
pub fn holm(p_values: &[f64]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..p_values.len()).collect();
    order.sort_by(|&a, &b| p_values[a].total_cmp(&p_values[b]));
    let mut adjusted = vec![0.0; p_values.len()];
    let mut largest = 0.0_f64;
    for (rank, &index) in order.iter().enumerate() {
        let at_rank = p_values[index] * (p_values.len() - rank) as f64;
        largest = largest.max(at_rank.min(1.0));
        adjusted[index] = largest;
    }
    adjusted
}

#[cfg(test)]
mod tests {
    use super::holm;

    #[track_caller]
    fn check(p_values: &[f64], expected: &[f64]) {
        let adjusted = holm(p_values);
        let close = adjusted.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-12);
        assert!(adjusted.len() == expected.len() && close, "{adjusted:?}");
    }

    #[test]
    fn agrees_with_statsmodels() {
        // statsmodels.stats.multitest.multipletests(p, method='holm')[1]
        check(&[0.01, 0.04, 0.03, 0.005], &[0.03, 0.06, 0.06, 0.02]);
        check(&[0.2, 0.01, 0.01, 0.6, 0.013], &[0.4, 0.05, 0.05, 0.6, 0.05]);
        check(&[], &[]);
    }
}
