//! Columns that scroll together: where the others go when one is scrolled.

use super::breakdown::is_marked;
use super::column::ColumnState;
use crate::text::WordDiff;
use crate::workbench::{Compare, WordsState};

/// Leads all columns after the one that was scrolled; whether any was. Where it is known which words they share, the
/// same words come to stand beside each other; otherwise all are as far on their way as the one that leads.
pub(super) fn lead(compare: &Compare, columns: &mut [ColumnState]) -> bool {
    let Some(leader) = columns.iter().position(|column| column.scrolled) else { return false };
    let position = columns[leader].position();
    let between = position.fraction > 0.0 && position.fraction < 1.0;
    for (index, column) in columns.iter_mut().enumerate().filter(|(index, _)| *index != leader) {
        match aligned(compare, leader, index, position.byte).filter(|_| between) {
            Some(byte) => column.view().move_to_byte(byte),
            None => column.view().move_to_fraction(position.fraction),
        }
    }
    true
}

/// The byte of column `to` beside byte `byte` of column `from`, by way of the first column.
fn aligned(compare: &Compare, from: usize, to: usize, byte: f64) -> Option<f64> {
    let first = if from == 0 { byte } else { known(compare, from)?.to_left(byte) };
    Some(if to == 0 { first } else { known(compare, to)?.to_right(first) })
}

fn known(compare: &Compare, index: usize) -> Option<&WordDiff> {
    match compare.words(index) {
        words @ WordsState::Known(diff) if is_marked(words) => Some(diff),
        _ => None,
    }
}
