//! Ranks with ties.

/// The rank of each value from 1 for the lowest; equal values share the mean of their ranks. Values are finite.
pub(super) fn midranks(values: &[f64]) -> Vec<f64> {
    let mut order: Vec<u32> = (0..values.len() as u32).collect();
    order.sort_unstable_by(|&a, &b| values[a as usize].total_cmp(&values[b as usize]));
    let mut ranks = vec![0.0; values.len()];
    let mut below = 0;
    for tied in order.chunk_by(|&a, &b| values[a as usize] == values[b as usize]) {
        let rank = below as f64 + (tied.len() + 1) as f64 / 2.0;
        tied.iter().for_each(|&index| ranks[index as usize] = rank);
        below += tied.len();
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::midranks;

    #[test]
    fn equal_values_share_their_ranks() {
        assert_eq!(midranks(&[3.0, -0.0, 5.0, 0.0, 3.0, 3.0]), [4.0, 1.5, 6.0, 1.5, 4.0, 4.0]);
        assert!(midranks(&[]).is_empty());
    }
}
