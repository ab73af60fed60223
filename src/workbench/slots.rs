//! Which colour a criterion has: a slot that stays its own while others come, go and move.

use crate::model::Rubric;
use std::collections::HashMap;

/// Slots by criterion id. A view turns a slot into a colour.
#[derive(Clone, Debug, Default)]
pub(super) struct Slots {
    of: HashMap<String, usize>,
    /// The ids in the rubric's order when it was last seen.
    order: Vec<String>,
}

impl Slots {
    /// Takes a changed rubric over: criteria keep their slots, a renamed one too, and a new one gets the lowest
    /// that is free.
    pub(super) fn update(&mut self, rubric: &Rubric) {
        let ids: Vec<String> = rubric.criteria().into_iter().map(|(_, criterion)| criterion.id.clone()).collect();
        if ids == self.order {
            return;
        }
        let gone: Vec<String> = self.order.iter().filter(|id| !ids.contains(id)).cloned().collect();
        let new: Vec<&String> = ids.iter().filter(|id| !self.of.contains_key(*id)).collect();
        if let ([gone], [new]) = (&gone[..], &new[..])
            && ids.len() == self.order.len()
            && let Some(slot) = self.of.remove(gone)
        {
            self.of.insert((*new).clone(), slot);
        }
        self.of.retain(|id, _| ids.contains(id));
        for id in &ids {
            if !self.of.contains_key(id) {
                let free = (0..).find(|slot| !self.of.values().any(|taken| taken == slot)).unwrap_or(0);
                self.of.insert(id.clone(), free);
            }
        }
        self.order = ids;
    }

    /// The slot of the criterion with `id`; 0 for one that is not there.
    pub(super) fn get(&self, id: &str) -> usize {
        self.of.get(id).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Criterion, Dimension, Judge, Node, Scale};

    fn rubric(ids: &[&str]) -> Rubric {
        let mut dimension = Dimension::new("d", "D");
        dimension.children =
            ids.iter().map(|id| Node::Criterion(Criterion::new(*id, *id, Judge::Human(Scale::YesNo)))).collect();
        Rubric { dimensions: vec![dimension], ..Rubric::default() }
    }

    #[test]
    fn a_criterion_keeps_its_colour() {
        let mut slots = Slots::default();
        let mut see = |ids: &[&str]| {
            slots.update(&rubric(ids));
            ids.iter().map(|id| slots.get(id)).collect::<Vec<_>>()
        };
        assert_eq!(see(&["a", "b", "c"]), [0, 1, 2]);
        assert_eq!(see(&["a", "copy", "b", "c"]), [0, 3, 1, 2], "one is added");
        assert_eq!(see(&["c", "a", "copy", "b"]), [2, 0, 3, 1], "they are reordered");
        assert_eq!(see(&["c", "renamed", "copy", "b"]), [2, 0, 3, 1], "one is renamed");
        assert_eq!(see(&["c", "copy", "b"]), [2, 3, 1], "one goes");
        assert_eq!(see(&["c", "copy", "b", "new"]), [2, 3, 1, 0], "its slot is free again");
    }
}
