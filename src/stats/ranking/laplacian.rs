//! Inverting the information matrix of differences.

/// The Moore–Penrose inverse of the Laplacian of a connected graph of `n` nodes, row by row. `laplacian` is symmetric
/// and its rows sum to 0; adding the matrix of 1/n makes it positive definite, and taking it off again afterwards gives
/// the inverse. Time n³. `None` where the graph is not connected, as far as rounding can tell.
pub(super) fn pseudo_inverse(mut laplacian: Vec<f64>, n: usize) -> Option<Vec<f64>> {
    let shift = 1.0 / n as f64;
    // The shift has the size of the rest, so that the sum is well conditioned.
    let size = (0..n).map(|i| laplacian[i * n + i]).sum::<f64>() * shift;
    laplacian.iter_mut().for_each(|entry| *entry = *entry / size + shift);
    let lower = cholesky(laplacian, n)?;
    let mut inverse = vec![0.0; n * n];
    let mut column = vec![0.0; n];
    for at in 0..n {
        column.fill(0.0);
        column[at] = 1.0;
        for i in at..n {
            let known: f64 = (at..i).map(|j| lower[i * n + j] * column[j]).sum();
            column[i] = (column[i] - known) / lower[i * n + i];
        }
        for i in (0..n).rev() {
            let known: f64 = (i + 1..n).map(|j| lower[j * n + i] * column[j]).sum();
            column[i] = (column[i] - known) / lower[i * n + i];
        }
        inverse[at * n..(at + 1) * n].copy_from_slice(&column);
    }
    inverse.iter_mut().for_each(|entry| *entry = (*entry - shift) / size);
    Some(inverse)
}

/// The lower triangle whose product with its transpose is the symmetric `matrix`; `None` unless positive definite.
fn cholesky(mut matrix: Vec<f64>, n: usize) -> Option<Vec<f64>> {
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| matrix[i * n + k] * matrix[j * n + k]).sum();
            let rest = matrix[i * n + j] - known;
            if i == j {
                if rest <= 1e-14 {
                    return None;
                }
                matrix[i * n + i] = rest.sqrt();
            } else {
                matrix[i * n + j] = rest / matrix[j * n + j];
            }
        }
    }
    Some(matrix)
}

#[cfg(test)]
mod tests {
    use super::pseudo_inverse;
    use crate::stats::check_close;

    #[test]
    fn agrees_with_numpy() {
        // numpy.linalg.pinv([[3, -2, -1], [-2, 2, 0], [-1, 0, 1]])
        let inverse = pseudo_inverse(vec![3.0, -2.0, -1.0, -2.0, 2.0, 0.0, -1.0, 0.0, 1.0], 3).unwrap();
        let expected = [1.0 / 6.0, 0.0, -1.0 / 6.0, 0.0, 1.0 / 3.0, -1.0 / 3.0, -1.0 / 6.0, -1.0 / 3.0, 0.5];
        inverse.into_iter().zip(expected).for_each(|(found, expected)| check_close(found, expected, 1e-12));
        assert_eq!(pseudo_inverse(vec![1.0, -1.0, 0.0, -1.0, 1.0, 0.0, 0.0, 0.0, 0.0], 3), None);
    }
}
